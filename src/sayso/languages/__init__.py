"""What Sayso knows of each language, as data.

A language is a folder ``languages/xx/`` and needs no code. ``und`` is the fallback: a file that a
language does not have is read from there. TOML files hold rules, TSV files hold word lists (first
line: column names; ``#`` starts a comment line).
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.errors import LanguageDataError

UNDETERMINED = "und"


@cache
def known_languages() -> tuple[str, ...]:
    """List the languages that have a folder of their own, fallback excluded.

    >>> "de" in known_languages()
    True
    """
    folders = (entry.name for entry in files(__name__).iterdir() if entry.is_dir())
    return tuple(sorted(name for name in folders if len(name) in (2, 3) and name != UNDETERMINED))


def base_language(tag: str) -> str:
    """Reduce a BCP 47 tag to the folder that serves it.

    >>> base_language("de-AT"), base_language("tlh")
    ('de', 'und')
    """
    primary = tag.split("-", maxsplit=1)[0].lower()
    return primary if primary in known_languages() else UNDETERMINED


@cache
def load_rules(language: str, name: str) -> dict[str, Any]:
    """Load ``languages/<language>/<name>.toml``, or the fallback's, or nothing.

    Raises LanguageDataError naming file and place where the TOML does not parse.
    """
    source = _find(language, f"{name}.toml")
    if source is None:
        return {}
    try:
        return tomllib.loads(source.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LanguageDataError(f"not valid TOML: {error}", str(source), "mend the file") from error


@cache
def load_table(language: str, name: str) -> tuple[dict[str, str], ...]:
    """Load ``languages/<language>/<name>.tsv`` as rows keyed by column name, or the fallback's, or nothing."""
    source = _find(language, f"{name}.tsv")
    if source is None:
        return ()
    lines = [line for line in source.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise LanguageDataError(
                f"row {number} has another number of columns than the first", str(source), "mend the row"
            )
    return tuple(rows)


def _find(language: str, filename: str) -> Any:
    for folder in (base_language(language), UNDETERMINED):
        candidate = files(__name__).joinpath(folder, filename)
        if candidate.is_file():
            return candidate
    return None
