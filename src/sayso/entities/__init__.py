"""Who and where: give every mention one identity across reports, languages and scripts.

`resolve` takes all readings of a case and the judgements, and gives the entities and which mention is
which; `link` writes that into a report and its annotations. Identity is an overlay: nothing that was read
is changed, and a judgement ("same", "different") outweighs what the program thinks.
"""

from __future__ import annotations

from sayso.entities.linking import link
from sayso.entities.resolving import Resolution, resolve

__all__ = ["Resolution", "link", "resolve"]
