"""Part prose into sentences.

sentencex proposes boundaries; what it gets wrong (ordinals, months, initials, abbreviations) is mended
by each language's own data in ``language.toml``: ``no_end_before``, ``no_end_after`` and ``end_at``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from sentencex import segment  # ty: ignore

from sayso.languages import base_language, load_rules
from sayso.records import Span

_INITIAL = re.compile(r"(?:^|[\s(„“\"«])[A-ZÄÖÜА-ЯЁІЇЄ]\.$")
_OPENERS = "„“\"«'‚‘("
_LONGEST_READ_WHOLE = 20_000
"""Letters; a longer block is cut at line ends or spaces first, so that no input costs more than linear time."""


def find_sentences(prose: str, breaks: Sequence[int], language: str) -> list[Span]:
    """Give the sentences of a prose as spans; no sentence crosses a block.

    >>> prose = "Am 3. Januar kam er. Dann ging er."
    >>> [prose[a:b] for a, b in find_sentences(prose, (0,), "de")]
    ['Am 3. Januar kam er.', 'Dann ging er.']
    """
    edges = sorted({0, *breaks, len(prose)})
    found: list[Span] = []
    for start, end in pairwise(edges):
        for left, right in _pieces(prose, start, end):
            found.extend(_sentences_of(prose, left, right, language))
    return found


def _pieces(prose: str, start: int, end: int) -> list[Span]:
    pieces = []
    while end - start > _LONGEST_READ_WHOLE:
        cut = prose.rfind(" ", start + 1, start + _LONGEST_READ_WHOLE)
        cut = cut if cut > start else start + _LONGEST_READ_WHOLE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _sentences_of(prose: str, start: int, end: int, language: str) -> list[Span]:
    proposed: list[Span] = []
    at = start
    for sentence in segment(base_language(language), prose[start:end]):
        proposed.append((at, at + len(sentence)))
        at += len(sentence)
    if at != end:
        proposed = [(start, end)]
    proposed = [piece for span in proposed for piece in _parted(prose, span, language)]
    merged: list[Span] = []
    for left, right in proposed:
        if merged and _goes_on(prose, merged[-1], left, right, language):
            merged[-1] = (merged[-1][0], right)
        else:
            merged.append((left, right))
    return [tight for span in merged if (tight := _tighten(prose, span))]


def _parted(prose: str, span: Span, language: str) -> list[Span]:
    """Part a proposed sentence where the language knows an end that was overlooked ("в 2021 г. Полиция ...")."""
    cuts = [match.end() for match in _ends(language).finditer(prose, *span)]
    edges = [span[0], *cuts, span[1]]
    return [(left, right) for left, right in pairwise(edges) if right > left]


@cache
def _ends(language: str) -> re.Pattern[str]:
    return re.compile("|".join(load_rules(language, "language").get("end_at", ())) or "(?!)")


def _goes_on(prose: str, before: Span, start: int, end: int, language: str) -> bool:
    """Tell whether what was proposed as a new sentence goes on with the one before."""
    head = prose[before[0] : before[1]].rstrip()
    tail = prose[start:end].lstrip()
    if not head or not tail:
        return True
    if head[-1] in ".…" and tail.lstrip(_OPENERS)[:1].islower():
        return True
    no_end_after, no_end_before = _exceptions(language)
    if _INITIAL.search(head[-4:]):
        return True
    return bool(no_end_after.search(head[-24:]) or (head[-1] == "." and no_end_before.match(tail)))


@cache
def _exceptions(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = load_rules(language, "language")
    after = "|".join(rules.get("no_end_after", ())) or r"(?!)"
    before = "|".join(rules.get("no_end_before", ())) or r"(?!)"
    return re.compile(rf"(?:^|[\s(\-/„“\"«])(?:{after})$"), re.compile(rf"(?:{before})")


def _tighten(prose: str, span: Span) -> Span | None:
    start, end = span
    while start < end and prose[start].isspace():
        start += 1
    while end > start and prose[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
