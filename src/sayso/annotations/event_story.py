"""What a text runs on while its events are read: place, time, and the annotations so far, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sayso.annotations.event_rules import EventRules
from sayso.records import Modality, Polarity, Span


class FoundEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one event as found in prose; indices point into the lists that were given."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    trigger: tuple[Span, ...]
    actor: Span | None = None
    actor_mention: int | None = None
    recipient: Span | None = None
    recipient_mention: int | None = None
    place: Span | None = None
    place_mention: int | None = None
    time: int | None = None
    attribution: int | None = None
    quantities: tuple[int, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    score: float = 0.5


@dataclass
class Story:
    """Carry over from sentence to sentence what the text runs on: place, time, and the lists given."""

    rules: EventRules
    mentions: Sequence[Any]
    timexes: Sequence[Any]
    attributions: Sequence[Any]
    quantities: Sequence[Any]
    events: list[FoundEvent] = field(default_factory=list)
    place: int | None = None
    time: int | None = None
    last_of: dict[int, FoundEvent] = field(default_factory=dict)
    _cursor: dict[str, int] = field(default_factory=dict)
    _order: dict[str, list[int]] = field(default_factory=dict)
    _open: list[int] = field(default_factory=list)

    def within(self, name: str, start: int, end: int) -> list[int]:
        """List the indices of the items of a list that begin in a stretch, asked for in order."""
        items = getattr(self, name)
        order = self._order.get(name) or self._ordered(name, [item.start for item in items])
        at = self._cursor.get(name, 0)
        while at < len(order) and items[order[at]].start < start:
            at += 1
        first = at
        while at < len(order) and items[order[at]].start < end:
            at += 1
        self._cursor[name] = at
        return order[first:at]

    def speaking(self, start: int, end: int) -> list[int]:
        """List the attributions whose content touches a stretch; stretches are asked for in order."""
        contents = [row.content for row in self.attributions] if "attributions" not in self._order else ()
        order = self._ordered("attributions", [min(s for s, _ in spans) for spans in contents])
        at = self._cursor.get("attributions", 0)
        while at < len(order) and min(s for s, _ in self.attributions[order[at]].content) < end:
            self._open.append(order[at])
            at += 1
        self._cursor["attributions"] = at
        self._open = [one for one in self._open if max(e for _, e in self.attributions[one].content) > start]
        return sorted(self._open)

    def _ordered(self, name: str, starts: Sequence[int]) -> list[int]:
        if name not in self._order:
            self._order[name] = sorted(range(len(starts)), key=lambda index: starts[index])
        return self._order[name]
