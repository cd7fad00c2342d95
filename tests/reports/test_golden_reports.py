"""Whole reports, written for this test, read as a person would part them."""

from pathlib import Path

import pytest

from sayso.records import Report
from sayso.reports import READERS, read

CASES = Path(__file__).parents[1] / "cases" / "reports"


def describe(report: Report) -> str:
    """Write down what was read of a report, one line a datum."""
    lines = [
        f"outlet: {report.outlet}",
        f"title: {report.title}",
        f"author: {report.author}",
        f"published: {report.published} ({report.published_basis})",
        f"language: {report.language}",
    ]
    lines += [f"{b.kind} | {' '.join(report.text[b.start : b.end].split())}" for b in report.blocks]
    lines += [f"link | {report.text[k.start : k.end]} | {k.url} | {k.published}" for k in report.links]
    return "\n".join(lines)


def agrees(read_line: str, expected: str) -> bool:
    """Compare a line; `` ... `` in the expected one stands for any words between."""
    first, dots, last = expected.partition(" ... ")
    if not dots:
        return read_line == expected
    return (
        read_line.startswith(first) and read_line.endswith(last) and len(read_line) > len(first) + len(last)
    )


@pytest.mark.parametrize(
    "path",
    sorted(p for p in CASES.iterdir() if p.suffix in READERS and ".expected" not in p.name),
    ids=lambda p: p.name,
)
def test_a_report_is_read_as_a_person_reads_it(path):
    (report,) = read(path)
    found = describe(report).splitlines()
    expected = path.with_suffix(".expected.txt").read_text("utf-8").splitlines()
    wrong = [(line, want) for line, want in zip(found, expected, strict=False) if not agrees(line, want)]
    assert not wrong and len(found) == len(expected), "\n".join(found)
