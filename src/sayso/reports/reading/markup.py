"""Lay out a tree of markup as text: one block after the other, a blank line between, links over their words.

Reads HTML's names and those of TEI that trafilatura writes, so that pages and office files go one way.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from sayso.records import Block, BlockKind, Link
from sayso.reports.reading.decoding import strip_controls
from sayso.reports.reading.links import domain_of, make_link

_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "head"), "title"),
    **dict.fromkeys(("li", "item", "dd"), "list_item"),
    **dict.fromkeys(("figcaption", "caption", "figDesc"), "caption"),
    "time": "dateline",
}
_BLOCKS = (frozenset(_KINDS) - {"time"}) | {
    "p",
    "div",
    "section",
    "article",
    "main",
    "body",
    "html",
    "blockquote",
    "quote",
    "table",
    "tr",
    "row",
    "ul",
    "ol",
    "list",
    "dl",
    "dt",
    "pre",
    "code",
    "figure",
    "header",
    "footer",
    "aside",
    "address",
    "hr",
    "tbody",
    "thead",
}
_CELLS = frozenset({"td", "th", "cell"})
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "form",
        "button",
        "svg",
        "iframe",
        "select",
        "head",
        "title",
    }
)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_DEEPEST = 400


class MarkupText:
    """Gather the text of a tree with its blocks and links."""

    def __init__(self, base: str | None = None) -> None:
        self.base = base
        self.pieces: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self._kind: BlockKind = "paragraph"
        self._begin: int | None = None
        self._last = "\n"

    @property
    def text(self) -> str:
        """Give the text gathered so far."""
        return "".join(self.pieces)

    def open_block(self, kind: BlockKind) -> None:
        """End the block before and let the next words begin one of this kind."""
        self.close_block()
        self._kind = kind

    def close_block(self) -> None:
        """End a block where one was begun; white space at its end is taken back."""
        if self._begin is None:
            return
        while self.pieces and not (kept := self.pieces[-1].rstrip()):
            self.length -= len(self.pieces.pop())
        if self.pieces:
            self.length -= len(self.pieces[-1]) - len(kept)
            self.pieces[-1] = kept
        self.blocks.append(Block(kind=self._kind, start=self._begin, end=self.length))
        self._begin = None
        self._kind = "paragraph"

    def end_element(self) -> None:
        """End a block with the element that opened it, whether it held words or not."""
        self.close_block()
        self._kind = "paragraph"

    @property
    def kind_waiting(self) -> BlockKind | None:
        """Give the kind the next words will begin, or None inside a block."""
        return self._kind if self._begin is None else None

    @property
    def begin(self) -> int | None:
        """Give where the open block begins."""
        return self._begin

    def write(self, words: str) -> None:
        """Write words into the block, white space squeezed; the first words of a block begin it."""
        words = _SPACE.sub(" ", strip_controls(words))
        if self._begin is None or self._last in " \n":
            words = words.lstrip(" ")
        if not words:
            return
        if self._begin is None:
            self._put("\n\n" if self.pieces else "")
            self._begin = self.length
            if self._kind == "list_item":
                self._put("- ")
        self._put(words)

    def break_line(self) -> None:
        """Write a line break inside a block."""
        if self._begin is not None:
            self._put("\n")

    def _put(self, words: str) -> None:
        if words:
            self.pieces.append(words)
            self.length += len(words)
            self._last = words[-1]

    def link(self, start: int, target: str) -> None:
        """Note a link over the words written since `start`."""
        url = urljoin(self.base, target) if self.base else target
        begin, end = start, self.length
        written = self.text_between(begin)
        begin += len(written) - len(written.lstrip())
        end -= len(written) - len(written.rstrip())
        if end > begin and url.startswith(("http://", "https://")) and domain_of(url):
            self.links.append(make_link(begin, end, url))

    def text_between(self, start: int) -> str:
        """Give what was written since an offset."""
        found: list[str] = []
        missing = self.length - start
        for piece in reversed(self.pieces):
            if missing <= 0:
                break
            found.append(piece[-missing:])
            missing -= len(piece)
        return "".join(reversed(found))


def lay_out_markup(root: Any, base: str | None = None, heads: bool = True) -> MarkupText:
    """Lay out an lxml tree; relative links are resolved against `base`, and dropped without one.

    `heads`: whether ``head`` is a heading, as in TEI, or the part of an HTML page that is not shown.
    """
    out = MarkupText(base)
    skipped = _SKIPPED - {"head"} if heads else _SKIPPED
    _walk(root, out, skipped, 0)
    out.close_block()
    return out


def _walk(element: Any, out: MarkupText, skipped: frozenset[str], depth: int) -> None:
    name = element.tag if isinstance(element.tag, str) else ""
    if not name or name in skipped:
        return
    if depth > _DEEPEST:
        out.write(" ".join(element.itertext()))
        return
    if name in _BLOCKS:
        out.open_block(_kind_inside(name, out))
    start = out.length
    if name in _CELLS and out.begin is not None:
        out.write(" | ")
    if name in ("br", "lb"):
        out.break_line()
    if element.text:
        out.write(element.text)
    for child in element:
        _walk(child, out, skipped, depth + 1)
        if child.tail:
            out.write(child.tail)
    target = element.get("href") or element.get("target") if name in ("a", "ref") else None
    if target and out.begin is not None:
        out.link(max(start, out.begin), target)
    if name in _BLOCKS:
        out.end_element()


def _kind_inside(name: str, out: MarkupText) -> BlockKind:
    """Give the kind of a block; a paragraph directly inside an item or a quote keeps the outer one's kind."""
    own = _KINDS.get(name, "paragraph")
    return out.kind_waiting or own if own == "paragraph" and name in ("p", "div") else own
