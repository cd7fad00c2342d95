"""Score claims, origins and derivations of one crisis against its gold.

The corpus says which attribution of which report tells which fact of the crisis. Two attributions that
tell one fact should share a claim; two that tell only different facts should not. The origins of a fact
are those who, by the fact sheet, said it first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec

from benchmarks.corroboration.gold import fact_sheet
from corpus.corpus import CorpusReport
from sayso.claims import Consolidation


class Tally(msgspec.Struct, kw_only=True):
    """Count what was right; the ratios are properties."""

    pairs_same: int = 0
    pairs_same_found: int = 0
    pairs_apart: int = 0
    pairs_apart_merged: int = 0
    merges: int = 0
    merges_right: int = 0
    derivations: int = 0
    derivations_found: int = 0
    derivations_right: int = 0
    derivations_right_undirected: int = 0
    b_precision: float = 0.0
    b_recall: float = 0.0
    b_items: int = 0
    facts: int = 0
    facts_exact: int = 0
    facts_by_outlets: int = 0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> dict[str, float]:
        """Give the ratios, in per cent."""
        precision, recall = self.b_precision / max(1, self.b_items), self.b_recall / max(1, self.b_items)
        hit, found, gold = self.derivations_right, self.derivations_found, self.derivations
        return {
            "claims: B-cubed F1": _percent(2 * precision * recall, precision + recall),
            "claims: B-cubed precision": _percent(precision, 1),
            "claims: B-cubed recall": _percent(recall, 1),
            "claims: false splits": _percent(self.pairs_same - self.pairs_same_found, self.pairs_same),
            "claims: false merges among all pairs": _percent(self.pairs_apart_merged, self.pairs_apart),
            "origins: count exact": _percent(self.facts_exact, self.facts),
            "origins: count exact if outlets are counted": _percent(self.facts_by_outlets, self.facts),
            "derivations: F1 with direction": _percent(2 * hit, found + gold),
            "derivations: precision": _percent(hit, found),
            "derivations: recall": _percent(hit, gold),
            "derivations: F1 without direction": _percent(
                2 * self.derivations_right_undirected, found + gold
            ),
        }


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def score(golds: Sequence[CorpusReport], made: Consolidation) -> Tally:
    """Score one crisis."""
    sheet = fact_sheet(golds[0].crisis or "")
    tally = Tally()
    _score_origins(golds, made, sheet, tally)
    _score_claims(golds, made, tally)
    _score_derivations(golds, made, tally)
    return tally


def facts_of(golds: Sequence[CorpusReport]) -> dict[str, set[str]]:
    """Give the facts each attribution tells."""
    facts: dict[str, set[str]] = defaultdict(set)
    for gold in golds:
        for telling in gold.tellings:
            if telling.attribution:
                facts[telling.attribution].add(telling.fact)
    return dict(facts)


def claims_of(made: Consolidation) -> dict[str, set[str]]:
    """Give the claims in which each attribution's accounts stand."""
    claims: dict[str, set[str]] = defaultdict(set)
    for account in made.accounts:
        if account.attribution:
            claims[account.attribution].add(account.claim)
    return dict(claims)


def _score_claims(golds: Sequence[CorpusReport], made: Consolidation, tally: Tally) -> None:
    facts, claims = facts_of(golds), claims_of(made)
    items = sorted(facts)
    together: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for left, right in combinations(items, 2):
        same = bool(facts[left] & facts[right])
        joined = bool(claims.get(left, set()) & claims.get(right, set()))
        tally.pairs_same += same
        tally.pairs_same_found += same and joined
        tally.pairs_apart += not same
        tally.pairs_apart_merged += joined and not same
        for one in (left, right):
            together[one].append((same, joined))
    for one in items:
        counts = Counter(together[one])
        both = 1 + counts[(True, True)]
        tally.b_precision += both / (both + counts[(False, True)])
        tally.b_recall += both / (both + counts[(True, False)])
        tally.b_items += 1


def _score_origins(
    golds: Sequence[CorpusReport], made: Consolidation, sheet: Mapping[str, Sequence[str]], tally: Tally
) -> None:
    """Score the origins of each fact that two attributions tell, in the claim that holds most of them."""
    entities = {key: entity for gold in golds for key, entity in gold.entities.items()}
    count = {claim.id: claim.origin_count for claim in made.claims}
    claims = claims_of(made)
    told: dict[str, list[str]] = defaultdict(list)
    for attribution, facts in facts_of(golds).items():
        for fact in facts:
            told[fact].append(attribution)
    for fact, attributions in sorted(told.items()):
        held = Counter(claim for one in attributions for claim in claims.get(one, ()))
        if len(attributions) < 2 or fact not in sheet or not held:
            continue
        named = [entities[name] for name in sheet[fact] if name in entities]
        gold = len({entity.voice or entity.id for entity in named})
        outlets = {one.outlet for one in golds if any(telling.fact == fact for telling in one.tellings)}
        tally.facts += 1
        tally.facts_exact += count[max(held, key=lambda claim: (held[claim], claim))] == gold
        tally.facts_by_outlets += len(outlets) == gold


def _score_derivations(golds: Sequence[CorpusReport], made: Consolidation, tally: Tally) -> None:
    gold = {(row.report, row.source_report) for report in golds for row in report.derivations}
    found = {(row.report, row.source_report) for row in made.derivations}
    tally.derivations += len(gold)
    tally.derivations_found += len(found)
    tally.derivations_right += len(gold & found)
    tally.derivations_right_undirected += len(
        {frozenset(pair) for pair in gold} & {frozenset(pair) for pair in found}
    )
