"""Count how many really say so: fold the tellings of one claim to their independent origins.

Every telling has a root: a named source, words that name one, an anonymous source, the report's own
voice. Roots fold to one
- when they are one entity, or entities that speak with one voice;
- when one report was made from the other;
- when one only carries the other: an outlet cited as the source, whose own report is in the case;
- when one report tells it twice, once in its own voice;
- when an anonymous source reaches us through one outlet;
- when outlets cite each other in a circle.
What is left and has a name is an origin. What is left without a name is not counted, but may be one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from sayso.accounts import Telling
from sayso.records import Derivation, Entity, Origin, identify

Node = tuple[str, str]


class Roots(msgspec.Struct, frozen=True, kw_only=True):
    """Hold the origins of one claim, how many are known, how many there may be, and each telling's origin."""

    origins: tuple[Origin, ...]
    count: int
    count_max: int
    of: dict[str, str]
    derived_from: dict[str, str]


class Folder:
    """Fold tellings to origins; made once for a case."""

    def __init__(self, entities: Mapping[str, Entity], derivations: Sequence[Derivation]) -> None:
        self.entities = entities
        self.source_of = {row.report: row for row in derivations}

    def fold(self, tellings: Sequence[Telling]) -> Roots:
        """Fold the tellings of one claim."""
        return _Folding(self, sorted(tellings, key=lambda one: one.id)).roots()

    def name(self, entity: str | None) -> str:
        """Give the name of an entity for a reader."""
        known = self.entities.get(entity or "")
        return known.name if known else (entity or "").removeprefix("path:")

    def voice(self, entity: str) -> str:
        """Give the voice an entity speaks with, or the entity itself."""
        known = self.entities.get(entity)
        return known.voice if known and known.voice else entity


class _Folding:
    """Fold one claim's tellings: a union of their roots, with the reason of each union."""

    def __init__(self, folder: Folder, tellings: Sequence[Telling]) -> None:
        self.folder = folder
        self.tellings = tellings
        self.root: dict[Node, Node] = {}
        self.why: dict[Node, list[str]] = defaultdict(list)
        self.node = {one.id: self._node(one) for one in tellings}
        self.derived: dict[str, str] = {}
        self.circular: set[Node] = set()
        for node in self.node.values():
            self.root.setdefault(node, node)

    def _node(self, one: Telling) -> Node:
        if one.root == "named":
            return "voice", self.folder.voice(one.root_key)
        return one.root, one.root_key

    def roots(self) -> Roots:
        """Fold step by step, then count."""
        self._fold_voices()
        self._fold_within_reports()
        self._fold_derived()
        self._fold_carried()
        return self._count()

    def _find(self, node: Node) -> Node:
        while self.root[node] != node:
            node = self.root[node]
        return node

    def _join(self, folded: Node, onto: Node, why: str) -> None:
        a, b = self._find(folded), self._find(onto)
        if a == b:
            return
        keep, drop = (b, a) if self._rank(b) <= self._rank(a) else (a, b)
        self.root[drop] = keep
        self.why[keep] += [*self.why.pop(drop, []), why]

    def _rank(self, node: Node) -> tuple[int, Node]:
        kind, key = node
        entity = self.folder.entities.get(key)
        outlet = kind == "voice" and entity is not None and entity.kind == "outlet"
        order = {"voice": 0, "words": 1, "own": 3, "anonymous": 4}[kind]
        return (2 if outlet else order, node)

    def _fold_voices(self) -> None:
        spoken: dict[Node, set[str]] = defaultdict(set)
        for one in self.tellings:
            if one.root == "named":
                spoken[self.node[one.id]].add(one.root_key)
        for node, entities in spoken.items():
            if len(entities) > 1:
                names = ", ".join(sorted(self.folder.name(entity) for entity in entities))
                self.why[node].append(f"{names} speak with one voice{self._voice_why(entities)}")

    def _voice_why(self, entities: set[str]) -> str:
        whys = {
            known.voice_why for e in entities if (known := self.folder.entities.get(e)) and known.voice_why
        }
        return f" ({min(whys)})" if whys else ""

    def _fold_within_reports(self) -> None:
        by_report: dict[str, list[Telling]] = defaultdict(list)
        for one in self.tellings:
            by_report[one.report].append(one)
        for own in by_report.values():
            sourced = [one for one in own if one.root in ("named", "words")]
            for one in own:
                if one.root in ("own", "anonymous") and sourced and not self._is_other(one, sourced):
                    self._join(
                        self._apart(one), self.node[sourced[0].id],
                        f"{self.folder.name(one.outlet)} names its source elsewhere in the same report",
                    )  # fmt: skip

    def _is_other(self, one: Telling, sourced: Sequence[Telling]) -> bool:
        """Say whether an anonymous voice is told apart from the named one in the same report."""
        return (
            one.root == "anonymous"
            and one.attribution is not None
            and not one.in_title
            and any(other.sentence == one.sentence for other in sourced)
        )

    def _apart(self, one: Telling) -> Node:
        """Give a telling a node of its own report, so that folding it folds no other report's voice."""
        node = (self.node[one.id][0], f"{one.root_key}\x1f{one.report}")
        self.root.setdefault(node, node)
        self.node[one.id] = node
        return node

    def _fold_derived(self) -> None:
        there: dict[str, list[Telling]] = defaultdict(list)
        for one in self.tellings:
            there[one.report].append(one)
        for one in self.tellings:
            row = self.folder.source_of.get(one.report)
            if row is None or row.source_report not in there:
                continue
            source = self._nearest(one, there[row.source_report])
            self.derived[one.id] = source.id
            unnamed = (
                self.node[one.id][0] == "words"
            )  # "the authorities": the same ones as in the text taken over
            if one.root in ("own", "anonymous") or unnamed:
                how = "translated" if row.relation == "was_translated_from" else "taken over"
                why = (
                    f"{self.folder.name(one.outlet)}'s text is {how} from {self.folder.name(source.outlet)}'s"
                )
                self._join(self._apart(one) if unnamed else self.node[one.id], self.node[source.id], why)

    def _nearest(self, one: Telling, others: Sequence[Telling]) -> Telling:
        same = [other for other in others if other.root_key == one.root_key]
        return min(same or others, key=lambda other: (other.in_title, other.id))

    def _fold_carried(self) -> None:
        """Fold an outlet that is cited as the source onto what its own report in the case gives as source."""
        by_outlet: dict[str, list[Telling]] = defaultdict(list)
        for one in self.tellings:
            by_outlet[one.outlet].append(one)
        for one in self.tellings:
            cited = one.root_key if one.root in ("named", "anonymous") else ""
            theirs = [other for other in by_outlet.get(cited, ()) if other.outlet != one.outlet]
            if not theirs:
                continue
            if any(other.root == "named" and other.root_key == one.outlet for other in theirs):
                self.circular.update((self.node[one.id], self.node[theirs[0].id]))
                why = f"{self.folder.name(one.outlet)} and {self.folder.name(cited)} cite each other"
            else:
                here, there = self.folder.name(one.outlet), self.folder.name(cited)
                why = f"{here} has it from {there}, whose own report is here"
            self._join(self.node[one.id], self.node[theirs[0].id], why)

    def _count(self) -> Roots:
        groups: dict[Node, list[Telling]] = defaultdict(list)
        for one in self.tellings:
            groups[self._find(self.node[one.id])].append(one)
        named = any(one.root in ("named", "words") for one in self.tellings)
        told = {one.polarity for one in self.tellings}
        origins: list[Origin] = []
        of: dict[str, str] = {}
        known: set[str] = set()
        denied: set[Node] = set()
        for node in sorted(groups):
            counted, reason = self._is_known(node, groups[node], named)
            if len(told) > 1 and all(one.polarity == "negative" for one in groups[node]):
                counted, reason = False, f"{reason}, and it denies the claim"
                denied.add(node)
            origin = self._origin(node, groups[node], reason)
            known.update({origin.id} if counted else ())
            origins.append(origin)
            of.update((one.id, origin.id) for one in groups[node])
        merged = _merge(origins)
        return Roots(
            origins=merged,
            count=len(known),
            count_max=max(len(known), len(merged) - len(denied)),
            of=of,
            derived_from=self.derived,
        )

    def _is_known(self, node: Node, tellings: Sequence[Telling], named: bool) -> tuple[bool, str]:
        if (
            any(self._find(one) == node for one in self.circular)
            and node[0] != "words"
            and self._rank(node)[0] >= 2
        ):
            return False, "the outlets cite each other and nobody else: the origin is unknown"
        name = self.folder.name(node[1].split("\x1f")[0])
        if node[0] == "anonymous":
            return False, f"an unnamed source, known only through {name}"
        if node[0] == "own" and not any(_is_witness(one) for one in tellings):
            if any(one.passes_on for one in tellings):
                return False, f"{name} passes it on without saying whose word it is"
            if named:
                return False, f"{name} tells it in its own voice, after others were named as its source"
        return True, self._named_reason(node)

    def _named_reason(self, node: Node) -> str:
        kind, key = node
        if kind == "own":
            return f"{self.folder.name(key.split(chr(31))[0])} tells it in its own voice"
        if kind == "words":
            return f"the source is called “{key}”"
        return f"{self._voice_name(key)} is the source"

    def _voice_name(self, key: str) -> str:
        if key in self.folder.entities:
            return self.folder.name(key)
        names = {
            self.folder.name(one.entity)
            for one in self.tellings
            if one.entity and self.folder.voice(one.entity) == key
        }
        return ", ".join(sorted(names)) or key

    def _origin(self, node: Node, tellings: Sequence[Telling], reason: str) -> Origin:
        kind, key = node
        spoken = Counter(one.entity for one in tellings if one.entity and self._speaks(one, node))
        entity = min(spoken, key=lambda entity: (-spoken[entity], entity), default=None)
        whys = list(dict.fromkeys([reason, *sorted(self.why.get(node, []))]))
        return Origin(
            id=identify("org", kind, entity or key.split("\x1f")[0]),
            entity=entity,
            voice=key if kind == "voice" and key not in self.folder.entities else None,
            accounts=tuple(sorted(one.id for one in tellings)),
            why="; ".join(whys),
        )

    def _speaks(self, one: Telling, node: Node) -> bool:
        return self._find(self.node[one.id]) == node and (
            (node[0] == "voice" and one.root == "named" and self.folder.voice(one.root_key) == node[1])
            or (node[0] == "own" and one.root == "own")
        )


def _is_witness(one: Telling) -> bool:
    """Say whether a report tells as a witness: a reporter sees deeds, but counts no dead of a country."""
    return one.saw_it or (one.first_hand and one.kind != "quantity")


def _merge(origins: Sequence[Origin]) -> tuple[Origin, ...]:
    """Put origins of one id together: parts of one outlet's own voice that were folded report by report."""
    merged: dict[str, Origin] = {}
    for one in origins:
        known = merged.get(one.id)
        if known is not None:
            accounts = tuple(sorted({*known.accounts, *one.accounts}))
            merged[one.id] = msgspec.structs.replace(known, accounts=accounts)
        else:
            merged[one.id] = one
    return tuple(sorted(merged.values(), key=lambda one: one.id))
