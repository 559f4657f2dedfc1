"""**Generic statements**: for almost every point, on an open dense set, or Zariski-generic.

Each is weaker than "for every point". None follows from the others in general: an open dense set
may have a complement of positive measure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Binder, tex
from verifier.exact.statements.base import Statement
from verifier.exact.statements.bound import bound_variables, names_shown
from verifier.exact.statements.rank import Rank
from verifier.exact.statements.relation import Relation

Extent = Literal["almost every", "open dense", "generic"]
_TEXT = {
    "almost every": "for almost every {}",
    "open dense": "for an open dense set of {}",
    "generic": "for generic {}",
}
_LATEX = {
    "almost every": r"\text{for almost every } ",
    "open dense": r"\text{for an open dense set of } ",
    "generic": r"\text{for generic } ",
}


@dataclass(frozen=True)
class Generically(Binder, Statement):
    """`statement` holds for almost every, an open dense set of, or generic `variables`.

    "Almost every" is meant by Lebesgue measure, and both that and "open dense" in the set where
    the relations in `domain` hold; without any this is the whole space. "Generic" says that the
    points where it fails lie in a proper algebraic subset of the whole space.
    """

    extent: Extent
    statement: Statement
    variables: tuple[Symbol, ...]
    domain: tuple[Relation, ...] = ()

    def __str__(self) -> str:
        names = names_shown(self.variables)
        where = f" with {' and '.join(map(str, self.domain))}" if self.domain else ""
        return f"{_TEXT[self.extent].format(names)}{where}: {self.statement}"

    def parts(self) -> tuple[Any, ...]:
        return self.statement, *self.domain

    def rebuilt(self, *parts: Any) -> Generically:
        return Generically(self.extent, parts[0], self.variables, parts[1:])

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.variables)

    def latex(self) -> str:
        names = ", ".join(map(tex, self.variables))
        where = "".join(rf",\; {tex(relation)}" for relation in self.domain)
        return rf"{_LATEX[self.extent]} {names}{where}:\; {self.statement.latex()}"


def almost_everywhere(statement: Statement, *variables: Symbol, on: Any = ()) -> Generically:
    """`statement` holds for Lebesgue-almost every value of `variables`, where `on` holds."""
    return _generically("almost every", statement, variables, on)


def open_dense(statement: Statement, *variables: Symbol, on: Any = ()) -> Generically:
    """`statement` holds on an open dense subset of the `variables` where `on` holds."""
    return _generically("open dense", statement, variables, on)


def generic(statement: Statement, *variables: Symbol) -> Generically:
    """`statement` holds off a proper algebraic subset of the space of `variables`."""
    return _generically("generic", statement, variables, ())


def _generically(extent: Extent, statement: Any, variables: Any, on: Any) -> Generically:
    plain = isinstance(statement, Relation) and isinstance(statement.lhs, Expr)
    if not plain and not isinstance(statement, Rank):
        raise StatementError(
            f"{statement} holds {extent}? It is read for relations of scalars and ranks."
        )
    return Generically(extent, statement, bound_variables(variables), domain_of(on))


def domain_of(on: Any) -> tuple[Relation, ...]:
    """The relations that describe a domain, one or several."""
    given = on if isinstance(on, (tuple, list)) else (on,)
    relations: list[Relation] = []
    for part in given:
        relations += part if isinstance(part, tuple) else (part,)
    for relation in relations:
        if not isinstance(relation, Relation) or not isinstance(relation.lhs, Expr):
            raise StatementError(f"{relation!r} describes no domain: write it with gt, le, ...")
    return tuple(relations)
