"""Export a case as the case format: one file a table, one JSON object a line."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sayso.case import Case
from sayso.errors import ExportError
from sayso.exporters import written_whole
from sayso.records import TABLES


def export_jsonl(case: Case, out: Path) -> None:
    """Write `out/<table>.jsonl` for every table, lines ordered by id, UTF-8, byte-identical for equal cases.

    A folder that holds anything but an earlier export is refused, for it would be replaced.
    """
    ours = {f"{name}.jsonl" for name in TABLES}
    if out.exists() and not out.is_dir():
        raise ExportError("this is a file, an export to jsonl is a folder", str(out), "name a folder")
    if out.is_dir() and (strange := {entry.name for entry in out.iterdir()} - ours):
        raise ExportError(f"the folder holds other files ({min(strange)})", str(out), "name a new folder")
    encoder = msgspec.json.Encoder()
    with written_whole(out, folder=True) as folder:
        for name in TABLES:
            with (folder / f"{name}.jsonl").open("wb") as file:
                for record in case.table(name):
                    file.write(encoder.encode(record) + b"\n")
