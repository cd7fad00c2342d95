"""Find what is said to have happened: typed events with participants, place, time, figures and modality.

Steps, each on one sentence:
1. match triggers - verbs, nouns, light verbs - of the language's lexicon, the longest first;
2. tell voice and participants from the clause (`event_clauses`); carry an actor over coordinated verbs;
3. give each trigger the nearest place and time of its clause, else of its sentence, else the running one;
4. give figures to the event that counts them;
5. read modality and polarity from the clause and from the attribution the event stands in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sayso.annotations.event_clauses import (
    Candidate,
    Roles,
    find_roles,
    is_passive,
    segments,
)
from sayso.annotations.event_rules import Trigger, event_types, load_event_rules
from sayso.annotations.event_story import FoundEvent, Story
from sayso.languages.lexicon import Match, Words, split_words
from sayso.records import Modality, Polarity, Span

__all__ = ["FoundEvent", "find_events"]

_BATTLES = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "CASUALTY"})

FATES = {
    "killed": (("CASUALTY", "killed"), ("ASSAULT", None), ("DISASTER", None)),
    "injured": (("CASUALTY", "injured"), ("ASSAULT", None), ("DISASTER", None), ("PROTEST", "riot")),
    "missing": (("CASUALTY", "missing"), ("DISASTER", None)),
    "detained": (("COERCE", "arrest"),),
    "displaced": (("DISPLACE", None),),
    "participants": (("PROTEST", None), ("MOBILIZE", None), ("RETREAT", "withdraw"), ("ASSAULT", None)),
}
"""Which events count which fate, the likeliest first."""


def find_events(  # noqa: PLR0913, PLR0917 - the annotations so far, one list a kind
    prose: str,
    sentences: Sequence[Span],
    language: str,
    mentions: Sequence[Any] = (),
    timexes: Sequence[Any] = (),
    attributions: Sequence[Any] = (),
    quantities: Sequence[Any] = (),
    introduced_by: Mapping[int, int] | None = None,
) -> list[FoundEvent]:
    """Find every event told in prose, in order.

    Mentions need `start`, `end`, `kind`; timexes `start`, `end`, `type`; attributions `content` (spans)
    and, where known, `polarity`, `medium`, `cue`; quantities `start`, `end`, `what`. `introduced_by` maps
    the sentence that begins a list item to the sentence that introduces the list, whose actor, place and
    time it takes over. Linear in the prose's length.
    """
    story = Story(load_event_rules(language), mentions, timexes, attributions, quantities)
    introduced = introduced_by or {}
    for number, (start, end) in enumerate(sentences):
        _Sentence(story, split_words(prose, start, end), number, introduced.get(number)).read()
    return story.events


class _Sentence:
    """Read the events of one sentence."""

    def __init__(self, story: Story, words: Words, number: int, introduction: int | None) -> None:
        self.story = story
        self.rules = story.rules
        self.words = words
        self.number = number
        self.begin, self.end = (words.starts[0], words.ends[-1]) if len(words) else (0, 0)
        self.clause = segments(words, self.rules.grammar)
        self.mentions = story.within("mentions", self.begin, self.end)
        self.timexes = story.within("timexes", self.begin, self.end)
        self.quantities = story.within("quantities", self.begin, self.end)
        self.speaking = story.speaking(self.begin, self.end)
        self.candidates = self._candidates()
        self.introduction = story.last_of.get(introduction) if introduction is not None else None

    def read(self) -> None:
        """Find the sentence's events and hand them to the story."""
        found: list[tuple[Match[Trigger], FoundEvent]] = []
        self.triggers = self._triggers()
        for match in self.triggers:
            earlier = found[-1][1] if found else self.introduction
            found.append((match, self._event(match, earlier)))
        self._run_on()
        shares = self._share_quantities([match for match, _ in found])
        events = [
            msgspec.structs.replace(event, quantities=tuple(shares.get(index, ())))
            for index, (_, event) in enumerate(found)
        ]
        self.story.events += events
        if events:
            self.story.last_of[self.number] = events[-1]

    def _triggers(self) -> list[Match[Trigger]]:
        taken: set[int] = set()
        kept: list[Match[Trigger]] = []
        hits = [hit for at in range(len(self.words)) for hit in self._hits_at(at)[:1]]
        if hits and self._is_elsewhere():
            hits = [hit for hit in hits if hit.value.type not in _BATTLES]
        for hit in sorted(hits, key=lambda hit: (-len(hit.words), -hit.length, hit.first)):
            if taken.isdisjoint(hit.words) and not self._is_name(hit):
                kept.append(hit)
                taken.update(hit.words)
        return sorted(kept, key=lambda hit: hit.first)

    def _is_elsewhere(self) -> bool:
        """Say whether a sentence tells of a game or a market, and of nobody harmed."""
        harmed = any(
            self.story.quantities[at].what in ("killed", "injured", "detained") for at in self.quantities
        )
        return not harmed and self.rules.elsewhere.holds(self.words, 0, len(self.words))

    def _hits_at(self, at: int) -> list[Match[Trigger]]:
        """List the triggers at a word; in a language that writes nouns large, a small word is no noun."""
        hits = self.rules.triggers.at(self.words, at)
        if not self.rules.nouns_are_capital or self.words.capital[at]:
            return hits
        return [hit for hit in hits if not hit.value.nominal or len(hit.words) > 1]

    def _is_name(self, hit: Match[Trigger]) -> bool:
        start, end = self.words.at(hit.first, hit.first)
        return (
            any(
                self.story.mentions[index].start <= start and end <= self.story.mentions[index].end
                for index in self.mentions
                if self.story.mentions[index].kind in ("person", "organisation", "outlet", "product")
            )
            or self._is_medium(start)
            or any(
                self.story.timexes[index].start <= start < self.story.timexes[index].end
                for index in self.timexes
            )
        )

    def _is_medium(self, start: int) -> bool:
        return any(
            left <= start < right
            for index in self.speaking
            for left, right in getattr(self.story.attributions[index], "medium", None) or ()
        )

    def _candidates(self) -> list[Candidate]:
        found = [self._candidate_of(index) for index in self.mentions]
        named = [one for one in found if one is not None]
        covered = {at for one in named for at in range(one.first, one.last + 1)}
        for match in self.rules.actors.find(self.words):
            if covered.isdisjoint(match.words):
                named.append(Candidate(match.first, match.last, match.value))
        return sorted(named, key=lambda one: one.first)

    def _candidate_of(self, index: int) -> Candidate | None:
        mention = self.story.mentions[index]
        first = bisect_right(self.words.ends, mention.start)
        last = bisect_left(self.words.starts, mention.end) - 1
        return Candidate(first, last, mention.kind, index) if first <= last else None

    def _event(self, match: Match[Trigger], earlier: FoundEvent | None) -> FoundEvent:
        trigger = match.value
        voice = self._voice(match)
        grammar = self.rules.grammar
        roles = find_roles(self.words, match.words, self.clause, self.candidates, grammar, voice=voice)
        attribution = self._attribution(self.words.starts[match.first])
        place = self._place(match)
        event = FoundEvent(
            type=trigger.type,
            mode=trigger.mode,
            contexts=_contexts(trigger),
            trigger=tuple(_joined([self.words.at(at, at) for at in match.words])),
            place=self._mention_span(place),
            place_mention=place,
            time=self._time(match, attribution),
            attribution=attribution,
            polarity=self._polarity(match, attribution),
            modality=self._modality(match),
            score=_score(match, roles),
            **self._filled(roles),
        )
        return self._carry_actor(event, match, voice, earlier)

    def _filled(self, roles: Roles) -> dict[str, Any]:
        filled: dict[str, Any] = {}
        for name, one in (("actor", roles.actor), ("recipient", roles.recipient)):
            if one is not None:
                filled[name] = self.words.at(one.first, one.last)
                filled[f"{name}_mention"] = one.mention
        return filled

    def _carry_actor(
        self, event: FoundEvent, match: Match[Trigger], voice: str, earlier: FoundEvent | None
    ) -> FoundEvent:
        if event.actor is not None or voice != "active" or earlier is None or earlier.actor is None:
            return event
        return msgspec.structs.replace(event, actor=earlier.actor, actor_mention=earlier.actor_mention)

    def _voice(self, match: Match[Trigger]) -> str:
        if self._is_noun(match):
            return "nominal"
        if match.value.suffers:
            return "suffer"
        return "passive" if is_passive(self.words, match.words, self.clause, self.rules.grammar) else "active"

    def _is_noun(self, match: Match[Trigger]) -> bool:
        if len(match.words) > 1 and not match.value.nominal:
            return False
        if match.value.nominal:
            return True
        return self.rules.nouns_are_capital and self.words.capital[match.first] and match.first > 0

    def _attribution(self, offset: int) -> int | None:
        """Give the innermost attribution in whose content a letter stands."""
        holding = [
            index
            for index in self.speaking
            if any(left <= offset < right for left, right in self.story.attributions[index].content)
        ]
        return min(
            holding, key=lambda index: (_size(self.story.attributions[index].content), index), default=None
        )

    def _place(self, match: Match[Trigger]) -> int | None:
        """Give the place of the clause, else of the sentence, else the place the text runs on."""
        places = [one for one in self.candidates if one.kind == "place" and one.mention is not None]
        if not places:
            return self.story.place if self.introduction is None else self.introduction.place_mention
        home = self.clause[match.first]
        best = min(
            places, key=lambda one: (self.clause[one.first] != home, abs(one.first - match.first), one.first)
        )
        return best.mention

    def _time(self, match: Match[Trigger], attribution: int | None) -> int | None:
        """Give the timex of the clause, else of the sentence, else the time the text runs on."""
        usable = [index for index in self.timexes if self._dates(index, attribution)]
        if not usable:
            return self.story.time if self.introduction is None else self.introduction.time
        at = self.words.starts[match.first]
        home = self.clause[match.first]
        return min(
            usable,
            key=lambda index: (self._clause_at(index) != home, abs(self.story.timexes[index].start - at)),
        )

    def _dates(self, index: int, attribution: int | None) -> bool:
        timex = self.story.timexes[index]
        if timex.type not in ("DATE", "TIME") or getattr(timex, "earliest", "") is None:
            return False
        if attribution is None:
            return not any(
                left <= timex.start < right
                for near in self.speaking
                for left, right in self.story.attributions[near].content
            )
        content = self.story.attributions[attribution].content
        return any(left <= timex.start < right for left, right in content)

    def _clause_at(self, index: int) -> int:
        start = self.story.timexes[index].start
        return self.clause[min(bisect_right(self.words.ends, start), len(self.words) - 1)]

    def _run_on(self) -> None:
        """Let the text run on from this sentence's place and time."""
        places = [index for index in self.mentions if self.story.mentions[index].kind == "place"]
        if places:
            self.story.place = places[0]
        times = [index for index in self.timexes if self._dates(index, None)]
        if times:
            self.story.time = times[-1]

    def _polarity(self, match: Match[Trigger], attribution: int | None) -> Polarity:
        home = self.clause[match.first]
        begin = max(0, match.first - self.rules.negation_reach)
        end = match.first + 1 if not self.rules.grammar.free_order else match.last + 1
        own = any(
            self.clause[hit.first] == home
            and hit.first not in match.words
            and not self._between(hit.last, match)
            for hit in self.rules.negation.find(self.words, begin, min(end, len(self.words)))
        )
        denied = attribution is not None and (
            getattr(self.story.attributions[attribution], "polarity", "positive") == "negative"
        )
        return "negative" if own != denied else "positive"

    def _says(self, attribution: int | None, word: int) -> bool:
        """Say whether a word stands in an attribution's content, not in the words that attribute it."""
        if attribution is None:
            return True
        start = self.words.starts[word]
        return any(left <= start < right for left, right in self.story.attributions[attribution].content)

    def _between(self, negation: int, match: Match[Trigger]) -> bool:
        """Say whether another trigger stands between a negation and this one: then it negates that."""
        return any(negation < other.first < match.first for other in self.triggers)

    def _modality(self, match: Match[Trigger]) -> Modality:
        homes = self._governing(match)
        begin, end = max(0, match.first - 10), min(len(self.words), match.last + 3)
        kinds = {
            hit.value
            for hit in self.rules.modality.find(self.words, begin, end)
            if self.clause[hit.first] in homes
            and not set(hit.words) & set(match.words)
            and (hit.first < match.first or self.rules.grammar.free_order)
        }
        for kind in ("attempted", "possible", "planned"):
            if kind in kinds:
                return kind
        return "actual"

    def _governing(self, match: Match[Trigger]) -> set[int]:
        """Give the clause of a trigger, and the one before it where it hangs on that ("versuchte, zu")."""
        home = self.clause[match.first]
        near = range(max(0, match.first - 2), match.first)
        hangs = any(self.words.forms[at] in self.rules.infinitive for at in near)
        return {home, home - 1} if hangs else {home}

    def _mention_span(self, index: int | None) -> Span | None:
        return None if index is None else (self.story.mentions[index].start, self.story.mentions[index].end)

    def _share_quantities(self, matches: Sequence[Match[Trigger]]) -> dict[int, list[int]]:
        """Give every figure to the event that counts it: the fitting type, then the nearest."""
        shares: dict[int, list[int]] = {}
        for index in self.quantities:
            best = min(range(len(matches)), key=lambda at: self._fit(matches[at], index), default=None)
            if best is not None and self._fit(matches[best], index)[0] < 9:
                shares.setdefault(best, []).append(index)
        return shares

    def _fit(self, match: Match[Trigger], index: int) -> tuple[int, int]:
        quantity = self.story.quantities[index]
        wanted = FATES.get(quantity.what)
        far = abs(self.words.starts[match.first] - quantity.start)
        if wanted is None:
            return 1 if match.value.type != "CASUALTY" else 2, far
        for rank, (kind, mode) in enumerate(wanted):
            if match.value.type == kind and mode in (None, match.value.mode):
                return rank, far
        return 9, far


def _contexts(trigger: Trigger) -> tuple[str, ...]:
    contexts = event_types().get(trigger.type, {}).get("contexts", {})
    return tuple(contexts.get(trigger.mode or "", contexts.get("*", ())))


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _size(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _score(match: Match[Trigger], roles: Roles) -> float:
    """Score a trigger: several words tell more than one, a verb more than a noun, filled roles help."""
    base = 0.85 if len(match.words) > 1 else 0.7 if match.value.nominal else 0.8
    return round(base + 0.05 * (roles.actor is not None) + 0.05 * (roles.recipient is not None), 2)
