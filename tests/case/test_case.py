"""A case file keeps what was stored, refuses what it is not, and survives what goes wrong."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from sayso.case import Case
from sayso.errors import CaseError
from sayso.records import Annotations, Claim, Failure, Judgement, Report


def report(number: int, text: str = "Text") -> Report:
    return Report(
        id=f"rep-{number:04}", path=f"{number}.txt", sha256="0" * 64, media_type="text/plain", text=text
    )


def reading(number: int) -> tuple[Report, Annotations]:
    return report(number), Annotations(report=f"rep-{number:04}", annotator="test 1", vectors=b"\x00\x01")


def test_what_is_kept_comes_back(tmp_path):
    with Case.open(tmp_path / "a.sayso", create=True) as case:
        case.keep_readings([reading(2), reading(1)])
    with Case.open(tmp_path / "a.sayso") as case:
        assert list(case.readings()) == [reading(1), reading(2)]
        assert case.freshness() == {"rep-0001": "test 1", "rep-0002": "test 1"}


def test_replacing_leaves_just_the_new_rows(tmp_path):
    with Case.open(tmp_path / "a.sayso", create=True) as case:
        case.replace({"reports": [report(1), report(2)]})
        case.replace({"reports": [report(2, "Neu"), report(3)]})
        assert [(r.id, r.text) for r in case.table("reports")] == [("rep-0002", "Neu"), ("rep-0003", "Text")]
        assert case.count("reports") == 2


def test_search_finds_without_accents_and_by_beginnings(tmp_path):
    with Case.open(tmp_path / "a.sayso", create=True) as case:
        case.replace({"reports": [report(1, "Kämpfe in Übersee"), report(2, "Ruhe")]})
        assert [hit[1] for hit in case.search("kampf")] == ["rep-0001"]
        assert case.search('"; DROP TABLE rows') == []
        assert case.search("  ") == []


def test_a_failure_goes_when_the_report_is_read_after_all(tmp_path):
    with Case.open(tmp_path / "a.sayso", create=True) as case:
        case.keep_failures([Failure(path="1.txt", stage="read", error="empty")])
        case.keep_readings([reading(1)])
        assert case.count("failures") == 0


def test_a_judgement_is_withdrawn_not_rewritten(tmp_path):
    first = Judgement(
        id="jud-1", created="2022-01-01T00:00:00Z", user="ann", verdict="same", target="a", other="b"
    )
    withdrawn = Judgement(
        **{f: getattr(first, f) for f in first.__struct_fields__} | {"withdrawn": "2022-01-02"}
    )
    rewritten = Judgement(
        **{f: getattr(first, f) for f in first.__struct_fields__} | {"verdict": "different"}
    )
    with Case.open(tmp_path / "a.sayso", create=True) as case:
        case.judge(first)
        with pytest.raises(CaseError, match="cannot be rewritten"):
            case.judge(rewritten)
        case.judge(withdrawn)
        case.replace({})
        assert list(case.table("judgements")) == [withdrawn]


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"x" * 4000])
def test_a_strange_file_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "strange.sayso"
    path.write_bytes(content)
    with pytest.raises(CaseError) as caught:
        Case.open(path, create=True)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    with pytest.raises(CaseError, match="not a Sayso case"):
        Case.open(path)


def test_a_newer_case_is_refused_with_the_remedy(tmp_path):
    path = tmp_path / "new.sayso"
    Case.open(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(CaseError, match=r"newer Sayso.*update"):
        Case.open(path)


def test_a_missing_case_is_named(tmp_path):
    with pytest.raises(CaseError, match="no such case"):
        Case.open(tmp_path / "none.sayso")


def test_a_full_disk_is_said_in_one_line_and_keeps_the_last_state(tmp_path):
    path = tmp_path / "a.sayso"
    with Case.open(path, create=True) as case:
        case.keep_readings([reading(1)])
        case._connection.execute("PRAGMA max_page_count = 1")  # SQLite's own way to run out of room
        with pytest.raises(CaseError, match="disk is full"):
            case.replace({"reports": [report(n, "x" * 100_000) for n in range(20)]})
    with Case.open(path) as case:
        assert list(case.readings()) == [reading(1)]
        assert case.count("reports") == 0


def test_a_killed_writer_leaves_the_last_whole_state(tmp_path):
    path = tmp_path / "a.sayso"
    script = textwrap.dedent(f"""
        from sayso.case import Case
        from tests.case.test_case import reading
        case = Case.open({str(path)!r}, create=True)
        for number in range(100000):
            case.keep_readings([reading(number), reading(number + 500000)])
            if number == 20: print("going", flush=True)
    """)
    writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=os.getcwd())
    assert writer.stdout is not None and writer.stdout.readline() == b"going\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with Case.open(path) as case:
        kept = [int(r.id[4:]) for r, _ in case.readings()]
        low = [n for n in kept if n < 500000]
        assert len(low) >= 20 and sorted(n + 500000 for n in low) == [n for n in kept if n >= 500000]


def test_claims_are_found_by_their_words(tmp_path):
    claim = Claim(
        id="clm-1", kind="event", summary="Rathaus gestürmt", language="de", accounts=(), origins=(),
        origin_count=0, origin_count_max=0, status="uncorroborated", status_why="",
    )  # fmt: skip
    with Case.open(tmp_path / "a.sayso", create=True) as case:
        case.replace({"claims": [claim]})
        assert case.search("gesturmt")[0][:2] == ("claims", "clm-1")
