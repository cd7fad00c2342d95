"""Gather the ways a name is written into names, without comparing every pair.

Forms meet in a block only where a consonant skeleton of their deciding words agrees; inside a block they
are compared by sound. The result does not depend on the order of the forms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import product

from sayso.entities.names import same_word, skeletons

Form = tuple[str, str]
"""A folded name and the language of the report it stands in."""

_MOST_KEYS = 16
_MOST_IN_BLOCK = 200
"""Forms of one block that are compared with each other; beyond, only with the first ones (sorted)."""

_PATRONYMIC = ("вич", "вна", "ична", "witsch", "vich", "wna", "vna", "ovic")


class Union:
    """Join things into groups; each group is known by its smallest member."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def find(self, thing: Hashable) -> Hashable:
        """Give the member that stands for a thing's group."""
        root = thing
        while (above := self._parent.get(root, root)) != root:
            root = above
        while self._parent.get(thing, thing) != root:
            self._parent[thing], thing = root, self._parent[thing]
        return root

    def join(self, left: Hashable, right: Hashable) -> None:
        """Make two groups one."""
        a, b = self.find(left), self.find(right)
        if a != b:
            low, high = sorted((a, b))  # type: ignore[type-var]
            self._parent[high] = low


def cluster_names(forms: Iterable[Form]) -> dict[Form, Form]:
    """Group forms of names that are no persons: all words must agree, in any order of script or spelling."""
    return _cluster(forms, _all_word_keys, _words_agree)


def cluster_persons(forms: Iterable[Form]) -> dict[Form, Form]:
    """Group full names of persons: surname and given name (or its initial) must agree; patronymics may miss."""
    return _cluster(forms, _person_keys, _persons_agree)


def given_and_surname(folded: str) -> tuple[str, str]:
    """Part a folded full name into given name and surname, whichever comes first where a patronymic tells.

    >>> given_and_surname("касым жомарт токаев"), given_and_surname("лавров сергей викторович")
    (('касым', 'токаев'), ('сергей', 'лавров'))
    """
    words = folded.split()
    if len(words) == 3 and words[2].endswith(_PATRONYMIC):
        return words[1], words[0]
    return words[0], words[-1]


def _cluster(forms: Iterable[Form], keys_of, agree) -> dict[Form, Form]:  # type: ignore[no-untyped-def]
    ordered = sorted(set(forms))
    blocks: dict[Hashable, list[Form]] = defaultdict(list)
    union = Union()
    for form in ordered:
        for key in keys_of(form):
            for other in blocks[key][:_MOST_IN_BLOCK]:
                if union.find(other) != union.find(form) and agree(form, other):
                    union.join(form, other)
            blocks[key].append(form)
    return {form: union.find(form) for form in ordered}  # type: ignore[misc]


def _all_word_keys(form: Form) -> set[Hashable]:
    folded, language = form
    words = folded.split()[:8]
    choices: Sequence[frozenset[str]] = [skeletons(word, language) for word in words]
    keys: set[Hashable] = set()
    for combination in product(*(sorted(choice) for choice in choices)):
        keys.add(combination)
        if len(keys) >= _MOST_KEYS:
            break
    return keys


def _words_agree(left: Form, right: Form) -> bool:
    mine, theirs = left[0].split(), right[0].split()
    if len(mine) != len(theirs):
        return False
    return all(same_word(a, b, left[1], right[1]) for a, b in zip(mine, theirs, strict=True))


def _person_keys(form: Form) -> set[Hashable]:
    given, surname = given_and_surname(form[0])
    initials = {key[:1] for key in skeletons(given, form[1])}
    return {(initial, key) for key in skeletons(surname, form[1]) for initial in initials}


def _persons_agree(left: Form, right: Form) -> bool:
    (given, surname), (other_given, other_surname) = given_and_surname(left[0]), given_and_surname(right[0])
    if not same_word(surname, other_surname, left[1], right[1]):
        return False
    if len(given) == 1 or len(other_given) == 1:
        return True  # an initial: the block has compared it
    return same_word(given, other_given, left[1], right[1])
