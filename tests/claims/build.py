"""Build readings by hand: reports with marked parts, so that claims are tested without a model.

A report's text marks mentions as ``[name|entity]``; attributions are given as rows of
(content, source words or None, options). Times, figures and events are read by the real annotators.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from sayso.annotations.events import find_events
from sayso.annotations.quantities import find_quantities
from sayso.annotations.sentences import find_sentences
from sayso.annotations.timexes import find_timexes
from sayso.records import (
    Annotations,
    Attribution,
    Block,
    Entity,
    EntityPart,
    Event,
    Mention,
    Part,
    Quantity,
    Report,
    Timex,
    identify,
    part_of,
    quote,
)

_MARK = re.compile(r"\[([^|\]]+)\|([\w-]+)\]")

ENTITIES = (
    Entity(
        id="interior", kind="organisation", name="interior ministry", voice="gov", voice_why="one government"
    ),
    Entity(id="president", kind="person", name="President Orlan", voice="gov", voice_why="one government"),
    Entity(id="health", kind="organisation", name="health ministry", voice="gov", voice_why="one government"),
    Entity(id="redcross", kind="organisation", name="Red Cross"),
    Entity(id="hospital", kind="organisation", name="City Hospital"),
    Entity(id="alpha", kind="outlet", name="Alpha Agency"),
    Entity(id="beta", kind="outlet", name="Beta Times"),
    Entity(id="gamma", kind="outlet", name="Gamma Kurier"),
    Entity(id="delta", kind="outlet", name="Delta Gazeta"),
    Entity(id="dravna", kind="place", name="Dravna", country="XA", admin1="01"),
    Entity(id="solm", kind="place", name="Solm", country="XA", admin1="02"),
)
KINDS = {entity.id: entity.kind for entity in ENTITIES}


def reading(
    name: str,
    outlet: str,
    published: str,
    marked: str,
    *attributions: tuple[str, str | None, dict[str, Any]],
    language: str = "en",
) -> tuple[Report, Annotations]:
    """Make a report and its annotations from marked text; the first line is its title."""
    text, mentions = _unmark(name, marked)
    title_end = text.index("\n") if "\n" in text else 0
    blocks = (
        Block(kind="title", start=0, end=title_end),
        Block(kind="paragraph", start=title_end, end=len(text)),
    )
    report = Report(
        id=name,
        path=name,
        sha256=name,
        media_type="text/plain",
        outlet=outlet,
        published=published,
        language=language,
        text=text,
        blocks=blocks,
    )
    sentences = find_sentences(text, [0, title_end + 1], language)
    rows = tuple(_attribution(name, text, number, row) for number, row in enumerate(attributions))
    found = find_timexes(text, sentences, language=language, published=published)
    timexes = tuple(_timex(name, text, timex) for timex in found)
    return report, Annotations(
        report=name,
        annotator="test",
        sentences=tuple(sentences),
        mentions=mentions,
        attributions=rows,
        timexes=timexes,
        events=_events(report, sentences, mentions, rows, found, timexes),
    )


def _unmark(name: str, marked: str) -> tuple[str, tuple[Mention, ...]]:
    text, mentions, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        words, entity = match.groups()
        spans = ((len(text), len(text) + len(words)),)
        mentions.append(
            Mention(
                id=identify("men", name, spans),
                report=name,
                spans=spans,
                text=words,
                kind=KINDS[entity],
                entity=entity,
            )
        )
        text += words
        at = match.end()
    return text + marked[at:], tuple(mentions)


def _attribution(
    name: str, text: str, number: int, row: tuple[str, str | None, dict[str, Any]]
) -> Attribution:
    content, source, options = row
    start = text.index(content)
    at = text.find(source) if source else -1
    fields = dict(options)
    if "parent" in fields:
        fields["parent"] = f"{name}#{fields['parent']}"
    return Attribution(
        id=f"{name}#{number}",
        report=name,
        kind=fields.pop("kind", "indirect"),
        content=Part(spans=((start, start + len(content)),), text=content),
        source=Part(spans=((at, at + len(source)),), text=source) if source else None,
        **fields,
    )


def _timex(name: str, text: str, found: Any) -> Timex:
    spans = ((found.start, found.end),)
    return Timex(
        id=identify("tmx", name, spans),
        report=name,
        spans=spans,
        text=quote(text, spans),
        type=found.type,
        value=found.value,
        earliest=found.earliest,
        latest=found.latest,
    )


def _events(report, sentences, mentions, rows, found, timexes):  # type: ignore[no-untyped-def]
    figures = find_quantities(report.text, sentences, report.language)
    flat = [SimpleNamespace(start=m.spans[0][0], end=m.spans[0][1], kind=m.kind) for m in mentions]
    said = [SimpleNamespace(content=row.content.spans, polarity=row.polarity, medium=()) for row in rows]
    events = find_events(report.text, sentences, report.language, flat, found, said, figures)
    return tuple(_event(report, event, mentions, rows, timexes, figures) for event in events)


def _event(report, event, mentions, rows, timexes, figures):  # type: ignore[no-untyped-def]
    trigger = part_of(report.text, event.trigger)

    def part(span, mention):  # type: ignore[no-untyped-def]
        if span is None:
            return None
        entity = mentions[mention].entity if mention is not None else None
        return EntityPart(spans=(span,), text=report.text[slice(*span)], entity=entity)

    quantities = tuple(
        Quantity(
            what=one.what,
            low=one.low,
            high=one.high,
            mod=one.mod,
            unit=one.unit,
            spans=((one.start, one.end),),
            text=report.text[one.start : one.end],
        )
        for one in (figures[at] for at in event.quantities)
    )
    return Event(
        id=identify("evt", report.id, event.type, event.trigger),
        report=report.id,
        attribution=rows[event.attribution].id if event.attribution is not None else None,
        type=event.type,
        mode=event.mode,
        trigger=trigger,
        actor=part(event.actor, event.actor_mention),
        recipient=part(event.recipient, event.recipient_mention),
        place=part(event.place, event.place_mention),
        time=timexes[event.time].id if event.time is not None else None,
        quantities=quantities,
        polarity=event.polarity,
        modality=event.modality,
        score=event.score,
    )
