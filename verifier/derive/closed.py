"""**Closed statements**: the answer to connectives and real quantifiers without free parameters.

A part without a value is unknown. A quantified statement is decided by an instance where there is
one among simple rationals, or by signs that hold for every value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy
from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.context import Context, Rule
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.needs import put
from verifier.exact.statements import Not, Relation, Statement
from verifier.exact.statements.logic import And, Exists, ForAll, Implies, Or
from verifier.exact.substitution import compounds_in, names_in, scalars_in
from verifier.verdict import FALSE, TRUE, Truth, all_of, unknown

Decide = Callable[[Statement], Truth]
SIMPLE = tuple(sympy.Rational(text) for text in "0 1 -1 1/2 -1/2 2 -2 1/10 -1/10 10 -10".split())
NEAR = sympy.Rational(1, 100)
MOST = (24, 8, 4)


def truth_of(statement: Statement, decide: Decide, rules: Callable[[str], Rule]) -> Truth:
    """TRUE, FALSE or UNKNOWN; `decide` answers for the parts."""
    match statement:
        case And():
            return all_of(decide(part) for part in statement.statements)
        case Or():
            return ~all_of(~decide(part) for part in statement.statements)
        case Implies():
            return ~all_of((decide(statement.premise), ~decide(statement.conclusion)))
        case ForAll():
            return _for_every(statement, decide, rules)
        case Exists():
            return _some(statement, decide, rules)
    return unknown(f"`{type(statement).__name__}` is no connective.")


def _for_every(statement: ForAll, decide: Decide, rules: Callable[[str], Rule]) -> Truth:
    if names_in(statement) or not isinstance(statement.variable, Symbol):
        return unknown("it is about more than numbers.")
    for value in _values(statement):
        answer = _at(statement, value, decide)
        if answer.refuted:
            return Truth(answer.answer, f"it fails at {statement.variable} = {value}")
    if _always(statement.body, rules):
        return TRUE
    return unknown(f"no simple value of {statement.variable} decides it.")


def _at(statement: ForAll, value: Expr, decide: Decide) -> Truth:
    try:
        return decide(put(statement.body, {statement.variable: value}))
    except UnsupportedError as fault:
        return unknown(str(fault))


def _some(statement: Exists, decide: Decide, rules: Callable[[str], Rule]) -> Truth:
    answer = ~_for_every(ForAll(statement.variable, Not(statement.body)), decide, rules)
    for claimed, truth in ((statement, TRUE), (Not(statement), FALSE)) if answer.unknown else ():
        try:
            by = Justification("exponents")
            found = rules(by.rule).discharge(claimed, Context((), by, rules))
        except UnsupportedError:
            continue
        if found.holds:
            return Truth(truth.answer, found.reason)
    return answer


def _values(statement: ForAll) -> Iterator[Expr]:
    """Simple rationals, and those of the statement with what is near them; fewer where more is
    quantified inside."""
    met = {n for expr in scalars_in(statement.body) for n in expr.atoms(sympy.Rational)}
    met |= {n / m for n in met for m in met if m != 0}
    near = [x for n in sorted(met, key=lambda n: n.q) for x in (n, -n, n + NEAR, n - NEAR)]
    inside = sum(isinstance(part, (ForAll, Exists)) for part in compounds_in(statement.body))
    yield from list(dict.fromkeys((*SIMPLE, *near)))[: MOST[min(inside, 2)]]


def _always(body: Statement, rules: Callable[[str], Rule]) -> bool:
    """Whether the body holds whatever the values of its free symbols are, by signs alone.

    That a conjunction fails is shown by one part that never holds, and that there is a number by
    one that is near the free symbols.
    """
    match body:
        case Not(statement=And() as both):
            return any(_always(Not(part), rules) for part in both.statements)
        case Not(statement=Or() as either):
            return all(_always(Not(part), rules) for part in either.statements)
        case Not(statement=Exists(variable=Symbol()) as some):
            return _always(Not(some.body), rules)
        case Not(statement=Relation() as relation):
            return _always(relation.negated(), rules)
        case Not(statement=ForAll() as general):
            return _always(Exists(general.variable, Not(general.body)), rules)
        case Exists(variable=Symbol()):
            near = (_put(body, value) for value in _near(body))
            return any(_always(part, rules) for part in near if part is not None)
        case Relation():
            by = Justification("identity" if body.op == "==" else "sign")
        case And() | ForAll() | Implies():
            by = Justification("introduction")(then=Justification("sign"))
        case _:
            return False
    return rules(by.rule).discharge(body, Context((), by, rules)).holds


def _near(some: Exists) -> Iterator[Expr]:
    yield from (sympy.Integer(n) for n in (0, 1, -1))
    for symbol in sorted({s for e in scalars_in(some.body) for s in e.free_symbols}, key=str):
        if symbol != some.variable:
            yield from (symbol, symbol + 1, symbol - 1, -symbol)


def _put(some: Exists, value: Expr) -> Statement | None:
    try:
        body: Statement = put(some.body, {some.variable: value})
    except (StatementError, UnsupportedError):
        return None
    return body
