"""Know the lands that states are called after: countries, and lands no gazetteer has.

A place the gazetteer lacks is a land where a text has an adjective made of its name ("die dravonischen
Behörden", "Telmian", "сарванский"). Lands go by their ISO code, or by the node of their name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from sayso.entities.gazetteer import find_places, is_capital
from sayso.entities.known import find_body, find_peoples, fold_name
from sayso.entities.likeness import Form
from sayso.entities.names import base_forms, fold, same_word, skeletons, word_similarity
from sayso.entities.sightings import Work
from sayso.languages import base_language
from sayso.records import Mention, Report

_ADJECTIVES = {
    "de": (re.compile(r"\b(\w{3,}?)isch(?:e[nrsm]?)?\b"),),
    "en": (re.compile(r"\b(\w{3,}?)(?:ese|ian|ean|an|ish)s?\b"), re.compile(r"\b(\w{4,})i\b")),
    "ru": (re.compile(r"\b(\w{3,}?)(?:ий|ый|й|ьн|н)?ск(?:ий|ая|ое|ие|ого|ой|ую|ому|им|ом|их|ими|ими)\b"),),
}
_LINK = re.compile(r"\s*(?:of|von|in|aus|der|des|the|в|for|für|,)?\s*(?:the|der|des)?\s*")
_POSSESSIVE = re.compile(r"\s*(?:['’]s)?\s*")
_AFTER_BODY = {
    "de": re.compile(r"((?:\w+\s+)?\w+)\s+(?:von\s+)?([A-ZÄÖÜ]\w{3,})"),
    "en": re.compile(r"((?:\w+\s+)?\w+)\s+of\s+([A-Z]\w{3,})"),
    "ru": re.compile(r"((?:\w+\s+)?\w+)\s+([А-ЯЁ]\w{3,})"),
}
_LIKE = 0.8


class Lands:
    """Find the land that words name, in one case."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._stems: dict[str, list[tuple[str, Form]]] = defaultdict(list)
        self._nodes: set[str] = set()
        self._groups: set[str] = set()
        self._places = {
            report.id: [m for m in found.mentions if m.kind == "place" and not m.pronominal]
            for report, found in work.readings
        }
        self._gather()
        self._tell_lands()
        self._count()

    def _gather(self) -> None:
        """List the names no gazetteer has under the skeletons of their stems."""
        seen: set[Form] = set()
        for mention, _, language in self.work.mentions("place"):
            form = (fold_name(mention.text), language)
            group = self.work.entity(self.work.mention_nodes.get(mention.id, ""))
            if form in seen or self.work.sightings[self.work.mention_nodes.get(mention.id, "")].place:
                continue
            if len(form[0].split()) == 1 and len(form[0]) > 3:
                seen.add(form)
                self._groups.add(group)
                for key in skeletons(form[0], language):
                    self._stems[key].append((group, form))

    def _count(self) -> None:
        """Count in each report the lands it names."""
        per_report = {report.id: self._adjectives(report) for report, _ in self.work.readings if self._nodes}
        for report, _ in self.work.readings:
            counts = per_report.get(report.id, Counter())
            for mention in self._places[report.id]:
                group = self.work.entity(self.work.mention_nodes.get(mention.id, ""))
                if group in self._nodes:
                    counts[group] += 2
            self.work.land_counts.setdefault(report.id, Counter()).update(counts)

    def _adjectives(self, report: Report) -> Counter[str]:
        found = self._named_by_adjective(report.text, base_language(report.language))
        return Counter(group for group in found if group in self._nodes)

    def _tell_lands(self) -> None:
        """Tell lands from towns: a state's body is named with a land, as adjective before it or as name after it."""
        told: Counter[str] = Counter()
        for report, _ in self.work.readings if self._stems else ():
            language = base_language(report.language)
            text = fold_text(report.text)
            for pattern in _ADJECTIVES.get(language, ()):
                for match in pattern.finditer(text):
                    group = self._land_of_stem(match[1], language)
                    if group and _begins_with_body(text[match.end() : match.end() + 40], language):
                        told[group] += 1
            for mention in self._places[report.id]:
                before = report.text[max(0, mention.spans[0][0] - 40) : mention.spans[0][0]]
                if _ends_with_body(re.split(r"[.,;:\n]", before)[-1], language):
                    told[self.work.entity(self.work.mention_nodes.get(mention.id, ""))] += 1
            for match in _AFTER_BODY[language].finditer(report.text) if language in _AFTER_BODY else ():
                if _ends_with_body(match[1], language):
                    told.update(self._named_by_name(match[2], language))
        self._nodes = {group for group in told if group in self._groups}

    def _named_by_adjective(self, words: str, language: str) -> list[str]:
        found = []
        for pattern in _ADJECTIVES.get(language, ()) if self._stems else ():
            for match in pattern.finditer(fold_text(words)):
                if group := self._land_of_stem(match[1], language):
                    found.append(group)
        return found

    def _land_of_stem(self, stem: str, language: str) -> str | None:
        for key in sorted(skeletons(stem, "und")):
            for group, (name, own) in self._stems.get(key, ()):
                bare = [form.rstrip("aeiouаеиоуыэюяьй") for form in base_forms(name, own)]
                if any(len(b) > 2 and word_similarity(stem, b) >= _LIKE for b in bare):
                    return group
        return None

    def named(self, words: str, language: str) -> list[str]:
        """Give the lands that words name, by adjective or by name."""
        by_name = [
            place.country
            for word in _capitalised(words)
            for place in find_places(word, language)[:1]
            if place.kind == "country"
        ]
        found = [*find_peoples(words, language), *by_name, *self._named_by_adjective(words, language)]
        return found or self._named_by_name(words, language)

    def _named_by_name(self, words: str, language: str) -> list[str]:
        """Find a name no gazetteer has beside an office: such a place is a land ("Минобороны Тельмии")."""
        for word in _capitalised(words):
            folded = fold(word)
            for key in sorted(skeletons(folded, language)) if len(folded) > 3 and self._stems else ():
                for group, (name, own) in self._stems.get(key, ()):
                    if same_word(folded, name, language, own):
                        return [group]
        return []

    def beside(self, mention: Mention, report: Report) -> str | None:
        """Give the node of the place named right after or before a mention ("ministry of Telmia")."""
        start, end = mention.spans[0][0], mention.spans[-1][1]
        for place in self._places[report.id]:
            at, to = place.spans[0][0], place.spans[-1][1]
            inside = start <= at and to <= end
            after = end <= at <= end + 16 and _LINK.fullmatch(report.text[end:at])
            before = to <= start <= to + 4 and _POSSESSIVE.fullmatch(report.text[to:start])
            if inside or after or before:
                return self.work.mention_nodes.get(place.id)
        return None

    def land_of(self, seen: str) -> tuple[str | None, bool]:
        """Give the land a place's node lies in or is, and whether the place is less than the land."""
        place = self.work.sightings[seen].place
        if place is not None:
            return place.country, place.kind != "country" and not is_capital(place)
        group = self.work.entity(seen)
        return (group, False) if group in self._nodes else (None, True)

    def is_region(self, seen: str | None) -> bool:
        """Tell whether a node is a region of the gazetteer."""
        place = self.work.sightings[seen].place if seen else None
        return place is not None and place.kind == "region"

    def is_land(self, seen: str) -> bool:
        """Tell whether a node is a land no gazetteer has."""
        return self.work.entity(seen) in self._nodes


def _begins_with_body(words: str, language: str) -> bool:
    body = find_body(" ".join(words.split()[:2]), language)
    return body is not None and not body.towns


def _ends_with_body(words: str, language: str) -> bool:
    body = find_body(" ".join(words.split()[-3:]), language)
    return body is not None and not body.towns


def land_name(work: Work, land: str) -> str:
    """Give what a land is called: its ISO code, or the name it has in the case."""
    if not land.startswith("ent-"):
        return land
    names = Counter(
        {
            text: count
            for seen, sighting in work.sightings.items()
            if sighting.kinds["place"] and work.entity(seen) == land
            for (text, _), count in sighting.names.items()
        }
    )
    return min(names, key=lambda name: (-names[name], name)) if names else land


def fold_text(text: str) -> str:
    """Fold a whole text: like `fold`, but however long it is."""
    return " ".join(fold(line) for line in text.split("\n")) if len(text) > 300 else fold(text)


def _capitalised(words: str) -> list[str]:
    return [word.strip('.,;:()«»„“"') for word in words.split() if word[:1].isupper()][:12]
