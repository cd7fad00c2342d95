"""FactRuEval 2016, names in Russian news, MIT."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.corpora import Mention, Text
from training.corpora.columns import FOLDED, ORGANISATION
from training.corpora.nerel import outermost
from training.corpora.outlets import narrowed

KINDS = {"Person": ("person",), "Org": ORGANISATION, "Location": ("place",), "LocOrg": ("place",)}
GAP = 2  # code points between the pieces of one name


def read(root: Path) -> Iterator[Text]:
    """Yield the test part to train on and a fifth of the dev part to measure on, the rest trains too."""
    for part in ("testset", "devset"):
        for number, path in enumerate(sorted((root / "factrueval-ru" / part).glob("book_*.txt"))):
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            yield Text(
                id=path.stem,
                corpus="factrueval-ru",
                language="ru",
                split="dev" if part == "devset" and number % 5 == 0 else "train",
                text=text,
                mentions=narrowed(text, outermost(_mentions(path))),
                mention_kinds=FOLDED,
            )


def _mentions(path: Path) -> Iterator[Mention]:
    spans = {}
    for line in path.with_suffix(".spans").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) > 3:
            spans[fields[0]] = (int(fields[2]), int(fields[2]) + int(fields[3]))
    for line in path.with_suffix(".objects").read_text(encoding="utf-8").splitlines():
        fields = line.split("#")[0].split()
        pieces = sorted(spans[key] for key in fields[2:] if key in spans)
        if len(fields) > 2 and fields[1] in KINDS and pieces:
            yield Mention(*_joined(pieces), KINDS[fields[1]])


def _joined(pieces: list[tuple[int, int]]) -> tuple[int, int]:
    start, end = pieces[0]
    for piece_start, piece_end in pieces[1:]:
        if piece_start - end <= GAP:
            end = max(end, piece_end)
    return start, end
