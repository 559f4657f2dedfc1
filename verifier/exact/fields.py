"""**Metric fields on R^d, for every d**: component cases instead of matrices.

A symmetric field is H_ij = [i=j] * diagonal + pair, where `diagonal` may use the coordinate w_i
and the norm r, and `pair` the coordinates w_i, w_j and r. Radial and diagonal metrics and
rank-one updates are of this form. A potential is radial(r) + sum of separable(w_i) + <z, w>.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Compound, tex
from verifier.exact.scalars import Scalar, exact
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner


@dataclass(frozen=True)
class Coordinates:
    """The point w in R^d: symbols for components `i`, `j`, `k` (distinct indices) and the norm."""

    name: str
    space: str = "d"

    def component(self, index: str) -> Symbol:
        return Symbol(f"{self.name}_{index}", real=True)

    @property
    def i(self) -> Symbol:
        return self.component("i")

    @property
    def j(self) -> Symbol:
        return self.component("j")

    @property
    def k(self) -> Symbol:
        return self.component("k")

    @property
    def norm(self) -> Symbol:
        return Symbol(f"norm_{self.name}", real=True)


class _OnCoordinates(Compound):
    """What is written in the components w_i, w_j, w_k and the norm of one point."""

    at: Coordinates

    def own_names(self) -> frozenset[str]:
        return frozenset({self.at.name, self.at.space})

    def bound(self) -> frozenset[Symbol]:
        return frozenset({self.at.i, self.at.j, self.at.k, self.at.norm})

    def fixed(self) -> frozenset[str]:
        return super().fixed() | {self.at.name}

    def sizes(self) -> frozenset[str]:
        return frozenset({self.at.space})


@dataclass(frozen=True)
class SymmetricField(_OnCoordinates):
    """H_ij(w) = [i=j]*diagonal(w_i, r) + pair(w_i, w_j, r); `pair` is symmetric in i and j."""

    at: Coordinates
    diagonal: Expr
    pair: Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "diagonal", exact(self.diagonal))
        object.__setattr__(self, "pair", exact(self.pair))
        _check_uses("diagonal part", self.diagonal, self.at, "jk")
        _check_uses("part", self.pair, self.at, "k")
        if self.entry("k", "l") != self.entry("l", "k"):
            raise StatementError(f"The part {self.pair} is not symmetric in i and j.")

    def parts(self) -> tuple[Any, ...]:
        return self.diagonal, self.pair

    def rebuilt(self, *parts: Any) -> SymmetricField:
        return SymmetricField(self.at, *parts)

    def latex(self) -> str:
        diagonal = rf"\delta_{{ij}} \left({tex(self.diagonal)}\right)"
        return diagonal if self.pair == 0 else rf"{diagonal} + {tex(self.pair)}"

    def entry(self, first: str, second: str) -> Expr:
        """The off-diagonal part with indices renamed; add `diagonal_at` when they are equal."""
        swap = {self.at.i: self.at.component(first), self.at.j: self.at.component(second)}
        return self.pair.xreplace(swap)

    def diagonal_at(self, index: str) -> Expr:
        return self.diagonal.xreplace({self.at.i: self.at.component(index)})

    def __mul__(self, factor: Scalar) -> SymmetricField:
        f = exact(factor)
        return SymmetricField(self.at, self.diagonal * f, self.pair * f)

    __rmul__ = __mul__

    def __str__(self) -> str:
        return f"[i=j]*({self.diagonal}) + ({self.pair})"


def radial_field(at: Coordinates, identity: Scalar, outer: Scalar = 0) -> SymmetricField:
    """identity(r)*I + outer(r)*w w^T."""
    return SymmetricField(at, exact(identity), exact(outer) * at.i * at.j)


def diagonal_field(at: Coordinates, entry: Scalar) -> SymmetricField:
    """The diagonal metric with entries entry(w_i)."""
    return SymmetricField(at, exact(entry), sympy.Integer(0))


@dataclass(frozen=True)
class Potential(_OnCoordinates):
    """Q(w) = radial(r) + sum_i separable(w_i) + <z, w>; `linear` names the component z_i."""

    at: Coordinates
    radial: Expr = sympy.Integer(0)
    separable: Expr = sympy.Integer(0)
    linear: Expr = sympy.Integer(0)

    def __post_init__(self) -> None:
        for field in ("radial", "separable", "linear"):
            object.__setattr__(self, field, exact(getattr(self, field)))
        _check_uses("radial part", self.radial, self.at, "ijk")
        _check_uses("separable part", self.separable, self.at, "jk", norm=True)
        _check_uses("linear part", self.linear, self.at, "ijk", norm=True)

    def parts(self) -> tuple[Any, ...]:
        return self.radial, self.separable, self.linear

    def rebuilt(self, *parts: Any) -> Potential:
        return Potential(self.at, *parts)

    def latex(self) -> str:
        shown = [tex(self.radial)] if self.radial != 0 else []
        if self.separable != 0:
            shown.append(rf"\sum_i {tex(self.separable)}")
        if self.linear != 0:
            shown.append(rf"\sum_i {tex(self.linear)}\, {tex(self.at.i)}")
        return " + ".join(shown) or "0"

    def __str__(self) -> str:
        return f"{self.radial} + sum_i ({self.separable}) + sum_i ({self.linear})*{self.at.i}"


def _check_uses(part: str, expr: Expr, at: Coordinates, banned: str, *, norm: bool = False) -> None:
    """The part may not use these components, and nothing that depends on the point unseen."""
    symbols = {at.component(index) for index in banned} | ({at.norm} if norm else set())
    for symbol in sorted(symbols & expr.free_symbols, key=str):
        raise StatementError(f"The {part} {expr} may not use {symbol}.")
    names = {name for atom in expr.atoms(Inner, Trace) for name in atom.names}
    if expr.has(Partial) or at.name in names:
        raise StatementError(f"The {part} {expr} depends on {at.name}: write it with r = |w|.")


class Partial(Expr):  # type: ignore[misc]
    """A mixed partial derivative of an abstract smooth function, its indices in written order."""

    holds_names = True  # its free symbols are names of vectors, functions and indices
    is_commutative = True
    is_real = True

    def __new__(cls, name: Symbol, smoothness: Expr, *order: Symbol) -> Partial:
        made: Partial = Expr.__new__(cls, name, sympy.Integer(smoothness), *order)
        return made

    @property
    def function(self) -> str:
        return str(self.args[0])

    @property
    def smoothness(self) -> int:
        return int(self.args[1])

    @property
    def order(self) -> tuple[Symbol, ...]:
        return tuple(self.args[2:])

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        return sympy.Integer(0)

    def _sympystr(self, printer: object) -> str:
        return f"d_{''.join(str(i) for i in reversed(self.order))} {self.function}"

    def _latex(self, printer: object) -> str:
        lower = "".join(rf"\partial_{{{i}}}" for i in reversed(self.order))
        return f"{lower} {self.function}"


@dataclass(frozen=True)
class SmoothFunction:
    """An arbitrary function on R^d with continuous derivatives up to `smoothness`."""

    name: str
    smoothness: int

    def partial(self, *order: Symbol) -> Expr:
        """The derivative by the indices in `order`, the first one taken first."""
        if len(order) > self.smoothness:
            raise StatementError(
                f"`{self.name}` is C^{self.smoothness}: it has no derivative of order {len(order)}."
            )
        return Partial(Symbol(self.name), sympy.Integer(self.smoothness), *order)
