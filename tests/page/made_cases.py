"""Make cases for the page's tests: one in which every string is hostile, and large ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sayso.case import Case
from sayso.records import Account, Attribution, Claim, Entity, Failure, Link, Origin, Part, Record, Report
from tests.page.story_reports import report


def hostile_tables(payloads: list[str]) -> dict[str, list[Any]]:
    """Give a case in which every free string is one of the payloads."""
    tables: dict[str, list[Any]] = {
        name: [] for name in ("reports", "entities", "accounts", "claims", "attributions")
    }
    for number, payload in enumerate(payloads):
        key, text = f"bad{number}", f"{payload}\n\n{payload} said {payload}."
        tables["reports"].append(
            report(
                key,
                f"ent-{key}",
                "en",
                "2024-03-05",
                text,
                author=payload,
                url=payload,
                links=(Link(start=0, end=len(payload), url=payload),),
            )
        )
        tables["entities"].append(Entity(id=f"ent-{key}", kind="outlet", name=payload, roles=(payload,)))
        spans = ((len(payload) + 2, 2 * len(payload) + 2),)
        tables["attributions"].append(
            Attribution(
                id=f"att-{key}", report=f"rep-{key}", kind="indirect", content=Part(spans=spans, text=payload)
            )
        )
        tables["accounts"].append(
            Account(
                id=f"acc-{key}",
                report=f"rep-{key}",
                claim=f"clm-{key}",
                spans=spans,
                attribution=f"att-{key}",
                chain=(f"ent-{key}", payload),
                origin=f"org-{key}",
            )
        )
        tables["claims"].append(
            Claim(
                id=f"clm-{key}",
                kind="proposition",
                summary=payload,
                language="en",
                accounts=(f"acc-{key}",),
                origins=(Origin(id=f"org-{key}", accounts=(f"acc-{key}",), why=payload),),
                origin_count=1,
                origin_count_max=1,
                status="uncorroborated",
                status_why=payload,
                earliest="2024-03-05",
                actors=(payload,),
            )
        )
    return tables


def large_tables(count: int, *, seed: int = 7) -> dict[str, list[Any]]:
    """Give a case of `count` claims with two accounts each, spread over six years and a hundred outlets."""
    dice, start = Random(seed), datetime(2019, 1, 1, tzinfo=UTC)
    places = [
        Entity(
            id=f"ent-place{n}",
            kind="place",
            name=f"Town {n}",
            lat=dice.uniform(-50, 65),
            lon=dice.uniform(-170, 170),
        )
        for n in range(300)
    ]
    outlets = [Entity(id=f"ent-outlet{n}", kind="outlet", name=f"Outlet {n}") for n in range(100)]
    tables: dict[str, list[Any]] = {
        "entities": [*places, *outlets],
        "claims": [],
        "accounts": [],
        "reports": [],
    }
    for n in range(max(1, count // 20)):
        published = (start + timedelta(hours=dice.randrange(6 * 365 * 24))).isoformat()
        text = f"Report {n}\n\nThe ministry of town {n % 300} said that bridge {n} was closed."
        tables["reports"].append(
            report(f"l{n}", f"ent-outlet{n % 100}", dice.choice(["de", "en", "ru"]), published, text)
        )
    for n in range(count):
        _add_large_claim(tables, n, start + timedelta(minutes=dice.randrange(6 * 365 * 1440)), dice)
    return tables


def _add_large_claim(tables: dict[str, list[Any]], n: int, when: datetime, dice: Random) -> None:
    days = dice.choice([1, 1, 1, 2, 7, 30])
    made = []
    for half in (0, 1):
        from_report: Report = dice.choice(tables["reports"])
        made.append(f"acc-{n}-{half}")
        tables["accounts"].append(
            Account(
                id=made[-1],
                report=from_report.id,
                claim=f"clm-{n}",
                spans=((10, 30),),
                origin=f"org-{n}",
                chain=(from_report.outlet or "", f"ent-outlet{dice.randrange(5)}"),
            )
        )
    origin = Origin(id=f"org-{n}", accounts=tuple(made), why="one outlet passes on the other's word")
    tables["claims"].append(
        Claim(
            id=f"clm-{n}",
            kind="event",
            language="en",
            accounts=tuple(made),
            origins=(origin,),
            origin_count=1,
            summary=f"The ministry of town {n % 300} said that bridge {n} was closed and traffic diverted",
            event_type=dice.choice(["PROTEST", "ASSAULT", "AID", "CONSULT"]),
            earliest=when.date().isoformat(),
            latest=(when + timedelta(days=days)).date().isoformat(),
            place=f"ent-place{dice.randrange(300)}",
            origin_count_max=dice.choice([1, 2]),
            status=dice.choice(["uncorroborated", "corroborated", "disputed"]),
            status_why="-",
        )
    )


def write_case(path: Path, tables: dict[str, list[Any]], failures: list[Failure] | None = None) -> Path:
    """Write tables as a case file."""
    with Case.open(path, create=True) as case:
        kept: dict[str, list[Record]] = dict(tables)
        case.replace(kept)
        case.keep_failures(failures or [])
    return path
