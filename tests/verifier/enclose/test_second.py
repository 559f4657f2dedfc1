"""**Second opinion**: it agrees with the compiler, and shows a compiler that is wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy
from flint import arb, ctx
from sympy import Expr

from tests.verifier.run.plugins.healthy import CLAIMS
from verifier import Claim, Region, eq, ge, gt
from verifier.check import check
from verifier.enclose.opinions.compared import Opinions, agree, compare_opinions
from verifier.enclose.opinions.intervals import from_rational
from verifier.enclose.opinions.second import evaluate
from verifier.enclose.programs import compile as compiler
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import reals
from verifier.errors import EnclosureDisagreement, UnsupportedError
from verifier.judgement import judge
from verifier.verdict import Verdict

X, Y, Z = sympy.symbols("x y z", real=True)
SOURCE = CLAIMS[0].source


def claim(expr: Expr) -> Claim:
    return Claim("healthy/lem-1", "t", SOURCE, then={"bound": ge(expr, 0)}, given={"x": gt(X, 0)})


def random_expr(chance: random.Random, depth: int) -> Expr:
    if depth == 0:
        return chance.choice([X, Y, sympy.Rational(chance.randint(-9, 9), chance.randint(1, 9))])
    parts = [random_expr(chance, depth - 1) for _ in range(2)]
    kinds: list[Callable[[], Expr]] = [
        lambda: parts[0] + parts[1],
        lambda: parts[0] * parts[1],
        lambda: parts[0] / (1 + parts[1] ** 2),
        lambda: sympy.sqrt(parts[0] ** 2 + 2),
        lambda: sympy.exp(-(parts[0] ** 2)),
        lambda: sympy.log(1 + parts[0] ** 2),
        lambda: sympy.asinh(parts[0]) * sympy.tanh(parts[1]),
        lambda: sympy.sin(parts[0]) + sympy.cos(parts[1]),
        lambda: sympy.atan(parts[0]) + sympy.erf(parts[1]),
        lambda: sympy.Max(parts[0], parts[1]) - sympy.Abs(parts[1]),
        lambda: sympy.Piecewise((parts[0], X > Y), (parts[1], True)),
        lambda: sympy.Derivative(X**2 * sympy.exp(X * Y), X),
        lambda: sympy.Integral(sympy.cos(X * Z), (Z, 0, Y)),
    ]
    return chance.choice(kinds)()


def test_random_expressions_have_two_enclosures_that_meet() -> None:
    chance = random.Random(7)
    compared = 0
    for _ in range(250):
        expr = random_expr(chance, chance.randint(1, 3))
        program = compile_expr(expr, [X, Y])
        for _ in range(3):
            low = [Fraction(chance.randint(-40, 40), chance.randint(1, 20)) for _ in range(2)]
            width = chance.choice([Fraction(0), Fraction(1, 2**20), Fraction(1, 8)])
            ends = [(a, a + width) for a in low]
            compared += agree(expr, program, dict(zip((X, Y), ends, strict=True))) is True
    assert compared > 500


@pytest.mark.parametrize(
    "expr",
    [
        sympy.acosh(1 + X),
        sympy.acot(X) + sympy.sec(X) - sympy.coth(X),
        sympy.Heaviside(X) * sympy.sign(X),
        X ** sympy.Rational(2, 3) + X**sympy.pi,
        sympy.Subs(sympy.Derivative(sympy.sin(Y * Z), Y), Y, X),
        sympy.Integral(sympy.Integral(Y * Z, (Z, 0, Y)), (Y, 0, X)),
    ],
)
def test_every_kind_of_node_is_read(expr: Expr) -> None:
    place = dict.fromkeys(sorted(expr.free_symbols, key=str), (Fraction(1, 3), Fraction(1, 3)))
    assert True is agree(expr, compile_expr(expr, list(place)), place)


@pytest.mark.parametrize(
    "expr",
    [
        sympy.Derivative(sympy.Abs(X), X),
        sympy.gamma(X),
        sympy.Integral(sympy.exp(-Z), (Z, 0, sympy.oo)),
        Y,
    ],
)
def test_what_is_not_read_is_refused(expr: Expr) -> None:
    with pytest.raises(UnsupportedError):
        evaluate(expr, {X: from_rational(1, 3, 64)})


def sabotage(monkeypatch: pytest.MonkeyPatch, vice: str) -> Expr:
    """A compiler with one error, and an expression that it gets wrong."""
    if vice == "sinh is read as cosh":
        monkeypatch.setitem(compiler._UNARY, sympy.sinh, "cosh")
        return sympy.sinh(X) + X
    if vice == "a product loses a relative 2^-40":
        exact: Any = reals.mul
        monkeypatch.setattr(reals, "mul", lambda x, y: exact(x, y) * (1 - arb(2) ** -40))
        return X * sympy.exp(X)
    if vice == "a root of what is negative has a value":
        monkeypatch.setattr(reals, "root", lambda n, x: abs(x).sqrt())
        return sympy.sqrt(-1 - X**2) + 1
    whole: Any = reals.atan
    monkeypatch.setattr(reals, "atan", lambda x: whole(x.mid()).mid())
    return sympy.atan(X)


@pytest.mark.parametrize(
    "vice",
    [
        "sinh is read as cosh",
        "a product loses a relative 2^-40",
        "a root of what is negative has a value",
        "an arc tangent has no rounding error",
    ],
)
def test_a_compiler_that_is_wrong_is_an_error_of_the_claim(
    monkeypatch: pytest.MonkeyPatch, vice: str
) -> None:
    expr = sabotage(monkeypatch, vice)
    evidence = check(claim(expr), sides=["enclose"])
    assert Verdict.ERROR is judge(evidence).verdict
    assert "side `enclose`: EnclosureDisagreement" in evidence.error
    for part in (str(expr), "x = ", "balls give", "intervals give"):
        assert part in evidence.error


def test_the_same_claims_agree_with_the_compiler_as_it_is() -> None:
    found = compare_opinions(claim(sympy.sinh(X) + X * sympy.exp(X) + sympy.atan(X)))
    assert Opinions(agreeing=3) == found


def test_what_has_one_opinion_only_is_counted_apart() -> None:
    assert Opinions(uncompared=3) == compare_opinions(claim(sympy.Derivative(sympy.Abs(X), X)))


def test_a_point_and_a_box_lie_in_the_region_of_the_claim() -> None:
    whole = Claim(
        "healthy/lem-1",
        "t",
        SOURCE,
        then={"bound": eq(sympy.log(X - 3), sympy.acosh(X - 3))},
        regions=[Region(x=(5, 6))],
    )
    assert Opinions(agreeing=4) == compare_opinions(whole)


def test_a_disagreement_names_the_box() -> None:
    program = compile_expr(X + 1, [X])
    with pytest.raises(EnclosureDisagreement, match=r"x in \[1, 2\]"):
        agree(X - 1, program, {X: (Fraction(1), Fraction(2))})


def test_the_evidence_counts_the_samples() -> None:
    before = ctx.prec
    evidence = check(claim(sympy.exp(X) - 1), sides=["enclose"])
    assert before == ctx.prec
    assert evidence.enclose is not None
    assert (3, 0) == (evidence.enclose.agreeing, evidence.enclose.uncompared)
