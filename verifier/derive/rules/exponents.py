"""**exponents**: orders and inequalities between powers of a small (or large) parameter.

Hypotheses that are affine in the exponents make a polyhedron; on each cell of it one term leads,
and coefficients have the signs that the other hypotheses give them. Exponents that satisfy a list
of conditions are found as a rational point, or there are none by Farkas multipliers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Expr, Symbol

from verifier.derive.context import Context, Discharge, Rule, refuse
from verifier.derive.exponents import Conditions, Order, cell_of, free_symbols, why_empty
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.limits.orders import Cell, Verdict
from verifier.derive.kernel.linear.polyhedron import Empty
from verifier.errors import UnsupportedError
from verifier.exact.needs import put
from verifier.exact.statements import Not, Relation, Statement
from verifier.exact.statements.eventually import Eventually
from verifier.exact.statements.growth import Growth
from verifier.exact.statements.logic import And, Exists
from verifier.exact.substitution import names_in
from verifier.verdict import TRUE, Answer, Truth, unknown


def discharge(statement: Statement, context: Context) -> Discharge:
    if context.by.options:
        return refuse(f"`exponents` has no option `{context.by.options[0][0]}`; it has none.")
    match statement:
        case Growth() | Eventually():
            return _everywhere(statement, context)
        case Exists():
            return _somewhere(statement, context)
        case Not(statement=Exists() as some):
            return _nowhere(some, context)
    return refuse("`exponents` reads orders, `eventually`, and that there are exponents or none.")


def _everywhere(statement: Order, context: Context) -> Discharge:
    cell = cell_of(context.hypotheses, free_symbols([statement]))
    start = cell.point()
    if isinstance(start, Empty):
        why = why_empty(start, cell)
        return Discharge(True, f"the hypotheses contradict each other: {why}.")
    conditions = Conditions(context.reader())
    count = 0
    for verdict in conditions.verdicts(statement, cell):
        count += 1
        if verdict.holds is not True:
            return refuse(_against(verdict, statement))
    settled = conditions.settled()
    cases = f"{count:,} case{'' if count == 1 else 's'} of exponents"
    return Discharge(True, cases, settled.conditions) if settled.holds else settled


def _against(verdict: Verdict, statement: Statement) -> str:
    used = {str(symbol) for symbol in free_symbols([statement])}
    values = {s: v for s, v in verdict.cell.values().items() if str(s) in used}
    at = ", ".join(f"{symbol} = {value}" for symbol, value in values.items())
    word = "it fails" if verdict.holds is False else "it is not decided"
    return f"{word}{' at ' + at if at else ''}: {verdict.found}."


def _opened(some: Exists, context: Context) -> tuple[tuple[Statement, ...], tuple[Symbol, ...]]:
    """The conditions and the exponents that they are about."""
    symbols: list[Symbol] = []
    body: Statement = some
    while isinstance(body, Exists):
        if not isinstance(body.variable, Symbol):
            raise UnsupportedError(f"{body.variable} is no exponent.")
        symbols.append(body.variable)
        body = body.body
    parts = body.statements if isinstance(body, And) else (body,)
    taken = {str(symbol) for symbol in symbols}
    for given in (*context.hypotheses, *context.known):
        for name in sorted(taken & names_in(given)):
            raise UnsupportedError(f"`{name}` is bound here and free in {given}: rename it.")
    return parts, tuple(symbols)


def _leaves(
    parts: Sequence[Statement], cell: Cell, conditions: Conditions
) -> Iterator[tuple[Cell, bool | None]]:
    """Cells with whether all parts hold there; those where one fails are left out."""
    if not parts:
        yield cell, True
        return
    for verdict in conditions.verdicts(parts[0], cell):
        if verdict.holds is False:
            continue
        for part, rest in _leaves(parts[1:], verdict.cell, conditions):
            yield part, rest if verdict.holds else None


def _somewhere(some: Exists, context: Context) -> Discharge:
    parts, symbols = _opened(some, context)
    conditions = Conditions(context.reader())
    for cell, holds in _leaves(_relations_first(parts), _start(parts, symbols), conditions):
        if holds:
            values = {s: v for s, v in cell.values().items() if s in symbols}
            return _at(values, parts, context)
    return refuse("no exponents are found.")


def _at(values: dict[Symbol, Expr], parts: Sequence[Statement], context: Context) -> Discharge:
    """The conditions once more, at rational exponents."""
    conditions = Conditions(context.reader())
    for part in parts:
        there = put(part, values, positive=part.bound())
        rest = free_symbols([there])
        for verdict in conditions.verdicts(there, cell_of(context.hypotheses, rest)):
            if verdict.holds is not True:
                return refuse(_against(verdict, there))
    settled = conditions.settled()
    shown = ", ".join(f"{symbol} = {value}" for symbol, value in values.items())
    return Discharge(True, f"at {shown}", settled.conditions) if settled.holds else settled


def _nowhere(some: Exists, context: Context) -> Discharge:
    parts, symbols = _opened(some, context)
    conditions = Conditions(context.reader())
    for cell, holds in _leaves(_relations_first(parts), _start(parts, symbols), conditions):
        word = "they are" if holds else "it is not decided whether they are"
        values = ", ".join(f"{s} = {v}" for s, v in cell.values().items())
        return refuse(f"{word} met at {values}.")
    settled = conditions.settled()
    if not settled.holds:
        return settled
    system = cell_of(part for part in parts if isinstance(part, Relation))
    empty = system.point()
    reason = f"{conditions.cells:,} comparisons of exponents"
    reason = why_empty(empty, system) if isinstance(empty, Empty) else reason
    return Discharge(True, reason, settled.conditions)


def _start(parts: Sequence[Statement], symbols: Sequence[Symbol]) -> Cell:
    return Cell(tuple(sorted({*symbols, *free_symbols(parts)}, key=str)))


def _relations_first(parts: Sequence[Statement]) -> list[Statement]:
    return sorted(parts, key=lambda part: not isinstance(part, Relation))


def truth(statement: Statement) -> Truth:
    """The answer for a statement without free parameters."""
    if free_symbols([statement]):
        return unknown("it has free parameters.")
    conditions = Conditions(Reader())
    verdicts = list(conditions.verdicts(statement, Cell(())))
    settled = conditions.settled()
    if not settled.holds:
        return unknown(settled.reason)
    if all(verdict.holds for verdict in verdicts):
        return TRUE
    bad = next(verdict for verdict in verdicts if not verdict.holds)
    return Truth(Answer.FALSE, bad.found) if bad.holds is False else unknown(bad.found)


RULE = Rule(
    "exponents",
    "orders and inequalities for a small or large parameter",
    discharge,
    decides=(Eventually, Growth),
    truth=truth,
)
