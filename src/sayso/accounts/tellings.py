"""What a report tells: one telling of one proposition, before reports meet."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records import Certainty, Modality, Polarity, Quantity, Spans

Root = Literal["named", "words", "anonymous", "own"]


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one telling of one proposition by one report, with all it is matched and folded by.

    `root` is what the chain ends in: a `named` entity, `words` that name an unresolved source, an
    `anonymous` source, or the report's `own` voice; `root_key` says which. `first_hand` says that the
    report shows its own witness; `passes_on` that it shows the contrary.
    """

    id: str
    report: str
    outlet: str
    language: str
    published: str | None
    kind: Literal["event", "quantity", "proposition"]
    spans: Spans
    text: str
    sentence: int
    in_title: bool
    attribution: str | None = None
    event: str | None = None
    chain: tuple[str, ...]
    root: Root
    root_key: str
    entity: str | None = None
    first_hand: bool = False
    saw_it: bool = False
    """The sentence itself says that a reporter saw it."""
    passes_on: bool = False
    type: str | None = None
    mode: str | None = None
    actor: str | None = None
    recipient: str | None = None
    actor_words: str = ""
    recipient_words: str = ""
    place: str | None = None
    place_here: bool = False
    time: str | None = None
    time_here: bool = False
    earliest: str | None = None
    latest: str | None = None
    said: str | None = None
    figures: tuple[Quantity, ...] = ()
    counted: str | None = None
    """What a figure counts: killed, injured ..."""
    whom: str | None = None
    """Class of people counted (security, children ...), null for people as such."""
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    modality: Modality = "actual"
    content: bool = False
    """The telling is the whole content of an attribution."""
    points_at: str | None = None
    """The telling that this one's words only point back at ("denied it")."""
    withdrawn: bool = False
    """The report tells the figure as one that was taken back or called a mistake."""
