"""Check the corpus: every bracket, every span, every reference.

``python corpus/validate.py [files or folders]`` prints one ``file:line: problem`` a line and ends with
status 1 where it found any. Without arguments it checks the whole corpus.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

if not __package__:
    # Run as a script, Python would find corpus.py itself under the name of this package.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import itertools

from corpus.corpus import ROOT, CorpusReport, read_report
from corpus.crisis import Crisis, read_crisis
from corpus.notation import Problem
from sayso.records import Attribution, Span

LANGUAGES = ("de", "en", "ru")


def problems_of(paths: list[Path]) -> tuple[int, list[Problem]]:
    """Check files; give how many were checked and every problem, in order of the files."""
    crises: dict[Path, Crisis | None] = {}
    problems: list[Problem] = []
    for path in paths:
        folder = path.parent
        if folder not in crises:
            crises[folder], found = _crisis(folder)
            problems += found
        report, found = read_report(path, crises[folder])
        problems += found
        if report is not None:
            faults = _faults(report, crises[folder])
            problems += [Problem(str(path), line, message) for line, message in faults]
    return len(paths), problems


def _crisis(folder: Path) -> tuple[Crisis | None, list[Problem]]:
    return read_crisis(folder) if folder.parent.name == "crises" else (None, [])


def files_of(arguments: list[str]) -> list[Path]:
    """Give the report and passage files that the arguments name; a folder stands for all below it."""
    files: set[Path] = set()
    for path in map(Path, arguments or [str(ROOT)]):
        files |= set(path.rglob("*.txt")) if path.is_dir() else {path}
    return sorted(files)


def _faults(report: CorpusReport, crisis: Crisis | None) -> Iterator[tuple[int, str]]:
    yield from _head_faults(report, crisis)
    by_id = {attribution.id: attribution for attribution in report.attributions}
    lines = _row_lines(Path(report.path))
    for attribution in report.attributions:
        name = attribution.id.rpartition("#")[2]
        for message in _attribution_faults(report, attribution, by_id):
            yield lines.get(name, 1), f"{name}: {message}"
    for telling in report.tellings:
        if crisis is None or telling.fact not in crisis.facts:
            yield 1, f"tells unknown fact {telling.fact!r}"
        if telling.attribution and telling.attribution not in by_id:
            yield 1, f"tells {telling.fact!r} in unknown attribution {telling.attribution!r}"
    yield from _mention_faults(report)


def _row_lines(path: Path) -> dict[str, int]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return {line.split(" ")[0]: number for number, line in lines if re.match(r"A\d+ ", line)}


def _head_faults(report: CorpusReport, crisis: Crisis | None) -> Iterator[tuple[int, str]]:
    try:
        datetime.fromisoformat(report.published)
    except ValueError:
        yield 1, f"published is not ISO 8601: {report.published!r}"
    if report.language not in LANGUAGES:
        yield 1, f"language must be one of {', '.join(LANGUAGES)}"
    if not report.title or "\n\n" not in report.text:
        yield 1, "the text needs a title line and a blank line after it"
    yield from _crisis_head_faults(report, crisis) if crisis else _passage_head_faults(report)


def _crisis_head_faults(report: CorpusReport, crisis: Crisis) -> Iterator[tuple[int, str]]:
    outlet = crisis.entities.get(report.outlet or "")
    if outlet is None or outlet.kind != "outlet":
        yield 1, f"outlet {report.outlet!r} is not an outlet of crisis.toml"
    if not re.fullmatch(rf"\d\d-{report.language}", Path(report.path).stem):
        yield 1, "the file's name must be two digits, a dash and the language of its head"
    for derivation in report.derivations:
        if derivation.source_report == report.id:
            yield 1, "a report cannot be made from itself"


def _passage_head_faults(report: CorpusReport) -> Iterator[tuple[int, str]]:
    path = Path(report.path)
    if path.parent.name != report.language:
        yield 1, "the folder and the head name different languages"
    if not re.fullmatch(r"\d\d", path.stem):
        yield 1, "a passage's file name is two digits"
    elif report.split != ("tune" if int(path.stem) % 2 else "measure"):
        yield 1, "odd passages are split tune, even ones measure"


def _attribution_faults(
    report: CorpusReport, attribution: Attribution, by_id: dict[str, Attribution]
) -> Iterator[str]:
    yield from _source_faults(report, attribution)
    yield from _nesting_faults(attribution, by_id)
    if attribution.cue is None and attribution.kind == "reported":
        yield "kind reported needs a cue"
    if attribution.kind == "free_indirect" and attribution.source is not None:
        yield "kind free_indirect has no source words of its own"
    spans = attribution.content.spans
    if any(left[1] > right[0] for left, right in itertools.pairwise(spans)):
        yield "pieces of the content overlap"
    for role in ("cue", "source", "addressee", "medium"):
        part = getattr(attribution, role)
        if part and any(_touch(left, right) for left in part.spans for right in spans):
            yield f"its {role} stands inside its own content"


def _source_faults(report: CorpusReport, attribution: Attribution) -> Iterator[str]:
    for name, entity in (("entity", attribution.source_entity), ("medium_entity", attribution.medium_entity)):
        if entity and entity not in report.entities:
            yield f"{name} {entity!r} has no table or row"
    if attribution.anonymous and attribution.source_entity:
        yield "anonymous, and yet with an entity"
    if attribution.source_entity is None and not attribution.anonymous:
        yield "no entity: name one or say anonymous=yes"


def _nesting_faults(attribution: Attribution, by_id: dict[str, Attribution]) -> Iterator[str]:
    seen, above = {attribution.id}, attribution.parent
    while above:
        if above in seen:
            yield "is nested in itself"
            return
        if above not in by_id:
            yield f"parent {above!r} has no row"
            return
        seen.add(above)
        above = by_id[above].parent
    if attribution.parent:
        parent = by_id[attribution.parent]
        if not _within(_hull(attribution.content.spans), _hull(parent.content.spans)):
            yield f"its content lies outside the content of its parent {parent.id.rpartition('#')[2]}"


def _touch(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _hull(spans: tuple[Span, ...]) -> Span:
    return spans[0][0], spans[-1][1]


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _mention_faults(report: CorpusReport) -> Iterator[tuple[int, str]]:
    sources = {attribution.source_entity for attribution in report.attributions}
    for mention in report.mentions:
        # Russian writes institutions small, and any language groups, goods and web addresses.
        small = mention.kind in ("person", "organisation", "place") and mention.text.islower()
        if small and not mention.pronominal and report.language != "ru" and "." not in mention.text:
            yield (
                1,
                f"mention {mention.text!r} is written small: a role noun takes P.{mention.entity}",
            )
    counted = Counter((mention.spans, mention.pronominal) for mention in report.mentions)
    for (spans, _), count in counted.items():
        if count > 1:
            yield 1, f"two entities for the mention at {spans}"
    mentioned = {mention.entity for mention in report.mentions}
    for entity in sorted(sources - mentioned - {None, report.outlet}, key=str):
        yield 1, f"entity {entity!r} is a source but is never mentioned (tag E or P)"


def main() -> int:
    """Print every problem of the files named on the command line; give the exit status."""
    count, problems = problems_of(files_of(sys.argv[1:]))
    for problem in problems:
        print(problem)
    print(f"{count} files, {len(problems)} problems", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
