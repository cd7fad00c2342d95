"""The model: one encoder, heads that read it, in torch (training only; `export.py` writes it for use).

Shapes: B windows, T subwords, W words, N anchors. A head is a module of its own under `heads`; a new one
is added beside the others and trained on the same states without touching them.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812 - the name torch users expect
from torch import Tensor, nn

from training.corpora import CERTAINTIES, KINDS, MENTIONS, POLARITIES, ROLES
from training.e5 import HIDDEN, Packed, unpack_q4

HEADS = 12
WIDE = 1536
ROLE_DIM = 64
LINK_DIM = 128
LINK_HEADS = 4
LINK_LAYERS = 2
SLOTS = 2  # attributions that may begin at the same word
BUCKETS = 40
TAGS = 1 + 2 * len(MENTIONS)
FACTS = {
    "kind": len(KINDS),
    "polarity": len(POLARITIES),
    "certainty": len(CERTAINTIES),
    "anonymous": 2,
    "valid": 2,
}


def bucket(distance: Tensor) -> Tensor:
    """Put signed word distances into log-spaced buckets 0..BUCKETS-1."""
    half = BUCKETS // 2
    size = (torch.log2(distance.abs().float() + 1) * 2.4).long().clamp(max=half - 1)
    return torch.where(distance < 0, half - 1 - size, half + size)


class Block(nn.Module):
    """One BERT layer (post-norm); dropout is one mask a sequence, which costs nothing."""

    def __init__(self, dim: int = HIDDEN, heads: int = HEADS, wide: int = WIDE) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)
        self.norm1 = nn.LayerNorm(dim, eps=1e-12)
        self.up = nn.Linear(dim, wide)
        self.down = nn.Linear(wide, dim)
        self.norm2 = nn.LayerNorm(dim, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float = 0.0) -> Tensor:
        x = self.norm1(x + _drop(self.attend(x, mask), drop))
        return self.norm2(x + _drop(self.down(F.gelu(self.up(x))), drop))

    def attend(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, size, dim = x.shape
        qkv = self.qkv(x).view(rows, size, 3, self.heads, dim // self.heads).permute(2, 0, 3, 1, 4)
        match = (qkv[0] * (dim // self.heads) ** -0.5) @ qkv[1].transpose(-1, -2)
        mixed = (match + mask.to(match.dtype)).softmax(-1) @ qkv[
            2
        ]  # faster here than the fused kernel's backward
        return self.out(mixed.transpose(1, 2).reshape(rows, size, dim))


def _drop(x: Tensor, rate: float) -> Tensor:
    if not rate:
        return x
    keep = torch.rand(x.shape[0], 1, x.shape[2]) >= rate
    return x * (keep / (1 - rate)).to(x.dtype)


class Encoder(nn.Module):
    """The lower layers of multilingual-e5-small over frozen embeddings, told the annotation style."""

    def __init__(self, rows: Tensor, packed: Packed, layers: int, styles: int) -> None:
        super().__init__()
        position = (
            packed.tensor("emb.pos").reshape(-1, HIDDEN) + packed.tensor("emb.type").reshape(-1, HIDDEN)[0]
        )
        self.register_buffer("rows", rows, persistent=False)
        self.register_buffer("position", torch.from_numpy(position), persistent=False)
        self.style = nn.Embedding(styles, HIDDEN)
        nn.init.zeros_(self.style.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.norm.load_state_dict({"weight": _t(packed, "emb.ln.w"), "bias": _t(packed, "emb.ln.b")})
        self.layers = nn.ModuleList(_block(packed, index) for index in range(layers))

    def forward(self, ids: Tensor, mask: Tensor, style: Tensor, drop: float = 0.0) -> Tensor:
        x = self.rows[ids].float() + self.position[: ids.shape[1]]
        x = torch.cat([x[:, :1] + self.style(style)[:, None], x[:, 1:]], 1)
        x = _drop(self.norm(x), drop)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        seen = (~mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, seen, drop)
        return x


def _t(packed: Packed, name: str, width: int = 0) -> Tensor:
    return torch.from_numpy(packed.tensor(name, width).copy())


def _block(packed: Packed, index: int) -> Block:
    block, at = Block(), f"l{index}."
    weights = [_t(packed, at + f"{part}.w", HIDDEN) for part in "qkv"]
    biases = [_t(packed, at + f"{part}.b") for part in "qkv"]
    state = {"qkv.weight": torch.cat(weights), "qkv.bias": torch.cat(biases)}
    for ours, theirs, width in (("out", "ao", HIDDEN), ("up", "fi", HIDDEN), ("down", "fo", WIDE)):
        state[f"{ours}.weight"] = _t(packed, f"{at}{theirs}.w", width)
        state[f"{ours}.bias"] = _t(packed, f"{at}{theirs}.b")
    for ours, theirs in (("norm1", "aln"), ("norm2", "oln")):
        state[f"{ours}.weight"] = _t(packed, f"{at}{theirs}.w")
        state[f"{ours}.bias"] = _t(packed, f"{at}{theirs}.b")
    block.load_state_dict(state)
    return block


class Anchors(nn.Module):
    """Say of each word how likely attributions begin there: the first words of their contents."""

    def __init__(self) -> None:
        super().__init__()
        self.up = nn.Linear(HIDDEN, 128)
        self.down = nn.Linear(128, SLOTS)
        nn.init.constant_(self.down.bias, -3.0)

    def forward(self, words: Tensor) -> Tensor:
        return self.down(F.gelu(self.up(words)))


class Roles(nn.Module):
    """First pass: how likely each word belongs to each role of the attribution of an anchor."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(HIDDEN, len(ROLES) * ROLE_DIM)
        self.key = nn.Linear(HIDDEN, len(ROLES) * ROLE_DIM)
        self.unary = nn.Linear(HIDDEN, len(ROLES))
        self.slot = nn.Embedding(SLOTS, HIDDEN)
        self.distance = nn.Embedding(BUCKETS, len(ROLES))
        nn.init.normal_(self.slot.weight, std=0.02)
        nn.init.zeros_(self.distance.weight)
        nn.init.constant_(self.unary.bias, -3.0)

    def forward(self, words: Tensor, row: Tensor, at: Tensor, slot: Tensor) -> Tensor:
        """Return logits N x W x roles for anchors (window, word, slot)."""
        size = words.shape[1]
        query = self.query(words[row, at] + self.slot(slot)).view(-1, len(ROLES), ROLE_DIM)
        key = self.key(words).view(-1, size, len(ROLES), ROLE_DIM)[row]
        match = torch.einsum("nrd,nwrd->nwr", query, key) / ROLE_DIM**0.5
        far = self.distance(bucket(torch.arange(size)[None] - at[:, None]))
        return match.float() + self.unary(words)[row].float() + far


class Links(nn.Module):
    """Second pass: read the window again for one anchor, its first-pass roles marked, settle the roles."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Linear(HIDDEN, LINK_DIM)
        self.anchor = nn.Linear(HIDDEN, LINK_DIM)
        self.slot = nn.Embedding(SLOTS, LINK_DIM)
        self.distance = nn.Embedding(BUCKETS, LINK_DIM)
        self.marks = nn.Linear(len(ROLES) + SLOTS, LINK_DIM)
        self.norm = nn.LayerNorm(LINK_DIM)
        self.layers = nn.ModuleList(Block(LINK_DIM, LINK_HEADS, 2 * LINK_DIM) for _ in range(LINK_LAYERS))
        self.roles = nn.Linear(LINK_DIM, len(ROLES))
        self.facts = nn.Linear(2 * LINK_DIM, sum(FACTS.values()))
        nn.init.zeros_(self.roles.weight)
        nn.init.zeros_(self.roles.bias)

    def forward(
        self,
        words: Tensor,
        mask: Tensor,
        anchors: tuple[Tensor, Tensor, Tensor],
        first: Tensor,
        starts: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Return role logits N x W x roles and fact logits N x facts."""
        row, at, slot = anchors
        x = self.word(words)[row] + self.anchor(words[row, at])[:, None] + self.slot(slot)[:, None]
        marks = torch.cat([first.sigmoid(), starts.sigmoid()[row]], 2)
        x = x + self.marks(marks) + self.distance(bucket(torch.arange(words.shape[1])[None] - at[:, None]))
        x = self.norm(x)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        seen = (~mask[row][:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, seen)
        roles = first + self.roles(x).float()
        share = roles[:, :, 0].sigmoid() * mask[row]
        share = share / (share.sum(1, keepdim=True) + 1e-4)
        mean = torch.einsum("nw,nwd->nd", share.to(x.dtype), x)
        return roles, self.facts(torch.cat([x[torch.arange(len(at)), at], mean], 1)).float()


class Model(nn.Module):
    """Encoder and heads together."""

    def __init__(self, kept: Tensor, packed: Packed, layers: int, styles: int) -> None:
        super().__init__()
        rows = torch.from_numpy(unpack_q4(packed.rows()[kept.numpy()])).bfloat16()
        self.encoder = Encoder(rows, packed, layers, styles)
        self.heads = nn.ModuleDict(
            {
                "anchors": Anchors(),
                "roles": Roles(),
                "links": Links(),
                "mentions": nn.Sequential(nn.Linear(HIDDEN, 128), nn.GELU(), nn.Linear(128, TAGS)),
                "vectors": nn.Linear(HIDDEN, HIDDEN),
            }
        )

    def words(self, states: Tensor, begins: Tensor) -> Tensor:
        """Pick the state of each word's first subword: B x W x hidden."""
        return states.gather(1, begins[..., None].expand(-1, -1, states.shape[2]))
