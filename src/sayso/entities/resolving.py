"""Resolve mentions, sources and outlets of all reports to entities.

1. Outlets: every report's outlet, by name and by domain; then the outlets named in texts.
2. Places: against the gazetteer, in view of the other places of the report.
3. State bodies and international organisations: by what they are called, with the report's country.
4. Persons: a surname alone is the full name of its report; full names meet across reports by sound.
5. Everything else: by name, all words agreeing by sound.
6. Sources and media of attributions: by the mention in their words, else by the body those words name.
7. Judgements: "same" joins two entities, whatever the program thinks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from sayso.entities.clusters import Form, Union, cluster_names, cluster_persons, given_and_surname
from sayso.entities.gazetteer import Place, choose_places
from sayso.entities.known import (
    StateBody,
    domain_of,
    find_body,
    find_organisation,
    find_outlet,
    find_peoples,
    fold_name,
)
from sayso.entities.names import fold, same_word
from sayso.entities.voices import voice_of
from sayso.languages import base_language
from sayso.records import Alias, Annotations, Attribution, Entity, Judgement, Mention, Report, identify

Key = tuple[str, ...]
"""What makes an entity the one it is: its kind and canonical content."""

Reading = tuple[Report, Annotations]


class Resolution(msgspec.Struct, kw_only=True):
    """Hold who is who: the entities of a case, and the entity of each mention, source, medium and outlet."""

    entities: list[Entity]
    mention_entities: dict[str, str]
    source_entities: dict[str, str]
    medium_entities: dict[str, str]
    outlet_of_report: dict[str, str]
    outlet_of_domain: dict[str, str]


class _Sighting(msgspec.Struct):
    """Hold what was seen of one entity while reading."""

    names: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    roles: Counter[str] = msgspec.field(default_factory=Counter)
    domains: set[str] = msgspec.field(default_factory=set)
    countries: Counter[str] = msgspec.field(default_factory=Counter)
    place: Place | None = None
    body: StateBody | None = None


class _Resolver:
    """Carry one resolution through its steps."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = sorted(readings, key=lambda reading: reading[0].id)
        self.sightings: dict[Key, _Sighting] = defaultdict(_Sighting)
        self.mention_keys: dict[str, Key] = {}
        self.outlet_keys: dict[str, Key] = {}
        self.domain_keys: dict[str, Key] = {}
        self.countries: dict[str, list[str]] = {}
        self.source_keys: dict[str, Key] = {}
        self.medium_keys: dict[str, Key] = {}

    # 1. outlets ---------------------------------------------------------------------------------------

    def resolve_outlets(self) -> None:
        named: dict[Form, list[Report]] = defaultdict(list)
        domain_names: dict[str, Counter[Form]] = defaultdict(Counter)
        for report, _ in self.readings:
            form = (fold_name(report.outlet or domain_of(report.url) or ""), base_language(report.language))
            if form[0]:
                named[form].append(report)
                if domain := domain_of(report.url):
                    domain_names[domain][form] += 1
        group = cluster_names(named)
        for domain, forms in sorted(domain_names.items()):  # one domain is one outlet
            first = min(group[form] for form in forms)
            for form in forms:
                group[form] = first
            self.domain_keys[domain] = self._outlet_key(first, domain)
        for form, reports in named.items():
            for report in reports:
                self._see_outlet(report, group[form])

    def _outlet_key(self, form: Form, domain: str | None) -> Key:
        known = find_outlet(form[0]) or (find_outlet(domain) if domain else None)
        return ("outlet", known.key if known else form[0])

    def _see_outlet(self, report: Report, form: Form) -> None:
        domain = domain_of(report.url)
        key = self._outlet_key(form, domain)
        self.outlet_keys[report.id] = key
        sighting = self.sightings[key]
        sighting.names[(report.outlet or domain or "", report.language)] += 1
        if domain:
            sighting.domains.add(domain)

    # 2.-3. places, bodies, organisations --------------------------------------------------------------

    def resolve_places(self) -> None:
        for report, annotations in self.readings:
            language = base_language(report.language)
            places = [m for m in annotations.mentions if m.kind == "place" and not m.pronominal]
            peoples = Counter(find_peoples(report.text, language))
            first_guess = choose_places([(m.text, language) for m in places], [])
            for place in first_guess:
                if place is not None and place.kind == "country":
                    peoples[place.country] += 2
            countries = [code for code, _ in sorted(peoples.items(), key=lambda item: (-item[1], item[0]))]
            chosen = choose_places([(m.text, language) for m in places], countries)
            for place in chosen:
                if place is not None and place.kind != "country":
                    peoples[place.country] += 1
            self.countries[report.id] = [c for c, _ in sorted(peoples.items(), key=lambda i: (-i[1], i[0]))]
            for mention, place in zip(places, chosen, strict=True):
                self._see_place(mention, place, language)

    def _see_place(self, mention: Mention, place: Place | None, language: str) -> None:
        if place is None:
            return  # a name the gazetteer lacks is resolved among the other names
        key: Key = ("place", str(place.geonames or place.name))
        self.mention_keys[mention.id] = key
        self.sightings[key].place = place
        self.sightings[key].names[(mention.text, language)] += 1

    def resolve_known(self) -> None:
        for report, annotations in self.readings:
            language = base_language(report.language)
            for mention in annotations.mentions:
                if mention.kind not in ("organisation", "outlet", "group") or mention.pronominal:
                    continue
                if key := self._known_key(mention.text, report, language, _around(report.text, mention)):
                    self._see(mention, key, language)

    def _known_key(self, name: str, report: Report, language: str, around: str = "") -> Key | None:
        if own := self._own_outlet(name, language):
            return own
        if outlet := find_outlet(name):
            return ("outlet", outlet.key)
        if organisation := find_organisation(name):
            return ("organisation", organisation[0])
        if body := find_body(name, language):
            return self._body_key(body, f"{name} {around}", report, language)
        return None

    def _own_outlet(self, name: str, language: str) -> Key | None:
        """Find an outlet whose reports are in the case by its name, in any script."""
        wanted = fold_name(name).split()
        for key in sorted(set(self.outlet_keys.values())):
            words = key[1].split()
            if len(words) == len(wanted) and all(
                same_word(a, b, language, "und") for a, b in zip(wanted, words, strict=True)
            ):
                return key
        return None

    def _body_key(self, body: StateBody, words: str, report: Report, language: str) -> Key:
        own = find_peoples(words, language)
        inside = [
            p.country
            for p in choose_places([(w, language) for w in _capitalised(words)])
            if p and p.kind == "country"
        ]
        country = (own + inside + self.countries.get(report.id, []) + ["?"])[0]
        key: Key = ("organisation", f"{body.key}:{country}")
        self.sightings[key].body = body
        self.sightings[key].countries[country] += 1
        return key

    def _see(self, mention: Mention, key: Key, language: str) -> None:
        self.mention_keys[mention.id] = key
        self.sightings[key].names[(mention.text, language)] += 1

    # 4.-5. persons and other names --------------------------------------------------------------------

    def resolve_persons(self) -> None:
        full_of: dict[str, Form] = {}
        alone: list[tuple[Mention, Report, str]] = []
        for report, annotations in self.readings:
            language = base_language(report.language)
            persons = [m for m in annotations.mentions if m.kind == "person" and not m.pronominal]
            forms = [(fold(m.text), language) for m in persons if len(fold(m.text).split()) > 1]
            for mention in persons:
                folded = fold(mention.text)
                if len(folded.split()) > 1:
                    full_of[mention.id] = (folded, language)
                elif meant := _bearer(folded, language, forms):
                    full_of[mention.id] = meant
                elif folded:
                    alone.append((mention, report, language))
        group = cluster_persons(full_of.values())
        for report, annotations in self.readings:
            for mention in annotations.mentions:
                if mention.id in full_of:
                    self._see_person(mention, group[full_of[mention.id]], report)
        self._resolve_alone(alone, sorted(set(group.values())))

    def _see_person(self, mention: Mention, form: Form, report: Report) -> None:
        key: Key = ("person", form[0])
        self._see(mention, key, base_language(report.language))
        if mention.role:
            self.sightings[key].roles[mention.role.text] += 1
        self.sightings[key].countries.update(self._countries_of_role(mention, report))

    def _countries_of_role(self, mention: Mention, report: Report) -> list[str]:
        named = find_peoples(mention.role.text, base_language(report.language)) if mention.role else []
        return named or self.countries.get(report.id, [])[:1]

    def _resolve_alone(self, alone: list[tuple[Mention, Report, str]], known: list[Form]) -> None:
        """Give a surname that stands alone in its report to the one full name of the case that bears it."""
        by_word = cluster_names((fold(m.text), language) for m, _, language in alone)
        for mention, report, language in alone:
            folded = fold(mention.text)
            bearers = [
                form for form in known if same_word(folded, given_and_surname(form[0])[1], language, form[1])
            ]
            form = bearers[0] if len(bearers) == 1 else by_word[folded, language]
            self._see_person(mention, form, report)

    def resolve_names(self) -> None:
        rest: dict[str, dict[str, Form]] = defaultdict(dict)
        for report, annotations in self.readings:
            for mention in annotations.mentions:
                if mention.id in self.mention_keys or mention.pronominal or not fold(mention.text):
                    continue
                rest[mention.kind][mention.id] = (fold_name(mention.text), base_language(report.language))
        for kind, forms in sorted(rest.items()):
            group = cluster_names(forms.values())
            for report, annotations in self.readings:
                for mention in annotations.mentions:
                    if mention.id in forms and mention.kind == kind:
                        self._see(
                            mention, (kind, group[forms[mention.id]][0]), base_language(report.language)
                        )

    def resolve_pronominal(self) -> None:
        for _, annotations in self.readings:
            for mention in annotations.mentions:
                if mention.pronominal and mention.entity in self.mention_keys:
                    self.mention_keys[mention.id] = self.mention_keys[mention.entity]

    # 6. sources and media -----------------------------------------------------------------------------

    def resolve_sources(self) -> None:
        for report, annotations in self.readings:
            for attribution in annotations.attributions:
                if key := self._key_of_part(
                    attribution.source, attribution.source_entity, report, annotations
                ):
                    self.source_keys[attribution.id] = key
                    self._note_role(attribution, key)
                if key := self._key_of_part(
                    attribution.medium, attribution.medium_entity, report, annotations
                ):
                    self.medium_keys[attribution.id] = key

    def _note_role(self, attribution: Attribution, key: Key) -> None:
        if key[0] == "person" and attribution.source and len(attribution.source.text) < 200:
            self.sightings[key].roles[attribution.source.text] += 0

    def _key_of_part(self, part, hint: str | None, report: Report, annotations: Annotations) -> Key | None:  # type: ignore[no-untyped-def]
        if hint in self.mention_keys:
            return self.mention_keys[hint]
        if part is None:
            return None
        language = base_language(report.language)
        inside = [m for m in annotations.mentions if m.id in self.mention_keys and _within(m, part.spans)]
        best = min(inside, key=lambda m: (_RANK.get(m.kind, 9), m.spans[0][0], m.id), default=None)
        if best is not None and best.kind != "place":
            return self.mention_keys[best.id]
        if (key := self._holder(part.text, annotations, language)) is not None:
            return key
        if (key := self._known_key(part.text, report, language)) is not None:
            self.sightings[key].names[(" ".join(part.text.split()), language)] += 0
            return key
        return self.mention_keys[best.id] if best is not None else None

    def _holder(self, words: str, annotations: Annotations, language: str) -> Key | None:
        """Give the one person of the report who holds the office that words name ("глава государства")."""
        body = find_body(words, language)
        if body is None or not body.person:
            return None
        holders = {
            self.mention_keys[mention.id]
            for mention in annotations.mentions
            if mention.role
            and mention.id in self.mention_keys
            and find_body(mention.role.text, language) == body
        }
        return holders.pop() if len(holders) == 1 else None


_RANK = {"person": 0, "outlet": 1, "organisation": 2, "group": 3, "product": 5, "event_name": 6, "place": 8}
"""Which mention inside a source speaks: a person before the house they speak for, a place last."""


def resolve(readings: Sequence[Reading], judgements: Sequence[Judgement] = ()) -> Resolution:
    """Resolve all mentions, sources, media and outlets of a case; the order of readings does not matter."""
    work = _Resolver(readings)
    work.resolve_outlets()
    work.resolve_places()
    work.resolve_known()
    work.resolve_persons()
    work.resolve_names()
    work.resolve_pronominal()
    work.resolve_sources()
    ids = _join_judged({key: _entity_id(key) for key in _all_keys(work)}, judgements)
    return Resolution(
        entities=_make_entities(work, ids, judgements),
        mention_entities={mention: ids[key] for mention, key in work.mention_keys.items()},
        source_entities={attribution: ids[key] for attribution, key in work.source_keys.items()},
        medium_entities={attribution: ids[key] for attribution, key in work.medium_keys.items()},
        outlet_of_report={report: ids[key] for report, key in work.outlet_keys.items()},
        outlet_of_domain={domain: ids[key] for domain, key in work.domain_keys.items()},
    )


def _all_keys(work: _Resolver) -> set[Key]:
    keys: set[Key] = set(work.sightings)
    for table in (work.mention_keys, work.outlet_keys, work.domain_keys, work.source_keys, work.medium_keys):
        keys.update(table.values())
    return keys


def _entity_id(key: Key) -> str:
    return identify("ent", *key)


def _join_judged(ids: dict[Key, str], judgements: Sequence[Judgement]) -> dict[Key, str]:
    union = Union()
    for judgement in sorted(judgements, key=lambda j: (j.created, j.id)):
        if judgement.verdict == "same" and judgement.other and judgement.target.startswith("ent-"):
            union.join(judgement.target, judgement.other)
    return {key: str(union.find(entity)) for key, entity in ids.items()}


def _make_entities(work: _Resolver, ids: dict[Key, str], judgements: Sequence[Judgement]) -> list[Entity]:
    keys_of: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(ids):
        keys_of[ids[key]].append(key)
    rated = {j.target: j.after for j in sorted(judgements, key=lambda j: j.created) if j.verdict == "rate"}
    return [_make_entity(entity, keys, work, rated.get(entity)) for entity, keys in sorted(keys_of.items())]


def _make_entity(entity: str, keys: list[Key], work: _Resolver, reliability: str | None) -> Entity:
    seen = _Sighting()
    for key in keys:
        one = work.sightings.get(key, _Sighting())
        seen.names.update(one.names)
        for name in one.names:
            seen.names[name] += 0
        seen.roles.update(one.roles)
        for role in one.roles:
            seen.roles[role] += 0
        seen.domains |= one.domains
        seen.countries.update(one.countries)
        seen.place, seen.body = seen.place or one.place, seen.body or one.body
    kind = keys[0][0]
    country = _country(seen, keys)
    voice, why = voice_of(kind, seen.body, list(seen.roles), country, seen.place)
    return Entity(
        id=entity, kind=kind, name=_display_name(seen, keys), aliases=_aliases(seen.names),  # type: ignore[arg-type]
        roles=tuple(role for role, _ in sorted(seen.roles.items(), key=lambda i: (-i[1], i[0]))[:8]),
        country=country, voice=voice, voice_why=why,
        lat=round(seen.place.lat, 4) if seen.place else None, lon=round(seen.place.lon, 4) if seen.place else None,
        admin1=seen.place.admin1 or None if seen.place else None,
        geonames=seen.place.geonames or None if seen.place else None,
        domains=tuple(sorted(seen.domains)), reliability=reliability,  # type: ignore[arg-type]
    )  # fmt: skip


def _country(seen: _Sighting, keys: list[Key]) -> str | None:
    if seen.place:
        return seen.place.country
    if keys[0][0] == "outlet":
        known = find_outlet(keys[0][1])
        return known.country if known else None
    ranked = sorted(((-n, code) for code, n in seen.countries.items() if code != "?"))
    return ranked[0][1] if ranked else None


def _display_name(seen: _Sighting, keys: list[Key]) -> str:
    if seen.place:
        return seen.place.name
    if seen.body:
        code = keys[0][1].rpartition(":")[2]
        return f"{seen.body.name} ({code})" if code != "?" else seen.body.name
    if keys[0][0] == "organisation" and (known := find_organisation(keys[0][1])):
        return known[1]
    if keys[0][0] == "outlet" and (outlet := find_outlet(keys[0][1])):
        return outlet.name
    longest = sorted(seen.names.items(), key=lambda i: (-min(len(i[0][0].split()), 3), -i[1], i[0]))
    return longest[0][0][0] if longest else keys[0][1]


def _aliases(names: Counter[tuple[str, str]]) -> tuple[Alias, ...]:
    ordered = sorted(names.items(), key=lambda i: (-i[1], i[0]))
    return tuple(
        Alias(text=text, language=language, count=count) for (text, language), count in ordered if text
    )


def _bearer(surname: str, language: str, forms: list[Form]) -> Form | None:
    """Give the full name of the same report that a single name stands for: the last one to bear it as surname."""
    by_surname = [
        form for form in forms if same_word(surname, given_and_surname(form[0])[1], language, form[1])
    ]
    by_given = [form for form in forms if same_word(surname, form[0].split()[0], language, form[1])]
    for found in (by_surname, by_given):
        if found:
            return found[0]
    return None


def _around(text: str, mention: Mention) -> str:
    """Give the words just before a mention: where an adjective or an article would stand."""
    start = mention.spans[0][0]
    return text[max(0, start - 24) : start].rsplit("\n", maxsplit=1)[-1].rpartition(".")[2]


def _capitalised(words: str) -> Iterator[str]:
    return (word.strip('.,;:()«»„“"') for word in words.split() if word[:1].isupper())


def _within(mention: Mention, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= mention.spans[0][0] and mention.spans[-1][1] <= end for start, end in spans)
