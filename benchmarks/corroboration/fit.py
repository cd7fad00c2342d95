"""Learn the matcher's weights on the tuning crises: ``python -m benchmarks.corroboration.fit``.

Logistic regression over `sayso.claims.features.NAMES`, on pairs of attributed tellings: one proposition
where both attributions tell a common fact of the crisis' fact sheet. The threshold is the one with the
best B-cubed F1 when every crisis is held out in turn. Writes ``src/sayso/claims/weights.toml``.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np

import sayso.claims
from benchmarks.corroboration.gold import crises, readings
from benchmarks.corroboration.scores import facts_of
from sayso.accounts import Telling, recount
from sayso.claims.features import NAMES, Comparer
from sayso.claims.pages import pages_of

TARGET = Path(sayso.claims.__file__).with_name("weights.toml")
RIDGE = 3.0
RISES = (
    "cosine", "anchors, Jaccard", "anchors, rarest shared", "concepts, Jaccard", "words, Jaccard",
    "words, rarest shared", "same type", "same mode", "times meet", "same place", "same actor",
    "same recipient", "numbers shared",
)  # fmt: skip
FALLS = (
    "unlike types",
    "times apart",
    "unlike places",
    "unlike actors",
    "days apart",
    "numbers unlike",
    "unlike modality",
)
SIGNS = {**dict.fromkeys(RISES, 1), **dict.fromkeys(FALLS, -1)}
"""The sign a weight must have; one that comes out against it is set to nothing."""


def pairs(golds, found, entities):  # type: ignore[no-untyped-def]
    """Give features and labels of the pairs of attributed tellings of one crisis."""
    pages = pages_of(found)
    known = {entity.id: entity for entity in entities}
    tellings = [one for page in pages.values() for one in recount(page.report, page.annotations, known)]
    comparer = Comparer(tellings, pages, known)
    facts = facts_of(golds)
    main: dict[str, Telling] = {}
    for one in tellings:
        if one.attribution and one.kind != "quantity" and (one.attribution not in main or one.content):
            main[one.attribution] = one
    rows, labels = [], []
    for left, right in combinations(sorted(main), 2):
        a, b = facts.get(left), facts.get(right)
        if a is None and b is None:
            continue
        rows.append(comparer.features(main[left], main[right]))
        labels.append(bool(a and b and a & b))
    return np.array(rows), np.array(labels, float)


def learn(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Fit a logistic regression by Newton steps, with a ridge and the signs held."""
    free = np.ones(rows.shape[1], bool)
    weights = np.zeros(rows.shape[1])
    for _ in range(12):
        weights = _newton(rows[:, free], labels, free)
        wrong = [
            at
            for at, name in enumerate(NAMES)
            if free[at] and name in SIGNS and weights[at] * SIGNS[name] < 0
        ]
        if not wrong:
            return weights
        free[wrong] = False
    return weights


def _newton(rows: np.ndarray, labels: np.ndarray, free: np.ndarray) -> np.ndarray:
    weights = np.zeros(rows.shape[1])
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 1e-3
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - labels) + ridge @ weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        weights = weights - np.linalg.solve(curve, slope)
    whole = np.zeros(free.shape[0])
    whole[free] = weights
    return whole


def main() -> None:
    """Learn, print how well held-out crises are told apart, and write the weights."""
    data = {name: pairs(golds, *readings(golds)) for name, golds in crises("tune").items()}
    write(data)


def write(data) -> None:  # type: ignore[no-untyped-def]
    """Learn on all crises, with the threshold from held-out ones."""
    scores, truth = [], []
    for name, (rows, labels) in data.items():
        rest = [pair for other, pair in data.items() if other != name]
        weights = learn(
            np.concatenate([pair[0] for pair in rest]), np.concatenate([pair[1] for pair in rest])
        )
        scores.append(rows @ weights)
        truth.append(labels)
    cut, best = best_cut(np.concatenate(scores), np.concatenate(truth))
    weights = learn(
        np.concatenate([pair[0] for pair in data.values()]),
        np.concatenate([pair[1] for pair in data.values()]),
    )
    print(f"held-out pairs: F1 {best:.3f} at {cut:.2f}")
    lines = [
        "# Learnt by benchmarks/corroboration/fit.py on the tuning crises of corpus/. Do not edit by hand.",
        f"threshold = {cut:.3f}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.4f}' for name, weight in zip(NAMES, weights, strict=True)),
    ]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def best_cut(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Find the threshold with the best F1 over pairs."""
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    at = int(np.argmax(f1))
    return float(scores[order][at]), float(f1[at])


if __name__ == "__main__":
    main()
