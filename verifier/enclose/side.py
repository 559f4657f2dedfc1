"""**The rigorous side**: every scalar conclusion of a claim, covered on each of its regions."""

from __future__ import annotations

from verifier.budget import Budget
from verifier.claim import Claim
from verifier.enclose.cover import cover
from verifier.exact.statements import Relation
from verifier.verdict import EncloseEvidence


def enclose_claim(claim: Claim, *, budget: Budget) -> EncloseEvidence:
    """Cover each region for each conclusion that relates scalars.

    Other kinds of statement (limits, Hessian maps, relations of vectors) have no enclosure on a
    box and are left to the other sides.
    """
    hypotheses = [statement for _, statement in claim.hypotheses]
    regions = tuple(
        cover(part, hypotheses, region, name=name, boxes=budget.boxes, bits=budget.bits)
        for region in claim.regions
        for name, part in _relations(claim)
    )
    return EncloseEvidence(regions, budget.bits if regions else 0)


def _relations(claim: Claim) -> list[tuple[str, Relation]]:
    pairs = [
        (name, part)
        for name, statement in claim.conclusions
        for part in (statement if isinstance(statement, tuple) else (statement,))
    ]
    return [(name, part) for name, part in pairs if isinstance(part, Relation)]
