"""What every reader hands over and what becomes of it: a sheet is finished into a report.

A reader knows its format only. It gives a `Sheet`: the text, and what its format said of blocks, links,
title, outlet and date. `finish` does the rest alike for all: blocks, head, links, language, id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from sayso.errors import UnreadableReport
from sayso.languages import UNDETERMINED
from sayso.records import Block, BlockKind, Link, PublishedBasis, Report, identify
from sayso.reports.reading import vocabulary
from sayso.reports.reading.dates import complete_year, date_in_address, date_in_column, find_date
from sayso.reports.reading.decoding import clean, decode, refuse_binary
from sayso.reports.reading.fields import Field, read_fields
from sayso.reports.reading.heads import Head, collapse, find_edges, read_head
from sayso.reports.reading.identification import identify_language
from sayso.reports.reading.lines import find_blocks
from sayso.reports.reading.links import domain_of, find_links, make_link, unmark_links, without_overlaps

__all__ = [
    "Given", "Sheet", "clean", "collapse", "date_in_column", "decode", "domain_of", "find_date", "finish",
    "hash_bytes", "make_link", "plain_sheet", "refuse_binary", "unmark_links", "vocabulary",
]  # fmt: skip


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one text as it leaves its format: clean, with its line breaks, not yet understood.

    `blocks` is None where the format does not mark them; `joins_lines` where lines that no blank one
    parts are one paragraph. `published_basis` says where the format's date
    was read. `language` is a hint, as page templates get it wrong, unless it was told of this very report.
    """

    path: str
    sha256: str
    media_type: str
    text: str
    blocks: tuple[Block, ...] | None = None
    joins_lines: bool = False
    links: tuple[Link, ...] = ()
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "none"
    language: str | None = None
    language_told: bool = False
    warnings: tuple[str, ...] = ()


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what the user says of a report; it goes before anything read in it."""

    published: str | None = None
    language: str | None = None


def hash_bytes(received: bytes) -> str:
    """Give the SHA-256 of bytes as received, in hexadecimal."""
    return hashlib.sha256(received).hexdigest()


def plain_sheet(text: str, sha256: str, path: str, media_type: str) -> Sheet:
    """Make a sheet of decoded plain text: mended, Markdown's link markup taken out."""
    text, mended = clean(text)
    text, links = unmark_links(text)
    return Sheet(path=path, sha256=sha256, media_type=media_type, text=text, links=links, warnings=mended)


def finish(sheet: Sheet, given: Given) -> Report:
    """Make a report of a sheet: parted into blocks, head read, dated, linked, its language told.

    Raises UnreadableReport where the sheet holds no text.
    """
    if not sheet.text.strip():
        raise UnreadableReport("there is no text in it", sheet.path, "remove it or give a file with text")
    fields, body = read_fields(sheet.text) if sheet.blocks is None else ({}, 0)
    language, warnings = _language_of(sheet, fields, body, given)
    blocks = _blocks_of(sheet, body, language)
    head = read_head(sheet.text, blocks, language, sheet.title or _value(fields, "title"))
    url = sheet.url or _value(fields, "url") or head.url
    links = _links_of(sheet, head.blocks, url)
    published, basis, more = _date_of(sheet, fields, head, url, links, language, given)
    return Report(
        id=identify("rep", sheet.sha256),
        path=sheet.path,
        sha256=sheet.sha256,
        media_type=sheet.media_type,
        outlet=_outlet_of(sheet, fields, head, url),
        url=url,
        title=head.title,
        author=sheet.author or _value(fields, "author") or head.author,
        published=published,
        published_basis=basis,
        language=language,
        text=sheet.text,
        blocks=tuple(_field_blocks(fields, sheet.text, head.blocks) + head.blocks),
        links=links,
        warnings=(*sheet.warnings, *warnings, *more),
    )


def _blocks_of(sheet: Sheet, body: int, language: str) -> list[Block]:
    if sheet.blocks is not None:
        return list(sheet.blocks)
    return find_blocks(sheet.text, body, *find_edges(sheet.text, body, language), sheet.joins_lines)


def _links_of(sheet: Sheet, blocks: list[Block], url: str | None) -> tuple[Link, ...]:
    """Find the links of a report; its own address in its head is none."""
    body = blocks[0].start if blocks else 0
    links = without_overlaps(sheet.links, find_links(sheet.text))
    return tuple(link for link in links if link.url != url or link.start > body)


def _value(fields: dict[str, Field], name: str) -> str | None:
    return fields[name].value if name in fields else None


def _language_of(
    sheet: Sheet, fields: dict[str, Field], body: int, given: Given
) -> tuple[str, tuple[str, ...]]:
    told = given.language or _value(fields, "language") or (sheet.language if sheet.language_told else None)
    found, warnings = identify_language(sheet.text[body:])
    if told:
        return told.replace("_", "-"), ()
    if found == UNDETERMINED:
        return sheet.language or UNDETERMINED, ("the language could not be told; give it with --language",)
    declared = sheet.language or ""
    return (declared if declared.split("-")[0] == found else found), warnings


def _date_of(
    sheet: Sheet,
    fields: dict[str, Field],
    head: Head,
    url: str | None,
    links: Iterable[Link],
    language: str,
    given: Given,
) -> tuple[str | None, PublishedBasis, tuple[str, ...]]:
    """Choose the date of publication: given, the format's, a head field's, the dateline's, the address's."""
    if given.published:
        return given.published, "given", ()
    if sheet.published and sheet.published_basis != "dateline":
        return sheet.published, sheet.published_basis, ()
    field = _value(fields, "published")
    if field and (found := find_date(field, language)) and found.value:
        return found.value, "meta", ()
    if head.published or sheet.published:
        return head.published or sheet.published, "dateline", ()
    if url and (day := date_in_address(url)):
        return day, "url", ()
    if head.month_day is None:
        return None, "none", ("no date of publication found; give it with --published",)
    linked = max((link.published for link in links if link.published), default=None)
    completed = complete_year(head.month_day, linked) if linked else None
    if completed:
        return completed, "dateline", ("the dateline names no year; taken from the latest day it links to",)
    return None, "none", ("the dateline names no year; give the date with --published",)


def _outlet_of(sheet: Sheet, fields: dict[str, Field], head: Head, url: str | None) -> str | None:
    """Choose who published it: as told, as the head says, its address, its agency, its last line."""
    named = sheet.outlet or _value(fields, "outlet") or head.outlet
    return named or (domain_of(url) if url else None) or head.agency or head.foot_outlet


def _field_blocks(fields: dict[str, Field], text: str, body: list[Block]) -> list[Block]:
    """Make blocks of the fields that are part of a report; a title the body repeats stands there."""
    kinds: dict[str, BlockKind] = {"title": "title", "published": "dateline", "author": "byline"}
    titles = {collapse(text[block.start : block.end]) for block in body[:3] if block.kind == "title"}
    kept = {name: field for name, field in fields.items() if name in kinds and field.value not in titles}
    blocks = [Block(kind=kinds[name], start=field.start, end=field.end) for name, field in kept.items()]
    return sorted((block for block in blocks if block.end > block.start), key=lambda block: block.start)
