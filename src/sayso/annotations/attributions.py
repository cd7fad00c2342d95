"""Find who says what: source, cue, content, addressee, medium, with kind, certainty, polarity and nesting.

The encoder proposes spans. They are finished in order, each step in a module of its own:

1. Spans are brought to the borders of phrases, junk is left out (`attribution_spans`).
2. What the encoder missed and the language makes certain is added (`attribution_frames`).
3. Markers give certainty (FactBank's scale) and polarity (`attribution_markers`).
4. Attributions are nested and chained (`attribution_chains`).
5. Sources are resolved; who is not named is anonymous (`attribution_sources`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.annotations.attribution_chains import chain, nest
from sayso.annotations.attribution_frames import find_by_rules
from sayso.annotations.attribution_markers import mark
from sayso.annotations.attribution_sources import resolve_sources
from sayso.annotations.attribution_spans import finish_spans
from sayso.annotations.found import FoundAttribution, FoundMention, Outline
from sayso.encoder import Reading
from sayso.records import Span

_LEAST_SCORE = 0.3
_PLAIN = Outline()


def find_attributions(
    prose: str,
    sentences: Sequence[Span],
    language: str,
    reading: Reading,
    mentions: Sequence[FoundMention],
    outline: Outline = _PLAIN,
) -> list[FoundAttribution]:
    """Give the attributions of a prose in the order of their contents."""
    read = (finish_spans(prose, raw, language) for raw in reading.attributions if raw.score >= _LEAST_SCORE)
    found = [attribution for attribution in read if attribution is not None]
    found.extend(find_by_rules(prose, sentences, language, list(found), outline))
    found.sort(key=lambda a: (a.content[0][0], -a.content[-1][1], a.cue))
    for attribution in found:
        mark(prose, attribution, language)
    nest(found)
    found = chain(prose, sentences, language, found)
    resolve_sources(prose, sentences, language, found, mentions, outline)
    return found
