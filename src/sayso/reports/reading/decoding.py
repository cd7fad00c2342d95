"""Turn bytes into text: which encoding, what damage, what is no text at all.

Tried in order: 1. a byte order mark; 2. UTF-16 without a mark; 3. UTF-8; 4. what the format declares;
5. the single-byte encodings of the served languages, by how much of their function words comes out;
6. charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache

from sayso.errors import UnreadableReport
from sayso.reports.reading import vocabulary

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = ("cp1252", "cp1250", "mac-roman", "cp850")
_CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic")
_RARE = frozenset({"mac-cyrillic", "mac-roman", "cp850"})
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"RIFF", "a sound or video file"),
)
_SAMPLE = 200_000
_REMEDY = "save it as UTF-8 text"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_NOT_TEXT = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x85\u2028]")
_MOJIBAKE = re.compile(
    r"[ÂÃÐÑâðŃŠÅ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|[РС][\u0400-\u045f°±µ¶·»«њќѓ‚„…†‡€‰‹‘’“”•–—™›][РС]"
)
_HIGH_LATIN = re.compile(r"[\u00a8\u00b8\u00c0-\u00ff]{4,}")


def decode(received: bytes, where: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode the bytes of a text file; give the text and what had to be guessed or lost.

    Raises UnreadableReport for an empty file, for bytes that are no text, and where no encoding fits.
    """
    if not received.strip():
        raise UnreadableReport("the file is empty", where, "remove it or save it again with its text")
    for mark, encoding in _MARKS:
        if received.startswith(mark):
            return _strictly(received[len(mark) :], encoding, where)
    refuse_binary(received, where)
    if b"\x00" in received[:_SAMPLE] and (order := _utf16_order(received[:_SAMPLE])):
        return _strictly(received, order, where)
    for candidate in ("utf-8", declared):
        if candidate and (text := _try(received, candidate)) is not None:
            return text, ()
    return _guess(received, where)


def refuse_binary(received: bytes, where: str) -> None:
    """Raise UnreadableReport where the bytes are a known binary format or mostly no characters."""
    for magic, name in _BINARY:
        if received.startswith(magic):
            raise UnreadableReport(f"this is {name}, not text", where, "give it the right file extension")
    sample = received[:_SAMPLE]
    if _utf16_order(sample):
        return
    strange = len(sample) - len(sample.translate(None, _NOT_TEXT))
    if strange > max(2, 0.02 * len(sample)):
        raise UnreadableReport("this is binary data, not text", where, _REMEDY)


def _try(received: bytes, encoding: str) -> str | None:
    try:
        return received.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _strictly(received: bytes, encoding: str, where: str) -> tuple[str, tuple[str, ...]]:
    if (text := _try(received, encoding)) is not None:
        if not text.strip():
            raise UnreadableReport("the file is empty", where, "remove it or save it again with its text")
        return text, ()
    return _with_losses(received, encoding, where)


def _with_losses(received: bytes, encoding: str, where: str) -> tuple[str, tuple[str, ...]]:
    text = received.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > max(3, len(text) // 200):
        raise UnreadableReport(f"{lost} places are not {encoding}, which it claims to be", where, _REMEDY)
    return text, (f"{lost} damaged characters could not be read ({encoding})",)


def _utf16_order(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zero (or Cyrillic 04) bytes stand."""
    if len(sample) < 8:
        return None
    even, odd = sample[0::2], sample[1::2]
    high_even = even.count(0) + even.count(4)
    high_odd = odd.count(0) + odd.count(4)
    if high_odd > 0.8 * len(odd) and high_even < 0.2 * len(even):
        return "utf-16-le"
    return "utf-16-be" if high_even > 0.8 * len(even) and high_odd < 0.2 * len(odd) else None


def _guess(received: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    sample = received[:_SAMPLE]
    lossy = sample.decode("utf-8", "replace")
    beyond_ascii = sum(letter > "\x7f" for letter in lossy)
    if lossy.count("\ufffd") * 20 < beyond_ascii:
        return _with_losses(received, "utf-8", where)
    encoding = _by_words(sample) or _by_statistics(sample)
    text = _try(received, encoding) if encoding else None
    if encoding and text is None:
        text = received.decode(encoding, "replace")
    if text is None:
        raise UnreadableReport("no known encoding fits its bytes", where, _REMEDY)
    return text, (f"encoding not declared; read as {encoding}",)


def _by_words(sample: bytes) -> str | None:
    """Choose the single-byte encoding that makes most words beyond ASCII plausible, if any does.

    Cyrillic words are runs of bytes beyond ASCII, accented letters stand alone or in twos.
    """
    runs = [len(run) for run in _HIGH_RUN.findall(sample)]
    tables = _CYRILLIC if 2 * sum(run for run in runs if run > 2) > sum(runs) else _LATIN
    scores = {encoding: _plausibility(sample.decode(encoding, "replace")) for encoding in tables}
    best = max(tables, key=lambda encoding: scores[encoding] - 0.5 * (encoding in _RARE))
    return best if scores[best] > 0 else None


def _plausibility(text: str) -> float:
    """Score a decoding: letters in their right case and script count for it, strange signs against it.

    A word of one script, in lower case or with a capital first, is as a word should be; one with capitals
    after small letters, of two scripts, or with a sign in the middle is what a wrong table makes.
    """
    score = 0.0
    known = _all_stop_words()
    for word in re.findall(r"[^\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+", text):
        if word.isascii():
            continue
        score += _word_plausibility(word, known)
    return score


@cache
def _all_stop_words() -> frozenset[str]:
    return frozenset().union(*vocabulary.stop_words().values())


def _word_plausibility(word: str, known: frozenset[str]) -> float:
    core = word.strip("„“”«»‘’‚–—…\xa0§°©")
    if not core:
        return 0.2
    if not core.replace("’", "").replace("-", "").replace("–", "").isalpha():
        return -1.0
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in core if letter.isalpha()}
    if len(scripts) > 1:
        return -1.0
    cased = core.islower() or core.istitle() or (core.isupper() and len(core) < 8)
    if core.lower() in known:
        return 3.0 if cased else 0.0
    if len(core) == 1:
        return -0.5
    rare = sum(letter not in _COMMON for letter in core.lower())
    return (0.6 if cased else -0.6) - 0.8 * rare


_COMMON = frozenset(
    "abcdefghijklmnopqrstuvwxyzäöüßéèêàâçñíóúáôîïëůřžščабвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ-’–"
)


def _by_statistics(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else None


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Mend what an encoding did to a text, before any offset is taken in it.

    1. Every kind of line end becomes a line feed; a form feed and a paragraph separator become a blank line.
    2. Control characters and lone surrogates, which no report holds, go out.
    3. Mojibake is undone: UTF-8 read as Latin-1 and its kin (ftfy), Cyrillic read as Latin-1.
    4. Composed letters (NFC). Quotation marks, dashes and spaces stay as they are.

    >>> clean("a\\r\\nb\\x00")[0]
    'a\\nb'
    """
    text = _LINE_ENDS.sub("\n", text).replace("\x0c", "\n\n").replace("\u2029", "\n\n")
    text = strip_controls(text)
    if text.isascii():
        return text, ()
    text, warnings = _undo_mojibake(text)
    return unicodedata.normalize("NFC", text), warnings


def strip_controls(text: str) -> str:
    """Take out control characters and lone surrogates, white space excepted, and compose letters (NFC)."""
    text = _CONTROL.sub("", text)
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _undo_mojibake(text: str) -> tuple[str, tuple[str, ...]]:
    if _reads_as_cyrillic(text):
        for encoding in ("cp1252", "latin-1"):
            try:
                return text.encode(encoding).decode("cp1251"), ("Cyrillic read as Latin letters was mended",)
            except UnicodeError:
                continue
    if _MOJIBAKE.search(text):
        import ftfy

        mended = ftfy.fix_encoding(text)
        if mended != text:
            return mended, ("letters damaged by a wrong encoding were mended",)
    return text, ()


def _reads_as_cyrillic(text: str) -> bool:
    """Tell cp1251 read as cp1252 by long runs of accented letters, which no language has."""
    sample = text[:_SAMPLE]
    runs = sum(len(run) for run in _HIGH_LATIN.findall(sample))
    return runs > 20 and runs * 2 > sum(letter.isalpha() for letter in sample)
