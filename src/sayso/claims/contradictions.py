"""Find accounts that cannot all be true, field by field. No verdict: positions, and who holds them.

- figures: claims that count the same people at the same place with unlike figures. A toll that only grows
  from day to day is `evolving`; two figures of one day, or one that falls, contradict;
- polarity and retraction: one claim told and denied, or taken back;
- dates, places, actors: within one claim, explicit and unlike;
- characterisation: the same crowd called by hostile and by benign names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

import msgspec

from sayso.accounts import Telling
from sayso.claims.features import Comparer, days_between, same_figure
from sayso.claims.matching import Matcher
from sayso.languages import load_rules
from sayso.languages.lexicon import Lexicon, split_words
from sayso.records import Contradiction, Position, Quantity, identify

SURE = 0.7
"""How far above the threshold a telling and its denial must match to contradict each other."""


class Grouped(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a claim on its way: its tellings, and the origin of each."""

    id: str
    tellings: tuple[Telling, ...]
    origin_of: Mapping[str, str]
    central: Telling
    """The telling that stands for the claim: the one most like the others."""


def find_contradictions(claims: Sequence[Grouped], matcher: Matcher) -> list[Contradiction]:
    """Find the contradictions among and within claims, by id."""
    comparer = matcher.comparer
    found = [*_figures(claims, comparer)]
    for claim in claims:
        found += _within(claim, matcher)
    found += _characterisations(claims, comparer)
    return sorted({row.id: row for row in found}.values(), key=lambda row: row.id)


def _figures(claims: Sequence[Grouped], comparer: Comparer) -> list[Contradiction]:
    topics: dict[tuple[str, str], list[Grouped]] = defaultdict(list)
    for claim in claims:
        one = claim.central
        if one.kind == "quantity" and one.counted:
            topics[(one.counted, one.whom or "")].append(claim)
    found: list[Contradiction] = []
    for (counted, _), members in sorted(topics.items()):
        for topic in _topics(members, comparer):
            made = _figure_contradiction(counted, topic)
            found += [made] if made else []
    return found


def _topics(claims: Sequence[Grouped], comparer: Comparer) -> list[list[Grouped]]:
    """Part the claims that count one thing by place and time, each claim in one topic."""
    topics: list[list[Grouped]] = []
    ordered = sorted(claims, key=lambda claim: (claim.central.published or "9", claim.id))
    for claim in ordered:
        home = next((topic for topic in reversed(topics[-50:]) if _same_topic(topic, claim, comparer)), None)
        if home is None:
            topics.append([claim])
        else:
            home.append(claim)
    return topics


def _same_topic(topic: Sequence[Grouped], claim: Grouped, comparer: Comparer) -> bool:
    places = {_place(member) for member in topic} - {None}
    place = _place(claim)
    if places and place and place not in places:
        return False
    return all(not _part_of(member, claim) for member in topic) and any(
        _days_apart(member, claim) <= 30 for member in topic
    )


def _place(claim: Grouped) -> str | None:
    """Give the place most tellings name, those that name it in their own sentence first."""
    count: dict[str, int] = defaultdict(int)
    for one in claim.tellings:
        if one.place:
            count[one.place] += 3 if one.place_here else 1
    return max(sorted(count), key=lambda place: count[place], default=None)


def _part_of(left: Grouped, right: Grouped) -> bool:
    """Say whether one figure is told beside the other in one sentence: then it is a part of it."""
    here = {(one.report, one.sentence) for one in left.tellings}
    return any((one.report, one.sentence) in here for one in right.tellings)


def _days_apart(left: Grouped, right: Grouped) -> int:
    days = days_between(
        left.central.said or left.central.published, right.central.said or right.central.published
    )
    return 0 if days is None else days


def _figure_contradiction(counted: str, topic: Sequence[Grouped]) -> Contradiction | None:
    unlike = [
        (left, right)
        for left, right in combinations(topic, 2)
        if _excludes(left.central.figures[0], right.central.figures[0])
    ]
    if not unlike:
        return None
    members = sorted({claim.id: claim for pair in unlike for claim in pair}.values(), key=_said)
    kind = "evolving" if all(_evolves(*sorted(pair, key=_said)) for pair in unlike) else "contradiction"
    positions = tuple(
        _position(_figure_words(claim.central.figures[0]), _upheld(claim), claim.origin_of)
        for claim in members
    )
    return _contradiction(counted, positions, kind)


def _upheld(claim: Grouped) -> list[Telling]:
    """Give the tellings that uphold a claim; all, where all deny it."""
    return [one for one in claim.tellings if one.polarity == "positive"] or list(claim.tellings)


def _excludes(left: Quantity, right: Quantity) -> bool:
    """Say whether two figures cannot both hold: their ranges do not meet."""
    if same_figure(left, right):
        return False
    low = max(left.low if left.low is not None else 0.0, right.low if right.low is not None else 0.0)
    tops = [top for top in (left.high, right.high) if top is not None]
    return bool(tops) and low > min(tops)


def _said(claim: Grouped) -> tuple[str, str]:
    return (min((one.said or one.published or "9")[:10] for one in claim.tellings), claim.id)


def _evolves(earlier: Grouped, later: Grouped) -> bool:
    """Say whether a later figure may be the earlier one grown: another day, and larger."""
    if _said(earlier)[0] == _said(later)[0]:
        return set(earlier.origin_of.values()) == set(later.origin_of.values()) and _size(earlier) <= _size(
            later
        )
    return _size(earlier) <= _size(later) and not _still_held(earlier, later)


def _still_held(earlier: Grouped, later: Grouped) -> bool:
    """Say whether the earlier figure is upheld by another origin once the later one is out."""
    out = _said(later)[0]
    ours = set(later.origin_of.values())
    return any(
        (one.said or "")[:10] >= out and earlier.origin_of[one.id] not in ours and one.polarity == "positive"
        for one in earlier.tellings
        if one.said
    )


def _size(claim: Grouped) -> float:
    figure = claim.central.figures[0]
    return figure.low if figure.low is not None else figure.high or 0.0


def _figure_words(figure: Quantity) -> str:
    """Spell a figure for a reader.

    >>> _figure_words(Quantity(what="killed", low=16, high=None, mod="EQUAL_OR_MORE"))
    'at least 16'
    """
    low, high = (f"{value:,.0f}" if value is not None else "" for value in (figure.low, figure.high))
    words = {"MORE_THAN": "more than ", "EQUAL_OR_MORE": "at least ", "APPROX": "about "}
    if figure.mod in ("LESS_THAN", "EQUAL_OR_LESS"):
        return ("less than " if figure.mod == "LESS_THAN" else "up to ") + (high or low)
    return words.get(figure.mod or "", "") + (low if low == high or not high else f"{low} to {high}")


def _within(claim: Grouped, matcher: Matcher) -> list[Contradiction]:
    comparer = matcher.comparer
    made = [_polarity(claim, matcher)]
    if claim.central.kind == "event":
        made += [
            _by_value(
                claim, "actor", lambda one: comparer.voice_of(one.actor) if one.actor else None, comparer
            ),
            _by_value(claim, "place", lambda one: one.place if one.place_here else None, comparer),
            _dates(claim, comparer),
        ]
    return [row for row in made if row is not None]


def _polarity(claim: Grouped, matcher: Matcher) -> Contradiction | None:
    sides = {
        side: [one for one in claim.tellings if one.polarity == side] for side in ("positive", "negative")
    }
    if not sides["positive"] or not sides["negative"]:
        return None
    taken_back = any(one.withdrawn for one in sides["negative"])
    origins = [{claim.origin_of[one.id] for one in own} for own in sides.values()]
    if not taken_back and ((origins[0] == origins[1] and len(origins[0]) == 1) or not _met(sides, matcher)):
        return None
    words = ("claimed", "taken back" if taken_back else "denied")
    positions = tuple(
        _position(word, own, claim.origin_of) for word, own in zip(words, sides.values(), strict=True)
    )
    return _contradiction("retraction" if taken_back else "polarity", positions, "contradiction")


def _met(sides: Mapping[str, Sequence[Telling]], matcher: Matcher) -> bool:
    """Say whether a denial surely denies what the others tell, and not only something near it."""
    return any(
        denied.points_at is not None or matcher.score(told, denied) >= SURE
        for told in sides["positive"][:12]
        for denied in sides["negative"][:12]
    )


def _by_value(
    claim: Grouped,
    field: str,
    value_of: Callable[[Telling], str | None],
    comparer: Comparer,
) -> Contradiction | None:
    held: dict[str, list[Telling]] = defaultdict(list)
    for one in claim.tellings:
        value = value_of(one)
        if value and one.polarity == "positive":
            held[value].append(one)
    values = [value for value in sorted(held) if not any(_meet(comparer, value, other) for other in held)]
    origins = [{claim.origin_of[one.id] for one in held[value]} for value in values]
    if len(values) < 2 or all(left == right for left, right in pairwise(origins)):
        return None
    positions = tuple(_position(comparer.name(value), held[value], claim.origin_of) for value in values)
    return _contradiction(field, positions, "contradiction")


def _meet(comparer: Comparer, left: str, right: str) -> bool:
    """Say whether two places may both be right: one lies in the other, or it is not known where one lies."""
    if left == right:
        return False
    known = [comparer.entities.get(one) for one in (left, right)]
    unplaced = any(one is not None and one.kind == "place" and not one.country for one in known)
    return unplaced or comparer.contains(left, right) or comparer.contains(right, left)


def _dates(claim: Grouped, comparer: Comparer) -> Contradiction | None:
    dated = [one for one in claim.tellings if one.time_here and one.earliest and one.latest]
    spans = sorted({(one.earliest or "", one.latest or "") for one in dated})[:60]
    clear = {
        one for one in spans if all(_apart(one, other) or one[0][:10] == other[0][:10] for other in spans)
    }
    if not any(_apart(left, right) for left, right in combinations(sorted(clear), 2)):
        return None

    def day(one: Telling) -> str | None:
        told = (one.earliest or "", one.latest or "")
        return told[0][:10] if one.time_here and told in clear else None

    return _by_value(claim, "date", day, comparer)


def _apart(left: tuple[str, str], right: tuple[str, str]) -> bool:
    """Say whether two stretches of time do not meet."""
    return left[1] <= right[0] or right[1] <= left[0]


@cache
def _names_called(language: str) -> Lexicon[str]:
    table = load_rules(language, "accounts").get("characterisation", {})
    return Lexicon.of((pattern, side) for side, patterns in table.items() for pattern in patterns)


def _characterisations(claims: Sequence[Grouped], comparer: Comparer) -> list[Contradiction]:
    """Find the same people at one place and time called by hostile and by benign names."""
    called: dict[tuple[str, str], list[tuple[str, str, Telling, str]]] = defaultdict(list)
    for claim in claims:
        for one in claim.tellings:
            if one.root == "own" or (one.type or "PROTEST") not in _CROWD:
                continue
            for side, words in _called(one):
                called[_where(one, comparer)].append((side, words, one, claim.origin_of[one.id]))
    return [row for _, rows in sorted(called.items()) if (row := _opposed(rows)) is not None]


_CROWD = frozenset({"PROTEST", "ASSAULT", "COERCE", "CASUALTY", "MOBILIZE", "ACCUSE"})


def _where(one: Telling, comparer: Comparer) -> tuple[str, str]:
    entity = comparer.entities.get(one.place or "")
    country = entity.country if entity else None
    return (country or one.place or "", (one.published or "")[:7])


def _called(one: Telling) -> Iterable[tuple[str, str]]:
    words = split_words(one.text)
    for hit in _names_called(one.language).find(words):
        start, end = words.at(hit.first, hit.last)
        yield hit.value, one.text[start:end].lower()


def _opposed(rows: Sequence[tuple[str, str, Telling, str]]) -> Contradiction | None:
    sides = {side: [row for row in rows if row[0] == side] for side in ("hostile", "benign")}
    origins = {side: {row[3] for row in own} for side, own in sides.items()}
    if not all(sides.values()) or origins["hostile"] == origins["benign"]:
        return None
    positions = []
    for own in sides.values():
        value = ", ".join(sorted({row[1] for row in own})[:6])
        positions.append(_position(value, [row[2] for row in own], {row[2].id: row[3] for row in own}))
    return _contradiction("characterisation", tuple(positions), "contradiction")


def _position(value: str, tellings: Iterable[Telling], origin_of: Mapping[str, str]) -> Position:
    members = sorted({one.id: one for one in tellings}.values(), key=lambda one: one.id)
    times = [moment for one in members if (moment := one.said or one.published)]
    said = min(times, default=None)
    return Position(
        value=value,
        accounts=tuple(one.id for one in members),
        origins=tuple(sorted({origin_of[one.id] for one in members})),
        said=said,
    )


def _contradiction(field: str, positions: tuple[Position, ...], kind: str) -> Contradiction:
    accounts = sorted({account for position in positions for account in position.accounts})
    return Contradiction(
        id=identify("con", field, *accounts),
        field=field,
        positions=positions,
        kind="evolving" if kind == "evolving" else "contradiction",
    )
