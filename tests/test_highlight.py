"""A highlighted report shows every word once, escaped, whatever overlaps."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from sayso.highlight import highlight, highlight_page
from sayso.records import Annotations, Attribution, Mention, Part, Report, Timex

TEXT = 'Er sagte <b>am Montag</b>, "es & alles" sei <script>alert(1)</script> gut.'
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda s: (min(s), max(s)))


def report():
    return Report(id="r", path="<x>", sha256="", media_type="text/plain", text=TEXT, language="de")


def read(contents, cues, mentions):
    part = lambda span: Part(spans=(span,), text=TEXT[span[0] : span[1]])  # noqa: E731
    return Annotations(
        report="r",
        annotator="test",
        attributions=tuple(
            Attribution(id=f"a{i}", report="r", kind="indirect", content=part(c), cue=part(q))
            for i, (c, q) in enumerate(zip(contents, cues, strict=False))
        ),
        mentions=tuple(
            Mention(id=f"m{i}", report="r", spans=(m,), text="", kind="person")
            for i, m in enumerate(mentions)
        ),
        timexes=(Timex(id="t", report="r", spans=((12, 18),), text="", type="DATE", value='"><script>'),),
    )


@given(st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=4))
def test_the_words_are_all_there_once_and_tags_nest(contents, cues, mentions):
    shown = highlight(report(), read(contents, cues, mentions))
    body = shown.split('lang="de">', 1)[1]
    assert unescape(re.sub(r"<[^>]*>", "", body)) == TEXT
    assert "<script" not in body and "<b>" not in body
    depth = 0
    for tag in re.findall(r"</?span", body):
        depth += 1 if tag == "<span" else -1
        assert depth >= 0
    assert depth == 0


def test_a_page_runs_no_script():
    page = highlight_page(report(), read([], [], []))
    assert "default-src 'none'" in page and "<script" not in page
