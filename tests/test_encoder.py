"""The encoder with the shipped model: what it reads, that it repeats itself, that nothing makes it stumble."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest

from sayso.encoder import Encoder, Prose, Reading, windows
from sayso.errors import SaysoError
from sayso.subwords import Laid

NEWS = (
    "Minister: Brücke sicher\n\nDie Brücke sei sicher, sagte der Verkehrsminister Karl Behrend am Montag in Kassel. "
    "„Wir haben sie geprüft“, erklärte er. Ein Sprecher der Polizei widersprach ihm am Abend.\n\n"
    "The governor said the dam would hold. Reuters reported that two people had been arrested.\n\n"
    "По данным полиции, пострадали пять человек. Министр заявил, что угрозы нет."
)
PROSE = Prose(NEWS, (25, 199, 290), ((25, 102), (199, 236)), (25,))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load("default")


def seen(reading: Reading) -> tuple:
    return (
        [(a.content, a.cue, a.source, a.kind, a.score) for a in reading.attributions],
        [(m.start, m.end, m.kind, m.score) for m in reading.mentions],
        reading.vectors.tobytes(),
    )


def test_it_reads_who_says_what_in_three_languages(encoder: Encoder) -> None:
    found = [
        (NEWS[a.source[0][0] : a.source[-1][1]], NEWS[a.content[0][0] : a.content[-1][1]])
        for a in encoder.read([PROSE])[0].attributions
        if a.source
    ]
    assert ("der Verkehrsminister Karl Behrend", "Die Brücke sei sicher") in found
    assert any(
        source == "The governor" and content.endswith("the dam would hold") for source, content in found
    )
    assert any(source == "Министр" and content.endswith("угрозы нет") for source, content in found)


def test_every_span_lies_in_the_text_and_is_no_blank(encoder: Encoder) -> None:
    reading = encoder.read([PROSE])[0]
    for attribution in reading.attributions:
        for role in encoder.roles:
            for start, end in getattr(attribution, role):
                assert 0 <= start < end <= len(NEWS)
                assert NEWS[start:end].strip() == NEWS[start:end]
    assert all(NEWS[m.start : m.end].strip() for m in reading.mentions)


def test_a_report_reads_the_same_in_any_company(encoder: Encoder) -> None:
    others = [Prose("Kurz."), Prose(NEWS * 3), Prose("Die Regierung erklärte, sie wisse nichts. " * 30)]
    alone = seen(encoder.read([PROSE])[0])
    assert seen(encoder.read([*others, PROSE])[-1]) == alone
    assert seen(encoder.read([PROSE, *others])[0]) == alone


def test_no_content_crosses_a_wall(encoder: Encoder) -> None:
    text = "Minister tritt zurück\n\nDas teilte er mit. Er habe keine Wahl gehabt, sagte er."
    for attribution in encoder.read([Prose(text, (23,), (), (23,))])[0].attributions:
        sides = {start >= 23 for start, _ in attribution.content} | {
            end > 23 for _, end in attribution.content
        }
        assert len(sides) == 1


def test_vectors_are_unit_rows_and_alike_across_languages(encoder: Encoder) -> None:
    sentences = [
        "Drei Menschen wurden bei dem Angriff verletzt.",
        "Three people were injured in the attack.",
        "В результате нападения пострадали три человека.",
        "Der Aktienkurs des Unternehmens stieg um vier Prozent.",
    ]
    rows = [encoder.read([Prose(text, (), ((0, len(text)),))])[0].vectors[0] for text in sentences]
    assert np.allclose([np.linalg.norm(row) for row in rows], 1, atol=1e-3)
    same = min(float(rows[0] @ rows[1]), float(rows[0] @ rows[2]))
    other = max(float(rows[0] @ rows[3]), float(rows[1] @ rows[3]))
    assert same > other + 0.2


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "Ja",
        "„“\"«»'‚‘" * 200,
        "„Er sagte: «Sie rief: “Nein!»“ " * 20,
        "قال الوزير إن الوضع تحت السيطرة. " * 10,
        "He said שלום and then قال again, officials said.",
        "D1e P0lizei te1lte m.it , daß~ e5 kéine Verl etzten gäb , | s4gte S" * 12,
        "x" * 5000,
        "\u200b\u00ad\ufeff\x00\x07",
        "👩‍👩‍👧‍👦 said 🇩🇪🇷🇺 it is fine.",
        "Ein Satz ohne Ende " * 400,
    ],
)
def test_nothing_makes_it_stumble(encoder: Encoder, text: str) -> None:
    reading = encoder.read([Prose(text, (1, 5), ((0, len(text)),))])[0]
    assert reading.vectors.shape == (1, 384)
    assert all(0 <= start < end <= len(text) for start, end in reading.words)


def test_an_unknown_style_and_a_missing_model_say_so(encoder: Encoder) -> None:
    with pytest.raises(SaysoError, match="unknown style"):
        encoder.read([PROSE], style="nonsense")
    with pytest.raises(SaysoError, match="cannot load the model"):
        Encoder.load("/nowhere/at/all")


def test_windows_judge_every_word_once(encoder: Encoder) -> None:
    rng = random.Random(7)
    for size in (1, 5, 300, 1500):
        text = " ".join(
            rng.choice(["Regierung", "sagte", "—", "Unabhängigkeitserklärung", "."]) for _ in range(size)
        )
        laid = Laid(text, [], encoder.subwords)
        cut = list(windows(laid, 320, 64))
        owned = [index for window in cut for index in range(window.first_own, window.last_own)]
        assert owned == list(range(len(laid.words)))
        assert all(w.first <= w.first_own < w.last_own <= w.last and len(w.ids) <= 320 for w in cut)


def test_time_grows_with_length_not_faster(encoder: Encoder) -> None:
    encoder.read([PROSE])
    spent = []
    for times in (4, 16):
        text = (
            "Die Polizei teilte mit, zwei Menschen seien verletzt worden. Der Sprecher verneinte das. "
            * 8
            * times
        )
        begun = time.process_time()
        encoder.read([Prose(text)])
        spent.append(time.process_time() - begun)
    assert spent[1] < 9 * spent[0]
