"""Find the persons, organisations, places and outlets a prose names, with their roles, and what resumes them.

Names come from the encoder. Roles ("der russische Außenminister" Sergej Lawrow) are read off the words
before and after a name with the language's ``roles.tsv``; pronouns and role nouns that speak ("er", "die
Behörde", "глава ведомства") are resolved to the mention they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.annotations.found import FoundMention
from sayso.encoder import Reading
from sayso.languages import load_table
from sayso.records import Span

_LEAST_SCORE = 0.5
_EDGE = " \t\n.,;:!?()[]«»„“”\"'‚‘’–—-"


def find_mentions(
    prose: str, sentences: Sequence[Span], language: str, reading: Reading
) -> list[FoundMention]:
    """Give the mentions of a prose in the order they stand there; roles are attached to persons."""
    found = []
    for raw in reading.mentions:
        start, end = _trim(prose, raw.start, raw.end)
        if end > start and raw.score >= _LEAST_SCORE:
            found.append(FoundMention(start=start, end=end, kind=raw.kind, score=raw.score))  # type: ignore[arg-type]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    for mention in found:
        if mention.kind == "person":
            mention.role = _role_of(prose, mention, sentences, language)
    return found


def _trim(prose: str, start: int, end: int) -> Span:
    while start < end and prose[start] in _EDGE:
        start += 1
    while end > start and prose[end - 1] in _EDGE:
        end -= 1
    return start, end


@cache
def _role_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Compile a role before a name ("Außenminister Lawrow") and after it ("Lawrow, the foreign minister,")."""
    nouns = "|".join(sorted((row["noun"] for row in load_table(language, "roles") if row["use"] != "kin"), key=lambda n: (-len(n), n)))
    if not nouns:
        return None
    word = r"[\w.'’-]+"
    noun = rf"(?:{word}-)?\w*(?:{nouns})"
    before = re.compile(rf"((?:{word} ){{0,4}}?{noun}(?: {word}){{0,4}}?) $", re.IGNORECASE)
    after = re.compile(rf", ((?:{word} ){{0,4}}?{noun}(?: {word}){{0,5}}?)(?=[,.;)]|$)", re.IGNORECASE)
    return before, after


_REACH = 90


def _role_of(prose: str, mention: FoundMention, sentences: Sequence[Span], language: str) -> Span | None:
    patterns = _role_patterns(language)
    if patterns is None:
        return None
    home = next((s for s in sentences if s[0] <= mention.start < s[1]), (mention.start, mention.end))
    begin = max(home[0], mention.start - _REACH)
    lead = re.split(r"[,;:()„“«»\"]", prose[begin : mention.start])[-1]
    if match := patterns[0].search(lead):
        at = mention.start - len(lead) + match.start(1)
        return at, at + len(match.group(1))
    tail = prose[mention.end : min(home[1], mention.end + _REACH)]
    if match := patterns[1].match(tail):
        return mention.end + match.start(1), mention.end + match.end(1)
    return None
