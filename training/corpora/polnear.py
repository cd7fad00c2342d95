"""PolNeAR, English political news of 2016; no licence stated: research weights only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.corpora import Attribution, Span, Text

NAME = re.compile(r"(.*)_([0-9a-f]{4})\.ann$")


def read(root: Path) -> Iterator[Text]:
    """Yield train and dev; where several people annotated a text, the alphabetically first."""
    for split in ("train", "dev"):
        folder = root / "polnear-en" / "data" / split
        first: dict[str, Path] = {}
        for path in sorted((folder / "attributions").glob("*.ann")):
            found = NAME.match(path.name)
            first.setdefault(found.group(1) if found else path.stem, path)
        for name, path in first.items():
            yield _text(name, _source(folder / "text", name), path, split)


def _source(folder: Path, name: str) -> str:
    path = folder / name if (folder / name).exists() else folder / (name + ".txt")
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _text(name: str, text: str, path: Path, split: str) -> Text:
    return Text(
        id=name,
        corpus="polnear-en",
        language="en",
        split=split,
        text=text,
        attributions=[a for a in _attributions(path.read_text(encoding="utf-8")) if a.content],
        roles=("content", "cue", "source"),
    )


def _attributions(annotations: str) -> Iterator[Attribution]:
    spans: dict[str, list[Span]] = {}
    for line in annotations.splitlines():
        fields = line.split("\t")
        if len(fields) < 2 or " " not in fields[1]:
            continue
        if line.startswith("T"):
            pairs = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [(int(a), int(b)) for a, b in (pair.split() for pair in pairs)]
        elif line.startswith("E"):
            roles = defaultdict(list)
            for part in fields[1].split()[1:]:
                role, _, key = part.partition(":")
                roles[role.rstrip("0123456789").lower()] += spans.get(key, [])
            yield Attribution(**{role: roles[role] for role in ("content", "cue", "source")})
