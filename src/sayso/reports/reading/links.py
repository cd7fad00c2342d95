"""Find web addresses in a text.

A raw address is a link over itself. Markdown's ``[words](address)`` is markup: `unmark_links` takes the
markup out of the text and gives a link over the words. So a link whose stretch is its own address is no
prose, and a link over words is: whoever reads prose takes the first out and leaves the second in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from urllib.parse import urlsplit

from sayso.records import Link
from sayso.reports.reading.dates import date_in_address

_RAW = re.compile(
    r"<(?P<angle>(?:https?://|www\.)[^\s<>]{1,2046})>"
    r"|(?P<raw>(?:https?://|(?<![\w.@/])www\.(?=\w))[^\s<>\"«»„“”\u3000-\u303f\uff00-\uffef]{1,2040})"
    r"|(?<![\w.@/:-])(?P<bare>(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,12}/(?=[\w@+#-])[^\s<>\"«»„“”]{1,2000})",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(
    r"(?P<image>!?)\[(?P<words>[^\[\]]{0,400})\]"
    r"\(\s{0,3}<?(?P<url>(?:https?://|www\.|mailto:|/|#)[^\s()<>]{0,2040}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?"
    r"(?:\s{1,3}[\"'][^\"'\n]{0,300}[\"'])?\s{0,3}\)"
)
_TRAILING = ".,;:!?…'’\"*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def make_link(start: int, end: int, url: str) -> Link:
    """Make a link, telling of its target what the address itself tells: outlet's domain and day."""
    return Link(start=start, end=end, url=url, outlet=domain_of(url), published=date_in_address(url))


def domain_of(url: str) -> str | None:
    """Give the host of a web address without ``www.``, or None where there is none.

    >>> domain_of("https://www.example.org/a"), domain_of("mailto:a@b")
    ('example.org', None)
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host and "." in host else None


def find_links(text: str) -> tuple[Link, ...]:
    """Find the raw addresses of a text; brackets and punctuation around them stay outside.

    Angle brackets belong to the link, being the sign that an address stands in them (RFC 3986, appendix C).

    >>> [text[a.start:a.end] for text in ["Siehe (https://a.example/x_(1)), dann."] for a in find_links(text)]
    ['https://a.example/x_(1)']
    """
    return tuple(_link_of(match) for match in _RAW.finditer(text))


def _link_of(match: re.Match[str]) -> Link:
    if angle := match["angle"]:
        return make_link(match.start(), match.end(), _with_scheme(angle))
    group = "raw" if match["raw"] else "bare"
    address = _trim(match[group])
    start = match.start(group)
    return make_link(start, start + len(address), _with_scheme(address))


def _with_scheme(address: str) -> str:
    return address if "://" in address[:12] else f"https://{address}"


def _trim(address: str) -> str:
    """Take off closing punctuation, and closing brackets that were not opened inside."""
    surplus = {last: address.count(last) - address.count(first) for last, first in _PAIRS.items()}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or surplus.get(address[end - 1], 0) > 0):
        if address[end - 1] in surplus:
            surplus[address[end - 1]] -= 1
        end -= 1
    return address[:end]


def unmark_links(text: str) -> tuple[str, tuple[Link, ...]]:
    """Take Markdown's link markup out of a text and give the links over the words that carried it.

    An image leaves its description. Addresses inside the page (``#``, ``/``) leave their words, no link.

    >>> unmark_links("Der [Sender](https://a.example/2021/05/19/x) meldet")[0]
    'Der Sender meldet'
    """
    if "](" not in text:
        return text, ()
    pieces: list[str] = []
    links: list[Link] = []
    at = length = 0
    for match in _MARKDOWN.finditer(text):
        words, url = match["words"], match["url"]
        pieces += [text[at : match.start()], words]
        start = length + match.start() - at
        length = start + len(words)
        at = match.end()
        if words.strip() and not match["image"] and domain_of(_with_scheme(url)):
            links.append(make_link(start, length, _with_scheme(url)))
    pieces.append(text[at:])
    return "".join(pieces), tuple(links)


def without_overlaps(links: tuple[Link, ...], others: tuple[Link, ...]) -> tuple[Link, ...]:
    """Join two sets of links in order of place; of two that overlap the first set's is kept."""
    ordered = sorted(links, key=lambda link: link.start)
    starts = [link.start for link in ordered]
    kept = list(ordered)
    for link in others:
        before = bisect_right(starts, link.start) - 1
        clear_left = before < 0 or ordered[before].end <= link.start
        clear_right = before + 1 >= len(ordered) or ordered[before + 1].start >= link.end
        if clear_left and clear_right:
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: (link.start, link.end)))
