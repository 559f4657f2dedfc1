"""**The falsifier's two sides**: can anything break the claim, and would a false one be noticed?"""

from __future__ import annotations

from verifier.budget import Budget
from verifier.claim import Claim
from verifier.falsify.search import hunt
from verifier.verdict import FalsifyEvidence


def falsify_claim(claim: Claim, *, budget: Budget, seed: int) -> FalsifyEvidence:
    """Evidence from at most `budget.instances` exact instances of the claim."""
    return hunt(claim, budget=budget.instances, seed=seed)
