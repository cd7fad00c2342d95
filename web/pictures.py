"""Take the pictures of the page that the documentation shows: ``python web/pictures.py CASE``.

They are written to ``docs/images/`` from the case that is named; Chromium must be installed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from sayso.case import Case
from sayso.exporters.html import export_html
from sayso.records import Account, Claim

OUT = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZE = {"width": 1180, "height": 820}


def take_pictures(case_path: Path) -> None:
    """Export the case as one file and photograph each view of it."""
    with Case.open(case_path) as case, tempfile.TemporaryDirectory() as folder:
        export_html(case, page_path := Path(folder, "case.html"))
        photograph(page_path.as_uri(), views_of(case))


def views_of(case: Case) -> dict[str, str]:
    """Name the views to show; claim and reader show the claim that most reports tell."""
    told: Claim = max(case.table("claims"), key=lambda claim: (len(claim.accounts), claim.id))
    account: Account = case.record("accounts", told.accounts[0])
    return {
        "chronology": f"chronology?from={(told.earliest or '')[:10]}",
        "claim": f"claim/{told.id}",
        "reader": f"report/{account.report}?at={account.attribution or account.id}",
        "contradictions": "contradictions",
        "sources": "sources",
        "map": "map",
        "reports": "reports",
    }


def photograph(address: str, views: dict[str, str]) -> None:
    """Open every view in Chromium and keep what it shows."""
    OUT.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("no Chromium on the path; on Debian: apt-get install chromium")
    with sync_playwright() as driver:
        options = ["--no-sandbox", "--disable-background-networking", "--hide-scrollbars"]
        browser = driver.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport=SIZE, locale="en-GB")
        for name, view in views.items():
            page.goto(f"{address}#/{view}")
            page.wait_for_timeout(800)
            page.screenshot(path=OUT / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    take_pictures(Path(sys.argv[1]))
