"""Bytes in, reports out: the readers, and the one way every input goes.

`READERS` is the table: an extension names its media type and the module that reads it. A reader module has
``read(received, path, media_type)`` and yields sheets (and failures, where one input holds many reports);
what a sheet becomes is the same for all (`sayso.reports.reading.finish`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sayso.errors import SaysoError, UnreadableReport
from sayso.records import Failure, Report

if TYPE_CHECKING:
    from sayso.reports.reading import Given

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_LARGEST = 512 * 1024 * 1024
"""Bytes; what is larger is no report, and would fill the memory of a laptop."""


class Reader(NamedTuple):
    """Name the media type an extension stands for and the module of this package that reads it."""

    media_type: str
    module: str


READERS: dict[str, Reader] = {
    ".txt": Reader("text/plain", "text"),
    ".text": Reader("text/plain", "text"),
    ".md": Reader("text/markdown", "text"),
    ".markdown": Reader("text/markdown", "text"),
    ".html": Reader("text/html", "html"),
    ".htm": Reader("text/html", "html"),
    ".xhtml": Reader("application/xhtml+xml", "html"),
    ".pdf": Reader("application/pdf", "pdf"),
    ".docx": Reader("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ".jsonl": Reader("application/jsonl", "jsonl"),
    ".ndjson": Reader("application/jsonl", "jsonl"),
    ".csv": Reader("text/csv", "jsonl"),
    ".tsv": Reader("text/tab-separated-values", "jsonl"),
}


def find_inputs(paths: Iterable[str | Path]) -> list[Path]:
    """Find the files to read: those named, and in folders those with a known extension, sorted.

    Hidden files and folders are passed over inside folders; a folder met twice, by a link, is read once.
    Raises UnreadableReport where a path does not exist.
    """
    found: set[Path] = set()
    seen: set[tuple[int, int]] = set()
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found.update(_walk(path, seen))
        elif path.exists():
            found.add(path)
        else:
            raise UnreadableReport("no such file or folder", str(given), "check the path")
    return sorted(found, key=lambda path: path.as_posix())


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    waiting = [os.fspath(folder)]
    while waiting:
        at = waiting.pop()
        try:
            status = os.stat(at)
            entries = list(os.scandir(at))
        except OSError:
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        for entry in entries:
            if entry.name.startswith("."):
                continue
            known = os.path.splitext(entry.name)[1].lower() in READERS
            if known and entry.is_file():
                yield Path(entry.path)
            elif entry.is_dir():
                waiting.append(entry.path)


def read(
    path: str | Path, *, published: str | None = None, language: str | None = None
) -> Iterator[Report | Failure]:
    """Read the reports of one file; a bad row of a table is a `Failure` and the rows after it are read.

    `published` (ISO 8601) and `language` (BCP 47) go before what is read. Raises UnreadableReport where the
    file cannot be opened, has an extension no reader is for, or holds no report.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableReport(
            f"no reader for '{path.suffix or path.name}' files", str(path), f"known: {known}"
        )
    received = _load(path)
    yield from _finish_all(reader, received, str(path), published, language)


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableReport("this is a folder", str(path), "list its files with find_inputs")
        if path.stat().st_size > _LARGEST:
            raise UnreadableReport("larger than 512 MB", str(path), "split it into single reports")
        received = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableReport(
            f"cannot be opened: {reason}", str(path), "check the path and its rights"
        ) from error
    if not received:
        raise UnreadableReport("the file is empty", str(path), "remove it or save it again with its text")
    return received


def _finish_all(
    reader: Reader, received: bytes, path: str, published: str | None, language: str | None
) -> Iterator[Report | Failure]:
    from sayso.reports.reading import finish

    given = _given(published, language)
    module = import_module(f"{__name__}.{reader.module}")
    for sheet in module.read(received, path, reader.media_type):
        if isinstance(sheet, Failure):
            yield sheet
            continue
        try:
            yield finish(sheet, given)
        except UnreadableReport as error:
            if sheet.path == path:
                raise
            yield Failure(path=sheet.path, stage="read", error=str(error))


def read_text(
    text: str,
    *,
    path: str = "-",
    published: str | None = None,
    language: str | None = None,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Report:
    """Read a report from text at hand; what is given goes before what is read in it.

    The id hashes the text in UTF-8, as a file that held it would. Raises UnreadableReport on blank text.

    >>> report = read_text("Flood in Ulm\\n\\nULM, 3 May 2021 - The Danube rose.")
    >>> report.title, report.published, [block.kind for block in report.blocks]
    ('Flood in Ulm', '2021-05-03', ['title', 'dateline', 'paragraph'])
    """
    from sayso.reports.reading import finish, hash_bytes, plain_sheet

    sheet = plain_sheet(text, hash_bytes(text.encode("utf-8", "surrogatepass")), path, "text/plain")
    sheet = msgspec.structs.replace(sheet, title=title, url=url, outlet=outlet)
    return finish(sheet, _given(published, language))


def _given(published: str | None, language: str | None) -> Given:
    """Check what the user gives: a date that can be read, a language tag that is one."""
    from sayso.reports.reading import Given, date_in_column

    day = date_in_column(published, language or "und") if published else None
    if published and day is None:
        raise SaysoError(f"{published!r} is no date", "published", "write it as 2022-01-10")
    if language and not _LANGUAGE_TAG.fullmatch(language):
        raise SaysoError(f"{language!r} is no language tag", "language", "write it as de, en or ru")
    return Given(published=day, language=language)
