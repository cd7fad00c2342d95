"""Choose the pieces that ship: a table of 250,000 is too large for a laptop tool of 40 MB."""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sayso.subwords import Subwords, words_of
from training.e5 import Packed

SIZE = 90_112
SPECIALS = 4


def choose(packed: Packed, texts: Iterable[str], size: int = SIZE) -> np.ndarray:
    """Return the ids to keep, ascending: specials, single characters, pieces seen, then the most probable.

    Only Latin, Cyrillic and Greek letters, digits and marks are candidates.
    """
    wanted = [i for i, piece in enumerate(packed.pieces) if i < SPECIALS or _readable(piece)]
    whole = Subwords(packed.pieces, packed.scores.tolist())
    seen: Counter[int] = Counter()
    for text in texts:
        for start, end in words_of(text):
            seen.update(whole.cut(text[start:end], start == 0 or text[start - 1].isspace()))
    first = [i for i in wanted if i < SPECIALS or len(packed.pieces[i].lstrip("▁")) <= 1 or seen[i]]
    kept = set(first)
    rest = sorted((i for i in wanted if i not in kept), key=lambda i: -float(packed.scores[i]))
    return np.array(sorted([*first, *rest[: size - len(first)]]))


def _readable(piece: str) -> bool:
    return bool(piece) and all(_common(character) for character in piece.lstrip("▁"))


def _common(character: str) -> bool:
    if character.isalpha():
        return unicodedata.name(character, "").startswith(("LATIN", "CYRILLIC", "GREEK"))
    return unicodedata.category(character)[0] in "NPSM" and ord(character) < 0x3000


def main() -> None:
    """Write `kept.npy` for the texts of a config: `python -m training.vocabulary CONFIG`."""
    from training.train import RUNS, load  # the trainer reads what this writes

    config = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    RUNS.mkdir(parents=True, exist_ok=True)
    np.save(RUNS / "kept.npy", choose(Packed(), (text.text for text in load(config))))


if __name__ == "__main__":
    main()
