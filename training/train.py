"""Train one model from a config: `python -m training.train training/configs/research.toml`.

Resumable: the newest checkpoint in the run's folder is taken up again. The weights kept for export are an
exponential moving average of those trained.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import numpy as np
import torch

from sayso.subwords import Subwords
from training.corpora import Text, read
from training.e5 import Packed
from training.features import Batch, Example, batch, batches, example, windows
from training.losses import losses
from training.model import Model

CORPORA = Path(os.environ.get("SAYSO_CORPORA", "corpora"))
RUNS = Path(os.environ.get("SAYSO_RUNS", "runs"))


def load(config: dict) -> list[Text]:
    """Read every corpus of the config, its training part only."""
    return [
        text for name in config["corpora"] for text in read(name, CORPORA) if text.split in ("train", "tune")
    ]


class Trainer:
    """Hold a run: model, average, optimiser, data."""

    def __init__(self, config: dict) -> None:
        self.config = config
        self.rng = random.Random(config["seed"])
        torch.manual_seed(config["seed"])
        packed, kept = Packed(), np.load(RUNS / "kept.npy")
        self.subwords = Subwords([packed.pieces[i] for i in kept], packed.scores[kept].tolist())
        self.styles = config["styles"]
        self.model = Model(torch.from_numpy(kept), packed, config["layers"], len(self.styles) + 1)
        self.texts = load(config)
        self.vectors = sentence_vectors(config)
        self.folder = RUNS / config["name"]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.step = 0
        self.start_from(config.get("start"))
        self.average = {key: value.clone() for key, value in self.model.state_dict().items()}
        self.optimiser = torch.optim.AdamW(self.groups(), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.resume()

    def start_from(self, name: str | None) -> None:
        """Take over the weights of another run, as far as shapes agree."""
        if not name:
            return
        state = torch.load(RUNS / name / "average.pt", weights_only=True)
        own = self.model.state_dict()
        fitting = {key: value for key, value in state.items() if key in own and own[key].shape == value.shape}
        self.model.load_state_dict(fitting, strict=False)
        print(f"started from {name}: {len(fitting)} of {len(own)} tensors", flush=True)

    def groups(self) -> list[dict]:
        """Give the encoder a lower rate than the heads."""
        encoder, heads = self.config["encoder_rate"], self.config["head_rate"]
        named = list(self.model.named_parameters())
        return [
            {"params": [p for n, p in named if n.startswith("encoder")], "lr": encoder, "peak": encoder},
            {"params": [p for n, p in named if not n.startswith("encoder")], "lr": heads, "peak": heads},
        ]

    def resume(self) -> None:
        """Take up the run's own checkpoint if there is one."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.average, self.step = state["average"], state["step"]
            self.rng.seed(self.config["seed"] + self.step)
            print(f"resumed at step {self.step}", flush=True)

    def save(self) -> None:
        """Write the checkpoint and the averaged weights, each in one move."""
        state = {"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict()}
        for name, what in (
            ("checkpoint.pt", {**state, "average": self.average, "step": self.step}),
            ("average.pt", self.average),
        ):
            torch.save(what, self.folder / (name + ".part"))
            os.replace(self.folder / (name + ".part"), self.folder / name)

    def examples(self) -> Iterator[Example]:
        """Number every text anew, varied, as often as its corpus' share says."""
        shares = self.config["corpora"]
        for text in self.texts:
            share = shares[text.corpus]
            times = int(share) + (self.rng.random() < share % 1)
            for _ in range(times):
                known = self.rng.random() >= self.config["style_dropout"]
                style = 1 + self.styles.index(text.corpus) if known and text.corpus in self.styles else 0
                yield self.with_vectors(example(text, self.subwords, style, self.rng), text)

    def with_vectors(self, item: Example, text: Text) -> Example:
        """Add the sentence vectors to be matched, where there are some for this text."""
        found = self.vectors.get(f"{text.corpus}/{text.id}")
        if found:
            item.sentences, item.vectors = found
        return item

    def passes(self) -> Iterator[Batch]:
        """Yield batches, pass after pass over the data, without end."""
        longest = self.config["window"]
        while True:
            cut = [w for item in self.examples() for w in windows(item, longest, self.rng)]
            yield from map(batch, batches(cut, self.config["batch"], self.rng))

    def rate(self) -> float:
        """Warm up, then fall linearly to a twentieth."""
        steps, warm = self.config["steps"], self.config["warmup"]
        return min(1.0, self.step / warm) * max(0.05, (steps - self.step) / (steps - min(warm, steps - 1)))

    def run(self) -> None:
        """Train until the config's number of steps (or its minutes) is done."""
        begun, tallied, seen, since = time.time(), Counter(), 0, time.time()
        for data in ahead(self.passes()):
            if self.done(begun):
                break
            tallied.update(self.learn(data))
            seen += int(data.mask.sum())
            if self.step % 50 == 0:
                shown = {name: round(value / 50, 3) for name, value in tallied.items()}
                print(self.step, shown, f"{seen / (time.time() - since):.0f} subwords/s", flush=True)
                tallied, seen, since = Counter(), 0, time.time()
            if self.step % self.config["save_every"] == 0:
                self.save()
        self.save()

    def done(self, begun: float) -> bool:
        """Say whether the run is at its end."""
        return self.step >= self.config["steps"] or time.time() - begun > 60 * self.config.get("minutes", 1e9)

    def learn(self, data: Batch) -> dict[str, float]:
        """Do one step; return the losses."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * self.rate()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = losses(self.model, data, self.config["dropout"], self.config.get("blanks", 0.0))
        sum(found.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.follow()
        return {name: float(value.detach()) for name, value in found.items()}

    def follow(self) -> None:
        """Move the average towards the weights."""
        if self.step % 5:
            return
        pace = min(self.config["ema"], self.step / (self.step + 100)) ** 5
        with torch.no_grad():
            for key, value in self.model.state_dict().items():
                self.average[key].lerp_(value, 1 - pace)


def ahead(batches: Iterator[Batch], count: int = 6) -> Iterator[Batch]:
    """Make batches in a thread of their own, some ahead of their use."""
    ready: Queue[Batch] = Queue(count)

    def fill() -> None:
        for made in batches:
            ready.put(made)

    Thread(target=fill, daemon=True).start()
    while True:
        yield ready.get()


def sentence_vectors(config: dict) -> dict:
    """Load the sentence vectors that `teach.py` wrote, if this run matches them."""
    path = RUNS / "vectors.pt"
    return torch.load(path, weights_only=False) if config.get("vectors") and path.exists() else {}


def main() -> None:
    """Read the config and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    path = parser.parse_args().config
    config = tomllib.loads(path.read_text(encoding="utf-8"))
    (RUNS / config["name"]).mkdir(parents=True, exist_ok=True)
    shutil.copy(path, RUNS / config["name"] / "config.toml")  # what the export goes by
    torch.set_num_threads(2)
    Trainer(config).run()


if __name__ == "__main__":
    main()
