"""Read the words of a source: its noun, its articles, whether it names nobody, a house, or points back.

What the words of a language are is data: ``sources.toml``, ``sources.tsv``, ``roles.tsv``, ``resuming.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from sayso.annotations.referents import House, Pronoun, houses, pronouns
from sayso.languages import load_rules, load_table
from sayso.languages.lexicon import fold
from sayso.records import Span, Spans

RUNNING_ONLY = ("running",)
"""Kinds of a noun that names no speaker, but what the running source speaks through: a report, a note."""
WORD = re.compile(r"[^\W_][\w’'-]*")


@cache
def unnamed(language: str) -> re.Pattern[str]:
    """Compile ``sources.tsv``: how the words of a source begin that names nobody."""
    rows = "|".join(f"(?:{row['pattern']})" for row in load_table(language, "sources")) or "(?!)"
    return re.compile(rf"(?:{rows})", re.IGNORECASE)


@cache
def roles(language: str, use: str) -> re.Pattern[str]:
    """Compile the role nouns of ``roles.tsv`` of one use: spokes, kin, general, or none."""
    nouns = [row["noun"] for row in load_table(language, "roles") if row["use"] == use]
    return re.compile(rf"\b\w*(?:{'|'.join(nouns) or '(?!)'})\b", re.IGNORECASE)


@cache
def titles(language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Compile ``titles.tsv``: a title, and the roles of those who bear it."""
    return tuple(
        (re.compile(rf"\b(?:{row['title']})\b", re.IGNORECASE), re.compile(row["role"], re.IGNORECASE))
        for row in load_table(language, "titles")
    )


@cache
def small_words(language: str, name: str) -> frozenset[str]:
    """Load a list of words of ``sources.toml``: articles, numerals, words that point back."""
    return frozenset(fold(word) for word in load_rules(language, "sources").get(name, "").split())


class SourceWords:
    """Read stretches of a prose as the words of a source."""

    def __init__(self, prose: str, language: str) -> None:
        self.prose, self.language = prose, language
        self.rules: dict[str, Any] = load_rules(language, "sources")
        self.unnamed = unnamed(language)
        self.pronouns = pronouns(language)

    def words(self, span: Span) -> list[str]:
        """Give the words of a stretch, folded."""
        return [fold(word) for word in WORD.findall(self.prose[span[0] : span[1]])]

    def lead(self, span: Span) -> str:
        """Give the words of a source from its noun on: without article, number and small adjectives."""
        text = self.prose[span[0] : span[1]]
        skipped = small_words(self.language, "before_noun")
        at = 0
        for match in WORD.finditer(text):
            word = fold(match.group())
            if word in skipped or match.group()[0].isdigit() or self._is_adjective(match.group()):
                at = match.end() + 1
                continue
            break
        return text[at:]

    def _is_adjective(self, word: str) -> bool:
        rules = self.rules
        if len(word) < 5 or (rules.get("nouns_capital", False) and word[0].isupper()):
            return False
        return word.endswith(tuple(rules.get("adjective_endings", ()))) and not self.unnamed.match(word)

    def whole_pronoun(self, words: Sequence[str]) -> Pronoun | None:
        """Give the pronoun that words are as a whole ("sie selbst", "the latter"), or None."""
        known = self.pronouns
        inner = [word for word in words if word not in small_words(self.language, "before_noun")] or list(
            words
        )
        if len(inner) <= 2 and inner and all(word in known for word in inner):
            return known[inner[0]]
        if len(inner) == 1 or (len(inner) == 2 and inner[1] in small_words(self.language, "emphasis")):
            return known.get(inner[0])
        return None

    def pronoun_in(self, spans: Spans) -> Span | None:
        """Find the pronoun that a cue holds itself: "по его словам", "seiner Ansicht nach"."""
        for start, end in spans:
            for match in WORD.finditer(self.prose, start, end):
                pronoun = self.pronouns.get(fold(match.group()))
                if pronoun is not None and pronoun.use == "possessive" and end - start > len(match.group()):
                    return match.span()
        return None

    def is_definite(self, span: Span) -> bool:
        """Tell whether words speak of somebody known: no "an official", no "another expert"."""
        words = self.words(span)
        return bool(words) and words[0] not in small_words(self.language, "indefinite")

    def house(self, span: Span) -> House | None:
        """Find the noun that stands for a house: the last of the words before any relative clause."""
        text = re.split(r"[,(]", self.prose[span[0] : span[1]])[0]
        for word in reversed(re.findall(r"[\w-]+", re.sub(r"['’]s\b", "", text))):
            for house in houses(self.language):
                if house.noun.search(word):
                    return house
        return None

    def is_person_noun(self, words: str) -> bool:
        """Tell whether a role noun means a person: a listed one, or one with the ending of such nouns."""
        if any(roles(self.language, use).search(words) for use in ("", "general", "kin")):
            return True
        ending = self.rules.get("person_nouns", "(?!)")
        return re.search(ending, words.split(",", maxsplit=1)[0], re.IGNORECASE) is not None

    def title_of(self, words: str) -> re.Pattern[str] | None:
        """Give what the role of the person shows whom a title means: a "head of state" is a president, ..."""
        return next((role for title, role in titles(self.language) if title.search(words)), None)

    def is_office(self, span: Span) -> bool:
        """Tell whether the words name a house by its office alone: "the ministry", "die Polizei"."""
        house = self.house(span)
        named = house is not None and house.kinds != RUNNING_ONLY and self.is_definite(span)
        return named and not self.unnamed.match(self.lead(span))
