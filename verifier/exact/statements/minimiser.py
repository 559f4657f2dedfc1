"""**Minimisers**: a point at which a function is least on a set, perhaps the only one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Binder, tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.bound import bound_variables
from verifier.exact.statements.generic import domain_of
from verifier.exact.statements.relation import Relation


@dataclass(frozen=True)
class Minimiser(Binder, Statement):
    """`point` is in the set of `domain`, and `objective` is nowhere on it less than there.

    Where `unique`, it is less there than at every other point of the set.
    """

    objective: Expr
    variables: tuple[Symbol, ...]
    domain: tuple[Relation, ...]
    point: tuple[Expr, ...]
    unique: bool = False

    def __post_init__(self) -> None:
        for value in self.point:
            own = sorted(value.free_symbols & set(self.variables), key=str)
            if own:
                raise StatementError(f"The point {value} may not use the variable `{own[0]}`.")

    def __str__(self) -> str:
        place = ", ".join(f"{x} = {p}" for x, p in zip(self.variables, self.point, strict=True))
        where = f" where {' and '.join(map(str, self.domain))}" if self.domain else ""
        how = "the only minimiser" if self.unique else "a minimiser"
        return f"{place} is {how} of {self.objective}{where}"

    def parts(self) -> tuple[Any, ...]:
        return self.objective, *self.domain, *self.point

    def rebuilt(self, *parts: Any) -> Minimiser:
        count = 1 + len(self.domain)
        domain, point = tuple(parts[1:count]), tuple(parts[count:])
        return Minimiser(parts[0], self.variables, domain, point, self.unique)

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.variables)

    def latex(self) -> str:
        names = ", ".join(map(tex, self.variables))
        values = ", ".join(map(tex, self.point))
        where = r",\; ".join(tex(relation) for relation in self.domain)
        of = rf"\operatorname{{argmin}}_{{{names}}} \left\{{ {tex(self.objective)}"
        relation = "=" if self.unique else r"\in"
        return rf"({values}) {relation} {of} : {where} \right\}}"


def minimiser(
    objective: Scalar,
    point: Mapping[Symbol, Scalar],
    *,
    subject_to: Any = (),
    unique: bool = False,
) -> Minimiser:
    """`point` maps every variable to its value at the minimiser on the set of `subject_to`."""
    variables = bound_variables(point)
    values = tuple(exact(value) for value in point.values())
    return Minimiser(exact(objective), variables, domain_of(subject_to), values, unique)
