"""Compare words of names across scripts, transliterations and cases.

A word is compared by how it sounds, not by how it is spelled: `sounds` reduces "Selenskyj", "Zelensky"
and "Зеленского" to forms that meet, `skeletons` to the consonants that block candidates. Where a spelling
may be read in two ways (German "ch" is х, English "ch" is ч) both readings are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

SAME_WORD = 0.82
"""Least likeness of two words at which they may be one name (set on the tuning half of ``corpus/``)."""

_LONGEST_NAME = 400
_LONGEST_WORD = 40
"""Letters of a name and of a word that are compared; what is longer is no name."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHES = re.compile("['’ʼʹ`´]")
_MARKS = re.compile("(?<![иИ])[\u0300-\u036f]|(?<=[иИ])[\u0300-\u0305\u0307-\u036f]")
"""Accents, but not the breve of "й"."""
_WORD = re.compile(r"\w+")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")

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
    ("schtsch|shch|stsch|sjtj|šč|szcz", "S"), ("tsch|tch|cz|č|ć|ç|tj(?=e)", "C"),
    ("dsch|dzh|zh|sch|sh|ž|š|ş|sz", "S"), ("kh|ḥ|ħ", "h"), ("ph|ff|v|w|f", "v"), ("tz|ts|z|ß|ss|s", "s"),
    ("que$", "k"), ("qu", "kv"), ("ck|q|c(?=[aouklrt]|$)", "k"), ("^x", "s"), ("x", "ks"), ("c", "s"), ("th", "t"),
    ("dj", "S"), ("yo|jo|io", "io"), ("yu|ju|iu", "iu"), ("ya|ja|ia", "ia"), ("ye|je|ie", "e"),
    ("ij|iy|yj|yi|ii|y|j", "i"), ("ou|oo", "u"), ("ee", "i"),
)  # fmt: skip
_LATIN_RULES = tuple((re.compile(pattern), sound) for pattern, sound in _LATIN)
_AMBIGUOUS_CH = re.compile("(?<!s)(?<!t)ch")
_AMBIGUOUS_C = re.compile("c(?=[aou])")
_AMBIGUOUS_J = re.compile("(?<!d)j(?=[aeiou])")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiou")
_NOT_CONSONANTS = re.compile("[aeiouh]")
_VOICED_H = re.compile("g(?=.)")

_SURNAME = re.compile("(.+(?:ов|ев|єв|ин|ын|ін))(а|у|ой|ою|ым|им|ом|е|і|ові)")
_ADJECTIVE = re.compile("(.{2,})(?:ого|его|ому|ему|ым|им|ом|ем|ой|ей|ую|юю|ых|их|ая|яя|ое|ее|ые|ие|ыми|ими)")
_NOUN = re.compile("(.{3,}?)(?:ами|ями|ові|еві|єю|ах|ях|ом|ем|ой|ей|ою|ею|ов|а|я|у|ю|ы|и|і|е|є|ь|й)")
_FEMININE = frozenset(["ой", "ей", "ою", "ею", "єю", "у", "ю", "ы", "и", "і", "е", "є"])


def fold(text: str) -> str:
    """Fold case, accents, apostrophes, hyphens and invisible letters away; scripts stay what they are.

    >>> fold("Kassym-Schomart  TOKAJEW"), fold("Алма‑Ата")
    ('kassym schomart tokajew', 'алма ата')
    """
    text = text[:_LONGEST_NAME]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
        text = unicodedata.normalize("NFC", _MARKS.sub("", text))
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", text).casefold()))


@lru_cache(maxsize=200_000)
def sounds(word: str) -> frozenset[str]:
    """Give the sounds a folded word may have, whichever spelling it is in.

    >>> bool(sounds("selenskyj") & sounds("zelensky") & sounds("зеленский"))
    True
    >>> bool(sounds("chodorkowski") & sounds("khodorkovsky"))
    True
    """
    word = word[:_LONGEST_WORD]
    if _CYRILLIC_LETTER.search(word):
        word = word.replace("дж", "ж").replace("цз", "з").replace("кью", "кв")
        if word[:1] == "у" and word[1:2] in tuple("аеиоэ"):
            word = "в" + word[1:]
        return frozenset({_finish("".join(_CYRILLIC.get(letter, letter) for letter in word))})
    if not word.isascii():
        word = _latin_letters(word)
    readings = {word}
    if _AMBIGUOUS_CH.search(word):
        readings = {_AMBIGUOUS_CH.sub(reading, word) for reading in ("C", "h")}
        if "chr" in word or "chl" in word:  # Greek
            readings.add(word.replace("chr", "kr").replace("chl", "kl"))
    if _AMBIGUOUS_C.search(word):  # English "c" is к, Slavic "c" is ц
        readings |= {_AMBIGUOUS_C.sub("s", reading) for reading in readings}
    if "rz" in word:  # Polish
        readings |= {reading.replace("drz", "S").replace("rz", "S") for reading in readings}
    if word.endswith("ic"):  # Slavic surnames without their accent
        readings |= {reading[:-1] + "C" for reading in readings}
    if _AMBIGUOUS_J.search(word):  # German "j" is й, English "j" is дж
        readings |= {_AMBIGUOUS_J.sub("S", reading) for reading in readings}
    return frozenset(_finish(_spell_out(reading)) for reading in readings)


def _latin_letters(word: str) -> str:
    return "".join(letter if letter in "čšžćşçß" else anyascii(letter).lower() for letter in word)


def _spell_out(word: str) -> str:
    for pattern, sound in _LATIN_RULES:
        word = pattern.sub(sound, word)
    return word


def _finish(sound: str) -> str:
    return _DOUBLED.sub(r"\1", sound.replace("S", "s").replace("ie", "e").replace("ei", "ai"))


@lru_cache(maxsize=200_000)
def base_forms(word: str, language: str) -> tuple[str, ...]:
    """Give a folded word and what it may be when its case ending is taken off, likeliest first.

    >>> base_forms("лаврова", "ru"), base_forms("нового", "ru")
    (('лаврова', 'лавров'), ('нового', 'новый', 'новая'))
    """
    if len(word) < 4 or len(word) > _LONGEST_WORD:
        return (word,)
    if language not in ("de", "en") and _CYRILLIC_LETTER.search(word):
        return (word, *(form for form in _russian_bases(word) if form != word))
    if language == "de" and word.endswith(("en", "ns")):
        return (word, word[:-1])
    if language in ("de", "en") and word.endswith("s") and not word.endswith("ss"):
        return (word, word[:-1])
    return (word,)


def _russian_bases(word: str) -> list[str]:
    if match := _SURNAME.fullmatch(word):
        stem, ending = match.groups()
        feminine = [stem + "а"] if ending in ("ой", "ою", "у", "е", "і") else []
        return feminine if ending in ("ой", "ою") else [stem, *feminine]
    if match := _ADJECTIVE.fullmatch(word):
        nouns = [match[1], match[1] + "а"] if word.endswith(("ом", "ем", "ой", "ей", "им")) else []
        return [match[1] + "ый", match[1] + "ая", *nouns]
    if match := _NOUN.fullmatch(word):
        ending = word[len(match[1]) :]
        return [match[1], *([match[1] + "а"] if ending in _FEMININE else [])]
    return []


@lru_cache(maxsize=200_000)
def skeletons(word: str, language: str) -> frozenset[str]:
    """Give the keys a word is looked up by: its consonants, an initial vowel kept as one letter, no "h".

    >>> bool(skeletons("лавровым", "ru") & skeletons("lawrow", "de"))
    True
    """
    keys = set()
    for form in base_forms(word, language):
        for sound in sounds(form):
            keys.add(_skeleton(sound))
            if "g" in sound and _CYRILLIC_LETTER.search(word):  # Russian г stands for foreign h
                keys.add(_skeleton(_VOICED_H.sub("h", sound)))
    return frozenset(keys)


def _skeleton(sound: str) -> str:
    consonants = _NOT_CONSONANTS.sub("", sound.replace("C", "s"))
    consonants = _DOUBLED.sub(r"\1", consonants)
    if consonants.endswith("ng"):
        consonants = consonants[:-1]
    return ("a" if sound[:1] in _VOWELS else "") + consonants


_NEAR = {frozenset(pair) for pair in ("sC", "gh", "kg", "kh", "td", "bp", "vu", "vb", "Ck", "mn")}


@lru_cache(maxsize=500_000)
def word_similarity(left: str, right: str, left_language: str = "und", right_language: str = "und") -> float:
    """Compare two folded words by sound: 1.0 where they may be spelled from one name, 0.0 where nothing fits.

    >>> word_similarity("tokajew", "токаевым", "de", "ru") >= SAME_WORD
    True
    >>> word_similarity("lawrow", "lasarew", "de", "de") >= SAME_WORD
    False
    >>> word_similarity("iwanow", "iwanowa", "de", "de") >= SAME_WORD
    False
    """
    if left == right:
        return 1.0
    same_hand = left_language == right_language and left_language != "und"
    best = 0.0
    for rank, form in enumerate(base_forms(left, left_language)):
        for other_rank, other in enumerate(base_forms(right, right_language)):
            penalty = 0.02 * (bool(rank) + bool(other_rank))
            for a in sounds(form):
                for b in sounds(other):
                    best = max(best, _likeness(a, b, same_hand) - penalty)
    return best


def _likeness(a: str, b: str, same_hand: bool) -> float:
    """Give 1 less the weighted edits a letter; vowels weigh less, the more so across languages."""
    if a == b:
        return 1.0
    longest = max(len(a), len(b))
    if abs(len(a) - len(b)) > 0.5 * longest:
        return 0.0
    vowel = 0.7 if same_hand else 0.4
    cost = _edits(a, b, vowel) * (1.3 if same_hand else 1.0)
    if a.endswith("a") != b.endswith("a") and (a[-1:] not in _VOWELS or b[-1:] not in _VOWELS):
        cost += 1.0  # a final "a" is a woman's name, where the other's is none
    return max(0.0, 1.0 - cost / longest * (1.3 if longest <= 4 else 1.0))


def _edits(a: str, b: str, vowel: float) -> float:
    row = [0.0]
    for letter in b:
        row.append(row[-1] + _weight(letter, vowel))
    for mine in a:
        above, row = row, [row[0] + _weight(mine, vowel)]
        for j, theirs in enumerate(b, 1):
            change = above[j - 1] + _change(mine, theirs, vowel)
            row.append(min(change, above[j] + _weight(mine, vowel), row[-1] + _weight(theirs, vowel)))
    return row[-1]


def _weight(letter: str, vowel: float) -> float:
    return vowel if letter in _VOWELS or letter == "h" else 1.0


def _change(mine: str, theirs: str, vowel: float) -> float:
    if mine == theirs:
        return 0.0
    if mine in _VOWELS and theirs in _VOWELS:
        return vowel
    return 0.5 if frozenset((mine, theirs)) in _NEAR else 1.0


def same_word(left: str, right: str, left_language: str = "und", right_language: str = "und") -> bool:
    """Tell whether two folded words may be one name: a shared skeleton and near sounds."""
    if left == right:
        return True
    if left.isdigit() or right.isdigit():
        return False
    if not skeletons(left, left_language) & skeletons(right, right_language):
        return False
    if mixes_scripts(left) or mixes_scripts(right):
        return False
    return word_similarity(left, right, left_language, right_language) >= SAME_WORD


def mixes_scripts(name: str) -> bool:
    """Tell whether Latin and Cyrillic letters stand in one word: a look-alike, never merged silently.

    >>> mixes_scripts("Pаvlov"), mixes_scripts("Pavlov"), mixes_scripts("Радио NRT")
    (True, False, False)
    """
    for word in _WORD.findall(name[:_LONGEST_NAME]):
        if _CYRILLIC_LETTER.search(word) and re.search("[A-Za-zÀ-ɏ]", word):
            return True
    return False
