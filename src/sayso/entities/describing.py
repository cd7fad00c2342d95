"""Make the entities of a case out of what was seen of their nodes."""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec.structs import replace

from sayso.entities.gazetteer import region_name
from sayso.entities.lands import land_name
from sayso.entities.sightings import Sighting, Work
from sayso.entities.voices import voice_of, voice_of_house
from sayso.records import Alias, Entity

_MOST_ROLES = 8
_KINDS = ("place", "person", "outlet", "organisation", "group", "product", "event_name")


def describe(work: Work) -> list[Entity]:
    """Give the entities, in the order of their ids."""
    groups: dict[str, Sighting] = defaultdict(Sighting)
    used = {
        *work.mention_nodes.values(), *work.source_nodes.values(), *work.medium_nodes.values(),
        *work.outlet_nodes.values(), *work.domain_nodes.values(),
    }  # fmt: skip
    wanted = {work.entity(seen) for seen in used}
    for seen in sorted(work.sightings):
        if (entity := work.entity(seen)) in wanted:
            groups[entity].add(work.sightings[seen])
    entities = {entity: _entity(entity, seen, work) for entity, seen in sorted(groups.items())}
    _give_houses_a_voice(entities, groups, work)
    return list(entities.values())


def _give_houses_a_voice(entities: dict[str, Entity], groups: dict[str, Sighting], work: Work) -> None:
    """Let persons who speak for one house, and that house, be one voice."""
    for entity, seen in sorted(groups.items()):
        houses = _ranked(Counter({work.entity(house): n for house, n in seen.houses.items()}))
        person = entities[entity]
        if not houses or person.kind != "person" or person.voice or houses[0][0] not in entities:
            continue
        house = entities[houses[0][0]]
        own, theirs = voice_of_house(house.id, house.name, (house.voice, house.voice_why))
        entities[entity] = replace(person, voice=own[0], voice_why=own[1])
        entities[house.id] = replace(house, voice=theirs[0], voice_why=theirs[1])


def _entity(entity: str, seen: Sighting, work: Work) -> Entity:
    kind = _kind(seen)
    land = _land(seen)
    name = land_name(work, land) if land else None
    voice, why = voice_of(kind, seen, land, name)
    place = seen.place if kind == "place" else None
    return Entity(
        id=entity, kind=kind, name=_name(seen, land, name), aliases=_aliases(seen.names),  # ty: ignore
        roles=tuple(role for role, _ in _ranked(seen.roles)[:_MOST_ROLES]),
        country=seen.country or (land if land and not land.startswith("ent-") else None),
        voice=voice, voice_why=why,
        lat=round(place.lat, 4) if place else None, lon=round(place.lon, 4) if place else None,
        admin1=region_name(place) if place else None, geonames=place.geonames or None if place else None,
        domains=tuple(sorted(seen.domains)), reliability=work.judged.ratings.get(entity),  # ty: ignore
    )  # fmt: skip


def _kind(seen: Sighting) -> str:
    if seen.place:
        return "place"
    return min(seen.kinds, key=lambda kind: (-seen.kinds[kind], _KINDS.index(kind)), default="organisation")


def _land(seen: Sighting) -> str | None:
    if seen.place:
        return seen.place.country
    lands = [land for land, _ in _ranked(seen.lands) if land != "?"]
    return lands[0] if lands else None


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _name(seen: Sighting, land: str | None, land_called: str | None) -> str:
    if seen.place:
        return seen.place.name
    if seen.body and not seen.local:
        return f"{seen.body.name} ({land_called})" if land else seen.body.name
    if seen.known_name:
        return seen.known_name
    longest = sorted(seen.names.items(), key=lambda i: (-min(len(i[0][0].split()), 2), -i[1], i[0]))
    return _tidy(longest[0][0][0]) if longest else min(seen.domains, default="(unnamed)")


def _tidy(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1].casefold() in ("of", "from", "von", "aus", "und", "and"):
        words.pop()
    return " ".join(words)


def _aliases(names: Counter[tuple[str, str]]) -> tuple[Alias, ...]:
    ordered = sorted(names.items(), key=lambda i: (-i[1], i[0]))
    return tuple(Alias(text=text, language=tongue, count=n) for (text, tongue), n in ordered if text)
