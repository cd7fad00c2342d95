"""Turn texts into numbers: words, subwords, targets; draw windows; make batches."""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import torch
from torch import Tensor

from sayso.subwords import PAD, Laid, Subwords
from training.corpora import CERTAINTIES, KINDS, MENTIONS, POLARITIES, ROLES, Attribution, Span, Text
from training.model import SLOTS, TAGS

BREAK = re.compile(r"\n\s*")
QUOTES = ["„“", "“”", '""', "«»", "„”", "''", "‚‘", "‹›", "»«"]
OPEN = '„“"«‚‹'
IGNORED = -100


class Anchor(msgspec.Struct):
    """One attribution in words: where it is anchored, its roles, its facts."""

    at: int
    slot: int
    roles: list[np.ndarray]
    facts: list[int]


class Example(msgspec.Struct):
    """One text in numbers."""

    laid: Laid
    style: int
    anchors: list[Anchor]
    attributed: np.ndarray  # per word: are attributions known here
    role_known: np.ndarray
    tags: np.ndarray | None  # words x TAGS: may the word carry this tag
    sentences: list[tuple[int, int]]
    vectors: np.ndarray | None = None


def example(text: Text, subwords: Subwords, style: int, rng: random.Random | None = None) -> Example:
    """Number a text; `rng` varies its marks and blocks as web text does."""
    shown = varied(text.text, text.language, rng) if rng else text.text
    breaks = [found.end() for found in BREAK.finditer(text.text) if not (rng and rng.random() < 0.04)]
    laid = Laid(shown, breaks, subwords)
    index = Index(laid.words)
    known = np.full(len(laid.words), text.attributions is not None)
    for span in text.unsure:
        known[index.words(span)] = False
    return Example(
        laid=laid,
        style=style,
        anchors=_anchors(text.attributions or [], index),
        attributed=known,
        role_known=np.array([role in text.roles for role in ROLES]),
        tags=None if text.mentions is None else _tags(text, index),
        sentences=[],
    )


def varied(text: str, language: str, rng: random.Random) -> str:
    """Change quotation marks, apostrophes and dashes one for one, keeping every offset."""
    if rng.random() < 0.35:
        pair = rng.choice(QUOTES)
        text = _requoted(text, pair)
    if rng.random() < 0.3:
        text = text.replace("’", "'") if rng.random() < 0.5 else re.sub(r"(?<=\w)'(?=\w)", "’", text)
    if rng.random() < 0.3:
        text = re.sub(r"(?<= )[–—-](?= )", rng.choice("–—-"), text)
    return text


def _requoted(text: str, pair: str) -> str:
    def swap(found: re.Match[str]) -> str:
        before = text[found.start() - 1] if found.start() else " "
        opens = before.isspace() or before in "([—–-"
        return pair[0] if opens else pair[1]

    return re.sub(r"[„“”\"«»]", swap, text)


class Index:
    """Find the words that a span of characters touches."""

    def __init__(self, words: Sequence[Span]) -> None:
        self.starts = [start for start, _ in words]
        self.ends = [end for _, end in words]

    def words(self, span: Span) -> slice:
        """Return the words overlapping `span` as a slice."""
        return slice(bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1]))

    def many(self, spans: Sequence[Span]) -> np.ndarray:
        """Return the indices of all words that the spans touch."""
        found: set[int] = set()
        for span in spans:
            part = self.words(span)
            found.update(range(part.start, part.stop))
        return np.array(sorted(found), dtype=np.int64)


def _anchors(attributions: list[Attribution], index: Index) -> list[Anchor]:
    anchors: list[Anchor] = []
    taken: dict[int, int] = {}
    numbered = [([index.many(getattr(a, role)) for role in ROLES], a) for a in attributions]
    for roles, attribution in sorted(numbered, key=lambda pair: -len(pair[0][0])):
        if not len(roles[0]):
            continue
        at = int(roles[0][0])
        slot = taken.get(at, 0)
        if slot < SLOTS:
            anchors.append(Anchor(at, slot, roles, _facts(attribution)))
            taken[at] = slot + 1
    return anchors


def _facts(attribution: Attribution) -> list[int]:
    def place(value: str | None, values: tuple[str, ...]) -> int:
        return IGNORED if value is None else values.index(value)

    anonymous = IGNORED if attribution.anonymous is None else int(attribution.anonymous)
    return [
        place(attribution.kind, KINDS),
        place(attribution.polarity, POLARITIES),
        place(attribution.certainty, CERTAINTIES),
        anonymous,
        1,
    ]


def _tags(text: Text, index: Index) -> np.ndarray:
    """Say of each word which tags it may carry: by default O, and, where it is capitalised, every kind that
    the corpus does not label (without that limit such kinds would swallow everything)."""
    allowed = np.zeros((len(index.starts), TAGS), dtype=bool)
    allowed[:, 0] = True
    capital = np.array([text.text[start].isupper() for start in index.starts], dtype=bool)
    for number, kind in enumerate(MENTIONS):
        if kind not in text.mention_kinds:
            allowed[capital, 1 + 2 * number : 3 + 2 * number] = True
    for mention in sorted(text.mentions or (), key=lambda m: bool(m.kinds)):
        part = index.words((mention.start, mention.end))
        if not mention.kinds:
            allowed[part] = True
            continue
        allowed[part] = False
        for kind in mention.kinds:
            begin = 1 + 2 * MENTIONS.index(kind)
            allowed[part.start, begin] = True
            allowed[part.start + 1 : part.stop, begin + 1] = True
    return allowed


class Window(msgspec.Struct):
    """A stretch of words of one example that fits the encoder."""

    example: Example
    first: int
    last: int
    size: int


def windows(item: Example, longest: int, rng: random.Random | None) -> Iterator[Window]:
    """Cut an example into windows of at most `longest` subwords, the first of random length if `rng`."""
    sizes, first, total = item.laid.sizes, 0, 2
    limit = rng.randint(longest // 3, longest) if rng and sum(sizes) + 2 > longest else longest
    for index, size in enumerate(sizes):
        if total + size > limit and index > first:
            yield Window(item, first, index, total)
            first, total, limit = index, 2, longest
        total += size
    if first < len(sizes):
        yield Window(item, first, len(sizes), total)


class Batch(msgspec.Struct):
    """Padded tensors of some windows."""

    ids: Tensor
    mask: Tensor
    style: Tensor
    begins: Tensor
    words: Tensor
    starts: Tensor
    starts_known: Tensor
    row: Tensor
    at: Tensor
    slot: Tensor
    roles: Tensor
    roles_known: Tensor
    facts: Tensor
    tags: Tensor | None
    tags_known: Tensor
    pooled: Tensor | None = None
    vectors: Tensor | None = None


def batch(chosen: list[Window]) -> Batch:
    """Pad windows to one batch."""
    laid = [window.example.laid.ids(window.first, window.last) for window in chosen]
    size = -(-max(len(ids) for ids, _ in laid) // 32) * 32
    width = max(len(begins) for _, begins in laid)
    ids = np.full((len(laid), size), PAD)
    begins = np.zeros((len(laid), width), dtype=np.int64)
    words = np.zeros((len(laid), width), dtype=bool)
    for row, (row_ids, row_begins) in enumerate(laid):
        ids[row, : len(row_ids)] = row_ids
        begins[row, : len(row_begins)] = row_begins
        words[row, : len(row_begins)] = True
    known = np.zeros((len(laid), width), dtype=bool)
    tags = np.ones((len(laid), width, TAGS), dtype=bool)
    for row, window in enumerate(chosen):
        part = slice(window.first, window.last)
        known[row, : window.last - window.first] = window.example.attributed[part]
        if window.example.tags is not None:
            tags[row, : window.last - window.first] = window.example.tags[part]
    t = torch.from_numpy
    pooled, vectors = _sentences(chosen, laid, size)
    return Batch(
        ids=t(ids), mask=t(ids != PAD), style=torch.tensor([w.example.style for w in chosen]),
        begins=t(begins), words=t(words), starts_known=t(known), tags=t(tags), tags_known=~t(tags).all(2),
        pooled=pooled, vectors=vectors, **_targets(chosen, width),
    )  # fmt: skip


def _targets(chosen: list[Window], width: int) -> dict[str, Tensor]:
    starts = torch.zeros(len(chosen), width, SLOTS)
    row, at, slot, roles, known, facts = [], [], [], [], [], []
    for number, window in enumerate(chosen):
        for anchor in window.example.anchors:
            if not (window.first <= anchor.at < window.last and window.example.attributed[anchor.at]):
                continue
            starts[number, anchor.at - window.first, anchor.slot] = 1
            target = torch.zeros(width, len(ROLES))
            for index, members in enumerate(anchor.roles):
                inside = members[(members >= window.first) & (members < window.last)] - window.first
                target[inside, index] = 1
            row.append(number)
            at.append(anchor.at - window.first)
            slot.append(anchor.slot)
            roles.append(target)
            known.append(window.example.role_known)
            facts.append(anchor.facts)
    long = {"row": row, "at": at, "slot": slot}
    return {
        "starts": starts,
        **{name: torch.tensor(values, dtype=torch.long) for name, values in long.items()},
        "roles": torch.stack(roles) if roles else torch.zeros(0, width, len(ROLES)),
        "roles_known": torch.tensor(np.array(known, dtype=bool).reshape(-1, len(ROLES))),
        "facts": torch.tensor(facts, dtype=torch.long).reshape(-1, 5),
    }


def _sentences(
    chosen: list[Window], laid: list[tuple[list[int], list[int]]], size: int
) -> tuple[Tensor | None, Tensor | None]:
    """Return averaging rows (sentences x (windows*subwords)) and the vectors to match."""
    rows, vectors = [], []
    for number, window in enumerate(chosen):
        if window.example.vectors is None:
            continue
        begins = [*laid[number][1], len(laid[number][0]) - 1]
        for (first, last), vector in zip(window.example.sentences, window.example.vectors, strict=True):
            if window.first <= first and last <= window.last and last > first:
                row = torch.zeros(len(chosen) * size)
                a, b = begins[first - window.first], begins[last - window.first]
                row[number * size + a : number * size + b] = 1 / (b - a)
                rows.append(row)
                vectors.append(torch.from_numpy(vector))
    return (torch.stack(rows), torch.stack(vectors)) if rows else (None, None)


def batches(chosen: list[Window], subwords: int, rng: random.Random | None) -> Iterator[list[Window]]:
    """Group windows of like length into batches of about `subwords` subwords, in random order if `rng`."""
    ordered = sorted(chosen, key=lambda window: window.size + (rng.randint(0, 24) if rng else 0))
    groups: list[list[Window]] = []
    group: list[Window] = []
    for window in ordered:
        padded = -(-window.size // 32) * 32
        if group and padded * (len(group) + 1) > subwords:
            groups.append(group)
            group = []
        group.append(window)
    if group:
        groups.append(group)
    if rng:
        rng.shuffle(groups)
    yield from groups
