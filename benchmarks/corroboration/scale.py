"""Measure how consolidation grows: ``python -m benchmarks.corroboration.scale 250 500 1000``.

Reports are recombined from the tuning crises: each copy of a crisis happens to other entities, in another
week, and its long words are spelled in a cipher of its own, so that only its own reports tell its claims.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

import msgspec

from benchmarks.corroboration.gold import crises, readings
from sayso.claims import corroborate
from sayso.records import Annotations, Entity, Report

Reading = tuple[Report, Annotations]


def recombined() -> Iterator[tuple[list[Reading], list[Entity]]]:
    """Give one crisis after another without end, each with entities and weeks of its own."""
    gold = [readings(golds) for golds in crises("tune").values()]
    for number in count():
        found, entities = gold[number % len(gold)]
        weeks = random.Random(number).randrange(-500, 500)
        mark = f"k{number}-"
        yield [_moved(pair, mark, weeks, number) for pair in found], [_renamed(one, mark) for one in entities]


def _renamed(entity: Entity, mark: str) -> Entity:
    voice = mark + entity.voice if entity.voice else None
    return msgspec.structs.replace(entity, id=mark + entity.id, voice=voice)


def _moved(pair: Reading, mark: str, weeks: int, cipher: int) -> Reading:
    """Rename every id of a reading and move its dates."""
    report, found = pair
    plain = json.loads(msgspec.json.encode((report, found)))
    moved = _walk(plain, mark, timedelta(weeks=weeks))
    report, found = msgspec.convert(moved, tuple[Report, Annotations], strict=False)
    text = _LONG_WORD.sub(lambda word: _turned(word.group(), cipher), report.text)
    return msgspec.structs.replace(report, text=text), found


_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")


def _turned(word: str, cipher: int) -> str:
    """Spell a word with letters turned on by the cipher; its length stays."""
    for row in _ROWS:
        word = word.translate(str.maketrans(row, row[cipher % 23 :] + row[: cipher % 23]))
    return word


_IDS = frozenset(
    "id report entity source_entity medium_entity outlet parent attribution said target".split()  # noqa: SIM905
)
_DATES = frozenset({"published", "earliest", "latest"})


def _walk(value: object, mark: str, shift: timedelta, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _walk(inner, mark, shift, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_walk(inner, mark, shift, key) for inner in value]
    if isinstance(value, str) and (key in _IDS or key == "time"):
        return mark + value
    if isinstance(value, str) and key in _DATES and len(value) >= 10:
        return (date.fromisoformat(value[:10]) + shift).isoformat() + value[10:]
    return value


def main() -> None:
    """Consolidate cases of growing size and print what each cost."""
    for size in [int(argument) for argument in sys.argv[1:]] or [250, 500, 1000]:
        found: list[Reading] = []
        entities: list[Entity] = []
        for more, known in recombined():
            found += more
            entities += known
            if len(found) >= size:
                break
        found = list(islice(found, size))
        begin = time.process_time()
        made = corroborate(found, entities)
        spent = time.process_time() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = f"{size} reports, {len(made.accounts)} accounts, {len(made.claims)} claims"
        print(f"{told}: {spent:.1f} s, {peak:.0f} MB")


if __name__ == "__main__":
    main()
