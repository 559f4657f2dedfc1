"""**Nonzero values**: expressions with a value that is certainly not zero under the hypotheses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import sympy
from sympy import Expr, Symbol

from verifier.derive.context import (
    Discharge,
    all_hold,
    conclude,
    has_value,
    refuse,
    relation_holds,
)
from verifier.derive.kernel.field.constants import constant_sign
from verifier.derive.kernel.field.reader import Reader
from verifier.exact.families import Entry
from verifier.exact.statements import Statement, ne
from verifier.exact.substitution import scalars_in
from verifier.exact.vectors import Inner


def nonzero(reader: Reader, expr: Expr) -> Discharge:
    """Whether `expr` is not zero wherever the hypotheses hold; a number by its ball alone."""
    if expr.free_symbols or expr.is_Rational:
        return relation_holds(reader, ne(expr, 0))
    element, conditions = reader.fresh(expr)
    valued = conclude(reader, conditions)
    if element.is_zero:
        return Discharge(False, f"{expr} is zero.", disproof=valued.holds)
    return refuse(f"the ball of {expr} contains 0.") if 0 in constant_sign(element) else valued


def attempted(answer: Discharge) -> Discharge:
    """An answer that rests on somebody's choice: where that fails, the statement may hold."""
    return replace(answer, disproof=False)


def all_have_values(reader: Reader, *things: Statement | Expr | tuple[object, ...]) -> Discharge:
    """Whether every scalar in `things` has a value wherever the hypotheses hold."""
    return all_hold(
        (f"the value of {expr}", has_value(reader, expr)) for expr in scalars_with_holes(things)
    )


def scalars_with_holes(things: Iterable[object]) -> list[Expr]:
    """The scalars in `things` that are no polynomials, which may have no value somewhere."""
    found = dict.fromkeys(expr for thing in things for expr in scalars_in(thing))
    return [expr for expr in found if not is_polynomial(expr)]


def is_polynomial(expr: Expr) -> bool:
    """Whether the expression is written as a polynomial over Q in symbols and inner products."""
    if expr.is_Rational or isinstance(expr, (Symbol, Inner, Entry)):
        return True
    if expr.is_Add or expr.is_Mul:
        return all(map(is_polynomial, expr.args))
    if isinstance(expr, sympy.Pow):
        power: bool = expr.exp.is_Integer and expr.exp > 0
        return bool(power) and is_polynomial(expr.base)
    return False
