"""Write a trained model as the folder that ships: `python -m training.export RUN research|open`.

encoder.onnx   rows -> states, where attributions begin, mention tags
links.onnx     words of a window and anchors -> roles and facts
rows.q4        the frozen word embeddings as they came (Q4_0), pruned; order = piece ids
pieces.txt     the pieces; scores in model.json's sibling scores.f16
model.json     names, sizes, styles, thresholds, version
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tomllib
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto

from training.corpora import CERTAINTIES, KINDS, MENTIONS, POLARITIES, ROLES
from training.e5 import HIDDEN, Packed
from training.graph import Graph
from training.model import FACTS, HEADS, LINK_HEADS, LINK_LAYERS, ROLE_DIM, SLOTS, bucket

RUNS = Path(os.environ.get("SAYSO_RUNS", "runs"))
MODELS = Path(__file__).parents[1] / "src" / "sayso" / "models"
FLOAT, INT32, INT64 = TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64

State = dict[str, np.ndarray]


def linear(graph: Graph, x: str, state: State, name: str, mode: str | None = None) -> str:
    """Add the linear layer `name`."""
    return graph.linear(x, state[f"{name}.weight"], state[f"{name}.bias"], mode)


def block(
    graph: Graph, x: str, mask: str, state: State, name: str, heads: int, mode: str | None = None
) -> str:
    """Add one transformer layer."""
    query, key, value = graph.split(linear(graph, x, state, f"{name}.qkv", mode), 3)
    mixed = linear(graph, graph.attention(query, key, value, mask, heads), state, f"{name}.out", mode)
    x = graph.norm(x, state[f"{name}.norm1.weight"], state[f"{name}.norm1.bias"], 1e-12, mixed)
    wide = graph.gelu(linear(graph, x, state, f"{name}.up", mode))
    down = linear(graph, wide, state, f"{name}.down", mode)
    return graph.norm(x, state[f"{name}.norm2.weight"], state[f"{name}.norm2.bias"], 1e-12, down)


def encoder_graph(state: State, layers: int, mode: str) -> bytes:
    """Build rows (windows x subwords x hidden) -> states, starts, tags."""
    graph = Graph(mode)
    x = graph.norm("rows", state["encoder.norm.weight"], state["encoder.norm.bias"], 1e-12)
    for index in range(layers):
        x = block(graph, x, "mask", state, f"encoder.layers.{index}", HEADS)
    flat = graph.op("Reshape", x, graph.constant(np.array([-1, HIDDEN])))
    words = graph.op("Gather", flat, "begins", axis=0)
    starts = linear(graph, graph.gelu(linear(graph, words, state, "heads.anchors.up", "float")), state,
                    "heads.anchors.down", "float")  # fmt: skip
    tags = linear(graph, graph.gelu(linear(graph, words, state, "heads.mentions.0", "float")), state,
                  "heads.mentions.2", "float")  # fmt: skip
    inputs = {
        "rows": (FLOAT, ["windows", "subwords", HIDDEN]),
        "mask": (INT32, ["windows", "subwords"]),
        "begins": (INT64, ["words"]),
    }
    return graph.model(inputs, {"states": flat, "words": words, "starts": starts, "tags": tags})


def links_graph(state: State, mode: str) -> bytes:
    """Build words (windows x words x hidden), starts, mask and anchors -> roles, facts."""
    graph = Graph(mode)
    index = graph.op("Concat", graph.op("Unsqueeze", "row", graph.constant(np.array([1]))),
                     graph.op("Unsqueeze", "at", graph.constant(np.array([1]))), axis=1)  # fmt: skip
    anchor = graph.op("GatherND", "words", index)
    far = _buckets(graph)
    first = _first(graph, state, anchor, far)
    x = _marked(graph, state, anchor, first, far)
    mask = graph.op("Gather", "mask", "row", axis=0)
    for layer in range(LINK_LAYERS):
        x = block(graph, x, mask, state, f"heads.links.layers.{layer}", LINK_HEADS)
    roles = graph.op("Add", first, linear(graph, x, state, "heads.links.roles", "float"))
    facts = _facts(graph, state, x, roles, mask)
    inputs = {
        "words": (FLOAT, ["windows", "words", HIDDEN]),
        "starts": (FLOAT, ["windows", "words", SLOTS]),
        "mask": (INT32, ["windows", "words"]),
        **{name: (INT64, ["anchors"]) for name in ("row", "at", "slot")},
    }
    return graph.model(inputs, {"roles": roles, "facts": facts})


def _buckets(graph: Graph) -> str:
    """Put the distance of every word to every anchor into the log-spaced buckets of `model.bucket`."""
    width = graph.op("Gather", graph.op("Shape", "words"), graph.constant(np.array(1)), axis=0)
    every = graph.op("Range", graph.constant(np.array(0)), width, graph.constant(np.array(1)))
    at = graph.op("Unsqueeze", "at", graph.constant(np.array([1])))
    table = np.arange(-512, 513)
    far = graph.op("Add", graph.op("Sub", every, at), graph.constant(np.array(512)))
    far = graph.op("Clip", far, graph.constant(np.array(0)), graph.constant(np.array(1024)))
    return graph.op("Gather", graph.constant(bucket(torch.from_numpy(table)).numpy()), far, axis=0)


def _first(graph: Graph, state: State, anchor: str, far: str) -> str:
    slot = graph.op("Gather", graph.constant(state["heads.roles.slot.weight"]), "slot", axis=0)
    query = linear(graph, graph.op("Add", anchor, slot), state, "heads.roles.query", "float")
    query = graph.op("Reshape", query, graph.constant(np.array([0, len(ROLES), 1, ROLE_DIM])))
    key = linear(graph, "words", state, "heads.roles.key")
    key = graph.op("Reshape", key, graph.constant(np.array([0, 0, len(ROLES), ROLE_DIM])))
    key = graph.op("Transpose", key, perm=[0, 2, 3, 1])
    match = graph.op("MatMul", query, graph.op("Gather", key, "row", axis=0))
    match = graph.op("Squeeze", match, graph.constant(np.array([2])))
    match = graph.op("Transpose", match, perm=[0, 2, 1])
    match = graph.op("Mul", match, graph.constant(np.array(ROLE_DIM**-0.5, np.float32)))
    unary = graph.op("Gather", linear(graph, "words", state, "heads.roles.unary", "float"), "row", axis=0)
    distance = graph.op("Gather", graph.constant(state["heads.roles.distance.weight"]), far, axis=0)
    return graph.op("Add", graph.op("Add", match, unary), distance)


def _marked(graph: Graph, state: State, anchor: str, first: str, far: str) -> str:
    one = graph.constant(np.array([1]))
    x = graph.op("Gather", linear(graph, "words", state, "heads.links.word"), "row", axis=0)
    slot = graph.op("Gather", graph.constant(state["heads.links.slot.weight"]), "slot", axis=0)
    shared = graph.op("Add", linear(graph, anchor, state, "heads.links.anchor", "float"), slot)
    x = graph.op("Add", x, graph.op("Unsqueeze", shared, one))
    begin = graph.op("Gather", graph.op("Sigmoid", "starts"), "row", axis=0)
    marks = graph.op("Concat", graph.op("Sigmoid", first), begin, axis=2)
    x = graph.op("Add", x, linear(graph, marks, state, "heads.links.marks", "float"))
    distance = graph.op("Gather", graph.constant(state["heads.links.distance.weight"]), far, axis=0)
    x = graph.op("Add", x, distance)
    return graph.norm(x, state["heads.links.norm.weight"], state["heads.links.norm.bias"], 1e-5)


def _facts(graph: Graph, state: State, x: str, roles: str, mask: str) -> str:
    content = graph.op("Gather", graph.op("Sigmoid", roles), graph.constant(np.array(0)), axis=2)
    share = graph.op("Mul", content, graph.op("Cast", mask, to=FLOAT))
    total = graph.op("ReduceSum", share, graph.constant(np.array([1])), keepdims=1)
    share = graph.op("Div", share, graph.op("Add", total, graph.constant(np.array(1e-4, np.float32))))
    mean = graph.op("MatMul", graph.op("Unsqueeze", share, graph.constant(np.array([1]))), x)
    mean = graph.op("Squeeze", mean, graph.constant(np.array([1])))
    every = graph.op("Unsqueeze", "at", graph.constant(np.array([1])))
    own = graph.op("GatherND", x, every, batch_dims=1)
    return linear(graph, graph.op("Concat", own, mean, axis=1), state, "heads.links.facts", "float")


def write(run: str, name: str, mode: str, folder: Path | None = None) -> Path:
    """Write the model folder of a run's averaged weights; return it."""
    folder = folder or MODELS / name
    folder.mkdir(parents=True, exist_ok=True)
    config = tomllib.loads((RUNS / run / "config.toml").read_text(encoding="utf-8"))
    loaded = torch.load(RUNS / run / "average.pt", weights_only=True)
    state = {key: value.float().numpy() for key, value in loaded.items()}
    _silence(state, config.get("untaught", []))
    (folder / "encoder.onnx").write_bytes(encoder_graph(state, config["layers"], mode))
    (folder / "links.onnx").write_bytes(links_graph(state, mode))
    _write_tables(folder, state)
    digest = hashlib.sha256()
    for part in ("encoder.onnx", "links.onnx", "rows.q4", "pieces.txt", "tables.npz"):
        digest.update((folder / part).read_bytes())
    digest.update(json.dumps(config.get("decoding", {})).encode())
    facts = {"kind": KINDS, "polarity": POLARITIES, "certainty": CERTAINTIES, "anonymous": ("no", "yes")}
    about = {
        "name": name,
        "version": f"{name}-{digest.hexdigest()[:10]}",
        "weights": mode,
        "roles": ROLES,
        "mentions": MENTIONS,
        "facts": {**facts, "valid": ("no", "yes")},
        "styles": ["", *config["styles"]],
        "style": "",
        "window": 320,
        "overlap": 64,
        **config.get("decoding", {}),
    }
    assert [len(values) for values in about["facts"].values()] == list(FACTS.values())
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return folder


def _silence(state: State, kinds: list[str]) -> None:
    """Never name a kind that no corpus of the run labels: its tags were left free, not learned."""
    for kind in kinds:
        first = 1 + 2 * MENTIONS.index(kind)
        state["heads.mentions.2.bias"][first : first + 2] = -50.0
        state["heads.mentions.2.weight"][first : first + 2] = 0.0


def _write_tables(folder: Path, state: State) -> None:
    packed, kept = Packed(), np.load(RUNS / "kept.npy")
    (folder / "rows.q4").write_bytes(packed.rows()[kept].tobytes())
    (folder / "pieces.txt").write_text("\n".join(packed.pieces[i] for i in kept), encoding="utf-8")
    position = packed.tensor("emb.pos").reshape(-1, HIDDEN) + packed.tensor("emb.type").reshape(-1, HIDDEN)[0]
    np.savez_compressed(
        folder / "tables.npz",
        scores=packed.scores[kept],
        position=position.astype(np.float16),
        style=state["encoder.style.weight"],
        vectors=state["heads.vectors.weight"].astype(np.float16),
        vectors_bias=state["heads.vectors.bias"],
    )


def main() -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run")
    parser.add_argument("name")
    parser.add_argument("--mode", default="dynamic", choices=("float", "blocks", "dynamic"))
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    print(write(given.run, given.name, given.mode, given.folder))


if __name__ == "__main__":
    main()
