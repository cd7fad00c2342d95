"""Say how like two names are, and why: the one place where it is decided what may be merged.

A score of `SAME` and more merges, one from `DOUBTFUL` on is worth a look; the reason goes with it to the
analyst. Persons are compared word by word (given names by their equivalents too), other names by sound or by
what their words mean.
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from sayso.entities.known import role_words, table
from sayso.entities.names import base_forms, fold, same_word, skeletons, sounds, word_similarity
from sayso.entities.terms import content_words, terms_of

Form = tuple[str, str]
"""A folded name and the language of the report it stands in."""

SAME = 0.82
DOUBTFUL = 0.6

_PARTICLES = frozenset(
    [
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "abu",
        "af",
        "av",
        "zu",
        "фон",
        "ван",
        "дер",
        "де",
        "да",
        "ди",
        "аль",
        "бин",
        "ибн",
        "бен",
    ]
)
_PATRONYMIC = (
    "вич", "вна", "ична", "вича", "вичем", "вичу", "вны", "вне", "вной",
    "witsch", "vich", "wna", "vna", "ovic",
)  # fmt: skip
_TRAILING = frozenset(["of", "from", "von", "aus", "und", "and", "jr", "sr", "из", "и"])
_MOST_WORDS = 6
_LIKE_GIVEN = 0.6
_SAME_SURNAME = 0.86
"""Least likeness of surnames that one language spells in two ways: it has fewer reasons to."""


class Likeness(msgspec.Struct, frozen=True):
    """Hold how like two names are (0 to 1) and why."""

    score: float
    reason: str


NOTHING = Likeness(0.0, "nothing in common")


@cache
def _given_rows() -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(table("given_names.tsv")):
        for name in row["forms"].split():
            rows.setdefault(fold(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in rows.items()}


def given_rows(word: str) -> frozenset[int]:
    """Give the rows of equivalent given names a folded word stands in."""
    return _given_rows().get(word, frozenset())


@lru_cache(maxsize=100_000)
def person_words(folded: str, language: str = "und") -> tuple[str, ...]:
    """Give the words of a person's name: without titles before it, particles and patronymics; surname last.

    >>> person_words("лавров сергей викторович", "ru"), person_words("gouverneur milos veselic", "de")
    (('сергей', 'лавров'), ('milos', 'veselic'))
    """
    words = folded.split()[:_MOST_WORDS]
    while len(words) > 1 and words[-1] in _TRAILING:
        words.pop()
    while len(words) > 2 and role_words(words[0], language):
        words = words[1:]
    if len(words) > 2:
        words = [word for word in words if word not in _PARTICLES] or words
    if len(words) == 3 and words[2].endswith(_PATRONYMIC):
        return words[1], words[0]
    if len(words) > 2:
        words = [words[0], *(w for w in words[1:-1] if not w.endswith(_PATRONYMIC)), words[-1]]
    return tuple(words)


def persons_likeness(left: Form, right: Form) -> Likeness:
    """Compare two full names of persons.

    >>> persons_likeness(("касым жомарт токаев", "ru"), ("kassym schomart tokajew", "de")).score >= SAME
    True
    >>> persons_likeness(("sergei iwanow", "de"), ("viktor iwanow", "de")).score >= SAME
    False
    """
    if left[0] == right[0]:
        return Likeness(1.0, "the same words")
    mine, theirs = person_words(*left), person_words(*right)
    if len(mine) < 2 or len(theirs) < 2:
        return NOTHING
    straight = _ordered(mine, theirs, left[1], right[1])
    if straight.score < SAME:
        turned = _ordered((*mine[1:], mine[0]), theirs, left[1], right[1], turned=True)
        return max(straight, turned, key=lambda found: found.score)
    return straight


def _ordered(
    mine: tuple[str, ...], theirs: tuple[str, ...], language: str, other: str, turned: bool = False
) -> Likeness:
    surname = _word_likeness(mine[-1], theirs[-1], language, other)
    if surname < (_SAME_SURNAME if language == other else SAME):
        near = _near(mine[-1], theirs[-1], language, other)
        given, _ = _given_likeness(mine[:-1], theirs[:-1], language, other)
        return Likeness(min(near, 0.78) if given >= SAME else min(near, 0.5), "surnames differ")
    given, why = _given_likeness(mine[:-1], theirs[:-1], language, other)
    if why == "initial":
        return Likeness(min(surname, given), "the surname agrees, of a given name only the initial is there")
    if given < SAME and not (given >= _LIKE_GIVEN and surname >= 0.96 and why == "alike" and not turned):
        return Likeness(min(0.78, given * surname), "the surname agrees, given names differ")
    score = 0.5 * surname + 0.5 * max(given, SAME) - (0.03 if turned else 0.0)
    return Likeness(score, "all names sound alike, in another order" if turned else "all names sound alike")


def _near(a: str, b: str, language: str, other: str) -> float:
    if not skeletons(a, language) & skeletons(b, other):
        return 0.0
    return max(0.0, word_similarity(a, b, language, other))


def _word_likeness(a: str, b: str, language: str, other: str) -> float:
    if a == b:
        return 1.0
    return word_similarity(a, b, language, other) if same_word(a, b, language, other) else 0.0


def _given_likeness(
    mine: tuple[str, ...], theirs: tuple[str, ...], language: str, other: str
) -> tuple[float, str]:
    """Compare given names: each of the shorter row must find its fellow in the longer, in order."""
    short, long_, a, b = (mine, theirs, language, other)
    if len(short) > len(long_):
        short, long_, a, b = long_, short, b, a
    total, at, why = 0.0, 0, "alike"
    for word in short:
        ranked = [(_one_given(word, long_[i], a, b), -i) for i in range(at, len(long_))]
        if not ranked:
            return 0.0, "differ"
        (score, kind), place = max(ranked, key=lambda item: (item[0][0], item[1]))
        if kind == "initial":
            why = kind
        total, at = total + score, -place + 1
    return total / len(short), why


def _one_given(word: str, theirs: str, language: str, other: str) -> tuple[float, str]:
    if len(word) == 1 or len(theirs) == 1:
        mine, yours = ({sound[:1] for sound in sounds(w)} for w in (word[:1], theirs[:1]))
        return (0.85, "initial") if mine & yours or word[0] == theirs[0] else (0.0, "initial")
    rows = _given_rows()
    score = _word_likeness(word, theirs, language, other)
    mine, yours = rows.get(word, frozenset()), rows.get(theirs, frozenset())
    if mine & yours:
        return 0.95, "alike"
    if mine and yours and score < 1.0 and not _declined(word, theirs):
        return 0.0, "differ"
    if score >= SAME:
        return score, "alike"
    if skeletons(word, language) & skeletons(theirs, other):
        return max(0.0, word_similarity(word, theirs, language, other)), "alike"
    return 0.0, "differ"


def _declined(word: str, theirs: str) -> bool:
    """Tell whether one of two given names may be the other with a Russian ending (Валентина of Валентин)."""
    return word in base_forms(theirs, "ru") or theirs in base_forms(word, "ru")


def names_likeness(left: Form, right: Form) -> Likeness:
    """Compare two names that are no persons': by sound word by word, else by what the words mean.

    >>> names_likeness(("burgerfront", "de"), ("гражданский фронт", "ru")).reason
    'the words mean the same'
    >>> names_likeness(("kanal 2", "de"), ("kanal 3", "de")).score < DOUBTFUL
    True
    """
    if left[0] == right[0]:
        return Likeness(1.0, "the same words")
    mine, theirs = content_words(left[0])[:8], content_words(right[0])[:8]
    if len(mine) == len(theirs):
        scores = [
            _word_likeness(a, b, left[1], right[1]) if not (a.isdigit() or b.isdigit()) else float(a == b)
            for a, b in zip(mine, theirs, strict=True)
        ]
        if min(scores) >= SAME:
            return Likeness(sum(scores) / len(scores), "all words sound alike")
        sound = sum(scores) / len(scores) if min(scores) > 0 else 0.0
    else:
        sound = 0.0
    if _mean_the_same(mine, theirs, left[1], right[1]):
        return Likeness(0.86, "the words mean the same")
    return Likeness(min(sound, 0.78), "some words sound alike") if sound else NOTHING


def _mean_the_same(mine: list[str], theirs: list[str], language: str, other: str) -> bool:
    """Match the words' parts one to one, by meaning or by sound; at least two, one of them by meaning."""
    left, right = list(parts_of(mine, language)), list(parts_of(theirs, other))
    if len(left) != len(right) or len(left) < 2 or language == other:
        return False
    for part in left:
        fellow = next((one for one in right if _fellows(part, one, language, other)), None)
        if fellow is None:
            return False
        right.remove(fellow)
    return any(isinstance(part, frozenset) for part in left)


def parts_of(words: list[str], language: str) -> list[frozenset[str] | str]:
    """Give the parts of a name's words: what a part may mean, or the word where it means nothing known."""
    parts: list[frozenset[str] | str] = []
    for word in words:
        parts.extend(terms_of(word, language) or (word,))
    return parts


def _fellows(part: frozenset[str] | str, other: frozenset[str] | str, language: str, foreign: str) -> bool:
    if isinstance(part, frozenset) and isinstance(other, frozenset):
        return bool(part & other)
    if isinstance(part, str) and isinstance(other, str):
        return same_word(part, other, language, foreign)
    return False
