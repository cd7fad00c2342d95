"""Add what the encoder missed and the language makes certain.

1. Frames (``frames.tsv``): a cue that governs a source, with the rest of the sentence as content ("laut X"), or
   the sentence before ("Das meldete X").
2. Lists that an attributing sentence introduces: every item is told by its source.
3. Sentences in told speech (the German subjunctive) that follow what somebody said: they go on with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from sayso.annotations.attribution_spans import EDGE, END, trim
from sayso.annotations.found import FoundAttribution, Outline
from sayso.annotations.referents import pronouns
from sayso.languages import load_rules, load_table
from sayso.languages.lexicon import fold
from sayso.records import Span, Spans

_FRAME_SCORE, _LIST_SCORE, _TOLD_SCORE = 0.6, 0.6, 0.55


class Frame(msgspec.Struct, frozen=True):
    """Hold a frame: named groups cue, source, content; what it tells where it names no content."""

    pattern: re.Pattern[str]
    opens: bool
    anonymous: bool
    tells_before: bool

    def find(self, prose: str, start: int, end: int) -> re.Match[str] | None:
        """Find the frame in a sentence; one that opens it (``^``) at its start alone."""
        find = self.pattern.match if self.opens else self.pattern.search
        return find(prose, start, end)


@cache
def _frames(language: str) -> tuple[Frame, ...]:
    return tuple(
        Frame(
            re.compile(row["pattern"].removeprefix("^")), row["pattern"].startswith("^"),
            row["anonymous"] == "yes", row["content"] == "before",
        )
        for row in load_table(language, "frames")
    )  # fmt: skip


class Coverage:
    """Know which sentences are touched by what was found."""

    def __init__(self, found: Sequence[FoundAttribution], sentences: Sequence[Span]) -> None:
        self.starts = [start for start, _ in sentences]
        self.holders: dict[int, list[int]] = {}
        for index, one in enumerate(found):
            touched: set[int] = set()
            for start, end in (*one.content, *one.cue, *one.source):
                touched.update(range(self.number(start), self.number(end - 1) + 1))
            for number in touched:
                self.holders.setdefault(number, []).append(index)

    def number(self, at: int) -> int:
        """Number the sentence that holds an offset."""
        return bisect_right(self.starts, at) - 1


def find_by_rules(
    prose: str,
    sentences: Sequence[Span],
    language: str,
    found: Sequence[FoundAttribution],
    outline: Outline,
) -> Iterator[FoundAttribution]:
    """Give the attributions that frames, lists and told speech make certain where nothing was found."""
    coverage = Coverage(found, sentences)
    told = _told(language)
    running: int | None = None
    for number, (start, end) in enumerate(sentences):
        if number in coverage.holders:
            running = _last_sourced(found, coverage.holders[number], running)
            continue
        if (one := _by_frame(prose, sentences, number, language, coverage)) is not None:
            yield one
        elif _introduced(outline, coverage, found, number):
            yield _going_on(prose, start, end, _LIST_SCORE)
        elif (
            running is not None and _follows(coverage, number) and _is_told(prose[start:end], told, language)
        ):
            coverage.holders.setdefault(number, []).append(running)
            yield _going_on(prose, start, end, _TOLD_SCORE)


def _last_sourced(
    found: Sequence[FoundAttribution], holders: Sequence[int], running: int | None
) -> int | None:
    sourced = [i for i in holders if found[i].source or found[i].cue or found[i].kind == "free_indirect"]
    return sourced[-1] if sourced else running


def _by_frame(
    prose: str, sentences: Sequence[Span], number: int, language: str, coverage: Coverage
) -> FoundAttribution | None:
    start, end = sentences[number]
    for frame in _frames(language):
        match = frame.find(prose, start, end)
        content = _content_of(prose, sentences, number, frame, match, coverage) if match else ()
        if match and content:
            source = (match.span("source"),) if match.groupdict().get("source") else ()
            cue = [match.span(name) for name in ("cue", "particle") if match.groupdict().get(name)]
            return FoundAttribution(
                content=content, cue=trim(prose, cue, EDGE), anonymous=frame.anonymous,
                source=trim(prose, source, END), kind="indirect", score=_FRAME_SCORE,
            )  # fmt: skip
    return None


def _content_of(
    prose: str, sentences: Sequence[Span], number: int, frame: Frame, match: re.Match[str], coverage: Coverage
) -> Spans:
    """Give what a frame tells: its own group, the rest of its sentence, or the sentence before."""
    start, end = sentences[number]
    if frame.tells_before:
        if number == 0 or number - 1 in coverage.holders or "\n" in prose[sentences[number - 1][1] : start]:
            return ()
        return trim(prose, [sentences[number - 1]], END.replace("?", "").replace("!", ""))
    if "content" in match.re.groupindex:
        return trim(prose, [match.span("content")], END)
    return trim(prose, [(start, match.start()), (match.end(), end)], END)


def _introduced(outline: Outline, coverage: Coverage, found: Sequence[FoundAttribution], number: int) -> bool:
    """Tell whether a list item hangs on a sentence that attributes."""
    leader = outline.introduced.get(number)
    if leader is None:
        return False
    return any(found[i].cue and found[i].source for i in coverage.holders.get(leader, ()) if i < len(found))


@cache
def _told(language: str) -> re.Pattern[str]:
    """Compile the verb forms that show told speech by themselves."""
    forms = load_rules(language, "sources").get("told_speech", "(?!)")
    return re.compile(rf"\b(?:{forms})\b")


def _follows(coverage: Coverage, number: int) -> bool:
    return number - 1 in coverage.holders


def _is_told(sentence: str, told: re.Pattern[str], language: str) -> bool:
    """Tell whether the main clause of a sentence, not quoted and not the report's "I", is in told speech."""
    unquoted = re.sub(r"[„“\"«»][^„“”\"«»]*[“”\"»«]", " ", sentence)
    own = {word for word, pronoun in pronouns(language).items() if pronoun.use == "own"}
    spoken = own & set(fold(unquoted).split())
    return not spoken and not sentence.rstrip().endswith("?") and bool(told.search(unquoted.split(",")[0]))


def _going_on(prose: str, start: int, end: int, score: float) -> FoundAttribution:
    content = trim(prose, [(start, end)], EDGE + ".")
    return FoundAttribution(content=content or ((start, end),), kind="free_indirect", score=score)
