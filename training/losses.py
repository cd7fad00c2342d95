"""What the heads are taught, each only where its corpus knows the answer."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from sayso.subwords import UNKNOWN
from training.corpora import ROLES
from training.features import IGNORED, Batch
from training.model import FACTS, Model

FALSE_ANCHOR = (
    0.1  # a word this likely to begin a content though none does is shown to the second pass as a trap
)
ROLE_WEIGHT = torch.tensor([1.0, 1.5, 2.0, 2.0, 1.5, 1.0, 0.7])  # source above all: who said it is the point


def losses(model: Model, batch: Batch, drop: float, blanks: float = 0.0) -> dict[str, Tensor]:
    """Return the losses of one batch by name, already weighted; `blanks` is the share of subwords hidden."""
    ids = batch.ids
    if blanks:
        ids = torch.where((torch.rand(ids.shape) < blanks) & (ids > UNKNOWN), UNKNOWN, ids)
    states = model.encoder(ids, batch.mask, batch.style, drop)
    words = model.words(states, batch.begins)
    found: dict[str, Tensor] = {}
    if bool(batch.starts_known.any()):
        found.update(attribution_losses(model, batch, words))
    if bool(batch.tags_known.any()):
        found["mentions"] = mention_loss(model, batch, words)
    if batch.pooled is not None:
        found["vectors"] = vector_loss(model, batch, states)
    return found


def attribution_losses(model: Model, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """Teach where attributions begin, their roles in both passes, and their facts."""
    heads = model.heads
    starts = heads["anchors"](words).float()
    known = (batch.starts_known & batch.words)[..., None]
    raw = F.binary_cross_entropy_with_logits(starts, batch.starts, reduction="none") * known
    found = {"starts": raw.sum() / (batch.starts.sum() + 4)}
    anchors, real = with_traps(batch, starts.detach())
    if not len(anchors[0]):
        return found
    first = heads["roles"](words, *anchors)
    roles, facts = heads["links"](words, batch.words, anchors, first.detach(), starts.detach())
    roles = roles + first - first.detach()
    found["first"] = 0.4 * role_loss(first[:real], batch)
    found["roles"] = role_loss(roles[:real], batch)
    found["facts"] = fact_loss(facts, batch, real)
    return found


def with_traps(batch: Batch, starts: Tensor) -> tuple[tuple[Tensor, Tensor, Tensor], int]:
    """Return the true anchors and after them some that the first pass falsely believes in."""
    false = (starts.sigmoid() * (1 - batch.starts)) * (batch.starts_known & batch.words)[..., None]
    real = len(batch.row)
    row, at, slot = torch.nonzero(false > FALSE_ANCHOR, as_tuple=True)
    limit = real // 2 + 2
    if len(row) > limit:
        chosen = torch.randperm(len(row))[:limit]
        row, at, slot = row[chosen], at[chosen], slot[chosen]
    return (torch.cat([batch.row, row]), torch.cat([batch.at, at]), torch.cat([batch.slot, slot])), real


def role_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Sum over the words of a window, mean over its anchors and known roles."""
    if not len(logits):
        return logits.sum()
    raw = F.binary_cross_entropy_with_logits(logits, batch.roles, reduction="none")
    weight = batch.roles_known[:, None, :] * ROLE_WEIGHT * batch.words[batch.row][..., None]
    return (raw * weight).sum() / (12.0 * len(ROLES) / 4 * (len(logits) + 2))


def fact_loss(facts: Tensor, batch: Batch, real: int) -> Tensor:
    """Teach kind, polarity, certainty, anonymity - and of traps that they are none."""
    total, at = facts.new_zeros(()), 0
    traps = torch.zeros(len(facts) - real, dtype=torch.long)
    for number, (name, size) in enumerate(FACTS.items()):
        logits, target = facts[:, at : at + size], batch.facts[:, number]
        target = torch.cat([target, traps if name == "valid" else torch.full_like(traps, IGNORED)])
        if bool((target != IGNORED).any()):
            total = total + 0.3 * F.cross_entropy(logits, target, ignore_index=IGNORED)
        at += size
    return total


def mention_loss(model: Model, batch: Batch, words: Tensor) -> Tensor:
    """Marginal likelihood of the tags that a word may carry."""
    logits = model.heads["mentions"](words).float()[batch.tags_known]
    allowed = logits.masked_fill(~batch.tags[batch.tags_known], -1e4)
    return 4.0 * (logits.logsumexp(1) - allowed.logsumexp(1)).mean()


def vector_loss(model: Model, batch: Batch, states: Tensor) -> Tensor:
    """One minus the cosine to the full encoder's sentence vector."""
    pooled = batch.pooled.to(states.dtype) @ states.reshape(-1, states.shape[2])
    made = model.heads["vectors"](pooled).float()
    return 2.0 * (1 - F.cosine_similarity(made, batch.vectors)).mean()
