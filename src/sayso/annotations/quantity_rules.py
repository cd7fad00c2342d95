"""The words a language counts with, in the form the annotator wants them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.languages import load_rules
from sayso.languages.lexicon import Lexicon
from sayso.languages.numbers import Grammar, load_grammar
from sayso.records import QuantityKind, QuantityMod


@dataclass(frozen=True)
class QuantityRules:
    """Hold what a language counts with: number words, bounds, marks, what can be counted and what cannot."""

    grammar: Grammar
    bounds: Lexicon[QuantityMod]
    between: frozenset[str]
    joins: frozenset[str]
    partitive: Lexicon[bool]
    pronouns: frozenset[str]
    rise_from: frozenset[str]
    links: frozenset[str]
    marks: Lexicon[str]
    what: Lexicon[QuantityKind]
    nouns: Lexicon[str]
    money: Lexicon[bool]
    not_counted: Lexicon[bool]
    not_before: Lexicon[bool]
    capital_nouns: bool


@cache
def load_quantity_rules(language: str) -> QuantityRules:
    """Load the counting words of a language; one without them counts nothing."""
    data: dict[str, Any] = load_rules(language, "quantities")
    spread = {name: data.get(name, {}) for name in ("range", "partitive", "money", "not_counted")}
    marks = [
        (pattern, kind)
        for kind in ("addition", "total", "among", "rise")
        for pattern in data.get(kind, {}).get("patterns", ())
    ]
    return QuantityRules(
        grammar=load_grammar(language),
        bounds=Lexicon.of(_pairs(data.get("bounds", {}))),
        between=frozenset(spread["range"].get("between", ())),
        joins=frozenset(spread["range"].get("joins", ("-", "–"))),
        partitive=Lexicon.of((pattern, True) for pattern in spread["partitive"].get("words", ())),
        pronouns=frozenset(spread["partitive"].get("pronouns", ())),
        links=frozenset(spread["partitive"].get("links", ())),
        rise_from=frozenset(data.get("rise", {}).get("from", ())),
        marks=Lexicon.of(marks),
        what=Lexicon.of(_pairs(data.get("what", {}))),
        nouns=Lexicon.of(_pairs(data.get("nouns", {}))),
        money=Lexicon.of((pattern, True) for pattern in spread["money"].get("units", ())),
        not_counted=Lexicon.of((pattern, True) for pattern in spread["not_counted"].get("nouns", ())),
        not_before=Lexicon.of((pattern, True) for pattern in spread["not_counted"].get("before", ())),
        capital_nouns=bool(data.get("compounds")),
    )


def _pairs(table: dict[str, list[str]]) -> list[tuple[str, Any]]:
    return [(pattern, name) for name, patterns in table.items() for pattern in patterns]
