"""What the documents promise is there: commands, links, words, tables."""

import re
import tomllib
from pathlib import Path

import pytest

from sayso.cli import app
from sayso.exporters import EXPORTERS
from sayso.records import TABLES
from sayso.reports import READERS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page):
    prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)", prose):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_and_export_is_in_the_readme():
    for command in app:
        if not command.startswith("-"):
            assert f"sayso {command}" in README, command
    for form in EXPORTERS:
        assert f"--to {form}" in README, form


def test_every_format_that_is_read_is_documented():
    formats = (ROOT / "docs" / "formats.md").read_text("utf-8")
    for name in READERS:
        assert name.rpartition("/")[2] in formats or name in formats, name


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for requirement in project["dependencies"]:
        assert re.split(r"[=<>; ]", requirement)[0] in told, requirement


def test_every_table_is_a_word_of_the_glossary():
    words = (ROOT / "docs" / "words.md").read_text("utf-8")
    plain = {"citations", "failures"}
    for name in set(TABLES) - plain:
        singular = re.sub("ies$", "y", name).removesuffix("s") if name != "timexes" else "timex"
        assert f"| {singular}" in words or singular in words, name


def test_every_model_has_its_card():
    for folder in sorted((ROOT / "src" / "sayso" / "models").iterdir()):
        if folder.is_dir() and not folder.name.startswith("_"):
            card = (folder / "MODEL_CARD.md").read_text("utf-8")
            for part in ("licen", "data", "recipe", "score"):
                assert part in card.lower(), f"{folder.name}: {part}"
            assert sum(file.stat().st_size for file in folder.iterdir()) <= 40 * 2**20
