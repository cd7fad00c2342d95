"""Turn the numbers of the model into word indices: which words play which role, which make a name.

Everything is vectorised over the anchors of a call; time is linear in the words of a window.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

SWITCH = {
    "content": 1.5,
    "cue": 0.7,
    "source": 1.0,
    "addressee": 1.0,
    "medium": 1.0,
    "frame": 1.0,
    "clause": 1.0,
}
"""What entering or leaving a role costs, in log odds: whole phrases instead of scattered words."""

SAME = 0.8  # two attributions whose contents overlap this much are one read twice


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return the logistic function, safe for large values."""
    return 0.5 * (1 + np.tanh(0.5 * x))


def members(logits: np.ndarray, costs: np.ndarray) -> np.ndarray:
    """Choose the words of each role: the best path of in and out under a switching cost (Viterbi).

    `logits` is anchors x words x roles, `costs` one value a role; returns a boolean array of that shape.
    """
    anchors, words, roles = logits.shape
    if not anchors or not words:
        return np.zeros(logits.shape, dtype=bool)
    steps = np.ascontiguousarray(logits.transpose(1, 0, 2))
    costs = np.broadcast_to(costs.astype(np.float32), (anchors, roles))
    gain = -costs.copy()  # best score of being inside, over the best of being outside
    entered = np.zeros(steps.shape, dtype=bool)
    left = np.zeros(steps.shape, dtype=bool)
    for index in range(words):
        entered[index] = gain <= -costs  # coming from outside is better than having stayed inside
        left[index] = gain > costs  # outside now is best reached by leaving
        gain = np.clip(gain, -costs, costs) + steps[index]
    return _traced(gain > costs, entered, left).transpose(1, 0, 2)


def _traced(inside: np.ndarray, entered: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Follow the best path back: was a word inside, given that the next one was or was not."""
    chosen = np.zeros(entered.shape, dtype=bool)
    for index in range(len(entered) - 1, -1, -1):
        chosen[index] = inside
        inside = np.where(inside, ~entered[index], left[index])
    return chosen


def runs(mask: np.ndarray) -> list[tuple[int, int]]:
    """Return the runs of true values of a vector, half-open."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def names(tags: np.ndarray, kinds: int) -> list[tuple[int, int, int, float]]:
    """Read BIO tag logits (words x (1 + 2 * kinds)) as (first, past the last, kind, score).

    The kind of a name is the one that its words together favour; a name begins at a B tag or where an I tag
    follows none.
    """
    if not len(tags):
        return []
    shares = np.exp(tags - tags.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    inside = shares[:, 0] < 0.5
    begin = shares[:, 1::2].sum(1) > shares[:, 2::2].sum(1)
    found = []
    for start, end in runs(inside):
        cuts = [start, *(index for index in range(start + 1, end) if begin[index]), end]
        for first, last in pairwise(cuts):
            both = shares[first:last, 1:].reshape(last - first, kinds, 2).sum(2).mean(0)
            found.append((first, last, int(both.argmax()), float(both.max())))
    return found


def distinct(contents: list[np.ndarray], cues: list[np.ndarray], scores: np.ndarray) -> list[int]:
    """Drop what was read twice: nearly the same content under the same cue words. Keep the surer."""
    kept: list[int] = []
    by_word: dict[int, list[int]] = {}
    for index in np.argsort(-scores, kind="stable"):
        rivals = {rival for word in contents[index][:1] for rival in by_word.get(int(word), ())}
        rivals |= {rival for word in contents[index][-1:] for rival in by_word.get(int(word), ())}
        if any(_same(contents[index], contents[r]) and _shared(cues[index], cues[r]) for r in rivals):
            continue
        kept.append(int(index))
        for word in contents[index]:
            by_word.setdefault(int(word), []).append(int(index))
    return sorted(kept)


def _same(left: np.ndarray, right: np.ndarray) -> bool:
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common >= SAME * (len(left) + len(right) - common)


def _shared(left: np.ndarray, right: np.ndarray) -> bool:
    return (not len(left) and not len(right)) or len(np.intersect1d(left, right)) > 0
