"""**comparison**: f >= g from one point on, by the value there and a chain of derivatives.

Options: `variable`; `at`, the point a where the comparison starts, 0 unless given; `order`, how
many derivatives may be taken, 6 unless given. With h = f - g, and a <= x by the hypotheses,

    h >= 0 on [a, x]   if   h(a) >= 0 and h' >= 0 on (a, x),

and h' >= 0 on (a, x) by its sign, or if h'(a) >= 0 and h'' >= 0 on (a, x), and so on. A strict
statement needs one strict step: a positive value at a, or a < x and a positive last derivative.
Below a the signs of odd derivatives change. Where x may lie on both sides, each is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sympy import Expr, Symbol

from verifier.derive.between import INSIDE, Between, by_oracle, shown
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    conclude,
    is_scalar,
    refuse,
    vanishes,
)
from verifier.derive.kernel.field.tower import NONNEGATIVE, NONPOSITIVE
from verifier.errors import ExactnessError
from verifier.exact.scalars import derivative, exact
from verifier.exact.statements import Relation, Statement, ge, gt, le, lt, ne

OPTIONS = ("at", "order", "variable")
ORDER = 6
Sense = Literal[1, -1]
Decide = Callable[[Relation, Context], Discharge]


@dataclass(frozen=True)
class Chain:
    """h >= 0, or > 0 where `strict`, between `at` and the variable, which lies on `side` of it.

    `decide` answers for one relation in a context.
    """

    at: Expr
    side: Sense
    between: Between
    order: int
    decide: Decide

    @property
    def inside(self) -> Context:
        return self.between.running(left=False, right=False)

    def start(self, expr: Expr, sign: Sense, *, strict: bool) -> Discharge:
        """sign * expr >= 0, or > 0, at the point where the comparison starts."""
        try:
            value = exact(expr.xreplace({INSIDE: self.at}))
        except ExactnessError as fault:
            return refuse(str(fault))
        return self.decide(signed(value, sign, strict=strict), self.between.context)

    def level(self, expr: Expr, sign: Sense, depth: int, *, strict: bool) -> Discharge:
        """sign * expr >= 0, or > 0, inside, where expr is the derivative of order `depth`."""
        here = self.decide(signed(expr, sign, strict=strict), self.inside)
        if here.holds or depth == self.order:
            return here
        right = self.side > 0
        smooth = self.between.is_analytic(expr, left=right, right=not right)
        if not smooth.holds:
            return refuse(f"at {self.at}, {smooth.reason}")
        weak = self.start(expr, sign, strict=False)
        if not weak.holds:
            return refuse(f"{here.reason}\n  and at {self.at}, {weak.reason}")
        at_least = [(f"the derivative of order {depth} at {self.at}", weak)]
        if strict:
            positive = self.start(expr, sign, strict=True)
            if positive.holds:
                return self.then(expr, sign, depth, [("the start", positive)], strict=False)
        return self.then(expr, sign, depth, at_least, strict=strict)

    def then(
        self,
        expr: Expr,
        sign: Sense,
        depth: int,
        parts: list[tuple[str, Discharge]],
        *,
        strict: bool,
    ) -> Discharge:
        """The next derivative, which sympy proposes and the kernel compares."""
        slope = exact(expr.diff(INSIDE))
        reader = self.inside.reader()
        taken = derivative(expr, INSIDE)
        same = vanishes(reader, taken - slope, taken, slope)
        following: Sense = 1 if sign == self.side else -1
        if not same.holds:
            return refuse(f"{slope} is not the derivative of {expr}: {same.reason}")
        below = self.level(slope, following, depth + 1, strict=strict)
        return all_hold([*parts, ("the derivative", same), (f"order {depth + 1}", below)])


def signed(expr: Expr, sign: Sense, *, strict: bool) -> Relation:
    if sign > 0:
        return gt(expr, 0) if strict else ge(expr, 0)
    return lt(expr, 0) if strict else le(expr, 0)


def discharge(statement: Statement, context: Context) -> Discharge:
    if (
        not isinstance(statement, Relation)
        or not is_scalar(statement.lhs)
        or statement.op in ("==", "!=")
    ):
        return refuse("`comparison` reads inequalities between scalars only.")
    unknown = sorted({name for name, _ in context.by.options} - set(OPTIONS))
    if unknown:
        return refuse(f"`comparison` has no option `{unknown[0]}`; it has {', '.join(OPTIONS)}.")
    variable, order = context.by.get("variable"), context.by.get("order", ORDER)
    if not isinstance(variable, Symbol):
        return refuse("`comparison` needs a variable: by.comparison(variable=x, at=0).")
    if type(order) is not int or order < 1:
        return refuse(f"`order` is a whole number of at least 1, got {order!r}.")
    at = exact(context.by.get("at", 0))
    if at.has(variable):
        return refuse(f"`at` may not depend on {variable}, got {at}.")
    return _on_each_side(statement, variable, at, order, context)


def _on_each_side(
    statement: Relation, variable: Symbol, at: Expr, order: int, context: Context
) -> Discharge:
    reader = context.reader()
    gap, conditions = reader.fresh(variable - at, at)
    placed = conclude(reader, conditions)
    if not placed.holds:
        return placed
    signs = reader.sign(gap)
    if signs <= NONNEGATIVE:
        return _compared(statement, variable, at, 1, order, context)
    if signs <= NONPOSITIVE:
        return _compared(statement, variable, at, -1, order, context)
    sides: tuple[tuple[Relation, Sense], ...] = ((ge(variable, at), 1), (le(variable, at), -1))
    return all_hold(
        (str(case), _compared(statement, variable, at, side, order, context.assuming(case)))
        for case, side in sides
    )


def _compared(
    statement: Relation, variable: Symbol, at: Expr, side: Sense, order: int, context: Context
) -> Discharge:
    gap = statement.lhs - statement.rhs
    if statement.op in ("<", "<="):
        gap = statement.rhs - statement.lhs
    h = gap.xreplace({variable: INSIDE})
    between = Between.of(*((at, variable) if side > 0 else (variable, at)), context)
    sides = [part.xreplace({variable: INSIDE}) for part in (statement.lhs, statement.rhs)]
    smooth = all_hold(
        [
            ("smooth inside", between.is_analytic(h, left=False, right=False)),
            *((f"continuous: {part}", between.is_continuous(part)) for part in sides),
        ]
    )
    if not smooth.holds:
        return smooth
    answer = refuse("")
    for decide in (by_oracle, shown):
        chain = Chain(at, side, between, order, decide)
        answer = _from_start(statement, variable, h, chain)
        if answer.holds:
            return all_hold([("smooth", smooth), ("chain", answer)])
    return answer


def _from_start(statement: Relation, variable: Symbol, h: Expr, chain: Chain) -> Discharge:
    weak = chain.start(h, 1, strict=False)
    if not weak.holds:
        return refuse(f"at {variable} = {chain.at}, {weak.reason}")
    if statement.op not in ("<", ">"):
        return chain.then(h, 1, 0, [("the start", weak)], strict=False)
    positive = chain.start(h, 1, strict=True)
    if positive.holds:
        return chain.then(h, 1, 0, [("the start", positive)], strict=False)
    apart = by_oracle(ne(variable, chain.at), chain.between.context)
    if not apart.holds:
        return refuse(f"at {variable} = {chain.at}, {positive.reason}")
    return chain.then(h, 1, 0, [("the start", weak), ("apart", apart)], strict=True)


RULE = Rule("comparison", "an inequality between functions of one variable", discharge)
