"""What one looks at in a case: the chronology and the other tables, filtered, as plain rows.

A view is a pure function of a case and a `Filter`; the command line prints it, `--json` dumps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from sayso.case import Case
from sayso.entities.ambiguity import find_doubts
from sayso.records import Attribution, Claim, Contradiction, Entity, Report

Row = dict[str, Any]


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Say what is wanted: a place or actor by name, a stretch of time [since, until], a least number of origins."""

    place: str | None = None
    actor: str | None = None
    since: str | None = None
    until: str | None = None
    min_origins: int = 0


class _Names:
    """Look up what entities and reports are called."""

    def __init__(self, case: Case) -> None:
        self.entities: dict[str, Entity] = {entity.id: entity for entity in case.table("entities")}
        self.reports: dict[str, Report] = {report.id: report for report in case.table("reports")}

    def of(self, entity_id: str | None) -> str:
        if not entity_id:
            return ""
        entity = self.entities.get(entity_id)
        return entity.name if entity else entity_id

    def match(self, entity_id: str | None, wanted: str | None) -> bool:
        """Tell whether an entity goes by a name, in any spelling the case has met."""
        if wanted is None:
            return True
        entity = self.entities.get(entity_id or "")
        names = [entity.name, *(a.text for a in entity.aliases)] if entity else [entity_id or ""]
        return any(wanted.casefold() in name.casefold() for name in names)

    def outlet(self, report_id: str) -> str:
        report = self.reports.get(report_id)
        return (self.of(report.outlet) or report.path) if report else report_id


def view_chronology(case: Case, wanted: Filter) -> Iterator[Row]:
    """List claims that have a time, by the earliest moment they may have happened; open beginnings come last."""
    dated = (row for row in view_claims(case, wanted) if row["earliest"] or row["latest"])
    yield from sorted(
        dated, key=lambda row: (row["earliest"] or row["latest"], row["latest"] or "9", row["id"])
    )


def view_claims(case: Case, wanted: Filter) -> Iterator[Row]:
    """List claims, those with most independent origins first."""
    names = _Names(case)
    reports_of = _reports_of_accounts(case)
    chosen = [claim for claim in case.table("claims") if _fits(claim, names, wanted)]
    for claim in sorted(chosen, key=lambda c: (-c.origin_count, -len(c.accounts), c.id)):
        outlets = {names.outlet(reports_of[account]) for account in claim.accounts if account in reports_of}
        yield {
            "id": claim.id,
            "earliest": claim.earliest,
            "latest": claim.latest,
            "place": names.of(claim.place),
            "claim": " ".join(claim.summary.split()),
            "origins": claim.origin_count,
            "origins_max": claim.origin_count_max,
            "outlets": len(outlets),
            "status": claim.status,
            "contradictions": len(claim.contradictions),
        }


def view_attributions(case: Case, wanted: Filter) -> Iterator[Row]:
    """List who said what, report by report, in the order of the text."""
    names = _Names(case)
    found: Iterable[Attribution] = case.table("attributions")
    for attribution in sorted(found, key=lambda a: (names.outlet(a.report), a.report, a.content.spans[0])):
        report = names.reports.get(attribution.report)
        published = report.published if report else None
        if not _within(published, published, wanted) or not names.match(
            attribution.source_entity, wanted.actor
        ):
            continue
        yield {
            "id": attribution.id,
            "outlet": names.outlet(attribution.report),
            "published": published,
            "source": names.of(attribution.source_entity)
            or _words(attribution.source)
            or _unnamed(attribution),
            "cue": _words(attribution.cue),
            "content": " ".join(attribution.content.text.split()),
            "kind": attribution.kind,
            "certainty": attribution.certainty,
            "polarity": attribution.polarity,
        }


def view_contradictions(case: Case, wanted: Filter) -> Iterator[Row]:
    """List where accounts differ: one row a position, positions of one contradiction side by side."""
    names = _Names(case)
    reports_of = _reports_of_accounts(case)
    summaries = {
        contradiction: claim.summary
        for claim in case.table("claims")
        if _fits(claim, names, wanted)
        for contradiction in claim.contradictions
    }
    found: Iterable[Contradiction] = case.table("contradictions")
    for contradiction in found:
        if contradiction.id not in summaries:
            continue
        for position in contradiction.positions:
            told_by = sorted({names.outlet(reports_of[a]) for a in position.accounts if a in reports_of})
            yield {
                "id": contradiction.id,
                "kind": contradiction.kind,
                "field": contradiction.field,
                "value": position.value,
                "said": position.said,
                "told_by": ", ".join(told_by),
                "claim": " ".join(summaries[contradiction.id].split()),
            }


def view_entities(case: Case, wanted: Filter) -> Iterator[Row]:
    """List persons, organisations, places and outlets, the most often named first."""
    names = _Names(case)
    counted = ((sum(alias.count for alias in e.aliases), e) for e in names.entities.values())
    for count, entity in sorted(counted, key=lambda item: (-item[0], item[1].kind, item[1].name, item[1].id)):
        asked = wanted.place if entity.kind == "place" else wanted.actor
        if not names.match(entity.id, asked if asked else None):
            continue
        yield {
            "id": entity.id,
            "kind": entity.kind,
            "name": entity.name,
            "also": ", ".join(alias.text for alias in entity.aliases if alias.text != entity.name),
            "country": entity.country,
            "voice": names.of(entity.voice) if entity.voice else None,
            "mentions": count,
        }


def view_doubts(case: Case, wanted: Filter) -> Iterator[Row]:
    """List pairs of entities that may be one, and entities whose names may be two, best first."""
    for doubt in find_doubts(list(case.table("entities")), list(case.table("judgements"))):
        names = (doubt.left_name, doubt.right_name)
        if wanted.actor is None or any(wanted.actor.casefold() in name.casefold() for name in names):
            yield {
                "left": doubt.left_name,
                "right": doubt.right_name,
                "now": "one" if doubt.merged else "two",
                "score": doubt.score,
                "reason": doubt.reason,
                "left_id": doubt.left,
                "right_id": doubt.right,
            }


def view_failures(case: Case, wanted: Filter) -> Iterator[Row]:
    """List what could not be read, with the remedy."""
    for failure in case.table("failures"):
        yield {"path": failure.path, "stage": failure.stage, "error": failure.error}


VIEWS: dict[str, Callable[[Case, Filter], Iterator[Row]]] = {
    "chronology": view_chronology,
    "claims": view_claims,
    "attributions": view_attributions,
    "contradictions": view_contradictions,
    "entities": view_entities,
    "failures": view_failures,
}


def _fits(claim: Claim, names: _Names, wanted: Filter) -> bool:
    return (
        claim.origin_count >= wanted.min_origins
        and names.match(claim.place, wanted.place)
        and (wanted.actor is None or any(names.match(actor, wanted.actor) for actor in _actors(claim)))
        and _within(claim.earliest, claim.latest, wanted)
    )


def _actors(claim: Claim) -> list[str]:
    """Give those who act in a claim and those who tell it."""
    return [*claim.actors, *(origin.entity for origin in claim.origins if origin.entity)]


def _within(earliest: str | None, latest: str | None, wanted: Filter) -> bool:
    """Tell whether the half-open stretch [earliest, latest) touches the days from `since` to `until`.

    >>> _within("2022-01-05", "2022-01-06", Filter(since="2022-01-05", until="2022-01-05"))
    True
    >>> _within("2022-01-05", "2022-01-06", Filter(since="2022-01-06"))
    False
    >>> _within(None, None, Filter(since="2022-01-06"))
    False
    """
    if wanted.since is None and wanted.until is None:
        return True
    if earliest is None and latest is None:
        return False
    ends_before = (
        wanted.since and latest and latest[: len(wanted.since)] <= wanted.since and latest != earliest
    )
    starts_after = wanted.until and earliest and earliest[: len(wanted.until)] > wanted.until
    return not ends_before and not starts_after


def _reports_of_accounts(case: Case) -> dict[str, str]:
    return {account.id: account.report for account in case.table("accounts")}


def _words(part: Any) -> str:
    return " ".join(part.text.split()) if part else ""


def _unnamed(attribution: Attribution) -> str:
    return "(unnamed)" if attribution.anonymous else ""
