"""Compile what a language knows of temporal expressions (``languages/xx/timexes.toml``).

The file names word classes (forms of months, units, numbers ...), rules over them, and words that may
stand before an expression. Rules are chosen by trigger: the first word of each rule is worked out when the
file is loaded, and a rule is tried only where one of its first words stands. Of several rules that fit
at one place the longest wins, then the earlier in the file.

A pattern is a regular expression over lower-cased prose in which ``{month}`` stands for a word class (group
and field ``month``), ``{number:n}`` for class ``number`` read into field ``n``, and ``{year}``, ``{day}``,
``{clock}`` ... for figures. Trailing underscores of a group's name are dropped from its field. Group ``x``
marks the extent where it is not the whole match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import msgspec

from sayso.errors import LanguageDataError
from sayso.languages import load_rules
from sayso.records import TimexType

_FIGURES = {
    "year": r"(?:1\d|20|21)\d\d(?!\d)",
    "anyyear": r"\d{3,4}(?!\d)",
    "yy": r"\d\d(?!\d)",
    "month2": r"(?:0?[1-9]|1[0-2])(?!\d)",
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)",
    "hour": r"(?:[01]?\d|2[0-4])(?!\d)",
    "minute": r"[0-5]\d(?!\d)",
    "second": r"[0-5]\d(?!\d)",
    "figure": r"\d{1,3} 1/2|\d{1,3}(?:[ .,]\d{3})+(?!\d)|\d{1,7}(?:[.,]\d{1,2})?(?!\d)",
    "decade": r"(?:1\d|20)\d0",
    "decade2": r"[2-9]0",
    "century": r"[12]?\d",
    "zone": r"[+-]\d\d:?\d\d|z",
}
WORD = re.compile(r"\w+")
_MACRO = re.compile(r"\{([a-z]\w*)(?::(\w+))?\}")
_ENDINGS = re.compile(r"(?:\(\?:([\w|]+)\)|\[(\w+)\])(\??)")
_FORM = re.compile(r"\[([^\]]*)\]")
_FLATTEN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2009\t", " "),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "’": "'",
        "İ": "i",
        "ё": "е",
        "Ё": "е",
    }
)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one rule as written in the language's file."""

    name: str
    pattern: str
    type: TimexType
    set: dict[str, Any] = {}
    prev: str = ""
    not_prev: str = ""
    case: str = ""
    then: str = ""
    continues: bool = False
    article: bool = False
    examples: tuple[tuple[str, ...], ...] = ()


class Prefix(msgspec.Struct, frozen=True, kw_only=True):
    """Hold words that, standing before an expression, change its reading (`set`) or belong to it (`take`)."""

    words: str
    types: str = "DATE TIME DURATION SET"
    take: bool = True
    article: bool = False
    set: dict[str, Any] = {}


class LanguageRules(msgspec.Struct, frozen=True, kw_only=True):
    """Hold the whole of a language's ``timexes.toml``.

    `upper` names classes whose words begin with a capital; `day_first` and `month_first` list the countries
    that write figures of a date in that order.
    """

    classes: dict[str, dict[str, str]] = {}
    compounds: tuple[dict[str, str], ...] = ()
    upper: tuple[str, ...] = ()
    day_first: tuple[str, ...] = ()
    month_first: tuple[str, ...] = ()
    cues: dict[str, str] = {}
    prefixes: tuple[Prefix, ...] = ()
    rules: tuple[Rule, ...] = ()


class Compiled(NamedTuple):
    """Hold one rule, compiled; `decoders` are (group, field, word class)."""

    rule: Rule
    regex: re.Pattern[str]
    decoders: tuple[tuple[str, str, str], ...]
    prev: frozenset[str]
    not_prev: frozenset[str]
    then: tuple[str, ...]
    upper: tuple[str, ...]
    plain: tuple[str, ...]


class Grammar(NamedTuple):
    """Hold a language's rules, compiled."""

    data: LanguageRules
    lexicon: Mapping[str, Mapping[str, Any]]
    triggers: Mapping[str, tuple[Compiled, ...]]
    continuing: Mapping[str, Compiled]
    prefixes: Mapping[str, tuple[tuple[tuple[str, ...], Prefix], ...]]
    cues: Mapping[str, re.Pattern[str]]


def flatten(prose: str) -> str:
    """Lower-case prose letter for letter: same length, one kind of space, hyphen and apostrophe, no ё."""
    low = prose.translate(_FLATTEN).lower()
    if len(low) == len(prose):
        return low
    return "".join(
        letter.lower() if len(letter.lower()) == 1 else letter for letter in prose.translate(_FLATTEN)
    )


@cache
def load_grammar(language: str) -> Grammar:
    """Load and compile a language's rules; raise LanguageDataError where the file breaks its form."""
    where = f"languages/{language}/timexes.toml"
    try:
        data = msgspec.convert(load_rules(language, "timexes"), LanguageRules)
    except msgspec.ValidationError as error:
        raise LanguageDataError(str(error), where, "see docs/add-a-language") from error
    lexicon = {name: _read_class(forms) for name, forms in data.classes.items()}
    for compound in data.compounds:
        lexicon.setdefault(compound["class"], {}).update(_compose(compound, lexicon))
    compiled = [_compile(rule, lexicon, data, where) for rule in data.rules]
    return Grammar(
        data,
        lexicon,
        _index(compiled, lexicon, where),
        {one.rule.name: one for one in compiled if one.rule.continues},
        _index_prefixes(data.prefixes),
        {name: _compile_cue(name, pattern, where) for name, pattern in data.cues.items()},
    )


def _compile_cue(name: str, pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern if name == "edge" else rf"\b(?:{pattern})\b")
    except re.error as error:
        raise LanguageDataError(f"cue {name}: {error}", where, "mend the pattern") from error


def _read_class(entries: Mapping[str, str]) -> dict[str, Any]:
    return {form: _read_value(value) for value, forms in entries.items() for form in _spell(forms)}


def _spell(forms: str) -> Iterator[str]:
    """Spell out ``vergangen[e|en]`` and turn ``_`` into a space.

    >>> list(_spell("am_tag montag[|s]"))
    ['am tag', 'montag', 'montags']
    """
    for form in forms.lower().replace("ё", "е").split():
        pieces = _FORM.split(form)
        options = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
        for choice in product(*options):
            yield "".join(choice).replace("_", " ")


def _read_value(value: str) -> Any:
    if "=" in value:
        pairs = (pair.split("=", 1) for pair in value.split())
        return {key: _read_value(text) for key, text in pairs}
    try:
        return int(value)
    except ValueError:
        try:
            return float(value)
        except ValueError:
            return value


def _compose(compound: Mapping[str, str], lexicon: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Build the forms of a compound class from the forms of its parts ("{one}und{ten}", summed)."""
    names = _MACRO.findall(compound["pattern"])
    template = _MACRO.sub("{}", compound["pattern"])
    made = {}
    for choice in product(*(lexicon[name].items() for name, _ in names)):
        values = [value for _, value in choice]
        fields = [field or name for name, field in names]
        made[template.format(*(form for form, _ in choice))] = _combine(compound["value"], fields, values)
    return made


def _combine(how: str, fields: list[str], values: list[Any]) -> Any:
    if how == "sum":
        return sum(values)
    if how == "product":
        return values[0] * values[1] if len(values) > 1 else values[0]
    made: dict[str, Any] = {} if how == "fields" else dict(_read_value(how))
    for field, value in zip(fields, values, strict=True):
        made.update(value if isinstance(value, dict) else {field: value})
    return made


def _alternation(words: list[str]) -> str:
    """Write words as a regular expression that branches letter by letter, so that a try costs one pass.

    >>> _alternation(["mai", "mais", "juni"])
    '(?:juni|mai(?:s)?)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _write_tree(tree)


def _write_tree(tree: dict[str, Any]) -> str:
    optional = "" in tree
    branches = []
    for letter in sorted(key for key in tree if key):
        run, node = re.escape(letter), tree[letter]
        while len(node) == 1 and "" not in node:
            ((following, node),) = node.items()
            run += re.escape(following)
        branches.append(run + ("" if set(node) == {""} else _write_tree(node)))
    if not branches:
        return ""
    if len(branches) == 1 and not optional:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if optional else "")


def _compile(
    rule: Rule, lexicon: Mapping[str, Mapping[str, Any]], data: LanguageRules, where: str
) -> Compiled:
    decoders: list[tuple[str, str, str]] = []
    upper: list[str] = []

    def expand(macro: re.Match[str]) -> str:
        name, field = macro.group(1), macro.group(2) or macro.group(1)
        while f"(?P<{field}>" in rule.pattern or any(field == taken for taken, _, _ in decoders):
            field += "_"
        if name in data.upper:
            upper.append(field)
        decoders.append((field, field.rstrip("_"), name))
        return f"(?P<{field}>{_class_pattern(name, lexicon, where)})"

    source = _MACRO.sub(expand, rule.pattern)
    try:
        regex = re.compile(rf"(?:{source})(?!\w|[.,:/]\d)")
    except re.error as error:
        raise LanguageDataError(f"rule {rule.name}: {error}", where, "mend the pattern") from error
    return Compiled(
        rule,
        regex,
        tuple(decoders),
        frozenset(_spell(rule.prev)),
        frozenset(_spell(rule.not_prev)),
        tuple(rule.then.split()),
        tuple(upper),
        tuple(set(regex.groupindex) - {field for field, _, _ in decoders} - {"x"}),
    )


def _class_pattern(name: str, lexicon: Mapping[str, Mapping[str, Any]], where: str) -> str:
    options = [_FIGURES[name]] if name in _FIGURES else []
    if name == "number":
        options.append(_FIGURES["figure"])
    if name in lexicon:
        options.append(_alternation(list(lexicon[name])))
    if not options:
        raise LanguageDataError(f"no word class named {name}", where, "add it under [classes]")
    return "|".join(options)


def _index(
    compiled: list[Compiled], lexicon: Mapping[str, Mapping[str, Any]], where: str
) -> dict[str, tuple[Compiled, ...]]:
    triggers: dict[str, list[Compiled]] = {}
    for one in compiled:
        if one.rule.continues:
            continue
        words, _, _ = _first_words(one.rule.pattern, 0, lexicon)
        if not words:
            raise LanguageDataError(
                f"rule {one.rule.name} has no first word",
                where,
                "let the pattern begin with a word or a class",
            )
        for word in words:
            triggers.setdefault(word, []).append(one)
    return {word: tuple(rules) for word, rules in triggers.items()}


def _first_words(
    pattern: str, at: int, lexicon: Mapping[str, Mapping[str, Any]]
) -> tuple[set[str], bool, int]:
    """Work out the words a pattern can begin with: words, whether it may be empty, where it ends.

    Reads one alternation up to its closing bracket; "#" stands for a figure.
    """
    words: set[str] = set()
    may_be_empty = False
    open_so_far = True
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            may_be_empty, open_so_far, at = may_be_empty or open_so_far, True, at + 1
            continue
        found, empty, at = _first_of_element(pattern, at, lexicon)
        if open_so_far:
            words |= found
            open_so_far = empty
    return words, may_be_empty or open_so_far, at


def _first_of_element(
    pattern: str, at: int, lexicon: Mapping[str, Mapping[str, Any]]
) -> tuple[set[str], bool, int]:
    words: set[str] = set()
    empty = False
    macro = _MACRO.match(pattern, at)
    literal = WORD.match(pattern, at)
    if macro:
        words, at = _words_of_class(macro.group(1), lexicon), macro.end()
    elif pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), at):
        _, _, at = _first_words(pattern, at + 3, lexicon)
        return set(), True, at + 1
    elif pattern[at] == "(":
        inner = re.compile(r"\((?:\?:|\?P<\w+>)?").match(pattern, at)
        assert inner is not None
        words, empty, at = _first_words(pattern, inner.end(), lexicon)
        at += 1
    elif pattern.startswith((r"\d", "[0"), at):
        words, at = {"#"}, pattern.find("]", at) + 1 if pattern[at] == "[" else at + 2
    elif literal:
        words, at = _spelled_with_endings(pattern, literal)
    elif pattern[at] == "[":
        at, empty = pattern.find("]", at) + 1, True
    else:
        at, empty = at + (2 if pattern[at] == "\\" else 1), True
    if pattern[at : at + 1] in ("?", "*"):
        return words, True, at + 1
    if pattern[at : at + 1] == "{" and not _MACRO.match(pattern, at):
        at = pattern.find("}", at) + 1
    return words, empty, at


def _spelled_with_endings(pattern: str, literal: re.Match[str]) -> tuple[set[str], int]:
    """Read a word and the endings written right after it ("letzte(?:r|n)?", "letzte[rn]?")."""
    word = literal.group()
    if word[0].isdigit():
        return {"#"}, literal.end()
    endings = _ENDINGS.match(pattern, literal.end())
    if endings is None:
        return {word}, literal.end()
    words = {word + ending for ending in (endings[1].split("|") if endings[1] else endings[2])}
    return words | ({word} if endings[3] else set()), endings.end()


def _words_of_class(name: str, lexicon: Mapping[str, Mapping[str, Any]]) -> set[str]:
    words = {"#"} if name in _FIGURES or name == "number" else set()
    for form in lexicon.get(name, ()):
        word = WORD.match(form)
        if word:
            words.add("#" if word.group()[0].isdigit() else word.group())
    return words


def _index_prefixes(prefixes: tuple[Prefix, ...]) -> dict[str, tuple[tuple[tuple[str, ...], Prefix], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Prefix]]] = {}
    for prefix in prefixes:
        for form in _spell(prefix.words):
            parts = tuple(form.split())
            index.setdefault(parts[-1], []).append((parts, prefix))
    return {word: tuple(sorted(found, key=lambda item: -len(item[0]))) for word, found in index.items()}
