"""Say who the source of each attribution is: the mention in its words, or the one its words stand for.

1. A name inside the words of the source speaks, a person before a house; "a ministry official" is nobody named.
2. A pronoun, a role noun or a house's noun resumes a mention (`referents`), best the running source.
3. No words at all: what is told goes on with the running source.
4. A source that no named person, house or group is identified with is anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.annotations.found import FoundAttribution, FoundMention, Outline
from sayso.annotations.genders import gender_of_words
from sayso.annotations.referents import House, Pronoun, Referents, Wanted, merged, stems_of
from sayso.annotations.source_sides import part_outlet, source_beside
from sayso.annotations.source_words import RUNNING_ONLY, WORD, SourceWords, roles, small_words
from sayso.languages.lexicon import fold
from sayso.records import Span, Spans

_RANK = {"person": 0, "outlet": 1, "organisation": 2, "group": 3, "place": 8}
_LONGEST_DESCRIPTION = 9


def resolve_sources(
    prose: str,
    sentences: Sequence[Span],
    language: str,
    found: Sequence[FoundAttribution],
    mentions: Sequence[FoundMention],
    outline: Outline,
) -> None:
    """Set source and medium of each attribution to the mention that speaks, and whether nobody is named."""
    work = _Sources(prose, sentences, language, found, mentions, outline)
    for index in sorted(range(len(found)), key=lambda i: (_voice(found[i])[0], found[i].content)):
        work.resolve(index)
    work.settle_openings()


def resume_mentions(
    found: Sequence[FoundAttribution], mentions: Sequence[FoundMention]
) -> Iterator[FoundMention]:
    """Make a mention of every source that stands for another one, or for an office, without naming it."""
    taken: set[Span] = {(mention.start, mention.end) for mention in mentions}
    offices: dict[Span, int] = {}
    made = len(mentions)
    for attribution in found:
        office = attribution.office
        if office is not None and attribution.source_mention is None and office not in taken:
            if office not in offices:
                offices[office], made = made, made + 1
                yield FoundMention(start=office[0], end=office[1], kind="organisation", pronominal=True)
            attribution.source_mention = offices[office]
            continue
        span = attribution.resuming
        if span is not None and attribution.source_mention is not None and span not in taken:
            taken.add(span)
            made += 1
            kind = mentions[attribution.source_mention].kind  # an index of `mentions`: offices come after
            yield FoundMention(
                start=span[0], end=span[1], kind=kind, pronominal=True, stands_for=attribution.source_mention
            )


def _voice(attribution: FoundAttribution) -> Span:
    """Give the place from which an attribution speaks."""
    return (attribution.source or attribution.cue or attribution.content)[0]


class _Sources:
    def __init__(
        self,
        prose: str,
        sentences: Sequence[Span],
        language: str,
        found: Sequence[FoundAttribution],
        mentions: Sequence[FoundMention],
        outline: Outline,
    ) -> None:
        self.prose, self.language, self.found, self.mentions = prose, language, found, mentions
        self.text = SourceWords(prose, language)
        self.referents = Referents(prose, sentences, language, mentions, outline)
        self.referents.told = merged(span for a in found for span in a.content)
        self.running: FoundAttribution | None = None
        self.done: set[int] = set()
        self.openings: list[FoundAttribution] = []

    def resolve(self, index: int) -> None:
        if index in self.done:
            return
        self.done.add(index)
        one = self.found[index]
        if one.parent is not None:
            self.resolve(one.parent)
        if one.cue and not one.source:
            one.source = source_beside(self.text, self.referents, one)
        elif one.source:
            part_outlet(self.text, self.referents, one)
        if one.source:
            self._read(one, _hull(one.source))
        elif (pronoun := self.text.pronoun_in(one.cue)) is not None:
            self._resume_pronoun(one, pronoun, self.text.pronouns[self.text.words(pronoun)[0]])
        elif self._goes_on(one):
            self._continue(one)
        one.medium_mention = self._medium(one)
        self._judge_anonymity(one)
        self._remember(one)

    def _remember(self, one: FoundAttribution) -> None:
        if one.source_mention is not None:
            group = self.referents.groups[one.source_mention]
            self.referents.spoke.add(group)
            if one.resuming and one.source:
                called = stems_of(self.prose[slice(*_hull(one.source))])
                self.referents.called[group] = self.referents.called.get(group, frozenset()) | called
        if one.parent is None and (one.source_mention is not None or one.source):
            self.running = one

    def _medium(self, one: FoundAttribution) -> int | None:
        """Give the outlet or house named in a medium; a platform ("on Telegram") is none."""
        index = self._inside(one.medium)
        if index is None:
            return None
        name = self.prose[self.mentions[index].start : self.mentions[index].end]
        return None if re.fullmatch(self.text.rules.get("platforms", "(?!)"), fold(name)) else index

    # 1. names in the words ----------------------------------------------------------------------------

    def _read(self, one: FoundAttribution, span: Span) -> None:
        words = self.text.words(span)
        lead = self.text.lead(span)
        inside = self._inside(one.source)
        if words and (pronoun := self.text.whole_pronoun(words)) is not None:
            self._resume_pronoun(one, span, pronoun)
        elif self._is_possessed(words, span) or (inside is not None and self._is_possessor(inside, span)):
            self._resume_possession(one, span)
        elif inside is not None and not self._is_unnamed(lead, span):
            one.source_mention = inside
        elif inside is None and (place := self._place_speaking(span)) is not None:
            one.source_mention = place
        elif inside is None:
            self._resume_noun(one, span, bool(self.text.unnamed.match(lead)))

    def _is_unnamed(self, lead: str, span: Span) -> bool:
        """Tell whether the words name a house but not who speaks from it ("an official at the ministry")."""
        if any(self.mentions[i].kind == "person" for i in self._mentions_in((span,))):
            return False
        return bool(self.text.unnamed.match(lead)) and not roles(self.language, "spokes").match(lead)

    def _is_possessor(self, index: int, span: Span) -> bool:
        """Tell whether a person's name only says whose person speaks ("Orme's wife", "дочь Волошиной")."""
        mention = self.mentions[index]
        if mention.kind != "person":
            return False
        before, after = self.prose[span[0] : mention.start], self.prose[mention.end : span[1]]
        rules = self.text.rules
        if re.match(r"['’]s? \w", after):
            return True
        kin = list(roles(self.language, "kin").finditer(before))
        between = before[kin[-1].end() :] if kin else ""
        return bool(kin) and re.fullmatch(rules["possessor_between"], between) is not None and re.search(
            rules["possessor_name"], self.prose[mention.start : mention.end]
        ) is not None  # fmt: skip

    def _place_speaking(self, span: Span) -> int | None:
        """Give a place that speaks for its government: alone, behind a preposition, or as an owner."""
        inside = [i for i in self._mentions_in((span,)) if self.mentions[i].kind == "place"]
        if len(inside) != 1:
            return None
        mention = self.mentions[inside[0]]
        before, after = self.prose[span[0] : mention.start], self.prose[mention.end : span[1]]
        small = all(fold(word) in small_words(self.language, "before_noun") | small_words(self.language, "before_place")
                    for word in WORD.findall(before))  # fmt: skip
        return inside[0] if small and len(after.split()) <= 2 else None

    def _mentions_in(self, spans: Spans) -> list[int]:
        """List the mentions in spans, those of a relative clause left out."""
        ends = [self._before_relative(span) for span in spans]
        return self.referents.inside(tuple((span[0], end) for span, end in zip(spans, ends, strict=True)))

    def _before_relative(self, span: Span) -> int:
        known = self.text.pronouns
        for match in re.finditer(r",\s(?:\w+\s)?(\w+)", self.prose[span[0] : span[1]]):
            words = match.group().strip(", ").split()
            if any(fold(word) in known and known[fold(word)].use == "relative" for word in words):
                return span[0] + match.start()
        return span[1]

    def _inside(self, spans: Spans) -> int | None:
        """Give the mention inside spans that speaks: a person before the house, a place never."""
        inside = [i for i in self._mentions_in(spans) if self.mentions[i].kind != "place"]
        best = min(
            inside, key=lambda i: (_RANK.get(self.mentions[i].kind, 5), self.mentions[i].start), default=None
        )
        if best is not None and best + 1 in inside and self._stands_beside(best):
            return best + 1
        return best

    def _stands_beside(self, index: int) -> bool:
        """Tell whether a person's name runs into another's: "Представитель Литвака Зоряна Гай" is the second."""
        left, right = self.mentions[index], self.mentions[index + 1]
        return left.kind == right.kind == "person" and not self.prose[left.end : right.start].strip()

    # 2. words that resume -----------------------------------------------------------------------------

    def _wanted(self, one: FoundAttribution, at: int, kinds: tuple[str, ...]) -> Wanted:
        running = self.running.source_mention if self.running is not None else None
        within: Spans = ()
        if one.parent is not None:
            within = self.found[one.parent].content
        return Wanted(at=at, kinds=kinds, running=running, away_from=one.content, within=within)

    def _resume_pronoun(self, one: FoundAttribution, span: Span, pronoun: Pronoun) -> None:
        wanted = self._wanted(one, span[0], pronoun.kinds)
        wanted.gender = pronoun.gender if pronoun.gender != "n" else ""
        plural = pronoun.number == "p" or (not pronoun.number and self._is_plural(one))
        if plural:
            wanted.kinds = tuple(kind for kind in wanted.kinds if kind != "person")
        if pronoun.use == "own":
            one.source_mention = self.found[one.parent].source_mention if one.parent is not None else None
        elif pronoun.use == "relative" and one.parent is None:
            one.source_mention = self.referents.antecedent(wanted)
        elif pronoun.use == "pair":
            one.source_mention = self.referents.nearest(wanted)
        elif self._resumes_unnamed(one, span, wanted.gender, plural):
            one.anonymous = True
        else:
            one.source_mention = self.referents.choose(wanted)
        one.resuming = span

    def _resumes_unnamed(self, one: FoundAttribution, span: Span, gender: str, plural: bool) -> bool:
        """Tell whether the running source is somebody unnamed, and nobody else came up since."""
        running = self.running
        if (
            running is None
            or running.source_mention is not None
            or not running.source
            or one.parent is not None
        ):
            return False
        if self._is_many(running) and not plural:
            return False
        start, end = _hull(running.source)
        far = self.referents.sentence(span[0]) - self.referents.sentence(start) > 3
        shown = gender_of_words(self.prose[start:end], self.language)
        if far or (shown and gender and shown != gender) or end > span[0]:
            return False
        between = [m for m in self.referents.between(end, span[0]) if m.kind == "person"]
        told = [m for m in between if any(a <= m.start < b for a, b in (*running.content, *one.content))]
        return len(between) == len(told)

    def _is_plural(self, one: FoundAttribution) -> bool:
        endings = self.text.rules.get("plural_verbs", [])
        cue = self.prose[slice(*one.cue[0])].split() if one.cue else []
        return bool(endings and cue) and fold(cue[0]).endswith(tuple(endings))

    def _is_many(self, one: FoundAttribution) -> bool:
        """Tell whether several speak: by the verb, or by the noun where the language shows it there."""
        nouns = self.text.rules.get("plural_nouns", "")
        lead = self.text.lead(_hull(one.source)).split() if one.source else []
        return self._is_plural(one) or bool(nouns and lead and re.search(nouns, lead[0], re.IGNORECASE))

    def _is_possessed(self, words: Sequence[str], span: Span) -> bool:
        pronoun = self.text.pronouns.get(words[0]) if len(words) > 1 else None
        return (
            pronoun is not None
            and pronoun.use == "possessive"
            and not any(self.mentions[i].kind == "person" for i in self._mentions_in((span,)))
        )

    def _resume_possession(self, one: FoundAttribution, span: Span) -> None:
        """Resolve "his ministry", "Orme's wife": the house is looked for, the person stays unnamed."""
        words = self.prose[span[0] : span[1]]
        first = self.text.words(span)[0]
        if (house := self.text.house(span)) is not None and house.kinds != RUNNING_ONLY:
            self._resume_house(one, span, house, sure=True)
        elif (roles(self.language, "spokes").search(words) or not self.text.is_person_noun(words)) and (
            first in self.text.pronouns and not roles(self.language, "kin").search(words)
        ):
            self._resume_pronoun(one, span, self.text.pronouns[first])
        else:
            one.anonymous = True

    def _resume_noun(self, one: FoundAttribution, span: Span, unnamed: bool) -> None:
        words = self.prose[span[0] : span[1]]
        definite = self.text.is_definite(span)
        if unnamed:
            if definite and len(words.split()) <= 3 and not self._speaks_of_running_unnamed(words):
                self._resume_person(one, span, sure=True)
            return
        spokes = roles(self.language, "spokes").search(words)
        house = self.text.house(span)
        if definite and self.text.title_of(words) is not None:
            self._resume_person(one, span)
        elif house is not None and house.kinds == RUNNING_ONLY:
            if definite:
                self._continue(one)
        elif spokes and house is None:
            self._resume_house(one, span, None, sure=False)
        elif house is not None:
            self._resume_house(one, span, house, sure=not definite and not spokes)
        elif definite and len(words.split()) <= _LONGEST_DESCRIPTION:
            self._resume_person(one, span)

    def _resume_house(self, one: FoundAttribution, span: Span, house: House | None, sure: bool) -> None:
        kinds = house.kinds if house else ("organisation", "outlet", "group")
        wanted = self._wanted(one, span[0], kinds)
        wanted.names = house.names if house else None
        wanted.kind_cost = 2.5
        wanted.stems = stems_of(self.prose[span[0] : span[1]]) if house else frozenset()
        wanted.sure = sure or house is None
        wanted.must_be_named = bool(house and house.names)
        one.source_mention = self.referents.choose(wanted)
        one.resuming = span

    def _speaks_of_running_unnamed(self, words: str) -> bool:
        """Tell whether a noun repeats that of the unnamed running source ("an official ... the official")."""
        running = self.running
        if running is None or running.source_mention is not None or not running.source:
            return False
        return bool(stems_of(words) & stems_of(self.prose[slice(*_hull(running.source))]))

    def _resume_person(self, one: FoundAttribution, span: Span, sure: bool = False) -> None:
        words = self.prose[span[0] : span[1]]
        if self._is_many(one):
            return
        wanted = self._wanted(one, span[0], ("person",))
        wanted.gender = gender_of_words(words, self.language)
        wanted.stems = stems_of(words)
        general = roles(self.language, "general").search(words) is not None
        opening = span[0] < self.referents.outline.title_end and self.text.is_person_noun(words)
        wanted.must_be_named = not general and (sure or not opening)
        wanted.sure = sure
        wanted.names = self.text.title_of(words)
        if wanted.names is not None:
            wanted.must_be_named, wanted.stems = True, frozenset()
        one.source_mention = self.referents.choose(wanted)
        one.resuming = span if one.source_mention is not None else None

    # 3. no words --------------------------------------------------------------------------------------

    def _goes_on(self, one: FoundAttribution) -> bool:
        """Tell whether a content without source goes on with what the running source said."""
        if one.anonymous:
            return False
        if not one.cue:
            return one.kind in ("free_indirect", "direct", "mixed") or any(
                marker.kind == "subjunctive" for marker in one.markers
            )
        unnamed = self.text.unnamed.match(self.prose[slice(*one.cue[0])])
        return bool(one.medium) and self._inside(one.medium) is None and not unnamed

    def _continue(self, one: FoundAttribution) -> None:
        if one.parent is not None and not one.cue:
            one.source_mention = self.found[one.parent].source_mention
            one.anonymous = self.found[one.parent].anonymous
        elif (subject := self._subject_since(one)) is not None:
            one.source_mention, one.anonymous = subject, False
        elif self.running is not None:
            one.source_mention, one.anonymous = self.running.source_mention, self.running.anonymous
            one.office = self.running.office
        else:
            self.openings.append(one)

    def _subject_since(self, one: FoundAttribution) -> int | None:
        """Give who opened a sentence since the running source spoke: "Feldkamp sees it otherwise. It is ..." """
        if self.running is None or one.cue:
            return None
        running = self.running
        last = max(end for _, end in (*running.content, *running.cue, *running.source))
        return self.referents.subject_between(last, one.content[0][0])

    def settle_openings(self) -> None:
        """Give what stands before any source, a quotation as headline, the source of the words most like it."""
        for one in self.openings:
            stems = stems_of(" ".join(self.prose[a:b] for a, b in one.content))
            alike = [
                (len(stems & stems_of(" ".join(self.prose[a:b] for a, b in other.content))), -index)
                for index, other in enumerate(self.found[:60])
                if other is not one and other.source_mention is not None
            ]
            if alike and max(alike)[0] * 3 >= max(1, len(stems)):
                one.source_mention, one.anonymous = self.found[-max(alike)[1]].source_mention, False

    # 4. anonymity -------------------------------------------------------------------------------------

    def _judge_anonymity(self, one: FoundAttribution) -> None:
        if one.source_mention is not None:
            one.anonymous = False
        elif one.source:
            if self.text.is_office(_hull(one.source)):
                one.office = _hull(one.source)
            one.anonymous = one.office is None
        elif one.cue:
            one.anonymous = one.medium_mention is None


def _hull(spans: Spans) -> Span:
    return spans[0][0], spans[-1][1]
