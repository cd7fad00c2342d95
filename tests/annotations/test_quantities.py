"""Counts in three languages: what, how many, bounds, whom - and what is no count."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.annotations.quantities import FoundQuantity, find_quantities


def found(text: str, language: str) -> list[FoundQuantity]:
    return find_quantities(text, [(0, len(text))], language)


def told(text: str, language: str) -> list[tuple[object, ...]]:
    return [(one.what, one.low, one.high, one.mod) for one in found(text, language)]


CASES = [
    ("de", "Drei der 40 Festgenommenen wurden verletzt.", [("injured", 3, 3, None), ("detained", 40, 40, None)]),
    ("de", "Sieben Streifenwagen brannten aus.", [("objects", 7, 7, None)]),
    ("de", "Bis zu 12.000 Menschen demonstrierten.", [("participants", None, 12000, "EQUAL_OR_LESS")]),
    ("de", "Etwa 70 Menschen wurden verletzt.", [("injured", 70, 70, "APPROX")]),
    ("de", "Der Schaden liegt bei zwei bis vier Millionen Euro.", [("money", 2e6, 4e6, None)]),
    ("de", "Anderthalb Millionen Menschen flohen.", [("displaced", 1.5e6, 1.5e6, None)]),
    ("de", "Die Zahl der Toten stieg von 16 auf 164.", [("killed", 164, 164, None)]),
    ("de", "Dutzende wurden verletzt.", [("injured", 24, 99, "APPROX")]),
    ("de", "Einundzwanzig Bergleute werden vermisst.", [("missing", 21, 21, None)]),
    ("de", "Mehr als 3800 Personen wurden festgenommen.", [("detained", 3800, None, "MORE_THAN")]),
    ("de", "Bei dem Brand starb ein Feuerwehrmann.", []),
    ("de", "Am 5. Januar 2022 um 18:30 Uhr kam die 3. Armee.", []),
    ("de", "Rund 2500 Soldaten trafen ein.", [("participants", 2500, 2500, "APPROX")]),
    ("de", "Keine 20 Kilometer weiter, nach zwölf Stunden, waren es 15 Prozent.", []),
    ("de", "Sie nahmen 12 Männer fest, zwei von ihnen waren verletzt.", [("detained", 12, 12, None), ("injured", 2, 2, None)]),
    ("en", "At least 16 members of the security forces were killed.", [("killed", 16, None, "EQUAL_OR_MORE")]),
    ("en", "The toll rose from 16 to 164.", [("killed", 164, 164, None)]),
    ("en", "Police arrested 40 people, three of whom were injured.", [("detained", 40, 40, None), ("injured", 3, 3, None)]),
    ("en", "Two hundred and fifty people fled.", [("displaced", 250, 250, None)]),
    ("en", "The company lost $2.5 million.", [("money", 2.5e6, 2.5e6, None)]),
    ("en", "Tens of thousands of people marched.", [("participants", 20000, 99999, "APPROX")]),
    ("en", "Nearly 6,000 people have been detained.", [("detained", None, 6000, "LESS_THAN")]),
    ("en", "Between 10 and 12 miners are missing.", [("missing", 10, 12, None)]),
    ("en", "United won 3:1 after 90 minutes; shares fell 2.4 percent.", []),
    ("en", "Call +49 30 1234567 or room 12.", []),
    ("en", "Resolution 1325 was adopted in 2000.", []),
    ("ru", "Погибли 225 человек, в том числе 19 сотрудников силовых структур.", [("killed", 225, 225, None), ("killed", 19, 19, None)]),
    ("ru", "Не менее 16 силовиков были убиты.", [("killed", 16, None, "EQUAL_OR_MORE")]),
    ("ru", "Число погибших возросло до 164 человек.", [("killed", 164, 164, None)]),
    ("ru", "Задержаны более 3800 человек.", [("detained", 3800, None, "MORE_THAN")]),
    ("ru", "На площадь вышли десятки тысяч человек.", [("participants", 20000, 99999, "APPROX")]),
    ("ru", "Пропали без вести двадцать один шахтёр.", [("missing", 21, 21, None)]),
    ("ru", "Ущерб оценили в 2,5 млн долларов.", [("money", 2.5e6, 2.5e6, None)]),
    ("ru", "До 20 тысяч человек остались без света, сообщили 7 января 2022 года.", [("participants", None, 20000, "EQUAL_OR_LESS")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_counts(language: str, text: str, expected: list[tuple[object, ...]]) -> None:
    assert told(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("en", "16 members of the security forces were killed.", "security"),
        ("en", "40 civilians were injured.", "civilians"),
        ("de", "26 getötete Terroristen wurden gezählt.", "attackers"),
        ("ru", "Погибли трое детей.", "children"),
    ],
)
def test_for_whom(language: str, text: str, whom: str) -> None:
    assert found(text, language)[0].for_whom == whom


def test_part_and_addition() -> None:
    whole, part = found("164 people were killed, among them 19 soldiers.", "en")
    assert (whole.part_of, part.part_of) == (None, 0)
    more = found("Weitere 16 Menschen wurden verletzt.", "de")[0]
    assert more.scope == "addition"


def test_evidence_is_the_words() -> None:
    text = "Mindestens 16 Polizisten wurden verletzt."
    one = found(text, "de")[0]
    assert text[one.start : one.end] == "Mindestens 16 Polizisten"


@pytest.mark.parametrize(
    "text", ["9" * 400 + " people were killed", "1.2.3.4.5 " * 50, "… — 5 % § 12", "١٢ قتيل"]
)
def test_odd_numbers_do_no_harm(text: str) -> None:
    assert all(one.low is None or one.low < 1e15 for one in found(text, "en"))


@given(st.text(max_size=200), st.sampled_from(["de", "en", "ru", "und"]))
def test_spans_lie_in_the_text(text: str, language: str) -> None:
    for one in found(text, language):
        assert 0 <= one.start < one.end <= len(text)


def test_linear_in_a_sentence_of_numbers() -> None:
    text = "40 people, " * 3000
    begin = time.perf_counter()
    found(text, "en")
    assert time.perf_counter() - begin < 20
