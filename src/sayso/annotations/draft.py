"""Carry one report through the annotators, and what they find back into its text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec.structs import replace

from sayso.annotations.attribution_sources import resume_mentions
from sayso.annotations.attributions import find_attributions
from sayso.annotations.citations import FoundCitation, find_citations
from sayso.annotations.events import FoundEvent, find_events
from sayso.annotations.found import FoundAttribution, FoundMention, Outline
from sayso.annotations.layout import Layout
from sayso.annotations.mentions import find_mentions
from sayso.annotations.quantities import FoundQuantity, find_quantities
from sayso.annotations.timexes import FoundTimex, TimeChooser, find_timexes
from sayso.encoder import Prose, Reading
from sayso.records import (
    Annotations,
    Attribution,
    Citation,
    EntityPart,
    Event,
    Marker,
    Mention,
    Part,
    Quantity,
    Report,
    Span,
    Spans,
    Timex,
    identify,
    part_of,
    quote,
)


class Draft:
    """Hold a report on its way: its layout and sentences, then what is found in it."""

    def __init__(
        self, report: Report, layout: Layout, language: str, sentences: Sequence[Span], encoder_prose: Prose
    ) -> None:
        self.report = report
        self.layout = layout
        self.language = language
        self.sentences = sentences
        self.encoder_prose = encoder_prose

    def finish(self, reading: Reading, name: str) -> Annotations:
        """Run the annotators in order over the prose and give what they found as records."""
        prose, language = self.layout.prose, self.language
        timexes = find_timexes(
            prose, self.sentences, language=self.report.language, published=self.report.published,
            link_dates=self.layout.link_dates,
        )  # fmt: skip
        mentions = find_mentions(prose, self.sentences, language, reading)
        attributions = find_attributions(prose, self.sentences, language, reading, mentions, self._outline())
        chooser = TimeChooser(timexes, self.sentences, prose, self.layout.breaks)
        for attribution in attributions:
            attribution.timex = _when_said(attribution, chooser)
        quantities = find_quantities(prose, self.sentences, language)
        events = find_events(
            prose, self.sentences, language, mentions, timexes, attributions, quantities, self._introduced()
        )
        links = self.layout.links
        citations = find_citations(prose, language, links, mentions, attributions)
        mention_rows = self._mentions([*mentions, *resume_mentions(attributions, mentions)])
        timex_rows = self._timexes(timexes)
        attribution_rows = self._attributions(attributions, mention_rows, timex_rows)
        return Annotations(
            report=self.report.id,
            annotator=name,
            sentences=tuple(span for s in self.sentences if (span := self._hull(*s))),
            timexes=_ordered(timex_rows),
            mentions=_ordered(mention_rows),
            attributions=_ordered(attribution_rows),
            events=_ordered(
                self._event(event, mention_rows, timex_rows, attribution_rows, quantities) for event in events
            ),
            citations=_ordered(self._citation(one, mention_rows, attribution_rows) for one in citations),
            vectors=np.asarray(reading.vectors, np.float16).tobytes(),
            warnings=self._warnings(),
        )

    def _introduced(self) -> dict[int, int]:
        """Give, for the sentence that begins a list item, the sentence that introduces the list."""
        introduced = {}
        blocks = self.layout.blocks
        for number, (start, _) in enumerate(self.sentences):
            block = blocks[self.layout.block_at(start)]
            if block.introduced_by is not None and block.start == start:
                end = blocks[block.introduced_by].end
                introduced[number] = bisect_left(self.sentences, (end, end)) - 1
        return introduced

    def _warnings(self) -> tuple[str, ...]:
        undated = () if self.report.published else ("no date of publication: relative dates stay open",)
        return (*self.report.warnings, *undated)

    def _timexes(self, found: Sequence[FoundTimex]) -> list[Timex]:
        spans = [self.layout.to_spans(timex.start, timex.end) for timex in found]
        ids = [identify("tmx", self.report.id, own) for own in spans]
        return [
            Timex(
                id=ids[i], report=self.report.id, spans=spans[i], text=quote(self.report.text, spans[i]),
                type=timex.type, value=timex.value, mod=timex.mod,
                anchor=ids[timex.anchor] if isinstance(timex.anchor, int) else timex.anchor,
                earliest=timex.earliest, latest=timex.latest,
            )
            for i, timex in enumerate(found)
        ]  # fmt: skip

    def _outline(self) -> Outline:
        """Say how the prose is built, for those who read it by its parts."""
        titles = [block.end for block in self.layout.blocks if block.kind == "title"]
        bylines = tuple((block.start, block.end) for block in self.layout.blocks if block.kind == "byline")
        return Outline(title_end=titles[0] if titles else 0, bylines=bylines, introduced=self._introduced())

    def _mentions(self, found: Sequence[FoundMention]) -> list[Mention]:
        """Make the mentions; until entities are resolved, `entity` of a resuming one is the mention it stands for."""
        rows = [self._mention(mention) for mention in found]
        return [
            replace(row, entity=rows[mention.stands_for].id) if mention.stands_for is not None else row
            for row, mention in zip(rows, found, strict=True)
        ]

    def _mention(self, found: FoundMention) -> Mention:
        spans = self.layout.to_spans(found.start, found.end)
        role = self._part((found.role,)) if found.role else None
        return Mention(
            id=identify("men", self.report.id, found.kind, spans), report=self.report.id, spans=spans,
            text=quote(self.report.text, spans), kind=found.kind, role=role, pronominal=found.pronominal,
        )  # fmt: skip

    def _attributions(
        self, found: Sequence[FoundAttribution], mentions: Sequence[Mention], timexes: Sequence[Timex]
    ) -> list[Attribution]:
        parts = [(self._part(a.content), self._part(a.cue), self._part(a.source)) for a in found]
        ids = [
            identify("att", self.report.id, *(part.spans if part else () for part in triple))
            for triple in parts
        ]
        return [
            self._attribution(a, ids, mentions, timexes, triple, own)
            for a, triple, own in zip(found, parts, ids, strict=True)
            if triple[0] is not None
        ]

    def _attribution(
        self,
        found: FoundAttribution,
        ids: Sequence[str],
        mentions: Sequence[Mention],
        timexes: Sequence[Timex],
        parts: tuple[Part | None, Part | None, Part | None],
        own: str,
    ) -> Attribution:
        content, cue, source = parts
        assert content is not None
        return Attribution(
            id=own, report=self.report.id, kind=found.kind, content=content, cue=cue, source=source,
            source_entity=_id_at(mentions, found.source_mention), addressee=self._part(found.addressee),
            medium=self._part(found.medium), medium_entity=_id_at(mentions, found.medium_mention),
            parent=ids[found.parent] if found.parent is not None else None,
            polarity=found.polarity, certainty=found.certainty,
            markers=tuple(
                Marker(spans=spans, text=quote(self.report.text, spans), kind=marker.kind)
                for marker in found.markers
                if (spans := self.layout.to_spans(marker.start, marker.end))
            ),
            said=_id_at(timexes, found.timex), anonymous=found.anonymous, score=found.score,
        )  # fmt: skip

    def _event(
        self,
        found: FoundEvent,
        mentions: Sequence[Mention],
        timexes: Sequence[Timex],
        attributions: Sequence[Attribution],
        quantities: Sequence[FoundQuantity],
    ) -> Event:
        trigger = self._part(found.trigger)
        assert trigger is not None
        return Event(
            id=identify("evt", self.report.id, found.type, found.mode, trigger.spans), report=self.report.id,
            attribution=_id_at(attributions, found.attribution), type=found.type, mode=found.mode,
            contexts=found.contexts, trigger=trigger,
            actor=self._participant(found.actor, found.actor_mention, mentions),
            recipient=self._participant(found.recipient, found.recipient_mention, mentions),
            place=self._participant(found.place, found.place_mention, mentions),
            time=_id_at(timexes, found.time),
            quantities=tuple(self._quantity(quantities[index]) for index in found.quantities),
            polarity=found.polarity, modality=found.modality, score=found.score,
        )  # fmt: skip

    def _participant(
        self, span: Span | None, mention: int | None, mentions: Sequence[Mention]
    ) -> EntityPart | None:
        """Make a participant of an event; until entities are resolved, `entity` is the id of its mention."""
        part = self._part((span,)) if span else None
        return (
            EntityPart(spans=part.spans, text=part.text, entity=_id_at(mentions, mention)) if part else None
        )

    def _quantity(self, found: FoundQuantity) -> Quantity:
        spans = self.layout.to_spans(found.start, found.end)
        return Quantity(
            what=found.what, low=found.low, high=found.high, mod=found.mod, unit=found.unit,
            spans=spans, text=quote(self.report.text, spans),
        )  # fmt: skip

    def _citation(
        self, found: FoundCitation, mentions: Sequence[Mention], attributions: Sequence[Attribution]
    ) -> Citation:
        link = self.layout.links[found.link][1] if found.link is not None else None
        spans = ((link.start, link.end),) if link else self.layout.to_spans(found.start, found.end)
        named = _id_at(mentions, found.mention)
        target = link.url if link else named or quote(self.report.text, spans)
        return Citation(
            id=identify("cit", self.report.id, found.kind, spans), report=self.report.id, spans=spans,
            kind=found.kind, target=target, attribution=_id_at(attributions, found.attribution),
        )  # fmt: skip

    def _part(self, spans: Spans) -> Part | None:
        return part_of(
            self.report.text, (s for start, end in spans for s in self.layout.to_spans(start, end))
        )

    def _hull(self, start: int, end: int) -> Span | None:
        spans = self.layout.to_spans(start, end)
        return (spans[0][0], spans[-1][1]) if spans else None


def _when_said(attribution: FoundAttribution, chooser: TimeChooser) -> int | None:
    """Choose the time at which something was said: near its cue, outside its content."""
    if not attribution.cue:
        return None
    span = (attribution.cue[0][0], attribution.cue[-1][1])
    chosen = chooser.choose(span, attribution.content)
    return chosen.timex if chosen.reason in ("same clause", "same sentence") else None


def _id_at(
    rows: Sequence[Mention] | Sequence[Timex] | Sequence[Attribution], index: int | None
) -> str | None:
    return rows[index].id if index is not None else None


def _ordered(rows: Iterable[Any]) -> tuple[Any, ...]:
    """Order records by id, one for each id."""
    return tuple(sorted({row.id: row for row in rows}.values(), key=lambda row: row.id))
