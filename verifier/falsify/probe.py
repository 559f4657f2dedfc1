"""**Probes**: a claim compiled once, and asked at one exact instance after another.

Rational arithmetic decides where the values are rational, enclosures elsewhere. A statement that
has no value at an instance is undefined there, which is neither true nor false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier.enclose.programs.compile import Program, compile_expr
from verifier.enclose.rings import reals
from verifier.errors import DomainError, ExactnessError, UnsupportedError
from verifier.exact.statements import Relation
from verifier.falsify.instances.instance import Instance
from verifier.falsify.instances.leaf import Numbers, Readings
from verifier.falsify.instances.rational import Evaluators, Inner, Irrational
from verifier.falsify.statements.goal import Goal
from verifier.precision import precision

SEARCH_BITS = (96, 256)
CONFIRM_BITS = (96, 256, 1024)
_AGREEMENT = arb(2) ** -40
_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        ">": operator.gt,
        ">=": operator.ge,
        "<": operator.lt,
        "<=": operator.le,
    }
)


class Status(Enum):
    """What a statement is at one instance; AGREES: two sides of an equality meet in a tiny ball."""

    TRUE = "true"
    FALSE = "false"
    AGREES = "agrees"
    UNKNOWN = "unknown"
    UNDEFINED = "undefined"
    UNASKED = "unasked"

    @property
    def survives(self) -> bool:
        return self in (Status.TRUE, Status.AGREES)


@dataclass(frozen=True)
class Finding:
    """The status, the signed margin (negative: it fails by so much), and both sides if FALSE."""

    status: Status
    lhs: str = ""
    rhs: str = ""
    margin: float | None = None
    distance: str = ""
    reason: str = ""


class Shared:
    """What the relations of one goal have in common: leaves, read once for an instance."""

    def __init__(
        self, goal: Goal, relations: Sequence[Relation], readings: Readings | None = None
    ) -> None:
        sides = [side for r in relations for side in (r.lhs, r.rhs)]
        free = {s for side in sides for s in side.free_symbols if s in goal.leaves}
        symbols = sorted(free, key=str)
        self.places = {symbol: k for k, symbol in enumerate(symbols)}
        self.leaves = [goal.leaves[s] for s in symbols]
        self.evaluators = Evaluators(symbols, sides)
        self.readings = Readings() if readings is None else readings
        self.last: tuple[Numbers, tuple[fmpq, ...]] | None = None

    def values(self, instance: Instance) -> tuple[fmpq, ...]:
        """The values of the leaves; raises `DomainError` where one has none."""
        numbers = self.readings.of(instance)
        if self.last is None or self.last[0] is not numbers:
            self.last = numbers, tuple([numbers.read(leaf) for leaf in self.leaves])
        return self.last[1]


class CompiledRelation:
    """One scalar relation with its leaves; sides are kept apart, so nothing cancels unseen."""

    def __init__(self, relation: Relation, goal: Goal, *, shared: Shared | None = None) -> None:
        self.relation = relation
        self.shared = Shared(goal, (relation,)) if shared is None else shared
        free = relation.lhs.free_symbols | relation.rhs.free_symbols
        self.symbols: list[Symbol] = sorted(free, key=str)
        missing = [s for s in self.symbols if s not in goal.leaves]
        if missing:
            raise UnsupportedError(f"`{missing[0]}` in {relation} has no value in an instance.")
        self.places = [self.shared.places[s] for s in self.symbols]
        self.sides: tuple[Expr, Expr] = (relation.lhs, relation.rhs)
        self.slow = any(side.has(sympy.Integral, sympy.Derivative) for side in self.sides)
        self.exact = [self.shared.evaluators.of(side) for side in self.sides]

    @cached_property
    def programs(self) -> tuple[Program, Program]:
        left, right = (compile_expr(side, self.symbols) for side in self.sides)
        return left, right

    @cached_property
    def guards(self) -> list[_Guard]:
        found = [g for side in self.sides for g in _guards(side, self.symbols)]
        return list({(guard.need, guard.expr): guard for guard in found}.values())

    def at(self, instance: Instance, *, bits: Sequence[int] = SEARCH_BITS) -> Finding:
        """The finding at `instance`, at rising precision until it is decided."""
        try:
            whole = self.shared.values(instance)
        except DomainError as fault:
            return Finding(Status.UNDEFINED, reason=str(fault))
        exactly = self._exactly(whole)
        if exactly is not None:
            return exactly
        values = [whole[k] for k in self.places]
        if any(guard.broken_exactly(values) for guard in self.guards):
            return Finding(Status.UNDEFINED, reason="it has no value there")
        try:
            programs = self.programs
        except (ExactnessError, UnsupportedError) as fault:
            return Finding(Status.UNKNOWN, reason=str(fault))
        finding = Finding(Status.UNKNOWN, reason="no precision was tried")
        for step in bits:
            with precision(step):
                balls = [arb(v) for v in values]
                left, right = [program.run(reals, balls) for program in programs]
                if not (left.is_finite() and right.is_finite()):
                    finding = Finding(Status.UNKNOWN, reason="an enclosure is not finite")
                    continue
                finding = compare(self.relation.op, left, right)
            enough = self.slow and len(bits) <= len(SEARCH_BITS)
            if finding.status in (Status.TRUE, Status.FALSE) or (
                enough and finding.status is Status.AGREES
            ):
                return finding
        if finding.status is Status.UNKNOWN and self._undefined(values):
            return Finding(Status.UNDEFINED, reason="it has no value there")
        return finding

    def is_true(self, instance: Instance) -> bool:
        """Whether it certainly holds at `instance`."""
        left, right = self.exact
        if left is not None and right is not None:
            try:
                values = self.shared.values(instance)
                return bool(_COMPARED[self.relation.op](left(values), right(values)))
            except DomainError:
                return False
            except Irrational:
                pass
        return self.at(instance).status is Status.TRUE

    def _exactly(self, values: tuple[fmpq, ...]) -> Finding | None:
        left, right = self.exact
        if left is None or right is None:
            return None
        try:
            return _compare_rationals(self.relation.op, left(values), right(values))
        except Irrational:
            return None
        except DomainError as fault:
            return Finding(Status.UNDEFINED, reason=str(fault))

    def _undefined(self, values: Sequence[fmpq]) -> bool:
        return any(guard.broken(values) for guard in self.guards)


@dataclass(frozen=True)
class _Guard:
    """A subexpression that must be nonzero, nonnegative or positive for its parent to exist."""

    need: str
    exact: Inner | None
    expr: Expr
    symbols: tuple[Symbol, ...]

    def broken_exactly(self, values: Sequence[fmpq]) -> bool:
        """Whether the need fails in rational arithmetic."""
        if self.exact is None:
            return False
        try:
            x = self.exact(tuple(values))
        except Irrational:
            return False
        except DomainError:
            return True
        if self.need == "nonzero":
            return x == 0
        return x < 0 or (x == 0 and self.need == "positive")

    def broken(self, values: Sequence[fmpq]) -> bool:
        """Whether the need certainly fails."""
        if self.broken_exactly(values):
            return True
        if self.need == "nonzero":
            return False
        if self.program is None:
            return False
        with precision(SEARCH_BITS[-1]):
            return bool(self.program.run(reals, [arb(v) for v in values]) < 0)

    @cached_property
    def program(self) -> Program | None:
        try:
            return compile_expr(self.expr, self.symbols)
        except (ExactnessError, UnsupportedError):
            return None


def compare(op: str, left: arb, right: arb) -> Finding:
    """The finding from enclosures of both sides, at the current precision."""
    d = left - right
    if op in ("==", "!="):
        meet, part = d == 0, d != 0
        true, false = (meet, part) if op == "==" else (part, meet)
    elif op in (">", ">="):
        true, false = (d > 0, d <= 0) if op == ">" else (d >= 0, d < 0)
    else:
        true, false = (d < 0, d >= 0) if op == "<" else (d <= 0, d > 0)
    status = Status.TRUE if true else Status.FALSE if false else Status.UNKNOWN
    if status is Status.UNKNOWN and op == "==" and _tight(d, left):
        status = Status.AGREES
    margin = _signed(op, float(d.mid()))
    if status is not Status.FALSE:
        return Finding(status, margin=margin)
    shown = [side.str(12, radius=False) for side in (left, right, abs(d))]
    return Finding(status, shown[0], shown[1], margin, shown[2])


def _tight(difference: arb, size: arb) -> bool:
    return bool(abs(difference) < _AGREEMENT * (1 + abs(size)))


def _compare_rationals(op: str, left: fmpq, right: fmpq) -> Finding:
    gap = left - right
    margin = _signed(op, _float(gap))
    if _COMPARED[op](gap, 0):
        return Finding(Status.TRUE, margin=margin)
    return Finding(Status.FALSE, str(left), str(right), margin, str(abs(gap)))


def _signed(op: str, difference: float) -> float:
    if op in (">", ">="):
        return difference
    if op in ("<", "<="):
        return -difference
    return -abs(difference) if op == "==" else abs(difference)


def _float(x: fmpq) -> float:
    """The nearest double."""
    try:
        return int(x.p) / int(x.q)
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


def _guards(expr: Expr, symbols: Sequence[Symbol]) -> list[_Guard]:
    """The needs of all parts of `expr` that do not depend on a bound variable."""
    out: list[_Guard] = []
    stack: list[tuple[Any, frozenset[Any]]] = [(expr, frozenset())]
    while stack:
        part, bound = stack.pop()
        if isinstance(part, (sympy.Integral, sympy.Subs)):
            inside = {v[0] for v in part.limits} if isinstance(part, sympy.Integral) else set()
            inside |= set(part.variables)
            stack.append((part.args[0], bound | inside))
            continue
        stack.extend((arg, bound) for arg in part.args)
        need = _need(part)
        base = part.args[0] if need else part
        if need and base.free_symbols <= set(symbols) - bound:
            exact = Evaluators(symbols, (base,)).of(base)
            out.append(_Guard(need, exact, base, tuple(symbols)))
    return out


def _need(part: Expr) -> str:
    if isinstance(part, sympy.log):
        return "positive"
    if isinstance(part, sympy.Pow) and part.exp.is_Rational:
        rooted, inverted = part.exp.q != 1, part.exp.is_negative
        if rooted:
            return "positive" if inverted else "nonnegative"
        return "nonzero" if inverted else ""
    return ""
