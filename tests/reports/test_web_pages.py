"""Saved web pages: the report out of the page, and what the page says of itself."""

import json
import sys
from pathlib import Path

import pytest

from sayso.errors import UnreadableReport
from sayso.reports import read

sys.path.insert(0, str(Path(__file__).parent))
from made_files import PARAGRAPHS, TARGET, TITLE, html_file


def read_page(tmp_path, received, name="page.html"):
    """Write a page and read its one report."""
    path = tmp_path / name
    path.write_bytes(received)
    (report,) = read(path)
    return report


def json_ld(**more):
    """Make a JSON-LD script as news sites write it."""
    told = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "not this"},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": "2021-05-03T06:45:00+02:00",
                "author": [
                    {"@type": "Person", "name": "Anna Berg"},
                    {"@type": "Person", "name": "Karl Maier"},
                ],
                "publisher": {"@type": "Organization", "name": "Der Nordkurier"},
                **more,
            },
        ],
    }
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def test_blocks_of_a_page(tmp_path):
    report = read_page(tmp_path, html_file())
    assert [(b.kind, report.text[b.start : b.end]) for b in report.blocks] == [
        ("title", TITLE),
        ("paragraph", PARAGRAPHS[0]),
        ("paragraph", PARAGRAPHS[1]),
        ("title", "Was bekannt ist"),
        ("list_item", "- Zwei Häuser stehen unter Wasser."),
        ("list_item", "- Die Brücke ist gesperrt."),
    ]
    assert [(report.text[k.start : k.end], k.url) for k in report.links] == [("die Vorwürfe", TARGET)]
    assert "Impressum" not in report.text and "Sport" not in report.text


def test_json_ld_goes_first(tmp_path):
    head = json_ld() + '<meta property="article:published_time" content="2020-01-01">'
    report = read_page(tmp_path, html_file(head))
    assert (report.published, report.published_basis) == ("2021-05-03T06:45+02:00", "json-ld")
    assert (report.author, report.outlet) == ("Anna Berg, Karl Maier", "Der Nordkurier")


def test_broken_json_ld_is_passed_over(tmp_path):
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script>' \
        '<meta property="article:published_time" content="2021-05-03T06:45:00Z">'  # fmt: skip
    report = read_page(tmp_path, html_file(head))
    assert (report.published, report.published_basis) == ("2021-05-03T06:45+00:00", "meta")


@pytest.mark.parametrize(
    ("head", "byline", "published"),
    [
        ('<meta name="dc.date" content="3.5.2021">', "", "2021-05-03"),
        ("", '<time datetime="2021-05-03T06:45:00+02:00">gestern</time>', "2021-05-03T06:45+02:00"),
        ("", '<span class="entry-date">3. Mai 2021, 06:45 Uhr</span>', "2021-05-03T06:45"),
        ('<meta name="date" content="soon">', '<p class="post-time">May 3, 2021</p>', "2021-05-03"),
    ],
)
def test_other_places_of_the_date(tmp_path, head, byline, published):
    report = read_page(tmp_path, html_file(head, byline))
    assert (report.published, report.published_basis) == (published, "meta")


def test_canonical_address_outlet_and_relative_links(tmp_path):
    head = '<link rel="canonical" href="https://www.nordkurier.example/2021/05/03/damm">'
    page = html_file(head).replace(TARGET.encode(), b"/2021/05/02/damm")
    report = read_page(tmp_path, page)
    assert report.url == "https://www.nordkurier.example/2021/05/03/damm"
    assert report.outlet == "nordkurier.example"
    assert (report.published, report.published_basis) == ("2021-05-03", "url")
    assert [link.url for link in report.links] == ["https://www.nordkurier.example/2021/05/02/damm"]


def test_site_name_and_visible_byline(tmp_path):
    head = '<meta property="og:site_name" content="Der Nordkurier">'
    report = read_page(tmp_path, html_file(head, '<div class="byline">Von Anna Berg</div>'))
    assert (report.outlet, report.author) == ("Der Nordkurier", "Anna Berg")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
def test_the_declared_encoding(tmp_path, charset):
    assert PARAGRAPHS[1] in read_page(tmp_path, html_file(charset=charset)).text


def test_the_template_language_does_not_win(tmp_path):
    page = html_file().replace(b'lang="de"', b'lang="en-US"')
    assert read_page(tmp_path, page).language == "de"
    page = html_file().replace(b'lang="de"', b'lang="de-AT"')
    assert read_page(tmp_path, page).language == "de-AT"


def test_a_page_that_is_all_report(tmp_path):
    report = read_page(tmp_path, f"<p>{PARAGRAPHS[0]}".encode())
    assert report.text == PARAGRAPHS[0]


@pytest.mark.parametrize(
    "hostile",
    [
        b"<div>" * 200 + PARAGRAPHS[0].encode(),
        html_file().replace(TARGET.encode(), b"javascript:alert(1)"),
        html_file().replace(TARGET.encode(), b"http://[::1"),
        html_file() + b"<p>&#0;&#xD800;&#x202e;</p>",
        html_file("<meta charset=no-such-encoding>", charset="utf-8"),
    ],
    ids=["deep", "javascript", "broken address", "bad entities", "unknown charset"],
)
def test_hostile_pages(tmp_path, hostile):
    report = read_page(tmp_path, hostile)
    assert "gebrochen" in report.text
    assert all(link.url.startswith(("http://", "https://")) for link in report.links)
    assert report.text.encode("utf-8")


def test_a_page_nested_beyond_any_parser_is_read_or_refused(tmp_path):
    try:
        report = read_page(tmp_path, b"<div>" * 100_000 + PARAGRAPHS[0].encode())
    except UnreadableReport as error:
        assert error.remedy
    else:
        assert "gebrochen" in report.text
