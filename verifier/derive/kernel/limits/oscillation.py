r"""**Oscillation**: what a statement about x -> oo says along x_n at which every wave stands still.

For sines and cosines of c_i x^k + d_i with one k and rational c_i, let r_i = c_i/|c_1|, and L
their common denominator. Along

    x_n^k = (2 pi L n + theta)/|c_1|,     n = 1, 2, ...,

the i-th argument is r_i theta + d_i up to whole turns. What tends to a limit with x does so with
x_n, so that another limit for real n -> oo refutes it.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy
from sympy import Expr, Symbol

from verifier.exact.statements.growth import Growth
from verifier.exact.statements.limit import INFINITE, Approach, Tends

TURNS = Symbol("_{turns}", real=True)  # goes to oo
FAR = Symbol("_{far}", real=True)  # the variable, as one that goes to oo
PHASES = tuple(sympy.pi * n / 2 for n in (1, 0, 2, 3))
POWERS = tuple(sympy.Rational(text) for text in "1 1/2 1/3 2".split())
POINTWISE = (
    *(sympy.Add, sympy.Mul, sympy.Pow, sympy.exp, sympy.log, sympy.sin, sympy.cos),
    *(sympy.Abs, sympy.Max, sympy.Min, sympy.sinh, sympy.cosh, sympy.tanh, sympy.atan),
)
WAVES = (sympy.sin, sympy.cos)
Single = Tends | Growth


def along_periods(statement: Single) -> Iterator[tuple[Single, str]]:
    """Statements that follow from this one, each with its sequence in words."""
    to = statement.to if isinstance(statement, Growth) else statement.to[0]
    if isinstance(statement, Tends) and len(statement.to) > 1:
        return
    if isinstance(statement, Growth) and statement.other.has(*WAVES):
        return
    fixed = (to.point, *([statement.value] if isinstance(statement, Tends) else []))
    if any(part.has(to.variable) for part in fixed):
        return
    for side in to.sides:
        place, expr, rates = _straight(statement.expr, side)
        if not rates or not _is_total(expr):
            continue
        turns = sympy.ilcm(1, *((rate / abs(rates[0])).q for rate in rates))
        for phase in PHASES:
            at = (2 * sympy.pi * turns * TURNS + phase) / abs(rates[0])
            still = _still(expr, phase / abs(rates[0])).xreplace({FAR: at})
            rest = {to.variable: place.xreplace({FAR: at})}
            shown = f"{to.variable} = {rest[to.variable]}".replace(TURNS.name, "n")
            yield _moved(statement, still, rest), shown


def _straight(expr: Expr, side: Approach) -> tuple[Expr, Expr, list[Expr]]:
    """The variable and the expression in a power of `FAR` in which the arguments are linear."""
    for power in POWERS:
        place = _place(side).xreplace({FAR: FAR**power})
        moved = expr.xreplace({side.variable: place})
        rates = _rates(moved)
        if rates:
            return place, moved, rates
    return side.variable, expr, []


def _place(side: Approach) -> Expr:
    if side.point in INFINITE:
        return FAR if side.point == sympy.oo else -FAR
    return side.point + (1 if side.side == "+" else -1) / FAR


def _rates(expr: Expr) -> list[Expr]:
    """The rational slopes of the arguments, none if one is not linear."""
    slopes = [sympy.expand(wave.args[0]).diff(FAR) for wave in _waves(expr)]
    return slopes if all(slope.is_Rational and slope != 0 for slope in slopes) else []


def _waves(expr: Expr) -> list[Expr]:
    found = (wave for wave in expr.atoms(*WAVES) if wave.has(FAR))
    return sorted(found, key=sympy.default_sort_key)


def _is_total(expr: Expr) -> bool:
    """Whether all is taken at one place, and no wave where it could have no value.

    A derivative or an integral is about other places too; a divisor, a root and a logarithm have
    no value somewhere.
    """
    for part in sympy.preorder_traversal(expr):
        if not (part.is_Atom or isinstance(part, POINTWISE)):
            return False
        power = isinstance(part, sympy.Pow) and not (part.exp.is_Integer and part.exp > 0)
        held = part.args if power and part.base is not sympy.E else ()
        held = part.args if isinstance(part, sympy.log) else held
        if any(_waves(arg) for arg in held):
            return False
    return True


def _still(expr: Expr, phase: Expr) -> Expr:
    """The expression with its waves at `FAR` = phase."""
    return expr.xreplace({wave: wave.xreplace({FAR: phase}) for wave in _waves(expr)})


def _moved(statement: Single, expr: Expr, rest: dict[Symbol, Expr]) -> Single:
    if isinstance(statement, Growth):
        other = statement.other.xreplace(rest)
        return Growth(expr, other, Approach(TURNS, sympy.oo), statement.sense)
    return Tends(expr, statement.value, (Approach(TURNS, sympy.oo),))
