"""Hold a report as derivations and claims look at it: sentences, their words, vectors, numbers and names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np

from sayso.accounts import credits_of
from sayso.entities.names import fold, skeletons
from sayso.languages import load_table
from sayso.languages.lexicon import Lexicon, split_words
from sayso.languages.numbers import numbers_in
from sayso.records import Annotations, Report, Span

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“„«»][^\"“”„«»\n]{20,2000}[\"”“»«]")
_NAME_KEY = 3
"""Consonants of a name that must agree: endings and spellings differ after them."""


@cache
def things(language: str) -> Lexicon[str]:
    """Load the words of a language for the things news is about, each under its interlingual name."""
    rows = load_table(language, "concepts")
    return Lexicon.of((pattern, row["concept"]) for row in rows for pattern in row["patterns"].split(";"))


def name_keys(name: str, language: str) -> frozenset[str]:
    """Give a key for each long word of a name, alike in every spelling: its first consonants.

    >>> name_keys("Тельмия", "ru") & name_keys("Telmien", "de")
    frozenset({'@tlm'})
    """
    words = [word for word in fold(name).split() if len(word) > 3]
    keys = (min(skeletons(word, language), key=lambda key: (len(key), key), default="") for word in words)
    return frozenset(f"@{key[:_NAME_KEY]}" for key in keys if len(key) > 1)


class Page:
    """Hold one report with what comparing it needs, each part made when first asked for."""

    def __init__(self, report: Report, annotations: Annotations) -> None:
        self.report = report
        self.annotations = annotations
        self.id = report.id
        self.language = report.language.split("-")[0]
        self.sentences: tuple[Span, ...] = annotations.sentences or ((0, len(report.text)),)
        self.length = sum(end - start for start, end in self.sentences)
        self.moment = report.published or ""
        self.day = self.moment[:10]
        self.order = (self.moment or "9", report.id)

    @cached_property
    def vectors(self) -> np.ndarray | None:
        """Give the sentences' vectors, one row a sentence, of length one; None where there are none."""
        raw = np.frombuffer(self.annotations.vectors, np.float16)
        rows = len(self.annotations.sentences)
        if not rows or raw.size == 0 or raw.size % rows:
            return None
        table = raw.reshape(rows, -1).astype(np.float32)
        return np.asarray(table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6))

    def mean_vector(self) -> np.ndarray:
        """Give the mean of the sentences' vectors, of length one."""
        assert self.vectors is not None
        mean = self.vectors.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6))

    @cached_property
    def words(self) -> list[list[str]]:
        """Give the words of each sentence, folded."""
        return [[word.lower() for word in _WORD.findall(self.report.text[s:e])] for s, e in self.sentences]

    @cached_property
    def word_sets(self) -> list[frozenset[str]]:
        """Give the set of words of each sentence."""
        return [frozenset(words) for words in self.words]

    @cached_property
    def quoted(self) -> list[Span]:
        """Give the stretches in quotation marks and the contents of direct speech."""
        marks = [match.span() for match in _QUOTED.finditer(self.report.text)]
        direct = [
            s for row in self.annotations.attributions if row.kind == "direct" for s in row.content.spans
        ]
        return sorted([*marks, *direct])

    def is_quoted(self, sentence: int) -> bool:
        """Say whether most of a sentence is quotation."""
        start, end = self.sentences[sentence]
        inside = sum(max(0, min(end, right) - max(start, left)) for left, right in self.quoted)
        return inside * 2 > end - start

    def own_words(self) -> list[list[str]]:
        """Give the words of the sentences that are not quotation."""
        return [words for at, words in enumerate(self.words) if not self.is_quoted(at)]

    @cached_property
    def anchors(self) -> list[frozenset[str]]:
        """Give each sentence's numbers and transliterated names: what a translation keeps."""
        return [self._anchors_of(start, end) for start, end in self.sentences]

    def _anchors_of(self, start: int, end: int) -> frozenset[str]:
        words = split_words(self.report.text, start, end)
        numbers = numbers_in(words, self.language)
        names = [
            name_keys(mention.text, self.language)
            for mention in self.annotations.mentions
            if start <= mention.spans[0][0] < end and not mention.pronominal
        ]
        return numbers.union(*names)

    @cached_property
    def concepts(self) -> list[frozenset[str]]:
        """Give each sentence's concepts: the things it is about, and the types of its events."""
        found: list[set[str]] = []
        for start, end in self.sentences:
            words = split_words(self.report.text, start, end)
            found.append({hit.value for hit in things(self.language).find(words)})
        for event in self.annotations.events:
            at = max(0, bisect_right([start for start, _ in self.sentences], event.trigger.spans[0][0]) - 1)
            found[at].add(f"{event.type}/{event.mode}")
        return [frozenset(one) for one in found]

    @cached_property
    def credited(self) -> frozenset[str]:
        """Give the outlets, reports and addresses this report credits or cites."""
        cited = {citation.target for citation in self.annotations.citations}
        links = {link.url for link in self.report.links} | {link.outlet or "" for link in self.report.links}
        sources = {row.source_entity or "" for row in self.annotations.attributions}
        mediums = {row.medium_entity or "" for row in self.annotations.attributions}
        return frozenset(
            {*credits_of(self.report, self.annotations), *cited, *links, *sources, *mediums} - {""}
        )

    @cached_property
    def cited_contents(self) -> dict[str, list[int]]:
        """Give, for each outlet cited as a source or medium, the sentences of what it is cited for."""
        found: dict[str, list[int]] = {}
        for row in self.annotations.attributions:
            for entity in {row.source_entity, row.medium_entity} - {None, self.report.outlet}:
                low, high = row.content.spans[0][0], row.content.spans[-1][1]
                rows = [at for at, (left, right) in enumerate(self.sentences) if left < high and right > low]
                found.setdefault(entity or "", []).extend(
                    at for at in rows if at not in found.get(entity or "", ())
                )
        return found

    def credits_report(self, other: Page) -> bool:
        """Say whether this report names the other, its address or its outlet as where it has it from."""
        names = {other.id, other.report.url, other.report.outlet} - {None, self.report.outlet}
        return not self.credited.isdisjoint(name for name in names if name)

    def is_version_of(self, other: Page) -> bool:
        """Say whether two reports are one outlet's, so that the later revises the earlier."""
        same_address = bool(self.report.url) and self.report.url == other.report.url
        same_path = self.report.path == other.report.path and self.report.outlet == other.report.outlet
        return (
            same_address
            or (bool(self.report.outlet) and self.report.outlet == other.report.outlet)
            or (same_path and self.report.outlet is not None)
        )

    def number_of(self, span: Span) -> int:
        """Give the number of a sentence by its span."""
        return self.sentences.index(span)


def pages_of(readings: Sequence[tuple[Report, Annotations]]) -> dict[str, Page]:
    """Make the pages of reports, by report id, in a fixed order."""
    return {report.id: Page(report, found) for report, found in sorted(readings, key=lambda pair: pair[0].id)}
