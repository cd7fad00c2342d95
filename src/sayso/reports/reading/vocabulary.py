"""The words of report heads, gathered from every language's ``reports.toml``.

A head is read before the language is known, and a German page may carry an English date line, so the
words of all languages are asked at once; only the order of numeric dates depends on the language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.languages import UNDETERMINED, known_languages, load_rules


@cache
def rules() -> tuple[dict[str, Any], ...]:
    """Give the head rules of every language that has some, the shared ones last."""
    found = [load_rules(language, "reports") for language in (*known_languages(), UNDETERMINED)]
    return tuple({id(one): one for one in found}.values())


@cache
def words(name: str) -> frozenset[str]:
    """Gather one word list over all languages, lower-cased.

    >>> "uhr" in words("clock_words")
    True
    """
    return frozenset(word for rule in rules() for word in rule.get(name, ()))


@cache
def months() -> dict[str, int]:
    """Map every form of a month's name to its number.

    >>> months()["märz"], months()["января"], months()["sept"]
    (3, 1, 9)
    """
    return {
        form: number
        for rule in rules()
        for number, forms in enumerate(rule.get("months", ()), start=1)
        for form in forms
    }


@cache
def zones() -> dict[str, str]:
    """Map every time zone's abbreviation to its offset."""
    return {name: offset for rule in rules() for name, offset in rule.get("zones", {}).items()}


@cache
def field_names() -> dict[str, str]:
    """Map every name a head field or a column may have to the name of the record's field.

    >>> field_names()["headline"], field_names()["дата"]
    ('title', 'published')
    """
    return {
        synonym: field
        for rule in rules()
        for field, synonyms in rule.get("fields", {}).items()
        for synonym in synonyms
    }


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """Give the function words by which each language is told from the others."""
    table = load_rules(UNDETERMINED, "reports")["stop_words"]
    return {language: frozenset(line.split()) for language, line in table.items()}


@cache
def openers() -> frozenset[str]:
    """Give the function words of the served languages, which are capitalised only where a sentence begins."""
    return frozenset().union(*(stop_words().get(language, frozenset()) for language in known_languages()))


@cache
def abbreviations() -> tuple[re.Pattern[str], ...]:
    """Give what ends in a full stop without ending a sentence, as each language's ``language.toml`` says."""
    rows = (load_rules(language, "language").get("no_end_after", ()) for language in known_languages())
    return tuple(re.compile(row) for found in rows for row in found)


def numeric_order(language: str) -> str:
    """Give the order of day and month in a date written with slashes: "dmy" or "mdy"."""
    return str(load_rules(language, "reports").get("numeric_order", "dmy"))
