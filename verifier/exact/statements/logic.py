"""**Logic**: connectives and quantifiers over statements, and predicates of individuals.

A quantified variable is a real symbol or an individual of a sort. `iff` and `exists_unique` are
two statements each, so that a claim has two conclusions to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sympy import Symbol

from verifier.errors import StatementError
from verifier.exact.logic import (
    Quantified,
    Sort,
    Term,
    Variable,
    applied,
    applied_latex,
    check_arguments,
    check_name,
)
from verifier.exact.statements.base import Statement
from verifier.exact.statements.relation import Relation, is_truth_value
from verifier.exact.substitution import names_in, substitute


@dataclass(frozen=True)
class Holds(Statement):
    """A predicate holds of individuals; without arguments it is a proposition."""

    name: str
    args: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return applied(self.name, self.args)

    def parts(self) -> tuple[Any, ...]:
        return self.args

    def rebuilt(self, *parts: Any) -> Holds:
        return Holds(self.name, parts)

    def own_names(self) -> frozenset[str]:
        return frozenset({self.name})

    def latex(self) -> str:
        return applied_latex(self.name, self.args)


@dataclass(frozen=True)
class Predicate:
    """A relation between sorts; call it on terms."""

    name: str
    domain: tuple[Sort, ...]

    def __call__(self, *args: Term) -> Holds:
        check_arguments(self.name, self.domain, args)
        return Holds(self.name, args)


@dataclass(frozen=True)
class And(Statement):
    """Every one of at least two statements holds."""

    statements: tuple[Statement, ...]

    def __str__(self) -> str:
        return " and ".join(map(_enclosed, self.statements))

    def parts(self) -> tuple[Any, ...]:
        return self.statements

    def rebuilt(self, *parts: Any) -> And:
        return And(parts)

    def latex(self) -> str:
        return r" \land ".join(map(_enclosed_latex, self.statements))


@dataclass(frozen=True)
class Or(Statement):
    """At least one of at least two statements holds."""

    statements: tuple[Statement, ...]

    def __str__(self) -> str:
        return " or ".join(map(_enclosed, self.statements))

    def parts(self) -> tuple[Any, ...]:
        return self.statements

    def rebuilt(self, *parts: Any) -> Or:
        return Or(parts)

    def latex(self) -> str:
        return r" \lor ".join(map(_enclosed_latex, self.statements))


@dataclass(frozen=True)
class Implies(Statement):
    """`conclusion` holds wherever `premise` does."""

    premise: Statement
    conclusion: Statement

    def __str__(self) -> str:
        return f"{_enclosed(self.premise)} implies {_enclosed(self.conclusion)}"

    def parts(self) -> tuple[Any, ...]:
        return self.premise, self.conclusion

    def rebuilt(self, *parts: Any) -> Implies:
        return Implies(*parts)

    def latex(self) -> str:
        return rf"{_enclosed_latex(self.premise)} \Rightarrow {_enclosed_latex(self.conclusion)}"


@dataclass(frozen=True)
class ForAll(Quantified, Statement):
    """`body` holds for every real `variable`, or every individual of its sort."""

    def __str__(self) -> str:
        return f"for every {self.domain_text()}: {self.body}"

    def rebuilt(self, *parts: Any) -> ForAll:
        return ForAll(self.variable, *parts)

    def latex(self) -> str:
        return rf"\forall {self.domain_latex()}:\; {self.body.latex()}"


@dataclass(frozen=True)
class Exists(Quantified, Statement):
    """`body` holds for some real `variable`, or some individual of its sort."""

    def __str__(self) -> str:
        article = "" if isinstance(self.variable, Term) else "a "
        return f"there is {article}{self.domain_text()} with {self.body}"

    def rebuilt(self, *parts: Any) -> Exists:
        return Exists(self.variable, *parts)

    def latex(self) -> str:
        return rf"\exists {self.domain_latex()}:\; {self.body.latex()}"


def predicate(name: str, *domain: Sort) -> Predicate:
    """An arbitrary relation between sorts, or a proposition when there is no sort."""
    check_name(name)
    return Predicate(name, domain)


def and_(*statements: Any) -> Statement:
    """All of them; a tuple such as that of `within` or `iff` counts as its members."""
    flat = _flat(statements)
    return flat[0] if len(flat) == 1 else And(flat)


def or_(*statements: Any) -> Statement:
    """At least one of them; a tuple is one statement, all of whose members hold."""
    each = tuple(and_(statement) for statement in statements)
    if not each:
        raise StatementError("A disjunction of nothing: give statements.")
    return each[0] if len(each) == 1 else Or(each)


def implies(premise: Any, conclusion: Any) -> Statement:
    """`conclusion` wherever `premise` holds; either may be a tuple of statements."""
    return Implies(and_(premise), and_(conclusion))


def iff(left: Any, right: Any) -> tuple[Statement, Statement]:
    """Both implications: two statements, each to be shown."""
    return implies(left, right), implies(right, left)


def for_all(variables: Any, body: Any, *, given: Any = ()) -> Statement:
    """`body` for all values of the variables for which `given` holds."""
    premises = _flat((given,)) if given else ()
    statement = implies(premises, body) if premises else and_(body)
    for variable in reversed(_variables(variables)):
        statement = ForAll(variable, statement)
    return statement


def exists(variables: Any, body: Any, *, given: Any = ()) -> Statement:
    """There are values of the variables for which `given` and `body` hold."""
    statement = and_(given, body) if given else and_(body)
    for variable in reversed(_variables(variables)):
        statement = Exists(variable, statement)
    return statement


def exists_unique(variable: Any, body: Any, *, given: Any = ()) -> tuple[Statement, Statement]:
    """There is one value, and there are no two: two statements, each to be shown."""
    (one,) = _variables(variable)
    inside = and_(given, body) if given else and_(body)
    name = f"{one}_2"
    while name in names_in(inside):
        name += "_2"
    other = Term(name, one.sort) if isinstance(one, Term) else Symbol(name, real=True)
    both = and_(inside, substitute(inside, {one: other}))
    same = Relation("==", one, other)
    return exists(one, inside), for_all((one, other), implies(both, same))


def _flat(statements: Iterable[Any]) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for statement in statements:
        if isinstance(statement, tuple):
            found += _flat(statement)
        elif isinstance(statement, And):
            found += statement.statements
        elif isinstance(statement, Statement):
            found.append(statement)
        elif is_truth_value(statement):
            raise StatementError(f"{statement!r} is already a truth value: write eq, le, gt, ...")
        else:
            raise StatementError(f"{statement!r} is no statement; write it with eq, le, ...")
    if not found:
        raise StatementError("A conjunction of nothing: give statements.")
    return tuple(found)


def _variables(variables: Any) -> tuple[Variable, ...]:
    several = variables if isinstance(variables, (tuple, list)) else (variables,)
    for variable in several:
        plain = isinstance(variable, Symbol) and variable == Symbol(str(variable), real=True)
        free = isinstance(variable, Term) and not variable.args and not variable.is_element
        if not (plain or free):
            raise StatementError(f"{variable} is no variable: quantify a real or an individual.")
    names = [str(variable) for variable in several]
    if not several or len(set(names)) < len(names):
        raise StatementError(f"Quantify different variables, got ({', '.join(names)}).")
    return tuple(several)


def _enclosed(statement: Statement) -> str:
    return str(statement) if isinstance(statement, (Relation, Holds)) else f"({statement})"


def _enclosed_latex(statement: Statement) -> str:
    if isinstance(statement, (Relation, Holds)):
        return statement.latex()
    return rf"\left({statement.latex()}\right)"
