"""Read how far a source commits itself: markers in content and cue, certainty on FactBank's scale, polarity.

Words are data: ``hedges.tsv`` (markers), ``cues.tsv`` (cues that deny, doubt, ask, refuse to say) and, in
``sources.toml``, the words that open a question. Certainty is that of the source, not of the report: distancing
("angeblich") is marked and lowers it only where nobody is named who vouches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sayso.annotations.found import FoundAttribution, FoundMarker
from sayso.languages import load_rules, load_table
from sayso.records import Certainty, MarkerKind, Span

_SCALE: tuple[Certainty, ...] = ("certain", "probable", "possible", "underspecified")
_FIRST_SENTENCE = re.compile(r"[.!?…][»“”\"]?\s")
_STOP = re.compile(r"[.,;:!?\n]")
_REACH = 40
_QUOTED = re.compile(r"[„“\"«]([^„“”\"«»]{1,60})[“”\"»]")


def mark(prose: str, attribution: FoundAttribution, language: str) -> None:
    """Set the markers of an attribution, and with them its certainty and polarity."""
    attribution.markers = tuple(
        sorted(_markers(prose, attribution, language), key=lambda m: (m.start, m.end))
    )
    _commit(prose, attribution, language)


@cache
def _lexicon(language: str) -> tuple[tuple[re.Pattern[str], MarkerKind, Certainty | None], ...]:
    """Compile ``hedges.tsv``, the longer patterns first: the words, what they mark, the certainty they leave."""
    rows = sorted(load_table(language, "hedges"), key=lambda row: -len(row["pattern"]))
    return tuple(  # ty: ignore
        (re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE), row["kind"], row["certainty"] or None)
        for row in rows
    )


@cache
def _any_marker(language: str) -> re.Pattern[str]:
    rows = sorted(load_table(language, "hedges"), key=lambda row: -len(row["pattern"]))
    return re.compile("|".join(rf"\b(?:{row['pattern']})\b" for row in rows) or "(?!)", re.IGNORECASE)


@cache
def _cues(language: str) -> tuple[tuple[re.Pattern[str], str, str, str], ...]:
    """Compile ``cues.tsv``: the words of a cue, the polarity and certainty it gives, and when."""
    return tuple(
        (
            re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE),
            row["polarity"],
            row["certainty"],
            row["when"],
        )
        for row in load_table(language, "cues")
    )


@cache
def _opening(language: str, name: str) -> re.Pattern[str]:
    words = load_rules(language, "sources").get(name, "(?!)")
    return re.compile(rf"(?:{words})\b", re.IGNORECASE)


def _markers(prose: str, attribution: FoundAttribution, language: str) -> Iterator[FoundMarker]:
    """Find markers; negation belongs to the cue ("did not confirm"), subjunctive to what is not quoted."""
    quoted = attribution.kind == "direct"
    for start, end in attribution.content:
        for span, kind, _ in _found(prose, start, end, language):
            if kind != "negation" and not (
                kind == "subjunctive" and (quoted or _in_quotes(prose, start, end, span))
            ):
                yield FoundMarker(start=span[0], end=span[1], kind=kind)
    for start, end in attribution.cue:
        for span, kind, _ in _found(prose, start, end, language):
            if kind != "subjunctive":
                yield FoundMarker(start=span[0], end=span[1], kind=kind)


def _found(
    prose: str, start: int, end: int, language: str
) -> Iterator[tuple[Span, MarkerKind, Certainty | None]]:
    for match in _any_marker(language).finditer(prose, start, end):
        for pattern, kind, certainty in _lexicon(language):
            if pattern.fullmatch(prose, *match.span()) or pattern.match(prose, match.start(), end):
                yield match.span(), kind, certainty
                break


def _in_quotes(prose: str, start: int, end: int, span: Span) -> bool:
    return any(m.start() < span[0] and span[1] < m.end() for m in _QUOTED.finditer(prose, start, end))


def _commit(prose: str, attribution: FoundAttribution, language: str) -> None:
    """Set certainty and polarity: the weakest word of the first sentence counts, and the cue."""
    weakest = 0
    start, end = attribution.content[0][0], attribution.content[-1][1]
    stop = _FIRST_SENTENCE.search(prose, start, end)
    limit = stop.start() if stop else end
    for marker in attribution.markers:
        if marker.kind == "hedge" and (marker.start < limit or marker.start >= end):
            weakest = max(weakest, _certainty_of(prose, marker, language))
    cue = _whole_cue(prose, attribution, load_rules(language, "sources").get("particle_ends_clause", False))
    question = _is_question(prose, attribution, language)
    for pattern, polarity, certainty, when in _cues(language):
        if pattern.search(cue) and _holds(when, attribution, question):
            if polarity == "negative" and not _denies_by_itself(prose, attribution, language):
                attribution.polarity = "negative"
            if certainty:
                weakest = max(weakest, _SCALE.index(certainty))
            break
    attribution.certainty = _SCALE[weakest]


def _whole_cue(prose: str, attribution: FoundAttribution, particle: bool) -> str:
    """Give the words of a cue with those that finish it: up to the content, and the particle that ends its clause."""
    words = [prose[a:b] for a, b in attribution.cue]
    if not attribution.cue:
        return ""
    last, begin = attribution.cue[-1][1], attribution.content[0][0]
    if last < begin <= last + _REACH and not _STOP.search(prose, last, begin):
        words.append(prose[last:begin].strip())
    stop = _STOP.search(prose, attribution.cue[0][1], min(len(prose), attribution.cue[0][1] + 4 * _REACH))
    if particle and stop:
        words.append(prose[max(0, stop.start() - _REACH) : stop.start()].rpartition(" ")[2])
    return " ".join(words)


def _certainty_of(prose: str, marker: FoundMarker, language: str) -> int:
    for _, kind, certainty in _found(prose, marker.start, marker.end, language):
        return _SCALE.index(certainty) if kind == marker.kind and certainty else 0
    return 0


def _holds(when: str, attribution: FoundAttribution, question: bool) -> bool:
    if when == "question":
        return question
    if when == "named":
        return attribution.kind == "reported"
    return when != "unnamed" or not attribution.source


def _is_question(prose: str, attribution: FoundAttribution, language: str) -> bool:
    """Tell whether a content is a question: by its mark, its first word, or the word that leads to it."""
    start, end = attribution.content[0][0], attribution.content[-1][1]
    if prose[end - 1 : end + 1].count("?") or _opening(language, "question_words").match(prose, start, end):
        return True
    before = prose[max(0, start - 12) : start].split()
    return bool(before) and _opening(language, "question_words").fullmatch(before[-1].strip(",")) is not None


def _denies_by_itself(prose: str, attribution: FoundAttribution, language: str) -> bool:
    """Tell whether a content is the denial, not what is denied: a negated clause of its own, after no "that"."""
    if attribution.kind not in ("indirect", "mixed", "direct", "free_indirect"):
        return False
    start, end = attribution.content[0][0], attribution.content[-1][1]
    before = prose[max(0, start - 12) : start].split()
    if before and _opening(language, "conjunctions").fullmatch(before[-1].strip(",:")):
        return False
    return any(kind == "negation" for _, kind, _ in _found(prose, start, end, language))
