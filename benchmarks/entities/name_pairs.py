"""Measure whether two names are taken for one, on pairs written for that in three scripts and three grades.

A strong pair must come out right (the gate), a medium one should, a weak one is hard for a reader too.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from benchmarks.entities.scores import Figures
from sayso.entities.clusters import Union, cluster_names, cluster_persons, node
from sayso.entities.known import find_organisation, find_outlet
from sayso.entities.likeness import Form
from sayso.entities.names import fold
from sayso.entities.naming import name_form

FILE = Path(__file__).with_name("name_pairs.tsv")


class Pair(NamedTuple):
    """Hold two names with their languages, whether they are one, and how hard that is to see."""

    kind: str
    left: str
    left_language: str
    right: str
    right_language: str
    same: bool
    grade: str


def read_pairs(path: Path = FILE) -> list[Pair]:
    """Read the pairs, a row a line."""
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, left, right, verdict, grade = line.split("\t")
            (a, a_name), (b, b_name) = (side.split(":", 1) for side in (left, right))
            pairs.append(Pair(kind, a_name, a, b_name, b, verdict == "same", grade))
    return pairs


def taken_for_one(pair: Pair) -> bool:
    """Tell whether Sayso joins the two names of a pair: by what it knows, else by clustering the two."""
    if pair.kind == "person":
        return _clustered(
            [(fold(pair.left), pair.left_language), (fold(pair.right), pair.right_language)], True
        )
    sides = ((pair.left, pair.left_language), (pair.right, pair.right_language))
    known = [find_outlet(name) or find_organisation(name, language) for name, language in sides]
    if all(known):
        return known[0] == known[1]
    return _clustered(
        [name_form(pair.left, pair.left_language), name_form(pair.right, pair.right_language)], False
    )


def _clustered(forms: list[Form], persons: bool) -> bool:
    union = Union()
    if persons:
        cluster_persons(forms, union)
    else:
        cluster_names("name", forms, union)
    kind = "person" if persons else "name"
    return union.find(node(kind, forms[0][0])) == union.find(node(kind, forms[1][0]))


def measure_pairs() -> dict[str, Figures]:
    """Score each grade, on the rows that were never looked at while comparing was made and on the others."""
    pairs = read_pairs()
    taken = {pair: taken_for_one(pair) for pair in pairs}
    figures = {}
    for half, name in ((1, "unseen half"), (0, "tuning half")):
        for grade in ("all", "strong", "medium", "weak"):
            some = [pair for pair in pairs[half::2] if grade in ("all", pair.grade)]
            figures[f"{grade}, {name}"] = _figures(some, taken)
    return figures


def _figures(pairs: list[Pair], taken: dict[Pair, bool]) -> Figures:
    right = sum(pair.same and taken[pair] for pair in pairs)
    joined, same = sum(taken[pair] for pair in pairs), sum(pair.same for pair in pairs)
    precision, recall = right / max(joined, 1), right / max(same, 1)
    different = len(pairs) - same
    return {
        "pairs": len(pairs), "precision": precision, "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if right else 0.0,
        "false_merges": (joined - right) / max(different, 1), "wrong": sum(p.same != taken[p] for p in pairs),
    }  # fmt: skip


def wrong_pairs() -> list[Pair]:
    """Give the pairs that came out wrong."""
    return [pair for pair in read_pairs() if taken_for_one(pair) != pair.same]
