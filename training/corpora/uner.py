"""Universal NER over the English Web Treebank, CC BY-SA 4.0. The train part is not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.corpora import Text
from training.corpora.columns import FOLDED, ORGANISATION, grouped, sentences

KINDS = {"PER": ("person",), "LOC": ("place",), "ORG": ORGANISATION}


def read(root: Path) -> Iterator[Text]:
    """Yield the test part to train on and the dev part to measure on."""
    for split, part in (("train", "test"), ("dev", "dev")):
        rows = sentences(root / "uner-en-ewt" / f"en_ewt-ud-{part}.iob2", 1, 2, "\t")
        yield from grouped("uner-en-ewt", "en", split, rows, KINDS, FOLDED)
