"""Write the sentence vectors of the full 12-layer encoder, which the short one learns to match.

`python -m training.teach CONFIG` writes `vectors.pt`: corpus/id -> (sentences as word ranges, unit vectors).
The vectors have their common mean taken out: in this encoder any two sentences are 0.8 alike otherwise.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import numpy as np
import torch

from sayso.subwords import END, PAD, START, Laid, Subwords
from training.e5 import Packed, unpack_q4
from training.features import BREAK, Index
from training.model import Encoder
from training.train import RUNS, load

SENTENCE = re.compile(r"(?<=[.!?…])[\"»“”’)]*\s+(?=[\w\"„«“–—])|\n+")
LONGEST = 128
BATCH = 4096
EVERY = {
    "sayso": 1,
    "wikinews-quotes-de": 2,
    "polnear-en": 6,
    "spkatt-gepade-de": 5,
    "nerel-ru": 3,
    "silver": 6,
    "gum-en": 2,
}
"""Corpus -> one text in how many is taught."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences well enough to teach on."""
    cuts = [0, *(edge for found in SENTENCE.finditer(text) for edge in found.span()), len(text)]
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return [(start, end) for start, end in pairs if end - start > 12]


@torch.no_grad()
def vectors(encoder: Encoder, rows: list[list[int]]) -> np.ndarray:
    """Return the mean-pooled states of every row of subword ids."""
    made = np.zeros((len(rows), encoder.rows.shape[1]), np.float32)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    while order:
        size = -(-len(rows[order[-1]]) // 16) * 16
        chosen, order = order[-max(1, BATCH // size) :], order[: -max(1, BATCH // size)]
        ids = torch.full((len(chosen), size), PAD)
        for row, index in enumerate(chosen):
            ids[row, : len(rows[index])] = torch.tensor(rows[index])
        mask = ids != PAD
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder(ids, mask, torch.zeros(len(chosen), dtype=torch.long)).float()
        made[chosen] = ((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).numpy()
    return made


def main() -> None:
    """Write the file."""
    torch.set_num_threads(2)
    config = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    packed, kept = Packed(), np.load(RUNS / "kept.npy")
    subwords = Subwords([packed.pieces[i] for i in kept], packed.scores[kept].tolist())
    encoder = Encoder(torch.from_numpy(unpack_q4(packed.rows()[kept])).bfloat16(), packed, 12, 1).eval()
    prefix = [piece for word in ("query", ":") for piece in subwords.cut(word, word == "query")]
    places, rows = [], []
    for number, text in enumerate(load(config)):
        if number % EVERY.get(text.corpus, 10**9):
            continue
        laid = Laid(text.text, [found.end() for found in BREAK.finditer(text.text)], subwords)
        index = Index(laid.words)
        for span in sentences(text.text):
            part = index.words(span)
            if part.stop > part.start:
                pieces = [piece for word in laid.pieces[part] for piece in word]
                rows.append([START, *prefix, *pieces[:LONGEST], END])
                places.append((f"{text.corpus}/{text.id}", (part.start, part.stop)))
    made = vectors(encoder, rows)
    mean = made.mean(0)
    made -= mean
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    found: dict = {}
    for (key, span), vector in zip(places, made, strict=True):
        spans, values = found.setdefault(key, ([], []))
        spans.append(span)
        values.append(vector)
    torch.save({k: (s, np.array(v, np.float32)) for k, (s, v) in found.items()}, RUNS / "vectors.pt")
    np.save(RUNS / "vector_mean.npy", mean)
    print(f"{len(rows)} sentences of {len(found)} texts")


if __name__ == "__main__":
    main()
