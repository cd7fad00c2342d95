"""The words a language tells events by: triggers, actors, modality, negation, function words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.annotations.event_clauses import ClauseGrammar
from sayso.languages import load_rules
from sayso.languages.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Trigger:
    """Hold what a trigger stands for, and whether it is a noun."""

    type: str
    mode: str | None
    nominal: bool
    suffers: bool = False
    """Its subject is the one who suffers ("people died")."""


@dataclass(frozen=True)
class EventRules:
    """Hold the words a language tells events by, and the grammar its clauses are read with."""

    triggers: Lexicon[Trigger]
    actors: Lexicon[str]
    modality: Lexicon[str]
    negation: Lexicon[bool]
    grammar: ClauseGrammar
    nouns_are_capital: bool
    elsewhere: Lexicon[bool]
    """Words of games and markets, where attacks and shots hurt nobody."""
    negation_reach: int
    infinitive: frozenset[str]
    """Words that show a clause to hang on the verb before it ("zu")."""


@cache
def event_types() -> Mapping[str, Mapping[str, Any]]:
    """Load the types of events: definition, modes, roles, contexts, CAMEO code."""
    return tomllib.loads(files("sayso").joinpath("annotations", "event_types.toml").read_text("utf-8"))


@cache
def load_event_rules(language: str) -> EventRules:
    """Load the event lexicon of a language; one without a lexicon tells no events."""
    data = load_rules(language, "events")
    grammar = data.get("grammar", {})
    actors = data.get("actors", {})
    modality = data.get("modality", {})
    return EventRules(
        triggers=Lexicon.of(_trigger_entries(data)),
        actors=Lexicon.of((pattern, sector) for sector, patterns in actors.items() for pattern in patterns),
        modality=Lexicon.of((pattern, kind) for kind, patterns in modality.items() for pattern in patterns),
        negation=Lexicon.of((pattern, True) for pattern in data.get("polarity", {}).get("negative", ())),
        grammar=ClauseGrammar(
            passive=frozenset(grammar.get("passive", ())),
            passive_endings=tuple(grammar.get("passive_endings", ())),
            agent=frozenset(grammar.get("agent", ())),
            prepositions=frozenset(
                form for kind in ("prepositions", "agent") for form in grammar.get(kind, ())
            ),
            target=frozenset(grammar.get("target", ())),
            clause=frozenset(form for word in grammar.get("clause", ()) for form in word.split("|")),
            free_order=bool(grammar.get("free_order", False)),
        ),
        elsewhere=Lexicon.of((pattern, True) for pattern in data.get("elsewhere", {}).get("patterns", ())),
        nouns_are_capital=bool(grammar.get("nouns_are_capital", False)),
        infinitive=frozenset(grammar.get("infinitive", ())),
        negation_reach=int(grammar.get("negation_reach", 4)),
    )


def _trigger_entries(data: Mapping[str, Any]) -> list[tuple[str, Trigger]]:
    endings = data.get("inflection", {}).get("endings", [])
    entries: list[tuple[str, Trigger]] = []
    for name, words in data.get("triggers", {}).items():
        kind, _, mode = name.partition("/")
        suffering = {
            form
            for pattern in words.get("intransitive", ())
            for form in _inflect(pattern, endings).split("|")
        }
        for nominal, patterns in ((False, words.get("verbs", ())), (True, words.get("nouns", ()))):
            for pattern in patterns:
                spelled = _inflect(pattern, endings)
                suffers = not nominal and not suffering.isdisjoint(spelled.split()[0].split("|"))
                entries.append((spelled, Trigger(kind, mode or None, nominal, suffers)))
    return entries


def _inflect(pattern: str, endings: Sequence[str]) -> str:
    """Spell out the regular forms of "attack+" in a pattern.

    >>> _inflect("seize+ power", ["", "s", "ed", "ing"])
    'seize|seizes|seized|seizing power'
    """
    return " ".join("|".join(_forms(option, endings)) for option in pattern.split(" "))


def _forms(options: str, endings: Sequence[str]) -> list[str]:
    forms: list[str] = []
    for option in options.split("|"):
        stem = option.rstrip("+")
        if stem == option:
            forms.append(option)
            continue
        short = stem[:-1] if stem.endswith("e") else stem
        forms += [(stem if not ending.startswith(("e", "i")) else short) + ending for ending in endings]
    return forms


_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
_HOSTILE = frozenset({"PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"})
_PLOVER_FOR = {"CASUALTY": "ASSAULT", "DISPLACE": "ASSAULT", "INVESTIGATE": "INVESTIGATE"}


def plover_type(kind: str, modality: str = "actual", polarity: str = "positive") -> str:
    """Give the type PLOVER's own coding rules would write for one of ours.

    PLOVER codes intentions by their kind: what is cooperative and yet to come is AGREE, what is hostile and
    yet to come THREATEN, an agreement that fails REJECT. We keep the deed as type and say `modality`.

    >>> plover_type("AID", "planned"), plover_type("CASUALTY")
    ('AGREE', 'ASSAULT')
    """
    if kind == "AGREE" and polarity == "negative":
        return "REJECT"
    if modality in ("planned", "possible") and kind in _COOPERATIVE:
        return "AGREE"
    if modality in ("planned", "possible") and kind in _HOSTILE:
        return "THREATEN"
    return _PLOVER_FOR.get(kind, kind)
