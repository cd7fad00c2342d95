"""Wrapped or not: the same report has the same blocks at any width."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reports import read, read_text
from sayso.reports.reading.links import find_links, unmark_links

GERMAN = (
    "Die Behörden von Ulmtal haben am Montag die Räumung von drei Dörfern angeordnet, nachdem der Pegel "
    "der Lauter in der Nacht um mehr als zwei Meter gestiegen war. Nach Angaben der Feuerwehr wurde "
    "niemand verletzt.",
    "Der Bürgermeister sprach von einer »beispiellosen Lage«. Man habe die Dämme zwar im Herbst geprüft, "
    "doch mit solchen Mengen sei nicht zu rechnen gewesen, sagte er dem Sender. Am 5. Mai soll der Rat "
    "beraten.",
    "Die Opposition verlangt Aufklärung, wie aus einer Mitteilung hervorgeht. Sie wirft der Verwaltung "
    "vor, sie habe Warnungen aus dem Ministerium über Wochen nicht weitergegeben.",
)
RUSSIAN = (
    "Власти города Нижнереченска объявили эвакуацию трёх посёлков после того, как ночью уровень воды "
    "поднялся более чем на два метра. По данным спасателей, никто не пострадал, сообщили в администрации.",
    "Мэр назвал положение беспрецедентным. По его словам, плотину проверяли осенью, но такого объёма воды "
    "никто не ожидал, и теперь предстоит выяснить, почему предупреждения не дошли до жителей.",
)


def wrapped(paragraphs, width, apart):
    """Wrap paragraphs at a width, words and addresses kept whole."""
    lines = [textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False) for p in paragraphs]
    return apart.join(lines)


def last_lines(width):
    """Measure the last line of each German paragraph at a width."""
    return [len(wrapped([paragraph], width, "").splitlines()[-1]) for paragraph in GERMAN]


def block_words(report):
    """Give each block's kind and its words on one line."""
    return [(b.kind, " ".join(report.text[b.start : b.end].split())) for b in report.blocks]


@pytest.mark.parametrize("width", range(45, 111, 5))
@pytest.mark.parametrize("paragraphs", [GERMAN, RUSSIAN], ids=["de", "ru"])
def test_a_wrapped_report_has_the_blocks_of_the_unwrapped_one(paragraphs, width):
    expected = [("paragraph", paragraph) for paragraph in paragraphs]
    assert block_words(read_text("\n\n".join(paragraphs))) == expected
    assert block_words(read_text(wrapped(paragraphs, width, "\n\n"))) == expected


def test_paragraphs_without_blank_lines_are_told_by_their_short_last_line():
    width = next(width for width in range(60, 100) if max(last_lines(width)) < width - 15)
    text = wrapped(GERMAN, width, "\n")
    assert block_words(read_text(text)) == [("paragraph", paragraph) for paragraph in GERMAN]


def test_one_line_a_paragraph():
    assert block_words(read_text("\n".join(GERMAN))) == [("paragraph", paragraph) for paragraph in GERMAN]


def test_an_address_longer_than_the_line_does_not_part_its_paragraph():
    address = "https://lauter-pegel.example/messungen/2021/05/03/station-oberhalb-der-grossen-schleuse.html"
    paragraph = GERMAN[0].replace("gestiegen", f"({address}) gestiegen")
    report = read_text(wrapped([paragraph, GERMAN[1]], 66, "\n\n"))
    assert block_words(report) == [("paragraph", paragraph), ("paragraph", GERMAN[1])]
    assert [report.text[k.start : k.end] for k in report.links] == [address]


def test_a_heading_without_a_blank_line_after_it():
    report = read_text("Räumung im Lautertal\n" + wrapped(GERMAN, 70, "\n\n"))
    assert report.title == "Räumung im Lautertal"
    assert block_words(report)[1:] == [("paragraph", paragraph) for paragraph in GERMAN]


def test_wrapped_items_and_the_days_of_dates():
    text = (
        "Bekannt ist bisher:\n"
        "- in der Nacht brach der Damm oberhalb der Stadt, und das Wasser stieg in\n"
        "  kurzer Zeit um zwei Meter,\n"
        "- am Morgen kam die Armee.\n"
        "\n"
        "Der Rat der Stadt hatte die Mittel für den Umbau des Dammes zuletzt am\n"
        "12. Februar abgelehnt, obwohl die Gutachter das Gegenteil geraten hatten.\n"
    )
    kinds = [block.kind for block in read_text(text).blocks]
    assert kinds == ["paragraph", "list_item", "list_item", "paragraph"]


def test_russian_dialogue_is_no_list():
    text = "\n".join(
        (RUSSIAN[0], "— Мы ничего не слышали, — сказала жительница.", "— Никто не звонил, — добавила она.")
    )
    assert [block.kind for block in read_text(text).blocks] == ["paragraph"] * 3


def test_the_page_around_a_report_is_no_block():
    report = read_text(
        f"Räumung im Lautertal\n\n{GERMAN[0]}\n\nLesen Sie auch\n\n{GERMAN[1]}\n\nAnzeige\n\n© 2021 Bote"
    )
    assert [words for _, words in block_words(report)] == ["Räumung im Lautertal", GERMAN[0], GERMAN[1]]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Siehe https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x_(1))", ["https://a.example/x_(1)"]),
        ("[https://a.example/x]", ["https://a.example/x"]),
        ("<https://a.example/x>", ["<https://a.example/x>"]),
        ("auf www.a.example, und", ["www.a.example"]),
        ("auf t.me/kanal/12 hieß es", ["t.me/kanal/12"]),
        ("„https://a.example/x“", ["https://a.example/x"]),
        ("z.B./d.h. und/oder a@b.example/x 3.5/km", []),
        ("https://a.example/x?y=1&z=(2);", ["https://a.example/x?y=1&z=(2)"]),
    ],
)
def test_raw_addresses(text, addresses):
    assert [text[link.start : link.end] for link in find_links(text)] == addresses


def test_markdown_links_leave_their_words():
    text, links = unmark_links(
        "Der [Sender](https://a.example/2021/05/19/x 'T') und ![Bild](/b.png) [hier](#c)"
    )
    assert text == "Der Sender und Bild hier"
    assert [(text[k.start : k.end], k.url, k.published) for k in links] == [
        ("Sender", "https://a.example/2021/05/19/x", "2021-05-19")
    ]


MESSY = st.text(
    alphabet=st.one_of(
        st.sampled_from("aßЖё \n\n\t.,:;-–—•*()[]<>\"'„“#|/0123é\u0301\u200b\u202e\U0001f600"),
        st.characters(),
    ),
    max_size=400,
)
HEADS = [
    "5. Mai 2021",
    "BERLIN (dpa) - ",
    "Von Anna Berg",
    "Quelle: Bote",
    "---\ntitle: x\n---\n",
    "outlet: y\n",
]
SIGNS = ["https://a.example/2021/05/19/x", "[w](https://b.example)", "- ", "\r\n", "\x00", "\n\n"]
PIECES = st.lists(st.one_of(MESSY, st.sampled_from(HEADS + SIGNS)), max_size=12)


@settings(max_examples=400, deadline=None)
@given(PIECES)
def test_whatever_the_text_its_spans_hold(pieces):
    from sayso.errors import UnreadableReport

    text = "".join(pieces)
    try:
        report = read_text(text, language="de")
    except UnreadableReport:
        return
    at = 0
    for block in report.blocks:
        assert at <= block.start < block.end <= len(report.text)
        at = block.end
    for link in report.links:
        assert 0 <= link.start < link.end <= len(report.text)
    assert report == read_text(text, language="de")
    assert report.text.encode("utf-8").decode("utf-8") == report.text


def test_a_file_and_its_text_are_one_report(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("\n\n".join(GERMAN), "utf-8")
    (from_file,) = read(Path(path))
    assert from_file == read_text("\n\n".join(GERMAN), path=str(path))
