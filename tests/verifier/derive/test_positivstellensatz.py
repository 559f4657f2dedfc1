"""**positivstellensatz**: what it proves, its counterpoints, its options, and what it rests on."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy
import pytest
import sympy
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verifier import (
    Q,
    Space,
    by,
    dot,
    eq,
    exp,
    ge,
    gt,
    indices,
    le,
    log,
    lt,
    maximum,
    ne,
    norm2,
    reals,
    sqrt,
    tends,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.linear.elimination import eliminate
from verifier.derive.kernel.signs.counterpoint import negative_point
from verifier.derive.kernel.signs.region import Region, region_of
from verifier.derive.kernel.squares import semidefinite
from verifier.derive.kernel.squares.descent import descended_point
from verifier.derive.kernel.squares.gram import Failure
from verifier.derive.kernel.squares.positivity import Plan, established, plainly_false, prove
from verifier.derive.kernel.squares.preorder import Fact, Proof, Search, Term, linear, squares
from verifier.derive.side import rule_named
from verifier.errors import VerifierError

x, y, z = reals("x y z")
RING = fmpq_mpoly_ctx.get(("x", "y", "z"), Ordering.degrevlex)
X, Y, Z = RING.gens()
ONE = RING.constant(1)
MOTZKIN = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
P = by.positivstellensatz


def tried(statement: Any, *given: Any, by: Justification = P) -> Discharge:
    return rule_named("positivstellensatz").discharge(statement, Context(given, by, rule_named))


def region(statement: Any, *given: Any) -> Region:
    """Of lhs - rhs of an inequality."""
    reader = Reader(given)
    return region_of(reader, reader.read(statement.lhs - statement.rhs))


def proof(found: Proof | Failure) -> Proof:
    assert isinstance(found, Proof), found
    assert found.holds()
    return found


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (ge(x * (x - y) * (x - z) + y * (y - x) * (y - z) + z * (z - x) * (z - y), 0),
         (ge(x, 0), ge(y, 0), ge(z, 0))),
        (le(x, y), (le(x**3, y**3), ge(y, 0))),
        (gt(x + 1 / x, Q(199, 100)), (gt(x, 0),)),
        (ge(sqrt(x + 1), sqrt(x)), (ge(x, 0),)),
        (lt(x * y, 2), (le(x**2 + y**2, 2),)),
        (le(x**2, x), (ge(x, 0), le(x, 1))),
        (eq(y, 0), (eq(x**2 + y**2, 0),)),
        (ne(x, y), (eq(x * y, -1),)),
        (ge(exp(2 * x) + 1, 2 * exp(x)), ()),
        (le(maximum(x, y) ** 2, x**2 + y**2), ()),
        (le(x, 2), (ge(x, 5), le(x, 3))),
    ],
)  # fmt: skip
def test_it_proves(statement: Any, given: Any) -> None:
    assert tried(statement, *given).holds, tried(statement, *given).reason


@pytest.mark.parametrize(
    ("statement", "given", "text"),
    [
        (ge(MOTZKIN, Q(1, 1000)), (), "is -1/1000 at x = 1, y = 1"),
        (lt(x * y, 1), (le(x**2 + y**2, 2),), "is 0 at x = 1, y = 1"),
        (ge(x, 0), (ne(x, -1), le(x, 0)), "is -2 at x = -2"),
        (ge((x - Q(22, 7)) ** 2, Q(1, 10**4)), (), "it is false"),
        (ge(sqrt(x), 1), (ge(x, 0),), "in floats"),
        (eq(x, y), (ge(x, y),), "it is false"),
    ],
)
def test_a_false_statement_is_refused_with_a_point(statement: Any, given: Any, text: str) -> None:
    answer = tried(statement, *given)
    assert (False, False) == (answer.holds, answer.disproof)
    assert text in answer.reason


def test_hypotheses_that_contradict_each_other_are_named_as_that() -> None:
    answer = tried(ge(x, 100), ge(x * y, 3), le(x**2 + y**2, 2))
    assert answer.holds
    other = tried(ge(x, 100), gt(x, 3), lt(x, 2), le(y, x))
    assert other.reason.startswith("the hypotheses contradict each other")


def test_the_negated_statement_is_named_where_it_is_used() -> None:
    answer = tried(ge(y, 0), gt(x, 0), ge(x * y, 0))
    assert answer.reason.startswith("the statement's negation and the hypotheses contradict")


def test_divisors_are_conditions_that_an_identity_may_show() -> None:
    positive = x**4 - x * y + y**4 + 1
    assert tried(gt(1 / positive, 0)).conditions == (f"{Reader().read(positive)} != 0",)
    assert "divides by" in tried(ge(1 / x**2, 0)).reason
    assert "takes a root" in tried(ge(sqrt(x**3 + 1), 0), ge(x, -2)).reason


def test_a_multiplier_must_be_positive_where_the_hypotheses_hold() -> None:
    assert tried(ge(y, 0), gt(x, 0), ge(x * y, 0), by=P(multipliers=x)).holds
    assert "not shown to be positive" in tried(ge(y, 0), ge(x * y, 0), by=P(multipliers=x)).reason
    assert tried(ge(MOTZKIN, 0), by=P(multipliers=(x**2 + 1, x**2 + y**2 + 1))).holds
    assert "no polynomial" in tried(ge(x**2, 0), by=P(multipliers=1 / x)).reason
    # x^4 - x y + y^4 + 1 is positive, which only an identity shows.
    assert tried(ge(x**2, 0), by=P(multipliers=x**4 - x * y + y**4 + 1)).holds


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"degre": 2}, "no option `degre`"),
        ({"degree": 0}, "at least 1"),
        ({"degree": True}, "at least 1"),
        ({"products": Q(2)}, "at least 1"),
    ],
)
def test_options_that_mean_nothing_are_refused(options: Any, text: str) -> None:
    assert text in tried(ge(x**2, 0), by=P(**options)).reason


def test_the_degree_and_the_products_bound_what_is_tried() -> None:
    box = (ge(x, 0), le(x, 1), ge(y, 0), le(y, 1))
    bilinear = ge((1 - x) * (1 - y), 0)
    refused = tried(bilinear, *box, by=P(products=1, degree=2))
    assert "tried: degree 2, products of 1 hypotheses" in refused.reason
    assert tried(bilinear, *box, by=P(products=2, degree=2)).holds


def test_other_statements_are_refused() -> None:
    assert "relations between scalars" in tried(tends(x, x, 0, 0)).reason


def test_a_solver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "clarabel", None)
    monkeypatch.setattr(semidefinite, "OWN", 1)
    # Not divisible by what is found without a solver: 0 < x y z needs Gram matrices.
    answer = tried(ge(x**4 + y**4 + z**4 + x * y * z + 1 + x**3 * y, 0))
    assert "theorem-verifier[solvers]" in answer.reason


def test_a_solver_that_lies_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def liar(blocks: Any, parameters: int) -> Any:
        grams = [numpy.eye(len(c)) for c, _ in blocks]
        return semidefinite.Proposal(numpy.full(parameters, 0.5), 1.0, grams)

    monkeypatch.setattr(semidefinite, "propose", liar)
    assert not tried(ge(x * y, -Q(49, 100)), le(x**2 + y**2, 1)).holds
    assert not tried(gt(x, Q(3, 2)), ge(x, 0), ge(x**2, 2)).holds


# -- what the kernel finds -------------------------------------------------------------------


def test_a_linear_program_finds_products_of_facts() -> None:
    facts = [Fact(X, ">="), Fact(1 - X, ">="), Fact(Y, ">="), Fact(1 - Y, ">=")]
    search = Search.of((1 - X) * (1 - Y), False, facts)
    found = proof(linear(search, ONE, products=2, degree=2))
    assert (Term(fmpq(1), ONE, (1, 3)),) == found.terms
    assert isinstance(linear(search, ONE, products=1, degree=2), Failure)


def test_gram_matrices_find_squares_times_facts() -> None:
    search = Search.of(1 - X * Y, False, [Fact(2 - X**2 - Y**2, ">=")])
    found = proof(squares(search, ONE, products=1, degree=2))
    assert {(), (0,)} == {term.facts for term in found.terms}
    assert not found.strict


def test_a_square_that_divides_the_target_is_taken_out() -> None:
    facts = [Fact(X - 1, ">="), Fact(Y**2 - X, ">=")]
    found = proof(prove((X * Y - 2) ** 2 * (Y**2 - 1), ">=", facts, Plan(degree=2)))
    assert all(term.square == X * Y - 2 or term.square == 2 - X * Y for term in found.terms)
    assert isinstance(prove((X * Y - 2) ** 2 * (Y**2 - 1), ">", facts, Plan()), Failure)


def test_a_contradiction_is_zero_with_a_positive_term() -> None:
    facts = [Fact(X - 1, ">"), Fact(-X, ">=")]
    found = proof(prove(X + Y, ">=", facts, Plan()))
    assert (True, True) == (found.contradiction, bool(found.target.is_zero()))


def test_the_negated_goal_is_the_fact_after_the_others() -> None:
    facts = [Fact(X, ">"), Fact(X * Y, ">=")]
    found = proof(prove(Y, ">=", facts, Plan()))
    assert (-Y, ">") == (found.facts[2].poly, found.facts[2].op)
    assert found.contradiction


def test_a_cube_of_the_negated_goal_is_positive() -> None:
    found = proof(prove(Y - X, ">=", [Fact(Y**3 - X**3, ">=")], Plan()))
    assert (1, 1, 1) in {term.facts for term in found.terms}


def test_equations_are_solved_for_variables_and_put_back() -> None:
    equations = [(3, X + Y + Z - 1), (5, X**2 - 2 * Y - Z)]
    found = eliminate(RING, equations, [X])
    assert [3, 5] == [step.number for step in found.steps]
    poly = (X + Y + Z - 1) * (X - Z**2) + (X**2 - 2 * Y - Z) * (Y + 4)
    assert found.project(poly).is_zero()
    values = dict(equations)
    assert poly == sum((c * values[n] for c, n in found.cofactors(poly)), 0 * X)
    with pytest.raises(ArithmeticError, match="does not vanish"):
        found.cofactors(poly + 1)


@pytest.mark.parametrize(
    "tampered",
    [
        lambda p: replace(p, target=p.target + 1),
        lambda p: replace(p, multiplier=p.multiplier + 1),
        lambda p: replace(p, terms=p.terms[1:]),
        lambda p: replace(p, terms=(replace(p.terms[0], weight=-p.terms[0].weight), *p.terms[1:])),
        lambda p: replace(p, facts=(Fact(p.facts[0].poly + 1, p.facts[0].op), *p.facts[1:])),
        lambda p: replace(p, facts=(Fact(p.facts[0].poly, "=="), *p.facts[1:])),
        lambda p: replace(p, cofactors=((ONE, 0),)),
    ],
)
def test_a_tampered_proof_does_not_hold(tampered: Any) -> None:
    found = proof(prove(1 - X * Y, ">=", [Fact(2 - X**2 - Y**2, ">=")], Plan()))
    assert not tampered(found).holds()


def test_a_term_is_positive_only_with_a_constant_square_and_positive_facts() -> None:
    def strict(term: Term, op: Any) -> bool:
        return Proof(X, ONE, (Fact(X, op),), (term,)).strict

    assert strict(Term(fmpq(1), ONE, (0,)), ">")
    assert not strict(Term(fmpq(1), ONE, (0,)), ">=")
    assert not strict(Term(fmpq(1), Y, (0,)), ">")
    assert not strict(Term(fmpq(1), 0 * ONE), ">")


# -- regions ---------------------------------------------------------------------------------


def test_a_region_has_what_is_connected_and_no_more() -> None:
    found = region(ge(x, 0), ge(x, y), ge(y, z), gt(sympy.Symbol("t", real=True), 0), ne(x, 7))
    assert ["x", "y", "z"] == [found.reader.tower.generators[s].label for s in found.slots]
    assert [">=", ">=", "!="] == [known.op for known in found.known]
    assert found.exact


def test_denominators_are_cleared_by_what_is_positive() -> None:
    found = region(ge(y / x, 0), lt(x, 0))
    assert "-y" == str(found.target)
    other = region(ge(y / x, 0))
    assert {"x", "y"} == set(str(other.target).split("*"))
    twice = region(ge(y / x**2, 0))
    assert "y" == str(twice.target)


def test_roots_and_exponentials_come_with_what_is_known_of_them() -> None:
    found = region(ge(sqrt(x) + exp(y), 0), gt(x, 0))
    names = {known.name for known in found.known}
    assert {"sqrt(x)^2 = x", "sqrt(x) > 0", "exp(y) > 0", "x > 0"} == names
    assert not found.exact


def test_points_count_only_where_every_unknown_is_a_real_number() -> None:
    (n,) = indices("n")
    u, v = Space().vectors("u v")
    assert region(ge(x * y, 0)).exact
    assert not region(ge(n**2, n + 1)).exact
    assert not region(ge(norm2(u) * norm2(v), dot(u, v) ** 2)).exact
    assert not region(ge(x, 0), gt(1 / x, -1)).exact
    answer = tried(ge(2 * n, n + 1))
    assert answer.holds, answer.reason
    assert "it is false" not in tried(ge(n**2 + 2, 3 * n)).reason


def test_a_polynomial_in_other_generators_is_no_polynomial_of_the_region() -> None:
    found = region(ge(x, 0))
    with pytest.raises(VerifierError, match="other generators"):
        found.poly(found.reader.read(x * y))


def test_an_element_goes_into_the_region_and_back() -> None:
    found = region(ge(x**2 * y - 3, 0))
    assert found.target == found.poly(found.element(found.target))


# -- points ----------------------------------------------------------------------------------


def test_a_descent_finds_what_small_rationals_miss() -> None:
    sliver = (X - fmpq(22, 7)) ** 2 + Y**2 + Z**2 - fmpq(1, 100)
    everywhere = lambda point: True  # noqa: E731
    assert negative_point(sliver, everywhere, strict=False) is None
    point = descended_point(sliver, (), everywhere)
    assert point is not None
    assert sliver(*point) < 0


def test_a_descent_keeps_to_what_is_allowed() -> None:
    allowed = lambda point: point[0] >= 1  # noqa: E731
    point = descended_point(X - Y - 2, (X - 1,), allowed)
    assert point is not None
    assert allowed(point)
    assert descended_point(X, (X,), lambda point: point[0] >= 0) is None


def test_floats_only_doubt_what_is_plainly_false() -> None:
    assert "in floats" in plainly_false(region(ge(sqrt(x), 1), ge(x, 0)))
    assert "" == plainly_false(region(ge(exp(x), 1 + x)))
    assert "" == plainly_false(region(ge(sqrt(x), 1), ge(x, 2)))
    assert "" == plainly_false(region(ge(sqrt(x), log(x)), ge(x, 1)))


def test_conditions_are_shown_for_elements() -> None:
    reader = Reader([ge(x * y, 1)])
    assert established(reader, reader.read(x), "!=") is not None
    assert established(reader, reader.read(x), ">") is None
    assert established(reader, reader.read(x**2 + y**2 - 1), ">") is not None
