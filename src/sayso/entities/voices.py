"""Say who speaks for whom: entities of one principal are one voice.

A ministry, the president, their spokesmen and the police of one state speak with one voice, and so does a
country's name when it "says" something. What tells so is put into words (`voice_why`).
"""

from __future__ import annotations

import re

from sayso.entities.known import StateBody, find_body, names_more
from sayso.entities.sightings import Sighting
from sayso.records import identify

_FORMER = re.compile(r"\b(?:ehemalig\w*|fruher\w*|former|ex|then|бывш\w+|экс)\b", re.IGNORECASE)


Voice = tuple[str | None, str | None]


def voice_of(kind: str, seen: Sighting, land: str | None, land_name: str | None) -> Voice:
    """Give the voice an entity belongs to, and why, or (None, None) where it speaks for itself alone."""
    if kind == "place" and seen.place is not None and seen.place.kind == "country":
        return _voice("government", seen.place.country), (
            f"the country's name stands for the government of {seen.place.country}"
        )
    if land is None or seen.local:
        return None, None
    if kind == "person":
        if (body := _office(seen)) is not None:
            why = f"as {body.name} speaks for the {body.principal} of {land_name}"
            return _voice(body.principal, land), why
    elif seen.body is not None:
        why = f"the {seen.body.name} speaks for the {seen.body.principal} of {land_name}"
        return _voice(seen.body.principal, land), why
    return None, None


def voice_of_house(house: str, name: str, house_voice: Voice) -> tuple[Voice, Voice]:
    """Give the voice of who speaks for a house, and of the house: its own if it has one, else one they share."""
    if house_voice[0] is not None:
        return (house_voice[0], f"speaks for {name}, and {house_voice[1]}"), house_voice
    voice = _voice("house", house)
    return (voice, f"speaks for {name}"), (voice, "its spokespeople speak for it")


def _office(seen: Sighting) -> StateBody | None:
    """Find the body a person speaks for by their roles, the oftenest named first; offices left do not count."""
    for role, _ in sorted(seen.roles.items(), key=lambda item: (-item[1], item[0])):
        body = find_body(role, "und")
        if body is not None and not _FORMER.search(role) and not names_more(role, body, "und"):
            return body
    return None


def _voice(principal: str, land: str) -> str:
    return identify("voi", principal, land)
