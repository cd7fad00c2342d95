"""Resolve mentions, sources and outlets of all reports to entities, step by step.

1. Judgements: what was judged the same or different, before anything else.
2. Outlets: every report's outlet, by name and by domain.
3. Places: against the gazetteer, in view of the other places of the report; the lands reports are about.
4. Outlets and organisations the world knows; state bodies, with their land.
5. Other names: all words agreeing by sound or by meaning.
6. Persons: full names meet across reports by sound, a surname alone is the person of its report.
7. Pronouns and role nouns; sources and media of attributions.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.entities.bodies import Bodies
from sayso.entities.describing import describe
from sayso.entities.judging import read_judgements
from sayso.entities.lands import Lands
from sayso.entities.naming import resolve_known, resolve_names
from sayso.entities.outlets import resolve_outlets
from sayso.entities.persons import resolve_persons
from sayso.entities.placing import resolve_places
from sayso.entities.sightings import Reading, Work
from sayso.entities.sources import resolve_sources
from sayso.records import Entity, Judgement


class Resolution(msgspec.Struct, kw_only=True):
    """Hold who is who: the entities of a case, and the entity of each mention, source, medium and outlet."""

    entities: list[Entity]
    mention_entities: dict[str, str]
    source_entities: dict[str, str]
    medium_entities: dict[str, str]
    outlet_of_report: dict[str, str]
    outlet_of_domain: dict[str, str]


def resolve(readings: Sequence[Reading], judgements: Sequence[Judgement] = ()) -> Resolution:
    """Resolve all mentions, sources, media and outlets of a case; the order of readings does not matter."""
    work = Work(readings, read_judgements(judgements))
    outlet_forms = resolve_outlets(work)
    resolve_places(work)
    lands = Lands(work)
    outlet_forms = resolve_known(work, outlet_forms)
    bodies = Bodies(work, lands)
    bodies.resolve()
    resolve_names(work, outlet_forms, lands)
    resolve_persons(work, bodies)
    _resolve_pronominal(work)
    work.mention_nodes.update(
        {
            mention: entity
            for mention, entity in work.judged.placed_mentions.items()
            if mention in work.mention_nodes
        }
    )
    resolve_sources(work, bodies)
    return _resolution(work)


def _resolve_pronominal(work: Work) -> None:
    """Give a pronoun or role noun the node of the mention it stands for."""
    for _, annotations in work.readings:
        for mention in annotations.mentions:
            if mention.pronominal and mention.entity in work.mention_nodes:
                work.mention_nodes[mention.id] = work.mention_nodes[mention.entity]


def _resolution(work: Work) -> Resolution:
    def ids(nodes: dict[str, str]) -> dict[str, str]:
        return {key: work.entity(seen) for key, seen in nodes.items()}

    return Resolution(
        entities=describe(work),
        mention_entities=ids(work.mention_nodes),
        source_entities=ids(work.source_nodes),
        medium_entities=ids(work.medium_nodes),
        outlet_of_report=ids(work.outlet_nodes),
        outlet_of_domain=ids(work.domain_nodes),
    )
