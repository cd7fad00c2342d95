"""Choose what a temporal expression is told from.

The rules of choice, in order:

1. What is told in full (a year at least) needs no anchor.
2. A deictic expression ("yesterday", "last week") is anchored to the day of publication.
3. An anaphoric one ("the next day", "zuvor") is anchored to the last expression before it that is at least
   as fine as its unit; where there is none, its bounds stay open. "Накануне" looks back to a date only
   where one was told in its sentence or the one before, else to the publication.
4. A weekday, month or day without its year is placed by the tense of its clause, else of its sentence, and
   by distance: the surer the tense, the farther away a day may lie in its direction. Where no verb tells,
   news looks back. Where cues of both kinds meet, or distance overrules tense, the bounds hold both
   readings. A weekday told together with day and month settles the year.
5. A month or day that looks back belongs to another year where its clause names one, or where its sentence
   or the one before names a month or day of that year.
6. A time of day takes the day told nearest in its sentence, else the day told in the sentence before, else
   the day of publication, or the day before where it tells of what lies after the moment of publication. A
   time that opens its sentence stamps an entry of a live blog and takes no day told.
7. "Today" and its like inside a quotation whose sentence carries a link with a date in its address are that
   day.
8. "Today" means the present at large where a contrast says so or nothing near it speaks of single days.
9. Without a publication date values keep ``X`` where it would be needed and bounds stay open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime

import msgspec

from sayso.annotations.timex_readings import Anchor, Fields, rank_of
from sayso.annotations.timex_rules import Found
from sayso.annotations.timex_tense import Clauses
from sayso.annotations.timex_values import moments_of
from sayso.records import TimexType

_RANK = {
    "hour": 0,
    "minute": 0,
    "second": 0,
    "night": 0,
    "morning": 0,
    "evening": 0,
    "afternoon": 0,
    "day": 0,
    "week": 1,
    "weekend": 1,
    "month": 2,
    "season": 3,
    "quarter": 3,
    "half": 3,
    "summer": 3,
    "winter": 3,
    "spring": 3,
    "autumn": 3,
    "year": 4,
    "decade": 5,
    "century": 6,
    "millennium": 7,
}
"""How fine a unit is: an expression is told from one that is at least as fine."""
_OLD_YEARS = 2
"""A year named at least this long before publication may draw months to itself."""
_REACH_OF_YEAR = 40
"""Letters a bare year reaches within its clause."""
_MEMORY = 12
"""Sentences after which what was told is no longer what "the next day" follows."""
_TALK_OF_QUARTER = 4
"""Sentences for which a quarter named stays what figures are compared with."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class FoundTimex(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one temporal expression of a prose, resolved.

    `start` and `end` are offsets of the prose. `anchor` is the index of another expression in the same
    list, "published", or null; `earliest` and `latest` are half-open ISO 8601 bounds, null where open.
    `rule` names the rule of ``timexes.toml`` that found it.
    """

    start: int
    end: int
    type: TimexType
    value: str
    mod: str | None = None
    anchor: int | str | None = None
    earliest: str | None = None
    latest: str | None = None
    rule: str = ""


class Anchors:
    """Hold what has been resolved so far in one prose, and what may be told from it."""

    def __init__(
        self,
        clauses: Clauses,
        published: datetime | None,
        link_dates: Sequence[tuple[int, str]] = (),
        day_first: bool | None = None,
    ) -> None:
        self.clauses = clauses
        self.day_first = day_first
        self.published = published
        self.tells_time = published is not None and published.time() != datetime.min.time()
        self.links = {
            clauses.sentence_at(at): covered[0] for at, day in link_dates if (covered := moments_of(day[:10]))
        }
        self.done: list[FoundTimex] = []
        self.last: list[int | None] = [None] * 8
        self.moments: dict[int, datetime] = {}
        self.year_named: int | None = None
        self.waiting: set[int] = set()
        self.day_sentences: list[int] = []

    def remember(self, index: int, one: Found) -> None:
        """Keep what later expressions may be anchored to."""
        timex = self.done[index]
        covered = moments_of(timex.value) if timex.type in ("DATE", "TIME") else None
        if covered is None:
            return
        self.moments[index] = covered[0]
        self.last[rank_of(timex.value)] = index
        if "year" in one.fields:
            self.year_named = index

    def base(self, fields: Fields, unit: str, at: int) -> tuple[datetime | None, Anchor]:
        """Choose the moment an expression is told from; None where there is none (rules 2, 3, 7)."""
        way = fields.get("to")
        if way == "eve":
            told = self._told_just_before(at)
            if told is not None:
                return self.moments[told], told
        elif way == "narrative" or ("either" in fields and self.clauses.lean(at).tense == "past"):
            told = self._last_told(unit, at, back=fields.get("rel", 1) < 0)
            if told is not None:
                return self.moments[told], told
            if way == "narrative" and "or_published" not in fields:
                return None, None
        elif self.links and _RANK[unit] == 0 and self.clauses.in_quotation(at):
            day = self.links.get(self.clauses.sentence_at(at))
            if day is not None:
                return day, None
        return self.published, "published" if self.published else None

    def _last_told(self, unit: str, at: int, back: bool) -> int | None:
        """Give the last expression at least as fine as a unit; looking back, what that one is told from.

        So "a year earlier ... a year earlier" both look back from the same year.
        """
        known = [index for index in self.last[: _RANK[unit] + 1] if index is not None]
        if (
            not known
            or self.clauses.sentence_at(at) - self.clauses.sentence_at(self.done[max(known)].start) > _MEMORY
        ):
            return None
        index = max(known)
        anchor = self.done[index].anchor
        return anchor if back and isinstance(anchor, int) and anchor in self.moments else index

    def quarter_told(self, at: int) -> int | None:
        """Give the quarter a report speaks of: "a year earlier" then means that quarter of the year before."""
        index = self.last[_RANK["quarter"]]
        if index is None or "-Q" not in self.done[index].value:
            return None
        apart = self.clauses.sentence_at(at) - self.clauses.sentence_at(self.done[index].start)
        return index if apart <= _TALK_OF_QUARTER else None

    def _told_just_before(self, at: int) -> int | None:
        """Give the last day told by its date in this sentence or the one before."""
        index = self.last[0]
        if index is None or self.done[index].anchor is not None:
            return None
        near = self.clauses.sentence_at(at) - self.clauses.sentence_at(self.done[index].start) <= 1
        return index if near else None

    def means_these_days(self, at: int) -> bool:
        """Tell whether "today" means the present at large (rule 8).

        A day is meant where the clause looks back, or where a weekday, a time of day or "yesterday" is
        told within two sentences: then the report is written from day to day.
        """
        clause = self.clauses.clause_span(at)
        if self.clauses.nearest("these_days", (max(0, clause[0] - 8), clause[1]), at) is not None:
            return True
        sentence, days = self.clauses.sentence_at(at), self.day_sentences
        near = bisect_right(days, sentence + 2) - bisect_left(days, sentence - 2)
        if near or self.clauses.nearest("past", clause, at) is not None:
            return False
        return not (days and self.clauses.nearest("future", clause, at) is not None)

    def year_nearby(self, at: int) -> tuple[int, int] | None:
        """Give a past year that draws a month or day to itself, and the expression that names it (rule 5)."""
        index = self.year_named
        if index is None:
            return None
        year, told = self.moments[index].year, self.done[index]
        if self.published and self.published.year - year < _OLD_YEARS:
            return None
        if len(told.value) > 4:
            near = self.clauses.sentence_at(at) - self.clauses.sentence_at(told.start) <= 1
        else:
            near = self.clauses.clause_span(at)[0] <= told.start and at - told.end <= _REACH_OF_YEAR
        return (year, index) if near and self.clauses.lean(at).tense == "past" else None

    def _tells_its_day(self, index: int) -> bool:
        timex = self.done[index]
        return (
            index not in self.waiting
            and timex.type in ("DATE", "TIME")
            and _DAY.match(timex.value) is not None
        )

    def _day_in_sentence(self, index: int) -> int | None:
        sentence = self.clauses.sentence_at(self.done[index].start)
        for step in (-1, 1):
            for other in range(index + step, index + 5 * step, step):
                if not 0 <= other < len(self.done):
                    break
                if self.clauses.sentence_at(self.done[other].start) != sentence:
                    break
                if self._tells_its_day(other):
                    return other
        return None

    def _day_before(self, index: int) -> int | None:
        """Give the day told in the sentence before."""
        sentence = self.clauses.sentence_at(self.done[index].start)
        for other in range(index - 1, max(-1, index - 5), -1):
            near = sentence - self.clauses.sentence_at(self.done[other].start) <= 1
            if near and self._tells_its_day(other):
                return other
        return None
