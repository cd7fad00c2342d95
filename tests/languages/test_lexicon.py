"""Patterns of words, and numbers in words and digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.languages.lexicon import Lexicon, split_words
from sayso.languages.numbers import digits_value, load_grammar, numbers_in, read_number


def hits(pattern: str, text: str) -> list[str]:
    words = split_words(text)
    found = Lexicon.of([(pattern, True)]).find(words)
    return [" ".join(words.forms[at] for at in hit.words) for hit in found]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("arrest", "They arrest him; arrests follow.", ["arrest"]),
        ("verhaft~", "Verhaftungen und Verhaftete", ["verhaftungen", "verhaftete"]),
        ("-protest~", "Massenproteste und Protestler", ["massenproteste", "protestler"]),
        ("nahm|nahmen ... fest", "Sie nahmen am Abend zwei Männer fest.", ["nahmen fest"]),
        ("nahm|nahmen ... fest", "Sie nahmen Platz. Es war ein Fest, fest.", []),
        ("без вести", "Пропали без вести трое.", ["без вести"]),
        ("ее", "Он видел её.", ["ее"]),
    ],
)
def test_patterns(pattern: str, text: str, expected: list[str]) -> None:
    assert hits(pattern, text) == expected


def test_longer_patterns_win() -> None:
    lexicon = Lexicon.of([("bat ... um", "ask"), ("bat ... hilfe", "help"), ("bat", "bare")])
    assert lexicon.find(split_words("Er bat die Nachbarn um Hilfe."))[0].value == "help"


NUMBERS = [
    ("de", "einundzwanzig", 21),
    ("de", "zweihundertfünfzig", 250),
    ("de", "dreitausendvierhundert", 3400),
    ("de", "zweieinhalb Millionen", 2.5e6),
    ("de", "12 000", 12000),
    ("de", "1.245,30", 1245.3),
    ("en", "two hundred and fifty", 250),
    ("en", "twenty-one", 21),
    ("en", "1,300", 1300),
    ("en", "a dozen", 12),
    ("ru", "сто двадцать тысяч", 120000),
    ("ru", "две тысячи пятьсот", 2500),
    ("ru", "20 тыс. человек", 20000),
    ("ru", "двадцатью", None),
]


@pytest.mark.parametrize(("language", "text", "value"), NUMBERS)
def test_numbers(language: str, text: str, value: float | None) -> None:
    number = read_number(split_words(text), 0, load_grammar(language))
    assert (number.low if number else None) == value


def test_vague_numbers_are_ranges() -> None:
    number = read_number(split_words("десятки тысяч человек"), 0, load_grammar("ru"))
    assert number is not None and number.vague and (number.low, number.high) == (20000, 99999)


def test_numbers_are_spelled_alike() -> None:
    told = {
        numbers_in(split_words(text), language)
        for text, language in (
            ("2500 soldiers and four tanks", "en"),
            ("zweitausendfünfhundert Soldaten und vier Panzer", "de"),
            ("2,5 тысячи солдат и четыре танка", "ru"),
        )
    }
    assert told == {frozenset({"2500", "4"})}


@given(st.integers(min_value=0, max_value=10**14), st.sampled_from([" ", ".", "\u00a0", "'"]))
def test_groups_are_read_back(number: int, mark: str) -> None:
    grouped = f"{number:,}".replace(",", mark)
    assert digits_value(grouped, ",") == number


@given(st.text(max_size=300))
def test_words_keep_their_places(text: str) -> None:
    words = split_words(text)
    for at in range(len(words)):
        assert len(text[words.starts[at] : words.ends[at]]) > 0
    assert list(words.starts) == sorted(words.starts)
