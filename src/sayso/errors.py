"""What can go wrong, drawn as a tree.

    SaysoError                 anything a user can mend; the message says what, where, and what to do
    ├── UnreadableReport       one input that holds no report Sayso can read
    ├── LanguageDataError      a file under ``languages/`` that breaks its schema or its own examples
    ├── ModelError             a model folder that is missing, damaged or from another version
    ├── CaseError              a case file that is not one, is damaged, locked, or newer than the program
    └── ExportError            an export that could not be written whole

Everything else that is raised is a bug and is left to crash.
"""

from __future__ import annotations


class SaysoError(Exception):
    """Say what failed, where, and how to mend it, in one line."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class UnreadableReport(SaysoError):
    """Refuse one input; the batch goes on and the input becomes a `Failure` row."""


class LanguageDataError(SaysoError):
    """Refuse a language file whose form or whose examples do not hold."""


class ModelError(SaysoError):
    """Refuse a model folder that cannot be run."""


class CaseError(SaysoError):
    """Refuse a case file without touching it."""


class ExportError(SaysoError):
    """Report an export that was not written; nothing half-written is left behind."""
