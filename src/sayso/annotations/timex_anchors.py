"""Resolve temporal expressions: choose the anchor, calculate the value, give the bounds.

The rules of choice, in order:

1. What is told in full (a year at least) needs no anchor.
2. A deictic expression ("yesterday", "last week") is anchored to the day of publication.
3. An anaphoric one ("the next day", "zuvor", "накануне") is anchored to the last expression before it that
   is at least as fine as its unit; where there is none, to the publication, with open bounds.
4. A weekday, month or day without its year is placed by the tense of its clause, else of its sentence, and
   by distance: the surer the tense, the farther away a day may lie in its direction. Where no verb tells,
   news looks back. Where cues of both kinds meet, or distance overrules tense, the bounds hold both readings. A weekday told together with day and month settles the year.
5. A month or day that looks back belongs to another year where its clause names one, or where its sentence or
   the one before names a month or day of that year.
6. A time of day takes the day told nearest in its sentence, else the last day told before, else the
   day of publication.
7. Right after a link whose address holds a date, "today" and its like are that day.
8. Without a publication date values keep ``X`` where it would be needed and bounds stay open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from sayso.annotations.timex_rules import Found, Grammar
from sayso.annotations.timex_values import (
    add_months,
    bounds_of,
    duration_value,
    holiday_date,
    make_date,
    moments_of,
    shift_amounts,
    to_gregorian,
    unit_value,
    write_moment,
)
from sayso.records import Span, TimexType

_RANK = {
    "hour": 0,
    "minute": 0,
    "second": 0,
    "day": 0,
    "week": 1,
    "weekend": 1,
    "month": 2,
    "season": 3,
    "quarter": 3,
    "half": 3,
    "year": 4,
    "decade": 5,
    "century": 6,
    "millennium": 7,
}
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SEASON_OF_MONTH = ("WI", "WI", "SP", "SP", "SP", "SU", "SU", "SU", "FA", "FA", "FA", "WI")
_CLAUSE_EDGE = re.compile(r"[,;:()–—\"„“”«»]| - ")
_OLD_YEARS = 2
"""A year named at least this long before publication draws the months that follow it to itself."""


class Lean(NamedTuple):
    """Hold which way a clause looks, how strongly, and whether nothing speaks against it."""

    tense: str
    weight: int
    sure: bool


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


class _Reading(msgspec.Struct):
    """Hold a value on its way: `other` is the second reading where two stay open."""

    value: str
    anchor: int | str | None = None
    other: str | None = None
    bounds: tuple[str | None, str | None] | None = None


class Resolver:
    """Resolve the expressions of one prose, in the order they stand."""

    def __init__(
        self,
        low: str,
        sentences: Sequence[Span],
        grammar: Grammar,
        published: datetime | None,
        link_dates: Sequence[tuple[int, str]] = (),
    ) -> None:
        self.low = low
        self.sentences = sentences
        self.starts = [start for start, _ in sentences]
        self.grammar = grammar
        self.edge = grammar.cues.get("edge", _CLAUSE_EDGE)
        self.published = published
        self.links = [(at, moments_of(day[:10])) for at, day in link_dates]
        self.done: list[FoundTimex] = []
        self.last: list[int | None] = [None] * 8
        self.moments: dict[int, datetime] = {}
        self.year_named: int | None = None
        self.waiting: set[int] = set()
        self.day_sentences: list[int] = []

    def resolve(self, found: Sequence[Found]) -> list[FoundTimex]:
        """Resolve expressions, times of day without a day last."""
        self.day_sentences = [self._sentence(one.start) for one in found if _tells_day(one.fields)]
        for index, one in enumerate(found):
            if one.rule.type in ("DATE", "TIME") and _lacks_day(one.fields):
                self.waiting.add(index)
                self.done.append(self._finish(one, _Reading(_clock_value("XXXX-XX-XX", one.fields))))
                continue
            self.done.append(self._resolve_one(one))
            self._remember(index, one)
        for index in sorted(self.waiting):
            self.done[index] = self._place_clock(index, found)
        return self.done

    # -- one expression

    def _resolve_one(self, one: Found) -> FoundTimex:
        fields, kind = one.fields, one.rule.type
        if kind == "DURATION":
            return self._finish(one, self._duration(fields))
        if kind == "SET":
            return self._finish(one, _Reading(_set_value(fields), bounds=(None, None)))
        reading = self._point(fields, one.start)
        if "day_shift" in fields:
            reading.value = _move_day(reading.value, fields["day_shift"])
        if kind == "TIME" and "T" not in reading.value:
            reading.value = _clock_value(reading.value, fields)
            reading.other = reading.other and _clock_value(reading.other, fields)
        return self._finish(one, reading)

    def _finish(self, one: Found, reading: _Reading) -> FoundTimex:
        fields = one.fields
        mod = fields.get("mod")
        if reading.bounds is not None:
            earliest, latest = reading.bounds
        else:
            earliest, latest = bounds_of(reading.value, mod, fields.get("zone", ""))
        if reading.other:
            also = bounds_of(reading.other, mod, fields.get("zone", ""))
            earliest = min(filter(None, (earliest, also[0])), default=None)
            latest = max(filter(None, (latest, also[1])), default=None)
        return FoundTimex(
            start=one.start,
            end=one.end,
            type=one.rule.type,
            value=reading.value,
            mod=mod,
            anchor=reading.anchor,
            earliest=earliest,
            latest=latest,
            rule=one.rule.name,
        )

    def _remember(self, index: int, one: Found) -> None:
        """Keep what later expressions may be anchored to."""
        timex = self.done[index]
        if timex.type not in ("DATE", "TIME"):
            return
        covered = moments_of(timex.value)
        if covered is None:
            return
        self.moments[index] = covered[0]
        self.last[_rank_of(timex.value)] = index
        if "year" in one.fields:
            self.year_named = index

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    # -- anchors

    def _base(
        self, fields: Mapping[str, Any], unit: str, at: int
    ) -> tuple[datetime | None, int | str | None]:
        if fields.get("to") == "narrative" or ("either" in fields and self.tense_at(at).tense == "past"):
            known = [index for index in self.last[: _RANK[unit] + 1] if index is not None]
            if known:
                told = self._told_first(max(known)) if fields.get("rel", 1) < 0 else max(known)
                return self.moments[told], told
        elif fields.get("to") == "eve":
            told = self._told_just_before(at)
            if told is not None:
                return self.moments[told], told
        elif fields.get("to") == "link" or (self.links and _RANK[unit] == 0):
            day = self._link_before(at)
            if day is not None:
                return day, None
        return self.published, "published" if self.published else None

    def _told_first(self, index: int) -> int:
        """Follow "a year earlier ... a year earlier" back to what both are told from."""
        anchor = self.done[index].anchor
        return anchor if isinstance(anchor, int) and anchor in self.moments else index

    def _told_just_before(self, at: int) -> int | None:
        """Give the last day told by its date in this sentence or the one before."""
        index = self.last[0]
        if index is None or self.done[index].anchor is not None:
            return None
        return index if self._sentence(at) - self._sentence(self.done[index].start) <= 1 else None

    def _link_before(self, at: int) -> datetime | None:
        """Give the day in the address of a link that stood right before, within the same sentence."""
        sentence = self._sentence(at)
        for offset, covered in reversed(self.links):
            if offset <= at:
                return (
                    covered[0]
                    if covered and self._sentence(offset) == sentence and at - offset < 80
                    else None
                )
        return None

    def tense_at(self, at: int, hint: str | None = None) -> Lean:
        """Tell by the cues of the clause, else of the sentence, whether it looks back or ahead, and how surely.

        Where cues of both kinds meet, the nearest one rules. `hint` is what a word right before the
        expression tells ("until"). The weight says how much farther away a day may lie in the direction
        the tense tells and still be preferred to the other one.
        """
        if hint:
            return Lean("future", 100, True) if hint == "ahead" else Lean(hint, 4, True)
        clause, sentence = self._clause_of(at), self._sentence_span(at)
        with_next = (clause[0], self._clause_of(clause[1])[1] if clause[1] < sentence[1] else clause[1])
        for span, weight in ((clause, 12), (with_next, 8), (sentence, 6)):
            past, future = self._nearest_cue("past", span, at), self._nearest_cue("future", span, at)
            if past is None and future is None:
                continue
            mixed = past is not None and future is not None
            back = future is None or (past is not None and past < future)
            return Lean("past" if back else "future", 3 if mixed else weight, not mixed)
        present = self._nearest_cue("present", self._clause_of(at), at)
        return Lean("past" if present is None else "future", 2, True)

    def _nearest_cue(self, name: str, span: Span, at: int) -> int | None:
        cue = self.grammar.cues.get(name)
        found = cue.finditer(self.low, *span) if cue else ()
        return min((abs(match.start() - at) for match in found), default=None)

    def _sentence_span(self, at: int) -> Span:
        sentence = self._sentence(at)
        left, right = self.sentences[sentence] if 0 <= sentence < len(self.sentences) else (0, len(self.low))
        return max(left, at - 300), min(right, at + 300)

    def _clause_of(self, at: int) -> Span:
        left, right = self._sentence_span(at)
        edges = [match.end() for match in self.edge.finditer(self.low, left, right)]
        here = bisect_right(edges, at)
        return edges[here - 1] if here else left, edges[here] if here < len(edges) else right

    def _means_these_days(self, at: int) -> bool:
        """Tell whether "today" means the present at large: a contrast says so, or nothing speaks of days.

        A day is meant where the clause looks back, or where a weekday, a time of day or "yesterday" is
        told within two sentences: then the report is written from day to day.
        """
        clause = self._clause_of(at)
        cue = self.grammar.cues.get("these_days")
        if cue and cue.search(self.low, *clause):
            return True
        sentence = self._sentence(at)
        near = bisect_right(self.day_sentences, sentence + 2) - bisect_right(self.day_sentences, sentence - 3)
        if near or self._nearest_cue("past", clause, at) is not None:
            return False
        return not (self.day_sentences and self._nearest_cue("future", clause, at) is not None)

    # -- points in time

    def _point(self, fields: dict[str, Any], at: int) -> _Reading:
        if "ref" in fields:
            return self._reference(fields["ref"])
        if "same_year" in fields and self.last[: _RANK["year"] + 1] != [None] * 5:
            base, anchor = self._base({"to": "narrative"}, "year", at)
            return _Reading(self._within_year(base.year, fields).value if base else "XXXX", anchor)
        if "sign" in fields:
            return self._shifted(fields, at)
        if "vague" in fields and self._means_these_days(at):
            return self._reference(fields["vague"])
        if "rel" in fields and "unit" in fields:
            return self._relative(fields, at)
        if "holiday" in fields:
            return self._holiday(fields, at)
        if "same" in fields:
            return self._same(fields, at)
        if "weekday" in fields and "month" not in fields and "day" not in fields:
            return self._weekday(fields, at)
        return self._calendar(fields, at)

    def _reference(self, ref: str) -> _Reading:
        if self.published is None:
            return _Reading(ref, bounds=(None, None))
        today = unit_value(self.published.date(), "day")
        bounds = {"PRESENT_REF": bounds_of(today), "PAST_REF": (None, today), "FUTURE_REF": (today, None)}
        return _Reading(ref, "published", bounds=bounds[ref])

    def _shifted(self, fields: dict[str, Any], at: int) -> _Reading:
        """Resolve "three days ago", "zwei Stunden später": a distance from an anchor."""
        amounts = _amounts(fields)
        unit = amounts[-1][1]
        base, anchor = self._base(fields, unit, at)
        moment = shift_amounts(base, amounts, fields["sign"]) if base else None
        if moment is None:
            return self._vague_shift(fields, amounts, anchor)
        if _RANK.get(unit, 9) == 0 and unit != "day":
            return _Reading(moment.strftime("%Y-%m-%dT%H:%M"), anchor)
        exact = unit_value(moment.date(), "day" if amounts[-1][0] != int(amounts[-1][0] or 0) else unit)
        return self._refine(exact, fields, anchor, at)

    def _vague_shift(
        self, fields: dict[str, Any], amounts: list[tuple[float | None, str]], anchor: int | str | None
    ) -> _Reading:
        ref = "PAST_REF" if fields["sign"] < 0 else "FUTURE_REF"
        reading = self._reference(ref)
        if amounts[0][0] is None:
            reading.value = ref
        reading.anchor = reading.anchor if anchor == "published" else anchor
        return reading

    def _relative(self, fields: dict[str, Any], at: int) -> _Reading:
        """Resolve a calendar unit told from an anchor: "last week", "this year", "the next day"."""
        unit, rel = fields["unit"], int(fields["rel"])
        base, anchor = self._base(fields, unit, at)
        if base is None:
            return _Reading("XXXX-XX-XX" if unit == "day" else "XXXX", anchor, bounds=(None, None))
        if unit == "season":
            return self._relative_season(fields, base.date(), rel, anchor)
        if unit == "weekend":
            return self._weekend(base.date(), rel, fields, anchor, at)
        moment = shift_amounts(base, [(abs(rel), unit)], 1 if rel >= 0 else -1)
        if moment is None:
            return _Reading("XXXX", anchor, bounds=(None, None))
        return self._refine(unit_value(moment.date(), unit), fields, anchor, at)

    def _refine(self, value: str, fields: dict[str, Any], anchor: int | str | None, at: int) -> _Reading:
        """Read finer fields inside a unit that is already placed ("July of this year", "Friday last week")."""
        if "week" in value and "weekday" not in fields:
            return _Reading(value, anchor)
        if "-W" in value and "weekday" in fields:
            covered = moments_of(value)
            if covered:
                return _Reading(
                    unit_value(covered[0].date() + timedelta(days=fields["weekday"] - 1), "day"), anchor
                )
        finer = {
            key: fields[key]
            for key in ("month", "day", "season", "quarter", "half", "holiday")
            if key in fields
        }
        if not finer or not value[:4].isdigit():
            return _Reading(value, anchor)
        if len(value) == 7 and "day" in fields and "month" not in fields:
            finer["month"] = int(value[5:7])
        finer["year"] = int(value[:4])
        inner = self._holiday(finer, at) if "holiday" in finer else self._calendar(finer, at)
        return _Reading(inner.value, anchor)

    def _relative_season(
        self, fields: dict[str, Any], base: date, rel: int, anchor: int | str | None
    ) -> _Reading:
        season = fields.get("season")
        if season is None:
            season = _SEASON_OF_MONTH[base.month - 1]
        begin = _SEASON_MONTH[season]
        this_year = base.year if rel >= 0 or base.month >= begin else base.year - 1
        if rel < 0 and begin <= base.month < begin + 3:
            this_year -= 1
        if rel > 0 and base.month >= begin:
            this_year += 1
        if rel == 0 and season == "WI" and base.month < 3:
            this_year -= 1
        return _Reading(f"{this_year:04d}-{season}", anchor)

    def _weekend(
        self, base: date, rel: int, fields: dict[str, Any], anchor: int | str | None, at: int
    ) -> _Reading:
        """Place a weekend: the one running, else the last or next one by word or tense."""
        saturday = base - timedelta(days=(base.isoweekday() - 6) % 7)
        if rel == 0 and base.isoweekday() < 6 and (fields.get("this") or self.tense_at(at, fields.get("hint")).tense == "future"):
            rel = 1
        elif rel < 0 and base.isoweekday() < 6:
            rel = 0
        return _Reading(unit_value(saturday + timedelta(days=7 * rel), "weekend"), anchor)

    def _same(self, fields: dict[str, Any], at: int) -> _Reading:
        base, anchor = self._base({"to": "narrative"}, fields["same"], at)
        if base is None:
            return _Reading("XXXX-XX-XX", None, bounds=(None, None))
        return _Reading(unit_value(base.date(), fields["same"]), anchor)

    def _weekday(self, fields: dict[str, Any], at: int) -> _Reading:
        base, anchor = self._base(fields, "day", at)
        if base is None:
            return _Reading(f"XXXX-WXX-{fields['weekday']}", None, bounds=(None, None))
        back = (base.isoweekday() - fields["weekday"]) % 7
        ahead = (7 - back) % 7
        today = base.date()
        rel = fields.get("rel")
        past, future = today - timedelta(days=back), today + timedelta(days=ahead)
        if rel is not None and rel != 0:
            chosen = today - timedelta(days=back or 7) if rel < 0 else today + timedelta(days=ahead or 7)
            return _Reading(unit_value(chosen, "day"), anchor)
        lean = self.tense_at(at, fields.get("hint"))
        chosen, far = (future, past) if lean.tense == "future" else (past, future)
        return _Reading(unit_value(chosen, "day"), anchor, None if lean.sure else unit_value(far, "day"))

    def _holiday(self, fields: dict[str, Any], at: int) -> _Reading:
        rule = fields["holiday"]
        if "year" in fields or self.published is None:
            day = holiday_date(rule, fields["year"]) if "year" in fields else None
            return _Reading(unit_value(day, "day") if day else f"XXXX-{rule}", None)
        today = self.published.date()
        days = [
            day for year in (today.year - 1, today.year, today.year + 1) if (day := holiday_date(rule, year))
        ]
        return self._nearest(days, today, "day", at, fields.get("hint"))

    def _nearest(self, days: list[date], today: date, unit: str, at: int, hint: str | None = None) -> _Reading:
        """Choose among the same day of several years, by tense and distance."""
        value = unit_value(today, unit)
        past = max((day for day in days if unit_value(day, unit) <= value), default=None)
        future = min((day for day in days if unit_value(day, unit) >= value), default=None)
        if past is None or future is None:
            chosen = past or future
            return _Reading(unit_value(chosen, unit) if chosen else "XXXX", "published")
        if past == future:
            return _Reading(value, "published")
        lean = self.tense_at(at, hint)
        back, forth = (today - past).days + 1, (future - today).days + 1
        looks_back = back < forth * lean.weight if lean.tense == "past" else back * lean.weight < forth
        chosen, far = (past, future) if looks_back else (future, past)
        sure = lean.sure and (chosen is past) == (lean.tense == "past")
        return _Reading(unit_value(chosen, unit), "published", None if sure else unit_value(far, unit))

    # -- calendar

    def _calendar(self, fields: dict[str, Any], at: int) -> _Reading:
        year = self._year_of(fields)
        if "decade" in fields:
            return _Reading(_decade_value(fields["decade"]))
        if "century" in fields:
            return _Reading(f"{fields['century'] - 1:02d}")
        if "millennium" in fields:
            return _Reading(f"{fields['millennium'] - 1}")
        if fields.get("era") == "bc":
            return _Reading(f"BC{year or 0:04d}", bounds=(None, None))
        if year is not None:
            return self._within_year(year, fields)
        return self._without_year(fields, at)

    def _year_of(self, fields: Mapping[str, Any]) -> int | None:
        if "yy" in fields and "year" not in fields:
            pivot = (self.published.year if self.published else 2030) + 10
            return 2000 + fields["yy"] if 2000 + fields["yy"] <= pivot else 1900 + fields["yy"]
        return fields.get("year") or fields.get("anyyear")

    def _within_year(self, year: int, fields: Mapping[str, Any]) -> _Reading:
        month = fields.get("month") or fields.get("month2")
        day = fields.get("day")
        if month and day:
            if fields.get("julian") and make_date(year, month, day):
                return _Reading(unit_value(to_gregorian(year, month, day), "day"))
            return _Reading(_day_value(year, month, day))
        if month:
            return _Reading(f"{year:04d}-{month:02d}")
        for name, letter in (("quarter", "Q"), ("half", "H"), ("week", "W")):
            if name in fields:
                number = int(fields[name])
                return _Reading(
                    f"{year:04d}-{letter}{number:02d}" if name == "week" else f"{year:04d}-{letter}{number}"
                )
        return _Reading(f"{year:04d}-{fields['season']}" if "season" in fields else f"{year:04d}")

    def _without_year(self, fields: Mapping[str, Any], at: int) -> _Reading:
        month = fields.get("month") or fields.get("month2")
        day = fields.get("day")
        drawn = self._year_nearby(at)
        if drawn:
            return _Reading(self._within_year(drawn[0], fields).value, drawn[1])
        if self.published is None:
            return _Reading(_unplaced(fields, month, day), None, bounds=(None, None))
        today = self.published.date()
        hint = fields.get("hint")
        if month and day:
            return self._month_day(month, day, fields, at, hint)
        if month:
            days = [date(year, month, 1) for year in _years_around(today)]
            rel = fields.get("rel")
            if rel == 0:
                return _Reading(f"{today.year:04d}-{month:02d}", "published")
            if rel:
                return self._turn(
                    [date(d.year, d.month, 1) for d in days], today.replace(day=1), rel, "month"
                )
            return self._nearest(days, today, "month", at, hint)
        if day:
            days = [
                found
                for shift in (-2, -1, 0, 1, 2)
                if (first := add_months(today.replace(day=1), shift))
                and (found := make_date(first.year, first.month, day))
            ]
            return self._nearest(days, today, "day", at, hint)
        return self._part_of_year(fields, today, at, hint)

    def _turn(self, days: list[date], today: date, rel: int, unit: str) -> _Reading:
        if rel < 0:
            return _Reading(unit_value(max(day for day in days if day < today), unit), "published")
        return _Reading(unit_value(min(day for day in days if day > today), unit), "published")

    def _month_day(self, month: int, day: int, fields: Mapping[str, Any], at: int, hint: str | None) -> _Reading:
        assert self.published is not None
        today = self.published.date()
        days = [
            found
            for year in range(max(1, today.year - 4), today.year + 5)
            if (found := make_date(year, month, day))
        ]
        if "weekday" in fields:
            fitting = [
                found
                for found in days
                if found.isoweekday() == fields["weekday"] and abs(found.year - today.year) <= 1
            ]
            if fitting:
                nearest = min(fitting, key=lambda found: abs(found - today))
                return _Reading(unit_value(nearest, "day"), "published")
        if not days:
            return _Reading(f"XXXX-{month:02d}-XX", None, bounds=(None, None))
        return self._nearest(days, today, "day", at, hint)

    def _part_of_year(self, fields: Mapping[str, Any], today: date, at: int, hint: str | None) -> _Reading:
        months = {"quarter": 3, "half": 6}
        for name, length in months.items():
            if name in fields:
                days = [date(year, (fields[name] - 1) * length + 1, 1) for year in _years_around(today)]
                return self._nearest(days, today, name, at, hint)
        if "season" not in fields:
            return _Reading("XXXX", None, bounds=(None, None))
        begin = _SEASON_MONTH[fields["season"]]
        ends = [add_months(date(year, begin, 1), 2) for year in _years_around(today)]
        reading = self._nearest([day for day in ends if day], today, "month", at, hint)
        return _Reading(
            _season_of(reading.value, fields["season"]),
            "published",
            reading.other and _season_of(reading.other, fields["season"]),
        )

    def _year_nearby(self, at: int) -> tuple[int, int] | None:
        """Give a past year that draws a month or day to itself, with the expression that names it: rule 5."""
        index = self.year_named
        if index is None:
            return None
        year, told = self.moments[index].year, self.done[index]
        if self.published and self.published.year - year < _OLD_YEARS:
            return None
        if len(told.value) > 4:
            near = self._sentence(at) - self._sentence(told.start) <= 1
        else:
            near = self._clause_of(at)[0] <= told.start
        return (year, index) if near and self.tense_at(at).tense == "past" else None

    # -- durations, times of day

    def _duration(self, fields: dict[str, Any]) -> _Reading:
        amounts = _amounts(fields)
        value = fields.get("value") or duration_value(amounts)
        direction = fields.get("window") or fields.get("sign")
        if not direction:
            return _Reading(value, bounds=(None, None))
        base, anchor = self._base(fields, "day", 0)
        moment = shift_amounts(base, amounts, int(direction)) if base else None
        if base is None or moment is None:
            return _Reading(value, anchor, bounds=(None, None))
        if "sign" in fields:
            unit = amounts[-1][1]
            point = (
                unit_value(moment.date(), unit) if _RANK.get(unit, 0) else unit_value(moment.date(), "day")
            )
            return _Reading(value, anchor, bounds=bounds_of(point))
        midnight = datetime.combine(base.date(), datetime.min.time())
        day_end = midnight + timedelta(days=1)
        if direction < 0:
            first = (
                moment
                if amounts[0][1] in ("hour", "minute", "second")
                else datetime.combine(moment.date(), datetime.min.time())
            )
            return _Reading(value, anchor, bounds=(write_moment(first), write_moment(day_end)))
        return _Reading(value, anchor, bounds=(write_moment(midnight), write_moment(moment)))

    def _place_clock(self, index: int, found: Sequence[Found]) -> FoundTimex:
        """Give a time of day its day: rule 6."""
        one = found[index]
        day_index = self._day_in_sentence(index) if one.fields.get("to") != "published" else None
        if day_index is None:
            day_index = self._day_before(index)
        if day_index is not None:
            day, anchor = self.done[day_index].value[:10], day_index
            return self._finish(one, _Reading(_clock_value(day, one.fields), anchor))
        if self.published is None:
            return self._finish(one, _Reading(_clock_value("XXXX-XX-XX", one.fields), bounds=(None, None)))
        today = unit_value(self.published.date(), "day")
        return self._finish(one, _Reading(_clock_value(today, one.fields), "published"))

    def _is_day(self, index: int) -> bool:
        timex = self.done[index]
        return timex.type in ("DATE", "TIME") and re.match(r"\d{4}-\d\d-\d\d", timex.value) is not None

    def _day_in_sentence(self, index: int) -> int | None:
        sentence = self._sentence(self.done[index].start)
        for step in (-1, 1):
            other = index + step
            while (
                0 <= other < len(self.done)
                and abs(other - index) <= 4
                and self._sentence(self.done[other].start) == sentence
            ):
                if other not in self.waiting and self._is_day(other):
                    return other
                other += step
        return None

    def _day_before(self, index: int) -> int | None:
        """Give the day told before, in this sentence or the one before; a bare listing carries no day on."""
        span = self._sentence_span(self.done[index].start)
        if all(self._nearest_cue(name, span, 0) is None for name in ("past", "future", "present")):
            return None
        for other in range(index - 1, max(-1, index - 5), -1):
            near = self._sentence(self.done[index].start) - self._sentence(self.done[other].start) <= 1
            if near and other not in self.waiting and self._is_day(other):
                return other
        return None


def _lacks_day(fields: Mapping[str, Any]) -> bool:
    told = (
        "year",
        "yy",
        "month",
        "month2",
        "day",
        "weekday",
        "rel",
        "sign",
        "ref",
        "same",
        "holiday",
        "season",
        "quarter",
        "half",
        "decade",
        "century",
        "millennium",
        "anyyear",
        "week",
    )
    return ("hour" in fields or "part" in fields) and not any(name in fields for name in told)


def _tells_day(fields: Mapping[str, Any]) -> bool:
    return "weekday" in fields or "hour" in fields or (fields.get("unit") == "day" and fields.get("rel", 0) != 0)


def _rank_of(value: str) -> int:
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return 0
    if "-W" in value:
        return 1
    if re.fullmatch(r"\d{4}-\d\d", value):
        return 2
    return 3 if "-" in value else {4: 4, 3: 5, 2: 6}.get(len(value), 7)


def _move_day(value: str, days: int) -> str:
    covered = moments_of(value)
    return unit_value(covered[0].date() + timedelta(days=days), "day") if covered else value


def _years_around(today: date) -> range:
    return range(max(1, today.year - 1), today.year + 2)


def _day_value(year: int, month: int, day: int) -> str:
    return (
        f"{year:04d}-{month:02d}-{day:02d}" if make_date(year, month, day) else f"{year:04d}-{month:02d}-XX"
    )


def _unplaced(fields: Mapping[str, Any], month: int | None, day: int | None) -> str:
    if "season" in fields:
        return f"XXXX-{fields['season']}"
    return (
        f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
        if month
        else f"XXXX-XX-{day:02d}"
        if day
        else "XXXX"
    )


def _season_of(month_value: str, season: str) -> str:
    """Name a season by its last month: a winter that ends in February began the year before."""
    year = int(month_value[:4]) - (season == "WI")
    return f"{year:04d}-{season}"


def _decade_value(decade: int) -> str:
    if decade < 10:
        return f"19{decade}"
    return f"19{decade // 10}" if decade < 100 else str(decade // 10)


def _amounts(fields: Mapping[str, Any]) -> list[tuple[float | None, str]]:
    amounts = [(fields.get("n"), fields["unit"])] if "unit" in fields else []
    if "unit2" in fields:
        amounts.append((fields.get("n2"), fields["unit2"]))
    return amounts


def _set_value(fields: Mapping[str, Any]) -> str:
    if "value" in fields:
        return str(fields["value"])
    if "weekday" in fields:
        part = f"T{fields['part']}" if "part" in fields else ""
        return f"XXXX-WXX-{fields['weekday']}{part}"
    if "month" in fields:
        return f"XXXX-{fields['month']:02d}" + (f"-{fields['day']:02d}" if "day" in fields else "")
    if "season" in fields:
        return f"XXXX-{fields['season']}"
    if "hour" in fields or "part" in fields:
        return _clock_value("XXXX-XX-XX", fields)
    return duration_value([(None if "vague" in fields else fields.get("n", 1), fields["unit"])])


def _clock_value(day: str, fields: Mapping[str, Any]) -> str:
    if "hour" not in fields:
        return f"{day}T{fields['part']}" if "part" in fields else day
    hour, minute = int(fields["hour"]), int(fields.get("minute", 0)) + int(fields.get("off", 0))
    evening = (
        fields.get("ampm") == "pm"
        or fields.get("part") in ("AF", "EV")
        or (fields.get("part") == "NI" and hour > 6)
    )
    if evening and hour < 12:
        hour += 12
    elif fields.get("ampm") == "am" and hour == 12:
        hour = 0
    total = hour * 60 + minute
    second = f":{fields['second']:02d}" if "second" in fields else ""
    second += "Z" if fields.get("zone") == "+00:00" else ""
    return f"{day}T{total // 60:02d}:{total % 60:02d}{second}"
