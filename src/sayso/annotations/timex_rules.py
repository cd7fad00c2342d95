"""Find temporal expressions in prose by the compiled rules of a language.

At each word the rules that can begin with it are tried; the longest match wins, then the earlier rule. The
cost is linear in the prose: a word that begins no rule costs one look into a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sayso.annotations.timex_grammar import WORD, Compiled, Grammar, Prefix, Rule

_THOUSANDS = re.compile(r"[.,](\d{3})(?!\d)")
_QUOTES = "«»„“”\"'‘’`"
_LONGEST_PREFIX = 4
"""Words that may be taken in before an expression ("not more than about")."""


class Found(NamedTuple):
    """Hold one expression before it is resolved: what its rule has read, field by field."""

    start: int
    end: int
    rule: Rule
    fields: dict[str, Any]


def find_expressions(prose: str, low: str, grammar: Grammar) -> list[Found]:
    """Find the expressions of a prose, left to right, none overlapping another."""
    found: list[Found] = []
    spans = [match.span() for match in WORD.finditer(low)]
    triggers = grammar.triggers
    figures = triggers.get("#", ())
    reach = 0
    for at, (start, end) in enumerate(spans):
        if start < reach:
            continue
        word = low[start:end]
        rules = triggers.get(word) or (figures if word[0].isdigit() else None)
        if not rules:
            continue
        best = _best_match(prose, low, spans, at, rules, grammar)
        if best is None:
            continue
        found.append(_take_prefixes(low, spans, at, best, grammar, reach))
        reach = best.end
        for more in _continue(prose, low, best, grammar):
            found.append(more)
            reach = more.end
    return found


def _best_match(
    prose: str,
    low: str,
    spans: list[tuple[int, int]],
    at: int,
    rules: tuple[Compiled, ...],
    grammar: Grammar,
) -> Found | None:
    start = spans[at][0]
    best: Found | None = None
    before = low[spans[at - 1][0] : spans[at - 1][1]] if at and start - spans[at - 1][1] <= 2 else ""
    for one in rules:
        match = one.regex.match(low, start)
        if match is None or (best is not None and match.end() <= best.end):
            continue
        if (one.prev and before not in one.prev) or before in one.not_prev:
            continue
        if not _case_fits(prose, one, match, at == 0 or _opens_sentence(low, start)):
            continue
        fields = _decode(one, match, grammar)
        if fields is not None and not _inside_figure(low, start) and not _is_name(prose, match, fields):
            left, right = match.span("x") if "x" in one.regex.groupindex else match.span()
            best = Found(left, right, one.rule, fields)
    return best


def _inside_figure(low: str, start: int) -> bool:
    """Tell whether a figure goes on to the left ("1.2013", "$20", "3:15")."""
    if not low[start].isdigit() or not start:
        return False
    before = low[start - 1]
    return before in "$€£¥#+§" or (before in ".,:/" and start > 1 and low[start - 2].isdigit())


def _is_name(prose: str, match: re.Match[str], fields: dict[str, Any]) -> bool:
    """Tell whether a day stands alone between quotation marks and so names something ("Second of July")."""
    before, after = prose[max(0, match.start() - 1) : match.start()], prose[match.end() : match.end() + 1]
    return "month" in fields and before in _QUOTES and after in _QUOTES and before != "" and after != ""


def _opens_sentence(low: str, start: int) -> bool:
    before = low[max(0, start - 4) : start]
    bare = before.rstrip(" (" + _QUOTES)
    quoted = any(mark in before[len(bare) :] for mark in _QUOTES)
    return not bare or bare[-1] in ".!?:\n-" or (quoted and bare[-1] == ",")


def _case_fits(prose: str, one: Compiled, match: re.Match[str], first: bool) -> bool:
    for field in one.upper:
        at = match.start(field)
        if at >= 0 and prose[at].isalpha() and not prose[at].isupper():
            return False
    if one.rule.case == "lower":
        return first or prose[match.start()].islower() or match.group().upper() == prose[slice(*match.span())]
    if one.rule.case == "upper":
        return prose[match.start()].isupper()
    return True


def _decode(one: Compiled, match: re.Match[str], grammar: Grammar) -> dict[str, Any] | None:
    fields = dict(one.rule.set)
    for group, field, name in one.decoders:
        text = match.group(group)
        if text is None:
            continue
        value = _value_of(name, text, grammar)
        if value is None:
            return None
        fields.update(value if isinstance(value, dict) else {field: value})
    for group in one.plain:
        if match.group(group):
            fields[group.rstrip("_")] = int(match.group(group))
    return fields


def _value_of(name: str, text: str, grammar: Grammar) -> Any:
    words = grammar.lexicon.get(name)
    if words is not None and text in words:
        return words[text]
    if name == "zone":
        return text
    if not text[0].isdigit():
        return text
    if name in ("number", "figure"):
        if text.endswith(" 1/2"):
            return int(text[:-4]) + 0.5
        whole = _THOUSANDS.sub(r"\1", text.replace(" ", ""))
        return float(whole.replace(",", "."))
    return int(text)


def _continue(prose: str, low: str, previous: Found, grammar: Grammar) -> Iterator[Found]:
    """Read on where a rule allows lists and ranges that inherit its fields ("June 3 and 4")."""
    names = previous.rule.then.split()
    while names:
        for name in names:
            one = grammar.continuing[name]
            match = one.regex.match(low, previous.end)
            fields = _decode(one, match, grammar) if match else None
            if match is None or fields is None or not _case_fits(prose, one, match, False):
                continue
            left, right = match.span("x")
            kept = dict(previous.fields)
            if "yy" in fields:
                kept.pop("year", None)
            previous = Found(left, right, one.rule, {**kept, **fields})
            yield previous
            names = one.rule.then.split()
            break
        else:
            return


def _take_prefixes(
    low: str, spans: list[tuple[int, int]], at: int, found: Found, grammar: Grammar, reach: int
) -> Found:
    """Take in the words before an expression that change or belong to it, outwards, at most four times."""
    start, fields = found.start, found.fields
    article = found.rule.article
    if start != spans[at][0]:
        return found
    for _ in range(_LONGEST_PREFIX):
        kinds: set[str] = {found.rule.type, *(["SHIFT"] if "sign" in found.rule.set else [])}
        hit = _prefix_before(low, spans, at, kinds, grammar, reach, article)
        if hit is None:
            break
        length, prefix = hit
        if "mod" not in prefix.set or not ("mod" in fields or "window" in fields):
            fields = {**fields, **prefix.set}
        if not prefix.take:
            break
        at -= length
        start = spans[at][0]
        article = article or prefix.article
    return found._replace(start=start, fields=fields)


def _prefix_before(
    low: str,
    spans: list[tuple[int, int]],
    at: int,
    kinds: set[str],
    grammar: Grammar,
    reach: int,
    article: bool,
) -> tuple[int, Prefix] | None:
    if not at or low[spans[at - 1][1] : spans[at][0]] != " ":
        return None
    for parts, prefix in grammar.prefixes.get(low[slice(*spans[at - 1])], ()):
        begin = at - len(parts)
        if (
            begin < 0
            or spans[begin][0] < reach
            or kinds.isdisjoint(prefix.types.split())
            or (prefix.article and not article)
        ):
            continue
        if low[spans[begin][0] : spans[at - 1][1]] == " ".join(parts):
            return len(parts), prefix
    return None
