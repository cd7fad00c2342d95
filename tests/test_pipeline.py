"""The whole road on the example case: reports in, a sourced chronology out, the same whatever the order."""

import random
import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso
from sayso import pipeline
from sayso.case import Case
from sayso.errors import UnreadableReport
from sayso.exporters import export
from sayso.records import TABLES, quote

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "almaty-2022"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with Case.open(tmp_path_factory.mktemp("case") / "almaty.sayso", create=True) as opened:
        pipeline.build([EXAMPLE], opened)
        yield opened


def numbered(case):
    """Give report ids by the number their file name begins with."""
    return {Path(report.path).name[:2]: report.id for report in case.table("reports")}


def test_every_report_is_read_and_dated(case):
    reports = list(case.table("reports"))
    assert len(reports) == 10 and case.count("failures") == 0
    assert all(report.published and report.outlet for report in reports)
    assert {report.language for report in reports} == {"de", "en", "ru"}


def test_the_copy_and_the_translation_are_derived(case):
    ids = numbered(case)
    found = {(row.report, row.source_report): row.relation for row in case.table("derivations")}
    assert found.get((ids["07"], ids["06"])) == "was_derived_from"
    assert found.get((ids["04"], ids["03"])) == "was_translated_from"


def test_the_chain_of_three_is_one_origin(case):
    ids = numbered(case)
    chain = {ids["05"], ids["06"], ids["07"]}
    accounts = {row.id: row for row in case.table("accounts")}
    toll = [
        claim
        for claim in case.table("claims")
        if {accounts[a].report for a in claim.accounts} >= chain
        and str(claim.event_type).startswith("CASUALTY")
    ]
    assert toll, "no claim gathers the three reports on the toll of 164"
    for claim in toll:
        roots = {
            origin.id for origin in claim.origins
            if {accounts[a].report for a in origin.accounts} & chain and origin.entity
        }  # fmt: skip
        assert len(roots) == 1


def test_the_retraction_and_the_contradicting_figures_are_found(case):
    contradictions = list(case.table("contradictions"))
    assert any(row.field == "retraction" for row in contradictions)
    killed = [row for row in contradictions if row.field == "killed"]
    values = [{position.value for position in row.positions} for row in killed]
    assert any({"16", "18"} <= own for own in values)


def test_opposed_tellings_stand_side_by_side(case):
    told = [
        " ".join(position.value for position in row.positions)
        for row in case.table("contradictions")
        if row.field == "characterisation"
    ]
    assert any("peaceful" in words and "terror" in words for words in told)


def spans_of(row):
    """Give every (spans, quoted words) pair that stands anywhere in a record."""
    if isinstance(row, dict):
        if isinstance(row.get("spans"), (list, tuple)) and isinstance(row.get("text"), str):
            yield row["spans"], row["text"]
        for value in row.values():
            yield from spans_of(value)
    elif isinstance(row, (list, tuple)):
        for value in row:
            yield from spans_of(value)


def test_all_evidence_is_quoted_as_stored(case):
    texts = {report.id: report.text for report in case.table("reports")}
    checked = 0
    for name in ("attributions", "events", "timexes", "mentions"):
        for record in case.table(name):
            for spans, words in spans_of(msgspec.to_builtins(record)):
                assert quote(texts[record.report], [tuple(span) for span in spans]) == words
                checked += 1
    assert checked > 500


def test_every_export_line_is_valid(case, tmp_path):
    out = export(case, "jsonl", tmp_path / "out")
    lines = 0
    for name, kind in TABLES.items():
        for line in (out / f"{name}.jsonl").read_bytes().splitlines():
            record = msgspec.json.decode(line, type=kind)
            assert msgspec.json.encode(record) == line
            lines += 1
    assert lines > 200


def references(case):
    ids = {name: {row.id for row in case.table(name)} for name in TABLES if name not in ("failures",)}
    for row in case.table("attributions"):
        yield row.report in ids["reports"] and (row.parent is None or row.parent in ids["attributions"])
        yield row.source_entity is None or row.source_entity in ids["entities"]
        yield row.said is None or row.said in ids["timexes"]
    for row in case.table("accounts"):
        yield row.claim in ids["claims"] and row.report in ids["reports"]
        yield row.attribution is None or row.attribution in ids["attributions"]
        yield row.event is None or row.event in ids["events"]
    for row in case.table("claims"):
        yield set(row.accounts) <= ids["accounts"] and set(row.contradictions) <= ids["contradictions"]
        yield row.place is None or row.place in ids["entities"]
    for row in case.table("mentions"):
        yield row.entity is None or row.entity in ids["entities"]


def test_every_reference_leads_somewhere(case):
    assert all(references(case))


def exported(paths, folder):
    with Case.open(folder / "x.sayso", create=True) as case:
        for batch in paths:
            pipeline.build(batch, case)
        out = export(case, "jsonl", folder / "out")
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_order_and_batches_change_nothing(tmp_path):
    files = sorted(EXAMPLE.iterdir())
    whole = exported([files], _made(tmp_path / "a"))
    shuffled = files[:]
    random.Random(7).shuffle(shuffled)
    in_parts = exported([shuffled[:3], shuffled[3:4], shuffled[4:]], _made(tmp_path / "b"))
    assert whole == in_parts


def _made(folder):
    folder.mkdir()
    return folder


def test_building_again_does_nothing_twice(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "reports")
    with Case.open(tmp_path / "x.sayso", create=True) as case:
        first = pipeline.build([tmp_path / "reports"], case)
        again = pipeline.build([tmp_path / "reports"], case)
    assert (first.new_reports, again.new_reports) == (10, 0)
    assert msgspec.structs.replace(again, new_reports=10) == first


def test_one_bad_report_does_not_stop_the_others(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    shutil.copy(next(EXAMPLE.iterdir()), tmp_path / "good.txt")
    with Case.open(tmp_path / "x.sayso", create=True) as case:
        summary = pipeline.build([tmp_path], case)
        assert (summary.reports, summary.failures) == (1, 2)
        assert all("(" in failure.error for failure in case.table("failures"))


def test_a_missing_path_is_said(tmp_path):
    with Case.open(tmp_path / "x.sayso", create=True) as case, pytest.raises(UnreadableReport):
        pipeline.build([tmp_path / "nowhere"], case)


def test_python_reads_one_text():
    read_one = sayso.annotate("Der Minister sagte am Montag, die Lage sei ruhig.", published="2022-01-12")
    [attribution] = read_one.annotations.attributions
    assert attribution.content.text == "die Lage sei ruhig"
    assert attribution.cue and "sagte" in attribution.cue.text
    assert [timex.value for timex in read_one.annotations.timexes] == ["2022-01-10"]
    assert "sayso-content" in read_one._repr_html_()


PIECES = st.sampled_from(
    ["Er sagte, ", "„", "“", "«", "»", '"', "😀", "e\u0301", "\u200d", "\u202e", "שלום ", "- ", "\n", "\n\n", "https://a.example/2022/01/05/x ",
     "По словам Иванова, ", "according to police ", "am 3. Januar ", "16 ", "killed ", "?", ". ", "\t", "A" * 70, "𝔘nruhen "]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, min_size=1, max_size=40))
def test_any_text_is_read_and_its_evidence_holds(pieces):
    text = "".join(pieces)
    try:
        read_one = sayso.annotate(text, published="2022-01-10")
    except UnreadableReport:
        return
    stored = read_one.report.text
    for spans, words in spans_of(msgspec.to_builtins(read_one.annotations)):
        assert quote(stored, [tuple(span) for span in spans]) == words
