"""**Definiteness**: which matrices are positive, and which have an inverse, for every size.

Read off the expression as it is held: X K X^T is semidefinite with K, and sums and multiples are
by their signs. A matrix has an inverse if a hypothesis says so, if it is positive definite, if it
is a product of such, or if it is such a matrix A plus one c x y^T with 1 + c y^T A^-1 x != 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sympy import Expr, Integer

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.signsets import NONNEGATIVE, NONZERO, POSITIVE
from verifier.derive.kernel.words.expansion import Grid
from verifier.derive.kernel.words.matrices import Matrices
from verifier.derive.kernel.words.word import WordSum
from verifier.errors import UnsupportedError
from verifier.exact.matrices import Matrix, inverse
from verifier.exact.matrix_text import blocks
from verifier.exact.statements.properties import Is, Property

Sign = Literal["", "semidefinite", "definite"]
SEMIDEFINITE = ("positive semidefinite", "an orthogonal projection", "a mask")


@dataclass
class Definiteness:
    """What the facts say of matrices, up to the relations that are known."""

    matrices: Matrices
    facts: list[tuple[Property, WordSum]] = field(default_factory=list)
    block_facts: list[Matrix] = field(default_factory=list)

    def learn(self, fact: Is) -> None:
        """Take a property as true."""
        if fact.property in ("invertible", "positive definite"):
            self.matrices.invertible.append(fact.matrix)
        if len(fact.matrix.rows) > 1:
            if fact.property in ("invertible", "positive definite", "orthogonal"):
                self.block_facts.append(fact.matrix)
            return
        plain = self.matrices.expander.plain(fact.matrix)
        self.facts.append((fact.property, plain))
        if fact.property == "positive definite":
            self.matrices.definite.append(plain)

    def sign(self, of: Matrix) -> Sign:
        """Whether the symmetric matrix `of` is certainly positive semidefinite, or definite."""
        args = of.args
        known = self._by_facts(of)
        if known == "definite":
            return known
        match of.head:
            case "identity" | "power":
                return "definite"
            case "zero":
                return "semidefinite"
            case "transpose":
                return self.sign(args[0])
            case "inverse":
                return "definite" if self.sign(args[0]) == "definite" else ""
            case "scaled":
                return _better(known, self._scaled(args[0], args[1]))
            case "sum":
                return _better(known, self._sum(of))
            case "product":
                return _better(known, self._product(of))
        return known

    def show_invertible(self, of: Matrix, inside: Grid) -> None:
        """Raise `UnsupportedError` unless the matrix certainly has an inverse."""
        if not self.invertible(of):
            raise UnsupportedError(
                f"it inverts\n    {of}\n"
                "  and neither a hypothesis nor a step in `uses` shows that it is invertible."
            )

    def invertible(self, of: Matrix) -> bool:
        """Whether a square matrix certainly has an inverse."""
        args = of.args
        if len(of.rows) > 1:
            return self._block_invertible(of)
        if self._known_invertible(of) or self.sign(of) == "definite":
            return True
        match of.head:
            case "inverse":
                return True  # it was read: it has a value
            case "transpose":
                return self.invertible(args[0])
            case "scaled":
                return self._sign_of(args[0]) <= NONZERO and self.invertible(args[1])
            case "product":
                square = all(part.shape == of.shape for part in args)
                return square and all(self.invertible(part) for part in args)
            case "sum":
                return self._updated(of)
        return False

    def _by_facts(self, of: Matrix) -> Sign:
        found: Sign = ""
        for name, ratio in self._matching(of):
            if name == "positive definite" and ratio <= POSITIVE:
                return "definite"
            if name in (*SEMIDEFINITE, "positive definite") and ratio <= NONNEGATIVE:
                found = "semidefinite"
        return found

    def _known_invertible(self, of: Matrix) -> bool:
        wanted = ("invertible", "positive definite", "orthogonal")
        return any(name in wanted and ratio <= NONZERO for name, ratio in self._matching(of))

    def _matching(self, of: Matrix) -> Iterator[tuple[Property, frozenset[int]]]:
        """Facts on multiples of a matrix or of its transpose, with the sign of the factor."""
        if len(of.rows) > 1:
            return
        m = self.matrices
        raw = m.expander.plain(of)
        for one in (raw, m.algebra.transpose(raw)):
            reduced = m.rewriter.reduced(one)[0]
            for name, fact in self.facts:
                other = m.rewriter.reduced(fact)[0]
                ratio = self._ratio(reduced, other)
                if ratio is not None:
                    yield name, m.reader.sign(ratio)

    def _ratio(self, one: WordSum, two: WordSum) -> Element | None:
        if one.rows != two.rows or one.terms.keys() != two.terms.keys() or one.is_zero:
            return None
        word = min(one.terms)
        tower = self.matrices.reader.tower
        a, b = one.terms[word], two.terms[word]
        if not tower.sign_of(b) <= NONZERO:
            return None
        ratio = tower.reduced(a.num * b.den, a.den * b.num)
        same = all((c - ratio * two.terms[w]).is_zero for w, c in one.terms.items())
        return ratio if same else None

    def _sign_of(self, factor: Expr) -> frozenset[int]:
        reader = self.matrices.reader
        return reader.sign(reader.read(factor))

    def _scaled(self, factor: Expr, inner: Matrix) -> Sign:
        known, below = self._sign_of(factor), self.sign(inner)
        if below and known <= NONNEGATIVE:
            return below if known <= POSITIVE else "semidefinite"
        return ""

    def _sum(self, of: Matrix) -> Sign:
        parts = [self.sign(part) for part in of.args]
        if all(parts):
            return "definite" if "definite" in parts else "semidefinite"
        rest, update = _rank_one(of)
        if update is None or update.left != update.right:
            return ""
        return self._around_identity(rest, update)

    def _around_identity(self, rest: Matrix, update: Update) -> Sign:
        """c I + k x x^T is positive definite if c > 0 and c + k |x|^2 > 0."""
        m = self.matrices
        plain = m.reduced(rest)[0][0]
        if set(plain.terms) != {()}:
            return ""
        c, k = plain.terms[()], m.reader.read(update.factor)
        x = m.expander.plain(update.left)
        length = m.algebra.trace(m.algebra.multiply(m.algebra.transpose(x), x))
        ends = (m.reader.sign(c), m.reader.sign(m.rewriter.settled(c + k * length)[0]))
        if all(end <= POSITIVE for end in ends):
            return "definite"
        return "semidefinite" if all(end <= NONNEGATIVE for end in ends) else ""

    def _product(self, of: Matrix) -> Sign:
        """X K X^T, where the right factors are the transposes of the left ones."""
        args = of.args
        half, odd = divmod(len(args), 2)
        left = _joined(args[:half])
        if left is None or not self._same(left.T, _joined(args[half + odd :])):
            return ""
        middle: Sign = self.sign(args[half]) if odd else "definite"
        if middle == "definite" and left.is_square and self.invertible(left):
            return "definite"
        return "semidefinite" if middle else ""

    def _same(self, one: Matrix, two: Matrix | None) -> bool:
        if two is None or one.shape != two.shape:
            return False
        m = self.matrices
        gap = m.expander.subtract(m.expander.grid(one), m.expander.grid(two))
        return all(m.rewriter.reduced(entry)[0].is_zero for row in gap for entry in row)

    def _updated(self, of: Matrix) -> bool:
        """A + c x y^T has an inverse if A has one and 1 + c y^T A^-1 x is not zero."""
        rest, update = _rank_one(of)
        if update is None or not self.invertible(rest):
            return False
        m = self.matrices
        image = m.expander.plain(inverse(rest) @ update.left)
        row = m.algebra.transpose(m.expander.plain(update.right))
        along = m.algebra.trace(m.algebra.multiply(row, image))
        value = m.reader.tower.one + m.reader.read(update.factor) * along
        return m.reader.sign(m.rewriter.settled(value)[0]) <= NONZERO

    def _block_invertible(self, of: Matrix) -> bool:
        """By a hypothesis, or by A and the Schur complement D - C A^-1 B."""
        if any(self._same(of, fact) or self._same(of.T, fact) for fact in self.block_facts):
            return True
        if of.head != "block" or of.args[0] != 2 or len(of.args) != 5:
            return False
        (a, b), (c, d) = blocks(of)
        if not a.is_square or not self.invertible(a):
            return False
        return self.invertible(d - c @ inverse(a) @ b)


@dataclass(frozen=True)
class Update:
    """factor * left right^T with vectors left and right."""

    factor: Expr
    left: Matrix
    right: Matrix


def _rank_one(of: Matrix) -> tuple[Matrix, Update | None]:
    """A sum without its rank-one term, and that term, if there is exactly one."""
    updates = [_as_update(part) for part in of.args]
    found = [n for n, update in enumerate(updates) if update is not None]
    if len(found) != 1 or len(of.args) < 2:
        return of, None
    (place,) = found
    first, *others = (*of.args[:place], *of.args[place + 1 :])
    return sum(others, start=first), updates[place]


def _as_update(part: Matrix) -> Update | None:
    factor: Expr = Integer(1)
    while part.head == "scaled":
        factor, part = factor * part.args[0], part.args[1]
    if part.head != "product":
        return None
    for n in range(1, len(part.args)):
        if part.args[n - 1].is_column:
            left, right = _joined(part.args[:n]), _joined(part.args[n:])
            if left is not None and right is not None:
                return Update(factor, left, right.T)
    return None


def _joined(factors: tuple[Matrix, ...]) -> Matrix | None:
    if not factors:
        return None
    total = factors[0]
    for factor in factors[1:]:
        total = total @ factor
    return total


def _better(one: Sign, two: Sign) -> Sign:
    order: tuple[Sign, ...] = ("", "semidefinite", "definite")
    return max(one, two, key=order.index)
