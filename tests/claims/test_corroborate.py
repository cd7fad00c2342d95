"""A mini-crisis after another: what is folded, what is counted, what contradicts."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import pytest

from sayso.claims import Consolidation, corroborate
from sayso.records import Annotations, Claim, Judgement, Report
from tests.claims.build import ENTITIES, reading

Reading = tuple[Report, Annotations]


def claim_of(made: Consolidation, number: float, what: str = "killed") -> Claim:
    """Find the claim that holds a figure."""
    accounts = {
        account.claim
        for account in made.accounts
        for figure in account.quantities
        if figure.what == what and number in (figure.low, figure.high)
    }
    assert len(accounts) == 1, accounts
    return next(claim for claim in made.claims if claim.id in accounts)


@pytest.fixture
def harbour() -> list[Reading]:
    """A fire in a harbour: one ministry, one aid society, three papers, a copy and a growing toll."""
    return [
        reading(
            "a1", "alpha", "2031-03-02T09:00:00Z",
            "Blaze in [Dravna|dravna] harbour\n\nDRAVNA - At least 12 people were killed when a tank exploded in the "
            "harbour of [Dravna|dravna] on 1 March 2031, the [interior ministry|interior] said. Firefighters from four "
            "towns fought the flames until noon, while cranes lifted burning containers into the basin.",
            ("At least 12 people were killed when a tank exploded in the harbour of Dravna on 1 March 2031",
             "interior ministry", {"source_entity": "interior"}),
        ),
        reading(
            "b1", "beta", "2031-03-02T12:00:00Z",
            "Twelve dead in [Dravna|dravna]\n\nAt least 12 people were killed when a tank exploded in the harbour of "
            "[Dravna|dravna] on 1 March 2031, [Alpha Agency|alpha] reported. Firefighters from four towns fought the "
            "flames until noon, while cranes lifted burning containers into the basin.",
            ("At least 12 people were killed when a tank exploded in the harbour of Dravna on 1 March 2031",
             "Alpha Agency", {"source_entity": "alpha"}),
        ),
        reading(
            "g1", "gamma", "2031-03-02T18:00:00Z",
            "Explosion im Hafen von [Dravna|dravna]\n\nBei der Explosion in [Dravna|dravna] sind nach Angaben von "
            "[Präsident Orlan|president] mindestens 12 Menschen getötet worden.",
            ("Bei der Explosion in Dravna sind", "Präsident Orlan", {"source_entity": "president"}),
            ("mindestens 12 Menschen getötet worden", "Präsident Orlan", {"source_entity": "president"}),
            language="de",
        ),
        reading(
            "d1", "delta", "2031-03-04T08:00:00Z",
            "Число погибших растёт\n\nПри взрыве в порту [Дравны|dravna] погибли 31 человек, сообщил "
            "[Красный Крест|redcross].",
            ("При взрыве в порту Дравны погибли 31 человек", "Красный Крест", {"source_entity": "redcross"}),
            language="ru",
        ),
    ]  # fmt: skip


def test_one_ministry_through_three_papers_is_one_origin(harbour: list[Reading]) -> None:
    """A ministry, an agency that quotes it, a paper that copies the agency, a president of the same voice: one."""
    claim = claim_of(corroborate(harbour, ENTITIES), 12)
    assert len({account.split("-")[0] for account in claim.accounts}) == 1
    assert claim.origin_count == 1
    why = " ".join(origin.why for origin in claim.origins)
    assert "one voice" in why


def test_copy_is_derived_with_passages(harbour: list[Reading]) -> None:
    """The copy is derived from the agency's report, and every passage can be read in both."""
    made = corroborate(harbour, ENTITIES)
    row = next(row for row in made.derivations if row.report == "b1")
    assert (row.source_report, row.relation) == ("a1", "was_derived_from")
    texts = {report.id: report.text for report, _ in harbour}
    for passage in row.passages:
        here = texts["b1"][slice(*passage.spans[0])].split()
        there = texts["a1"][slice(*passage.from_spans[0])].split()
        assert len(set(here) & set(there)) * 2 > len(set(here))


def test_growing_toll_evolves(harbour: list[Reading]) -> None:
    """A larger figure on a later day grows; it does not contradict a lower bound."""
    made = corroborate(harbour, ENTITIES)
    assert claim_of(made, 31).id != claim_of(made, 12).id
    assert not [row for row in made.contradictions if row.field == "killed" and row.kind == "contradiction"]


def two_tolls(second_day: str, second: int) -> list[Reading]:
    """Two sources, two figures."""
    return [
        reading(
            "h1", "alpha", "2031-05-10T10:00:00Z",
            "Toll\n\nThe [health ministry|health] said 40 people were killed in [Solm|solm].",
            ("40 people were killed in Solm", "health ministry", {"source_entity": "health"}),
        ),
        reading(
            "h2", "beta", f"{second_day}T10:00:00Z",
            f"Toll\n\nThe [Red Cross|redcross] said {second} people were killed in [Solm|solm].",
            (f"{second} people were killed in Solm", "Red Cross", {"source_entity": "redcross"}),
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "second", "kind"),
    [
        ("2031-05-10", 52, "contradiction"),
        ("2031-05-12", 52, "evolving"),
        ("2031-05-12", 33, "contradiction"),
    ],
)
def test_figures_contradict_or_evolve(day: str, second: int, kind: str) -> None:
    """Two figures of one day contradict, a later larger one evolves, a later smaller one contradicts."""
    made = corroborate(two_tolls(day, second), ENTITIES)
    rows = [row for row in made.contradictions if row.field == "killed"]
    assert [row.kind for row in rows] == [kind]
    assert {position.value for position in rows[0].positions} == {"40", str(second)}


def test_two_sources_that_agree_stay_two() -> None:
    """The same toll from a ministry and from the Red Cross has two origins and is corroborated."""
    claim = claim_of(corroborate(two_tolls("2031-05-10", 40), ENTITIES), 40)
    assert (claim.origin_count, claim.status) == (2, "corroborated")


def test_anonymous_source_is_not_counted() -> None:
    """One unnamed official quoted by two papers through one agency is no known origin, and at most one."""
    made = corroborate(
        [
            reading(
                "n1", "alpha", "2031-06-01T10:00:00Z",
                "Talks\n\nThe army will withdraw 3,000 soldiers from [Solm|solm], an official told [Alpha Agency|alpha] "
                "on condition of anonymity.",
                ("The army will withdraw 3,000 soldiers from Solm", "an official", {"anonymous": True}),
            ),
            reading(
                "n2", "beta", "2031-06-01T15:00:00Z",
                "Talks\n\nThe army will withdraw 3,000 soldiers from [Solm|solm], [Alpha Agency|alpha] reported, quoting "
                "an official.",
                ("The army will withdraw 3,000 soldiers from Solm", "Alpha Agency", {"source_entity": "alpha"}),
                ("The army will withdraw 3,000 soldiers from Solm", "an official", {"anonymous": True, "parent": 0}),
            ),
        ],
        ENTITIES,
    )  # fmt: skip
    claim = next(claim for claim in made.claims if claim.event_type == "RETREAT/withdraw")
    assert len(claim.accounts) == 2
    assert (claim.origin_count, claim.origin_count_max) == (0, 1)


def test_circle_of_citations_has_no_origin() -> None:
    """Two papers that cite each other give no origin."""
    made = corroborate(
        [
            reading(
                "c1", "beta", "2031-07-01T10:00:00Z",
                "Mine\n\n[Gamma Kurier|gamma] reported that rebels stormed the customs house in [Solm|solm] on 30 June 2031.",
                ("rebels stormed the customs house in Solm on 30 June 2031", "Gamma Kurier", {"source_entity": "gamma"}),
            ),
            reading(
                "c2", "gamma", "2031-07-01T12:00:00Z",
                "Mine\n\n[Beta Times|beta] reported that rebels stormed the customs house in [Solm|solm] on 30 June 2031.",
                ("rebels stormed the customs house in Solm on 30 June 2031", "Beta Times", {"source_entity": "beta"}),
            ),
        ],
        ENTITIES,
    )  # fmt: skip
    claim = next(claim for claim in made.claims if claim.event_type == "ASSAULT/storm")
    assert (len(claim.accounts), claim.origin_count) == (2, 0)
    assert "cite each other" in claim.origins[0].why


def test_retraction_is_a_position_of_its_own() -> None:
    """A figure taken back stands against the accounts that gave it, and adds no origin."""
    made = corroborate(
        [
            reading(
                "r1", "alpha", "2031-08-01T10:00:00Z",
                "Toll\n\n70 people were killed in [Solm|solm], the [health ministry|health] said.",
                ("70 people were killed in Solm", "health ministry", {"source_entity": "health"}),
            ),
            reading(
                "r2", "beta", "2031-08-03T10:00:00Z",
                "Toll\n\nThe [health ministry|health] retracted the figure of 70 people killed in [Solm|solm].",
            ),
        ],
        ENTITIES,
    )  # fmt: skip
    row = next(row for row in made.contradictions if row.field == "retraction")
    assert [position.value for position in row.positions] == ["claimed", "taken back"]
    assert claim_of(made, 70).origin_count == 1


def test_same_quotation_makes_no_copy() -> None:
    """Two papers that quote one sentence of one speech are not derived from each other."""
    words = (
        "“We shall rebuild every house, every school and every bridge of this town before the winter comes”"
    )
    rows = [
        reading(
            name, outlet, day,
            f"{title}\n\n{own} {words}, [President Orlan|president] said. {more}",
            (words, "President Orlan", {"source_entity": "president", "kind": "direct"}),
        )
        for name, outlet, day, title, own, more in (
            ("q1", "alpha", "2031-09-01T10:00:00Z", "Visit", "In the rain of Monday morning he stepped on a cart.",
             "Nobody applauded, and the mayor looked at his watch."),
            ("q2", "beta", "2031-09-01T12:00:00Z", "Promise", "Reconstruction money is scarce this year.",
             "Economists doubt that the treasury can pay even half of it."),
        )
    ]  # fmt: skip
    assert corroborate(rows, ENTITIES).derivations == ()


def test_attacker_and_attacked_are_not_swapped() -> None:
    """“A attacked B” is not “B attacked A”."""
    rows = [
        reading(name, outlet, "2031-10-01T10:00:00Z", f"War\n\n{text}")
        for name, outlet, text in (
            (
                "s1",
                "alpha",
                "[President Orlan|president] attacked the [Red Cross|redcross] in [Solm|solm] on Monday.",
            ),
            (
                "s2",
                "beta",
                "The [Red Cross|redcross] attacked [President Orlan|president] in [Solm|solm] on Monday.",
            ),
        )
    ]
    made = corroborate(rows, ENTITIES)
    assert len({account.claim for account in made.accounts}) == len(made.accounts) == 2


def test_order_changes_nothing(harbour: list[Reading]) -> None:
    """Any order of reports gives the same bytes."""
    rows = [*harbour, *two_tolls("2031-05-12", 33)]
    whole = msgspec.json.encode(corroborate(rows, ENTITIES))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert msgspec.json.encode(corroborate(rows, ENTITIES)) == whole


def test_every_account_stands_in_one_claim_and_one_origin(harbour: list[Reading]) -> None:
    """Accounts, claims and origins refer to each other without a gap."""
    made = corroborate(harbour, ENTITIES)
    claims = {claim.id: claim for claim in made.claims}
    for account in made.accounts:
        claim = claims[account.claim]
        assert account.id in claim.accounts
        holders = [origin for origin in claim.origins if account.id in origin.accounts]
        assert [origin.id for origin in holders] == [account.origin]
    assert sum(len(claim.accounts) for claim in made.claims) == len(made.accounts)
    assert all(claim.origin_count <= claim.origin_count_max for claim in made.claims)


def test_judgement_parts_accounts() -> None:
    """An analyst's "different" keeps two accounts apart, "same" joins them again."""
    rows = two_tolls("2031-05-10", 40)
    left, right = claim_of(corroborate(rows, ENTITIES), 40).accounts

    def judged(verdict: str) -> Sequence[Claim]:
        row = Judgement(id="j", created="2031", user="u", verdict=verdict, target=left, other=right)  # type: ignore[arg-type]
        return [claim for claim in corroborate(rows, ENTITIES, [row]).claims if left in claim.accounts]

    assert judged("different")[0].accounts == (left,)
    assert set(judged("same")[0].accounts) == {left, right}
