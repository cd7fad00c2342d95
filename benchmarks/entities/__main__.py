"""Measure: `python -m benchmarks.entities [--out FILE] [--only NAME ...]`.

Reads the corpora under $SAYSO_CORPORA and the project's own, and writes every figure as JSON and as rows of
Markdown. Exit code 1 where a strong pair of names came out wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.entities.crises import measure_crises
from benchmarks.entities.name_pairs import measure_pairs, wrong_pairs
from benchmarks.entities.places import measure_places
from benchmarks.entities.slavic import measure_slavic
from benchmarks.entities.speed import measure_speed


def _crises() -> dict:
    halves = {half: measure_crises(half) for half in ("measure", "tune")}
    return {
        f"{crisis}, {what} ({half})": figures
        for half, crises in halves.items()
        for crisis, parts in crises.items()
        for what, figures in parts.items()
    }


MEASURES: dict[str, Callable[[], dict]] = {
    "places": measure_places,
    "pairs": measure_pairs,
    "slavic": measure_slavic,
    "crises": _crises,
    "speed": measure_speed,
}


def markdown(results: dict[str, dict]) -> str:
    """Write figures as rows of Markdown, one table a measure."""
    lines = []
    for name, rows in results.items():
        columns = sorted({column for row in rows.values() for column in row})
        lines += [f"| {name} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
        for label, row in rows.items():
            cells = (f"{row[c]:.3f}".rstrip("0").rstrip(".") if c in row else "" for c in columns)
            lines.append(f"| {label} | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Run the measures asked for, all by default."""
    parser = argparse.ArgumentParser(description="Measure who is who and where is where.")
    parser.add_argument("--out", type=Path, help="write the figures as JSON to this file")
    parser.add_argument("--only", nargs="*", choices=sorted(MEASURES), default=list(MEASURES))
    asked = parser.parse_args()
    results = {name: MEASURES[name]() for name in asked.only}
    print(markdown(results))
    if asked.out:
        asked.out.write_text(json.dumps(results, indent=1, ensure_ascii=False), "utf-8")
    strong = [pair for pair in wrong_pairs() if pair.grade == "strong"] if "pairs" in results else []
    for pair in strong:
        print(f"strong pair wrong: {pair.left} / {pair.right}", file=sys.stderr)
    return 1 if strong else 0


if __name__ == "__main__":
    sys.exit(main())
