"""**Matrices that fit**: exact ones, of every kind that the hypotheses name, by construction.

An equation that gives a matrix or vector by others is solved, and so is W^T W = B B^T, by a W
that is B^T turned. What is left is drawn and then tried.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from verifier.errors import CounterexampleError, DomainError, StatementError, UnsupportedError
from verifier.exact.matrices import Matrix, matrix
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.properties import Is
from verifier.exact.substitution import names_in, sizes_in
from verifier.exact.vectors import Vector
from verifier.falsify.instances.instance import Instance, Rows, Value, inverse
from verifier.falsify.instances.leaf import Leaf
from verifier.falsify.instances.matrix_equations import Equation, solved
from verifier.falsify.instances.rational import Evaluator as Evaluate
from verifier.falsify.instances.rational import Irrational, fraction, rational_evaluator
from verifier.falsify.instances.signature import Signature, read_signature
from verifier.falsify.statements.ground import lower

Numbers = tuple[tuple[Fraction, ...], ...]
_MOST_SPECIFIC_FIRST = (
    "a mask",
    "an orthogonal projection",
    "orthogonal",
    "positive definite",
    "positive semidefinite",
    "symmetric",
    "invertible",
)


@dataclass(frozen=True)
class Given:
    """An equation that determines `name`: by `value`, or by name^T name = value value^T."""

    name: str
    value: Matrix
    turned: bool = False  # the symbol is transposed
    gram: bool = False


class MatrixMaker:
    """Matrices for one signature under hypotheses."""

    def __init__(self, signature: Signature, statements: Sequence[Statement]) -> None:
        self.signature = signature
        self.evaluate = Evaluator()
        self.kinds: dict[str, str] = {}
        named: dict[str, set[str]] = {}
        for s in statements:
            if isinstance(s, Is) and s.matrix.head == "symbol":
                named.setdefault(s.matrix.symbol, set()).add(s.property)
        for name, found in named.items():
            self.kinds[name] = next(kind for kind in _MOST_SPECIFIC_FIRST if kind in found)
        equations = list(_matrix_equations(statements))
        self.given = tuple(_in_order(_determined(equations)))
        taken = {(given.name, given.value) for given in self.given}
        self.others = [e for e in equations if not _is_taken(e, taken)]
        for e in self.others:
            name = _idempotent(e)
            if name:
                self.kinds.setdefault(name, "idempotent")
        alike = ("symmetric", "positive definite", "positive semidefinite")
        self.symmetric = frozenset(name for name, kind in self.kinds.items() if kind in alike)

    @property
    def made(self) -> frozenset[str]:
        """Names whose values are constructed, or determined by others."""
        kept = {name for name in self.kinds if self.kinds[name]}
        return frozenset({*kept, *(given.name for given in self.given)})

    def put(self, rng: random.Random, values: dict[str, Value], pattern: str) -> None:
        """Draw every matrix."""
        for name, *sizes in self.signature.matrices:
            m, n = (_size(values, size) for size in sizes)
            values[name] = Rows(_drawn(rng, m, n, pattern, self.kinds.get(name, "")))

    def complete(
        self, values: dict[str, Value], rng: random.Random | None = None
    ) -> dict[str, Value] | None:
        """`values` with what equations determine put in, or None where they have no solution."""
        for given in self.given:
            try:
                found = self.evaluate(given.value, values)
            except (Irrational, CounterexampleError, DomainError, UnsupportedError):
                return None
            turned = self._turned(given, found, values, rng) if given.gram else found
            if turned is None:
                return None
            values[given.name] = self._value(given, turned)
        if rng is None or not self.others:
            return values
        return solved(self.others, values, self.evaluate, symmetric=self.symmetric, rng=rng)

    def _turned(
        self, given: Given, root: Numbers, values: Mapping[str, Any], rng: random.Random | None
    ) -> Numbers | None:
        """W = Q B^T with orthonormal columns of Q; what already fits stays."""
        old = values[given.name]
        rows = old.rows if isinstance(old, Rows) else tuple((x,) for x in old)
        rows = _transpose(rows) if given.turned else rows
        if rng is None and _times(_transpose(rows), rows) == _times(root, _transpose(root)):
            return rows
        height, width = len(rows), len(root[0])
        if height < width:
            return None
        frame = _eye(height, height) if rng is None else orthogonal(rng, height)
        return _times(tuple(row[:width] for row in frame), _transpose(root))

    def _value(self, given: Given, found: Numbers) -> Value:
        table = _transpose(found) if given.turned else found
        if given.name in {name for name, _ in self.signature.vectors}:
            return tuple(x for (x,) in table)
        return Rows(table)


class Evaluator:
    """The entries of expressions at instances; each is lowered once for each choice of sizes.

    Raises `Irrational`, `DomainError` or `UnsupportedError` where they are no rationals.
    """

    def __init__(self) -> None:
        self.compiled: dict[tuple[Matrix, tuple[int, ...]], _Compiled] = {}

    def __call__(self, of: Matrix, instance: Instance) -> Numbers:
        sizes = {name: _size(instance, name) for name in sorted(sizes_in(of))}
        key = of, tuple(sizes.values())
        if key not in self.compiled:
            self.compiled[key] = _compiled(of, sizes)
        made = self.compiled[key]
        at = [leaf.value(instance) for leaf in made.leaves]
        return tuple(tuple(entry(at) for entry in row) for row in made.entries)


@dataclass(frozen=True)
class _Compiled:
    leaves: tuple[Leaf, ...]
    entries: tuple[tuple[Evaluate, ...], ...]


def _compiled(of: Matrix, sizes: Mapping[str, int]) -> _Compiled:
    same = Relation("==", of, of)
    goal = lower(same, read_signature([same]), sizes)
    symbols = sorted(goal.leaves, key=str)
    height = sum(1 if name == "1" else sizes[name] for name in of.rows)
    width = sum(1 if name == "1" else sizes[name] for name in of.columns)
    flat = [rational_evaluator(r.lhs, symbols) or _irrational for r in goal.relations]
    rows = tuple(tuple(flat[k * width : (k + 1) * width]) for k in range(height))
    return _Compiled(tuple(goal.leaves[s] for s in symbols), rows)


def _irrational(values: Sequence[Fraction]) -> Fraction:
    raise Irrational


def orthogonal(rng: random.Random, n: int) -> Numbers:
    """A rational orthogonal matrix: (I - S)(I + S)^-1 for a skew S (Cayley), with signs."""
    plus = fmpq_mat([[int(i == j) for j in range(n)] for i in range(n)])
    for i in range(n):
        for j in range(i):
            plus[i, j] = fmpq(rng.choice((0, 0, 1, -1, 2)), rng.choice((1, 2)))
            plus[j, i] = -plus[i, j]
    signs = [rng.choice((1, 1, -1)) for _ in range(n)]
    back = plus.inv().tolist()
    # (I - S)(I + S)^-1 = 2 (I + S)^-1 - I
    return tuple(
        tuple(
            fraction(sign * (2 * x - int(i == j)))
            for j, (x, sign) in enumerate(zip(row, signs, strict=True))
        )
        for i, row in enumerate(back)
    )


def _matrix_equations(statements: Sequence[Statement]) -> Iterator[Equation]:
    for s in statements:
        if not isinstance(s, Relation) or s.op != "==":
            continue
        if not isinstance(s.lhs, (Matrix, Vector)):
            continue
        try:
            yield Equation(matrix(s.lhs), matrix(s.rhs))
        except StatementError:
            continue


def _determined(equations: Sequence[Equation]) -> Iterator[Given]:
    for e in equations:
        given = _given(e.left, e.right) or _given(e.right, e.left)
        if given is not None:
            yield given


def _is_taken(equation: Equation, taken: set[tuple[str, Matrix]]) -> bool:
    given = _given(equation.left, equation.right) or _given(equation.right, equation.left)
    return given is not None and (given.name, given.value) in taken


def _idempotent(equation: Equation) -> str:
    """The name of P when the equation says P P = P."""
    for one, two in ((equation.left, equation.right), (equation.right, equation.left)):
        if one.head == "symbol" and two.head == "product" and two.args == (one, one):
            return one.symbol
    return ""


def _given(left: Matrix, right: Matrix) -> Given | None:
    name, turned = _symbol_of(left)
    if name and name not in names_in(right):
        return Given(name, right, turned)
    if not (_is_square_of(left) and _is_square_of(right)):
        return None
    name, turned = _symbol_of(left.args[1])
    root: Matrix = right.args[0]
    return Given(name, root, turned, gram=True) if name and name not in names_in(root) else None


def _symbol_of(part: Matrix) -> tuple[str, bool]:
    if part.head == "symbol":
        return part.symbol, False
    if part.head == "transpose" and part.args[0].head == "symbol":
        return part.args[0].symbol, True
    return "", False


def _is_square_of(part: Matrix) -> bool:
    """Whether it is written as X X^T."""
    return part.head == "product" and len(part.args) == 2 and part.args[0].T == part.args[1]


def _in_order(equations: Iterator[Given]) -> list[Given]:
    """One equation a name, each after those that it uses; the rest is left out."""
    left: dict[str, Given] = {}
    for given in equations:
        left.setdefault(given.name, given)
    out: list[Given] = []
    while left:
        ready = [g for g in left.values() if not names_in(g.value) & left.keys()]
        if not ready:
            return out
        out += ready
        for given in ready:
            del left[given.name]
    return out


def _size(values: Instance, name: str) -> int:
    size = 1 if name == "1" else values[name]
    if not isinstance(size, int):
        raise UnsupportedError(f"instance: the dimension `{name}` is {size!r}.")
    return size


def _drawn(rng: random.Random, m: int, n: int, pattern: str, kind: str) -> Numbers:
    match kind:
        case "idempotent":
            turned = _drawn(rng, n, n, pattern, "invertible")
            chosen = _diagonal([Fraction(rng.randint(0, 1)) for _ in range(n)])
            return _times(_times(turned, chosen), inverse(turned))
        case "a mask":
            return _diagonal([Fraction(rng.randint(0, 1)) for _ in range(n)])
        case "an orthogonal projection":
            frame = orthogonal(rng, n)
            chosen = _diagonal([Fraction(rng.randint(0, 1)) for _ in range(n)])
            return _times(_times(frame, chosen), _transpose(frame))
        case "orthogonal":
            return _signs(rng, n, pattern) or orthogonal(rng, n)
        case "positive definite":
            root = _plain(rng, n, n, pattern)
            return _plus(_times(root, _transpose(root)), _eye(n, n))
        case "positive semidefinite":
            root = _plain(rng, n, rng.randint(1, n), pattern)
            return _times(root, _transpose(root))
        case "symmetric" if pattern in ("basis", "units"):
            return _signs(rng, n, pattern)
        case "symmetric":
            half = _plain(rng, n, n, pattern)
            return _plus(half, _transpose(half))
        case "invertible":
            low = _plain(rng, n, n, pattern)
            unit = _eye(n, n)
            turned = tuple(
                tuple(low[i][j] if j < i else unit[i][j] for j in range(n)) for i in range(n)
            )
            return _times(turned, _transpose(turned) if rng.random() < 0.5 else orthogonal(rng, n))
    return _plain(rng, m, n, pattern)


def _signs(rng: random.Random, n: int, pattern: str) -> Numbers:
    """I, -I or diag(+-1), for three of the patterns."""
    chosen: Mapping[str, Callable[[], int]] = {
        "basis": lambda: 1,
        "opposite": lambda: -1,
        "units": lambda: rng.choice((1, -1)),
    }
    make = chosen.get(pattern)
    return () if make is None else _diagonal([Fraction(make()) for _ in range(n)])


def _plain(rng: random.Random, m: int, n: int, pattern: str) -> Numbers:
    if pattern == "mixed":
        rank = max(1, min(m, n) - rng.choice((1, 1, 2)))
        return _times(_plain(rng, m, rank, "random"), _plain(rng, rank, n, "random"))
    if pattern == "units":
        frame = orthogonal(rng, max(m, n))
        return tuple(row[:n] for row in frame[:m])
    column = [Fraction(rng.randint(-2, 2)) for _ in range(m)]
    entry: Mapping[str, Callable[[int, int], Fraction]] = {
        "basis": lambda i, j: Fraction(int(i == j)),
        "ones": lambda i, j: Fraction(1 + i + j * (i + 1)),
        "zero": lambda i, j: Fraction(0),
        "parallel": lambda i, j: column[i] * (j + 1),
        "repeated": lambda i, j: Fraction(1),
        "opposite": lambda i, j: Fraction((-1) ** (i + j) * (1 + i)),
    }
    make = entry.get(pattern, lambda i, j: Fraction(rng.randint(-2, 2), rng.choice((1, 1, 2))))
    return tuple(tuple(make(i, j) for j in range(n)) for i in range(m))


def _eye(m: int, n: int) -> Numbers:
    return tuple(tuple(Fraction(int(i == j)) for j in range(n)) for i in range(m))


def _diagonal(entries: Sequence[Fraction]) -> Numbers:
    n = range(len(entries))
    return tuple(tuple(entries[i] if i == j else Fraction(0) for j in n) for i in n)


def _transpose(rows: Numbers) -> Numbers:
    return tuple(zip(*rows, strict=True))


def _plus(one: Numbers, two: Numbers) -> Numbers:
    return tuple(
        tuple(a + b for a, b in zip(*pair, strict=True)) for pair in zip(one, two, strict=True)
    )


def _times(one: Numbers, two: Numbers) -> Numbers:
    columns = _transpose(two)
    return tuple(
        tuple(sum((a * b for a, b in zip(row, c, strict=True)), Fraction(0)) for c in columns)
        for row in one
    )
