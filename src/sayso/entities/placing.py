"""Resolve places: against the gazetteer in view of their report, the rest among each other by sound.

A name of the gazetteer's stands for the place its report makes likeliest; a name it lacks joins the place it
sounds like, in another script or case, and else is a place of its own, without coordinates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from sayso.entities.clusters import cluster_names, name_keys, near_pairs, node
from sayso.entities.disambiguation import Home, PlaceName, choose_places, find_homes
from sayso.entities.gazetteer import Place, find_places
from sayso.entities.known import find_organisation, find_peoples, fold_name
from sayso.entities.likeness import SAME, Form, names_likeness
from sayso.entities.sightings import Work
from sayso.languages import base_language
from sayso.records import Annotations, Mention, Report

_BEFORE, _AFTER = 24, 24
_FAR_MORE = 3
_TELLING = 100_000
"""Inhabitants from which a place speaks for its country by itself."""


def resolve_places(work: Work) -> None:
    """Give every mention of a place its node; fill in which countries each report is about."""
    unknown: dict[Form, list[tuple[Mention, str]]] = defaultdict(list)
    known: dict[Form, Counter[str]] = defaultdict(Counter)
    chosen: list[tuple[Mention, Report, str, Place | None]] = []
    read = [(report, *_places_of(report, annotations)) for report, annotations in work.readings]
    homes = find_homes([(work.outlet_of(report.id), names) for report, _, names in read])
    for (report, places, names), home in zip(read, homes, strict=True):
        for mention, place in zip(places, _choose(work, report, names, home), strict=True):
            chosen.append((mention, report, base_language(report.language), place))
    counts = Counter(place.row for *_, place in chosen if place is not None)
    for mention, report, language, place in chosen:
        form = (fold_name(mention.text), language)
        if place is None:
            unknown[form].append((mention, language))
        else:
            meant = _as_in_the_case(place, mention, report, language, counts)
            seen = _place_node(meant)
            work.see(mention, seen, language).place = meant
            known[form][seen] += 1
    _resolve_unknown(work, unknown, known)


def _as_in_the_case(
    place: Place, mention: Mention, report: Report, language: str, counts: Counter[int]
) -> Place:
    """Give the place of a name that the case means far more often, unless a region is named beside the name."""
    end = mention.spans[-1][1]
    if report.text[end : end + 1] == ",":
        return place
    others = [other for other in find_places(mention.text, language) if other.kind == place.kind]
    usual = max(others, key=lambda other: (counts[other.row], -other.row), default=place)
    return usual if counts[usual.row] >= _FAR_MORE * counts[place.row] else place


def _well_placed(place: Place, peoples: Counter[str]) -> bool:
    """Tell whether a town says what land a report is about: a village far off may only share its name."""
    return place.kind == "country" or place.population >= _TELLING or place.country in peoples


def _place_node(place: Place) -> str:
    return node("place", str(place.geonames or place.name))


def _places_of(report: Report, annotations: Annotations) -> tuple[list[Mention], list[PlaceName]]:
    language = base_language(report.language)
    places = [
        m
        for m in annotations.mentions
        if m.kind == "place" and not m.pronominal and not find_organisation(m.text, language)
    ]
    return places, [_place_name(report.text, mention, language) for mention in places]


def _choose(work: Work, report: Report, names: list[PlaceName], home: Home) -> list[Place | None]:
    """Choose a report's places, and count the countries it is about."""
    peoples = find_peoples(report.text, base_language(report.language))
    chosen = choose_places(names, countries_of(names, peoples), home)
    counts = Counter(peoples)
    for place in chosen:
        if place is not None and place.country and _well_placed(place, counts):
            counts[place.country] += 2 if place.kind == "country" else 1
    work.land_counts[report.id] = counts
    return chosen


def countries_of(names: Sequence[PlaceName], peoples: Sequence[str]) -> list[str]:
    """Give the countries a report is about, the foremost first: by its adjectives and the countries it names."""
    counts = Counter(peoples)
    for place in choose_places(names, ()):
        if place is not None and place.kind == "country":
            counts[place.country] += 2
    return _by_count(counts)


def _place_name(text: str, mention: Mention, language: str) -> PlaceName:
    start, end = mention.spans[0][0], mention.spans[-1][1]
    before = re.split(r"[.,;:()\n]", text[max(0, start - _BEFORE) : start])[-1]
    after = re.split(r"[.;:()\n]", text[end : end + _AFTER])[0]
    return PlaceName(mention.text, language, before, after)


def _by_count(counts: Counter[str]) -> list[str]:
    return [code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _resolve_unknown(
    work: Work, unknown: dict[Form, list[tuple[Mention, str]]], known: dict[Form, Counter[str]]
) -> None:
    """Join unknown names among each other, then to the one known place of the case they sound like."""
    forms = sorted(form for form in unknown if form[0])
    for form in forms:
        for mention, language in unknown[form]:
            work.see(mention, node("name of a place", form[0]), language)
    cluster_names("name of a place", forms, work.union)
    meant: dict[str, set[str]] = defaultdict(set)
    missing = set(forms)
    for _, left, right in near_pairs([*forms, *known], name_keys, names_likeness, SAME):
        for mine, other in ((left, right), (right, left)):
            if mine in missing and other in known:
                meant[work.entity(node("name of a place", mine[0]))].update(known[other])
    for group, places in sorted(meant.items()):
        if len(places) == 1:
            work.union.join(group, next(iter(places)))
