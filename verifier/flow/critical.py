"""**Critical points**: why a descent has no limit that a tail could bound.

A limit of y' = -grad L is a critical point of L, where its gradient is continuous. Where a linear
combination of the derivatives is never zero there is none; near a saddle or a maximum what stays
cannot be told from what leaves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import arb
from sympy import Add, Expr, Integer, Rational, Symbol

from verifier.derive.context import relation_holds
from verifier.derive.kernel.field.reader import Reader
from verifier.enclose.linear.spectra import largest_eigenvalue
from verifier.enclose.solving.krawczyk import System, solve
from verifier.errors import DomainError, UnsupportedError
from verifier.exact.statements import gt, lt
from verifier.flow.field import Field

_NEAR = 2.0**-8  # of the size of the solution: a critical point that close is named
_JUMPING = ("absolute", "sign", "signum", "maximum", "minimum", "pieces")
_STEPS = 8  # a direction is tried in fractions of this


def is_stationary(loss: Expr, variables: Sequence[Symbol], point: Sequence[Rational]) -> bool:
    """Whether the gradient at an exact point is exactly zero."""
    here = dict(zip(variables, point, strict=True))
    try:
        slopes = [loss.diff(x).xreplace(here) for x in variables]
        return all(_vanishes(slope) for slope in slopes)
    except (UnsupportedError, ZeroDivisionError):
        return False


def no_critical_point(flow: Field, loss: Expr, near: Sequence[arb]) -> str:
    """The direction in which the loss falls everywhere, as text; empty if none was found.

    A gradient that may jump is not looked at: a flow may tend to where it does.
    """
    if any(step.op in _JUMPING for step in flow.bundle.code):
        return ""
    variables = flow.variables
    for direction in _directions(near):
        slope = Add(*(c * loss.diff(x) for c, x in zip(direction, variables, strict=True)))
        for relation, moves in ((lt(slope, 0), "falls"), (gt(slope, 0), "rises")):
            try:
                if relation_holds(Reader(), relation).holds:
                    shown = ", ".join(map(str, direction))
                    return f"the loss {moves} everywhere in the direction ({shown})"
            except UnsupportedError:
                continue
    return ""


def unstable(flow: Field, near: Sequence[arb], *, bits: int) -> str:
    """The saddle or maximum near a point, as text; empty if there is none to be seen."""
    try:
        root = solve(System(flow.programs), near, bits=bits)
    except DomainError:
        return ""
    size = max(1.0, *(float(x.abs_upper()) for x in near))
    away = max(float((x - y).abs_upper()) for x, y in zip(root.balls, near, strict=True))
    if away > _NEAR * size:
        return ""
    # the Hessian is minus the Jacobian of the flow
    hessian = [[-entry for entry in row] for row in flow.jacobian(root.balls)]
    low, high = _extremes(hessian)
    where = ", ".join(x.str(6) for x in root.balls)
    if largest_eigenvalue(hessian) < 0:
        return f"the maximum ({where})"
    if low < 0 and high > 0:
        return f"the saddle ({where}), where curvatures are {_text(low)} and {_text(high)}"
    return ""


def _extremes(matrix: Sequence[Sequence[arb]]) -> tuple[arb, arb]:
    """Curvatures in the directions of the extreme eigenvectors, which only propose."""
    middle = np.array([[float(entry.mid()) for entry in row] for row in matrix])
    _, vectors = np.linalg.eigh((middle + middle.T) / 2)
    found = []
    for k in (0, -1):
        v = [arb(float(c)) for c in vectors[:, k]]
        moved = [sum((a * b for a, b in zip(row, v, strict=True)), arb(0)) for row in matrix]
        found.append(sum((a * b for a, b in zip(moved, v, strict=True)), arb(0)))
    return found[0], found[1]


def _directions(near: Sequence[arb]) -> list[list[Rational]]:
    """Each coordinate, and the direction from the origin."""
    n = len(near)
    units = [[Integer(int(i == j)) for j in range(n)] for i in range(n)]
    middle = [float(x.mid()) for x in near]
    size = max(map(abs, middle))
    if n == 1 or not 0 < size < float("inf"):
        return units
    return [*units, [Rational(round(_STEPS * x / size), _STEPS) for x in middle]]


def _vanishes(value: Expr) -> bool:
    element, conditions = (reader := Reader()).fresh(value)
    return bool(element.is_zero and not reader.open_conditions(list(conditions)))


def _text(value: arb) -> str:
    return str(value.str(3, radius=False))
