"""Read what all reports of a crisis share: its table of entities and its fact sheet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from corpus.notation import Problem
from sayso import records
from sayso.records import Entity


class Fact(msgspec.Struct, frozen=True):
    """Hold one line of a crisis's fact sheet: what is told, and who said it first (entity keys)."""

    key: str
    text: str
    first_said_by: tuple[str, ...] = ()


class Crisis(msgspec.Struct, frozen=True):
    """Hold what all reports of one crisis share."""

    key: str
    title: str
    split: str
    place: str
    year: int
    entities: dict[str, Entity]
    facts: dict[str, Fact]


def read_crisis(folder: Path) -> tuple[Crisis, list[Problem]]:
    """Read a crisis's entities and facts; an unreadable table gives an empty crisis and a problem."""
    path = folder / "crisis.toml"
    empty = Crisis(folder.name, "", "", "", 0, {}, {})
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        return empty, [Problem(str(path), 1, f"cannot be read: {error}")]
    problems = [Problem(str(path), 1, fault) for fault in _crisis_faults(table)]
    entities = {key: entity_of(key, row) for key, row in table.get("entities", {}).items()}
    facts = {key: _fact(key, row) for key, row in table.get("facts", {}).items()}
    head = [str(table.get(name, "")) for name in ("title", "split", "place")]
    year = int(table.get("year", 0))
    return Crisis(folder.name, head[0], head[1], head[2], year, entities, facts), problems


def _crisis_faults(table: dict[str, Any]) -> Iterator[str]:
    for name in ("title", "split", "place", "year"):
        if name not in table:
            yield f"{name!r} is missing"
    if table.get("split") not in ("tune", "measure"):
        yield "split must be tune or measure"
    entities = table.get("entities", {})
    for key, row in entities.items():
        if row.get("kind") not in get_args(records.MentionKind) or not row.get("name"):
            yield f"entity {key!r} needs a name and a kind out of {', '.join(get_args(records.MentionKind))}"
    for key, row in table.get("facts", {}).items():
        if not row.get("text"):
            yield f"fact {key!r} has no text"
        for who in _names(row.get("first_said_by")):
            # Who has no entity, an unnamed official say, is told in words of its own.
            if who not in entities and " " not in who:
                yield f"fact {key!r} is first said by unknown entity {who!r}"


def entity_of(key: str, row: dict[str, Any]) -> Entity:
    """Make an entity of a row of its table."""
    return Entity(
        id=key,
        kind=row.get("kind", "organisation"),
        name=row.get("name", key),
        roles=_names(row.get("role")),
        country=row.get("country"),
        voice=row.get("voice"),
        domains=_names(row.get("domain")),
    )


def _fact(key: str, row: dict[str, Any]) -> Fact:
    return Fact(key=key, text=row.get("text", ""), first_said_by=_names(row.get("first_said_by")))


def _names(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
