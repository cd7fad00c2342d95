"""Score identity: B-cubed over mentions, pairs for merges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping

Figures = dict[str, float]


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Figures:
    """Score a grouping of things against the true one by B-cubed (Bagga and Baldwin 1998).

    Things without a found group are groups of their own.
    """
    group = {thing: found.get(thing, ("alone", thing)) for thing in gold}
    of_gold, of_found = Counter(gold.values()), Counter(group.values())
    both = Counter((gold[thing], group[thing]) for thing in gold)
    total = max(len(gold), 1)
    precision = sum(n * n / of_found[found_] for (_, found_), n in both.items()) / total
    recall = sum(n * n / of_gold[gold_] for (gold_, _), n in both.items()) / total
    return {"precision": precision, "recall": recall, "f1": _f1(precision, recall), "mentions": len(gold)}


def pair_figures(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Figures:
    """Score merges: of the pairs put together, how many belong together (the rest are false merges), and how many of
    those that belong together were put so."""
    group = {thing: found.get(thing, ("alone", thing)) for thing in gold}
    together = _pairs(group.values())
    belonging = _pairs(gold.values())
    right = _pairs((gold[thing], group[thing]) for thing in gold)
    precision, recall = right / max(together, 1), right / max(belonging, 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": _f1(precision, recall),
        "false_merges": 1 - precision if together else 0.0,
    }


def _pairs(groups: object) -> int:
    counts: Counter[Hashable] = Counter(groups)  # type: ignore[call-overload]
    return sum(n * (n - 1) // 2 for n in counts.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def split_groups(
    gold: Mapping[str, Hashable], found: Mapping[str, Hashable]
) -> dict[Hashable, Counter[Hashable]]:
    """Give the true groups that were torn apart, with the found groups of their pieces."""
    pieces: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for thing, key in gold.items():
        pieces[key][found.get(thing)] += 1
    return {key: groups for key, groups in pieces.items() if len(groups) > 1}
