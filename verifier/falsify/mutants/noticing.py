"""**Noticing**: whether the other sides tell a variant of a claim from the claim.

The claim's own derivation is tried on the variant, and its own regions are covered for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from verifier import by
from verifier.claim import Claim, Step
from verifier.errors import VerifierError
from verifier.exact.matrices import Matrix
from verifier.exact.statements import Relation
from verifier.exact.statements.relation import simpler
from verifier.verdict import Rest

Library = Mapping[str, Claim]
Answer = Literal["shown", "given", "refused"]
_BOXES = 8
_BITS = 64


class Sides:
    """The derivation and the regions of one claim, to be tried on its variants."""

    def __init__(self, claim: Claim, library: Library = MappingProxyType({})) -> None:
        self.claim = claim
        self.library = library

    @cached_property
    def derives(self) -> bool:
        """Whether the derivation shows the claim itself."""
        return self.derivation(self.claim) != "refused"

    def derivation(self, variant: Claim) -> Answer:
        """Whether the claim's derivation shows the variant, by itself or given what it trusts."""
        wanted = {name for name, _ in variant.then}
        if not wanted <= {step.name for step in self.claim.derivation if step.statement is ...}:
            return "refused"
        needed = self._needed(wanted)
        changed = dict(variant.then)
        then = tuple((n, changed.get(n, s)) for n, s in self.claim.then if n in needed)
        steps = tuple(step for step in self.claim.derivation if step.name in needed)
        return self._answer(replace(variant, then=then, derivation=steps))

    def is_plain(self, variant: Claim) -> bool:
        """Whether one rule shows each conclusion, a relation, whatever the derivation says."""
        steps = tuple(Step(name, ..., _rule_for(s)) for name, s in variant.then if _is_plain(s))
        if len(steps) < len(variant.then):
            return False
        return self._answer(replace(variant, derivation=steps)) == "shown"

    def encloses_failure(self, variant: Claim) -> bool:
        """Whether a conclusion certainly fails on a box of one of the claim's regions."""
        from verifier.enclose.regions.cover import cover

        hypotheses = [statement for _, statement in variant.hypotheses]
        parts = [
            part
            for _, statement in variant.conclusions
            for whole in (statement if isinstance(statement, tuple) else (statement,))
            for part in simpler(whole) or (whole,)
        ]
        return any(
            cover(part, hypotheses, region, name="variant", boxes=_BOXES, bits=_BITS).refuted > 0
            for region in self.claim.regions
            if {name for name, _, _ in region.ranges} <= variant.variables
            for part in parts
        )

    def _needed(self, wanted: set[str]) -> set[str]:
        """The steps on which the wanted ones rest, and these."""
        uses = {step.name: step.uses for step in self.claim.derivation}
        needed: set[str] = set()
        left = list(wanted)
        while left:
            name = left.pop()
            if name not in needed:
                needed.add(name)
                left += uses[name]
        return needed

    def _answer(self, claim: Claim) -> Answer:
        from verifier.derive.side import derive_claim

        try:
            found = derive_claim(claim, self.library)
        except VerifierError:
            return "refused"
        if not found.complete:
            return "refused"
        borrowed = any(step.rests_on in (Rest.TRUST, Rest.CLAIM) for step in found.steps)
        return "given" if borrowed or found.limits else "shown"


def _is_plain(statement: Any) -> bool:
    return isinstance(statement, Relation)


def _rule_for(relation: Relation) -> by.Justification:
    if isinstance(relation.lhs, Matrix):
        return by.matrix
    return by.identity if relation.op == "==" else by.sign
