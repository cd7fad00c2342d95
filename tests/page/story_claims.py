"""List what the reports of the small story tell together, and give all its tables."""

from __future__ import annotations

from typing import Any

from sayso.records import Account, Claim, Contradiction, Derivation, Origin, Passage, Position, Quantity
from tests.page.story_readings import attributions, events, mentions, timexes
from tests.page.story_reports import (
    BOTE,
    COURIER,
    SPAETER,
    VESTNIK,
    WATCH,
    entities,
    reports,
    spans_of,
)


def accounts() -> list[Account]:
    """List the tellings of the small story's claims."""

    def twelve(text, words):
        return (
            Quantity(what="killed", low=12, mod="EQUAL_OR_MORE", spans=spans_of(text, words), text=words),
        )

    courier = spans_of(COURIER, "killing at least 12 miners")

    def make(key, claim, spans, chain, origin, **more):
        return Account(
            id=f"acc-{key}",
            report=f"rep-{key.split('-')[0]}",
            claim=claim,
            spans=spans,
            chain=chain,
            origin=origin,
            **more,
        )

    official, union = "org-ministry", "org-union"
    return [
        make(
            "courier-1",
            "clm-toll",
            courier,
            ("ent-courier", "ent-ministry"),
            official,
            place="ent-karaganda",
            attribution="att-courier-1",
            event="evt-courier-1",
            time="tmx-courier-1",
            quantities=twelve(COURIER, "at least 12 miners"),
        ),
        make(
            "daily-1",
            "clm-toll",
            courier,
            ("ent-daily", "ent-courier", "ent-ministry"),
            official,
            derived_from="acc-courier-1",
        ),
        make(
            "bote-1",
            "clm-toll",
            spans_of(BOTE, "mindestens zwölf Bergleute ums Leben gekommen"),
            ("ent-bote", "ent-meridian", "ent-ministry"),
            official,
            attribution="att-bote-1",
            event="evt-bote-1",
            quantities=twelve(BOTE, "mindestens zwölf Bergleute"),
        ),
        make(
            "vestnik-1",
            "clm-toll",
            spans_of(VESTNIK, "погибли не менее 12 горняков"),
            ("ent-vestnik", "ent-courier", "ent-ministry"),
            official,
            derived_from="acc-courier-1",
            attribution="att-vestnik-1",
            event="evt-vestnik-1",
            time="tmx-vestnik-1",
        ),
        make(
            "watch-1",
            "clm-toll",
            spans_of(WATCH, "17 workers died in the explosion"),
            ("ent-watch", "ent-union"),
            union,
            attribution="att-watch-1",
            event="evt-watch-1",
            quantities=(
                Quantity(
                    what="killed", low=17, high=17, spans=spans_of(WATCH, "17 workers"), text="17 workers"
                ),
            ),
        ),
        make(
            "spaeter-1",
            "clm-toll",
            spans_of(SPAETER, "15 Toten"),
            ("ent-bote", "ent-ministry"),
            official,
            attribution="att-spaeter-1",
            quantities=(
                Quantity(
                    what="killed", low=15, high=15, spans=spans_of(SPAETER, "15 Toten"), text="15 Toten"
                ),
            ),
        ),
        make(
            "courier-2",
            "clm-missing",
            spans_of(COURIER, '"We are still searching for nine people,"'),
            ("ent-courier", "ent-kanal5", "ent-dulatov"),
            official,
            attribution="att-courier-2",
        ),
        make(
            "bote-2",
            "clm-missing",
            spans_of(BOTE, "Neun weitere würden noch vermisst"),
            ("ent-bote", "a spokesman"),
            "org-spokesman",
        ),
        make(
            "courier-3",
            "clm-lift",
            spans_of(COURIER, "the lift was probably destroyed"),
            ("ent-courier", "ent-dulatov", "rescuers"),
            "org-rescuers",
            attribution="att-courier-4",
            certainty="probable",
        ),
        make(
            "courier-4",
            "clm-methane",
            spans_of(COURIER, "Safety inspectors had warned of methane in January"),
            ("ent-courier",),
            "org-courier",
        ),
        make(
            "watch-2",
            "clm-hiding",
            spans_of(WATCH, "They are hiding bodies"),
            ("ent-watch", "ent-serik"),
            union,
            attribution="att-watch-2",
        ),
        make(
            "spaeter-2",
            "clm-sacked",
            spans_of(SPAETER, "Präsident Tokajew entließ den Leiter der Bergaufsicht"),
            ("ent-bote",),
            "org-bote",
            event="evt-spaeter-2",
            time="tmx-spaeter-1",
        ),
    ]


def claims() -> list[Claim]:
    """List the small story's claims."""

    def make(key, summary, language, accounts, origins, top, *status, **more):
        return Claim(
            id=f"clm-{key}",
            kind=more.pop("kind", "event"),
            summary=summary,
            language=language,
            accounts=tuple(f"acc-{a}" for a in accounts),
            origins=origins,
            origin_count=len(origins),
            origin_count_max=top,
            status=status[0],
            status_why=status[1],
            **more,
        )

    def official(*accounts):
        return Origin(
            id="org-ministry",
            entity="ent-ministry",
            voice="voi-kz",
            accounts=tuple(f"acc-{a}" for a in accounts),
            why="all tell what the ministry said; two are copied or translated from Northern Courier",
        )

    def union(account):
        return Origin(
            id="org-union",
            entity="ent-union",
            accounts=(f"acc-{account}",),
            why="the miners' union speaks for itself",
        )

    def own(key, account):
        return Origin(
            id=f"org-{key}",
            entity=f"ent-{key}" if key in ("courier", "bote") else None,
            accounts=(f"acc-{account}",),
            why="nothing shows that it passes on another's word",
        )

    five = {"earliest": "2024-03-05", "latest": "2024-03-06"}
    six = {"earliest": "2024-03-06", "latest": "2024-03-07"}
    return [
        make(
            "toll",
            "An explosion in the Severnaya mine killed at least 12 miners",
            "en",
            ("courier-1", "daily-1", "bote-1", "vestnik-1", "watch-1", "spaeter-1"),
            (official("courier-1", "daily-1", "bote-1", "vestnik-1", "spaeter-1"), union("watch-1")),
            2,
            "disputed",
            "two origins give numbers that cannot both be true",
            event_type="DISASTER",
            place="ent-karaganda",
            contradictions=("con-toll", "con-growth"),
            **five,
        ),
        make(
            "missing",
            "We are still searching for nine people",
            "en",
            ("courier-2", "bote-2"),
            (official("courier-2"),),
            2,
            "uncorroborated",
            "one origin is known, a second is unnamed",
            kind="quantity",
            place="ent-karaganda",
            actors=("ent-ministry",),
            **five,
        ),
        make(
            "lift",
            "the lift was probably destroyed",
            "en",
            ("courier-3",),
            (own("rescuers", "courier-3"),),
            1,
            "uncorroborated",
            "one origin",
            kind="proposition",
            place="ent-karaganda",
            **five,
        ),
        make(
            "methane",
            "Safety inspectors had warned of methane in January",
            "en",
            ("courier-4",),
            (own("courier", "courier-4"),),
            1,
            "uncorroborated",
            "one origin",
            earliest="2024-01",
            latest="2024-02",
            event_type="THREATEN",
        ),
        make(
            "hiding",
            "They are hiding bodies",
            "en",
            ("watch-2",),
            (union("watch-2"),),
            1,
            "uncorroborated",
            "one origin",
            kind="proposition",
            actors=("ent-serik",),
        ),
        make(
            "sacked",
            "Präsident Tokajew entließ den Leiter der Bergaufsicht",
            "de",
            ("spaeter-2",),
            (own("bote", "spaeter-2"),),
            1,
            "uncorroborated",
            "one origin",
            event_type="COERCE",
            actors=("ent-tokayev",),
            place="ent-astana",
            **six,
        ),
    ]


def contradictions() -> list[Contradiction]:
    """List the small story's contradictions: one real, one a figure that grows."""

    def position(value, accounts, origin, said):
        return Position(
            value=value, accounts=tuple(f"acc-{a}" for a in accounts), origins=(origin,), said=said
        )

    four = ("courier-1", "daily-1", "bote-1", "vestnik-1")
    return [
        Contradiction(
            id="con-toll",
            field="killed",
            kind="contradiction",
            positions=(
                position("15", ("spaeter-1",), "org-ministry", "2024-03-06"),
                position("17", ("watch-1",), "org-union", "2024-03-06"),
            ),
        ),
        Contradiction(
            id="con-growth",
            field="killed",
            kind="evolving",
            positions=(
                position("12", four, "org-ministry", "2024-03-05"),
                position("15", ("spaeter-1",), "org-ministry", "2024-03-06"),
            ),
        ),
    ]


def small_tables() -> dict[str, list[Any]]:
    """Give every table of the small story."""
    whole = ((0, len(VESTNIK)),)
    return {
        "reports": reports(),
        "entities": entities(),
        "attributions": attributions(),
        "timexes": timexes(),
        "events": events(),
        "mentions": mentions(),
        "accounts": accounts(),
        "claims": claims(),
        "contradictions": contradictions(),
        "derivations": [
            Derivation(
                id="der-daily",
                report="rep-daily",
                source_report="rep-courier",
                relation="was_derived_from",
                score=0.99,
                passages=(Passage(spans=((50, len(COURIER)),), from_spans=((50, len(COURIER)),)),),
            ),
            Derivation(
                id="der-vestnik",
                report="rep-vestnik",
                source_report="rep-courier",
                score=0.82,
                relation="was_translated_from",
                passages=(Passage(spans=(whole[0],), from_spans=spans_of(COURIER, "An explosion")),),
            ),
        ],
    }
