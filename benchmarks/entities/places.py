"""Measure places on LGL and GeoVirus: gold mentions in, distance to the gold coordinates out."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator, Sequence
from math import asin, cos, log, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

from benchmarks.entities.scores import Figures
from sayso.entities.disambiguation import Home, PlaceName, choose_places, find_homes
from sayso.entities.known import find_peoples
from sayso.entities.placing import countries_of

CORPORA = Path(os.environ.get("SAYSO_CORPORA", "corpora")) / "geoparsing-en"
FAR_KM = 20_039.0
"""Half the earth's girth: the error of a place that was not found."""
_NEAR_KM = 161.0


class Toponym(NamedTuple):
    """Hold one gold mention: where it stands, what it says, where it lies."""

    start: int
    end: int
    lat: float
    lon: float


class Article(NamedTuple):
    """Hold one text with its gold mentions."""

    key: str
    outlet: str | None
    text: str
    toponyms: list[Toponym]


def read_lgl() -> Iterator[Article]:
    """Read LGL (Lieberman et al. 2010)."""
    for article in ET.parse(CORPORA / "lgl.xml").getroot().iter("article"):
        text = article.findtext("text") or ""
        found = []
        for toponym in article.iter("toponym"):
            lat, lon = toponym.findtext("gaztag/lat"), toponym.findtext("gaztag/lon")
            if lat and lon:
                start, end = (int(toponym.findtext(name) or 0) for name in ("start", "end"))
                found.append(Toponym(start, end, float(lat), float(lon)))
        yield Article(article.get("docid") or "", article.findtext("domain"), text, found)


def read_geovirus() -> Iterator[Article]:
    """Read GeoVirus (Gritta et al. 2018); its offsets count from one."""
    for article in ET.parse(CORPORA / "GeoVirus.xml").getroot().iter("article"):
        text = article.findtext("text") or ""
        found = []
        for place in article.iter("location"):
            name = (place.findtext("name") or "").strip()
            start = int(place.findtext("start") or 1) - 1
            lat, lon = float(place.findtext("lat") or 0), float(place.findtext("lon") or 0)
            if text[start : start + len(name)] == name:
                found.append(Toponym(start, start + len(name), lat, lon))
        yield Article(article.findtext("source") or "", None, text, found)


def tuning(article: Article) -> bool:
    """Tell whether an article is of the half that the scorer's weights were set on."""
    return zlib.crc32(article.key.encode()) % 2 == 0


def errors(articles: Sequence[Article]) -> list[list[float]]:
    """Give for each article of one case the kilometres by which each of its gold mentions is missed."""
    names = [_names(article) for article in articles]
    homes = find_homes([(article.outlet, own) for article, own in zip(articles, names, strict=True)])
    return [_missed(*row) for row in zip(articles, names, homes, strict=True)]


def _names(article: Article) -> list[PlaceName]:
    text = article.text
    return [
        PlaceName(text[t.start : t.end], "en", text[max(0, t.start - 24) : t.start], text[t.end : t.end + 24])
        for t in article.toponyms
    ]


def _missed(article: Article, names: list[PlaceName], home: Home) -> list[float]:
    chosen = choose_places(names, countries_of(names, find_peoples(article.text, "en")), home)
    return [
        _distance(t, place.lat, place.lon) if place else FAR_KM
        for t, place in zip(article.toponyms, chosen, strict=True)
    ]


def _distance(gold: Toponym, lat: float, lon: float) -> float:
    a, b = radians(gold.lat), radians(lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon - gold.lon) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, half)))


def place_figures(missed: list[float]) -> Figures:
    """Score distances: share within 161 km (100 miles), share not found, and the area under the error curve."""
    curve = sum(log(km + 1) for km in missed) / (log(FAR_KM + 1) * max(len(missed), 1))
    return {
        "mentions": len(missed),
        "at_161_km": sum(km <= _NEAR_KM for km in missed) / max(len(missed), 1),
        "not_found": sum(km >= FAR_KM for km in missed) / max(len(missed), 1),
        "auc": curve,
    }


def measure_places() -> dict[str, Figures]:
    """Score the measuring half of LGL, the tuning half beside it, and all of GeoVirus."""
    figures = {}
    lgl = list(read_lgl())
    missed = list(zip(lgl, errors(lgl), strict=True))
    for name, half in (("measuring", False), ("tuning", True)):
        some = [km for article, found in missed if tuning(article) == half for km in found]
        figures[f"lgl, {name} half"] = place_figures(some)
    figures["geovirus"] = place_figures([km for found in errors(list(read_geovirus())) for km in found])
    return figures
