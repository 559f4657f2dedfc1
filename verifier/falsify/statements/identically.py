"""**Hypotheses on abstract functions**: what a polynomial must satisfy at every argument.

A hypothesis such as f'(r) = k(r) f(r) is about the functions, not about one point. An equality must
hold identically, an inequality on the whole range of the argument.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.exact.statements import Relation, Statement
from verifier.exact.substitution import scalars_in
from verifier.exact.vectors import Inner
from verifier.falsify.instances.bounds import Interval
from verifier.falsify.instances.instance import Instance
from verifier.falsify.instances.leaf import rational
from verifier.falsify.statements.ground import close


def mentions_functions(statement: Statement) -> bool:
    """Whether an abstract function of one variable occurs in it."""
    return any(expr.has(AppliedUndef) for expr in scalars_in(statement))


def holds_identically(
    relation: Relation, instance: Instance, ranges: Mapping[str, Interval]
) -> bool:
    """Whether `relation` certainly holds for every argument of its functions; False if in doubt."""
    applied = {f for expr in scalars_in(relation) for f in expr.atoms(AppliedUndef)}
    if any(f.has(Inner) for f in applied):
        return False
    running: set[Symbol] = set().union(*(f.free_symbols for f in applied))
    opened = close(relation, instance, kept=running)
    if not isinstance(opened, Relation):
        return False
    difference = sympy.cancel(sympy.together(opened.lhs - opened.rhs))
    if opened.op == "==":
        return bool(difference == 0)
    if len(running) != 1:
        return False
    (symbol,) = running
    return _keeps_its_sign(difference, symbol, ranges.get(str(symbol), Interval()))


def _keeps_its_sign(expr: Expr, symbol: Symbol, interval: Interval) -> bool:
    """No root of numerator or denominator lies in the closed interval."""
    low = None if interval.low is None else rational(interval.low)
    high = None if interval.high is None else rational(interval.high)
    for part in sympy.fraction(expr):
        if not part.is_polynomial(symbol):
            return False
        poly = sympy.Poly(part, symbol)
        if not all(c.is_Rational for c in poly.all_coeffs()):
            return False
        if poly.is_zero or (poly.degree() > 0 and poly.count_roots(low, high) > 0):
            return False
    return True
