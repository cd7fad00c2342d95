"""Read what a web page says of itself: JSON-LD, OpenGraph and other meta names, ``time``, canonical address.

Order of trust: 1. schema.org's NewsArticle and its kin in JSON-LD; 2. meta names; 3. the first ``time``;
4. short texts below the heading that the page's own class names call date or author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from sayso.records import PublishedBasis
from sayso.reports.reading.datelines import read_line
from sayso.reports.reading.dates import date_in_column, find_date
from sayso.reports.reading.links import domain_of

_REPORT_TYPES = re.compile(
    r"(?:News|Report|Opinion|Background|Analysis|Review|Tech|LiveBlog|Social|Blog|Medical|Scholarly)?"
    r"(?:Article|NewsArticle|Posting)$"
)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "last-modified-by-author",
    "article.published",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "mediator_published_time",
)
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title")
_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "mediator_author",
)
_OUTLET = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "copyright")
_LONGEST_JSON = 2_000_000
_DATE_CLASS = re.compile(r"(?:^|[\s_-])(?:date|datum|pubdate|published|timestamp|time)(?:$|[\s_-])", re.I)
_AUTHOR_CLASS = re.compile(r"(?:^|[\s_-])(?:author|authors|byline|autor|autoren|автор)(?:$|[\s_-])", re.I)
_LONGEST_LINE = 120


class PageMetadata(msgspec.Struct, kw_only=True):
    """Hold what a page says of itself."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "none"
    language: str | None = None


def read_metadata(tree: Any) -> PageMetadata:
    """Read the metadata of a page's tree (lxml); what no place names stays None."""
    told = _meta_names(tree)
    ld = _json_ld(tree)
    published, basis = _published(tree, ld, told)
    byline = _visible(tree, _AUTHOR_CLASS, _named_author)
    if published is None and (published := _visible(tree, _DATE_CLASS, _written_date)):
        basis = "meta"
    return PageMetadata(
        title=_text(ld.get("headline")) or _first(told, _TITLE) or _title_element(tree),
        author=_names(ld.get("author")) or _author(told) or byline,
        outlet=_names(ld.get("publisher")) or _first(told, _OUTLET),
        url=_address(tree, ld, told),
        published=published,
        published_basis=basis,
        language=_language(tree, ld, told),
    )


def _meta_names(tree: Any) -> dict[str, str]:
    told: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        content = _text(element.get("content"))
        if name and content:
            told.setdefault(name.strip().lower(), content)
    return told


def _first(told: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((told[name] for name in names if name in told), None)


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", value).split())[:1000] or None


def _json_ld(tree: Any) -> dict[str, Any]:
    """Find the JSON-LD object that describes a report; broken ones are passed over."""
    for element in tree.iter("script"):
        if (element.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        source = (element.text or "").strip().removeprefix("<!--").removesuffix("-->")
        if not source or len(source) > _LONGEST_JSON:
            continue
        try:
            value = msgspec.json.decode(re.sub(r"[\x00-\x1f]", " ", source))
        except (msgspec.DecodeError, RecursionError):
            continue
        for found in _objects(value, 0):
            kinds = found.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _REPORT_TYPES.search(kind) for kind in kinds):
                return found
    return {}


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for part in value:
            yield from _objects(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _objects(value.get(key), depth + 1)


def _names(value: Any) -> str | None:
    """Name the person or organisation of a JSON-LD value, or several."""
    parts = value if isinstance(value, list) else [value]
    names = [_text(part.get("name") if isinstance(part, dict) else part) for part in parts]
    return ", ".join(dict.fromkeys(name for name in names if name and "://" not in name)) or None


def _author(told: dict[str, str]) -> str | None:
    return next((told[name] for name in _AUTHOR if name in told and "://" not in told[name]), None)


def _published(tree: Any, ld: dict[str, Any], told: dict[str, str]) -> tuple[str | None, PublishedBasis]:
    if found := _date(ld.get("datePublished")) or _date(ld.get("dateCreated")):
        return found, "json-ld"
    for name in _PUBLISHED:
        if name in told and (found := _date(told[name])):
            return found, "meta"
    for element in tree.iter("time"):
        if found := _date(element.get("datetime")):
            return found, "meta"
    return None, "none"


def _visible(tree: Any, classes: re.Pattern[str], judge: Callable[[str], str | None]) -> str | None:
    """Find the first short text below the heading whose class promises it and which `judge` accepts."""
    started = next(tree.iter("h1"), None) is None
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        started = started or element.tag == "h1"
        marked = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}"
        if started and classes.search(marked):
            line = _short_text(element)
            if 0 < len(line) <= _LONGEST_LINE and (found := judge(line)):
                return found
    return None


def _short_text(element: Any) -> str:
    """Give an element's text on one line, no more of it than tells that it is too long."""
    pieces: list[str] = []
    for piece in element.itertext():
        pieces.append(piece)
        if sum(map(len, pieces)) > 4 * _LONGEST_LINE:
            break
    return " ".join(" ".join(pieces).split())


def _written_date(line: str) -> str | None:
    found = find_date(line)
    return found.value if found and not found.updated else None


def _named_author(line: str) -> str | None:
    found = read_line(line, "und", True)
    if found is not None and found.author:
        return found.author
    words = line.split()
    return line if 2 <= len(words) <= 4 and all(word[0].isupper() for word in words) else None


def _date(value: Any) -> str | None:
    return date_in_column(value) if isinstance(value, str | int) and value else None


def _address(tree: Any, ld: dict[str, Any], told: dict[str, str]) -> str | None:
    canonical = [element.get("href") for element in tree.iter("link") if _is_canonical(element)]
    for found in (*canonical, told.get("og:url"), ld.get("url"), ld.get("mainEntityOfPage")):
        address = found.get("@id") if isinstance(found, dict) else found
        if isinstance(address, str) and address.startswith(("http://", "https://")) and domain_of(address):
            return address.strip()
    return None


def _is_canonical(element: Any) -> bool:
    return "canonical" in (element.get("rel") or "").lower().split()


def _language(tree: Any, ld: dict[str, Any], told: dict[str, str]) -> str | None:
    root = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    for found in (root, _text(ld.get("inLanguage")), told.get("content-language"), told.get("og:locale")):
        if found and re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$", found.strip()):
            return str(found).strip().replace("_", "-")
    return None


def _title_element(tree: Any) -> str | None:
    found = next(tree.iter("title"), None)
    return _text(found.text) if found is not None else None
