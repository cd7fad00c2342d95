"""The way of the data: read -> annotate -> resolve -> corroborate -> write.

    paths ──read──> reports ──annotate──> annotations ──resolve──> entities ──corroborate──> claims ──> case

Each stage is a pure function in a package of its own; this file is where they meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import msgspec

from sayso.annotations import Annotator
from sayso.case import Case
from sayso.claims import corroborate
from sayso.entities import link, resolve
from sayso.errors import SaysoError, UnreadableReport
from sayso.records import Annotations, Failure, Judgement, Report
from sayso.reports import find_inputs, read, read_text

BATCH = 32
"""Reports annotated and stored in one step: what a killed build may have to do again."""


Progress = Callable[[str, int, int | None], None]
"""Be told how far a stage has come: its name, steps done, and of how many (None where that is not known)."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Say what a build found and what the case now holds."""

    reports: int
    new_reports: int
    attributions: int
    claims: int
    origins: int
    contradictions: int
    failures: int


class AnnotatedReport(msgspec.Struct, frozen=True):
    """Hold one report with what was read in it; a notebook shows it highlighted."""

    report: Report
    annotations: Annotations

    def _repr_html_(self) -> str:
        from sayso.highlight import highlight

        return highlight(self.report, self.annotations)


def build(
    paths: Iterable[str | Path],
    case: Case,
    *,
    published: str | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read files and folders into a case and consolidate it; what the case already holds is not read again.

    Raises UnreadableReport where a path does not exist or where there is nothing at all to read. One
    report that cannot be read becomes a `Failure` row and the others go on.
    """
    tell = progress or _silent
    annotator = Annotator.load()
    fresh = case.freshness()
    inputs = find_inputs([Path(path) for path in paths])
    found, added, seen = 0, 0, set()
    reports = _read_all(inputs, case, tell, published=published, language=language)
    while batch := list(islice(reports, BATCH)):
        stale = [r for r in batch if fresh.get(r.id) != _annotator_name(annotator) and r.id not in seen]
        seen.update(report.id for report in batch)
        found += len(batch)
        added += len({report.id for report in stale})
        _annotate_into(case, stale, annotator)
    if not found and not case.count("failures"):
        raise UnreadableReport("no report found here", ", ".join(map(str, paths)), "name files or folders")
    consolidate(case, progress=progress)
    return summarise(case, added)


def annotate(
    text: str, *, published: str | None = None, language: str | None = None, path: str = "-"
) -> AnnotatedReport:
    """Read one text and annotate it, without a case; entities are not resolved.

    Raises UnreadableReport where the text holds nothing.
    """
    return annotate_report(read_text(text, path=path, published=published, language=language))


def annotate_report(report: Report) -> AnnotatedReport:
    """Annotate one report that has been read."""
    annotator = Annotator.load()
    return AnnotatedReport(report, annotator.annotate([report], _annotator_name(annotator))[0])


def consolidate(case: Case, *, progress: Progress | None = None) -> None:
    """Make everything that spans reports anew from what was read and from the judgements that stand."""
    tell = progress or _silent
    readings = list(case.readings())
    judgements: list[Judgement] = [j for j in case.table("judgements") if j.withdrawn is None]
    tell("entities", 0, 1)
    resolution = resolve(readings, judgements)
    linked = [link(report, annotations, resolution) for report, annotations in readings]
    reports = [report for report, _ in linked]
    tell("claims", 0, 1)
    agreed = corroborate(linked, resolution.entities, judgements)
    case.replace(
        {
            "reports": reports,
            "attributions": [row for _, found in linked for row in found.attributions],
            "events": [row for _, found in linked for row in found.events],
            "timexes": [row for _, found in linked for row in found.timexes],
            "mentions": [row for _, found in linked for row in found.mentions],
            "citations": [row for _, found in linked for row in found.citations],
            "entities": resolution.entities,
            "derivations": agreed.derivations,
            "accounts": agreed.accounts,
            "claims": agreed.claims,
            "contradictions": agreed.contradictions,
        }
    )
    tell("claims", 1, 1)


def summarise(case: Case, new_reports: int = 0) -> Summary:
    """Count what a case holds; origins are counted over the whole case, each once."""
    origins = {origin.id for claim in case.table("claims") for origin in claim.origins if origin.entity}
    return Summary(
        reports=case.count("reports"),
        new_reports=new_reports,
        attributions=case.count("attributions"),
        claims=case.count("claims"),
        origins=len(origins),
        contradictions=case.count("contradictions"),
        failures=case.count("failures"),
    )


def _read_all(
    inputs: Sequence[Path],
    case: Case,
    tell: Callable[..., None],
    *,
    published: str | None,
    language: str | None,
) -> Iterator[Report]:
    """Read inputs one by one; what cannot be read goes among the failures of the case."""
    for number, path in enumerate(inputs):
        tell("reading", number, len(inputs))
        try:
            for item in read(path, published=published, language=language):
                if isinstance(item, Failure):
                    case.keep_failures([item])
                else:
                    yield item
        except SaysoError as error:
            case.keep_failures([Failure(path=str(path), stage="read", error=str(error))])
    tell("reading", len(inputs), len(inputs))


def _annotate_into(case: Case, reports: Sequence[Report], annotator: Annotator) -> None:
    """Annotate a batch and store it; if it fails as a whole, go report by report to find the one at fault."""
    if not reports:
        return
    name = _annotator_name(annotator)
    try:
        case.keep_readings(zip(reports, annotator.annotate(reports, name), strict=True))
    except SaysoError:
        raise
    except Exception as error:  # a report that breaks a stage must not stop the batch
        if len(reports) > 1:
            for report in reports:
                _annotate_into(case, [report], annotator)
        else:
            said = f"{type(error).__name__}: {error} (please report this text as a bug)"
            case.keep_failures([Failure(path=reports[0].path, stage="annotate", error=said)])


def _annotator_name(annotator: Annotator) -> str:
    return f"sayso {version('sayso')}, {annotator.version}"


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""
