"""Show one report with what was read in it: its words, marked, as a self-contained piece of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sayso.records import Annotations, Report, Span

Layer = tuple[Span, str, str]
"""A span of the text, the class it is marked with, and what is said when one points at it."""

_STYLE = """
.sayso-report{font:16px/1.7 Georgia,serif;max-width:42em;white-space:pre-wrap;overflow-wrap:anywhere}
.sayso-report span{border-radius:2px}
.sayso-content{background:rgba(255,205,80,.28)}.sayso-cue{border-bottom:2px solid #b3541e}
.sayso-source{background:rgba(70,130,180,.28)}.sayso-medium{background:rgba(120,90,180,.25)}
.sayso-timex{border-bottom:2px dotted #2a7d4f}.sayso-mention{border-bottom:1px solid #8899aa}
.sayso-event{font-weight:600}
"""


def highlight(report: Report, annotations: Annotations) -> str:
    """Give a report as HTML with its sources, cues, contents, times, mentions and events marked.

    Overlapping spans nest where they can and are cut where they cross; all text is escaped.
    """
    body = "".join(_mark(report.text, sorted(_layers(annotations), key=_outermost_first)))
    return f'<style>{_STYLE}</style><div class="sayso-report" lang="{escape(report.language)}">{body}</div>'


def highlight_page(report: Report, annotations: Annotations) -> str:
    """Give the same as a whole page, to be saved and opened."""
    title = escape(report.title or report.path)
    return (
        f'<!doctype html><html lang="{escape(report.language)}"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title></head><body>{highlight(report, annotations)}</body></html>\n"
    )


def _layers(annotations: Annotations) -> Iterator[Layer]:
    for attribution in annotations.attributions:
        told = f"{attribution.kind}, {attribution.certainty}, {attribution.polarity}"
        for name in ("content", "cue", "source", "medium"):
            part = getattr(attribution, name)
            for span in part.spans if part else ():
                yield span, f"sayso-{name}", told
    for timex in annotations.timexes:
        for span in timex.spans:
            yield span, "sayso-timex", f"{timex.type} {timex.value}"
    for mention in annotations.mentions:
        for span in mention.spans:
            yield span, "sayso-mention", mention.kind
    for event in annotations.events:
        for span in event.trigger.spans:
            yield span, "sayso-event", f"{event.type}, {event.modality}"


def _outermost_first(layer: Layer) -> tuple[int, int, str]:
    (start, end), name, _ = layer
    return start, -end, name


def _mark(text: str, layers: list[Layer]) -> Iterator[str]:
    """Write the text with its layers as nested elements; one that would cross its parent is cut in two."""
    open_until: list[int] = []
    at = 0
    pending = list(reversed(layers))
    while pending:
        (start, end), name, told = pending.pop()
        yield from _close(text, open_until, at, start)
        at = start
        if open_until and end > open_until[-1]:
            rest = ((open_until[-1], end), name, told)
            end = open_until[-1]
            _insert(pending, rest)
        if end > start:
            open_until.append(end)
            yield f'<span class="{name}" title="{escape(told)}">'
    yield from _close(text, open_until, at, len(text))


def _close(text: str, open_until: list[int], at: int, upto: int) -> Iterator[str]:
    """Write the text from `at` to `upto`, closing every element that ends on the way."""
    while open_until and open_until[-1] <= upto:
        end = open_until.pop()
        yield escape(text[at:end])
        yield "</span>"
        at = end
    yield escape(text[at:upto])


def _insert(pending: list[Layer], layer: Layer) -> None:
    """Put a layer back among those to come, which are kept last first."""
    place = len(pending)
    while place and _outermost_first(pending[place - 1]) < _outermost_first(layer):
        place -= 1
    pending.insert(place, layer)
