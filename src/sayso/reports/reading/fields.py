"""Read the fields some texts carry on top: ``outlet: ...`` lines, plain or between Markdown's ``---``."""

from __future__ import annotations

import re

import msgspec

from sayso.reports.reading import vocabulary

_FIELD = re.compile(r"(?P<key>[^\W\d_][\w -]{0,30}?)[ \t]*:(?:[ \t]+(?P<value>[^\n]{0,2000}))?$")
_FENCE = re.compile(r"(?:---|\+\+\+)[ \t]*$")
_MOST_LINES = 60


class Field(msgspec.Struct, frozen=True):
    """Hold the value of one head field and where it stands."""

    start: int
    end: int
    value: str


def read_fields(text: str) -> tuple[dict[str, Field], int]:
    """Read the fields on top of a text; give them by the record's field name, and where the body begins.

    Plain fields count where the first line is a known one and a blank line ends them.

    >>> fields, body = read_fields("outlet: The Mast\\ndate: 5 May 2021\\n\\nA title")
    >>> fields["outlet"].value, fields["published"].value, body
    ('The Mast', '5 May 2021', 34)
    """
    start = len(text) - len(text.lstrip())
    first_end = _line_end(text, start)
    fenced = bool(_FENCE.match(text[start : min(first_end, start + 20)]))
    at = first_end + 1 if fenced else start
    fields: dict[str, Field] = {}
    for _ in range(_MOST_LINES):
        stop = _line_end(text, at)
        line = text[at : min(stop, at + 2100)]
        if _ends_head(line, fenced):
            return (fields, min(stop + fenced, len(text))) if fields else ({}, start if not fenced else 0)
        match = _FIELD.match(line.rstrip())
        if match is None and not fenced:
            break
        name = vocabulary.field_names().get(match["key"].strip().lower()) if match else None
        if match and name and match["value"] and (fenced or fields or _is_plausible(name, match["value"])):
            fields.setdefault(name, _field(at, match))
        if not fields and not fenced:
            break
        at = stop + 1
    return {}, 0


def _line_end(text: str, at: int) -> int:
    stop = text.find("\n", at)
    return len(text) if stop < 0 else stop


def _ends_head(line: str, fenced: bool) -> bool:
    return bool(_FENCE.match(line)) if fenced else not line.strip()


def _is_plausible(name: str, value: str) -> bool:
    """Tell a first plain field from a title that opens like one ("Source: minister has fled the country")."""
    value = value.strip("\"' ")
    return name not in ("outlet", "author") or (len(value.split()) <= 5 and not value[:1].islower())


def _field(at: int, match: re.Match[str]) -> Field:
    raw = match["value"]
    value = raw.strip().strip("\"'").strip()
    offset = raw.find(value)
    start = at + match.start("value") + offset
    return Field(start, start + len(value), value)
