"""**Straight-line code**: what it computes is what the interpreter computes."""

from __future__ import annotations

import math
import random

import pytest
import sympy
from flint import acb, arb, ctx, fmpq
from sympy import Rational

from tests.verifier.enclose.test_compile import random_expression
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.straight import complex_code, float_code, real_code
from verifier.enclose.programs.tangent import tangent, with_value
from verifier.enclose.rings import reals
from verifier.enclose.rings.complexes import RINGS
from verifier.errors import UnsupportedError
from verifier.precision import precision

X, Y = sympy.symbols("x y", real=True)


def is_same(one: arb, other: arb) -> bool:
    if not (one.is_finite() and other.is_finite()):
        return one.is_nan() and other.is_nan()
    return bool(one.mid() == other.mid() and one.rad() == other.rad())


def random_program(rng, depth=3):
    extra = rng.choice([sympy.log(X), sympy.sqrt(Y), sympy.tan(X), sympy.Max(X, Y), 1 / X, Y**-3])
    return compile_expr(random_expression(rng, depth) + extra * Rational(2, 7), [X, Y])


def random_values(rng):
    values = [arb(fmpq(rng.randint(-20, 40), 7)) for _ in "xy"]
    width = rng.choice(["0", "1e-20", "1e-3", "1"])
    return [arb(value.mid(), width) if width != "0" else value for value in values]


@pytest.mark.parametrize("seed", range(200))
def test_real_code_gives_the_very_ball_of_the_interpreter(seed):
    rng = random.Random(seed)
    program = random_program(rng)
    code = real_code(program, (program.result,))
    for bits in (24, 64, 200):
        with precision(bits):
            values = random_values(rng)
            assert is_same(program.run(reals, values), code(*values)[0])


@pytest.mark.parametrize("seed", range(100))
def test_value_and_derivative_come_out_of_one_evaluation(seed):
    rng = random.Random(1000 + seed)
    program = random_program(rng)
    found = with_value(program, 0)
    if found is None:
        assert any(step.op == "maximum" for step in program.code)
        return
    change, register = found
    both = real_code(change, (register, change.result))
    with precision(100):
        values = random_values(rng)
        value, rate = both(*values)
        slope = tangent(program, 0).run(reals, values)
        assert is_same(slope, rate)
        assert not slope.is_finite() or is_same(program.run(reals, values), value)


@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize("ring", RINGS, ids=("plain", "analytic"))
def test_complex_code_gives_the_very_ball_of_the_interpreter(seed, ring):
    rng = random.Random(2000 + seed)
    program = random_program(rng, 2)
    code = complex_code(program, ring)
    with precision(80):
        values = [acb(a, b) for a, b in zip(random_values(rng), random_values(rng), strict=True)]
        known, found = program.run(ring, values), code(*values)[0]
        assert known.is_finite() == found.is_finite()
        if known.is_finite():
            assert is_same(known.real, found.real)
            assert is_same(known.imag, found.imag)


@pytest.mark.parametrize("seed", range(60))
def test_doubles_are_near_the_truth(seed):
    rng = random.Random(3000 + seed)
    program = compile_expr(random_expression(rng, 3), [X, Y])
    point = [fmpq(rng.randint(1, 20), 7) for _ in "xy"]
    (found,) = float_code(program, (program.result,))(*(int(v.p) / int(v.q) for v in point))
    known = float(program([arb(v) for v in point], 200))
    assert math.isclose(known, found, rel_tol=1e-6, abs_tol=1e-9)


@pytest.mark.parametrize("expr", [1 / X, sympy.log(X), sympy.sqrt(X - 1), sympy.exp(1000 + X)])
def test_doubles_raise_where_there_is_no_value(expr):
    program = compile_expr(expr, [X])
    code = float_code(program, (program.result,))
    with pytest.raises((ArithmeticError, ValueError)):
        code(0.0)


@pytest.mark.parametrize("expr", [sympy.sin(1 / X), sympy.tanh(sympy.log(X))])
def test_one_undefined_step_makes_all_undefined(expr):
    program = compile_expr(expr + X, [X])
    for value in (arb(0), arb.nan()):
        known = program([value], 64)
        assert is_same(known, real_code(program, (program.result,))(value)[0])


def test_a_step_that_may_be_undefined_is_computed_though_its_value_is_not_used():
    change = tangent(compile_expr(sympy.log(X), [X]), 0)
    code = real_code(change, (change.result,))
    assert code(arb(-2))[0].is_nan()
    assert is_same(arb(1) / 2, code(arb(2))[0])


def test_no_name_of_an_expression_enters_the_source():
    odd = sympy.Symbol("{x): raise SystemExit #}", real=True)
    program = compile_expr(sympy.exp(odd), [odd])
    code = real_code(program, (program.result,))
    assert ("r0", "r1") == code.__code__.co_varnames
    assert not any("SystemExit" in name for name in code.__code__.co_names)


def test_a_program_with_an_integral_is_not_written_out():
    program = compile_expr(sympy.Integral(sympy.sin(Y), (Y, 0, X)), [X])
    with pytest.raises(UnsupportedError, match="elementary"):
        real_code(program, (program.result,))


def test_the_precision_is_the_one_that_is_set():
    program = compile_expr(sympy.exp(X) / 3, [X])
    code = real_code(program, (program.result,))
    before = ctx.prec
    for bits in (30, 300):
        with precision(bits):
            assert bits - 8 <= code(arb(1))[0].rel_accuracy_bits() <= bits + 2
    assert before == ctx.prec
