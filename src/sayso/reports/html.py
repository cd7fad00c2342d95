"""Read saved web pages: the report out of its page (trafilatura), and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.errors import UnreadableReport
from sayso.records import Block, Link
from sayso.reports.reading import Sheet, clean, collapse, decode, hash_bytes
from sayso.reports.reading.markup import MarkupText, lay_out_markup
from sayso.reports.reading.metadata import PageMetadata, read_metadata

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,30})|<\?xml[^>]{0,100}encoding=["']([\w.-]+)""",
    re.I,
)
_REMEDY = "save the page from the browser once it has loaded, or save its text"
_LEAST_LETTERS = 40
_SITE_PART = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}$")


def read(received: bytes, path: str, media_type: str) -> Iterator[Sheet]:
    """Read one page: its title, paragraphs, items and captions as blocks, its links over their words.

    Raises UnreadableReport where the page holds no readable text.
    """
    declared = _DECLARED.search(received[:4096])
    encoding = (declared[1] or declared[2]).decode("ascii", "ignore") if declared else None
    source, warnings = decode(received, path, encoding)
    source, mended = clean(source)
    tree = _parse(source, path)
    metadata = read_metadata(tree)
    found, lost = _lay_out(tree, metadata.url, path)
    text, blocks, links = _with_title(found, metadata, tree)
    yield Sheet(
        path=path,
        sha256=hash_bytes(received),
        media_type=media_type,
        text=text,
        blocks=blocks,
        links=links,
        title=_title_of(blocks, text),
        author=metadata.author,
        outlet=metadata.outlet,
        url=metadata.url,
        published=metadata.published,
        published_basis=metadata.published_basis,
        language=metadata.language,
        warnings=(*warnings, *mended, *lost),
    )


def _parse(source: str, path: str) -> Any:
    import lxml.etree  # ty: ignore
    import lxml.html

    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
        tree = lxml.html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (ValueError, lxml.etree.LxmlError) as error:  # ty: ignore
        raise UnreadableReport("the page could not be parsed", path, _REMEDY) from error
    return tree


def _lay_out(tree: Any, url: str | None, path: str) -> tuple[MarkupText, tuple[str, ...]]:
    """Take the report out of the page; where that fails, all the page's text, with a warning."""
    body = _main_text(tree, url)
    found = lay_out_markup(body, url) if body is not None else MarkupText()
    if _letters(found.text) >= _LEAST_LETTERS:
        return found, ()
    found = lay_out_markup(tree, url, heads=False)
    if _letters(found.text) < 1:
        raise UnreadableReport("there is no readable text in the page", path, _REMEDY)
    return found, ("the report could not be told from the page around it; all text was read",)


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def _main_text(tree: Any, url: str | None) -> Any:
    import logging
    from copy import deepcopy

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    extracted = trafilatura.bare_extraction(
        deepcopy(tree),
        url=url,
        include_links=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    return getattr(extracted, "body", None)


def _with_title(
    found: MarkupText, metadata: PageMetadata, tree: Any
) -> tuple[str, tuple[Block, ...], tuple[Link, ...]]:
    """Put the page's title before the text where the extraction left it out."""
    title = _best_title(metadata, tree)
    opening = collapse(found.text[: 3 * len(title or "") + 200])
    if not title or title.lower() in opening.lower():
        return found.text, tuple(found.blocks), tuple(found.links)
    shift = len(title) + 2
    blocks = [Block(kind="title", start=0, end=len(title))]
    blocks += [
        Block(kind=block.kind, start=block.start + shift, end=block.end + shift) for block in found.blocks
    ]
    links = [
        msgspec.structs.replace(link, start=link.start + shift, end=link.end + shift) for link in found.links
    ]
    return f"{title}\n\n{found.text}", tuple(blocks), tuple(links)


def _best_title(metadata: PageMetadata, tree: Any) -> str | None:
    """Choose the title: the only first-level heading, else what the metadata say, without the site's name."""
    headings = [collapse(heading.text_content()) for heading in tree.iter("h1")]
    if len(headings) == 1 and len(headings[0].split()) >= 3:
        return headings[0]
    title = collapse(metadata.title) if metadata.title else None
    return _SITE_PART.sub("", title) if title else None


def _title_of(blocks: tuple[Block, ...], text: str) -> str | None:
    return collapse(text[blocks[0].start : blocks[0].end]) if blocks and blocks[0].kind == "title" else None
