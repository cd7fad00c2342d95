"""Find which report comes from which: copies, rewrites, translations, quoted passages, revisions.

Candidates come from shared fingerprints (winnowing: Schleimer, Wilkerson, Aiken 2003) of text outside
quotation, and across languages from nearest neighbours of the reports' mean sentence vectors; nothing
compares all with all in text. A candidate pair is aligned sentence by sentence, in order, by dynamic
programming; the aligned passages are the evidence. Two reports that quote the same words of one source
are not derived from each other: what stands in quotation marks does not count.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from sayso.claims.features import days_between
from sayso.claims.pages import Page
from sayso.records import Derivation, Passage, Relation, Span, identify

SHINGLE = 5
"""Words in a fingerprinted run."""
WINDOW = 4
"""Of so many neighbouring runs one, the least by hash, is kept."""
BUCKET = 12
"""Reports of one fingerprint that are compared with its earliest ones; boilerplate is shared by many."""
NEIGHBOURS = 4
"""Reports of other languages that a report is aligned with, by mean vector."""
ALIKE = 0.5
"""Least overlap of two sentences' words (Jaccard) to be one rewritten from the other."""
SAME_SENSE = 0.7
"""Least likeness of two sentences of two languages to be one translated from the other."""
CONCEPTS = 0.35
"""What the concepts that two sentences of two languages share add to the likeness of their vectors."""
WHOLE = 0.4
"""Least part of the derived report that must be aligned to call the report derived, not a passage quoted."""
SAME_FACTS = 0.5
"""Least overlap (Jaccard) of the numbers and names of two reports to be one translated from the other."""
FEW_FACTS, MUCH = 0.35, 0.7
"""Overlap of numbers and names that is enough where most of the text is aligned."""
CITED_SENSE = 0.6
"""Least likeness of a cited content to a sentence of the cited outlet's report to be taken from it."""
CITED_DAYS = 14
"""Days back in which the report that an outlet is cited for is looked for."""
LONG_SENTENCE = 9
"""Words a single shared sentence needs to show that a passage was taken over."""


def find_derivations(pages: Sequence[Page]) -> list[Derivation]:
    """Find the derivations among reports, each with its aligned passages; one source a derived report."""
    best: dict[str, tuple[tuple[float, ...], Derivation]] = {}
    for left, right in _candidates(pages):
        found = _derive(left, right)
        if found is None:
            continue
        rank, derivation = found
        known = best.get(derivation.report)
        if known is None or (rank, derivation.source_report) > (known[0], known[1].source_report):
            best[derivation.report] = (rank, derivation)
    made = [derivation for _, derivation in best.values()]
    whole = {row.report for row in made if row.relation != "was_quoted_from"}
    paired = {frozenset((row.report, row.source_report)) for row in made}
    cited = _cited([page for page in pages if page.id not in whole], pages)
    made += [row for row in cited if frozenset((row.report, row.source_report)) not in paired]
    return sorted(made, key=lambda row: row.id)


def _candidates(pages: Sequence[Page]) -> list[tuple[Page, Page]]:
    by_id = {page.id: page for page in pages}
    pairs = _sharing_fingerprints(pages) | _near_across_languages(pages)
    return [(by_id[left], by_id[right]) for left, right in sorted(pairs)]


def _sharing_fingerprints(pages: Sequence[Page]) -> set[tuple[str, str]]:
    buckets: dict[int, list[Page]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: page.order):
        for mark in {mark for words in page.own_words() for mark in fingerprints(words)}:
            buckets[mark].append(page)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for bucket in buckets.values():
        for index, page in enumerate(bucket[1:], start=1):
            for other in (*bucket[: min(index, 2)], *bucket[max(2, index - 1) : index])[:BUCKET]:
                shared[_pair(page.id, other.id)] += 1
    return {pair for pair, count in shared.items() if count >= 2}


def fingerprints(words: Sequence[str]) -> set[int]:
    """Choose the fingerprints of a sentence: of every few runs of words the least by hash.

    >>> fingerprints("one two three four".split())
    set()
    """
    runs = [_hash(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]
    if not runs:
        return set()
    return {min(runs[at : at + WINDOW]) for at in range(max(1, len(runs) - WINDOW + 1))}


def _hash(words: Sequence[str]) -> int:
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)


def _near_across_languages(pages: Sequence[Page]) -> set[tuple[str, str]]:
    usable = [page for page in sorted(pages, key=lambda page: page.id) if page.vectors is not None]
    if len({page.language for page in usable}) < 2:
        return set()
    means = np.stack([page.mean_vector() for page in usable])
    languages = np.array([page.language for page in usable])
    pairs: set[tuple[str, str]] = set()
    for start in range(0, len(usable), 512):
        likeness = means[start : start + 512] @ means.T
        for row in range(likeness.shape[0]):
            own = usable[start + row]
            likeness[row][languages == own.language] = -1.0
            for at in np.argsort(-likeness[row], kind="stable")[:NEIGHBOURS]:
                if likeness[row][at] > 0:
                    pairs.add(_pair(own.id, usable[int(at)].id))
    return pairs


def _derive(left: Page, right: Page) -> tuple[tuple[float, ...], Derivation] | None:
    """Say whether one of two reports comes from the other, and which from which."""
    derived, source, sure = _directed(left, right)
    likeness = _likeness(derived, source)
    floor = ALIKE if derived.language == source.language else SAME_SENSE
    steps = align(likeness, floor)
    if not steps:
        return None
    cover = _coverage(derived, [row for row, _ in steps])
    mean = float(np.mean([likeness[row, column] for row, column in steps]))
    relation = _relation(derived, source, steps, likeness, cover)
    if relation is None:
        return None
    score = round(min(1.0, cover * mean) * sure, 3)
    derivation = Derivation(
        id=identify("der", derived.id, source.id, relation),
        report=derived.id,
        source_report=source.id,
        relation=relation,
        score=score,
        passages=tuple(
            Passage(spans=(derived.sentences[row],), from_spans=(source.sentences[column],))
            for row, column in steps
        ),
    )
    credited = 1.0 if derived.credits_report(source) else 0.0
    return (relation != "was_quoted_from", credited, cover, score), derivation


def _directed(left: Page, right: Page) -> tuple[Page, Page, float]:
    """Say which of two reports would be the derived one: it credits the other, is later, or shorter."""
    if left.credits_report(right) != right.credits_report(left):
        return (left, right, 1.0) if left.credits_report(right) else (right, left, 1.0)
    if left.day and right.day and left.moment != right.moment:
        return (left, right, 0.95) if left.moment > right.moment else (right, left, 0.95)
    if abs(left.length - right.length) > 0.1 * max(left.length, right.length):
        return (left, right, 0.7) if left.length < right.length else (right, left, 0.7)
    return (left, right, 0.55) if left.id > right.id else (right, left, 0.55)


def _likeness(derived: Page, source: Page) -> np.ndarray:
    """Compare every sentence of one report with every one of the other, 0 to 1."""
    if derived.language == source.language:
        return _overlap(derived, source)
    return _sense(derived, source)


def _overlap(derived: Page, source: Page) -> np.ndarray:
    table = np.zeros((len(derived.sentences), len(source.sentences)))
    where: dict[str, list[int]] = defaultdict(list)
    for column, words in enumerate(source.word_sets):
        for word in words:
            where[word].append(column)
    for row, words in enumerate(derived.word_sets):
        for word in words:
            for column in where.get(word, ()):
                table[row, column] += 1
        for column in map(int, np.flatnonzero(table[row])):
            table[row, column] /= len(words | source.word_sets[column])
    return table


def _sense(derived: Page, source: Page) -> np.ndarray:
    """Compare sentences of two languages: by vectors, held to their numbers and names."""
    rows, columns = len(derived.sentences), len(source.sentences)
    table = np.zeros((rows, columns))
    if derived.vectors is not None and source.vectors is not None:
        table = np.clip(derived.vectors @ source.vectors.T, 0.0, 1.0).astype(float)
    for row in range(rows):
        for column in range(columns):
            table[row, column] += _anchored(derived.anchors[row], source.anchors[column])
            table[row, column] += CONCEPTS * _dice(derived.concepts[row], source.concepts[column])
    return np.clip(table, 0.0, 1.0)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _anchored(left: frozenset[str], right: frozenset[str]) -> float:
    """Reward numbers and names two sentences share, punish those they do not."""
    if not left and not right:
        return 0.0
    shared = len(left & right)
    return 0.3 * (2 * shared / (len(left) + len(right))) - 0.12 * (shared == 0)


def align(likeness: np.ndarray, floor: float) -> list[tuple[int, int]]:
    """Align two rows of sentences in order, each at most once, to the greatest sum of likeness above a floor.

    >>> align(np.array([[0.9, 0.1], [0.2, 0.8]]), 0.5)
    [(0, 0), (1, 1)]
    """
    rows, columns = likeness.shape
    gain = np.where(likeness >= floor, likeness, -1.0)
    best = np.zeros((rows + 1, columns + 1))
    for row in range(rows):
        diagonal = best[row, :-1] + gain[row]
        best[row + 1, 1:] = np.maximum.accumulate(np.maximum(best[row, 1:], diagonal))
    return _walk_back(best, gain)


def _walk_back(best: np.ndarray, gain: np.ndarray) -> list[tuple[int, int]]:
    row, column = best.shape[0] - 1, best.shape[1] - 1
    steps: list[tuple[int, int]] = []
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            steps.append((row, column))
    return [(row, column) for row, column in reversed(steps) if gain[row, column] > 0]


def _coverage(page: Page, rows: Sequence[int]) -> float:
    taken = sum(_length(page.sentences[row]) for row in rows)
    return taken / max(1, sum(_length(sentence) for sentence in page.sentences))


def _length(span: Span) -> int:
    return span[1] - span[0]


def _relation(
    derived: Page, source: Page, steps: Sequence[tuple[int, int]], likeness: np.ndarray, cover: float
) -> Relation | None:
    if derived.language != source.language:
        if len(steps) < min(3, len(derived.sentences)) or not _same_facts(derived, source, cover):
            return None
        return "was_translated_from"
    own = [row for row, _ in steps if not derived.is_quoted(row)]
    if cover >= WHOLE and len(own) >= min(2, len(derived.sentences)):
        return "was_revision_of" if derived.is_version_of(source) else "was_derived_from"
    taken = [
        row
        for row, column in steps
        if row in own and likeness[row, column] >= 0.8 and len(derived.word_sets[row]) >= LONG_SENTENCE
    ]
    return "was_quoted_from" if taken else None


def _same_facts(derived: Page, source: Page, cover: float) -> bool:
    """Say whether two reports of two languages hold the same numbers and names, and enough of the text."""
    here, there = frozenset().union(*derived.anchors), frozenset().union(*source.anchors)
    shared = len(here & there) / max(1, len(here | there))
    return (shared >= SAME_FACTS and cover + shared >= 1.0) or (shared >= FEW_FACTS and cover >= MUCH)


def _cited(citing: Sequence[Page], pages: Sequence[Page]) -> list[Derivation]:
    """Find reports that quote a report of an outlet they cite: the cited content is a sentence of it."""
    by_outlet: dict[str, list[Page]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: page.order):
        if page.report.outlet:
            by_outlet[page.report.outlet].append(page)
    found: list[Derivation] = []
    for page in sorted(citing, key=lambda page: page.id):
        for outlet in sorted(page.cited_contents):
            earlier = [other for other in by_outlet.get(outlet, ()) if _could_cite(page, other)]
            best = max(
                (_quoting(page, other) for other in earlier[-8:]), default=None, key=lambda one: one[:2]
            )
            if best is not None and best[2] is not None:
                found.append(best[2])
    return found


def _could_cite(page: Page, other: Page) -> bool:
    if page.report.outlet == other.report.outlet or other.id == page.id:
        return False
    days = days_between(page.day, other.day)
    return days is None or (other.moment <= page.moment and days <= CITED_DAYS)


def _quoting(page: Page, other: Page) -> tuple[float, str, Derivation | None]:
    """Score how well what a report cites an outlet for is found in one of that outlet's reports."""
    rows = page.cited_contents[other.report.outlet or ""]
    likeness = _likeness(page, other)
    passages: list[tuple[float, int, int]] = []
    for row in rows:
        column = int(np.argmax(likeness[row]))
        if likeness[row, column] >= CITED_SENSE:
            passages.append((float(likeness[row, column]), row, column))
    if not passages:
        return 0.0, other.id, None
    score = max(one[0] for one in passages)
    made = Derivation(
        id=identify("der", page.id, other.id, "was_quoted_from"),
        report=page.id,
        source_report=other.id,
        relation="was_quoted_from",
        score=round(min(1.0, 0.4 + 0.6 * score), 3),
        passages=tuple(
            Passage(spans=(page.sentences[row],), from_spans=(other.sentences[column],))
            for _, row, column in sorted(passages, key=lambda one: one[1:])
        ),
    )
    return score, other.id, made


def derived_sentences(
    derivations: Sequence[Derivation], pages: Mapping[str, Page]
) -> dict[tuple[str, int], tuple[str, int]]:
    """Map each derived sentence (report, number) to the sentence it comes from."""
    found: dict[tuple[str, int], tuple[str, int]] = {}
    for row in derivations:
        for passage in row.passages:
            here = pages[row.report].number_of(passage.spans[0])
            there = pages[row.source_report].number_of(passage.from_spans[0])
            found[(row.report, here)] = (row.source_report, there)
    return found
