"""Read the dates of heads and addresses: short strings, one date each, ISO 8601 out.

These are dates a publisher stamps on a report, not the temporal expressions of its prose.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache

import msgspec

from sayso.reports.reading import vocabulary

LONGEST = 240
"""Letters; nothing longer is searched, so that no line costs more than its head."""

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d)(?::[0-5]\d)?)?"
    r"(?:\s*(?P<mark>Uhr|[ap]\.?m\b\.?|h\b|ч\b\.?))?",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?:[\s,|·•–—-]|(?:um|at|в|ab|года|год|г\.?)(?![^\W_]))*", re.IGNORECASE)
_ISO_CLOCK = (
    r"(?:[T ]\s?(?P<h>[01]\d|2[0-4]):(?P<mi>[0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?\s?(?P<z>Z|[+-]\d\d:?\d\d)?)?"
)
_OFFSET = re.compile(r"\s*\(?(?:UTC|GMT)?\s?(?P<sign>[+\-−])(?P<h>\d{1,2})(?::?(?P<m>\d\d))?\)?(?!\d)")
_ADDRESS_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-/_.]?)(?P<m>0[1-9]|1[0-2]|(?<=/)[1-9](?=/))(?P=sep)(?P<d>0[1-9]|[12]\d|3[01]|(?<=/)[1-9](?=/))(?!\d)"
)


class FoundDate(msgspec.Struct, frozen=True):
    """Hold a date found in a short string: where it stands and what it says.

    `value` is ISO 8601, as precise as written; a date without a year has `value` None and its
    `month_day`. `updated` marks the date of a later change.
    """

    start: int
    end: int
    value: str | None
    month_day: tuple[int, int] | None = None
    updated: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted((re.escape(name) for name in vocabulary.months()), key=len, reverse=True))
    month = rf"(?P<month>{names})\b\.?"
    day = r"(?P<d>[0-3]?\d)"
    sources = (
        rf"(?<!\d){_YEAR}-(?P<m>[01]\d)-(?P<d>[0-3]\d){_ISO_CLOCK}(?!\d)",
        rf"(?<!\d){_YEAR}[./](?P<m>[01]?\d)[./](?P<d>[0-3]?\d)(?!\d)",
        rf"(?<![\d.,]){day}(?P<sep>[./-])\s?(?P<m>[01]?\d|[12]\d|3[01])(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d)(?![\d])",
        rf"(?<![\d.,:]){day}(?:\.|st\b|nd\b|rd\b|th\b)?[\s\u00a0-]*(?:of\s)?\b{month},?(?:[\s-]*{_YEAR}(?!\d))?",
        rf"\b{month}[\s\u00a0]+{day}(?:st\b|nd\b|rd\b|th\b)?(?![\d:.]\d)(?:,?\s+{_YEAR}(?!\d))?",
        rf"\b{month}[\s\u00a0]+{_YEAR}(?!\d)",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


def find_date(text: str, language: str = "und") -> FoundDate | None:
    """Find the date of a short string: the published one before an updated one, a whole before a part.

    Clock time and zone are read where they stand beside it. Source of the forms: CLDR's long, medium and
    short patterns of the served languages, and ISO 8601.

    >>> find_date("Mittwoch, 17.3.2021, 14:30 Uhr MEZ").value
    '2021-03-17T14:30+01:00'
    >>> find_date("OSLO, March 3 (Agency)").month_day
    (3, 3)
    """
    found = find_dates(text, language)
    return min(found, key=lambda one: (one.updated, one.value is None)) if found else None


def find_dates(text: str, language: str = "und") -> list[FoundDate]:
    """Find all dates of a short string, in order."""
    found: list[FoundDate] = []
    if not re.search(r"\d", text[:LONGEST]):
        return found
    for pattern in _patterns():
        for match in pattern.finditer(text[:LONGEST]):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if (one := _interpret(text[:LONGEST], match, language)) is not None:
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _interpret(text: str, match: re.Match[str], language: str) -> FoundDate | None:
    parts = match.groupdict()
    month = vocabulary.months()[parts["month"].lower()] if parts.get("month") else int(parts["m"])
    day = int(parts["d"]) if parts.get("d") else None
    if parts.get("sep") == "/" and day is not None:
        day, month = _order(day, month, language)
    year = _full_year(parts.get("y"))
    if not _exists(year or 2000, month, day or 1):
        return None
    updated = bool(vocabulary.words("updated_words") & set(_words_before(text, match.start())))
    if year is None:
        return FoundDate(match.start(), match.end(), None, (month, day or 1), updated)
    if day is None:
        return FoundDate(match.start(), match.end(), f"{year:04}-{month:02}", None, updated)
    stamp = f"{year:04}-{month:02}-{day:02}"
    if parts.get("h"):
        return FoundDate(match.start(), match.end(), stamp + _iso_time(parts), None, updated)
    start, end, clock = _clock_beside(text, match.start(), match.end())
    return FoundDate(start, end, stamp + clock, None, updated)


def _order(first: int, second: int, language: str) -> tuple[int, int]:
    """Tell day from month: by size where one is over 12, else by the language's custom."""
    if first > 12 or second > 12:
        return (first, second) if first > 12 else (second, first)
    return (second, first) if vocabulary.numeric_order(language) == "mdy" else (first, second)


def _full_year(year: str | None) -> int | None:
    if year is None:
        return None
    return int(year) if len(year) == 4 else (2000 if int(year) < 70 else 1900) + int(year)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _words_before(text: str, end: int) -> list[str]:
    """Give the words of the same part of a line, parted as heads part them."""
    part = re.split(r"[|·•;()/]", text[:end])[-1]
    return re.findall(r"\w+", part.lower())


def _iso_time(parts: dict[str, str | None]) -> str:
    zone = parts.get("z") or ""
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"T{parts['h']}:{parts['mi']}" + ("+00:00" if zone == "Z" else zone)


def _clock_beside(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Read the clock time after a date, or before it; give the widened stretch and ``Thh:mm`` with zone."""
    skipped = _GAP.match(text, end)
    after = _CLOCK.match(text, skipped.end() if skipped else end)
    if after and (clock := _clock(after)):
        zone, stop = _zone_after(text, after.end())
        return start, stop, clock + zone
    for before in _CLOCK.finditer(text, max(0, start - 30), start):
        clock = _clock(before)
        zone, stop = _zone_after(text, before.end())
        if clock and not re.sub(r"[\s,|·•–—-]|\b(?:on|am|den)\b", "", text[stop:start], flags=re.IGNORECASE):
            return before.start(), end, clock + zone
    return start, end, ""


def _clock(match: re.Match[str]) -> str | None:
    mark = (match["mark"] or "").lower().replace(".", "")
    if match["m"] is None and not mark:
        return None
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if mark in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if mark == "pm" else 0)
    return f"T{hour % 24:02}:{minute:02}"


def _zone_after(text: str, end: int) -> tuple[str, int]:
    word = re.compile(r"(?:[\s(]|Uhr\b|h\b|\bпо\b)*([^\W\d_]{1,8})\b", re.IGNORECASE).match(text, end)
    if word and word.group(1).lower() in vocabulary.zones():
        offset = _OFFSET.match(text, word.end()) if word.group(1).lower() in ("utc", "gmt") else None
        if offset:
            return _offset(offset), offset.end()
        stop = word.end() + (text[word.end() : word.end() + 1] == ")" and "(" in word.group())
        return vocabulary.zones()[word.group(1).lower()], stop
    offset = _OFFSET.match(text, end)
    return (_offset(offset), offset.end()) if offset and offset["m"] else ("", end)


def _offset(match: re.Match[str]) -> str:
    sign = "-" if match["sign"] in "-−" else "+"
    return f"{sign}{int(match['h']):02}:{match['m'] or '00'}"


def date_in_column(value: object, language: str = "und") -> str | None:
    """Read a date that stands alone in a field: ISO 8601, a written date, or seconds since 1970.

    >>> date_in_column("2021-05-19T08:00:00Z"), date_in_column(1621411200)
    ('2021-05-19T08:00+00:00', '2021-05-19T08:00+00:00')
    """
    text = str(value).strip()
    if re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", text):
        return text
    if re.fullmatch(r"1?\d{9}(?:\d{3})?(?:\.\d+)?", text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M+00:00")
    found = find_date(text, language)
    return found.value if found else None


def date_in_address(url: str) -> str | None:
    """Find the day a web address carries, as ``/2021/05/19/``, ``/2021-05-19/`` or ``/20210519``.

    >>> date_in_address("https://example.org/2021/05/19/flood"), date_in_address("https://example.org/a")
    ('2021-05-19', None)
    """
    for match in _ADDRESS_DATE.finditer(url[:2000]):
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        if match["sep"] != "." and _exists(year, month, day):
            return f"{year:04}-{month:02}-{day:02}"
    return None


def complete_year(month_day: tuple[int, int], not_before: str) -> str | None:
    """Complete a date without a year by the latest day a report links to: it came out then or soon after.

    Gives None where the next such day lies more than 92 days later, which is no longer "soon".

    >>> complete_year((1, 2), "2021-12-30")
    '2022-01-02'
    """
    anchor = date.fromisoformat(not_before[:10])
    for year in (anchor.year, anchor.year + 1):
        if _exists(year, *month_day) and 0 <= (date(year, *month_day) - anchor).days <= 92:
            return date(year, *month_day).isoformat()
    return None
