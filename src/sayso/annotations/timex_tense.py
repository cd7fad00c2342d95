"""Tell which way a clause looks: back or ahead, and how surely.

The cues of each kind are looked up once for a whole prose and then found by bisection, so that the cost
is linear in the prose however many expressions ask.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.records import Span

_EDGE = re.compile(r"[,;:()–—\"„“”«»]| - ")
_FAR = 300
"""Letters to either side beyond which nothing of a sentence is looked at."""
_STAMP_REACH = 2
_NEXT_CLAUSES = 3
_OPENING, _CLOSING = "„«“", "“”»"


class Lean(NamedTuple):
    """Hold which way a clause looks ("past", "future"), how strongly, and whether nothing contradicts."""

    tense: str
    weight: int
    sure: bool


class Clauses:
    """Hold the sentences, clauses and cues of one prose."""

    def __init__(self, low: str, sentences: Sequence[Span], cues: Mapping[str, re.Pattern[str]]) -> None:
        self._low = low
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._cues = cues
        self._places: dict[str, list[int]] = {}

    def sentence_at(self, offset: int) -> int:
        """Give the number of the sentence an offset lies in."""
        return bisect_right(self._starts, offset) - 1

    def sentence_span(self, at: int) -> Span:
        """Give the sentence an offset lies in, cut to what is near."""
        sentence = self.sentence_at(at)
        left, right = self._sentences[sentence] if sentence >= 0 else (0, len(self._low))
        return max(left, at - _FAR), min(max(right, at), at + _FAR)

    def clause_span(self, at: int) -> Span:
        """Give the clause an offset lies in: what stands between two marks or words that part clauses."""
        left, right = self.sentence_span(at)
        edges = self._find("edge")
        before, after = bisect_right(edges, at) - 1, bisect_right(edges, at)
        return (
            max(left, edges[before]) if before >= 0 else left,
            min(right, edges[after]) if after < len(edges) else right,
        )

    def nearest(self, name: str, span: Span, at: int) -> int | None:
        """Give how far from an offset the nearest cue of a kind begins within a span, or None."""
        places = self._find(name)
        here = bisect_left(places, at)
        near = [
            abs(places[index] - at)
            for index in (here - 1, here)
            if 0 <= index < len(places) and span[0] <= places[index] < span[1]
        ]
        return min(near, default=None)

    def lean(self, at: int, hint: str | None = None) -> Lean:
        """Weigh the cues of the clause, else of this and the next one, else of the sentence.

        Where cues of both kinds meet, the nearest one rules. `hint` is what a word right before the
        expression tells ("until"). The weight says how many times farther away a day may lie in the
        direction told and still be preferred to one in the other; the figures were set on the development
        corpora.
        """
        if hint == "ahead":
            return Lean("future", 100, True)
        if hint:
            told = self.lean(at)
            against = told.sure and told.weight > 6 and told.tense != hint
            return Lean(hint, 4, not against)
        clause, sentence = self.clause_span(at), self.sentence_span(at)
        with_next = (clause[0], self._end_of_next(clause[1], sentence[1]))
        for span, weight in ((clause, 12), (with_next, 8), (sentence, 6)):
            past, future = self.nearest("past", span, at), self.nearest("future", span, at)
            if past is None and future is None:
                continue
            mixed = past is not None and future is not None
            back = future is None or (past is not None and past < future)
            return Lean("past" if back else "future", 3 if mixed else weight, not mixed)
        return Lean("past" if self.nearest("present", clause, at) is None else "future", 2, True)

    def _end_of_next(self, end: int, limit: int) -> int:
        """Give where the clauses after one end: a fronted "On May 6, he, 44, was charged" is two commas off."""
        for _ in range(_NEXT_CLAUSES):
            if end < limit:
                end = max(end, self.clause_span(end)[1])
        return end

    def has_verb(self, at: int) -> bool:
        """Tell whether the sentence holds a cue of past or future; a bare listing holds none."""
        span = self.sentence_span(at)
        return any(self.nearest(name, span, span[0]) is not None for name in ("past", "future"))

    def is_stamp(self, start: int, end: int) -> bool:
        """Tell whether a time opens its sentence or stands before a colon: it stamps a live blog's entry."""
        return start - self.sentence_span(start)[0] <= _STAMP_REACH or self._low[end : end + 1] == ":"

    def in_quotation(self, at: int) -> bool:
        """Tell whether a quotation that began in this sentence is still open."""
        before = self._low[self.sentence_span(at)[0] : at]
        opened = sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in _CLOSING)
        return opened > 0 or before.count('"') % 2 == 1

    def _find(self, name: str) -> list[int]:
        """Find where the cues of a kind begin (where an edge ends), once for the whole prose."""
        if name not in self._places:
            cue = self._cues.get(name, _EDGE if name == "edge" else None)
            found = cue.finditer(self._low) if cue else ()
            self._places[name] = [match.end() if name == "edge" else match.start() for match in found]
        return self._places[name]
