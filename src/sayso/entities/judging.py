"""Read the judgements on identity: what a person decided stands above what the program thinks.

Of two judgements on one pair the later counts, and where judgements contradict each other through a third
entity, again the later ones. A judgement names entities by their ids; the id of any name that ever stood for
an entity goes on naming the entity that name is part of, so judgements outlive a rebuild.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.entities.clusters import Union
from sayso.records import Judgement


class Judged(msgspec.Struct):
    """Hold the judged identities as a union to begin with, mentions that stand alone, and ratings."""

    union: Union
    lone_mentions: frozenset[str]
    placed_mentions: dict[str, str]
    """Mention id -> id of the entity it was judged to be."""
    ratings: dict[str, str]


def read_judgements(judgements: Sequence[Judgement]) -> Judged:
    """Order judgements, the latest first, and take in each that no later one forbids."""
    standing = sorted((j for j in judgements if j.withdrawn is None), key=lambda j: (j.created, j.id))
    union = Union()
    lone: dict[str, str] = {}
    ratings = {j.target: j.after for j in standing if j.verdict == "rate" and j.after}
    for judgement in reversed(standing):
        if judgement.verdict not in ("same", "different") or not judgement.other:
            continue
        left, right = judgement.target, judgement.other
        if right.startswith("men-"):
            left, right = right, left
        if left.startswith("men-"):
            lone.setdefault(left, right if judgement.verdict == "same" else "")
        elif left.startswith("ent-") and right.startswith("ent-"):
            (union.join if judgement.verdict == "same" else union.keep_apart)(left, right)
    return Judged(
        union=union,
        lone_mentions=frozenset(lone),
        placed_mentions={mention: entity for mention, entity in lone.items() if entity},
        ratings=ratings,
    )
