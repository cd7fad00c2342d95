"""Fit the score of an attribution on development text: `python -m training.calibrate FOLDER`.

The two logits of an attribution (does a content begin here; does the second pass believe it) are joined by a
logistic regression that predicts whether its content pairs with a true one. The threshold is the one with the
best mean of the joint F1 over the corpora. Writes both into the folder's model.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.attributions.__main__ import ATTRIBUTIONS, CORPORA, prose_of
from benchmarks.attributions.scores import Tally, covered, pairs, tokens
from sayso.encoder import Encoder
from training.corpora import read

MEASURED = ("wikinews-quotes-de", "polnear-en")
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def readings(encoder: Encoder) -> list[tuple[str, list, list, list]]:
    """Read the development texts; return corpus, gold, read, and the read ones' logits."""
    found = []
    for corpus in MEASURED:
        punctuation, roles = ATTRIBUTIONS[corpus]
        for text in read(corpus, CORPORA):
            if text.split != "dev":
                continue
            reading = encoder.read([prose_of(text)])[0]
            cut = tokens(text.text, punctuation)
            gold = [{role: covered(getattr(a, role), cut) for role in roles} for a in text.attributions or ()]
            ours = [{role: covered(getattr(a, role), cut) for role in roles} for a in reading.attributions]
            found.append((corpus, gold, ours, [a.logits for a in reading.attributions]))
    return found


def fitted(found: list[tuple[str, list, list, list]]) -> list[float]:
    """Fit the regression: two weights and an offset."""
    rows, right = [], []
    for _, gold, ours, logits in found:
        hits = {j for _, j in pairs([g["content"] for g in gold], [o["content"] for o in ours], 0.5)}
        rows += logits
        right += [j in hits for j in range(len(ours))]
    x, y = np.array(rows), np.array(right, float)

    def loss(w: np.ndarray) -> float:
        z = x @ w[:2] + w[2]
        return float((np.logaddexp(0, z) - y * z).mean())

    return [round(float(value), 4) for value in minimize(loss, np.array([0.5, 0.5, 0.0])).x]


def best(found: list[tuple[str, list, list, list]], weights: list[float]) -> float:
    """Choose the threshold."""
    gains = {}
    for threshold in THRESHOLDS:
        tallies = {corpus: Tally(ATTRIBUTIONS[corpus][1]) for corpus in MEASURED}
        for corpus, gold, ours, logits in found:
            sure = [
                1 / (1 + np.exp(-(np.dot(pair, weights[:2]) + weights[2]))) >= threshold for pair in logits
            ]
            tallies[corpus].add(gold, [o for o, kept in zip(ours, sure, strict=True) if kept])
        results = {corpus: tally.results() for corpus, tally in tallies.items()}
        shown = {
            c: (round(r["macro joint"]["f1"], 1), round(r["quote+source"]["f1"], 1))
            for c, r in results.items()
        }
        print(threshold, shown, flush=True)
        gains[threshold] = sum(
            r["macro joint"]["f1"] + 0.5 * r["quote+source"]["f1"] for r in results.values()
        )
    return max(gains, key=lambda threshold: gains[threshold])


def main() -> None:
    """Fit and write."""
    folder = Path(sys.argv[1])
    encoder = Encoder(folder)
    encoder.about["threshold"] = 0.08
    encoder.about["calibration"] = [0.5, 0.5, 0.0]
    found = readings(encoder)
    weights = fitted(found)
    threshold = best(found, weights)
    about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    about |= {"calibration": weights, "threshold": threshold}
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(weights, threshold)


if __name__ == "__main__":
    main()
