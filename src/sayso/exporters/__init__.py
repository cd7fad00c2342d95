"""What leaves a case: one exporter a format, all of them in `EXPORTERS`.

An exporter is a function of a case and a path. It writes whole or not at all: into a neighbour first,
then into place with one rename.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sayso.case import Case
from sayso.errors import ExportError

EXPORTERS: dict[str, str] = {
    "jsonl": "sayso.exporters.jsonl:export_jsonl",
    "html": "sayso.exporters.html:export_html",
}
"""Format -> module and function. Named, not imported: an exporter's libraries load when it is used."""


def find_exporter(form: str) -> Callable[[Case, Path], None]:
    """Find the exporter of a format, or raise ExportError naming those there are."""
    if form not in EXPORTERS:
        raise ExportError(f"no export format '{form}'", remedy="choose one of: " + ", ".join(EXPORTERS))
    module, name = EXPORTERS[form].split(":")
    exporter: Callable[[Case, Path], None] = getattr(import_module(module), name)
    return exporter


def export(case: Case, form: str, out: str | os.PathLike[str]) -> Path:
    """Write a case in a format to a path; raises ExportError where it could not be written whole."""
    path = Path(out)
    find_exporter(form)(case, path)
    return path


@contextmanager
def written_whole(path: Path, *, folder: bool = False) -> Generator[Path]:
    """Give a neighbour of `path` to write into, and put it in place only if all went well."""
    neighbour = path.with_name(f".{path.name}.part")
    try:
        _remove(neighbour)
        path.parent.mkdir(parents=True, exist_ok=True)
        if folder:
            neighbour.mkdir()
        yield neighbour
        if folder and path.is_dir():
            _remove(path)
        os.replace(neighbour, path)
    except OSError as error:
        raise ExportError(
            f"could not be written: {error.strerror or error}",
            str(path),
            "check the folder, its permissions and the free space",
        ) from error
    finally:
        _remove(neighbour)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
