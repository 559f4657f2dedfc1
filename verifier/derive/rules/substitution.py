"""**substitution**: a relation after x := r(p, q), where p and q are given by x and reach every x.

Options: the symbols that are replaced, each with its expression in new symbols; `inverse` maps
each new symbol to an expression in the old ones; `given` are relations in the new symbols, shown
through the inverse first; `then` is the rule for what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Symbol

from verifier import by
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    has_value,
    is_scalar,
    refuse,
)
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, eq
from verifier.exact.substitution import bound_names, names_in, scalars_in, substitute

RESERVED = ("given", "inverse", "then")


@dataclass(frozen=True)
class _Change:
    """x := r(p), with the inverse p = s(x)."""

    forward: Mapping[Symbol, Expr]
    inverse: Mapping[Symbol, Expr]


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or not is_scalar(statement.lhs):
        return refuse("`substitution` reads relations between scalars only.")
    change = _change(statement, context)
    fault = next(_faults(statement, context, change), "")
    if fault:
        return refuse(fault)
    given = tuple(context.by.get("given", ()))
    reached = all_hold(_reaches(change, given, context))
    if not reached.holds:
        return replace(reached, disproof=False)
    moved = tuple(substitute(h, change.forward) for h in context.hypotheses if type(h) is Relation)
    inner = replace(context, hypotheses=(*moved, *given), known=())
    then = context.by.get("then", by.identity)
    answer = context.rules(then.rule).discharge(
        substitute(statement, change.forward), inner.with_rule(then)
    )
    both = all_hold((("the substitution", reached), (f"by {then}", answer)))
    return replace(both, disproof=False, certified=False)


def _change(statement: Relation, context: Context) -> _Change:
    """The symbols of the statement and the hypotheses with the names of the options."""
    options = {name: value for name, value in context.by.options if name not in RESERVED}
    scalars = [s for thing in (statement, *context.hypotheses) for s in scalars_in(thing)]
    symbols = {str(s): s for expr in scalars for s in expr.free_symbols}
    old = {symbols.get(name, Symbol(name, real=True)): exact(v) for name, v in options.items()}
    inverse = dict(context.by.get("inverse") or {})
    return _Change(old, {new: exact(value) for new, value in inverse.items()})


def _faults(statement: Relation, context: Context, change: _Change) -> Iterator[str]:
    """Why the expressions cannot be a change of variables here."""
    old, new = set(change.forward), set(change.inverse)
    if not old or not new:
        yield "`substitution` needs what is replaced, and the `inverse` of every new symbol."
    for symbol in sorted(old | new, key=str):
        if not isinstance(symbol, Symbol) or symbol != Symbol(str(symbol), real=True):
            yield f"`{symbol}` is no real symbol."
    everything = (statement, *context.hypotheses, *context.known)
    taken = {name for thing in everything for name in names_in(thing) | bound_names(thing)}
    for name in sorted({str(symbol) for symbol in new} & taken):
        yield f"`{name}` is not new: it occurs in the statement or in a hypothesis."
    for symbol, value in change.forward.items():
        if value.free_symbols & old:
            yield f"{symbol} = {value} is not in new symbols."
    for symbol, value in change.inverse.items():
        if value.free_symbols & new:
            yield f"{symbol} = {value} is not in old symbols."
    moving = {str(s) for s in old} | {n for v in change.forward.values() for n in names_in(v)}
    held = {name for thing in (statement, *context.hypotheses) for name in bound_names(thing)}
    for name in sorted(moving & held):
        yield f"`{name}` is bound by a derivative, an integral or a sum, and cannot be moved."


def _reaches(
    change: _Change, given: tuple[Relation, ...], context: Context
) -> Iterator[tuple[str, Discharge]]:
    """The inverse has values, it is one, and what is said of the new symbols holds of it."""
    reader = context.reader()
    for symbol, value in change.inverse.items():
        yield f"{symbol} = {value}", has_value(reader, value)
    for symbol, value in change.forward.items():
        back = eq(substitute(value, change.inverse), symbol)
        yield f"{symbol} is reached", _shown(back, context)
    for relation in given:
        if not isinstance(relation, Relation) or not is_scalar(relation.lhs):
            yield str(relation), refuse("`given` takes relations between scalars.")
        else:
            yield f"given {relation}", _shown(substitute(relation, change.inverse), context)


def _shown(relation: Relation, context: Context) -> Discharge:
    rule = by.identity if relation.op == "==" else by.sign
    return context.rules(rule.rule).discharge(relation, context.with_rule(rule))


RULE = Rule("substitution", "a relation between scalars, in new variables", discharge)
