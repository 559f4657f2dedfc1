"""**Expectations** over a law with finitely many values: one step of a Markov chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.chains import MarkovChain
from verifier.exact.compound import Binder, tex
from verifier.exact.laws import Law
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.statements.relation import OP_LATEX, Op, Relation
from verifier.exact.substitution import names_in


@dataclass(frozen=True)
class Expects(Binder, Statement):
    """`law` is a law, `expr` has a value at each of its outcomes, and E[expr] `op` value.

    The law draws no indices: `expr` is the mean over them.
    """

    op: Op
    expr: Expr
    law: Law
    value: Expr

    def __str__(self) -> str:
        where = f" for {self.law}" if self.law.noise else ""
        return f"E[{self.expr}] {self.op} {self.value}{where}"

    def parts(self) -> tuple[Any, ...]:
        return self.expr, self.law, self.value

    def rebuilt(self, *parts: Any) -> Expects:
        return Expects(self.op, *parts)

    def bound(self) -> frozenset[Symbol]:
        return self.law.bound()

    def latex(self) -> str:
        mean = rf"\mathbb{{E}}\left[{tex(self.expr)}\right]"
        where = rf" \quad\text{{for}}\quad {tex(self.law)}" if self.law.noise else ""
        return f"{mean} {OP_LATEX[self.op]} {tex(self.value)}{where}"

    def relation(self) -> Relation:
        """The expectation written out."""
        return Relation(self.op, self.law.mean(self.expr), self.value)

    def unfolded(self) -> tuple[Relation, ...]:
        """It is a law, everything has a value, and the relation holds."""
        return *self.law.is_law(), *self.law.defined(self.expr), self.relation()


def expects(expr: Scalar, law: Law, value: Scalar, *, op: Op = "==") -> Expects:
    """E[expr] = value, or another relation, where the noise in `expr` has the law."""
    plain = Law(law.noise, law.outcomes)
    made = Expects(op, law.averaged(exact(expr)), plain, exact(value))
    caught = names_in(made.value) & {str(symbol) for symbol in law.bound()}
    if caught:
        raise StatementError(f"`{min(caught)}` is drawn, and stands in the value {made.value}.")
    made.relation()
    return made


def moment_is(chain: MarkovChain, observable: Scalar, value: Scalar, *, op: Op = "==") -> Expects:
    """E[observable(X') | X] = value, for every state X that the hypotheses allow."""
    return expects(chain.after(observable), chain.law, value, op=op)


def variance_is(chain: MarkovChain, observable: Scalar, value: Scalar) -> Expects:
    """Var[observable(X') | X] = value."""
    return covariance_is(chain, observable, observable, value)


def covariance_is(chain: MarkovChain, one: Scalar, two: Scalar, value: Scalar) -> Expects:
    """Cov[one(X'), two(X') | X] = value."""
    moved = (chain.after(each) - chain.expected(each) for each in (one, two))
    left, right = moved
    return expects(left * right, chain.law, value)


def martingale(chain: MarkovChain, observable: Scalar) -> Expects:
    """E[observable(X') | X] = observable(X)."""
    return moment_is(chain, observable, observable)


def supermartingale(chain: MarkovChain, observable: Scalar) -> Expects:
    """E[observable(X') | X] <= observable(X)."""
    return moment_is(chain, observable, observable, op="<=")


def submartingale(chain: MarkovChain, observable: Scalar) -> Expects:
    """E[observable(X') | X] >= observable(X)."""
    return moment_is(chain, observable, observable, op=">=")
