"""**Decisions at a point**: a scalar relation at exact values, with as many bits as it takes.

Balls decide what they separate. An equality is never concluded from balls that overlap.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from operator import eq, ge, gt, le, lt, ne

import sympy
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from verifier.enclose.programs.compile import compile_expr, compile_margin
from verifier.enclose.programs.program import Program
from verifier.errors import ExactnessError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation
from verifier.precision import precision
from verifier.verdict import FALSE, TRUE, Truth, unknown

Values = Mapping[Symbol, Rational]
_COMPARE = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_RATIONAL_NODES = (sympy.Rational, Symbol, sympy.Add, sympy.Mul, sympy.Pow, sympy.Abs)


def decide(
    relation: Relation, values: Values | None = None, *, bits: int = 128, max_bits: int = 4096
) -> Truth:
    """Whether `relation` holds at exact `values`, which must name every free symbol.

    Precision doubles from `bits` to `max_bits`. An equality is FALSE or unknown, unless both
    sides are rational numbers. Raises `UnsupportedError` as the compiler does.
    """
    symbols, points = _exact_values(values)
    program = compile_margin(relation, symbols)
    last = arb.nan()
    for step in _doubling(bits, max_bits):
        last = _at(program, points, step)
        answer = from_margin(relation.op, last)
        if answer is not None:
            return answer
        exactly = _between_rationals(relation, values or {}) if step == bits else None
        if exactly is not None:
            return exactly
    if not last.is_finite():
        return unknown(f"`{relation}` has no value {_place(values)}.")
    return unknown(f"`{relation}` agrees to {agreement(last)} {_place(values)}.")


def margin(relation: Relation, values: Values | None = None, *, bits: int = 128) -> arb:
    """lhs - rhs enclosed at exact `values` with `bits` of mantissa; NaN where undefined."""
    symbols, points = _exact_values(values)
    return _at(compile_margin(relation, symbols), points, bits)


def ball(expr: Expr, values: Values | None = None, *, bits: int = 128) -> arb:
    """`expr` enclosed at exact `values` with `bits` of mantissa; NaN where undefined."""
    symbols, points = _exact_values(values)
    return _at(compile_expr(expr, symbols), points, bits)


def from_margin(op: str, gap: arb) -> Truth | None:
    """What the ball `gap` of lhs - rhs says about `lhs op rhs`; None when it says nothing."""
    if not gap.is_finite():
        return None
    match op:
        case "<":
            return TRUE if gap < 0 else FALSE if gap >= 0 else None
        case "<=":
            return TRUE if gap <= 0 else FALSE if gap > 0 else None
        case ">":
            return TRUE if gap > 0 else FALSE if gap <= 0 else None
        case ">=":
            return TRUE if gap >= 0 else FALSE if gap < 0 else None
    if gap.contains(0):
        return None
    return FALSE if op == "==" else TRUE


def agreement(gap: arb) -> str:
    """An upper bound of |gap| as a power of ten, such as `1e-38`; `nan` when there is none."""
    size = gap.abs_upper()
    if not size.is_finite():
        return "nan"
    if size.is_zero():
        return "0"
    mantissa, exponent = size.man_exp()
    return f"1e{floor(log10(int(mantissa)) + int(exponent) * log10(2) + 1e-9) + 1}"


def _doubling(bits: int, max_bits: int) -> list[int]:
    steps = [bits]
    while steps[-1] * 2 <= max_bits:
        steps.append(steps[-1] * 2)
    return steps


def _exact_values(values: Values | None) -> tuple[tuple[Symbol, ...], tuple[fmpq, ...]]:
    points = []
    for symbol, value in (values or {}).items():
        number = exact(value)
        if not number.is_Rational:
            raise ExactnessError(f"`{symbol}` = {number} is no rational: give an exact fraction.")
        points.append(fmpq(int(number.p), int(number.q)))
    return tuple(values or ()), tuple(points)


def _at(program: Program, points: tuple[fmpq, ...], bits: int) -> arb:
    with precision(bits):
        return program([arb(point) for point in points], bits)


def _between_rationals(relation: Relation, values: Values) -> Truth | None:
    """The exact answer when both sides are rational numbers at `values`, else None."""
    sides = []
    for side in (relation.lhs, relation.rhs):
        if not all(_is_rational_node(node) for node in sympy.preorder_traversal(side)):
            return None
        number = side.xreplace({symbol: exact(value) for symbol, value in values.items()})
        if not isinstance(number, Rational):
            return None
        sides.append(number)
    holds = _COMPARE[relation.op](*sides)
    return TRUE if holds else FALSE


def _is_rational_node(node: Expr) -> bool:
    if isinstance(node, sympy.Pow):
        return bool(node.exp.is_Integer)
    return isinstance(node, _RATIONAL_NODES)


def _place(values: Values | None) -> str:
    if not values:
        return "here"
    return "at " + ", ".join(f"{symbol} = {value}" for symbol, value in values.items())
