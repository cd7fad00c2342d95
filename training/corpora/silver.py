"""Silver labels that `training.silver` wrote into the runs folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from training.corpora import Text

RUNS = Path(os.environ.get("SAYSO_RUNS", "runs"))


def read(root: Path) -> Iterator[Text]:
    """Yield every text of `silver.jsonl`."""
    del root
    with (RUNS / "silver.jsonl").open("rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=Text)
