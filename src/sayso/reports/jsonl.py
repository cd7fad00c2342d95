"""Read tables of reports: JSON Lines and CSV, one report a row, columns by name.

Every name a column may have is data (``[fields]`` in ``languages/xx/reports.toml``): text is required; title,
url, outlet, published, language and author are read where they are there. A bad row is a failure of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.errors import UnreadableReport
from sayso.records import Failure
from sayso.reports.reading import Sheet, date_in_column, decode, hash_bytes, plain_sheet, vocabulary

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1 << 30
_STAGE = "read"
_ROW_REMEDY = "mend the row; the others were read"


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet | Failure]:
    """Read a table, row by row; rows are named ``path#number``, JSON Lines by line, CSV by record.

    Raises UnreadableReport for a table without rows or without a column for the text.
    """
    rows = _json_rows(received, path) if media_type == "application/jsonl" else _csv_rows(received, path)
    count = 0
    for number, row_bytes, row in rows:
        count += 1
        where = f"{path}#{number}"
        if isinstance(row, str):
            yield Failure(path=where, stage=_STAGE, error=f"{row} ({_ROW_REMEDY})")
        else:
            yield _sheet_of(row, row_bytes, where, media_type)
    if count == 0:
        raise UnreadableReport("the table has no rows", path, "give one report a row")


def _json_rows(received: bytes, path: str) -> Iterator[tuple[int, bytes, dict[str, Any] | str]]:
    """Give each line's number, bytes and fields by our names, or what is wrong with it."""
    if received.startswith((b"\xff\xfe", b"\xfe\xff")):
        received = decode(received, path)[0].encode("utf-8")
    decoder = msgspec.json.Decoder()
    for number, ended in enumerate(io.BytesIO(received.removeprefix(b"\xef\xbb\xbf")), start=1):
        line = ended.rstrip(b"\r\n")
        if not line.strip():
            continue
        try:
            value = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield number, line, f"not valid JSON: {error}"
            continue
        yield number, line, _by_our_names(value) if isinstance(value, dict) else "the row is no JSON object"


def _by_our_names(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row's fields by the record's names; our own name goes before a synonym of it."""
    named: dict[str, Any] = {}
    for key, value in row.items():
        name = vocabulary.field_names().get(str(key).strip().lower())
        if (
            name is not None
            and value not in (None, "")
            and (name not in named or key.strip().lower() == name)
        ):
            named[name] = value
    return named


def _csv_rows(received: bytes, path: str) -> Iterator[tuple[int, bytes, dict[str, Any] | str]]:
    """Give each record's number, bytes (as UTF-8) and fields by our names, or what is wrong with it."""
    text, _ = decode(received, path)
    csv.field_size_limit(_LONGEST_CELL)
    taken: list[str] = []
    lines = _noting(io.StringIO(text.replace("\x00", ""), newline=""), taken)
    header_line = text.split("\n", 1)[0]
    reader = csv.reader(lines, delimiter=_delimiter(header_line, path))
    header = next(reader)
    number = 0
    while True:
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield number, "".join(taken).encode("utf-8", "replace"), f"not a row of this table: {error}"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        yield number, "".join(taken).encode("utf-8", "replace"), _csv_row(header, cells)


def _csv_row(header: list[str], cells: list[str]) -> dict[str, Any] | str:
    if len(cells) != len(header):
        return f"the row has {len(cells)} columns, the head {len(header)}"
    return _by_our_names(dict(zip(header, cells, strict=True)))


def _noting(lines: io.StringIO, taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _delimiter(header: str, path: str) -> str:
    """Choose the sign that parts the head into the most names we know, a column for the text among them."""
    best, known = "", 0
    for sign in _DELIMITERS:
        cells = next(csv.reader([header.removeprefix("\ufeff").rstrip("\r")], delimiter=sign), [])
        names = {vocabulary.field_names().get(cell.strip().lower()) for cell in cells} - {None}
        if "text" in names and len(names) > known:
            best, known = sign, len(names)
    if not best:
        raise UnreadableReport("no column for the text", path, "name one column 'text' in the first line")
    return best


def _sheet_of(row: dict[str, Any], row_bytes: bytes, where: str, media_type: str) -> Sheet | Failure:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        found = (
            "the field for the text is empty"
            if text is None or isinstance(text, str)
            else "the text is no string"
        )
        return Failure(path=where, stage=_STAGE, error=f"{found} ({_ROW_REMEDY})")
    sheet = plain_sheet(text, hash_bytes(row_bytes), where, media_type)
    told = {
        name: _string(row[name]) for name in ("title", "author", "outlet", "url", "language") if name in row
    }
    published, warnings = _published(row.get("published"), told.get("language") or "und")
    return msgspec.structs.replace(
        sheet,
        **told,
        published=published,
        published_basis="meta" if published else "none",
        language_told="language" in told,
        warnings=(*sheet.warnings, *warnings),
    )


def _string(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_string(part) for part in value)
    if isinstance(value, dict):
        return _string(value.get("name", ""))
    return " ".join(str(value).split())


def _published(value: Any, language: str) -> tuple[str | None, tuple[str, ...]]:
    if value is None:
        return None, ()
    found = date_in_column(value, language)
    return found, () if found else (f"the date {str(value)[:40]!r} could not be read",)
