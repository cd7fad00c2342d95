"""What is read inside one report: times, mentions, attributions, events, citations.

The annotators run in the order of `ANNOTATORS`; each reads the prose and what those before it found.
What they find is carried back to spans of the report's text here, in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.annotations.draft import Draft
from sayso.annotations.layout import lay_out
from sayso.annotations.sentences import find_sentences
from sayso.encoder import Encoder, Prose
from sayso.languages import base_language
from sayso.records import Annotations, Report

ANNOTATORS = ("sentences", "timexes", "mentions", "attributions", "quantities", "events", "citations")
"""The way through one report, in order."""

_WALL_AFTER = frozenset({"title", "dateline", "byline", "caption"})


class Annotator:
    """Hold what annotating needs: the encoder. Load it once with `Annotator.load`."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    @classmethod
    def load(cls, model: str = "default") -> Annotator:
        """Load the annotator with a model that ships with Sayso; once a process."""
        return _load(model)

    @property
    def version(self) -> str:
        """Name the model and its version: with another one, reports are read again."""
        return self.encoder.version

    def annotate(self, reports: Sequence[Report], name: str) -> list[Annotations]:
        """Annotate reports; `name` is the annotator noted in what comes back, one for each report.

        A report's annotations do not depend on the other reports of the call.
        """
        drafts = [self._lay(report) for report in reports]
        readings = self.encoder.read([draft.encoder_prose for draft in drafts])
        return [draft.finish(reading, name) for draft, reading in zip(drafts, readings, strict=True)]

    def _lay(self, report: Report) -> Draft:
        layout = lay_out(report)
        sentences = find_sentences(layout.prose, layout.breaks, report.language)
        walls = tuple(
            after.start
            for before, after in zip(layout.blocks, layout.blocks[1:], strict=False)
            if before.kind in _WALL_AFTER
        )
        prose = Prose(layout.prose, layout.breaks, tuple(sentences), walls)
        return Draft(report, layout, base_language(report.language), sentences, prose)


@cache
def _load(model: str) -> Annotator:
    return Annotator(Encoder.load(model))
