"""Who speaks: pronouns, role nouns, houses, the unnamed."""

from __future__ import annotations

import pytest

from sayso.annotations.attribution_sources import resume_mentions
from sayso.annotations.found import Outline
from tests.annotations.readings import find, named, said, who

RESUMED = [
    pytest.param(
        "de",
        "Ministerin Anna Berg traf Peter Holm. Die Lage sei ernst, sagte sie.",
        {"person": ["Anna Berg", "Peter Holm"]},
        {"content": "Die Lage sei ernst", "cue": "sagte", "source": "sie"},
        "Anna Berg",
        id="a woman, by her role",
    ),
    pytest.param(
        "en",
        "Mr Ivor Lane met Mrs Ada Moss in Hull. The deal was off, he said.",
        {"person": ["Ivor Lane", "Ada Moss"]},
        {"content": "The deal was off", "cue": "said", "source": "he"},
        "Ivor Lane",
        id="a man, by his title",
    ),
    pytest.param(
        "ru",
        "Елена Громова приняла Бориса Ленского. Договор подписан, сообщила она.",
        {"person": ["Елена Громова", "Бориса Ленского"]},
        {"content": "Договор подписан", "cue": "сообщила", "source": "она"},
        "Елена Громова",
        id="by the surname",
    ),
    pytest.param(
        "de",
        "Das Gesundheitsministerium zählte zwölf Fälle, die Firma Lurex schwieg. Das Ministerium sprach von Zufall.",
        {"organisation": ["Gesundheitsministerium", "Lurex"]},
        {"content": "Zufall", "cue": "sprach von", "source": "Das Ministerium"},
        "Gesundheitsministerium",
        id="a house by its noun",
    ),
    pytest.param(
        "en",
        "The bishop, Clare Ames, walked in; the actor Tom Pike waited. The bishop said nothing was wrong.",
        {"person": ["Clare Ames", "Tom Pike"]},
        {"content": "nothing was wrong", "cue": "said", "source": "The bishop"},
        "Clare Ames",
        id="a role beside a name",
    ),
]


@pytest.mark.parametrize(("language", "prose", "mentions", "parts", "expected"), RESUMED)
def test_words_that_resume_a_name_stand_for_it(language, prose, mentions, parts, expected):
    after = prose.index(". ") + 2
    found, known = find(prose, language, [said(prose, after=after, **parts)], named(prose, **mentions))
    assert who(prose, found[0], known) == expected
    assert not found[0].anonymous
    assert found[0].resuming is not None


@pytest.mark.parametrize(
    ("language", "prose", "source"),
    [
        ("en", "An official at the Home Office said the plan was dead.", "An official at the Home Office"),
        (
            "de",
            "Ein Mitarbeiter des Innenministeriums sagte, der Plan sei tot.",
            "Ein Mitarbeiter des Innenministeriums",
        ),
        ("ru", "Источник в МВД сказал, что план отменён.", "Источник в МВД"),
    ],
)
def test_who_only_speaks_from_a_house_is_anonymous(language, prose, source):
    house = source.split()[-1] if language != "en" else "Home Office"
    cue = {"en": "said", "de": "sagte", "ru": "сказал"}[language]
    content = prose[prose.index(cue) + len(cue) :].strip(" ,.")
    raw = said(prose, source=source, cue=cue, content=content)
    found, known = find(prose, language, [raw], named(prose, organisation=house))
    assert found[0].anonymous
    assert who(prose, found[0], known) is None


def test_a_spokesman_of_a_house_speaks_for_it():
    prose = "A spokesman for Corva Rail said trains would run."
    raw = said(prose, source="A spokesman for Corva Rail", cue="said", content="trains would run")
    found, known = find(prose, "en", [raw], named(prose, organisation="Corva Rail"))
    assert who(prose, found[0], known) == "Corva Rail"


def test_a_pronoun_after_an_unnamed_source_names_nobody():
    prose = "Mayor Ian Holt stayed away. An official said the hall was empty. He asked for calm."
    raw = [
        said(prose, source="An official", cue="said", content="the hall was empty"),
        said(prose, source="He", cue="asked for", content="calm"),
    ]
    found, _ = find(prose, "en", raw, named(prose, person="Ian Holt"))
    assert [one.anonymous for one in found] == [True, True]
    assert found[1].source_mention is None


def test_the_author_of_the_byline_does_not_speak():
    prose = "By Mark Dunn\nThe pier is closed. He said it was unsafe."
    raw = said(prose, source="He", cue="said", content="it was unsafe")
    found, known = find(prose, "en", [raw], named(prose, person="Mark Dunn"), Outline(bylines=((0, 12),)))
    assert who(prose, found[0], known) is None


def test_told_speech_goes_on_with_the_running_source():
    prose = "Landrat Uwe Franke warnte vor Panik. Die Deiche seien sicher. Man müsse nur abwarten."
    raw = [
        said(prose, "reported", source="Landrat Uwe Franke", cue="warnte", content="vor Panik"),
        said(prose, "free_indirect", content="Die Deiche seien sicher"),
    ]
    found, known = find(prose, "de", raw, named(prose, person="Uwe Franke"))
    assert [who(prose, one, known) for one in found] == ["Uwe Franke"] * 3
    assert found[2].kind == "free_indirect"


def test_every_item_of_an_attributing_list_is_told_by_its_source():
    prose = "Die Feuerwehr Ulm teilte Folgendes mit:\nZwei Häuser brannten.\nEin Mann ist verletzt."
    introduced = {1: 0, 2: 0}
    raw = said(prose, "reported", source="Die Feuerwehr Ulm", cue="teilte", content="Folgendes")
    found, known = find(
        prose, "de", [raw], named(prose, organisation="Feuerwehr Ulm"), Outline(introduced=introduced)
    )
    assert len(found) == 3
    assert {who(prose, one, known) for one in found} == {"Feuerwehr Ulm"}


@pytest.mark.parametrize(
    ("language", "prose", "source", "cue", "content"),
    [
        (
            "en",
            "President Ada Moss met Ivor Lane. The head of state said no.",
            "The head of state",
            "said",
            "no",
        ),
        (
            "de",
            "Präsidentin Ada Moss traf Ivor Lane. Das Staatsoberhaupt sagte ab.",
            "Das Staatsoberhaupt",
            "sagte",
            "ab",
        ),
        (
            "ru",
            "Президент Ада Мосс приняла Льва Орлова. Глава государства отказала.",
            "Глава государства",
            "отказала",
            "отказала",
        ),
    ],
)
def test_a_title_means_who_bears_the_office(language, prose, source, cue, content):
    after = prose.index(". ") + 2
    people = ["Ада Мосс", "Льва Орлова"] if language == "ru" else ["Ada Moss", "Ivor Lane"]
    raw = said(prose, after=after, source=source, cue=cue, content=content)
    found, known = find(prose, language, [raw], named(prose, person=people))
    assert who(prose, found[0], known) == people[0]


def test_an_office_without_a_name_is_a_mention_and_not_anonymous():
    prose = "The ministry said nobody was hurt."
    found, known = find(
        prose, "en", [said(prose, source="The ministry", cue="said", content="nobody was hurt")]
    )
    every = [*known, *resume_mentions(found, known)]
    assert not found[0].anonymous
    assert every[found[0].source_mention].pronominal
    assert who(prose, found[0], every) == "The ministry"
