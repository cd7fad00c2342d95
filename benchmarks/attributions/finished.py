"""Measure what a case holds: `python -m benchmarks.attributions.finished [--model NAME] [--split measure]`.

Runs `sayso.annotations.Annotator` on the project's own corpus and compares every finished attribution with
the gold one: spans, kind, polarity, certainty, anonymity, nesting, markers and whom its source is.

Attributions are paired so that the sum of their content F1 is greatest; pairs whose contents share less than
half their tokens are none. Facts are counted over pairs. Source resolution is right where the mention that
the source resolves to is, in the gold, a mention of the gold entity (by its span; else by its words), or
where both name none. `named` counts gold sources whose entity the report names, `unnamed` the others.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.attributions.scores import Roles, Tally, covered, figures, tokens
from corpus.corpus import CorpusReport, read_corpus
from sayso.annotations import Annotator
from sayso.records import Annotations, Attribution, Mention, Part
from sayso.reports import read_text

ROLES = ("content", "source", "cue", "addressee", "medium")
FACTS = ("kind", "polarity", "certainty", "anonymous")
Pair = tuple[Attribution, Attribution]


class Comparison:
    """Add up, report by report, how finished attributions agree with the gold."""

    def __init__(self) -> None:
        self.spans = Tally(ROLES)
        self.counts: Counter[tuple[str, str]] = Counter()
        self.confused: Counter[tuple[str, str, str]] = Counter()

    def add(self, gold: CorpusReport, found: Annotations) -> list[Pair]:
        """Count one report; give the attributions that were paired."""
        cut = tokens(gold.text)
        left = [_roles(one, cut) for one in gold.attributions]
        right = [_roles(one, cut) for one in found.attributions]
        self.spans.add(left, right, [one.kind for one in gold.attributions])
        paired = [
            (gold.attributions[i], found.attributions[j])
            for i, j in _assigned(left, right)
            if _half(left[i]["content"], right[j]["content"])
        ]
        self._count_facts(paired)
        self._count_parents(paired, gold, found)
        self._count_markers(paired)
        self._count_sources(paired, gold, found)
        self._count_mentions(gold, found)
        return paired

    def _count(self, measure: str, right: bool | int, read: int = 1, gold: int = 1) -> None:
        self.counts[measure, "right"] += right
        self.counts[measure, "read"] += read
        self.counts[measure, "gold"] += gold

    def _count_facts(self, paired: Sequence[Pair]) -> None:
        for gold, found in paired:
            for fact in FACTS:
                left, right = getattr(gold, fact), getattr(found, fact)
                self._count(fact, left == right)
                self.confused[fact, str(left), str(right)] += 1
                for value in {left, right}:
                    self._count(f"{fact} {value}", left == right, right == value, left == value)

    def _count_parents(self, paired: Sequence[Pair], gold: CorpusReport, found: Annotations) -> None:
        twin = {right.id: left.id for left, right in paired}
        for left, right in paired:
            read = twin.get(right.parent) if right.parent else None
            both = left.parent is not None and read == left.parent
            self._count("parent", both, int(right.parent is not None), int(left.parent is not None))

    def _count_markers(self, paired: Sequence[Pair]) -> None:
        for gold, found in paired:
            for kind in ("hedge", "subjunctive", "negation", "distancing"):
                left = [m for m in gold.markers if m.kind == kind]
                right = [m for m in found.markers if m.kind == kind]
                both = sum(any(_meet(a.spans, b.spans) for b in right) for a in left)
                self._count(f"marker {kind}", both, len(right), len(left))

    def _count_sources(self, paired: Sequence[Pair], gold: CorpusReport, found: Annotations) -> None:
        named = {one.entity for one in gold.mentions if not one.pronominal}
        mentions = {one.id: one for one in found.mentions}
        for left, right in paired:
            agree = resolves(left.source_entity, right.source_entity, gold, mentions)
            place = "named" if left.source_entity in named else "unnamed"
            self._count("source resolution", agree)
            self._count(f"source resolution, {place}", agree)
            self._count(f"source resolution, {'with' if left.source else 'without'} words", agree)
            if left.source and _is_resuming(left.source, gold):
                self._count("source resolution, pronouns and role nouns", agree)
            medium = resolves(left.medium_entity, right.medium_entity, gold, mentions)
            if left.medium_entity or right.medium_entity:
                self._count("medium resolution", medium)

    def _count_mentions(self, gold: CorpusReport, found: Annotations) -> None:
        left = {(one.spans, one.kind) for one in gold.mentions if not one.pronominal}
        right = {(one.spans, one.kind) for one in found.mentions if not one.pronominal}
        self._count("mentions", len(left & right), len(right), len(left))

    def results(self) -> dict:
        """Give every measure by name, and how the values of each fact were confused."""
        made = {name: value for name, value in self.spans.results().items()}
        for measure in sorted({measure for measure, _ in self.counts}):
            made[measure] = figures(*(self.counts[measure, part] for part in ("right", "read", "gold")))
            made[measure]["n"] = self.counts[measure, "gold"]
        return made


def _assigned(left: Sequence[Roles], right: Sequence[Roles]) -> list[tuple[int, int]]:
    """Pair attributions by their contents; where several share one, by the words of source and cue."""
    if not left or not right:
        return []
    gain = np.array([[_alike(a["content"], b["content"]) for b in right] for a in left])
    for role in ("source", "cue"):
        gain += 0.01 * np.array([[_alike(a[role], b[role]) for b in right] for a in left])
    return [(int(i), int(j)) for i, j in zip(*linear_sum_assignment(gain, maximize=True), strict=True)]


def _alike(left: frozenset[int], right: frozenset[int]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


def resolves(entity: str | None, read: str | None, gold: CorpusReport, mentions: dict[str, Mention]) -> bool:
    """Tell whether what a source was resolved to is a mention of the gold entity."""
    named = {one.entity for one in gold.mentions if not one.pronominal}
    if read is None:
        return entity is None or entity not in named
    mention = mentions[read]
    if entity is None:
        return mention.pronominal and mention.entity is None
    meant = {one.entity for one in gold.mentions if _meet(one.spans, mention.spans)}
    if meant:
        return entity in meant
    if mention.pronominal:  # an office ("the ministry") that no name was found for
        return entity is None or entity not in named
    return entity in gold.entities and gold.entities[entity].name.casefold() == mention.text.casefold()


def _is_resuming(source: Part, gold: CorpusReport) -> bool:
    """Tell whether a gold source names nobody: a pronoun or a role noun that stands for somebody."""
    inside = [one for one in gold.mentions if _meet(one.spans, source.spans)]
    return any(one.pronominal for one in inside) and all(one.pronominal for one in inside)


def _meet(left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def _roles(attribution: Attribution, cut: Sequence[tuple[int, int]]) -> Roles:
    parts = {role: getattr(attribution, role) for role in ROLES}
    return {role: covered(part.spans, cut) if part else frozenset() for role, part in parts.items()}


def _half(left: frozenset[int], right: frozenset[int]) -> bool:
    return 2 * len(left & right) >= len(left | right) > 0


def read_all(
    annotator: Annotator, reports: Sequence[CorpusReport]
) -> Iterator[tuple[CorpusReport, Annotations]]:
    """Annotate the reports of the corpus as a build would, from their bare text."""
    for gold in reports:
        report = read_text(
            gold.text, path=gold.path, published=gold.published, language=gold.language, url=gold.url
        )
        if report.text != gold.text:
            raise ValueError(f"{gold.id}: the text read is not the text annotated")
        yield gold, annotator.annotate([report], "benchmark")[0]


def measure(annotator: Annotator, split: str) -> dict:
    """Compare over one split of the corpus, by language and over all."""
    reports = [one for one in read_corpus() if one.split == split]
    compared = {name: Comparison() for name in ("de", "en", "ru", "all")}
    for gold, found in read_all(annotator, reports):
        compared[gold.language].add(gold, found)
        compared["all"].add(gold, found)
    return {name: one.results() for name, one in compared.items()}


SHOWN = (
    "macro joint", "macro content", "macro roles", "content tokens", "source tokens", "cue tokens",
    "addressee tokens", "medium tokens", "quote+source", "kind", "polarity", "polarity negative", "certainty",
    "certainty probable", "certainty possible", "certainty underspecified", "anonymous", "anonymous True",
    "parent", "marker hedge", "marker subjunctive", "marker negation", "marker distancing",
    "source resolution", "source resolution, named", "source resolution, unnamed",
    "source resolution, with words", "source resolution, without words",
    "source resolution, pronouns and role nouns", "medium resolution", "mentions",
)  # fmt: skip


def rows(results: dict) -> list[str]:
    """Write the main figures as Markdown rows: F1 (accuracy where every pair is judged) by language."""
    languages = [name for name in results if name]
    made = ["| measure | " + " | ".join(languages) + " |", "|---" * (len(languages) + 1) + "|"]
    for name in SHOWN:
        cells = [f"{results[one][name]['f1']:.1f}" if name in results[one] else "" for one in languages]
        made.append(f"| {name} | " + " | ".join(cells) + " |")
    return made


def main() -> None:
    """Measure one model with everything that finishes what it reads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", default="default")
    parser.add_argument("--split", default="measure", choices=("tune", "measure"))
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    annotator = Annotator.load(given.model)
    results = measure(annotator, given.split)
    print("\n".join(rows(results)))
    if given.out:
        made = {"model": annotator.version, "split": given.split, "results": results}
        given.out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
