"""Say who speaks for whom: entities of one principal are one voice.

A ministry, the president, their spokesmen and the police of one state speak with one voice, and so does a
country's name or capital when it "says" something. What tells so is put into words (`voice_why`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.entities.gazetteer import Place
from sayso.entities.known import StateBody, find_body
from sayso.records import identify


def voice_of(
    kind: str, body: StateBody | None, roles: Sequence[str], country: str | None, place: Place | None
) -> tuple[str | None, str | None]:
    """Give the voice an entity belongs to, and why, or (None, None) where it speaks for itself.

    >>> voice_of("person", None, ["der kasachische Präsident"], "KZ", None)[1]
    'as president speaks for the government of KZ'
    """
    if country is None:
        return None, None
    if kind == "place" and place is not None and place.kind == "country":
        return _voice("government", country), f"the country's name stands for the government of {country}"
    if kind == "person":
        body = next((found for role in roles if (found := find_body(role, "und"))), None)
        if body is not None:
            return _voice(
                body.principal, country
            ), f"as {body.name} speaks for the {body.principal} of {country}"
    elif body is not None:
        return _voice(
            body.principal, country
        ), f"the {body.name} speaks for the {body.principal} of {country}"
    return None, None


def _voice(principal: str, country: str) -> str:
    return identify("voi", principal, country)
