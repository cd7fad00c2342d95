"""Read plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.reports.reading import Sheet, clean, decode, hash_bytes, unmark_links

_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*\*\*|\*\*|\*)(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\1(?![\w*])"
    r"|(?<![\w_\\])(__|_)(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])\3(?![\w_])"
)


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet]:
    """Read a text file: one sheet, line breaks kept, Markdown's link markup taken out."""
    text, warnings = decode(received, path)
    yield sheet_of(text, hash_bytes(received), path, media_type, warnings)


def sheet_of(text: str, sha256: str, path: str, media_type: str, warnings: tuple[str, ...] = ()) -> Sheet:
    """Make a sheet of decoded text."""
    text, mended = clean(text)
    if media_type == "text/markdown":
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    text, links = unmark_links(text)
    return Sheet(
        path=path, sha256=sha256, media_type=media_type, text=text, links=links, warnings=(*warnings, *mended)
    )
