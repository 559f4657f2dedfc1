"""**Every claim** of the library reads: label, LaTeX, mutants, and the claims that it rests on."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sympy import Derivative, Float

from claims.initshape import CLAIMS, PAPER
from verifier import Claim, Mutant
from verifier.budget import BUDGETS
from verifier.exact.statements import latex
from verifier.exact.substitution import scalars_in
from verifier.exact.vectors import Inner
from verifier.falsify.side import mutate_claim
from verifier.verdict import NECESSITY

BY_ID = {claim.id: claim for claim in CLAIMS}
REFUTED_AS_PRINTED = {claim.repairs for claim in CLAIMS if claim.repairs}
KINDS = {"eq", "footnote", "theorem", "display", "lemma", "remark"}

each = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
every_mutant = pytest.mark.parametrize(
    ("claim", "mutant"),
    [(claim, mutant) for claim in CLAIMS for mutant in claim.mutants],
    ids=lambda value: getattr(value, "id", getattr(value, "name", "")),
)


def test_the_claims_are_told_apart_by_their_ids() -> None:
    assert len(CLAIMS) == len(BY_ID)


@each
def test_a_claim_says_where_it_is_printed(claim: Claim) -> None:
    assert PAPER == claim.source.paper
    assert claim.kind in KINDS
    assert claim.source.section
    assert claim.title


@each
def test_a_claim_is_exact_and_has_latex(claim: Claim) -> None:
    for _, statement in (*claim.hypotheses, *claim.conclusions):
        assert latex(statement)
        assert not any(expr.atoms(Float) for expr in scalars_in(statement))


@each
def test_a_claim_rests_on_claims_of_the_library_only(claim: Claim) -> None:
    assert set(claim.uses) <= BY_ID.keys()
    assert claim.repairs == "" or claim.repairs in BY_ID


@each
def test_every_conclusion_has_a_step(claim: Claim) -> None:
    concluding = {step.name for step in claim.derivation if step.statement is ...}
    assert {name for name, _ in claim.conclusions} == concluding


@each
def test_a_claim_has_enough_mutants_to_show_that_its_check_can_fail(claim: Claim) -> None:
    assert len(claim.mutants) >= (1 if claim.id in REFUTED_AS_PRINTED else 3)


@every_mutant
def test_a_mutant_differs_from_its_claim(claim: Claim, mutant: Mutant) -> None:
    changed = claim.mutated(mutant)
    own = [str(s) for _, s in (*claim.hypotheses, *claim.conclusions)]
    others = [str(s) for _, s in (*changed.hypotheses, *changed.conclusions)]
    assert set(others) - set(own) != set()


@each
def test_the_instances_fulfil_the_scalar_hypotheses(claim: Claim) -> None:
    for row in claim.instances.special:
        for _, hypothesis in claim.hypotheses:
            left, right = hypothesis.lhs, hypothesis.rhs
            both = left - right
            named = {s: dict(row)[str(s)] for s in both.free_symbols if str(s) in dict(row)}
            if both.has(Inner, Derivative) or both.free_symbols - named.keys() or not named:
                continue
            gap = both.xreplace(named)
            order = {">": gap > 0, ">=": gap >= 0, "<": gap < 0, "<=": gap <= 0}
            holds = {**order, "!=": gap != 0, "==": gap == 0}
            assert bool(holds[hypothesis.op])


def test_importing_the_claims_loads_no_search_and_no_enclosure() -> None:
    code = "import claims.initshape, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert set() == loaded & {"hypothesis", "matplotlib", "verifier.enclose", "verifier.falsify"}


def test_no_conclusion_is_decided_by_its_notation() -> None:
    same = [
        f"{claim.id}: {name}"
        for claim in CLAIMS
        for name, statement in claim.conclusions
        for part in (statement if isinstance(statement, tuple) else (statement,))
        if getattr(part, "op", "") == "==" and part.lhs == part.rhs
    ]
    assert [] == same


@pytest.mark.parametrize("item", ["du-2.1", "eq-17", "lem-1", "lem-2"])
def test_variants_are_noticed_and_each_hypothesis_has_its_line(item: str) -> None:
    claim = BY_ID[f"initshape/{item}"]
    found = mutate_claim(claim, budget=BUDGETS["quick"], seed=0, library=BY_ID)
    assert not found.weak
    assert 1 == found.score
    assert found.noticed("derive") > 0
    lines = {m.name: NECESSITY[m.outcome] for m in found.mutants if m.origin == "hypothesis"}
    assert {f"without {name}" for name, _ in claim.given} <= lines.keys()
