"""Read plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sayso.reports.reading import Sheet, decode, hash_bytes, plain_sheet

_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*\*\*|\*\*|\*)(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\1(?![\w*])"
    r"|(?<![\w_\\])(__|_)(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])\3(?![\w_])"
)
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\n]{1,80})\]:[ \t]+<?(https?://[^\s<>]{1,2000})>?[^\n]{0,300}$\n?", re.MULTILINE
)
_REFERENCE = re.compile(r"\[([^\[\]]{1,400})\]\[([^\[\]\n]{0,80})\]")


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet]:
    """Read a text file: one sheet, line breaks kept; of Markdown, links and emphasis lose their markup."""
    text, warnings = decode(received, path)
    if media_type == "text/markdown":
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], _inline_references(text))
    sheet = plain_sheet(text, hash_bytes(received), path, media_type)
    joins_lines = media_type == "text/markdown"
    yield msgspec.structs.replace(sheet, joins_lines=joins_lines, warnings=(*warnings, *sheet.warnings))


def _inline_references(text: str) -> str:
    """Write Markdown's links by reference, ``[words][1]``, as links in place; take out what they refer to."""
    targets = {match[1].lower(): match[2] for match in _DEFINITION.finditer(text)}
    if not targets:
        return text

    def inline(match: re.Match[str]) -> str:
        url = targets.get((match[2] or match[1]).lower())
        return f"[{match[1]}]({url})" if url else match[0]

    return _REFERENCE.sub(inline, _DEFINITION.sub("", text))
