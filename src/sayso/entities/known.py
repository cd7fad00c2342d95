"""What Sayso knows of the world's names beforehand, as data: outlets, organisations, state bodies, peoples."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from sayso.entities.names import fold

_DOMAIN = re.compile(r"^(?:https?://)?(?:www\d?\.|m\.|amp\.)?([^/:\s]+\.[^/:\s]+)", re.IGNORECASE)
_ARTICLES = frozenset(["der", "die", "das", "des", "dem", "den", "the", "ein", "eine", "einer", "a", "an"])


class StateBody(msgspec.Struct, frozen=True):
    """Hold one kind of body that speaks for a state: what it is called, and for which principal it speaks."""

    key: str
    name: str
    principal: str
    person: bool
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


class KnownOutlet(msgspec.Struct, frozen=True):
    """Hold one outlet of the world: agency, newspaper, broadcaster, state medium or channel."""

    key: str
    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    kind: str
    country: str


def _table(name: str) -> list[dict[str, str]]:
    lines = files("sayso.entities").joinpath(name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(rows[0], row + [""] * (len(rows[0]) - len(row)), strict=True)) for row in rows[1:]]


@cache
def state_bodies() -> tuple[StateBody, ...]:
    """Load the kinds of state bodies, the particular before the general."""
    raw: dict[str, Any] = tomllib.loads(files("sayso.entities").joinpath("state_bodies.toml").read_text("utf-8"))
    return tuple(
        StateBody(key, body["name"], body["principal"], body.get("person", False), tuple(
            (language, re.compile("|".join(body[language])))
            for language in ("de", "en", "ru") if language in body
        ))
        for key, body in raw.items()
    )  # fmt: skip


def find_body(words: str, language: str) -> StateBody | None:
    """Find the state body that words name, or None; of several the one named first.

    >>> find_body("des kasachischen Innenministeriums", "de").key
    'interior_ministry'
    """
    folded = fold(words)
    hits = []
    for rank, body in enumerate(state_bodies()):
        for own, pattern in body.patterns:
            if language in (own, "und") and (match := pattern.search(folded)):
                hits.append((match.start(), -(match.end() - match.start()), rank, body))
    return min(hits, key=lambda hit: hit[:3])[3] if hits else None


@cache
def _outlets() -> tuple[dict[str, KnownOutlet], dict[str, KnownOutlet]]:
    by_name: dict[str, KnownOutlet] = {}
    by_domain: dict[str, KnownOutlet] = {}
    for row in _table("outlets.tsv"):
        aliases = tuple(filter(None, row["aliases"].split("|")))
        domains = tuple(filter(None, row["domains"].split("|")))
        outlet = KnownOutlet(fold(row["name"]), row["name"], aliases, domains, row["kind"], row["country"])
        for name in (row["name"], *aliases):
            by_name.setdefault(fold_name(name), outlet)
        for domain in domains:
            by_domain.setdefault(domain, outlet)
    return by_name, by_domain


def find_outlet(name_or_url: str) -> KnownOutlet | None:
    """Find an outlet by name, alias, domain or web address, or None.

    >>> find_outlet("https://www.kommersant.ru/doc/1").name == find_outlet("«Коммерсантъ»").name
    True
    """
    by_name, by_domain = _outlets()
    domain = domain_of(name_or_url)
    while domain and domain.count("."):
        if domain in by_domain:
            return by_domain[domain]
        domain = domain.partition(".")[2]
    return by_name.get(fold_name(name_or_url))


def domain_of(url: str | None) -> str | None:
    """Cut the domain out of a web address, or None where it is none.

    >>> domain_of("https://www.bbc.co.uk/news/1"), domain_of("Kurier")
    ('bbc.co.uk', None)
    """
    match = _DOMAIN.match(url.strip()) if url else None
    return match.group(1).lower() if match else None


def fold_name(name: str) -> str:
    """Fold a name and leave a leading article off."""
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


@cache
def _organisations() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for row in _table("organisations.tsv"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            known.setdefault(fold_name(name), (row["key"], row["name"]))
    return known


def find_organisation(name: str, forms: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """Find an international organisation by any of its names: (key, English name), or None.

    >>> find_organisation("ОДКБ") == find_organisation("OVKS")
    True
    """
    known = _organisations()
    return next((known[form] for form in (fold_name(name), *forms) if form in known), None)


@cache
def _demonym_finder(language: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """Compile all of a language's demonyms into one pattern, so that a text is read once."""
    stems: dict[str, str] = {}
    for row in _table("demonyms.tsv"):
        for stem in filter(None, row.get(language, "").split(",")):
            stems.setdefault(fold(stem), row["country"])
    if not stems:
        return None
    ending = {"de": "(?:e[rsnm]?|n|s|innen|in)?", "en": "s?", "ru": r"\w{1,3}"}[language]
    longest_first = sorted(stems, key=lambda stem: (-len(stem), stem))
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))}){ending}\b"), stems


def find_peoples(words: str, language: str) -> list[str]:
    """Give the countries whose adjectives or peoples stand in words, in the order they stand there.

    >>> find_peoples("der norwegische und der russische Außenminister", "de")
    ['NO', 'RU']
    """
    finder = _demonym_finder(language) if language in ("de", "en", "ru") else None
    if finder is None:
        return []
    pattern, stems = finder
    return [stems[match.group(1)] for match in pattern.finditer(fold(words))]
