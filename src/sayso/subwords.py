"""Cut prose into words and words into the encoder's subwords.

A word is read for itself (the unigram cut of Kudo 2018 under the pieces that were kept), so every subword
belongs to exactly one word and offsets are exact. Cuts are remembered: news repeats its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Span = tuple[int, int]

START, PAD, END, UNKNOWN = 0, 1, 2, 3
LONGEST_WORD = 64  # code points read of one word; the rest of a longer run adds nothing
LONGEST_PIECE = 16
REMEMBERED = 200_000

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:[-'’ʼ\u00ad\u0301]+\w+)*|[^\w\s]")
_DROPPED = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0301\x00-\x08\x0e-\x1f\x7f]")


def words_of(text: str) -> list[Span]:
    """Find the words and marks of a text, as spans.

    >>> [("Er sagt: ‚Ja.‘")[a:b] for a, b in words_of("Er sagt: ‚Ja.‘")]
    ['Er', 'sagt', ':', '‚', 'Ja', '.', '‘']
    """
    return [found.span() for found in _WORD.finditer(text)]


class Subwords:
    """Cut words by the pieces a model was trained with; piece `i` has the id `i`."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self.ids = {piece: index for index, piece in enumerate(pieces)}
        self.scores = list(scores)
        self.unknown_score = min(self.scores) - 10.0
        self.remembered: dict[str, tuple[int, ...]] = {}

    def cut(self, word: str, spaced: bool) -> tuple[int, ...]:
        """Cut one word; `spaced` says whether white space stands before it. Never empty."""
        key = "▁" + word if spaced else word
        found = self.remembered.get(key)
        if found is None:
            clean = unicodedata.normalize("NFKC", _DROPPED.sub("", word[:LONGEST_WORD])).replace(" ", "")
            found = self._best("▁" + clean if spaced else clean) or (UNKNOWN,)
            if len(self.remembered) < REMEMBERED:
                self.remembered[key] = found
        return found

    def _best(self, text: str) -> tuple[int, ...]:
        whole = self.ids.get(text)
        if whole is not None and len(text) <= 2:
            return (whole,)
        size = len(text)
        best = [0.0] + [-1e30] * size
        back = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            self._extend(text, start, best, back)
        pieces = []
        while size:
            size, piece = back[size]
            pieces.append(piece)
        return tuple(reversed(pieces))

    def _extend(self, text: str, start: int, best: list[float], back: list[tuple[int, int]]) -> None:
        reached = best[start]
        if reached + self.unknown_score > best[start + 1]:
            best[start + 1], back[start + 1] = reached + self.unknown_score, (start, UNKNOWN)
        for end in range(start + 1, min(len(text), start + LONGEST_PIECE) + 1):
            piece = self.ids.get(text[start:end])
            if piece is not None and reached + self.scores[piece] > best[end]:
                best[end], back[end] = reached + self.scores[piece], (start, piece)


class Laid:
    """A text laid out for the encoder: its words, their subwords, and before which words a block begins."""

    def __init__(self, text: str, breaks: Sequence[int], subwords: Subwords) -> None:
        self.words = words_of(text)
        self.pieces = [
            subwords.cut(text[start:end], start == 0 or text[start - 1].isspace())
            for start, end in self.words
        ]
        self.opens = _opens(self.words, breaks)
        self.sizes = [len(pieces) + opens for pieces, opens in zip(self.pieces, self.opens, strict=True)]

    def ids(self, first: int, last: int) -> tuple[list[int], list[int]]:
        """Give the subword ids of the words first..last-1 with START, END and block marks, and where
        each of these words begins among them."""
        ids, begins = [START], []
        for index in range(first, last):
            if self.opens[index] and index > first:
                ids.append(END)
            begins.append(len(ids))
            ids.extend(self.pieces[index])
        ids.append(END)
        return ids, begins


def _opens(words: list[Span], breaks: Sequence[int]) -> list[bool]:
    opens, pending, at = [], sorted(breaks), 0
    for start, _ in words:
        opened = False
        while at < len(pending) and pending[at] <= start:
            opened, at = True, at + 1
        opens.append(opened)
    return opens
