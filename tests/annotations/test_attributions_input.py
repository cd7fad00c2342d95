"""Whatever comes in: no crash, spans inside the prose, time that grows with the text."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotations.attribution_sources import resume_mentions
from sayso.annotations.attributions import find_attributions
from sayso.annotations.found import FoundAttribution, FoundMention, Outline
from sayso.annotations.mentions import find_mentions
from sayso.annotations.sentences import find_sentences
from sayso.encoder import RawAttribution, RawMention, Reading

KINDS = ("direct", "indirect", "reported", "free_indirect", "mixed")
MENTIONS = ("person", "organisation", "place", "outlet", "group")
PIECES = (
    "sagte", "er", "sie", "laut", "der Polizei", "dass", "said", "he", "according to", "the ministry", "that",
    "сообщил", "она", "по словам", "со ссылкой на", "МВД", "что", "Anna Berg", "Ivor Lane", "Елена Громова", ".", "?",
    ",", ":", "„", "“", "”", '"', "«", "»", "‹", "›", "‚", "‘", "’", "(", ")", "[", "]", "\n", "nicht", "not", "не",
    "וַיֹּאמֶר", "قال الوزير", "\u202eabc\u202c", "\ufffd",
    "rn", "1l1", "habe", "sei", "Das meldete", "—", "…", "ё", "İ", "ß",
)  # fmt: skip
PROSE = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=120)


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, Reading]:
    """Draw a prose and any reading of it that an encoder could give: spans inside it, in order."""
    prose = draw(PROSE)
    offset = st.integers(0, len(prose))
    span = st.tuples(offset, offset).map(sorted).map(tuple).filter(lambda s: s[1] > s[0])
    spans = st.lists(span, max_size=2, unique=True).map(sorted) if prose else st.just([])
    raw = st.builds(
        RawAttribution, content=spans, cue=spans, source=spans, addressee=spans, medium=spans, frame=spans,
        clause=st.just([]), kind=st.sampled_from(KINDS), score=st.floats(0, 1),
    )  # fmt: skip
    name = st.builds(lambda s, k: RawMention(s[0], s[1], k, 0.9), span, st.sampled_from(MENTIONS))
    attributions = draw(st.lists(raw, max_size=8))
    mentions = draw(st.lists(name, max_size=8)) if prose else []
    return prose, Reading(words=[], attributions=attributions, mentions=mentions, vectors=np.zeros((0, 1)))


def finish(prose: str, reading: Reading, language: str) -> tuple[list[FoundAttribution], list[FoundMention]]:
    breaks = tuple(at + 1 for at, letter in enumerate(prose) if letter == "\n")
    sentences = find_sentences(prose, breaks, language)
    mentions = find_mentions(prose, sentences, language, reading)
    outline = Outline(
        title_end=min(20, len(prose)), introduced={number: 0 for number in range(1, len(sentences), 3)}
    )
    found = find_attributions(prose, sentences, language, reading, mentions, outline)
    return found, [*mentions, *resume_mentions(found, mentions)]


@settings(max_examples=150, deadline=None)
@given(readings(), st.sampled_from(["de", "en", "ru", "und"]))
def test_any_reading_is_finished_inside_its_prose(drawn, language):
    prose, reading = drawn
    found, mentions = finish(prose, reading, language)
    for one in found:
        assert one.content
        for spans in (one.content, one.cue, one.source, one.addressee, one.medium, one.frame):
            assert all(0 <= start < end <= len(prose) for start, end in spans)
            assert list(spans) == sorted(spans)
        assert all(0 <= marker.start < marker.end <= len(prose) for marker in one.markers)
        assert one.parent is None or (0 <= one.parent < len(found) and found[one.parent] is not one)
        assert one.source_mention is None or 0 <= one.source_mention < len(mentions)
        assert 0 <= one.score <= 1
    for index in range(len(found)):
        seen, at = set(), index
        while at is not None:
            assert at not in seen, "an attribution is nested in itself"
            seen.add(at)
            at = found[at].parent


@settings(max_examples=40, deadline=None)
@given(readings(), st.sampled_from(["de", "en", "ru"]))
def test_the_same_reading_is_finished_the_same_way(drawn, language):
    prose, reading = drawn
    first, second = finish(prose, reading, language), finish(prose, reading, language)
    assert first == second


LOUD = {
    "quotation marks": '„“”"«»‚‘’‹› ',
    "open quotation marks": '„«"‹ er sagte ',
    "nested": "„Er sagte: ‚Sie rief: «Nein»‘“ ",
    "right to left": "قال الوزير إن الوضع هادئ. אמר השר. ",
    "two languages": "He said it was over. Она сказала, что всё кончено. Man müsse abwarten. ",
    "noise of scanning": "D1e P0lizei tei1te m1t , da55 n!emand ver1etzt se1 . l|I ",
    "no stop": "sagte er und sagte sie und ",
    "cues alone": "laut der Polizei, unter Berufung auf das Amt, so der Sprecher. ",
}


def _dense(prose: str) -> Reading:
    """Read an attribution every hundred letters and a name every fifty, as no encoder would."""
    attributions = [
        RawAttribution(
            content=[(at, min(len(prose), at + 150))],
            cue=[(at + 2, at + 6)],
            source=[(at + 7, at + 12)] if at % 300 else [],
            addressee=[],
            medium=[],
            frame=[],
            clause=[],
            kind=KINDS[at // 100 % 5],
            score=0.9,
        )
        for at in range(0, len(prose) - 20, 100)
    ]
    mentions = [RawMention(at, at + 5, MENTIONS[at // 50 % 5], 0.9) for at in range(0, len(prose) - 10, 50)]
    return Reading(words=[], attributions=attributions, mentions=mentions, vectors=np.zeros((0, 1)))


def _seconds(prose: str, language: str) -> float:
    reading = _dense(prose)
    begun = time.process_time()
    finish(prose, reading, language)
    return time.process_time() - begun


@pytest.mark.parametrize("name", LOUD)
@pytest.mark.parametrize("language", ["de", "en", "ru"])
def test_time_grows_with_the_text(name, language):
    unit = LOUD[name]
    small, large = (unit * (size // len(unit)) for size in (20_000, 160_000))
    least = min(_seconds(small, language) for _ in range(2))
    assert _seconds(large, language) < 8 * 2.5 * max(least, 0.02)


def test_two_megabytes_are_finished():
    prose = "Die Behörde teilte mit, dass niemand verletzt sei. „Alles ruhig“, sagte er. " * 27_000
    reading = Reading(
        words=[], attributions=_dense(prose[:50_000]).attributions, mentions=[], vectors=np.zeros((0, 1))
    )
    found, _ = finish(prose, reading, "de")
    assert found


@pytest.mark.parametrize("word", ["Ja", '"', "сказал", "", " ", "\n"])
def test_one_word_is_enough(word):
    found, mentions = finish(
        word, Reading(words=[], attributions=[], mentions=[], vectors=np.zeros((0, 1))), "de"
    )
    assert (found, mentions) == ([], [])
