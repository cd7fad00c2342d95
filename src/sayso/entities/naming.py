"""Resolve all other names: organisations, outlets, groups, products, named events.

What the world knows goes by its key, what the case alone knows by its name: words that agree by sound or by
meaning, short forms of a longer name in the same report, acronyms with the long form beside them.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

from sayso.entities.clusters import cluster_names, node
from sayso.entities.cores import join_cores
from sayso.entities.known import find_organisation, find_outlet_by_name, fold_name, spell_acronym
from sayso.entities.lands import Lands
from sayso.entities.likeness import Form
from sayso.entities.names import same_word
from sayso.entities.outlets import see_known
from sayso.entities.sightings import Work
from sayso.records import Annotations, Mention, Report

KINDS = ("organisation", "outlet", "group", "product", "event_name")

_ACRONYM = re.compile(r"[A-ZА-ЯЁÄÖÜ][A-Za-zА-Яа-яё]?[A-ZА-ЯЁÄÖÜ0-9-]{1,7}")
_LONGEST_ACRONYM = 5
_BRACKET = re.compile(r"\s*[„“\"«]?\s*\(\s*[„“\"«]?")


def resolve_known(work: Work, outlet_forms: list[Form]) -> list[Form]:
    """Give nodes to mentions of outlets and organisations the world knows; those of the case go first.

    Gives the forms of the case's outlets with those they have in texts.
    """
    own = {form[0] for form in outlet_forms}
    forms = set(outlet_forms)
    for mention, _, language in work.mentions("organisation", "outlet", "group", "place"):
        folded = fold_name(mention.text)
        if mention.kind == "place":
            if mention.id not in work.mention_nodes and (seen := known_node(work, mention.text, language)):
                work.see(mention, seen, language)
        elif folded in own:
            work.see(mention, node("name", folded), language)
            forms.add((folded, language))
        elif seen := known_node(work, mention.text, language, mention.kind):
            work.see(mention, seen, language)
    return sorted(forms)


def known_node(work: Work, name: str, language: str, kind: str = "organisation") -> str | None:
    """Give the node of an outlet or organisation the world knows by this name, or None."""
    if outlet := find_outlet_by_name(name, kind == "outlet"):
        return see_known(work, outlet)
    if organisation := find_organisation(name, language):
        seen = node("organisation", organisation[0])
        work.sightings[seen].known_name = organisation[1]
        return seen
    return None


def resolve_names(work: Work, outlet_forms: list[Form], lands: Lands) -> None:
    """Give nodes to all mentions of names that have none yet, and join the names that are one."""
    forms = set(outlet_forms)
    for mention, _, language in work.mentions(*KINDS):
        form = name_form(mention.text, language)
        if mention.id in work.mention_nodes or not form[0]:
            continue
        work.see(mention, node("name", form[0]), language)
        forms.add(form)
    cluster_names("name", forms, work.union)
    join_cores(work, sorted(forms), lands)
    _join_initials(work, outlet_forms, sorted(forms))
    for report, annotations in work.readings:
        _join_short_forms(work, report, annotations)
    _join_acronyms(work)


def name_form(name: str, language: str) -> Form:
    """Give the form a name is compared in: folded, without article, spelled-out letters as an acronym.

    >>> name_form("der Си-эн-эн", "ru")
    ('cnn', 'und')
    """
    folded = fold_name(name)
    spelled = spell_acronym(folded)
    return (spelled, "und") if spelled else (folded, language)


def _named(work: Work, annotations: Annotations) -> list[Mention]:
    return [
        m for m in annotations.mentions if m.kind in KINDS and not m.pronominal and m.id in work.mention_nodes
    ]


def _join_initials(work: Work, outlet_forms: list[Form], forms: list[Form]) -> None:
    """Join an acronym, or the last word, to the one outlet of the case whose name it shortens."""
    long_names = [folded for folded, _ in outlet_forms if len(folded.split()) > 1]
    by_letter: dict[str, list[str]] = defaultdict(list)
    for name in long_names:
        for letter in {name[0], name.split()[-1][0]}:
            by_letter[letter].append(name)
    for folded, _ in forms:
        if len(folded) < 3 or " " in folded or not work.sightings[node("name", folded)].kinds["outlet"]:
            continue
        fitting = (name for name in by_letter[folded[0]] if shortens(folded, name))
        groups = {work.entity(node("name", name)) for name in fitting}
        if len(groups) == 1:
            work.union.join(node("name", folded), next(iter(groups)))


def shortens(short: str, name: str) -> bool:
    """Tell whether a word is an acronym of a folded name, or its last word.

    Every word gives its first letter; the parts of a compound may give theirs between them.

    >>> shortens("mla", "mittelland agentur"), shortens("ledger", "harbour ledger")
    (True, True)
    >>> shortens("mlb", "mittelland agentur")
    False
    """
    words = name.split()
    if short == words[-1]:
        return True
    if len(short) > _LONGEST_ACRONYM or short[0] != words[0][0]:
        return False
    initials = ".*".join(re.escape(word[0]) for word in words)
    letters = re.compile(".*".join(map(re.escape, short)))
    return bool(re.fullmatch(f"{initials}.*", short)) and letters.match("".join(words)) is not None


def _join_short_forms(work: Work, report: Report, annotations: Annotations) -> None:
    """Join a name to the one longer name of the same report that begins with it ("Dinamo" - "Dinamo Kardag")."""
    language = report.language.partition("-")[0]
    by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    names = {m.id: tuple(fold_name(m.text).split()) for m in _named(work, annotations)}
    for words in names.values():
        if len(words) > 1:
            by_first[words[0][:3]].add(words)
    nodes = {words: work.mention_nodes[mention] for mention, words in names.items()}
    for words in sorted({words for words in names.values() if words}):
        longer = [
            other
            for other in sorted(by_first.get(words[0][:3], ()))
            if len(other) > len(words)
            and all(same_word(a, b, language, language) for a, b in zip(words, other, strict=False))
        ]
        groups = {work.entity(nodes[other]) for other in longer}
        own = work.sightings[nodes[words]]
        if len(groups) == 1 and own.body is None and own.known_name is None and len(words[0]) > 3:
            work.union.join(nodes[words], groups.pop())


def _join_acronyms(work: Work) -> None:
    """Join an acronym and the long form it stands beside in brackets, if it has but one long form in the case."""
    meant: dict[str, set[str]] = defaultdict(set)
    for report, annotations in work.readings:
        named = sorted(_named(work, annotations), key=lambda m: m.spans)
        for left, right in itertools.pairwise(named):
            gap = report.text[left.spans[-1][1] : right.spans[0][0]]
            if len(gap) > 6 or not _BRACKET.fullmatch(gap):
                continue
            short, long_ = (left, right) if _ACRONYM.fullmatch(left.text) else (right, left)
            if _ACRONYM.fullmatch(short.text) and len(fold_name(long_.text).split()) > 1:
                meant[work.entity(work.mention_nodes[short.id])].add(
                    work.entity(work.mention_nodes[long_.id])
                )
    for short_node, long_nodes in sorted(meant.items()):
        groups = {work.entity(one) for one in long_nodes}
        if len(groups) == 1:
            work.union.join(short_node, groups.pop())
