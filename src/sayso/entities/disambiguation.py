"""Choose which place of many with one name is meant, in view of the report it stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log10
from typing import NamedTuple

from sayso.entities.gazetteer import Place, country_place, find_places, kilometres, region_around
from sayso.entities.known import find_peoples
from sayso.entities.names import fold

_MOST_CANDIDATES = 60
_NEAR_KM = 150.0
_TOWN = 20_000
_LINKS = frozenset(["of", "the", "von", "der", "des"])
_ROUNDS = 2
_ENOUGH_REPORTS = 3

WEIGHTS = {
    "country": 2.0, "region": 0.0, "own country": 2.0, "step": 0.5, "same country": 0.7, "most country": 2.0,
    "near": 2.0, "most near": 6.0, "same admin": 0.7, "most admin": 2.0, "contained": 6.0, "own name": 1.0,
    "votes": 2.0, "most votes": 4.0, "home": 14.0,
}  # fmt: skip
"""What speaks for a place, in powers of ten of inhabitants (set on half of LGL, see ``benchmarks/entities``; "home"
lower than would be best there, as local papers are not what most cases are made of)."""

_REGION_WORDS = re.compile(
    r"\b(?:gebiet\w*|region\w*|oblast\w*|provinz\w*|bezirk\w*|kreis\w*|bundesstaat\w*|bundesland\w*|gouvernement\w*|"
    r"republik\w*|province|state|oblast|county|governorate|област\w*|кра[йяею]\w?|район\w*|провинци\w*|республик\w*|"
    r"штат\w*|округ\w*|регион\w*)\b",
    re.IGNORECASE,
)


Home = dict[tuple[str, str], float]
"""Weights of first-level regions, by country and region."""


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


class _View(NamedTuple):
    """Hold what one report tells about where its places lie."""

    context: Sequence[Place]
    countries: Sequence[str]
    votes: Home
    home: Home


def choose_places(
    names: Sequence[PlaceName], countries: Sequence[str] = (), home: Home | None = None
) -> list[Place | None]:
    """Choose for each name of one report the place that is meant, or None where none is known.

    Population speaks for a place, and so do the countries the report is about (`countries`, most important
    first), other places of the report in the same country, region or near by, and what stands right after it
    ("Paris, Texas"), and the regions its outlet writes of (`home`, from `find_homes`). The first round chooses
    each by itself, the next ones in view of the others.
    """
    memory: dict[tuple[str, str, bool, str], _Asked] = {}
    asked = [_ask(name, memory) for name in names]
    distinct = {id(one): one for one in asked}
    votes = _votes(distinct.values())
    if countries:  # a report that is about some land is not about its outlet's home, unless that lies there
        home = {region: share for region, share in (home or {}).items() if region[0] == countries[0]}
    chosen = {key: _best(one, _View((), countries, votes, home or {})) for key, one in distinct.items()}
    for _ in range(_ROUNDS):
        context = _distinct([place for place in chosen.values() if place is not None])
        view = _View(context, countries, votes, home or {})
        chosen = {key: _best(one, view) for key, one in distinct.items()}
    return [chosen[id(one)] for one in asked]


def find_homes(reports: Sequence[tuple[str | None, Sequence[PlaceName]]]) -> list[Home]:
    """Give for each report, by its outlet and its names, the shares of the regions its outlet else writes of.

    A local paper names its own towns without their state; its other reports tell which state that is. An
    outlet with few other reports in the case has no home.
    """
    own = [_shares(_votes({name: _ask(name, {}) for name in names}.values())) for _, names in reports]
    sums: dict[str, dict[tuple[str, str], float]] = {}
    counts: dict[str, int] = defaultdict(int)
    for (outlet, _), shares in zip(reports, own, strict=True):
        if outlet and shares:
            counts[outlet] += 1
            total = sums.setdefault(outlet, defaultdict(float))
            for region, share in shares.items():
                total[region] += share
    return [
        _without(sums[outlet], shares) if outlet and counts[outlet] - bool(shares) >= _ENOUGH_REPORTS else {}
        for (outlet, _), shares in zip(reports, own, strict=True)
    ]


def _shares(votes: Home) -> Home:
    total = sum(votes.values())
    return {region: vote / total for region, vote in votes.items()} if total else {}


def _without(sums: Home, own: Home) -> Home:
    return _shares({region: total - own.get(region, 0.0) for region, total in sums.items()})


def _votes(asked: Iterable[_Asked]) -> Home:
    """Let each name vote for the regions it may lie in, the more clearly the fewer they are."""
    votes: dict[tuple[str, str], float] = defaultdict(float)
    for one in asked:
        for home in (homes := _homes(one)):
            votes[home] += 1 / len(homes)
    return votes


def _homes(asked: _Asked) -> set[tuple[str, str]]:
    return {(p.country, p.admin1) for p in asked.found if p.admin1 and p.kind != "country"}


def _ask(name: PlaceName, memory: dict[tuple[str, str, bool, str], _Asked]) -> _Asked:
    after = name.after.strip(" ,")
    contained = after if name.after.lstrip().startswith(",") else ""
    region = _says_region(name)
    key = (name.text, name.language, region, contained)
    if key not in memory:
        found = find_places(name.text, name.language)[:_MOST_CANDIDATES] or _named_by_people(name)
        memory[key] = _Asked(name, found, region, _containers(contained, name.language) if found else ())
    return memory[key]


def _says_region(name: PlaceName) -> bool:
    """Tell whether a region is meant: by a word in the name, right after it, or right before it."""
    before = [word for word in name.before.split() if word.casefold() not in _LINKS][-1:]
    return any(_REGION_WORDS.search(words) for words in (name.text, *name.after.split()[:1], *before))


def _named_by_people(name: PlaceName) -> tuple[Place, ...]:
    """Give the country that an adjective or a people's name stands for, where it was read as a place."""
    peoples = find_peoples(name.text, name.language)
    place = country_place(peoples[0]) if len(peoples) == 1 else None
    return (place,) if place else ()


def _containers(after: str, language: str) -> tuple[Place, ...]:
    """Give the regions and countries named right after a name: "Paris, Texas"."""
    words = after.replace(",", " ,").split()
    for count in (3, 2, 1):
        tried = " ".join(words[:count])
        if not words or not tried[:1].isupper() or "," in tried:
            continue
        if found := tuple(p for p in find_places(tried.strip("."), language) if p.kind != "city"):
            return found
    return ()


def _distinct(places: Sequence[Place]) -> list[Place]:
    return list({place.row: place for place in places}.values())


def _best(asked: _Asked, view: _View) -> Place | None:
    found = _city_before_region(asked)
    if not found:
        return None
    return max(found, key=lambda place: (_score(place, asked, view), -place.row))


def _city_before_region(asked: _Asked) -> Sequence[Place]:
    """Leave out the region around a city of its name, unless the words say that a region is meant."""
    regions = [p for p in asked.found if p.kind == "region"]
    if not regions:
        return _named_after(asked) or asked.found
    if asked.as_region:
        return [p for p in asked.found if p.kind != "city" or not any(_within_reach(r, p) for r in regions)]
    cities = [p for p in asked.found if p.kind == "city" and p.population > _TOWN]
    return [
        p for p in asked.found if p.kind != "region" or not any(_within_reach(p, city) for city in cities)
    ]


def _named_after(asked: _Asked) -> list[Place]:
    """Give the regions that are named after a city, where the words say that a region is meant."""
    around = [region_around(city) for city in asked.found] if asked.as_region else []
    cities = zip(asked.found, around, strict=False)
    return [r for city, r in cities if r and fold(r.name)[:4] == fold(city.name)[:4]]


def _within_reach(region: Place, city: Place) -> bool:
    return region.country == city.country and kilometres(region, city) < _NEAR_KM


def _score(place: Place, asked: _Asked, view: _View) -> float:
    score = log10(place.population + 10) + WEIGHTS.get(place.kind, 0.0)
    if fold(place.name) == fold(asked.name.text):
        score += WEIGHTS["own name"]
    if place.country in view.countries:
        score += WEIGHTS["own country"] - WEIGHTS["step"] * min(view.countries.index(place.country), 4)
    if any(_inside(place, container) for container in asked.containers):
        score += WEIGHTS["contained"]
    score += WEIGHTS["home"] * view.home.get((place.country, place.admin1), 0.0) if place.admin1 else 0.0
    homes = _homes(asked)
    if (home := (place.country, place.admin1)) in homes and len(homes) > 1:
        others = view.votes[home] - 1 / len(homes)
        score += min(WEIGHTS["most votes"], WEIGHTS["votes"] * others)
    if len(view.context) > 1:
        score += _company(place, view.context)
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
