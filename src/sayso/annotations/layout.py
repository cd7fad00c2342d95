"""Lay a report out as prose that can be read, without losing where each letter stood.

What is stored is the text as received: hard-wrapped, bulleted, with web addresses in mid-sentence. What
the encoder and the rules read is prose. `Layout` holds both, and the way back from one to the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

import msgspec
import numpy as np

from sayso.languages import load_rules
from sayso.records import BlockKind, Link, Report, Span, Spans

_BULLET = re.compile(r"\s*(?:[-*•–—‣▪●·]|\(?\d{1,2}[.)])\s+")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_OPENING, _CLOSING = "([<{", ")]>}"
_LAST_WORD_BEFORE = re.compile(r"\w+-$")
_NEXT_WORD = re.compile(r"\w+")


class ProseBlock(msgspec.Struct, frozen=True):
    """Mark a block in the prose; `introduced_by` is the block whose last sentence introduces a list item."""

    kind: BlockKind
    start: int
    end: int
    introduced_by: int | None = None


class Layout:
    """Hold a report's prose and the way back to its text.

    `prose` has one space for every run of white space, one line break between blocks, no web addresses
    and no bullets. `origins[i]` is the offset in the report's text of the prose's letter i.
    """

    def __init__(
        self,
        prose: str,
        origins: np.ndarray,
        blocks: tuple[ProseBlock, ...],
        links: tuple[tuple[int, Link], ...],
    ) -> None:
        self.prose = prose
        self.origins = origins
        self.blocks = blocks
        self.links = links

    @property
    def breaks(self) -> tuple[int, ...]:
        """Give the prose offsets at which a block begins."""
        return tuple(block.start for block in self.blocks)

    @property
    def link_dates(self) -> tuple[tuple[int, str], ...]:
        """Give the dates found in cited web addresses, with the prose offset at which the address stood."""
        return tuple((at, link.published) for at, link in self.links if link.published)

    def to_spans(self, start: int, end: int) -> Spans:
        """Carry a stretch of prose back to spans of the report's text, parted where an address was taken out.

        White space and characters that are no prose stay inside a span; only a link parts it.
        """
        while start < end and self.prose[start].isspace():
            start += 1
        while end > start and self.prose[end - 1].isspace():
            end -= 1
        if start >= end:
            return ()
        cuts = [at for at, _ in self._cuts_between(start, end)]
        edges = [start, *cuts, end]
        spans = (self._tight_span(left, right) for left, right in zip(edges, edges[1:], strict=False))
        return tuple(span for span in spans if span is not None)

    def to_prose(self, start: int, end: int) -> Span | None:
        """Carry a span of the report's text into the prose, or give None where nothing of it is prose."""
        left = int(np.searchsorted(self.origins, start, "left"))
        right = int(np.searchsorted(self.origins, end, "left"))
        return (left, right) if right > left else None

    def block_at(self, offset: int) -> int:
        """Give the number of the block that holds a prose offset."""
        return max(0, bisect_right([block.start for block in self.blocks], offset) - 1)

    def _cuts_between(self, start: int, end: int) -> tuple[tuple[int, Link], ...]:
        offsets = [at for at, _ in self.links]
        inner = self.links[bisect_right(offsets, start) : bisect_left(offsets, end)]
        return tuple((at, link) for at, link in inner if self.origins[at] - self.origins[at - 1] > 1)

    def _tight_span(self, start: int, end: int) -> Span | None:
        while start < end and self.prose[start].isspace():
            start += 1
        while end > start and self.prose[end - 1].isspace():
            end -= 1
        return (int(self.origins[start]), int(self.origins[end - 1]) + 1) if start < end else None


class _Writer:
    """Gather prose letter by letter, remembering where each came from."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.origins: list[int] = []

    def put(self, letter: str, origin: int) -> None:
        self.letters.append(letter)
        self.origins.append(origin)

    def space(self, origin: int) -> None:
        if self.letters and not self.letters[-1].isspace():
            self.put(" ", origin)

    def break_block(self, origin: int) -> None:
        while self.letters and self.letters[-1] == " ":
            self.letters.pop()
            self.origins.pop()
        if self.letters:
            self.put("\n", origin)


def lay_out(report: Report) -> Layout:
    """Lay a report out as prose.

    1. Blocks follow each other, parted by a line break; text outside any block is no prose.
    2. Bullets, invisible characters and web addresses (with the brackets around them) are left out.
    3. Runs of white space, hard wraps included, become one space.
    """
    after_hyphen = frozenset(load_rules(report.language, "language").get("after_hyphen", ()))
    matter = _addresses(report)
    writer = _Writer()
    blocks: list[ProseBlock] = []
    links: list[tuple[int, Link]] = []
    for block in report.blocks:
        writer.break_block(max(block.start - 1, 0))
        begin = len(writer.letters)
        _write_block(report, block.start, block.end, block.kind, writer, matter, links, after_hyphen)
        if len(writer.letters) > begin:
            blocks.append(_place_block(block.kind, begin, writer, blocks))
    _write_kept_links(report, writer, links)
    links.sort(key=lambda item: item[0])
    origins = np.asarray(writer.origins, dtype=np.int64)
    return Layout("".join(writer.letters), origins, tuple(blocks), tuple(links))


def _place_block(kind: BlockKind, begin: int, writer: _Writer, blocks: list[ProseBlock]) -> ProseBlock:
    introduced_by = None
    if kind == "list_item" and blocks:
        before = blocks[-1]
        if before.kind == "list_item":
            introduced_by = before.introduced_by
        elif before.kind == "paragraph" and writer.letters[before.end - 1] in ":–—-":
            introduced_by = len(blocks) - 1
    return ProseBlock(kind, begin, len(writer.letters), introduced_by)


def _addresses(report: Report) -> list[tuple[int, int, Link]]:
    """Find the stretches that are web addresses, widened by the brackets that hold nothing else."""
    found = []
    for link in report.links:
        words = report.text[link.start : link.end].strip("<>")
        if not words or words not in link.url:
            continue  # words that carry a link are prose
        start, end = link.start, link.end
        before, after = report.text[start - 1 : start], report.text[end : end + 1]
        if before and after and before in _OPENING and _OPENING.index(before) == _CLOSING.find(after):
            start, end = start - 1, end + 1
        found.append((start, end, link))
    return sorted(found, key=lambda item: (item[0], item[1]))


def _write_block(
    report: Report,
    start: int,
    end: int,
    kind: BlockKind,
    writer: _Writer,
    matter: list[tuple[int, int, Link]],
    links: list[tuple[int, Link]],
    after_hyphen: frozenset[str],
) -> None:
    text, is_pdf = report.text, report.media_type == "application/pdf"
    at = start
    if kind == "list_item" and (bullet := _BULLET.match(text, start, end)):
        at = bullet.end()
    upcoming = bisect_left(matter, at, key=lambda item: item[0])
    while at < end:
        if upcoming < len(matter) and matter[upcoming][0] <= at:
            _, stop, link = matter[upcoming]
            links.append((len(writer.letters), link))
            at, upcoming = max(at, stop), upcoming + 1
            continue
        letter = text[at]
        if letter.isspace():
            at = _write_white(text, at, end, writer, is_pdf, after_hyphen)
        else:
            if letter not in _INVISIBLE:
                _drop_space_before(letter, writer, links)
                writer.put(letter, at)
            at += 1


def _drop_space_before(letter: str, writer: _Writer, links: list[tuple[int, Link]]) -> None:
    """Take back the space that a removed address left before punctuation."""
    removed_here = links and links[-1][0] == len(writer.letters)
    if removed_here and letter in ".,;:!?" and writer.letters and writer.letters[-1] == " ":
        writer.letters.pop()
        writer.origins.pop()
        links[-1] = (len(writer.letters), links[-1][1])


def _write_white(
    text: str, at: int, end: int, writer: _Writer, is_pdf: bool, after_hyphen: frozenset[str]
) -> int:
    """Write one run of white space as one space; a word parted by a hyphen at the line's end is joined."""
    stop = at
    while stop < end and text[stop].isspace():
        stop += 1
    wrapped = "\n" in text[at:stop] and text.count("\n", at, stop) == 1
    before = "".join(writer.letters[-40:])
    following = _NEXT_WORD.match(text, stop, end)
    if wrapped and following and _LAST_WORD_BEFORE.search(before) and following.group() not in after_hyphen:
        if is_pdf and following.group()[0].islower():
            writer.letters.pop()
            writer.origins.pop()
        return stop
    writer.space(at)
    return stop


def _write_kept_links(report: Report, writer: _Writer, links: list[tuple[int, Link]]) -> None:
    """Add the links whose words stayed in the prose, at the place where their words begin."""
    held = {id(link) for _, link in links}
    for link in report.links:
        if id(link) not in held:
            at = bisect_left(writer.origins, link.start)
            if at < len(writer.origins):
                links.append((at, link))
