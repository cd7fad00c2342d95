"""Score attributions after the published definitions; pure functions over token sets.

An attribution is a mapping role -> frozenset of token indices.

tokens, exact, half   F1 over tokens carrying a role; over equal spans; over spans paired one to one with
                      |A & B| / |A | B| >= 0.5 (PolNeAR, CofeNet, Citron)
quote+source          attributions whose contents pair (half) and sources share a token or are both empty
macro, joint          Petersen-Frey & Biemann 2024, SpkAtt-2023: attributions paired by the best total content
                      F1; precision and recall a role and attribution, averaged over those that have a value;
                      F1 of the averages; "joint" pools the roles, "roles" those but the content
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Span = tuple[int, int]
Roles = dict[str, frozenset[int]]
Figures = dict[str, float]

WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


def tokens(text: str, punctuation: bool = False) -> list[Span]:
    """Cut a text into the tokens that are counted; edges made of punctuation never matter by default."""
    found = (match.span() for match in WORD.finditer(text))
    return [
        (start, end) for start, end in found if punctuation or text[start].isalnum() or text[start] == "_"
    ]


def covered(spans: Iterable[Span], cut: Sequence[Span]) -> frozenset[int]:
    """Return the indices of the tokens that the spans overlap."""
    starts, ends = [start for start, _ in cut], [end for _, end in cut]
    found: set[int] = set()
    for start, end in spans:
        found.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return frozenset(found)


def pairs(
    gold: Sequence[frozenset[int]], read: Sequence[frozenset[int]], least: float
) -> list[tuple[int, int]]:
    """Pair spans one to one, best Jaccard index first, none under `least`."""
    candidates = []
    for i, left in enumerate(gold):
        for j, right in enumerate(read):
            common = len(left & right)
            if common and common >= least * len(left | right):
                candidates.append((-common / len(left | right), i, j))
    used_gold: set[int] = set()
    used_read: set[int] = set()
    chosen = []
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
            chosen.append((i, j))
    return chosen


def figures(right: float, read: float, gold: float) -> Figures:
    """Return precision, recall and F1 in per cent."""
    return figures_of(right / read if read else 0.0, right / gold if gold else 0.0)


def assigned(gold: Sequence[Roles], read: Sequence[Roles]) -> list[tuple[int, int]]:
    """Pair attributions so that the sum of their content F1 is greatest."""
    if not gold or not read:
        return []
    gain = np.array([[_f1(g["content"], r["content"]) for r in read] for g in gold])
    return [(int(i), int(j)) for i, j in zip(*linear_sum_assignment(gain, maximize=True), strict=True)]


def _f1(left: frozenset[int], right: frozenset[int]) -> float:
    common = len(left & right)
    return 2 * common / (len(left) + len(right)) if common else 0.0


class Tally:
    """Add up the counts of many reports."""

    def __init__(self, roles: Sequence[str]) -> None:
        self.roles = list(roles)
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.shares: dict[str, tuple[list[float], list[float]]] = {role: ([], []) for role in roles}
        self.kinds: Counter[tuple[str, str]] = Counter()

    def add(self, gold: Sequence[Roles], read: Sequence[Roles], kinds: Sequence[str | None] = ()) -> None:
        """Count one report; `kinds` are those of the gold attributions."""
        for role in self.roles:
            self._spans(role, gold, read)
        self._linked([g for g in gold if g["content"]], [r for r in read if r["content"]])
        self._macro(gold, read)
        for i, kind in enumerate(kinds):
            self.kinds[str(kind), "gold"] += 1
            self.kinds[str(kind), "found"] += any(_half(gold[i]["content"], r["content"]) for r in read)

    def _count(self, role: str, measure: str, right: int, read: int, gold: int) -> None:
        self.counts[role, measure, "right"] += right
        self.counts[role, measure, "read"] += read
        self.counts[role, measure, "gold"] += gold

    def _spans(self, role: str, gold: Sequence[Roles], read: Sequence[Roles]) -> None:
        everything_gold = frozenset().union(*(g[role] for g in gold))
        everything_read = frozenset().union(*(r[role] for r in read))
        self._count(
            role, "tokens", len(everything_gold & everything_read), len(everything_read), len(everything_gold)
        )
        spans_gold = sorted({g[role] for g in gold if g[role]}, key=sorted)
        spans_read = sorted({r[role] for r in read if r[role]}, key=sorted)
        equal = len(set(spans_gold) & set(spans_read))
        self._count(role, "exact", equal, len(spans_read), len(spans_gold))
        self._count(role, "half", len(pairs(spans_gold, spans_read, 0.5)), len(spans_read), len(spans_gold))

    def _linked(self, gold: list[Roles], read: list[Roles]) -> None:
        found = pairs([g["content"] for g in gold], [r["content"] for r in read], 0.5)
        right = sum(_agree(gold[i]["source"], read[j]["source"]) for i, j in found)
        self._count("quote", "source", right, len(read), len(gold))
        self._count("source", "accuracy", right, len(found), len(found))

    def _macro(self, gold: Sequence[Roles], read: Sequence[Roles]) -> None:
        empty: Roles = {role: frozenset() for role in self.roles}
        chosen = assigned(gold, read)
        left = [(gold[i], read[j]) for i, j in chosen]
        left += [(g, empty) for i, g in enumerate(gold) if i not in {i for i, _ in chosen}]
        left += [(empty, r) for j, r in enumerate(read) if j not in {j for _, j in chosen}]
        for one_gold, one_read in left:
            for role in self.roles:
                common = len(one_gold[role] & one_read[role])
                if one_read[role]:
                    self.shares[role][0].append(common / len(one_read[role]))
                if one_gold[role]:
                    self.shares[role][1].append(common / len(one_gold[role]))

    def results(self) -> dict[str, Figures]:
        """Return every measure by name."""
        found = {
            f"{role} {measure}": figures(
                *(self.counts[role, measure, part] for part in ("right", "read", "gold"))
            )
            for role in self.roles
            for measure in ("tokens", "exact", "half")
        }
        for name in (("quote", "source"), ("source", "accuracy")):
            found["+".join(name)] = figures(*(self.counts[*name, part] for part in ("right", "read", "gold")))
        for role in self.roles:
            found[f"macro {role}"] = self._mean([role])
        found["macro roles"] = self._mean([role for role in self.roles if role != "content"])
        found["macro joint"] = self._mean(self.roles)
        for kind in sorted({kind for kind, _ in self.kinds}):
            share = 100 * self.kinds[kind, "found"] / self.kinds[kind, "gold"]
            found[f"found {kind}"] = {"r": share, "n": self.kinds[kind, "gold"]}
        return found

    def _mean(self, roles: list[str]) -> Figures:
        p = [value for role in roles for value in self.shares[role][0]]
        r = [value for role in roles for value in self.shares[role][1]]
        return figures_of(sum(p) / max(1, len(p)), sum(r) / max(1, len(r)))


def figures_of(p: float, r: float) -> Figures:
    """Return precision, recall (as shares) and their F1 in per cent."""
    return {"p": 100 * p, "r": 100 * r, "f1": 100 * (2 * p * r / (p + r) if p + r else 0.0)}


def _half(left: frozenset[int], right: frozenset[int]) -> bool:
    return bool(left & right) and 2 * len(left & right) >= len(left | right)


def _agree(left: frozenset[int], right: frozenset[int]) -> bool:
    return bool(left & right) or not (left or right)


def mention_tally(
    gold: Sequence[tuple[int, int, frozenset[str]]],
    read: Sequence[tuple[int, int, str]],
    labelled: frozenset[str],
    unknown: Callable[[int, int], bool],
) -> Counter[tuple[str, str]]:
    """Count names right, read and there, by kind; exact spans. A gold name may be of several kinds.

    Kinds that the corpus does not label and names in unknown stretches count for nothing. Where a corpus
    folds kinds together (an outlet among the organisations), any of them is right.
    """
    found: Counter[tuple[str, str]] = Counter()
    wanted = {(start, end): kinds for start, end, kinds in gold}
    for start, end, kind in read:
        kinds = wanted.get((start, end), frozenset())
        if kind in kinds:
            found[_folded(kinds), "right"] += 1
            found[_folded(kinds), "read"] += 1
        elif kind in labelled and not unknown(start, end):
            found["organisation" if kind == "outlet" and "outlet" not in kinds else kind, "read"] += 1
    for kinds in wanted.values():
        found[_folded(kinds), "gold"] += 1
    return found


def _folded(kinds: frozenset[str]) -> str:
    return "organisation" if "organisation" in kinds else min(kinds)
