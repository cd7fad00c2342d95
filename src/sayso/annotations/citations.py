"""Find where a report points to another source: links, named outlets, named documents.

A named outlet counts as a citation where it speaks or carries speech - as the source or the medium of an
attribution - or where a link stands beside its name. An outlet that is merely mentioned is not cited.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

import msgspec

from sayso.languages import load_rules
from sayso.languages.lexicon import Lexicon, split_words
from sayso.records import Span

NEAR = 80
"""Letters between a link and the words it stands for: a short clause."""


class FoundCitation(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one citation: where it stands in the prose, and what it points to.

    `link` indexes the links given (its own span in the report's text is the evidence), `mention` the
    mentions, `attribution` the attribution it supports.
    """

    start: int
    end: int
    kind: Literal["link", "named_outlet", "named_document"]
    link: int | None = None
    mention: int | None = None
    attribution: int | None = None


@cache
def _documents(language: str) -> Lexicon[bool]:
    patterns = load_rules(language, "events").get("documents", {}).get("patterns", ())
    return Lexicon.of((pattern, True) for pattern in patterns)


def find_citations(
    prose: str,
    language: str,
    links: Sequence[tuple[int, Any]] = (),
    mentions: Sequence[Any] = (),
    attributions: Sequence[Any] = (),
) -> list[FoundCitation]:
    """Find the citations of a report, in order.

    `links` are (prose offset, link) pairs; mentions need `start`, `end`, `kind`; attributions `content`,
    and, where known, `source`, `medium` and `cue`, each a row of spans.
    """
    found = [
        FoundCitation(
            start=at, end=at, kind="link", link=index, attribution=_attribution_at(at, attributions)
        )
        for index, (at, _) in enumerate(links)
    ]
    for index, attribution in enumerate(attributions):
        found += _speakers(prose, language, index, attribution, mentions)
    return sorted(set_of(found), key=lambda one: (one.start, one.end, one.kind))


def set_of(found: Sequence[FoundCitation]) -> list[FoundCitation]:
    """Keep one citation for each place and kind, the first."""
    kept: dict[tuple[Any, ...], FoundCitation] = {}
    for one in found:
        kept.setdefault((one.start, one.end, one.kind, one.link), one)
    return list(kept.values())


def _speakers(
    prose: str, language: str, index: int, attribution: Any, mentions: Sequence[Any]
) -> list[FoundCitation]:
    found: list[FoundCitation] = []
    for start, end in (*_spans(attribution, "source"), *_spans(attribution, "medium")):
        outlets = [
            at
            for at, mention in enumerate(mentions)
            if mention.kind == "outlet" and start <= mention.start and mention.end <= end
        ]
        found += [
            FoundCitation(
                start=mentions[at].start,
                end=mentions[at].end,
                kind="named_outlet",
                mention=at,
                attribution=index,
            )
            for at in outlets
        ]
        if not outlets:
            found += _named_document(prose, language, index, (start, end))
    return found


def _named_document(prose: str, language: str, index: int, span: Span) -> list[FoundCitation]:
    words = split_words(prose, *span)
    hits = _documents(language).find(words)
    if not hits or hits[0].first > 4:
        return []
    start, end = span
    return [FoundCitation(start=start, end=end, kind="named_document", attribution=index)]


def _attribution_at(at: int, attributions: Sequence[Any]) -> int | None:
    """Give the attribution whose words a link stands nearest to."""
    best: tuple[int, int] | None = None
    for index, attribution in enumerate(attributions):
        for name in ("source", "cue", "medium", "content"):
            for start, end in _spans(attribution, name):
                far = max(start - at, at - end, 0)
                if far <= NEAR and (best is None or (far, index) < best):
                    best = (far, index)
    return best[1] if best else None


def _spans(attribution: Any, name: str) -> Sequence[Span]:
    return getattr(attribution, name, None) or ()
