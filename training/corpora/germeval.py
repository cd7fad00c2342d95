"""GermEval 2014, German names (believed CC BY 4.0; the copy at hand states none: research weights only).

The published training part is not at hand: the test part trains, the dev part measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.corpora import Text
from training.corpora.columns import ORGANISATION, WHOLE, grouped, sentences

KINDS = {"PER": ("person",), "LOC": ("place",), "ORG": ORGANISATION}


def read(root: Path) -> Iterator[Text]:
    """Yield texts of some sentences each; derived and partial names (`LOCderiv`) are left unknown."""
    folder = root / "germeval14-de" / "GermEval2014"
    for split, part in (("train", "test"), ("dev", "dev")):
        rows = sentences(folder / f"NER-de-{part}.tsv", 1, 2, "\t")
        yield from grouped("germeval14-de", "de", split, rows, KINDS, WHOLE)
