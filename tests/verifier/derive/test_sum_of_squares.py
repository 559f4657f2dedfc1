"""**sum_of_squares**: true inequalities, false ones near the boundary, multipliers, options."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import replace
from typing import Any

import pytest
import sympy
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verifier import Q, by, eq, ge, gt, le, log, lt, ne, reals
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.kernel.squares import semidefinite
from verifier.derive.kernel.squares.certificate import Certificate, ldl
from verifier.derive.kernel.squares.gram import Failure, certify
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError

x, y, z, u, v, w = reals("x y z u v w")
MOTZKIN = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
ROBINSON = (
    x**6 + y**6 + z**6 + 3 * x**2 * y**2 * z**2
    - x**4 * y**2 - x**2 * y**4 - x**4 * z**2 - x**2 * z**4 - y**4 * z**2 - y**2 * z**4
)  # fmt: skip
RING = fmpq_mpoly_ctx.get(("x", "y"), Ordering.degrevlex)
X, Y = RING.gens()


def tried(statement: Any, *given: Any, by: Justification = by.sum_of_squares) -> Discharge:
    return rule_named("sum_of_squares").discharge(statement, Context(given, by, rule_named))


def times(multiplier: Any, **options: Any) -> Justification:
    return by.sum_of_squares(multiplier=multiplier, **options)


TRUE = {
    "quartic form": (ge(2 * x**4 + 2 * x**3 * y - x**2 * y**2 + 5 * y**4, 0),),
    "other direction": (le(2 * x * y, x**2 + y**2),),
    "a square": (ge(x**2 + Q(1, 4), x),),
    "rational zeros": (ge((3 * x - 2) ** 2 * (x + 5 * y) ** 2, 0),),
    "irrational zeros": (ge((x**2 - 2) ** 2 + (x * y - 3) ** 2, 0),),
    "one irrational zero": (ge((2 * x**3 + 2 * x**2 - 2 * x + 1) ** 2 * (x**2 + 1), 0),),
    "zeros on a curve": (ge((x**3 - y**2) ** 2, 0),),
    "arithmetic and geometric mean": (ge(x**6 + y**6 + z**6, 3 * x**2 * y**2 * z**2),),
    "Cauchy and Schwarz": (ge((x**2 + y**2) * (u**2 + v**2), (x * u + y * v) ** 2),),
    "six variables": (ge((x + y + z) ** 2 + (u - v + w) ** 2 + (x * u - y * v) ** 2, 0),),
    "constant": (gt(3, 2),),
    "zero": (ge(x - x, 0),),
    "strict": (gt(x**2 + x * y + y**2 + 1, 0),),
    "strict, close to zero": (gt(x**4 - 4 * x**2 + Q(4001, 1000), 0),),
    "product of bounds": (ge(x * (1 - x), 0), ge(x, 0), le(x, 1)),
    "below a square": (ge(1 - x**4, 0), le(x**2, 1)),
    "strict from a hypothesis": (gt(x + y, 0), gt(x, 0), ge(y, 0)),
    "hypothesis as it is": (gt(x * y - 1, 0), gt(x * y, 1)),
    "on a line": (le(x * y, Q(1, 4)), eq(x + y, 1)),
    "strict on a line": (lt(x * y, Q(1, 3)), eq(x + y, 1)),
    "in a disc": (ge(2 - x - y, 0), le(x**2 + y**2, 2)),
    "other hypotheses are left out": (ge(x**2, 0), gt(log(y), 0), ge(z, 0), ne(x, 0)),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_inequalities_are_proved(name: str) -> None:
    statement, *given = TRUE[name]
    answer = tried(statement, *given)
    assert (True, ()) == (answer.holds, answer.conditions), answer.reason


@pytest.mark.parametrize("multiplier", [x**2 + y**2, x**2 + y**2 + 1])
def test_motzkin_needs_a_multiplier(multiplier: Any) -> None:
    assert not tried(ge(MOTZKIN, 0)).holds
    assert tried(ge(MOTZKIN, 0), by=times(multiplier)).holds
    assert tried(gt(MOTZKIN + Q(1, 100), 0), by=times(multiplier)).holds


def test_robinson_needs_a_multiplier() -> None:
    assert not tried(ge(ROBINSON, 0)).holds
    assert tried(ge(ROBINSON, 0), by=times(x**2 + y**2 + z**2)).holds


FALSE = {
    "Motzkin lowered": (ge(MOTZKIN - Q(1, 1000), 0), "-1/1000"),
    "quartic lowered": (ge(x**4 - 4 * x**2 + 4 - Q(1, 10**9), 0), ""),
    "negative far away": (ge(1 - Q(1, 10**8) * x**4 + x**2, 0), ""),
    "negative in a sliver": (ge((x - Q(7, 19)) ** 2 - Q(1, 10**12), 0), ""),
    "zero is not positive": (gt(x**2 + y**2, 0), "is 0 at x = 0, y = 0"),
    "irrational zero": (gt((x**2 - 2) ** 2, 0), ""),
    "odd": (ge(x**3, 0), "is -1 at x = -1"),
    "indefinite": (ge(x * y, 0), "is -1 at"),
    "constant": (ge(-1, 0), "is -1 at"),
    "empty strict": (gt(x - x, 0), "is 0 at"),
    "no symbols": (gt(2, 3), "is -1"),
}


@pytest.mark.parametrize("multiplier", [1, 1 + x**2 + y**2, x**2 + y**2])
@pytest.mark.parametrize("name", FALSE)
def test_false_inequalities_are_refused(name: str, multiplier: Any) -> None:
    statement, text = FALSE[name]
    answer = tried(statement, by=times(multiplier))
    assert (False, False) == (answer.holds, answer.disproof)
    assert text in answer.reason


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (ge(x, 0), (ge(x, -Q(1, 1000)),)),
        (gt(x, 0), (ge(x, 0),)),
        (gt(x * y, 0), (gt(x, 0), ge(y, 0))),
        (ge(x + y, 1), (ge(x, 0), ge(y, 0))),
        (ge(x, 0), (ge(x**2, 0),)),
        (ge(x, 0), (ne(x, -3), ne(x, -1))),
        (le(x * y, Q(1, 5)), (eq(x + y, 1),)),
        (gt(1 - x**2, 0), (le(x**2, 1),)),
        (gt(x**2 - 2, 0), (ge(x**2, 2),)),
    ],
)
def test_hypotheses_that_are_too_weak_prove_nothing(statement: Any, given: Any) -> None:
    assert not tried(statement, *given).holds
    assert not tried(statement, *given, by=by.sum_of_squares(degree=4)).holds


def test_an_open_witness_respects_strict_and_unequal_hypotheses() -> None:
    assert tried(gt(x, 0), gt(x, 0)).holds
    assert "polynomial hypotheses hold" in tried(ge(x, 0), ne(x, -1), le(x, 1)).reason
    assert "x = -1," not in tried(ge(x, 0), ne(x, -1), le(x, 1)).reason


@pytest.mark.parametrize(
    ("statement", "multiplier", "given"),
    [
        (ge(-(x**2), 0), sympy.Integer(0), ()),
        (ge(x - 20, 0), x - 20, ()),
        (ge(-1 - x**2, 0), sympy.Integer(-1), ()),
        (ge(x + 100, 0), x + 100, ()),
        (ge(x + 100, 0), x + 100, (ge(x, -200),)),
        (ge(y - 20, 0), x, (eq(x, 0),)),
        (ge(y - 20, 0), x**2, (eq(x, 0),)),
        (ge(y - 20, 0), x**2, (le(x**2, 0),)),
    ],
)
def test_a_multiplier_that_may_be_zero_or_negative_hides_nothing(
    statement: Any, multiplier: Any, given: Any
) -> None:
    assert not tried(statement, *given, by=times(multiplier)).holds


def test_a_multiplier_of_unknown_sign_is_named() -> None:
    assert "may be negative" in tried(ge(x + 100, 0), by=times(x + 100)).reason


def test_a_multiplier_may_be_positive_by_hypothesis() -> None:
    assert tried(ge(y, 0), gt(x, 0), ge(x * y, 0), by=times(x)).holds
    assert not tried(ge(y, 0), ge(x, 0), ge(x * y, 0), by=times(x)).holds


def test_a_multiplier_is_shown_nonnegative_by_squares_too() -> None:
    form = 2 * x**4 + 2 * x**3 * y - x**2 * y**2 + 5 * y**4
    assert tried(ge(x**2 + y**2, 0), by=times(form)).holds


@pytest.mark.parametrize(
    ("statement", "options", "text"),
    [
        (eq(x**2, x**2), {}, "inequalities between scalars"),
        (ne(x**2 + 1, 0), {}, "inequalities between scalars"),
        (ge(x**2, 0), {"degre": 2}, "no option `degre`"),
        (ge(x**2, 0), {"degree": Q(2)}, "whole number"),
        (ge(x**2, 0), {"degree": True}, "whole number"),
        (ge(x**4 + 1, 0), {"degree": 2}, "raise `degree`"),
        (ge(10**400 * x**4 + x**3 * y + 10**400 * x**2 * y**2 + y**4, 0), {}, "range of floats"),
    ],
)
def test_what_it_does_not_read_is_refused(statement: Any, options: Any, text: str) -> None:
    answer = tried(statement, by=by.sum_of_squares(**options))
    assert not answer.holds
    assert text in answer.reason


@pytest.mark.parametrize(
    "statement",
    [
        ge(sympy.sqrt(x), 0),
        ge(1 / (x**2 + 1), 0),
        ge(1 / x, 1 / x),
        ge(sympy.pi * x**2, 0),
        ge(x**y, 0),
    ],
)
def test_what_is_no_polynomial_over_the_rationals_is_unsupported(statement: Any) -> None:
    with pytest.raises(UnsupportedError):
        tried(statement)


def test_two_symbols_of_one_name_are_not_confused() -> None:
    other = sympy.Symbol("x", integer=True, positive=True)
    with pytest.raises(UnsupportedError, match="Two symbols"):
        tried(ge(x**2 + other, 2 * x))


def test_a_large_problem_without_a_solver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "clarabel", None)
    monkeypatch.setattr(semidefinite, "OWN", 3)
    with pytest.raises(UnsupportedError, match=r"theorem-verifier\[solvers\]"):
        tried(ge(x**4 + y**4 + z**4 + x * y * z + 1 + x**3 * y, 0))


def test_a_small_problem_needs_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "clarabel", None)
    assert tried(ge(x**4 + y**4 + z**4 + x * y * z + 1 + x**3 * y, 0)).holds


def test_the_solver_proposes_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("clarabel")
    monkeypatch.setattr(semidefinite, "OWN", 0)
    assert tried(ge(x**4 + y**4 + z**4 + x * y * z + 1 + x**3 * y, 0)).holds
    assert tried(ge(MOTZKIN, 0), by=times(x**2 + y**2)).holds
    assert not tried(ge(x**4 + y**4 + z**4 + x * y * z + x**3 * y - 7, 0)).holds


@pytest.mark.parametrize("proposed", [0.0, 1e9, float("nan")])
def test_a_solver_that_lies_proves_nothing(
    proposed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def liar(blocks: Any, parameters: int) -> Any:
        numpy = importlib.import_module("numpy")
        grams = [numpy.eye(len(c)) for c, _ in blocks]
        return semidefinite.Proposal(numpy.full(parameters, proposed), 1.0, grams)

    monkeypatch.setattr(semidefinite, "propose", liar)
    assert not tried(ge(x**4 - 5 * x**2 * y**2 + 6 * y**4 + Q(1, 3) * x**3 * y, 0)).holds
    assert not tried(ge(x**4 - 4 * x**2 + 4 - Q(1, 10**9), 0)).holds


def test_a_certificate_is_plain_data_that_multiplies_out() -> None:
    motzkin = X**4 * Y**2 + X**2 * Y**4 - 3 * X**2 * Y**2 + 1
    found = certify(motzkin, multiplier=X**2 + Y**2)
    assert isinstance(found, Certificate)
    data = json.loads(json.dumps(found.to_json()))
    symbols = {name: sympy.Symbol(name) for name in data["variables"]}
    read = lambda text: sympy.sympify(text.replace("^", "**"), locals=symbols)  # noqa: E731
    total = sum(
        read(part["factor"]) * read(square["weight"]) * read(square["poly"]) ** 2
        for part in data["parts"]
        for square in part["squares"]
    )
    by_gram = sum(
        read(part["factor"]) * read(entry) * read(part["basis"][i]) * read(part["basis"][j])
        for part in data["parts"]
        for i, row in enumerate(part["gram"])
        for j, entry in enumerate(row)
    )
    product = read(data["multiplier"]) * read(data["target"])
    assert 0 == sympy.expand(product - total)
    assert 0 == sympy.expand(product - by_gram)


def test_a_tampered_certificate_does_not_hold() -> None:
    found = certify(X**2 + X * Y + Y**2)
    assert isinstance(found, Certificate)
    assert found.holds()
    assert not replace(found, target=found.target + 1).holds()
    assert not replace(found, parts=found.parts[1:]).holds()
    part = found.parts[0]
    negative = replace(part, squares=((fmpq(-1), X), (fmpq(1), X), *part.squares))
    assert not replace(found, parts=(negative, *found.parts[1:])).holds()


def test_a_bound_is_part_of_a_strict_certificate() -> None:
    found = certify(X**2 + 1, positive=[RING.constant(1)])
    assert isinstance(found, Certificate)
    assert (True, True) == (found.holds(), found.positive)
    assert isinstance(certify(X**2, positive=[RING.constant(1)]), Failure)


@pytest.mark.parametrize(
    ("gram", "semidefinite"),
    [
        ([[1, 1], [1, 1]], True),
        ([[0, 0], [0, 1]], True),
        ([[0, 1], [1, 1]], False),
        ([[1, 2], [2, 3]], False),
        ([[1, 1, 0], [1, 1, 1], [0, 1, 5]], False),
        ([[4, 2, 2], [2, 1, 1], [2, 1, 1]], True),
        ([], True),
    ],
)
def test_ldl_decides_semidefiniteness_exactly(gram: list[list[int]], semidefinite: bool) -> None:
    matrix = [[fmpq(e) for e in row] for row in gram]
    assert semidefinite == (ldl(matrix) is not None)
