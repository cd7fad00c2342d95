"""A case: reports, everything read in them, and the judgements made on them, in one file.

`Case` is the only door to what is stored. A case file is SQLite in WAL mode; readers may look on while
one writer writes, and a killed writer leaves the last whole state.
"""

from __future__ import annotations

from sayso.case.sqlite import Case

__all__ = ["Case"]
