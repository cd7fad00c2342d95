"""Choose what a pronoun or a role noun stands for: the mention that fits, is near, and has been speaking.

Every candidate is weighed by signs that any language has; what a word can stand for, and the gender and number
it shows, is data (``pronouns.tsv``, ``resuming.tsv``, ``roles.tsv``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from sayso.annotations.found import FoundMention, Outline
from sayso.annotations.genders import gender_persons, group_persons
from sayso.languages import load_table
from sayso.languages.lexicon import fold
from sayso.records import Span, Spans

_NEAR = 70
"""Mentions looked at before a resuming word: some pages of news."""
_CONTEXT = 60
_STOP = re.compile(r"[.;:!?()„“”«»\"\n]")
_WORD = re.compile(r"[^\W\d_][\w-]{3,}")

RUNNING, SPOKE, NAMED_SO, WRONG_NAME, OWN_CONTENT, OTHERS_CONTENT, AWAY = (
    2.5,
    1.0,
    4.0,
    -2.0,
    -4.0,
    -1.0,
    -0.5,
)
SUBJECT, CLASH = 1.5, 1.5
"""What counts for a candidate: it is speaking, it spoke before, the noun stands beside its name; and against."""


class Pronoun(msgspec.Struct, frozen=True):
    """Hold what a resuming word may stand for, and how it is used."""

    kinds: tuple[str, ...]
    gender: str
    number: str
    use: str


class House(msgspec.Struct, frozen=True):
    """Hold a role noun that stands for a house: the kinds of mention, and what a name must show."""

    noun: re.Pattern[str]
    kinds: tuple[str, ...]
    names: re.Pattern[str] | None


class Wanted(msgspec.Struct, kw_only=True):
    """Say what is looked for: where the resuming words stand, what they show, what speaks for or against."""

    at: int
    kinds: tuple[str, ...]
    gender: str = ""
    stems: frozenset[str] = frozenset()
    names: re.Pattern[str] | None = None
    running: int | None = None
    away_from: Spans = ()
    within: Spans = ()
    kind_cost: float = 1.5
    sure: bool = False
    """Ask for a sign beyond nearness: the noun beside the name, a fitting name, or the running source."""
    must_be_named: bool = False
    """Ask for the noun beside the name or a fitting name; having spoken is not enough."""


@cache
def pronouns(language: str) -> dict[str, Pronoun]:
    """Load ``pronouns.tsv``: a resuming word and what it shows."""
    return {
        fold(row["word"]): Pronoun(tuple(row["kinds"].split("|")), row["gender"], row["number"], row["use"])
        for row in load_table(language, "pronouns")
    }


@cache
def houses(language: str) -> tuple[House, ...]:
    """Load ``resuming.tsv``: the role nouns that stand for a house."""
    return tuple(
        House(
            re.compile(rf"(?:^|\w|-)(?:{row['noun']})$", re.IGNORECASE),
            tuple(row["kinds"].split("|")),
            re.compile(row["names"], re.IGNORECASE) if row["names"] else None,
        )
        for row in load_table(language, "resuming")
    )


def stems_of(words: str) -> frozenset[str]:
    """Give what the longer words of a phrase begin with, to meet their other cases."""
    return frozenset(_stem(word) for word in _WORD.findall(fold(words)))


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 2)]


class Referents:
    """Hold the mentions of a prose as candidates: who they are, where they stand, who spoke so far."""

    def __init__(
        self,
        prose: str,
        sentences: Sequence[Span],
        language: str,
        mentions: Sequence[FoundMention],
        outline: Outline,
    ) -> None:
        self.prose, self.mentions, self.outline = prose, mentions, outline
        self.starts = [start for start, _ in sentences]
        self.begins = [mention.start for mention in mentions]
        self.ends = [mention.end for mention in mentions]
        self.groups = group_persons(prose, mentions)
        self.genders = gender_persons(prose, mentions, self.groups, language)
        self.spoke: set[int] = set()
        self.called: dict[int, frozenset[str]] = {}
        self.told: list[Span] = []

    def sentence(self, at: int) -> int:
        """Number the sentence that holds an offset."""
        return bisect_right(self.starts, at) - 1

    def inside(self, spans: Spans) -> list[int]:
        """List the mentions that stand whole in spans."""
        return [
            index
            for start, end in spans
            for index in range(bisect_left(self.begins, start), bisect_right(self.begins, end - 1))
            if self.mentions[index].end <= end
        ]

    def between(self, start: int, end: int) -> list[FoundMention]:
        """List the mentions that begin between two offsets."""
        return list(self.mentions[bisect_left(self.begins, start) : bisect_left(self.begins, end)])

    def choose(self, wanted: Wanted) -> int | None:
        """Give the mention that fits best, or None where none does."""
        best, chosen = -3.5, None
        for index in self._candidates(wanted.at):
            score = self._weigh(index, wanted)
            if score is not None and score >= best:
                best, chosen = score, index
        return chosen

    def antecedent(self, wanted: Wanted) -> int | None:
        """Give the mention that ends right before a relative pronoun."""
        before = bisect_right(self.ends, wanted.at) - 1
        if before < 0 or wanted.at - self.ends[before] > 3:
            return None
        return before if self._fits(before, wanted) else None

    def nearest(self, wanted: Wanted) -> int | None:
        """Give the last mention before in the same or the former sentence that fits by kind and gender."""
        for index in reversed(list(self._candidates(wanted.at))):
            mention = self.mentions[index]
            if mention.end <= wanted.at and self._fits(index, wanted):
                near = self.sentence(wanted.at) - self.sentence(mention.start) <= 1
                return index if near else None
        return None

    def _candidates(self, at: int) -> Iterator[int]:
        before = bisect_right(self.ends, at)
        yield from range(max(0, before - _NEAR), before)
        if at < self.outline.title_end:
            yield from range(before, min(len(self.mentions), before + _NEAR))

    def _fits(self, index: int, wanted: Wanted) -> bool:
        mention = self.mentions[index]
        if mention.kind not in wanted.kinds or any(a <= mention.start < b for a, b in self.outline.bylines):
            return False
        return not (mention.kind == "person" and self._clash(index, wanted) > 1)

    def _clash(self, index: int, wanted: Wanted) -> int:
        """Say how strongly a person's gender speaks against what is wanted."""
        gender, weight = self.genders.get(self.groups[index], ("", 0))
        return weight if gender and wanted.gender and gender != wanted.gender else 0

    def _weigh(self, index: int, wanted: Wanted) -> float | None:
        if not self._fits(index, wanted):
            return None
        mention, group = self.mentions[index], self.groups[index]
        running = wanted.running is not None and self.groups[wanted.running] == group
        named = self._is_named_so(index, wanted)
        fits_name = bool(wanted.names and wanted.names.search(self._shown(mention)))
        if (wanted.sure and not (running or named or fits_name)) or (
            wanted.must_be_named and not (named or fits_name)
        ):
            return None
        score = AWAY * min(8, abs(self.sentence(wanted.at) - self.sentence(mention.start)))
        score += RUNNING * running + SPOKE * (group in self.spoke) + NAMED_SO * named
        if wanted.names:
            score += NAMED_SO - 1 if fits_name else WRONG_NAME
        score -= wanted.kind_cost * wanted.kinds.index(mention.kind) + CLASH * self._clash(index, wanted)
        score += OWN_CONTENT * _holds(wanted.away_from, mention) + 1.5 * _holds(wanted.within, mention)
        if not wanted.within:
            score += OTHERS_CONTENT * self._is_told(mention)
        subject = self._is_subject(mention) and self.sentence(wanted.at) - self.sentence(mention.start) <= 1
        return score + SUBJECT * subject - 0.5 * (mention.start > wanted.at)

    def _is_subject(self, mention: FoundMention) -> bool:
        """Tell whether a name opens its sentence, alone or behind its role."""
        start = self.starts[self.sentence(mention.start)]
        begin = mention.role[0] if mention.role and mention.role[0] < mention.start else mention.start
        return begin - start <= 4

    def subject_between(self, start: int, end: int) -> int | None:
        """Give the last person or house that opens a sentence between two offsets, told contents excepted."""
        last = bisect_left(self.begins, end) - 1
        for index in range(last, max(bisect_left(self.begins, start) - 1, last - _NEAR), -1):
            mention = self.mentions[index]
            if (
                mention.kind in ("person", "organisation")
                and self._is_subject(mention)
                and not self._is_told(mention)
            ):
                return index
        return None

    def _is_told(self, mention: FoundMention) -> bool:
        at = bisect_left(self.told, (mention.start + 1, 0)) - 1
        return at >= 0 and self.told[at][1] >= mention.end

    def _is_named_so(self, index: int, wanted: Wanted) -> bool:
        if not wanted.stems:
            return False
        if wanted.stems & self.called.get(self.groups[index], frozenset()):
            return True
        words = _WORD.findall(fold(self._beside(self.mentions[index])))
        return any(word.startswith(s) or (len(s) > 4 and s in word) for s in wanted.stems for word in words)

    def _shown(self, mention: FoundMention) -> str:
        role = self.prose[slice(*mention.role)] if mention.role else ""
        return f"{self.prose[mention.start : mention.end]} {role}"

    def _beside(self, mention: FoundMention) -> str:
        """Give the words around a name that may say what it is, up to the next stop."""
        before = _STOP.split(self.prose[max(0, mention.start - _CONTEXT) : mention.start])[-1]
        after = _STOP.split(self.prose[mention.end : mention.end + _CONTEXT])[0]
        after = after if after.startswith(",") else ""
        return f"{' '.join(before.split()[-7:])} {self._shown(mention)} {after}"


def _holds(spans: Spans, mention: FoundMention) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap, in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
