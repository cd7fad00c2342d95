"""What annotators find in prose, before it is carried back to the report's text.

Offsets are those of the prose. Indices point into the lists that the annotators give back.
"""

from __future__ import annotations

import msgspec

from sayso.records import AttributionKind, Certainty, MarkerKind, MentionKind, Polarity, Span, Spans


class FoundMention(msgspec.Struct, kw_only=True):
    """Hold one mention; `stands_for` is the index of the mention a pronoun or role noun resumes."""

    start: int
    end: int
    kind: MentionKind
    score: float = 1.0
    role: Span | None = None
    pronominal: bool = False
    stands_for: int | None = None


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """Say how a prose is built: where its title ends, its bylines, and which sentence introduces which.

    `introduced` leads from the sentence that begins a list item to the sentence that introduces the list.
    """

    title_end: int = 0
    bylines: Spans = ()
    introduced: dict[int, int] = {}


class FoundMarker(msgspec.Struct, frozen=True, kw_only=True):
    """Hold words that show how far a source commits itself."""

    start: int
    end: int
    kind: MarkerKind


class FoundAttribution(msgspec.Struct, kw_only=True):
    """Hold one attribution; `source_mention` and `medium_mention` are indices of mentions, `parent` of an attribution.

    `timex` is the index of the temporal expression at which it was said, null where it is the publication.
    """

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    addressee: Spans = ()
    medium: Spans = ()
    frame: Spans = ()
    kind: AttributionKind = "indirect"
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    markers: tuple[FoundMarker, ...] = ()
    anonymous: bool = False
    parent: int | None = None
    source_mention: int | None = None
    medium_mention: int | None = None
    resuming: Span | None = None
    """The words that stand for `source_mention` without naming it: a pronoun, a role noun."""
    office: Span | None = None
    """The words that name a house by its office alone ("the ministry"), where no mention is known for it."""
    timex: int | None = None
    score: float = 1.0
