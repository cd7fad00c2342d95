"""Build cases for the page's tests out of real records: a small told story, a hostile one, a large one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sayso.case import Case
from sayso.records import (
    Account,
    Alias,
    Attribution,
    Block,
    Claim,
    Contradiction,
    Derivation,
    Entity,
    EntityPart,
    Event,
    Failure,
    Link,
    Marker,
    Mention,
    Origin,
    Part,
    Passage,
    Position,
    Quantity,
    Record,
    Report,
    Span,
    Timex,
    identify,
)

COURIER = """Blast at Karaganda coal mine kills at least 12 👷

KARAGANDA, March 5 - An explosion tore through the Severnaya coal mine near Karaganda on Tuesday morning, \
killing at least 12 miners, the emergencies ministry said.

"We are still searching for nine people," ministry spokesman Askar Dulatov told the broadcaster Kanal 5, \
adding that rescuers had said the lift was probably destroyed.

Safety inspectors had warned of methane in January."""
BOTE = """Grubenunglück in Kasachstan

Bei einer Explosion in einem Kohlebergwerk nahe Karaganda sind nach Angaben des \
Katastrophenschutzministeriums mindestens zwölf Bergleute ums Leben gekommen, wie die Agentur Meridian meldet.

Neun weitere würden noch vermisst, sagte ein Sprecher."""
VESTNIK = """Взрыв на шахте под Карагандой

Во вторник утром на угольной шахте «Северная» близ Караганды произошёл взрыв, погибли не менее 12 горняков, \
сообщило министерство по чрезвычайным ситуациям."""
WATCH = """Union disputes toll at Severnaya

The miners' union said on Wednesday that 17 workers died in the explosion, five more than officials admit.

"They are hiding bodies," its chairwoman Aliya Serik said."""
SPAETER = """Zahl der Toten steigt

Das Katastrophenschutzministerium sprach am Mittwoch von 15 Toten. Präsident Tokajew entließ den Leiter der \
Bergaufsicht."""


def spans_of(text: str, *words: str) -> tuple[Span, ...]:
    """Find words in a text; a test that names words which are not there must fail."""
    found = [(text.index(word), text.index(word) + len(word)) for word in words]
    return tuple(sorted(found))


def part(text: str, *words: str) -> Part:
    """Cut a part out of a text."""
    spans = spans_of(text, *words)
    return Part(spans=spans, text=" ".join(text[start:end] for start, end in spans))


def entity_part(text: str, word: str, entity: str | None = None) -> EntityPart:
    """Cut a part that names an entity."""
    return EntityPart(spans=spans_of(text, word), text=word, entity=entity)


def report(key: str, outlet: str, language: str, published: str, text: str, **more: Any) -> Report:
    """Make a report whose first line is its title and whose other blocks are paragraphs."""
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            blocks.append(Block(kind="title" if number == 0 else "paragraph", start=at, end=at + len(line)))
        at += len(line) + 1
    return Report(
        id=f"rep-{key}",
        path=f"reports/{key}.txt",
        sha256=identify("", text)[1:] * 4,
        media_type="text/plain",
        outlet=outlet,
        language=language,
        published=published,
        published_basis="meta",
        text=text,
        title=text.split("\n", maxsplit=1)[0],
        blocks=tuple(blocks),
        **more,
    )


def entities() -> list[Entity]:
    """List who and where the small story speaks of."""
    alias = Alias
    return [
        Entity(id="ent-courier", kind="outlet", name="Northern Courier", domains=("courier.example",)),
        Entity(id="ent-daily", kind="outlet", name="Harbour Daily"),
        Entity(id="ent-bote", kind="outlet", name="Rheinischer Bote"),
        Entity(id="ent-vestnik", kind="outlet", name="Степной вестник"),
        Entity(id="ent-watch", kind="outlet", name="Mine Watch"),
        Entity(id="ent-meridian", kind="outlet", name="Meridian", roles=("news agency",)),
        Entity(id="ent-kanal5", kind="outlet", name="Kanal 5"),
        Entity(
            id="ent-ministry",
            kind="organisation",
            name="Ministry of Emergencies",
            country="KZ",
            voice="voi-kz",
            voice_why="a ministry of Kazakhstan",
            aliases=(
                alias(text="emergencies ministry", language="en", count=2),
                alias(text="Katastrophenschutzministerium", language="de", count=2),
                alias(text="министерство по чрезвычайным ситуациям", language="ru", count=1),
            ),
        ),
        Entity(
            id="ent-dulatov",
            kind="person",
            name="Askar Dulatov",
            roles=("ministry spokesman",),
            voice="voi-kz",
            voice_why="spokesman of a ministry of Kazakhstan",
        ),
        Entity(id="ent-union", kind="organisation", name="Miners' union"),
        Entity(id="ent-serik", kind="person", name="Aliya Serik", roles=("chairwoman",)),
        Entity(id="ent-tokayev", kind="person", name="Kassym-Jomart Tokayev", roles=("president",)),
        Entity(
            id="ent-karaganda",
            kind="place",
            name="Karaganda",
            country="KZ",
            lat=49.8,
            lon=73.1,
            geonames=609655,
        ),
        Entity(id="ent-astana", kind="place", name="Astana", country="KZ", lat=51.18, lon=71.45),
    ]


def reports() -> list[Report]:
    """List the reports of the small story: two originals, a copy, a translation, a chain, an update."""
    link = spans_of(COURIER, "Safety inspectors")[0]
    return [
        report(
            "courier",
            "ent-courier",
            "en",
            "2024-03-05T11:20:00+00:00",
            COURIER,
            author="J. Marsh",
            url="https://courier.example/mine",
            links=(Link(start=link[0], end=link[1], url="https://inspectors.example/methane"),),
        ),
        report("daily", "ent-daily", "en", "2024-03-05T14:00:00+00:00", COURIER.replace("👷", "-")),
        report("bote", "ent-bote", "de", "2024-03-05T16:30:00+00:00", BOTE),
        report("vestnik", "ent-vestnik", "ru", "2024-03-05T13:00:00+00:00", VESTNIK),
        report("watch", "ent-watch", "en", "2024-03-06", WATCH),
        report("spaeter", "ent-bote", "de", "2024-03-06T18:00:00+00:00", SPAETER),
    ]


def attributions() -> list[Attribution]:
    """List who says what in the small story, one attribution nested in another."""
    courier, content = (
        COURIER,
        "An explosion tore through the Severnaya coal mine near Karaganda on Tuesday morning",
    )
    return [
        Attribution(
            id="att-courier-1",
            report="rep-courier",
            kind="indirect",
            source_entity="ent-ministry",
            score=0.94,
            content=part(courier, f"{content}, killing at least 12 miners"),
            cue=part(courier, "said"),
            source=part(courier, "the emergencies ministry"),
        ),
        Attribution(
            id="att-courier-2",
            report="rep-courier",
            kind="direct",
            source_entity="ent-dulatov",
            score=0.97,
            content=part(courier, '"We are still searching for nine people,"'),
            cue=part(courier, "told"),
            source=part(courier, "ministry spokesman Askar Dulatov"),
            addressee=part(courier, "the broadcaster Kanal 5"),
            medium=part(courier, "Kanal 5"),
            medium_entity="ent-kanal5",
        ),
        Attribution(
            id="att-courier-3",
            report="rep-courier",
            kind="indirect",
            source_entity="ent-dulatov",
            score=0.71,
            content=part(courier, "rescuers had said the lift was probably destroyed"),
            cue=part(courier, "adding"),
        ),
        Attribution(
            id="att-courier-4",
            report="rep-courier",
            kind="indirect",
            parent="att-courier-3",
            score=0.66,
            certainty="probable",
            content=part(courier, "the lift was probably destroyed"),
            cue=part(courier, "had said"),
            source=part(courier, "rescuers"),
            markers=(Marker(spans=spans_of(courier, "probably"), text="probably", kind="hedge"),),
        ),
        Attribution(
            id="att-bote-1",
            report="rep-bote",
            kind="indirect",
            source_entity="ent-ministry",
            score=0.9,
            content=part(BOTE, "mindestens zwölf Bergleute ums Leben gekommen"),
            cue=part(BOTE, "nach Angaben"),
            source=part(BOTE, "des Katastrophenschutzministeriums"),
        ),
        Attribution(
            id="att-vestnik-1",
            report="rep-vestnik",
            kind="indirect",
            source_entity="ent-ministry",
            score=0.91,
            content=part(VESTNIK, "погибли не менее 12 горняков"),
            cue=part(VESTNIK, "сообщило"),
            source=part(VESTNIK, "министерство по чрезвычайным ситуациям"),
        ),
        Attribution(
            id="att-watch-1",
            report="rep-watch",
            kind="indirect",
            source_entity="ent-union",
            score=0.88,
            content=part(WATCH, "17 workers died in the explosion"),
            cue=part(WATCH, "said"),
            source=part(WATCH, "The miners' union"),
            said="tmx-watch-1",
        ),
        Attribution(
            id="att-watch-2",
            report="rep-watch",
            kind="direct",
            source_entity="ent-serik",
            score=0.98,
            content=part(WATCH, '"They are hiding bodies,"'),
            source=part(WATCH, "Aliya Serik"),
        ),
        Attribution(
            id="att-spaeter-1",
            report="rep-spaeter",
            kind="reported",
            source_entity="ent-ministry",
            score=0.85,
            content=part(SPAETER, "15 Toten"),
            cue=part(SPAETER, "sprach"),
            said="tmx-spaeter-1",
            source=part(SPAETER, "Das Katastrophenschutzministerium"),
        ),
    ]


def timexes() -> list[Timex]:
    """List the times of the small story."""
    day5, day6 = (
        {"earliest": "2024-03-05", "latest": "2024-03-06"},
        {"earliest": "2024-03-06", "latest": "2024-03-07"},
    )
    make = lambda key, text, words, value, bounds: Timex(  # noqa: E731
        id=f"tmx-{key}-1",
        report=f"rep-{key}",
        spans=spans_of(text, words),
        text=words,
        type="DATE",
        value=value,
        anchor="published",
        **bounds,
    )
    return [
        make("courier", COURIER, "Tuesday morning", "2024-03-05TMO", day5),
        make("vestnik", VESTNIK, "Во вторник утром", "2024-03-05TMO", day5),
        make("watch", WATCH, "Wednesday", "2024-03-06", day6),
        make("spaeter", SPAETER, "Mittwoch", "2024-03-06", day6),
    ]


def events() -> list[Event]:
    """List the occurrences the small story speaks of."""
    dead = lambda text, words, low, mod=None: Quantity(  # noqa: E731
        what="killed", low=low, high=None if mod else low, mod=mod, spans=spans_of(text, words), text=words
    )
    place = entity_part(COURIER, "Karaganda", "ent-karaganda")
    return [
        Event(
            id="evt-courier-1",
            report="rep-courier",
            attribution="att-courier-1",
            type="DISASTER",
            trigger=part(COURIER, "explosion"),
            place=place,
            time="tmx-courier-1",
            quantities=(dead(COURIER, "at least 12 miners", 12, "EQUAL_OR_MORE"),),
        ),
        Event(
            id="evt-bote-1",
            report="rep-bote",
            attribution="att-bote-1",
            type="DISASTER",
            trigger=part(BOTE, "Explosion"),
            quantities=(dead(BOTE, "mindestens zwölf Bergleute", 12, "EQUAL_OR_MORE"),),
        ),
        Event(
            id="evt-vestnik-1",
            report="rep-vestnik",
            attribution="att-vestnik-1",
            type="DISASTER",
            trigger=part(VESTNIK, "взрыв"),
            time="tmx-vestnik-1",
            quantities=(dead(VESTNIK, "не менее 12 горняков", 12, "EQUAL_OR_MORE"),),
        ),
        Event(
            id="evt-watch-1",
            report="rep-watch",
            attribution="att-watch-1",
            type="DISASTER",
            trigger=part(WATCH, "explosion"),
            quantities=(dead(WATCH, "17 workers", 17),),
        ),
        Event(
            id="evt-spaeter-2",
            report="rep-spaeter",
            type="COERCE",
            mode="dismissal",
            trigger=part(SPAETER, "entließ"),
            actor=entity_part(SPAETER, "Präsident Tokajew", "ent-tokayev"),
            time="tmx-spaeter-1",
        ),
    ]


def mentions() -> list[Mention]:
    """List some mentions of the small story."""
    make = lambda key, text, words, kind, entity: Mention(  # noqa: E731
        id=identify("men", key, words),
        report=f"rep-{key}",
        spans=spans_of(text, words),
        text=words,
        kind=kind,
        entity=entity,
    )
    return [
        make("courier", COURIER, "Karaganda", "place", "ent-karaganda"),
        make("courier", COURIER, "Askar Dulatov", "person", "ent-dulatov"),
        make("courier", COURIER, "Kanal 5", "outlet", "ent-kanal5"),
        make("bote", BOTE, "Karaganda", "place", "ent-karaganda"),
        make("bote", BOTE, "Meridian", "outlet", "ent-meridian"),
        make("vestnik", VESTNIK, "Караганды", "place", "ent-karaganda"),
        make("spaeter", SPAETER, "Tokajew", "person", "ent-tokayev"),
    ]


def accounts() -> list[Account]:
    """List the tellings of the small story's claims."""
    twelve = lambda text, words: (
        Quantity(  # noqa: E731
            what="killed", low=12, mod="EQUAL_OR_MORE", spans=spans_of(text, words), text=words
        ),
    )
    courier = spans_of(COURIER, "killing at least 12 miners")
    make = lambda key, claim, spans, chain, origin, **more: Account(  # noqa: E731
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
    make = lambda key, summary, language, accounts, origins, top, status, why, **more: Claim(  # noqa: E731
        id=f"clm-{key}",
        kind=more.pop("kind", "event"),
        summary=summary,
        language=language,
        accounts=tuple(f"acc-{a}" for a in accounts),
        origins=origins,
        origin_count=len(origins),
        origin_count_max=top,
        status=status,
        status_why=why,
        **more,
    )
    official = lambda *accounts: Origin(  # noqa: E731
        id="org-ministry",
        entity="ent-ministry",
        voice="voi-kz",
        accounts=tuple(f"acc-{a}" for a in accounts),
        why="all tell what the Ministry of Emergencies said; two of them are copied or translated from Northern Courier",
    )
    union = lambda account: Origin(  # noqa: E731
        id="org-union",
        entity="ent-union",
        accounts=(f"acc-{account}",),
        why="the miners' union speaks for itself",
    )
    own = lambda key, account: Origin(  # noqa: E731
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
    position = lambda value, accounts, origin, said: Position(  # noqa: E731
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


def hostile_tables(payloads: list[str]) -> dict[str, list[Any]]:
    """Give a case in which every free string is one of the payloads."""
    tables: dict[str, list[Any]] = {
        name: [] for name in ("reports", "entities", "accounts", "claims", "attributions")
    }
    for number, payload in enumerate(payloads):
        key, text = f"bad{number}", f"{payload}\n\n{payload} said {payload}."
        tables["reports"].append(
            report(
                key,
                f"ent-{key}",
                "en",
                "2024-03-05",
                text,
                author=payload,
                url=payload,
                links=(Link(start=0, end=len(payload), url=payload),),
            )
        )
        tables["entities"].append(Entity(id=f"ent-{key}", kind="outlet", name=payload, roles=(payload,)))
        spans = ((len(payload) + 2, 2 * len(payload) + 2),)
        tables["attributions"].append(
            Attribution(
                id=f"att-{key}", report=f"rep-{key}", kind="indirect", content=Part(spans=spans, text=payload)
            )
        )
        tables["accounts"].append(
            Account(
                id=f"acc-{key}",
                report=f"rep-{key}",
                claim=f"clm-{key}",
                spans=spans,
                attribution=f"att-{key}",
                chain=(f"ent-{key}", payload),
                origin=f"org-{key}",
            )
        )
        tables["claims"].append(
            Claim(
                id=f"clm-{key}",
                kind="proposition",
                summary=payload,
                language="en",
                accounts=(f"acc-{key}",),
                origins=(Origin(id=f"org-{key}", accounts=(f"acc-{key}",), why=payload),),
                origin_count=1,
                origin_count_max=1,
                status="uncorroborated",
                status_why=payload,
                earliest="2024-03-05",
                actors=(payload,),
            )
        )
    return tables


def large_tables(count: int, *, seed: int = 7) -> dict[str, list[Any]]:
    """Give a case of `count` claims with two accounts each, spread over six years and a hundred outlets."""
    dice, start = Random(seed), datetime(2019, 1, 1, tzinfo=UTC)
    places = [
        Entity(
            id=f"ent-place{n}",
            kind="place",
            name=f"Town {n}",
            lat=dice.uniform(-50, 65),
            lon=dice.uniform(-170, 170),
        )
        for n in range(300)
    ]
    outlets = [Entity(id=f"ent-outlet{n}", kind="outlet", name=f"Outlet {n}") for n in range(100)]
    tables: dict[str, list[Any]] = {
        "entities": [*places, *outlets],
        "claims": [],
        "accounts": [],
        "reports": [],
    }
    for n in range(max(1, count // 20)):
        published = (start + timedelta(hours=dice.randrange(6 * 365 * 24))).isoformat()
        text = f"Report {n}\n\nThe ministry of town {n % 300} said that bridge {n} was closed."
        tables["reports"].append(
            report(f"l{n}", f"ent-outlet{n % 100}", dice.choice(["de", "en", "ru"]), published, text)
        )
    for n in range(count):
        _add_large_claim(tables, n, start + timedelta(minutes=dice.randrange(6 * 365 * 1440)), dice)
    return tables


def _add_large_claim(tables: dict[str, list[Any]], n: int, when: datetime, dice: Random) -> None:
    days = dice.choice([1, 1, 1, 2, 7, 30])
    made = []
    for half in (0, 1):
        from_report: Report = dice.choice(tables["reports"])
        made.append(f"acc-{n}-{half}")
        tables["accounts"].append(
            Account(
                id=made[-1],
                report=from_report.id,
                claim=f"clm-{n}",
                spans=((10, 30),),
                origin=f"org-{n}",
                chain=(from_report.outlet or "", f"ent-outlet{dice.randrange(5)}"),
            )
        )
    origin = Origin(id=f"org-{n}", accounts=tuple(made), why="one outlet passes on the other's word")
    tables["claims"].append(
        Claim(
            id=f"clm-{n}",
            kind="event",
            language="en",
            accounts=tuple(made),
            origins=(origin,),
            origin_count=1,
            summary=f"The ministry of town {n % 300} said that bridge {n} was closed and traffic diverted for a while",
            event_type=dice.choice(["PROTEST", "ASSAULT", "AID", "CONSULT"]),
            earliest=when.date().isoformat(),
            latest=(when + timedelta(days=days)).date().isoformat(),
            place=f"ent-place{dice.randrange(300)}",
            origin_count_max=dice.choice([1, 2]),
            status=dice.choice(["uncorroborated", "corroborated", "disputed"]),
            status_why="-",
        )
    )


def write_case(path: Path, tables: dict[str, list[Any]], failures: list[Failure] | None = None) -> Path:
    """Write tables as a case file."""
    with Case.open(path, create=True) as case:
        kept: dict[str, list[Record]] = dict(tables)
        case.replace(kept)
        case.keep_failures(failures or [])
    return path
