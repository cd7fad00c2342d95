"""Take a file of the notation apart: head, clean text, brackets, rows - and every fault met on the way."""

from __future__ import annotations

import bisect
import re
from pathlib import Path
from typing import get_args

import msgspec

from sayso import records

ROLES = ("content", "cue", "source", "addressee", "medium", "frame")
MARKERS = get_args(records.MarkerKind)
OPEN, CLOSE = "⟦", "⟧"
_TAG = re.compile(r"(A\d+)\.([a-z]+)|([EP])\.([A-Za-z0-9_-]+)")
FIELD = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|\s*$)")


class Problem(msgspec.Struct, frozen=True):
    """Name one fault of a file: where it is and what is wrong."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class CorpusError(Exception):
    """Tell that a corpus file breaks the notation; the message lists file, line and fault."""


class Bracket(msgspec.Struct, frozen=True):
    """Hold one bracket of the notation: its tags and the words it marks, as offsets in the clean text."""

    tags: tuple[str, ...]
    start: int
    end: int


class Draft(msgspec.Struct):
    """Hold a file half read: raw pieces, what was found, and every problem met on the way."""

    path: Path
    head: dict[str, list[str]] = {}
    raw: str = ""
    text: str = ""
    first_line: int = 1
    brackets: list[Bracket] = []
    rows: list[tuple[int, str]] = []
    problems: list[Problem] = []
    lines: list[int] = []

    def blame(self, line: int, message: str) -> None:
        """Note a problem at a line of the file."""
        self.problems.append(Problem(str(self.path), line, message))

    def line_of(self, offset: int) -> int:
        """Give the line of the file on which an offset of the clean text stands."""
        return self.first_line + bisect.bisect_right(self.lines, offset) - 1


def read_draft(path: Path, whole: str) -> Draft:
    """Take the whole of a file apart."""
    draft = Draft(path)
    _split_file(draft, whole)
    _strip_brackets(draft)
    _check_tags(draft)
    return draft


def _split_file(draft: Draft, whole: str) -> None:
    """Cut a file into head, annotated text and rows, minding the line each begins on."""
    head, gap, rest = whole.partition("\n\n")
    for number, line in enumerate(head.splitlines(), 1):
        name, colon, value = line.partition(":")
        if not colon or not value.strip():
            draft.blame(number, f"head line is not 'name: value': {line!r}")
        draft.head.setdefault(name.strip(), []).append(value.strip())
    body, mark, rows = rest.partition("\n===\n")
    if not gap or not mark:
        draft.blame(1, "the file needs a head, a blank line, the text, a line '===' and rows")
    draft.first_line = head.count("\n") + 3
    draft.raw = body
    first_row = draft.first_line + body.count("\n") + 2
    numbered = enumerate(rows.splitlines(), first_row)
    draft.rows = [(n, line.strip()) for n, line in numbered if line.strip() and not line.startswith("#")]


def _strip_brackets(draft: Draft) -> None:
    """Take the brackets out of the raw text; keep clean text, brackets and the start of each line."""
    pieces: list[str] = []
    open_ones: list[tuple[tuple[str, ...], int, int]] = []
    length, position, raw = 0, 0, draft.raw.rstrip()
    for match in re.finditer(rf"{OPEN}([^|{OPEN}{CLOSE}]*)\||[{OPEN}{CLOSE}]", raw):
        piece = raw[position : match.start()]
        pieces.append(piece)
        length, position = length + len(piece), match.end()
        line = draft.first_line + raw.count("\n", 0, match.start())
        if match[1] is not None:
            open_ones.append((tuple(match[1].split()), length, line))
        elif match[0] == OPEN:
            draft.blame(line, "a bracket opens without 'tags|'")
        elif not open_ones:
            draft.blame(line, "a bracket closes that was never opened")
        else:
            tags, start, _ = open_ones.pop()
            draft.brackets.append(Bracket(tags, start, length))
    for tags, _, line in open_ones:
        draft.blame(line, f"bracket with {' '.join(tags)!r} never closes")
    draft.text = "".join([*pieces, raw[position:]])
    draft.lines = [0, *(match.end() for match in re.finditer("\n", draft.text))]
    draft.brackets.sort(key=lambda bracket: (bracket.start, -bracket.end))


def _check_tags(draft: Draft) -> None:
    for bracket in draft.brackets:
        line = draft.line_of(bracket.start)
        words = draft.text[bracket.start : bracket.end]
        if not words or words != words.strip():
            draft.blame(line, f"bracket words are empty or begin or end with a space: {words!r}")
        if not bracket.tags or len(set(bracket.tags)) < len(bracket.tags):
            draft.blame(line, f"no tag or the same tag twice on {words!r}")
        for tag in bracket.tags:
            match = _TAG.fullmatch(tag)
            if match is None or (match[2] and match[2] not in ROLES + MARKERS):
                draft.blame(line, f"unknown tag {tag!r}")


def fields_of(rest: str) -> dict[str, str]:
    """Read the ``name=value`` fields of a row; a value may hold spaces, in quotation marks or without."""
    return {name: value.strip().strip('"') for name, value in FIELD.findall(rest)}
