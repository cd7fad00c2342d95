"""Use every view in a real Chromium, as a reader would: served, and in the one file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sayso.case import Case
from sayso.exporters.html import export_html
from tests.page.conftest import ROOT, Watched
from tests.page.made_cases import hostile_tables, large_tables, write_case
from tests.page.story_claims import small_tables
from tests.page.story_reports import COURIER

VIEWS = [
    "chronology",
    "claim/clm-toll",
    "report/rep-courier?at=att-courier-4",
    "report/rep-daily",
    "entity/ent-ministry",
    "contradictions",
    "sources",
    "map",
    "reports?q=explosion",
    "log",
]


@pytest.fixture(scope="module", params=["served", "one file"])
def address(
    request: pytest.FixtureRequest,
    small_case: Path,
    page_built: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Give the small story's address: at the program that serves it, and as a file on disk."""
    if request.param == "served":
        return str(request.getfixturevalue("small_address"))
    out = tmp_path_factory.mktemp("export") / "case.html"
    with Case.open(small_case) as case:
        export_html(case, out)
    return out.as_uri()


def entry(page: Page, words: str) -> Any:
    return page.locator("article.entry", has_text=words)


def test_an_entry_shows_origins_first_then_outlets(watched: Watched, address: str) -> None:
    page = watched.look(address, "chronology")
    toll = entry(page, "killed at least 12 miners")
    expect(toll.locator(".count")).to_have_text("2")
    expect(toll).to_contain_text("5 outlets")
    expect(toll).to_contain_text("15 ≠ 17")
    expect(entry(page, "searching for nine").locator(".count")).to_have_text("1–2")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert toll.locator(".count").evaluate(size) > 2 * toll.locator(".foot").evaluate(size)


def test_undated_claims_come_last_and_spans_are_spelled(watched: Watched, address: str) -> None:
    page = watched.look(address, "chronology")
    heads = page.locator(".list h2").all_inner_texts()
    assert heads[0].startswith("January 2024")
    assert heads[1].startswith("Tuesday, 5 March 2024")
    assert heads[-1].startswith("Undated")
    expect(entry(page, "warned of methane")).to_contain_text("January 2024")


def test_claim_names_who_says_so_and_by_which_chain(watched: Watched, address: str) -> None:
    page = watched.look(address, "chronology")
    entry(page, "killed at least 12 miners").get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("An explosion in the Severnaya mine killed at least 12 miners")
    expect(page.locator(".origin")).to_have_count(2)
    expect(page.locator(".origin").first).to_contain_text("Ministry of Emergencies")
    expect(page.locator("mark", has_text="погибли не менее 12 горняков")).to_be_visible()
    expect(page.locator(".chain", has_text="Meridian")).to_contain_text("Ministry of Emergencies")
    assert page.locator("figure svg rect").count() >= 7
    expect(page.locator("table", has_text="Miners' union")).to_contain_text("17")


def test_from_an_account_to_its_words_and_back(watched: Watched, address: str) -> None:
    page = watched.look(address, "claim/clm-toll")
    page.locator(".account a.outlet", has_text="Northern Courier").click()
    here = page.locator(".text .here")
    expect(here.first).to_be_in_viewport()
    assert "".join(here.all_inner_texts()) == "killing at least 12 miners"
    page.locator("aside .claim a").click()
    expect(page.locator("h1")).to_contain_text("killed at least 12 miners")


def test_offsets_hold_behind_characters_outside_the_basic_plane(watched: Watched, address: str) -> None:
    assert "👷" in COURIER
    page = watched.look(address, "report/rep-courier")
    assert "Tuesday morning" in page.locator(".text .time").all_inner_texts()
    assert page.locator(".text .cue").all_inner_texts() == ["said", "told", "adding", "had said"]


def test_nested_attribution_looks_nested_and_says_so(watched: Watched, address: str) -> None:
    page = watched.look(address, "report/rep-courier?at=att-courier-4")
    expect(page.locator(".text .deep2").first).to_be_visible()
    assert (
        page.locator(".text .deep2").first.evaluate("e => getComputedStyle(e).textDecorationStyle")
        == "double"
    )
    expect(page.locator("aside .chosen")).to_contain_text("rescuers")
    expect(page.locator("aside .chosen")).to_contain_text("probable")


def test_layers_are_switched_off_and_on(watched: Watched, address: str) -> None:
    page = watched.look(address, "report/rep-courier")
    button = page.get_by_role("button", name="Source", exact=False).first
    assert page.locator(".text .source").count() > 0
    button.click()
    expect(page.locator(".text .source")).to_have_count(0)
    button.click()
    expect(page.locator(".text .source").first).to_be_visible()


def test_words_are_chosen_by_a_click(watched: Watched, address: str) -> None:
    page = watched.look(address, "report/rep-courier")
    page.locator(".text .time").first.click()
    expect(page.locator("aside .chosen")).to_contain_text("2024-03-05TMO")


def test_a_copy_stands_beside_what_it_copies(watched: Watched, address: str) -> None:
    page = watched.look(address, "report/rep-vestnik")
    expect(page.locator("h2", has_text="Translated from")).to_contain_text("Northern Courier")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("шахте")
    expect(row).to_contain_text("An explosion")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("explosions", "Severnaya mine"),
        ("entliess", "entließ den Leiter"),
        ("Ministry", "searching for nine"),
        ("чрезвычайным", "searching for nine"),
    ],
)
def test_search_finds_other_forms_accents_and_scripts(
    watched: Watched, address: str, query: str, found: str
) -> None:
    page = watched.look(address, "chronology")
    page.locator("#find").fill(query)
    expect(entry(page, found)).to_be_visible()
    expect(page.locator("article.entry")).to_have_count(1)
    assert "q=" in page.url


def test_a_view_can_be_sent_as_a_link(watched: Watched, address: str) -> None:
    page = watched.look(address, "chronology?place=ent-karaganda&min=2")
    expect(page.locator("article.entry")).to_have_count(1)
    expect(page.get_by_role("button", name="Filters (2)")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("article.entry")).to_have_count(6)


def test_time_is_narrowed_on_the_axis_and_widened_again(watched: Watched, address: str) -> None:
    page = watched.look(address, "chronology")
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(entry(page, "warned of methane")).to_have_count(0)
    expect(page.locator("article.entry")).to_have_count(4)
    page.get_by_role("button", name="Whole time").click()
    expect(page.locator("article.entry")).to_have_count(6)


def test_contradictions_stand_together_true_ones_first(watched: Watched, address: str) -> None:
    page = watched.look(address, "contradictions")
    expect(page.locator("main article")).to_have_count(2)
    expect(page.locator("main article").first).to_contain_text("contradiction")
    expect(page.locator("main article").last).to_contain_text("evolving figure")


def test_sources_tell_who_relies_on_whom(watched: Watched, address: str) -> None:
    page = watched.look(address, "sources")
    row = page.locator("tbody tr", has_text="Harbour Daily")
    expect(row).to_contain_text("Northern Courier")
    expect(page.locator("main > ul > li").first).to_contain_text("Степной вестник")
    page.locator("tbody th a", has_text="Ministry of Emergencies").click()
    expect(page.locator("ol li").first).to_contain_text("An explosion tore through")


def test_a_place_on_the_map_leads_to_its_claims(watched: Watched, address: str) -> None:
    page = watched.look(address, "map")
    expect(page.locator("path.land")).to_have_attribute("d", re.compile("^M"))
    expect(page.locator("circle")).to_have_count(2)
    page.locator(".places button", has_text="Karaganda").click()
    expect(page.locator("article.entry")).to_have_count(3)


def test_reports_are_found_by_their_words(watched: Watched, address: str) -> None:
    page = watched.look(address, "reports?q=Bergleuten")
    expect(page.locator("main article")).to_have_count(1)
    expect(page.locator("main article")).to_contain_text("Grubenunglück")


def test_the_keyboard_alone_leads_to_the_words(watched: Watched, address: str) -> None:
    page = watched.look(address, "chronology")
    page.keyboard.press("/")
    page.keyboard.type("lift")
    expect(page.locator("article.entry")).to_have_count(1)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("the lift was probably destroyed")
    page.locator(".account a.outlet").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".text .here").first).to_be_visible()


@pytest.mark.parametrize(("language", "word"), [("de", "Widersprüche"), ("ru", "Противоречия")])
def test_the_interface_speaks_other_languages(
    watched: Watched, address: str, language: str, word: str
) -> None:
    page = watched.look(address, "chronology")
    page.get_by_label("Language of the interface").select_option(language)
    expect(page.get_by_role("link", name=word)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == language


def test_nothing_is_asked_of_any_other_machine(watched: Watched, address: str) -> None:
    for view in VIEWS:
        watched.look(address, view)
    own = ("data:", address.split("#", maxsplit=1)[0] if address.startswith("file") else address)
    assert [url for url in watched.requests if not url.startswith(own)] == []


def test_judgements_are_made_in_the_page_and_only_read_in_the_file(
    new_context: Callable[..., Any], serve_case: Callable[[Path], str], small_case: Path, tmp_path: Path
) -> None:
    path = write_case(tmp_path / "own.sayso", small_tables())
    page = new_context(locale="en-GB").new_page()
    page.goto(f"{serve_case(path)}#/claim/clm-lift")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".standing")).to_contain_text("Rejected")
    with Case.open(path) as case:
        assert [(one.verdict, one.target) for one in case.table("judgements")] == [("reject", "clm-lift")]
        export_html(case, tmp_path / "own.html")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".standing")).to_have_count(0)
    page.get_by_role("link", name="Judgements").click()
    expect(page.locator("tbody tr")).to_contain_text("withdrawn")
    page.goto(f"{(tmp_path / 'own.html').as_uri()}#/claim/clm-lift")
    expect(page.locator(".standing")).to_contain_text("Rejected")
    expect(page.get_by_role("button", name="Withdraw")).to_have_count(0)


def test_claims_and_accounts_are_joined_and_parted_by_hand(
    new_context: Callable[..., Any], serve_case: Callable[[Path], str], tmp_path: Path
) -> None:
    path = write_case(tmp_path / "own.sayso", small_tables())
    page = new_context(locale="en-GB").new_page()
    page.goto(f"{serve_case(path)}#/claim/clm-lift")
    page.get_by_text("Join with another claim").click()
    page.locator("details input").fill("methane")
    page.locator("details button").click()
    expect(page.locator("details input")).to_have_value("")
    page.goto(page.url.replace("clm-lift", "clm-missing"))
    page.get_by_role("button", name="Tells something else").last.click()
    page.get_by_role("link", name="Judgements").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    with Case.open(path) as case:
        made = {(one.verdict, one.target, one.other) for one in case.table("judgements")}
    assert made == {("same", "acc-courier-3", "acc-courier-4"), ("different", "acc-bote-2", "acc-courier-2")}


@pytest.mark.parametrize(("scheme", "wide"), [("light", 1200), ("dark", 1200), ("light", 360)])
@pytest.mark.parametrize("view", [*VIEWS, "chronology?q=zzz"])
def test_no_barrier_that_axe_finds(
    new_context: Callable[..., Any], small_address: str, view: str, scheme: str, wide: int
) -> None:
    """The checker is a script of its own, so the content policy is lifted for this test alone."""
    checker = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    screen = {"width": wide, "height": 800}
    page = new_context(bypass_csp=True, color_scheme=scheme, locale="en-GB", viewport=screen).new_page()
    page.goto(f"{small_address}#/{view}")
    page.wait_for_timeout(400)
    page.evaluate(checker)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] != "minor"] == []


@pytest.mark.parametrize("wide", [320, 390])
def test_a_telephone_shows_every_view_without_scrolling_sideways(
    new_context: Callable[..., Any], small_address: str, wide: int
) -> None:
    page = new_context(viewport={"width": wide, "height": 800}, locale="de").new_page()
    for view in VIEWS:
        page.goto(f"{small_address}#/{view}")
        page.wait_for_timeout(250)
        assert page.evaluate("document.documentElement.scrollWidth") <= wide, view


PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)",
    "<!--<script>",
    "]]></svg><svg onload=alert(5)>",
    "{@html '<b>x</b>'} ${alert(6)} {{alert(7)}}",
    "\u202egnp.tnecnocni\u202c \u2066hidden\u2069",
    "<a href='javascript:alert(8)'>x</a>",
    "<style>*{display:none}</style>",
    "data:text/html,<script>alert(9)</script>",
    "\\u003cscript\\u003ealert(10)\\u003c/script\\u003e",
    "ent-bad0/../../api?x=#/log",
    "constructor",
    "__proto__",
]


@pytest.mark.parametrize("kind", ["served", "one file"])
def test_hostile_words_are_shown_as_words(
    watched: Watched, serve_case: Callable[[Path], str], tmp_path: Path, page_built: Path, kind: str
) -> None:
    path = write_case(tmp_path / "hostile.sayso", hostile_tables(PAYLOADS))
    with Case.open(path) as case:
        export_html(case, tmp_path / "hostile.html")
    address = serve_case(path) if kind == "served" else (tmp_path / "hostile.html").as_uri()
    views = ["chronology", "sources", "reports", "contradictions", "map"]
    views += [
        f"{view}{n}"
        for n in range(len(PAYLOADS))
        for view in ("claim/clm-bad", "report/rep-bad", "entity/ent-bad")
    ]
    for view in views:
        page = watched.look(address, view)
        followed = page.eval_on_selector_all(
            "a[href]",
            "links => links.map(link => new URL(link.getAttribute('href'), 'https://page/').protocol)",
        )
        assert set(followed) <= {"http:", "https:"}, view
        assert page.locator("main :is(script, img, style, iframe)").count() == 0, view
    shown = watched.look(address, "chronology").locator("article.entry .summary").all_inner_texts()
    assert "<script>alert(1)</script>" in shown
    reordered = next(words for words in shown if "tnecnocni" in words)
    assert "⟨U+202E⟩" in reordered
    assert "\u202e" not in reordered


def test_twenty_thousand_claims_do_not_lag(
    watched: Watched, serve_case: Callable[[Path], str], tmp_path: Path
) -> None:
    address = serve_case(write_case(tmp_path / "large.sayso", large_tables(20_000)))
    page = watched.look(address, "chronology")
    expect(page.locator("[role=status]").first).to_have_text("20,000 claims")
    expect(page.locator(".foot").first).to_contain_text("outlet")
    assert page.locator("article.entry").count() < 60
    timed = """async (hash) => {
      const start = performance.now();
      location.hash = hash;
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      return performance.now() - start;
    }"""
    page.evaluate(timed, "#/chronology?q=bridge")
    asked = [
        "place=ent-place7",
        "status=disputed",
        "q=bridge+77",
        "from=2021-01&to=2021-02",
        "group=place",
        "min=2",
    ]
    took = [page.evaluate(timed, f"#/chronology?{query}") for query in asked]
    assert max(took) < 600, dict(zip(asked, took, strict=True))
    page.evaluate("location.hash = '#/chronology'")
    page.evaluate("scrollTo(0, 1e6)")
    expect(page.locator("article.entry").first).to_be_attached()
    assert page.locator("article.entry").count() < 60


def test_a_report_without_end_is_still_read(
    watched: Watched, serve_case: Callable[[Path], str], tmp_path: Path
) -> None:
    tables = hostile_tables(["x"])
    endless = tables["reports"][0].__class__
    values = {name: getattr(tables["reports"][0], name) for name in endless.__struct_fields__}
    tables["reports"] = [endless(**{**values, "text": "word and word " * 700_000, "blocks": ()})]
    page = watched.look(serve_case(write_case(tmp_path / "endless.sayso", tables)), "report/rep-bad0")
    page.wait_for_selector(".text p")
    expect(page.get_by_role("button", name="Show more")).to_be_visible()
    assert len(page.locator(".text").inner_text()) < 2_000_000
