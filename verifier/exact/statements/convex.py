"""**Convexity** of a function of several variables on a convex set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.exact.compound import Binder, tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.bound import bound_variables, names_shown
from verifier.exact.statements.generic import domain_of
from verifier.exact.statements.relation import Relation


@dataclass(frozen=True)
class Convex(Binder, Statement):
    """The set of `variables` with every relation in `domain` is convex, and `expr` on it too:

        expr(t p + (1 - t) q) <= t expr(p) + (1 - t) expr(q)    for p, q in the set and 0 <= t <= 1,

    with `<` for p != q and 0 < t < 1 where `strictly`. Without relations it is the whole space.
    """

    expr: Expr
    variables: tuple[Symbol, ...]
    domain: tuple[Relation, ...] = ()
    strictly: bool = False

    def __str__(self) -> str:
        how = "strictly convex" if self.strictly else "convex"
        where = f" where {' and '.join(map(str, self.domain))}" if self.domain else ""
        return f"{self.expr} is {how} in {names_shown(self.variables)}{where}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, *self.domain

    def rebuilt(self, *parts: Any) -> Convex:
        return Convex(parts[0], self.variables, parts[1:], self.strictly)

    def bound(self) -> frozenset[Symbol]:
        return frozenset(self.variables)

    def latex(self) -> str:
        how = r"\text{ is strictly convex in }" if self.strictly else r"\text{ is convex in }"
        names = ", ".join(map(tex, self.variables))
        where = "".join(rf",\; {tex(relation)}" for relation in self.domain)
        return rf"{tex(self.expr)} {how} {names}{where}"


def convex(expr: Scalar, *variables: Symbol, on: Any = (), strictly: bool = False) -> Convex:
    """`expr` is (strictly) convex in `variables`, on the convex set where `on` holds."""
    return Convex(exact(expr), bound_variables(variables), domain_of(on), strictly)
