"""Decide which tellings tell the same proposition.

Steps:
1. tellings that agree in everything are one representative;
2. representatives meet in blocks - same figure, same type and day, same rare anchor, shared rare words,
   nearest vectors - and in a large block only with their neighbours in time;
3. each pair that met is scored by weights learned on the corpus' tuning crises (`weights.toml`); unlike
   figures, swapped roles and two deeds told in one sentence forbid it;
4. groups are joined from the surest pair down, as long as they are alike on the average and nothing in
   them forbids it.

The result is a function of the set of tellings: neither order nor batches matter.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from sayso.accounts import Telling
from sayso.claims.features import NAMES, Comparer, day_of, number_of, same_figure

REACH = 16
"""Neighbours a telling is compared with in a block too large for all."""
SMALL = 24
"""Tellings of a block that are all compared with each other."""
NEAREST = 8
"""Nearest neighbours by vector that a telling meets."""
COMMON = 200
"""An anchor or word that more tellings hold makes no block."""
UNLIKE_DEED = 2.5
"""What two modes of one type cost outside attributed contents, which the weights were not learnt on."""
EMPTY_WORDS = 1.5
"""What it costs that two speech acts are told without their contents."""
_SPEECH = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "ACCUSE", "REQUEST", "REJECT", "THREATEN"})
HEADS = 12
"""Tellings of a group that a joining group is compared with."""


@cache
def _weights() -> tuple[np.ndarray, float]:
    table = tomllib.loads(files("sayso").joinpath("claims", "weights.toml").read_text("utf-8"))
    return np.array([table["weights"][name] for name in NAMES]), float(table["threshold"])


class Matcher:
    """Score pairs of tellings; positive is one proposition."""

    def __init__(self, comparer: Comparer) -> None:
        self.comparer = comparer
        self.weights, self.threshold = _weights()
        self._known: dict[tuple[str, str], float] = {}

    def score(self, left: Telling, right: Telling) -> float:
        """Score two tellings; minus infinity where they cannot be one proposition."""
        pair = (left.id, right.id) if left.id < right.id else (right.id, left.id)
        if pair not in self._known:
            self._known[pair] = -math.inf if self.forbids(left, right) else self._weigh(left, right)
        return self._known[pair]

    def _weigh(self, left: Telling, right: Telling) -> float:
        found = float(np.dot(self.weights, self.comparer.features(left, right)))
        if left.kind == "quantity":
            return found - self.threshold + _figure_bonus(left, right)
        return found - self.threshold - _bare_cost(left, right)

    def forbids(self, left: Telling, right: Telling) -> bool:
        """Say whether two tellings cannot be one proposition, whatever else agrees."""
        if (left.kind == "quantity") != (right.kind == "quantity"):
            return True
        if left.report == right.report and left.sentence == right.sentence and left.event != right.event:
            return True
        if left.kind == "quantity":
            whom = left.whom != right.whom and None not in (left.whom, right.whom)
            return left.counted != right.counted or not same_figure(left.figures[0], right.figures[0]) or whom
        if left.type and right.type and (left.type, left.mode) != (right.type, right.mode):
            beside = left.report == right.report and not (left.in_title or right.in_title)
            if beside or (left.type != right.type and not (left.content and right.content)):
                return True
        swapped = (left.actor, left.recipient) == (right.recipient, right.actor)
        return bool(left.actor and left.recipient) and left.actor != left.recipient and swapped


def _bare_cost(left: Telling, right: Telling) -> float:
    """Say what it costs that two events are told outside attributed contents, which the weights know.

    Two modes of one type ("stormed", "set on fire") are two deeds; and that something was refused,
    demanded or agreed says little without what.
    """
    if (left.content and right.content) or left.type != right.type or left.type is None:
        return 0.0
    unlike = left.mode != right.mode and None not in (left.mode, right.mode)
    return UNLIKE_DEED * unlike + EMPTY_WORDS * (left.type in _SPEECH)


def _figure_bonus(left: Telling, right: Telling) -> float:
    """Reward a figure that two tellings share: the more telling the number, the more."""
    size = number_of(left.figures[0]) or 0
    digits = len(f"{size:.0f}".rstrip("0"))
    exact = number_of(left.figures[0]) == number_of(right.figures[0])
    return (0.8 + 0.5 * min(digits, 3)) * (1.0 if exact else 0.3) - (0.5 if left.whom != right.whom else 0.0)


def group(
    tellings: Sequence[Telling],
    matcher: Matcher,
    derived: Mapping[tuple[str, int], tuple[str, int]],
    told: Callable[[str, str], str | None],
) -> list[list[Telling]]:
    """Group tellings into propositions, each group and the list of them in a fixed order.

    `derived` maps a derived sentence to the one it comes from: their like tellings are one. `told` gives
    an analyst's verdict on two accounts: "same", "different" or None.
    """
    alike = _alike(sorted(tellings, key=lambda telling: telling.id))
    heads = [members[0] for members in alike]
    forest = _Forest(alike, matcher, told)
    edges = _edges(heads, matcher, derived)
    for sure, left, right in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        forest.join(left, right, sure)
    return forest.groups()


def _alike(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Collect tellings that say the same in the same words: five thousand copies are compared once."""
    found: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    for one in tellings:
        figures = tuple((f.what, f.low, f.high, f.mod) for f in one.figures)
        words = (
            one.language,
            one.text,
            one.points_at,
            one.actor_words,
            one.recipient_words,
            one.actor,
            one.recipient,
        )
        deed = (one.kind, one.type, one.mode, one.polarity, one.modality, one.earliest, one.place, figures)
        trigger = one.spans if one.kind == "event" and not one.content else ()
        found[((one.published or "")[:10], *words, *deed, trigger)].append(one)
    return list(found.values())


Edge = tuple[float, str, str]


def _edges(
    heads: Sequence[Telling], matcher: Matcher, derived: Mapping[tuple[str, int], tuple[str, int]]
) -> set[Edge]:
    edges = set(_derived_edges(heads, derived)) | set(_pointed_edges(heads))
    seen: set[tuple[str, str]] = set()
    for block in _blocks(heads, matcher):
        for left, right in _pairs(block):
            pair = (left.id, right.id)
            if pair in seen:
                continue
            seen.add(pair)
            score = matcher.score(left, right)
            if score >= 0:
                edges.add((round(score, 4), *pair))
    return edges


def _derived_edges(
    heads: Sequence[Telling], derived: Mapping[tuple[str, int], tuple[str, int]]
) -> Iterable[Edge]:
    by_sentence: dict[tuple[str, int], list[Telling]] = defaultdict(list)
    for one in heads:
        by_sentence[(one.report, one.sentence)].append(one)
    for here, there in sorted(derived.items()):
        for one in by_sentence.get(here, ()):
            twins = [other for other in by_sentence.get(there, ()) if _is_twin(one, other)]
            if twins:
                left, right = sorted((one.id, min(twins, key=lambda twin: twin.id).id))
                yield 99.0, left, right


def _pointed_edges(heads: Sequence[Telling]) -> Iterable[Edge]:
    known = {one.id for one in heads}
    for one in heads:
        if one.points_at in known:
            left, right = sorted((one.id, one.points_at or ""))
            yield 99.0, left, right


def _is_twin(left: Telling, right: Telling) -> bool:
    if (left.kind, left.type, left.mode, left.counted) != (right.kind, right.type, right.mode, right.counted):
        return False
    return left.kind != "quantity" or same_figure(left.figures[0], right.figures[0])


def _pairs(block: list[Telling]) -> Iterable[tuple[Telling, Telling]]:
    block = sorted(block, key=lambda one: (one.earliest or one.published or "9", one.id))
    reach = len(block) if len(block) <= SMALL else REACH
    for index, one in enumerate(block):
        for other in block[index + 1 : index + 1 + reach]:
            yield (one, other) if one.id < other.id else (other, one)


def _blocks(heads: Sequence[Telling], matcher: Matcher) -> Iterable[list[Telling]]:
    blocks: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    for one in heads:
        keys = () if one.points_at else {*_keys(one), *_rare_keys(one, matcher.comparer)}
        for key in sorted(keys, key=repr):
            blocks[key].append(one)
    for _, block in sorted(blocks.items(), key=lambda item: repr(item[0])):
        if len(block) > 1:
            yield block
    yield from _near_vectors(heads, matcher)


def _keys(one: Telling) -> Iterable[tuple[object, ...]]:
    if one.kind == "quantity":
        yield "figure", one.counted, number_of(one.figures[0])
        yield "scale", one.counted, one.place, len(f"{number_of(one.figures[0]) or 0:.0f}")
        return
    if one.type:
        for day in _days(one):
            yield "day", one.type, one.mode, day
        yield "week", one.type, one.mode, _week(one.published)
    if one.root == "named":
        yield "source", one.root_key, _week(one.published)


def _rare_keys(one: Telling, comparer: Comparer) -> Iterable[tuple[object, ...]]:
    """Key a telling by its rarest anchors and words that others share."""
    if one.kind == "quantity":
        return
    held = comparer.reduced[one.id]
    for keys, most in ((held.anchors, 4), (held.words, 5)):
        shared = [key for key in keys if 1 < comparer.frequency[key] <= COMMON]
        for key in sorted(shared, key=lambda key: (comparer.frequency[key], key))[:most]:
            yield "rare", key


def _days(one: Telling) -> list[str]:
    begin, end = one.earliest, one.latest
    if not begin:
        return []
    return [begin[:10]] if not end or end[:10] <= begin[:10] else [begin[:10], end[:10]]


def _week(published: str | None) -> str:
    day = day_of(published)
    return "" if day is None else "{}-{:02}".format(*day.isocalendar()[:2])


def _near_vectors(heads: Sequence[Telling], matcher: Matcher) -> Iterable[list[Telling]]:
    """Let each telling meet its nearest neighbours by vector, in slices of publication weeks."""
    weeks: dict[str, list[Telling]] = defaultdict(list)
    for one in heads:
        if (
            one.kind != "quantity"
            and not one.points_at
            and matcher.comparer.reduced[one.id].vector is not None
        ):
            weeks[_week(one.published)].append(one)
    names = sorted(weeks)
    for at, name in enumerate(names):
        around = [one for other in names[at : at + 2] for one in weeks[other]]
        yield from _nearest(weeks[name], around, matcher)


def _nearest(own: Sequence[Telling], around: Sequence[Telling], matcher: Matcher) -> Iterable[list[Telling]]:
    reduced = matcher.comparer.reduced
    table = np.stack([reduced[one.id].vector for one in around])  # ty: ignore
    for start in range(0, len(own), 256):
        rows = own[start : start + 256]
        likeness = np.stack([reduced[one.id].vector for one in rows]) @ table.T  # ty: ignore
        for row, one in enumerate(rows):
            for at in np.argsort(-likeness[row], kind="stable")[: NEAREST + 1]:
                if around[int(at)].id != one.id:
                    yield [one, around[int(at)]]


class _Forest:
    """Join tellings into groups that are alike on the average, refusing what a pair forbids."""

    def __init__(
        self, alike: Sequence[list[Telling]], matcher: Matcher, told: Callable[[str, str], str | None]
    ) -> None:
        self.members = {members[0].id: list(members) for members in alike}
        self.heads = {members[0].id: [members[0]] for members in alike}
        self.root = {one: one for one in self.members}
        self.matcher = matcher
        self.told = told

    def find(self, one: str) -> str:
        """Find the group a head belongs to."""
        while self.root[one] != one:
            self.root[one] = self.root[self.root[one]]
            one = self.root[one]
        return one

    def join(self, left: str, right: str, sure: float) -> None:
        """Join the groups of two heads where they may be one."""
        a, b = sorted((self.find(left), self.find(right)))
        if a == b or not self._may_join(a, b, sure):
            return
        self.root[b] = a
        self.members[a] += self.members.pop(b)
        heads = [*self.heads[a], *self.heads.pop(b)]
        speaking = [one for one in heads if not one.points_at] or heads
        self.heads[a] = sorted(speaking, key=lambda one: one.id)[:HEADS]

    def _may_join(self, a: str, b: str, sure: float) -> bool:
        scores = []
        for one in self.heads[a]:
            for other in self.heads[b]:
                score = self.matcher.score(one, other)
                if self.told(one.id, other.id) == "different" or (score == -math.inf and sure < 99):
                    return False
                scores.append(max(score, -8.0))
        return sure >= 99 or sum(scores) / len(scores) >= -SLACK

    def groups(self) -> list[list[Telling]]:
        """Give the groups, members by id."""
        return [sorted(self.members[head], key=lambda one: one.id) for head in sorted(self.members)]


SLACK = 1.0
"""How far below the threshold two groups' average likeness may lie when their surest pair lies above it."""
