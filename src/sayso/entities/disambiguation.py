"""Choose which place of many with one name is meant, in view of the report it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log10
from typing import NamedTuple

from sayso.entities.gazetteer import Place, find_places, kilometres
from sayso.entities.names import fold

_MOST_CANDIDATES = 60
_NEAR_KM = 150.0
_TOWN = 20_000

WEIGHTS = {
    "country": 3.0, "region": 0.4, "own country": 3.0, "step": 0.5, "same country": 0.7, "most country": 2.0,
    "near": 1.0, "most near": 2.0, "same admin": 0.7, "most admin": 2.0, "contained": 4.0,
}  # fmt: skip
"""What speaks for a place, in powers of ten of inhabitants (set on half of LGL, see ``benchmarks/entities``)."""

_REGION_WORDS = re.compile(
    r"\b(?:gebiet\w*|region\w*|oblast\w*|provinz\w*|bezirk\w*|kreis\w*|bundesstaat\w*|bundesland\w*|gouvernement\w*|"
    r"republik\w*|province|state|oblast|county|governorate|област\w*|кра[йяею]\w?|район\w*|провинци\w*|республик\w*|"
    r"штат\w*|округ\w*|регион\w*)\b",
    re.IGNORECASE,
)


class PlaceName(NamedTuple):
    """Hold the name of a place as it stands in a report, with the words just before and after it."""

    text: str
    language: str = "und"
    before: str = ""
    after: str = ""


class _Asked(NamedTuple):
    name: PlaceName
    found: tuple[Place, ...]
    as_region: bool
    containers: tuple[Place, ...]


def choose_places(names: Sequence[PlaceName], countries: Sequence[str] = ()) -> list[Place | None]:
    """Choose for each name of one report the place that is meant, or None where none is known.

    Population speaks for a place, and so do the countries the report is about (`countries`, most important
    first), other places of the report in the same country, region or near by, and what stands right after it
    ("Paris, Texas"). Two rounds: the first chooses by itself, the second in view of the others.
    """
    memory: dict[tuple[str, str, bool, str], _Asked] = {}
    asked = [_ask(name, memory) for name in names]
    first = {id(one): _best(one, (), countries) for one in asked}
    context = _distinct([place for place in first.values() if place is not None])
    second = {id(one): _best(one, context, countries) for one in asked}
    return [second[id(one)] for one in asked]


def _ask(name: PlaceName, memory: dict[tuple[str, str, bool, str], _Asked]) -> _Asked:
    after = name.after.strip(" ,")
    contained = after if name.after.lstrip().startswith(",") else ""
    region = bool(
        _REGION_WORDS.search(f"{name.text} {name.after}") or _REGION_WORDS.search(name.before[-18:])
    )
    key = (name.text, name.language, region, contained)
    if key not in memory:
        found = find_places(name.text, name.language)[:_MOST_CANDIDATES]
        memory[key] = _Asked(name, found, region, _containers(contained, name.language) if found else ())
    return memory[key]


def _containers(after: str, language: str) -> tuple[Place, ...]:
    """Give the regions and countries named right after a name: "Paris, Texas"."""
    words = after.replace(",", " ,").split()
    for count in (3, 2, 1):
        tried = " ".join(words[:count])
        if words and tried[:1].isupper() and "," not in tried:
            if found := tuple(p for p in find_places(tried.strip("."), language) if p.kind != "city"):
                return found
    return ()


def _distinct(places: Sequence[Place]) -> list[Place]:
    return list({place.row: place for place in places}.values())


def _best(asked: _Asked, context: Sequence[Place], countries: Sequence[str]) -> Place | None:
    found = _city_before_region(asked)
    if not found:
        return None
    return max(found, key=lambda place: (_score(place, asked, context, countries), -place.row))


def _city_before_region(asked: _Asked) -> Sequence[Place]:
    """Leave out the region around a city of its name, unless the words say that a region is meant."""
    regions = [p for p in asked.found if p.kind == "region"]
    if not regions:
        return asked.found
    if asked.as_region:
        return [p for p in asked.found if p.kind != "city" or not any(_within_reach(r, p) for r in regions)]
    cities = [p for p in asked.found if p.kind == "city" and p.population > _TOWN]
    return [
        p for p in asked.found if p.kind != "region" or not any(_within_reach(p, city) for city in cities)
    ]


def _within_reach(region: Place, city: Place) -> bool:
    return region.country == city.country and kilometres(region, city) < _NEAR_KM


def _score(place: Place, asked: _Asked, context: Sequence[Place], countries: Sequence[str]) -> float:
    score = log10(place.population + 10) + WEIGHTS.get(place.kind, 0.0)
    if place.country in countries:
        score += WEIGHTS["own country"] - WEIGHTS["step"] * min(countries.index(place.country), 4)
    if any(_inside(place, container) for container in asked.containers):
        score += WEIGHTS["contained"]
    if len(context) > 1:
        score += _company(place, context)
    return score


def _inside(place: Place, container: Place) -> bool:
    if place.country != container.country or place.row == container.row:
        return False
    return container.kind == "country" or place.admin1 == container.admin1


def _company(place: Place, context: Sequence[Place]) -> float:
    """Score the other places of the report that keep a place company: same country, same region, near by."""
    same = admin = near = 0
    name = fold(place.name)
    for other in context:
        if other.row == place.row or other.country != place.country or fold(other.name) == name:
            continue
        same += 1
        admin += bool(place.admin1) and other.admin1 == place.admin1
        near += other.kind == "city" and kilometres(place, other) < _NEAR_KM
    return (
        min(WEIGHTS["most country"], WEIGHTS["same country"] * same)
        + min(WEIGHTS["most admin"], WEIGHTS["same admin"] * admin)
        + min(WEIGHTS["most near"], WEIGHTS["near"] * near)
    )
