"""Resolve state bodies: a ministry is the ministry of the land named beside it, or of the report's land.

First the bodies whose land the words name; then, report by report, those without: they are of the land the
same body, or else every body of the report, was named with, and last of the land the report is about.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import NamedTuple

from sayso.entities.clusters import node
from sayso.entities.known import StateBody, find_body, names_more, speaks_for_house
from sayso.entities.lands import Lands
from sayso.entities.sightings import Work
from sayso.records import Mention, Part, Report

NOWHERE = "?"
_BEFORE = 28
_REACH = 30
_BESIDE = re.compile(r"[\s,(„“«\"]*(?:\w+ ?){0,3}[\s(„“«\"]*")


class _Found(NamedTuple):
    mention: Mention
    report: Report
    language: str
    body: StateBody
    land: str | None
    town: str | None


class Bodies:
    """Resolve the bodies that mentions and other words name, with the lands of their report in view."""

    def __init__(self, work: Work, lands: Lands) -> None:
        self.work = work
        self.lands = lands
        self._of_body: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._of_report: dict[str, list[str]] = defaultdict(list)
        self._of_case: dict[str, set[str]] = defaultdict(set)

    def resolve(self) -> None:
        """Give nodes to the mentions that name a state body and have none yet."""
        found = [
            self._find(mention, report, language)
            for mention, report, language in self.work.mentions("organisation", "outlet", "group")
            if mention.id not in self.work.mention_nodes
        ]
        kept = [one for one in found if one is not None]
        for one in kept:
            if one.land:
                self._of_body[one.report.id, one.body.key].append(one.land)
                self._of_report[one.report.id].append(one.land)
                self._of_case[one.body.key].add(one.land)
        for one in kept:
            land = one.land or self.usual_land(one.report.id, one.body)
            sighting = self.work.see(one.mention, self.body_node(one.body, land, one.town), one.language)
            sighting.kinds["organisation"] += 1

    def _find(self, mention: Mention, report: Report, language: str) -> _Found | None:
        body = find_body(mention.text, language)
        if body is None or names_more(mention.text, body, language):
            return None
        start = mention.spans[0][0]
        before = re.split(r"[.,;:!?()]|\n\n", report.text[max(0, start - _BEFORE) : start])[-1]
        words = f"{before} {mention.text}"
        named = self.lands.named(mention.text, language) or self.lands.named(words, language)
        place = self.lands.beside(mention, report)
        land, smaller = self.lands.land_of(place) if place else (None, False)
        if smaller and not body.towns and not self.lands.is_region(place):
            land, place = None, None  # a ministry in a town is not the town's
        town = self.work.entity(place) if place and smaller else None
        return _Found(mention, report, language, body, named[-1] if named else land, town)

    def usual_land(self, report: str, body: StateBody) -> str:
        """Give the land a body of a report is of where no land is named beside it."""
        if body.key == "embassy":  # it speaks for a land that is not the one it stands in
            return NOWHERE
        of_body, of_report = self._of_body[report, body.key], set(self._of_report[report])
        if len(set(of_body)) == 1:
            return of_body[0]
        if of_body:
            return next((land for land in self.work.focus(report) if land in of_body), NOWHERE)
        of_case = self._of_case[body.key]
        main = self.work.main_land(report, clearly=len(of_case) > 1)
        if main and of_report <= {main}:
            return main
        if len(of_case) == 1:
            return next(iter(of_case))
        return NOWHERE if self.work.focus(report) else self._case_land or NOWHERE

    @cached_property
    def _case_land(self) -> str | None:
        """Give the land that most reports of the case are about, if it is half of those about any."""
        about = (self.work.focus(report.id)[:1] for report, _ in self.work.readings)
        first = Counter(land for lands in about for land in lands)
        land, count = min(first.items(), key=lambda item: (-item[1], item[0]), default=(None, 0))
        return land if count * 2 >= first.total() else None

    def body_node(self, body: StateBody, land: str, town: str | None = None) -> str:
        """Give the node of a body of a land, or of a town of it, and note what it is."""
        seen = node("body", f"{body.key}:{land}" + (f":{town}" if town else ""))
        sighting = self.work.sightings[seen]
        sighting.body, sighting.local = body, town is not None
        sighting.lands[land] += 1
        sighting.kinds["organisation"] += 0
        return seen

    def house_in(self, person: Mention, role: Part, report: Report) -> str | None:
        """Give the node of the house a person's role says they speak for ("Sprecher von Tarvenergo")."""
        speaks = speaks_for_house(role.text)
        start = min(role.spans[0][0], person.spans[0][0])
        end = max(role.spans[-1][1], person.spans[-1][1]) + _REACH
        for house in self._houses.get(report.id, ()):
            if start <= house.spans[0][0] and house.spans[-1][1] <= end:
                between = report.text[person.spans[-1][1] : house.spans[0][0]]
                seen = self.work.mention_nodes.get(house.id, "")
                official = self.work.sightings[seen].body is not None
                if (speaks or official) and (
                    house.spans[0][0] < person.spans[0][0] or _BESIDE.fullmatch(between)
                ):
                    return seen
        return None

    @cached_property
    def _houses(self) -> dict[str, list[Mention]]:
        houses: dict[str, list[Mention]] = defaultdict(list)
        for mention, report, _ in self.work.mentions("organisation", "outlet", "group"):
            houses[report.id].append(mention)
        return houses

    def of_words(self, words: str, report: Report, language: str) -> str | None:
        """Give the node of the body that words name, or None."""
        body = find_body(words, language)
        if body is None or names_more(words, body, language):
            return None
        named = self.lands.named(words, language)
        return self.body_node(body, named[-1] if named else self.usual_land(report.id, body))

    def government(self, land: str) -> str | None:
        """Give the node of a land's government."""
        body = find_body("government", "en")
        return self.body_node(body, land) if body else None
