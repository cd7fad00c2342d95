"""Measure how long resolving takes as cases grow: made-up readings, names drawn as news draws them."""

from __future__ import annotations

import random
import time

from benchmarks.entities.scores import Figures
from sayso.entities import resolve
from sayso.entities.gazetteer import find_places
from sayso.records import Annotations, Mention, Report

_ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
    "sh",
    "ch",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ei"]
_CODAS = ["", "n", "r", "l", "s", "m", "t", "k", "nd", "rt"]
_ENDINGS = ["ov", "enko", "sen", "er", "ski", "ez", "ian", "li", "mann", "ic"]
_PER_REPORT = 50


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))


def make_readings(mentions: int, entities: int, seed: int = 1) -> list[tuple[Report, Annotations]]:
    """Make readings with so many mentions of so many entities: persons, organisations, places."""
    rng = random.Random(seed)
    given = [_word(rng, 2).title() for _ in range(400)]
    names = []
    for number in range(entities):
        if number % 5 < 3:
            names.append(("person", f"{rng.choice(given)} {_word(rng, 2).title()}{rng.choice(_ENDINGS)}"))
        elif number % 5 == 3:
            names.append(("organisation", f"{_word(rng, 2).title()} {_word(rng, 2).title()}"))
        else:
            names.append(("place", _word(rng, 3).title()))
    readings = []
    for number in range(mentions // _PER_REPORT):
        readings.append(_reading(rng, f"rep-{number:06d}", [rng.choice(names) for _ in range(_PER_REPORT)]))
    return readings


def _reading(rng: random.Random, key: str, named: list[tuple[str, str]]) -> tuple[Report, Annotations]:
    text, found = "", []
    for place, (kind, name) in enumerate(named):
        said = name.split()[-1] if kind == "person" and rng.random() < 0.3 else name
        spans = ((len(text), len(text) + len(said)),)
        found.append(Mention(id=f"men-{key}-{place}", report=key, spans=spans, text=said, kind=kind))  # type: ignore[arg-type]
        text += f"{said} was seen. "
    report = Report(
        id=key, path=key, sha256=key, media_type="text/plain", text=text, language="en",
        outlet=f"Paper {hash_of(key) % 200}",
    )  # fmt: skip
    return report, Annotations(report=key, annotator="made", mentions=tuple(found))


def hash_of(key: str) -> int:
    """Give a number for a key, the same on every run."""
    return sum(ord(letter) * (place + 1) for place, letter in enumerate(key))


def measure_speed() -> dict[str, Figures]:
    """Time resolving at half and at full size, and a warm look-up in the gazetteer."""
    figures = {}
    for mentions, entities in ((50_000, 10_000), (100_000, 20_000)):
        readings = make_readings(mentions, entities)
        start = time.process_time()
        resolve(readings)
        figures[f"{mentions} mentions, {entities} entities"] = {"cpu_seconds": time.process_time() - start}
    half, full = (row["cpu_seconds"] for row in figures.values())
    figures["doubling"] = {"times": full / half}
    start = time.perf_counter()
    for _ in range(1000):
        for name in ("Kiew", "Paris", "Алма-Ата", "Springfield"):
            find_places(name, "de")
    figures["look-up, warm"] = {"microseconds": (time.perf_counter() - start) / 4000 * 1e6}
    return figures
