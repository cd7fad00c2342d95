"""Bring the encoder's spans to the borders of phrases: quotation marks, commas, conjunctions, cue nouns, junk.

Every rule is one of the guideline: a content begins behind its conjunction and ends before its full stop, keeps
whole what it quotes, and stands outside its own cue; "nach Angaben" is a cue, the words behind it the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.annotations.found import FoundAttribution
from sayso.encoder import RawAttribution
from sayso.languages import load_rules
from sayso.records import AttributionKind, Span, Spans

QUOTES = '„“”"«»‚‘’‹›'
EDGE = " \t\n,;:" + QUOTES
END = EDGE + ".!?…"
_PAIRS = {"„": '“”"', "“": "”", "«": "»", "»": "«", "‹": "›", '"': '"', "”": "”"}
_BRACKETS = {"(": ")", "[": "]"}
_LEAST_JUNK_SCORE = 0.8


def finish_spans(prose: str, raw: RawAttribution, language: str) -> FoundAttribution | None:
    """Make an attribution of what the encoder read, or None where it holds no proposition."""
    content = behind_conjunction(prose, trim(prose, raw.content, EDGE), language)
    kind = _kind(prose, content, raw.kind)
    found = FoundAttribution(
        content=_whole_quotes(prose, content) if kind != "direct" else content,
        cue=trim(prose, raw.cue, EDGE.replace(":", "")), source=_unbracketed(prose, trim(prose, raw.source, END)),
        addressee=trim(prose, raw.addressee, END), medium=trim(prose, raw.medium, END),
        frame=trim(prose, raw.frame, END), kind=kind, score=round(min(1.0, max(0.0, float(raw.score))), 4),
    )  # fmt: skip
    _widen_cue(prose, found, language)
    if kind == "free_indirect" and _is_far(prose, found):
        found.cue = ()  # the source read with it stays: its words are the evidence of who goes on
    return found if found.content and not _is_junk(prose, found, language) else None


def trim(prose: str, spans: Sequence[Span], edge: str) -> Spans:
    """Free spans of the letters of `edge` at both ends; what is left empty is left out."""
    tight = (_tight(prose, start, end, edge) for start, end in sorted(spans))
    return tuple(sorted((start, end) for start, end in tight if end > start))


def _tight(prose: str, start: int, end: int, edge: str) -> Span:
    while start < end and prose[start] in edge:
        start += 1
    while end > start and prose[end - 1] in edge:
        end -= 1
    if prose[end - 1 : end] == "." and not _is_abbreviation(prose, end) and prose[end : end + 1] != ".":
        end -= 1
    return start, end


def _is_abbreviation(prose: str, end: int) -> bool:
    """Tell whether a full stop belongs to its word: "Mr.", "z. B.", "2."; the next word goes on small."""
    following = re.match(r"[»“”\"]?\s*(\w)", prose[end : end + 6])
    return bool(following and following.group(1).islower())


@cache
def _word_list(language: str, name: str) -> re.Pattern[str]:
    words = load_rules(language, "sources").get(name, "(?!)")
    return re.compile(rf"(?:{words})\b,?\s+")


def behind_conjunction(prose: str, content: Spans, language: str) -> Spans:
    """Leave "dass", "that", "что" out of a content, where a clause follows."""
    if not content:
        return content
    start, end = content[0]
    match = _word_list(language, "leading_conjunctions").match(prose, start, end)
    if match and end - match.end() > 5:
        return (_tight(prose, match.end(), end, EDGE), *content[1:])
    return content


def _whole_quotes(prose: str, content: Spans) -> Spans:
    """Take in the closing or opening mark of a quotation that a content holds the other half of."""
    return tuple((_open(prose, start, end), _close(prose, start, end)) for start, end in content)


def _close(prose: str, start: int, end: int) -> int:
    inner, after = prose[start:end], prose[end : end + 1]
    for mark, closers in _PAIRS.items():
        if after and after in closers and _is_lone(inner, mark, closers):
            return end + 1
    return end


def _open(prose: str, start: int, end: int) -> int:
    inner, mark = prose[start:end], prose[max(0, start - 1) : start]
    closers = _PAIRS.get(mark, "")
    return start - 1 if any(_is_lone(inner, closer, mark) for closer in closers) else start


def _is_lone(inner: str, mark: str, partners: str) -> bool:
    """Tell whether a mark of quotation stands in a text without its partner."""
    if mark in partners:
        return inner.count(mark) % 2 == 1
    return inner.count(mark) > sum(inner.count(partner) for partner in partners)


def _unbracketed(prose: str, source: Spans) -> Spans:
    """Cut a source at half a bracket."""
    cut = source
    for opening, closing in _BRACKETS.items():
        cut = tuple(_cut_bracket(prose, start, end, opening, closing) for start, end in cut)
    return trim(prose, cut, END)


def _cut_bracket(prose: str, start: int, end: int, opening: str, closing: str) -> Span:
    inner = prose[start:end]
    if inner.count(opening) > inner.count(closing):
        return start, start + inner.rindex(opening)
    if inner.count(closing) > inner.count(opening):
        return start + inner.index(closing) + 1, end
    return start, end


def _kind(prose: str, content: Spans, read: str) -> AttributionKind:
    """Correct the kind by what the quotation marks show: a content that stands in them whole is direct."""
    if read not in ("direct", "indirect", "reported", "free_indirect", "mixed"):
        return "indirect"
    if not content or read == "reported":
        return read
    start, end = content[0][0], content[-1][1]
    opened = start > 0 and prose[start - 1] in QUOTES
    closed = any(mark in QUOTES for mark in prose[end : end + 2])
    inner = any(mark in prose[start:end] for mark in '„“”"«»')
    if opened and closed and not inner:
        return "direct"
    return "mixed" if read == "direct" and inner and not opened else read


def _widen_cue(prose: str, found: FoundAttribution, language: str) -> None:
    """Draw "Angaben" into the cue of "nach Angaben der Regierung", "по" into that of "по словам"."""
    rules = load_rules(language, "sources")
    nouns = rules.get("cue_nouns", "(?!)")
    if found.source and "cue_prepositions" in rules:
        start, end = found.source[0]
        before = re.search(rules["cue_prepositions"], prose[max(0, start - 12) : start], re.IGNORECASE)
        noun = re.compile(nouns, re.IGNORECASE).match(prose, start, end)
        if before and noun and end - noun.end() > 2:
            found.cue = trim(prose, [(start - len(before.group()), noun.end())], EDGE)
            found.source = trim(prose, [(noun.end(), end), *found.source[1:]], END)
    if len(found.cue) == 1 and (lead := rules.get("cue_leads")):
        start, end = found.cue[0]
        before = re.search(lead, prose[max(0, start - 16) : start], re.IGNORECASE)
        if before and re.match(nouns, prose[start:end] + " ", re.IGNORECASE):
            found.cue = ((start - len(before.group()), end),)


def _is_far(prose: str, found: FoundAttribution) -> bool:
    """Tell whether the cue read for free indirect speech belongs to another sentence."""
    if not found.content or not (found.cue or found.source):
        return False
    start, end = found.content[0][0], found.content[-1][1]
    at = (found.cue or found.source)[0][0]
    between = prose[end:at] if at >= end else prose[at:start]
    return re.search(r"[.!?…]\s", between) is not None


def _is_junk(prose: str, found: FoundAttribution, language: str) -> bool:
    """Tell whether nothing is told: no letter, or a bare word that no cue and no source speak."""
    words = re.findall(r"\w+", " ".join(prose[start:end] for start, end in found.content))
    if not any(word[0].isalnum() for word in words):
        return True
    bare = not found.cue and not found.source and found.kind in ("reported", "indirect")
    return bare and found.score < _LEAST_JUNK_SCORE
