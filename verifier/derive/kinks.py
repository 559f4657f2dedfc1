"""**Kinks**: a statement about scalars, shown in every case of the signs that decide its branches.

Where |u|, sign, maxima, minima, steps or pieces have an argument whose sign the hypotheses do not
fix, the statement is shown for u < 0, u = 0 and u > 0 apart, as far as the hypotheses allow them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import sympy
from sympy import Expr
from sympy.core.relational import Relational

from verifier.derive.context import (
    Context,
    Discharge,
    all_hold,
    has_value,
    refuse,
    relation_holds,
)
from verifier.derive.kernel.field.functions.kinks import OpenKinkError
from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.kernel.field.tower import CrowdedError
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.exact.substitution import scalars_in
from verifier.exact.sums import Multiplied, Summed

Decide = Callable[[Statement, Context], Discharge]
OPS = (("<", -1), ("==", 0), (">", 1))
NEGATED = {"<": ">=", "==": "!=", ">": "<="}
NOTHING = Relation("<", sympy.Integer(1), sympy.Integer(0))
MOST = 729  # attempts: six kinks of three cases each
BOUND = (sympy.Integral, sympy.Subs, sympy.Sum, sympy.Product, sympy.Limit, Summed, Multiplied)


@dataclass(frozen=True)
class Kink:
    """The branch changes where `lhs` - `rhs` changes its sign."""

    lhs: Expr
    rhs: Expr


Cases = tuple[tuple[Kink, Relation], ...]


def by_kinks(decide: Decide) -> Decide:
    """The rule `decide`, on each case of the kinks of a relation that it does not show at once."""

    def discharge(statement: Statement, context: Context) -> Discharge:
        if not isinstance(statement, Relation):
            return decide(statement, context)
        return _Splitter(decide, statement).discharge(context, kinks_in(statement, context))

    return discharge


def kinks_in(statement: Relation, context: Context) -> tuple[Kink, ...]:
    """The kinks of a relation, and of what hypotheses equate, inner ones first."""
    exprs = scalars_in(statement)
    equations = [h for h in context.hypotheses if h.op == "==" and type(h) is Relation]
    exprs += [side for equation in equations for side in scalars_in(equation)]
    return tuple(dict.fromkeys(kink for expr in exprs for kink in _kinks(expr)))


def _is_fixed(kink: Kink) -> bool:
    """Whether no index is in it, which may be bound: one case would be taken for all indices."""
    symbols = kink.lhs.free_symbols | kink.rhs.free_symbols
    return not any(symbol.is_integer or str(symbol).startswith("{") for symbol in symbols)


def _kinks(expr: Expr) -> Iterator[Kink]:
    if isinstance(expr, BOUND):
        return
    for arg in expr.args:
        yield from _kinks(arg)
    if isinstance(expr, (sympy.Abs, sympy.sign, sympy.Heaviside)):
        yield Kink(expr.args[0], sympy.Integer(0))
    elif isinstance(expr, (sympy.Max, sympy.Min)):
        yield from (Kink(a, b) for a, b in combinations(expr.args, 2))
    elif isinstance(expr, Relational):
        yield Kink(expr.lhs, expr.rhs)


@dataclass
class _Splitter:
    decide: Decide
    statement: Relation
    attempts: int = 0

    def discharge(self, context: Context, kinks: tuple[Kink, ...], within: Cases = ()) -> Discharge:
        """At once, or else in every case of the first kink that is open; `within` are cases."""
        first, needed = self._attempt(context)
        if first.holds or first.disproof:
            return first
        split = {kink for kink, _ in within}
        for kink in filter(_is_fixed, (*needed, *kinks)):
            cases = None if kink in split else _cases(context, kink)
            if cases is None:
                continue
            rest = tuple(k for k in kinks if k != kink)
            parts = [("the cases", covered(context.reader(), kink.lhs, kink.rhs))]
            for case in cases:
                answer = self._case(context, rest, (*within, (kink, case)))
                parts.append((f"case {case}", answer))
                if not answer.holds:
                    break
            return replace(all_hold(parts), disproof=first.disproof)
        return first

    def _case(self, context: Context, kinks: tuple[Kink, ...], within: Cases) -> Discharge:
        """A case that the others and the hypotheses exclude holds of nothing."""
        inside = context.assuming(within[-1][1])
        empty = _emptied(inside, tuple(case for _, case in within))
        return empty if empty.holds else self.discharge(inside, kinks, within)

    def _attempt(self, context: Context) -> tuple[Discharge, tuple[Kink, ...]]:
        """The answer of the rule, and the kink that it stopped at."""
        self.attempts += 1
        if self.attempts > MOST:
            raise UnsupportedError(f"Its kinks make more than {MOST} cases: split the step.")
        try:
            return self.decide(self.statement, context), ()
        except OpenKinkError as fault:
            return refuse(str(fault)), (Kink(fault.lhs, fault.rhs),)
        except CrowdedError:
            raise
        except UnsupportedError as fault:
            return refuse(str(fault)), ()
        except ZeroDivisionError as fault:
            return refuse(f"it has no value: {fault}."), ()


def covered(reader: Reader, on: Expr, at: Expr) -> Discharge:
    """That on - at has a value, and one of the signs that are known to be possible."""
    possible = reader.sign(reader.fresh(on - at, on, at)[0])
    for op, signs in SIGNS.items():
        if signs == possible:
            return relation_holds(reader, Relation(op, on, at))  # type: ignore[arg-type]
    return has_value(reader, on - at)


def _emptied(context: Context, cases: tuple[Relation, ...]) -> Discharge:
    """Whether the hypotheses contradict each other: added up, or where no sign is left."""
    added = context.rules("linear").discharge(NOTHING, context)
    if added.holds:
        return added
    reader = context.reader()
    for case in cases:
        if not reader.sign(reader.read(case.lhs - case.rhs)):
            other = Relation(NEGATED[case.op], case.lhs, case.rhs)  # type: ignore[arg-type]
            against = relation_holds(reader, other)
            return against if against.holds else Discharge(True)
    return added


def _cases(context: Context, kink: Kink) -> list[Relation] | None:
    """The cases that the hypotheses allow; None where they leave one, or the kink has no value."""
    reader = context.reader()
    try:
        gap, conditions = reader.fresh(kink.lhs - kink.rhs, kink.lhs, kink.rhs)
    except (UnsupportedError, ZeroDivisionError):
        return None
    possible = reader.sign(gap)
    if len(possible) == 1 or reader.open_conditions(conditions):
        return None
    cases = [Relation(op, kink.lhs, kink.rhs) for op, sign in OPS if sign in possible]  # type: ignore[arg-type]
    return [_solved(case, reader) if case.op == "==" else case for case in cases]


def _solved(case: Relation, reader: Reader) -> Relation:
    """An equation solved for a symbol in which it is linear with a rational coefficient."""
    gap = sympy.expand(case.lhs - case.rhs)
    for symbol in sorted(gap.free_symbols, key=str):
        slope = gap.coeff(symbol)
        if symbol.is_integer or not slope.is_Rational or slope == 0:
            continue
        value = sympy.expand(symbol - gap / slope)
        same = reader.read(case.lhs - case.rhs - slope * (symbol - value)).is_zero
        if same and not value.has(symbol):
            return Relation("==", symbol, value)
    return case
