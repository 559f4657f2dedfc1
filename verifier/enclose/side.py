"""**The rigorous side**: every conclusion of a claim, covered on each of its regions."""

from __future__ import annotations

from verifier.budget import Budget
from verifier.claim import Claim
from verifier.enclose.opinions.compared import compare_opinions
from verifier.enclose.regions.cover import cover
from verifier.exact.statements.relation import simpler
from verifier.verdict import EncloseEvidence


def enclose_claim(claim: Claim, *, budget: Budget) -> EncloseEvidence:
    """Cover each region for each conclusion.

    A conclusion that says the same as relations of scalars is covered relation by relation. One
    that does not (a limit, a Hessian map, vectors) stays undecided on the region, so that certified
    inequalities beside it never certify the claim as a whole. The compiler that all of it rests
    on is held against a second opinion, whose disagreement is an error of the claim.
    """
    hypotheses = [statement for _, statement in claim.hypotheses]
    regions = tuple(
        cover(part, hypotheses, region, name=name, boxes=budget.boxes, bits=budget.bits)
        for region in (printed.expanded(claim) for printed in claim.regions)
        for name, statement in claim.conclusions
        for whole in (statement if isinstance(statement, tuple) else (statement,))
        for part in simpler(whole) or (whole,)
    )
    opinions = compare_opinions(claim)
    bits = budget.bits if regions else 0
    return EncloseEvidence(regions, bits, opinions.agreeing, opinions.uncompared)
