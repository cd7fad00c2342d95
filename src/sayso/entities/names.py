"""Compare names across scripts, transliterations and cases.

A name is compared by how it sounds, not by how it is spelled: `sounds` reduces "Selenskyj", "Zelensky"
and "Зеленского" to forms that meet, `skeletons` to the consonants that block candidates. Where a spelling
may be read in two ways (German "ch" is х, English "ch" is ч) both readings are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

SAME_WORD = 0.82
"""Least similarity of two words' sounds at which they may be one name (set on the tuning half of ``corpus/``)."""

_LONGEST_WORD = 60
"""Letters of a word that are compared; what is longer is no name."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHES = re.compile("['’ʼʹ`´]")
_WORD = re.compile(r"\w+")

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "S",
    "з": "s", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "v", "х": "h", "ц": "s", "ч": "C", "ш": "S",
    "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ў": "u",
    "қ": "k", "ғ": "g", "ң": "n", "ү": "u", "ұ": "u", "ө": "o", "ә": "a", "һ": "h", "ј": "i", "љ": "li",
    "њ": "ni", "ђ": "d", "ћ": "C", "џ": "S",
}  # fmt: skip
"""Cyrillic letter -> sound class: all sibilants but ч are one (s, S), в and ф one, и й ы і one."""

_LATIN = (
    ("schtsch|shch|stsch|sjtj|šč|szcz", "S"), ("tsch|tch|cz|č|ć|ç|tj(?=e)", "C"), ("dsch|dzh|zh|sch|sh|ž|š|ş|sz", "S"),
    ("kh|ḥ|ħ", "h"), ("ph|ff|v|w|f", "v"), ("tz|ts|z|ß|ss|s", "s"), ("ck|q|c(?=[aouklrt]|$)", "k"), ("x", "ks"),
    ("c", "s"), ("th", "t"), ("dj", "S"), ("yo|jo|io", "io"), ("yu|ju|iu", "iu"), ("ya|ja|ia", "ia"),
    ("ye|je|ie", "e"), ("ij|iy|yj|yi|ii|y|j", "i"), ("ou|oo", "u"), ("ee", "i"),
)  # fmt: skip
_LATIN_RULES = tuple((re.compile(pattern), sound) for pattern, sound in _LATIN)
_AMBIGUOUS_CH = re.compile("(?<!s)(?<!t)(?<!sh)ch")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiou]")

_CASE_ENDINGS = {
    "ru": re.compile(
        "(?:ого|его|ому|ему|ыми|ими|ами|ями|ым|им|ом|ем|ой|ей|ою|ею|ых|их|ах|ях|ую|юю|а|я|у|ю|ы|и|е)$"
    ),
    "de": re.compile("(?:s)$"),
    "en": re.compile("(?:s)$"),
}


def fold(text: str) -> str:
    """Fold case, accents, apostrophes, hyphens and invisible letters away; scripts stay what they are.

    >>> fold("Kassym-Schomart  TOKAJEW"), fold("Алма‑Ата")
    ('kassym schomart tokajew', 'алма ата')
    """
    text = _APOSTROPHES.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKD", text)))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(text.casefold()))


@lru_cache(maxsize=200_000)
def sounds(word: str) -> frozenset[str]:
    """Give the sounds a folded word may have, whichever spelling it is in.

    >>> bool(sounds("selenskyj") & sounds("zelensky") & sounds("зеленский"))
    True
    >>> bool(sounds("chodorkowski") & sounds("khodorkovsky"))
    True
    """
    word = word[:_LONGEST_WORD]
    if any("а" <= letter <= "џ" or letter in "қғңүұөәһґ" for letter in word):
        return frozenset({_finish("".join(_CYRILLIC.get(letter, letter) for letter in word))})
    if not word.isascii():
        word = _latin_letters(word)
    readings = {word}
    if _AMBIGUOUS_CH.search(word):
        readings = {_AMBIGUOUS_CH.sub(reading, word) for reading in ("C", "h")}
    if word[:1] == "j":  # German "j" is й, English "j" is дж
        readings |= {"S" + reading[1:] for reading in readings}
    return frozenset(_finish(_spell_out(reading)) for reading in readings)


def _latin_letters(word: str) -> str:
    return "".join(letter if letter in "čšžćşçß" else anyascii(letter).lower() for letter in word)


def _spell_out(word: str) -> str:
    for pattern, sound in _LATIN_RULES:
        word = pattern.sub(sound, word)
    return word


def _finish(sound: str) -> str:
    return _DOUBLED.sub(r"\1", sound.replace("S", "s").replace("ie", "e"))


def base_forms(word: str, language: str) -> tuple[str, ...]:
    """Give a folded word and what it may be when its case ending is taken off, likeliest first.

    >>> base_forms("лаврова", "ru")
    ('лаврова', 'лавров')
    """
    endings = _CASE_ENDINGS.get(language)
    ending = endings.search(word) if endings else None
    if ending is None or ending.start() < 3:
        return (word,)
    return (word, word[: ending.start()])


@lru_cache(maxsize=200_000)
def skeletons(word: str, language: str) -> frozenset[str]:
    """Give the keys a word is looked up by: its sounds without vowels, an initial vowel kept as one letter.

    >>> bool(skeletons("лавровым", "ru") & skeletons("lawrow", "de"))
    True
    """
    keys = set()
    for form in base_forms(word, language):
        for sound in sounds(form):
            consonants = _DOUBLED.sub(r"\1", _VOWELS.sub("", sound))
            keys.add(("a" if sound[:1] in "aeiou" else "") + consonants)
    return frozenset(keys)


@lru_cache(maxsize=500_000)
def word_similarity(left: str, right: str, left_language: str = "und", right_language: str = "und") -> float:
    """Compare two folded words by sound: 1.0 where they may be spelled from one name, 0.0 where nothing fits.

    >>> word_similarity("tokajew", "токаевым", "de", "ru") >= SAME_WORD
    True
    >>> word_similarity("lawrow", "lasarew", "de", "de") >= SAME_WORD
    False
    """
    if left == right:
        return 1.0
    return max(
        Levenshtein.normalized_similarity(a, b)
        for form in base_forms(left, left_language)
        for other in base_forms(right, right_language)
        for a in sounds(form)
        for b in sounds(other)
    )


def same_word(left: str, right: str, left_language: str = "und", right_language: str = "und") -> bool:
    """Tell whether two folded words may be one name: a shared skeleton and near sounds."""
    if not skeletons(left, left_language) & skeletons(right, right_language):
        return False
    return word_similarity(left, right, left_language, right_language) >= SAME_WORD


def mixes_scripts(word: str) -> bool:
    """Tell whether Latin and Cyrillic letters stand in one word: a look-alike, never merged silently.

    >>> mixes_scripts("Pаvlov"), mixes_scripts("Pavlov")
    (True, False)
    """
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return {"LATIN", "CYRILLIC"} <= scripts
