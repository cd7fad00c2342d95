"""MobIE, German tweets and traffic reports with names, CC BY 4.0."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from training.corpora import Text
from training.corpora.columns import ORGANISATION, WHOLE, grouped, split

KINDS = {
    "person": ("person",),
    "organization": ORGANISATION,
    "organization-company": ORGANISATION,
    "location": ("place",),
    "location-city": ("place",),
    "location-street": ("place",),
    "location-stop": ("place",),
    "date": ("nothing",),
    "time": ("nothing",),
    "duration": ("nothing",),
    "distance": ("nothing",),
    "number": ("nothing",),
    "trigger": ("nothing",),
}


def read(root: Path) -> Iterator[Text]:
    """Yield train and dev; routes ("S4") are left unknown."""
    with zipfile.ZipFile(root / "mobie-de" / "v1_20210811" / "ner_conll03_formatted.zip") as archive:
        for part in ("train", "dev"):
            lines = archive.read(f"{part}.conll2003").decode("utf-8").splitlines()
            yield from grouped("mobie-de", "de", part, split(lines, 0, 3), KINDS, WHOLE)
