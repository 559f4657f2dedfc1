"""**Sectors** of the plane on each of which a function with kinks along rays is smooth.

A kink where a x + b y = 0 is at two opposite angles. Between neighbouring angles the sign of each
such sum is that in the middle, which balls decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

import sympy
from flint import arb
from sympy import Expr, Symbol, pi

from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import reals
from verifier.errors import DomainError

_KINKS = (sympy.Abs, sympy.sign, sympy.Heaviside, sympy.Max, sympy.Min)


@dataclass(frozen=True)
class Sector:
    """Angles from `first` to `last`, between which the function is `smooth`."""

    first: Expr
    last: Expr
    smooth: Expr


def sectors(expr: Expr, pair: tuple[Symbol, Symbol]) -> list[Sector]:
    """`expr` in two variables, taken apart at its kinks; one sector when it has none.

    Raises `DomainError` for a kink that is not along known lines through the origin.
    """
    lines = {gap: _line(gap, pair) for gap in _gaps(expr, pair)}
    if not lines:
        return [Sector(sympy.S.Zero, 2 * pi, expr)]
    angles = {angle for a, b in lines.values() for angle in _angles(a, b)}
    ordered = sorted(angles, key=lambda angle: _number(angle).mid())
    closed = [*ordered, ordered[0] + 2 * pi]
    found = []
    for first, last in pairwise(closed):
        middle = (first + last) / 2
        cosine, sine = sympy.cos(middle), sympy.sin(middle)
        signs = {gap: _sign(a * cosine + b * sine, gap) for gap, (a, b) in lines.items()}
        found.append(Sector(first, last, _smooth(expr, signs)))
    return found


def _gaps(expr: Expr, pair: tuple[Symbol, Symbol]) -> Iterator[Expr]:
    """The sums whose signs decide which part of a kink applies."""
    for node in sympy.preorder_traversal(expr):
        if isinstance(node, sympy.Piecewise) and node.has(*pair):
            raise DomainError("Pieces of a function of two variables are not taken apart")
        if isinstance(node, _KINKS) and node.has(*pair):
            extreme = isinstance(node, (sympy.Max, sympy.Min))
            yield from (a - b for a, b in combinations(node.args, 2)) if extreme else node.args[:1]


def _line(gap: Expr, pair: tuple[Symbol, Symbol]) -> tuple[Expr, Expr]:
    a, b = (gap.expand().coeff(symbol) for symbol in pair)
    rest = (gap - a * pair[0] - b * pair[1]).expand()
    if rest != 0 or a.free_symbols or b.free_symbols:
        raise DomainError(f"The kink where `{gap}` = 0 is no known line through the mean")
    return a, b


def _angles(a: Expr, b: Expr) -> tuple[Expr, Expr]:
    """Both angles in [0, 2 pi) of the line a cos t + b sin t = 0."""
    angle = sympy.atan2(a, -b)
    angle = angle + pi if _number(angle) < 0 else angle
    angle = sympy.S.Zero if angle == pi else angle
    return angle, angle + pi


def _number(expr: Expr) -> arb:
    value: arb = compile_expr(expr, ()).run(reals, ())
    return value


def _sign(expr: Expr, gap: Expr) -> int:
    value = _number(expr)
    if not (value > 0 or value < 0):
        raise DomainError(f"The kink where `{gap}` = 0 is not told from another")
    return 1 if value > 0 else -1


def _smooth(expr: Expr, signs: Mapping[Expr, int]) -> Expr:
    """Every kink replaced by the part that applies under these signs."""

    def part(node: Expr) -> Expr:
        if isinstance(node, (sympy.Max, sympy.Min)):
            wanted = 1 if isinstance(node, sympy.Max) else -1
            best = node.args[0]
            for other in node.args[1:]:
                gap, turned = best - other, other - best
                sign = signs[gap] if gap in signs else -signs[turned]
                best = best if sign == wanted else other
            return best
        sign = signs[node.args[0]]
        if isinstance(node, sympy.Abs):
            return sign * node.args[0]
        return sympy.Integer(sign if isinstance(node, sympy.sign) else (sign + 1) // 2)

    return expr.replace(lambda node: isinstance(node, _KINKS) and bool(node.free_symbols), part)
