"""Read datelines and bylines: the lines and openings that say where, when and by whom a report was made.

Almaty, 5. Januar 2022                     a line of its own
Nordkurier | 5.1.2022 | 14:30 Uhr          outlet and date
OSLO, March 3 (Agency) - The ship ...      an opening of the first paragraph
МОСКВА, 5 янв - Агентство. Судно ...       the same, agency after the dash
"""

from __future__ import annotations

import re

import msgspec

from sayso.reports.reading import vocabulary
from sayso.reports.reading.dates import FoundDate, find_date, find_dates

_LONGEST_OPENING = 160
_LONGEST_LINE = 160
_DASH = re.compile(r"(?<=[\s.)\]/])(?:--|[-–—])\s+|\)\s?(?:--|[-–—:])\s+|/\.?\s+(?=\S)")
_AGENCY_AFTER = re.compile(
    r"(?P<agency>[^\W\d_a-zа-яёäöü][\w-]*(?:[ ][«\"]?[^\W\d_a-zа-яёäöü][\w-]*[»\"]?){0,3})\.\s+(?=\S)"
)
_BRACKETED = re.compile(r"[(\[](?P<in>[^()\[\]]{1,60})[)\]]|(?<![\w/])/(?P<slash>[^/\d][^/]{1,40})/?")
_PARTS = re.compile(r"\s*[|·•]\s*|\s+[-–—]\s+")
_SENTENCE_START = re.compile(r"[\"'„“«»‚‘(]*[^\W_]")


class Dateline(msgspec.Struct, frozen=True):
    """Hold what a dateline or byline says. `length` is how many letters of the text it takes."""

    length: int
    date: FoundDate | None = None
    agency: str | None = None
    outlet: str | None = None
    author: str | None = None


def read_opening(text: str, language: str) -> Dateline | None:
    """Read the dateline a first paragraph opens with, or give None.

    It needs a date, an agency or a place in capitals; nothing but places beside them; a dash or a second
    slash to close it; and a sentence that begins after it.

    >>> read_opening("Kiew/Berlin (dpa) - Die Lage", "de").agency
    'dpa'
    >>> read_opening("Berlin bleibt ruhig - noch", "de") is None
    True
    """
    head = text[:_LONGEST_OPENING]
    for mark in list(_DASH.finditer(head))[:3]:
        cut = mark.start() + (1 if mark.group()[0] in ")/" else 0)
        found = _read_prefix(head[:cut].rstrip(), language)
        if found is None:
            continue
        after = _AGENCY_AFTER.match(head, mark.end())
        if after and found.date and found.agency is None and _is_agency(after["agency"]):
            return msgspec.structs.replace(
                found, length=len(head[: after.end()].rstrip()), agency=after["agency"]
            )
        if _begins_sentence(head[mark.end() :]):
            return msgspec.structs.replace(found, length=len(head[: mark.end()].rstrip()))
    return None


def _is_agency(words: str) -> bool:
    """Tell "Степь-Информ." after a dateline's dash from an abbreviation that begins a sentence ("Sen.")."""
    return not _is_opener(words) and not any(
        pattern.fullmatch(f"{words}.") for pattern in vocabulary.abbreviations()
    )


def _is_opener(words: str) -> bool:
    first = re.match(r"\w+", words)
    return first is not None and first.group().lower() in vocabulary.openers()


def _begins_sentence(text: str) -> bool:
    match = _SENTENCE_START.match(text)
    if not match:
        return False
    letter = match.group()[-1]
    return letter.isdigit() or letter.isupper() or letter.lower() == letter.upper()


def _read_prefix(prefix: str, language: str) -> Dateline | None:
    if not prefix or len(prefix) > 120:
        return None
    date = find_date(prefix, language)
    agency, bare = _take_agency(_without_dates(prefix, language))
    is_known = bool(set(re.findall(r"\w+", (agency or "").lower())) & vocabulary.words("agencies"))
    if _PARTS.search(bare) or (date is None and not is_known and _is_opener(prefix)):
        return None
    places = [place for place in re.split(r"[,/.;|]|\s(?:und|and|и)\s", bare) if _words_of_name(place)]
    if not all(_is_name(place, 5) for place in places) or sum(len(place.split()) for place in places) > 9:
        return None
    if date is not None and agency is None and len(places) > 1 and "." in bare:
        agency = places[-1].strip()
    in_capitals = bool(places) and all(place.isupper() and len(place.strip()) > 2 for place in places)
    return Dateline(len(prefix), date, agency) if date or agency or in_capitals else None


def _take_agency(text: str) -> tuple[str | None, str]:
    for match in _BRACKETED.finditer(text):
        inside = (match["in"] or match["slash"] or "").strip(" ,.;")
        if match["slash"] and not (match.group().endswith("/") and match.end() > match.start("slash")):
            continue
        if re.search(r"[^\W\d_]{2}", inside) and len(inside.split()) <= 5:
            return inside, text[: match.start()] + " " + text[match.end() :]
    return None, re.sub(r"[()\[\]]", " ", text)


def _without_dates(text: str, language: str) -> str:
    for found in reversed(find_dates(text, language)):
        text = text[: found.start] + " , " + text[found.end :]
    return text


def _words_of_name(text: str) -> list[str]:
    """Give the words of a part that are more than a weekday, a label or a time of day."""
    idle = ("date_words", "updated_words", "weekdays", "clock_words")
    return [
        word
        for word in re.findall(r"[\w'’.-]*\w", text)
        if not any(word.lower().strip(".") in vocabulary.words(name) for name in idle)
        and word.lower() not in vocabulary.zones()
    ]


def _is_name(text: str, most: int) -> bool:
    words = _words_of_name(text)
    small = vocabulary.words("name_words")
    named = [word for word in words if word not in small]
    return (
        0 < len(named) <= most
        and all(word[0].isupper() or not word[0].islower() for word in named)
        and not any(letter.isdigit() for letter in text)
    )


def read_line(line: str, language: str, after_title: bool) -> Dateline | None:
    """Read a line of its own as a dateline or byline, or give None where it is neither.

    Parts stand between bars or dashes, or a comma; each must be a date, a byline, or a name: before a bar
    the outlet's, else a place's. A byline needs its opening word or label, and unlabelled a title before it.
    """
    line = line.strip()
    if not line or len(line) > _LONGEST_LINE or read_opening(line, language) is not None:
        return None
    author, rest = _take_author(line, language, after_title)
    date = find_date(rest, language)
    if author is None and date is None:
        return _outlet_line(line)
    agency, bare = _take_agency(_without_dates(rest, language))
    outlet = None
    for part in re.split(r"\s*[|·•,;/]\s*|\s+[-–—]\s+", bare):
        words = _words_of_name(part)
        if words and not _is_name(part, 4):
            return None
        if words and _barred(part, line) and outlet is None:
            outlet = " ".join(part.split())
    if date is not None and not _set_apart(rest, date):
        return None
    return Dateline(len(line), date, agency, outlet, author)


def _barred(part: str, line: str) -> bool:
    return bool(re.search(rf"{re.escape(part.strip())}\s*[|·•]|[|·•]\s*{re.escape(part.strip())}", line))


def _set_apart(line: str, date: FoundDate) -> bool:
    """Tell a date beside a name ("Oslo, 3 May 2021") from a date inside a heading ("Report 3 May 2021")."""
    before = line[: date.start]
    last = _PARTS.split(before)[-1]
    inner = re.split(r"[,;/()]", last)[-1]
    after = re.split(r"[,;/()|·•–—-]", line[date.end :])[0]
    return not _words_of_name(inner) and not _words_of_name(after)


def _outlet_line(line: str) -> Dateline | None:
    labels = vocabulary.words("source_labels")
    match = re.match(r"(?P<label>[^\W\d_]+)\s*:\s*(?P<name>\S.{0,80})$", line)
    if match and match["label"].lower() in labels and _is_name(match["name"], 5):
        return Dateline(len(line), outlet=match["name"].strip(" ."))
    return None


def _take_author(line: str, language: str, after_title: bool) -> tuple[str | None, str]:
    """Take the author out of a line: after its label, after "by", or as "Name, Place" below a title."""
    label = re.match(r"(?P<label>[^\W\d_]+(?: by)?)\s*:\s*(?P<rest>\S.*)$", line)
    if label and label["label"].lower() in vocabulary.words("author_labels"):
        return _split_author(label["rest"], language)
    opened = re.match(r"(?P<word>[^\W\d_]+)\s+(?P<rest>\S.*)$", line)
    if after_title and opened and opened["word"].lower() in vocabulary.words("byline_words"):
        return _split_author(opened["rest"], language)
    named = re.match(
        r"(?P<name>[^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*){1,2}), (?P<rest>[^\W\d_][\w-]+(?: [\w-]+)?)$", line
    )
    if (
        after_title
        and named
        and _is_name(named["name"], 3)
        and _is_name(named["rest"], 2)
        and not _is_opener(named["name"])
    ):
        return named["name"], named["rest"]
    return None, line


def _split_author(rest: str, language: str) -> tuple[str | None, str]:
    date = find_date(rest, language)
    ends = [match.start() for match in re.finditer(r"[|·•;,(/]|\s[-–—]\s|\s(?:in|aus|из|для|for)\s", rest)]
    if date is not None:
        ends.append(date.start)
    cut = min(ends, default=len(rest))
    author = rest[:cut].strip()
    return (author, rest[cut:].strip()) if _is_name(author, 7) and len(author) > 2 else (None, rest)
