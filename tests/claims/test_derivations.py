"""Copies, translations, quotations, revisions - and what is none of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims import corroborate
from sayso.claims.derivations import align, fingerprints
from sayso.claims.pages import name_keys
from sayso.records import Annotations, Report
from tests.claims.build import ENTITIES, reading

STORY = (
    "The bridge of [Dravna|dravna] was closed on Monday after divers found cracks in two pillars. "
    "Lorries now take the road over the pass, which adds forty minutes to the journey. "
    "The town council meets on Thursday to hear the engineers. "
    "A ferry that was sold in 2019 may be bought back."
)


def relations(rows: list[tuple[Report, Annotations]]) -> list[tuple[str, str, str]]:
    return [(row.report, row.source_report, row.relation) for row in corroborate(rows, ENTITIES).derivations]


def test_copy_with_one_changed_number() -> None:
    rows = [
        reading("a", "alpha", "2031-02-01T08:00:00Z", f"Bridge\n\n{STORY}"),
        reading("b", "beta", "2031-02-01T11:00:00Z", f"Bridge shut\n\n{STORY.replace('forty', 'fifty')}"),
    ]
    assert relations(rows) == [("b", "a", "was_derived_from")]


def test_the_credit_outweighs_the_clock() -> None:
    rows = [
        reading("a", "alpha", "2031-02-01T12:00:00Z", f"Bridge\n\n{STORY}"),
        reading(
            "b", "beta", "2031-02-01T11:00:00Z", f"Bridge shut\n\n{STORY} This was first told by [Alpha Agency|alpha].",
            ("This was first told", "Alpha Agency", {"source_entity": "alpha"}),
        ),
    ]  # fmt: skip
    assert relations(rows) == [("b", "a", "was_derived_from")]


def test_later_version_of_one_outlet_is_a_revision() -> None:
    rows = [
        reading("a", "alpha", "2031-02-01T08:00:00Z", f"Bridge\n\n{STORY}"),
        reading(
            "b", "alpha", "2031-02-01T18:00:00Z", f"Bridge\n\n{STORY} Update: the ferry is not for sale."
        ),
    ]
    assert relations(rows) == [("b", "a", "was_revision_of")]


def test_one_event_told_twice_is_no_derivation() -> None:
    rows = [
        reading("a", "alpha", "2031-02-01T08:00:00Z", f"Bridge\n\n{STORY}"),
        reading(
            "b", "beta", "2031-02-01T11:00:00Z",
            "Detour\n\nWho wants to cross the river at [Dravna|dravna] has had to drive around since Monday, because the pillars are damaged. "
            "Shopkeepers fear for their trade, and the school bus leaves an hour earlier.",
        ),
    ]  # fmt: skip
    assert relations(rows) == []


def test_cited_report_is_found_in_another_language() -> None:
    rows = [
        reading(
            "a", "alpha", "2031-02-01T08:00:00Z",
            "Arrests\n\nPolice arrested 412 demonstrators in [Solm|solm] on 31 January 2031, the [interior ministry|interior] said.",
            ("Police arrested 412 demonstrators in Solm on 31 January 2031", "interior ministry", {"source_entity": "interior"}),
        ),
        reading(
            "b", "gamma", "2031-02-02T08:00:00Z",
            "Festnahmen\n\nDie Polizei nahm in [Solm|solm] 412 Demonstranten fest, meldete [Alpha Agency|alpha]. Die Läden blieben zu.",
            ("Die Polizei nahm in Solm 412 Demonstranten fest", "Alpha Agency", {"source_entity": "alpha"}),
            language="de",
        ),
    ]  # fmt: skip
    made = corroborate(rows, ENTITIES)
    claim = next(claim for claim in made.claims if len(claim.accounts) == 2)
    assert claim.origin_count == 1


@given(st.integers(1, 12), st.integers(1, 12), st.randoms())
def test_alignment_is_monotone(rows: int, columns: int, chance) -> None:  # type: ignore[no-untyped-def]
    table = np.array([[chance.random() for _ in range(columns)] for _ in range(rows)])
    steps = align(table, 0.5)
    assert steps == sorted(steps)
    assert len({row for row, _ in steps}) == len({column for _, column in steps}) == len(steps)
    assert all(table[row, column] >= 0.5 for row, column in steps)


@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=0, max_size=60),
    st.lists(st.sampled_from("xyz"), max_size=10),
)
def test_a_long_shared_run_shares_a_fingerprint(words: list[str], before: list[str]) -> None:
    shared = fingerprints(words) & fingerprints([*before, *words])
    assert bool(shared) or len(words) < 8


def test_names_in_any_spelling() -> None:
    assert name_keys("Тельмия", "ru") & name_keys("Telmien", "de") & name_keys("Telmia", "en")
