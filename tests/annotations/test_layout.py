"""Prose leads back to the text letter by letter, whatever was taken out."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotations.layout import lay_out
from sayso.annotations.sentences import find_sentences
from sayso.reports import read_text

WEB = """Kasachstan: Regierung entlassen

17.3.2021

Die Regierung wurde laut Ministe-
rium entlassen, wie aus einer Mitteilung (https://a.example/2021-03-16/x)
hervorgeht. In Almaty geschah Folgendes:

- Demonstranten stürmten das Rathaus,
- der Flughafen wurde besetzt.

Nord- und Südkorea schweigen.
"""


def test_wraps_bullets_and_addresses_are_no_prose():
    layout = lay_out(read_text(WEB))
    assert "https" not in layout.prose and "()" not in layout.prose
    assert "einer Mitteilung hervorgeht" in layout.prose
    assert "\nDemonstranten stürmten" in layout.prose
    assert "Nord- und Südkorea" in layout.prose
    assert [date for _, date in layout.link_dates] == ["2021-03-16"]


def test_a_list_belongs_to_the_sentence_that_introduces_it():
    layout = lay_out(read_text(WEB))
    items = [block for block in layout.blocks if block.kind == "list_item"]
    assert len(items) == 2
    for item in items:
        assert item.introduced_by is not None
        lead = layout.blocks[item.introduced_by]
        assert layout.prose[lead.start : lead.end].endswith("Folgendes:")


def test_a_span_over_an_address_is_parted():
    report = read_text(WEB)
    layout = lay_out(report)
    start = layout.prose.index("einer Mitteilung")
    end = layout.prose.index("hervorgeht") + len("hervorgeht")
    spans = layout.to_spans(start, end)
    assert [report.text[a:b] for a, b in spans] == ["einer Mitteilung", "hervorgeht"]


LETTERS = st.text(alphabet=st.sampled_from("aBcд ÄЖ\n\n\t-•.:,😀é\u00ad\u200b„“()1"), max_size=120)


@settings(max_examples=150, deadline=None)
@given(LETTERS, LETTERS)
def test_every_letter_of_prose_is_a_letter_of_the_text(head, tail):
    text = f"Es begann. {head} https://a.example/2022/01/02/b {tail}"
    report = read_text(text)
    layout = lay_out(report)
    assert len(layout.origins) == len(layout.prose)
    assert all(layout.origins[i] < layout.origins[i + 1] for i in range(len(layout.origins) - 1))
    for letter, origin in zip(layout.prose, layout.origins, strict=True):
        assert letter.isspace() or report.text[origin] == letter


@settings(max_examples=100, deadline=None)
@given(LETTERS)
def test_sentences_are_ordered_and_stay_in_their_block(text):
    report = read_text(f"Ein Satz. {text}")
    layout = lay_out(report)
    sentences = find_sentences(layout.prose, layout.breaks, "de")
    assert sentences == sorted(sentences)
    assert all(a[1] <= b[0] for a, b in pairwise(sentences))
    for start, end in sentences:
        assert "\n" not in layout.prose[start:end]
        spans = layout.to_spans(start, end)
        assert spans and all(report.text[a:b].strip() == report.text[a:b] for a, b in spans)


def test_ordinals_titles_and_initials_do_not_end_a_sentence():
    cases = {
        "de": ["Am 3. Januar kam er.", "Dr. Müller, z. B., blieb.", "Beim 12. Versuch gelang es."],
        "en": ["Mr. Smith met the U.S. Army.", "He left on Jan. 5 for Oslo."],
        "ru": [
            "Об этом сообщил А. Б. Иванов.",
            "Он живёт в г. Алматы.",
            "Это было в 2021 г.",
            "Погибли 5 чел.",
        ],
    }
    for language, sentences in cases.items():
        prose = " ".join(sentences)
        assert [prose[a:b] for a, b in find_sentences(prose, (0,), language)] == sentences
