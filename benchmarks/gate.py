"""Compare what the program reaches on the gold set in this repository with the floors: `python -m benchmarks.gate`.

The gold set is the measuring half of ``corpus/`` (never trained or tuned on) and the graded pairs beside the
benchmarks. `--update` raises floors to just below what was reached (never lowers one) and names what fell short.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.attributions import finished
from benchmarks.corroboration.gold import crises, readings
from benchmarks.corroboration.scores import Tally, score
from benchmarks.speed import measure as measure_speed
from sayso.annotations import Annotator
from sayso.claims import corroborate

FLOORS = Path(__file__).with_name("floors.json")
SLACK = {"quality": 1.0, "speed": 0.35}
"""How far below what was reached a floor is set: points of F1; a share of a speed, for machines differ."""

GATED = ("macro joint", "content tokens", "source tokens", "quote+source", "source resolution", "mentions")


CORROBORATION = ("claims: B-cubed F1", "derivations: F1 with direction", "origins: count exact")


def attribution_figures() -> dict[str, float]:
    """Measure finished attributions on the measuring half, by language, in points of F1."""
    measured = finished.measure(Annotator.load(), "measure")
    return {
        f"attributions {language}: {name}": round(found[name]["f1"], 1)
        for language, found in measured.items()
        if language != "all"
        for name in GATED
    }


def corroboration_figures() -> dict[str, float]:
    """Measure claims and derivations on the measuring half's gold attributions, in points."""
    whole = Tally()
    for golds in crises("measure").values():
        found, entities = readings(golds)
        whole.add(score(golds, corroborate(found, entities, [])))
    figures = whole.figures()
    return {name: figures[name] for name in CORROBORATION}


def speed_figures() -> dict[str, float]:
    """Measure words a second of the whole annotation, against a fixed piece of numpy work of the same run."""
    return {"speed: annotation against numpy": measure_speed()["annotation against numpy"]}


MEASURES: dict[str, Callable[[], dict[str, float]]] = {
    "attributions": attribution_figures,
    "corroboration": corroboration_figures,
    "speed": speed_figures,
}


def compare(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Name every figure that is below its floor, and every floor that was not measured."""
    missed = [f"{name}: no longer measured" for name in sorted(set(floors) - set(figures))]
    fallen = [
        f"{name}: {figures[name]} is below its floor {floor}"
        for name, floor in sorted(floors.items())
        if name in figures and figures[name] < floor
    ]
    return missed + fallen


def raised(figures: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """Give the floors raised to just below the figures; none is lowered."""
    made = dict(floors)
    for name, figure in figures.items():
        floor = figure * SLACK["speed"] if name.startswith("speed") else figure - SLACK["quality"]
        made[name] = max(floors.get(name, 0.0), round(floor, 2))
    return dict(sorted(made.items()))


def main() -> None:
    """Measure, print, compare; end with 1 where a figure fell below its floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="raise the floors to what was reached")
    given = parser.parse_args()
    figures: dict[str, float] = {}
    for measure in MEASURES.values():
        figures.update(measure())
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    for name, figure in sorted(figures.items()):
        print(f"{name:60} {figure:8} (floor {floors.get(name, '-')})")
    faults = compare(figures, floors)
    if given.update:
        FLOORS.write_text(json.dumps(raised(figures, floors), indent=1) + "\n", "utf-8")
    print("\n".join(faults) or "no figure is below its floor")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
