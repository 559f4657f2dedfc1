"""**Atoms of vectors**: the symbols that vectors of every dimension are combinations of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Expr, Rational, Symbol

from verifier.errors import StatementError


@dataclass(frozen=True, order=True)
class Atom:
    """A vector symbol, perhaps under a power of one symmetric operator."""

    name: str
    operator: str = ""
    exponent: Any = Rational(0)

    def times(self, operator: str, exponent: Rational) -> Atom:
        if self.operator not in ("", operator):
            raise StatementError(
                f"`{operator}` meets `{self.operator}` on `{self.name}`: "
                "products of different operators have no normal form here."
            )
        total = self.exponent + exponent
        return replace(self, operator=operator if total != 0 else "", exponent=total)

    @property
    def symbol(self) -> Expr:
        """What stands for the vector in an inner product."""
        return Symbol(self.name)

    @property
    def names(self) -> frozenset[str]:
        """Names that are free in it."""
        return frozenset({self.name, *([self.operator] if self.operator else [])})

    @property
    def sizes(self) -> frozenset[str]:
        """Sizes that stay open, but for the dimension of the space."""
        return frozenset()

    @property
    def bound(self) -> frozenset[Symbol]:
        """Symbols that mean something in its coefficient alone."""
        return frozenset()

    def parts(self) -> tuple[Expr, ...]:
        """Scalars in it, such as an index."""
        return ()

    def rebuilt(self, *parts: Expr) -> Atom:
        return self

    def opened(self, coefficient: Expr, mark: str) -> tuple[Atom, Expr]:
        """A vector with its coefficient, to be multiplied; what is bound gets the name `mark`."""
        return self, coefficient

    def closed(self, term: Expr, mark: str) -> Expr:
        """The scalar that `term`, a product of what was opened, stands for."""
        return term

    def text(self) -> str:
        return self.name if not self.operator else f"{self.operator}^{self.exponent} {self.name}"

    def text_with(self, coefficient: Expr) -> str:
        return self.text() if coefficient == 1 else f"({coefficient})*{self.text()}"

    def latex(self) -> str:
        return self.under_operator(vector_latex(self.name))

    def under_operator(self, body: str) -> str:
        if not self.operator:
            return body
        power = "" if self.exponent == 1 else f"^{{{sympy.latex(self.exponent)}}}"
        return f"{self.operator}{power} {body}"

    def latex_with(self, coefficient: Expr) -> str:
        if coefficient == 1:
            return self.latex()
        return rf"\left({sympy.latex(coefficient)}\right) {self.latex()}"


def vector_latex(name: str) -> str:
    head, _, tail = name.partition("_")
    return rf"\mathbf{{{head}}}" + (f"_{{{tail}}}" if tail else "")


def symbol_latex(symbol: Expr) -> str:
    """What stands for a vector in an inner product: its name, or the member of a family."""
    if isinstance(symbol, Symbol):
        return vector_latex(str(symbol))
    return rf"\mathbf{{{symbol.args[0]}}}_{{{sympy.latex(symbol.args[1])}}}"
