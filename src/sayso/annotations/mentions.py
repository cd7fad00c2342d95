"""Find the persons, organisations, places and outlets a prose names, with their roles, and what resumes them.

Names come from the encoder. Roles ("der russische Außenminister" Sergej Lawrow) are read off the words
before and after a name with the language's ``roles.tsv``; pronouns and role nouns that speak ("er", "die
Behörde", "глава ведомства") are resolved to the mention they stand for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from sayso.annotations.found import FoundMention
from sayso.annotations.referents import houses, pronouns
from sayso.annotations.source_words import roles, small_words, unnamed
from sayso.encoder import Reading
from sayso.languages import load_rules, load_table
from sayso.languages.lexicon import fold
from sayso.records import MentionKind, Span

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
            found.append(FoundMention(start=start, end=end, kind=raw.kind, score=raw.score))  # ty: ignore
    found.extend(_names_of_sources(prose, language, reading, found))
    found.sort(key=lambda mention: (mention.start, -mention.end))
    persons = [mention for mention in found if mention.kind == "person"]
    for number, mention in enumerate(persons):
        floor = persons[number - 1].end if number else 0
        ceiling = persons[number + 1].start if number + 1 < len(persons) else len(prose)
        mention.role = _role_of(prose, mention, (floor, max(ceiling, mention.end)), sentences, language)
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
    nouns = "|".join(
        sorted(
            (row["noun"] for row in load_table(language, "roles") if row["use"] != "kin"),
            key=lambda n: (-len(n), n),
        )
    )
    if not nouns:
        return None
    word = r"[\w.'’-]+"
    noun = rf"(?:{word}-)?\w*(?:{nouns})"
    before = re.compile(rf"((?:{word} ){{0,4}}?{noun}(?: {word}){{0,4}}?) $", re.IGNORECASE)
    after = re.compile(rf", ((?:{word} ){{0,4}}?{noun}(?: {word}){{0,5}}?)(?=[,.;)]|$)", re.IGNORECASE)
    return before, after


_REACH = 90


def _role_of(
    prose: str, mention: FoundMention, room: Span, sentences: Sequence[Span], language: str
) -> Span | None:
    """Find the role before or after a name, in the room that the persons before and after it leave."""
    patterns = _role_patterns(language)
    if patterns is None:
        return None
    number = bisect_right(sentences, (mention.start, len(prose))) - 1
    home = sentences[number] if number >= 0 else (mention.start, mention.end)
    begin = min(mention.start, max(home[0], room[0], mention.start - _REACH))
    lead = re.split(r"[,;:()„“«»\"]", prose[begin : mention.start])[-1]
    if match := patterns[0].search(lead):
        at = mention.start - len(lead) + match.start(1)
        return at, at + len(match.group(1))
    tail = prose[mention.end : min(home[1], room[1], mention.end + _REACH)]
    if match := patterns[1].match(tail):
        return mention.end + match.start(1), mention.end + match.end(1)
    return None


# names the encoder did not see ------------------------------------------------------------------------------

_CAPITALS = re.compile(
    r"[A-ZÄÖÜА-ЯЁ][\w’'-]*(?:\s(?:(?:van|de|al|bin|ibn|da|di|el)\s)?[A-ZÄÖÜА-ЯЁ][\w’'-]*)*"
)
_SEEN_IN_SOURCE = 0.5


def _names_of_sources(
    prose: str, language: str, reading: Reading, found: Sequence[FoundMention]
) -> list[FoundMention]:
    """Give the names in sources that hold no mention: who speaks has a name worth a second look."""
    starts = sorted(mention.start for mention in found)
    made: dict[Span, FoundMention] = {}
    for attribution in reading.attributions:
        for start, end in attribution.source:
            at = bisect_left(starts, start)
            if at < len(starts) and starts[at] < end:
                continue
            if (mention := _name_in(prose, start, end, language)) is not None:
                made[mention.start, mention.end] = mention
    return list(made.values())


def _name_in(prose: str, start: int, end: int, language: str) -> FoundMention | None:
    """Find the proper name in the words of a source, behind its role noun."""
    text = re.split(r"[,(]", prose[start:end])[0]
    nouns_capital = load_rules(language, "sources").get("nouns_capital", False)
    for match in _CAPITALS.finditer(text):
        words = [(m.start(), m.end()) for m in re.finditer(r"\S+", match.group())]
        behind_role = False
        while words and _is_common(match.group()[slice(*words[0])], language):
            behind_role = behind_role or _is_role(match.group()[slice(*words[0])], language)
            words.pop(0)
        alone = len(words) == 1 and not behind_role
        if alone and any(house.noun.search(match.group()) for house in houses(language)):
            continue
        if not words or (alone and (nouns_capital or match.group() != text or _opens(prose, start))):
            continue
        begin, stop = start + match.start() + words[0][0], start + match.start() + words[-1][1]
        return FoundMention(
            start=begin,
            end=stop,
            score=_SEEN_IN_SOURCE,
            kind=_kind_of(prose[begin:stop], behind_role, language),
        )
    return None


def _opens(prose: str, at: int) -> bool:
    """Tell whether a word opens a sentence, where every word has a capital."""
    return at == 0 or re.search(r"[.!?…:\n][»“”\"„«]?\s*[»“”\"„«]?$", prose[max(0, at - 6) : at]) is not None


def _is_role(word: str, language: str) -> bool:
    return any(roles(language, use).fullmatch(word) for use in ("", "general", "spokes"))


def _is_common(word: str, language: str) -> bool:
    """Tell whether a capital letter shows no name: an article that opens a sentence, a role noun, a pronoun."""
    folded = fold(word)
    small = folded in small_words(language, "before_noun") or folded in pronouns(language)
    return small or _is_role(word, language) or unnamed(language).match(word) is not None


def _kind_of(name: str, behind_role: bool, language: str) -> MentionKind:
    if any(house.noun.search(word) for word in name.split() for house in houses(language)) or name.isupper():
        return "organisation"
    return "person" if behind_role or len(name.split()) > 1 else "organisation"
