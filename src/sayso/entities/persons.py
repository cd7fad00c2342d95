"""Resolve persons: full names meet across reports; a surname alone is the person of its report who bears it.

Two persons of one name stay two where their roles say so: of other lands and in other offices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from sayso.entities.bodies import Bodies
from sayso.entities.clusters import cluster_names, cluster_persons, node
from sayso.entities.known import find_body
from sayso.entities.lands import Lands
from sayso.entities.likeness import Form, person_words
from sayso.entities.names import fold, same_word, skeletons
from sayso.entities.sightings import Work
from sayso.languages import base_language
from sayso.records import Annotations, Mention, Report

_FAR_MORE = 8


class _Alone(NamedTuple):
    mention: Mention
    report: Report
    form: Form


def resolve_persons(work: Work, bodies: Bodies) -> None:
    """Give every mention of a person its node."""
    lands = bodies.lands
    full: dict[str, Form] = {}
    alone: list[_Alone] = []
    for report, annotations in work.readings:
        _sort_report(work, report, annotations, full, alone)
    cluster_persons(full.values(), work.union)
    suffix = _namesakes(work, lands, full)
    for mention, report, language in work.mentions("person", "place"):
        if mention.id in full:
            form = full[mention.id]
            _see(
                work,
                bodies,
                mention,
                report,
                _person_node(work, form, suffix.get((report.id, form), "")),
                language,
            )
    _resolve_alone(work, bodies, alone, full)


def _sort_report(
    work: Work, report: Report, annotations: Annotations, full: dict[str, Form], alone: list[_Alone]
) -> None:
    """Part a report's persons into full names and names alone; give those alone to a full name before them."""
    language = base_language(report.language)
    bearers: dict[str, list[tuple[int, Form]]] = defaultdict(list)
    persons = [m for m in annotations.mentions if m.kind == "person" and not m.pronominal and fold(m.text)]
    for mention in persons:
        form = (fold(mention.text), language)
        words = person_words(*form)
        if len(words) > 1:
            full[mention.id] = form
            for place, word in enumerate(reversed(words)):
                for key in skeletons(word, language):
                    bearers[key].append((place, form))
    for mention in annotations.mentions:
        if mention.id in full or mention.pronominal or mention.kind not in ("person", "place"):
            continue
        form = (fold(mention.text), language)
        meant = _bearer(person_words(*form), language, bearers) if form[0] else None
        if meant and (mention.kind == "person" or _is_no_place(work, mention)):
            full[mention.id] = meant
        elif form[0] and mention.kind == "person":
            alone.append(_Alone(mention, report, form))


def _is_no_place(work: Work, mention: Mention) -> bool:
    """Tell whether a name read as a place is none the gazetteer has: it may be a person's of the report."""
    return work.sightings[work.mention_nodes.get(mention.id, "")].place is None


def _bearer(words: tuple[str, ...], language: str, bearers: dict[str, list[tuple[int, Form]]]) -> Form | None:
    """Give the full name of the same report that a single name stands for, one borne as surname first."""
    if not words:
        return None
    found = sorted(
        {
            (min(place, 1), order, form)
            for key in skeletons(words[-1], language)
            for order, (place, form) in enumerate(bearers.get(key, ()))
            if same_word(words[-1], person_words(*form)[-1 - place], language, form[1])
        }
    )
    return found[0][2] if found else None


def _person_node(work: Work, form: Form, suffix: str) -> str:
    return node("person", form[0] + suffix) if suffix else node("person", form[0])


def _see(work: Work, bodies: Bodies, mention: Mention, report: Report, seen: str, language: str) -> None:
    sighting = work.see(mention, seen, language)
    if mention.role:
        sighting.roles[mention.role.text] += 1
        named = bodies.lands.named(mention.role.text, language)
        if named:
            sighting.lands[named[-1]] += 3
        elif body := find_body(mention.role.text, language):
            sighting.lands[bodies.usual_land(report.id, body)] += 1
        if house := bodies.house_in(mention, mention.role, report):
            sighting.houses[house] += 1


def _namesakes(work: Work, lands: Lands, full: dict[str, Form]) -> dict[tuple[str, Form], str]:
    """Find reports in which a name belongs to somebody else: of another land, in another office.

    Gives for (report, form) what sets the lesser namesakes' nodes apart; the one met most keeps the name.
    """
    profiles: dict[str, dict[tuple[str, Form], tuple[str, str]]] = defaultdict(dict)
    for mention, report, language in work.mentions("person"):
        if mention.id in full and mention.role:
            named = set(lands.named(mention.role.text, language))
            body = find_body(mention.role.text, language)
            if len(named) == 1 and body:
                group = work.entity(node("person", full[mention.id][0]))
                profiles[group].setdefault((report.id, full[mention.id]), (named.pop(), body.key))
    suffixes = {}
    for _, seen in sorted(profiles.items()):
        counted = Counter(seen.values())
        first = min(counted, key=lambda profile: (-counted[profile], profile))
        for where, profile in seen.items():
            if profile[0] != first[0] and profile[1] != first[1]:
                suffixes[where] = f" ({profile[1]}, {profile[0]})"
    return suffixes


def _resolve_alone(work: Work, bodies: Bodies, alone: list[_Alone], full: dict[str, Form]) -> None:
    """Give a surname that stands alone in its report to the one person of the case who bears it."""
    known: dict[str, set[Form]] = defaultdict(set)
    for form in sorted(set(full.values())):
        for key in skeletons(person_words(*form)[-1], form[1]):
            known[key].add(form)
    prominence = Counter(work.entity(node("person", form[0])) for form in full.values())
    cluster_names("surname", {one.form for one in alone}, work.union)
    for one in alone:
        surname = person_words(*one.form)[-1] if person_words(*one.form) else one.form[0]
        bearers = {
            work.entity(node("person", form[0])): form
            for key in sorted(skeletons(surname, one.form[1]))
            for form in sorted(known.get(key, ()))
            if same_word(surname, person_words(*form)[-1], one.form[1], form[1])
        }
        meant = _foremost(bearers, prominence)
        seen = node("person", meant[0]) if meant else node("surname", one.form[0])
        _see(work, bodies, one.mention, one.report, seen, one.form[1])


def _foremost(bearers: dict[str, Form], prominence: Counter[str]) -> Form | None:
    """Give the only bearer of a surname, or the one the case names far more often than all others together."""
    ranked = sorted(bearers, key=lambda person: (-prominence[person], person))
    if not ranked:
        return None
    others = sum(prominence[person] for person in ranked[1:])
    return bearers[ranked[0]] if not others or prominence[ranked[0]] >= _FAR_MORE * others else None
