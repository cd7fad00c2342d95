"""Check what the page is built from: generated types, words in every language, the build itself."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from sayso import records
from tests.page.conftest import ROOT, load_build

WORDS = ROOT / "web" / "src" / "words"
SOURCES = [*ROOT.glob("web/src/**/*.svelte"), *ROOT.glob("web/src/*.ts")]
PLURALS = {"en": {"one", "other"}, "de": {"one", "other"}, "ru": {"one", "few", "many", "other"}}


def test_types_of_the_page_are_those_of_the_records() -> None:
    spec = importlib.util.spec_from_file_location("generate_types", ROOT / "web" / "generate_types.py")
    assert spec and spec.loader
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    committed = (ROOT / "web" / "src" / "records.gen.ts").read_text("utf-8")
    assert committed == generator.generate(), "run: python web/generate_types.py"


@pytest.mark.parametrize("language", ["de", "ru"])
def test_every_word_is_said_in_every_language(language: str) -> None:
    english = json.loads((WORDS / "en.json").read_text("utf-8"))
    other = json.loads((WORDS / f"{language}.json").read_text("utf-8"))
    assert set(other) == set(english)
    for key, word in english.items():
        assert isinstance(other[key], dict) == isinstance(word, dict), key
        if isinstance(word, dict):
            assert set(other[key]) == PLURALS[language], key
        assert set(re.findall(r"\{\w+\}", str(word))) == set(re.findall(r"\{\w+\}", str(other[key]))), key


def test_no_word_is_left_unused() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES)
    english = json.loads((WORDS / "en.json").read_text("utf-8"))
    composed = ("facet_", "layer_")
    plain = [key for key in english if "." not in key and not key.startswith(composed)]
    assert [key for key in plain if not re.search(rf"[\"'`]{key}[\"'`]", code)] == []


def test_every_event_type_and_relation_has_a_word() -> None:
    english = json.loads((WORDS / "en.json").read_text("utf-8"))
    types = ROOT / "src" / "sayso" / "annotations" / "event_types.toml"
    known = tomllib.loads(types.read_text("utf-8"))
    wanted = [f"type.{name}" for name in known]
    wanted += [f"mode.{mode}" for one in known.values() for mode in one.get("modes", {})]
    for kind, literal in {
        "edge": records.Relation,
        "relation": records.Relation,
        "verdict": records.Verdict,
        "certainty": records.Certainty,
        "speech": records.AttributionKind,
        "marker": records.MarkerKind,
        "modality": records.Modality,
        "basis": records.PublishedBasis,
        "kind": records.MentionKind,
        "field": records.QuantityKind,
    }.items():
        wanted += [f"{kind}.{value}" for value in get_args(literal)]
    assert [word for word in wanted if word not in english] == []


def test_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def test_build_stands_until_a_source_changes(
    page_built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build = load_build()
    assert build.is_current()
    assert not build.build()
    stale = tmp_path / "stamp"
    stale.write_text("another")
    monkeypatch.setattr(build, "STAMP", stale)
    assert not build.is_current()


def test_bundle_stays_small(page_built: Path) -> None:

    whole = sum(
        len(gzip.compress((page_built / name).read_bytes())) for name in ("app.js", "app.css", "atlas.json")
    )
    assert whole < 600_000
