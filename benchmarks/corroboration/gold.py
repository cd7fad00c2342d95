"""Turn the crises of the corpus into readings, with gold attributions and identities or with our own.

What the corpus annotates (attributions, mentions, entities) is taken from it; what it does not (times,
figures, events, sentence vectors) is read by the program. So claims are measured apart from attribution.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec

from corpus.corpus import ROOT, CorpusReport, read_corpus
from sayso.annotations import Annotator
from sayso.annotations.events import FoundEvent, find_events
from sayso.annotations.quantities import FoundQuantity, find_quantities
from sayso.records import (
    Annotations,
    Citation,
    Entity,
    EntityPart,
    Event,
    Mention,
    Quantity,
    Report,
    Span,
    identify,
    part_of,
    quote,
)
from sayso.reports import read_text


def crises(split: str) -> dict[str, list[CorpusReport]]:
    """Read the crises of a split ("tune" or "measure"), by name."""
    found: dict[str, list[CorpusReport]] = defaultdict(list)
    for report in read_corpus(skip_broken=True):
        if report.crisis and report.split == split:
            found[report.crisis].append(report)
    return dict(sorted(found.items()))


def fact_sheet(crisis: str) -> dict[str, list[str]]:
    """Give who said each fact of a crisis first: entity keys, or words where nobody is named."""
    sheet = tomllib.loads((ROOT / "crises" / crisis / "crisis.toml").read_text("utf-8")).get("facts", {})
    said = {fact: row.get("first_said_by", []) for fact, row in sheet.items()}
    return {fact: [names] if isinstance(names, str) else list(names) for fact, names in said.items()}


def report_of(gold: CorpusReport) -> Report:
    """Read a report of the corpus as the program would, under its gold id, outlet and date."""
    read = read_text(gold.text, path=gold.path, published=gold.published, language=gold.language)
    return msgspec.structs.replace(
        read,
        id=gold.id,
        sha256=hashlib.sha256(gold.text.encode()).hexdigest(),
        outlet=gold.outlet,
        url=gold.url,
        author=gold.author,
        text=gold.text,
    )


def readings(golds: Sequence[CorpusReport]) -> tuple[list[tuple[Report, Annotations]], list[Entity]]:
    """Give the readings of one crisis on gold attributions and entities, and its entities."""
    annotator = Annotator.load()
    reports = [report_of(gold) for gold in golds]
    annotated = annotator.annotate(reports, "benchmark")
    entities = {key: entity for gold in golds for key, entity in gold.entities.items()}
    rows = [
        (report, _gilded(report, found, gold))
        for report, found, gold in zip(reports, annotated, golds, strict=True)
    ]
    return rows, list(entities.values())


def _gilded(report: Report, found: Annotations, gold: CorpusReport) -> Annotations:
    mentions = [_span_of(mention) for mention in gold.mentions]
    timexes = [_span_of(timex) for timex in found.timexes]
    attributions = [
        SimpleNamespace(
            content=row.content.spans,
            polarity=row.polarity,
            medium=row.medium.spans if row.medium else (),
        )
        for row in gold.attributions
    ]
    figures = find_quantities(report.text, found.sentences, report.language)
    events = find_events(
        report.text, found.sentences, report.language, mentions, timexes, attributions, figures
    )
    return msgspec.structs.replace(
        found,
        mentions=gold.mentions,
        attributions=gold.attributions,
        citations=tuple(_cited(report, gold)),
        events=tuple(_event(report, event, gold, found, figures) for event in events),
    )


def _span_of(row: Any) -> SimpleNamespace:
    return SimpleNamespace(
        start=row.spans[0][0],
        end=row.spans[-1][1],
        kind=getattr(row, "kind", None),
        type=getattr(row, "type", None),
        earliest=getattr(row, "earliest", ""),
    )


def _cited(report: Report, gold: CorpusReport) -> Iterable[Citation]:
    outlets = {key for key, entity in gold.entities.items() if entity.kind == "outlet"}
    for row in gold.attributions:
        for entity in (row.source_entity, row.medium_entity):
            part = row.source or row.medium
            if entity in outlets and part is not None:
                yield Citation(
                    id=identify("cit", report.id, part.spans), report=report.id, spans=part.spans,
                    kind="named_outlet", target=entity, attribution=row.id,
                )  # fmt: skip


def _event(
    report: Report,
    event: FoundEvent,
    gold: CorpusReport,
    found: Annotations,
    figures: Sequence[FoundQuantity],
) -> Event:
    trigger = part_of(report.text, event.trigger)
    assert trigger is not None
    return Event(
        id=identify("evt", report.id, event.type, event.mode, event.trigger),
        report=report.id,
        attribution=gold.attributions[event.attribution].id if event.attribution is not None else None,
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        trigger=trigger,
        actor=_part(report, event.actor, event.actor_mention, gold.mentions),
        recipient=_part(report, event.recipient, event.recipient_mention, gold.mentions),
        place=_part(report, event.place, event.place_mention, gold.mentions),
        time=found.timexes[event.time].id if event.time is not None else None,
        quantities=tuple(_quantity(report, figures[at]) for at in event.quantities),
        polarity=event.polarity,
        modality=event.modality,
        score=event.score,
    )


def _part(
    report: Report, span: Span | None, mention: int | None, mentions: Sequence[Mention]
) -> EntityPart | None:
    if span is None:
        return None
    entity = mentions[mention].entity if mention is not None else None
    return EntityPart(spans=(span,), text=report.text[span[0] : span[1]], entity=entity)


def _quantity(report: Report, figure: FoundQuantity) -> Quantity:
    spans = ((figure.start, figure.end),)
    return Quantity(
        what=figure.what, low=figure.low, high=figure.high, mod=figure.mod, unit=figure.unit,
        spans=spans, text=quote(report.text, spans),
    )  # fmt: skip
