"""Read numbers as a language writes them: digits with any group separator, words, compounds, vague counts.

The words are data (``languages/xx/quantities.toml``); the grammar here knows no language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.languages import load_rules
from sayso.languages.lexicon import Words, fold

LONGEST = 15
"""Digits a count may have; more is a serial number."""
_ABBREVIATIONS = frozenset({"mio", "mrd", "тыс", "млн", "млрд", "mn", "bn"})


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a number read from the words `first` to `last`, both included; `high` is null where open."""

    first: int
    last: int
    low: float
    high: float | None
    vague: bool = False
    weak: bool = False
    """An article that may be no number ("ein", "a")."""
    scaled: bool = False
    """A multiplier was read ("vier Millionen")."""


@dataclass(frozen=True)
class Grammar:
    """Hold a language's number words in the form the reader wants them."""

    units: dict[str, float]
    multipliers: dict[str, float]
    vague: dict[tuple[str, ...], tuple[float, float]]
    decimal: str
    joint: str
    compounds: re.Pattern[str] | None


WEAK = frozenset(
    "ein eine einen einem einer eins a an no single "  # noqa: SIM905
    "один одна одно одного одной одному одним одну".split()
)


@cache
def load_grammar(language: str) -> Grammar:
    """Load the number grammar of a language; one without number words reads digits alone."""
    rules: dict[str, Any] = load_rules(language, "quantities")
    units = {fold(word): float(value) for word, value in rules.get("units", {}).items()}
    multipliers = {fold(word): float(value) for word, value in rules.get("multipliers", {}).items()}
    joint = rules.get("and_inside", "")
    return Grammar(
        units=units,
        multipliers=multipliers,
        vague={tuple(fold(word).split()): tuple(span) for word, span in rules.get("vague", {}).items()},
        decimal=rules.get("decimal", "."),
        joint=joint,
        compounds=_compounds(units, multipliers, joint) if rules.get("compounds") else None,
    )


def _compounds(units: dict[str, float], multipliers: dict[str, float], joint: str) -> re.Pattern[str]:
    pieces = sorted((*units, *multipliers, joint), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, pieces)))


def read_number(words: Words, index: int, grammar: Grammar) -> Number | None:
    """Read the longest number that begins at a word, or nothing."""
    for size in (3, 2, 1):
        bounds = grammar.vague.get(words.forms[index : index + size])
        if bounds and not (size == 1 and _follows_number(words, index, grammar)):
            last = index + len(words.forms[index : index + size]) - 1
            last, factor = _multiplier_after(words, last, grammar)
            return Number(index, last, bounds[0] * factor, bounds[1] * factor or None, vague=True)
    if words.forms[index][0].isdecimal():
        return _read_digits(words, index, grammar)
    return _read_words(words, index, grammar)


def _follows_number(words: Words, index: int, grammar: Grammar) -> bool:
    before = words.forms[index - 1] if index else ""
    return bool(before) and (before[0].isdecimal() or before in grammar.units)


def _read_digits(words: Words, index: int, grammar: Grammar) -> Number | None:
    value = digits_value(words.forms[index], grammar.decimal)
    if value is None:
        return None
    last, factor = _multiplier_after(words, index, grammar)
    return Number(index, last, value * factor, value * factor, scaled=factor > 1)


def digits_value(form: str, decimal: str) -> float | None:
    """Read digits with group separators, or nothing where they are no count.

    >>> digits_value("12.000", ","), digits_value("2,5", ","), digits_value("20 000", ".")
    (12000.0, 2.5, 20000.0)
    """
    plain = re.sub(r"[\s’']", "", form)
    if sum(letter.isdecimal() for letter in plain) > LONGEST:
        return None
    parts = re.split(r"[.,]", plain)
    marks = re.findall(r"[.,]", plain)
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    if grouped and parts[0] != "0" and (len(set(marks)) == 1):
        return float("".join(parts))
    regular = len(set(marks[:-1])) <= 1 and all(len(part) == 3 for part in parts[1:-1])
    if len(parts) > 1 and regular and (len(parts) > 2 or marks[-1] == decimal or len(parts[-1]) <= 2):
        return (
            float("".join(parts[:-1]) + "." + parts[-1]) if len(parts) == 2 or marks[-1] != marks[0] else None
        )
    return float(parts[0]) if len(parts) == 1 else None


def _multiplier_after(words: Words, index: int, grammar: Grammar) -> tuple[int, float]:
    factor = 1.0
    while index + 1 < len(words) and (times := grammar.multipliers.get(words.forms[index + 1])):
        if len(words.forms[index + 1]) == 1 and words.starts[index + 1] > words.ends[index]:
            break
        factor *= times
        index += 1
        dotted = index + 1 < len(words) and words.forms[index + 1] == "."
        if dotted and words.forms[index] in _ABBREVIATIONS and words.starts[index + 1] == words.ends[index]:
            index += 1
    return index, factor


def _read_words(words: Words, index: int, grammar: Grammar) -> Number | None:
    values: list[float] = []
    last = index - 1
    scaled = False
    while last + 1 < len(words):
        form = words.forms[last + 1]
        piece = _word_value(form, grammar)
        if piece is None and values and form == grammar.joint and last + 2 < len(words):
            if values[-1] < 100 or _word_value(words.forms[last + 2], grammar) is None:
                break
            last += 1
            continue
        if piece is None or not _goes_on(values, piece, form in grammar.multipliers):
            break
        scaled = scaled or form in grammar.multipliers
        _push(values, piece, form in grammar.multipliers)
        last += 1
    if last < index or (len(words.forms[index]) == 1 and index == last and words.forms[index] not in WEAK):
        return None
    if not values:
        return None
    value = sum(values)
    return Number(index, last, value, value, weak=index == last and words.forms[index] in WEAK, scaled=scaled)


def _goes_on(values: list[float], piece: float, times: bool) -> bool:
    if not values:
        return True
    return times or (piece < values[-1] and values[-1] % 10 == 0 and (piece < 10 or values[-1] >= 100))


def _push(values: list[float], piece: float, times: bool) -> None:
    if not times:
        values.append(piece)
        return
    below = 1.0
    if values:
        below = sum(value for value in values if value < piece) or 1.0
    kept = [value for value in values if value >= piece]
    values[:] = [*kept, below * piece]


def _word_value(form: str, grammar: Grammar) -> float | None:
    value = grammar.units.get(form, grammar.multipliers.get(form))
    if value is not None:
        return value
    if grammar.compounds is None or len(form) < 7:
        return _hyphenated(form, grammar)
    return _compound_value(form, grammar)


def _hyphenated(form: str, grammar: Grammar) -> float | None:
    tens, _, ones = form.partition("-")
    if tens in grammar.units and ones in grammar.units and grammar.units[tens] % 10 == 0:
        return grammar.units[tens] + grammar.units[ones]
    return None


def _compound_value(form: str, grammar: Grammar) -> float | None:
    assert grammar.compounds is not None
    at = 0
    values: list[float] = []
    for piece in grammar.compounds.finditer(form):
        if piece.start() != at:
            return None
        at = piece.end()
        if piece.group() == grammar.joint:
            continue
        _push(values, _plain_value(piece.group(), grammar), piece.group() in grammar.multipliers)
    return sum(values) if at == len(form) and values else None


def _plain_value(form: str, grammar: Grammar) -> float:
    return grammar.units.get(form) or grammar.multipliers.get(form, 0.0)


def numbers_in(words: Words, language: str) -> frozenset[str]:
    """Give the numbers told in words, spelled alike in every language; an article is no number.

    >>> from sayso.languages.lexicon import split_words
    >>> sorted(numbers_in(split_words("20 тысяч и четыре"), "ru"))
    ['20000', '4']
    """
    grammar = load_grammar(language)
    found: set[str] = set()
    index = 0
    while index < len(words):
        number = read_number(words, index, grammar)
        if number is None:
            index += 1
            continue
        if not number.weak and not number.vague:
            found.add(f"{number.low:.12g}")
        index = number.last + 1
    return frozenset(found)
