"""German Wikinews quotations (Petersen-Frey & Biemann 2024), CC BY-NC-SA 4.0: research weights only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora import Attribution, Span, Text

KIND = {
    "Direct": "direct",
    "Indirect": "indirect",
    "Reported": "reported",
    "FreeIndirect": "free_indirect",
    "IndirectFreeIndirect": "free_indirect",
}
ROLE = {"quote": "content", "cue": "cue", "speaker": "source", "addressee": "addressee", "frame": "clause"}
TITLE = re.compile(r"^\d+ - (.*) \(\d{4}-\d\d-\d\d\)(?:\.pretty)?$")


def read(root: Path) -> Iterator[Text]:
    """Yield train and dev; the title is put on top, where attributions are unknown."""
    for split in ("train", "dev"):
        for path in sorted((root / "wikinews-quotes-de" / "data" / split).glob("*.json")):
            yield _text(json.loads(path.read_text(encoding="utf-8")), split)


def _text(raw: dict, split: str) -> Text:
    found = TITLE.match(raw["documentName"])
    title = found.group(1) + "\n\n" if found and split == "train" else ""
    attributions = [_attribution(item, len(title)) for item in raw["annotations"]]
    return Text(
        id=raw["documentName"],
        corpus="wikinews-quotes-de",
        language="de",
        split=split,
        text=title + raw["originalText"],
        attributions=[item for item in attributions if item.content],
        roles=("content", "cue", "source", "addressee", "clause"),
        unsure=[(0, len(title))] if title else [],
    )


def _attribution(item: dict, shift: int) -> Attribution:
    return Attribution(
        kind=KIND.get(item["type"]), **{ROLE[name]: _spans(item.get(name), shift) for name in ROLE}
    )


def _spans(part: object, shift: int) -> list[Span]:
    if not isinstance(part, dict):
        return []
    return [(s["charBegin"] + shift, s["charEnd"] + shift) for s in part.get("spans", ())]
