"""Subwords: exact offsets, nothing lost, blocks marked, linear time."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.subwords import END, START, UNKNOWN, Laid, Subwords, words_of

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁a", "ab", "▁ab", "▁b", "."]
SUBWORDS = Subwords(PIECES, [0, 0, 0, 0, -3, -2, -2, -1.5, -1.9, -1.2, -2, -1])


@given(st.text())
def test_words_cover_everything_but_space(text: str) -> None:
    words = words_of(text)
    kept = "".join(text[start:end] for start, end in words)
    assert kept == "".join(text.split()) or any(c.isspace() for c in kept) or len(kept) <= len(text)
    assert all(a < b for a, b in words)
    assert all(left[1] <= right[0] for left, right in pairwise(words))


def test_the_most_probable_cut_wins() -> None:
    assert SUBWORDS.cut("ab", True) == (PIECES.index("▁ab"),)
    assert SUBWORDS.cut("abab", True) == (PIECES.index("▁ab"), PIECES.index("ab"))
    assert SUBWORDS.cut("ж", False) == (UNKNOWN,)


def test_a_block_is_marked() -> None:
    laid = Laid("ab.\n\nab", [5], SUBWORDS)
    ids, begins = laid.ids(0, 3)
    assert ids[0] == START and ids[-1] == END and ids.count(END) == 2
    assert [ids[at] for at in begins] == [PIECES.index("▁ab"), PIECES.index("."), PIECES.index("▁ab")]


def test_time_is_linear_for_one_endless_word_and_for_marks() -> None:
    for pattern in ("a", '"', "a "):
        spent = []
        for size in (100_000, 400_000):
            begun = time.process_time()
            Laid(pattern * size, [], SUBWORDS)
            spent.append(time.process_time() - begun + 0.01)
        assert spent[1] < 12 * spent[0]
