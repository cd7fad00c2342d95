"""Score temporal expressions as TempEval-3 does: spans strict and relaxed, with type and value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

MEASURES = ("strict", "relaxed", "relaxed type", "strict value", "relaxed value")


class Expression(Protocol):
    """Stand for anything with a span, a TIMEX3 type and a value."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def value(self) -> str: ...


def pair(gold: Sequence[Expression], found: Sequence[Expression]) -> list[tuple[int, int]]:
    """Pair expressions that overlap, one to one: equal spans first, then those that share most."""
    candidates = []
    for left, one in enumerate(gold):
        for right, other in enumerate(found):
            shared = min(one.end, other.end) - max(one.start, other.start)
            if shared > 0:
                candidates.append(((one.start, one.end) != (other.start, other.end), -shared, left, right))
    pairs: list[tuple[int, int]] = []
    for _, _, left, right in sorted(candidates):
        if all(left != used and right != taken for used, taken in pairs):
            pairs.append((left, right))
    return pairs


def count(gold: Sequence[Expression], found: Sequence[Expression]) -> Counter[str]:
    """Count, for one text, what `f_scores` needs."""
    counts: Counter[str] = Counter(gold=len(gold), found=len(found))
    for left, right in pair(gold, found):
        one, other = gold[left], found[right]
        exact = (one.start, one.end) == (other.start, other.end)
        value = one.value == other.value
        counts["relaxed"] += 1
        counts["strict"] += exact
        counts["relaxed type"] += one.type == other.type
        counts["relaxed value"] += value
        counts["strict value"] += exact and value
    return counts


def f_scores(counts: Counter[str]) -> dict[str, float]:
    """Give F1 of each measure in per cent, and relaxed precision and recall.

    >>> f_scores(Counter(gold=4, found=4, strict=2, relaxed=3))["relaxed"]
    75.0
    """
    both = counts["gold"] + counts["found"]
    scores = {name: round(200 * counts[name] / both, 1) if both else 0.0 for name in MEASURES}
    for name, whole in (("precision", "found"), ("recall", "gold")):
        scores[name] = round(100 * counts["relaxed"] / counts[whole], 1) if counts[whole] else 0.0
    return scores
