"""Read PDF files that have a text layer (pypdfium2).

Lines are kept as they are on the page, hyphens at their ends too. A wider gap between lines, or an indent
after a sentence, parts paragraphs; page numbers and running heads are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from sayso.errors import UnreadableReport
from sayso.reports.reading import Sheet, clean, find_date, hash_bytes, vocabulary

_WIDE_GAP = 1.4
"""Times the usual distance of lines, from which on a gap parts paragraphs."""
_INDENT = 6.0
"""Points; a line set in further than this after a sentence's end begins a paragraph."""
_FEWEST_LETTERS = 20
_REMEDY_OCR = "run optical character recognition over it first, for instance with OCRmyPDF"
_LINE = re.compile("(?P<words>[^\r\n\x02\ufffe]*)(?P<hyphen>[\x02\ufffe]?)(?:\r?\n)?")
"""A line of pdfium's text; it writes a hyphen that parts a word at the line's end as a sign of its own."""
_EDGE_LINES = 2


class PageLine(NamedTuple):
    """Hold a line of a page, with where it stands (points from the lower left), if that is known."""

    text: str
    left: float | None
    bottom: float | None


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet]:
    """Read one PDF file.

    Raises UnreadableReport for a damaged or protected file and for one without a text layer.
    """
    pages = _pages(received, path)
    empty = sum(not any(line.text.strip() for line in page) for page in pages)
    dropped = _drop_running_heads(pages)
    published = next((found.value for line in dropped if (found := find_date(line)) and found.value), None)
    text, mended = clean("\n".join(filter(None, (_page_text(page) for page in pages))))
    if sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS:
        raise UnreadableReport("the PDF has no text layer", path, _REMEDY_OCR)
    warnings = (f"{empty} of {len(pages)} pages have no text layer",) if empty else ()
    yield Sheet(
        path=path,
        sha256=hash_bytes(received),
        media_type=media_type,
        text=text,
        published=published,
        published_basis="dateline" if published else "none",
        warnings=(*mended, *warnings),
    )


def _pages(received: bytes, path: str) -> list[list[PageLine]]:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(received)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        what = "the PDF is protected by a password" if protected else "not a PDF file, or a damaged one"
        raise UnreadableReport(what, path, "save it again without protection") from error
    try:
        return [_lines(document, number, path) for number in range(len(document))]
    finally:
        document.close()


def _lines(document: Any, number: int, path: str) -> list[PageLine]:
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        lines = [_place(text_page, match) for match in _LINE.finditer(text) if match["words"].strip()]
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(f"page {number + 1} is damaged", path, "save the file again") from error
    return lines


def _place(text_page: Any, match: re.Match[str]) -> PageLine:
    """Place a line by its first letter; the page's text may hold a letter more or less than its boxes."""
    import pypdfium2

    words = match["words"].strip() + ("-" if match["hyphen"] else "")
    offset = match.start() + len(match["words"]) - len(match["words"].lstrip())
    try:
        left, bottom, _, _ = text_page.get_charbox(offset, loose=True)
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return PageLine(words, None, None)
    return PageLine(words, left, bottom)


def _drop_running_heads(pages: list[list[PageLine]]) -> list[str]:
    """Take out page numbers and lines that return at the edges of most pages; give the first page's."""
    edges = Counter(key for page in pages for key in {_key(line.text) for line in _edge(page)})
    needed = max(2, 0.6 * len(pages))
    first = [line.text for line in _edge(pages[0])] if pages else []
    for page in pages:
        edge = {id(line) for line in _edge(page)}
        page[:] = [
            line for line in page
            if id(line) not in edge or not (_is_page_number(line.text) or edges[_key(line.text)] >= needed)
        ]  # fmt: skip
    kept = {line.text for line in pages[0]} if pages else set()
    return [line for line in first if line not in kept]


def _edge(page: list[PageLine]) -> list[PageLine]:
    return page if len(page) <= 2 * _EDGE_LINES else page[:_EDGE_LINES] + page[-_EDGE_LINES:]


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _is_page_number(text: str) -> bool:
    words = re.findall(r"\w+", text.lower())
    numbers = [word for word in words if word.isdigit() and len(word) <= 4]
    others = set(words) - set(numbers) - vocabulary.words("page_words")
    return 0 < len(numbers) <= 2 and not others and len(text) < 25


def _page_text(page: list[PageLine]) -> str:
    gaps = sorted(gap for above, line in pairwise(page) if (gap := _gap(above, line)) and gap > 0)
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    margin = median(line.left for line in page if line.left is not None) if _placed(page) else 0.0
    pieces = [line.text if not n else _join(page[n - 1], line, usual, margin) for n, line in enumerate(page)]
    return "".join(pieces)


def _placed(page: list[PageLine]) -> bool:
    return any(line.left is not None for line in page)


def _gap(above: PageLine, line: PageLine) -> float | None:
    if above.bottom is None or line.bottom is None:
        return None
    return above.bottom - line.bottom


def _join(above: PageLine, line: PageLine, usual: float, margin: float) -> str:
    gap = _gap(above, line)
    wide = gap is not None and usual > 0 and gap > _WIDE_GAP * usual
    indented = line.left is not None and line.left > margin + _INDENT
    ended = above.text.rstrip("\"'”“»«)").endswith((".", "!", "?", ":", "…"))
    return ("\n\n" if wide or (indented and ended) else "\n") + line.text
