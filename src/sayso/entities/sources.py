"""Resolve the sources and media of attributions: by the mention in their words, else by the body they name."""

from __future__ import annotations

from sayso.entities.bodies import Bodies
from sayso.entities.gazetteer import is_capital
from sayso.entities.known import find_body
from sayso.entities.names import fold
from sayso.entities.naming import known_node
from sayso.entities.sightings import Work
from sayso.entities.terms import content_words
from sayso.languages import base_language
from sayso.records import Annotations, Mention, Part, Report, Spans

_RANK = {"person": 0, "outlet": 1, "organisation": 2, "group": 3, "product": 5, "event_name": 6, "place": 8}
"""Which mention inside a source speaks: a person before the house they speak for, a place last."""


def resolve_sources(work: Work, bodies: Bodies) -> None:
    """Give every source and medium of an attribution the node it is, where that can be told."""
    for report, annotations in work.readings:
        reader = _Reader(work, bodies, report, annotations)
        for attribution in annotations.attributions:
            if found := reader.node_of(attribution.source, attribution.source_entity):
                work.source_nodes[attribution.id] = found
            if found := reader.node_of(attribution.medium, attribution.medium_entity):
                work.medium_nodes[attribution.id] = found


class _Reader:
    """Resolve the parts of one report's attributions."""

    def __init__(self, work: Work, bodies: Bodies, report: Report, annotations: Annotations) -> None:
        self.work, self.bodies, self.report = work, bodies, report
        self.language = base_language(report.language)
        self.mentions = [m for m in annotations.mentions if m.id in work.mention_nodes]
        self.kinds = {m.id: m.kind for m in self.mentions}

    def node_of(self, part: Part | None, hint: str | None) -> str | None:
        """Give the node of a part's entity; `hint` is the mention that annotating took it for."""
        if hint in self.work.mention_nodes:
            return self._speaking(str(hint))
        if part is None:
            return None
        inside = [m for m in self.mentions if _within(m, part.spans)]
        best = min(inside, key=lambda m: (_RANK.get(m.kind, 9), m.spans[0][0], m.id), default=None)
        if best is not None and best.kind != "place":
            return self.work.mention_nodes[best.id]
        if found := self._holder(part.text) or self._named(part.text):
            return found
        bare = (
            best is not None
            and len(content_words(fold(part.text))) <= len(content_words(fold(best.text))) + 1
        )
        return self._speaking(best.id) if best is not None and bare else None

    def _named(self, words: str) -> str | None:
        found = known_node(self.work, words, self.language) or self.bodies.of_words(
            words, self.report, self.language
        )
        if found:
            self.work.sightings[found].names[" ".join(words.split())[:200], self.language] += 0
        return found

    def _speaking(self, mention: str) -> str | None:
        """Give who speaks where a mention is the source: the government where it is a land or its capital."""
        seen = self.work.mention_nodes[mention]
        place = self.work.sightings[seen].place
        if place is not None and (place.kind == "country" or is_capital(place)):
            return self.bodies.government(place.country)
        if self.kinds.get(mention) == "place" and self.bodies.lands.is_land(seen):
            return self.bodies.government(self.work.entity(seen))
        return seen

    def _holder(self, words: str) -> str | None:
        """Give the one person of the report who holds the office that words name ("глава государства")."""
        body = find_body(words, self.language)
        if body is None or not body.person:
            return None
        holders = {
            self.work.entity(self.work.mention_nodes[m.id])
            for m in self.mentions
            if m.role and find_body(m.role.text, self.language) == body
        }
        return holders.pop() if len(holders) == 1 else None


def _within(mention: Mention, spans: Spans) -> bool:
    return any(start <= mention.spans[0][0] and mention.spans[-1][1] <= end for start, end in spans)
