"""Measure temporal expressions: ``SAYSO_CORPORA=... python -m benchmarks.timexes [--json FILE] [--rivals]``.

Prints a table in Markdown; with ``--json`` the same figures as JSON. The texts are development texts: rules
were written with them in view. TempEval-3's platinum texts and one part of KRAUTS are not read here.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.timexes.corpora import GoldText, corpora, corpora_folder, read_rows, specifications
from benchmarks.timexes.rivals import dateparser_available, search_with_dateparser
from benchmarks.timexes.scoring import Expression, count, f_scores
from sayso.annotations.timexes import find_timexes

Row = dict[str, Any]


def our_timexes(text: GoldText) -> Sequence[Expression]:
    """Find the expressions of a text with Sayso."""
    return find_timexes(text.prose, text.sentences(), language=text.language, published=text.published)


def score(
    name: str, system: str, texts: Iterable[GoldText], find: Callable[[GoldText], Sequence[Expression]]
) -> Row:
    """Score a system on texts; words a second are processor time, parting into sentences counted."""
    counts: Counter[str] = Counter()
    words, seconds, number = 0, 0.0, 0
    for text in texts:
        begun = time.process_time()
        found = find(text)
        seconds += time.process_time() - begun
        words, number = words + len(text.prose.split()), number + 1
        counts += count(text.timexes, found)
    return {
        "corpus": name,
        "system": system,
        "texts": number,
        "gold": counts["gold"],
        **f_scores(counts),
        "words/s": round(words / max(seconds, 1e-9), -2),
    }


def score_rows(name: str, language: str, path: Path) -> Row:
    """Score single expressions with a moment: whether one is found, whether its bounds hold it."""
    found = right = total = 0
    for text, moment in read_rows(path, language):
        total += 1
        whole = [(0, len(text.prose))]
        timexes = find_timexes(text.prose, whole, language=language, published=text.published)
        found += bool(timexes)
        right += any(
            timex.earliest and timex.latest and timex.earliest[:16] <= moment < timex.latest[:16]
            for timex in timexes
        )
    return {
        "corpus": name,
        "rows": total,
        "found": round(100 * found / max(1, total), 1),
        "moment within bounds": round(100 * right / max(1, total), 1),
    }


def measure(rivals: bool) -> dict[str, list[Row]]:
    """Measure everything that is there."""
    texts = corpora()
    rows = [score(name, "sayso", found, our_timexes) for name, found in texts.items()]
    rows += [score(name, "sayso", found, our_timexes) for name, found in specifications().items()]
    if rivals and dateparser_available():
        rows += [
            score(name, "dateparser.search", found, search_with_dateparser) for name, found in texts.items()
        ]
    folder = corpora_folder()
    assert folder is not None
    single = [
        score_rows(f"Duckling {language}", language, path)
        for language in ("de", "en", "ru")
        if (path := folder / "duckling-time" / f"time.{language}.jsonl").is_file()
    ]
    return {"corpora": rows, "rows": single}


def as_markdown(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(str(row.get(name, "")) for name in names) + " |" for row in rows]
    return "\n".join(lines)


def main() -> int:
    """Run the benchmark; give 2 where there are no corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--rivals", action="store_true", help="run dateparser's search beside (slow)")
    options = parser.parse_args()
    if corpora_folder() is None:
        print("SAYSO_CORPORA names no folder: set it to where the corpora lie", file=sys.stderr)
        return 2
    measured = measure(options.rivals)
    for rows in measured.values():
        print(as_markdown(rows) + "\n")
    if options.json:
        options.json.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
