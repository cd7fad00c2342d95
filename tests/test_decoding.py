"""Decoding: paths, runs, names, duplicates - against brute force where there is one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sayso.decoding import distinct, members, names, runs


def best_by_trying(logits: np.ndarray, cost: float) -> tuple[bool, ...]:
    def gain(path: tuple[bool, ...]) -> float:
        switches = sum(a != b for a, b in zip((False, *path), (*path, False), strict=True))
        return (
            float(sum(value for value, inside in zip(logits, path, strict=True) if inside)) - cost * switches
        )

    return max(product((False, True), repeat=len(logits)), key=gain)


@pytest.mark.parametrize("seed", range(20))
def test_members_is_the_best_path(seed: int) -> None:
    logits = np.random.default_rng(seed).normal(0, 2, (1, 9, 1)).astype(np.float32)
    chosen = members(logits, np.array([1.3], np.float32))[0, :, 0]
    assert tuple(chosen.tolist()) == best_by_trying(logits[0, :, 0], 1.3)


def test_members_bridges_a_doubtful_word_but_not_a_gap() -> None:
    logits = np.array([3, 3, -0.5, 3, -9, -9, 3], np.float32).reshape(1, -1, 1)
    chosen = members(logits, np.array([1.0], np.float32))[0, :, 0]
    assert chosen.tolist() == [True, True, True, True, False, False, True]


def test_members_of_nothing() -> None:
    assert members(np.zeros((0, 5, 7), np.float32), np.ones(7)).shape == (0, 5, 7)


def test_runs() -> None:
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.zeros(3, bool)) == []


def test_names_split_where_a_new_one_begins() -> None:
    tags = np.full((4, 5), -5.0)
    tags[0, 1] = tags[1, 2] = tags[2, 3] = tags[3, 0] = 5.0
    assert [(a, b, kind) for a, b, kind, _ in names(tags, 2)] == [(0, 2, 0), (2, 3, 1)]


def test_distinct_keeps_the_surer_of_two_readings_and_both_of_two_speakers() -> None:
    contents = [np.arange(3, 9), np.arange(3, 9), np.arange(3, 9)]
    cues = [np.array([1]), np.array([1]), np.array([11])]
    assert distinct(contents, cues, np.array([0.6, 0.9, 0.7])) == [1, 2]
