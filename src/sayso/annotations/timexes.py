"""Find every temporal expression, resolve it, and tell which one an event or an attribution hangs on.

What a language knows lies in ``languages/xx/timexes.toml``; `timex_grammar` compiles it, `timex_rules` finds
expressions by it, `timex_points` resolves them by the anchors `timex_anchors` chooses, `timex_values` does
the calendar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from sayso.annotations.timex_anchors import FoundTimex
from sayso.annotations.timex_grammar import LanguageRules, flatten, load_grammar
from sayso.annotations.timex_points import Resolver
from sayso.annotations.timex_rules import find_expressions
from sayso.annotations.timex_tense import Clauses
from sayso.languages import base_language
from sayso.records import Span

__all__ = [
    "ANNOTATOR",
    "Choice",
    "FoundTimex",
    "TimeChooser",
    "choose_time",
    "find_timexes",
    "order_clauses",
    "read_published",
]

ANNOTATOR = "timexes@1"
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d))?)?)?")
_CLAUSE_EDGE = re.compile(r"[;:()]|, | - | – | — ")
Order = Literal["before", "after", "during"]
_YEARS_OF_PUBLICATION = range(1500, 9000)
"""A report dated outside them bears no date that could anchor anything."""
_AFTER_VERB = 24
"""Letters after a predicate in which an adverb of its clause may still stand ("er war zuvor geflohen")."""
_ORDER_CUES: tuple[tuple[str, Order | None, Order], ...] = (
    ("after_which", "before", "after"),
    ("before_which", "after", "before"),
    ("while", "during", "during"),
    ("before_that", None, "after"),
    ("then", None, "before"),
)
"""What a kind of connective tells of the first predicate, standing before the first, before the second."""


def find_timexes(
    prose: str,
    sentences: Sequence[Span],
    *,
    language: str,
    published: str | None,
    link_dates: Sequence[tuple[int, str]] = (),
) -> list[FoundTimex]:
    """Find the temporal expressions of a prose, resolved against its publication and each other.

    `published` is ISO 8601, as precise as known; without it, or where it is no date, bounds of relative
    expressions stay open. `link_dates` are (offset in the prose, date in the address) of cited links.
    `language` is a BCP 47 tag; its country, where told, settles the order of figures ("05/06/2021").

    >>> [timex] = find_timexes("Er kam am 3. Januar.", [(0, 20)], language="de", published="2021-02-01")
    >>> timex.value, timex.earliest, timex.latest, timex.anchor
    ('2021-01-03', '2021-01-03', '2021-01-04', 'published')
    """
    grammar = load_grammar(base_language(language))
    low = flatten(prose)
    found = find_expressions(prose, low, grammar)
    clauses = Clauses(low, sentences, grammar.cues)
    order = _day_first(language, grammar.data)
    return Resolver(clauses, read_published(published), link_dates, order).resolve(found)


def _day_first(language: str, rules: LanguageRules) -> bool | None:
    """Tell from the country in a language's tag whether dates in figures begin with the day, None if unknown."""
    countries = {part.upper() for part in language.split("-")[1:]}
    if countries & set(rules.day_first):
        return True
    return False if countries & set(rules.month_first) else None


def read_published(published: str | None) -> datetime | None:
    """Read a publication date down to the day, or give None: a bare year or month anchors nothing.

    >>> read_published("2021-05-19T14:30:00+02:00"), read_published("2021-05")
    (datetime.datetime(2021, 5, 19, 14, 30), None)
    """
    match = _PUBLISHED.match(published or "")
    if match is None or match[3] is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        clock = datetime.min.time().replace(hour=int(match[4] or 0), minute=int(match[5] or 0))
    except ValueError:
        return None
    return datetime.combine(day, clock) if day.year in _YEARS_OF_PUBLICATION else None


class Choice(msgspec.Struct, frozen=True):
    """Hold which timex a predicate hangs on: index, or None for the publication, and why."""

    timex: int | None
    reason: str


class TimeChooser:
    """Choose the timex an event or an attribution hangs on; made once for a prose, asked often.

    `breaks` are the offsets at which blocks begin: no day is carried over one. Sets, vague references and
    durations told from no moment place nothing and are never chosen.
    """

    def __init__(
        self, timexes: Sequence[FoundTimex], sentences: Sequence[Span], prose: str, breaks: Sequence[int] = ()
    ) -> None:
        self._timexes = timexes
        self._sentences = sentences
        self._breaks = sorted(breaks)
        self._usable = [index for index, timex in enumerate(timexes) if _places(timex)]
        self._starts = [timexes[index].start for index in self._usable]
        self._days = [index for index in self._usable if len(timexes[index].value) >= 10]
        self._day_starts = [timexes[index].start for index in self._days]
        self._edges = [match.start() for match in _CLAUSE_EDGE.finditer(prose)]

    def choose(self, span: Span, outside: Sequence[Span] = ()) -> Choice:
        """Choose for a predicate's span, not looking inside `outside` (for an attribution: its content).

        1. The nearest one in the same clause; 2. the nearest in the same sentence; 3. the last day told
        before in the same block; 4. none: the publication.
        """
        left, right = self._sentence(span)
        inside = self._usable[bisect_left(self._starts, left) : bisect_left(self._starts, right)]
        inside = [index for index in inside if not _within(self._timexes[index], outside)]
        if inside:
            nearest = min(inside, key=lambda index: self._distance(span, self._timexes[index]))
            apart = self._distance(span, self._timexes[nearest])[0]
            return Choice(nearest, "same sentence" if apart else "same clause")
        at = bisect_right(self._breaks, span[0]) - 1
        block = self._breaks[at] if at >= 0 else 0
        told = bisect_left(self._day_starts, left) - 1
        if told >= 0 and self._day_starts[told] >= block:
            return Choice(self._days[told], "last day told before")
        return Choice(None, "published")

    def _sentence(self, span: Span) -> Span:
        at = bisect_right(self._sentences, (span[0], 1 << 60)) - 1
        return self._sentences[at] if at >= 0 else (0, 0)

    def _distance(self, span: Span, timex: FoundTimex) -> tuple[int, int]:
        """Count the clause edges between a predicate and a timex, then the letters."""
        left, right = (timex.end, span[0]) if timex.end <= span[0] else (span[1], timex.start)
        edges = bisect_left(self._edges, right) - bisect_left(self._edges, left)
        return max(0, edges), max(0, right - left)


def choose_time(
    span: Span,
    timexes: Sequence[FoundTimex],
    sentences: Sequence[Span],
    prose: str,
    *,
    breaks: Sequence[int] = (),
    outside: Sequence[Span] = (),
) -> Choice:
    """Choose the timex that one predicate hangs on; `TimeChooser` states the rules and serves many."""
    return TimeChooser(timexes, sentences, prose, breaks).choose(span, outside)


def order_clauses(
    prose: str, first: Span, second: Span, sentences: Sequence[Span], *, language: str
) -> Order | None:
    """Tell by connectives whether what the first predicate tells came before, after or during the second.

    Serves two predicates of the same sentence or of neighbouring ones, the first standing first; None where
    no connective tells.

    >>> prose = "He fled after the police came."
    >>> order_clauses(prose, (3, 7), (25, 29), [(0, 30)], language="en")
    'after'
    """
    cues = load_grammar(base_language(language)).cues
    low = flatten(prose)
    clauses = Clauses(low, sentences, cues)
    here = (clauses.sentence_span(first[0])[0], first[0])
    there = (max(first[1], clauses.sentence_span(second[0])[0]), second[1] + _AFTER_VERB)
    for name, by_first, by_second in _ORDER_CUES:
        cue = cues.get(name)
        if cue and cue.search(low, *there):
            return by_second
        if cue and by_first and cue.search(low, *here):
            return by_first
    return None


def _places(timex: FoundTimex) -> bool:
    bounded = timex.earliest is not None or timex.latest is not None
    if timex.type == "SET" or timex.value.endswith("_REF") or not bounded:
        return False
    return timex.type != "DURATION" or timex.anchor is not None


def _within(timex: FoundTimex, spans: Sequence[Span]) -> bool:
    return any(start <= timex.start and timex.end <= end for start, end in spans)
