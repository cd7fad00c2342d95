"""Tell which mentions are one person, and whether a woman or a man, by what the report's own words show.

No list of names: roles, articles, endings and verbs beside a name speak (``genders.tsv``), added up over all
mentions of one person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from sayso.annotations.found import FoundMention
from sayso.languages import load_table
from sayso.languages.lexicon import fold

_REACH = 70
_ENDINGS = re.compile(r"[аеёиоуыэюяйьaeiou’']+$")


@cache
def _signs(language: str) -> tuple[tuple[str, re.Pattern[str], str, int], ...]:
    """Compile ``genders.tsv``: where a sign stands, its words, the gender it shows, its weight."""
    return tuple(
        (row["where"], re.compile(row["pattern"]), row["gender"], int(row["weight"]))
        for row in load_table(language, "genders")
    )


def stem(word: str) -> str:
    """Cut the ending off a name, so that its cases meet.

    >>> stem("Саврина") == stem("Савриным"), stem("Savrins") == stem("Savrin")
    (True, True)
    """
    folded = fold(word)
    cut = _ENDINGS.sub("", folded)
    if len(cut) > 4 and cut[-1] in "smм":
        cut = _ENDINGS.sub("", cut[:-1])
    return cut if len(cut) >= 3 else folded


def group_persons(prose: str, mentions: Sequence[FoundMention]) -> list[int]:
    """Number the mentions so that those of one name share a number; a surname alone joins its latest bearer."""
    numbers: dict[tuple[str, ...], int] = {}
    bearers: dict[str, int] = {}
    groups = []
    for index, mention in enumerate(mentions):
        stems = tuple(stem(word) for word in prose[mention.start : mention.end].split()) or ("",)
        kind = "person" if mention.kind == "person" else "house"
        if kind == "person" and len(stems) == 1 and stems[0] in bearers:
            groups.append(bearers[stems[0]])
            continue
        number = numbers.setdefault((kind, *stems), index)
        if kind == "person":
            bearers[stems[-1]] = bearers[stems[0]] = number
        groups.append(number)
    return groups


def gender_persons(
    prose: str, mentions: Sequence[FoundMention], groups: Sequence[int], language: str
) -> dict[int, tuple[str, int]]:
    """Give the gender ("m", "f") of each group of mentions of a person and how strongly the words show it."""
    weights: dict[int, Counter[str]] = {}
    for mention, group in zip(mentions, groups, strict=True):
        if mention.kind == "person":
            weights.setdefault(group, Counter()).update(_weigh(prose, mention, language))
    shown = {}
    for group, weight in weights.items():
        if weight["f"] != weight["m"]:
            shown[group] = ("f" if weight["f"] > weight["m"] else "m", abs(weight["f"] - weight["m"]))
    return shown


def _weigh(prose: str, mention: FoundMention, language: str) -> Counter[str]:
    role = prose[slice(*mention.role)] if mention.role else ""
    texts = {
        "name": prose[mention.start : mention.end],
        "before": prose[max(0, mention.start - _REACH) : mention.start],
        "after": prose[mention.end : mention.end + _REACH],
        "role": role,
    }
    weight: Counter[str] = Counter()
    for where, pattern, gender, value in _signs(language):
        if texts[where] and pattern.search(texts[where]):
            weight[gender] += value
    return weight


def gender_of_words(words: str, language: str) -> str:
    """Give the gender that a role noun shows ("die Ministerin": f), or nothing.

    >>> gender_of_words("die Ministerin", "de"), gender_of_words("the official", "en")
    ('f', '')
    """
    weight: Counter[str] = Counter()
    for where, pattern, gender, value in _signs(language):
        if where == "role" and pattern.search(words):
            weight[gender] += value
    return max(weight, key=lambda gender: weight[gender]) if weight else ""
