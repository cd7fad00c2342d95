"""Measure cross-lingual identity on SlavicNER's Russian and Ukrainian texts: gold names in, entities out.

Ukrainian is no language of Sayso's; its names are compared as they sound. Measured by topic, each a case.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.entities.scores import Figures, b_cubed, pair_figures
from sayso.entities import resolve
from sayso.records import Annotations, Mention, Report, identify

CORPUS = Path(os.environ.get("SAYSO_CORPORA", "corpora")) / "slavicner" / "ner"
KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "PRO": "product", "EVT": "event_name"}


def read_topics() -> Iterator[tuple[str, list[tuple[Report, Annotations]], dict[str, str]]]:
    """Give each topic that has texts in both languages: its readings and the gold entity of each mention.

    The corpus gives mentions a text without its context here: the words stand one a line, which leaves names
    as all there is to go by.
    """
    for topic in sorted(path for path in CORPUS.iterdir() if path.is_dir()):
        readings, gold = [], {}
        for language in ("ru", "uk"):
            for path in sorted((topic / language).glob("*.tsv")):
                readings.append(_reading(path, language, gold))
        if len({report.language for report, _ in readings}) == 2:
            yield topic.name, readings, gold


def _reading(path: Path, language: str, gold: dict[str, str]) -> tuple[Report, Annotations]:
    report = identify("rep", path.name)
    lines, mentions, at = [], [], 0
    for line in path.read_text("utf-8-sig").splitlines():
        fields = line.split("\t")
        if len(fields) < 6 or fields[4] not in KINDS:
            continue
        words = fields[2]
        mention = identify("men", report, at, words)
        kind = KINDS[fields[4]]
        mentions.append(
            Mention(id=mention, report=report, spans=((at, at + len(words)),), text=words, kind=kind)
        )  # type: ignore[arg-type]
        gold[mention] = fields[5]
        lines.append(words)
        at += len(words) + 1
    text = "\n".join(lines)
    made = Report(
        id=report, path=path.name, sha256=report, media_type="text/plain", text=text, language=language
    )
    return made, Annotations(report=report, annotator="gold", mentions=tuple(mentions))


def measure_slavic() -> dict[str, Figures]:
    """Score each topic, and all topics together over the mentions of both languages."""
    figures: dict[str, Figures] = {}
    all_gold: dict[str, object] = {}
    all_found: dict[str, object] = {}
    for topic, readings, gold in read_topics():
        found = resolve(readings).mention_entities
        figures[topic] = _figures(gold, found)
        all_gold.update({mention: (topic, key) for mention, key in gold.items()})
        all_found.update({mention: (topic, entity) for mention, entity in found.items()})
    figures["all"] = _figures(all_gold, all_found)
    return figures


def _figures(gold: dict, found: dict) -> Figures:
    pairs = pair_figures(gold, found)
    return {**b_cubed(gold, found), "pair_f1": pairs["f1"], "false_merges": pairs["false_merges"]}
