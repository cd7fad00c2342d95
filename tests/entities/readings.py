"""Make readings by hand: texts with their mentions, as annotating would leave them."""

from __future__ import annotations

from sayso.entities import Resolution, resolve
from sayso.records import Annotations, Attribution, Entity, Judgement, Mention, Part, Report, identify

Named = tuple[str, str]
"""Kind and words of a mention, in the order of the text."""


def reading(
    key: str,
    language: str,
    text: str,
    *named: Named,
    outlet: str = "",
    url: str = "",
    sources: tuple[str, ...] = (),
    roles: dict[str, str] | None = None,
) -> tuple[Report, Annotations]:
    """Make one report with mentions found in it one after the other, roles beside them and sources of sayings."""
    report = Report(
        id=f"rep-{key}", path=key, sha256=key, media_type="text/plain", text=text, language=language,
        outlet=outlet or None, url=url or None,
    )  # fmt: skip
    mentions, at = [], 0
    for kind, words in named:
        at = text.index(words, at)
        role = (roles or {}).get(words)
        mentions.append(
            Mention(
                id=identify("men", key, at, words), report=report.id, spans=((at, at + len(words)),), text=words,
                kind=kind, role=_part(text, role) if role else None,
            )  # type: ignore[arg-type]
        )  # fmt: skip
        at += len(words)
    said = tuple(
        Attribution(
            id=identify("att", key, words), report=report.id, kind="reported", content=_part(text, text),
            source=_part(text, words),
        )
        for words in sources
    )  # fmt: skip
    return report, Annotations(
        report=report.id, annotator="hand", mentions=tuple(mentions), attributions=said
    )


def _part(text: str, words: str) -> Part:
    start = text.index(words)
    return Part(spans=((start, start + len(words)),), text=words)


class Resolved:
    """Look up who is who in resolved readings by the words of mentions."""

    def __init__(self, *readings: tuple[Report, Annotations], judgements: tuple[Judgement, ...] = ()) -> None:
        self.readings = readings
        self.resolution: Resolution = resolve(readings, judgements)
        self.entities: dict[str, Entity] = {entity.id: entity for entity in self.resolution.entities}

    def ids(self, *words: str) -> list[str]:
        """Give the entity ids of all mentions with some of the words, one each."""
        found = {
            self.resolution.mention_entities[mention.id]
            for _, annotations in self.readings
            for mention in annotations.mentions
            if mention.text in words
        }
        return sorted(found)

    def of(self, words: str) -> Entity:
        """Give the one entity that mentions with these words are."""
        (found,) = self.ids(words)
        return self.entities[found]

    def source(self, words: str) -> Entity:
        """Give the entity of the source with these words."""
        for _, annotations in self.readings:
            for attribution in annotations.attributions:
                if attribution.source and attribution.source.text == words:
                    return self.entities[self.resolution.source_entities[attribution.id]]
        raise AssertionError(f"no source {words!r}")


def judge(verdict: str, target: str, other: str, created: str = "2026-01-01") -> Judgement:
    """Make a judgement."""
    return Judgement(
        id=identify("jud", verdict, target, other, created), created=created, user="a", verdict=verdict,  # type: ignore[arg-type]
        target=target, other=other,
    )  # fmt: skip
