"""Read the corpora that carry gold temporal expressions; each text comes with its publication day.

The corpora lie in the folder named by the environment variable ``SAYSO_CORPORA``; none of their text is
part of this project.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

from sayso.annotations.sentences import find_sentences
from sayso.records import Span

_TAG = re.compile(r"<(/?)TIMEX3\b([^>]*?)(/?)>|<[^>]*>", re.S)
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_MOMENT = re.compile(r"datetime(?:Holiday)? \((\d+), (\d+), (\d+), (\d+), (\d+),")
_CLINGS = frozenset(".,;:!?)]}%'’”") | {"'s", "n't", "’s", "''"}


class GoldTimex(msgspec.Struct, frozen=True):
    """Hold one annotated expression."""

    start: int
    end: int
    type: str
    value: str


class GoldText(msgspec.Struct, frozen=True):
    """Hold one annotated text."""

    name: str
    language: str
    published: str | None
    prose: str
    timexes: tuple[GoldTimex, ...]

    def sentences(self) -> list[Span]:
        """Part the prose into sentences, a blank line ending one."""
        breaks = [match.end() for match in re.finditer("\n", self.prose)]
        return find_sentences(self.prose, breaks, self.language)


def corpora_folder() -> Path | None:
    """Give the folder of the corpora, or None where there is none."""
    folder = Path(os.environ.get("SAYSO_CORPORA", ""))
    return folder if os.environ.get("SAYSO_CORPORA") and folder.is_dir() else None


def read_timeml(path: Path, language: str) -> GoldText:
    """Read a TimeML file; only what stands in ``<TEXT>`` is prose."""
    source = path.read_text("utf-8", errors="replace")
    day = re.search(r"<DCT>.*?value=\"([^\"]*)\"", source, re.S)
    body = re.search(r"<TEXT\b[^>]*>(.*?)</TEXT>", source, re.S)
    pieces: list[str] = []
    gold: list[GoldTimex] = []
    opened: list[tuple[int, dict[str, str]]] = []
    length = last = 0
    markup = body.group(1) if body else ""
    for tag in _TAG.finditer(markup):
        piece = html.unescape(markup[last : tag.start()])
        pieces.append(piece)
        length, last = length + len(piece), tag.end()
        if tag.group(2) is None:
            continue
        if not tag.group(1) and not tag.group(3):
            opened.append((length, dict(_ATTRIBUTE.findall(tag.group(2)))))
        elif tag.group(1) and opened:
            start, told = opened.pop()
            gold.append(GoldTimex(start, length, told.get("type", ""), told.get("value", "")))
    pieces.append(html.unescape(markup[last:]))
    text = "".join(pieces)
    prose = _PARAGRAPH.sub(lambda gap: "\0" * len(gap.group()), text).replace("\n", " ").replace("\0", "\n")
    kept = tuple(sorted((one for one in gold if one.end > one.start), key=lambda one: one.start))
    return GoldText(path.stem, language, day.group(1) if day else None, prose, kept)


def read_meantime(path: Path) -> GoldText:
    """Read a MEANTIME file: tokens, with expressions that point to them; the text is put together again.

    Only the first sentences were annotated; the text ends with the last one that carries any mark.
    """
    root = ElementTree.parse(path).getroot()
    marked = {anchor.get("t_id") for anchor in root.iter("token_anchor")}
    last = max(
        (int(token.get("sentence") or 0) for token in root.iter("token") if token.get("t_id") in marked),
        default=0,
    )
    starts: dict[str, Span] = {}
    prose = ""
    sentence = "0"
    for token in root.iter("token"):
        if int(token.get("sentence") or 0) > last:
            break
        word = token.text or ""
        gap = "\n" if token.get("sentence") != sentence and sentence in "01" else " "
        if word in _CLINGS or not prose or prose[-1] in "($“‘":
            gap = ""
        sentence = token.get("sentence") or sentence
        starts[token.get("t_id") or ""] = (len(prose) + len(gap), len(prose) + len(gap) + len(word))
        prose += gap + word
    gold = []
    published = None
    for timex in root.iter("TIMEX3"):
        if timex.get("functionInDocument") == "CREATION_TIME":
            published = timex.get("value")
        anchors = [starts[anchor.get("t_id") or ""] for anchor in timex.iter("token_anchor")]
        if anchors:
            gold.append(
                GoldTimex(
                    min(a for a, _ in anchors),
                    max(b for _, b in anchors),
                    timex.get("type") or "",
                    timex.get("value") or "",
                )
            )
    kept = tuple(sorted(gold, key=lambda one: one.start))
    return GoldText(path.stem, "en", published, prose, kept)


def read_specs(path: Path, language: str) -> Iterator[GoldText]:
    """Read a file of the Microsoft specifications: single inputs with a reference time."""
    for case in json.loads(path.read_text("utf-8-sig")):
        results = case.get("Results", ())
        if not case.get("Context") or any("Start" not in result for result in results):
            continue
        gold = tuple(
            GoldTimex(result["Start"], result["End"] + 1, _spec_type(result), _spec_value(result))
            for result in results
        )
        yield GoldText(case["Input"], language, case["Context"]["ReferenceDateTime"], case["Input"], gold)


def _spec_type(result: Mapping[str, Any]) -> str:
    kind = result.get("TypeName", "").rpartition(".")[2]
    names = {"date": "DATE", "daterange": "DATE", "duration": "DURATION", "set": "SET"}
    return names.get(kind, "TIME")


def _spec_value(result: Mapping[str, Any]) -> str:
    values = (result.get("Resolution") or {}).get("values") or [{}]
    timex = str(values[0].get("timex", ""))
    resolved = values[0].get("value", "")
    return str(resolved) if "X" in timex and resolved and timex[:1] != "P" else timex


def read_rows(path: Path, language: str) -> Iterator[tuple[GoldText, str]]:
    """Read Duckling's rows that name one moment: the expression, and the moment to the minute."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        moment = _MOMENT.match(row["expected"])
        if moment:
            year, month, day, hour, minute = (int(part) for part in moment.groups())
            text = GoldText(row["text"], language, "2013-02-12T04:30", row["text"], ())
            yield text, f"{year:04d}-{max(month, 1):02d}-{max(day, 1):02d}T{hour:02d}:{minute:02d}"


def specifications() -> dict[str, list[GoldText]]:
    """Read the Microsoft specifications that are there, by name."""
    folder = (corpora_folder() or Path()) / "timex-specs-ms" / "Specs" / "DateTime"
    places = (
        ("Specifications de", "de", folder / "German" / "DateTimeModel.json"),
        ("Specifications en", "en", folder / "English" / "DateTimeModel.json"),
    )
    return {name: list(read_specs(path, language)) for name, language, path in places if path.is_file()}


def corpora() -> dict[str, list[GoldText]]:
    """Read every corpus that is there, by name."""
    folder = corpora_folder()
    if folder is None:
        return {}
    krauts, tempeval = folder / "krauts-de" / "KRAUTS", folder / "tempeval3-en"
    found = {
        name: [read_timeml(path, language) for path in sorted(place.glob("*.tml"))]
        for name, language, place in (
            ("KRAUTS Die Zeit", "de", krauts / "KRAUTS_DieZeit"),
            ("KRAUTS Dolomiten-42", "de", krauts / "KRAUTS_Dolomiten-42"),
            ("TimeBank", "en", tempeval / "TimeBank"),
            ("AQUAINT", "en", tempeval / "AQUAINT"),
        )
    }
    meantime = sorted((folder / "meantime-en").glob("**/intra-doc_annotation/*/*.xml"))
    found["MEANTIME"] = [read_meantime(path) for path in meantime]
    return {name: texts for name, texts in found.items() if texts}
