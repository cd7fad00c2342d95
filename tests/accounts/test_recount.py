"""Tellings and their chains, from the report outwards."""

from __future__ import annotations

import time

from sayso.accounts import Telling, credits_of, recount
from sayso.records import Annotations, Attribution, Block, Mention, Part, Report
from tests.claims.build import ENTITIES, reading

KNOWN = {entity.id: entity for entity in ENTITIES}


def told(*arguments, **options) -> list[Telling]:  # type: ignore[no-untyped-def]
    return recount(*reading(*arguments, **options), KNOWN)


def test_nested_attributions_unfold() -> None:
    content = "40 people were killed in Solm"
    whole = f"citing the health ministry, that {content}"
    rows = told(
        "x", "gamma", "2031-01-02T00:00:00Z",
        f"Toll\n\n[Alpha Agency|alpha] reported, citing the [health ministry|health], that {content}.",
        (whole, "Alpha Agency", {"source_entity": "alpha"}),
        (content, "health ministry", {"source_entity": "health", "parent": 0}),
    )  # fmt: skip
    toll = next(row for row in rows if row.kind == "quantity")
    assert toll.chain == ("gamma", "alpha", "health")
    assert (toll.root, toll.root_key) == ("named", "health")


def test_one_content_with_outlet_and_source_puts_the_outlet_first() -> None:
    content = "40 people were killed in Solm"
    rows = told(
        "x", "gamma", "2031-01-02T00:00:00Z",
        f"Toll\n\n{content}, [Alpha Agency|alpha] reported with reference to the [health ministry|health].",
        (content, "health ministry", {"source_entity": "health"}),
        (content, "Alpha Agency", {"source_entity": "alpha"}),
    )  # fmt: skip
    assert next(row for row in rows if row.kind == "quantity").chain == ("gamma", "alpha", "health")


def test_own_voice_and_hearsay() -> None:
    own = told("x", "gamma", "2031-01-02T00:00:00Z", "Fire\n\nGunmen stormed the station in [Solm|solm].")
    assert {(row.root, row.root_key) for row in own if not row.in_title} == {("own", "gamma")}
    heard = told(
        "y",
        "gamma",
        "2031-01-02T00:00:00Z",
        "Fire\n\nIt emerged that gunmen stormed the station in [Solm|solm].",
    )
    assert {row.root for row in heard if not row.in_title} == {"anonymous"}


def test_a_reporter_who_saw_it_is_the_outlet() -> None:
    content = "Police fired tear gas near the station"
    rows = told(
        "x", "gamma", "2031-01-02T00:00:00Z", f"Gas\n\n{content}, a correspondent of this newspaper saw.",
        (content, "a correspondent of this newspaper", {}),
    )  # fmt: skip
    assert {(row.root, row.saw_it) for row in rows} == {("own", True)}


def test_each_figure_is_a_telling() -> None:
    rows = told(
        "x", "gamma", "2031-01-02T00:00:00Z",
        "Toll\n\n225 people were killed in [Solm|solm], among them 19 members of the security forces.",
    )  # fmt: skip
    assert [(row.counted, row.figures[0].low, row.whom) for row in rows] == [
        ("killed", 225, None),
        ("killed", 19, "security"),
    ]


def test_figure_taken_back_is_negative() -> None:
    rows = told(
        "x", "gamma", "2031-01-02T00:00:00Z",
        "Toll\n\nThe [health ministry|health] retracted the figure of 70 people killed in [Solm|solm].",
    )  # fmt: skip
    toll = next(row for row in rows if row.kind == "quantity")
    assert (toll.polarity, toll.withdrawn) == ("negative", True)


def test_contents_that_point_back() -> None:
    rows = told(
        "x", "gamma", "2031-01-02T00:00:00Z",
        "Flight\n\nThe minister has fled the country, [Alpha Agency|alpha] said. The [interior ministry|interior] denied the report.",
        ("The minister has fled the country", "Alpha Agency", {"source_entity": "alpha"}),
        ("the report", "interior ministry", {"source_entity": "interior", "polarity": "negative", "kind": "reported"}),
    )  # fmt: skip
    first, second = rows
    assert (second.points_at, second.polarity) == (first.id, "negative")


def _credited(text: str, name: str, entity: str) -> tuple[str, ...]:
    start = text.index(name)
    mention = Mention(
        id="m", report="r", spans=((start, start + len(name)),), text=name, kind="outlet", entity=entity
    )
    report = Report(
        id="r", path="r", sha256="", media_type="", outlet="gamma", text=text, blocks=(Block(kind="paragraph", start=0, end=len(text)),)
    )  # fmt: skip
    return credits_of(report, Annotations(report="r", annotator="t", mentions=(mention,)), "Gamma Kurier")


def test_credits() -> None:
    assert _credited("The town burned for two days. (Alpha)", "Alpha", "alpha") == ("alpha",)
    assert _credited("SOLM (Alpha) - The town burned for two days.", "Alpha", "alpha") == ("alpha",)
    assert _credited("The agency (Alpha) was not there.", "Alpha", "alpha") == ()
    assert _credited("The town burned for two days. (GK)", "GK", "other") == ()


def test_spans_are_evidence() -> None:
    report, found = reading(
        "x", "gamma", "2031-01-02T00:00:00Z", "Toll\n\nAt least 12 people were killed in [Solm|solm] on 1 January 2031.",
    )  # fmt: skip
    for row in recount(report, found, KNOWN):
        assert all(0 <= start < end <= len(report.text) for start, end in row.spans)


def test_thousands_of_attributions_in_one_report() -> None:
    text = "He said it was cold in the north. " * 4000
    rows = tuple(
        Attribution(
            id=f"a{at}",
            report="r",
            kind="indirect",
            content=Part(spans=((at * 34 + 8, at * 34 + 32),), text=text[at * 34 + 8 : at * 34 + 32]),
        )
        for at in range(4000)
    )
    sentences = tuple((at * 34, at * 34 + 33) for at in range(4000))
    report = Report(id="r", path="r", sha256="", media_type="", text=text, language="en")
    begin = time.perf_counter()
    assert (
        len(
            recount(
                report, Annotations(report="r", annotator="t", sentences=sentences, attributions=rows), {}
            )
        )
        == 4000
    )
    assert time.perf_counter() - begin < 20
