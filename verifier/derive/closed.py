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
from verifier.errors import UnsupportedError
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
            found = rules("exponents").discharge(claimed, _nothing(rules, "exponents"))
        except UnsupportedError:
            continue
        if found.holds:
            return Truth(truth.answer, found.reason)
    return answer


def _nothing(rules: Callable[[str], Rule], name: str, **options: Justification) -> Context:
    """A context without hypotheses for a rule."""
    return Context((), Justification(name)(**options), rules)


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

    That a conjunction fails is shown by one part that never holds.
    """
    if isinstance(body, Not) and isinstance(body.statement, And):
        return any(_always(Not(part), rules) for part in body.statement.statements)
    if isinstance(body, Not) and isinstance(body.statement, Relation):
        return _always(body.statement.negated(), rules)
    if isinstance(body, Relation):
        name, options = "identity" if body.op == "==" else "sign", {}
    elif isinstance(body, (And, ForAll, Implies)):
        name, options = "introduction", {"then": Justification("sign")}
    else:
        return False
    return rules(name).discharge(body, _nothing(rules, name, **options)).holds
