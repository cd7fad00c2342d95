"""Answer the page's questions about one case over HTTP.

Every answer is made of the records of the case format, with their names; offsets are code points. The
first answer holds what the chronology needs; the words of a report follow when they are asked for.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import msgspec
from litestar import Litestar, MediaType, Request, Response, Router, get, post
from litestar.datastructures import MutableScopeHeaders, State
from litestar.exceptions import HTTPException, NotFoundException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import Message, Scope

from sayso.case import Case
from sayso.errors import SaysoError
from sayso.records import TABLES, Judgement, Report, Span, Verdict, identify

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
STATIC = {
    "index.html": "text/html; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "app.css": "text/css; charset=utf-8",
    "atlas.json": "application/json",
}
FIRST_TABLES = ("claims", "entities", "contradictions", "derivations", "judgements", "failures")
IN_REPORT = ("attributions", "events", "timexes", "mentions", "citations")
REVISING: frozenset[Verdict] = frozenset({"same", "different", "reject", "rate"})
"""Verdicts that change what the case says; the others are only kept beside it."""
AROUND = 160
"""Code points of context given on either side of a quotation."""


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Hold the words of one account with a little of what stands around them."""

    before: str
    parts: tuple[tuple[str, bool], ...]
    """The words from the first span to the last, in pieces: the text, and whether it is quoted."""
    after: str


class NewJudgement(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what the page sends of a judgement; who and when are added here."""

    verdict: Verdict
    target: str
    other: str | None = None
    before: str | None = None
    after: str | None = None
    reason: str | None = None


Revise = Callable[[Case], object]
"""Make what spans reports anew after a judgement: `sayso.pipeline.consolidate`, or nothing."""


def make_app(
    case_path: str | os.PathLike[str], *, host: str = "127.0.0.1", revise: Revise | None = None
) -> Litestar:
    """Make the application that shows one case; `host` is the name it may be reached by.

    Without `revise`, judgements are kept and take effect when the case is next built.
    """
    names = frozenset({"127.0.0.1", "localhost", "[::1]", host, f"[{host}]"})

    def open_case(app: Litestar) -> None:
        app.state.case = Case.open(case_path)
        app.state.revise = revise

    def close_case(app: Litestar) -> None:
        app.state.case.close()

    api = Router(
        "/api",
        route_handlers=[
            first_view,
            accounts,
            claim_detail,
            report_detail,
            entity_detail,
            search,
            judge,
            withdraw,
        ],
    )
    return Litestar(
        route_handlers=[static_root, static_file, api],
        on_startup=[open_case],
        on_shutdown=[close_case],
        before_request=_guard(names),
        before_send=[_protect],
        exception_handlers={SaysoError: _explain},
        openapi_config=None,
    )


async def _protect(message: Message, scope: Scope) -> None:
    """Put the protecting headers on every answer, errors included."""
    if message["type"] == "http.response.start":
        MutableScopeHeaders(message).update(HEADERS)


def _guard(names: frozenset[str]) -> Callable[[Request[Any, Any, State]], None]:
    """Refuse requests that another site made the browser send here (DNS rebinding, forged posts)."""

    def check(request: Request[Any, Any, State]) -> None:
        if _hostname(request.headers.get("host", "")) not in names:
            raise PermissionDeniedException("this page answers only under the name of this machine")
        origin = request.headers.get("origin")
        if request.method != "GET" and (origin is None or _hostname(origin.partition("://")[2]) not in names):
            raise PermissionDeniedException("judgements are taken only from the page itself")

    return check


def _hostname(address: str) -> str:
    """Cut the port off a Host header.

    >>> _hostname("127.0.0.1:8000"), _hostname("[::1]:80"), _hostname("localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    head, colon, port = address.rpartition(":")
    return (head if colon and port.isdigit() else address).lower()


def _explain(_: Request[Any, Any, State], error: SaysoError) -> Response[bytes]:
    body = {"what": error.what, "where": error.where, "remedy": error.remedy}
    return _json(body, status=409)


def _json(value: object, status: int = 200) -> Response[bytes]:
    return Response(msgspec.json.encode(value), media_type=MediaType.JSON, status_code=status)


# --- the page's own files --------------------------------------------------------------------------------


@get("/", sync_to_thread=False)
def static_root() -> Response[bytes]:
    """Give the page."""
    return _static("index.html")


@get("/{name:str}", sync_to_thread=False)
def static_file(name: FromPath[str]) -> Response[bytes]:
    """Give one of the page's files; there are only those of `STATIC`."""
    return _static(name)


def _static(name: str) -> Response[bytes]:
    if name not in STATIC:
        raise NotFoundException(f"there is no {name} here")
    built = files("sayso.page").joinpath("static", name)
    if not built.is_file():
        raise HTTPException("the page is not built; build it with: make web", status_code=503)
    return Response(built.read_bytes(), headers={"Content-Type": STATIC[name]})


# --- what is in the case ---------------------------------------------------------------------------------


@get("/case", sync_to_thread=False)
def first_view(state: State) -> Response[bytes]:
    """Give the head of the case and every table the chronology needs; reports come without their words."""
    case: Case = state.case
    tables = {name: _raw(case.json_rows(name)) for name in FIRST_TABLES}
    tables["reports"] = _raw(msgspec.json.encode(_without_words(row)) for row in case.table("reports"))
    return _json({"meta": case.meta(), "tables": tables})


def _raw(rows: Iterable[bytes]) -> msgspec.Raw:
    """Join rows that are JSON already; a hundred thousand of them need not be read to be sent."""
    return msgspec.Raw(b"[" + b",".join(rows) + b"]")


def _without_words(report: Report) -> Report:
    return msgspec.structs.replace(report, text="", blocks=(), links=())


@get("/accounts", sync_to_thread=False)
def accounts(state: State) -> Response[bytes]:
    """Give all accounts: the second thing the page asks for."""
    return _json(_raw(state.case.json_rows("accounts")))


@get("/claims/{claim_id:str}", sync_to_thread=False)
def claim_detail(state: State, claim_id: FromPath[str]) -> Response[bytes]:
    """Give what one claim rests on: its accounts with their words, attributions, events and timexes."""
    case: Case = state.case
    claim = _found(case, "claims", claim_id)
    told = _records(case, "accounts", claim.accounts)
    return _json(
        {
            "accounts": told,
            "attributions": _records(case, "attributions", (a.attribution for a in told)),
            "events": _records(case, "events", (a.event for a in told)),
            "timexes": _records(case, "timexes", (a.time for a in told)),
            "quotations": _quotations(case, told),
        }
    )


def _found(case: Case, table: str, record_id: str) -> Any:
    record = case.record(table, record_id)
    if record is None:
        raise NotFoundException(f"the case has no {record_id} among its {table}")
    return record


def _records(case: Case, table: str, ids: Iterable[str | None]) -> list[Any]:
    wanted = sorted({record_id for record_id in ids if record_id})
    return [record for record in (case.record(table, wanted_id) for wanted_id in wanted) if record]


def _quotations(case: Case, told: list[Any]) -> dict[str, Quotation]:
    reports = {report.id: report for report in _records(case, "reports", (a.report for a in told))}
    return {a.id: quotation(reports[a.report], a.spans) for a in told if a.report in reports and a.spans}


def quotation(report: Report, spans: tuple[Span, ...]) -> Quotation:
    """Quote spans of a report in their place: no farther around than their block, and in whole words."""
    text, merged = report.text, _merge(spans)
    start, end = merged[0][0], merged[-1][1]
    first = max((b.start for b in report.blocks if b.start <= start), default=0)
    last = min((b.end for b in report.blocks if b.end >= end), default=len(text))
    left, right = max(first, start - AROUND), min(last, end + AROUND)
    before, after = text[left:start], text[end:right]
    return Quotation(
        before=before if left == first else "… " + before.partition(" ")[2],
        parts=tuple(_pieces(text, merged)),
        after=after if right == last else after.rpartition(" ")[0] + " …",
    )


def _merge(spans: tuple[Span, ...]) -> list[Span]:
    """Join spans that touch or overlap.

    >>> _merge(((4, 9), (0, 5), (12, 14)))
    [(0, 9), (12, 14)]
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, spans: list[Span]) -> Iterator[tuple[str, bool]]:
    """Give the quoted words and what lies between them; a long way between is left out."""
    at = spans[0][0]
    for start, end in spans:
        if start > at:
            yield (text[at:start] if start - at <= AROUND else " … "), False
        yield text[start:end], True
        at = end


@get("/reports/{report_id:str}", sync_to_thread=False)
def report_detail(state: State, report_id: FromPath[str]) -> Response[bytes]:
    """Give one report with its words and everything that was read in it."""
    case: Case = state.case
    report = _found(case, "reports", report_id)
    tables: dict[str, Any] = {name: list(case.of_report(name, report_id)) for name in IN_REPORT}
    return _json({"report": report, "tables": tables})


@get("/entities/{entity_id:str}", sync_to_thread=False)
def entity_detail(state: State, entity_id: FromPath[str]) -> Response[bytes]:
    """Give what one entity is said to have said, over all reports."""
    case: Case = state.case
    _found(case, "entities", entity_id)
    said = [a for a in case.table("attributions") if entity_id in (a.source_entity, a.medium_entity)]
    timexes = _records(case, "timexes", (a.said for a in said))
    return _json({"attributions": said, "timexes": timexes})


@get("/search", sync_to_thread=False)
def search(state: State, q: FromQuery[str], limit: FromQuery[int] = 200) -> Response[bytes]:
    """Find reports and claims by their words, best first."""
    case: Case = state.case
    hits = case.search(q, limit=max(1, min(limit, 2000)))
    return _json([{"table": table, "id": found, "snippet": snippet} for table, found, snippet in hits])


# --- judgements ------------------------------------------------------------------------------------------


@post("/judgements", sync_to_thread=False, status_code=201)
def judge(state: State, data: JSONBody[list[NewJudgement]]) -> Response[bytes]:
    """Append judgements; give them back with their ids, and whether the case was revised by them."""
    case: Case = state.case
    for sent in data:
        if not all(_exists(case, wanted) for wanted in (sent.target, sent.other) if wanted is not None):
            raise NotFoundException(f"the case has no {sent.target}, or no {sent.other}")
    created, user = _now(), getpass.getuser()
    made = [_sign(sent, created, user) for sent in data]
    for judgement in made:
        case.judge(judgement)
    return _json({"judgements": made, "revised": _revised(state, made)}, status=201)


@post("/judgements/{judgement_id:str}/withdraw", sync_to_thread=False, status_code=200)
def withdraw(state: State, judgement_id: FromPath[str]) -> Response[bytes]:
    """Withdraw a judgement; it stays in the log."""
    case: Case = state.case
    held = next((j for j in case.table("judgements") if j.id == judgement_id), None)
    if held is None:
        raise NotFoundException(f"the case has no judgement {judgement_id}")
    withdrawn = held if held.withdrawn else msgspec.structs.replace(held, withdrawn=_now())
    case.judge(withdrawn)
    return _json({"judgements": [withdrawn], "revised": _revised(state, [withdrawn])})


def _exists(case: Case, record_id: str) -> bool:
    return any(case.record(name, record_id) for name in TABLES if name not in ("judgements", "failures"))


def _sign(sent: NewJudgement, created: str, user: str) -> Judgement:
    fields = msgspec.structs.asdict(sent)
    made = identify("jdg", created, user, *fields.values())
    return Judgement(id=made, created=created, user=user, **fields)


def _revised(state: State, made: Iterable[Judgement]) -> bool:
    """Revise the case where a judgement changes what it says, and where it was built from readings."""
    if state.revise is None or not REVISING.intersection(one.verdict for one in made):
        return False
    if not state.case.freshness():
        return False
    state.revise(state.case)
    return True


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
