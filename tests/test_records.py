"""Spans quote the text, ids are stable, and every record travels through JSON unchanged."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import TABLES, Derivation, Judgement, Part, identify, part_of, quote
from sayso.schema import case_schema

ROOT = Path(__file__).parent.parent
TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_a_part_quotes_its_spans(text, spans):
    inside = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    part = part_of(text, inside)
    if part is None:
        assert all(start == end for start, end in inside)
    else:
        assert part.text == " ".join(text[start:end] for start, end in part.spans)
        assert list(part.spans) == sorted(part.spans)


@given(st.text(), st.text())
def test_ids_tell_contents_apart(left, right):
    assert (identify("att", left) == identify("att", right)) == (left == right)
    assert identify("att", left) != identify("evt", left)


def test_an_astral_letter_is_one_code_point():
    assert quote("a😀b", [(1, 2)]) == "😀"


def test_a_derivation_spells_from():
    row = Derivation(id="d", report="a", source_report="b", relation="was_quoted_from")
    assert msgspec.json.decode(msgspec.json.encode(row))["from"] == "b"
    assert msgspec.json.decode(msgspec.json.encode(row), type=Derivation) == row


def test_records_are_frozen():
    part = Part(spans=((0, 1),), text="a")
    with pytest.raises(AttributeError):
        part.text = "b"


def test_the_committed_schema_is_the_generated_one():
    assert json.loads((ROOT / "docs" / "case.schema.json").read_text("utf-8")) == json.loads(
        json.dumps(case_schema())
    )


def test_every_table_has_a_schema():
    schema = case_schema()
    assert set(schema["properties"]) == set(TABLES)
    assert all(ref["$ref"].split("/")[-1] in schema["$defs"] for ref in schema["properties"].values())


def test_a_judgement_needs_who_and_when():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"id":"j","verdict":"same","target":"x"}', type=Judgement)
