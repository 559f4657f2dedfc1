"""**Balls**: ranks of matrices of numbers from below, at rising precision.

The normal form shows what is zero; a number that it does not show to be zero may still be one. A
ball that excludes 0 settles that.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from flint import arb, fmpq
from sympy import Expr

from verifier.errors import UnsupportedError
from verifier.precision import precision

BITS = (128, 512, 2048)
_FUNCTIONS = (
    "exp log sin cos tan sinh cosh tanh asinh acosh atanh asin acos atan erf erfc gamma"
).split()


def ball_rank(rows: Sequence[Sequence[Expr]]) -> int:
    """A lower bound of the rank of a matrix of closed expressions, by elimination in balls.

    A pivot is an entry whose ball excludes 0. The bound is 0 unless every entry has a finite ball,
    which shows that it has a value.
    """
    best = 0
    for bits in BITS:
        with precision(bits):
            table = [[_ball(entry) for entry in row] for row in rows]
            if all(value.is_finite() for row in table for value in row):
                best = max(best, _pivots(table))
        if best == min(len(rows), len(rows[0])):
            break
    return best


def _pivots(table: list[list[arb]]) -> int:
    count, left = 0, list(range(len(table[0])))
    while table and left:
        places = ((i, j) for i in range(len(table)) for j in left)
        size, i, j = max(((table[i][j].abs_lower(), i, j) for i, j in places), key=_largest)
        if not size > 0:
            break
        top = table.pop(i)
        left.remove(j)
        for row in table:
            factor = row[j] / top[j]
            for k in left:
                row[k] -= factor * top[k]
        count += 1
    return count


def _largest(entry: tuple[arb, int, int]) -> float:
    return float(entry[0]) if entry[0].is_finite() else -1.0


def _ball(expr: Expr) -> arb:
    if expr.is_Rational:
        return arb(fmpq(int(expr.p), int(expr.q)))
    if expr == sympy.pi:
        return arb.pi()
    if expr == sympy.E:
        return arb(1).exp()
    if expr.is_Add:
        return sum((_ball(arg) for arg in expr.args), arb(0))
    if expr.is_Mul:
        product = arb(1)
        for arg in expr.args:
            product = product * _ball(arg)
        return product
    if isinstance(expr, sympy.Pow):
        return _power(expr.base, expr.exp)
    if isinstance(expr, sympy.Abs):
        return abs(_ball(expr.args[0]))
    name = type(expr).__name__
    if name in _FUNCTIONS and len(expr.args) == 1:
        return getattr(_ball(expr.args[0]), name)()
    raise UnsupportedError(f"`{name}` in {expr} has no ball here.")


def _power(base: Expr, exponent: Expr) -> arb:
    if exponent.is_Integer:
        value = _ball(base)
        if exponent < 0 and value.contains(0):
            return arb.nan()
        return value ** int(exponent)
    if base == sympy.E:
        return _ball(exponent).exp()
    value = _ball(base)
    if not value > 0:
        return arb.nan()
    return (_ball(exponent) * value.log()).exp()
