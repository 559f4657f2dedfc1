"""**dimension**: the local dimension of a real set { f = 0 } at a point on it.

From above by n - r, where r is the rank of the Jacobian at the point. From below by n - r where
that rank is constant nearby, or where the other equations are combinations of r independent ones
(`f_j = sum_i g_ji f_i`), or by `along={x: ...}` with `start={t: ...}`: a part of the set,
parametrised by t and regular at the start. At a critical point of one equation: 0 for a definite
Hessian, n - 1 for a nondegenerate indefinite one (Morse). The negation by the same bounds.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.consequences import assuming_all, outside
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, vanishes
from verifier.derive.jets import Jets, Orders, jets_at, orders_upto
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import NEGATIVE, POSITIVE, Signs
from verifier.derive.kernel.linear import linalg
from verifier.derive.kernel.linear.linalg import Rows
from verifier.derive.nonzero import all_have_values, attempted
from verifier.derive.rules.entrywise import holds
from verifier.derive.rules.rank import no_rules
from verifier.exact.scalars import exact
from verifier.exact.statements import Not, Statement, eq
from verifier.exact.statements.dimension import LocalDimension
from verifier.exact.substitution import names_in, substitute
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("along", "start")
TRIED = 60


@dataclass(frozen=True)
class Bounds:
    """low <= dimension <= high, and why there is no better bound from below."""

    low: int
    high: int
    reason: str = ""

    def decide(self, op: str, dimension: int) -> bool | None:
        """Whether `dimension` is related as stated, or None if the bounds leave it open."""
        sure = {
            "==": self.low == dimension == self.high,
            "<=": self.high <= dimension,
            ">=": self.low >= dimension,
        }
        never = {
            "==": not self.low <= dimension <= self.high,
            "<=": self.low > dimension,
            ">=": self.high < dimension,
        }
        return True if sure[op] else False if never[op] else None


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`dimension` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    claim = statement.statement if isinstance(statement, Not) else statement
    if not isinstance(claim, LocalDimension):
        return refuse("`dimension` reads the local dimension of a set, or the negation.")
    context = outside(assuming_all(context), claim)
    point = dict(zip(claim.variables, claim.point, strict=True))
    on_set = _on_set(claim, point, context)
    if not on_set.holds:
        if isinstance(statement, Not) and on_set.disproof:
            return Discharge(True, f"the point is not on the set: {on_set.reason}")
        return on_set
    bounds, smooth = _bounds(claim, point, context)
    if not smooth.holds:
        return smooth
    return _answer(claim, bounds, wanted=not isinstance(statement, Not))


def _answer(claim: LocalDimension, bounds: Bounds, *, wanted: bool) -> Discharge:
    decided = bounds.decide(claim.op, claim.dimension)
    shown = f"{bounds.low} <= dimension <= {bounds.high}"
    if decided is wanted:
        return Discharge(True, shown)
    if decided is None:
        return refuse(f"only {shown} is shown: {bounds.reason}")
    return Discharge(False, f"{shown}.", disproof=True)


def _on_set(claim: LocalDimension, point: Mapping[Symbol, Expr], context: Context) -> Discharge:
    reader = context.reader()
    values = all_have_values(reader, claim.point)
    moved = (eq(substitute(equation, point), 0) for equation in claim.equations)
    return all_hold((("the point", values), *((str(m), holds(reader, m)) for m in moved)))


def _bounds(
    claim: LocalDimension, point: Mapping[Symbol, Expr], context: Context
) -> tuple[Bounds, Discharge]:
    n = len(claim.variables)
    orders = [order for order in orders_upto(n, 1) if sum(order) == 1]
    jets = jets_at(claim.equations, point, orders, context)
    if not jets.valued.holds:
        return Bounds(0, n), attempted(jets.valued)
    chosen = _independent(jets.reader, jets.rows)
    high = n - len(chosen)
    along = context.by.get("along")
    if along is not None:
        size, found = _parametrised(claim, point, along, context)
        return Bounds(size if found.holds else 0, high, found.reason), Discharge(True)
    critical = None if chosen else _critical(claim, point, context)
    if critical is not None:
        return Bounds(critical, critical), Discharge(True)
    constant = _rank_is_constant(jets, len(chosen)) or _combinations(claim, chosen, context)
    if constant:
        return Bounds(high, high), Discharge(True)
    return Bounds(0, high, "the rank of the Jacobian may grow nearby."), Discharge(True)


def _independent(reader: Reader, rows: Rows) -> tuple[int, ...]:
    """Equations with certainly independent gradients: columns of the transposed Jacobian."""
    for size in range(min(len(rows), len(rows[0])), 0, -1):
        for choice in linalg.choices(rows, size, most=TRIED):
            if 0 not in reader.sign(linalg.determinant(linalg.block(rows, choice))):
                return choice[1]
    return ()


def _critical(claim: LocalDimension, point: Mapping[Symbol, Expr], context: Context) -> int | None:
    """The dimension at a critical point of the one equation, by its Hessian there."""
    n = len(claim.variables)
    if len(claim.equations) != 1:
        return None
    orders = list(orders_upto(n, 2))
    jets = jets_at(claim.equations, point, orders, context)
    known = dict(zip(orders, (row[0] for row in jets.rows), strict=True))
    if not jets.valued.holds or not all(known[o].is_zero for o in orders if sum(o) == 1):
        return None
    unit = [tuple(int(k == i) for k in range(n)) for i in range(n)]
    hessian = [[known[_both(a, b)] for b in unit] for a in unit]

    def signs(places: Sequence[int]) -> Signs:
        minor = linalg.determinant(linalg.block(hessian, (tuple(places), tuple(places))))
        return jets.reader.sign(minor)

    leading = [signs(range(k + 1)) for k in range(n)]
    if all(s == POSITIVE for s in leading) or all(
        s == (NEGATIVE if k % 2 == 0 else POSITIVE) for k, s in enumerate(leading)
    ):
        return 0
    pairs = itertools.combinations(range(n), 2)
    if 0 not in leading[-1] and any(signs(pair) == NEGATIVE for pair in pairs):
        return n - 1
    return None


def _both(one: Orders, two: Orders) -> Orders:
    return tuple(a + b for a, b in zip(one, two, strict=True))


def _rank_is_constant(jets: Jets, rank: int) -> bool:
    """Whether no larger minor is different from zero nearby (constant rank theorem)."""
    return linalg.free_rank(jets.nearby) <= rank


def _combinations(claim: LocalDimension, chosen: Sequence[int], context: Context) -> bool:
    """Whether every equation is a combination of the chosen ones, with polynomial factors."""
    basis = [claim.equations[k] for k in chosen]
    rest = [f for k, f in enumerate(claim.equations) if k not in chosen]
    reader = context.reader()
    for equation in rest:
        if not basis or not all(f.is_polynomial(*claim.variables) for f in (*basis, equation)):
            return False
        factors, _ = sympy.reduced(equation, basis, *claim.variables)
        total = sympy.Add(*(g * f for g, f in zip(factors, basis, strict=True)))
        if not vanishes(reader, equation - total, equation, *factors).holds:
            return False
    return True


def _parametrised(
    claim: LocalDimension, point: Mapping[Symbol, Expr], along: Mapping[Any, Any], context: Context
) -> tuple[int, Discharge]:
    """The number of parameters of a regular part of the set through the point."""
    start = {t: exact(value) for t, value in (context.by.get("start") or {}).items()}
    curve = {v: exact(along[v]) for v in claim.variables if v in along}
    taken = names_in(claim) | set(map(str, claim.variables))
    clash = [str(t) for t in start if str(t) in taken or not isinstance(t, Symbol)]
    if len(curve) < len(claim.variables) or not start or clash:
        text = f"`{clash[0]}` is no new symbol." if clash else "give every variable, and `start`."
        return 0, refuse(f"`along` needs new parameters: {text}")
    names = set(map(str, start))
    free = replace(
        context, hypotheses=tuple(h for h in context.hypotheses if not names & names_in(h))
    )
    reader = free.reader()
    inside = [eq(substitute(equation, curve), 0) for equation in claim.equations]
    meets = [eq(substitute(curve[v], start), point[v]) for v in claim.variables]
    orders = [order for order in orders_upto(len(start), 1) if sum(order) == 1]
    jets = jets_at([curve[v] for v in claim.variables], start, orders, free)
    parts = [(str(relation), holds(reader, relation)) for relation in (*inside, *meets)]
    parts += [("start", all_have_values(reader, tuple(start.values()))), ("regular", jets.valued)]
    found = attempted(all_hold(parts))
    if found.holds and len(_independent(jets.reader, jets.rows)) < len(start):
        found = refuse("the parametrisation is not shown to be regular at its start.")
    return len(start), found


def truth(statement: Statement) -> Truth:
    """The answer for equations without other symbols than their variables."""
    context = Context((), Justification("dimension"), no_rules)
    answer = discharge(statement, context)
    if answer.holds:
        return TRUE
    return FALSE if answer.disproof else unknown(answer.reason)


RULE = Rule(
    "dimension",
    "the local dimension of the set where equations hold, or the negation",
    discharge,
    (LocalDimension,),
    truth,
)
