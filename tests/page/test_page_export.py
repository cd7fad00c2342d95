"""Write cases as one HTML file, and read back what stands in it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.case import Case
from sayso.errors import ExportError
from sayso.exporters import html
from sayso.exporters.html import export_html
from sayso.records import TABLES
from tests.page.made_cases import hostile_tables, large_tables, write_case

pytestmark = pytest.mark.usefixtures("page_built")


def packed(page: str, name: str) -> Any:
    """Unpack one of the file's data elements."""
    found = re.search(rf'<script type="text/plain" id="{name}">([A-Za-z0-9+/=]*)</script>', page)
    assert found
    return msgspec.json.decode(gzip.decompress(base64.b64decode(found[1])))


@pytest.fixture
def exported(small_case: Path, tmp_path: Path) -> str:
    with Case.open(small_case) as case:
        export_html(case, tmp_path / "case.html")
    return (tmp_path / "case.html").read_text("utf-8")


def test_every_record_is_in_the_file(exported: str, small_case: Path) -> None:
    tables = packed(exported, "case")["tables"]
    with Case.open(small_case) as case:
        for name, kind in TABLES.items():
            assert msgspec.convert(tables[name], list[kind]) == list(case.table(name)), name


def test_the_file_allows_itself_and_nothing_else(exported: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', exported)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    script = exported.partition('<script type="module">')[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy[1]
    assert re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!data:)[^"]*"', exported) == []


def test_equal_cases_give_equal_files(small_case: Path, tmp_path: Path) -> None:
    with Case.open(small_case) as case:
        export_html(case, tmp_path / "one.html")
        export_html(case, tmp_path / "two.html")
    one, two = (tmp_path / name for name in ("one.html", "two.html"))
    assert one.read_bytes() == two.read_bytes()


def test_the_name_of_the_case_is_only_a_name(tmp_path: Path) -> None:
    path = write_case(tmp_path / "<script>alert(1)<!--.sayso", hostile_tables(["x"]))
    with Case.open(path) as case:
        export_html(case, tmp_path / "out.html")
    assert "<title>Sayso – &lt;script&gt;alert(1)&lt;!--</title>" in (tmp_path / "out.html").read_text(
        "utf-8"
    )


def test_a_failed_export_leaves_the_older_file(
    small_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "case.html"
    out.write_text("older")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(html, "_write_data", full)
    with Case.open(small_case) as case, pytest.raises(ExportError, match="No space left"):
        export_html(case, out)
    assert out.read_text() == "older"
    assert os.listdir(tmp_path) == ["case.html"]


def test_a_page_that_was_not_built_is_named(
    small_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "files", lambda _: tmp_path)
    with Case.open(small_case) as case, pytest.raises(ExportError, match="make web"):
        export_html(case, tmp_path / "case.html")


def test_a_large_case_stays_small(tmp_path: Path) -> None:
    path = write_case(tmp_path / "large.sayso", large_tables(20_000))
    with Case.open(path) as case:
        export_html(case, tmp_path / "large.html")
    assert (tmp_path / "large.html").stat().st_size < 12_000_000
