r"""**Sums and products over an index**, of scalars and of vectors, for every size.

The index of a sum is bound: sums that differ in its name alone are one expression.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

import sympy
from sympy import Expr, Symbol, oo

from verifier.errors import StatementError
from verifier.exact.atoms import Atom
from verifier.exact.families import Entry, Member, is_count, reached
from verifier.exact.fields import Partial
from verifier.exact.scalars import Scalar, exact
from verifier.exact.vectors import Vector

LETTERS = ("i", "j", "k", "l", "p", "q", "r", "s")
LONGEST = 60  # terms that are written out
_NAMELESS = "{i}"  # the index of a sum of vectors, bound in its coefficients


@dataclass(frozen=True, order=True)
class SumOver(Member):
    """sum_i c_i x[i] over all of a family, where `entry` is x at the index that is bound in c."""

    lower: Any = sympy.Integer(1)
    upper: Any = None

    @property
    def names(self) -> frozenset[str]:
        ends = self.lower.free_symbols | self.upper.free_symbols
        return super().names - {_NAMELESS} | {str(symbol) for symbol in ends}

    @property
    def bound(self) -> frozenset[Symbol]:
        return frozenset({self._nameless})

    @property
    def _nameless(self) -> Symbol:
        (index,) = (s for s in self.entry.index.free_symbols if str(s) == _NAMELESS)
        return index

    def parts(self) -> tuple[Expr, ...]:
        return self.entry.size, self.lower, self.upper

    def rebuilt(self, *parts: Expr) -> Atom:
        size, lower, upper = parts
        entry = Entry(self.entry.name, self.entry.index, size)
        return replace(self, entry=entry, lower=lower, upper=upper)

    def opened(self, coefficient: Expr, mark: str) -> tuple[Atom, Expr]:
        old, new = self._nameless, _like(self._nameless, f"{{{mark}}}")
        entry = self.entry.xreplace({old: new})
        atom = Member(str(entry), self.operator, self.exponent, entry)
        return atom, renamed(coefficient, old, new)

    def closed(self, term: Expr, mark: str) -> Expr:
        return Summed(term, _like(self._nameless, f"{{{mark}}}"), self.lower, self.upper)

    def text_with(self, coefficient: Expr) -> str:
        body, index = self._named(coefficient)
        inner = Member(str(body[0]), self.operator, self.exponent, body[0])
        return f"sum({inner.text_with(body[1])}, {index}={self.lower}..{self.upper})"

    def latex_with(self, coefficient: Expr) -> str:
        body, index = self._named(coefficient)
        inner = Member(str(body[0]), self.operator, self.exponent, body[0])
        return rf"\sum_{{{index}={sympy.latex(self.lower)}}}^{{{sympy.latex(self.upper)}}} " + (
            inner.latex_with(body[1])
        )

    def _named(self, coefficient: Expr) -> tuple[tuple[Expr, Expr], Symbol]:
        letter = _letter(coefficient.free_symbols | self.entry.free_symbols)
        shown = _like(self._nameless, letter)
        entry = self.entry.xreplace({self._nameless: shown})
        return (entry, renamed(coefficient, self._nameless, shown)), shown


class _Reduced(Expr):  # type: ignore[misc]
    """`body` over every integer index from `lower` to `upper`; nothing at all is its neutral value.

    The index is renamed, so that sums that differ in its name alone are one expression.
    """

    is_commutative = True
    is_real = True
    symbol = ""
    word = ""

    def __new__(cls, body: Any, index: Any, lower: Any, upper: Any) -> Self:
        if is_count(index) and not _at_least_one(lower):
            raise StatementError(f"`{index}` is positive and cannot start at {lower}.")
        if body.has(Partial) and index in body.free_symbols:
            raise StatementError(f"`{index}` is an index of a derivative in {body}.")
        own = _like(index, f"{{{1 + max(_numbers(body, index), default=0)}}}")
        made: Self = Expr.__new__(cls, renamed(body, index, own), own, lower, upper)
        return made

    @property
    def body(self) -> Expr:
        return self.args[0]

    @property
    def index(self) -> Symbol:
        return self.args[1]

    @property
    def lower(self) -> Expr:
        return self.args[2]

    @property
    def upper(self) -> Expr:
        return self.args[3]

    @property
    def free_symbols(self) -> set[Any]:
        ends = self.lower.free_symbols | self.upper.free_symbols
        return (self.body.free_symbols - {self.index}) | ends

    def at(self, index: Any) -> Expr:
        """The term at one index."""
        return renamed(self.body, self.index, exact(index))

    def _shown(self) -> tuple[Expr, Symbol]:
        shown = _like(self.index, _letter(self.free_symbols))
        return renamed(self.body, self.index, shown), shown

    def _sympystr(self, printer: Any) -> str:
        body, index = self._shown()
        ends = f"{printer.doprint(self.lower)}..{printer.doprint(self.upper)}"
        return f"{self.word}({printer.doprint(body)}, {index}={ends})"

    def _latex(self, printer: Any) -> str:
        body, index = self._shown()
        ends = rf"_{{{index}={printer.doprint(self.lower)}}}^{{{printer.doprint(self.upper)}}}"
        shown = printer.doprint(body)
        return rf"{self.symbol}{ends} " + (rf"\left({shown}\right)" if body.is_Add else shown)


class Summed(_Reduced):
    """The sum of `body`; over no index it is 0."""

    symbol = r"\sum"
    word = "sum"

    def _eval_derivative(self, symbol: Symbol) -> Expr | None:
        if symbol in self.lower.free_symbols | self.upper.free_symbols:
            return None
        return Summed(self.body.diff(symbol), self.index, self.lower, self.upper)


class Multiplied(_Reduced):
    """The product of `body`; over no index it is 1."""

    symbol = r"\prod"
    word = "product"

    def _eval_derivative(self, symbol: Symbol) -> Expr | None:
        return None


def total(
    body: Any, index: Symbol, *, over: str | None = None, start: Scalar = 1, to: Scalar = None
) -> Any:
    """The sum of `body` (a scalar or a vector) over `index` = `start`, ..., `to`.

    The end is the size `over`, or that of the families which the index runs through.
    """
    if isinstance(body, Vector):
        return _sum_of_vectors(body, index, over, start, to)
    body = exact(body)
    return Summed(body, index, *_ends(_members(body, index), index, over, start, to))


def product(
    body: Scalar, index: Symbol, *, over: str | None = None, start: Scalar = 1, to: Scalar = None
) -> Expr:
    """The product of `body` over `index` = `start`, ..., `to`."""
    body = exact(body)
    return Multiplied(body, index, *_ends(_members(body, index), index, over, start, to))


def _sum_of_vectors(
    body: Vector, index: Symbol, over: str | None, start: Scalar, to: Scalar
) -> Vector:
    members = {atom.entry for atom, _ in body.terms if isinstance(atom, Member)}
    members = {entry for entry in members if entry.has(index)}
    met = members.union(*(_members(c, index) for _, c in body.terms))
    lower, upper = _ends(met, index, over, start, to)
    nameless = _like(index, _NAMELESS)
    total: dict[Atom, Expr] = {}
    for atom, c in body.terms:
        if isinstance(atom, Member) and not isinstance(atom, SumOver) and atom.entry in members:
            entry = atom.entry.xreplace({index: nameless})
            new: Atom = SumOver(str(entry), atom.operator, atom.exponent, entry, lower, upper)
            c = renamed(c, index, nameless)
        else:
            new, c = atom, Summed(c, index, lower, upper)
        total[new] = total.get(new, sympy.Integer(0)) + c
    return Vector.of(total, body.space)


def _members(body: Expr, index: Symbol) -> set[Entry]:
    return {entry for entry in body.atoms(Entry) if index in entry.index.free_symbols}


def _ends(
    members: set[Entry], index: Symbol, over: str | None, start: Scalar, to: Scalar
) -> tuple[Expr, Expr]:
    if not (isinstance(index, Symbol) and index.is_integer):
        raise StatementError(f"{index!r} is no index: make it with indices.")
    sizes = {entry.size for entry in members if entry.size != oo}
    if over is not None and to is not None:
        raise StatementError("A sum ends at `over` or at `to`, not at both.")
    if over is not None:
        upper: Expr = Symbol(over, integer=True, positive=True)
    elif to is not None:
        upper = exact(to)
    elif len(sizes) == 1:
        (upper,) = sizes
    else:
        raise StatementError(f"The sum over `{index}` has no end: give `over` or `to`.")
    lower = exact(start)
    if not (lower.is_integer and upper.is_integer) or index in (lower.free_symbols | {upper}):
        raise StatementError(f"`{index}` cannot run from {lower} to {upper}.")
    for size in sizes:
        below = upper - size
        if not _at_least_one(lower) or not (below.is_Integer and below <= 0):
            raise StatementError(f"`{index}` runs to {upper} in a family of size {size}.")
    return lower, upper


def _at_least_one(lower: Expr) -> bool:
    return bool(lower.is_Integer and lower >= 1) or is_count(lower)


def spelled_out(expr: Expr) -> Expr:
    """`expr` with sums and products over a few numbers written term by term."""
    if not expr.has(Summed, Multiplied):
        return expr
    if isinstance(expr, (Summed, Multiplied)) and _is_short(expr):
        terms = (spelled_out(expr.at(k)) for k in range(int(expr.lower), int(expr.upper) + 1))
        return sympy.Add(*terms) if isinstance(expr, Summed) else sympy.Mul(*terms)
    args = (spelled_out(arg) if isinstance(arg, Expr) else arg for arg in expr.args)
    return expr.func(*args)


def _is_short(expr: Summed | Multiplied) -> bool:
    numbers = expr.lower.is_Integer and expr.upper.is_Integer
    return bool(numbers and expr.upper - expr.lower < LONGEST)


def renamed(expr: Expr, old: Symbol, new: Expr) -> Expr:
    """`expr` with the symbol `old` replaced where it is free."""
    if expr == old:
        return new
    if not expr.args or old not in (reached(expr) if isinstance(expr, Expr) else expr.free_symbols):
        return expr
    if isinstance(expr, _Reduced):
        body = expr.body if expr.index == old else renamed(expr.body, old, new)
        ends = (renamed(end, old, new) for end in (expr.lower, expr.upper))
        return expr.func(body, expr.index, *ends)
    return expr.func(*(renamed(arg, old, new) for arg in expr.args))


def _numbers(expr: Expr, *skipped: Symbol) -> Iterator[int]:
    """The numbers of the indices in `expr`, bound and free, but for those that are skipped."""
    if isinstance(expr, _Reduced):
        yield int(str(expr.index)[1:-1])
        skipped = (*skipped, expr.index)
    if isinstance(expr, Symbol) and expr not in skipped and str(expr)[1:-1].isdigit():
        yield int(str(expr)[1:-1])
    for arg in expr.args:
        yield from _numbers(arg, *skipped)


def _like(index: Symbol, name: str) -> Symbol:
    """A symbol of another name that stands for as much: integers, or positive integers."""
    return Symbol(name, integer=True, positive=True if is_count(index) else None)


def _letter(free: set[Any]) -> str:
    taken = {str(symbol) for symbol in free}
    return next((letter for letter in LETTERS if letter not in taken), "index")
