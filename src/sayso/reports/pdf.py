"""Read PDF files that have a text layer (pypdfium2).

Lines are kept as they are on the page, hyphens at their ends too. What parts paragraphs is read from where
the lines stand (a wider gap, another size of letters, an indent, a short last line); page numbers and
running heads are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from sayso.errors import UnreadableReport
from sayso.reports.reading import Sheet, clean, find_date, hash_bytes, vocabulary

_WIDE_GAP = 1.4
"""Times the usual distance of lines, from which on a gap parts paragraphs."""
_OTHER_SIZE = 1.15
"""Times the height of the letters above, from which on a line is a heading, or ends one."""
_INDENT = (6.0, 60.0)
"""Points; set in by as much after a sentence's end, a line begins a paragraph; by more, another column."""
_SHORT = 0.9
"""Share of the column's width; a line that ends a sentence before it ends a paragraph."""
_NEAR = 12
"""Lines above and below by which the width of a column is known."""
_FEWEST_LETTERS = 20
_REMEDY_OCR = "run optical character recognition over it first, for instance with OCRmyPDF"
_LINE = re.compile("(?P<words>[^\r\n\x02\ufffe]*)(?P<hyphen>[\x02\ufffe]?)(?:\r?\n)?")
"""A line of pdfium's text; it writes a hyphen that parts a word at the line's end as a sign of its own."""
_EDGE_LINES = 2


class PageLine(NamedTuple):
    """Hold a line of a page, with where it stands (points from the lower left) where that is known."""

    text: str
    box: tuple[float, float, float, float] | None
    """Left, bottom, right, height."""


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet]:
    """Read one PDF file.

    Raises UnreadableReport for a damaged or protected file and for one without a text layer.
    """
    pages = _pages(received, path)
    empty = sum(not any(line.text.strip() for line in page) for page in pages)
    dropped = _drop_running_heads(pages)
    published = next((found.value for line in dropped if (found := find_date(line)) and found.value), None)
    text, mended = clean(_joined(pages))
    if sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS:
        raise UnreadableReport("the PDF has no text layer", path, _REMEDY_OCR)
    warnings = (f"{empty} of {len(pages)} pages have no text layer",) if empty else ()
    yield Sheet(
        path=path,
        sha256=hash_bytes(received),
        media_type=media_type,
        text=text,
        joins_lines=all(line.box for page in pages for line in page),
        published=published,
        published_basis="dateline" if published else "none",
        warnings=(*mended, *warnings),
    )


def _pages(received: bytes, path: str) -> list[list[PageLine]]:
    import pypdfium2

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
    """Place a line by its first and last letter; the text may hold a letter more or less than boxes."""
    import pypdfium2

    words = match["words"].strip() + ("-" if match["hyphen"] else "")
    first = match.start() + len(match["words"]) - len(match["words"].lstrip())
    last = match.start() + len(match["words"].rstrip()) - 1
    try:
        left, bottom, _, top = text_page.get_charbox(first, loose=True)
        right = text_page.get_charbox(last, loose=True)[2]
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return PageLine(words, None)
    return PageLine(words, (left, bottom, right, top - bottom))


def _drop_running_heads(pages: list[list[PageLine]]) -> list[str]:
    """Take out page numbers and lines repeated at most pages' edges; give the first page's."""
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


def _joined(pages: list[list[PageLine]]) -> str:
    """Join lines by line feeds, paragraphs by blank lines; a sentence may run over the end of a page."""
    pieces: list[str] = []
    before: PageLine | None = None
    for page in pages:
        usual = _usual_gap(page)
        for number, line in enumerate(page):
            if before is not None:
                parted = _ends_sentence(before) if number == 0 else _parts(page, number, usual)
                pieces.append("\n\n" if parted else "\n")
            pieces.append(line.text)
            before = line
    return "".join(pieces)


def _usual_gap(page: list[PageLine]) -> float:
    """Measure the distance of lines inside paragraphs: the lower quarter of all distances."""
    gaps = sorted(gap for above, line in pairwise(page) if (gap := _gap(above, line)) and gap > 0)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _gap(above: PageLine, line: PageLine) -> float | None:
    return above.box[1] - line.box[1] if above.box and line.box else None


def _ends_sentence(line: PageLine) -> bool:
    return line.text.rstrip("\"'”“»«)").endswith((".", "!", "?", ":", "…"))


def _parts(page: list[PageLine], number: int, usual: float) -> bool:
    """Tell whether a line begins a paragraph.

    1. After a wide gap, or in letters of another size unless it goes on in lower case. 2. After a sentence's
    end: on top of a column, set in, or where the line above stops short of the column's width.
    """
    above, line = page[number - 1], page[number]
    gap = _gap(above, line)
    if gap is None or above.box is None or line.box is None:
        return False
    heights = sorted((above.box[3], line.box[3]))
    goes_on = line.text[0].islower() and not _ends_sentence(above)
    if gap > _WIDE_GAP * usual > 0 or (heights[1] > _OTHER_SIZE * heights[0] and not goes_on):
        return True
    set_in = _INDENT[0] < line.box[0] - above.box[0] < _INDENT[1]
    return _ends_sentence(above) and (gap < 0 or set_in or _stops_short(page, number - 1))


def _stops_short(page: list[PageLine], number: int) -> bool:
    box = page[number].box
    near = [line.box for line in page[max(0, number - _NEAR) : number + _NEAR] if line.box]
    if box is None:
        return False
    column = [other for other in near if abs(other[0] - box[0]) < _INDENT[1]]
    left, right = min(other[0] for other in column), max(other[2] for other in column)
    return box[2] < left + _SHORT * (right - left)
