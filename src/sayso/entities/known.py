"""What Sayso knows of the world's names beforehand, as data: outlets, organisations, state bodies, peoples."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from sayso.entities.names import fold
from sayso.languages import load_table

_DOMAIN = re.compile(r"^(?:https?://)?(?:www\d?\.|m\.|amp\.)?([^/:\s]+\.[^/:\s]+)", re.IGNORECASE)
_ARTICLES = frozenset(["der", "die", "das", "des", "dem", "den", "the", "ein", "eine", "einer", "a", "an"])


class StateBody(msgspec.Struct, frozen=True):
    """Hold one kind of body that speaks for a state: what it is called, and for which principal it speaks."""

    key: str
    name: str
    principal: str
    person: bool
    towns: bool
    """Whether towns and districts have one too: police, courts."""
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


class KnownOutlet(msgspec.Struct, frozen=True):
    """Hold one outlet of the world: agency, newspaper, broadcaster, state medium or channel."""

    key: str
    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    kind: str
    country: str


@cache
def table(name: str) -> list[dict[str, str]]:
    """Read one of the tables beside this file, a row a line."""
    lines = files("sayso.entities").joinpath(name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(rows[0], row + [""] * (len(rows[0]) - len(row)), strict=True)) for row in rows[1:]]


@cache
def state_bodies() -> tuple[StateBody, ...]:
    """Load the kinds of state bodies, the particular before the general."""
    raw: dict[str, Any] = tomllib.loads(
        files("sayso.entities").joinpath("state_bodies.toml").read_text("utf-8")
    )
    return tuple(
        StateBody(key, body["name"], body["principal"], body.get("person", False), body.get("towns", False), tuple(
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
    for row in table("outlets.tsv"):
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


@cache
def _common_names() -> frozenset[str]:
    return frozenset(fold_name(row["name"]) for row in table("outlets_common.tsv"))


def find_outlet_by_name(name: str, read_as_outlet: bool) -> KnownOutlet | None:
    """Find an outlet by a name in a text; a common word is one only where the text reads as an outlet.

    >>> find_outlet_by_name("die Presse", False) is None, find_outlet_by_name("Reuters", False).country
    (True, 'GB')
    """
    if not read_as_outlet and fold_name(name) in _common_names():
        return None
    return find_outlet(name)


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
    for row in table("organisations.tsv"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            known.setdefault(fold_name(name), (row["key"], row["name"]))
    return known


def find_organisation(name: str, language: str = "und") -> tuple[str, str] | None:
    """Find an international organisation by any of its names: (key, English name), or None.

    >>> find_organisation("ОДКБ") == find_organisation("OVKS")
    True
    """
    folded = fold_name(name)
    return _organisations().get(folded) or _base_organisations().get(_base_name(folded, language))


@cache
def _base_organisations() -> dict[str, tuple[str, str]]:
    """Index the names of several words by their words without endings, for inflected mentions."""
    found: dict[str, tuple[str, str]] = {}
    for name, known in _organisations().items():
        if len(name) > 6:
            for language in ("ru", "de"):
                found.setdefault(_base_name(name, language), known)
    return found


def _base_name(folded: str, language: str) -> str:
    endings = _ENDINGS.get(language)
    words = folded.split()[:10]
    return f"{language}:" + " ".join(endings.sub("", word) if endings else word for word in words)


_ENDINGS = {
    "ru": re.compile(
        "(?<=...)(?:ого|его|ому|ему|ыми|ими|ами|ями|ый|ий|ой|ей|ая|яя|ое|ее|ые|ие|ую|юю|ым|им|ом|ем|ых|их|ах|ях|ою|"
        "ею|а|я|у|ю|ы|и|е|о|ь|й)$"
    ),
    "de": re.compile("(?<=...)(?:en|er|es|em|e|s|n)$"),
}


@cache
def _demonym_finder(language: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """Compile all of a language's demonyms into one pattern, so that a text is read once."""
    stems: dict[str, str] = {}
    for row in table("demonyms.tsv"):
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


@cache
def _role_pattern(language: str) -> re.Pattern[str] | None:
    nouns = [
        row["noun"]
        for tag in ("de", "en", "ru")
        if language in (tag, "und")
        for row in load_table(tag, "roles")
    ]
    return re.compile(rf"(?:{'|'.join(nouns)})", re.IGNORECASE) if nouns else None


def role_words(word: str, language: str) -> bool:
    """Tell whether a word before a name is a title or role and no part of the name.

    >>> role_words("gouverneur", "de"), role_words("milos", "de")
    (True, False)
    """
    pattern = _role_pattern(language)
    return word in _TITLES or bool(pattern and pattern.fullmatch(word))


_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "lord",
        "lady",
        "dame",
        "herr",
        "frau",
        "hr",
        "fr",
        "monsieur",
        "madame",
        "don",
        "dona",
        "господин",
        "госпожа",
        "г",
        "гн",
        "доктор",
        "сэр",
    ]
)

_LETTERS = {
    "эй": "a", "би": "b", "си": "c", "ди": "d", "и": "e", "эф": "f", "джи": "g", "эйч": "h", "ай": "i",
    "джей": "j", "кей": "k", "эл": "l", "эль": "l", "эм": "m", "эн": "n", "оу": "o", "пи": "p", "кью": "q",
    "ар": "r", "эс": "s", "ти": "t", "ю": "u", "ви": "v", "экс": "x", "уай": "y", "зед": "z",
}  # fmt: skip
"""English names of letters as Russian writes them: Би-би-си is BBC."""


def spell_acronym(folded: str) -> str | None:
    """Spell an acronym that is written out letter by letter, or give None where it is none.

    >>> spell_acronym("би би си"), spell_acronym("c p a"), spell_acronym("radio nrt")
    ('bbc', 'cpa', None)
    """
    words = folded.split()
    if not 2 <= len(words) <= 6:
        return None
    letters = [_LETTERS.get(word, word) for word in words]
    return "".join(letters) if all(len(letter) == 1 and letter.isalpha() for letter in letters) else None


_OF = frozenset(
    [
        "of",
        "the",
        "der",
        "des",
        "die",
        "das",
        "von",
        "fur",
        "for",
        "und",
        "and",
        "im",
        "in",
        "le",
        "la",
        "и",
        "по",
        "в",
        "на",
        "beim",
        "zum",
        "zur",
        "bei",
        "at",
        "an",
        "am",
    ]
)
_OFFICIAL = frozenset(
    [
        "acting",
        "deputy",
        "vice",
        "stellvertretend",
        "geschaftsfuhrend",
        "republik",
        "republic",
        "land",
        "country",
        "страна",
        "республика",
        "исполняющий",
        "зам",
    ]
)


def names_more(words: str, body: StateBody, language: str) -> bool:
    """Tell whether words name more than a state body: a police union, a bank's president, a town's court.

    What else may stand there: articles, roles, the land ("the Telmian", "von Korvana") - names of one word.

    >>> president = find_body("president", "en")
    >>> names_more("president of the bank", president, "en"), names_more("the Kazakh president", president, "en")
    (True, False)
    """
    folded = fold(words)
    for own, pattern in body.patterns:
        if language in (own, "und") and (match := pattern.search(folded)):
            after = [w for w in folded[match.end() :].split() if w not in _OF and not _official(w, language)]
            before = [
                w for w in folded[: match.start()].split() if w not in _OF and not _official(w, language)
            ]
            if body.person:
                return bool(after) and not _is_land(after, words, language)
            return len(after) > 2 or len(before) > 4
    return False


def _official(word: str, language: str) -> bool:
    return role_words(word, language) or word.startswith(tuple(_OFFICIAL))


def _is_land(after: list[str], words: str, language: str) -> bool:
    """Tell whether what follows an office is a name (a land, or its holder's own) and not a house."""
    last = words.rsplit(maxsplit=1)[-1]
    names = [w for w in words.split() if w[:1].isupper() and fold(w) in after]
    return (
        len(names) >= len(after)
        and last[:1].isupper()
        and len(after) <= 2
        and not _known_house(after, language)
    )


def _known_house(after: list[str], language: str) -> bool:
    return find_organisation(" ".join(after)) is not None


@cache
def _speaking() -> re.Pattern[str]:
    raw = tomllib.loads(files("sayso.entities").joinpath("speaking_roles.toml").read_text("utf-8"))
    return re.compile("|".join(stem for stems in raw.values() for stem in stems))


def speaks_for_house(role: str) -> bool:
    """Tell whether who holds a role speaks for the house it is held in.

    >>> speaks_for_house("Sprecherin des Werks"), speaks_for_house("Forscher am Institut")
    (True, False)
    """
    return bool(_speaking().search(fold(role)))
