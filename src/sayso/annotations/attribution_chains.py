"""Nest attributions: who is quoted inside what another says, and on whom a source relies.

An attribution stands in the smallest content that holds it whole. "X, citing Y" makes Y the source inside what X
says (``chains.tsv``), whether or not the encoder saw it: outlet -> agency -> ministry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from sayso.annotations.attribution_spans import EDGE, END, behind_conjunction, trim
from sayso.annotations.found import FoundAttribution
from sayso.annotations.referents import pronouns
from sayso.languages import load_rules, load_table
from sayso.languages.lexicon import fold
from sayso.records import Span, Spans

_DEEPEST = 40
"""Open contents looked through for the one that holds an attribution: no prose nests deeper."""


def nest(found: Sequence[FoundAttribution]) -> None:
    """Set the parent of each attribution; one sweep over the contents in order, the open ones at hand."""
    order = sorted(range(len(found)), key=lambda i: (_hull(found[i].content)[0], -_hull(found[i].content)[1]))
    for attribution in found:
        attribution.parent = None
    opened: list[int] = []
    for index in order:
        start = _hull(found[index].content)[0]
        opened = [i for i in opened if _hull(found[i].content)[1] >= start][-_DEEPEST:]
        holders = [i for i in opened if _holds(found[i], found[index])]
        found[index].parent = min(holders, key=lambda i: (_size(found[i]), i), default=None)
        opened.append(index)


def _hull(spans: Spans) -> Span:
    return spans[0][0], spans[-1][1]


def _size(attribution: FoundAttribution) -> int:
    return sum(end - start for start, end in attribution.content)


def _holds(outer: FoundAttribution, inner: FoundAttribution) -> bool:
    """Tell whether an attribution stands whole in another's content: its cue or source, and its content."""
    voice = inner.cue or inner.source
    hull = (_hull(outer.content),)
    return bool(voice) and inside(inner.content, outer.content) and inside(voice, hull)


def inside(spans: Spans, holders: Spans) -> bool:
    """Tell whether every span lies in one of the holders."""
    return all(any(left <= start and end <= right for left, right in holders) for start, end in spans)


@cache
def _reliances(language: str) -> tuple[re.Pattern[str], ...]:
    """Compile ``chains.tsv``: how a report says on whom its source relies."""
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in load_table(language, "chains"))


def chain(
    prose: str, sentences: Sequence[Span], language: str, found: list[FoundAttribution]
) -> list[FoundAttribution]:
    """Put whom a source relies on inside what that source says, unless the encoder has read it so."""
    patterns = _reliances(language)
    if not patterns or not found:
        return found
    by_sentence = _hosts(sentences, found)
    chained = list(found)
    misread: set[int] = set()
    for number, hosts in sorted(by_sentence.items()):
        start, end = sentences[number] if number >= 0 else (0, 0)
        matches = (match for pattern in patterns for match in pattern.finditer(prose, start, end))
        links = sorted((m for m in matches if _names(m, language)), key=lambda match: match.start())
        holder: int | None = None
        for link in links:
            holder = _relate(prose, language, chained, hosts, misread, link, holder)
    return _without(chained, misread)


def _names(link: re.Match[str], language: str) -> bool:
    """Tell whether a link leads to somebody: "citing it 14 times" leads to nobody."""
    pronoun = pronouns(language).get(fold(link["source"].split()[0]))
    return pronoun is None or pronoun.use != "personal"


def _relate(
    prose: str, language: str, found: list[FoundAttribution], hosts: list[int], misread: set[int],
    link: re.Match[str], holder: int | None,
) -> int | None:  # fmt: skip
    """Read one link of a chain; give the attribution that the next link hangs on."""
    if (read := _read_already(found, hosts, link)) is not None:
        found[read].cue, found[read].source = (link.span("cue"),), trim(prose, [link.span("source")], END)
        _take_out_outer(prose, language, found, hosts, read)
        return read
    wrong = {i for i in hosts if _overlap(found[i].cue, link.span("cue"))}
    left = [
        i for i in hosts if i not in misread | wrong and not _overlap(found[i].source, link.span("source"))
    ]
    holder = holder if holder is not None else _host(found, left, link.start())
    if holder is None:
        return None
    misread |= wrong
    _give_cue(prose, language, found[holder], link)
    inner = _relied_on(prose, language, found[holder], holder, link)
    if inner.content:
        found.append(inner)
        return len(found) - 1
    return holder


def _give_cue(prose: str, language: str, outer: FoundAttribution, link: re.Match[str]) -> None:
    """Give who relies the verb behind the link as cue, where the encoder saw none ("... auf Y *meldet*, ...")."""
    verbs = load_rules(language, "sources").get("reporting_verbs", "(?!)")
    verb = re.compile(rf"\s((?:{verbs})\b)").match(prose, link.end())
    if verb and not outer.cue:
        outer.cue = (verb.span(1),)
        outer.content = tuple(piece for span in outer.content for piece in _cut(span, verb.span(1)))


def _hosts(sentences: Sequence[Span], found: Sequence[FoundAttribution]) -> dict[int, list[int]]:
    """Index attributions by the sentence their cue, source or content stands in."""
    starts = [start for start, _ in sentences]
    hosts: dict[int, list[int]] = {}
    for index, attribution in enumerate(found):
        spans = attribution.cue or attribution.source or attribution.content
        hosts.setdefault(bisect_right(starts, spans[0][0]) - 1, []).append(index)
    return hosts


def _read_already(found: Sequence[FoundAttribution], hosts: Sequence[int], link: re.Match[str]) -> int | None:
    """Give the attribution that is this very link, as the encoder read it."""
    for i in hosts:
        if _overlap(found[i].source, link.span("source")):
            return i
    return None


def _take_out_outer(
    prose: str, language: str, found: list[FoundAttribution], hosts: Sequence[int], inner: int
) -> None:
    """Free what is relied on from the cue and source of who relies: "meldet, ..." is no part of it."""
    content = found[inner].content
    for other in hosts:
        reaches = _hull(found[other].content)[1] >= _hull(content)[1]
        if other != inner and reaches and found[other].cue and _overlap(content, _hull(found[other].cue)):
            holes = (*found[other].cue, *found[other].source)
            found[inner].content = _cut_all(prose, language, content, holes) or content


def _host(found: Sequence[FoundAttribution], hosts: Sequence[int], at: int) -> int | None:
    """Choose the attribution that a reliance belongs to: the one whose cue or source is nearest."""
    with_cue = [i for i in hosts if found[i].cue or found[i].source]
    return min(with_cue, key=lambda i: (abs((found[i].cue or found[i].source)[0][0] - at), i), default=None)


def _relied_on(
    prose: str, language: str, outer: FoundAttribution, holder: int, link: re.Match[str]
) -> FoundAttribution:
    """Make the attribution of who is relied on: the same content, without the words of the chain."""
    holes = (link.span(), *outer.cue, *outer.source)
    return FoundAttribution(
        content=_cut_all(prose, language, outer.content, holes), cue=(link.span("cue"),),
        source=trim(prose, [link.span("source")], END), kind="indirect", certainty=outer.certainty,
        polarity="positive", parent=holder, score=round(outer.score * 0.9, 4),
    )  # fmt: skip


def _cut_all(prose: str, language: str, spans: Spans, holes: Spans) -> Spans:
    pieces = list(spans)
    for hole in holes:
        pieces = [piece for span in pieces for piece in _cut(span, hole)]
    return behind_conjunction(prose, trim(prose, pieces, EDGE), language)


def _cut(span: Span, hole: Span) -> list[Span]:
    """Cut a hole out of a span."""
    if hole[1] <= span[0] or hole[0] >= span[1]:
        return [span]
    return [(a, b) for a, b in ((span[0], hole[0]), (hole[1], span[1])) if b > a]


def _overlap(spans: Spans, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _without(found: list[FoundAttribution], dropped: set[int]) -> list[FoundAttribution]:
    """Leave attributions out, keeping parents right."""
    places = {old: new for new, old in enumerate(i for i in range(len(found)) if i not in dropped)}
    for attribution in found:
        parent = attribution.parent
        while parent is not None and parent in dropped:
            parent = found[parent].parent
        attribution.parent = places.get(parent) if parent is not None else None
    return [attribution for index, attribution in enumerate(found) if index not in dropped]
