"""Turn token columns and bags of tokens back into running text with spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from training.corpora import MENTIONS, Mention, Span, Text
from training.corpora.outlets import narrowed

CLOSING = set(".,;:!?)]}%…»’”")
OPENING = set("([{«„")


class Prose:
    """Join tokens to text, remembering where each one stands; quotation marks alternate sides."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.spans: list[Span] = []
        self.glue = True
        self.inside: set[str] = set()

    def add(self, token: str, spaced: bool | None = None) -> None:
        """Append one token; `spaced` says whether a space comes before it, None guesses."""
        closes = self._closes(token)
        if (not (self.glue or closes)) if spaced is None else spaced:
            self.write(" ")
        start = self.size
        self.write(token)
        self.spans.append((start, self.size))
        self.glue = token in OPENING or (token in self.inside and token in "\"'“‚")

    def write(self, text: str) -> None:
        """Append text that is no token: spaces, line breaks."""
        self.parts.append(text)
        self.size += len(text)

    def paragraph(self) -> None:
        """End the paragraph."""
        if self.size:
            self.write("\n\n")
        self.glue, self.inside = True, set()

    def _closes(self, token: str) -> bool:
        if token in ('"', "'", "“") and not (token == "“" and "„" not in self.inside):
            mark = "„" if token == "“" else token
            if mark in self.inside:
                self.inside.discard(mark)
                return True
            self.inside.add(token)
            return False
        if token == "„":
            self.inside.add(token)
        return token in CLOSING or token.startswith(("'s", "’s", "n't"))

    def text(self) -> str:
        """Return everything written so far."""
        return "".join(self.parts)


def sentences(
    path: Path, word: int, tag: int, separator: str | None = None
) -> Iterator[list[tuple[str, str]]]:
    """Yield the sentences of a column file as lists of (token, tag)."""
    yield from split(path.read_text(encoding="utf-8").splitlines(), word, tag, separator)


def split(
    lines: Iterable[str], word: int, tag: int, separator: str | None = None
) -> Iterator[list[tuple[str, str]]]:
    """Split column lines at blank lines, comments and document marks."""
    found: list[tuple[str, str]] = []
    for line in lines:
        fields = line.split(separator)
        if len(fields) > max(word, tag) and not line.startswith(("# ", "#\t", "-DOCSTART-")):
            found.append((fields[word], fields[tag]))
        elif found:
            yield found
            found = []
    if found:
        yield found


def chunks(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first, past the last, label) of every B-/I- run."""
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        goes_on = tag.startswith("I-") and tag[2:] == label
        if label and not goes_on:
            yield start, index, label
            label = ""
        if not goes_on and tag[:2] in ("B-", "I-"):
            start, label = index, tag[2:]


def joined(
    rows: Iterable[list[tuple[str, str]]], kinds: dict[str, tuple[str, ...]]
) -> tuple[str, list[Mention]]:
    """Join tagged sentences to one text with mentions; labels outside `kinds` are left unknown."""
    prose, mentions = Prose(), []
    for row in rows:
        prose.paragraph()
        first = len(prose.spans)
        for token, _ in row:
            prose.add(token)
        for start, end, label in chunks([tag for _, tag in row]):
            span = prose.spans[first + start][0], prose.spans[first + end - 1][1]
            if kinds.get(label) != ("nothing",):
                mentions.append(Mention(*span, kinds.get(label, ())))
    return prose.text(), mentions


ORGANISATION = ("organisation", "outlet")
FOLDED = ("person", "organisation", "place", "outlet")
"""What corpora with the classes PER, ORG and LOC label in full: their ORG has the outlets in it."""

WHOLE = MENTIONS
"""What corpora label in full that have a class for other names: only those are of an unknown kind."""

SENTENCES = 5


def grouped(
    corpus: str,
    language: str,
    split: str,
    rows: Iterable[list[tuple[str, str]]],
    kinds: dict[str, tuple[str, ...]],
    labelled: tuple[str, ...],
) -> Iterator[Text]:
    """Yield texts of a few sentences each, every sentence a paragraph, as they need not belong together."""
    everything = list(rows)
    for number in range(0, len(everything), SENTENCES):
        text, mentions = joined(everything[number : number + SENTENCES], kinds)
        yield Text(
            id=f"{split}-{number}-{language}",
            corpus=corpus,
            language=language,
            split=split,
            text=text,
            mentions=narrowed(text, mentions),
            mention_kinds=labelled,
        )
