"""Tell what language a text is in.

First by its own function words and letters, which costs nothing and needs no model; py3langid (4.6 MB of
model, 128 MB of memory) is asked only where these leave it open.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from sayso.languages import UNDETERMINED, load_rules
from sayso.reports.reading import vocabulary

SAMPLE = 6_000
"""Letters from the beginning, the middle and the end that a text is judged by."""
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 5
_LEAST_SHARE = 0.10
_MARGIN = 1.25
_FEWEST_LETTERS = 20


def identify_language(text: str) -> tuple[str, tuple[str, ...]]:
    """Tell a text's main language and warn where a good part of it is in another.

    >>> identify_language("Die Regierung hat den Notstand verhängt und die Armee ist in der Stadt.")
    ('de', ())
    """
    sample = _sample(text)
    language = judge(sample)
    parts = [judge(part) for part in _paragraphs(sample) if len(part) > 200]
    others = Counter(part for part in parts if part not in (language, UNDETERMINED))
    if others and (most := others.most_common(1)[0])[1] * 4 >= len(parts):
        return language, (f"part of the text is in another language ({most[0]}); read as {language}",)
    return language, ()


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return "\n\n".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


def _paragraphs(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text)


def judge(text: str) -> str:
    """Judge one stretch: by function words where they are plain, else by py3langid, else "und"."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return UNDETERMINED
    scores = _word_scores(words)
    ranked = sorted(scores, key=lambda language: (-scores[language], language))
    best, second = ranked[0], ranked[1]
    needed = max(_ENOUGH, _LEAST_SHARE * len(words))
    if scores[best] >= needed and scores[best] >= _MARGIN * scores[second]:
        return best
    return _ask_model(text, best if scores[best] >= 2 and scores[best] > scores[second] else UNDETERMINED)


def _word_scores(words: list[str]) -> dict[str, float]:
    """Count each language's function words; its own letters count for it, its neighbours' against it."""
    scores = dict.fromkeys(vocabulary.stop_words(), 0.0)
    letters: Counter[str] = Counter()
    speakers = _speakers()
    for word, count in Counter(words).items():
        letters.update(word)
        for language in speakers.get(word, ()):
            scores[language] += count
    for language, (own, foreign) in _letters().items():
        scores[language] += 0.5 * sum(letters[letter] for letter in own)
        scores[language] -= sum(letters[letter] for letter in foreign)
    return scores


@cache
def _speakers() -> dict[str, tuple[str, ...]]:
    """Map each function word to the languages that use it."""
    found: dict[str, list[str]] = {}
    for language, known in vocabulary.stop_words().items():
        for word in known:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _letters() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Give the letters that tell a language from its neighbours, and those that tell them from it."""
    own = {
        language: frozenset(row) for language, row in load_rules(UNDETERMINED, "reports")["letters"].items()
    }
    every = frozenset().union(*own.values())
    return {language: (letters, every - letters) for language, letters in own.items()}


def _ask_model(text: str, fallback: str) -> str:
    letters = sum(letter.isalpha() for letter in text[:SAMPLE])
    if letters < _FEWEST_LETTERS:
        return fallback
    language, _ = _model().classify(text[:SAMPLE])
    return str(language)


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(load_rules(UNDETERMINED, "reports")["model_languages"].split())
    model.set_languages(sorted(known & set(model.labels)))
    return model
