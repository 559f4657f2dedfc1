"""**Vectors of every dimension**: linear combinations, inner products, rank-one operators.

A vector is a combination of symbols, an inner product of symbols is an atom. What is equal here
is equal in every dimension. Powers of a `SymmetricOperator` act on vectors; that they move across
the inner product, <A^p u, A^q v> = <u, A^(p+q) v>, is for a step to show, not for the notation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Rational, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Compound
from verifier.exact.scalars import Scalar, exact


@dataclass(frozen=True, order=True)
class SymmetricOperator:
    """A symmetric positive definite operator on R^d, the same power algebra for every d."""

    name: str
    space: str

    def power(self, exponent: Scalar) -> OperatorPower:
        return OperatorPower(self, Rational(exact(exponent)))

    def __call__(self, vector: Vector) -> Vector:
        return self.power(1)(vector)


@dataclass(frozen=True)
class OperatorPower:
    """A rational power of a symmetric positive definite operator; call it on a vector."""

    operator: SymmetricOperator
    exponent: Rational

    def __call__(self, vector: Vector) -> Vector:
        moved = {atom.times(self.operator, self.exponent): c for atom, c in vector.terms}
        return Vector.of(moved, vector.space)


@dataclass(frozen=True, order=True)
class Atom:
    """A vector symbol, perhaps under a power of one symmetric operator."""

    name: str
    operator: str = ""
    exponent: Any = Rational(0)

    def times(self, operator: SymmetricOperator, exponent: Rational) -> Atom:
        if self.operator not in ("", operator.name):
            raise StatementError(
                f"`{operator.name}` meets `{self.operator}` on `{self.name}`: "
                "products of different operators have no normal form here."
            )
        total = self.exponent + exponent
        return Atom(self.name, operator.name if total != 0 else "", total)


@dataclass(frozen=True)
class Space:
    """R^d for a dimension `d` that stays open; `space.vectors("u v")` makes symbols in it."""

    name: str = "d"

    @property
    def dimension(self) -> Symbol:
        return Symbol(self.name, integer=True, positive=True)

    def vectors(self, names: str) -> tuple[Vector, ...]:
        return tuple(self.vector(name) for name in names.split())

    def vector(self, name: str) -> Vector:
        return Vector(((Atom(name), sympy.Integer(1)),), self.name)

    def positive_definite(self, name: str) -> SymmetricOperator:
        return SymmetricOperator(name, self.name)


@dataclass(frozen=True)
class Vector(Compound):
    """A linear combination of atoms with scalar coefficients."""

    terms: tuple[tuple[Atom, Expr], ...]
    space: str

    @staticmethod
    def of(terms: Mapping[Atom, Expr], space: str) -> Vector:
        kept = [(atom, exact(c)) for atom, c in terms.items() if c != 0]
        return Vector(tuple(sorted(kept, key=lambda term: _key(term[0]))), space)

    def parts(self) -> tuple[Any, ...]:
        return tuple(c for _, c in self.terms)

    def rebuilt(self, *parts: Any) -> Vector:
        atoms = (atom for atom, _ in self.terms)
        return Vector.of(dict(zip(atoms, parts, strict=True)), self.space)

    def own_names(self) -> frozenset[str]:
        return _names_of((atom for atom, _ in self.terms), self.space)

    def sizes(self) -> frozenset[str]:
        return frozenset({self.space})

    def latex(self) -> str:
        if not self.terms:
            return r"\mathbf{0}"
        parts = []
        for atom, c in self.terms:
            body = vector_latex(atom.name)
            if atom.operator:
                power = "" if atom.exponent == 1 else f"^{{{sympy.latex(atom.exponent)}}}"
                body = f"{atom.operator}{power} {body}"
            parts.append(body if c == 1 else rf"\left({sympy.latex(c)}\right) {body}")
        return " + ".join(parts)

    @property
    def symbol(self) -> str:
        """The name, when this is one bare symbol."""
        if len(self.terms) == 1 and self.terms[0][1] == 1 and not self.terms[0][0].operator:
            return self.terms[0][0].name
        raise StatementError(f"{self} is not a vector symbol.")

    def __add__(self, other: Vector) -> Vector:
        _same_space(self, other)
        total: dict[Atom, Expr] = dict(self.terms)
        for atom, c in other.terms:
            total[atom] = total.get(atom, sympy.Integer(0)) + c
        return Vector.of(total, self.space)

    def __neg__(self) -> Vector:
        return self * -1

    def __sub__(self, other: Vector) -> Vector:
        return self + (-other)

    def __mul__(self, factor: Scalar) -> Vector:
        return Vector.of({atom: c * exact(factor) for atom, c in self.terms}, self.space)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Scalar) -> Vector:
        inverse: Expr = 1 / exact(divisor)
        return Vector.of({atom: c * inverse for atom, c in self.terms}, self.space)

    def __str__(self) -> str:
        if not self.terms:
            return "0"
        return " + ".join(
            _atom_text(atom) if c == 1 else f"({c})*{_atom_text(atom)}" for atom, c in self.terms
        )


class Inner(Expr):  # type: ignore[misc]
    """The inner product <A^p u, A^q v> of two vector symbols, as an atom; built by `dot`.

    `exponent` is p + q and `on_left` is p. Atoms with one `exponent` are equal numbers (`merged`),
    but they are kept apart until a step says so.
    """

    holds_names = True  # its free symbols are names of vectors, functions and indices
    is_commutative = True
    is_real = True

    def __new__(
        cls, left: Any, right: Any, operator: Any, exponent: Any, space: Any, on_left: Any = 0
    ) -> Inner:
        made: Inner = Expr.__new__(
            cls, left, right, operator, exponent, space, sympy.Rational(on_left)
        )
        return made

    @property
    def names(self) -> tuple[str, str]:
        return str(self.args[0]), str(self.args[1])

    @property
    def operator(self) -> str:
        name = str(self.args[2])
        return "" if name == "_" else name

    @property
    def exponent(self) -> Rational:
        return self.args[3]

    @property
    def space(self) -> str:
        return str(self.args[4])

    @property
    def on_left(self) -> Rational:
        return self.args[5]

    @property
    def merged(self) -> Inner:
        """The one atom for all that are equal to this: <u, A^(p+q) v>."""
        left, right, operator, exponent, space, _ = self.args
        return Inner(left, right, operator if exponent != 0 else Symbol("_"), exponent, space)

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        return sympy.Integer(0)

    def _sympystr(self, printer: Any) -> str:
        left, right = self.names
        if not self.operator:
            return f"<{left}, {right}>"
        first, second = (
            f"{self.operator}^{e} " if e != 0 else "" for e in (self.on_left, self._on_right)
        )
        return f"<{first}{left}, {second}{right}>"

    @property
    def _on_right(self) -> Rational:
        return self.exponent - self.on_left

    def _latex(self, printer: Any) -> str:
        left, right = (vector_latex(name) for name in self.names)
        if self.operator:
            first, second = (self._power_latex(e) for e in (self.on_left, self._on_right))
            return rf"\langle {first}{left}, {second}{right} \rangle"
        if left == right:
            return rf"\|{left}\|^2"
        return rf"\langle {left}, {right} \rangle"

    def _power_latex(self, exponent: Rational) -> str:
        if exponent == 0:
            return ""
        power = "" if exponent == 1 else f"^{{{sympy.latex(exponent)}}}"
        return rf"{{{self.operator}}}{power} "


def dot(u: Vector, v: Vector) -> Expr:
    """The inner product, expanded over atoms."""
    _same_space(u, v)
    return sympy.Add(*(a * b * _inner(x, y, u.space) for x, a in u.terms for y, b in v.terms))


def norm2(u: Vector) -> Expr:
    """The squared Euclidean norm."""
    return dot(u, u)


def norm(u: Vector) -> Expr:
    """The Euclidean norm."""
    return sympy.sqrt(norm2(u))


@dataclass(frozen=True)
class Operator(Compound):
    """scalar*I + sum of coefficient * left right^T on R^d, for every d."""

    scalar: Expr
    outer: tuple[tuple[tuple[Atom, Atom], Expr], ...]
    space: str

    @staticmethod
    def of(scalar: Expr, outer: Mapping[tuple[Atom, Atom], Expr], space: str) -> Operator:
        kept = [(pair, c) for pair, c in outer.items() if c != 0]
        key = lambda item: (_key(item[0][0]), _key(item[0][1]))  # noqa: E731
        return Operator(exact(scalar), tuple(sorted(kept, key=key)), space)

    def parts(self) -> tuple[Any, ...]:
        return self.scalar, *(c for _, c in self.outer)

    def rebuilt(self, *parts: Any) -> Operator:
        pairs = (pair for pair, _ in self.outer)
        return Operator.of(parts[0], dict(zip(pairs, parts[1:], strict=True)), self.space)

    def own_names(self) -> frozenset[str]:
        return _names_of((atom for pair, _ in self.outer for atom in pair), self.space)

    def sizes(self) -> frozenset[str]:
        return frozenset({self.space})

    def latex(self) -> str:
        identity = "I" if self.scalar == 1 else f"{sympy.latex(self.scalar)}\\, I"
        parts = [] if self.scalar == 0 else [identity]
        for (left, right), c in self.outer:
            body = rf"{vector_latex(left.name)} {vector_latex(right.name)}^\top"
            parts.append(body if c == 1 else rf"\left({sympy.latex(c)}\right) {body}")
        return " + ".join(parts) or "0"

    def __add__(self, other: Operator) -> Operator:
        total: dict[tuple[Atom, Atom], Expr] = dict(self.outer)
        for pair, c in other.outer:
            total[pair] = total.get(pair, sympy.Integer(0)) + c
        return Operator.of(self.scalar + other.scalar, total, self.space)

    def __sub__(self, other: Operator) -> Operator:
        return self + other * -1

    def __mul__(self, factor: Scalar) -> Operator:
        f = exact(factor)
        return Operator.of(self.scalar * f, {p: c * f for p, c in self.outer}, self.space)

    __rmul__ = __mul__

    def __matmul__(self, other: Any) -> Any:
        """Product with another operator, or the image of a vector."""
        if isinstance(other, Vector):
            image = other * self.scalar
            for (left, right), c in self.outer:
                weight = c * dot(Vector(((right, sympy.Integer(1)),), self.space), other)
                image = image + Vector(((left, sympy.Integer(1)),), self.space) * weight
            return image
        total: dict[tuple[Atom, Atom], Expr] = {}

        def put(pair: tuple[Atom, Atom], c: Expr) -> None:
            total[pair] = total.get(pair, sympy.Integer(0)) + c

        for pair, c in other.outer:
            put(pair, self.scalar * c)
        for (left, right), c in self.outer:
            put((left, right), c * other.scalar)
            for (left2, right2), c2 in other.outer:
                put((left, right2), c * c2 * _inner(right, left2, self.space))
        return Operator.of(self.scalar * other.scalar, total, self.space)

    def __str__(self) -> str:
        outer = "".join(
            f" + ({c})*{_atom_text(left)} {_atom_text(right)}^T" for (left, right), c in self.outer
        )
        return f"({self.scalar})*I{outer}"


def identity_operator(space: Space) -> Operator:
    """The identity on R^d."""
    return Operator.of(sympy.Integer(1), {}, space.name)


def outer(u: Vector, v: Vector) -> Operator:
    """The rank-one operator u v^T."""
    _same_space(u, v)
    pairs: dict[tuple[Atom, Atom], Expr] = {}
    for x, a in u.terms:
        for y, b in v.terms:
            pairs[x, y] = pairs.get((x, y), sympy.Integer(0)) + a * b
    return Operator.of(sympy.Integer(0), pairs, u.space)


def vector_latex(name: str) -> str:
    head, _, tail = name.partition("_")
    return rf"\mathbf{{{head}}}" + (f"_{{{tail}}}" if tail else "")


def _inner(x: Atom, y: Atom, space: str) -> Expr:
    names = {name for name in (x.operator, y.operator) if name}
    if len(names) > 1:
        raise StatementError(f"Operators {sorted(names)} meet in one inner product.")
    left, right = sorted((x, y), key=_key)
    operator = Symbol(names.pop() if names else "_")
    exponent = left.exponent + right.exponent
    pair = Symbol(left.name), Symbol(right.name)
    return Inner(*pair, operator, exponent, Symbol(space), left.exponent)


def _names_of(atoms: Iterable[Atom], space: str) -> frozenset[str]:
    names = {space}
    for atom in atoms:
        names |= {atom.name, *([atom.operator] if atom.operator else [])}
    return frozenset(names)


def _same_space(u: Vector, v: Vector) -> None:
    if not isinstance(v, Vector) or u.space != v.space:
        raise StatementError(f"{u} and {v} do not live in the same space.")


def _key(atom: Atom) -> tuple[str, str, str]:
    return atom.name, atom.operator, str(atom.exponent)


def _atom_text(atom: Atom) -> str:
    if not atom.operator:
        return atom.name
    return f"{atom.operator}^{atom.exponent} {atom.name}"
