"""**Universal form**: first-order statements without existential quantifiers, by Skolem terms.

A set of statements has a model exactly when its universal form has one (Skolem). The form is a
tree of conjunctions and disjunctions over literals, whose variables stand for every individual;
a conjunction at the top is taken apart.

Statements that are not first-order are letters: whoever reads them says which literals they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from verifier.errors import UnsupportedError
from verifier.exact.logic import Term
from verifier.exact.statements.base import Not, Statement
from verifier.exact.statements.logic import And, Exists, ForAll, Holds, Implies, Or
from verifier.exact.statements.relation import Relation
from verifier.exact.substitution import names_in


@dataclass(frozen=True)
class Atom:
    """`kind` is "=", "<=", or the name of a predicate; the one argument of a letter is its key."""

    kind: str
    args: tuple[Any, ...]

    def __str__(self) -> str:
        if self.kind in ("=", "<="):
            return f"{self.args[0]} {self.kind} {self.args[1]}"
        return f"{self.kind}({', '.join(map(str, self.args))})"


@dataclass(frozen=True)
class Literal:
    atom: Atom
    positive: bool = True


@dataclass(frozen=True)
class Branch:
    """All of its parts (`every`) or at least one of them; of no parts, true and false."""

    every: bool
    parts: tuple[Formula, ...]


Formula: TypeAlias = Literal | Branch
Letter = Callable[[Statement, bool], Formula]
LETTER = "letter"


def no_letter(statement: Statement, positive: bool) -> Formula:
    raise UnsupportedError(f"{statement} is not first-order.")


@dataclass
class Skolemiser:
    """Turns statements into universal form; the names `?n` and `!n` that it makes are new."""

    letter: Letter = no_letter
    made: int = 0

    def forms(self, statements: Iterable[Statement]) -> list[Formula]:
        """The universal form of all statements together."""
        found: list[Formula] = []
        for statement in statements:
            found += _conjuncts(self.form(statement, True, {}))
        return found

    def denial(self, statement: Statement) -> list[Formula]:
        """The universal form of what denies a statement."""
        return _conjuncts(self.form(statement, False, {}))

    def form(self, thing: Statement, positive: bool, env: Mapping[str, Term]) -> Formula:
        match thing:
            case Holds():
                return Literal(Atom(thing.name, _put(thing.args, env)), positive)
            case Relation(lhs=Term()):
                left, right = _put((thing.lhs, thing.rhs), env)
                return _order(thing.op, left, right, positive)
            case Not() if _is_connective(thing.statement):
                return self.form(thing.statement, not positive, env)
            case And() | Or():
                parts = tuple(self.form(part, positive, env) for part in thing.statements)
                return Branch(isinstance(thing, And) is positive, parts)
            case Implies():
                premise = self.form(thing.premise, not positive, env)
                return Branch(not positive, (premise, self.form(thing.conclusion, positive, env)))
            case ForAll() | Exists() if isinstance(thing.variable, Term):
                free = isinstance(thing, ForAll) is positive
                term = self._variable(thing.variable) if free else self._witness(thing, env)
                return self.form(thing.body, positive, {**env, thing.variable.name: term})
        for name in names_in(thing) & env.keys():
            raise UnsupportedError(f"`{name}` is quantified around {thing}, which is a letter.")
        return self.letter(thing, positive)

    def _variable(self, variable: Term) -> Term:
        self.made += 1
        return Term(f"?{self.made}", variable.sort)

    def _witness(self, thing: ForAll | Exists, env: Mapping[str, Term]) -> Term:
        """A value that depends on the universal variables that the statement uses."""
        self.made += 1
        used = dict.fromkeys(v for term in _free_values(thing, env) for v in variables(term))
        return Term(f"!{self.made}", thing.variable.sort, tuple(used))


def variables(thing: Any) -> Iterator[Term]:
    """The variables of a term or a formula, with repetitions."""
    match thing:
        case Term():
            if thing.name.startswith("?"):
                yield thing
            for arg in thing.args:
                yield from variables(arg)
        case Literal():
            for arg in thing.atom.args if thing.atom.kind != LETTER else ():
                yield from variables(arg)
        case Branch():
            for part in thing.parts:
                yield from variables(part)


def instance(thing: Any, values: Mapping[Term, Term]) -> Any:
    """A term or formula with its variables replaced."""
    match thing:
        case Term():
            if thing in values:
                return values[thing]
            return Term(thing.name, thing.sort, tuple(instance(a, values) for a in thing.args))
        case Literal():
            if thing.atom.kind == LETTER:
                return thing
            args = tuple(instance(arg, values) for arg in thing.atom.args)
            return Literal(Atom(thing.atom.kind, args), thing.positive)
    return Branch(thing.every, tuple(instance(part, values) for part in thing.parts))


def literals(thing: Formula) -> Iterator[Literal]:
    """The literals of a formula, with repetitions."""
    if isinstance(thing, Literal):
        yield thing
        return
    for part in thing.parts:
        yield from literals(part)


def _is_connective(thing: Statement) -> bool:
    """Whether its denial can be read through it; a letter's denial is a letter of its own."""
    if isinstance(thing, (ForAll, Exists)):
        return isinstance(thing.variable, Term)
    relation = isinstance(thing, Relation) and isinstance(thing.lhs, Term)
    return relation or isinstance(thing, (Holds, Not, And, Or, Implies))


def _order(op: str, left: Term, right: Term, positive: bool) -> Literal:
    """s < t is the denial of t <= s in a linear order."""
    if op in ("==", "!="):
        return Literal(Atom("=", (left, right)), (op == "==") is positive)
    sides = (left, right) if op in ("<=", ">") else (right, left)
    return Literal(Atom("<=", sides), (op in ("<=", ">=")) is positive)


def _put(args: Iterable[Term], env: Mapping[str, Term]) -> tuple[Term, ...]:
    return tuple(
        env[arg.name]
        if not arg.args and not arg.is_element and arg.name in env
        else Term(arg.name, arg.sort, _put(arg.args, env))
        for arg in args
    )


def _free_values(thing: Any, env: Mapping[str, Term]) -> Iterator[Term]:
    """What the free individuals of a statement stand for."""
    if isinstance(thing, Term) and not thing.args and not thing.is_element and thing.name in env:
        yield env[thing.name]
    if isinstance(thing, (ForAll, Exists)):
        env = {name: term for name, term in env.items() if name != str(thing.variable)}
    for part in thing.parts():
        if not isinstance(part, (Term, Statement)):
            continue
        yield from _free_values(part, env)


def _conjuncts(formula: Formula) -> list[Formula]:
    if isinstance(formula, Branch) and formula.every:
        return [part for whole in formula.parts for part in _conjuncts(whole)]
    return [formula]
