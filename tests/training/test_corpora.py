"""The readers: every one on a small file of its own format, spans checked by the words they cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.corpora import READERS, Mention, Text, read
from training.corpora.columns import Prose, chunks
from training.corpora.outlets import narrowed
from training.corpora.sayso import Unlinked


def words(text: Text, spans: list[tuple[int, int]]) -> list[str]:
    return [text.text[start:end] for start, end in spans]


def test_tokens_become_prose_with_exact_spans() -> None:
    prose = Prose()
    for token in ["Er", "sagte", ":", "„", "Nie", "“", ",", "so", "(", "dpa", ")", "."]:
        prose.add(token)
    assert prose.text() == "Er sagte: „Nie“, so (dpa)."
    assert [prose.text()[start:end] for start, end in prose.spans][3:6] == ["„", "Nie", "“"]


def test_runs_of_tags() -> None:
    assert list(chunks(["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG"])) == [
        (0, 2, "PER"),
        (2, 3, "PER"),
        (4, 5, "LOC"),
        (5, 6, "ORG"),
    ]


def test_outlets_are_known_by_name() -> None:
    text = "Interfax und Siemens"
    both = ("organisation", "outlet")
    found = narrowed(text, [Mention(0, 8, both), Mention(13, 20, both)])
    assert [mention.kinds for mention in found] == [("outlet",), ("organisation",)]


def test_polnear(tmp_path: Path) -> None:
    folder = tmp_path / "polnear-en" / "data" / "train"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "one.txt").write_text("Smith said it rained.", encoding="utf-8")
    rows = [
        "T1\tSource 0 5\tSmith",
        "T2\tCue 6 10\tsaid",
        "T3\tContent 11 13;14 20\tit rained",
        "T4\tX 6 10\tsaid",
    ]
    rows += ["E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1"]
    (folder / "attributions" / "one.txt_00ab.ann").write_text("\n".join(rows), encoding="utf-8")
    (text,) = read("polnear-en", tmp_path)
    (attribution,) = text.attributions or []
    assert words(text, attribution.content) == ["it", "rained"]
    assert words(text, attribution.source) == ["Smith"]
    assert "addressee" not in text.roles


def test_wikinews_titles_are_on_top_and_unknown(tmp_path: Path) -> None:
    folder = tmp_path / "wikinews-quotes-de" / "data" / "train"
    folder.mkdir(parents=True)
    part = {"spans": [{"charBegin": 10, "charEnd": 13}]}
    row = {
        "type": "Direct",
        "quote": part,
        "speaker": {"spans": [{"charBegin": 0, "charEnd": 2}]},
        "addressee": [],
    }
    raw = {
        "documentName": "7 - Ein Titel (2010-01-02).pretty",
        "originalText": "Er sagte: Nie.",
        "annotations": [row],
    }
    (folder / "7.json").write_text(json.dumps(raw), encoding="utf-8")
    (text,) = read("wikinews-quotes-de", tmp_path)
    (attribution,) = text.attributions or []
    assert text.text.startswith("Ein Titel\n\nEr sagte")
    assert words(text, text.unsure) == ["Ein Titel\n\n"]
    assert words(text, attribution.content) == ["Nie"]
    assert words(text, attribution.source) == ["Er"]


def test_gepade_joins_cue_and_particle(tmp_path: Path) -> None:
    folder = tmp_path / "spkatt-gepade-de" / "data" / "dev" / "task1"
    folder.mkdir(parents=True)
    tokens = ["Sie", "kündigte", "einen", "Plan", "an", "."]
    empty = {name: [] for name in ("Medium", "Addr", "Topic", "Evidence")}
    row = {**empty, "Cue": ["0:1"], "PTC": ["0:4"], "Source": ["0:0"], "Message": ["0:2", "0:3"]}
    raw = {"Sentences": [{"SentenceId": 0, "Tokens": tokens}], "Annotations": [row]}
    (folder / "a.json").write_text(json.dumps(raw), encoding="utf-8")
    (text,) = read("spkatt-gepade-de", tmp_path)
    (attribution,) = text.attributions or []
    assert words(text, attribution.cue) == ["kündigte", "an"]
    assert words(text, attribution.content) == ["einen Plan"]


def test_links_are_taken_out_and_spans_follow() -> None:
    raw = "Wie X (https://x.example/a) meldet, ist Y weg."
    shown = Unlinked(raw)
    start = raw.index("ist")
    assert shown.text == "Wie X meldet, ist Y weg."
    assert [shown.text[a:b] for a, b in shown.moved([(start, len(raw) - 1)])] == ["ist Y weg"]
    assert shown.moved([(raw.index("https"), raw.index("/a"))]) == []


def test_the_project_s_own_corpus_reads_whole() -> None:
    texts = list(read("sayso", Path()))
    assert {text.split for text in texts} == {"tune", "measure"}
    assert {text.language for text in texts} == {"de", "en", "ru"}
    assert all("http" not in text.text for text in texts)
    assert sum(len(text.attributions or ()) for text in texts) > 1000


def test_a_span_outside_its_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from training.corpora import Attribution, silver

    bad = Text(
        id="x",
        corpus="silver",
        language="de",
        split="train",
        text="kurz",
        attributions=[Attribution(content=[(0, 9)])],
    )
    monkeypatch.setattr(silver, "read", lambda _: iter([bad]))
    with pytest.raises(ValueError, match="content span 0-9 outside"):
        list(read("silver", tmp_path))


def test_every_reader_has_a_module() -> None:
    folder = Path(__file__).parents[2] / "training" / "corpora"
    assert all((folder / f"{module}.py").exists() for module in READERS.values())
