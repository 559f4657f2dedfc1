"""**Level sets**: conserved quantities, whose values at the start narrow what is known later.

That a quantity I is conserved is shown exactly. A solution c + d then has I(c + d) = I(start), so

    grad I(xi) . d = I(start) - I(c)

for some xi between, which is a slab across grad I.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, arb_mat
from sympy import Expr, Symbol

from verifier import by
from verifier.derive.context import Context
from verifier.derive.side import rule_named
from verifier.enclose.programs.bundle import Bundle, gradient
from verifier.enclose.programs.compile import compile_expr, compile_margin
from verifier.enclose.programs.program import Program
from verifier.enclose.rings import reals
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, conserved
from verifier.flow.field import Field
from verifier.flow.lohner import BITS, Spread, identity, near_orthogonal
from verifier.precision import precision


@dataclass(frozen=True)
class Levels:
    """Conserved quantities with their gradients, where the margins `wherever` are positive."""

    quantities: Bundle
    slopes: tuple[Bundle, ...]
    wherever: tuple[Program, ...]

    def hold_on(self, box: Sequence[arb]) -> bool:
        """Whether the solution certainly stays where the quantities are conserved."""
        return all(margin.run(reals, box) > 0 for margin in self.wherever)

    def values(self, state: Sequence[arb]) -> list[arb]:
        return self.quantities.run(reals, state)


def levels(field: Field, quantities: Sequence[Expr], where: Sequence[Relation] = ()) -> Levels:
    """The `quantities` that `field` keeps wherever the strict relations `where` hold.

    Raises `UnsupportedError` for one that is not shown to be conserved.
    """
    for relation in where:
        if relation.op not in ("<", ">"):
            raise UnsupportedError(f"`{relation}` is not strict: a flow is seen to keep > and <.")
    rates: Mapping[Symbol, Expr] = dict(zip(field.variables, field.velocities, strict=True))
    for quantity in quantities:
        context = Context(tuple(where), by.conserved, rule_named)
        answer = rule_named("conserved").discharge(conserved(quantity, rates), context)
        if not answer.holds:
            raise UnsupportedError(
                f"It is not shown that the flow keeps\n    {quantity}\n  since {answer.reason}"
            )
    programs = [compile_expr(quantity, field.variables) for quantity in quantities]
    slopes = tuple(Bundle.of(gradient(program)) for program in programs)
    return Levels(Bundle.of(programs), slopes, tuple(_margin(r, field.variables) for r in where))


def _margin(relation: Relation, variables: Sequence[Symbol]) -> Program:
    """A program that is positive where the strict relation holds."""
    low, high = (relation.lhs, relation.rhs) if relation.op == "<" else (relation.rhs, relation.lhs)
    return compile_margin(Relation(">", high, low), variables)


def narrowed(
    spread: Spread,
    kept: Levels,
    values: Sequence[arb],
    *,
    middle: Sequence[arb],
    still: Sequence[bool],
) -> Spread:
    """The deviations from `middle` in `spread` at which the quantities have their `values`.

    Axes along the gradients come first, so that the slabs cut the box where it is cut best.
    """
    gaps = [v - now for v, now in zip(values, kept.values(middle), strict=True)]
    with precision(BITS):
        box = [m + d.union(arb(0)) for m, d in zip(middle, spread.box(), strict=True)]
        rows = [slope.run(reals, box) for slope in kept.slopes]
        if not all(entry.is_finite() for row in rows for entry in row):
            return spread
        frame = _frame(rows, spread, still)
        back = frame.inv()
        rest = (back * spread.along) * spread.start + (back * spread.frame) * spread.rest
        sides = rest.entries()
        for row, gap in zip(rows, gaps, strict=True):
            weights = (arb_mat([row]) * frame).entries()
            sides = _cut(sides, weights, gap)
        n = len(sides)
        return Spread(identity(n), arb_mat(n, 1), frame, arb_mat(n, 1, sides))


def _frame(rows: Sequence[Sequence[arb]], spread: Spread, still: Sequence[bool]) -> arb_mat:
    """Gradients first, then the axes of the spread, without the components that are still."""
    n = len(still)
    moving = [i for i in range(n) if not still[i]]
    columns = [[float(row[i].mid()) for i in moving] for row in rows]
    columns += [[float(spread.frame[i, j].mid()) for i in moving] for j in moving]
    return near_orthogonal(np.array(columns).T, still)


def _cut(sides: Sequence[arb], weights: Sequence[arb], gap: arb) -> list[Any]:
    """The sides of the box of all s with  weights . s  in the ball `gap`."""
    cut = list(sides)
    for j, weight in enumerate(weights):
        if weight.contains(0):
            continue
        terms = [w * s for w, s in zip(weights, cut, strict=True)]
        share = (gap - sum(terms[:j] + terms[j + 1 :], arb(0))) / weight
        if share.is_finite() and share.overlaps(cut[j]):
            cut[j] = cut[j].intersection(share)
    return cut
