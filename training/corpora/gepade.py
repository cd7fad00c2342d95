"""GePaDe / SpkAtt-2023 task 1: speech, thought and writing in Bundestag debates, CC BY-SA 4.0."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from training.corpora import Attribution, Span, Text
from training.corpora.columns import Prose

ROLE = {"Message": "content", "Source": "source", "Medium": "medium", "Addr": "addressee"}
PARAGRAPH = 6  # sentences a paragraph: the corpus keeps none, and reports have short ones


def read(root: Path) -> Iterator[Text]:
    """Yield the train and dev speeches; a cue without a message teaches nothing and is left out."""
    for split in ("train", "dev"):
        for path in sorted((root / "spkatt-gepade-de" / "data" / split / "task1").glob("*.json")):
            yield _text(path.stem, json.loads(path.read_text(encoding="utf-8")), split)


def _text(name: str, raw: dict, split: str) -> Text:
    prose, where = Prose(), {}
    for number, sentence in enumerate(raw["Sentences"]):
        if number and number % PARAGRAPH == 0:
            prose.paragraph()
        for index, token in enumerate(sentence["Tokens"]):
            prose.add(token)
            where[f"{sentence['SentenceId']}:{index}"] = len(prose.spans) - 1
    attributions = [_attribution(item, where, prose.spans) for item in raw["Annotations"]]
    return Text(
        id=name,
        corpus="spkatt-gepade-de",
        language="de",
        split=split,
        text=prose.text(),
        attributions=[item for item in attributions if item.content],
        roles=("content", "cue", "source", "addressee", "medium"),
    )


def _attribution(item: dict, where: dict[str, int], spans: list[Span]) -> Attribution:
    parts = {role: _runs(item[name], where, spans) for name, role in ROLE.items()}
    return Attribution(cue=_runs(item["Cue"] + item["PTC"], where, spans), **parts)


def _runs(keys: list[str], where: dict[str, int], spans: list[Span]) -> list[Span]:
    indices = sorted({where[key] for key in keys if key in where})
    runs = []
    for _, group in groupby(enumerate(indices), lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        runs.append((spans[run[0]][0], spans[run[-1]][1]))
    return runs
