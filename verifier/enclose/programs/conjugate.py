"""**Conjugates**: differences with a square root, known as quotients without cancellation as well.

    a - b = (a^2 - b^2)/(a + b)    where a + b is not 0,

of which a or b is a multiple of a square root. In balls the quotient is often the only one to
keep a sign: sqrt(1 + x^2) - x = 1/(sqrt(1 + x^2) + x).
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy
from sympy import Expr, Rational

from verifier.enclose.programs.compile import Quotients, compile_expr
from verifier.enclose.programs.identity import Ratios
from verifier.errors import UnsupportedError


def quotients_in(expressions: Iterable[Expr]) -> Quotients:
    """Every such difference in the expressions, with its numerator and denominator."""
    sums = {node for whole in expressions for node in whole.atoms(sympy.Add)}
    found = ((node, _quotient(node)) for node in sums)
    return {node: parts for node, parts in found if parts is not None}


def _quotient(whole: Expr) -> tuple[Expr, Expr] | None:
    for term in whole.args:
        factor, root = term.as_coeff_Mul()
        if not (isinstance(root, sympy.Pow) and root.exp == Rational(1, 2)):
            continue
        rest = whole - term
        if (factor > 0) != rest.could_extract_minus_sign():
            continue
        a, b = (term, -rest) if factor > 0 else (rest, -term)
        above = _difference_of_squares(a, b)
        if above is not None:
            return above, a + b
    return None


def _difference_of_squares(a: Expr, b: Expr) -> Expr | None:
    """a^2 - b^2, expanded; None when the expansion is not seen to be equal."""
    whole = a**2 - b**2
    short = sympy.expand(whole, log=False, power_base=False, power_exp=False)
    names = sorted(whole.free_symbols, key=str)
    try:
        program = compile_expr(whole - short, names)
        ratios = Ratios.over([program], ())
        equal = ratios.value(program, ratios.variables).vanishes
    except UnsupportedError:
        return None
    return short if equal else None
