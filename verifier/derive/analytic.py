"""**Analytic expressions** on a convex domain, for which one nonzero value decides almost all.

An analytic function on a connected open set is zero everywhere or on a null set without interior
(identity theorem). What an expression needs in order to be analytic, such as a divisor that is not
zero or a radicand that is positive, must hold at every point of the domain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy
from sympy import Expr, Symbol

from verifier.derive.context import Discharge, all_hold, refuse, relation_holds
from verifier.derive.kernel.field.reader import Reader
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, gt, lt, ne

ENTIRE = (
    sympy.exp,
    sympy.sin,
    sympy.cos,
    sympy.sinh,
    sympy.cosh,
    sympy.tanh,
    sympy.sech,
    sympy.asinh,
    sympy.atan,
    sympy.erf,
    sympy.erfc,
)


def is_analytic(reader: Reader, expr: Expr, variables: Sequence[Symbol]) -> Discharge:
    """Whether `expr` is analytic in `variables` at every point that the reader's facts allow."""
    try:
        needs = dict.fromkeys(needs_of(expr, variables))
    except UnsupportedError as fault:
        return refuse(str(fault))
    return all_hold((f"{expr} needs {need}", relation_holds(reader, need)) for need in needs)


def needs_of(expr: Expr, variables: Sequence[Symbol]) -> Iterator[Relation]:
    """Relations under which `expr` is analytic in `variables` near a point.

    Raises `UnsupportedError` for what is not known to be analytic, such as |x| and Max.
    """
    if not expr.free_symbols & set(variables) or isinstance(expr, Symbol):
        return
    if isinstance(expr, sympy.Pow):
        yield from _power(expr.base, expr.exp, variables)
    elif isinstance(expr, sympy.log):
        yield gt(expr.args[0], 0)
    elif isinstance(expr, (sympy.tan, sympy.sec)):
        yield ne(sympy.cos(expr.args[0]), 0)
    elif isinstance(expr, (sympy.coth, sympy.csch)):
        yield ne(expr.args[0], 0)
    elif isinstance(expr, (sympy.atanh, sympy.asin, sympy.acos)):
        yield gt(expr.args[0], -1)
        yield lt(expr.args[0], 1)
    elif isinstance(expr, sympy.acosh):
        yield gt(expr.args[0], 1)
    elif not isinstance(expr, (sympy.Add, sympy.Mul, *ENTIRE)):
        raise UnsupportedError(f"`{type(expr).__name__}` in {expr} is not known to be analytic.")
    for arg in expr.args:
        yield from needs_of(arg, variables)


def _power(base: Expr, exponent: Expr, variables: Sequence[Symbol]) -> Iterator[Relation]:
    if base == sympy.E or (exponent.is_Integer and exponent >= 0):
        return
    yield ne(base, 0) if exponent.is_Integer else gt(base, 0)


def is_polynomial_in(expr: Expr, variables: Sequence[Symbol]) -> bool:
    """Whether `expr` is written as a polynomial in `variables`, whatever else stands in it."""
    if not expr.free_symbols & set(variables) or isinstance(expr, Symbol):
        return True
    if isinstance(expr, sympy.Pow):
        whole = expr.exp.is_Integer and expr.exp >= 0
        return bool(whole) and is_polynomial_in(expr.base, variables)
    additive = isinstance(expr, (sympy.Add, sympy.Mul))
    return additive and all(is_polynomial_in(arg, variables) for arg in expr.args)
