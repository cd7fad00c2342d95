"""The scorers, against cases worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.attributions.scores import Tally, assigned, covered, mention_tally, pairs, tokens


def roles(content: str, source: str = "", cue: str = "") -> dict[str, frozenset[int]]:
    def read(numbers: str) -> frozenset[int]:
        return frozenset(int(number) for number in numbers.split())

    return {"content": read(content), "source": read(source), "cue": read(cue)}


def scored(gold: list, read: list) -> dict[str, dict[str, float]]:
    tally = Tally(("content", "source", "cue"))
    tally.add(gold, read, ["direct"] * len(gold))
    return tally.results()


def test_punctuation_at_the_edge_never_matters() -> None:
    text = "Er sagte: „Nie.“"
    cut = tokens(text)
    assert covered([(10, 16)], cut) == covered([(11, 14)], cut) == frozenset({2})
    assert len(tokens(text, punctuation=True)) == 7


def test_perfect_is_a_hundred() -> None:
    gold = [roles("1 2 3", "5", "4"), roles("7 8")]
    found = scored(gold, gold)
    assert {name: value["f1"] for name, value in found.items() if "f1" in value} == {
        name: pytest.approx(100) for name, value in found.items() if "f1" in value
    }
    assert found["found direct"]["r"] == 100


def test_nothing_read_is_zero() -> None:
    found = scored([roles("1 2", "3")], [])
    assert found["macro joint"] == {"p": 0, "r": 0, "f1": 0}
    assert found["content tokens"]["r"] == 0


def test_half_needs_half() -> None:
    assert pairs([frozenset({1, 2, 3, 4})], [frozenset({3, 4})], 0.5) == [(0, 0)]
    assert pairs([frozenset({1, 2, 3, 4, 5})], [frozenset({4, 5})], 0.5) == []


def test_a_wrong_source_counts_against_the_quotation() -> None:
    found = scored([roles("1 2", "9")], [roles("1 2", "8")])
    assert found["content exact"]["f1"] == 100
    assert found["quote+source"]["f1"] == 0
    assert found["source+accuracy"]["p"] == 0


def test_macro_averages_over_attributions_not_tokens() -> None:
    gold = [roles("1 2 3 4 5 6 7 8"), roles("20")]
    found = scored(gold, [roles("1 2 3 4 5 6 7 8")])
    assert found["macro content"]["r"] == pytest.approx(50)
    assert found["content tokens"]["r"] == pytest.approx(100 * 8 / 9)


def test_pairing_is_the_best_in_sum() -> None:
    gold = [roles("1 2 3"), roles("1 2")]
    read = [roles("1 2"), roles("1 2 3")]
    assert sorted(assigned(gold, read)) == [(0, 1), (1, 0)]


def test_folded_and_unlabelled_kinds_are_fair() -> None:
    gold = [(0, 3, frozenset({"organisation", "outlet", "group"}))]
    labelled = frozenset({"person", "organisation", "place", "outlet"})
    read = [(0, 3, "outlet"), (5, 9, "product"), (10, 12, "place")]
    found = mention_tally(gold, read, labelled, lambda start, _: start == 10)
    assert found == {("organisation", part): 1 for part in ("right", "read", "gold")}
