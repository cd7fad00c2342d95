"""SmartData, German news and tweets on traffic and industry, CC BY 4.0."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from training.corpora import Mention, Text
from training.corpora.columns import ORGANISATION, WHOLE, chunks
from training.corpora.outlets import narrowed

KINDS = {
    "PERSON": ("person",),
    "ORGANIZATION": ORGANISATION,
    "ORGANIZATION_COMPANY": ORGANISATION,
    "LOCATION": ("place",),
    "LOCATION_CITY": ("place",),
    "LOCATION_STREET": ("place",),
    "LOCATION_STOP": ("place",),
    "LOCATION_ROUTE": (),
    "DISASTER_TYPE": (),
    "ORG_POSITION": (),
}


def read(root: Path) -> Iterator[Text]:
    """Yield the test part to train on (the train part is not at hand with its words) and the dev part."""
    folder = root / "smartdata-de"
    for split, part in (("train", "test"), ("dev", "dev")):
        for document in _documents(folder / "v3_20200302" / f"{part}.json.gz"):
            if document["tokens"]:
                yield _text(document, split)


def _documents(path: Path) -> Iterator[dict]:
    decoder = json.JSONDecoder()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data = file.read()
    at = 0
    while (at := _skip(data, at)) < len(data):
        document, at = decoder.raw_decode(data, at)
        yield document


def _skip(data: str, at: int) -> int:
    while at < len(data) and data[at] in " \t\r\n,[]":
        at += 1
    return at


def _text(document: dict, split: str) -> Text:
    text = document["text"]["string"]
    tokens = document["tokens"]["array"]
    spans = [(token["span"]["start"], token["span"]["end"]) for token in tokens]
    tags = [(token["ner"] or {}).get("string", "O") for token in tokens]
    mentions = [
        Mention(spans[start][0], spans[end - 1][1], KINDS[label])
        for start, end, label in chunks(tags)
        if label in KINDS and spans[end - 1][1] <= len(text)
    ]
    return Text(
        id=document["id"],
        corpus="smartdata-de",
        language="de",
        split=split,
        text=text,
        mentions=narrowed(text, mentions),
        mention_kinds=WHOLE,
    )
