"""Join names that differ only by what kind of house they are, or by the land they are of.

"Agentur Continental" is "Continental News Agency", "Погранслужба" the "Погранслужба Сарвана" - if there is but
one in the case that it can be.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from sayso.entities.clusters import Union, name_keys, near_pairs, node
from sayso.entities.lands import Lands
from sayso.entities.likeness import SAME, Form, names_likeness
from sayso.entities.sightings import Work
from sayso.entities.terms import content_words, terms_of

_GENERIC = frozenset(
    ["agency", "news", "newspaper", "channel", "canal", "radio", "television", "press", "daily", "journal",
     "information", "service", "gazette", "company", "group", "club", "network"]
)  # fmt: skip


class _Cut(NamedTuple):
    form: Form
    kinds: frozenset[str]
    lands: frozenset[str]


def join_cores(work: Work, forms: list[Form], lands: Lands) -> None:
    """Join names of one core: those of one kind or land, and a bare core with the only full name it can be."""
    cores: dict[Form, list[_Cut]] = defaultdict(list)
    for form in forms:
        core, cut = _cut(form, lands, work.sightings[node("name", form[0])].kinds["outlet"] > 0)
        if core is not None:
            cores[core].append(cut)
    groups = Union()
    for _, left, right in near_pairs(cores, name_keys, names_likeness, SAME):
        groups.join("\x1f".join(left), "\x1f".join(right))
    together: dict[str, list[_Cut]] = defaultdict(list)
    for core in sorted(cores):
        together[groups.find("\x1f".join(core))].extend(cores[core])
    for _, cuts in sorted(together.items()):
        if len(cuts) > 1:
            _join(work, sorted(cuts, key=lambda cut: cut.form))


def _join(work: Work, cuts: list[_Cut]) -> None:
    full = [cut for cut in cuts if cut.kinds or cut.lands]
    for left, right in combinations(full[:40], 2):
        other_land = left.lands and right.lands and not left.lands & right.lands
        if (left.kinds & right.kinds or left.lands & right.lands) and not other_land:
            work.union.join(node("name", left.form[0]), node("name", right.form[0]))
    groups = {work.entity(node("name", cut.form[0])) for cut in full}
    if len(groups) == 1:
        for cut in cuts:
            work.union.join(node("name", cut.form[0]), next(iter(groups)))


def _cut(form: Form, lands: Lands, outlet: bool) -> tuple[Form | None, _Cut]:
    """Cut the words for kind and land off a name; no core where nothing telling is left."""
    kept, kinds, named = [], set(), set()
    words = content_words(form[0])[:8]
    for word in words:
        terms = terms_of(word, form[1])
        generic = frozenset().union(*terms) & _GENERIC if terms else frozenset()
        if outlet and generic and len(terms) == 1:
            kinds |= generic
        elif len(words) > 1 and (land := lands.named(word.capitalize(), form[1])):
            named.update(land)
        else:
            kept.append(word)
    parts = [part for word in kept for part in (terms_of(word, form[1]) or (None,))]
    telling = len(parts) > 1 or (parts == [None] and len(kept[0]) > 2)
    core = (" ".join(kept), form[1]) if telling else None
    return core, _Cut(form, frozenset(kinds), frozenset(named))
