"""Build the page once, serve cases from a thread, and drive a real Chromium."""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from sayso.page import make_app
from sayso.page.serving import listen
from tests.page.made_cases import write_case
from tests.page.story_claims import small_tables

ROOT = Path(__file__).parents[2]


def load_build() -> ModuleType:
    """Load ``web/build.py``, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("build_page", ROOT / "web" / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def page_built() -> Path:
    """Give the folder of the built page; built from its sources where they have changed."""
    build = load_build()
    build.build(quiet=True)
    return Path(build.STATIC)


@pytest.fixture(scope="session")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the case of the small story; tests must not write to it."""
    return write_case(tmp_path_factory.mktemp("case") / "small.sayso", small_tables())


@pytest.fixture(scope="session")
def serve_case(page_built: Path) -> Iterator[Callable[[Path], str]]:
    """Give a function that serves a case and tells the address; all are stopped at the end."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(case: Path) -> str:
        listener = listen("127.0.0.1", 0)
        server = uvicorn.Server(uvicorn.Config(make_app(case), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def small_address(serve_case: Callable[[Path], str], small_case: Path) -> str:
    """Give the address at which the small story is served."""
    return serve_case(small_case)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give a Chromium; only where there is none are the tests that need it skipped."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("SAYSO_CHROMIUM") or next((p for p in map(shutil.which, names) if p), None)
    if found is None:
        pytest.skip("no Chromium on this machine; on Debian: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class Watched:
    """Hold a browser's page together with what went wrong on it and where it asked for anything."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def look(self, address: str, view: str) -> Page:
        """Open a view and wait until the accounts have come."""
        self.page.goto(f"{address}#/{view}")
        self.page.wait_for_selector("main :is(h1, article, p)")
        self.page.wait_for_timeout(150)
        return self.page


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    """Give a fresh page in English; a test that leaves an error on it fails."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900}, locale="en-GB")
    held = Watched(context.new_page())
    yield held
    context.close()
    assert held.errors == []


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., Any]]:
    """Give a function that opens browser contexts with options; all are closed at the end."""
    made: list[Any] = []

    def make(**options: Any) -> Any:
        made.append(chromium.new_context(**options))
        return made[-1]

    yield make
    for context in made:
        context.close()
