"""On whose say-so? A pile of news reports in, a sourced chronology out.

>>> import sayso
>>> sayso.Case.open(":memory:", create=True).count("claims")
0

`build` makes or extends a case from files and folders, `annotate` reads one text, `open_case` opens what
was built. What they give back are the records of `sayso.records`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.case import Case
    from sayso.pipeline import AnnotatedReport

__all__ = ["Case", "SaysoError", "annotate", "build", "open_case"]


def build(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str], *, case: str | os.PathLike[str]
) -> Case:
    """Read files and folders into the case at a path, made if there is none, and give the open case."""
    from sayso import pipeline
    from sayso.case import Case

    several = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    opened = Case.open(case, create=True)
    pipeline.build([Path(path) for path in several], opened)
    return opened


def annotate(text: str, *, published: str | None = None, language: str | None = None) -> AnnotatedReport:
    """Read one text: who says what, when, what happened; `published` anchors "yesterday"."""
    from sayso import pipeline

    return pipeline.annotate(text, published=published, language=language)


def open_case(path: str | os.PathLike[str]) -> Case:
    """Open a case that was built before."""
    from sayso.case import Case

    return Case.open(path)


def __getattr__(name: str) -> Any:
    if name == "Case":  # kept out of start-up: `sayso --help` needs no store
        from sayso.case import Case

        return Case
    raise AttributeError(f"module 'sayso' has no attribute '{name}'")
