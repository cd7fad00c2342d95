"""Keep what is seen while a case is resolved: which mention is which node, and what was seen of each node.

A node is the smallest thing that is told apart - a name as folded, a place of the gazetteer, a known outlet,
a state body of one land - and `Union` joins nodes into entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from sayso.entities.clusters import Union, node
from sayso.entities.gazetteer import Place
from sayso.entities.judging import Judged
from sayso.entities.known import StateBody
from sayso.languages import base_language
from sayso.records import Annotations, Mention, Report

Reading = tuple[Report, Annotations]


_RIVAL = 2
"""A land named half as often as the foremost makes it doubtful whose a ministry is."""
_CLEARLY = 4


class Sighting(msgspec.Struct):
    """Hold what was seen of one node, or of all nodes of one entity."""

    names: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    roles: Counter[str] = msgspec.field(default_factory=Counter)
    domains: set[str] = msgspec.field(default_factory=set)
    lands: Counter[str] = msgspec.field(default_factory=Counter)
    houses: Counter[str] = msgspec.field(default_factory=Counter)
    """The organisations a person speaks for, by node."""
    place: Place | None = None
    body: StateBody | None = None
    local: bool = False
    """A body of a town or district: it does not speak for the state."""
    known_name: str | None = None
    country: str | None = None

    def add(self, other: Sighting) -> None:
        """Take in what was seen of another node of the same entity."""
        for name in ("names", "kinds", "roles", "lands", "houses"):
            mine, theirs = getattr(self, name), getattr(other, name)
            for key, count in theirs.items():
                mine[key] += count
        self.domains |= other.domains
        self.place, self.body = self.place or other.place, self.body or other.body
        self.local = self.local or other.local
        self.known_name = self.known_name or other.known_name
        self.country = self.country or other.country


class Work:
    """Carry one resolution through its steps; readings are kept in the order of their reports' ids."""

    def __init__(self, readings: Sequence[Reading], judged: Judged) -> None:
        self.readings = sorted(readings, key=lambda reading: reading[0].id)
        self.judged = judged
        self.union: Union = judged.union
        self.sightings: dict[str, Sighting] = defaultdict(Sighting)
        self.mention_nodes: dict[str, str] = {}
        self.source_nodes: dict[str, str] = {}
        self.medium_nodes: dict[str, str] = {}
        self.outlet_nodes: dict[str, str] = {}
        self.domain_nodes: dict[str, str] = {}
        self.land_counts: dict[str, Counter[str]] = {}
        """How often a report names each land: by ISO code, or by the node of a land no gazetteer has."""

    def mentions(self, *kinds: str) -> Iterator[tuple[Mention, Report, str]]:
        """Give the mentions of some kinds that are names, with their report and its language."""
        for report, annotations in self.readings:
            language = base_language(report.language)
            for mention in annotations.mentions:
                if mention.kind in kinds and not mention.pronominal:
                    yield mention, report, language

    def see(self, mention: Mention, seen: str, language: str) -> Sighting:
        """Note that a mention names a node; a mention judged not to be what it looks like stands alone."""
        if mention.id in self.judged.lone_mentions:
            seen = node("mention", mention.id)
        self.mention_nodes[mention.id] = seen
        sighting = self.sightings[seen]
        sighting.names[mention.text, language] += 1
        sighting.kinds[mention.kind] += 1
        return sighting

    def outlet_of(self, report: str) -> str | None:
        """Give the entity of the outlet that published a report, where it is known."""
        seen = self.outlet_nodes.get(report)
        return self.entity(seen) if seen else None

    def focus(self, report: str) -> list[str]:
        """Give the lands a report is about, the foremost first."""
        counts = self.land_counts.get(report, Counter())
        return [land for land, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]

    def main_land(self, report: str, clearly: bool = False) -> str | None:
        """Give the land a report is about, or None where it is about two, or about none.

        `clearly` asks for more: the case knows the body in question of two lands.
        """
        lands, counts = self.focus(report), self.land_counts.get(report, Counter())
        rival = counts[lands[1]] if len(lands) > 1 else 0
        if not lands or rival * _RIVAL > counts[lands[0]]:
            return None
        return None if clearly and counts[lands[0]] < max(_CLEARLY, 2 * _RIVAL * rival) else lands[0]

    def entity(self, seen: str) -> str:
        """Give the id of the entity a node belongs to."""
        return self.union.find(seen)
