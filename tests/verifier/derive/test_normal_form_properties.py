"""**The normal form against balls**: two thousand random expressions of every class a run.

An element, evaluated generator by generator, meets the enclosure of the expression that it was
read from, wherever its conditions hold; so do its derivatives and signs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random

import pytest
import sympy
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from tests.verifier.derive.element_balls import Evaluator, NoValueError
from tests.verifier.derive.random_functions import (
    CLASSES,
    a,
    between,
    inner,
    m,
    mixed,
    n,
    rational,
    x,
    y,
)
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.functions.kinks import OpenKinkError
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import Condition
from verifier.enclose.decide import ball
from verifier.errors import UnsupportedError
from verifier.exact.scalars import (
    acos,
    acosh,
    asin,
    asinh,
    atan,
    cos,
    cosh,
    derivative,
    erf,
    exp,
    log,
    logistic,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from verifier.exact.statements import Relation

EACH = 230  # expressions of each class
MOST_KINKS = 8
BITS = 200
Values = dict[Symbol, Rational]
classes = pytest.mark.parametrize("name", [*CLASSES, "mixed"])


@dataclass(frozen=True)
class Read:
    """An expression read under hypotheses that hold at a point, and its value there."""

    expr: Expr
    values: Values
    reader: Reader
    element: Element
    conditions: list[Condition]

    def evaluator(self) -> Evaluator:
        return Evaluator({str(s): fmpq(int(v.p), int(v.q)) for s, v in self.values.items()})

    def met(self, evaluator: Evaluator) -> bool:
        """Whether all conditions certainly hold at the point."""
        try:
            return all(evaluator.holds(condition) is True for condition in self.conditions)
        except NoValueError:
            return False


def random_values(random: Random) -> Values:
    values = {s: Rational(random.randint(-7, 7), random.choice((1, 2, 3))) for s in (x, y, a)}
    return values | {s: Rational(random.randint(1, 3)) for s in (n, m)}


def random_hypotheses(random: Random, values: Values) -> list[Relation]:
    """Some of what is true at the point."""
    chosen = []
    for symbol in (x, y, a):
        value, zero = values[symbol], sympy.Integer(0)
        op = ">" if value > 0 else "<" if value < 0 else "=="
        weak = {">": ">=", "<": "<=", "==": ">="}[op]
        chosen += random.choice(([], [Relation(op, symbol, zero)], [Relation(weak, symbol, zero)]))
    return chosen


def read(expr: Expr, values: Values, given: list[Relation]) -> Read | None:
    """The expression, with the case of every kink that the point lies in."""
    for _ in range(MOST_KINKS):
        reader = Reader(given, slots=60)
        try:
            element, conditions = reader.fresh(expr)
            return Read(expr, values, reader, element, conditions)
        except OpenKinkError as kink:
            gap = ball(kink.lhs - kink.rhs, values, bits=BITS)
            if not gap.is_finite() or (gap.contains(0) and not gap.is_zero()):
                return None
            op = ">" if gap > 0 else "<" if gap < 0 else "=="
            given = [*given, Relation(op, kink.lhs, kink.rhs)]
        except (UnsupportedError, ZeroDivisionError):
            return None
    return None


def usable(expr: Expr) -> bool:
    return not expr.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I)


def reads(name: str, count: int, seed: int) -> Iterator[Read]:
    random = Random(f"{name} {seed}")
    make: Callable[[Random], Expr] = CLASSES.get(name, mixed)
    made = 0
    while made < count:
        expr, values = make(random), random_values(random)
        if not usable(expr):
            continue
        found = read(expr, values, random_hypotheses(random, values))
        if found is not None:
            made += 1
            yield found


@classes
def test_an_element_has_the_value_of_its_expression(name: str) -> None:
    compared = 0
    for found in reads(name, EACH, 1):
        evaluator = found.evaluator()
        if not found.met(evaluator):
            continue
        try:
            known = evaluator.value(found.element)
        except NoValueError:
            continue
        expected = ball(found.expr, found.values, bits=BITS)
        if not expected.is_finite():
            continue
        assert expected.overlaps(arb(known)), (found.expr, found.values, found.element)
        if name == "rational":
            exactly = found.expr.xreplace(found.values)
            assert fmpq(int(exactly.p), int(exactly.q)) == known
        compared += 1
    assert EACH // 3 <= compared


@classes
def test_signs_contain_the_sign_of_the_value(name: str) -> None:
    told = 0
    for found in reads(name, 30, 2):
        evaluator = found.evaluator()
        if not found.met(evaluator):
            continue
        signs = found.reader.sign(found.element)
        expected = ball(found.expr, found.values, bits=BITS)
        if not expected.is_finite() or (expected.contains(0) and not expected.is_zero()):
            continue
        assert int(expected.sgn().unique_fmpz()) in signs, (found.expr, found.values, signs)
        told += len(signs) < 3
    assert 1 <= told


@classes
def test_derivatives_have_the_value_of_the_series(name: str) -> None:
    compared = 0
    for found in reads(name, 30, 3):
        held = derivative(found.expr, x)
        slope = read(held, found.values, list(found.reader.learned))
        if slope is None or not slope.met(slope.evaluator()):
            continue
        try:
            known = slope.evaluator().value(slope.element)
        except NoValueError:
            continue
        expected = ball(held, found.values, bits=BITS)
        if expected.is_finite():
            assert expected.overlaps(arb(known)), (found.expr, found.values, slope.element)
            compared += 1
    assert 5 <= compared


def small_expressions() -> list[Expr]:
    """Expressions in x of a few nodes each."""
    functions = (sin, cos, tan, exp, tanh, cosh, sinh, logistic, atan, asinh, sympy.Abs)
    outer = [function(atom) for function in functions for atom in (x, 2 * x, x / 2, -x)]
    roots = [sqrt(1 + x**2), 1 / sqrt(1 + x**2), cos(atan(x)), 1 + exp(x), exp(x) - 1, 1 / x]
    pairs = [one * two for one, two in combinations((*outer[:30], *roots), 2)]
    ratios = [one / two for one, two in combinations(outer[:30], 2)]
    return [e for e in dict.fromkeys((*outer, *roots, *pairs, *ratios)) if usable(e)]


def test_what_the_kernel_calls_a_multiple_is_one() -> None:
    values = {x: Rational(5, 7)}
    reader, forms = Reader(slots=60), {}
    reader.fresh(sin(x / 2) + exp(x / 2))
    for expr in small_expressions():
        element, _ = reader.fresh(expr)
        lead = element.num.leading_coefficient()
        forms.setdefault(element.scaled(1 / lead).key, []).append((expr, lead))
    pairs = [pair for same in forms.values() for pair in combinations(same, 2)]
    for (one, c), (two, d) in pairs:
        known, found = (ball(expr, values, bits=BITS) for expr in (one, two))
        assert (known * arb(d)).overlaps(found * arb(c)), (one, two, c, d)
    assert 300 <= len(pairs)


# Two sides that are equal for all u, v and b, for b between -1 and 1.
IDENTITIES: tuple[Callable[[Expr, Expr, Expr], tuple[Expr, Expr]], ...] = (
    lambda u, v, b: (sin(u) ** 2 + cos(u) ** 2, sympy.Integer(1)),
    lambda u, v, b: (sin(u + v), sin(u) * cos(v) + cos(u) * sin(v)),
    lambda u, v, b: (cos(3 * u), 4 * cos(u) ** 3 - 3 * cos(u)),
    lambda u, v, b: (cos(u), 1 - 2 * sin(u / 2) ** 2),
    lambda u, v, b: (exp(u + v), exp(u) * exp(v)),
    lambda u, v, b: (exp(u), exp(u / 2) * exp(u / 3) * exp(u / 6)),
    lambda u, v, b: (cosh(u) ** 2 - sinh(u) ** 2, sympy.Integer(1)),
    lambda u, v, b: (tanh(u + v) * (1 + tanh(u) * tanh(v)), tanh(u) + tanh(v)),
    lambda u, v, b: (log(1 + exp(u)) - log(1 + exp(-u)), u),
    lambda u, v, b: (asinh(u), log(u + sqrt(1 + u**2))),
    lambda u, v, b: (acosh(1 + u**2), log(1 + u**2 + sqrt((1 + u**2) ** 2 - 1))),
    lambda u, v, b: (asin(b) + acos(b), sympy.pi / 2),
    lambda u, v, b: (sin(2 * atan(u)), 2 * u / (1 + u**2)),
    lambda u, v, b: (cos(asin(b)), sqrt(1 - b**2)),
    lambda u, v, b: (atan(1 / (1 + u**2)), sympy.pi / 2 - atan(1 + u**2)),
    lambda u, v, b: (logistic(u) + logistic(-u), sympy.Integer(1)),
    lambda u, v, b: (erf(u) + erf(-u), sympy.Integer(0)),
    lambda u, v, b: (sympy.Abs(u) * sympy.Abs(v), sympy.Abs(u * v)),
    lambda u, v, b: (sympy.Max(u, v) + sympy.Min(u, v), u + v),
    lambda u, v, b: ((1 + u**2) ** (a + n), (1 + u**2) ** a * (1 + u**2) ** n),
    lambda u, v, b: ((u * v) ** n, u**n * v**n),
    lambda u, v, b: ((-u) ** (2 * n + 1), -((u**n) ** 2) * u),
    lambda u, v, b: (sqrt(u**2 + 2 + 2 * sqrt(1 + u**2)), 1 + sqrt(1 + u**2)),
    lambda u, v, b: (1 / (sqrt(2 + u**2) - sqrt(1 + u**2)), sqrt(2 + u**2) + sqrt(1 + u**2)),
)
BETWEEN = (x / sqrt(1 + x**2), tanh(y), 1 / (2 + x**2), sin(x) / 2)


@pytest.mark.parametrize("number", range(len(IDENTITIES)))
def test_identities_are_found_and_their_neighbours_are_not(number: int) -> None:
    random = Random(number)
    for _ in range(8):
        u, v = (random.choice((inner, lambda r: rational(r, 1)))(random) for _ in range(2))
        lhs, rhs = IDENTITIES[number](u, v, random.choice(BETWEEN))
        if not (usable(lhs) and usable(rhs)):
            continue
        element, _ = Reader(slots=60).fresh(lhs - rhs)
        assert element.is_zero, (lhs, rhs, element)
        off, _ = Reader(slots=60).fresh(lhs - rhs - Rational(1, 10**9))
        assert not off.is_zero


def test_the_evaluator_of_elements_shares_nothing_with_the_kernel() -> None:
    reader = Reader()
    element = reader.read(sqrt(x) + atan(y) * sympy.pi + x**n)
    evaluator = Evaluator({"x": fmpq(4), "y": fmpq(1), "n": fmpq(3)})
    assert evaluator.value(element).overlaps(arb(66) + arb.pi() ** 2 / 4)
    with pytest.raises(NoValueError):
        Evaluator({"x": fmpq(-4), "y": fmpq(1), "n": fmpq(3)}).value(element)
    assert between(Random(0)).free_symbols
