"""Ask the page's HTTP interface, with the names it may be asked under and with those it may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sayso.case import Case
from sayso.errors import CaseError
from sayso.page import make_app, serve
from sayso.page.api import quotation
from sayso.page.serving import listen
from sayso.pipeline import build, consolidate
from tests.page.made_cases import write_case
from tests.page.story_claims import small_tables
from tests.page.story_reports import COURIER, reports

HERE = "http://127.0.0.1:8000"


@pytest.fixture
def client(tmp_path: Path, page_built: Path) -> Iterator[TestClient]:
    path = write_case(tmp_path / "small.sayso", small_tables())
    with TestClient(make_app(path), base_url=HERE) as opened:
        yield opened


def test_first_view_holds_every_claim_and_no_words_of_reports(client: TestClient) -> None:
    answer = client.get("/api/case").json()
    assert {claim["id"] for claim in answer["tables"]["claims"]} == {c.id for c in small_tables()["claims"]}
    assert all(report["text"] == "" for report in answer["tables"]["reports"])
    assert answer["meta"]["format"] == "1"


def test_claim_detail_quotes_the_very_words(client: TestClient) -> None:
    detail = client.get("/api/claims/clm-toll").json()
    assert len(detail["accounts"]) == 6
    quoted = detail["quotations"]["acc-courier-1"]
    assert quoted["parts"] == [["killing at least 12 miners", True]]
    assert quoted["before"].startswith("KARAGANDA, March 5")
    assert quoted["before"] + quoted["parts"][0][0] + quoted["after"] in COURIER
    assert {one["id"] for one in detail["attributions"]} >= {"att-courier-1", "att-vestnik-1"}


def test_quotation_stays_in_its_block_and_marks_each_span() -> None:
    made = quotation(reports()[0], ((100, 105), (103, 110), (140, 150)))
    assert [marked for _, marked in made.parts] == [True, False, True]
    assert "".join(words for words, _ in made.parts) == COURIER[100:150]
    assert "\n" not in made.before + made.after


def test_report_detail_holds_all_that_was_read_in_it(client: TestClient) -> None:
    detail = client.get("/api/reports/rep-courier").json()
    assert detail["report"]["text"] == COURIER
    assert [len(detail["tables"][name]) for name in ("attributions", "events", "timexes", "mentions")] == [
        4,
        1,
        1,
        3,
    ]


def test_entity_detail_lists_what_it_said(client: TestClient) -> None:
    said = client.get("/api/entities/ent-ministry").json()["attributions"]
    assert {one["report"] for one in said} == {"rep-courier", "rep-bote", "rep-vestnik", "rep-spaeter"}


def test_search_finds_reports_by_the_beginning_of_words(client: TestClient) -> None:
    found = {hit["id"] for hit in client.get("/api/search", params={"q": "explos"}).json()}
    assert {"rep-courier", "rep-watch", "rep-bote", "clm-toll"} <= found


@pytest.mark.parametrize(
    "path", ["/api/claims/none", "/api/reports/none", "/api/entities/none", "/app.py", "/x"]
)
def test_what_is_not_there_is_a_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", ""])
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/api/case", headers={"Host": host}).status_code == 403
    assert client.get("/", headers={"Host": host}).status_code == 403


def test_every_answer_forbids_what_the_page_does_not_need(client: TestClient) -> None:
    for path in ("/", "/app.js", "/api/case", "/nothing"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http:" not in policy


def test_no_schema_page_is_served(client: TestClient) -> None:
    assert client.get("/schema").status_code == 404


def test_judgement_is_kept_and_withdrawn_but_never_lost(client: TestClient) -> None:
    sent = [{"verdict": "reject", "target": "clm-lift", "reason": "misread"}]
    made = client.post("/api/judgements", json=sent, headers={"Origin": HERE})
    assert made.status_code == 201
    assert made.json()["revised"] is False
    kept = made.json()["judgements"][0]
    held = client.get("/api/case").json()["tables"]["judgements"]
    assert [(one["verdict"], one["target"], one["withdrawn"]) for one in held] == [
        ("reject", "clm-lift", None)
    ]
    taken = client.post(f"/api/judgements/{kept['id']}/withdraw", headers={"Origin": HERE})
    assert taken.json()["judgements"][0]["withdrawn"] >= kept["created"]
    assert len(client.get("/api/case").json()["tables"]["judgements"]) == 1


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_judgement_from_elsewhere_is_refused(client: TestClient, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    sent = [{"verdict": "accept", "target": "clm-lift"}]
    assert client.post("/api/judgements", json=sent, headers=headers).status_code == 403
    assert client.get("/api/case").json()["tables"]["judgements"] == []


@pytest.mark.parametrize(
    "sent", [[{"verdict": "destroy", "target": "clm-lift"}], [{"verdict": "accept"}], {}]
)
def test_judgement_that_is_none_is_refused(client: TestClient, sent: object) -> None:
    answer = client.post("/api/judgements", json=sent, headers={"Origin": HERE})
    assert answer.status_code == 400


def test_judgement_on_nothing_is_refused(client: TestClient) -> None:
    sent = [{"verdict": "accept", "target": "clm-none"}]
    assert client.post("/api/judgements", json=sent, headers={"Origin": HERE}).status_code == 404


def test_serving_what_is_no_case_says_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such case"):
        serve(tmp_path / "none.sayso", open_browser=False)


def test_serving_on_a_taken_port_says_so(tmp_path: Path) -> None:
    Case.open(tmp_path / "empty.sayso", create=True).close()
    taken = listen("127.0.0.1", 0)
    with taken, pytest.raises(CaseError, match="choose another --port"):
        serve(tmp_path / "empty.sayso", port=taken.getsockname()[1], open_browser=False)


@pytest.fixture(scope="module")
def built_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a case of the very reports of the small story, as the program builds it."""
    folder = tmp_path_factory.mktemp("built")
    for report in reports():
        (folder / f"{report.id}.txt").write_text(f"{report.published}\n\n{report.text}", "utf-8")
    with Case.open(folder / "built.sayso", create=True) as case:
        build(sorted(folder.glob("*.txt")), case)
    return folder / "built.sayso"


def test_a_judgement_between_accounts_revises_the_case_and_its_withdrawal_too(
    built_case: Path, page_built: Path
) -> None:
    with TestClient(make_app(built_case, revise=consolidate), base_url=HERE) as client:
        before = client.get("/api/accounts").json()
        here = before[0]
        there = next(one for one in before if one["claim"] != here["claim"])
        sent = [{"verdict": "same", "target": here["id"], "other": there["id"]}]
        made = client.post("/api/judgements", json=sent, headers={"Origin": HERE}).json()
        assert made["revised"] is True
        joined = {one["id"]: one["claim"] for one in client.get("/api/accounts").json()}
        assert joined[here["id"]] == joined[there["id"]]
        judgement = made["judgements"][0]["id"]
        client.post(f"/api/judgements/{judgement}/withdraw", headers={"Origin": HERE})
        assert client.get("/api/accounts").json() == before
