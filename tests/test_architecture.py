"""Imports go one way, every heavy library has one door, and one word has one meaning."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "sayso").rglob("*.py"))
BANNED_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "manager"}
BANNED_WORDS = re.compile(r"\b(statement|article|confidence)s?\b", re.IGNORECASE)


def test_imports_go_one_way():
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert path.stem not in BANNED_NAMES
    assert ast.get_docstring(tree), f"{path} has no docstring"
    assert len(path.read_text("utf-8").splitlines()) <= 500, f"{path} outgrew its room"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_functions_are_documented_and_short(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node) or _is_inner(node, tree), f"{path}: {node.name}"
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno
            assert length <= 62, f"{path}: {node.name} has {length} lines"


def _is_inner(node, tree):
    """Functions inside functions and members of private classes explain themselves by their owner."""
    for owner in ast.walk(tree):
        if isinstance(owner, ast.FunctionDef) and owner is not node and node in ast.walk(owner):
            return True
        if isinstance(owner, ast.ClassDef) and owner.name.startswith("_") and node in owner.body:
            return True
    return False


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_mean_what_the_glossary_says(path):
    names = re.findall(r"(?:def|class) (\w+)", path.read_text("utf-8"))
    assert not [name for name in names if BANNED_WORDS.search(name.replace("_", " "))]


def test_nothing_names_a_machine():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.splitlines():
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".toml", ".ts", ".svelte", ".json", ".yml", ".lock", ".tsv"}
            and path.is_file()
        ):
            text = path.read_text("utf-8", errors="ignore")
            assert "/" + "work/" not in text and "/" + "root/" not in text, name
