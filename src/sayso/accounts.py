"""Tell each telling: every proposition of a report with its chain, from the report outwards.

A proposition is an event, a figure of an event, or - where neither was read in it - what an attribution
says. Its chain begins with the outlet and unfolds the attributions around it, the outermost first: outlet,
cited outlet, medium, source. Nothing here looks at another report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

from sayso.languages import load_rules
from sayso.languages.lexicon import Lexicon, fold, split_words
from sayso.records import (
    Annotations,
    Attribution,
    Certainty,
    Entity,
    Event,
    Modality,
    Polarity,
    Quantity,
    Report,
    Span,
    Spans,
    Timex,
    identify,
    quote,
)

TOLLS: Mapping[str, tuple[str, str | None]] = {
    "killed": ("CASUALTY", "killed"),
    "injured": ("CASUALTY", "injured"),
    "missing": ("CASUALTY", "missing"),
    "detained": ("COERCE", "arrest"),
    "displaced": ("DISPLACE", None),
}
"""Figures that are propositions of their own, and the event each counts."""

PART = "part"
"""Whom a figure counts that is a part of the figure before it."""
_PHYSICAL = frozenset("PROTEST ASSAULT COERCE CASUALTY DISASTER MOBILIZE RETREAT DISPLACE SANCTION CORRECT".split())
"""Types whose bare noun tells that something happened; "talks" or "criticism" alone do not."""

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
    withdrawn: bool = False
    """The report tells the figure as one that was taken back or called a mistake."""


@cache
def _voice_marks(language: str) -> Lexicon[str]:
    table = load_rules(language, "accounts").get("own_voice", {})
    return Lexicon.of((pattern, kind) for kind, patterns in table.items() for pattern in patterns)


@cache
def _people(language: str) -> Lexicon[str]:
    table = load_rules(language, "quantities").get("nouns", {})
    return Lexicon.of((pattern, group) for group, patterns in table.items() for pattern in patterns)


def recount(report: Report, annotations: Annotations, entities: Mapping[str, Entity]) -> list[Telling]:
    """List the tellings of one report, ordered by where they stand."""
    teller = _Teller(report, annotations, entities)
    return sorted(teller.tellings(), key=lambda telling: (telling.spans, telling.id))


def credits_of(
    report: Report, annotations: Annotations, names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """List the outlets a whole report is credited to: in its dateline or byline, or in brackets at its end.

    With the `names` of entities, a short form of the report's own outlet ("MLA") is no credit.

    >>> credits_of(Report(id="r", path="", sha256="", media_type="", text=""), Annotations(report="r", annotator=""))
    ()
    """
    heads = [(block.start, block.end) for block in report.blocks if block.kind in ("dateline", "byline")]
    found: dict[str, None] = {}
    for mention in annotations.mentions:
        start, end = mention.spans[0][0], mention.spans[-1][1]
        if mention.kind not in ("outlet", "organisation") or not mention.entity or mention.entity == report.outlet:
            continue
        if names and _is_short_for(mention.text, names.get(report.outlet or "", "")):
            continue
        headed = mention.kind == "outlet" and any(left <= start and end <= right for left, right in heads)
        if headed or _is_credit(report.text, start, end):
            found[mention.entity] = None
    return tuple(sorted(found))


def _is_short_for(short: str, name: str) -> bool:
    """Say whether capitals are a short form of a name: its letters in order, beginning alike.

    >>> _is_short_for("MLA", "Mittelland-Agentur"), _is_short_for("AFP", "Mittelland-Agentur")
    (True, False)
    """
    letters = iter(fold(name))
    alike = short.isupper() and fold(short)[:1] == fold(name)[:1]
    return alike and all(letter in letters for letter in fold(short))


def _is_credit(text: str, start: int, end: int) -> bool:
    """Say whether a name stands alone in brackets after a dateline or at the very end: "(MLA)", "(MLA) -"."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if not before.endswith("(") or not after.startswith(")"):
        return False
    rest = after[1:].strip()
    return not rest or rest[:1] in "-–—"


class _Teller:
    """Tell the tellings of one report."""

    def __init__(self, report: Report, annotations: Annotations, entities: Mapping[str, Entity]) -> None:
        self.report = report
        self.annotations = annotations
        self.entities = entities
        self.timexes: dict[str, Timex] = {timex.id: timex for timex in annotations.timexes}
        self.attributions = {row.id: row for row in annotations.attributions}
        self.starts = [start for start, _ in annotations.sentences]
        self.titles = [(block.start, block.end) for block in report.blocks if block.kind == "title"]
        self.outlet = report.outlet or f"path:{report.path}"
        self.credits = credits_of(report, annotations, {key: entity.name for key, entity in entities.items()})
        self.withdrawn = {
            self._sentence(event.trigger.spans[0][0])
            for event in annotations.events
            if event.type == "CORRECT" and event.polarity == "positive" and event.modality == "actual"
        }
        self.marks = {index: self._marks(index) for index in range(len(annotations.sentences))}

    def tellings(self) -> list[Telling]:
        """Give the tellings: of attributed contents, of events told besides, and of figures."""
        found: list[Telling] = []
        events = self._asserted_events()
        for row in self.annotations.attributions:
            if self._is_leaf(row):
                found += self._of_attribution(row, [event for event in events if event.attribution == row.id])
        leaves = {telling.attribution for telling in found}
        for event in events:
            if event.attribution not in leaves:
                found += self._of_event(event)
        return list({telling.id: telling for telling in found}.values())

    def _marks(self, index: int) -> frozenset[str]:
        start, end = self.annotations.sentences[index]
        words = split_words(self.report.text, start, end)
        return frozenset(match.value for match in _voice_marks(self.report.language).find(words))

    def _sentence(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def _asserted_events(self) -> list[Event]:
        """Drop events that are only presupposed: bare nouns beside a verb, or nouns that tell no deed."""
        verbs = {
            self._sentence(event.trigger.spans[0][0]) for event in self.annotations.events if event.score >= 0.8
        }
        return [event for event in self.annotations.events if self._is_asserted(event, verbs)]

    def _is_asserted(self, event: Event, verbs: set[int]) -> bool:
        if event.score >= 0.8 or event.quantities:
            return True
        return self._sentence(event.trigger.spans[0][0]) not in verbs and event.type in _PHYSICAL

    def _around(self, offset: int) -> list[Attribution]:
        """List the attributions in whose content an offset stands, the outermost first.

        Two attributions of one content ("X reported, citing Y") are ordered by who carries whom: an
        outlet before a source that is none.
        """
        holding = [
            row
            for row in self.annotations.attributions
            if any(start <= offset < end for start, end in row.content.spans)
        ]
        return sorted(holding, key=self._depth)

    def _depth(self, row: Attribution) -> tuple[int, int, int, int, str]:
        size = sum(end - start for start, end in row.content.spans)
        cue = row.cue.spans[0][0] if row.cue else 0
        return (self._level(row), -size, 0 if self._is_outlet(row.source_entity) else 1, cue, row.id)

    def _level(self, row: Attribution) -> int:
        level, seen = 0, {row.id}
        while row.parent in self.attributions and row.parent not in seen and level < 9:
            row = self.attributions[row.parent]
            seen.add(row.id)
            level += 1
        return level

    def _is_outlet(self, entity: str | None) -> bool:
        return bool(entity) and entity in self.entities and self.entities[entity].kind == "outlet"

    def _is_leaf(self, row: Attribution) -> bool:
        """Say whether an attribution says something beyond the attributions inside it."""
        size = sum(end - start for start, end in row.content.spans)
        inner = [
            sum(end - start for start, end in child.content.spans)
            for child in self.annotations.attributions
            if child.parent == row.id
        ]
        return not inner or max(inner) * 2 < size

    def _of_event(self, event: Event) -> list[Telling]:
        around = self._around(event.trigger.spans[0][0])
        whole = self._telling(event, around, "event", event.trigger.spans, ())
        tolls = [quantity for quantity in event.quantities if self._is_toll(quantity, event)]
        if not tolls:
            return [msgspec.structs.replace(whole, figures=event.quantities)]
        return [self._of_figure(whole, event, quantity) for quantity in tolls]

    def _is_toll(self, quantity: Quantity, event: Event) -> bool:
        return quantity.what in TOLLS and (quantity.low is not None or quantity.high is not None)

    def _of_figure(self, whole: Telling, event: Event, quantity: Quantity) -> Telling:
        kind, mode = TOLLS[quantity.what]
        spans = tuple(sorted({*event.trigger.spans, *quantity.spans}))
        return msgspec.structs.replace(
            whole,
            id=identify("acc", self.report.id, event.id, quantity.what, quantity.spans),
            kind="quantity",
            type=kind,
            mode=mode or event.mode,
            spans=spans,
            text=self._words(spans),
            figures=(quantity,),
            counted=quantity.what,
            whom=PART if self._is_part(quantity, event) else whom_of(quantity, self.report.language),
            polarity="negative" if self._is_withdrawn(whole.sentence) else whole.polarity,
            withdrawn=self._is_withdrawn(whole.sentence),
        )

    def _is_part(self, quantity: Quantity, event: Event) -> bool:
        """Say whether a bare number beside a larger figure of its event counts a part of it ("two of them")."""
        bare = len(split_words(quantity.text)) == 1
        size = quantity.low or quantity.high or 0
        return bare and any(
            other.what == quantity.what and (other.low or other.high or 0) > size and other.spans < quantity.spans
            for other in event.quantities
        )

    def _is_withdrawn(self, sentence: int) -> bool:
        return sentence in self.withdrawn

    def _words(self, spans: Spans) -> str:
        """Quote the sentence in which spans stand: what a reader would be shown for them."""
        if not self.starts:
            return quote(self.report.text, spans)
        start, end = self.annotations.sentences[self._sentence(spans[0][0])]
        return self.report.text[start:end]

    def _of_attribution(self, row: Attribution, events: Sequence[Event]) -> list[Telling]:
        """Tell what an attribution says: its figures, its main event or plain proposition, its other deeds."""
        tolls = [event for event in events if any(self._is_toll(q, event) for q in event.quantities)]
        deeds = [event for event in events if event not in tolls]
        found = [telling for event in tolls for telling in self._of_event(event)]
        main = max(deeds, key=lambda event: (event.score >= 0.8, -event.trigger.spans[0][0]), default=None)
        if main is not None or not tolls:
            found.append(self._of_content(row, main))
        others = {(main.type, main.mode)} if main else set()
        for event in deeds:
            if event is not main and event.score >= 0.8 and (event.type, event.mode) not in others:
                others.add((event.type, event.mode))
                found += self._of_event(event)
        return found

    def _of_content(self, row: Attribution, main: Event | None) -> Telling:
        around = [other for other in self._around(row.content.spans[0][0]) if other.id != row.id]
        around = [other for other in around if self._depth(other) < self._depth(row)]
        kind: Literal["event", "proposition"] = "event" if main else "proposition"
        telling = self._telling(main, [*around, row], kind, row.content.spans, main.quantities if main else ())
        polarity = main.polarity if main else row.polarity
        return msgspec.structs.replace(telling, text=row.content.text, polarity=polarity, content=True)

    def _telling(
        self,
        event: Event | None,
        around: Sequence[Attribution],
        kind: Literal["event", "proposition"],
        spans: Spans,
        figures: tuple[Quantity, ...],
    ) -> Telling:
        innermost = around[-1] if around else None
        sentence = self._sentence(spans[0][0])
        root, key, entity = self._root(around, sentence)
        telling = Telling(
            id=identify("acc", self.report.id, event.id if event else "", innermost.id if innermost else "", spans),
            report=self.report.id,
            outlet=self.outlet,
            language=self.report.language,
            published=self.report.published,
            kind=kind,
            spans=spans,
            text=self._words(spans),
            sentence=sentence,
            in_title=any(left <= spans[0][0] < right for left, right in self.titles),
            attribution=innermost.id if innermost else None,
            event=event.id if event else None,
            chain=self._chain(around),
            root=root,
            root_key=key,
            entity=entity,
            first_hand=self._is_first_hand(sentence),
            saw_it="first_hand" in self.marks.get(sentence, ()),
            passes_on=bool(self.credits) or "passes_on" in self.marks.get(sentence, ()),
            said=self._said(innermost),
            figures=figures,
            polarity=event.polarity if event else innermost.polarity if innermost else "positive",
            certainty=innermost.certainty if innermost else "certain",
        )
        return self._with_event(telling, event) if event else telling

    def _with_event(self, telling: Telling, event: Event) -> Telling:
        timex = self.timexes.get(event.time or "")
        sentence = self.annotations.sentences[telling.sentence] if self.starts else (0, len(self.report.text))
        return msgspec.structs.replace(
            telling,
            type=event.type,
            mode=event.mode,
            actor=event.actor.entity if event.actor else None,
            recipient=event.recipient.entity if event.recipient else None,
            actor_words=fold(event.actor.text) if event.actor else "",
            recipient_words=fold(event.recipient.text) if event.recipient else "",
            place=event.place.entity if event.place else None,
            place_here=bool(event.place) and _inside(event.place.spans[0], sentence) if event.place else False,
            time=timex.id if timex else None,
            time_here=_inside(timex.spans[0], sentence) if timex else False,
            earliest=timex.earliest if timex else None,
            latest=timex.latest if timex else None,
            modality=event.modality,
        )

    def _is_first_hand(self, sentence: int) -> bool:
        if "first_hand" in self.marks.get(sentence, ()):
            return True
        named = bool(self.report.author) or any(block.kind == "dateline" for block in self.report.blocks)
        return named and not self.credits

    def _said(self, innermost: Attribution | None) -> str | None:
        timex = self.timexes.get(innermost.said or "") if innermost else None
        return (timex.earliest if timex else None) or self.report.published

    def _chain(self, around: Sequence[Attribution]) -> tuple[str, ...]:
        chain = [self.outlet, *(self.credits if not around else ())]
        for row in around:
            if row.medium is not None:
                chain.append(row.medium_entity or row.medium.text)
            if row.source is not None or row.source_entity:
                chain.append(row.source_entity or (row.source.text if row.source else ""))
            elif row.anonymous and row.cue is not None:
                chain.append(row.cue.text)
        return tuple(one for at, one in enumerate(chain) if at == 0 or one != chain[at - 1])

    def _root(self, around: Sequence[Attribution], sentence: int) -> tuple[Root, str, str | None]:
        """Say what the chain ends in: a named source, words, an anonymous source, or the report itself."""
        for row in reversed(around):
            if row.source_entity and not row.anonymous:
                return "named", row.source_entity, row.source_entity
            if row.anonymous:
                return "anonymous", self._carrier(around), None
            if row.source is not None:
                return "words", fold(row.source.text), None
            if row.medium_entity:
                return "named", row.medium_entity, row.medium_entity
        if around:
            return "anonymous", self._carrier(around), None
        if self.credits:
            return "named", self.credits[0], self.credits[0]
        if "passes_on" in self.marks.get(sentence, ()):
            return "anonymous", self.outlet, None
        return "own", self.outlet, self.report.outlet

    def _carrier(self, around: Sequence[Attribution]) -> str:
        """Give the outlet that carries an anonymous word: the last named one of the chain, else the report's."""
        for row in reversed(around):
            for entity in (row.medium_entity, row.source_entity):
                if entity and self._is_outlet(entity):
                    return entity
        return self.credits[0] if self.credits else self.outlet


def whom_of(quantity: Quantity, language: str) -> str | None:
    """Say which people a figure counts, or None for people as such.

    >>> whom_of(Quantity(what="killed", low=16, text="16 police officers"), "en")
    'security'
    """
    hits = _people(language).find(split_words(quantity.text))
    groups = [hit.value for hit in hits if hit.value != "people"]
    return groups[0] if groups else None


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] < outer[1]
