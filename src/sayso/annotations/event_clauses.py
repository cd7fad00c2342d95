"""Part a sentence into clauses and say who does what to whom around a trigger.

Heuristics over word order, voice and prepositions, the same for every language; which words are
auxiliaries, agents or prepositions is data (``languages/xx/events.toml``, table `grammar`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.languages.lexicon import Words

REACH = 40
"""Words around a trigger in which its participants are looked for."""
_EDGES = frozenset('.;:!?()–—"„“”«»,')
_HARD_EDGES = frozenset(".;:!?()–—")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold words that may fill a role: a mention (`mention` is its index) or a common noun of an actor."""

    first: int
    last: int
    kind: str
    mention: int | None = None


@dataclass(frozen=True)
class ClauseGrammar:
    """Hold the function words of a language that voice and roles are told by."""

    passive: frozenset[str]
    passive_endings: tuple[str, ...]
    agent: frozenset[str]
    prepositions: frozenset[str]
    target: frozenset[str]
    clause: frozenset[str]
    free_order: bool
    """Subjects may follow their verb (German, Russian)."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Hold who acts and who suffers, as candidates."""

    actor: Candidate | None = None
    recipient: Candidate | None = None


def segments(words: Words, grammar: ClauseGrammar) -> list[int]:
    """Number the clause each word stands in; commas that part a list of nouns begin no clause."""
    numbers: list[int] = []
    clause = 0
    for index, form in enumerate(words.forms):
        breaks = form in _HARD_EDGES or (form == "," and not _parts_a_list(words, index, grammar))
        opens = form in grammar.clause and index > 0 and _may_open(words.forms[index - 1], grammar)
        clause += breaks or opens
        numbers.append(clause)
    return numbers


def _may_open(before: str, grammar: ClauseGrammar) -> bool:
    """Say whether a conjunction after this word begins a clause that its comma has not begun already."""
    return before in _EDGES - _HARD_EDGES - {","} if grammar.free_order else before not in _EDGES


def _parts_a_list(words: Words, comma: int, grammar: ClauseGrammar) -> bool:
    """Say whether a comma stands between names or nouns, not between clauses."""
    after = comma + 1
    if after + 1 >= len(words) or not words.capital[after] or comma == 0:
        return False
    return words.capital[comma - 1] and words.forms[after] not in grammar.clause


def preposition_of(words: Words, candidate: Candidate, grammar: ClauseGrammar) -> str | None:
    """Give the preposition that governs a candidate, over its article and adjectives."""
    for index in range(candidate.first - 1, max(-1, candidate.first - 4), -1):
        form = words.forms[index]
        if form in _EDGES:
            return None
        if form in grammar.prepositions:
            return form
        if words.capital[index] and not grammar.free_order:
            return None
    return None


def is_passive(words: Words, trigger: Sequence[int], clause: Sequence[int], grammar: ClauseGrammar) -> bool:
    """Say whether a verb is in the passive: an auxiliary in its clause, or a passive ending."""
    main = words.forms[trigger[0]]
    if grammar.passive_endings:
        return main.endswith(grammar.passive_endings)
    if not _may_be_participle(main, grammar.free_order):
        return False
    low, high = max(0, trigger[0] - 12), min(len(words), trigger[-1] + 4)
    home = clause[trigger[0]]
    return any(words.forms[at] in grammar.passive for at in range(low, high) if clause[at] == home)


def _may_be_participle(form: str, german: bool) -> bool:
    if german:
        return form.startswith(("ge", "ver", "be", "ent", "er", "zer")) or "ge" in form[2:6]
    return form.endswith(
        ("ed", "en", "wn", "ought", "ung", "un", "ot", "ught", "ain", "eld", "et", "ut", "oken")
    )


def find_roles(
    words: Words,
    trigger: Sequence[int],
    clause: Sequence[int],
    candidates: Sequence[Candidate],
    grammar: ClauseGrammar,
    *,
    voice: str,
) -> Roles:
    """Fill actor and recipient of a trigger; `voice` is active, passive, suffer (intransitive) or nominal."""
    near = [one for one in candidates if _is_near(one, trigger, clause)]
    if voice == "nominal":
        return _nominal_roles(words, trigger, near, grammar)
    plain = [one for one in near if preposition_of(words, one, grammar) is None]
    governed = [one for one in near if one not in plain and one.kind != "place"]
    subject, others = _subject(plain, trigger, grammar)
    if voice in ("passive", "suffer"):
        agent = _governed_by(words, governed, grammar.agent, grammar) if voice == "passive" else None
        return Roles(actor=agent, recipient=subject)
    target = others[0] if others else _governed_by(words, governed, grammar.target, grammar)
    return Roles(actor=subject, recipient=target)


def _is_near(one: Candidate, trigger: Sequence[int], clause: Sequence[int]) -> bool:
    if abs(one.first - trigger[0]) > REACH or any(one.first <= at <= one.last for at in trigger):
        return False
    return clause[one.first] == clause[trigger[0]]


def _subject(
    plain: Sequence[Candidate], trigger: Sequence[int], grammar: ClauseGrammar
) -> tuple[Candidate | None, list[Candidate]]:
    before = [one for one in plain if one.last < trigger[0]]
    after = [one for one in plain if one.first > trigger[0] and one.kind != "place"]
    people = [one for one in before if one.kind != "place"] or before
    if people:
        first = people[0]
        return first, [one for one in (*people[1:], *after) if one is not first]
    if grammar.free_order and after:
        return after[0], after[1:]
    return None, after


def _nominal_roles(
    words: Words, trigger: Sequence[int], near: Sequence[Candidate], grammar: ClauseGrammar
) -> Roles:
    after = [one for one in near if 0 < one.first - trigger[-1] <= 6]
    agent = _governed_by(words, after, grammar.agent, grammar)
    target = next((one for one in after if one is not agent), None)
    before = [one for one in near if 0 < trigger[0] - one.last <= 2 and one.kind != "place"]
    return Roles(actor=agent or (before[-1] if before else None), recipient=target)


def _governed_by(
    words: Words, candidates: Sequence[Candidate], prepositions: frozenset[str], grammar: ClauseGrammar
) -> Candidate | None:
    for one in candidates:
        if preposition_of(words, one, grammar) in prepositions:
            return one
    return None
