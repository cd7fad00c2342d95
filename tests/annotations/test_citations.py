"""What a report points to: links, outlets that speak or carry, documents."""

from __future__ import annotations

from types import SimpleNamespace

from sayso.annotations.citations import FoundCitation, find_citations

TEXT = "Alpha Agency reported that the dam broke. Beta Times did not. The report of the commission says so."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def attribution(content: str, **parts: str) -> SimpleNamespace:
    return SimpleNamespace(
        content=(span(content),), **{name: (span(words),) for name, words in parts.items()}
    )


def mention(words: str) -> SimpleNamespace:
    start, end = span(words)
    return SimpleNamespace(start=start, end=end, kind="outlet")


def test_an_outlet_is_cited_where_it_speaks() -> None:
    found = find_citations(
        TEXT,
        "en",
        mentions=[mention("Alpha Agency"), mention("Beta Times")],
        attributions=[attribution("the dam broke", source="Alpha Agency")],
    )
    assert found == [
        FoundCitation(start=0, end=12, kind="named_outlet", mention=0, attribution=0),
    ]


def test_documents_that_speak_are_cited() -> None:
    said = attribution("so", source="The report of the commission")
    start, end = span("The report of the commission")
    assert find_citations(TEXT, "en", attributions=[said]) == [
        FoundCitation(start=start, end=end, kind="named_document", attribution=0)
    ]


def test_a_link_supports_the_attribution_beside_it() -> None:
    link = (span("the dam broke")[1], SimpleNamespace(url="https://a.example"))
    said = attribution("the dam broke", source="Alpha Agency")
    found = find_citations(TEXT, "en", links=[link], attributions=[said])
    assert [(one.kind, one.link, one.attribution) for one in found] == [("link", 0, 0)]


def test_nothing_is_cited_by_itself() -> None:
    assert find_citations(TEXT, "en", mentions=[mention("Beta Times")]) == []
