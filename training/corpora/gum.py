"""GUM, English: attribution from its rhetorical layer, names from its entities; free genres only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from training.corpora import Attribution, Mention, Span, Text
from training.corpora.columns import FOLDED, ORGANISATION
from training.corpora.nerel import outermost
from training.corpora.outlets import narrowed

GENRES = ("news", "interview", "bio", "voyage", "academic", "court")
KINDS = {"person": ("person",), "place": ("place",), "organization": ORGANISATION, "event": ("event_name",)}
SUBJECTS = ("nsubj", "nsubj:pass", "obl:agent")
AROUND = ("aux", "aux:pass", "compound:prt", "cop", "mark", "case", "fixed", "advmod")


class Token(msgspec.Struct):
    """One token of the dependency layer."""

    span: Span
    tag: str
    head: int
    relation: str
    misc: str
    sentence: int


def read(root: Path) -> Iterator[Text]:
    """Yield the texts of the freely licensed genres."""
    folder = root / "gum-en"
    splits = _splits((folder / "splits.md").read_text(encoding="utf-8"))
    for genre in GENRES:
        for path in sorted((folder / "dep").glob(f"GUM_{genre}_*.conllu")):
            text, tokens = _tokens(path.read_text(encoding="utf-8"))
            units = _units((folder / "rst" / "dependencies" / f"{path.stem}.rsd").read_text(encoding="utf-8"))
            yield Text(
                id=path.stem,
                corpus="gum-en",
                language="en",
                split=splits.get(path.stem, "train"),
                text=text,
                attributions=[a for a in _attributions(units, tokens) if a.content and a.cue],
                roles=("content", "cue", "source"),
                mentions=narrowed(text, outermost(_names(tokens))),
                mention_kinds=FOLDED,
            )


def _splits(text: str) -> dict[str, str]:
    found, split = {}, ""
    for line in text.splitlines():
        if line.startswith("## "):
            split = line[3:].strip()
        elif "GUM_" in line:
            found[line.strip(" *")] = split
    return found


def _tokens(conllu: str) -> tuple[str, list[Token]]:
    parts: list[str] = []
    tokens: list[Token] = []
    size, sentence, base, glue = 0, -1, 0, True
    for line in conllu.splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_block") and parts:
            parts.append("\n\n")
            size, glue = size + 2, True
        if line.startswith("# sent_id"):
            sentence, base = sentence + 1, len(tokens)
        fields = line.split("\t")
        if len(fields) < 10 or not fields[0].isdigit():
            continue
        if not glue:
            parts.append(" ")
            size += 1
        span = (size, size + len(fields[1]))
        head = base + int(fields[6]) - 1 if fields[6] != "0" else -1
        tokens.append(Token(span, fields[3], head, fields[7], fields[9], sentence))
        parts.append(fields[1])
        size, glue = span[1], "SpaceAfter=No" in fields[9]
    return "".join(parts), tokens


class Unit(msgspec.Struct):
    """One elementary discourse unit: its tokens, the unit it depends on, by which relation."""

    first: int
    last: int
    head: int
    relation: str


def _units(rsd: str) -> list[Unit]:
    units, at = [], 0
    for line in rsd.splitlines():
        fields = line.split("\t")
        if len(fields) > 7:
            size = len(fields[1].split(" "))
            units.append(Unit(at, at + size, int(fields[6]) - 1, fields[7]))
            at += size
    return units


def _attributions(units: list[Unit], tokens: list[Token]) -> Iterator[Attribution]:
    """Read every attribution satellite: its verb and subject; content: the head unit's sentence part."""
    if not units or units[-1].last != len(tokens):
        return
    for number, unit in enumerate(units):
        if not unit.relation.startswith("attribution") or unit.head < 0:
            continue
        sentence = tokens[unit.first].sentence
        inside = [
            other
            for other in range(len(units))
            if other != number
            and _under(units, other, unit.head, number)
            and tokens[units[other].first].sentence == sentence
        ]
        cue, source = _frame(unit, tokens)
        yield Attribution(
            content=_merged([_trimmed(units[other], tokens) for other in inside]),
            cue=[tokens[index].span for index in cue],
            source=[source] if source else [],
            polarity="negative" if "negative" in unit.relation else None,
        )


def _under(units: list[Unit], unit: int, top: int, barred: int) -> bool:
    seen = set()
    while unit >= 0 and unit not in seen and unit != barred:
        if unit == top:
            return True
        seen.add(unit)
        unit = units[unit].head
    return False


def _trimmed(unit: Unit, tokens: list[Token]) -> Span:
    first, last = unit.first, unit.last
    while last - first > 1 and tokens[first].tag == "PUNCT":
        first += 1
    while last - first > 1 and tokens[last - 1].tag == "PUNCT":
        last -= 1
    return tokens[first].span[0], tokens[last - 1].span[1]


def _merged(spans: list[Span]) -> list[Span]:
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start - made[-1][1] <= 3:
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


def _frame(unit: Unit, tokens: list[Token]) -> tuple[list[int], Span | None]:
    inside = range(unit.first, unit.last)
    tops = [i for i in inside if tokens[i].head not in inside and tokens[i].tag != "PUNCT"]
    if not tops:
        return [], None
    top = tops[0]
    if tokens[top].tag in ("NOUN", "PROPN", "PRON"):  # "according to the ministry"
        cue = [i for i in inside if i < top and tokens[i].relation in ("case", "fixed")]
        rest = [i for i in inside if i not in cue and tokens[i].tag != "PUNCT"]
        return cue, (tokens[rest[0]].span[0], tokens[rest[-1]].span[1]) if cue and rest else None
    cue = [
        i
        for i in inside
        if i == top or (tokens[i].head == top and tokens[i].relation in AROUND and tokens[i].tag != "SCONJ")
    ]
    subjects = [i for i in inside if tokens[i].head == top and tokens[i].relation in SUBJECTS]
    return cue, _subtree(subjects[0], tokens, inside) if subjects else None


def _subtree(top: int, tokens: list[Token], inside: range) -> Span:
    members = {top}
    for _ in range(6):
        members |= {i for i in inside if tokens[i].head in members}
    return tokens[min(members)].span[0], tokens[max(members)].span[1]


def _names(tokens: list[Token]) -> Iterator[Mention]:
    opened: dict[str, tuple[int, str]] = {}
    for index, token in enumerate(tokens):
        entity = next((part[7:] for part in token.misc.split("|") if part.startswith("Entity=")), "")
        for found in re.finditer(r"\((\d+)-([a-z]+)-|(\d+)\)|\)", entity):
            if found[1]:
                opened[found[1]] = (index, found[2])
                last = found[1]
                continue
            key = found[3] or (last if opened else "")
            if key in opened:
                first, kind = opened.pop(key)
                yield from _name(tokens, first, index + 1, kind)


def _name(tokens: list[Token], first: int, last: int, kind: str) -> Iterator[Mention]:
    """Cut the run of proper nouns that holds the entity's head word."""
    inside = range(first, last)
    tops = [i for i in inside if tokens[i].head not in inside]
    if kind not in KINDS or not tops or tokens[tops[0]].tag != "PROPN":
        return
    start = end = tops[0]
    while start > first and tokens[start - 1].tag == "PROPN":
        start -= 1
    while end + 1 < last and (tokens[end + 1].tag == "PROPN" or _goes_on(tokens, end + 1, last, kind)):
        end += 1
    yield Mention(tokens[start].span[0], tokens[end].span[1], KINDS[kind])


def _goes_on(tokens: list[Token], index: int, last: int, kind: str) -> bool:
    """Say whether "of" or "of the" stands between two proper nouns of an organisation's name."""
    if kind != "organization" or tokens[index].tag not in ("ADP", "DET"):
        return False
    following = index + 1 + (index + 1 < last and tokens[index + 1].tag == "DET")
    return following < last and tokens[following].tag == "PROPN"
