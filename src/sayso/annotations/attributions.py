"""Find who says what: source, cue, content, addressee, medium, with kind, certainty, polarity and nesting.

The encoder proposes spans. This file finishes them, in order:

1. Contents are freed of quotation marks at their edges, sources of commas.
2. What the encoder missed and the language's frames make certain ("laut X", "according to X") is added.
3. Nesting: an attribution stands in the smallest content that holds it whole. "X, citing Y" makes Y the source
   inside what X says, whether or not the encoder saw it (``chains.tsv``).
4. Markers of hedging, subjunctive, negation and distancing are read off content and cue; with the cue they
   give certainty (FactBank's scale) and polarity.
5. A content without source takes the running source, where the language shows that it goes on.
6. A source that is hidden or not named makes the attribution anonymous.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.annotations.attribution_markers import mark
from sayso.annotations.attribution_sources import resolve_sources
from sayso.annotations.found import FoundAttribution, FoundMarker, FoundMention, Outline
from sayso.encoder import RawAttribution, Reading
from sayso.languages import load_table
from sayso.records import AttributionKind, Certainty, MarkerKind, Span, Spans

_QUOTES = '„“”"«»‚‘’‹›'
_EDGE = " \t\n,;:" + _QUOTES
_END = _EDGE + ".!?…"
_LEAST_SCORE = 0.3


def find_attributions(
    prose: str,
    sentences: Sequence[Span],
    language: str,
    reading: Reading,
    mentions: Sequence[FoundMention],
    outline: Outline = Outline(),
) -> list[FoundAttribution]:
    """Give the attributions of a prose in the order of their contents."""
    found = [_finish_spans(prose, raw) for raw in reading.attributions if raw.score >= _LEAST_SCORE]
    found = [attribution for attribution in found if attribution.content]
    found.extend(_by_frames(prose, sentences, language, found))
    found.sort(key=lambda a: (a.content[0][0], -a.content[-1][1], a.cue))
    for attribution in found:
        mark(prose, attribution, language)
    _nest(found)
    found = _chain(prose, sentences, language, found)
    resolve_sources(prose, sentences, language, found, mentions, outline)
    return found


# 1. spans ------------------------------------------------------------------------------------------------


def _finish_spans(prose: str, raw: RawAttribution) -> FoundAttribution:
    content = _trimmed(prose, raw.content, _EDGE)
    return FoundAttribution(
        content=content,
        cue=_trimmed(prose, raw.cue, _EDGE.replace(":", "")),
        source=_trimmed(prose, raw.source, _END),
        addressee=_trimmed(prose, raw.addressee, _END),
        medium=_trimmed(prose, raw.medium, _END),
        frame=_trimmed(prose, raw.frame, _END),
        kind=_kind(prose, content, raw.kind),
        score=round(min(1.0, max(0.0, float(raw.score))), 4),
    )


def _trimmed(prose: str, spans: Sequence[Span], edge: str) -> Spans:
    kept = []
    for start, end in sorted(spans):
        while start < end and prose[start] in edge:
            start += 1
        while end > start and prose[end - 1] in edge:
            end -= 1
        if end > start:
            kept.append((start, end))
    return tuple(kept)


def _kind(prose: str, content: Spans, read: str) -> AttributionKind:
    """Correct the kind by what the quotation marks show: all of a content in them, a part, or none."""
    if not content:
        return "indirect"
    start, end = content[0][0], content[-1][1]
    opened = prose[max(0, start - 1) : start] in _QUOTES and start > 0
    closed = any(mark in _QUOTES for mark in prose[end : end + 2])
    inner = any(mark in prose[start:end] for mark in '„“”"«»')
    if opened and closed and read != "reported":
        return "direct"
    if inner and read in ("direct", "indirect"):
        return "mixed"
    if read == "direct" and not opened:
        return "indirect"
    return read if read in ("direct", "indirect", "reported", "free_indirect", "mixed") else "indirect"  # type: ignore[return-value]


# 2. frames -----------------------------------------------------------------------------------------------


@cache
def _frames(language: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Compile the language's frames: a cue that governs a source, with the content around it."""
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), row["anonymous"] == "yes")
        for row in load_table(language, "frames")
    )


def _by_frames(
    prose: str, sentences: Sequence[Span], language: str, found: Sequence[FoundAttribution]
) -> Iterator[FoundAttribution]:
    """Add what a frame makes certain in a sentence in which the encoder found nothing."""
    frames = _frames(language)
    taken = sorted((start, end) for a in found for start, end in (*a.content, *a.cue))
    for start, end in sentences:
        if any(left < end and right > start for left, right in taken):
            continue
        for pattern, anonymous in frames:
            match = pattern.search(prose, start, end)
            if match and (content := _rest_of(prose, start, end, match)):
                source = (match.span("source"),) if "source" in pattern.groupindex else ()
                yield FoundAttribution(
                    content=content, cue=_trimmed(prose, [match.span("cue")], _EDGE), anonymous=anonymous,
                    source=_trimmed(prose, source, _END), kind="indirect", score=0.6,
                )  # fmt: skip
                break


def _rest_of(prose: str, start: int, end: int, match: re.Match[str]) -> Spans:
    """Give what a sentence says beside its frame."""
    if "content" in match.re.groupindex:
        return _trimmed(prose, [match.span("content")], _END)
    return _trimmed(prose, [(start, match.start()), (match.end(), end)], _END)


# 3. nesting ----------------------------------------------------------------------------------------------


def _nest(found: list[FoundAttribution]) -> None:
    for index, inner in enumerate(found):
        holders = [
            (sum(end - start for start, end in outer.content), other)
            for other, outer in enumerate(found)
            if other != index and _holds(outer, inner)
        ]
        inner.parent = min(holders)[1] if holders else None


def _holds(outer: FoundAttribution, inner: FoundAttribution) -> bool:
    """Tell whether an attribution stands whole in another's content: its cue or source, and its content."""
    voice = inner.cue or inner.source
    return bool(voice) and _inside(inner.content, outer.content) and _inside(voice, outer.content)


def _inside(spans: Spans, holders: Spans) -> bool:
    return all(any(left <= start and end <= right for left, right in holders) for start, end in spans)


@cache
def _reliances(language: str) -> tuple[re.Pattern[str], ...]:
    """Compile ``chains.tsv``: how a report says on whom its source relies."""
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in load_table(language, "chains"))


def _chain(
    prose: str, sentences: Sequence[Span], language: str, found: list[FoundAttribution]
) -> list[FoundAttribution]:
    """Put whom a source relies on inside what that source says: outlet -> agency -> ministry."""
    patterns = _reliances(language)
    if not patterns or not found:
        return found
    by_sentence = _hosts(sentences, found)
    added: list[FoundAttribution] = []
    misread: set[int] = set()
    for number, (start, end) in enumerate(sentences):
        hosts = by_sentence.get(number, [])
        if not hosts:
            continue
        links = sorted((m for p in patterns for m in p.finditer(prose, start, end)), key=lambda m: m.start())
        holder: int | None = None
        for link in links:
            if _is_read(found, hosts, link):
                continue
            misread.update(i for i in hosts if _overlap(found[i].cue, link.span("cue")))
            left = [
                i for i in hosts if i not in misread and not _overlap(found[i].source, link.span("source"))
            ]
            holder = holder if holder is not None else _host(found, left, link.start())
            if holder is None:
                continue
            outer = found[holder] if holder < len(found) else added[holder - len(found)]
            added.append(_relied_on(prose, outer, holder, link))
            holder = len(found) + len(added) - 1
    return _without([*found, *added], misread)


def _hosts(sentences: Sequence[Span], found: Sequence[FoundAttribution]) -> dict[int, list[int]]:
    """Index attributions by the sentence their cue, source or content stands in."""
    starts = [start for start, _ in sentences]
    hosts: dict[int, list[int]] = {}
    for index, attribution in enumerate(found):
        spans = attribution.cue or attribution.source or attribution.content
        hosts.setdefault(bisect_right(starts, spans[0][0]) - 1, []).append(index)
    return hosts


def _is_read(found: Sequence[FoundAttribution], hosts: Sequence[int], link: re.Match[str]) -> bool:
    """Tell whether the encoder itself has read this link: its source as a source."""
    return any(_overlap(found[i].source, link.span("source")) and _overlap(found[i].cue, link.span("cue"))
               for i in hosts)  # fmt: skip


def _host(found: Sequence[FoundAttribution], hosts: Sequence[int], at: int) -> int | None:
    """Choose the attribution that a reliance belongs to: the one whose cue or source is nearest."""
    with_cue = [i for i in hosts if found[i].cue or found[i].source]
    return min(with_cue, key=lambda i: (abs((found[i].cue or found[i].source)[0][0] - at), i), default=None)


def _relied_on(prose: str, outer: FoundAttribution, holder: int, link: re.Match[str]) -> FoundAttribution:
    inner = [piece for span in outer.content for piece in _cut(span, link.span())]
    return FoundAttribution(
        content=_trimmed(prose, inner, _EDGE) or outer.content, cue=(link.span("cue"),),
        source=_trimmed(prose, [link.span("source")], _END), kind="indirect", certainty=outer.certainty,
        parent=holder, score=round(outer.score * 0.9, 4),
    )  # fmt: skip


def _cut(span: Span, hole: Span) -> list[Span]:
    """Cut a hole out of a span."""
    if hole[1] <= span[0] or hole[0] >= span[1]:
        return [span]
    return [(a, b) for a, b in ((span[0], hole[0]), (hole[1], span[1])) if b > a]


def _without(found: list[FoundAttribution], dropped: set[int]) -> list[FoundAttribution]:
    """Leave attributions out, keeping parents right."""
    places = {old: new for new, old in enumerate(i for i in range(len(found)) if i not in dropped)}
    for attribution in found:
        parent = attribution.parent
        while parent is not None and parent in dropped:
            parent = found[parent].parent
        attribution.parent = places[parent] if parent is not None else None
    return [attribution for i, attribution in enumerate(found) if i not in dropped]


def _overlap(spans: Spans, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)
