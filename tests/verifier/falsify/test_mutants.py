"""**Mutants**: false variants are refuted, needed hypotheses are told from the others."""

from __future__ import annotations

from typing import Any

from verifier import (
    Claim,
    Coordinates,
    Mutant,
    Paper,
    Potential,
    Q,
    Space,
    conserved,
    dot,
    eq,
    ge,
    gt,
    hessian_is,
    hessian_map,
    le,
    lt,
    negation,
    norm2,
    radial_field,
    reals,
    sqrt,
    tends,
    within,
)
from verifier.budget import BUDGETS
from verifier.falsify.mutants.variants import PER_CONCLUSION, derived, mutations, widened
from verifier.falsify.side import mutate_claim
from verifier.verdict import MutateEvidence

PAPER = Paper("demo", "A demonstration", "A. Author", 2020, "none")
x, y, a, k = reals("x y a k")
SPACE = Space("d")
w, g = SPACE.vectors("w g")
AT = Coordinates("w")
r = AT.norm
U, V, A = SPACE.matrices("U V A")


def demo(given: Any, then: Any, **more: Any) -> Claim:
    source = PAPER.at("Lemma 1", section="1")
    return Claim(id="demo/item", title="An item", source=source, given=given, then=then, **more)


def tried(claim: Claim) -> MutateEvidence:
    return mutate_claim(claim, budget=BUDGETS["quick"], seed=0)


def outcomes(evidence: MutateEvidence, origin: str) -> dict[str, str]:
    return {m.name: m.outcome for m in evidence.mutants if m.origin == origin}


def test_a_declared_mutant_is_refuted_and_the_claim_is_not_weak() -> None:
    claim = demo(
        {"x": gt(x, 0)},
        {"bound": ge(x + 1 / x, 2)},
        mutants=(Mutant("sharper", then={"bound": ge(x + 1 / x, Q(21, 10))}),),
    )
    evidence = tried(claim)
    assert {"sharper": "refuted"} == outcomes(evidence, "declared")
    assert not evidence.weak


def test_a_declared_mutant_that_is_true_makes_the_claim_weak() -> None:
    claim = demo(
        {"x": gt(x, 0)},
        {"bound": ge(x + 1 / x, 1)},
        mutants=(Mutant("hollow", then={"bound": ge(x + 1 / x, 2)}),),
    )
    evidence = tried(claim)
    assert {"hollow": "equivalent"} == outcomes(evidence, "declared")
    assert evidence.weak


def test_derived_mutants_of_an_identity_are_all_refuted() -> None:
    evidence = tried(demo({}, {"square": eq((x + 1) ** 2, x**2 + 2 * x + 1)}))
    assert 2 <= len(outcomes(evidence, "derived")) <= PER_CONCLUSION
    assert {"refuted"} == set(outcomes(evidence, "derived").values())


def test_derived_mutants_of_other_statements_are_refuted() -> None:
    claims = (
        demo({}, {"c": conserved(a**2 - norm2(w), {a: dot(w, g), w: a * g})}),
        demo({}, {"c": conserved(2 * w - g, {w: a * w, g: 2 * a * w})}),
        demo({}, {"c": conserved(V.T @ V - U @ U.T, {U: -V.T @ A, V: -A @ U.T})}),
        demo({"k": gt(k, 0)}, {"c": tends(sqrt(k + x), x, 0, sqrt(k))}),
        demo({}, {"c": eq(2 * w + g, g + 2 * w)}),
        demo({"d": ge(SPACE.dimension, 2)}, {"c": negation(hessian_map(radial_field(AT, 1, 1)))}),
        demo({}, {"c": hessian_is(Potential(AT, radial=r**4), radial_field(AT, 4 * r**2, 8))}),
        demo({}, {"c": le(dot(w, g) ** 2, norm2(w) * norm2(g))}),
    )
    for claim in claims:
        found = outcomes(tried(claim), "derived")
        assert found
        assert {"refuted"} == set(found.values())


def test_no_derived_mutant_says_the_same_as_the_claim() -> None:
    claim = demo({}, {"zero": eq(x - x * 1, 0), "square": eq((x - y) ** 2, (y - x) ** 2)})
    evidence = tried(claim)
    assert "survives" not in outcomes(evidence, "derived").values()


def test_derived_mutants_come_in_a_fixed_order() -> None:
    claim = demo({}, {"square": eq((x + 1) ** 2, x**2 + 2 * x + 1)})
    assert [v.change for v in derived(claim)] == [v.change for v in derived(claim)]


def test_a_dropped_hypothesis_is_needed_or_a_domain_condition_or_neither() -> None:
    claim = demo(
        {"needed": ge(x, 1), "domain": gt(y, 0), "idle": gt(k, 0)},
        {"root": ge(x**3 + sqrt(y), 1), "free": ge(k**2, 0)},
    )
    found = outcomes(tried(claim), "hypothesis")
    assert "refuted" == found["without needed"]
    assert "undefined" == found["without domain"]
    assert "survives" == found["without idle"]


def test_of_a_false_claim_only_what_its_author_declared_is_tried() -> None:
    claim = demo(
        {"x": gt(x, 0)},
        {"c": gt(x, 1)},
        mutants=(Mutant("larger", then={"c": gt(x, 2)}),),
    )
    assert {"larger": "refuted", "without x": "moot"} == {
        m.name: m.outcome for m in tried(claim).mutants
    }


def test_a_hypothesis_is_widened_by_its_end_or_past_it() -> None:
    claim = demo(
        {"x": within(x, 0, 1, left="open"), "y": gt(y, 0), "k": eq(k, 2)}, {"c": ge(x * y, 0)}
    )
    assert [
        "`x > 0` becomes `x >= 0`",
        "`x <= 1` becomes `x <= 2`",
        "`y > 0` becomes `y >= 0`",
        "`k == 2` becomes `k == 3`",
    ] == [v.change for v in widened(claim, ["without x", "without y", "without k"])]
    assert [] == list(widened(claim, []))


def test_a_bound_is_only_made_sharper() -> None:
    weaker = {le(x**2 - 3 * y, 5), le(x**2, 5 + 4 * y)}
    found = {c.statement for c in mutations(le(x**2, 5 + 3 * y), given=(("y", gt(y, 0)),))}
    assert {lt(x**2, 5 + 3 * y), le(x**2, 4 + 3 * y), gt(x**2, 5 + 3 * y)} < found
    assert le(x**2, 5 - 3 * y) in found
    assert not weaker & found


def test_the_first_variants_are_of_different_kinds() -> None:
    claim = demo({}, {"c": eq((x - y) ** 3, x**3 - 3 * x**2 * y + 3 * x * y**2 - y**3)})
    kinds = ["constant", "sign", "exponent", "term", "symbols"]
    assert kinds == [variant.kind for variant in derived(claim)]
