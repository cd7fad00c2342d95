"""Read training corpora, one module a corpus, all into one record.

Every reader has `read(root) -> Iterator[Text]`. A corpus says which roles and which kinds of mention it
labels; what it does not label is never taught as absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import msgspec

Span = tuple[int, int]

ROLES = ("content", "cue", "source", "addressee", "medium", "frame", "clause")
"""`clause` is the whole introducing clause, which the German Wikinews corpus calls frame."""
KINDS = ("direct", "indirect", "reported", "free_indirect", "mixed")
POLARITIES = ("positive", "negative")
CERTAINTIES = ("certain", "probable", "possible", "underspecified")
MENTIONS = ("person", "organisation", "place", "outlet", "group", "product", "event_name")


class Attribution(msgspec.Struct, kw_only=True):
    """Hold one attribution as a corpus gives it; None where the corpus does not say."""

    content: list[Span] = []
    cue: list[Span] = []
    source: list[Span] = []
    addressee: list[Span] = []
    medium: list[Span] = []
    frame: list[Span] = []
    clause: list[Span] = []
    kind: str | None = None
    polarity: str | None = None
    certainty: str | None = None
    anonymous: bool | None = None


class Mention(msgspec.Struct):
    """Mark a name. `kinds` are the kinds it may be; none means: could be anything or nothing."""

    start: int
    end: int
    kinds: tuple[str, ...]


class Text(msgspec.Struct, kw_only=True):
    """Hold one text of a corpus.

    `attributions` and `mentions` are None where the corpus does not label them; `roles` and
    `mention_kinds` name what it labels in full; in the spans of `unsure` attributions are unknown.
    """

    id: str
    corpus: str
    language: str
    split: str
    text: str
    attributions: list[Attribution] | None = None
    roles: tuple[str, ...] = ROLES
    unsure: list[Span] = []
    mentions: list[Mention] | None = None
    mention_kinds: tuple[str, ...] = ()


READERS = {
    "wikinews-quotes-de": "wikinews_quotes",
    "polnear-en": "polnear",
    "spkatt-gepade-de": "gepade",
    "gum-en": "gum",
    "nerel-ru": "nerel",
    "factrueval-ru": "factrueval",
    "germeval14-de": "germeval",
    "mobie-de": "mobie",
    "smartdata-de": "smartdata",
    "uner-en-ewt": "uner",
    "wikineural-wikiann": "wikineural",
    "sayso": "sayso",
    "silver": "silver",
}
"""Corpus name -> module with its reader."""


def read(name: str, root: Path) -> Iterator[Text]:
    """Read corpus `name` under `root`; every span of what comes out lies inside its text."""
    reader: Callable[[Path], Iterator[Text]] = import_module(f"training.corpora.{READERS[name]}").read
    for text in reader(root):
        if text.text.strip():
            yield _checked(text)


def _checked(text: Text) -> Text:
    size = len(text.text)
    for attribution in text.attributions or ():
        for role in ROLES:
            for start, end in getattr(attribution, role):
                if not 0 <= start < end <= size:
                    raise ValueError(f"{text.corpus} {text.id}: {role} span {start}-{end} outside the text")
    return text
