"""Find counts and sums: how many of whom, with bounds, and what became of them.

Steps, each on the words of one sentence:
1. read every number, its bound ("at least") and its range ("zwei bis vier");
2. find the noun it counts, and drop what is no count (dates, measures, scores, telephone numbers);
3. decide what is counted: by the noun itself ("Tote"), else by the nearest cue of the clause ("were killed");
4. inherit along "of them" and "including".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from sayso.annotations.quantity_rules import QuantityRules, load_quantity_rules
from sayso.languages.lexicon import Lexicon, Match, Words, split_words
from sayso.languages.numbers import Number, read_number
from sayso.records import QuantityKind, QuantityMod, Span

NOUN_REACH = 5
"""Words between a number and its noun: "16 schwer verletzte junge Männer"."""
_PEOPLE_FATES = ("killed", "injured", "detained", "missing", "displaced")
_MARKS = frozenset(".;:!?()[]–—\"„“”«»,-/'")
_QUOTES = frozenset('"„“”«»')


class FoundQuantity(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one count as found in prose; `low` or `high` is null where open.

    `for_whom` is the class of people counted (people, civilians, security, children ...), `scope` says
    whether the words call it a total or an addition.
    """

    start: int
    end: int
    what: QuantityKind
    low: float | None
    high: float | None
    mod: QuantityMod | None = None
    unit: str | None = None
    noun_span: Span | None = None
    for_whom: str | None = None
    scope: str | None = None
    part_of: int | None = None
    """Index of the count this one is a part of ("darunter 19 Polizisten")."""


def find_quantities(prose: str, sentences: Sequence[Span], language: str) -> list[FoundQuantity]:
    """Find every count and sum in prose, in order; linear in its length."""
    rules = load_quantity_rules(language)
    found: list[FoundQuantity] = []
    for start, end in sentences:
        words = split_words(prose, start, end)
        found += _Sentence(words, rules).quantities(len(found))
    return found


@dataclass(frozen=True, slots=True)
class _Noun:
    first: int
    last: int
    group: str | None = None
    kind: QuantityKind | None = None
    unit: str | None = None


class _Sentence:
    """Read the counts of one sentence."""

    def __init__(self, words: Words, rules: QuantityRules) -> None:
        self.words = words
        self.rules = rules
        self.cues = rules.what.find(words) if words.forms else []

    def quantities(self, offset: int) -> list[FoundQuantity]:
        """List the counts; indices of `part_of` begin at `offset`."""
        numbers = self._numbers()
        found: list[FoundQuantity] = []
        for number in numbers:
            if quantity := self._quantity(number, numbers, found, offset):
                found.append(quantity)
        return found

    def _numbers(self) -> list[Number]:
        found: list[Number] = []
        index = 0
        while index < len(self.words):
            number = read_number(self.words, index, self.rules.grammar)
            if number is None:
                index += 1
                continue
            number = self._as_range(number) or number
            if not self._rises_from(number):
                found.append(number)
            index = number.last + 1
        return found

    def _rises_from(self, number: Number) -> bool:
        before = self.words.forms[number.first - 1] if number.first else ""
        return before in self.rules.rise_from and self._rises_to(number)

    def _as_range(self, number: Number) -> Number | None:
        join = number.last + 1
        forms = self.words.forms
        if (
            number.weak
            or join + 1 >= len(forms)
            or forms[join] not in self.rules.joins
            or self._rises_to(number)
        ):
            return None
        before = forms[number.first - 1] if number.first else ""
        if forms[join] in {"und", "and", "и"} and before not in self.rules.between:
            return None
        upper = read_number(self.words, join + 1, self.rules.grammar)
        if upper is None or upper.low is None or upper.weak or upper.vague != number.vague:
            return None
        factor = _shared_factor(number, upper)
        if number.low * factor >= upper.low:
            return None
        return replace(number, last=upper.last, low=number.low * factor, high=upper.high)

    def _quantity(
        self, number: Number, numbers: list[Number], found: list[FoundQuantity], offset: int
    ) -> FoundQuantity | None:
        if self._is_no_count(number):
            return None
        noun, subset = self._noun_of(number)
        beside = noun is not None and noun.first == number.last + 1 and noun.group != "objects"
        if self._is_bare_year(number) and not beside:
            return None
        part_of = self._whole_of(number, found)
        if noun is None and (self._is_measured(number) or (number.weak and part_of is None)):
            return None
        what = self._what(number, noun, subset, numbers)
        if what is None and part_of is not None:
            what = found[part_of].what
        if what is None or (number.weak and what not in _PEOPLE_FATES):
            return None
        whole = None if part_of is None else offset + part_of
        return self._write(number, noun, what, whole)

    def _is_no_count(self, number: Number) -> bool:
        forms, first, last = self.words.forms, number.first, number.last
        before = forms[first - 1] if first else ""
        after = forms[last + 1] if last + 1 < len(forms) else ""
        if before and self._ends_before(self.rules.not_before, first):
            return True
        if after in {":", "/", "\\", "*", "°"} or before in {":", "/", "§", "№", "#", "+", "*"}:
            return self._is_digit(last + 2) or before in {"§", "№", "#", "+"} or self._is_digit(first - 2)
        if after in {"-", "–"} and self._touches(last):
            return True
        return (
            after == "."
            and last + 2 < len(forms)
            and forms[last][0].isdecimal()
            and not self._is_money(first - 1)
        )

    def _is_digit(self, index: int) -> bool:
        return 0 <= index < len(self.words) and self.words.forms[index][0].isdecimal()

    def _touches(self, index: int) -> bool:
        return self.words.starts[index + 1] == self.words.ends[index]

    def _is_money(self, index: int) -> bool:
        return 0 <= index < len(self.words) and bool(self.rules.money.at(self.words, index))

    def _ends_before(self, lexicon: Lexicon[Any], index: int) -> Match[Any] | None:
        for start in range(max(0, index - 4), index):
            for match in lexicon.at(self.words, start, index):
                if match.last == index - 1:
                    return match
        return None

    def _is_bare_year(self, number: Number) -> bool:
        form = self.words.forms[number.first]
        return (
            number.first == number.last and form.isdecimal() and len(form) == 4 and form[:2] in {"19", "20"}
        )

    def _is_measured(self, number: Number) -> bool:
        return self._measure_at(number.last + 1)

    def _measure_at(self, index: int) -> bool:
        return index < len(self.words) and bool(self.rules.not_counted.at(self.words, index))

    def _noun_of(self, number: Number) -> tuple[_Noun | None, bool]:
        """Find the noun a number counts; the second value says that it counts a part of that noun's count."""
        if self._is_money(number.first - 1):
            sign = number.first - 1
            return _Noun(sign, sign, kind="money", unit=self.words.forms[sign]), False
        index, subset = number.last + 1, False
        part = self.rules.partitive.at(self.words, index) if index < len(self.words) else []
        if part and self._points_back(part[0]):
            return None, True
        if part:
            subset = not number.vague
            index = part[0].last + 1
            inner = read_number(self.words, index, self.rules.grammar) if index < len(self.words) else None
            index = inner.last + 1 if inner else index
        return self._scan_noun(index, number), subset

    def _points_back(self, part: Match[bool]) -> bool:
        return self.words.forms[part.last] in self.rules.pronouns

    def _scan_noun(self, index: int, number: Number) -> _Noun | None:
        last_word = None
        for here in range(index, min(index + NOUN_REACH, len(self.words))):
            form = self.words.forms[here]
            if self.rules.money.at(self.words, here):
                return _Noun(here, here, kind="money", unit=form)
            if form in _QUOTES and here > index:
                continue
            if form in _MARKS or form[0].isdecimal() or self._measure_at(here):
                break
            if self.rules.marks.at(self.words, here):
                continue
            groups = self.rules.nouns.at(self.words, here)
            if groups:
                return self._people(here, groups)
            kinds = self.rules.what.at(self.words, here)
            if kinds and here == index and self._is_nominal(here, kinds[0]):
                return _Noun(here, kinds[0].last, group=None, kind=kinds[0].value)
            if self.rules.capital_nouns and self.words.capital[here]:
                return _Noun(here, here, group="objects")
            last_word = here if here == index else last_word
        if number.weak or number.vague or last_word is None or self.rules.capital_nouns:
            return None
        return _Noun(last_word, last_word, group="objects") if self._is_thing(last_word) else None

    def _people(self, here: int, groups: list[Match[str]]) -> _Noun:
        group = next((match for match in groups if match.value != "people"), groups[0])
        kinds = self.rules.what.at(self.words, here)
        kind = kinds[0].value if kinds else None
        if group.value == "people":
            group = self._of_whom(group) or group
        return _Noun(here, group.last, group=group.value, kind=kind)

    def _of_whom(self, noun: Match[str]) -> Match[str] | None:
        """Find what a general noun is a member of: "members of the security forces", "сотрудники полиции"."""
        for here in range(noun.last + 1, min(noun.last + 4, len(self.words))):
            if self.words.forms[here] in _MARKS:
                return None
            for match in self.rules.nouns.at(self.words, here):
                if match.value != "people":
                    linked = here == noun.last + 1 or self.words.forms[noun.last + 1] in self.rules.links
                    return match if linked else None
        return None

    def _is_nominal(self, here: int, match: Match[QuantityKind]) -> bool:
        return match.last == here and (not self.rules.capital_nouns or self.words.capital[here])

    def _is_thing(self, here: int) -> bool:
        return len(self.words.forms[here]) > 3 and not self.words.capital[here]

    def _what(
        self, number: Number, noun: _Noun | None, subset: bool, numbers: list[Number]
    ) -> QuantityKind | None:
        """Decide what is counted: money, the noun's own sense, the nearest cue, else people or things."""
        own = noun.kind if noun else None
        if own == "money":
            return own
        if own in _PEOPLE_FATES and not subset:
            return own
        cue = self._nearest_cue(number, noun, numbers, noun is None)
        if noun is not None and noun.group == "objects":
            return "objects"
        if noun is None:
            return cue if cue in _PEOPLE_FATES or cue == "participants" else None
        if subset and cue == own:
            cue = None
        return cue or own or ("participants" if not number.weak else None)

    def _nearest_cue(
        self, number: Number, noun: _Noun | None, numbers: list[Number], bare: bool
    ) -> QuantityKind | None:
        first, last = number.first, max(number.last, noun.last if noun else 0)
        best: tuple[int, int] | None = None
        kind: QuantityKind | None = None
        for order, cue in enumerate(self.cues):
            if (
                noun is not None
                and not bare
                and noun.first <= cue.first <= noun.last
                and noun.kind == cue.value
            ):
                continue
            far = self._distance(first, last, cue, numbers)
            if far < (12 if bare else 24) and (best is None or (far, order) < best):
                best, kind = (far, order), cue.value
        return kind

    def _distance(self, first: int, last: int, cue: Match[Any], numbers: list[Number]) -> int:
        if cue.first > last:
            between, gap = range(last + 1, cue.first), cue.first - last
        elif cue.last < first:
            between, gap = range(cue.last + 1, first), first - cue.last + 1
        else:
            return 0
        if gap > 24:
            return 99
        marks = sum(_BARRIERS.get(self.words.forms[index], 0) for index in between)
        others = sum(1 for other in numbers if other.first in between and not other.weak)
        return gap + marks + 6 * others

    def _whole_of(self, number: Number, found: list[FoundQuantity]) -> int | None:
        if not found:
            return None
        part = (
            self.rules.partitive.at(self.words, number.last + 1) if number.last + 1 < len(self.words) else []
        )
        if part and self._points_back(part[0]):
            return len(found) - 1
        for index in range(max(0, number.first - 6), number.first):
            for match in self.rules.marks.at(self.words, index):
                if match.value == "among" and not any(
                    self.words.forms[step] in {".", ";"} for step in range(index, number.first)
                ):
                    return len(found) - 1
        return None

    def _write(
        self, number: Number, noun: _Noun | None, what: QuantityKind, whole: int | None
    ) -> FoundQuantity:
        bound = self._ends_before(self.rules.bounds, number.first)
        mod = bound.value if bound and not number.weak else None
        if mod == "EQUAL_OR_LESS" and self._rises_to(number):
            mod = None
        first = min(bound.first if bound and mod else number.first, noun.first if noun else number.first)
        last = max(number.last, noun.last if noun else 0)
        low, high = _limits(number, mod)
        start, end = self.words.at(first, last)
        return FoundQuantity(
            start=start,
            end=end,
            what=what,
            low=low,
            high=high,
            mod=mod or ("APPROX" if number.vague else None),
            unit=self._unit(noun),
            noun_span=self.words.at(noun.first, noun.last) if noun else None,
            for_whom=noun.group if noun and noun.group != "objects" else None,
            scope=self._scope(number),
            part_of=whole,
        )

    def _unit(self, noun: _Noun | None) -> str | None:
        if noun is None:
            return None
        return noun.unit or " ".join(self.words.forms[noun.first : noun.last + 1])

    def _rises_to(self, number: Number) -> bool:
        return any(
            match.value == "rise"
            for index in range(max(0, number.first - 8), number.first)
            for match in self.rules.marks.at(self.words, index)
        )

    def _scope(self, number: Number) -> str | None:
        for index in range(max(0, number.first - 3), min(number.last + 2, len(self.words))):
            for match in self.rules.marks.at(self.words, index):
                if match.value in {"addition", "total"} and (
                    match.last < number.first or index > number.last
                ):
                    return match.value
        return None


_BARRIERS = {
    ",": 4,
    ";": 12,
    ":": 6,
    "(": 6,
    ")": 6,
    "und": 2,
    "and": 2,
    "и": 2,
    "а": 2,
    "while": 6,
    "während": 6,
}


def _shared_factor(lower: Number, upper: Number) -> float:
    """Carry the multiplier of a range's end over to its beginning: "zwei bis vier Millionen"."""
    if lower.scaled or not upper.scaled or lower.vague:
        return 1.0
    return next((factor for factor in (1e12, 1e9, 1e6, 1e3) if upper.low >= factor), 1.0)


def _limits(number: Number, mod: QuantityMod | None) -> tuple[float | None, float | None]:
    if mod in ("MORE_THAN", "EQUAL_OR_MORE"):
        return number.low, None
    if mod in ("LESS_THAN", "EQUAL_OR_LESS"):
        return None, number.high if number.high is not None else number.low
    return number.low, number.high
