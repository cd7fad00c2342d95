"""Read the words institutions are named with as what they mean, to meet translated names.

"Bürgerfront", "Civic Front" and "Гражданский фронт" are one name where every word of the one has its fellow
in the other: by meaning where ``name_words.tsv`` knows the word, else by sound. German compounds are taken
apart with the same words.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from sayso.entities.known import table
from sayso.entities.names import base_forms

_SMALL = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "und",
        "fur",
        "von",
        "zu",
        "zur",
        "zum",
        "im",
        "in",
        "am",
        "an",
        "auf",
        "bei",
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "in",
        "on",
        "at",
        "to",
        "no",
        "nr",
        "num",
        "и",
        "в",
        "во",
        "на",
        "по",
        "за",
        "при",
        "для",
        "с",
        "от",
        "из",
        "о",
        "об",
        "де",
        "da",
        "do",
        "du",
        "la",
        "le",
        "el",
        "los",
        "las",
        "les",
        "et",
        "y",
    ]
)
_JOINTS = {"de": ("", "s", "es", "n", "en", "er", "e"), "ru": ("", "о", "е")}
_LONGEST_REST = 4


@cache
def _stems(language: str) -> dict[str, frozenset[str]]:
    """Give a language's stems with the terms each may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("name_words.tsv"):
        for stem in filter(None, row.get(language, "").split(",")):
            found[stem].add(row["term"])
    return {stem: frozenset(terms) for stem, terms in found.items()}


def content_words(folded: str) -> list[str]:
    """Give the words of a folded name that mean something.

    >>> content_words("institut fur grenzforschung")
    ['institut', 'grenzforschung']
    """
    words = folded.split()
    return [word for word in words if word not in _SMALL] or words


@lru_cache(maxsize=100_000)
def terms_of(word: str, language: str) -> tuple[frozenset[str], ...]:
    """Give what a word's parts may mean, or nothing where it is not known as a whole.

    >>> [sorted(part) for part in terms_of("burgerfront", "de")]
    [['citizens'], ['front']]
    >>> terms_of("kardag", "de")
    ()
    """
    if language not in ("de", "en", "ru") or len(word) > 40:
        return ()
    if (whole := _term(word, language)) is not None:
        return (whole,)
    return _compound(word, language) if language in _JOINTS else ()


def _term(word: str, language: str) -> frozenset[str] | None:
    stems = _stems(language)
    for form in (word, *base_forms(word, language)[1:]):
        if form in stems:
            return stems[form]
    for cut in range(1, min(_LONGEST_REST, len(word) - 3) + 1):
        stem = word[:-cut]
        if stem in stems and (len(stem) >= 5 or cut <= 3) and not (language == "de" and cut > 2):
            return stems[stem]
    return None


def _compound(word: str, language: str) -> tuple[frozenset[str], ...]:
    """Take a compound apart, the longest first part first."""
    stems = _stems(language)
    for end in range(len(word) - 3, 2, -1):
        if word[:end] not in stems:
            continue
        for joint in _JOINTS[language]:
            if word.startswith(joint, end) and (rest := terms_of(word[end + len(joint) :], language)):
                return (stems[word[:end]], *rest)
    return ()
