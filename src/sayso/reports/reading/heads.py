"""Tell what each block is - title, dateline, byline, caption - and what the head says of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sayso.records import Block, BlockKind
from sayso.reports.reading import vocabulary
from sayso.reports.reading.datelines import Dateline, read_line, read_opening
from sayso.reports.reading.links import find_links

_LONGEST_HEAD_LINE = 300
_LONGEST_TITLE = 220
_LONG_TITLE_LINE = 35
_HEAD_BLOCKS = 12
_TAIL_BLOCKS = 3
_ENDS = re.compile(r"[.!?…:;,]['\"»«“”’)\]]*$")
_CLOCK_LINE = re.compile(r"\(?\d{1,2}[:.]\d\d(?:\s?(?:Uhr|h|[ap]\.?m\.?|[A-ZА-Я]{2,4}))?\)?:?$")
_SENTENCE_INSIDE = re.compile(r"[^\W_]{3,}[.!?]['\"»«“”’)\]]*\s+\W*[^\W\d_a-zäöüа-яё]")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_ENDS_TITLE = re.compile(r"(?<![.])[.:;,]['\"»«“”’)\]]*$")


class Head(msgspec.Struct, kw_only=True):
    """Gather what a head says, in the order it is read; what is read first stands."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    agency: str | None = None
    foot_outlet: str | None = None
    url: str | None = None
    published: str | None = None
    month_day: tuple[int, int] | None = None
    blocks: list[Block] = msgspec.field(default_factory=list)

    def note(self, line: Dateline, in_foot: bool = False) -> None:
        """Take over what one dateline says where nothing said so before."""
        date = line.date
        if date is not None:
            self.published = self.published or date.value
            self.month_day = self.month_day or date.month_day
        self.author = self.author or line.author
        self.agency = self.agency or line.agency
        if in_foot:
            self.foot_outlet = self.foot_outlet or line.outlet
        else:
            self.outlet = self.outlet or line.outlet


def collapse(text: str) -> str:
    """Write a stretch as one line: white space as single spaces, invisible characters out."""
    return " ".join(re.sub(r"[\u00ad\u200b\u2060]", "", text).split())


def read_head(text: str, blocks: Sequence[Block], language: str, title: str | None = None) -> Head:
    """Read the head and foot of a report and give each block its kind.

    1. The first blocks, up to the first that is prose, are title, dateline, byline, address or furniture.
    2. The first prose may open with a dateline, which becomes a block of its own.
    3. Later short lines are headings, captions or furniture; furniture and addresses are left out.
    4. The last lines may give a source or a date.
    """
    head = Head(title=title)
    at = 0
    while at < min(len(blocks), _HEAD_BLOCKS):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if not _read_head_block(text, blocks[at], following, language, head):
            break
        at += 1
    rest = list(blocks[at:])
    if rest and rest[0].kind == "paragraph":
        rest[:1] = _split_opening(text, rest[0], language, head)
    head.blocks += _read_body(text, rest, language, head)
    head.blocks = _drop_false_headings(head.blocks)
    return head


def _read_head_block(text: str, block: Block, following: Block | None, language: str, head: Head) -> bool:
    """Read one block before the prose; give False where it is the prose."""
    if block.end - block.start > _LONGEST_HEAD_LINE or block.kind in ("list_item", "caption"):
        return False
    line = collapse(text[block.start : block.end])
    if block.kind in ("title", "dateline", "byline"):
        head.title = head.title or (line if block.kind == "title" else None)
        found = read_line(line, language, True) if block.kind != "title" else None
        if found:
            head.note(found)
        head.blocks.append(block)
        return True
    if _is_address(line):
        head.url = head.url or find_links(line)[0].url
        return True
    if is_furniture(line):
        return True
    found = read_line(line, language, head.title is not None)
    if found is not None:
        head.note(found)
        head.blocks.append(_as(block, _kind_of(found)))
        return True
    if is_caption(line):
        head.blocks.append(_as(block, "caption"))
        return True
    if following is None or read_opening(line, language) or not _is_title(line, text, following, language):
        return False
    _add_title(text, block, line, head)
    return True


def _add_title(text: str, block: Block, line: str, head: Head) -> None:
    """Add a title, or join it to the line above where that was a title wrapped at a width of its own."""
    above = head.blocks[-1] if head.blocks else None
    wrapped = (
        above is not None
        and above.kind == "title"
        and above.end - above.start >= _LONG_TITLE_LINE
        and text[above.end : block.start].count("\n") == 1
        and line.split(maxsplit=1)[0].lower() not in vocabulary.openers()
    )
    if above is None or not wrapped:
        head.title = head.title or line
        head.blocks.append(_as(block, "title"))
        return
    joined = Block(kind="title", start=above.start, end=block.end)
    if head.title == collapse(text[above.start : above.end]):
        head.title = collapse(text[joined.start : joined.end])
    head.blocks[-1] = joined


def find_edges(text: str, begin: int, language: str) -> tuple[frozenset[int], frozenset[int]]:
    """Find the lines on top and at the foot that are no running text, by where they start.

    First those that stand alone whatever their width (datelines, bylines, addresses, captions), then those on
    top that open a paragraph with a dateline.
    """
    alone, openings = set(), set()
    before = None
    for start, line in _edge_lines(text, begin):
        inside = before is not None and _in_sentence(text, begin, *before, start)
        runs_through = _is_address(line) and (inside or _lower_case_follows(text, start + len(line)))
        if not runs_through and _stands_alone(line, language):
            alone.add(start)
        elif not inside and read_opening(text[start : start + 400], language) is not None:
            openings.add(start)
        before = (start, line) if start not in alone else None
    return frozenset(alone), frozenset(openings)


def _in_sentence(text: str, begin: int, above: int, line: str, start: int) -> bool:
    """Tell whether a line goes on inside the sentence of the line above; the text's first line is a title."""
    touching = text.count("\n", above, start) == 1 and bool(text[begin:above].strip())
    return touching and len(line) >= _LONG_TITLE_LINE and not _ENDS.search(line)


def _lower_case_follows(text: str, end: int) -> bool:
    return (
        bool(re.match(r"[ \t]*\n[ \t]*[^\W\d_]", text[end : end + 40]))
        and text[end : end + 40].split(maxsplit=1)[0][0].islower()
    )


def _stands_alone(line: str, language: str) -> bool:
    return (
        _is_address(line)
        or is_furniture(line)
        or is_caption(line)
        or read_line(line, language, True) is not None
    )


def _edge_lines(text: str, begin: int) -> list[tuple[int, str]]:
    """Give the first and last lines that hold something, with where they start."""
    top = _lines_of(text, begin, begin + 4_000)[:16]
    foot = _lines_of(text, max(begin, len(text) - 1_000), len(text))[-4:]
    return sorted({start: line for start, line in top + foot if len(line) <= _LONGEST_HEAD_LINE}.items())


def _lines_of(text: str, begin: int, end: int) -> list[tuple[int, str]]:
    """Give the lines of a stretch that hold something; one that was cut into at its beginning is left out."""
    if 0 < begin < len(text) and text[begin - 1] != "\n":
        begin = text.find("\n", begin, end) + 1 or end
    return [
        (begin + match.start(), match.group().rstrip())
        for match in re.finditer(r"[^\s][^\n]*", text[begin:end])
    ]


def _kind_of(found: Dateline) -> BlockKind:
    return "dateline" if found.date is not None and found.author is None else "byline"


def _as(block: Block, kind: BlockKind) -> Block:
    return Block(kind=kind, start=block.start, end=block.end)


def _is_address(line: str) -> bool:
    links = find_links(line)
    return len(links) == 1 and links[0].start <= 1 and len(line) - links[0].end <= 1


def is_furniture(line: str) -> bool:
    """Tell a line of the page around a report ("Anzeige", "Read more") from the report's own."""
    return len(line) < 60 and line.lower().strip(" .:…!>»|") in vocabulary.words("furniture")


def is_caption(line: str) -> bool:
    """Tell a picture's caption or credit by its label ("Foto: ...", "(Photo: ...)")."""
    label = re.match(r"\(?(?P<label>[^\W\d_]+(?: [^\W\d_]+)?)\s?[:/]\s?\S", line)
    if label and label["label"].lower() in vocabulary.words("caption_labels"):
        return len(line) < _LONGEST_HEAD_LINE
    credit = re.search(r"[.(\s](?P<label>[^\W\d_]+): [^:.!?]{2,50}\)?$", line)
    labels = vocabulary.words("caption_labels")
    return len(line) < _LONGEST_HEAD_LINE and credit is not None and credit["label"].lower() in labels


def _is_title(line: str, text: str, following: Block, language: str) -> bool:
    """Judge a line before the prose: no full stop, or a dateline right below it."""
    if (
        len(line) > _LONGEST_TITLE
        or len(line.split()) > 28
        or not _LETTERS.search(line)
        or line[0] in "-–—*•"
    ):
        return False
    if _CLOCK_LINE.match(line) or (len(line.split()) > 14 and _SENTENCE_INSIDE.search(line)):
        return False
    if not _ENDS_TITLE.search(line):
        return True
    return (
        len(line.split()) <= 20 and line.endswith((".", '."', ".“")) and _is_dated(text, following, language)
    )


def _is_dated(text: str, block: Block, language: str) -> bool:
    """Tell whether a block is a dateline or byline, or opens with one: what stands above it is a title."""
    opening = text[block.start : min(block.end, block.start + 400)]
    is_line = block.end - block.start <= _LONGEST_HEAD_LINE and read_line(collapse(opening), language, True)
    return bool(is_line) or read_opening(opening, language) is not None


def _split_opening(text: str, block: Block, language: str, head: Head) -> list[Block]:
    found = read_opening(text[block.start : min(block.end, block.start + 400)], language)
    if found is None or block.start + found.length >= block.end:
        return [block]
    head.note(found)
    cut = block.start + found.length
    begin = cut
    while begin < block.end and text[begin].isspace():
        begin += 1
    return [
        Block(kind="dateline", start=block.start, end=cut),
        Block(kind="paragraph", start=begin, end=block.end),
    ]


def _read_body(text: str, blocks: Sequence[Block], language: str, head: Head) -> list[Block]:
    found = []
    foot = len(blocks) - _TAIL_BLOCKS if len(blocks) > 1 else len(blocks)
    for number, block in enumerate(blocks):
        kind: BlockKind | None = block.kind
        if kind == "paragraph" and block.end - block.start <= _LONGEST_HEAD_LINE:
            line = collapse(text[block.start : block.end])
            following = blocks[number + 1].kind if number + 1 < len(blocks) else None
            told = _foot_kind(line, language, head) if number >= foot else None
            kind = told or _body_kind(line, following)
        if kind is not None:
            found.append(_as(block, kind))
    return found


def _body_kind(line: str, following: BlockKind | None) -> BlockKind | None:
    """Tell a heading or a caption from prose; furniture is None."""
    if is_furniture(line) or line.startswith("©"):
        return None
    if is_caption(line):
        return "caption"
    if _CLOCK_LINE.match(line):
        return "dateline"
    short = len(line) <= 100 and len(line.split()) <= 12 and not re.match(r"\d{1,2}[:.]\d\d\b", line)
    is_heading = (
        short
        and _LETTERS.search(line)
        and not _ENDS.search(line)
        and not line[:1].islower()
        and not _is_address(line)
    )
    return "title" if is_heading and following in ("paragraph", "list_item") else "paragraph"


def _foot_kind(line: str, language: str, head: Head) -> BlockKind | None:
    """Read one of the last lines where it gives a source, a date or an author."""
    found = read_line(line.strip("()"), language, False)
    if found is None:
        return None
    head.note(found, in_foot=True)
    return _kind_of(found)


def _drop_false_headings(blocks: list[Block]) -> list[Block]:
    """Take back headings where half of the body would be one: a ticker, not a text with headings."""
    first = next(
        (n for n, block in enumerate(blocks) if block.kind in ("paragraph", "list_item")), len(blocks)
    )
    body = blocks[first:]
    headings = sum(block.kind == "title" for block in body)
    if headings < 3 or headings * 2 < len(body):
        return blocks
    return blocks[:first] + [_as(block, "paragraph") if block.kind == "title" else block for block in body]
