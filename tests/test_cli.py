"""The command line as a newcomer uses it: results on stdout, messages on stderr, exit codes that mean something."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "almaty-2022"


def sayso(*arguments, stdin=None, cwd=None):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1", "COLUMNS": "160"}
    return subprocess.run(
        [sys.executable, "-m", "sayso.cli", *map(str, arguments)],
        input=stdin, capture_output=True, env=environment, cwd=cwd, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "almaty.sayso"
    built = sayso("build", EXAMPLE, "--case", path)
    assert built.returncode == 0, built.stderr
    assert b"10 reports (10 new)" in built.stdout and b"independent origins" in built.stdout
    return path


def test_help_says_where_to_begin():
    shown = sayso("--help")
    assert shown.returncode == 0
    assert b"sayso build" in shown.stdout and b"sayso open" in shown.stdout
    for command in ("build", "show", "annotate", "export", "open"):
        assert command.encode() in shown.stdout
        assert sayso(command, "--help").returncode == 0


@pytest.mark.parametrize("view", ["chronology", "claims", "attributions", "contradictions", "entities"])
def test_every_table_is_shown_and_dumped(case, view):
    table = sayso("show", case, view)
    assert table.returncode == 0 and len(table.stdout.splitlines()) > 3
    dumped = sayso("show", case, view, "--json")
    rows = [json.loads(line) for line in dumped.stdout.splitlines()]
    assert rows and all(row["id"] for row in rows)


def test_the_chronology_is_in_order(case):
    rows = [json.loads(line) for line in sayso("show", case, "--json").stdout.splitlines()]
    moments = [row["earliest"] or row["latest"] for row in rows]
    assert moments == sorted(moments) and len(moments) > 10


def test_filters_narrow_what_is_shown(case):
    everything = sayso("show", case, "claims", "--json").stdout.splitlines()
    some = [
        json.loads(x)
        for x in sayso("show", case, "claims", "--json", "--min-origins", "2").stdout.splitlines()
    ]
    assert 0 < len(some) < len(everything) and all(row["origins"] >= 2 for row in some)
    days = [
        json.loads(line)
        for line in sayso(
            "show", case, "--json", "--from", "2022-01-05", "--to", "2022-01-05"
        ).stdout.splitlines()
    ]
    assert days and all(row["earliest"][:10] <= "2022-01-05" for row in days if row["earliest"])
    named = [
        json.loads(x)
        for x in sayso("show", case, "attributions", "--actor", "Токаев", "--json").stdout.splitlines()
    ]
    assert {row["outlet"] for row in named} >= {"Steppe Courier", "Blickpunkt Osten"}
    assert sayso("show", case, "claims", "--place", "Atlantis").stdout == b""


def test_building_again_adds_nothing(case):
    again = sayso("build", EXAMPLE, "--case", case, "--json")
    assert json.loads(again.stdout)["new_reports"] == 0


def test_annotate_prints_the_case_formats_fields():
    shown = sayso("annotate", EXAMPLE / "08-steppe-courier-en.txt")
    found = json.loads(shown.stdout)
    assert shown.returncode == 0
    assert {"report", "timexes", "mentions", "attributions", "events", "citations"} <= set(found)
    text = found["report"]["text"]
    for row in found["attributions"]:
        content = row["content"]
        assert " ".join(text[start:end] for start, end in content["spans"]) == content["text"]


def test_annotate_reads_standard_input_and_takes_a_date():
    shown = sayso("annotate", "-", "--published", "2022-01-12", stdin=b"Gestern sagte er, es sei ruhig.")
    assert [timex["value"] for timex in json.loads(shown.stdout)["timexes"]] == ["2022-01-11"]


def test_annotate_html_is_a_page_of_its_own():
    shown = sayso("annotate", EXAMPLE / "08-steppe-courier-en.txt", "--html")
    page = shown.stdout.decode()
    assert page.startswith("<!doctype html>") and "sayso-content" in page
    assert "http-equiv" in page and "<script" not in page


def test_export_writes_both_formats(case, tmp_path):
    assert sayso("export", case, "--to", "jsonl", "--out", tmp_path / "out").returncode == 0
    assert (tmp_path / "out" / "claims.jsonl").stat().st_size > 0
    refused = sayso("export", case, "--to", "xml", "--out", tmp_path / "x")
    assert refused.returncode == 2 and b"jsonl" in refused.stderr


def failing(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "strange.sayso").write_bytes(b"not a case" * 1000)
    many = tmp_path / "many"
    many.mkdir()
    for number in range(10_000):
        (many / f"{number}.o").write_bytes(b"")
    return {
        "a missing path": ["build", tmp_path / "nowhere", "--case", tmp_path / "a.sayso"],
        "an empty file": ["annotate", tmp_path / "empty.txt"],
        "a binary file": ["annotate", tmp_path / "binary.bin"],
        "no case": ["show", tmp_path / "none.sayso"],
        "not a case": ["show", tmp_path / "strange.sayso"],
        "a build into what is no case": ["build", EXAMPLE, "--case", tmp_path / "strange.sayso"],
        "ten thousand files that are no reports": ["build", many, "--case", tmp_path / "b.sayso"],
        "no reports named": ["build", "--case", tmp_path / "c.sayso"],
    }


def test_what_goes_wrong_is_said_in_one_line(tmp_path):
    for name, arguments in failing(tmp_path).items():
        ended = sayso(*arguments)
        assert ended.returncode == 2, name
        assert ended.stdout == b"", name
        said = ended.stderr.decode()
        assert "Traceback" not in said and said.count("\n") == 1, f"{name}: {said}"
        assert said.startswith("sayso: ") and "(" in said, f"{name}: {said}"


def test_some_failures_among_good_reports_end_with_one(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_bytes((EXAMPLE / "01-steppe-courier-en.txt").read_bytes())
    ended = sayso("build", tmp_path, "--case", tmp_path / "a.sayso")
    assert ended.returncode == 1 and b"show" in ended.stderr and b"1 reports" in ended.stdout


def test_a_report_without_a_date_is_read_with_a_warning(tmp_path):
    (tmp_path / "undated.txt").write_text("Der Sprecher sagte gestern, die Lage sei ruhig.", "utf-8")
    found = json.loads(sayso("annotate", tmp_path / "undated.txt").stdout)
    assert any("date" in warning for warning in found["warnings"])
    assert all(timex["earliest"] is None for timex in found["timexes"])
