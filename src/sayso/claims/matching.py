"""Decide which tellings tell the same proposition.

Steps:
1. tellings that agree in everything are one representative;
2. representatives meet in blocks - same figure, same type and day, same type and place or actor, shared
   rare words, nearest vectors - and in a large block only with their neighbours in time;
3. each pair that met is scored, field by field; unlike figures, swapped roles and two deeds told in one
   sentence forbid it;
4. pairs are joined from the surest down, unless the two groups hold tellings that forbid each other.

The result is a function of the set of tellings: neither order nor batches matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from sayso.accounts import Telling
from sayso.claims.pages import Page
from sayso.languages.lexicon import split_words
from sayso.records import Entity, Quantity

EVENT_THRESHOLD = 2.0
FIGURE_THRESHOLD = 1.5
PROPOSITION_THRESHOLD = 2.2
REACH = 16
"""Neighbours a telling is compared with in a block too large for all."""
SMALL = 24
"""Tellings of a block that are all compared with each other."""
_OPEN_BEGIN, _OPEN_END = "0000", "9999"


class Matcher:
    """Score pairs of tellings with what is known of places, voices and vectors."""

    def __init__(self, pages: Mapping[str, Page], entities: Mapping[str, Entity]) -> None:
        self.pages = pages
        self.entities = entities
        self._words: dict[str, frozenset[str]] = {}
        self._named: dict[str, frozenset[str]] = {}

    def score(self, left: Telling, right: Telling) -> float | None:
        """Score two tellings as one proposition; None where they cannot be."""
        if left.kind != right.kind or left.type != right.type or self.forbids(left, right):
            return None
        if left.kind == "proposition":
            return self._score_propositions(left, right) - PROPOSITION_THRESHOLD
        if left.kind == "quantity":
            return self._score_figures(left, right) - FIGURE_THRESHOLD
        return self._score_events(left, right) - EVENT_THRESHOLD

    def forbids(self, left: Telling, right: Telling) -> bool:
        """Say whether two tellings cannot be one proposition, whatever else agrees."""
        if left.report == right.report and left.sentence == right.sentence and left.event != right.event:
            return left.kind != "proposition"
        if left.kind == "quantity":
            return left.counted != right.counted or not same_figure(left.figures[0], right.figures[0]) or (
                left.whom != right.whom and None not in (left.whom, right.whom)
            )
        swapped = bool(left.actor and left.recipient) and (left.actor, left.recipient) == (right.recipient, right.actor)
        return left.kind == "event" and (swapped or (left.mode != right.mode and None not in (left.mode, right.mode)))

    def _score_figures(self, left: Telling, right: Telling) -> float:
        exact = _number(left.figures[0]) == _number(right.figures[0])
        size = _number(left.figures[0]) or 0
        telling = min(1.0, 0.2 * len(f"{size:.0f}".rstrip("0")) + 0.2)
        return (
            (1.2 if exact else 0.4) * (0.6 + telling)
            + self._places(left, right)
            + self._published(left, right)
            + (0.4 if left.whom == right.whom else -0.4)
            + 0.5 * self._likeness(left, right)
        )

    def _score_events(self, left: Telling, right: Telling) -> float:
        return (
            (1.0 if left.mode == right.mode else 0.2)
            + self._times(left, right)
            + self._places(left, right)
            + self._roles(left.actor, right.actor, left.actor_words, right.actor_words)
            + self._roles(left.recipient, right.recipient, left.recipient_words, right.recipient_words)
            + (0.0 if left.modality == right.modality else -0.8)
            + self._published(left, right)
            + 1.6 * self._likeness(left, right)
        )

    def _score_propositions(self, left: Telling, right: Telling) -> float:
        same_root = self.voice_of(left.root_key) == self.voice_of(right.root_key) and left.root != "own"
        shared = _jaccard(self._names_in(left), self._names_in(right))
        return (
            2.6 * self._likeness(left, right)
            + (0.7 if same_root else 0.0)
            + 0.8 * shared
            + self._published(left, right)
        )

    def _likeness(self, left: Telling, right: Telling) -> float:
        """Compare meaning: by the sentences' vectors, and within a language by words too; about -0.5 to 1."""
        words = _jaccard(self.words(left), self.words(right)) if left.language == right.language else None
        sense = self._cosine(left, right)
        if sense is None:
            return 1.4 * words - 0.1 if words is not None else 0.0
        return max(sense, 1.4 * words - 0.1) if words is not None else sense

    def _cosine(self, left: Telling, right: Telling) -> float | None:
        here, there = self.pages[left.report].vectors, self.pages[right.report].vectors
        if here is None or there is None or here.shape[1] != there.shape[1]:
            return None
        cosine = float(here[left.sentence] @ there[right.sentence])
        return (cosine - 0.4) / 0.6

    def words(self, telling: Telling) -> frozenset[str]:
        """Give the words of a telling that carry meaning: longer than three letters."""
        if telling.id not in self._words:
            forms = split_words(telling.text).forms
            self._words[telling.id] = frozenset(form[:7] for form in forms if len(form) > 3 or form[0].isdigit())
        return self._words[telling.id]

    def _names_in(self, telling: Telling) -> frozenset[str]:
        if telling.id not in self._named:
            low, high = telling.spans[0][0], telling.spans[-1][1]
            mentions = self.pages[telling.report].annotations.mentions
            named = {m.entity for m in mentions if m.entity and low <= m.spans[0][0] < high}
            self._named[telling.id] = frozenset(self.voice_of(entity) for entity in named if entity)
        return self._named[telling.id]

    def voice_of(self, entity: str) -> str:
        """Give the voice an entity speaks with, or the entity itself."""
        known = self.entities.get(entity)
        return known.voice if known and known.voice else entity

    def _roles(self, left: str | None, right: str | None, left_words: str, right_words: str) -> float:
        if left and right:
            return 1.1 if self.voice_of(left) == self.voice_of(right) else -1.3
        if left_words and left_words == right_words:
            return 0.8
        return 0.0

    def _times(self, left: Telling, right: Telling) -> float:
        if not (left.earliest or left.latest) or not (right.earliest or right.latest):
            return 0.0
        surely = left.time_here and right.time_here
        if _overlaps(left, right):
            return 1.3 if surely else 0.7
        return -2.6 if surely else -0.7

    def _places(self, left: Telling, right: Telling) -> float:
        if not left.place or not right.place:
            return 0.0
        surely = left.place_here and right.place_here
        if left.place == right.place:
            return 0.9 if surely else 0.5
        if self.contains(left.place, right.place) or self.contains(right.place, left.place):
            return 0.2
        return -2.0 if surely else -0.6

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether a place is the country (or region) of another."""
        big, small = self.entities.get(outer), self.entities.get(inner)
        if big is None or small is None or not big.country or big.country != small.country:
            return False
        return big.admin1 is None and small.admin1 is not None

    def _published(self, left: Telling, right: Telling) -> float:
        days = days_between(left.published, right.published)
        if days is None:
            return 0.0
        return 0.3 if days <= 2 else 0.0 if days <= 14 else -0.05 * min(days - 14, 60)


def same_figure(left: Quantity, right: Quantity) -> bool:
    """Say whether two figures may be the same one: the same number, or ranges that one source could give.

    >>> same_figure(Quantity(what="killed", low=16, high=16), Quantity(what="killed", low=164, high=164))
    False
    """
    if _number(left) == _number(right):
        return True
    vague = left.mod == "APPROX" or right.mod == "APPROX"
    here, there = _number(left), _number(right)
    return bool(vague and here and there and abs(here - there) <= 0.1 * max(here, there))


def _number(figure: Quantity) -> float | None:
    if figure.low is None:
        return figure.high
    return figure.low


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
    ordered = sorted(tellings, key=lambda telling: telling.id)
    alike = _alike(ordered)
    heads = [members[0] for members in alike]
    edges = _edges(heads, matcher, derived)
    forest = _Forest(alike, matcher, told)
    for _, left, right in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        forest.join(left, right)
    return forest.groups()


def _alike(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Collect tellings that say the same in the same words: five thousand copies are compared once."""
    found: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    for one in tellings:
        figures = tuple((f.what, f.low, f.high, f.mod) for f in one.figures)
        key = (one.kind, one.type, one.mode, one.language, one.polarity, one.earliest, one.place, figures, one.text)
        found[(*key, one.actor_words, one.recipient_words, one.spans if one.kind == "event" else ())].append(one)
    return list(found.values())


Edge = tuple[float, str, str]


def _edges(
    heads: Sequence[Telling], matcher: Matcher, derived: Mapping[tuple[str, int], tuple[str, int]]
) -> set[Edge]:
    edges = set(_derived_edges(heads, derived))
    seen: set[tuple[str, str]] = set()
    for block in _blocks(heads, matcher):
        for left, right in _pairs(block):
            pair = (left.id, right.id)
            if pair in seen:
                continue
            seen.add(pair)
            score = matcher.score(left, right)
            if score is not None and score >= 0:
                edges.add((round(score, 4), *pair))
    return edges


def _derived_edges(
    heads: Sequence[Telling], derived: Mapping[tuple[str, int], tuple[str, int]]
) -> Iterable[Edge]:
    by_sentence: dict[tuple[str, int], list[Telling]] = defaultdict(list)
    for one in heads:
        by_sentence[(one.report, one.sentence)].append(one)
    for here, there in derived.items():
        for one in by_sentence.get(here, ()):
            twins = [other for other in by_sentence.get(there, ()) if _is_twin(one, other)]
            if twins:
                yield (9.0, *sorted((one.id, min(twins, key=lambda t: t.id).id)))  # type: ignore[misc]


def _is_twin(left: Telling, right: Telling) -> bool:
    if (left.kind, left.type, left.counted) != (right.kind, right.type, right.counted):
        return False
    return left.kind != "quantity" or same_figure(left.figures[0], right.figures[0])


def _pairs(block: list[Telling]) -> Iterable[tuple[Telling, Telling]]:
    block = sorted(block, key=lambda one: (one.earliest or one.published or "9", one.id))
    reach = len(block) if len(block) <= SMALL else REACH
    for index, one in enumerate(block):
        for other in block[index + 1 : index + 1 + reach]:
            yield (one, other) if one.id < other.id else (other, one)


def _blocks(heads: Sequence[Telling], matcher: Matcher) -> list[list[Telling]]:
    blocks: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    rare = _rare_words(heads, matcher)
    for one in heads:
        for key in {*_keys(one), *rare.get(one.id, ())}:
            blocks[key].append(one)
    by_key = sorted(blocks.items(), key=lambda item: repr(item[0]))
    return [block for _, block in by_key if len(block) > 1] + _near_vectors(heads, matcher)


def _keys(one: Telling) -> Iterable[tuple[object, ...]]:
    if one.kind == "quantity":
        yield ("figure", one.counted, _number(one.figures[0]))
        yield ("scale", one.counted, one.place, len(f"{_number(one.figures[0]) or 0:.0f}"))
    elif one.kind == "event":
        for day in _days(one):
            yield ("day", one.type, day)
        for name, value in (("place", one.place), ("actor", one.actor), ("recipient", one.recipient)):
            if value:
                yield (name, one.type, value)
        yield ("week", one.type, one.mode, _week(one.published))
    else:
        yield ("root", one.root_key, _week(one.published))


def _days(one: Telling) -> list[str]:
    begin, end = one.earliest, one.latest
    if not begin:
        return []
    return [begin[:10]] if not end or end[:10] <= begin[:10] else [begin[:10], end[:10]]


def _week(published: str | None) -> str:
    day = _day(published)
    return "" if day is None else "-".join(map(str, day.isocalendar()[:2]))


def _rare_words(heads: Sequence[Telling], matcher: Matcher) -> dict[str, list[tuple[object, ...]]]:
    """Key propositions by their rarest words, so that like ones meet without comparing all."""
    ours = [one for one in heads if one.kind == "proposition"]
    count: dict[tuple[str, str], int] = defaultdict(int)
    for one in ours:
        for word in matcher.words(one):
            count[(one.language, word)] += 1
    keys: dict[str, list[tuple[object, ...]]] = {}
    for one in ours:
        words = [(one.language, word) for word in matcher.words(one) if count[(one.language, word)] > 1]
        keys[one.id] = [("word", *word) for word in sorted(words, key=lambda word: (count[word], word))[:4]]
    return keys


def _near_vectors(heads: Sequence[Telling], matcher: Matcher) -> list[list[Telling]]:
    """Let each proposition meet its nearest neighbours by vector, in slices of publication weeks."""
    weeks: dict[str, list[Telling]] = defaultdict(list)
    for one in heads:
        if one.kind == "proposition" and matcher.pages[one.report].vectors is not None:
            weeks[_week(one.published)].append(one)
    blocks: list[list[Telling]] = []
    names = sorted(weeks)
    for at, name in enumerate(names):
        around = [one for other in names[at : at + 2] for one in weeks[other]]
        blocks += _nearest(weeks[name], around, matcher)
    return blocks


def _nearest(own: Sequence[Telling], around: Sequence[Telling], matcher: Matcher) -> list[list[Telling]]:
    table = np.stack([matcher.pages[one.report].vectors[one.sentence] for one in around])  # type: ignore[index]
    blocks: list[list[Telling]] = []
    for start in range(0, len(own), 256):
        rows = np.stack([matcher.pages[o.report].vectors[o.sentence] for o in own[start : start + 256]])  # type: ignore[index]
        likeness = rows @ table.T
        for row, one in enumerate(own[start : start + 256]):
            nearest = np.argsort(-likeness[row], kind="stable")[:6]
            blocks += [[one, around[int(at)]] for at in nearest if around[int(at)].id != one.id]
    return blocks


def _overlaps(left: Telling, right: Telling) -> bool:
    return (left.earliest or _OPEN_BEGIN) < (right.latest or _OPEN_END) and (right.earliest or _OPEN_BEGIN) < (
        left.latest or _OPEN_END
    )


def _day(moment: str | None) -> date | None:
    try:
        return date.fromisoformat(moment[:10]) if moment else None
    except ValueError:
        return None


def days_between(left: str | None, right: str | None) -> int | None:
    """Count the days between two moments, None where one is unknown."""
    here, there = _day(left), _day(right)
    return None if here is None or there is None else abs((here - there).days)


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right) if left and right else 0.0


class _Forest:
    """Join tellings into groups, refusing what a pair across two groups forbids."""

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

    def join(self, left: str, right: str) -> None:
        """Join the groups of two heads unless they forbid each other."""
        a, b = sorted((self.find(left), self.find(right)))
        if a == b or self._forbidden(a, b):
            return
        self.root[b] = a
        self.members[a] += self.members.pop(b)
        self.heads[a] = _telling_apart([*self.heads[a], *self.heads.pop(b)])

    def _forbidden(self, a: str, b: str) -> bool:
        return any(
            self.matcher.forbids(one, other) or self.told(one.id, other.id) == "different"
            for one in self.heads[a]
            for other in self.heads[b]
        )

    def groups(self) -> list[list[Telling]]:
        """Give the groups, members by id."""
        return [sorted(self.members[head], key=lambda one: one.id) for head in sorted(self.members)]


def _telling_apart(heads: list[Telling]) -> list[Telling]:
    """Keep of a group's heads those that can forbid something new, a bounded number of them."""
    kept: dict[tuple[object, ...], Telling] = {}
    for one in sorted(heads, key=lambda one: one.id):
        figure = _number(one.figures[0]) if one.kind == "quantity" else None
        key = (one.report, one.sentence) if one.kind == "event" else (figure, one.whom)
        kept.setdefault((*key, one.mode, one.actor, one.recipient), one)
    return list(kept.values())[:64]
