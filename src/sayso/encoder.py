"""Read prose with the shipped model: who says what, which names, a vector for every sentence.

The only importer of ONNX Runtime. A report is always run by itself - its windows are its batch - so its
reading is the same whatever else is read before, after or beside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime as ort

from sayso.decoding import SWITCH, distinct, members, names, runs, sigmoid
from sayso.errors import ModelError, SaysoError
from sayso.subwords import PAD, Laid, Span, Subwords

MODELS = Path(__file__).parent / "models"
HIDDEN = 384
BLOCK_BYTES = 18  # 32 weights of 4 bits and their scale
STEP = 32  # windows are padded to a multiple of this
GROUP = 8  # windows of one report in one call
ANCHORS = 32  # anchors in one call of the second pass
GATE = 0.12  # a start less likely than this is not looked at again


class Prose(msgspec.Struct, frozen=True):
    """Hold what the encoder reads: prose with links taken out and wraps as spaces.

    `breaks` are the offsets at which a block (paragraph, list item) begins, `sentences` the sentences to make
    vectors of, `walls` those breaks that no content may cross (after a title or dateline).
    """

    text: str
    breaks: tuple[int, ...] = ()
    sentences: tuple[Span, ...] = ()
    walls: tuple[int, ...] = ()


class RawAttribution(msgspec.Struct):
    """Hold one attribution as the model reads it; every role is a list of spans into the prose.

    `clause` is the whole introducing clause (a convention of one corpus). The dictionaries give the
    probability of every value.
    """

    content: list[Span]
    cue: list[Span]
    source: list[Span]
    addressee: list[Span]
    medium: list[Span]
    frame: list[Span]
    clause: list[Span]
    kind: str
    score: float
    kind_scores: dict[str, float] = {}
    polarity_scores: dict[str, float] = {}
    certainty_scores: dict[str, float] = {}
    anonymous_score: float = 0.0
    role_scores: dict[str, float] = {}
    logits: tuple[float, float] = (0.0, 0.0)
    """What `score` is made of: that a content begins here, and that the second pass believes in it."""


class RawMention(msgspec.Struct):
    """Hold one name as the model reads it."""

    start: int
    end: int
    kind: str
    score: float


class Reading(msgspec.Struct):
    """Hold what the model reads in one prose; `vectors` has one L2-normalised row a sentence."""

    words: list[Span]
    attributions: list[RawAttribution]
    mentions: list[RawMention]
    vectors: np.ndarray


class Window(msgspec.Struct):
    """Words first..last-1 of a report, of which first_own..last_own-1 are judged in this window."""

    first: int
    last: int
    first_own: int
    last_own: int
    ids: list[int]
    begins: list[int]


class Encoder:
    """Hold a loaded model. Use `Encoder.load`."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        try:
            self.about: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            self.tables = dict(np.load(folder / "tables.npz"))
            pieces = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
            self.rows = np.fromfile(folder / "rows.q4", np.uint8).reshape(
                len(pieces), HIDDEN // 32, BLOCK_BYTES
            )
            self.encoder = _session(folder / "encoder.onnx", threads)
            self.links = _session(folder / "links.onnx", threads)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"cannot load the model: {error}", str(folder), "reinstall sayso") from error
        self.subwords = Subwords(pieces, self.tables["scores"].tolist())
        self.version: str = self.about["version"]
        self.roles: list[str] = self.about["roles"]
        self.costs = np.array([SWITCH[role] for role in self.roles], np.float32)
        self.bias = np.array(self.about.get("bias", [0.0] * len(self.roles)), np.float32)
        self.position = self.tables["position"].astype(np.float32)
        self.projection = self.tables["vectors"].astype(np.float32)

    @classmethod
    def load(cls, name: str = "default", threads: int | None = None) -> Encoder:
        """Load the model `name` that ships with Sayso, or from a folder; once a process.

        `threads` is the number of threads of one call; by default all cores.
        """
        return _loaded(name, threads)

    def read(self, proses: Sequence[Prose], style: str | None = None) -> list[Reading]:
        """Read each prose. `style` names a corpus whose conventions of annotation are to be followed."""
        return [self._read(prose, self._style(style)) for prose in proses]

    def _style(self, name: str | None) -> np.ndarray:
        styles = self.about["styles"]
        name = self.about["style"] if name is None else name
        if name not in styles:
            raise SaysoError(
                f"unknown style {name!r}", self.version, f"one of: {', '.join(filter(None, styles))}"
            )
        return self.tables["style"][styles.index(name)]

    def _read(self, prose: Prose, style: np.ndarray) -> Reading:
        laid = Laid(prose.text, prose.breaks, self.subwords)
        found = Found(laid, prose, self)
        for group in _grouped(windows(laid, self.about["window"], self.about["overlap"])):
            found.add(group, style)
        return found.reading()

    def embedded(self, group: list[Window], style: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the embedding rows (windows x subwords x hidden) and the mask of a group of windows."""
        size = -(-max(len(window.ids) for window in group) // STEP) * STEP
        ids = np.full((len(group), size), PAD)
        for row, window in enumerate(group):
            ids[row, : len(window.ids)] = window.ids
        rows = unpacked(self.rows[ids.ravel()]).reshape(len(group), size, HIDDEN)
        rows += self.position[:size]
        rows[:, 0] += style
        return rows, (ids != PAD).astype(np.int32)


class Found:
    """Gather what is read in one report, group of windows by group."""

    def __init__(self, laid: Laid, prose: Prose, model: Encoder) -> None:
        self.laid, self.prose, self.model = laid, prose, model
        self.names: list[np.ndarray] = []
        self.roles: list[tuple[np.ndarray, ...]] = []
        self.facts: list[np.ndarray] = []
        self.scores: list[float] = []
        self.logits: list[tuple[float, float]] = []
        self.role_scores: list[np.ndarray] = []
        self.vectors = np.zeros((len(prose.sentences), HIDDEN), np.float32)
        starts = np.array([start for start, _ in laid.words])
        ends = np.array([end for _, end in laid.words])
        self.sentences = [
            (int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end, "left")))
            for start, end in prose.sentences
        ]
        self.walls = np.searchsorted(starts, np.array(prose.walls, dtype=np.int64))

    def add(self, group: list[Window], style: np.ndarray) -> None:
        """Run both passes over some windows."""
        rows, mask = self.model.embedded(group, style)
        size = rows.shape[1]
        flat = [row * size + begin for row, window in enumerate(group) for begin in window.begins]
        states, words, starts, tags = _run(
            self.model.encoder, {"rows": rows, "mask": mask, "begins": np.array(flat, dtype=np.int64)}
        )
        at = 0
        for window in group:
            count = len(window.begins)
            own = slice(at + window.first_own - window.first, at + window.last_own - window.first)
            self.names.append(tags[own])
            at += count
        self._link(group, words, starts)
        self._pool(group, states.reshape(len(group), size, HIDDEN))

    def _link(self, group: list[Window], words: np.ndarray, starts: np.ndarray) -> None:
        width = max(len(window.begins) for window in group)
        padded = np.zeros((len(group), width, HIDDEN), np.float32)
        begun = np.full((len(group), width, starts.shape[1]), -20.0, np.float32)
        mask = np.zeros((len(group), width), np.int32)
        at = 0
        for row, window in enumerate(group):
            count = len(window.begins)
            padded[row, :count], begun[row, :count], mask[row, :count] = (
                words[at : at + count],
                starts[at : at + count],
                1,
            )
            at += count
        own = np.zeros_like(mask, dtype=bool)
        for row, window in enumerate(group):
            own[row, window.first_own - window.first : window.last_own - window.first] = True
        row, word, slot = np.nonzero((sigmoid(begun) > GATE) & own[..., None])
        for first in range(0, len(row), ANCHORS):
            part = slice(first, first + ANCHORS)
            feed = {
                "words": padded,
                "starts": begun,
                "mask": mask,
                "row": row[part],
                "at": word[part],
                "slot": slot[part],
            }
            roles, facts = _run(self.model.links, feed)
            self._keep(group, (row[part], word[part], slot[part]), roles, facts, begun)

    def _keep(
        self,
        group: list[Window],
        anchors: tuple[np.ndarray, ...],
        roles: np.ndarray,
        facts: np.ndarray,
        begun: np.ndarray,
    ) -> None:
        row, word, slot = anchors
        scale = self.model.about.get("calibration", [0.5, 0.5, 0.0])
        valid = facts[:, -1] - facts[:, -2]
        started = begun[row, word, slot]
        scores = sigmoid(scale[0] * started + scale[1] * valid + scale[2])
        chosen = members(roles + self.model.bias, self.model.costs)
        for index in np.flatnonzero(scores >= self.model.about.get("threshold", 0.5)):
            window = group[row[index]]
            count = len(window.begins)
            inside = chosen[index, :count].T
            inside[0, word[index]] = True
            shares = sigmoid(roles[index, :count].T)
            self.roles.append(
                tuple(np.flatnonzero(one) + window.first for one in self._walled(inside, window, word[index]))
            )
            self.role_scores.append(
                np.array([s[i].mean() if i.any() else 0.0 for s, i in zip(shares, inside, strict=True)])
            )
            self.facts.append(facts[index])
            self.scores.append(float(scores[index]))
            self.logits.append((float(started[index]), float(valid[index])))

    def _walled(self, inside: np.ndarray, window: Window, word: int) -> np.ndarray:
        """Cut a content at the walls before and after its first word."""
        for wall in self.walls - window.first:
            if word < wall < inside.shape[1]:
                inside[0, wall:] = False
            elif 0 < wall <= word:
                inside[0, :wall] = False
        return inside

    def _pool(self, group: list[Window], states: np.ndarray) -> None:
        for row, window in enumerate(group):
            ends = [*window.begins, len(window.ids) - 1]
            for number, (first, last) in enumerate(self.sentences):
                middle = (first + last) // 2
                if last > first and window.first_own <= middle < window.last_own:
                    start = ends[max(first, window.first) - window.first]
                    end = ends[min(last, window.last) - window.first]
                    self.vectors[number] = states[row, start:end].mean(0)

    def reading(self) -> Reading:
        """Return everything read, in the order of the text."""
        vectors = self.vectors @ self.model.projection.T + self.model.tables["vectors_bias"]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
        return Reading(
            words=self.laid.words, attributions=self._attributions(), mentions=self._mentions(),
            vectors=vectors.astype(np.float32),
        )  # fmt: skip

    def _mentions(self) -> list[RawMention]:
        if not self.names:
            return []
        kinds = self.model.about["mentions"]
        words = self.laid.words
        return [
            RawMention(words[first][0], words[last - 1][1], kinds[kind], round(score, 4))
            for first, last, kind, score in names(np.concatenate(self.names), len(kinds))
        ]

    def _attributions(self) -> list[RawAttribution]:
        contents, cues = [roles[0] for roles in self.roles], [roles[1] for roles in self.roles]
        kept = distinct(contents, cues, np.array(self.scores))
        made = [self._attribution(index) for index in kept]
        return sorted(made, key=lambda a: (a.content[0][0], -a.content[-1][1], a.cue, a.source))

    def _attribution(self, index: int) -> RawAttribution:
        parts = {
            role: self._spans(words) for role, words in zip(self.model.roles, self.roles[index], strict=True)
        }
        facts = dict(self._shares(self.facts[index]))
        kinds = facts["kind"]
        return RawAttribution(
            **parts,
            kind=max(kinds, key=lambda kind: kinds[kind]),
            score=round(self.scores[index], 4),
            kind_scores=kinds,
            polarity_scores=facts["polarity"],
            certainty_scores=facts["certainty"],
            anonymous_score=facts["anonymous"]["yes"],
            logits=self.logits[index],
            role_scores={
                r: round(float(s), 4) for r, s in zip(self.model.roles, self.role_scores[index], strict=True)
            },
        )

    def _spans(self, words: np.ndarray) -> list[Span]:
        if not len(words):
            return []
        offset = int(words[0])
        mask = np.zeros(int(words[-1]) - offset + 1, dtype=bool)
        mask[words - offset] = True
        at = self.laid.words
        return [(at[first + offset][0], at[last + offset - 1][1]) for first, last in runs(mask)]

    def _shares(self, facts: np.ndarray) -> Iterator[tuple[str, dict[str, float]]]:
        at = 0
        for name, values in self.model.about["facts"].items():
            part = facts[at : at + len(values)]
            shares = np.exp(part - part.max())
            shares /= shares.sum()
            yield name, {value: round(float(share), 4) for value, share in zip(values, shares, strict=True)}
            at += len(values)


def windows(laid: Laid, longest: int, overlap: int) -> Iterator[Window]:
    """Cut a report into overlapping windows; each word is judged in the one where it has most around it."""
    count, first, first_own = len(laid.words), 0, 0
    ends = np.cumsum([0, *laid.sizes])
    while first_own < count:
        last = max(first + 1, int(np.searchsorted(ends, ends[first] + longest - 2, "right")) - 1)
        following = max(first + 1, int(np.searchsorted(ends, ends[last] - overlap, "left")))
        last_own = count if last >= count else max(first_own + 1, (following + last) // 2)
        ids, begins = laid.ids(first, last)
        yield Window(first, last, first_own, last_own, ids, begins)
        first, first_own = following, last_own


def _grouped(found: Iterator[Window]) -> Iterator[list[Window]]:
    group: list[Window] = []
    for window in found:
        group.append(window)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def unpacked(rows: np.ndarray) -> np.ndarray:
    """Expand Q4_0 rows (n x blocks x 18 bytes) to float32 (n x hidden)."""
    scales = rows[:, :, :2].copy().view(np.float16).astype(np.float32)
    nibbles = rows[:, :, 2:]
    halves = np.concatenate([nibbles & 15, nibbles >> 4], axis=2).astype(np.float32) - 8
    return (halves * scales).reshape(len(rows), -1)


def _session(path: Path, threads: int | None) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _run(session: ort.InferenceSession, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
    return [np.asarray(made) for made in session.run(None, feed)]


@lru_cache(maxsize=4)
def _loaded(name: str, threads: int | None) -> Encoder:
    if name == "default":
        name = (MODELS / "default").read_text(encoding="utf-8").strip()
    folder = MODELS / name if (MODELS / name).is_dir() else Path(name)
    return Encoder(folder, threads)
