"""Strong pairs of names must come out right."""

from __future__ import annotations

import pytest

from benchmarks.entities.name_pairs import read_pairs, taken_for_one
from sayso.entities.known import domain_of, find_outlet, table

STRONG = [pair for pair in read_pairs() if pair.grade == "strong"]


def test_there_are_enough_pairs_in_three_scripts_and_grades():
    pairs = read_pairs()
    assert len(pairs) >= 400
    assert {pair.grade for pair in pairs} == {"strong", "medium", "weak"}
    assert {"de", "en", "ru"} <= {pair.left_language for pair in pairs} | {
        pair.right_language for pair in pairs
    }


@pytest.mark.parametrize("pair", STRONG, ids=lambda pair: f"{pair.left}-{pair.right}")
def test_strong_pair(pair):
    assert taken_for_one(pair) == pair.same


def test_outlets_are_well_formed():
    rows = table("outlets.tsv")
    assert len(rows) >= 300
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    assert {row["kind"] for row in rows} == {
        "agency",
        "newspaper",
        "broadcaster",
        "state",
        "online",
        "channel",
    }
    for row in rows:
        assert len(row["country"]) == 2, row
        for domain in filter(None, row["domains"].split("|")):
            assert domain_of(f"https://www.{domain}/x") == domain
            assert find_outlet(f"https://www.{domain}/x").name == row["name"]
