"""Gather the ways a name is written into names, without comparing every pair.

Forms meet in a block only where a consonant skeleton of their deciding words agrees, or what their words
mean; inside a block they are compared. Pairs are joined best first, so that the result does not depend on
the order of the forms, and never against a judgement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from itertools import combinations, product

from sayso.entities.likeness import (
    SAME,
    Form,
    Likeness,
    given_rows,
    names_likeness,
    parts_of,
    person_words,
    persons_likeness,
)
from sayso.entities.names import mixes_scripts, skeletons
from sayso.entities.terms import content_words
from sayso.records import identify

_MOST_KEYS = 16
_MOST_IN_BLOCK = 40
"""Forms of one block that each form is compared with; more share a skeleton only by accident."""


def node(kind: str, content: str) -> str:
    """Give the id of what is told apart: a name as folded, a place of the gazetteer, a known outlet."""
    return identify("ent", kind, content)


class Union:
    """Join nodes into groups known by their smallest member; what was judged different stays apart."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def find(self, thing: str) -> str:
        """Give the member that stands for a node's group."""
        root = thing
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(thing, thing)) != root:
            self._parent[thing], thing = root, above
        return root

    def join(self, left: str, right: str) -> bool:
        """Make two groups one, unless something in them was judged different; tell whether they are one."""
        a, b = self.find(left), self.find(right)
        if a == b:
            return True
        if b in self._apart.get(a, ()):
            return False
        low, high = min(a, b), max(a, b)
        self._parent[high] = low
        for other in self._apart.pop(high, set()):
            self._apart[other].discard(high)
            self._apart[other].add(low)
            self._apart[low].add(other)
        return True

    def keep_apart(self, left: str, right: str) -> bool:
        """Forbid that two groups become one; tell whether they still were two."""
        a, b = self.find(left), self.find(right)
        if a == b:
            return False
        self._apart[a].add(b)
        self._apart[b].add(a)
        return True


def cluster_names(kind: str, forms: Iterable[Form], union: Union) -> None:
    """Join forms of names that are no persons': all words agree, in any script, spelling or translation."""
    _cluster(kind, forms, name_keys, names_likeness, union)


def cluster_persons(forms: Iterable[Form], union: Union) -> None:
    """Join full names of persons; a name with an initial joins the one name it fits, or none."""
    ordered = sorted(set(forms))
    spelled_out = [form for form in ordered if not _has_initial(form)]
    short = [form for form in ordered if _has_initial(form)]
    _cluster("person", spelled_out, person_keys, persons_likeness, union)
    blocks = _blocks(spelled_out, person_keys)
    for form in short:
        fitting = {
            union.find(node("person", other[0]))
            for key in person_keys(form)
            for other in blocks.get(key, ())
            if persons_likeness(form, other).score >= SAME
        }
        if len(fitting) == 1:
            union.join(node("person", form[0]), fitting.pop())
    _cluster("person", short, person_keys, persons_likeness, union)


def _has_initial(form: Form) -> bool:
    return any(len(word) == 1 for word in person_words(*form))


def _blocks(forms: Iterable[Form], keys_of: Callable[[Form], set[Hashable]]) -> dict[Hashable, list[Form]]:
    blocks: dict[Hashable, list[Form]] = defaultdict(list)
    for form in forms:
        for key in keys_of(form):
            blocks[key].append(form)
    return blocks


def near_pairs(
    forms: Iterable[Form],
    keys_of: Callable[[Form], set[Hashable]],
    likeness: Callable[[Form, Form], Likeness],
    least: float,
) -> list[tuple[Likeness, Form, Form]]:
    """Give the pairs of forms that share a block and are as like as `least`, best first."""
    ordered = sorted({form for form in forms if not mixes_scripts(form[0])})
    seen: set[tuple[Form, Form]] = set()
    found = []
    for _, block in sorted(_blocks(ordered, keys_of).items(), key=lambda item: repr(item[0])):
        for place, form in enumerate(block):
            for other in block[place + 1 : place + 1 + _MOST_IN_BLOCK]:
                if (form, other) not in seen:
                    seen.add((form, other))
                    if (like := likeness(form, other)).score >= least:
                        found.append((like, form, other))
    return sorted(found, key=lambda item: (-item[0].score, item[1], item[2]))


def _cluster(
    kind: str,
    forms: Iterable[Form],
    keys_of: Callable[[Form], set[Hashable]],
    likeness: Callable[[Form, Form], Likeness],
    union: Union,
) -> None:
    for _, form, other in near_pairs(forms, keys_of, likeness, SAME):
        union.join(node(kind, form[0]), node(kind, other[0]))


def name_keys(form: Form) -> set[Hashable]:
    """Give the blocks of a name: its words' skeletons in order, and what its words mean in any order."""
    words = content_words(form[0])[:8]
    keys: set[Hashable] = {("words", *one) for one in _choices([skeletons(w, form[1]) for w in words])}
    parts = parts_of(words, form[1])
    if len(parts) > 1 and any(isinstance(part, frozenset) for part in parts):
        meanings = [part if isinstance(part, frozenset) else skeletons(part, form[1]) for part in parts]
        keys |= {("terms", *sorted(one)) for one in _choices(meanings)}
    return keys


def person_keys(form: Form) -> set[Hashable]:
    """Give the blocks of a person's full name: the skeleton of its surname, of either end, with what is given.

    A given name counts by the first letter of its skeleton, and by the row of its equivalents.
    """
    words = person_words(*form)
    keys: set[Hashable] = set()
    for place in {0, len(words) - 1} if len(words) > 1 else ():
        given = [word for at, word in enumerate(words) if at != place]
        firsts = {key[:1] for word in given for key in skeletons(word, form[1])}
        rows = {row for word in given for row in given_rows(word)}
        if len(words[place]) > 1:
            keys |= {
                ("person", key, one) for key in skeletons(words[place], form[1]) for one in firsts | rows
            }
    return keys


def _choices(choices: list[frozenset[str]]) -> Iterable[tuple[str, ...]]:
    for number, combination in enumerate(product(*(sorted(choice) for choice in choices))):
        if number >= _MOST_KEYS:
            return
        yield combination


def all_pairs(things: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Give each pair of a few things once, in order."""
    return combinations(sorted(set(things)), 2)
