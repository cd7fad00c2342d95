"""Read the words beside a cue: the subject that was not linked to it, the outlet that was taken for the source."""

from __future__ import annotations

import re

from sayso.annotations.found import FoundAttribution
from sayso.annotations.referents import Referents
from sayso.annotations.source_words import SourceWords
from sayso.languages.lexicon import fold
from sayso.records import Span, Spans


def source_beside(text: SourceWords, referents: Referents, one: FoundAttribution) -> Spans:
    """Give the pronoun or name that stands at the cue's side, where its subject stands."""
    rules = text.rules
    start, end = one.cue[0]
    left = re.search(r"([\w’'-]+)\s$", text.prose[max(0, start - 40) : start])
    right = re.match(r"\s([\w’'-]+)", text.prose[end : end + 40])
    sides = [(start - len(left.group()), start - 1)] if left else []
    if right and rules.get("subject_follows", False):
        sides.append((end + 1, end + right.end()))
    for side in sides:
        if found := _subject_at(text, referents, side, one):
            return (found,)
    return ()


def _subject_at(text: SourceWords, referents: Referents, side: Span, one: FoundAttribution) -> Span | None:
    pronoun = text.pronouns.get(fold(text.prose[slice(*side)]))
    if pronoun is not None:
        free = not any(a < side[1] and side[0] < b for a, b in (*one.content, *one.addressee, *one.medium))
        return side if pronoun.use == "personal" and free else None
    for mention in referents.between(side[0] - 60, side[1]):
        if (
            mention.kind != "place"
            and mention.start <= side[0] < mention.end
            and (mention.end == side[1] or mention.start == side[0])
        ):
            span = (mention.start, mention.end)
            taken = (*one.content, *one.addressee, *one.medium)
            return None if any(a < span[1] and span[0] < b for a, b in taken) else span
    return None


def part_outlet(text: SourceWords, referents: Referents, one: FoundAttribution) -> None:
    """Part "dem „Pol“ ein Diplomat": the outlet told is the medium, who tells it the source."""
    start, end = (one.source[0][0], one.source[-1][1])
    inside = referents.inside(((start, end),))
    if not inside or referents.mentions[inside[0]].kind != "outlet":
        return
    outlet = referents.mentions[inside[0]]
    rest = re.match(r"[»“”\"«]?\s+", text.prose[outlet.end : end])
    at = outlet.end + rest.end() if rest else end
    lead = text.lead((at, end)) if at < end else ""
    follows = len(inside) > 1 and referents.mentions[inside[1]].start == at
    if outlet.start - start < 25 and at < end and (follows or text.unnamed.match(lead)):
        one.medium = one.medium or ((start, outlet.end),)
        one.source = ((at, end),)
