"""**Matrices under hypotheses**: expressions as words over one reader, with what is known of them.

An inverse M^-1 is a letter P with M P = I and P M = I, once it is shown that M has one. A diagonal
matrix diag(w) is a letter D with D^T = D and D 1 = w, and diagonal letters commute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq
from sympy import Expr, Symbol

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.signs import Range
from verifier.derive.kernel.words.expansion import Expander, Grid, inner_product, loop_of, ones_name
from verifier.derive.kernel.words.rewriting import Rewriter
from verifier.derive.kernel.words.rules import Loops
from verifier.derive.kernel.words.word import Letter, Loop, Word, WordSum, is_square, straight, text
from verifier.errors import UnsupportedError
from verifier.exact.matrices import Matrix
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.properties import Is
from verifier.exact.substitution import compounds_in, names_in, scalars_in
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner


@dataclass(frozen=True)
class Inverse:
    """What is inverted and the letters P of the inverse, block by block.

    `of` is what is inverted, as it is held; `left` and `right` are the numbers of the relations
    P M - I and M P - I.
    """

    of: Matrix
    inside: Grid
    letters: tuple[tuple[Letter, ...], ...]
    left: tuple[tuple[int, ...], ...]
    right: tuple[tuple[int, ...], ...]


class Matrices:
    """Everything about the matrices of one step.

    `show_invertible` raises `UnsupportedError` unless a matrix has an inverse; `is_definite` says
    whether one is certainly positive definite.
    """

    def __init__(self, reader: Reader, statements: Sequence[Statement]) -> None:
        self.reader = reader
        self.statements = tuple(statements)
        ring = Loops(
            reader.tower,
            label=self._label,
            loop_of=self._loop_of,
            size_of=lambda space: reader.read(Symbol(space, integer=True, positive=True)),
        )
        self.rewriter = Rewriter(ring)
        self.algebra = self.rewriter.algebra
        self.expander = Expander(self.algebra, reader.read, self._opaque)
        self.inverses: dict[str, Inverse] = {}
        self.diagonals: dict[str, Letter] = {}
        self.held: dict[str, Word] = {}  # the vectors on them
        self.named: dict[str, Loop] = {}
        self.literal = False  # nothing is rewritten while it is read
        self.semidefinite: set[str] = set()
        self.invertible: list[Matrix] = []  # by hypotheses
        self.definite: list[WordSum] = []
        self.is_definite: Callable[[Matrix], bool] = lambda of: False
        self.show_invertible: Callable[[Matrix, Grid], None] = _unknown
        self.rewriter.ranks.update(_ranks(statements))

    def scalar(self, trace: Trace) -> Element:
        """The value of a trace, every scalar of words in it rewritten."""
        value: Element = self.expander.trace(trace.matrix)
        return value if self.literal else self.rewriter.settled(value)[0]

    def reduced(self, of: Matrix) -> Grid:
        """The blocks of an expression, rewritten as far as the rules go."""
        return tuple(
            tuple(self.rewriter.reduced(entry)[0] for entry in row)
            for row in self.expander.grid(of)
        )

    def equate(self, left: Matrix, right: Matrix) -> None:
        """Take an equation as true."""
        for row in self.expander.subtract(self.expander.grid(left), self.expander.grid(right)):
            for entry in row:
                self.rewriter.learn(entry)

    def equate_scalars(self, relation: Relation) -> None:
        """Take a scalar equation as true, as far as a scalar of words can be solved for."""
        left, right = relation.lhs, relation.rhs
        gap = self._raw(left) - self._raw(right)
        self.rewriter.learn(WordSum("1", "1", {(): gap}))

    def suppose(self, statement: Is) -> None:
        """Take a property as true."""
        square = self.expander.plain(statement.matrix)
        flipped = self.algebra.transpose(square)
        unit = self.algebra.identity(square.rows)
        match statement.property:
            case "symmetric" | "positive definite" | "positive semidefinite":
                self._zero(flipped, square)
            case "orthogonal":
                self._zero(self.algebra.multiply(flipped, square), unit)
                self._zero(self.algebra.multiply(square, flipped), unit)
            case "an orthogonal projection" | "a mask":
                self._zero(flipped, square)
                self._zero(self.algebra.multiply(square, square), square)
        if statement.property != "invertible" and statement.matrix.head == "symbol":
            if statement.property not in ("symmetric", "orthogonal"):
                self.semidefinite.add(statement.matrix.symbol)
            if statement.property == "a mask":
                self._diagonal_letter(next(iter(square.terms))[0])

    def inverse(self, of: Matrix, inside: Grid) -> Grid:
        """The letters of the inverse of a matrix that has one."""
        reduced = [[self._read(entry) for entry in row] for row in inside]
        key = " | ".join(f"{s.rows} x {s.columns}: {s}" for row in reduced for s in row)
        if key not in self.inverses:
            self.inverses[key] = self._new_inverse(of, inside)
        letters = self.inverses[key].letters
        return tuple(tuple(self.algebra.letter(one) for one in row) for row in letters)

    def _new_inverse(self, of: Matrix, inside: Grid) -> Inverse:
        name, places = f"({of})^-1", range(len(inside))
        if any(name == letter.name for i in self.inverses.values() for letter in i.letters[0]):
            name = f"{name} #{len(self.inverses) + 1}"
        sizes = [inside[n][n].rows for n in places]
        letters = tuple(
            tuple(
                Letter(name if len(sizes) == 1 else f"{name}[{i},{j}]", False, sizes[i], sizes[j])
                for j in places
            )
            for i in places
        )
        if len(sizes) == 1 and self.is_definite(of):
            self.semidefinite.add(name)
        found: Grid = tuple(tuple(self.algebra.letter(one) for one in row) for row in letters)
        right = self._learn_unit(self.expander.product(inside, found))
        left = self._learn_unit(self.expander.product(found, inside))
        return Inverse(of, inside, letters, left, right)

    def _learn_unit(self, product: Grid) -> tuple[tuple[int, ...], ...]:
        """Take a product as the identity; the numbers of the relations that say so."""
        out = []
        for i, row in enumerate(product):
            numbers = []
            for j, entry in enumerate(row):
                unit = self.algebra.identity(entry.rows)
                gap = self.algebra.subtract(entry, unit) if i == j else entry
                numbers.append(len(self.rewriter.relations))
                self.rewriter.learn(gap)
            out.append(tuple(numbers))
        return tuple(out)

    def _opaque(self, of: Matrix) -> Grid:
        if of.head == "inverse":
            inside = self.expander.grid(of.args[0])
            self._check_still(of, inside)
            self.show_invertible(of.args[0], inside)
            return self.inverse(of.args[0], inside)
        if of.head == "diagonal":
            return ((self.diagonal(self.expander.plain(of.args[0])),),)
        if of.head == "hadamard":
            left, right = (self.expander.plain(arg) for arg in of.args)
            return ((self.algebra.multiply(self.diagonal(left), right),),)
        raise UnsupportedError(f"{of} is not read here.")

    def _check_still(self, of: Matrix, inside: Grid) -> None:
        """Letters do not move with a variable by which a derivative is being taken."""
        tower = self.reader.tower
        for row in inside:
            if any(tower.moves(c) for entry in row for c in entry.terms.values()):
                raise UnsupportedError(f"{of} moves: no derivative of an inverse is taken here.")

    def diagonal(self, column: WordSum) -> WordSum:
        """diag(D v) = D diag(v) for diagonal D, and diag(1) = I."""
        of = self._read(column)
        total = self.algebra.zero(of.rows, of.rows)
        for word, c in of.terms.items():
            length = 0
            while word[length].name in self.diagonals:
                length += 1
            rest = word[length:]
            kept = word[:length]
            if rest != (Letter(ones_name(of.rows), False, of.rows, "1"),):
                kept = (*kept, self._diagonal_of(rest))
            part = self.algebra.of_word(of.rows, of.rows, kept)
            total = self.algebra.add(total, self.algebra.scaled(c, part))
        return total

    def _read(self, of: WordSum) -> WordSum:
        return of if self.literal else self.rewriter.reduced(of)[0]

    def _diagonal_of(self, word: Word) -> Letter:
        size = word[0].rows
        letter = Letter(f"#diag({text(word)})", False, size, size)
        if letter.name not in self.diagonals:
            self.held[letter.name] = word
            self._diagonal_letter(letter)
            ones = Letter(ones_name(size), False, size, "1")
            image = self.algebra.of_word(size, "1", (letter, ones))
            self._zero(self.algebra.of_word(size, "1", word), image)
        return letter

    def _diagonal_letter(self, letter: Letter) -> None:
        """Symmetric, and commuting with every diagonal letter on its space."""
        size = letter.rows
        self._zero(self.algebra.letter(letter.transposed), self.algebra.letter(letter))
        for other in self.diagonals.values():
            if other.rows == size:
                one, two = (letter, other), (other, letter)
                self._zero(*(self.algebra.of_word(size, size, pair) for pair in (one, two)))
        self.diagonals[letter.name] = letter

    def _zero(self, one: WordSum, two: WordSum) -> None:
        self.rewriter.learn(self.algebra.subtract(one, two))

    def _raw(self, side: Expr) -> Element:
        """What is read, but for an inner product that an equation replaces when it is read."""
        if isinstance(side, Inner) and side in self.reader.equal:
            return self.reader.tower.symbol(self.reader.label(side))
        return self.reader.read(side)

    def _label(self, loop: Loop) -> str:
        """The name of a loop; one that is a square has its range noted."""
        inner = inner_product(loop)
        label = loop.text if inner is None else self.reader.label(inner)
        if self.named.setdefault(label, loop) != loop:
            raise UnsupportedError(f"Two scalars are called `{label}`.")
        if is_square(loop, self.semidefinite):
            self.reader.tower.symbol(label)
            slot = self.reader.tower.by_label[label].slot
            bounds = self.reader.oracle.ranges.setdefault(slot, Range())
            if bounds.low is None:
                bounds.tighten_low(fmpq(0), False)
                self.reader.oracle.cache.clear()
        return label

    def _loop_of(self, label: str) -> Loop | None:
        if label in self.named:
            return self.named[label]
        atom = self.reader.names.get(label)
        if isinstance(atom, Trace):
            return loop_of(atom)
        if not isinstance(atom, Inner) or not all(isinstance(a, Symbol) for a in atom.args[:2]):
            return None
        left, right = (Letter(name, False, atom.space, "1") for name in atom.names)
        middle = []
        if atom.operator:
            power = Fraction(int(atom.exponent.p), int(atom.exponent.q))
            middle = [Letter(atom.operator, False, atom.space, atom.space, power)]
        return straight((left.transposed, *middle, right))


def _unknown(of: Matrix, inside: Grid) -> None:
    raise UnsupportedError(f"Whether {of} has an inverse is not known.")


def _ranks(statements: Iterable[Statement]) -> dict[str, int]:
    """Letters to be rewritten into others: vectors that a diagonal holds, and what is defined."""
    ranks = {name: 1 for s in statements for name in _on_diagonals(s)}
    for name, other in _definitions(statements):
        below = [ranks.get(used, 0) for used in names_in(other)]
        ranks[name] = max((*below, ranks.get(name, 0), 1)) + 1
    return ranks


def _on_diagonals(statement: Statement) -> Iterator[str]:
    inside = [t.matrix for e in scalars_in(statement) for t in e.atoms(Trace)]
    for thing in (statement, *inside):
        for part in compounds_in(thing):
            if isinstance(part, Matrix) and part.head in ("diagonal", "hadamard"):
                yield from (arg.symbol for arg in part.args if arg.head == "symbol")


def _definitions(statements: Iterable[Statement]) -> list[tuple[str, Matrix]]:
    """(name, expression) of equations that define a symbol, each after those that it uses."""
    found: dict[str, Matrix] = {}
    for s in statements:
        if not isinstance(s, Relation) or s.op != "==" or not isinstance(s.lhs, Matrix):
            continue
        for left, right in ((s.lhs, s.rhs), (s.rhs, s.lhs)):
            name = _defined(left)
            if name and name not in found and not _reaches(right, name, found):
                found[name] = right
                break
    ordered: list[tuple[str, Matrix]] = []
    while len(ordered) < len(found):
        done = {name for name, _ in ordered}
        ordered += [
            (name, value)
            for name, value in found.items()
            if name not in done and not (names_in(value) & found.keys()) - done
        ]
    return ordered


def _defined(side: Matrix) -> str:
    inner = side.args[0] if side.head == "transpose" else side
    return inner.symbol if inner.head == "symbol" else ""


def _reaches(value: Matrix, name: str, found: dict[str, Matrix]) -> bool:
    names, todo = set(), {*names_in(value)}
    while todo:
        one = todo.pop()
        names.add(one)
        if one in found:
            todo |= names_in(found[one]) - names
    return name in names
