"""Compare two tellings field by field: the numbers the matcher weighs.

Each telling is reduced once to what it is compared by: the vector of its sentences, its anchors (entities
by voice, numbers) and its words, both weighed by how rare they are in the case.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import msgspec
import numpy as np

from sayso.accounts import Telling
from sayso.claims.pages import Page, name_keys, things
from sayso.languages import load_rules
from sayso.languages.lexicon import Lexicon, Words, split_words
from sayso.languages.numbers import numbers_in
from sayso.records import Entity, Quantity

NAMES = (
    "bias",
    "cosine",
    "cosine across languages",
    "anchors, Jaccard",
    "anchors, rarest shared",
    "concepts, Jaccard",
    "concepts across languages",
    "words, Jaccard",
    "words, rarest shared",
    "across languages",
    "same type",
    "same mode",
    "unlike types",
    "same source",
    "unlike polarity",
    "times meet",
    "times apart",
    "same place",
    "unlike places",
    "same actor",
    "unlike actors",
    "same recipient",
    "days apart",
    "numbers shared",
    "numbers unlike",
    "unlike modality",
    "one report",
    "both whole contents",
)
"""What each number of a comparison is."""
_STEM = 6
_OPEN_BEGIN, _OPEN_END = "0000", "9999"


@cache
def _people(language: str) -> Lexicon[str]:
    table = load_rules(language, "events").get("actors", {})
    return Lexicon.of((pattern, sector) for sector, patterns in table.items() for pattern in patterns)


class Reduced(msgspec.Struct, frozen=True):
    """Hold what one telling is compared by."""

    vector: np.ndarray | None
    anchors: frozenset[str]
    numbers: frozenset[str]
    concepts: frozenset[str]
    words: frozenset[str]


class Comparer:
    """Compare tellings of one case; rarity is counted over all its tellings."""

    def __init__(
        self, tellings: Sequence[Telling], pages: Mapping[str, Page], entities: Mapping[str, Entity]
    ) -> None:
        self.pages = pages
        self.entities = entities
        self.reduced = {one.id: self._reduce(one) for one in tellings}
        self.frequency: Counter[str] = Counter()
        for one in tellings:
            held = self.reduced[one.id]
            self.frequency.update(held.anchors | held.words | held.concepts)
        total = max(2, len(tellings))
        self.rarity = {
            key: math.log(total / number) / math.log(total) for key, number in self.frequency.items()
        }
        """Weight of an anchor or a word: 0 where all tellings hold it, 1 where one alone does."""

    def voice_of(self, entity: str) -> str:
        """Give the voice an entity speaks with, or the entity itself."""
        known = self.entities.get(entity)
        return known.voice if known and known.voice else entity

    def name(self, entity: str) -> str:
        """Give the name of an entity for a reader, or the words themselves."""
        known = self.entities.get(entity)
        return known.name if known else entity

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether a place is the country (or region) of another."""
        big, small = self.entities.get(outer), self.entities.get(inner)
        if big is None or small is None or not big.country or big.country != small.country:
            return False
        if big.name == small.name or (big.admin1 and big.admin1 == small.admin1):
            return True
        return big.admin1 is None and small.admin1 is not None

    def _reduce(self, one: Telling) -> Reduced:
        page = self.pages[one.report]
        start, end = self._extent(one, page)
        rows = [at for at, (left, right) in enumerate(page.sentences) if left < end and right > start]
        words = split_words(page.report.text, start, end)
        numbers = numbers_in(words, one.language)
        named = {
            self.voice_of(mention.entity)
            for mention in page.annotations.mentions
            if mention.entity and start <= mention.spans[0][0] < end
        }
        spelled = {
            key
            for mention in page.annotations.mentions
            if start <= mention.spans[0][0] < end and not mention.pronominal
            for key in name_keys(mention.text, one.language)
        }
        stems = {f"{one.language}:{form[:_STEM]}" for form in words.forms if len(form) > 3 and form.isalpha()}
        return Reduced(
            vector=_mean(page.vectors, rows),
            anchors=frozenset(named | spelled | {f"#{number}" for number in numbers}),
            numbers=numbers,
            concepts=self._concepts(one, words, start, end),
            words=frozenset(stems),
        )

    def _concepts(self, one: Telling, words: Words, start: int, end: int) -> frozenset[str]:
        """Name in one way for all languages what a telling is about: things, deeds, kinds of people."""
        subjects = {f"~{hit.value}" for hit in things(one.language).find(words)}
        deeds = {
            f"!{event.type}/{event.mode}"
            for event in self.pages[one.report].annotations.events
            if start <= event.trigger.spans[0][0] < end
        }
        people = {f"&{hit.value}" for hit in _people(one.language).find(words)}
        return frozenset(subjects | deeds | people)

    def _extent(self, one: Telling, page: Page) -> tuple[int, int]:
        if one.content or not page.sentences:
            return one.spans[0][0], one.spans[-1][1]
        return page.sentences[min(one.sentence, len(page.sentences) - 1)]

    def features(self, left: Telling, right: Telling) -> list[float]:
        """Compare two tellings: one number for each of `NAMES`."""
        here, there = self.reduced[left.id], self.reduced[right.id]
        across = left.language != right.language
        cosine = (
            float(here.vector @ there.vector) if here.vector is not None and there.vector is not None else 0.0
        )
        anchors, rarest_anchor = self._shared(here.anchors, there.anchors)
        concepts, _ = self._shared(here.concepts, there.concepts)
        words, rarest_word = self._shared(here.words, there.words)
        return [
            1.0, cosine, cosine * across, anchors, rarest_anchor,
            concepts, concepts * across, words, rarest_word, float(across),
            *_types(left, right), self._same_source(left, right), float(left.polarity != right.polarity),
            *_times(left, right), *self._places(left, right), *self._roles(left, right),
            min(days_between(left.published, right.published) or 0, 60) / 10,
            float(bool(here.numbers & there.numbers)),
            float(bool(here.numbers and there.numbers) and not here.numbers & there.numbers),
            float(left.modality != right.modality),
            float(left.report == right.report), float(left.content and right.content),
        ]  # fmt: skip

    def _shared(self, left: frozenset[str], right: frozenset[str]) -> tuple[float, float]:
        """Give the rarity-weighted Jaccard overlap of two sets, and the rarity of the rarest they share."""
        shared = [self.rarity[key] for key in sorted(left & right)]
        if not shared:
            return 0.0, 0.0
        common = math.fsum(shared)
        whole = math.fsum(self.rarity[key] for key in left | right)
        return common / max(whole, 1e-6), max(shared)

    def _same_source(self, left: Telling, right: Telling) -> float:
        named = left.root == right.root == "named"
        return float(named and self.voice_of(left.root_key) == self.voice_of(right.root_key))

    def _places(self, left: Telling, right: Telling) -> tuple[float, float]:
        if not left.place or not right.place:
            return 0.0, 0.0
        if left.place == right.place:
            return (1.0 if left.place_here and right.place_here else 0.5), 0.0
        if self.contains(left.place, right.place) or self.contains(right.place, left.place):
            return 0.2, 0.0
        return 0.0, 1.0 if left.place_here and right.place_here else 0.3

    def _roles(self, left: Telling, right: Telling) -> tuple[float, float, float]:
        same = bool(left.actor and right.actor) and self.voice_of(left.actor or "") == self.voice_of(
            right.actor or ""
        )
        unlike = bool(left.actor and right.actor) and not same
        met = bool(left.recipient) and left.recipient == right.recipient
        return (
            float(same or (bool(left.actor_words) and left.actor_words == right.actor_words)),
            float(unlike),
            float(met),
        )


def _mean(table: np.ndarray | None, rows: Sequence[int]) -> np.ndarray | None:
    if table is None or not rows:
        return None
    mean = table[list(rows)].mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6))


def _types(left: Telling, right: Telling) -> tuple[float, float, float]:
    if not left.type or not right.type:
        return 0.0, 0.0, 0.0
    same = left.type == right.type
    return float(same), float(same and left.mode == right.mode and left.mode is not None), float(not same)


def _times(left: Telling, right: Telling) -> tuple[float, float]:
    if not (left.earliest or left.latest) or not (right.earliest or right.latest):
        return 0.0, 0.0
    weight = 1.0 if left.time_here and right.time_here else 0.3
    meet = (left.earliest or _OPEN_BEGIN) < (right.latest or _OPEN_END) and (
        right.earliest or _OPEN_BEGIN
    ) < (left.latest or _OPEN_END)
    return (weight, 0.0) if meet else (0.0, weight)


def day_of(moment: str | None) -> date | None:
    """Read the day of an ISO moment, or None."""
    try:
        return date.fromisoformat(moment[:10]) if moment else None
    except ValueError:
        return None


def days_between(left: str | None, right: str | None) -> int | None:
    """Count the days between two moments, None where one is unknown."""
    here, there = day_of(left), day_of(right)
    return None if here is None or there is None else abs((here - there).days)


def number_of(figure: Quantity) -> float | None:
    """Give the number a figure was told with."""
    return figure.high if figure.low is None else figure.low


def same_figure(left: Quantity, right: Quantity) -> bool:
    """Say whether two figures may be one: the same number, or one within a tenth of an approximate other.

    >>> same_figure(Quantity(what="killed", low=16, high=16), Quantity(what="killed", low=164, high=164))
    False
    """
    here, there = number_of(left), number_of(right)
    if here == there:
        return True
    vague = left.mod == "APPROX" or right.mod == "APPROX"
    return bool(vague and here and there and abs(here - there) <= 0.1 * max(here, there))
