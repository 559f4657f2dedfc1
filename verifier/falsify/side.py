"""**The falsifier's two sides**: can anything break the claim, and would a false one be noticed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from verifier import by
from verifier.budget import Budget
from verifier.claim import Claim, Step
from verifier.errors import VerifierError
from verifier.falsify.mutants import Variant, declared, derived, dropped
from verifier.falsify.search import Tally
from verifier.falsify.sized import hunt, hunter
from verifier.verdict import FalsifyEvidence, MutantEvidence, MutateEvidence


def falsify_claim(claim: Claim, *, budget: Budget, seed: int) -> FalsifyEvidence:
    """Evidence from at most `budget.instances` exact instances of the claim."""
    return hunt(claim, budget=budget.instances, seed=seed)


def mutate_claim(claim: Claim, *, budget: Budget, seed: int) -> MutateEvidence:
    """Evidence on every mutant, each tried on at most `budget.mutant_instances` instances.

    A variant of a claim that is false itself proves nothing, so only the author's are tried then.
    """
    itself = hunter(claim, budget=budget.mutant_instances, seed=seed).run()
    undefined = itself.undefined > 0
    variants: Iterator[Variant] = declared(claim)
    if itself.hit is None:
        variants = chain(variants, derived(claim), dropped(claim))
    return MutateEvidence(tuple(_tried(variant, budget, seed, undefined) for variant in variants))


def _tried(variant: Variant, budget: Budget, seed: int, was_undefined: bool) -> MutantEvidence:
    def evidence(outcome: str, detail: str, noticed_by: str = "") -> MutantEvidence:
        return MutantEvidence(
            name=variant.name,
            origin=variant.origin,
            change=variant.change,
            expected=variant.expected,
            outcome=outcome,
            noticed_by=noticed_by,
            detail=detail,
            statement=variant.statement,
        )

    try:
        search = hunter(variant.claim, budget=budget.mutant_instances, seed=seed)
        tally = search.run()
        hit = search.counterexample(brief=True)
    except VerifierError as fault:
        return evidence("undecided", str(fault))
    if hit is not None:
        return evidence("refuted", hit.explanation, "falsify")
    outcome, detail = _unrefuted(tally, was_undefined)
    if outcome == "survives" and variant.origin == "derived" and _is_proved(variant.claim):
        return evidence("equivalent", "The variant is an identity as well.", "derive")
    return evidence(outcome, detail, "falsify" if outcome == "undefined" else "")


def _unrefuted(tally: Tally, was_undefined: bool) -> tuple[str, str]:
    if tally.witness is None:
        return "undecided", "No instance satisfies the hypotheses of the variant."
    if tally.undefined and not was_undefined:
        return "undefined", f"It has no value at {tally.undefined} of {tally.instances} instances."
    if not tally.held:
        reason = next(iter(tally.reasons), "nothing was decided")
        return "undecided", f"Undecided at all {tally.instances} instances: {reason}"
    return "survives", f"It holds at {tally.held} of {tally.instances} instances."


def _is_proved(claim: Claim) -> bool:
    """Whether the kernel derives every conclusion as an identity."""
    from verifier.derive.side import derive_claim

    steps = tuple(Step(name, ..., by.identity) for name, _ in claim.then)
    try:
        return derive_claim(replace(claim, derivation=steps)).complete
    except VerifierError:
        return False
