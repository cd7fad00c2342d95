"""Time what users wait for, each against a yardstick timed in the same run on the same machine.

Yardsticks: starting Python with numpy (`python -c "import numpy"`), and one multiplication of two
1024 x 1024 float32 matrices by numpy. Figures are medians; seconds are never reported bare.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from corpus.corpus import read_corpus
from sayso.annotations import Annotator
from sayso.reports import read_text

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "almaty-2022"


def measure() -> dict[str, float]:
    """Give every ratio; those named "against" grow with speed, those named "times" with time spent."""
    numpy_start = _median(lambda: _run("-c", "import numpy"), 5)
    one_page = str(next(iter(sorted(EXAMPLE.glob("08*")))))
    with tempfile.TemporaryDirectory() as folder:
        build = _seconds(
            lambda: _run("-m", "sayso.cli", "build", str(EXAMPLE), "--case", f"{folder}/a.sayso")
        )
    words, spent = _annotation()
    matrix = _matrix_seconds()
    return {
        "help, times numpy's start": round(
            _median(lambda: _run("-m", "sayso.cli", "--help"), 5) / numpy_start, 2
        ),
        "annotating one page cold, times numpy's start": round(
            _median(lambda: _run("-m", "sayso.cli", "annotate", one_page), 3) / numpy_start, 1
        ),
        "building the example, times numpy's start": round(build / numpy_start, 1),
        "annotation against numpy": round(words / spent * matrix, 2),
        "words a second in this run": round(words / spent),
        "peak memory of a process, MB": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }


def _annotation() -> tuple[int, float]:
    """Annotate the measuring half of the corpus warm; give words and seconds."""
    annotator = Annotator.load()
    reports = [
        read_text(gold.text, path=gold.path, published=gold.published, language=gold.language)
        for gold in read_corpus()
        if gold.split == "measure"
    ]
    annotator.annotate(reports[:3], "warm")
    words = sum(len(report.text.split()) for report in reports)
    return words, _seconds(lambda: annotator.annotate(reports, "speed"))


def _matrix_seconds() -> float:
    left = np.random.default_rng(0).standard_normal((1024, 1024), dtype=np.float32)
    return _median(lambda: left @ left, 9)


def _run(*arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _median(work: Callable[[], object], times: int) -> float:
    return statistics.median(_seconds(work) for _ in range(times))
