"""Every noun of Sayso: what a case holds, field by field.

These types are the public contract. JSON Schema (``docs/case.schema.json``), the case file, the HTTP
answers and the page's TypeScript types are all generated from them, so a field is written here and
nowhere else.

Spans are half-open ``(start, end)`` pairs of Unicode code points of the report's stored ``text``;
``text[start:end]`` is the quoted evidence. Ids are made by `identify` from the report's bytes, the
spans and the kind - never from a score or from a position in a batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

FORMAT_VERSION = 1
"""Version of the case format these records spell out."""

Span = tuple[int, int]
Spans = tuple[Span, ...]

Score = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]

MentionKind = Literal["person", "organisation", "place", "outlet", "group", "product", "event_name"]
AttributionKind = Literal["direct", "indirect", "reported", "free_indirect", "mixed"]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Modality = Literal["actual", "attempted", "planned", "possible"]
MarkerKind = Literal["hedge", "subjunctive", "negation", "distancing"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
BlockKind = Literal["title", "dateline", "byline", "paragraph", "list_item", "caption"]
PublishedBasis = Literal["json-ld", "meta", "url", "feed", "dateline", "given", "none"]
QuantityKind = Literal[
    "killed", "injured", "detained", "missing", "displaced", "participants", "money", "objects"
]
QuantityMod = Literal["APPROX", "MORE_THAN", "EQUAL_OR_MORE", "LESS_THAN", "EQUAL_OR_LESS"]
Relation = Literal["was_quoted_from", "was_derived_from", "was_revision_of", "was_translated_from"]
Verdict = Literal["accept", "reject", "edit", "same", "different", "rate", "note"]


class Record(msgspec.Struct, frozen=True):
    """Serve as the base of every record: immutable, keyword-only, JSON both ways."""


def identify(kind: str, *content: object) -> str:
    """Make a stable id from a kind and the content that makes the datum what it is.

    >>> identify("rep", "a") == identify("rep", "a")
    True
    >>> identify("rep", "a", "b") == identify("rep", "ab")
    False
    """
    joined = "\x1f".join(str(part) for part in content)
    return f"{kind}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def quote(text: str, spans: Iterable[Span]) -> str:
    """Quote the evidence of spans as stored; pieces of a discontinuous part are joined by a space.

    >>> quote("He said it was, he said, over.", [(8, 14), (25, 29)])
    'it was over'
    """
    return " ".join(text[start:end] for start, end in spans)


class Part(Record, frozen=True, kw_only=True):
    """Hold one part of a datum: where it stands in the report, and those very words."""

    spans: Spans
    text: str


class EntityPart(Part, frozen=True, kw_only=True):
    """Hold a part that names an entity; `entity` is null where it could not be resolved."""

    entity: str | None = None


def part_of(text: str, spans: Iterable[Span]) -> Part | None:
    """Cut a part out of a report's text, or give None where there are no spans."""
    kept = tuple(sorted((start, end) for start, end in spans if end > start))
    return Part(spans=kept, text=quote(text, kept)) if kept else None


class Block(Record, frozen=True, kw_only=True):
    """Mark a stretch of a report by its function on the page."""

    kind: BlockKind
    start: int
    end: int


class Link(Record, frozen=True, kw_only=True):
    """Mark a web address in a report: the words that carry it, where it leads, what it tells of its target."""

    start: int
    end: int
    url: str
    outlet: str | None = None
    published: str | None = None


class Report(Record, frozen=True, kw_only=True):
    """Hold one text as published, exactly as read, with what is known of where it came from."""

    id: str
    path: str
    sha256: str
    media_type: str
    outlet: str | None = None
    """Entity id of the outlet; before entities are resolved, the outlet's name or domain as read."""
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO 8601, as precise as known."""
    published_basis: PublishedBasis = "none"
    recorded: str | None = None
    language: str = "und"
    """BCP 47."""
    text: str
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()


class Timex(Record, frozen=True, kw_only=True):
    """Hold one temporal expression with its TIMEX3 reading and its bounds.

    `earliest` and `latest` are half-open ISO 8601 bounds, null where open. `anchor` is the id of the
    timex, or "published", that a relative expression was resolved against.
    """

    id: str
    report: str
    spans: Spans
    text: str
    type: TimexType
    value: str
    mod: str | None = None
    anchor: str | None = None
    earliest: str | None = None
    latest: str | None = None


class Mention(Record, frozen=True, kw_only=True):
    """Hold one mention of an actor, place or outlet."""

    id: str
    report: str
    spans: Spans
    text: str
    kind: MentionKind
    entity: str | None = None
    role: Part | None = None
    pronominal: bool = False


class Marker(Record, frozen=True, kw_only=True):
    """Hold the words that show how far a source commits itself."""

    spans: Spans
    text: str
    kind: MarkerKind


class Attribution(Record, frozen=True, kw_only=True):
    """Hold one relation in one report: a source is said to have said, thought or denied a content.

    `certainty` follows FactBank, as the source commits to the content; `parent` is the attribution in
    whose content this one stands; `said` the timex at which it was uttered.
    """

    id: str
    report: str
    kind: AttributionKind
    content: Part
    cue: Part | None = None
    source: Part | None = None
    source_entity: str | None = None
    addressee: Part | None = None
    medium: Part | None = None
    medium_entity: str | None = None
    parent: str | None = None
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    markers: tuple[Marker, ...] = ()
    said: str | None = None
    anonymous: bool = False
    score: Score = 1.0


class Quantity(Record, frozen=True, kw_only=True):
    """Hold a count or sum with its bounds and the words it was read in."""

    what: QuantityKind
    low: float | None = None
    high: float | None = None
    mod: QuantityMod | None = None
    unit: str | None = None
    spans: Spans = ()
    text: str = ""


class Event(Record, frozen=True, kw_only=True):
    """Hold one report's mention of something that happened, was tried, planned or denied (PLOVER)."""

    id: str
    report: str
    attribution: str | None = None
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Part
    actor: EntityPart | None = None
    recipient: EntityPart | None = None
    place: EntityPart | None = None
    time: str | None = None
    quantities: tuple[Quantity, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    score: Score = 1.0


class Citation(Record, frozen=True, kw_only=True):
    """Hold one place in a report that points to another source."""

    id: str
    report: str
    spans: Spans
    kind: Literal["link", "named_outlet", "named_document"]
    target: str
    attribution: str | None = None


class Alias(Record, frozen=True, kw_only=True):
    """Hold one way an entity is written, with how often it was met."""

    text: str
    language: str
    count: int


class Entity(Record, frozen=True, kw_only=True):
    """Hold one person, organisation, group, place or outlet across all reports."""

    id: str
    kind: MentionKind
    name: str
    aliases: tuple[Alias, ...] = ()
    roles: tuple[str, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    voice: str | None = None
    voice_why: str | None = None
    lat: float | None = None
    lon: float | None = None
    admin1: str | None = None
    geonames: int | None = None
    domains: tuple[str, ...] = ()
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    wikidata: str | None = None


class Passage(Record, frozen=True, kw_only=True):
    """Align a stretch of a derived report with the stretch it comes from."""

    spans: Spans
    from_spans: Spans


class Derivation(Record, frozen=True, kw_only=True, rename={"source_report": "from"}):
    """Hold that one report, or a passage of it, comes from another (W3C PROV relations)."""

    id: str
    report: str
    source_report: str
    """The report it comes from; spelled `from` outside Python."""
    relation: Relation
    score: Score = 1.0
    passages: tuple[Passage, ...] = ()


class Account(Record, frozen=True, kw_only=True):
    """Hold one telling of one claim by one report, with the chain of who says so.

    `chain` runs from the report outwards: outlet, cited outlet, medium, ..., source (entity ids, or the
    words themselves where no entity is known).
    """

    id: str
    report: str
    claim: str
    attribution: str | None = None
    event: str | None = None
    spans: Spans
    chain: tuple[str, ...] = ()
    origin: str
    derived_from: str | None = None
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    quantities: tuple[Quantity, ...] = ()
    time: str | None = None
    place: str | None = None


class Origin(Record, frozen=True, kw_only=True):
    """Hold one independent root of a claim's accounts, and why they fold to it."""

    id: str
    entity: str | None = None
    voice: str | None = None
    accounts: tuple[str, ...]
    why: str


class Claim(Record, frozen=True, kw_only=True):
    """Hold one proposition that one or more reports tell."""

    id: str
    kind: Literal["event", "quantity", "proposition"]
    summary: str
    language: str
    event_type: str | None = None
    earliest: str | None = None
    latest: str | None = None
    place: str | None = None
    actors: tuple[str, ...] = ()
    accounts: tuple[str, ...]
    origins: tuple[Origin, ...]
    origin_count: int
    """Independent roots that are known. Thirty papers quoting one ministry are one."""
    origin_count_max: int
    """The upper end of the range where the count cannot be settled (unknown origins counted as one each)."""
    contradictions: tuple[str, ...] = ()
    status: Literal["uncorroborated", "corroborated", "disputed"]
    status_why: str


class Position(Record, frozen=True, kw_only=True):
    """Hold one side of a contradiction: the value, and who holds it since when."""

    value: str
    accounts: tuple[str, ...]
    origins: tuple[str, ...]
    said: str | None = None


class Contradiction(Record, frozen=True, kw_only=True):
    """Hold accounts that cannot all be true, by field; `evolving` where a figure grows as time passes."""

    id: str
    field: str
    positions: tuple[Position, ...]
    kind: Literal["contradiction", "evolving"]


class Judgement(Record, frozen=True, kw_only=True):
    """Hold one decision by an analyst; judgements are appended and withdrawn, never destroyed."""

    id: str
    created: str
    user: str
    verdict: Verdict
    target: str
    other: str | None = None
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    withdrawn: str | None = None


class Failure(Record, frozen=True, kw_only=True):
    """Hold one input that could not be read, or one stage that failed on it."""

    path: str
    stage: str
    error: str


class Annotations(Record, frozen=True, kw_only=True):
    """Hold everything that was read inside one report, before reports meet each other.

    `vectors` are the sentences' vectors, float16, row-major, one row a sentence: what claims and
    derivations are matched by, kept so that a rebuild does not run the encoder again.
    """

    report: str
    annotator: str
    """Name and version of what made them: the key of freshness."""
    sentences: tuple[Span, ...] = ()
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    citations: tuple[Citation, ...] = ()
    vectors: bytes = b""
    warnings: tuple[str, ...] = ()


TABLES: dict[str, type[Record]] = {
    "reports": Report,
    "attributions": Attribution,
    "events": Event,
    "timexes": Timex,
    "mentions": Mention,
    "entities": Entity,
    "citations": Citation,
    "derivations": Derivation,
    "accounts": Account,
    "claims": Claim,
    "contradictions": Contradiction,
    "judgements": Judgement,
    "failures": Failure,
}
"""The tables of a case: the name of each file of an export, and the record each line is."""
