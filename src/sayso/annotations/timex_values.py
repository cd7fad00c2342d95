"""Calculate with TIMEX3 values: from calendar fields to a value, from a value to the days it covers.

Nothing here knows a language. Values follow TimeML 1.2.1 (ISO 8601 with ``X`` for what is not known,
``SP SU FA WI`` for seasons, ``MO MI AF EV NI DT`` for parts of a day, ``WE`` for weekends).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

FIRST_YEAR, LAST_YEAR = 1, 9998
"""Years that can be calculated with; a value outside them is kept, its bounds stay open."""

_SEASONS = {"SP": (3, 1), "SU": (6, 1), "FA": (9, 1), "WI": (12, 1)}
"""First months of meteorological seasons, northern hemisphere; a winter belongs to the year it begins in."""
PARTS = {"MO": (5, 12), "MI": (11, 14), "AF": (12, 18), "EV": (17, 24), "NI": (20, 30), "DT": (6, 20)}
"""Hours at which a part of a day begins and ends; hours past 24 belong to the next day."""
_LETTERS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "half": "H",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "ML",
    "weekend": "WE",
    "night": "NI",
    "morning": "MO",
    "evening": "EV",
    "afternoon": "AF",
    "summer": "SU",
    "winter": "WI",
    "spring": "SP",
    "autumn": "FA",
}
CALENDAR_UNITS = frozenset(
    ("day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century", "millennium")
)
_CLOCK_UNITS = frozenset(("second", "minute", "hour", "night", "morning", "evening", "afternoon"))
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?:-(?P<weekend>WE)|-(?P<weekday>\d))?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
    r"(?:T(?:(?P<part>MO|MI|AF|EV|NI|DT)|(?P<hour>\d\d)(?::(?P<minute>\d\d))?(?::(?P<second>\d\d))?)Z?)?"
)
_AMOUNT = re.compile(r"P(T?)(\d+(?:\.\d+)?)(DE|CE|ML|WE|[SMHDWYQ])")


def duration_value(amounts: list[tuple[float | None, str]]) -> str:
    """Write a duration from amounts and units; None is an amount that is not told.

    >>> duration_value([(2, "year"), (3, "month")]), duration_value([(None, "day")])
    ('P2Y3M', 'PXD')
    """
    days = "".join(_amount(n, unit) for n, unit in amounts if unit not in _CLOCK_UNITS)
    clock = "".join(_amount(n, unit) for n, unit in amounts if unit in _CLOCK_UNITS)
    return "P" + days + ("T" + clock if clock else "")


def _amount(n: float | None, unit: str) -> str:
    number = "X" if n is None else f"{n:g}" if n < 1e6 else str(int(n))
    return number + _LETTERS[unit]


def unit_value(day: date, unit: str) -> str:
    """Write the calendar unit a day lies in; a unit of the clock ("the same minute") gives the day itself.

    >>> unit_value(date(2021, 5, 19), "week"), unit_value(date(2021, 5, 19), "decade")
    ('2021-W20', '202')
    """
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "weekend":
        return unit_value(day, "week") + "-WE"
    written = {
        "day": day.isoformat(),
        "month": f"{day.year:04d}-{day.month:02d}",
        "quarter": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "half": f"{day.year:04d}-H{(day.month + 5) // 6}",
        "year": f"{day.year:04d}",
        "decade": f"{day.year // 10:03d}",
        "century": f"{day.year // 100:02d}",
        "millennium": f"{day.year // 1000}",
    }
    return written.get(unit, written["day"])


def add_months(day: date, months: int) -> date | None:
    """Move a day by months, to the last day of the month where the day does not exist, or give None."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_MONTHS = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}
_DAYS = {"day": 1.0, "week": 7.0, "weekend": 7.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}


def shift(moment: datetime, n: float, unit: str) -> datetime | None:
    """Move a moment by an amount of a unit, or give None where the calendar ends.

    >>> shift(datetime(2021, 3, 31), -1, "month")
    datetime.datetime(2021, 2, 28, 0, 0)
    """
    try:
        if unit in _DAYS:
            return moment + timedelta(days=n * _DAYS[unit])
        day = add_months(moment.date(), round(n * _MONTHS[unit]))
        return None if day is None else datetime.combine(day, moment.time())
    except (OverflowError, KeyError, ValueError):
        return None


def shift_amounts(moment: datetime, amounts: list[tuple[float | None, str]], sign: int) -> datetime | None:
    """Move a moment by several amounts; None where one of them is not told or the calendar ends."""
    current: datetime | None = moment
    for n, unit in amounts:
        if n is None or current is None:
            return None
        current = shift(current, sign * n, unit)
    return current


def make_date(year: int, month: int, day: int) -> date | None:
    """Make a date, or give None where the calendar has no such day.

    >>> make_date(2021, 2, 31) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Calculate western Easter Sunday (anonymous Gregorian computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Calculate orthodox Easter Sunday in the Gregorian calendar (Meeus's Julian algorithm)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return to_gregorian(year, month, day + 1)


def to_gregorian(year: int, month: int, day: int) -> date:
    """Turn a Julian date into a Gregorian one (by Julian day number, Richards 2013)."""
    shifted = (14 - month) // 12
    y, m = year + 4800 - shifted, month + 12 * shifted - 3
    day_number = day + (153 * m + 2) // 5 + 365 * y + y // 4 - 32083
    return date.fromordinal(day_number - 1721425)


def holiday_date(rule: str, year: int) -> date | None:
    """Calculate a holiday from its rule: ``12-25``, ``easter-2``, ``orthodox+0``, ``11-4-4`` (4th Thursday).

    The last form is month-weekday-number, number 5 meaning the last one.

    >>> holiday_date("easter-2", 2021), holiday_date("11-4-4", 2021)
    (datetime.date(2021, 4, 2), datetime.date(2021, 11, 25))
    """
    for name, calculate in (("easter", easter), ("orthodox", orthodox_easter)):
        if rule.startswith(name):
            return calculate(year) + timedelta(days=int(rule[len(name) :]))
    numbers = [int(part) for part in rule.split("-")]
    if len(numbers) == 2:
        return make_date(year, *numbers)
    month, weekday, count = numbers
    first = date(year, month, 1)
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (count - 1)
    return date(year, month, day if day <= monthrange(year, month)[1] else day - 7)


def bounds_of(value: str, mod: str | None = None, zone: str = "") -> tuple[str | None, str | None]:
    """Give the half-open bounds a DATE or TIME value covers, null where open or not calculable.

    START, MID and END take a third each; BEFORE and AFTER (TimeML's ON_OR_BEFORE, ON_OR_AFTER too) leave
    one side open; APPROX widens by the value's own length on both sides.

    >>> bounds_of("2021-05-19"), bounds_of("2021", "START")
    (('2021-05-19', '2021-05-20'), ('2021-01-01', '2021-05-02'))
    """
    covered = moments_of(value)
    if covered is None:
        return None, None
    first, last = covered
    length = last - first
    timed = "T" in value
    try:
        if mod == "START":
            last = _round(first + length / 3, timed)
        elif mod == "MID":
            first, last = _round(first + length / 3, timed), _round(first + length * 2 / 3, timed)
        elif mod == "END":
            first = _round(last - length / 3, timed)
        elif mod == "APPROX":
            first, last = first - length, last + length
    except OverflowError:
        return None, None
    earliest: str | None = _write(first, timed, zone)
    latest: str | None = _write(last, timed, zone)
    if mod == "BEFORE":
        earliest, latest = None, _write(covered[0], timed, zone)
    elif mod == "AFTER":
        earliest, latest = _write(covered[1], timed, zone), None
    elif mod == "ON_OR_BEFORE":
        earliest = None
    elif mod == "ON_OR_AFTER":
        latest = None
    return earliest, latest


def _round(moment: datetime, timed: bool) -> datetime:
    return moment if timed else datetime.combine(moment.date(), datetime.min.time())


def _write(moment: datetime, timed: bool, zone: str = "") -> str:
    return (
        moment.strftime("%Y").zfill(4) + moment.strftime("-%m-%dT%H:%M") + zone
        if timed
        else (f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}")
    )


def write_moment(moment: datetime) -> str:
    """Write a bound: a day where the moment is midnight, else day and time."""
    return _write(moment, bool(moment.hour or moment.minute))


def moments_of(value: str) -> tuple[datetime, datetime] | None:
    """Give first moment and end of what a value covers, or None where it cannot be placed.

    >>> moments_of("XXXX-12-24") is None
    True
    """
    if (len(value) < 4 and value.isdigit()) or re.fullmatch(r"\d{1,3}X+|\d{1,3}", value):
        return _long_span(value.rstrip("X"))
    fields = _VALUE.fullmatch(value)
    if fields is None or not FIRST_YEAR <= int(fields["year"]) <= LAST_YEAR:
        return None
    try:
        first, last = _days_of(fields)
        if "T" not in value:
            return _midnight(first), _midnight(last)
        return _clock_of(fields, _midnight(first))
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _long_span(digits: str) -> tuple[datetime, datetime] | None:
    step = 10 ** (4 - len(digits))
    first = max(int(digits) * step, FIRST_YEAR)
    last = int(digits) * step + step
    return (datetime(first, 1, 1), datetime(last, 1, 1)) if last <= LAST_YEAR else None


def _days_of(fields: re.Match[str]) -> tuple[date, date]:
    year = int(fields["year"])
    if fields["week"]:
        weekday = 6 if fields["weekend"] else int(fields["weekday"] or 1)
        first = date.fromisocalendar(year, int(fields["week"]), weekday)
        return first, first + timedelta(days=2 if fields["weekend"] else 1 if fields["weekday"] else 7)
    if fields["day"]:
        first = date(year, int(fields["month"]), int(fields["day"]))
        return first, first + timedelta(days=1)
    if fields["season"]:
        first = date(year, *_SEASONS[fields["season"]])
        return first, _months_on(first, 3)
    if fields["month"]:
        return date(year, int(fields["month"]), 1), _months_on(date(year, int(fields["month"]), 1), 1)
    if fields["quarter"]:
        first = date(year, 3 * int(fields["quarter"]) - 2, 1)
        return first, _months_on(first, 3)
    if fields["half"]:
        first = date(year, 6 * int(fields["half"]) - 5, 1)
        return first, _months_on(first, 6)
    return date(year, 1, 1), date(year + 1, 1, 1)


def _months_on(day: date, months: int) -> date:
    moved = add_months(day, months)
    if moved is None:
        raise ValueError("past the end of the calendar")
    return moved


def _clock_of(fields: re.Match[str], midnight: datetime) -> tuple[datetime, datetime]:
    if fields["part"]:
        begin, end = PARTS[fields["part"]]
        return midnight + timedelta(hours=begin), midnight + timedelta(hours=end)
    hour, minute, second = (int(fields[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 24 or minute > 59 or second > 59:
        raise ValueError("no such time of day")
    first = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    length = timedelta(minutes=1) if fields["minute"] else timedelta(hours=1)
    return first, first + length


def amounts_of(value: str) -> list[tuple[float | None, str]]:
    """Read a duration value of a single amount back, or give an empty list.

    >>> amounts_of("P3D")
    [(3.0, 'day')]
    """
    match = _AMOUNT.fullmatch(value)
    if match is None:
        return []
    clock, number, letter = match.groups()
    for unit, name in _LETTERS.items():
        if name == letter and (unit in _CLOCK_UNITS) == bool(clock):
            return [(float(number), unit)]
    return []
