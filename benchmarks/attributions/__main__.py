"""Measure: `python -m benchmarks.attributions [--model NAME] [--out FILE]`.

Reads the development splits of the corpora under $SAYSO_CORPORA and the project's own corpus, runs
`sayso.encoder.Encoder.read` on them and writes every figure as JSON and as rows of Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.attributions.scores import Tally, covered, figures, mention_tally, tokens
from sayso.encoder import Encoder, Prose, Reading
from training.corpora import Text, read

CORPORA = Path(os.environ.get("SAYSO_CORPORA", "corpora"))
BREAK = re.compile(r"\n\s*")
ATTRIBUTIONS = {
    "wikinews-quotes-de": (True, ("content", "source", "cue", "addressee", "clause")),
    "polnear-en": (False, ("content", "source", "cue")),
    "sayso": (False, ("content", "source", "cue", "addressee", "medium", "frame")),
}
"""Corpus -> whether punctuation counts (as in the corpus' own scorer), and the roles it labels."""
MENTIONS = ("germeval14-de", "smartdata-de", "uner-en-ewt", "factrueval-ru", "nerel-ru", "sayso")
SHOWN = (
    "macro joint",
    "macro content",
    "macro roles",
    "content tokens",
    "source tokens",
    "cue tokens",
    "quote+source",
    "source+accuracy",
)


def prose_of(text: Text) -> Prose:
    """Make the prose of a corpus text: blank lines are block boundaries."""
    return Prose(text.text, tuple(found.end() for found in BREAK.finditer(text.text)))


def attribution_figures(texts: Iterable[tuple[Text, Reading]], corpus: str) -> dict[str, dict[str, float]]:
    """Score the attributions of one corpus."""
    punctuation, roles = ATTRIBUTIONS[corpus]
    tally = Tally(roles)
    for text, reading in texts:
        cut = tokens(text.text, punctuation)
        gold = [{role: covered(getattr(a, role), cut) for role in roles} for a in text.attributions or ()]
        found = [{role: covered(getattr(a, role), cut) for role in roles} for a in reading.attributions]
        tally.add(gold, found, [a.kind for a in text.attributions or ()])
    return tally.results()


def mention_figures(texts: Iterable[tuple[Text, Reading]]) -> dict[str, dict[str, float]]:
    """Score the names of one corpus."""
    total: Counter[tuple[str, str]] = Counter()
    for text, reading in texts:
        gold = [(m.start, m.end, frozenset(m.kinds)) for m in text.mentions or () if m.kinds]
        unknown = [(m.start, m.end) for m in text.mentions or () if not m.kinds]
        found = [(m.start, m.end, m.kind) for m in reading.mentions]
        total += mention_tally(
            gold,
            found,
            frozenset(text.mention_kinds),
            lambda a, b, u=unknown: any(a < e and s < b for s, e in u),
        )
    kinds = sorted({kind for kind, _ in total})
    found = {kind: figures(*(total[kind, part] for part in ("right", "read", "gold"))) for kind in kinds}
    every = (sum(total[kind, part] for kind in kinds) for part in ("right", "read", "gold"))
    return {"all": figures(*every), **found}


def measure(encoder: Encoder, corpora: Iterable[str], style: str | None = None) -> dict:
    """Run the encoder over the development splits; return every figure by corpus and language."""
    results: dict = {}
    for corpus in corpora:
        texts = [text for text in read(corpus, CORPORA) if text.split in ("dev", "measure")]
        for language in sorted({text.language for text in texts}):
            chosen = [text for text in texts if text.language == language]
            begun = time.perf_counter()
            readings = encoder.read([prose_of(text) for text in chosen], style=style)
            spent = time.perf_counter() - begun
            words = sum(len(tokens(text.text)) for text in chosen)
            both = list(zip(chosen, readings, strict=True))
            found: dict = {"texts": len(chosen), "words": words, "words a second": round(words / spent)}
            if corpus in ATTRIBUTIONS:
                found["attributions"] = attribution_figures(both, corpus)
            if corpus in MENTIONS:
                found["mentions"] = mention_figures(both)
            results[f"{corpus} {language}"] = found
    return results


def rows(results: dict) -> list[str]:
    """Write the main figures as Markdown rows."""
    made = ["| corpus | measure | P | R | F1 |", "|---|---|---|---|---|"]
    for name, found in results.items():
        shown = {key: found["attributions"][key] for key in SHOWN} if "attributions" in found else {}
        shown |= {f"mentions {key}": value for key, value in found.get("mentions", {}).items()}
        for measure_name, value in shown.items():
            made.append(
                f"| {name} | {measure_name} | {value['p']:.1f} | {value['r']:.1f} | {value['f1']:.1f} |"
            )
        kinds = {k: v for k, v in found.get("attributions", {}).items() if k.startswith("found ")}
        made += [f"| {name} | {k} (n={v['n']:.0f}) | | {v['r']:.1f} | |" for k, v in kinds.items()]
    return made


def main() -> None:
    """Measure one model and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="default")
    parser.add_argument("--style", default=None)
    parser.add_argument("--out", type=Path)
    parser.add_argument("corpora", nargs="*", default=[*dict.fromkeys([*ATTRIBUTIONS, *MENTIONS])])
    given = parser.parse_args()
    encoder = Encoder.load(given.model)
    results = {"model": encoder.version, "results": measure(encoder, given.corpora, given.style)}
    print("\n".join(rows(results["results"])))
    if given.out:
        given.out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
