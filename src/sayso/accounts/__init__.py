"""Tell each telling: every proposition of a report with its chain, from the report outwards.

A proposition is an event, a figure of an event, or - where neither was read in it - what an attribution
says. Its chain begins with the outlet and unfolds the attributions around it, the outermost first: outlet,
cited outlet, medium, source. Nothing here looks at another report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

from sayso.accounts.chains import Chains, credits_of
from sayso.accounts.tellings import Telling
from sayso.languages import load_rules
from sayso.languages.lexicon import Lexicon, fold, split_words
from sayso.records import (
    Annotations,
    Attribution,
    Entity,
    Event,
    Polarity,
    Quantity,
    Report,
    Span,
    Spans,
    Timex,
    identify,
    quote,
)

__all__ = ["Telling", "credits_of", "recount"]

TOLLS: Mapping[str, tuple[str, str | None]] = {
    "killed": ("CASUALTY", "killed"),
    "injured": ("CASUALTY", "injured"),
    "missing": ("CASUALTY", "missing"),
    "detained": ("COERCE", "arrest"),
    "displaced": ("DISPLACE", None),
}
"""Figures that are propositions of their own, and the event each counts."""

ANAPHORIC = 4
"""Words a content may have that only points back at what was told before."""
NEGATION_IN = 10
"""Words of a proposition in which a negation negates the whole."""
NOMINAL = 8
"""Words of a content that a bare noun may head ("the resignation of the governor")."""
PART = "part"
"""Whom a figure counts that is a part of the figure before it."""
_PHYSICAL = frozenset(
    "PROTEST ASSAULT COERCE CASUALTY DISASTER MOBILIZE RETREAT DISPLACE SANCTION CORRECT".split()  # noqa: SIM905
)
"""Types whose bare noun tells that something happened; "talks" or "criticism" alone do not."""


@cache
def _voice_marks(language: str) -> Lexicon[str]:
    table = load_rules(language, "accounts").get("own_voice", {})
    return Lexicon.of((pattern, kind) for kind, patterns in table.items() for pattern in patterns)


@cache
def _anaphora(language: str) -> Lexicon[bool]:
    patterns = load_rules(language, "accounts").get("anaphora", {}).get("patterns", ())
    return Lexicon.of((pattern, True) for pattern in patterns)


@cache
def _negations(language: str) -> Lexicon[bool]:
    patterns = load_rules(language, "events").get("polarity", {}).get("negative", ())
    return Lexicon.of((pattern, True) for pattern in patterns)


@cache
def _people(language: str) -> Lexicon[str]:
    table = load_rules(language, "quantities").get("nouns", {})
    return Lexicon.of((pattern, group) for group, patterns in table.items() for pattern in patterns)


def recount(report: Report, annotations: Annotations, entities: Mapping[str, Entity]) -> list[Telling]:
    """List the tellings of one report, ordered by where they stand."""
    teller = _Teller(report, annotations, entities)
    return sorted(teller.tellings(), key=lambda telling: (telling.spans, telling.id))


class _Teller:
    """Tell the tellings of one report."""

    def __init__(self, report: Report, annotations: Annotations, entities: Mapping[str, Entity]) -> None:
        self.report = report
        self.annotations = annotations
        self.timexes: dict[str, Timex] = {timex.id: timex for timex in annotations.timexes}
        self.chains = Chains(report, annotations, entities)
        self.starts = [start for start, _ in annotations.sentences]
        self.titles = [(block.start, block.end) for block in report.blocks if block.kind == "title"]
        self.withdrawn = {
            self._sentence(event.trigger.spans[0][0])
            for event in annotations.events
            if event.type == "CORRECT" and event.polarity == "positive" and event.modality == "actual"
        }
        self.marks = {index: self._marks(index) for index in range(len(annotations.sentences))}

    def tellings(self) -> list[Telling]:
        """Give the tellings: of attributed contents, of events told besides, and of figures."""
        found: list[Telling] = []
        events: dict[str | None, list[Event]] = defaultdict(list)
        for event in self._asserted_events():
            events[event.attribution].append(event)
        for row in self.annotations.attributions:
            if self.chains.is_leaf(row):
                found += self._of_attribution(row, events.pop(row.id, []))
        for event in [event for own in events.values() for event in own]:
            found += self._of_event(event)
        return self._pointing_back(list({telling.id: telling for telling in found}.values()))

    def _pointing_back(self, tellings: list[Telling]) -> list[Telling]:
        """Tie contents that only point back ("denied it", "the same story") to what was told before them."""
        ordered = sorted(tellings, key=lambda telling: (telling.spans, telling.id))
        tied: list[Telling] = []
        told: Telling | None = None
        for telling in ordered:
            if telling.kind == "proposition" and told is not None and self._is_anaphoric(telling):
                tied.append(msgspec.structs.replace(telling, points_at=told.id))
                continue
            tied.append(telling)
            if telling.attribution and not (telling.in_title and told):
                told = telling
        return tied

    def _is_anaphoric(self, telling: Telling) -> bool:
        words = split_words(telling.text)
        spoken = [form for form in words.forms if form[0].isalnum()]
        return len(spoken) <= ANAPHORIC and bool(spoken and _anaphora(self.report.language).at(words, 0))

    def _marks(self, index: int) -> frozenset[str]:
        start, end = self.annotations.sentences[index]
        words = split_words(self.report.text, start, end)
        return frozenset(match.value for match in _voice_marks(self.report.language).find(words))

    def _sentence(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def _asserted_events(self) -> list[Event]:
        """Drop what is only presupposed: bare nouns beside a verb or of no deed, deaths of nobody in particular."""
        verbs = {
            self._sentence(event.trigger.spans[0][0])
            for event in self.annotations.events
            if event.score >= 0.8
        }
        return [event for event in self.annotations.events if self._is_asserted(event, verbs)]

    def _is_asserted(self, event: Event, verbs: set[int]) -> bool:
        if (
            event.type == "CASUALTY"
            and not event.quantities
            and not (event.recipient and event.recipient.entity)
        ):
            return False
        if event.score >= 0.8 or event.quantities:
            return True
        return self._sentence(event.trigger.spans[0][0]) not in verbs and event.type in _PHYSICAL

    def _of_event(self, event: Event) -> list[Telling]:
        around = self.chains.around(event.trigger.spans[0][0])
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
        """Say whether a bare number counts a part of a larger figure beside it ("two of them")."""
        bare = len(split_words(quantity.text)) == 1
        size = quantity.low or quantity.high or 0
        return bare and any(
            other.what == quantity.what
            and (other.low or other.high or 0) > size
            and other.spans < quantity.spans
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
        """Tell what an attribution says: figures, its main event or plain proposition, other deeds."""
        tolls = [event for event in events if any(self._is_toll(q, event) for q in event.quantities)]
        deeds = [event for event in events if event not in tolls]
        found = [telling for event in tolls for telling in self._of_event(event)]
        words = len(row.content.text.split())
        deeds = [event for event in deeds if event.score >= 0.8 or words <= NOMINAL]
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
        around = [other for other in self.chains.around(row.content.spans[0][0]) if other.id != row.id]
        around = [other for other in around if self.chains.depth(other) < self.chains.depth(row)]
        kind: Literal["event", "proposition"] = "event" if main else "proposition"
        telling = self._telling(
            main, [*around, row], kind, row.content.spans, main.quantities if main else ()
        )
        polarity = main.polarity if main else self._polarity(row)
        return msgspec.structs.replace(telling, text=row.content.text, polarity=polarity, content=True)

    def _polarity(self, row: Attribution) -> Polarity:
        """Give the polarity of a plain proposition: denied by its source, or said in the negative."""
        words = split_words(row.content.text)
        negative = _negations(self.report.language).holds(words, 0, min(len(words), NEGATION_IN))
        return "negative" if negative != (row.polarity == "negative") else "positive"

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
        root, key, entity = self.chains.root(around, self.marks.get(sentence, frozenset()))
        telling = Telling(
            id=identify(
                "acc", self.report.id, event.id if event else "", innermost.id if innermost else "", spans
            ),
            report=self.report.id,
            outlet=self.chains.outlet,
            language=self.report.language,
            published=self.report.published,
            kind=kind,
            spans=spans,
            text=self._words(spans),
            sentence=sentence,
            in_title=any(left <= spans[0][0] < right for left, right in self.titles),
            attribution=innermost.id if innermost else None,
            event=event.id if event else None,
            chain=self.chains.chain(around),
            root=root,
            root_key=key,
            entity=entity,
            first_hand=self._is_first_hand(sentence),
            saw_it="first_hand" in self.marks.get(sentence, ()),
            passes_on=bool(self.chains.credits) or "passes_on" in self.marks.get(sentence, ()),
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
            place_here=bool(event.place) and _inside(event.place.spans[0], sentence)
            if event.place
            else False,
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
        return named and not self.chains.credits

    def _said(self, innermost: Attribution | None) -> str | None:
        timex = self.timexes.get(innermost.said or "") if innermost else None
        return (timex.earliest if timex else None) or self.report.published


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
