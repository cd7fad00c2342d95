"""Print rows of a view: a table that fits a terminal, or one JSON object a line.

Words of reports are printed as words: control characters and bidirectional overrides, which could steer a
terminal or turn a line around, are left out of tables. JSON keeps them, escaped.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

_STEERING = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_PIPED_WIDTH = 160


def print_rows(rows: Iterable[dict[str, Any]], view: str, as_json: bool) -> None:
    """Print rows to stdout; that there are none is said on stderr."""
    if as_json:
        import msgspec

        for row in rows:
            print(msgspec.json.encode(row).decode())
        return
    listed = [tabulate(row) for row in rows]
    if listed:
        _print_table(listed)
    else:
        print(f"sayso: nothing to show among the {view}", file=sys.stderr)


def tabulate(row: dict[str, Any]) -> dict[str, str]:
    """Turn a row into the columns of a table: bounds become one time, counts one range, ids are left out.

    >>> tabulate({"id": "x", "earliest": "2022-01-05", "latest": "2022-01-06", "origins": 1, "origins_max": 2})
    {'when': '2022-01-05', 'origins': '1-2'}
    """
    made: dict[str, str] = {}
    for name, value in row.items():
        if name == "earliest":
            made["when"] = when(value, row.get("latest"))
        elif name == "origins":
            low, high = row["origins"], row["origins_max"]
            made[name] = f"{low}-{high}" if high > low else str(low)
        elif name not in ("id", "latest", "origins_max"):
            made[name.replace("_", " ")] = _STEERING.sub(" ", "" if value is None else str(value))
    return made


def when(earliest: str | None, latest: str | None) -> str:
    """Write half-open bounds as people do: a day, a stretch with its last day, "before" and "from".

    >>> when("2022-01-05", "2022-01-08"), when(None, "2022-01-08"), when("2022-01-04T17:00", "2022-01-05T00:00")
    ('2022-01-05 to 2022-01-07', 'before 2022-01-08', '2022-01-04 17:00-24:00')
    """
    if earliest is None or latest is None:
        return f"from {earliest}" if earliest else f"before {latest}" if latest else ""
    last = _last_day(latest)
    if "T" in earliest:
        day, _, clock = earliest.partition("T")
        until = latest.partition("T")[2]
        until = "24:00" if until == "00:00" and last == day else until
        return (
            f"{day} {clock}-{until}"
            if last == day or latest.startswith(day)
            else f"{day} {clock} to {latest}"
        )
    return earliest if last == earliest else f"{earliest} to {last}"


def _last_day(latest: str) -> str:
    """Give the last day before a half-open bound."""
    day, _, clock = latest.partition("T")
    try:
        bound = date.fromisoformat(day)
    except ValueError:
        return latest
    return (bound - timedelta(days=1)).isoformat() if clock in ("", "00:00") else day


def _print_table(listed: list[dict[str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for name in listed[0]:
        numbers = all(re.fullmatch(r"[\d-]*", row[name]) for row in listed) and name != "when"
        wide = name in ("claim", "content", "error", "also", "path")
        table.add_column(name, justify="right" if numbers else "left", overflow="fold", ratio=1 if wide else None,
                         no_wrap=name in ("when", "said", "published"))  # fmt: skip
    for row in listed:
        table.add_row(*(Text(value) for value in row.values()))
    console = Console() if sys.stdout.isatty() else Console(width=_PIPED_WIDTH)
    console.print(table)
