"""Input that is damaged, hostile or beside the point: a clear error, or the text and a warning."""

import os
import time

import pytest

from sayso.errors import SaysoError, UnreadableReport
from sayso.records import Failure, Report
from sayso.reports import find_inputs, read, read_text
from sayso.reports.reading.decoding import clean

GERMAN = "Für die Räumung der Dörfer hat das Ministerium größere Mittel zugesagt, wie es am Abend hieß."
RUSSIAN = "Власти города объявили эвакуацию посёлков, сообщили в администрации вечером."


def read_bytes(tmp_path, received, name="x.txt"):
    """Write bytes to a file and read its reports."""
    path = tmp_path / name
    path.write_bytes(received)
    return list(read(path))


@pytest.mark.parametrize(
    ("name", "received", "word"),
    [
        ("x.txt", b"", "empty"),
        ("x.txt", b" \n\t\n ", "empty"),
        ("x.txt", b"\xef\xbb\xbf", "empty"),
        ("x.txt", b"\xff\xfe \x00", "empty"),
        ("x.txt", b"\x00", "no text"),
        ("x.txt", bytes(range(256)) * 20, "binary"),
        ("x.txt", b"%PDF-1.7 ...", "a PDF"),
        ("x.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "PNG"),
        ("x.exe", b"MZ", "no reader"),
        ("x", b"text", "no reader"),
        ("x.html", b"<html><body><script>go()</script></body></html>", "no readable text"),
        ("x.pdf", b"this is no pdf at all", "not a PDF"),
        ("x.docx", b"PK\x03\x04 torn", "not a Word file"),
        ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("x.jsonl", b"\n\n", "no rows"),
        ("x.csv", b"a,b\n1,2\n", "no column"),
        ("x.csv", b"text,title\n", "no rows"),
    ],
)
def test_what_cannot_be_read_says_what_where_and_what_to_do(tmp_path, name, received, word):
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(tmp_path, received, name)
    assert word in caught.value.what
    assert caught.value.where.endswith(name)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_a_pdf_without_a_text_layer_names_the_remedy(tmp_path):
    from made_files import pdf_file

    with pytest.raises(UnreadableReport, match="no text layer") as caught:
        read_bytes(tmp_path, pdf_file([[], []]), "scan.pdf")
    assert "character recognition" in caught.value.remedy


@pytest.mark.parametrize("given", [{"published": "soon"}, {"published": "2022-13-01"}, {"language": "d/e"}])
def test_what_the_user_gives_is_checked(given):
    with pytest.raises(SaysoError) as caught:
        read_text(GERMAN, **given)
    assert caught.value.remedy


def test_a_missing_path_and_a_folder(tmp_path):
    with pytest.raises(UnreadableReport, match="no such file"):
        find_inputs([tmp_path / "gone"])
    with pytest.raises(UnreadableReport, match="no reader"):
        list(read(tmp_path))
    with pytest.raises(UnreadableReport, match="cannot be opened"):
        list(read(tmp_path / "gone.txt"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [GERMAN, RUSSIAN])
def test_unicode_encodings(tmp_path, text, encoding):
    (report,) = read_bytes(tmp_path, text.encode(encoding))
    assert report.text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(GERMAN, name) for name in ("cp1252", "latin-1", "iso8859-15")]
    + [(RUSSIAN, name) for name in ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")],
)
def test_single_byte_encodings_are_told_by_their_words(tmp_path, text, encoding):
    (report,) = read_bytes(tmp_path, text.encode(encoding))
    assert report.text == text
    assert any("encoding not declared" in warning for warning in report.warnings)


def test_a_few_damaged_bytes_do_not_cost_the_report(tmp_path):
    received = (GERMAN * 20).encode() + b"\xff" + GERMAN.encode()
    (report,) = read_bytes(tmp_path, received)
    assert report.text.count("\ufffd") == 1
    assert any("damaged" in warning for warning in report.warnings)


def test_mojibake_is_mended_before_any_offset(tmp_path):
    (report,) = read_bytes(tmp_path, GERMAN.encode().decode("cp1252", "replace").encode())
    assert report.text == GERMAN
    assert clean(RUSSIAN.encode("cp1251").decode("cp1252"))[0] == RUSSIAN


def test_quotes_dashes_and_spaces_stay_as_they_are():
    text = "„So“, sagte er – «так» — \u00a0’tis"
    assert clean(text) == (text, ())


def test_line_ends_and_control_characters():
    assert clean("a\r\nb\rc\u2028d\x00\x07e\u0085f")[0] == "a\nb\nc\nde\nf"
    assert clean("u\u0308")[0] == "ü"
    assert clean("a\ud800b")[0] == "a\ufffdb"


def test_rows_go_on_after_bad_ones(tmp_path):
    rows = b'{"text": "Die Lage ist ernst, und das ist die ganze Meldung."}\nnot json\n[]\n{"title": "x"}\n' \
        b'{"text": 5}\n\n{"text": "Am Morgen kam die Armee, und die Stadt ist ruhig."}\n'  # fmt: skip
    found = read_bytes(tmp_path, rows, "x.jsonl")
    assert [type(one) for one in found] == [Report, Failure, Failure, Failure, Failure, Report]
    assert [one.path.rsplit("#")[1] for one in found] == ["1", "2", "3", "4", "5", "7"]
    assert all(one.stage == "read" and one.error for one in found if isinstance(one, Failure))


def test_a_table_is_parted_by_the_sign_its_head_uses(tmp_path):
    for sign in ",;\t|":
        quoted = f'"Es regnet{sign} und der\nFluss steigt."'
        rows = f"title{sign}text{sign}outlet\nA{sign}{quoted}{sign}Bote\nB{sign}x\n"
        report, failure = read_bytes(tmp_path, rows.encode(), "x.csv")
        assert (report.title, report.outlet) == ("A", "Bote")
        assert report.text == f"Es regnet{sign} und der\nFluss steigt."
        assert failure.path.endswith("#2") and "2 columns" in failure.error


def test_a_row_without_readable_text_is_a_failure(tmp_path):
    report, failure = read_bytes(tmp_path, b'{"text": "Es regnet."}\n{"text": "\\u0000"}\n', "x.jsonl")
    assert isinstance(report, Report) and isinstance(failure, Failure)


def test_ten_thousand_files_that_are_no_reports_cost_under_a_second(tmp_path):
    for number in range(10_000):
        (tmp_path / f"{number}.log").touch()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").touch()
    (tmp_path / "b.txt").touch()
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "c.HTML").touch()
    os.symlink(tmp_path, tmp_path / "a" / "loop")
    os.symlink(tmp_path / "gone", tmp_path / "dangling.txt")
    begin = time.perf_counter()
    found = find_inputs([tmp_path, tmp_path / "a", tmp_path / "b.txt"])
    assert time.perf_counter() - begin < 1.0
    assert [path.name for path in found] == ["c.HTML", "b.txt"]


def seconds(text):
    """Measure the reading of a text, the best of three."""
    best = 1e9
    for _ in range(3):
        begin = time.perf_counter()
        read_text(text, language="de")
        best = min(best, time.perf_counter() - begin)
    return best


@pytest.mark.parametrize(
    "piece",
    ["Die Regierung hat gesagt und ", "a", "Ein Satz, der umbrochen\nwird und weiter. ", "kurz\n", "a.b/",
     "http://a.example/))) ", "[x](http://a.example", "((((", "fÃ¼r ", "أعلنت الحكومة. ", "- x\n",
     "5. Mai 2021, ", "\n", "> ", "'\""],
)  # fmt: skip
def test_time_grows_with_length_not_faster(piece):
    small = piece * (50_000 // len(piece)) + " Ende"
    large = piece * (400_000 // len(piece)) + " Ende"
    seconds(small)
    assert seconds(large) < 8 * 2.5 * seconds(small) + 0.05


def test_a_fifty_megabyte_line():
    report = read_text("Die Regierung hat gesagt und " * 1_730_000, language="de")
    assert len(report.blocks) == 1
    assert report.title is None
