"""Run what others offer on the same texts: dateparser's search, where it is installed."""

from __future__ import annotations

import re
from datetime import datetime
from importlib import import_module, util
from typing import Any

from benchmarks.timexes.corpora import GoldText, GoldTimex
from sayso.annotations.timexes import read_published

_PREPOSITION = re.compile(r"(?:in|on|at|by|am|im|um|vom|zum|seit|bis|в|во|с|на|до)\s+", re.I)


def dateparser_available() -> bool:
    """Tell whether dateparser can be imported."""
    return util.find_spec("dateparser") is not None


def search_with_dateparser(text: GoldText) -> list[GoldTimex]:
    """Search a text with ``dateparser.search.search_dates``, told language and publication.

    It gives words and a moment, no offsets and no TIMEX3 value: words are found again from left to right,
    a leading preposition is cut off (the gold has none), and the moment is written as a day, as a month
    or year where the words hold no day.
    """
    search: Any = import_module("dateparser.search").search_dates
    base = {"RELATIVE_BASE": _moment(text.published)} if text.published else {}
    found = []
    at = 0
    for words, moment in search(text.prose, languages=[text.language], settings=base) or ():
        start = text.prose.find(words, at)
        if start < 0:
            continue
        end = at = start + len(words)
        cut = _PREPOSITION.match(words)
        start += cut.end() if cut and cut.end() < len(words) else 0
        found.append(GoldTimex(start, end, "DATE", _value(text.prose[start:end], moment)))
    return found


def _moment(published: str | None) -> datetime:
    return read_published(published) or datetime(2000, 1, 1)


def _value(words: str, moment: datetime) -> str:
    if re.fullmatch(r"\d{4}", words.strip()):
        return f"{moment:%Y}"
    figures = re.findall(r"\d+", words)
    if re.search(r"[^\W\d]", words) and len(figures) == 1 and len(figures[0]) == 4:
        return f"{moment:%Y-%m}"
    return f"{moment:%Y-%m-%d}" + (f"T{moment:%H:%M}" if re.search(r"\d[:.]\d\d", words) else "")
