"""Print the corroboration figures: ``python -m benchmarks.corroboration [--split tune|measure] [--json]``."""

from __future__ import annotations

import argparse
import json

from benchmarks.corroboration.gold import crises, readings
from benchmarks.corroboration.scores import Tally, score
from sayso.claims import corroborate


def main() -> None:
    """Consolidate every crisis of a split on gold attributions and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("tune", "measure"), default="measure")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    whole, rows = Tally(), {}
    for name, golds in crises(asked.split).items():
        found, entities = readings(golds)
        one = score(golds, corroborate(found, entities))
        whole.add(one)
        rows[name] = one.figures()
    rows["all"] = whole.figures()
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print("| measure | " + " | ".join(rows) + " |")
    print("|---" * (len(rows) + 1) + "|")
    for measure in rows["all"]:
        print(f"| {measure} | " + " | ".join(str(figures[measure]) for figures in rows.values()) + " |")


if __name__ == "__main__":
    main()
