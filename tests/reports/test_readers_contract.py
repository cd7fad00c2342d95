"""What holds of every reader in the table, whatever its format."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from sayso.records import Failure, Report, identify
from sayso.reports import READERS, read

sys.path.insert(0, str(Path(__file__).parent))
from made_files import DATELINE, MADE, PARAGRAPHS, TARGET, TITLE

EXTENSIONS = sorted(READERS)


def made(tmp_path: Path, extension: str, name: str = "one") -> Path:
    """Write the made file of a format."""
    path = tmp_path / f"{name}{extension}"
    path.write_bytes(MADE[extension]())
    return path


def check_spans(report: Report) -> None:
    """Check that blocks and links stand in the text, blocks in order and apart, edges without white space."""
    at = 0
    for block in report.blocks:
        assert at <= block.start < block.end <= len(report.text)
        words = report.text[block.start : block.end]
        assert words == words.strip()
        at = block.end
    assert [link.start for link in report.links] == sorted(link.start for link in report.links)
    for link in report.links:
        assert 0 <= link.start < link.end <= len(report.text)


def test_every_format_has_a_made_file():
    assert set(MADE) == set(READERS)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_report_comes_out(tmp_path, extension):
    report = next(iter(read(made(tmp_path, extension))))
    assert isinstance(report, Report)
    check_spans(report)
    assert report.title == TITLE
    assert report.language == "de"
    assert report.recorded is None
    assert report.media_type == READERS[extension].media_type
    assert report.path.startswith(str(tmp_path))
    kinds = {block.kind for block in report.blocks}
    assert "paragraph" in kinds
    prose = " ".join(report.text.split())
    assert "Das Ministerium" in prose and "gebrochen, sagte die Spre" in prose


@pytest.mark.parametrize("extension", sorted(set(EXTENSIONS) - {".pdf", ".html", ".htm", ".xhtml"}))
def test_the_date_is_read(tmp_path, extension):
    report = next(iter(read(made(tmp_path, extension))))
    assert report.published == "2021-05-03"
    assert report.published_basis == (
        "meta" if extension in (".jsonl", ".ndjson", ".csv", ".tsv") else "dateline"
    )


@pytest.mark.parametrize("extension", sorted(set(EXTENSIONS) - {".pdf"}))
def test_the_link_keeps_its_place_and_the_words_stay(tmp_path, extension):
    report = next(iter(read(made(tmp_path, extension))))
    (link,) = report.links
    assert link.url == TARGET
    assert (link.outlet, link.published) == ("kanal-sieben.example", "2021-05-02")
    carried = report.text[link.start : link.end]
    assert carried == (TARGET if "://" in carried else "die Vorwürfe")
    assert PARAGRAPHS[0] in report.text


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_same_bytes_same_record_wherever_they_lie(tmp_path, extension):
    (tmp_path / "other").mkdir()
    first = [*read(made(tmp_path, extension))]
    again = [*read(made(tmp_path / "other", extension, "two"))]
    assert [report.id for report in first] == [report.id for report in again]
    assert [msgspec.structs.replace(report, path="") for report in first] == [
        msgspec.structs.replace(report, path="") for report in again
    ]
    assert all(report.id == identify("rep", report.sha256) for report in first)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_what_the_user_gives_goes_first(tmp_path, extension):
    report = next(iter(read(made(tmp_path, extension), published="2020-02-02", language="de-AT")))
    assert (report.published, report.published_basis, report.language) == ("2020-02-02", "given", "de-AT")


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_a_torn_file_is_read_or_refused_never_a_crash(tmp_path, extension, cut):
    from sayso.errors import UnreadableReport

    whole = MADE[extension]()
    path = tmp_path / f"torn{extension}"
    path.write_bytes(whole[: int(len(whole) * cut)])
    try:
        found = [*read(path)]
    except UnreadableReport as error:
        assert error.where and error.remedy
        return
    for report in found:
        if isinstance(report, Failure):
            assert report.path.startswith(str(path))
        else:
            check_spans(report)


def test_importing_the_table_loads_no_format_library():
    program = (
        "import sys, sayso.reports, sayso.reports.reading\n"
        "heavy = {'lxml', 'trafilatura', 'pypdfium2', 'mammoth', 'ftfy', 'py3langid', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_reading_a_page_of_served_language_loads_no_language_model(tmp_path):
    path = made(tmp_path, ".txt")
    program = (
        "import sys; from sayso.reports import read\n"
        f"print([*read({str(path)!r})][0].language, 'py3langid' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["de", "False"]


def test_the_made_dateline_is_a_block(tmp_path):
    report = next(iter(read(made(tmp_path, ".txt"))))
    datelines = [report.text[b.start : b.end] for b in report.blocks if b.kind == "dateline"]
    assert datelines == [DATELINE]


def test_every_extension_is_documented():
    documented = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
    assert [extension for extension in READERS if f"`{extension}`" not in documented] == []
