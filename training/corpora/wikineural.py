"""WikiNEuRal, silver names in Wikipedia sentences, CC BY-NC-SA 4.0: research weights only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.corpora import Text
from training.corpora.columns import ORGANISATION, WHOLE, grouped, sentences

KINDS = {"PER": ("person",), "LOC": ("place",), "ORG": ORGANISATION}


def read(root: Path) -> Iterator[Text]:
    """Yield the validation parts (11,500 sentences a language) to train on."""
    for language in ("de", "en", "ru"):
        rows = sentences(
            root / "wikineural-wikiann" / "data" / "wikineural" / language / "val.conllu", 1, 2, "\t"
        )
        yield from grouped("wikineural-wikiann", language, "train", rows, KINDS, WHOLE)
