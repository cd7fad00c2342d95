"""Bring the tellings of all reports together: accounts, claims, origins, contradictions, derivations.

`corroborate` is a pure function of what was read and judged: the order of reports, and whether they came
at once or one by one, change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from sayso.accounts import Telling, recount
from sayso.claims.contradictions import Grouped, find_contradictions
from sayso.claims.derivations import derived_sentences, find_derivations
from sayso.claims.features import Comparer
from sayso.claims.matching import Matcher, group
from sayso.claims.origins import Folder, Roots
from sayso.claims.pages import pages_of
from sayso.records import (
    Account,
    Annotations,
    Claim,
    Contradiction,
    Derivation,
    Entity,
    Judgement,
    Report,
    identify,
)

__all__ = ["Consolidation", "corroborate"]


Status = Literal["uncorroborated", "corroborated", "disputed"]

CENTRAL_OF = 16
"""Tellings of a claim among which the central one is looked for."""


class Consolidation(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what reports tell together, each table by id."""

    accounts: tuple[Account, ...]
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    derivations: tuple[Derivation, ...]


def corroborate(
    readings: Sequence[tuple[Report, Annotations]],
    entities: Sequence[Entity],
    judgements: Sequence[Judgement] = (),
) -> Consolidation:
    """Consolidate reports whose mentions carry entity ids.

    Judgements "same" and "different" between two accounts join or part their claims; "reject" of a
    derivation takes it away.
    """
    known = {entity.id: entity for entity in entities}
    pages = pages_of(readings)
    rejected = {row.target for row in judgements if row.verdict == "reject"}
    derivations = [row for row in find_derivations(list(pages.values())) if row.id not in rejected]
    tellings = [t for page in pages.values() for t in recount(page.report, page.annotations, known)]
    comparer = Comparer(tellings, pages, known)
    told = _verdicts(judgements)
    matcher = Matcher(comparer)
    groups = group(tellings, matcher, derived_sentences(derivations, pages), lambda a, b: told.get((a, b)))
    folder = Folder(known, derivations)
    folded = [(_grouped(own, roots := folder.fold(own), matcher), roots) for own in _joined(groups, told)]
    contradictions = find_contradictions([grouped for grouped, _ in folded], matcher)
    return _write(folded, contradictions, derivations, known)


def _verdicts(judgements: Sequence[Judgement]) -> dict[tuple[str, str], str]:
    """Index the verdicts on pairs of accounts, both ways; the latest stands."""
    told: dict[tuple[str, str], str] = {}
    for row in sorted(judgements, key=lambda row: (row.created, row.id)):
        if row.verdict in ("same", "different") and row.other:
            told[(row.target, row.other)] = told[(row.other, row.target)] = row.verdict
    return told


def _joined(groups: Sequence[list[Telling]], told: Mapping[tuple[str, str], str]) -> list[list[Telling]]:
    """Join groups that a judgement "same" ties together."""
    home = {one.id: at for at, own in enumerate(groups) for one in own}
    root = list(range(len(groups)))

    def find(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for (left, right), verdict in sorted(told.items()):
        if verdict == "same" and left in home and right in home:
            low, high = sorted((find(home[left]), find(home[right])))
            root[high] = low
    joined: dict[int, list[Telling]] = defaultdict(list)
    for at, own in enumerate(groups):
        joined[find(at)] += own
    return [joined[at] for at in sorted(joined)]


def _grouped(tellings: Sequence[Telling], roots: Roots, matcher: Matcher) -> Grouped:
    first = min(tellings, key=lambda one: (one.published or "9", one.id))
    return Grouped(
        id=identify("clm", first.id),
        tellings=tuple(tellings),
        origin_of=roots.of,
        central=_central(tellings, matcher),
    )


def _central(tellings: Sequence[Telling], matcher: Matcher) -> Telling:
    """Choose the telling most like the others, of a bounded number; whole sentences before headlines."""
    chosen = sorted(tellings, key=lambda one: (one.polarity != "positive", one.in_title, one.id))[:CENTRAL_OF]

    def likeness(one: Telling) -> float:
        return sum(max(matcher.score(one, other), -5.0) for other in chosen if other is not one)

    return max(chosen, key=lambda one: (one.polarity == "positive", not one.in_title, likeness(one), one.id))


def _write(
    folded: Sequence[tuple[Grouped, Roots]],
    contradictions: Sequence[Contradiction],
    derivations: Sequence[Derivation],
    entities: Mapping[str, Entity],
) -> Consolidation:
    against: dict[str, list[Contradiction]] = defaultdict(list)
    for row in contradictions:
        for account in {account for position in row.positions for account in position.accounts}:
            against[account].append(row)
    accounts = [_account(one, grouped, roots) for grouped, roots in folded for one in grouped.tellings]
    claims = [_claim(grouped, roots, against) for grouped, roots in folded]
    return Consolidation(
        accounts=tuple(sorted(accounts, key=lambda row: row.id)),
        claims=tuple(sorted(claims, key=lambda row: row.id)),
        contradictions=tuple(contradictions),
        derivations=tuple(derivations),
    )


def _account(one: Telling, claim: Grouped, roots: Roots) -> Account:
    return Account(
        id=one.id,
        report=one.report,
        claim=claim.id,
        attribution=one.attribution,
        event=one.event,
        spans=one.spans,
        chain=one.chain,
        origin=roots.of[one.id],
        derived_from=roots.derived_from.get(one.id),
        polarity=one.polarity,
        certainty=one.certainty,
        quantities=one.figures,
        time=one.time,
        place=one.place,
    )


def _claim(claim: Grouped, roots: Roots, against: Mapping[str, Sequence[Contradiction]]) -> Claim:
    central = claim.central
    contradicted = {row.id: row for one in claim.tellings for row in against.get(one.id, ())}
    status, why = _status(roots, [row for row in contradicted.values() if row.kind == "contradiction"])
    earliest, latest = _bounds(claim.tellings)
    actors = {actor for one in claim.tellings for actor in (one.actor, one.recipient) if actor}
    return Claim(
        id=claim.id,
        kind=_most([one.kind for one in claim.tellings]),
        summary=central.text,
        language=central.language,
        event_type=_most(
            ["/".join(filter(None, (one.type, one.mode))) for one in claim.tellings if one.type]
        ),
        earliest=earliest,
        latest=latest,
        place=_most([one.place for one in claim.tellings if one.place]),
        actors=tuple(sorted(actors)),
        accounts=tuple(sorted(one.id for one in claim.tellings)),
        origins=roots.origins,
        origin_count=roots.count,
        origin_count_max=roots.count_max,
        contradictions=tuple(sorted(contradicted)),
        status=status,
        status_why=why,
    )


def _status(roots: Roots, contradicted: Sequence[Contradiction]) -> tuple[Status, str]:
    if contradicted:
        fields = ", ".join(sorted({row.field for row in contradicted}))
        return "disputed", f"accounts contradict each other: {fields}"
    if roots.count >= 2:
        return "corroborated", f"{roots.count} independent origins"
    if roots.count == 1:
        more = "" if roots.count_max == 1 else f", at most {roots.count_max}"
        return "uncorroborated", f"one independent origin{more}"
    return "uncorroborated", "no origin is known by name"


def _bounds(tellings: Sequence[Telling]) -> tuple[str | None, str | None]:
    """Give when it is said to have happened: what most explicit times say, else before it was published."""
    dated = [one for one in tellings if one.earliest or one.latest]
    here = [one for one in dated if one.time_here] or dated
    if here:
        chosen = _most([(one.earliest or "", one.latest or "") for one in here])
        assert chosen is not None
        return chosen[0] or None, chosen[1] or None
    published = min((one.published for one in tellings if one.published), default=None)
    return None, published


def _most(values: Sequence[str] | Sequence[tuple[str, str]]):
    """Give the most frequent value, the least of those that tie."""
    count: dict[object, int] = defaultdict(int)
    for value in values:
        count[value] += 1
    return min(count, key=lambda value: (-count[value], value), default=None)
