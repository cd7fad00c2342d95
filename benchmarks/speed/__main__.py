"""Print the speed figures: ``python -m benchmarks.speed [--json]``."""

from __future__ import annotations

import json
import sys

from benchmarks.speed.measuring import measure

figures = measure()
if "--json" in sys.argv:
    print(json.dumps(figures, indent=1))
else:
    for name, figure in figures.items():
        print(f"| {name} | {figure} |")
