"""Read the corpus: bracket notation in, text with stand-off records in the case format's fields out.

The notation is described in GUIDELINE.md. Records are those of ``sayso.records``; ids are local to the
corpus: report ``<crisis>/01-de`` or ``passages/de/01``, attribution ``<report>#A1``. A ``P`` tag becomes a
mention with ``pronominal`` true. From the command line::

    python corpus/corpus.py > corpus.jsonl        # the whole corpus, one report a line
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import get_args

import msgspec

if not __package__:
    # Run as a script, Python would find this very file under the name of its package.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from corpus.crisis import Crisis, entity_of, read_crisis
from corpus.notation import FIELD, MARKERS, ROLES, CorpusError, Draft, Problem, fields_of, read_draft
from sayso import records
from sayso.records import Attribution, Derivation, Entity, Marker, Mention, Part

ROOT = Path(__file__).resolve().parent
_CHOICES = {
    "kind": get_args(records.AttributionKind),
    "polarity": get_args(records.Polarity),
    "certainty": get_args(records.Certainty),
    "anonymous": ("yes", "no"),
}
_ROW_FIELDS = {*_CHOICES, "parent", "entity", "medium_entity"}


class Telling(msgspec.Struct, frozen=True):
    """Hold that a report tells a fact of its crisis's fact sheet, in an attribution or in its own voice."""

    fact: str
    attribution: str | None = None


class CorpusReport(msgspec.Struct, frozen=True):
    """Hold one annotated report or passage: its head, its clean text, its gold records.

    `crisis` and `outlet` are empty for passages, `domain` for reports of a crisis. `mentions` holds both
    names (``pronominal`` false) and the pronouns and role nouns linked to an entity (``pronominal`` true).
    `frames` gives, by attribution id, the phrase that introduces the topic of what is said.
    """

    id: str
    path: str
    split: str
    language: str
    published: str
    text: str
    title: str
    crisis: str | None = None
    domain: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()
    frames: dict[str, Part] = {}
    derivations: tuple[Derivation, ...] = ()
    entities: dict[str, Entity] = {}
    tellings: tuple[Telling, ...] = ()


def read_corpus(root: Path | str = ROOT, *, skip_broken: bool = False) -> list[CorpusReport]:
    """Read every report and passage under a corpus folder, in order of their ids.

    Raises CorpusError with all problems found; with `skip_broken`, files with problems are left out.
    """
    reports, problems = check_corpus(Path(root))
    if problems and not skip_broken:
        raise CorpusError("\n".join(map(str, problems)))
    return reports


def check_corpus(root: Path) -> tuple[list[CorpusReport], list[Problem]]:
    """Read a corpus folder; give the sound reports and the problems of the rest."""
    reports: list[CorpusReport] = []
    problems: list[Problem] = []
    for folder in sorted(path for path in root.glob("crises/*") if path.is_dir()):
        crisis, found = read_crisis(folder)
        problems += found
        for path in sorted(folder.glob("*.txt")):
            problems += _collect(path, crisis, reports)
    for path in sorted(root.glob("passages/*/*.txt")):
        problems += _collect(path, None, reports)
    return reports, problems


def _collect(path: Path, crisis: Crisis | None, reports: list[CorpusReport]) -> list[Problem]:
    report, problems = read_report(path, crisis)
    if report is not None and not problems:
        reports.append(report)
    return problems


def read_report(path: Path, crisis: Crisis | None) -> tuple[CorpusReport | None, list[Problem]]:
    """Read one file of the notation; give its report, or None where nothing can be made of it, and faults."""
    try:
        whole = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, [Problem(str(path), 1, f"cannot be read: {error}")]
    draft = read_draft(path, whole)
    entities, attribution_rows, telling_rows = _read_rows(draft, crisis)
    _check_head(draft, crisis)
    if draft.problems:
        return None, draft.problems
    report = _build(draft, crisis, entities, attribution_rows, telling_rows)
    return report, draft.problems


def _check_head(draft: Draft, crisis: Crisis | None) -> None:
    needed = (
        ("outlet", "language", "published", "url") if crisis else ("language", "published", "domain", "split")
    )
    known = {*needed, "author", "from", "outlet", "url"}
    for name in needed:
        if name not in draft.head:
            draft.blame(1, f"the head lacks {name!r}")
    for number, name in enumerate(draft.head, 1):
        if name not in known:
            draft.blame(number, f"unknown head field {name!r}")
    for value in draft.head.get("from", []):
        match = re.fullmatch(r"(\S+) (\S+)", value)
        if not match or match[2] not in get_args(records.Relation):
            draft.blame(1, f"'from' is not '<report> <relation>': {value!r}")
        elif not (draft.path.parent / f"{match[1]}.txt").is_file():
            draft.blame(1, f"'from' names a report that is not there: {match[1]!r}")


Rows = dict[str, tuple[int, dict[str, str]]]
TellingRows = list[tuple[int, str]]


def _read_rows(draft: Draft, crisis: Crisis | None) -> tuple[dict[str, Entity], Rows, TellingRows]:
    entities = dict(crisis.entities) if crisis else {}
    rows: Rows = {}
    tellings: list[tuple[int, str]] = []
    for number, line in draft.rows:
        first, _, rest = line.partition(" ")
        if first == "entity" and crisis is None:
            _read_entity_row(draft, number, rest, entities)
        elif first == "tells" and crisis is not None:
            tellings.append((number, rest))
        elif re.fullmatch(r"A\d+", first):
            if first in rows:
                draft.blame(number, f"second row for {first}")
            rows[first] = (number, fields_of(rest))
            _check_row(draft, number, rest, rows[first][1])
        else:
            draft.blame(number, f"row not understood: {line!r}")
    return entities, rows, tellings


def _read_entity_row(draft: Draft, number: int, rest: str, entities: dict[str, Entity]) -> None:
    key, _, tail = rest.partition(" ")
    fields = fields_of(tail)
    if key in entities:
        draft.blame(number, f"second row for entity {key!r}")
    if fields.get("kind") not in get_args(records.MentionKind) or not fields.get("name"):
        draft.blame(number, f"entity {key!r} needs kind= (a mention kind) and name=")
        fields = {"kind": "organisation", "name": key}
    entities[key] = entity_of(key, fields)


def _check_row(draft: Draft, number: int, rest: str, fields: dict[str, str]) -> None:
    if FIELD.sub("", rest).strip():
        draft.blame(number, f"not name=value: {FIELD.sub('', rest).strip()!r}")
    for name in fields.keys() - _ROW_FIELDS:
        draft.blame(number, f"unknown field {name!r}")
    for name, choices in _CHOICES.items():
        if name in fields and fields[name] not in choices:
            draft.blame(number, f"{name} must be one of {', '.join(choices)}, not {fields[name]!r}")
    if "kind" not in fields:
        draft.blame(number, "kind is missing")


def _build(
    draft: Draft,
    crisis: Crisis | None,
    entities: dict[str, Entity],
    rows: Rows,
    telling_rows: TellingRows,
) -> CorpusReport:
    path = draft.path
    report = f"{crisis.key}/{path.stem}" if crisis else f"passages/{path.parent.name}/{path.stem}"
    parts = _parts(draft)
    frames = {f"{report}#{a}": _part(draft, by["frame"]) for a, by in parts.items() if "frame" in by}
    head = {name: values[0] for name, values in draft.head.items()}
    return CorpusReport(
        id=report,
        path=str(path),
        split=crisis.split if crisis else head["split"],
        language=head["language"],
        published=head["published"],
        text=draft.text,
        title=draft.text.partition("\n")[0],
        crisis=crisis.key if crisis else None,
        domain=head.get("domain"),
        outlet=head.get("outlet"),
        url=head.get("url"),
        author=head.get("author"),
        attributions=_attributions(draft, report, parts, rows),
        mentions=_mentions(draft, report, entities),
        frames=frames,
        derivations=_derivations(draft, report),
        entities=entities,
        tellings=_tellings(report, telling_rows),
    )


def _parts(draft: Draft) -> dict[str, dict[str, list[tuple[int, int]]]]:
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for bracket in draft.brackets:
        for tag in bracket.tags:
            name, _, role = tag.partition(".")
            if role in ROLES and name[0] == "A":
                parts.setdefault(name, {}).setdefault(role, []).append((bracket.start, bracket.end))
            elif role in MARKERS and name[0] == "A":
                parts.setdefault(name, {})
    return parts


def _part(draft: Draft, spans: list[tuple[int, int]]) -> Part:
    return Part(spans=tuple(sorted(spans)), text=records.quote(draft.text, sorted(spans)))


def _attributions(
    draft: Draft, report: str, parts: dict[str, dict[str, list[tuple[int, int]]]], rows: Rows
) -> tuple[Attribution, ...]:
    for name in parts.keys() - rows.keys():
        draft.blame(draft.first_line, f"{name} is marked in the text but has no row")
    made = []
    for name, (number, fields) in rows.items():
        if "content" not in parts.get(name, {}):
            draft.blame(number, f"{name} has no content in the text")
            continue
        made.append(_attribution(draft, report, name, parts[name], fields))
    return tuple(made)


def _attribution(
    draft: Draft, report: str, name: str, spans: dict[str, list[tuple[int, int]]], fields: dict[str, str]
) -> Attribution:
    part = {role: _part(draft, found) for role, found in spans.items()}
    parent = fields.get("parent")
    return Attribution(
        id=f"{report}#{name}",
        report=report,
        kind=fields["kind"],  # type: ignore[arg-type]
        content=part["content"],
        cue=part.get("cue"),
        source=part.get("source"),
        source_entity=fields.get("entity"),
        addressee=part.get("addressee"),
        medium=part.get("medium"),
        medium_entity=fields.get("medium_entity"),
        parent=f"{report}#{parent}" if parent else None,
        polarity=fields.get("polarity", "positive"),  # type: ignore[arg-type]
        certainty=fields.get("certainty", "certain"),  # type: ignore[arg-type]
        markers=_markers(draft, name),
        anonymous=fields.get("anonymous") == "yes",
    )


def _markers(draft: Draft, name: str) -> tuple[Marker, ...]:
    return tuple(
        Marker(spans=((b.start, b.end),), text=draft.text[b.start : b.end], kind=tag.partition(".")[2])  # type: ignore[arg-type]
        for b in draft.brackets
        for tag in b.tags
        if tag.partition(".")[0] == name and tag.partition(".")[2] in MARKERS
    )


def _mentions(draft: Draft, report: str, entities: dict[str, Entity]) -> tuple[Mention, ...]:
    made = []
    for bracket in draft.brackets:
        for tag in bracket.tags:
            letter, _, key = tag.partition(".")
            if letter not in ("E", "P"):
                continue
            if key not in entities:
                draft.blame(draft.line_of(bracket.start), f"{tag!r} names an entity that has no table or row")
                continue
            mention = records.identify("men", report, bracket.start, bracket.end, tag)
            words = draft.text[bracket.start : bracket.end]
            made.append(
                Mention(
                    id=mention,
                    report=report,
                    spans=((bracket.start, bracket.end),),
                    text=words,
                    kind=entities[key].kind,
                    entity=key,
                    pronominal=letter == "P",
                )
            )
    return tuple(made)


def _derivations(draft: Draft, report: str) -> tuple[Derivation, ...]:
    folder = report.rpartition("/")[0]
    pairs = [value.split(" ") for value in draft.head.get("from", [])]
    return tuple(
        Derivation(
            id=records.identify("der", report, source, relation),
            report=report,
            source_report=f"{folder}/{source}",
            relation=relation,  # type: ignore[arg-type]
        )
        for source, relation in pairs
    )


def _tellings(report: str, rows: list[tuple[int, str]]) -> tuple[Telling, ...]:
    """Read rows `tells <fact> A3`; a dash or nothing in the place of A3 is the report's own voice."""
    made = []
    for _, rest in rows:
        fact, _, name = rest.partition(" ")
        made.append(Telling(fact, f"{report}#{name}" if name not in ("", "-") else None))
    return tuple(made)


def main() -> None:
    """Write the whole corpus to standard output, one JSON object a report."""
    encoder = msgspec.json.Encoder()
    try:
        reports = read_corpus()
    except CorpusError as error:
        sys.exit(str(error))
    for report in reports:
        sys.stdout.buffer.write(encoder.encode(report) + b"\n")


if __name__ == "__main__":
    main()
