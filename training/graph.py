"""Write ONNX graphs by hand, with the fused operators of ONNX Runtime and 8-bit weights."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
BLOCK = 32


class Graph:
    """Collect nodes; every method adds one and returns the name of what it makes.

    `mode` says how weights are kept: "float" (fp32), "blocks" (8 bit, one scale for 32 weights, activations
    quantised by row and block) or "dynamic" (8 bit a column, activations quantised by tensor).
    """

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.count = 0

    def name(self, stem: str) -> str:
        """Make a fresh name."""
        self.count += 1
        return f"{stem}_{self.count}"

    def constant(self, value: np.ndarray, stem: str = "c") -> str:
        """Keep a constant."""
        name = self.name(stem)
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """Add a node of any kind; return its first output."""
        names = [self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0]

    def split(self, x: str, parts: int) -> list[str]:
        """Cut the last axis into equal parts."""
        names = [self.name("part") for _ in range(parts)]
        self.nodes.append(helper.make_node("Split", [x], names, axis=-1, num_outputs=parts))
        return names

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, mode: str | None = None) -> str:
        """Multiply by a weight (out x in) and add the bias."""
        mode = mode or self.mode
        if mode == "blocks" and weight.shape[1] % BLOCK == 0:
            return self._blocks(x, weight, bias)
        if mode == "dynamic" and weight.shape[0] >= 64:
            return self._dynamic(x, weight, bias)
        product = self.op("MatMul", x, self.constant(weight.T.astype(np.float32)))
        return self.op("Add", product, self.constant(bias.astype(np.float32)))

    def _blocks(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        out, width = weight.shape
        blocks = weight.reshape(out, width // BLOCK, BLOCK).astype(np.float32)
        scale = np.abs(blocks).max(2) / 127.0 + 1e-12
        packed = (np.round(blocks / scale[:, :, None]) + 128).clip(1, 255).astype(np.uint8)
        return self.op(
            "MatMulNBits", x, self.constant(packed), self.constant(scale.reshape(out, -1).astype(np.float32)),
            "", "", self.constant(bias.astype(np.float32)),
            domain=MICROSOFT, K=width, N=out, bits=8, block_size=BLOCK, accuracy_level=4,
        )  # fmt: skip

    def _dynamic(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        scale = np.abs(weight).max(1) / 127.0 + 1e-12
        packed = np.round(weight / scale[:, None]).clip(-127, 127).astype(np.int8)
        return self.op(
            "DynamicQuantizeMatMul", x, self.constant(packed.T), self.constant(scale.astype(np.float32)),
            self.constant(np.zeros(len(scale), np.int8)), self.constant(bias.astype(np.float32)),
            domain=MICROSOFT,
        )  # fmt: skip

    def norm(self, x: str, weight: np.ndarray, bias: np.ndarray, eps: float, added: str = "") -> str:
        """Layer-normalise `x`, after adding `added` where given."""
        gamma, beta = self.constant(weight), self.constant(bias)
        if not added:
            return self.op("LayerNormalization", x, gamma, beta, axis=-1, epsilon=eps)
        return self.op("SkipLayerNormalization", x, added, gamma, beta, domain=MICROSOFT, epsilon=eps)

    def gelu(self, x: str) -> str:
        """Apply the exact GELU."""
        return self.op("Gelu", x, domain=MICROSOFT)

    def attention(self, query: str, key: str, value: str, mask: str, heads: int) -> str:
        """Attend with `heads` heads; `mask` is int32 batch x keys, 1 for what may be seen."""
        return self.op("MultiHeadAttention", query, key, value, "", mask, domain=MICROSOFT, num_heads=heads)

    def model(self, inputs: dict[str, tuple[int, list]], outputs: dict[str, str]) -> bytes:
        """Serialise, with `outputs` given as public name -> inner name."""
        for public, inner in outputs.items():
            self.nodes.append(helper.make_node("Identity", [inner], [public]))
        graph = helper.make_graph(
            self.nodes,
            "sayso",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self.constants,
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]
        made = helper.make_model(graph, opset_imports=opsets, producer_name="sayso")
        made.ir_version = 10
        return made.SerializeToString()
