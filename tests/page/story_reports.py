"""Tell a small story in six reports: two originals, a copy, a translation, a chain and an update."""

from __future__ import annotations

from typing import Any

from sayso.records import Alias, Block, Entity, EntityPart, Link, Part, Report, Span, identify

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
