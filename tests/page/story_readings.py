"""List what is read in the reports of the small story."""

from __future__ import annotations

from sayso.records import Attribution, Event, Marker, Mention, Quantity, Timex, identify
from tests.page.story_reports import (
    BOTE,
    COURIER,
    SPAETER,
    VESTNIK,
    WATCH,
    entity_part,
    part,
    spans_of,
)


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

    def make(key, text, words, value, bounds):
        return Timex(
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

    def dead(text, words, low, mod=None):
        return Quantity(
            what="killed",
            low=low,
            high=None if mod else low,
            mod=mod,
            spans=spans_of(text, words),
            text=words,
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

    def make(key, text, words, kind, entity):
        return Mention(
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
