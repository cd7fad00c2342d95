"""Turn the fields a rule has read into TIMEX3 values, where no anchor is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from sayso.annotations.timex_values import (
    duration_value,
    make_date,
    moments_of,
    to_gregorian,
    unit_value,
)

Fields = Mapping[str, Any]
Anchor = int | str | None
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SEASON_OF_MONTH = ("WI", "WI", "SP", "SP", "SP", "SU", "SU", "SU", "FA", "FA", "FA", "WI")
_TELLS_DATE = (
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


class Reading(msgspec.Struct):
    """Hold a value on its way: `other` is the second reading where two stay open, `bounds` override."""

    value: str
    anchor: Anchor = None
    other: str | None = None
    bounds: tuple[str | None, str | None] | None = None


OPEN = (None, None)


def lacks_day(fields: Fields) -> bool:
    """Tell whether the fields hold a time of day and nothing of its date."""
    return ("hour" in fields or "part" in fields) and not any(name in fields for name in _TELLS_DATE)


def tells_day(fields: Fields) -> bool:
    """Tell whether the fields speak of single days: a weekday, a time of day, "yesterday"."""
    return (
        "weekday" in fields or "hour" in fields or (fields.get("unit") == "day" and fields.get("rel", 0) != 0)
    )


def rank_of(value: str) -> int:
    """Rank a value by how fine it is: day 0, week 1, month 2, quarter or season 3, year 4 ...

    >>> rank_of("2021-05-19T14:00"), rank_of("2021-05"), rank_of("202")
    (0, 2, 5)
    """
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return 0
    if "-W" in value:
        return 1
    if re.fullmatch(r"\d{4}-\d\d", value):
        return 2
    return 3 if "-" in value else {4: 4, 3: 5, 2: 6}.get(len(value), 7)


def amounts_in(fields: Fields) -> list[tuple[float | None, str]]:
    """Gather the amounts and units of a distance or a duration."""
    amounts = [(fields.get("n"), fields["unit"])] if "unit" in fields else []
    return amounts + ([(fields.get("n2"), fields["unit2"])] if "unit2" in fields else [])


def move_day(value: str, days: int) -> str:
    """Move a day's value by days; anything else stays."""
    covered = moments_of(value)
    return unit_value(covered[0].date() + timedelta(days=days), "day") if covered else value


def year_of(fields: Fields, published: datetime | None) -> int | None:
    """Give the year told; two figures mean a year up to ten after publication, else the century before."""
    year: int | None = fields.get("year") or fields.get("anyyear")
    if year is None and "yy" in fields:
        pivot = (published.year if published else 2030) + 10
        year = 2000 + int(fields["yy"])
        year -= 100 if year > pivot else 0
    return year


def long_value(fields: Fields, year: int | None) -> str | None:
    """Write a decade, century, millennium or year before Christ, or give None."""
    if "decade" in fields:
        return _decade_value(fields["decade"])
    if "century" in fields:
        return f"{fields['century'] - 1:02d}"
    if "millennium" in fields:
        return f"{fields['millennium'] - 1}"
    return f"BC{year or 0:04d}" if fields.get("era") == "bc" else None


def _decade_value(decade: int) -> str:
    if decade < 10:
        return f"19{decade}"
    return f"19{decade // 10}" if decade < 100 else str(decade // 10)


def value_within(year: int, fields: Fields) -> str:
    """Write what the fields tell of a year: day, month, quarter, half, week, season, or the year itself.

    >>> value_within(2021, {"month": 2, "day": 31}), value_within(2021, {"half": 1})
    ('2021-02-XX', '2021-H1')
    """
    month, day = fields.get("month") or fields.get("month2"), fields.get("day")
    if month and day:
        if fields.get("julian") and make_date(year, month, day):
            return unit_value(to_gregorian(year, month, day), "day")
        return f"{year:04d}-{month:02d}-" + (f"{day:02d}" if make_date(year, month, day) else "XX")
    if month:
        return f"{year:04d}-{month:02d}"
    if "week" in fields:
        return f"{year:04d}-W{int(fields['week']):02d}"
    for name, letter in (("quarter", "Q"), ("half", "H")):
        if name in fields:
            return f"{year:04d}-{letter}{int(fields[name])}"
    return f"{year:04d}-{fields['season']}" if "season" in fields else f"{year:04d}"


def value_unplaced(fields: Fields) -> str:
    """Write what the fields tell where no year can be had."""
    month, day = fields.get("month") or fields.get("month2"), fields.get("day")
    if "season" in fields:
        return f"XXXX-{fields['season']}"
    if month:
        return f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
    return f"XXXX-XX-{day:02d}" if day else "XXXX"


def value_of_unit(unit: str) -> str:
    """Write that some unit of the calendar is meant which cannot be placed."""
    return {
        "week": "XXXX-WXX",
        "weekend": "XXXX-WXX-WE",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
        "half": "XXXX-HX",
        "season": "XXXX",
        "year": "XXXX",
        "decade": "XXX",
        "century": "XX",
        "millennium": "X",
    }.get(unit, "XXXX-XX-XX")


def season_before(month_value: str, season: str) -> str:
    """Name a season by its last month: a winter that ends in February began the year before."""
    return f"{int(month_value[:4]) - (season == 'WI'):04d}-{season}"


def relative_season(base: date, rel: int, season: str | None) -> str:
    """Write the last, running or next such season, seen from a day."""
    season = season or SEASON_OF_MONTH[base.month - 1]
    begin = SEASON_MONTH[season]
    year = base.year if rel >= 0 or base.month >= begin else base.year - 1
    if rel < 0 and begin <= base.month < begin + 3:
        year -= 1
    if (rel > 0 and base.month >= begin) or (rel == 0 and season == "WI" and base.month < 3):
        year += 1 if rel > 0 else -1
    return f"{year:04d}-{season}"


def set_value(fields: Fields) -> str:
    """Write the value of a SET: a period, or what recurs ("every Friday")."""
    if "value" in fields:
        return str(fields["value"])
    if "weekday" in fields:
        return f"XXXX-WXX-{fields['weekday']}" + (f"T{fields['part']}" if "part" in fields else "")
    if "month" in fields:
        return f"XXXX-{fields['month']:02d}" + (f"-{fields['day']:02d}" if "day" in fields else "")
    if "season" in fields:
        return f"XXXX-{fields['season']}"
    if "hour" in fields or "part" in fields:
        return clock_value("XXXX-XX-XX", fields)
    return duration_value([(None if "vague" in fields else fields.get("n", 1), fields["unit"])])


def clock_value(day: str, fields: Fields) -> str:
    """Write a time of day after its day; a part of the day settles which half of the clock is meant.

    >>> clock_value("2021-05-19", {"hour": 8, "part": "EV"})
    '2021-05-19T20:00'
    """
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
