"""Measure every capability and write ``docs/evaluation.md``: `python -m benchmarks`.

Development splits of public corpora are read from $SAYSO_CORPORA (unpacked, one folder each); where that is
not set, only what the repository itself holds is measured. `--only NAME` measures one part anew and leaves
the other sections as they stand.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "evaluation.md"


class Part(NamedTuple):
    """Hold one section of the page: the module that measures it, and what its figures mean."""

    title: str
    module: str
    needs_corpora: bool
    about: str


PARTS = (
    Part("Attributions as a case holds them", "benchmarks.attributions.finished", False,
         "The measuring half of `corpus/` (six crises and ninety passages, three languages): model and rules "
         "together. F1 of tokens after pairing attributions by their contents; facts over paired attributions."),
    Part("Attribution model on development splits", "benchmarks.attributions", True,
         "German Wikinews (the macro score of its own evaluation), PolNeAR, and mentions. The model's reading "
         "alone, without the rules. Bars to beat: German rules 39 joint; Citron on PolNeAR 70.5 content tokens, "
         "52.6 quote+source, 62.2 macro joint."),
    Part("Temporal expressions", "benchmarks.timexes", True,
         "TempEval-3 scores on the development parts: relaxed and strict spans, type, value. HeidelTime on "
         "Die Zeit: relaxed 79.3, strict 69.7, value 62.8; on Dolomiten-42: 83.1, 79.4, 80.0."),
    Part("Entities and places", "benchmarks.entities", True,
         "Names across scripts, places on LGL and GeoVirus."),
    Part("Events", "benchmarks.events", True,
         "PLOVER's gold standard records: type accuracy, given the sentence of the trigger."),
    Part("Claims and derivations", "benchmarks.corroboration", False,
         "Crises of `corpus/` on gold attributions, measured by their fact sheets: do accounts of one fact meet, are "
         "copies and translations found, are independent origins counted right? Last row: all crises."),
    Part("Speed", "benchmarks.speed", False,
         "Ratios to work of the same run; a loaded machine shifts both sides."),
)  # fmt: skip


def run(part: Part) -> str:
    """Run one measurement and give its rows, or why there are none."""
    if part.needs_corpora and "SAYSO_CORPORA" not in os.environ:
        return "*not measured: set SAYSO_CORPORA*"
    ended = subprocess.run(
        [sys.executable, "-m", part.module], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        print(ended.stderr, file=sys.stderr)
        raise SystemExit(f"{part.module} ended with {ended.returncode}")
    return "\n".join(line for line in ended.stdout.splitlines() if line.startswith("|"))


def section(part: Part, rows: str) -> str:
    """Write one section of the page."""
    lines = rows.splitlines()
    if lines and not any(re.fullmatch(r"[|\s:-]+", line) for line in lines[:2]):
        columns = lines[0].count("|") - 1
        rows = "\n".join(["| " * columns + "|", "|---" * columns + "|", *lines])
    return f"## {part.title}\n\n{part.about}\nCommand: `python -m {part.module}`.\n\n{rows}\n"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", help="measure just this module (may be given again)")
    given = parser.parse_args()
    held = dict(
        re.findall(r"(?ms)^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8") if PAGE.is_file() else "")
    )
    sections = []
    for part in PARTS:
        if given.only and part.module not in given.only:
            if part.title in held:
                sections.append(f"## {part.title}\n{held[part.title].rstrip()}\n")
            continue
        print(f"measuring: {part.title}", file=sys.stderr)
        sections.append(section(part, run(part)))
    head = "# Evaluation\n\nWritten by `make bench`; never by hand.\n"
    PAGE.write_text("\n".join([head, *sections]), "utf-8")


if __name__ == "__main__":
    main()
