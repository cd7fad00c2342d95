"""Temporal expressions on bad, empty and hostile input, what hangs on them, and what they cost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotations.sentences import find_sentences
from sayso.annotations.timex_grammar import load_grammar
from sayso.annotations.timex_values import bounds_of
from sayso.annotations.timexes import FoundTimex, TimeChooser, choose_time, find_timexes, order_clauses

LANGUAGES = ("de", "en", "ru", "und")
LONG = 100_000


def find(prose: str, language: str, published: str | None = "2021-05-19") -> list[FoundTimex]:
    return find_timexes(prose, find_sentences(prose, (), language), language=language, published=published)


def span_of(prose: str, words: str) -> tuple[int, int]:
    start = prose.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("prose", "language", "value"),
    [
        ("Am 31. Februar 2021 kam er.", "de", "2021-02-XX"),
        ("It ended on February 31, 2021.", "en", "2021-02-XX"),
        ("Это было 31 февраля 2021 года.", "ru", "2021-02-XX"),
    ],
)
def test_a_day_that_does_not_exist_keeps_its_month(prose: str, language: str, value: str) -> None:
    [timex] = find(prose, language)
    assert (timex.value, timex.earliest, timex.latest) == (value, None, None)


@pytest.mark.parametrize("prose", ["Um 25:61 kam er.", "Um 25:61 Uhr kam er.", "Um 12:75 kam er."])
def test_a_time_that_does_not_exist_is_none(prose: str) -> None:
    assert find(prose, "de") == []


def test_years_beyond_the_calendar_keep_their_value_and_open_bounds() -> None:
    assert bounds_of("9999") == (None, None)
    assert bounds_of("0000-01-01") == (None, None)
    [timex] = find("Status 9998-12-31.", "und") or [None]
    assert timex is None or timex.latest is None


@pytest.mark.parametrize("published", [None, "", "gestern", "2021", "2021-13-45", "0000-00-00"])
@pytest.mark.parametrize(
    ("prose", "language"),
    [
        ("Gestern kam er, am Montag um 8 Uhr ging er, vor drei Tagen war er krank.", "de"),
        ("He came yesterday and left on Monday at 8 a.m., three days ago he was ill.", "en"),
        ("Вчера он приехал, в понедельник в 8:00 уехал, три дня назад он болел.", "ru"),
    ],
)
def test_without_publication_relative_bounds_stay_open(
    prose: str, language: str, published: str | None
) -> None:
    timexes = find(prose, language, published)
    assert len(timexes) >= 3
    assert all(timex.earliest is None and timex.latest is None for timex in timexes)
    assert all(timex.anchor != "published" for timex in timexes)


@pytest.mark.parametrize("published", ["0001-01-01", "1500-01-01", "8999-12-31", "9999-12-31"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_survive_the_ends_of_the_calendar(language: str, published: str) -> None:
    for rule in load_grammar(language).data.rules:
        for example in rule.examples:
            find(example[0].replace("[[", "").replace("]]", ""), language, published)


def test_both_readings_stay_open_where_cues_meet() -> None:
    prose = "Er sagte am Freitag werde gewählt."
    [timex] = find(prose, "de", "2021-05-19")
    assert timex.earliest == "2021-05-14"
    assert timex.latest == "2021-05-22"


def test_today_in_a_quotation_takes_the_date_of_the_cited_link() -> None:
    prose = 'Der Sender schrieb: "Heute wurde geschossen" .'
    sentences = [(0, len(prose))]
    [timex] = find_timexes(
        prose, sentences, language="de", published="2021-05-25", link_dates=[(len(prose) - 1, "2021-05-19")]
    )
    assert (timex.value, timex.anchor) == ("2021-05-19", None)
    [timex] = find_timexes(
        prose.replace('"', ""),
        sentences,
        language="de",
        published="2021-05-25",
        link_dates=[(len(prose) - 3, "2021-05-19")],
    )
    assert (timex.value, timex.anchor) == ("2021-05-25", "published")


def test_expressions_never_overlap_and_stand_in_order() -> None:
    prose = "Vom 2. bis 5. Januar 2021, am Montagabend um 20 Uhr und drei Tage später, Ende 2021."
    timexes = find(prose, "de")
    assert all(left.end <= right.start for left, right in pairwise(timexes))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "am",
                "um",
                "vor",
                "3",
                "12.",
                "2021",
                ".",
                ",",
                "-",
                "bis",
                "Mai",
                "Montag",
                "Uhr",
                "halb",
                "Tagen",
                "letzten",
                "the",
                "last",
                "of",
                "two",
                "o'clock",
                "p.m.",
                "ago",
                "5",
                "в",
                "на",
                "году",
                "мая",
                "назад",
                "прошлом",
                "дня",
                "1990-х",
                "\n",
                "(",
                ")",
                '"',
                "İ",
                "ß",
                "ё",
                "31",
                "25:61",
                "0",
                "99999",
                "/",
            ]
        ),
        max_size=40,
    ),
    st.sampled_from(LANGUAGES),
)
def test_any_words_give_spans_within_the_prose(words: list[str], language: str) -> None:
    prose = " ".join(words)
    for timex in find(prose, language):
        assert 0 <= timex.start < timex.end <= len(prose)
        assert prose[timex.start : timex.end].strip() == prose[timex.start : timex.end]
        assert not (timex.earliest and timex.latest) or timex.earliest < timex.latest
        assert not isinstance(timex.anchor, int) or timex.anchor >= 0


HOSTILE = [
    "1",
    "1 ",
    "1. ",
    "1., ",
    "1.1.",
    "1-",
    "1:",
    "12:",
    "der ",
    "am ",
    "vor ",
    "zwei und ",
    "zwanzig ",
    "2021 ",
    "2021-",
    "20",
    "Montag ",
    "Montag, ",
    "heute ",
    "the ",
    "last ",
    "two ",
    "of ",
    "a ",
    "May ",
    "5 a.m. ",
    "5, ",
    "in ",
    "за ",
    "два ",
    "с 5 по ",
    "мая ",
    "hat ",
    "hat be",
    "wird ",
    "( ",
    "„",
    '"',
    " ",
    "-",
    "a",
    "ge",
    "erst",
    "einund",
    "\u00a0",
    "1/",
    "jahre ",
    "ago ",
    "назад ",
    "(",
    "12 000 ",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_hostile_input_costs_more_than_linear_time(language: str) -> None:
    for piece in HOSTILE:
        prose = (piece * (LONG // len(piece) + 1))[:LONG]
        sentences = [(start, min(start + 20_000, LONG)) for start in range(0, LONG, 20_000)]
        begun = time.process_time()
        find_timexes(prose, sentences, language=language, published="2021-05-19")
        assert time.process_time() - begun < 3, repr(piece)


def test_cost_grows_with_the_number_of_dates_not_faster() -> None:
    def cost(count: int) -> float:
        prose = "Am Montag kam er. " * count
        sentences = [(at, at + 17) for at in range(0, len(prose), 18)]
        begun = time.process_time()
        timexes = find_timexes(
            prose,
            sentences,
            language="de",
            published="2021-05-19",
            link_dates=[(at, "2021-05-01") for at, _ in sentences],
        )
        chooser = TimeChooser(timexes, sentences, prose)
        for start, _ in sentences:
            chooser.choose((start + 10, start + 13))
        assert len(timexes) == count
        return time.process_time() - begun

    cost(100)
    assert cost(16_000) < 10 * cost(4_000)


def test_speed_on_one_core() -> None:
    prose = (
        "Der Minister sagte am Mittwoch in Berlin, die Verhandlungen mit den Nachbarstaaten seien weiter "
        "gediehen als erwartet und man habe sich auf einen Entwurf geeinigt, der nun geprüft werde. "
    ) * 800
    sentences = find_sentences(prose, (), "de")
    find_timexes(prose[:200], [(0, 200)], language="de", published="2021-05-19")
    begun = time.process_time()
    find_timexes(prose, sentences, language="de", published="2021-05-19")
    assert len(prose.split()) / (time.process_time() - begun) > 50_000


@pytest.mark.parametrize(
    ("prose", "language", "predicate", "wanted", "reason"),
    [
        (
            "Am Montag wurde geschossen, am Dienstag war Ruhe.",
            "de",
            "geschossen",
            "Am Montag"[3:],
            "same clause",
        ),
        ("Am Montag wurde geschossen, am Dienstag war Ruhe.", "de", "Ruhe", "Dienstag", "same clause"),
        ("On Monday, officials said, troops left.", "en", "left", "Monday", "same sentence"),
        ("В среду он приехал. Потом он уехал.", "ru", "уехал", "среду", "last day told before"),
    ],
)
def test_what_a_predicate_hangs_on(
    prose: str, language: str, predicate: str, wanted: str, reason: str
) -> None:
    timexes = find(prose, language)
    choice = choose_time(span_of(prose, predicate), timexes, find_sentences(prose, (), language), prose)
    assert choice.reason == reason
    assert choice.timex is not None
    assert prose[timexes[choice.timex].start : timexes[choice.timex].end] == wanted


def test_no_day_is_carried_over_a_block_or_out_of_the_content() -> None:
    prose = "Am Montag wurde geschossen.\nEr sagte, am Freitag komme er."
    sentences = [(0, 27), (28, len(prose))]
    timexes = find_timexes(prose, sentences, language="de", published="2021-05-19")
    said, content = span_of(prose, "sagte"), span_of(prose, "am Freitag komme er")
    assert (
        choose_time(said, timexes, sentences, prose, breaks=(0, 28), outside=[content]).reason == "published"
    )
    assert choose_time(said, timexes, sentences, prose, outside=[content]).timex == 0


@pytest.mark.parametrize(
    ("prose", "language", "first", "second", "order"),
    [
        ("He fled after the police came.", "en", "fled", "came", "after"),
        ("After the police came, he fled.", "en", "came", "fled", "before"),
        ("Er floh, bevor die Polizei kam.", "de", "floh", "kam", "before"),
        ("Er kam, zuvor war er krank gewesen.", "de", "kam", "krank", "after"),
        ("Er floh, während sie schossen.", "de", "floh", "schossen", "during"),
        ("Он уехал, а затем вернулся.", "ru", "уехал", "вернулся", "before"),
        ("Er floh, sie schossen.", "de", "floh", "schossen", None),
    ],
)
def test_order_told_by_connectives(
    prose: str, language: str, first: str, second: str, order: str | None
) -> None:
    sentences = [(0, len(prose))]
    assert (
        order_clauses(prose, span_of(prose, first), span_of(prose, second), sentences, language=language)
        == order
    )


@pytest.mark.parametrize(
    ("language", "value", "latest"),
    [
        ("en-GB", "2021-06-05", "2021-06-06"),
        ("en-US", "2021-05-06", "2021-05-07"),
        ("en", "2021-05-06", "2021-06-06"),
    ],
)
def test_the_country_settles_the_order_of_figures(language: str, value: str, latest: str) -> None:
    [timex] = find("Filed on 05/06/2021 in court.", language)
    assert (timex.value, timex.latest) == (value, latest)
