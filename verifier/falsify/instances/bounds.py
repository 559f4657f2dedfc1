"""**Bounds**: what hypotheses say about single scalars, so that instances fit by construction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.errors import DomainError
from verifier.exact.statements import Relation, Statement
from verifier.falsify.instances.instance import Instance
from verifier.falsify.instances.leaf import Leaf, Scalar, leaf_symbol
from verifier.falsify.instances.rational import Evaluator, Irrational, rational_evaluator
from verifier.falsify.instances.signature import Signature
from verifier.falsify.statements.goal import Mode
from verifier.falsify.statements.ground import lower

_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


@dataclass(frozen=True)
class Interval:
    """A range of one scalar; an end that is None is infinite, an open end is not in it."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, x: Fraction) -> bool:
        if self.low is not None:
            gap = x.numerator * self.low.denominator - self.low.numerator * x.denominator
            if gap < 0 or (self.low_open and gap == 0):
                return False
        if self.high is None:
            return True
        gap = self.high.numerator * x.denominator - x.numerator * self.high.denominator
        return gap > 0 or (gap == 0 and not self.high_open)

    def above(self, low: Fraction, *, is_open: bool) -> Interval:
        """The part of it that is above `low`."""
        if self.low is None or low > self.low or (low == self.low and is_open):
            return replace(self, low=low, low_open=is_open)
        return self

    def below(self, high: Fraction, *, is_open: bool) -> Interval:
        """The part of it that is below `high`."""
        if self.high is None or high < self.high or (high == self.high and is_open):
            return replace(self, high=high, high_open=is_open)
        return self


@dataclass(frozen=True)
class Solved:
    """A scalar that an equality hypothesis determines by a rational function of the others."""

    name: str
    leaves: tuple[Leaf, ...]
    evaluator: Evaluator
    gap_leaves: tuple[Leaf, ...]
    gap: Evaluator  # the two sides' difference

    def holds(self, instance: Instance) -> bool:
        """Whether its own value does already, as any x does in x*y = 0 where y = 0."""
        try:
            return self.gap([leaf.value(instance) for leaf in self.gap_leaves]) == 0
        except (Irrational, DomainError):
            return False

    def value(self, instance: Instance) -> Fraction:
        """Its value; raises `Irrational` or `DomainError` where there is none."""
        return self.evaluator([leaf.value(instance) for leaf in self.leaves])


def intervals(hypotheses: Iterable[Statement], signature: Signature) -> dict[str, Interval]:
    """The range of every scalar, norm, integer and dimension from affine hypotheses on it alone."""
    ranges = {str(s): Interval() for s in signature.scalars}
    ranges |= {str(s): Interval(low=Fraction(0)) for s in signature.norms}
    ranges |= {str(s): Interval(low=Fraction(1)) for s in signature.integers}
    ranges |= {name: Interval(low=Fraction(1)) for name in signature.dimensions}
    for statement in hypotheses:
        bound = _affine_bound(statement)
        if bound is not None and str(bound[0]) in ranges:
            name = str(bound[0])
            ranges[name] = _narrowed(ranges[name], bound[1], bound[2])
    return ranges


def solved_scalars(hypotheses: Iterable[Statement], signature: Signature) -> tuple[Solved, ...]:
    """Scalars to compute last, in order, from equality hypotheses that are affine in them."""
    out: list[Solved] = []
    taken: set[Symbol] = set()
    for statement in hypotheses:
        if not _is_scalar_equality(statement) or _affine_bound(statement) is not None:
            continue
        goal = lower(statement, signature, {})
        if goal.mode is not Mode.ALL or len(goal.relations) != 1:
            continue
        difference = goal.relations[0].lhs - goal.relations[0].rhs
        for scalar in (*signature.scalars, *signature.norms):
            symbol = leaf_symbol(Scalar(str(scalar)))
            solution = _solution(difference, symbol)
            if symbol in taken or solution is None:
                continue
            used = sorted(solution.free_symbols, key=str)
            evaluator = rational_evaluator(solution, used)
            every = sorted(difference.free_symbols, key=str)
            gap = rational_evaluator(difference, every)
            if evaluator is None or gap is None:
                continue
            leaves, whole = (tuple(goal.leaves[s] for s in row) for row in (used, every))
            out.append(Solved(str(scalar), leaves, evaluator, whole, gap))
            taken |= difference.free_symbols
            break
    return tuple(out)


def _solution(difference: Expr, symbol: Symbol) -> Expr | None:
    if symbol not in difference.free_symbols or difference.has(sympy.Derivative, sympy.Integral):
        return None
    slope = sympy.expand(difference).diff(symbol)
    if slope == 0 or symbol in slope.free_symbols:
        return None
    return -difference.xreplace({symbol: sympy.Integer(0)}) / slope


def _is_scalar_equality(statement: Statement) -> bool:
    return (
        isinstance(statement, Relation)
        and statement.op == "=="
        and isinstance(statement.lhs, Expr)
        and not (statement.lhs - statement.rhs).has(AppliedUndef)
    )


def _affine_bound(statement: Statement) -> tuple[Symbol, str, Fraction] | None:
    """(x, op, c) when the statement says `x op c` after an affine change."""
    if not isinstance(statement, Relation) or not isinstance(statement.lhs, Expr):
        return None
    difference = statement.lhs - statement.rhs
    if statement.op not in _MIRROR or len(difference.free_symbols) != 1:
        return None
    if difference.has(AppliedUndef, sympy.Derivative, sympy.Integral):
        return None
    (symbol,) = difference.free_symbols
    if not isinstance(symbol, Symbol):
        return None
    slope = difference.diff(symbol)
    start = difference.xreplace({symbol: sympy.Integer(0)})
    if not (slope.is_Rational and start.is_Rational) or slope == 0:
        return None
    at = -start / slope
    op = statement.op if slope > 0 else _MIRROR[statement.op]
    return symbol, op, Fraction(int(at.p), int(at.q))


def _narrowed(interval: Interval, op: str, at: Fraction) -> Interval:
    match op:
        case ">" | ">=":
            return interval.above(at, is_open=op == ">")
        case "<" | "<=":
            return interval.below(at, is_open=op == "<")
    return interval.above(at, is_open=False).below(at, is_open=False)


def dimension_range(ranges: Mapping[str, Interval], name: str, largest: int) -> range:
    """The dimensions up to `largest`, or a few above the bound, that the hypotheses allow."""
    interval = ranges.get(name, Interval(low=Fraction(1)))
    low = 1 if interval.low is None else max(1, int(-(-interval.low // 1)))
    low += int(interval.low_open and interval.low == low)
    high = max(largest, low + 1)
    if interval.high is not None:
        top = int(interval.high // 1)
        high = min(high, top - int(interval.high_open and interval.high == top))
    return range(low, high + 1)
