"""List the pairs of entities that are worth a look: nearly one, or one on thin grounds; best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

import msgspec

from sayso.entities.clusters import name_keys, near_pairs
from sayso.entities.known import fold_name
from sayso.entities.likeness import (
    DOUBTFUL,
    SAME,
    Form,
    Likeness,
    names_likeness,
    person_words,
    persons_likeness,
)
from sayso.entities.names import fold, mixes_scripts, skeletons
from sayso.languages import base_language
from sayso.records import Entity, Judgement

_LOOK_ALIKES = str.maketrans("аеорсухіАЕОРСУХІВНКМТ", "aeopcyxiAEOPCYXIBHKMT")
_CLEAR = 0.9
_MOST_ALIASES = 12


class Doubt(msgspec.Struct, frozen=True):
    """Hold two entities that may be one, or one entity that may be two; `score` is how like the names are."""

    left: str
    right: str
    left_name: str
    right_name: str
    merged: bool
    score: float
    reason: str


def find_doubts(entities: Sequence[Entity], judgements: Iterable[Judgement] = ()) -> list[Doubt]:
    """Give the pairs worth a look, those nearest to the threshold first; judged pairs are left out."""
    judged = {
        frozenset((j.target, j.other))
        for j in judgements
        if j.verdict in ("same", "different") and j.other and j.withdrawn is None
    }
    doubts = [*_merged_thinly(entities), *_kept_apart(entities), *_look_alikes(entities)]
    open_ones = [d for d in doubts if d.merged or frozenset((d.left, d.right)) not in judged]
    return sorted(open_ones, key=lambda d: (abs(d.score - SAME), d.left, d.right, d.left_name, d.right_name))


def _forms(entity: Entity) -> set[Form]:
    folding = fold if entity.kind == "person" else fold_name
    found = {(folding(alias.text), base_language(alias.language)) for alias in entity.aliases[:_MOST_ALIASES]}
    return {form for form in found if form[0]}


def _merged_thinly(entities: Iterable[Entity]) -> Iterable[Doubt]:
    """Give entities two of whose names were joined although they are not clearly one."""
    for entity in entities:
        if entity.kind == "place" and entity.geonames:
            continue
        likeness = persons_likeness if entity.kind == "person" else names_likeness
        forms = sorted(form for form in _forms(entity) if entity.kind != "person" or len(form[0].split()) > 1)
        found = [(likeness(a, b), a, b) for i, a in enumerate(forms) for b in forms[i + 1 :]]
        weakest = min(found, key=lambda item: (item[0].score, item[1], item[2]), default=None)
        if weakest and SAME <= weakest[0].score < _CLEAR:
            like, a, b = weakest
            yield Doubt(entity.id, entity.id, a[0], b[0], True, round(like.score, 3), like.reason)


def _kept_apart(entities: Sequence[Entity]) -> Iterable[Doubt]:
    persons = [e for e in entities if e.kind == "person"]
    others = [e for e in entities if e.kind != "person" and e.geonames is None]
    yield from _pairs(persons, _keys_of_person, _like_persons)
    yield from _pairs(others, name_keys, names_likeness)


def _pairs(entities: Sequence[Entity], keys_of, likeness) -> Iterable[Doubt]:
    owners: dict[Form, set[str]] = defaultdict(set)
    for entity in entities:
        for form in _forms(entity):
            owners[form].add(entity.id)
    names = {entity.id: entity.name for entity in entities}
    best: dict[tuple[str, str], Likeness] = {}
    shared = [(Likeness(1.0, "the same name"), form, form) for form, own in owners.items() if len(own) > 1]
    for like, left, right in [*near_pairs(owners, keys_of, likeness, DOUBTFUL), *shared]:
        for a in owners[left]:
            for b in owners[right]:
                pair = (min(a, b), max(a, b))
                if a != b and like.score > best.get(pair, Likeness(0.0, "")).score:
                    best[pair] = like
    for (a, b), like in sorted(best.items()):
        yield Doubt(a, b, names[a], names[b], False, round(like.score, 3), like.reason)


def _keys_of_person(form: Form) -> set[Hashable]:
    words = person_words(*form)
    return {("person", key) for word in {*words[:1], *words[-1:]} for key in skeletons(word, form[1])}


def _like_persons(left: Form, right: Form) -> Likeness:
    mine, theirs = person_words(*left), person_words(*right)
    if not mine or not theirs or min(len(mine), len(theirs)) > 1:
        return persons_likeness(left, right)
    surname = names_likeness((mine[-1], left[1]), (theirs[-1], right[1]))
    return (
        Likeness(min(0.75, surname.score), "of one only the surname is known")
        if surname.score >= SAME
        else surname
    )


def _look_alikes(entities: Iterable[Entity]) -> Iterable[Doubt]:
    """Give names that mix Latin and Cyrillic letters beside those they look like."""
    listed = list(entities)
    looks: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entity in listed:
        for alias in entity.aliases:
            looks[fold(alias.text.translate(_LOOK_ALIKES))].add((entity.id, alias.text))
    for entity in listed:
        for alias in entity.aliases:
            if mixes_scripts(alias.text):
                for other, text in sorted(looks[fold(alias.text.translate(_LOOK_ALIKES))]):
                    if other != entity.id:
                        reason = "mixes Latin and Cyrillic letters to look like the other"
                        yield Doubt(entity.id, other, alias.text, text, False, SAME, reason)
