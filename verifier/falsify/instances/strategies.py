"""**Strategies**: exact instances that fit the hypotheses by construction.

Small numbers and degenerate cases come first: ends of ranges, zero, repeated, parallel and
orthogonal vectors, dimension one. Randomness comes in as a `random.Random`, so the same generator
serves a seeded search and Hypothesis.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count, islice, product
from typing import Any

from hypothesis import strategies as st
from sympy import Pow, Rational

from verifier.errors import CounterexampleError, DomainError, UnsupportedError
from verifier.exact.statements import Relation, negation
from verifier.exact.structures import is_first_order
from verifier.exact.vectors import Inner
from verifier.falsify.examine import Examiner
from verifier.falsify.instances.bounds import Interval, dimension_range, solved_scalars
from verifier.falsify.instances.instance import Instance, Polynomial, Spd, Value
from verifier.falsify.instances.matrices import MatrixMaker, orthogonal
from verifier.falsify.instances.models import small_models
from verifier.falsify.instances.quadrics import Quadrics
from verifier.falsify.instances.rational import Irrational, nth_root
from verifier.falsify.instances.scalars import draw_scalar, ratio, simple_values
from verifier.falsify.instances.signature import Signature

LARGEST_DIMENSION = 4
_PATTERNS = ("basis", "ones", "zero", "repeated", "parallel", "opposite", "mixed", "units")
_DRAWN = (*_PATTERNS, "random", "random", "random")
_LINE = Interval()
Vectors = dict[str, tuple[Fraction, ...]]


class Generator:
    """Instances of one claim: `corners` in a fixed order, `draw` at random."""

    def __init__(self, examiner: Examiner) -> None:
        self.signature: Signature = examiner.signature
        self.ranges = examiner.ranges
        self.gentle = examiner.is_dear
        statements = [s for _, s in examiner.hypotheses]
        self.solved = solved_scalars(statements, self.signature)
        self.units = _unit_vectors(statements)
        self.quadrics = Quadrics(statements, self.signature)
        self.matrices = MatrixMaker(self.signature, statements)
        s = self.signature
        self.scalars = [str(symbol) for symbol in (*s.scalars, *s.norms)]
        self.integers = [str(symbol) for symbol in s.integers]
        self.spaced = (*s.vectors, *s.points, *s.components)
        fields = bool(s.points or s.fields or s.matrices)
        self.models = tuple(_models(examiner))
        self.dimensions = {
            name: dimension_range(self.ranges, name, 3 if fields else LARGEST_DIMENSION)
            for name in self.signature.dimensions
        }

    def corners(self) -> Iterator[Instance]:
        """Small and degenerate instances, the simplest first; the walk is finite."""
        pools = [simple_values(self.ranges[name]) for name in self.scalars]
        rows = list(dict.fromkeys(islice(_rows(pools), 400)))
        walks = [dict(zip(self.dimensions, sizes, strict=True)) for sizes in self.sizes()]
        has_vectors = bool(self.dimensions)
        patterns = _PATTERNS if has_vectors or self.signature.functions else _PATTERNS[:1]
        rng = random.Random(0)
        for step, row in enumerate(rows):
            for sizes in walks:
                for turn, pattern in enumerate(patterns):
                    if has_vectors and step > 24 and (step + turn) % len(patterns):
                        continue
                    given = dict(zip(self.scalars, row, strict=True))
                    for model in self.models:
                        instance = self._filled(rng, {**sizes, **given, **model}, pattern)
                        if instance is not None:
                            yield instance

    def draw(self, rng: random.Random) -> Instance | None:
        """One random instance, or None when an equality or a model could not be found."""
        if not self.models:
            return None
        values: dict[str, Value] = dict(rng.choice(self.models))
        for name, sizes in self.dimensions.items():
            if sizes:
                values[name] = rng.choice(sizes)
        for name in self.scalars:
            values[name] = draw_scalar(rng, self.ranges[name], gentle=self.gentle)
        return self._filled(rng, values, rng.choice(_DRAWN))

    def strategy(self) -> st.SearchStrategy[Instance | None]:
        """The same instances as a Hypothesis strategy."""
        return st.randoms(use_true_random=False).map(self.draw)

    def sizes(self) -> Iterator[tuple[int, ...]]:
        """Choices of the dimensions, in the order of `dimensions`."""
        yield from product(*self.dimensions.values())

    def _filled(
        self, rng: random.Random, values: dict[str, Value], pattern: str
    ) -> Instance | None:
        if set(self.dimensions) - set(values):
            return None
        self._put_vectors(rng, values, pattern)
        for name, space in self.signature.operators:
            order = dict(self.signature.orders)[name]
            values[name] = Spd(_root(rng, _size(values, space), pattern), order)
        self.matrices.put(rng, values, pattern)
        for name in self.signature.functions:
            values[name] = _one_variable(rng, pattern)
        for name, smoothness in self.signature.fields:
            values[name] = _many_variables(rng, _size(values, "d"), smoothness)
        for name in self.integers:
            values[name] = self._integer(rng, name, values)
        self.quadrics.put(rng, values)
        found = self.matrices.complete(values, rng)
        return None if found is None else self.completed(found)

    def _put_vectors(self, rng: random.Random, values: dict[str, Value], pattern: str) -> None:
        for space in self.signature.dimensions:
            names = [n for n, s in self.spaced if s == space]
            size = _size(values, space)
            vectors = _vectors(rng, names, size, pattern, gentle=self.gentle)
            values.update(self._scaled_to_unit(rng, vectors, pattern))

    def _scaled_to_unit(self, rng: random.Random, vectors: Vectors, pattern: str) -> Vectors:
        out = {}
        for name, vector in vectors.items():
            length = self.units.get(name)
            if length is not None and sum(x * x for x in vector) != 1:
                vector = _unit(rng, len(vector))
            out[name] = vector if length is None else tuple(length * x for x in vector)
        return out

    def _integer(self, rng: random.Random, name: str, values: dict[str, Value]) -> int:
        if self.signature.fields:
            return rng.randint(1, _size(values, "d"))
        interval = self.ranges[name]
        low = max(1, int(interval.low or 1) + int(interval.low_open))
        high = low + rng.choice((0, 1, 2, 5, 10, 100))
        if interval.high is not None:
            high = max(low, min(high, int(interval.high)))
        return rng.randint(low, high)

    def completed(self, values: dict[str, Value]) -> Instance | None:
        """`values` with the determined scalars computed, or None where they have no value."""
        for solved in self.solved:
            try:
                if not solved.holds(values):
                    values[solved.name] = solved.value(values)
            except (Irrational, DomainError, UnsupportedError, CounterexampleError):
                return None
        return self.matrices.complete(values)


def _models(examiner: Examiner) -> Iterator[dict[str, Value]]:
    """Small structures: of the hypotheses, and of them with each conclusion denied.

    Without sorts there is one, which is empty.
    """
    words = examiner.signature.words
    if not words.symbols and not words.open_sorts:
        yield {}
        return
    given = [s for _, s in examiner.hypotheses if is_first_order(s)]
    yield from small_models(given, words)
    for _, conclusion in examiner.conclusions:
        if is_first_order(conclusion):
            yield from small_models([*given, negation(conclusion)], words)


def _rows(pools: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """The product of the pools: the simplest row, that of zeros if there is one, and the others."""
    walk = _by_sum(pools)
    yield from islice(walk, 1)
    if all(0 in pool for pool in pools):
        yield (Fraction(0),) * len(pools)
    yield from walk


def _by_sum(pools: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """The product of the pools, rows with early members first."""
    top = sum(len(pool) - 1 for pool in pools)
    for total in range(top + 1):
        for places in _compositions([len(pool) for pool in pools], total):
            yield tuple(pool[n] for pool, n in zip(pools, places, strict=True))


def _compositions(sizes: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    if not sizes:
        if total == 0:
            yield ()
        return
    for first in range(min(sizes[0] - 1, total) + 1):
        for rest in _compositions(sizes[1:], total - first):
            yield (first, *rest)


def _size(values: Instance, space: str) -> int:
    size = values[space]
    if not isinstance(size, int):
        raise UnsupportedError(f"instance: the dimension `{space}` is {size!r}.")
    return size


def _vectors(
    rng: random.Random, names: Sequence[str], d: int, pattern: str, *, gentle: bool
) -> Vectors:
    base = [rng.randint(-3, 3) for _ in range(d)]
    if pattern == "units":
        frame = orthogonal(rng, d)
        return {name: frame[n % d] for n, name in enumerate(names)}
    return {name: _vector(rng, pattern, base, n, gentle=gentle) for n, name in enumerate(names)}


def _vector(
    rng: random.Random, pattern: str, base: Sequence[int], n: int, *, gentle: bool
) -> tuple[Fraction, ...]:
    """The vector number `n` of a pattern; `base` is what its vectors have in common."""
    d = len(base)
    match pattern:
        case "basis":
            return tuple([ratio(int(i == n % d), 1) for i in range(d)])
        case "ones":
            return tuple([ratio(1 if n < 1 else i + n, 1) for i in range(d)])
        case "repeated":
            return tuple([ratio(x, 1) for x in base])
        case "parallel":
            return tuple([ratio((n + 1) * x, 1) for x in base])
        case "opposite":
            return tuple([ratio((-1) ** n * x, 1) for x in base])
        case "mixed":
            return _mixed(rng, d)
        case "random":
            return tuple([draw_scalar(rng, _LINE, gentle=gentle) for _ in range(d)])
    return (ratio(0, 1),) * d


def _mixed(rng: random.Random, d: int) -> tuple[Fraction, ...]:
    """Small numbers, signs alone, or zero."""
    kind = rng.random()
    if kind < 0.5:
        return _few_halves(rng, d)
    return tuple([ratio(rng.choice((1, -1)) if kind < 0.65 else 0, 1) for _ in range(d)])


def _few_halves(rng: random.Random, d: int) -> tuple[Fraction, ...]:
    return tuple([ratio(rng.randint(-3, 3), rng.choice((1, 1, 2))) for _ in range(d)])


def _unit(rng: random.Random, d: int) -> tuple[Fraction, ...]:
    return orthogonal(rng, d)[rng.randrange(d)]


def _root(rng: random.Random, d: int, pattern: str) -> tuple[tuple[Fraction, ...], ...]:
    """A symmetric positive definite matrix L L^T + I, or a diagonal one."""
    if pattern in ("basis", "zero"):
        return tuple(tuple(Fraction(int(i == j)) for j in range(d)) for i in range(d))
    if pattern in ("ones", "units"):
        return tuple(tuple(Fraction((i + 1) * int(i == j)) for j in range(d)) for i in range(d))
    low = [
        [Fraction(rng.randint(-2, 2)) if j <= i else Fraction(0) for j in range(d)]
        for i in range(d)
    ]
    return tuple(
        tuple(
            sum((low[i][k] * low[j][k] for k in range(d)), Fraction(int(i == j))) for j in range(d)
        )
        for i in range(d)
    )


def _one_variable(rng: random.Random, pattern: str) -> Polynomial:
    fixed = {
        "zero": (0,),
        "basis": (0, 1),
        "ones": (1,),
        "repeated": (0, 0, 1),
        "parallel": (1, 1, 1),
        "opposite": (0, 0, 0, 1),
        "units": (0, 0, 0, 0, 1),
    }
    coefficients = fixed.get(pattern) or tuple(rng.randint(-3, 3) for _ in range(rng.randint(1, 5)))
    return Polynomial(tuple(((n,), Fraction(c)) for n, c in enumerate(coefficients) if c))


def _many_variables(rng: random.Random, d: int, smoothness: int) -> Polynomial:
    """Up to four monomials of degree at most 4, and a point of small rationals."""
    terms: dict[tuple[int, ...], Fraction] = {}
    for _ in range(rng.randint(1, 4)):
        degree = rng.randint(1, min(4, max(2, smoothness + 1)))
        exponents = [0] * d
        for _ in range(degree):
            exponents[rng.randrange(d)] += 1
        terms[tuple(exponents)] = Fraction(rng.choice((1, -1, 2, 3)))
    return Polynomial(tuple(sorted(terms.items())), _few_halves(rng, d))


def _unit_vectors(statements: Sequence[Any]) -> dict[str, Fraction]:
    """Vector name -> length, for hypotheses <u, u> = c^2 or |u| = c with rational c."""
    lengths: dict[str, Fraction] = {}
    for statement in statements:
        if not isinstance(statement, Relation) or statement.op != "==":
            continue
        for left, right in ((statement.lhs, statement.rhs), (statement.rhs, statement.lhs)):
            found = _length(left, right)
            if found is not None:
                lengths[found[0]] = found[1]
    return lengths


def _length(left: Any, right: Any) -> tuple[str, Fraction] | None:
    """(u, c) when left = right says that the norm of u is the rational c >= 0."""
    if not getattr(right, "is_Rational", False) or right < 0:
        return None
    value = Fraction(int(right.p), int(right.q))
    rooted = isinstance(left, Pow) and left.exp == Rational(1, 2)
    inner = left.base if rooted else left
    if not isinstance(inner, Inner) or inner.operator or len(set(inner.names)) != 1:
        return None
    try:
        return inner.names[0], value if rooted else nth_root(value, 2)
    except Irrational:
        return None


def instances(generator: Generator, rng: random.Random, limit: int) -> Iterator[Instance]:
    """At most `limit` random instances; draws that fail count."""
    for _ in islice(count(), limit):
        instance = generator.draw(rng)
        if instance is not None:
            yield instance
