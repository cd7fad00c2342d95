"""One man, one house, one place - and two where there are two."""

from __future__ import annotations

from tests.entities.readings import Resolved, reading


def test_a_person_is_one_in_three_languages_and_by_surname_alone():
    case = Resolved(
        reading(
            "1",
            "de",
            "Darja Welikanowa warnte. Welikanowa blieb.",
            ("person", "Darja Welikanowa"),
            ("person", "Welikanowa"),
        ),
        reading("2", "ru", "Заявление Дарьи Великановой.", ("person", "Дарьи Великановой")),
        reading("3", "en", "Velikanova left the city.", ("person", "Velikanova")),
    )
    assert len(case.ids("Darja Welikanowa", "Welikanowa", "Дарьи Великановой", "Velikanova")) == 1


def test_two_bearers_of_a_surname_stay_two_and_a_surname_between_them_is_neither():
    case = Resolved(
        reading(
            "1",
            "en",
            "Anton Dresner spoke. Paula Dresner wept.",
            ("person", "Anton Dresner"),
            ("person", "Paula Dresner"),
        ),
        reading("2", "en", "Dresner denied it.", ("person", "Dresner")),
    )
    assert len(case.ids("Anton Dresner", "Paula Dresner", "Dresner")) == 3


def test_an_initial_joins_only_the_one_name_it_fits():
    names = reading("1", "ru", "Приехал Борис Лугин.", ("person", "Борис Лугин"))
    initial = reading("2", "en", "B. Lugin said so.", ("person", "B. Lugin"))
    assert len(Resolved(names, initial).ids("Борис Лугин", "B. Lugin")) == 1
    other = reading("3", "de", "Bruno Lugin kam.", ("person", "Bruno Lugin"))
    assert len(Resolved(names, initial, other).ids("Борис Лугин", "B. Lugin", "Bruno Lugin")) == 3


def test_namesakes_of_other_lands_and_offices_stay_two():
    russian = reading(
        "1", "en", "Russian defence minister Pavel Orlin spoke.", ("person", "Pavel Orlin"),
        roles={"Pavel Orlin": "Russian defence minister"},
    )  # fmt: skip
    bulgarian = reading(
        "2", "en", "Bulgarian prosecutor Pavel Orlin resigned.", ("person", "Pavel Orlin"),
        roles={"Pavel Orlin": "Bulgarian prosecutor"},
    )  # fmt: skip
    assert len(Resolved(russian, bulgarian).ids("Pavel Orlin")) == 2
    assert len(Resolved(russian, russian).ids("Pavel Orlin")) == 1


def test_a_city_is_meant_unless_the_words_say_region():
    case = Resolved(
        reading("1", "en", "Clashes in Almaty.", ("place", "Almaty")),
        reading("2", "ru", "Беспорядки в Алма-Ате.", ("place", "Алма-Ате")),
        reading("3", "de", "Unruhen im Gebiet Charkiw.", ("place", "Charkiw")),
        reading("4", "en", "Shelling of Kharkiv.", ("place", "Kharkiv")),
    )
    assert len(case.ids("Almaty", "Алма-Ате")) == 1
    city = case.of("Almaty")
    assert (city.country, city.geonames) == ("KZ", 1526384)
    assert city.lat is not None and abs(city.lat - 43.25) < 0.2
    assert len(case.ids("Charkiw", "Kharkiv")) == 2


def test_declined_places_are_found():
    case = Resolved(
        reading(
            "1",
            "ru",
            "Взрыв в Нижнем Новгороде и в Ростовской области.",
            ("place", "Нижнем Новгороде"),
            ("place", "Ростовской области"),
        ),
        reading("2", "de", "In der Region Perm brannte es.", ("place", "Perm")),
    )
    assert case.of("Нижнем Новгороде").geonames == 520555
    assert case.of("Ростовской области").country == "RU"
    assert case.of("Perm").country == "RU"


def test_a_land_no_gazetteer_has_is_one_with_its_government():
    case = Resolved(
        reading(
            "1", "de", "Das grenovische Außenministerium schwieg. Grenovien zögert.",
            ("organisation", "Außenministerium"), ("place", "Grenovien"),
        ),
        reading("2", "ru", "МИД Греновии ответил. В Греновии ждут.", ("organisation", "МИД Греновии"), ("place", "Греновии")),
        reading("3", "en", "Grenovia said so. Its defence ministry agreed.", ("place", "Grenovia"), ("organisation", "defence ministry"), sources=("Grenovia",)),
    )  # fmt: skip
    assert len(case.ids("Grenovien", "Греновии", "Grenovia")) == 1
    assert len(case.ids("Außenministerium", "МИД Греновии")) == 1
    assert (
        case.of("Außenministerium").voice
        == case.of("defence ministry").voice
        == case.source("Grenovia").voice
    )
    assert case.source("Grenovia").kind == "organisation"


def test_ministries_of_two_states_are_two_and_two_voices():
    case = Resolved(
        reading("1", "en", "The Norwegian foreign ministry and the Polish foreign ministry met.",
                ("organisation", "Norwegian foreign ministry"), ("organisation", "Polish foreign ministry")),
    )  # fmt: skip
    norway, poland = case.of("Norwegian foreign ministry"), case.of("Polish foreign ministry")
    assert (norway.country, poland.country) == ("NO", "PL")
    assert norway.voice != poland.voice


def test_a_police_union_and_a_banks_president_do_not_speak_for_the_state():
    case = Resolved(
        reading("1", "en", "The president of the bank, Ada Holt, in Norway.", ("person", "Ada Holt"), ("place", "Norway"),
                roles={"Ada Holt": "president of the bank"}),
    )  # fmt: skip
    assert case.of("Ada Holt").voice is None


def test_outlets_named_are_outlets_that_report():
    case = Resolved(
        reading(
            "1",
            "ru",
            "Как сообщал «Лесной курьер», дорога закрыта.",
            ("outlet", "Лесной курьер"),
            outlet="Озёрный вестник",
        ),
        reading("2", "de", "Der See stieg.", outlet="Lesnoi Kurjer", url="https://lesnoi-kurjer.example/1"),
        reading("3", "en", "The lake rose.", url="https://lesnoi-kurjer.example/2"),
    )
    outlets = case.resolution.outlet_of_report
    assert case.ids("Лесной курьер") == [outlets["rep-2"]]
    assert outlets["rep-2"] == outlets["rep-3"] != outlets["rep-1"]
    assert case.entities[outlets["rep-2"]].domains == ("lesnoi-kurjer.example",)


def test_a_shared_host_makes_no_outlet():
    case = Resolved(
        reading("1", "en", "One.", outlet="Alpha", url="https://t.me/alpha/1"),
        reading("2", "en", "Two.", outlet="Omega", url="https://t.me/omega/1"),
    )
    assert len(set(case.resolution.outlet_of_report.values())) == 2


def test_acronyms_meet_their_long_form_and_other_languages():
    case = Resolved(
        reading("1", "en", "The Lake Rescue Society (LRS) came. LRS left.",
                ("organisation", "Lake Rescue Society"), ("organisation", "LRS"), ("organisation", "LRS")),
        reading("2", "de", "Die OVKS tagte.", ("organisation", "OVKS")),
        reading("3", "ru", "Генсек ОДКБ прибыл.", ("organisation", "ОДКБ")),
    )  # fmt: skip
    assert len(case.ids("LRS", "Lake Rescue Society")) == 1
    assert len(case.ids("OVKS", "ОДКБ")) == 1


def test_a_look_alike_in_mixed_scripts_is_not_merged():
    case = Resolved(
        reading("1", "en", "Boris Pavlov came.", ("person", "Boris Pavlov")),
        reading("2", "en", "Boris Pаvlov came.", ("person", "Boris Pаvlov")),
    )
    assert len(case.ids("Boris Pavlov", "Boris Pаvlov")) == 2


def test_who_speaks_for_a_house_is_one_voice_with_it():
    case = Resolved(
        reading("1", "en", "Norvex spokeswoman Ida Lund said so. Norvex paid.",
                ("organisation", "Norvex"), ("person", "Ida Lund"), ("organisation", "Norvex"),
                roles={"Ida Lund": "Norvex spokeswoman"}),
    )  # fmt: skip
    assert case.of("Ida Lund").voice == case.of("Norvex").voice is not None


def test_a_ministry_of_neither_of_two_lands_speaks_for_none():
    named = "The Norwegian defence ministry and the Polish defence ministry spoke of Norway and Poland."
    case = Resolved(
        reading("1", "en", named, ("organisation", "Norwegian defence ministry"),
                ("organisation", "Polish defence ministry"), ("place", "Norway"), ("place", "Poland")),
        reading("2", "en", "Norway, Poland: the defence ministry denied it.",
                ("place", "Norway"), ("place", "Poland"), ("organisation", "defence ministry")),
    )  # fmt: skip
    assert case.of("defence ministry").voice is None
    assert case.of("Norwegian defence ministry").voice == case.entities[case.ids("Norway")[0]].voice


def test_a_name_means_what_it_means_elsewhere_in_the_case():
    moscow = [
        reading(str(n), "en", "Moscow. Russia.", ("place", "Moscow"), ("place", "Russia")) for n in range(4)
    ]
    idaho = reading(
        "9",
        "en",
        "Boise, Lewiston and Moscow vote.",
        ("place", "Boise"),
        ("place", "Lewiston"),
        ("place", "Moscow"),
    )
    assert Resolved(*moscow, idaho).of("Moscow").country == "RU"
    assert Resolved(idaho).of("Moscow").admin1 == "Idaho"


def test_a_common_word_is_no_outlet_unless_it_is_read_as_one():
    case = Resolved(
        reading("1", "de", "Die Presse fragte.", ("organisation", "Presse")),
        reading("2", "de", "Das schrieb die Presse aus Wien.", ("outlet", "Presse")),
        reading("3", "en", "Reuters said.", ("organisation", "Reuters")),
    )
    kinds = {entity.kind for entity in case.resolution.entities if entity.name == "Die Presse"}
    assert kinds == {"outlet"}
    assert len(case.ids("Presse")) == 2
    assert case.of("Reuters").kind == "outlet"


def test_an_outlet_goes_by_its_acronym():
    case = Resolved(
        reading("1", "de", "Der Fluss stieg.", outlet="Mittelland-Agentur"),
        reading("2", "de", "Das meldete MLA.", ("outlet", "MLA")),
    )
    assert case.ids("MLA") == [case.resolution.outlet_of_report["rep-1"]]


def test_a_local_paper_means_its_own_town_unless_the_report_is_about_another_land():
    towns = ("Lubbock", "Amarillo", "Abilene", "Plainview")
    local = [
        reading(str(n), "en", f"Rain in {town} and Midland.", ("place", town), ("place", "Midland"), outlet="Plains Herald")
        for n, town in enumerate(towns)
    ]  # fmt: skip
    here = reading("8", "en", "A fire in Odessa.", ("place", "Odessa"), outlet="Plains Herald")
    there = reading(
        "9", "en", "Ukrainian officials in Kyiv said Odessa and Kharkiv were hit. Ukraine replied.",
        ("place", "Kyiv"), ("place", "Odessa"), ("place", "Kharkiv"), ("place", "Ukraine"), outlet="Plains Herald",
    )  # fmt: skip
    ids = Resolved(*local, here, there).resolution
    entities = {entity.id: entity for entity in ids.entities}
    assert entities[ids.mention_entities[here[1].mentions[0].id]].country == "US"
    assert entities[ids.mention_entities[there[1].mentions[1].id]].country == "UA"
