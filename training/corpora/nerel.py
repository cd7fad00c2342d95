"""NEREL, names in Russian Wikinews (text CC BY 2.5; no licence stated for the annotations: research only)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from training.corpora import Mention, Text
from training.corpora.columns import ORGANISATION, WHOLE
from training.corpora.outlets import narrowed

KINDS = {
    "PERSON": ("person",),
    "ORGANIZATION": ORGANISATION,
    "COUNTRY": ("place",),
    "CITY": ("place",),
    "STATE_OR_PROVINCE": ("place",),
    "DISTRICT": ("place",),
    "LOCATION": ("place",),
    "PRODUCT": ("product",),
    "FACILITY": (),
    **dict.fromkeys(
        ("FAMILY", "EVENT", "WORK_OF_ART", "LAW", "AWARD", "NATIONALITY", "RELIGION", "IDEOLOGY"), ()
    ),
}


def read(root: Path) -> Iterator[Text]:
    """Yield train and dev with the outermost names."""
    for split in ("train", "dev"):
        for path in sorted((root / "nerel-ru" / "NEREL-v1.1" / split).glob("*.ann")):
            with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
                text = file.read()
            lines = path.read_text(encoding="utf-8").splitlines()
            yield Text(
                id=path.stem,
                corpus="nerel-ru",
                language="ru",
                split=split,
                text=text,
                mentions=narrowed(text, _kept(list(_mentions(lines, len(text))))),
                mention_kinds=WHOLE,
            )


def _mentions(lines: list[str], size: int) -> Iterator[Mention]:
    for line in lines:
        fields = line.split("\t")
        if not line.startswith("T") or len(fields) < 3:
            continue
        label, *numbers = fields[1].replace(";", " ").split()
        end = int(numbers[-1])
        if label in KINDS and end <= size:
            yield Mention(int(numbers[0]), end, KINDS[label])


def _kept(mentions: list[Mention]) -> list[Mention]:
    return [m for m in mentions if not m.kinds] + outermost(m for m in mentions if m.kinds)


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep the mentions that stand in no longer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
