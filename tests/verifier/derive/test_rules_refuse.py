"""**Refusals**: each rule says what it reads when it is given something else, and why it stops."""

from __future__ import annotations

import pytest

from verifier import by
from verifier.by import Justification
from verifier.derive.context import Context, Discharge, refuse
from verifier.derive.ground import decide_exactly
from verifier.derive.side import all_rules, rule_named
from verifier.errors import UnsupportedError, VerifierError
from verifier.exact.fields import Coordinates, Potential, radial_field
from verifier.exact.scalars import Q, absolute, derivative, integral, log, real, reals, sqrt
from verifier.exact.statements import (
    Relation,
    Statement,
    conserved,
    eq,
    ge,
    gradient_is,
    gt,
    hessian_map,
    ne,
    negation,
    tends,
)
from verifier.exact.vectors import Space, outer

x, y, t = reals("x y t")
w = Coordinates("w")
u, v = Space().vectors("u v")

# One statement that the rule does not read, and what the refusal says.
FOREIGN: dict[str, tuple[Statement, str]] = {
    "antiderivative": (gt(x, 0), "reads equations only"),
    "conserved": (eq(x, x), "reads conserved quantities only"),
    "derivative": (eq(x, x), "equations with a derivative"),
    "enumeration": (eq(x, x), "needs `over`"),
    "exponents": (eq(x, x), "reads orders"),
    "expanded": (eq(x, x), "say what comes next"),
    "finite_models": (eq(x, x), "about individuals of sorts only"),
    "hessian_map": (eq(x, x), "Hessian-map condition or its negation"),
    "identity": (gt(x, 0), "reads equations only"),
    "index_cases": (eq(x, x), "needs `on`"),
    "induction": (eq(x, x), "on a whole number"),
    "instance": (eq(x, x), "something `for every` value"),
    "introduction": (eq(x, x), "needs the rule for what is left"),
    "invariants": (eq(x, x), "reads the invariants of a flow"),
    "kkt": (eq(x, x), "reads that a point is a minimiser"),
    "lagrange": (hessian_map(radial_field(w, 1)), "reads relations only"),
    "limit": (eq(x, x), "reads limits, growth, `eventually`, and their negations only"),
    "linear": (ne(x, 0), "reads <, <=, >, >= and == between scalars only"),
    "logic": (eq(x, y), "it does not follow"),
    "ode": (eq(x, x), "equations with a derivative"),
    "gram": (eq(x, x), "inequalities between scalars only"),
    "matrix": (gt(x, 0), "equations and properties of matrices"),
    "morse_bott": (eq(x, x), "reads Morse-Bott statements only"),
    "operator": (eq(x, x), "equations of vectors or matrices"),
    "potential": (eq(x, x), "gradients and Hessians of potentials"),
    "sign": (eq(x, x), "inequalities between scalars"),
    "square_root": (gt(x, 0), "equations between scalars"),
    "squeeze": (eq(x, x), "limits in difference, joint and uniform ones only"),
    "substitution": (hessian_map(radial_field(w, 1)), "relations between scalars only"),
    "comparison": (eq(x, x), "inequalities between scalars"),
    "convex": (eq(x, x), "reads that a function is convex"),
    "monotone": (hessian_map(radial_field(w, 1)), "inequalities between scalars"),
    "positivstellensatz": (hessian_map(radial_field(w, 1)), "relations between scalars"),
    "smt": (hessian_map(radial_field(w, 1)), "relations between scalars"),
    "sum_of_squares": (eq(x, x), "inequalities between scalars"),
    "taylor": (eq(x, x), "inequalities between scalars"),
    "termwise": (ne(x, 0), "compares sums or products"),
    "warp": (eq(x, x), "reads the existence of a scalar warp"),
    "witness": (eq(x, x), "reads `there is` only"),
    "definite": (eq(x, x), "reads that an array is positive (semi)definite"),
    "dimension": (eq(x, x), "reads the local dimension of a set"),
    "entrywise": (hessian_map(radial_field(w, 1)), "the same as relations of entries"),
    "feasible": (eq(x, x), "reads that a system has a solution"),
    "generic": (eq(x, x), "reads what holds generically"),
    "independence": (eq(x, x), "reads that functions are independent"),
    "linear_system": (eq(x, x), "reads solvability and least-norm solutions"),
    "margin": (eq(x, x), "is the hard-margin solution"),
    "moments": (hessian_map(radial_field(w, 1)), "reads expectations over a law"),
    "rank": (eq(x, x), "about the rank of an array"),
}

REASONS: tuple[tuple[Statement, Justification, tuple[Relation, ...], str], ...] = (
    (eq(x / x**2, 1 / x), by.identity, (), "divides by"),
    (eq(sqrt(x) ** 3, x * sqrt(x)), by.identity, (), "takes a root of"),
    (eq(log(x) + y, y + log(x)), by.identity, (), "shows that it is positive"),
    (eq(x, y), by.identity, (), "x - y"),
    (ge(x, 0), by.sign, (), "is not decided"),
    (gt(-(x**2) - 1, 0), by.sign, (), "always has the other sign"),
    (eq(absolute(x), x), by.square_root, (), "sign of the right side"),
    (eq(sqrt(x), x), by.square_root, (ge(x, 0),), "the squares differ"),
    (eq(derivative(y, x), 0), by.derivative, (eq(y, x),), "no derivative along it"),
    (eq(integral(t, t, 0, 1), x), by.antiderivative, (), "upper end must be a symbol"),
    (eq(integral(t, t, 0, x), x), by.antiderivative, (), "derivative"),
    (eq(integral(1 / t, t, 1, x), log(x)), by.antiderivative, (), "integrand"),
    (eq(integral(t, t, 0, x), x**2 / 2 + 1), by.antiderivative, (), "value at 0"),
    (tends(1 / x, x, 0, 0), by.limit, (), "the limit is oo"),
    (tends(y / x, x, 0, 0), by.limit, (), "sign"),
    (tends(x, x, 0, x), by.limit, (), "bound by the limit"),
    (hessian_map(radial_field(w, w.norm)), by.hessian_map, (), "i = j"),
    (negation(hessian_map(radial_field(w, w.norm))), by.hessian_map, (), "dimension 1"),
    (gradient_is(Potential(w, radial=w.norm), 1), by.potential, (), "d_i"),
    (conserved(x, {y: x}), by.conserved, (), "says nothing of `x`"),
    (conserved(x**2, {x: y, y: x}), by.conserved, (), "derivative along the flow"),
    (eq(outer(u, v), outer(v, u)), by.operator, (), "coefficient of"),
    (eq(x, 1), by.cases(log(x), 0, by.identity), (), "do not cover all"),
    (eq(absolute(x), x), by.cases(x, 0, by.identity), (), "case x < 0"),
    (eq(real("n"), 1), by.identity, (), "n - 1"),
)


def discharge(statement: Statement, justification: Justification, *given: Relation) -> Discharge:
    context = Context(given, justification, rule_named)
    return rule_named(justification.rule).discharge(statement, context)


def test_every_rule_has_a_statement_that_it_does_not_read() -> None:
    assert {*all_rules()} - {"cases"} == FOREIGN.keys()


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_a_rule_says_what_it_reads(name: str) -> None:
    statement, words = FOREIGN[name]
    answer = discharge(statement, Justification(name))
    assert not answer.holds
    assert words in answer.reason
    assert not answer.disproof


@pytest.mark.parametrize(("statement", "justification", "given", "words"), REASONS, ids=str)
def test_a_refusal_names_what_is_missing(
    statement: Statement, justification: Justification, given: tuple[Relation, ...], words: str
) -> None:
    try:
        answer = discharge(statement, justification, *given)
    except UnsupportedError as fault:
        answer = refuse(str(fault))
    assert not answer.holds
    assert words in answer.reason


def test_a_rule_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(VerifierError, match="no rule `magic`; there are antiderivative"):
        rule_named("magic")


def test_vectors_with_other_coefficients_are_not_told_apart() -> None:
    assert decide_exactly(eq(u, 2 * u)).unknown
    assert decide_exactly(ne(u, 2 * u)).unknown
    assert decide_exactly(eq(u + u, 2 * u)).certain


def test_what_has_no_value_is_neither_true_nor_false() -> None:
    assert decide_exactly(eq(sqrt(-4), 2)).unknown
    assert decide_exactly(gt(log(-2), 0)).unknown
    assert decide_exactly(eq(Q(-8) ** Q(1, 3), -2)).unknown
    assert decide_exactly(tends(sqrt(-x), x, 0, 0)).unknown
