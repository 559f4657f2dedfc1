"""**The falsifier's two sides**: can anything break the claim, and would a false one be noticed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from verifier.budget import Budget
from verifier.claim import Claim
from verifier.errors import VerifierError
from verifier.falsify.mutants.noticing import Sides
from verifier.falsify.mutants.variants import Variant, declared, derived, dropped, widened
from verifier.falsify.search import Tally
from verifier.falsify.sized import hunt, hunter
from verifier.falsify.watch import Watch
from verifier.verdict import FalsifyEvidence, MutantEvidence, MutateEvidence

_NOT_ENOUGH = ("survives", "undecided")


def falsify_claim(
    claim: Claim, *, budget: Budget, seed: int, watch: Watch | None = None
) -> FalsifyEvidence:
    """Evidence from at most `budget.instances` exact instances of the claim."""
    return hunt(claim, budget=budget.instances, seed=seed, watch=watch)


def mutate_claim(
    claim: Claim,
    *,
    budget: Budget,
    seed: int,
    library: Mapping[str, Claim] = MappingProxyType({}),
) -> MutateEvidence:
    """Evidence on every mutant, each tried on at most `budget.mutant_instances` instances.

    A variant of a claim that is false itself proves nothing, so only the author's are tried then,
    and whether its hypotheses are needed is moot.
    A derived variant that the author declared is tried once, as the author's. A hypothesis
    is widened only if there is a counterexample without it.
    """
    itself = hunter(claim, budget=budget.mutant_instances, seed=seed).run()
    trial = _Trial(Sides(claim, library), budget, seed, was_undefined=itself.undefined > 0)
    if itself.hit is not None:
        tried = (trial.tried(variant) for variant in declared(claim))
        moot = (_evidence(variant, "moot", "") for variant in dropped(claim))
        return MutateEvidence((*tried, *moot))
    variants = _different(chain(declared(claim), derived(claim)))
    without = {variant.name: trial.tried(variant) for variant in dropped(claim)}
    needed = [name for name, found in without.items() if found.outcome == "refuted"]
    return MutateEvidence(
        (
            *(trial.tried(variant) for variant in variants),
            *without.values(),
            *(trial.tried(variant) for variant in widened(claim, needed)),
        )
    )


def _different(variants: Iterator[Variant]) -> Iterator[Variant]:
    seen = set()
    for variant in variants:
        key = variant.claim.given, variant.claim.where, variant.claim.then
        if variant.origin == "declared" or key not in seen:
            yield variant
        seen.add(key)


class _Trial:
    """How the variants of one claim are tried."""

    def __init__(self, sides: Sides, budget: Budget, seed: int, *, was_undefined: bool) -> None:
        self.sides = sides
        self.budget = budget
        self.seed = seed
        self.was_undefined = was_undefined

    def tried(self, variant: Variant) -> MutantEvidence:
        """What comes of it, and which sides noticed.

        To refuse a false variant can cost far more than to show a true one, so that of those
        that are refuted only the author's and the first of each conclusion are put to all sides.
        """
        outcome, detail = self._falsified(variant)
        noticed = [] if outcome in _NOT_ENOUGH else ["falsify"]
        asked = variant.origin != "hypothesis" and (variant.is_first or outcome in _NOT_ENOUGH)
        if asked and self.sides.encloses_failure(variant.claim):
            noticed.insert(0, "enclose")
            if outcome in _NOT_ENOUGH:
                outcome, detail = "refuted", "It fails on a box of a region."
        shown = self._shown(variant, outcome) if asked or outcome == "survives" else ""
        if shown == "refused" and self.sides.derives and outcome not in _NOT_ENOUGH:
            noticed.insert(0, "derive")
        if shown == "shown":
            if outcome == "refuted":
                raise VerifierError(
                    f"variant `{variant.name}`: it is refuted, yet its derivation goes through: "
                    f"{detail}"
                )
            outcome, detail = "equivalent", "It is true as well: every step is discharged for it."
        return _evidence(variant, outcome, detail, noticed)

    def _falsified(self, variant: Variant) -> tuple[str, str]:
        try:
            budget = self.budget.mutant_instances // variant.thrift
            search = hunter(variant.claim, budget=budget, seed=self.seed)
            tally = search.run()
            hit = search.counterexample(brief=True)
        except VerifierError as fault:
            return "undecided", str(fault)
        if hit is not None:
            return "refuted", hit.explanation
        return _unrefuted(tally, self.was_undefined)

    def _shown(self, variant: Variant, outcome: str) -> str:
        """What the derivation, or else one rule, makes of the variant."""
        shown = self.sides.derivation(variant.claim)
        if shown != "shown" and outcome in _NOT_ENOUGH and variant.origin != "hypothesis":
            shown = "shown" if self.sides.is_plain(variant.claim) else shown
        return shown


def _evidence(
    variant: Variant, outcome: str, detail: str, noticed: Sequence[str] = ()
) -> MutantEvidence:
    return MutantEvidence(
        name=variant.name,
        origin=variant.origin,
        change=variant.change,
        expected=variant.expected,
        outcome=outcome,
        noticed_by=", ".join(noticed),
        detail=detail,
        statement=variant.statement,
        kind=variant.kind,
    )


def _unrefuted(tally: Tally, was_undefined: bool) -> tuple[str, str]:
    if tally.witness is None:
        return "undecided", "No instance satisfies the hypotheses of the variant."
    if tally.undefined and not was_undefined:
        return "undefined", f"It has no value at {tally.undefined} of {tally.instances} instances."
    if not tally.held:
        reason = next(iter(tally.reasons), "nothing was decided")
        return "undecided", f"Undecided at all {tally.instances} instances: {reason}"
    return "survives", f"It holds at {tally.held} of {tally.instances} instances."
