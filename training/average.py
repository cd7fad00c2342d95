"""Average the weights of runs that started from one another: `python -m training.average OUT RUN RUN ...`.

A run that was tuned further wins some and loses some; the mean of both keeps most of each, at no cost in use.
"""

from __future__ import annotations

import shutil
import sys

import torch

from training.train import RUNS


def main() -> None:
    """Write the mean of the runs' averaged weights, with the last run's config."""
    out, *runs = sys.argv[1:]
    states = [torch.load(RUNS / run / "average.pt", weights_only=True) for run in runs]
    mean = {
        key: torch.stack([state[key].float() for state in states]).mean(0).to(value.dtype)
        for key, value in states[0].items()
    }
    (RUNS / out).mkdir(exist_ok=True)
    torch.save(mean, RUNS / out / "average.pt")
    shutil.copy(RUNS / runs[-1] / "config.toml", RUNS / out / "config.toml")


if __name__ == "__main__":
    main()
