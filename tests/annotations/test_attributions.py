"""Attributions finished: chains, certainty, polarity, borders of phrases."""

from __future__ import annotations

import pytest

from tests.annotations.readings import find, named, said, who, words

CHAINS = [
    (
        "de",
        "Die Agentur Norda meldet unter Berufung auf das Innenministerium, drei Brücken seien gesperrt.",
        "Die Agentur Norda",
        "meldet",
        "drei Brücken seien gesperrt",
        "Norda",
        "Innenministerium",
    ),
    (
        "en",
        "Norda reported, citing the Interior Ministry, that three bridges were closed.",
        "Norda",
        "reported",
        "that three bridges were closed",
        "Norda",
        "Interior Ministry",
    ),
    (
        "ru",
        "Агентство «Норда» сообщает со ссылкой на МВД, что три моста закрыты.",
        "Агентство «Норда»",
        "сообщает",
        "три моста закрыты",
        "Норда",
        "МВД",
    ),
]


@pytest.mark.parametrize(("language", "prose", "source", "cue", "content", "outlet", "house"), CHAINS)
def test_whom_a_source_relies_on_speaks_inside_it(language, prose, source, cue, content, outlet, house):
    raw = said(prose, source=source, cue=cue, content=content)
    found, known = find(prose, language, [raw], named(prose, outlet=outlet, organisation=house))
    inner = next(one for one in found if one.parent is not None)
    assert who(prose, inner, known) == house
    assert who(prose, found[inner.parent], known) == outlet
    assert words(prose, inner.content) == content.removeprefix("that ")


def test_a_link_that_the_encoder_has_read_is_not_doubled():
    prose = "Norda reported, citing the Interior Ministry, that three bridges were closed."
    raw = [
        said(
            prose,
            source="Norda",
            cue="reported",
            content="citing the Interior Ministry, that three bridges were closed",
        ),
        said(prose, source="the Interior Ministry", cue="citing", content="three bridges were closed"),
    ]
    found, _ = find(prose, "en", raw, named(prose, outlet="Norda", organisation="Interior Ministry"))
    assert len(found) == 2


def test_a_cue_that_points_back_tells_the_sentence_before():
    prose = "Drei Brücken sind gesperrt. Das meldete die Agentur Norda."
    found, known = find(prose, "de", [], named(prose, outlet="Norda"))
    assert [words(prose, one.content) for one in found] == ["Drei Brücken sind gesperrt"]
    assert who(prose, found[0], known) == "Norda"


COMMITTED = [
    ("en", "The firm denied that a valve had failed.", "denied", "a valve had failed", "negative", "certain"),
    (
        "en",
        "The firm did not rule out that a valve had failed.",
        "did not rule out",
        "a valve had failed",
        "positive",
        "possible",
    ),
    (
        "en",
        "The firm declined to say when work resumes.",
        "declined to say",
        "when work resumes",
        "positive",
        "underspecified",
    ),
    (
        "en",
        "The firm said it would probably reopen on 3 May.",
        "said",
        "it would probably reopen on 3 May",
        "positive",
        "probable",
    ),
    (
        "de",
        "Der Betrieb bestritt, dass ein Ventil versagte.",
        "bestritt",
        "ein Ventil versagte",
        "negative",
        "certain",
    ),
    (
        "de",
        "Der Betrieb dementierte: Kein Ventil habe versagt.",
        "dementierte",
        "Kein Ventil habe versagt",
        "positive",
        "certain",
    ),
    (
        "de",
        "Der Betrieb fürchtet, dass ein Ventil versagte.",
        "fürchtet",
        "ein Ventil versagte",
        "positive",
        "probable",
    ),
    (
        "de",
        "Der Betrieb wollte die Zahl nicht bestätigen.",
        "wollte die Zahl nicht bestätigen",
        "die Zahl",
        "positive",
        "underspecified",
    ),
    ("ru", "Завод опроверг, что клапан отказал.", "опроверг", "клапан отказал", "negative", "certain"),
    (
        "ru",
        "Завод назвал ложью сообщения об отказе.",
        "назвал ложью",
        "сообщения об отказе",
        "negative",
        "certain",
    ),
    ("ru", "Завод не исключил, что клапан отказал.", "не исключил", "клапан отказал", "positive", "possible"),
    (
        "ru",
        "Завод сообщил, что клапан, скорее всего, отказал.",
        "сообщил",
        "клапан, скорее всего, отказал",
        "positive",
        "probable",
    ),
]


@pytest.mark.parametrize(("language", "prose", "cue", "content", "polarity", "certainty"), COMMITTED)
def test_a_source_commits_itself_as_its_words_show(language, prose, cue, content, polarity, certainty):
    source = " ".join(prose.split()[: 1 if language == "ru" else 2])
    found, _ = find(prose, language, [said(prose, source=source, cue=cue, content=content)])
    assert (found[0].polarity, found[0].certainty) == (polarity, certainty)


def test_the_month_of_may_is_no_hedge():
    prose = "The firm said the plant opens on 9 May."
    found, _ = find(
        prose, "en", [said(prose, source="The firm", cue="said", content="the plant opens on 9 May")]
    )
    assert found[0].markers == ()


BORDERS = [
    ("„Wir gehen“, sagte er.", "de", "Wir gehen“", "Wir gehen", "direct"),
    ('He called it "a bad day".', "en", 'it "a bad day', 'it "a bad day"', "mixed"),
    ("Er sagte, dass niemand komme.", "de", "dass niemand komme.", "niemand komme", "indirect"),
    ("She said that was enough.", "en", "was enough.", "was enough", "indirect"),
]


@pytest.mark.parametrize(("prose", "language", "read", "expected", "kind"), BORDERS)
def test_a_content_ends_where_the_guideline_ends_it(prose, language, read, expected, kind):
    found, _ = find(prose, language, [said(prose, "direct" if kind == "direct" else kind, content=read)])
    assert words(prose, found[0].content) == expected
    assert found[0].kind == kind


def test_the_noun_of_a_cue_is_no_part_of_its_source():
    prose = "Die Straße ist nach Angaben der Polizei gesperrt."
    raw = said(prose, content="Die Straße ist", cue="nach", source="Angaben der Polizei")
    found, _ = find(prose, "de", [raw])
    assert (words(prose, found[0].cue), words(prose, found[0].source)) == ("nach Angaben", "der Polizei")


def test_a_source_left_open_is_read_beside_its_cue():
    prose = "Gouverneur Karl Voss kam spät, er dementierte einen Rücktritt."
    raw = said(prose, "reported", cue="dementierte", content="einen Rücktritt")
    found, known = find(prose, "de", [raw], named(prose, person="Karl Voss"))
    assert words(prose, found[0].source) == "er"
    assert who(prose, found[0], known) == "Karl Voss"
