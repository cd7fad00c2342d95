"""Resolve temporal expressions: from what a rule has read to value, anchor and bounds.

`timex_anchors` states the rules by which an anchor is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sayso.annotations.timex_anchors import Anchors, FoundTimex
from sayso.annotations.timex_readings import (
    OPEN,
    SEASON_MONTH,
    Anchor,
    Fields,
    Reading,
    amounts_in,
    clock_value,
    lacks_day,
    long_value,
    move_day,
    relative_season,
    season_before,
    set_value,
    tells_day,
    value_of_unit,
    value_unplaced,
    value_within,
    year_of,
)
from sayso.annotations.timex_rules import Found
from sayso.annotations.timex_values import (
    CALENDAR_UNITS,
    add_months,
    bounds_of,
    duration_value,
    holiday_date,
    make_date,
    moments_of,
    shift_amounts,
    unit_value,
    write_moment,
)

_CLOCK_UNITS = frozenset(("hour", "minute", "second"))
_GRACE = timedelta(minutes=30)
"""How much later than its publication a report may tell of what has happened: reports are amended."""


class Resolver(Anchors):
    """Resolve the expressions of one prose, in the order they stand."""

    def resolve(self, found: Sequence[Found]) -> list[FoundTimex]:
        """Resolve expressions, times of day without a day last."""
        self.day_sentences = [self.clauses.sentence_at(one.start) for one in found if tells_day(one.fields)]
        for index, one in enumerate(found):
            if one.rule.type in ("DATE", "TIME") and lacks_day(one.fields):
                self.waiting.add(index)
                self.done.append(_finish(one, Reading(clock_value("XXXX-XX-XX", one.fields))))
                continue
            self.done.append(self._resolve_one(one))
            self.remember(index, one)
        for index in sorted(self.waiting):
            self.done[index] = self._place_clock(index, found[index])
        return self.done

    def _resolve_one(self, one: Found) -> FoundTimex:
        fields, kind = one.fields, one.rule.type
        if kind == "DURATION":
            return _finish(one, self._duration(fields, one.start))
        if kind == "SET":
            return _finish(one, Reading(set_value(fields), bounds=OPEN))
        reading = self._point(fields, one.start)
        if "day_shift" in fields:
            reading.value = move_day(reading.value, fields["day_shift"])
        if kind == "TIME" and "T" not in reading.value:
            reading.value = clock_value(reading.value, fields)
            if (
                fields.get("rel") == 0
                and fields.get("part") == "NI"
                and (self._lies_before_publication(reading.value, one, stamp=False))
            ):
                reading.value = clock_value(move_day(reading.value[:10], -1), fields)
            reading.other = reading.other and clock_value(reading.other, fields)
        return _finish(one, reading)

    def _point(self, fields: dict[str, Any], at: int) -> Reading:
        if "ref" in fields:
            return self._reference(fields["ref"])
        if "same_year" in fields:
            base, anchor = self.base({"to": "narrative"}, "year", at)
            return Reading(value_within(base.year, fields) if base else value_unplaced(fields), anchor)
        if "sign" in fields:
            return self._shifted(fields, at)
        if "vague" in fields and "part" not in fields and self.means_these_days(at):
            return self._reference(fields["vague"])
        if "rel" in fields and "unit" in fields:
            return self._relative(fields, at)
        if "nth" in fields:
            rule = f"{fields['month']:02d}-{fields['weekday']}-{fields['nth']}"
            return self._holiday({**fields, "holiday": rule}, at)
        if "holiday" in fields:
            return self._holiday(fields, at)
        if "same" in fields:
            base, anchor = self.base({"to": "narrative"}, fields["same"], at)
            return Reading(unit_value(base.date(), fields["same"]) if base else "XXXX-XX-XX", anchor)
        if "weekday" in fields and "month" not in fields and "day" not in fields:
            return self._weekday(fields, at)
        return self._calendar(fields, at)

    def _reference(self, ref: str) -> Reading:
        if self.published is None:
            return Reading(ref, bounds=OPEN)
        today = unit_value(self.published.date(), "day")
        bounds = {"PRESENT_REF": bounds_of(today), "PAST_REF": (None, today), "FUTURE_REF": (today, None)}
        return Reading(ref, "published", bounds=bounds[ref])

    def _shifted(self, fields: dict[str, Any], at: int) -> Reading:
        """Resolve "three days ago", "zwei Stunden später": a distance from an anchor."""
        amounts = amounts_in(fields)
        n, unit = amounts[-1]
        base, anchor = self.base(fields, unit, at)
        moment = shift_amounts(base, amounts, fields["sign"]) if base else None
        if base is None and fields.get("to") == "narrative":
            return Reading(value_of_unit(unit), None, bounds=OPEN)
        if moment is None:
            ref = "PAST_REF" if fields["sign"] < 0 else "FUTURE_REF"
            bounds = self._reference(ref).bounds if anchor == "published" else OPEN
            return Reading(ref, anchor, bounds=bounds)
        if unit in _CLOCK_UNITS and anchor == "published" and not self.tells_time:
            return Reading(unit_value(moment.date(), "day"), anchor, bounds=_day_from(moment))
        if unit in _CLOCK_UNITS:
            return Reading(moment.strftime("%Y-%m-%dT%H:%M"), anchor)
        whole = n is not None and n == int(n) and "exact" not in fields
        exact = unit_value(moment.date(), unit if whole else "day")
        return self._refine(exact, fields, anchor, at)

    def _relative(self, fields: dict[str, Any], at: int) -> Reading:
        """Resolve a calendar unit told from an anchor: "last week", "this year", "the next day"."""
        unit, rel = fields["unit"], int(fields["rel"])
        base, anchor = self.base(fields, unit, at)
        if base is None:
            return Reading(value_of_unit(unit), anchor, bounds=OPEN)
        if unit == "season":
            return Reading(relative_season(base.date(), rel, fields.get("season")), anchor)
        if unit == "weekend":
            return self._weekend(base.date(), rel, fields, anchor, at)
        moment = shift_amounts(base, [(abs(rel), unit)], 1 if rel >= 0 else -1)
        if moment is None:
            return Reading("XXXX", anchor, bounds=OPEN)
        return self._refine(unit_value(moment.date(), unit), fields, anchor, at)

    def _refine(self, value: str, fields: Fields, anchor: Anchor, at: int) -> Reading:
        """Read finer fields inside a unit already placed ("July of this year", "Friday last week")."""
        covered = moments_of(value)
        if "-W" in value and "weekday" in fields and covered:
            day = covered[0].date() + timedelta(days=fields["weekday"] - 1)
            return Reading(unit_value(day, "day"), anchor)
        kinds = ("month", "day", "season", "quarter", "half", "holiday")
        finer = {key: fields[key] for key in kinds if key in fields}
        if "keeps_quarter" in fields and len(value) == 4:
            told = self.quarter_told(at)
            return (
                Reading(value, anchor) if told is None else Reading(value + self.done[told].value[4:], told)
            )
        if not finer or not value[:4].isdigit():
            return Reading(value, anchor)
        if len(value) == 7 and "day" in fields and "month" not in fields:
            finer["month"] = int(value[5:7])
        finer["year"] = int(value[:4])
        inner = self._holiday(finer, at).value if "holiday" in finer else value_within(finer["year"], finer)
        return Reading(inner, anchor)

    def _weekend(self, base: date, rel: int, fields: Fields, anchor: Anchor, at: int) -> Reading:
        """Place a weekend: the one running, else the last or next one by word or tense."""
        saturday = base - timedelta(days=(base.isoweekday() - 6) % 7)
        if base.isoweekday() < 6 and rel <= 0:
            ahead = rel == 0 and self.clauses.lean(at, fields.get("hint")).tense == "future"
            rel = 1 if ahead else 0
        return Reading(unit_value(saturday + timedelta(days=7 * rel), "weekend"), anchor)

    def _weekday(self, fields: Fields, at: int) -> Reading:
        base, anchor = self.base(fields, "day", at)
        if base is None:
            return Reading(f"XXXX-WXX-{fields['weekday']}", None, bounds=OPEN)
        today, rel = base.date(), fields.get("rel")
        back = (base.isoweekday() - fields["weekday"]) % 7
        ahead = (7 - back) % 7
        if rel:
            days = -(back or 7) if rel < 0 else ahead or 7
            return Reading(unit_value(today + timedelta(days=days), "day"), anchor)
        lean = self.clauses.lean(at, fields.get("hint"))
        chosen, far = (ahead, -back) if lean.tense == "future" else (-back, ahead)
        other = None if lean.sure else unit_value(today + timedelta(days=far), "day")
        return Reading(unit_value(today + timedelta(days=chosen), "day"), anchor, other)

    def _holiday(self, fields: Fields, at: int) -> Reading:
        rule = fields["holiday"]
        if "year" in fields or self.published is None:
            day = holiday_date(rule, fields["year"]) if "year" in fields else None
            return Reading(unit_value(day, "day") if day else f"XXXX-{rule}")
        today = self.published.date()
        days = [day for year in _years_around(today) if (day := holiday_date(rule, year))]
        return self._nearest(days, today, "day", at, fields)

    def _nearest(self, days: list[date], today: date, unit: str, at: int, fields: Fields) -> Reading:
        """Choose among the same day of several years, by tense and distance (rule 4)."""
        value = unit_value(today, unit)
        past = max((day for day in days if unit_value(day, unit) <= value), default=None)
        future = min((day for day in days if unit_value(day, unit) >= value), default=None)
        if past is None or future is None or past == future:
            chosen = past or future
            return Reading(unit_value(chosen, unit) if chosen else "XXXX", "published")
        lean = self.clauses.lean(at, fields.get("hint"))
        ended = moments_of(unit_value(past, unit))
        back = max(0, (today - (ended[1].date() if ended else past)).days) + 1
        forth = (future - today).days + 1
        looks_back = back < forth * lean.weight if lean.tense == "past" else back * lean.weight < forth
        chosen, far = (past, future) if looks_back else (future, past)
        sure = lean.sure and looks_back == (lean.tense == "past")
        return Reading(unit_value(chosen, unit), "published", None if sure else unit_value(far, unit))

    def _calendar(self, fields: Fields, at: int) -> Reading:
        year = year_of(fields, self.published)
        long = long_value(fields, year)
        if long is not None:
            return Reading(long)
        if year is not None:
            return self._in_figures(year, fields)
        drawn = self.year_nearby(at)
        if drawn:
            return Reading(value_within(drawn[0], fields), drawn[1])
        if self.published is None:
            return Reading(value_unplaced(fields), None, bounds=OPEN)
        return self._without_year(fields, at, self.published.date())

    def _in_figures(self, year: int, fields: Fields) -> Reading:
        """Read figures in the order of the country; where it is not known, both readings stay open."""
        told = value_within(year, fields)
        month, day = fields.get("month2"), fields.get("day")
        if "figures" not in fields or not month or not day or day > 12 or day == month:
            return Reading(told)
        turned = value_within(year, {**fields, "month2": day, "day": month})
        if self.day_first is None:
            return Reading(told, other=turned)
        return Reading(turned if self.day_first else told)

    def _without_year(self, fields: Fields, at: int, today: date) -> Reading:
        month, day = fields.get("month") or fields.get("month2"), fields.get("day")
        if month and day:
            return self._month_day(month, day, fields, at, today)
        if month:
            return self._month(month, fields, at, today)
        if day:
            firsts = [add_months(today.replace(day=1), shift) for shift in (-2, -1, 0, 1, 2)]
            days = [found for first in firsts if first and (found := make_date(first.year, first.month, day))]
            return self._nearest(days, today, "day", at, fields)
        for name, length in (("quarter", 3), ("half", 6)):
            if name in fields:
                days = [date(year, (fields[name] - 1) * length + 1, 1) for year in _years_around(today)]
                return self._nearest(days, today, name, at, fields)
        return self._season(fields, at, today) if "season" in fields else Reading("XXXX", None, bounds=OPEN)

    def _month(self, month: int, fields: Fields, at: int, today: date) -> Reading:
        rel = fields.get("rel")
        if rel is None:
            firsts = [date(year, month, 1) for year in _years_around(today)]
            return self._nearest(firsts, today, "month", at, fields)
        year = today.year
        if rel < 0 and month >= today.month:
            year -= 1
        elif rel > 0 and month <= today.month:
            year += 1
        return Reading(f"{year:04d}-{month:02d}", "published")

    def _month_day(self, month: int, day: int, fields: Fields, at: int, today: date) -> Reading:
        years = range(max(1, today.year - 4), today.year + 5)
        days = [found for year in years if (found := make_date(year, month, day))]
        fitting = [
            found
            for found in days
            if found.isoweekday() == fields.get("weekday") and abs(found.year - today.year) <= 1
        ]
        if fitting:
            nearest = min(fitting, key=lambda found: abs(found - today))
            return Reading(unit_value(nearest, "day"), "published")
        if not days:
            return Reading(f"XXXX-{month:02d}-XX", None, bounds=OPEN)
        return self._nearest(days, today, "day", at, fields)

    def _season(self, fields: Fields, at: int, today: date) -> Reading:
        season = fields["season"]
        begins = [date(year, SEASON_MONTH[season], 1) for year in _years_around(today)]
        ends = [end for begin in begins if (end := add_months(begin, 2))]
        reading = self._nearest(ends, today, "month", at, fields)
        other = reading.other and season_before(reading.other, season)
        return Reading(season_before(reading.value, season), "published", other)

    def _duration(self, fields: Fields, at: int) -> Reading:
        """Resolve a duration; told from a moment, it bounds the stretch, or the point it leads to."""
        amounts = amounts_in(fields)
        value = fields.get("value") or duration_value(amounts)
        if "if_future" in fields and "window" not in fields and self.clauses.lean(at).tense == "future":
            fields = {**fields, "sign": 1}
        direction = int(fields.get("window") or fields.get("sign") or 0)
        if not direction:
            return Reading(value, bounds=OPEN)
        base, anchor = self.base(fields, "day", at)
        moment = shift_amounts(base, amounts, direction) if base else None
        if base is None or moment is None:
            return Reading(value, anchor, bounds=OPEN)
        n, unit = amounts[-1]
        if "sign" in fields and unit in _CLOCK_UNITS and anchor == "published" and not self.tells_time:
            return Reading(value, anchor, bounds=_day_from(moment))
        if "sign" in fields and unit in _CLOCK_UNITS:
            return Reading(value, anchor, bounds=bounds_of(moment.strftime("%Y-%m-%dT%H:%M")))
        if "sign" in fields:
            whole = unit in CALENDAR_UNITS and n is not None and n == int(n)
            point = unit_value(moment.date(), unit if whole else "day")
            return Reading(
                value,
                anchor,
                bounds=bounds_of(
                    point, str(fields["mod"]) if whole and fields.get("mod") else None if whole else "APPROX"
                ),
            )
        midnight = datetime.combine(base.date(), datetime.min.time())
        if direction > 0:
            return Reading(value, anchor, bounds=(write_moment(midnight), write_moment(moment)))
        first = moment if unit in _CLOCK_UNITS else datetime.combine(moment.date(), datetime.min.time())
        end = midnight + timedelta(days=1)
        return Reading(value, anchor, bounds=(write_moment(first), write_moment(end)))

    def _place_clock(self, index: int, one: Found) -> FoundTimex:
        """Give a time of day its day (rule 6)."""
        stamp = "hour" in one.fields and self.clauses.is_stamp(one.start, one.end)
        told = None if stamp else self._day_in_sentence(index)
        if told is None and not stamp and self.clauses.has_verb(one.start):
            told = self._day_before(index)
        if told is None and self.published is None:
            return _finish(one, Reading(clock_value("XXXX-XX-XX", one.fields), bounds=OPEN))
        today = unit_value(self.published.date(), "day") if self.published else ""
        day = today if told is None else self.done[told].value[:10]
        value = clock_value(day, one.fields)
        if (
            day == today
            and (told is None or _spans_midnight(one))
            and (self._lies_before_publication(value, one, stamp))
        ):
            value = clock_value(move_day(today, -1), one.fields)
        return _finish(one, Reading(value, "published" if told is None else told))

    def _lies_before_publication(self, value: str, one: Found, stamp: bool) -> bool:
        """Tell whether a time of day must be the one of the day before: it is told of, and was yet to come.

        A night told of is the night before, unless it is night already. A publication without a time of
        day moves no other time.
        """
        covered = moments_of(value)
        if covered is None or self.published is None:
            return False
        lean = self.clauses.lean(one.start, one.fields.get("hint"))
        if not stamp and (lean.tense == "future" or lean.weight <= 2):
            return False
        begins = covered[0]
        if _spans_midnight(one):
            return self.published < begins
        return self.tells_time and begins > self.published + _GRACE


def _finish(one: Found, reading: Reading) -> FoundTimex:
    mod, zone = one.fields.get("mod"), one.fields.get("zone", "")
    earliest, latest = reading.bounds if reading.bounds is not None else bounds_of(reading.value, mod, zone)
    if reading.other:
        also = bounds_of(reading.other, mod, zone)
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


def _day_from(moment: datetime) -> tuple[str, str]:
    """Give the bounds of a moment told from a day whose hour is not known."""
    return write_moment(moment), write_moment(moment + timedelta(days=1))


def _spans_midnight(one: Found) -> bool:
    return one.fields.get("hour") == 24 or ("hour" not in one.fields and one.fields.get("part") == "NI")


def _years_around(today: date) -> range:
    return range(max(1, today.year - 1), today.year + 2)
