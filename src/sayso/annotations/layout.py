"""Lay a report out as prose that can be read, without losing where each letter stood.

What is stored is the text as received: hard-wrapped, bulleted, with web addresses in mid-sentence. What
the encoder and the rules read is prose. `Layout` holds both, and the way back from one to the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

import msgspec
import numpy as np

from sayso.languages import load_rules
from sayso.records import Block, BlockKind, Link, Report, Span, Spans

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
        spans = (self._tight_span(left, right) for left, right in pairwise(edges))
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
    """Gather a report's prose letter by letter, remembering where each came from."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.letters: list[str] = []
        self.origins: list[int] = []
        self.links: list[tuple[int, Link]] = []
        self._addresses = _addresses(report)
        self._after_hyphen = frozenset(load_rules(report.language, "language").get("after_hyphen", ()))
        self._is_pdf = report.media_type == "application/pdf"

    def break_block(self, origin: int) -> None:
        """End a block: no space at its end, one line break behind it."""
        while self.letters and self.letters[-1] == " ":
            self._take_back()
        if self.letters:
            self._put("\n", origin)

    def write_block(self, block: Block) -> None:
        """Write one block as prose."""
        text, at, end = self.report.text, block.start, block.end
        if block.kind == "list_item" and (bullet := _BULLET.match(text, at, end)):
            at = bullet.end()
        upcoming = bisect_left(self._addresses, at, key=lambda item: item[0])
        while at < end:
            if upcoming < len(self._addresses) and self._addresses[upcoming][0] <= at:
                _, stop, link = self._addresses[upcoming]
                self.links.append((len(self.letters), link))
                at, upcoming = max(at, stop), upcoming + 1
            elif text[at].isspace():
                at = self._write_white(at, end)
            else:
                if text[at] not in _INVISIBLE:
                    self._drop_space_before(text[at])
                    self._put(text[at], at)
                at += 1

    def keep_worded_links(self) -> None:
        """Add the links whose words stayed in the prose, at the place where their words begin."""
        held = {id(link) for _, link in self.links}
        for link in self.report.links:
            if id(link) not in held:
                at = bisect_left(self.origins, link.start)
                if at < len(self.origins):
                    self.links.append((at, link))
        self.links.sort(key=lambda item: item[0])

    def _put(self, letter: str, origin: int) -> None:
        self.letters.append(letter)
        self.origins.append(origin)

    def _take_back(self) -> None:
        self.letters.pop()
        self.origins.pop()

    def _write_white(self, at: int, end: int) -> int:
        """Write one run of white space as one space; a word parted by a hyphen at the line's end is joined."""
        text, stop = self.report.text, at
        while stop < end and text[stop].isspace():
            stop += 1
        following = _NEXT_WORD.match(text, stop, end)
        if following and text.count("\n", at, stop) == 1 and self._is_parted(following.group()):
            if self._is_pdf and following.group()[0].islower():
                self._take_back()
        elif self.letters and not self.letters[-1].isspace():
            self._put(" ", at)
        return stop

    def _is_parted(self, following: str) -> bool:
        """Tell whether a hyphen just written parts one word from what follows on the next line."""
        before = "".join(self.letters[-40:])
        return bool(_LAST_WORD_BEFORE.search(before)) and following not in self._after_hyphen

    def _drop_space_before(self, letter: str) -> None:
        """Take back the space that a removed address left before punctuation."""
        removed_here = self.links and self.links[-1][0] == len(self.letters)
        if removed_here and letter in ".,;:!?" and self.letters and self.letters[-1] == " ":
            self._take_back()
            self.links[-1] = (len(self.letters), self.links[-1][1])


def lay_out(report: Report) -> Layout:
    """Lay a report out as prose.

    1. Blocks follow each other, parted by a line break; text outside any block is no prose.
    2. Bullets, invisible characters and web addresses (with the brackets around them) are left out.
    3. Runs of white space, hard wraps included, become one space.
    """
    writer = _Writer(report)
    blocks: list[ProseBlock] = []
    for block in report.blocks:
        writer.break_block(max(block.start - 1, 0))
        begin = len(writer.letters)
        writer.write_block(block)
        if len(writer.letters) > begin:
            blocks.append(_place_block(block.kind, begin, writer, blocks))
    writer.keep_worded_links()
    origins = np.asarray(writer.origins, dtype=np.int64)
    return Layout("".join(writer.letters), origins, tuple(blocks), tuple(writer.links))


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
