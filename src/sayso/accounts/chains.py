"""Unfold who says so: the attributions around a place, the outermost first, and what they end in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.accounts.tellings import Root
from sayso.languages.lexicon import fold
from sayso.records import Annotations, Attribution, Entity, Report

_STRETCH = 256
"""Letters of a stretch by which attributions are looked up."""


class Chains:
    """Unfold the chains of one report."""

    def __init__(self, report: Report, annotations: Annotations, entities: Mapping[str, Entity]) -> None:
        self.annotations = annotations
        self.entities = entities
        self.own = report.outlet
        self.outlet = report.outlet or f"path:{report.path}"
        self.attributions = {row.id: row for row in annotations.attributions}
        self.near: dict[int, list[Attribution]] = defaultdict(list)
        self.children: dict[str, list[Attribution]] = defaultdict(list)
        for row in annotations.attributions:
            self.children[row.parent or ""].append(row)
            for at in {at for s, e in row.content.spans for at in range(s // _STRETCH, e // _STRETCH + 1)}:
                self.near[at].append(row)
        own = entities.get(report.outlet or "")
        self.credits = credits_of(report, annotations, own.name if own else "")

    def around(self, offset: int) -> list[Attribution]:
        """List the attributions in whose content an offset stands, the outermost first.

        Two attributions of one content ("X reported, citing Y") are ordered by who carries whom: an
        outlet before a source that is none.
        """
        near = self.near.get(offset // _STRETCH, ())
        holding = [row for row in near if any(start <= offset < end for start, end in row.content.spans)]
        return sorted(holding, key=self.depth)

    def depth(self, row: Attribution) -> tuple[int, int, int, int, str]:
        """Rank an attribution by how far inside others it stands, outlets before the sources they carry."""
        size = sum(end - start for start, end in row.content.spans)
        cue = row.cue.spans[0][0] if row.cue else 0
        return (self._level(row), -size, 0 if self._is_outlet(row.source_entity) else 1, cue, row.id)

    def _level(self, row: Attribution) -> int:
        level, seen = 0, {row.id}
        while row.parent in self.attributions and row.parent not in seen and level < 9:
            row = self.attributions[row.parent]
            seen.add(row.id)
            level += 1
        return level

    def _is_outlet(self, entity: str | None) -> bool:
        known = self.entities.get(entity or "")
        return known is not None and known.kind == "outlet"

    def is_leaf(self, row: Attribution) -> bool:
        """Say whether an attribution says something beyond the attributions inside it."""
        size = sum(end - start for start, end in row.content.spans)
        inner = [sum(end - start for start, end in child.content.spans) for child in self.children[row.id]]
        return not inner or max(inner) * 2 < size

    def chain(self, around: Sequence[Attribution]) -> tuple[str, ...]:
        """Give the chain from the report outwards: outlet, credited outlet, then medium and source by turns."""
        chain = [self.outlet, *(self.credits if not around else ())]
        for row in around:
            if row.medium is not None:
                chain.append(row.medium_entity or row.medium.text)
            if row.source is not None or row.source_entity:
                chain.append(row.source_entity or (row.source.text if row.source else ""))
            elif row.anonymous and row.cue is not None:
                chain.append(row.cue.text)
        return tuple(one for at, one in enumerate(chain) if at == 0 or one != chain[at - 1])

    def root(self, around: Sequence[Attribution], marks: frozenset[str]) -> tuple[Root, str, str | None]:
        """Say what the chain ends in: a named source, words, an anonymous source, or the report itself."""
        for row in reversed(around):
            if row.source_entity and not row.anonymous:
                return "named", row.source_entity, row.source_entity
            if "first_hand" in marks:
                return "own", self.outlet, self.own
            if row.anonymous:
                return "anonymous", self._carrier(around), None
            if row.source is not None:
                return "words", fold(row.source.text), None
            if row.medium_entity:
                return "named", row.medium_entity, row.medium_entity
        if around:
            return "anonymous", self._carrier(around), None
        if self.credits:
            return "named", self.credits[0], self.credits[0]
        if "passes_on" in marks:
            return "anonymous", self.outlet, None
        return "own", self.outlet, self.own

    def _carrier(self, around: Sequence[Attribution]) -> str:
        """Give the outlet that carries an unnamed word: the last named in the chain, else the report's."""
        for row in reversed(around):
            for entity in (row.medium_entity, row.source_entity):
                if entity and self._is_outlet(entity):
                    return entity
        return self.credits[0] if self.credits else self.outlet


def credits_of(report: Report, annotations: Annotations, own_name: str = "") -> tuple[str, ...]:
    """List the outlets a whole report is credited to: in its dateline or byline, or in brackets at its end.

    With the name of the report's own outlet, a short form of it ("MLA") is no credit.

    >>> report = Report(id="r", path="", sha256="", media_type="", text="")
    >>> credits_of(report, Annotations(report="r", annotator=""))
    ()
    """
    heads = [(block.start, block.end) for block in report.blocks if block.kind in ("dateline", "byline")]
    found: dict[str, None] = {}
    for mention in annotations.mentions:
        start, end = mention.spans[0][0], mention.spans[-1][1]
        if (
            mention.kind not in ("outlet", "organisation")
            or not mention.entity
            or mention.entity == report.outlet
        ):
            continue
        if own_name and _is_short_for(mention.text, own_name):
            continue
        headed = mention.kind == "outlet" and any(left <= start and end <= right for left, right in heads)
        if headed or _is_credit(report.text, start, end):
            found[mention.entity] = None
    return tuple(sorted(found))


def _is_short_for(short: str, name: str) -> bool:
    """Say whether capitals are a short form of a name: its letters in order, beginning alike.

    >>> _is_short_for("MLA", "Mittelland-Agentur"), _is_short_for("AFP", "Mittelland-Agentur")
    (True, False)
    """
    letters = iter(fold(name))
    alike = short.isupper() and fold(short)[:1] == fold(name)[:1]
    return alike and all(letter in letters for letter in fold(short))


def _is_credit(text: str, start: int, end: int) -> bool:
    """Say whether a name stands alone in brackets after a dateline or at the very end: "(MLA)", "(MLA) -"."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if not before.endswith("(") or not after.startswith(")"):
        return False
    rest = after[1:].strip()
    return not rest or rest[:1] in "-–—"
