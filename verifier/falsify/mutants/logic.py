"""**Changed logic**: quantifiers and limits in another order, arguments exchanged, premises lost.

Each change makes the statement say more, or something else: one that says less is no error to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from verifier.exact.compound import Compound
from verifier.exact.logic import Term
from verifier.exact.statements import Statement, Tends
from verifier.exact.statements.logic import And, Exists, ForAll, Holds, Implies, and_
from verifier.exact.statements.paths import TendsJointly
from verifier.exact.substitution import names_in

Changed = tuple[str, str, Statement]
CONNECTED = (And, Exists, ForAll, Holds, Implies)


def logic_changes(statement: Statement) -> Iterator[Changed]:
    """(kind, what, changed statement) for what is made of quantifiers and connectives."""
    for rebuild, part in positive_parts(statement):
        yield from (("quantifier", what, rebuild(s)) for what, s in _stronger_quantifiers(part))
        yield from (("hypothesis", what, rebuild(s)) for what, s in _fewer_premises(part))
        yield from (("symbols", what, rebuild(s)) for what, s in _turned(part))
    yield from (("symbols", what, s) for what, s in _exchanged(statement))


def limit_orders(statement: Tends) -> Iterator[Changed]:
    """Limits that are taken in turn, in the other order or all at once."""
    if len(statement.to) < 2:
        return
    turned = tuple(reversed(statement.to))
    yield "quantifier", "the order of the limits is turned", replace(statement, to=turned)
    jointly = TendsJointly(statement.expr, statement.value, statement.to)
    yield "quantifier", "the limits are taken jointly", jointly


def positive_parts(
    statement: Statement,
) -> Iterator[tuple[Callable[[Statement], Statement], Statement]]:
    """Parts that make the whole say more when they do, each with what puts another in its place."""
    yield lambda new: new, statement
    match statement:
        case ForAll() | Exists():
            for rebuild, part in positive_parts(statement.body):
                yield _inside(statement, 0, rebuild), part
        case Implies():
            for rebuild, part in positive_parts(statement.conclusion):
                yield _inside(statement, 1, rebuild), part
        case And():
            for n, each in enumerate(statement.statements):
                for rebuild, part in positive_parts(each):
                    yield _inside(statement, n, rebuild), part


def _inside(
    statement: Statement, n: int, rebuild: Callable[[Statement], Statement]
) -> Callable[[Statement], Statement]:
    parts = statement.parts()
    return lambda new: statement.rebuilt(*parts[:n], rebuild(new), *parts[n + 1 :])


def _stronger_quantifiers(statement: Statement) -> Iterator[tuple[str, Statement]]:
    match statement:
        case ForAll(x, Exists(y, body)):
            yield f"{y} is chosen before {x}", Exists(y, ForAll(x, body))
        case ForAll(x, Implies(premise, Exists(y, body))) if str(y) not in names_in(premise):
            yield f"{y} is chosen before {x}", Exists(y, ForAll(x, Implies(premise, body)))
    if isinstance(statement, Exists):
        every = ForAll(statement.variable, statement.body)
        yield f"some {statement.variable} becomes every {statement.variable}", every


def _fewer_premises(statement: Statement) -> Iterator[tuple[str, Statement]]:
    if not isinstance(statement, Implies):
        return
    yield f"the premise {statement.premise} is dropped", statement.conclusion
    if isinstance(statement.premise, And):
        each = statement.premise.statements
        for n, part in enumerate(each):
            kept = and_(*each[:n], *each[n + 1 :])
            yield f"the premise {part} is dropped", Implies(kept, statement.conclusion)


def _turned(statement: Statement) -> Iterator[tuple[str, Statement]]:
    if isinstance(statement, Implies):
        turned = Implies(statement.conclusion, statement.premise)
        yield "premise and conclusion change places", turned


def _exchanged(thing: Any) -> Iterator[tuple[str, Any]]:
    """Two arguments of one sort exchanged, in a predicate or a mapping."""
    if isinstance(thing, (Holds, Term)):
        for (n, one), (m, two) in combinations(enumerate(thing.args), 2):
            if one.sort == two.sort and one != two:
                args = list(thing.args)
                args[n], args[m] = two, one
                yield f"{one} and {two} change places in {thing}", replace(thing, args=tuple(args))
    parts = thing.parts() if isinstance(thing, Compound) else ()
    for n, part in enumerate(parts):
        for what, changed in _exchanged(part):
            yield what, thing.rebuilt(*parts[:n], changed, *parts[n + 1 :])
