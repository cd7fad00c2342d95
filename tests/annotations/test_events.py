"""Events in three languages: types and modes, who to whom, modality, polarity, figures."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.annotations.event_rules import event_types
from sayso.annotations.events import FoundEvent, find_events
from sayso.annotations.quantities import find_quantities
from sayso.languages import load_rules


def found(text: str, language: str, mentions: tuple[tuple[str, str], ...] = ()) -> list[FoundEvent]:
    marked = [
        SimpleNamespace(start=text.index(words), end=text.index(words) + len(words), kind=kind)
        for words, kind in mentions
    ]
    whole = [(0, len(text))]
    return find_events(text, whole, language, marked, quantities=find_quantities(text, whole, language))


TYPES = [
    ("de", "Demonstranten stürmten am Abend das Rathaus.", "ASSAULT/storm"),
    ("de", "Die Angreifer setzten zwei Autos in Brand.", "ASSAULT/arson"),
    ("de", "Die Polizei nahm vierzig Menschen fest.", "COERCE/arrest"),
    ("de", "Die Arbeiter legten die Arbeit nieder.", "PROTEST/boycott"),
    ("de", "Der Minister trat am Montag zurück.", "RETREAT/resign"),
    ("de", "Der Präsident entließ die Regierung.", "SANCTION/dismiss"),
    ("de", "Die Truppen wurden aus der Stadt abgezogen.", "RETREAT/withdraw"),
    ("de", "Die Stadt wurde überflutet.", "DISASTER/flood"),
    ("de", "Das Internet wurde abgeschaltet.", "COERCE/censor"),
    ("de", "Er bat die Nachbarstaaten um Hilfe.", "REQUEST/assist"),
    ("de", "Tausende flohen über die Grenze.", "DISPLACE/flee"),
    ("de", "Der Gouverneur rief den Ausnahmezustand aus.", "COERCE/martial-law"),
    ("de", "Das Ministerium nahm die Zahl zurück.", "CORRECT/retract"),
    ("de", "Die Opposition droht mit Massenprotesten.", "THREATEN"),
    ("en", "Rioters looted shops in the centre.", "ASSAULT/loot"),
    ("en", "Soldiers opened fire on the crowd.", "ASSAULT/firearms"),
    ("en", "Drones were shot down after an air strike.", "ASSAULT/heavy-weapons"),
    ("en", "The airport was stormed by gunmen.", "ASSAULT/storm"),
    ("en", "Workers went on strike on Tuesday.", "PROTEST/boycott"),
    ("en", "The president dismissed the cabinet.", "SANCTION/dismiss"),
    ("en", "The governor resigned.", "RETREAT/resign"),
    ("en", "The country deployed troops to the border.", "MOBILIZE/troops"),
    ("en", "The ministry retracted the figure.", "CORRECT/retract"),
    ("en", "Residents were evacuated before dawn.", "DISPLACE/evacuate"),
    ("en", "The dam burst at night.", "DISASTER/flood"),
    ("en", "Rebels kidnapped two engineers.", "ASSAULT/abduct"),
    ("en", "The court jailed the editor.", "COERCE/arrest"),
    ("en", "The bank froze the accounts of the party.", "COERCE/seize"),
    ("ru", "Протестующие захватили здание мэрии.", "ASSAULT/storm"),
    ("ru", "Неизвестные подожгли склад.", "ASSAULT/arson"),
    ("ru", "Полиция задержала активистов.", "COERCE/arrest"),
    ("ru", "Миротворцы прибыли в город.", "MOBILIZE/troops"),
    ("ru", "Президент отправил правительство в отставку.", "SANCTION/dismiss"),
    ("ru", "В городе введён комендантский час.", "COERCE/curfew"),
    ("ru", "Шахтёры объявили забастовку.", "PROTEST/boycott"),
    ("ru", "Интернет в столице отключили.", "COERCE/censor"),
    ("ru", "Власти отозвали опубликованные данные.", "CORRECT/retract"),
    ("ru", "Боевики обстреляли посёлок.", "ASSAULT/heavy-weapons"),
    ("ru", "Министр подал в отставку.", "RETREAT/resign"),
    ("ru", "Жителей эвакуировали.", "DISPLACE/evacuate"),
]


@pytest.mark.parametrize(("language", "text", "expected"), TYPES)
def test_types(language: str, text: str, expected: str) -> None:
    names = ["/".join(filter(None, (one.type, one.mode))) for one in found(text, language)]
    assert expected in names, names


def test_one_actor_of_coordinated_verbs() -> None:
    text = "Demonstranten blockierten die Straße, warfen Steine und versuchten, das Rathaus zu stürmen."
    events = found(text, "de")
    assert [(one.type, one.mode) for one in events] == [
        ("PROTEST", "obstruct"), ("ASSAULT", "loot"), ("ASSAULT", "storm"),
    ]  # fmt: skip
    assert {text[slice(*one.actor)] for one in events if one.actor} == {"Demonstranten"}
    assert events[-1].modality == "attempted"


@pytest.mark.parametrize(
    ("language", "text", "mentions", "actor", "recipient"),
    [
        ("en", "The army attacked the rebels.", (("army", "group"), ("rebels", "group")), "army", "rebels"),
        ("en", "The rebels were attacked by the army.", (("army", "group"), ("rebels", "group")), "army", "rebels"),
        ("de", "Die Armee griff die Rebellen an.", (("Armee", "group"), ("Rebellen", "group")), "Armee", "Rebellen"),
        (
            "de", "Karim Sadik wurde von der Polizei verhaftet.",
            (("Karim Sadik", "person"), ("Polizei", "group")), "Polizei", "Karim Sadik",
        ),
        ("ru", "Полиция задержала Карима Садыка.", (("Полиция", "group"), ("Карима Садыка", "person")), "Полиция", "Карима Садыка"),
        ("ru", "Карим Садык был задержан.", (("Карим Садык", "person"),), None, "Карим Садык"),
    ],
)  # fmt: skip
def test_who_to_whom(
    language: str, text: str, mentions: tuple[tuple[str, str], ...], actor: str | None, recipient: str
) -> None:
    event = found(text, language, mentions)[0]
    assert (text[slice(*event.actor)] if event.actor else None) == actor
    assert event.recipient is not None and text[slice(*event.recipient)] == recipient


@pytest.mark.parametrize(
    ("language", "text", "modality", "polarity"),
    [
        ("en", "Police did not arrest the man.", "actual", "negative"),
        ("en", "The army may attack the town.", "possible", "positive"),
        ("en", "The union plans to strike; it will march on Friday.", "planned", "positive"),
        ("de", "Die Polizei nahm niemanden fest.", "actual", "negative"),
        ("de", "Die Armee könnte die Stadt angreifen.", "possible", "positive"),
        ("ru", "Полиция не задержала мужчину.", "actual", "negative"),
        ("ru", "Боевики пытались захватить аэропорт.", "attempted", "positive"),
    ],
)
def test_modality_and_polarity(language: str, text: str, modality: str, polarity: str) -> None:
    event = found(text, language)[-1]
    assert (event.modality, event.polarity) == (modality, polarity)


def test_denied_attribution_turns_polarity() -> None:
    text = "The minister denied that police had arrested the man."
    start = text.index("police")
    row = SimpleNamespace(content=((start, len(text) - 1),), polarity="negative")
    event = find_events(text, [(0, len(text))], "en", attributions=[row])[-1]
    assert (event.attribution, event.polarity) == (0, "negative")


def test_figures_go_to_the_event_that_counts_them() -> None:
    text = "Police arrested 40 people and 16 soldiers were killed."
    events = found(text, "en")
    figures = find_quantities(text, [(0, len(text))], "en")
    shares = {one.type: [figures[at].low for at in one.quantities] for one in events}
    assert shares == {"COERCE": [40], "CASUALTY": [16]}


def test_list_items_take_over_the_actor() -> None:
    text = "Die Polizei meldete am Abend: Demonstranten zogen durch die Innenstadt. plünderten Geschäfte."
    cut = text.index("plünderten")
    events = find_events(text, [(0, cut - 1), (cut, len(text))], "de", introduced_by={1: 0})
    assert text[slice(*events[-1].actor)] == "Demonstranten"  # type: ignore[misc]


def test_names_are_no_events() -> None:
    text = "The Committee against Torture met on Monday."
    events = found(text, "en", (("Committee against Torture", "organisation"),))
    assert [one.type for one in events] == ["CONSULT"]


@pytest.mark.parametrize("language", ["de", "en", "ru"])
def test_lexicon_names_known_types_and_modes(language: str) -> None:
    types = event_types()
    for name in load_rules(language, "events")["triggers"]:
        kind, _, mode = name.partition("/")
        assert kind in types, name
        assert not mode or mode in types[kind].get("modes", {}), name


def test_every_type_is_told_in_every_language() -> None:
    for language in ("de", "en", "ru"):
        told = {name.split("/")[0] for name in load_rules(language, "events")["triggers"]}
        assert told == set(event_types()), language


@given(st.text(max_size=200), st.sampled_from(["de", "en", "ru", "und"]))
def test_any_text(text: str, language: str) -> None:
    for one in find_events(text, [(0, len(text))], language):
        assert all(0 <= start < end <= len(text) for start, end in one.trigger)


def test_many_events_in_one_sentence() -> None:
    text = "Police arrested men, " * 500
    assert len(found(text, "en")) == 500


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The striker attacked from the left and shot; the goalkeeper was beaten in the second half."),
        ("de", "Der Stürmer griff über links an, schoss und überwand den Torwart."),
        ("ru", "Форвард атаковал слева и выстрелил в верхний угол ворот, вратарь не помог."),
    ],
)
def test_games_are_no_battles(language: str, text: str) -> None:
    assert not [one for one in found(text, language) if one.type in ("ASSAULT", "PROTEST", "CASUALTY")]


def test_a_month_is_no_march() -> None:
    text = "The offer was made in March."
    timex = SimpleNamespace(start=text.index("March"), end=len(text) - 1, type="DATE", earliest="2031-03-01")
    assert not [
        one for one in find_events(text, [(0, len(text))], "en", timexes=[timex]) if one.type == "PROTEST"
    ]
