"""Write resolved identities into a report and what was read in it."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from sayso.entities.known import domain_of
from sayso.entities.resolving import Resolution
from sayso.records import Annotations, Citation, EntityPart, Event, Link, Mention, Report, Spans

SomePart = TypeVar("SomePart", bound=EntityPart | None)


def link(report: Report, annotations: Annotations, resolution: Resolution) -> tuple[Report, Annotations]:
    """Give a report and its annotations with entity ids in place of names and mention ids."""
    sources, mediums = resolution.source_entities, resolution.medium_entities
    by_span = {mention.spans: mention for mention in annotations.mentions}
    linked = replace(
        annotations,
        mentions=tuple(_link_mention(mention, resolution) for mention in annotations.mentions),
        attributions=tuple(
            replace(a, source_entity=sources.get(a.id), medium_entity=mediums.get(a.id))
            for a in annotations.attributions
        ),
        events=tuple(_link_event(event, annotations, by_span, resolution) for event in annotations.events),
        citations=tuple(_link_citation(citation, resolution) for citation in annotations.citations),
    )
    outlet = resolution.outlet_of_report.get(report.id)
    links = tuple(_link_address(address, resolution) for address in report.links)
    return replace(report, outlet=outlet, links=links), linked


def _link_mention(mention: Mention, resolution: Resolution) -> Mention:
    return replace(mention, entity=resolution.mention_entities.get(mention.id))


def _link_event(
    event: Event, annotations: Annotations, by_span: dict[Spans, Mention], resolution: Resolution
) -> Event:
    def linked(part: SomePart) -> SomePart:
        if part is None:
            return part
        mention = by_span.get(part.spans) or _mention_within(part.spans, annotations)
        named = part.entity or (mention.id if mention else "")
        return replace(part, entity=resolution.mention_entities.get(named))

    return replace(
        event, actor=linked(event.actor), recipient=linked(event.recipient), place=linked(event.place)
    )


def _mention_within(spans: Spans, annotations: Annotations) -> Mention | None:
    """Give the first mention that lies inside spans."""
    for mention in annotations.mentions:
        start, end = mention.spans[0][0], mention.spans[-1][1]
        if any(left <= start and end <= right for left, right in spans):
            return mention
    return None


def _link_citation(citation: Citation, resolution: Resolution) -> Citation:
    target = resolution.mention_entities.get(citation.target)
    return replace(citation, target=target) if target else citation


def _link_address(address: Link, resolution: Resolution) -> Link:
    domain = domain_of(address.url)
    return replace(address, outlet=resolution.outlet_of_domain.get(domain)) if domain else address
