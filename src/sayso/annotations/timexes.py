"""Find every temporal expression, resolve it, and tell which one an event or an attribution hangs on.

What a language knows lies in ``languages/xx/timexes.toml``; `timex_rules` finds expressions by it,
`timex_anchors` resolves them, `timex_values` does the calendar.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from sayso.annotations.timex_anchors import FoundTimex, Resolver
from sayso.annotations.timex_rules import find_expressions, flatten, load_grammar
from sayso.languages import base_language
from sayso.records import Span

__all__ = ["ANNOTATOR", "Choice", "FoundTimex", "choose_time", "find_timexes", "read_published"]

ANNOTATOR = "timexes@1"
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d))?)?)?")
_CLAUSE_EDGE = re.compile(r"[;:()]|, | - | – | — ")


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

    >>> [timex] = find_timexes("Er kam am 3. Januar.", [(0, 20)], language="de", published="2021-02-01")
    >>> timex.value, timex.earliest, timex.latest, timex.anchor
    ('2021-01-03', '2021-01-03', '2021-01-04', 'published')
    """
    grammar = load_grammar(base_language(language))
    low = flatten(prose)
    found = find_expressions(prose, low, grammar)
    return Resolver(low, sentences, grammar, read_published(published), link_dates).resolve(found)


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
    return datetime.combine(day, clock)


class Choice(msgspec.Struct, frozen=True):
    """Hold which timex a predicate hangs on: index or None (then the publication), and why."""

    timex: int | None
    reason: str


def choose_time(
    span: Span,
    timexes: Sequence[FoundTimex],
    sentences: Sequence[Span],
    prose: str,
    *,
    breaks: Sequence[int] = (),
    outside: Sequence[Span] = (),
) -> Choice:
    """Choose the timex that an event or an attribution at a span of prose hangs on.

    1. The nearest one in the same clause; 2. the nearest in the same sentence; 3. the last day told before in
    the same block; 4. none: the publication. `breaks` are the offsets at which blocks begin. Timexes inside
    `outside` do not count (for an attribution: its content). Sets, vague references and bare durations
    never count.
    """
    usable = [index for index, timex in enumerate(timexes) if _places(timex) and not _within(timex, outside)]
    home = _containing(sentences, span)
    inside = [index for index in usable if home[0] <= timexes[index].start < home[1]]
    if inside:
        ranked = sorted(inside, key=lambda index: _distance(span, timexes[index], prose))
        edges, _ = _distance(span, timexes[ranked[0]], prose)
        return Choice(ranked[0], "same clause" if edges == 0 else "same sentence")
    block = max((start for start in breaks if start <= span[0]), default=0)
    before = [
        index
        for index in usable
        if block <= timexes[index].start < home[0] and len(timexes[index].value) >= 10
    ]
    return Choice(before[-1], "last day told before") if before else Choice(None, "published")


def _places(timex: FoundTimex) -> bool:
    if timex.type == "SET" or timex.value.endswith("_REF") or (timex.earliest is None and timex.latest is None):
        return False
    return timex.type != "DURATION" or timex.anchor is not None


def _within(timex: FoundTimex, spans: Sequence[Span]) -> bool:
    return any(start <= timex.start and timex.end <= end for start, end in spans)


def _containing(sentences: Sequence[Span], span: Span) -> Span:
    at = bisect_right(sentences, (span[0], 1 << 60)) - 1
    return sentences[at] if at >= 0 else (0, 0)


def _distance(span: Span, timex: FoundTimex, prose: str) -> tuple[int, int]:
    """Count clause edges between a predicate and a timex, then letters."""
    left, right = (timex.end, span[0]) if timex.end <= span[0] else (span[1], timex.start)
    edges = len(_CLAUSE_EDGE.findall(prose, left, right)) if right > left else 0
    return edges, max(0, right - left)
