"""Keep a case in one SQLite file."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from sayso.errors import CaseError
from sayso.records import (
    FORMAT_VERSION,
    TABLES,
    Account,
    Annotations,
    Claim,
    Failure,
    Judgement,
    Record,
    Report,
    quote,
)

sqlite3: Any
try:  # bundles a SQLite without the WAL-reset bug of 3.51.2 and older, and always FTS5
    sqlite3 = import_module("pysqlite3.dbapi2")
except ImportError:  # platforms without a wheel
    sqlite3 = import_module("sqlite3")

APPLICATION_ID = 0x5A150
"""Written into the file's header, so that a case is told from any other SQLite file."""

AnyRecord = TypeVar("AnyRecord", bound=Record)
_DERIVED = tuple(name for name in TABLES if name not in ("judgements", "failures"))


class Case:
    """Hold one case. Open it with `Case.open`; use it as a context manager or `close` it.

    >>> with Case.open(":memory:", create=True) as case:
    ...     list(case.table("claims"))
    []
    """

    def __init__(self, connection: Any, path: str) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = False) -> Self:
        """Open a case file, or make a new one.

        Raises CaseError where the file is missing (and `create` is false), is no case, is damaged, is
        newer than this program, or is being written by another program. Nothing is changed then.
        """
        where = os.fspath(path)
        is_new = where == ":memory:" or not Path(where).exists() or Path(where).stat().st_size == 0
        if is_new and not create:
            raise CaseError("no such case", where, "make one with: sayso build REPORTS --case " + where)
        try:
            connection = sqlite3.connect(where, timeout=10.0, isolation_level=None)
            if is_new:
                _lay_tables(connection)
            else:
                _check_header(connection, where)
        except sqlite3.Error as error:
            raise _explain(error, where) from error
        return cls(connection, where)

    def close(self) -> None:
        """Close the file; what was written is already safe."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- what was read -------------------------------------------------------------------------------

    def readings(self) -> Iterator[tuple[Report, Annotations]]:
        """Give every report as read with its annotations, by report id."""
        query = "SELECT report_body, annotations_body FROM readings ORDER BY report"
        for report, annotations in self._connection.execute(query):
            yield _unpack(report, Report), _unpack(annotations, Annotations)

    def freshness(self) -> dict[str, str]:
        """Give, for each report of the case, the annotator that last read it."""
        return dict(self._connection.execute("SELECT report, annotator FROM readings"))

    def keep_readings(self, readings: Iterable[tuple[Report, Annotations]]) -> None:
        """Store reports with what was read in them, in one transaction; an older reading is replaced."""
        with self._transaction():
            for report, annotations in readings:
                self._connection.execute(
                    "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)",
                    (report.id, annotations.annotator, _pack(report), _pack(annotations)),
                )
                self._connection.execute("DELETE FROM failures WHERE path = ?", (report.path,))

    def keep_failures(self, failures: Iterable[Failure]) -> None:
        """Store what could not be read, one row for a path and stage."""
        with self._transaction():
            for failure in failures:
                self._connection.execute(
                    "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)",
                    (failure.path, failure.stage, _encode(failure)),
                )

    # --- what the case holds ---------------------------------------------------------------------------

    def table(self, name: str) -> Iterator[Any]:
        """Give the records of one table of the case format, by id."""
        kind = TABLES[name]
        return (_decode(body, kind) for body in self.json_rows(name))

    def json_rows(self, name: str) -> Iterator[bytes]:
        """Give the records of one table as the JSON they are stored in, by id: what is passed on unread."""
        if name == "failures":
            query, values = "SELECT body FROM failures ORDER BY path, stage", ()
        elif name == "judgements":
            query, values = "SELECT body FROM judgements ORDER BY id", ()
        else:
            query, values = "SELECT body FROM rows WHERE name = ? ORDER BY id", (name,)
        for (body,) in self._connection.execute(query, values):
            yield body

    def record(self, name: str, record_id: str) -> Any:
        """Give one record of a table, or None."""
        query = "SELECT body FROM rows WHERE name = ? AND id = ?"
        row = self._connection.execute(query, (name, record_id)).fetchone()
        return _decode(row[0], TABLES[name]) if row else None

    def of_report(self, name: str, report_id: str) -> Iterator[Any]:
        """Give the records of one table that stand in one report, by id."""
        query = "SELECT body FROM rows WHERE report = ? AND name = ? ORDER BY id"
        for (body,) in self._connection.execute(query, (report_id, name)):
            yield _decode(body, TABLES[name])

    def accounts_of(self, claim: Claim) -> list[Account]:
        """Give the accounts of a claim, by id."""
        return [self.record("accounts", account) for account in claim.accounts]

    def evidence(self, account: Account) -> str:
        """Quote the very words of a report in which an account was read."""
        report = self.record("reports", account.report)
        return quote(report.text, account.spans)

    def count(self, name: str) -> int:
        """Count the records of one table."""
        if name in ("failures", "judgements"):
            return int(self._connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
        query = "SELECT count(*) FROM rows WHERE name = ?"
        return int(self._connection.execute(query, (name,)).fetchone()[0])

    def replace(self, tables: Mapping[str, Iterable[Record]]) -> None:
        """Make the derived tables hold just these records, in one transaction; equal rows are left alone."""
        with self._transaction():
            for name in _DERIVED:
                self._replace_table(name, tables.get(name, ()))
            self._index_text(tables)

    def _replace_table(self, name: str, records: Iterable[Record]) -> None:
        held = dict(self._connection.execute("SELECT id, body FROM rows WHERE name = ?", (name,)))
        for record in records:
            key, body = getattr(record, "id"), _encode(record)  # noqa: B009
            if held.pop(key, None) == body:
                continue
            report = key if name == "reports" else getattr(record, "report", None)
            row = (name, key, report, body)
            self._connection.execute("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", row)
        gone = [(name, key) for key in held]
        self._connection.executemany("DELETE FROM rows WHERE name = ? AND id = ?", gone)

    def _index_text(self, tables: Mapping[str, Iterable[Record]]) -> None:
        self._connection.execute("DELETE FROM search")
        reports = (r for r in tables.get("reports", ()) if isinstance(r, Report))
        claims = (c for c in tables.get("claims", ()) if isinstance(c, Claim))
        rows = [("reports", r.id, f"{r.title or ''}\n{r.text}") for r in reports]
        rows += [("claims", c.id, c.summary) for c in claims]
        self._connection.executemany("INSERT INTO search VALUES (?, ?, ?)", rows)

    def search(self, words: str, *, limit: int = 100) -> list[tuple[str, str, str]]:
        """Find reports and claims that hold all the words: (table, id, snippet), best first."""
        terms = " ".join('"' + word.replace('"', '""') + '"*' for word in words.split())
        if not terms:
            return []
        query = (
            "SELECT name, id, snippet(search, 2, '', '', ' … ', 16) FROM search "
            "WHERE search MATCH ? ORDER BY rank LIMIT ?"
        )
        return list(self._connection.execute(query, (terms, limit)))

    # --- judgements and head ---------------------------------------------------------------------------

    def judge(self, judgement: Judgement) -> None:
        """Append a judgement; one with the id of an earlier one may only withdraw it."""
        with self._transaction():
            query = "SELECT body FROM judgements WHERE id = ?"
            row = self._connection.execute(query, (judgement.id,)).fetchone()
            if row and not _only_withdraws(_decode(row[0], Judgement), judgement):
                raise CaseError(
                    "a judgement cannot be rewritten", judgement.id, "withdraw it and add another"
                )
            self._connection.execute(
                "INSERT OR REPLACE INTO judgements VALUES (?, ?)", (judgement.id, _encode(judgement))
            )

    def meta(self) -> dict[str, str]:
        """Give the head of the case: format version and what made it."""
        return dict(self._connection.execute("SELECT key, value FROM meta ORDER BY key"))

    def note(self, **values: str) -> None:
        """Write values into the head of the case."""
        with self._transaction():
            self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    @contextmanager
    def _transaction(self) -> Generator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back when the disk is full
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise _explain(error, self.path) from error


def _lay_tables(connection: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for command in files("sayso.case").joinpath("tables.sql").read_text("utf-8").split(";"):
        connection.execute(command)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('format', ?)", (str(FORMAT_VERSION),))
    connection.execute("COMMIT")


def _check_header(connection: Any, where: str) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        connection.close()
        raise CaseError("this is not a Sayso case", where, "name another file with --case")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT_VERSION:
        connection.close()
        raise CaseError(
            f"made by a newer Sayso (case format {version}, this program reads {FORMAT_VERSION})",
            where,
            "update Sayso",
        )


def _explain(error: Exception, where: str) -> CaseError:
    """Turn what SQLite says into what happened and what to do."""
    said = str(error)
    known = {
        "file is not a database": ("this is not a Sayso case", "name another file with --case"),
        "malformed": ("the case file is damaged", "restore a copy, or build the case again"),
        "disk is full": (
            "the disk is full; the case keeps its last whole state",
            "free some space, run again",
        ),
        "disk I/O": (
            "the disk could not be written; the case keeps its last whole state",
            "free some space, run again",
        ),
        "locked": ("the case is being written by another program", "wait until it has finished"),
        "readonly": ("the case may not be written", "change the file's permissions"),
        "unable to open": ("the case cannot be opened", "check the folder and its permissions"),
    }
    for sign, (what, remedy) in known.items():
        if sign in said:
            return CaseError(what, where, remedy)
    return CaseError(f"the case could not be used: {said}", where, "build the case again")


def _only_withdraws(before: Judgement, after: Judgement) -> bool:
    return msgspec.structs.replace(before, withdrawn=after.withdrawn) == after


def _encode(record: Record) -> bytes:
    return msgspec.json.encode(record)


def _decode(body: bytes, kind: type[AnyRecord]) -> AnyRecord:
    return msgspec.json.decode(body, type=kind)


def _pack(record: Record) -> bytes:
    """Encode what only this file reads back: smaller and faster than JSON, and bytes stay bytes."""
    return msgspec.msgpack.encode(record)


def _unpack(body: bytes, kind: type[AnyRecord]) -> AnyRecord:
    return msgspec.msgpack.decode(body, type=kind)
