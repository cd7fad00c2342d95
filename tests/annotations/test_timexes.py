"""Temporal expressions: every rule's examples, bad input, cost."""

from __future__ import annotations

import pytest

from sayso.annotations.sentences import find_sentences
from sayso.annotations.timex_grammar import Rule, load_grammar
from sayso.annotations.timexes import FoundTimex, find_timexes

LANGUAGES = ("de", "en", "ru", "und")


def find(prose: str, language: str, published: str | None = "2021-05-19") -> list[FoundTimex]:
    return find_timexes(prose, find_sentences(prose, (), language), language=language, published=published)


def shown(timex: FoundTimex, field: str) -> str:
    if field == "bounds":
        return f"{timex.earliest or ''}..{timex.latest or ''}"
    return str(getattr(timex, field))


EXAMPLES = [
    pytest.param(language, rule, example, id=f"{language}-{rule.name}-{number}")
    for language in LANGUAGES
    for rule in load_grammar(language).data.rules
    for number, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("language", "rule", "example"), EXAMPLES)
def test_example(language: str, rule: Rule, example: tuple[str, ...]) -> None:
    marked, published, kind, value, *checks = example
    start, end = marked.index("[["), marked.index("]]") - 2
    prose = marked.replace("[[", "").replace("]]", "")
    timexes = find(prose, language, published or None)
    found = [timex for timex in timexes if (timex.start, timex.end) == (start, end)]
    assert [(timex.type, timex.value) for timex in found] == [(kind, value)]
    for check in checks:
        field, wanted = check.split("=", 1)
        assert shown(found[0], field) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_carries_an_example(language: str) -> None:
    assert [rule.name for rule in load_grammar(language).data.rules if not rule.examples] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_names_are_unique(language: str) -> None:
    names = [rule.name for rule in load_grammar(language).data.rules]
    assert len(names) == len(set(names))
