"""The corpus notation becomes text and exact spans, and every kind of fault is named with its line."""

from pathlib import Path

import pytest

from corpus.corpus import ROOT, check_corpus, read_corpus, read_report
from corpus.notation import CorpusError
from corpus.validate import files_of, problems_of

CRISIS = """
title = "Fire at a grain port"
split = "tune"
place = "Orsk"
year = 2031
[entities.kurier]
kind = "outlet"
name = "Hafenkurier"
[entities.min]
kind = "organisation"
name = "Interior Ministry"
[entities.rahm]
kind = "person"
name = "Lea Rahm"
[facts.toll]
text = "three dead"
first_said_by = ["min"]
"""
REPORT = """outlet: kurier
language: en
published: 2031-02-03
url: https://hafenkurier.example/1

Three dead in port

⟦A1.source|The ⟦E.min|Interior Ministry⟧⟧ ⟦A1.cue|said⟧ ⟦A1.content|three people died, ⟦A2.cue|citing⟧
⟦A2.source|witness ⟦E.rahm|Lea Rahm⟧⟧, ⟦A2.content|who ⟦A2.hedge|apparently⟧ saw it⟧⟧.
===
A1 kind=indirect entity=min
A2 kind=indirect parent=A1 entity=rahm certainty=probable
tells toll A1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "crises" / "port"
    folder.mkdir(parents=True)
    (folder / "crisis.toml").write_text(CRISIS, encoding="utf-8")
    (folder / "01-en.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


def spoil(root: Path, old: str, new: str) -> list[str]:
    """Change the sample in one place and give the problems found."""
    assert old in REPORT
    (root / "crises/port/01-en.txt").write_text(REPORT.replace(old, new, 1), encoding="utf-8")
    return [f"{problem.line}: {problem.message}" for problem in problems_of(files_of([str(root)]))[1]]


def test_brackets_become_exact_spans(root: Path) -> None:
    (report,) = read_corpus(root)
    assert "⟦" not in report.text and report.title == "Three dead in port"
    outer, inner = report.attributions
    assert outer.source.text == "The Interior Ministry" and outer.source_entity == "min"
    assert outer.content.text.startswith("three people died, citing\nwitness")
    assert inner.parent == outer.id and inner.markers[0].text == "apparently"
    for part in (outer.content, inner.content, outer.cue, inner.source):
        assert [report.text[s:e] for s, e in part.spans] == [part.text]
    assert [mention.text for mention in report.mentions] == ["Interior Ministry", "Lea Rahm"]
    assert [(t.fact, t.attribution) for t in report.tellings] == [("toll", outer.id)]


def test_sound_sample_has_no_problem(root: Path) -> None:
    assert problems_of(files_of([str(root)])) == (1, [])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("it⟧⟧.", "it⟧.", "8: bracket with 'A1.content' never closes"),
        ("port\n", "port⟧\n", "6: a bracket closes that was never opened"),
        ("E.rahm", "E.nobody", "9: 'E.nobody' names an entity that has no table or row"),
        ("A2.cue", "A2.verb", "8: unknown tag 'A2.verb'"),
        ("|said⟧", "| said⟧", "8: bracket words are empty or begin or"),
        (
            "A2 kind=indirect parent=A1",
            "A2 kind=indirect parent=A7",
            "12: A2: parent 'port/01-en#A7' has",
        ),
        ("A1 kind=indirect", "A1 kind=indirect parent=A2", "11: A1: is nested in itself"),
        ("kind=indirect entity=min", "kind=quoted entity=min", "11: kind must be one of"),
        (
            "certainty=probable",
            "certainty=probable anonymous=yes",
            "12: A2: anonymous, and yet",
        ),
        (
            "A2 kind=indirect parent=A1 entity=rahm certainty=probable\n",
            "",
            "6: A2 is marked in the",
        ),
        ("tells toll A1", "tells fire A1", "1: tells unknown fact 'fire'"),
        ("outlet: kurier", "outlet: min", "1: outlet 'min' is not an outlet of crisis.toml"),
        ("2031-02-03", "3 February", "1: published is not ISO 8601: '3 February'"),
        ("===\n", "", "1: the file needs a head, a blank line"),
        (
            "⟦A1.cue|said⟧ ⟦A1.content|three",
            "⟦A1.content|⟦A1.cue|said⟧ three",
            "its cue stands inside",
        ),
        ("entity=rahm", "entity=kurier", None),
    ],
)
def test_each_fault_is_named(root: Path, old: str, new: str, told: str | None) -> None:
    found = spoil(root, old, new)
    assert any(told in line for line in found) if told else found == []


def test_broken_file_raises_unless_skipped(root: Path) -> None:
    spoil(root, "it⟧⟧.", "it⟧.")
    with pytest.raises(CorpusError, match=r"01-en\.txt:8: bracket"):
        read_corpus(root)
    assert read_corpus(root, skip_broken=True) == []


def test_passage_carries_its_own_entities(tmp_path: Path) -> None:
    path = tmp_path / "passages" / "de" / "03.txt"
    path.parent.mkdir(parents=True)
    path.write_text(
        "language: de\npublished: 2030-05-01\ndomain: court\nsplit: tune\n\nUrteil\n\n"
        "Das ⟦A1.source E.olg|Oberlandesgericht⟧ ⟦A1.cue|wies⟧ ⟦A1.content|die Klage⟧ ⟦A1.cue|ab⟧.\n===\n"
        "entity olg kind=organisation name=Oberlandesgericht am Meer\nA1 kind=reported entity=olg\n",
        encoding="utf-8",
    )
    report, problems = read_report(path, None)
    assert problems == [] and problems_of([path])[1] == []
    assert report is not None and report.attributions[0].cue.text == "wies ab"
    assert report.entities["olg"].name == "Oberlandesgericht am Meer"
    path.rename(path.with_name("04.txt"))
    assert "even ones measure" in problems_of([path.with_name("04.txt")])[1][0].message


def test_the_corpus_itself_is_sound() -> None:
    assert check_corpus(ROOT)[1] == []
    assert problems_of(files_of([]))[1] == []
