"""The project's own corpus, German, English and Russian, CC BY 4.0: its tuning half trains."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from corpus.corpus import CorpusReport, read_corpus
from training.corpora import MENTIONS, Attribution, Mention, Span, Text
from training.corpora.nerel import outermost

FOLDER = Path(__file__).parents[2] / "corpus"
WRAP = re.compile(r"(?<!\n)\n(?!\n|\s*[-–—•*·] )")
LINK = re.compile(r" ?[(\[<]?https?://[^\s)\]>]+[)\]>]?")
ROLES = ("content", "cue", "source", "addressee", "medium", "frame")


def read(root: Path) -> Iterator[Text]:
    """Yield the tuning and the measuring half as the encoder meets them: without wraps and links."""
    del root
    for report in read_corpus(FOLDER, skip_broken=True):
        yield _text(report)


def _text(report: CorpusReport) -> Text:
    shown = Unlinked(WRAP.sub(" ", report.text))
    attributions = []
    for item in report.attributions:
        parts = {role: getattr(item, role, None) for role in ROLES}
        parts["frame"] = report.frames.get(item.id)
        attributions.append(
            Attribution(
                kind=item.kind,
                polarity=item.polarity,
                certainty=item.certainty,
                anonymous=item.anonymous,
                **{role: shown.moved(part.spans) for role, part in parts.items() if part},
            )
        )
    named = [
        Mention(start, end, (mention.kind,))
        for mention in report.mentions
        if not mention.pronominal
        for start, end in shown.moved([(mention.spans[0][0], mention.spans[-1][1])])
    ]
    return Text(
        id=report.id,
        corpus="sayso",
        language=report.language,
        split=report.split,
        text=shown.text,
        attributions=[item for item in attributions if item.content],
        roles=ROLES,
        mentions=outermost(named),
        mention_kinds=MENTIONS,
    )


class Unlinked:
    """A text with its links taken out, and where its spans went."""

    def __init__(self, text: str) -> None:
        self.cuts = [found.span() for found in LINK.finditer(text)]
        self.starts = [start for start, _ in self.cuts]
        self.gone = [0]
        for start, end in self.cuts:
            self.gone.append(self.gone[-1] + end - start)
        self.text = LINK.sub("", text)

    def moved(self, spans: list[Span] | tuple[Span, ...]) -> list[Span]:
        """Move spans to where their words stand now; what lay in a link is lost."""
        made = ((self._at(start), self._at(end)) for start, end in spans)
        return [(start, end) for start, end in made if end > start]

    def _at(self, offset: int) -> int:
        before = bisect_right(self.starts, offset)
        if before and offset < self.cuts[before - 1][1]:
            return self.starts[before - 1] - self.gone[before - 1]
        return offset - self.gone[before]
