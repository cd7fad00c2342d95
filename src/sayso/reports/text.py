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


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet]:
    """Read a text file: one sheet, line breaks kept; of Markdown, links and emphasis lose their markup."""
    text, warnings = decode(received, path)
    if media_type == "text/markdown":
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    sheet = plain_sheet(text, hash_bytes(received), path, media_type)
    yield msgspec.structs.replace(sheet, warnings=(*warnings, *sheet.warnings))
