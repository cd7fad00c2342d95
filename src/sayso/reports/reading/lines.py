"""Part a text into blocks: paragraphs, list items, headings - from its lines alone.

A text that was wrapped at a width fills each line until the next word would not fit. So a line break is a
wrap exactly where the first word of the next line would have crossed the width, and a break before that is
one the writer made. The width is the one that explains the most breaks of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from sayso.records import Block, BlockKind
from sayso.reports.reading import vocabulary

_MARK = re.compile(
    r"(?P<dash>[-–—])\s+(?=\S)|(?P<dot>[*•‣▪●◦·○■►])\s+(?=\S)|(?P<number>\(?\d{1,3}[.)])\s+(?=\S)"
)
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_QUOTED = re.compile(r"(?:>\s?)+")
_RULE = re.compile(r"[-–—_*=~#·•.]{3,}$")
_CLOSERS = "\"'”“»«’‘)]*_"
_TERMINAL = ".!?…:;"
_LETTERS_OF_A_LINE = 400
"""Letters that are looked at to judge a line; the longest wrapped line is far shorter."""
_NARROWEST, _WIDEST = 30, 140
_RAGGED = 0.8
"""Share of the usual width that a line broken by hand reaches."""
_LONG_ENOUGH_TO_WRAP = 15
_LONG_WORD = 24
"""Letters; a longer word crosses the width of its line, being an address more often than not."""


class Line(msgspec.Struct, frozen=True):
    """Hold one line: the stretch without its edges' white space, and the width it takes on the page."""

    start: int
    end: int
    width: int
    mark: str
    """What opens it: "" for prose, "heading", "dash", "dot" or "number"."""
    words: str
    """Its first letters, enough to judge it by."""
    tail: str
    first_word: int
    """Width of its first word."""
    longest: int
    """Width of its longest word."""


def find_blocks(
    text: str,
    begin: int = 0,
    alone: frozenset[int] = frozenset(),
    openings: frozenset[int] = frozenset(),
    joins_lines: bool = False,
) -> list[Block]:
    """Part the text from `begin` into blocks, in order.

    Lines whose start is in `alone` are joined to no other, those in `openings` to none before them; where the
    format joins all lines that no blank line parts, as Markdown does, `joins_lines` says so. Kinds are
    paragraph, list_item and, for a marked heading, title; which paragraph is the report's title, dateline or
    byline is for its head to say.
    """
    lines = read_lines(text, begin)
    pairs = [(left, right) for left, right in pairwise(lines) if right.start not in openings]
    wrap = EVERY_LINE if joins_lines else find_wrap([pair for pair in pairs if _joinable(text, *pair, alone)])
    blocks: list[Block] = []
    group: list[Line] = []
    in_list = False
    for line in lines:
        before = group[-1] if group else None
        joined = before is not None and line.start not in openings and _joinable(text, before, line, alone)
        if before is not None and joined and _goes_on(before, line, wrap, len(group) == 1, in_list):
            group.append(line)
            continue
        if before is not None:
            blocks.append(_block(group, in_list))
        in_list = _opens_item(line)
        group = [line]
    return [*blocks, _block(group, in_list)] if group else blocks


def read_lines(text: str, begin: int = 0) -> list[Line]:
    """Read the lines that hold something; rules of dashes and the like hold nothing."""
    lines = []
    at = begin
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if (line := _read_line(text, at, stop)) is not None:
            lines.append(line)
        at = stop + 1
    return lines


def _read_line(text: str, at: int, stop: int) -> Line | None:
    start, end = at, stop
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if quoted := _QUOTED.match(text, start, min(end, start + 20)):
        start = quoted.end()
    if start >= end or (end - start < 200 and _RULE.match(text[start:end])):
        return None
    head = text[start : min(end, start + _LETTERS_OF_A_LINE)]
    if heading := _HEADING.match(head):
        return Line(
            start + heading.end(), end, end - at, "heading", head[heading.end() :], text[end - 3 : end], 0, 0
        )
    widths = [len(word) for word in head.split()]
    return Line(
        start, end, end - at, _mark_of(head), head, text[max(start, end - 3) : end], widths[0], max(widths)
    )


def _joinable(text: str, left: Line, right: Line, alone: frozenset[int]) -> bool:
    """Tell whether no blank line or rule stands between two lines, and neither stands alone."""
    if left.start in alone or right.start in alone:
        return False
    return right.start - left.end < 400 and text.count("\n", left.end, right.start) == 1


class Wrap(msgspec.Struct, frozen=True):
    """Hold how a text was wrapped: a line that the next word would carry over `fill` was broken for width,
    one wider than `widest` was not broken at all."""

    fill: int
    widest: int


EVERY_LINE = Wrap(0, 1 << 62)


def find_wrap(pairs: Sequence[tuple[Line, Line]]) -> Wrap | None:
    """Find the width a text was wrapped at, or None where it was not.

    Each break allows the widths from its line's up to where the next word would still not have fitted; the
    width most breaks allow is taken if it explains at least half of them, three at least. Failing that, lines
    broken by hand: a width most lines come near. In both cases the lines must look like running text.
    """
    running = [
        (left, right)
        for left, right in pairs
        if not right.mark and left.mark != "heading" and left.width <= _WIDEST
    ]
    if len(running) < 3:
        return None
    width, allowed = _most_allowed(running)
    wrap = Wrap(width, int(width / _RAGGED))
    if (
        allowed >= 3
        and allowed * 2 >= len(running)
        and _looks_running([p for p in running if _fills(*p, wrap)])
    ):
        return wrap
    usual = sorted(left.width for left, _ in running)[len(running) * 3 // 4]
    wrap = Wrap(int(usual * _RAGGED), int(usual / _RAGGED))
    near = [pair for pair in running if _fills(*pair, wrap)]
    plain = usual >= _NARROWEST and len(near) >= 4 and len(near) * 2 >= len(running)
    return wrap if plain and _looks_running(near, inside=2 / 3) else None


def _most_allowed(running: Sequence[tuple[Line, Line]]) -> tuple[int, int]:
    steps: list[tuple[int, int]] = []
    for left, right in running:
        if left.longest <= _LONG_WORD:
            steps += [(left.width, 1), (left.width + 1 + min(right.first_word, 60), -1)]
    best, allowed, height = 0, 0, 0
    for at, rise in sorted(steps):
        height += rise
        if height > allowed and at >= _NARROWEST:
            best, allowed = at, height
    return best, allowed


def _fills(left: Line, right: Line, wrap: Wrap) -> bool:
    return left.width + 1 + right.first_word > wrap.fill


def _looks_running(pairs: Sequence[tuple[Line, Line]], inside: float = 1 / 2) -> bool:
    """Tell running text: a share of its lines ends inside a sentence, and some go on in lower case."""
    broken = sum(not _ends_sentence(left) for left, _ in pairs)
    cased = [right.words[0] for _, right in pairs if right.words[0].lower() != right.words[0].upper()]
    lower = sum(letter.islower() for letter in cased)
    return broken >= inside * len(pairs) and (len(cased) < 8 or lower * 8 >= len(cased))


def _goes_on(before: Line, line: Line, wrap: Wrap | None, first: bool, in_list: bool) -> bool:
    """Judge whether a line goes on with the one before it.

    1. A heading stands alone; a bullet begins anew, unless it is a dash or ordinal that a wrap put there.
    2. A line that could not have held the next word was wrapped - but not the first of a block where the
       next begins a sentence without the first having ended one: that is a heading.
    3. Without a width, or on a line too long for it (unless an address made it so), only a sentence broken in
       the middle goes on.
    """
    if "heading" in (before.mark, line.mark):
        return False
    if line.mark:
        return _wrapped_mark(before, line, wrap, in_list)
    if first and not before.mark and not _ends_sentence(before) and _opens_sentence(line):
        return False
    if wrap is not None and (before.width <= wrap.widest or before.longest > _LONG_WORD):
        return _fills(before, line, wrap) or _breaks_sentence(before, line)
    return _breaks_sentence(before, line) or (wrap is None and _plainly_wrapped(before))


def _wrapped_mark(before: Line, line: Line, wrap: Wrap | None, in_list: bool) -> bool:
    """Tell a dash that happened to open a wrapped line from a bullet."""
    inside = not in_list and line.mark == "dash" and not _ends_sentence(before)
    if not inside or wrap is None or wrap is EVERY_LINE or before.tail.endswith(","):
        return False
    return _fills(before, line, wrap) or (line.words[2:3].islower() and before.width > _RAGGED * wrap.fill)


def _mark_of(head: str) -> str:
    """Give the kind of bullet a line opens with; the day of a date ("5. Januar") is none."""
    match = _MARK.match(head)
    if match is None:
        return ""
    following = head[match.end() : match.end() + 20].split(maxsplit=1)[:1]
    is_day = bool(following) and following[0].strip(".,").lower() in vocabulary.months()
    return "" if match["number"] and is_day else match.lastgroup or ""


def _opens_item(line: Line) -> bool:
    return line.mark in ("dot", "number") or (line.mark == "dash" and not _is_dialogue(line))


def _is_dialogue(line: Line) -> bool:
    """Tell Russian dialogue and words between dashes from a list: a second dash follows."""
    parenthesis = line.tail.rstrip(".…").endswith(("-", "–", "—"))
    return parenthesis or line.words[0] == "—" or bool(re.search(r"[,!?…]\s[–—]\s", line.words[2:]))


def _ends_sentence(line: Line) -> bool:
    tail = line.tail.rstrip(_CLOSERS)
    return tail[-1:] in _TERMINAL if tail else False


def _opens_sentence(line: Line) -> bool:
    """Tell whether a line begins with a function word in capitals, as only the start of a sentence does."""
    match = re.match(r"[^\W\d_]+", line.words)
    word = match.group() if match else ""
    return word[:1].isupper() and word.lower() in vocabulary.openers()


def _breaks_sentence(before: Line, line: Line) -> bool:
    return before.width >= _LONG_ENOUGH_TO_WRAP and not _ends_sentence(before) and line.words[0].islower()


def _plainly_wrapped(before: Line) -> bool:
    """Judge a text of too few breaks to know its width: a long line that stops inside a sentence."""
    return 55 <= before.width <= 100 and not _ends_sentence(before)


def _block(lines: Sequence[Line], in_list: bool) -> Block:
    kind: BlockKind = "title" if lines[0].mark == "heading" else "list_item" if in_list else "paragraph"
    return Block(kind=kind, start=lines[0].start, end=lines[-1].end)
