"""Print type accuracy on PLOVER's records: ``python -m benchmarks.events`` ($SAYSO_CORPORA names the corpora).

Given the sentence and the words its coders marked as the event, the type of the event whose trigger is among
them; types of PLOVER 2016 are carried to those of draft 0.8. The records' misses have been read while the
English lexicon was written: the figure is one of development, not of a held-out set.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from sayso.annotations.event_rules import plover_type
from sayso.annotations.events import FoundEvent, find_events

RECORDS = Path("plover") / "gold_standard_records" / "PLOVER_GSR_CAMEO.txt"
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}


def records() -> list[dict[str, Any]]:
    """Read the records that code an event; raises FileNotFoundError where the corpus is not unpacked."""
    path = Path(os.environ.get("SAYSO_CORPORA", "corpora")) / RECORDS
    return [row for row in json.loads(path.read_text("utf-8")) if row["event"] != "DOCUMENT"]


def chosen(text: str, marked: str, events: list[FoundEvent]) -> FoundEvent | None:
    """Choose the event whose trigger is among the marked words, else the first."""
    wanted = set(marked.lower().split())
    for event in events:
        words = {word for start, end in event.trigger for word in text[start:end].lower().split()}
        if words & wanted:
            return event
    return events[0] if events else None


def measure() -> dict[str, dict[str, float]]:
    """Count right types, by gold type and over all."""
    right, total, anywhere = Counter[str](), Counter[str](), Counter[str]()
    for row in records():
        text, gold = row["text"], RENAMED.get(row["event"], row["event"])
        events = find_events(text, [(0, len(text))], "en")
        told = [plover_type(one.type, one.modality, one.polarity) for one in events]
        best = chosen(text, row.get("eventText", ""), events)
        for name in (gold, "all"):
            total[name] += 1
            right[name] += best is not None and told[events.index(best)] == gold
            anywhere[name] += gold in told
    return {
        name: {
            "records": total[name],
            "type right": round(100 * right[name] / total[name], 1),
            "type among those found": round(100 * anywhere[name] / total[name], 1),
        }
        for name in sorted(total)
    }


def main() -> None:
    """Print the figures as rows, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    found = measure()
    if parser.parse_args().json:
        print(json.dumps(found, indent=1))
        return
    for name, figures in found.items():
        print(f"| {name} | " + " | ".join(str(value) for value in figures.values()) + " |")


if __name__ == "__main__":
    main()
