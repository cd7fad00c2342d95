"""Read Word files (.docx): headings, paragraphs, lists, tables and links, by way of mammoth's HTML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from sayso.errors import UnreadableReport
from sayso.reports.reading import Sheet, hash_bytes
from sayso.reports.reading.markup import lay_out_markup

_LARGEST_UNPACKED = 256 * 1024 * 1024
_REMEDY = "save it again as .docx, or as text"


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet]:
    """Read one Word file.

    Raises UnreadableReport for what is no Word file, is protected by a password or holds no text.
    """
    _check(received, path)
    markup = _convert(received, path)
    if not markup.strip():
        raise UnreadableReport("there is no text in it", path, _REMEDY)
    import lxml.html

    found = lay_out_markup(lxml.html.document_fromstring(markup), heads=False)
    yield Sheet(
        path=path,
        sha256=hash_bytes(received),
        media_type=media_type,
        text=found.text,
        blocks=tuple(found.blocks),
        links=tuple(found.links),
    )


def _check(received: bytes, path: str) -> None:
    if received.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableReport("an old or a password-protected office file", path, _REMEDY)
    try:
        with zipfile.ZipFile(io.BytesIO(received)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableReport("not a Word file, or a damaged one", path, _REMEDY) from error
    if "word/document.xml" not in sizes:
        raise UnreadableReport("an archive without a Word text in it", path, _REMEDY)
    if sum(sizes.values()) > _LARGEST_UNPACKED:
        raise UnreadableReport("larger than 256 MB when unpacked", path, "save its text alone")


def _convert(received: bytes, path: str) -> str:
    import mammoth

    ignore_images = mammoth.images.img_element(lambda image: {})
    try:
        return str(mammoth.convert_to_html(io.BytesIO(received), convert_image=ignore_images).value)
    except Exception as error:  # mammoth raises whatever its XML parser meets
        raise UnreadableReport(f"a damaged Word file: {error}", path, _REMEDY) from error
