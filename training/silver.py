"""Write silver labels on freely licensed news: `python -m training.silver MODEL OUT`.

Two models come of one command; the open one may not learn from annotations that forbid it, so it learns from
what the best model reads in CC BY Wikinews text (German, English, Russian). Sure readings are kept, doubtful
ones make their words unknown, so that nothing doubtful is taught either way.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sayso.encoder import Encoder, Prose, RawAttribution, Reading
from training.corpora import MENTIONS, ROLES, Attribution, Mention, Text, read
from training.features import BREAK
from training.train import CORPORA

SURE = 0.62
SURE_NAME = 0.7
SURE_FACT = 0.8


def texts() -> Iterator[tuple[str, str, str]]:
    """Yield (id, language, text) of Wikinews texts under CC BY; never one that measures."""
    for text in read("wikinews-quotes-de", CORPORA):
        if text.split == "train":
            yield f"de {text.id}", "de", text.text
    for text in read("nerel-ru", CORPORA):
        if text.split == "train":
            yield f"ru {text.id}", "ru", text.text
    for path in sorted((CORPORA / "timeset-en" / "data" / "brat").glob("*/*.txt")):
        yield f"en {path.stem}", "en", path.read_text(encoding="utf-8")
    for path in sorted((CORPORA / "meantime-en").glob("data/*/intra-doc_annotation/*/*.xml")):
        yield f"en {path.stem}", "en", _meantime(path)
    for text in read("gum-en", CORPORA):
        if text.split == "train" and text.id.startswith("GUM_news"):
            yield f"en {text.id}", "en", text.text


def _meantime(path: Path) -> str:
    parts, sentence = [], ""
    for token in ET.parse(path).getroot().iter("token"):
        if token.get("sentence") != sentence and parts:
            parts.append("\n\n" if sentence == "0" else " ")
        elif parts and not re.match(r"[.,;:!?)'’]", token.text or ""):
            parts.append(" ")
        sentence = token.get("sentence") or ""
        parts.append(token.text or "")
    return "".join(parts)


def labelled(name: str, language: str, text: str, reading: Reading) -> Text:
    """Make a training text of what a model read."""
    sure = [a for a in reading.attributions if a.score >= SURE]
    doubtful = [a.content[0] for a in reading.attributions if a.score < SURE]
    names = [Mention(m.start, m.end, (m.kind,) if m.score >= SURE_NAME else ()) for m in reading.mentions]
    return Text(
        id=name,
        corpus="silver",
        language=language,
        split="train",
        text=text,
        attributions=[_attribution(item) for item in sure],
        roles=ROLES,
        unsure=[(start, end) for start, end in doubtful if all(a.content[0][0] != start for a in sure)],
        mentions=names,
        mention_kinds=MENTIONS,
    )


def _attribution(item: RawAttribution) -> Attribution:
    def best(shares: dict[str, float]) -> str | None:
        value = max(shares, key=lambda key: shares[key])
        return value if shares[value] >= SURE_FACT else None

    parts = {role: getattr(item, role) for role in ROLES}
    return Attribution(
        kind=best(item.kind_scores),
        polarity=best(item.polarity_scores),
        certainty=best(item.certainty_scores),
        anonymous=item.anonymous_score >= 0.5 if abs(item.anonymous_score - 0.5) > 0.3 else None,
        **parts,
    )


def main() -> None:
    """Read everything and write the labels as JSON lines."""
    encoder = Encoder.load(sys.argv[1], threads=1)
    encoder.about["threshold"] = 0.12
    with Path(sys.argv[2]).open("wb") as out:
        for name, language, text in texts():
            prose = Prose(text, tuple(found.end() for found in BREAK.finditer(text)))
            reading = encoder.read([prose])[0]
            out.write(msgspec.json.encode(labelled(name, language, text, reading)) + b"\n")


if __name__ == "__main__":
    main()
