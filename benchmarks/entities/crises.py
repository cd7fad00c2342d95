"""Measure identity on the project's own corpus: gold mentions in, entities across the reports of a crisis out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from benchmarks.entities.scores import Figures, b_cubed, pair_figures
from corpus.corpus import CorpusReport, read_corpus
from sayso.annotations.mentions import find_mentions
from sayso.encoder import RawMention, Reading
from sayso.entities import Resolution, resolve
from sayso.records import Annotations, Entity, Mention, Part, Report

Crisis = tuple[list[CorpusReport], list[tuple[Report, Annotations]]]


def read_crises(split: str) -> dict[str, Crisis]:
    """Give each crisis of one half: its corpus reports, and readings of them with gold mentions and no identity."""
    crises: dict[str, list[CorpusReport]] = defaultdict(list)
    for report in read_corpus(skip_broken=True):
        if report.crisis and report.split == split:
            crises[report.crisis].append(report)
    return {key: (reports, [_reading(r) for r in reports]) for key, reports in crises.items()}


def _reading(gold: CorpusReport) -> tuple[Report, Annotations]:
    outlet = gold.entities[gold.outlet] if gold.outlet else None
    report = Report(
        id=gold.id, path=gold.path, sha256=gold.id, media_type="text/plain", url=gold.url, text=gold.text,
        outlet=outlet.name if outlet else None, language=gold.language, published=gold.published,
    )  # fmt: skip
    named = [m for m in gold.mentions if not m.pronominal]
    mentions = _with_roles(gold, named)
    attributions = tuple(replace(a, source_entity=None, medium_entity=None) for a in gold.attributions)
    return report, Annotations(report=gold.id, annotator="gold", mentions=mentions, attributions=attributions)


def _with_roles(gold: CorpusReport, named: list[Mention]) -> tuple[Mention, ...]:
    """Read the roles beside the gold names as Sayso reads them."""
    raw = [RawMention(m.spans[0][0], m.spans[0][1], m.kind, 1.0) for m in named]
    lines = [(i, i + len(line)) for i, line in _lines(gold.text)]
    found = find_mentions(gold.text, lines, gold.language, Reading([], [], raw, None))  # type: ignore[arg-type]
    roles = {(f.start, f.end): f.role for f in found if f.role}
    return tuple(
        replace(
            m,
            entity=None,
            role=Part(spans=(role,), text=gold.text[slice(*role)])
            if (role := roles.get(m.spans[0]))
            else None,
        )
        for m in named
    )


def _lines(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def measure_crises(split: str) -> dict[str, dict[str, Figures]]:
    """Score mentions and named sources of each crisis of one half, and all of them together."""
    figures: dict[str, dict[str, Figures]] = {}
    gold_all: dict[str, dict[str, object]] = defaultdict(dict)
    found_all: dict[str, dict[str, object]] = defaultdict(dict)
    for key, (reports, readings) in sorted(read_crises(split).items()):
        resolution = resolve(readings)
        figures[key] = {}
        for what, (gold, found) in compare(key, reports, resolution).items():
            figures[key][what] = {**b_cubed(gold, found), **_prefixed(pair_figures(gold, found))}
            gold_all[what].update(gold)
            found_all[what].update(found)
    figures["all"] = {
        what: {**b_cubed(gold, found_all[what]), **_prefixed(pair_figures(gold, found_all[what]))}  # type: ignore[arg-type]
        for what, gold in gold_all.items()
    }
    return figures


def _prefixed(figures: Figures) -> Figures:
    return {name if name == "false_merges" else f"pair_{name}": value for name, value in figures.items()}


def compare(crisis: str, reports: list[CorpusReport], resolution: Resolution) -> dict[str, tuple[dict, dict]]:
    """Give gold and found groups: of mentions, of reports' outlets with them, and of sources by their voices."""
    gold: dict[str, object] = {}
    found: dict[str, object] = {}
    for report in reports:
        for mention in report.mentions:
            if not mention.pronominal:
                gold[mention.id] = (crisis, mention.entity)
                found[mention.id] = resolution.mention_entities.get(mention.id, mention.id)
        if report.outlet:
            gold[report.id] = (crisis, report.outlet)
            found[report.id] = resolution.outlet_of_report.get(report.id, report.id)
    voices = {entity.id: entity.voice or entity.id for entity in resolution.entities}
    gold_voice, found_voice = {}, {}
    for report in reports:
        for attribution in report.attributions:
            if attribution.source_entity and attribution.id in resolution.source_entities:
                entity: Entity | None = report.entities.get(attribution.source_entity)
                spoken = entity.voice if entity and entity.voice else attribution.source_entity
                gold_voice[attribution.id] = (crisis, spoken)
                source = resolution.source_entities[attribution.id]
                found_voice[attribution.id] = voices.get(source, source)
    return {"mentions": (gold, found), "voices": (gold_voice, found_voice)}
