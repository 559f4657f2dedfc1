"""**Speeds**: families along which several variables go to their points, each at its own speed.

Powers of one small step, logarithms and exponentials of it; powers that make terms of a sum alike,
and those that make two of them nearly cancel.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import sympy
from sympy import Expr, Matrix, Symbol

from verifier.exact.statements import Relation
from verifier.exact.statements.limit import INFINITE, Approach

Path = dict[Symbol, Expr]
STEP = Symbol("_{step}", real=True)  # the variable of a family, which goes to 0+
SMALL = (STEP, 2 * STEP, STEP**2, 2 * STEP**2, STEP**3, -1 / sympy.log(STEP), sympy.exp(-1 / STEP))
FACTORS = (1, 2, 1 + STEP, 1 - STEP, 1 + STEP**2)


def plain(to: tuple[Approach, ...]) -> Iterator[Path]:
    """Families to the points: powers of one small step on each side, or staying at a point."""
    rows = [list(ways(approach)) for approach in to]
    order = sorted(itertools.product(*(range(len(row)) for row in rows)), key=sum)
    for choice in order:
        path = {a.variable: row[n] for a, row, n in zip(to, rows, choice, strict=True)}
        if any(at.has(STEP) for at in path.values()):
            yield path


def balanced(expr: Expr, to: tuple[Approach, ...]) -> Iterator[Path]:
    """Powers at which terms of a sum are alike: x = h^3, y = h^2 for x^4 + y^6.

    A factor near 1 lets two terms nearly cancel, as for y - x^2.
    """
    for powers in sorted(set(_alike(expr, to)), key=sum):
        for factor in FACTORS:
            small = [STEP**power for power in powers]
            small[-1] *= factor
            yield {a.variable: _near(a, h) for a, h in zip(to, small, strict=True)}


def _alike(expr: Expr, to: tuple[Approach, ...]) -> Iterator[tuple[int, ...]]:
    """Whole powers of the step, one a variable, at which some terms of a sum are of one order."""
    for part in sympy.preorder_traversal(expr):
        terms = part.args if isinstance(part, sympy.Add) else ()
        orders = [row for row in (_orders(term, to) for term in terms) if row is not None]
        for size in range(2, len(to) + 1):
            for rows in itertools.combinations(orders, size):
                moving = [k for k in range(len(to)) if any(row[k] for row in rows)]
                gaps = [[row[k] - rows[0][k] for k in moving] for row in rows[1:]]
                found = Matrix(gaps).nullspace() if len(moving) == size else []
                powers = _whole(list(found[0])) if len(found) == 1 else ()
                if powers:
                    yield tuple(dict(zip(moving, powers, strict=True)).get(k, 1)
                                for k in range(len(to)))  # fmt: skip


def _orders(term: Expr, to: tuple[Approach, ...]) -> list[Expr] | None:
    """The powers of what is small in a term, None where they are no numbers."""
    powers = term.as_powers_dict()
    orders = [powers.get(a.variable, sympy.Integer(0)) * _sign(a) for a in to]
    return orders if all(order.is_Rational for order in orders) else None


def _whole(direction: Sequence[Expr]) -> tuple[int, ...]:
    """Positive whole numbers in this proportion, none if there are no such."""
    scaled = [e / direction[0] for e in direction] if direction[0] != 0 else []
    if not scaled or not all(e.is_Rational and e > 0 for e in scaled):
        return ()
    common = sympy.ilcm(1, *(e.q for e in scaled))
    return tuple(int(e * common) for e in scaled)


def _sign(approach: Approach) -> int:
    """How the power of a variable counts in powers of the step."""
    return -1 if approach.point in INFINITE else int(approach.point == 0)


def _near(approach: Approach, small: Expr) -> Expr:
    if approach.point in INFINITE:
        return (1 if approach.point == sympy.oo else -1) / small
    return approach.point + (-small if approach.side == "-" else small)


def ways(approach: Approach) -> Iterator[Expr]:
    """One variable to its point: at several speeds, on each side that is allowed, or staying."""
    if approach.point in INFINITE:
        yield from ((1 if approach.point == sympy.oo else -1) / small for small in SMALL)
        return
    for small in SMALL:
        for side in approach.sides:
            yield approach.point + (small if side.side == "+" else -small)
    if approach.side == "both":
        yield approach.point


def parameters_at(over: tuple[Symbol, ...], given: Sequence[Relation] = ()) -> Iterator[Path]:
    """Parameters that stand still, or move with the step, to the ends of their ranges too."""
    far = (1 / STEP, 1 / STEP**2, sympy.exp(1 / STEP))
    near = (STEP, *far, *(1 / at for at in far), 1 + STEP, 1 - STEP)
    met = {n for r in given for side in (r.lhs, r.rhs) for n in side.atoms(sympy.Rational)}
    ends = [n + h for n in sorted(met - {0, 1, -1}) for h in (STEP, -STEP)]
    still = (sympy.Integer(2), sympy.Integer(0))
    values = (sympy.Integer(1), *ends, *near, *(-at for at in near), *still)
    for row in itertools.product(values, repeat=len(over)):
        yield dict(zip(over, row, strict=True))
