"""Match a language's words and phrases in prose, as its data files spell them.

A pattern is a row of elements separated by spaces:

    arrest        that very form
    verhaft~      a word that begins so
    -protest~     the same, or a compound that ends so ("Massenproteste")
    nahm|nahmen   one of several
    ...           a gap of some words inside one clause ("nahm ... fest")

Words are compared in lower case, Russian ё as е, the curly apostrophe as the straight one. Matching
costs a few look-ups a word, however large the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

GAP = 9
"""Words a gap may span: a German sentence bracket in news prose rarely holds more."""

_TOKEN = re.compile(
    r"\d{1,3}(?:[\u00a0\u202f\u2009 .,’']\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_][\w\u0301]*(?:[-’'][^\W\d_][\w\u0301]*)*"
    r"|[^\s\w]|_"
)
_FOLD = str.maketrans({"ё": "е", "Ё": "Е", "’": "'"})
_STOPS = frozenset('.;:!?()[]–—"„“”«»')


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a prose as words and punctuation marks: folded forms, and where each stands."""

    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    capital: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.forms)

    def at(self, first: int, last: int) -> tuple[int, int]:
        """Give the span in the prose of the words `first` to `last`, both included."""
        return self.starts[first], self.ends[last]


def fold(text: str) -> str:
    """Fold a word for comparison: lower case, ё as е, straight apostrophe.

    >>> fold("Её")
    'ее'
    """
    return text.translate(_FOLD).lower()


def split_words(prose: str, start: int = 0, end: int | None = None) -> Words:
    """Split a stretch of prose into words and marks, numbers with their group separators in one piece.

    >>> split_words("Mehr als 12 000 kamen.").forms
    ('mehr', 'als', '12 000', 'kamen', '.')
    """
    found = list(_TOKEN.finditer(prose, start, len(prose) if end is None else end))
    return Words(
        forms=tuple(fold(match.group()) for match in found),
        starts=tuple(match.start() for match in found),
        ends=tuple(match.end() for match in found),
        capital=tuple(match.group()[0].isupper() for match in found),
    )


@dataclass(frozen=True, slots=True)
class _Element:
    forms: frozenset[str]
    stems: tuple[str, ...]
    tails: tuple[str, ...]
    after_gap: bool

    def fits(self, form: str) -> bool:
        if form in self.forms or form.startswith(self.stems):
            return True
        return any(tail in form[2:] for tail in self.tails)


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Hold one hit: the indices of its words in order, and what the pattern stands for."""

    words: tuple[int, ...]
    value: T
    length: int = 0
    compound: bool = False

    @property
    def first(self) -> int:
        """Give the index of the first word."""
        return self.words[0]

    @property
    def last(self) -> int:
        """Give the index of the last word."""
        return self.words[-1]


@dataclass(slots=True)
class Lexicon(Generic[T]):
    """Find the patterns of a lexicon in words; `T` is what a pattern stands for."""

    _forms: dict[str, list[tuple[tuple[_Element, ...], T]]] = field(default_factory=dict)
    _stems: dict[str, list[tuple[tuple[_Element, ...], T]]] = field(default_factory=dict)
    _tails: dict[str, list[tuple[tuple[_Element, ...], T]]] = field(default_factory=dict)
    _tail_search: re.Pattern[str] | None = None
    _shortest: int = 99
    _longest: int = 0

    @classmethod
    def of(cls, entries: Iterable[tuple[str, T]]) -> Lexicon[T]:
        """Build a lexicon from (pattern, value) pairs."""
        lexicon = cls()
        for pattern, value in entries:
            lexicon._add(_parse(pattern), value)
        tails = sorted(lexicon._tails, key=len, reverse=True)
        lexicon._tail_search = re.compile("|".join(map(re.escape, tails))) if tails else None
        return lexicon

    def _add(self, elements: tuple[_Element, ...], value: T) -> None:
        entry = (elements, value)
        first = elements[0]
        for form in first.forms:
            self._forms.setdefault(form, []).append(entry)
        for stem in (*first.stems, *first.tails):
            self._stems.setdefault(stem, []).append(entry)
            self._shortest = min(self._shortest, len(stem))
            self._longest = max(self._longest, len(stem))
        for tail in first.tails:
            self._tails.setdefault(tail, []).append(entry)

    def at(self, words: Words, index: int, end: int | None = None) -> list[Match[T]]:
        """List the hits whose first word stands at `index`, the longest first."""
        form = words.forms[index]
        hits = [
            Match((index, *rest), value, len(form))
            for elements, value in self._forms.get(form, ())
            if (rest := _rest(words, index, elements, end)) is not None
        ]
        for size in range(self._shortest, min(self._longest, len(form)) + 1):
            for elements, value in self._stems.get(form[:size], ()):
                if (rest := _rest(words, index, elements, end)) is not None:
                    hits.append(Match((index, *rest), value, size))
        if not hits and self._tail_search and (tail := self._tail_search.search(form, 3)):
            for elements, value in self._tails[tail.group()]:
                if (rest := _rest(words, index, elements, end)) is not None:
                    hits.append(Match((index, *rest), value, len(tail.group()), compound=True))
        return sorted(hits, key=lambda hit: (-len(hit.words), -_told(words, hit), -hit.length))

    def find(self, words: Words, start: int = 0, end: int | None = None) -> list[Match[T]]:
        """List the best hit at each word between two indices."""
        stop = len(words) if end is None else end
        best = (self.at(words, index, stop) for index in range(start, stop))
        return [hits[0] for hits in best if hits]

    def holds(self, words: Words, start: int, end: int) -> bool:
        """Say whether any pattern occurs between two indices."""
        return any(self.at(words, index, end) for index in range(start, end))


def _told(words: Words, hit: Match[T]) -> int:
    """Count the letters of a hit's later words: of two patterns of one length the more telling one wins."""
    return sum(len(words.forms[at]) for at in hit.words[1:])


def _parse(pattern: str) -> tuple[_Element, ...]:
    elements: list[_Element] = []
    gap = False
    for piece in fold(pattern).split():
        if piece == "...":
            gap = True
            continue
        options = piece.split("|")
        tails = tuple(part[1:].rstrip("~") for part in options if part.startswith("-"))
        elements.append(
            _Element(
                forms=frozenset(part for part in options if not part.endswith("~") and part[0] != "-"),
                stems=tails + tuple(part[:-1] for part in options if part.endswith("~") and part[0] != "-"),
                tails=tails,
                after_gap=gap,
            )
        )
        gap = False
    return tuple(elements)


def _rest(words: Words, index: int, elements: Sequence[_Element], end: int | None) -> tuple[int, ...] | None:
    found: list[int] = []
    stop = len(words) if end is None else end
    for element in elements[1:]:
        index = _next(words, index, element, stop)
        if index < 0:
            return None
        found.append(index)
    return tuple(found)


def _next(words: Words, index: int, element: _Element, stop: int) -> int:
    reach = GAP if element.after_gap else 1
    for step in range(1, reach + 1):
        here = index + step
        if here >= stop or words.forms[here] in _STOPS:
            return -1
        if element.fits(words.forms[here]):
            return here
    return -1
