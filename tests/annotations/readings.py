"""Make readings by hand: what an encoder would have seen, told by the words themselves."""

from __future__ import annotations

import numpy as np

from sayso.annotations.attributions import find_attributions
from sayso.annotations.found import FoundAttribution, FoundMention, Outline
from sayso.annotations.mentions import find_mentions
from sayso.annotations.sentences import find_sentences
from sayso.encoder import RawAttribution, RawMention, Reading

ROLES = ("content", "cue", "source", "addressee", "medium", "frame", "clause")


def said(prose: str, kind: str = "indirect", after: int = 0, **words: str | list[str]) -> RawAttribution:
    """Make an attribution of the words of each role, the first place they stand at from `after` on."""
    spans: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    for role, given in words.items():
        for part in [given] if isinstance(given, str) else given:
            at = prose.index(part, after)
            spans[role].append((at, at + len(part)))
    return RawAttribution(**spans, kind=kind, score=0.95)


def named(prose: str, **kinds: str | list[str]) -> list[RawMention]:
    """Make mentions: every place at which a name of a kind stands."""
    made = []
    for kind, given in kinds.items():
        for name in [given] if isinstance(given, str) else given:
            at = prose.find(name)
            while at >= 0:
                made.append(RawMention(at, at + len(name), kind, 0.9))
                at = prose.find(name, at + 1)
    return made


def find(
    prose: str,
    language: str,
    attributions: list[RawAttribution],
    mentions: list[RawMention] | None = None,
    outline: Outline | None = None,
) -> tuple[list[FoundAttribution], list[FoundMention]]:
    """Finish a reading made by hand."""
    breaks = tuple(at + 1 for at, letter in enumerate(prose) if letter == "\n")
    sentences = find_sentences(prose, breaks, language)
    reading = Reading(words=[], attributions=attributions, mentions=mentions or [], vectors=np.zeros((0, 1)))
    found = find_mentions(prose, sentences, language, reading)
    return find_attributions(prose, sentences, language, reading, found, outline or Outline()), found


def who(prose: str, one: FoundAttribution, mentions: list[FoundMention]) -> str | None:
    """Give the name a source is resolved to."""
    mention = mentions[one.source_mention] if one.source_mention is not None else None
    return prose[mention.start : mention.end] if mention else None


def words(prose: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Give the words of spans."""
    return " ".join(prose[start:end] for start, end in spans)
