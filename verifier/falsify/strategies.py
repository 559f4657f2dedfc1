"""**Strategies**: exact instances that fit the hypotheses by construction.

Small numbers and degenerate cases come first: ends of ranges, zero, repeated, parallel and
orthogonal vectors, dimension one. Randomness comes in as a `random.Random`, so the same generator
serves a seeded search and Hypothesis.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import count, islice, product
from typing import Any

from hypothesis import strategies as st
from sympy import Pow, Rational

from verifier.errors import CounterexampleError, DomainError, UnsupportedError
from verifier.exact.statements import Relation, negation
from verifier.exact.structures import is_first_order
from verifier.exact.vectors import Inner
from verifier.falsify.bounds import Interval, dimension_range, solved_scalars
from verifier.falsify.examine import Examiner
from verifier.falsify.instance import Instance, Polynomial, Spd, Value
from verifier.falsify.matrix_instances import MatrixMaker, orthogonal
from verifier.falsify.models import small_models
from verifier.falsify.quadrics import Quadrics
from verifier.falsify.rational import Irrational, nth_root
from verifier.falsify.signature import Signature

LARGEST_DIMENSION = 4
_SMALL = tuple(Fraction(text) for text in "1 2 0 -1 3 -2 1/2 -1/2 1/3 3/2".split())
_GENTLE = 0.9  # the share of values near 1
_PATTERNS = ("basis", "ones", "zero", "repeated", "parallel", "opposite", "mixed", "units")
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
        fields = bool(s.points or s.fields or s.matrices)
        self.models = tuple(_models(examiner))
        self.dimensions = {
            name: dimension_range(self.ranges, name, 3 if fields else LARGEST_DIMENSION)
            for name in self.signature.dimensions
        }

    def corners(self) -> Iterator[Instance]:
        """Small and degenerate instances, the simplest first; the walk is finite."""
        scalars = [str(s) for s in (*self.signature.scalars, *self.signature.norms)]
        pools = [simple_values(self.ranges[name]) for name in scalars]
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
                    given = dict(zip(scalars, row, strict=True))
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
        for symbol in (*self.signature.scalars, *self.signature.norms):
            values[str(symbol)] = draw_scalar(rng, self.ranges[str(symbol)], gentle=self.gentle)
        return self._filled(rng, values, rng.choice((*_PATTERNS, "random", "random", "random")))

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
        for symbol in self.signature.integers:
            values[str(symbol)] = self._integer(rng, str(symbol), values)
        self.quadrics.put(rng, values)
        found = self.matrices.complete(values, rng)
        return None if found is None else self.completed(found)

    def _put_vectors(self, rng: random.Random, values: dict[str, Value], pattern: str) -> None:
        for space in self.signature.dimensions:
            names = [n for n, s in self._spaced() if s == space]
            size = _size(values, space)
            vectors = _vectors(rng, names, size, pattern, gentle=self.gentle)
            values.update(self._scaled_to_unit(rng, vectors, pattern))

    def _spaced(self) -> tuple[tuple[str, str], ...]:
        s = self.signature
        return (*s.vectors, *s.points, *s.components)

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


def simple_values(interval: Interval) -> list[Fraction]:
    """A few simple members of the interval, its ends first."""
    low, high = interval.low, interval.high
    found = [end for end in (low, high) if end is not None and end in interval]
    found += [x for x in _SMALL if x in interval]
    near = Fraction(1, 100)
    for end, sign in ((low, 1), (high, -1)):
        if end is not None:
            found += [end + sign * step for step in (1, Fraction(1, 2), near)]
    if low is not None and high is not None:
        found += [low + (high - low) * Fraction(n, 4) for n in (2, 1, 3)]
    return [x for x in dict.fromkeys(found) if x in interval][:9]


def draw_scalar(rng: random.Random, interval: Interval, *, gentle: bool = False) -> Fraction:
    """A random member: small, fractional, at or near an end, large, or of any magnitude.

    A `gentle` one is seldom far from 1, for claims of which few instances can be tried.
    """
    makers: Sequence[Callable[[], Fraction]] = (
        lambda: Fraction(rng.randint(-4, 4)),
        lambda: Fraction(rng.randint(-12, 12), rng.randint(1, 7)),
        lambda: _end(rng, interval),
        lambda: _near_end(rng, interval),
        lambda: Fraction(rng.choice((-1, 1)) * 10 ** rng.randint(1, 8)),
        lambda: _any_magnitude(rng),
        lambda: _inside(rng, interval),
    )
    if gentle and rng.random() < _GENTLE:
        makers = makers[:3]
    for _ in range(6):
        x = rng.choice(makers)()
        if x in interval:
            return x
    return _inside(rng, interval)


def _end(rng: random.Random, interval: Interval) -> Fraction:
    ends = [end for end in (interval.low, interval.high) if end is not None]
    return rng.choice(ends) if ends else Fraction(0)


def _near_end(rng: random.Random, interval: Interval) -> Fraction:
    return _end(rng, interval) + rng.choice((-1, 1)) * Fraction(1, 10 ** rng.randint(1, 8))


def _any_magnitude(rng: random.Random) -> Fraction:
    size = Fraction(10) ** rng.randint(-6, 4)
    return rng.choice((-1, 1)) * Fraction(rng.randint(1, 999), 100) * size


def _inside(rng: random.Random, interval: Interval) -> Fraction:
    part = Fraction(rng.randint(1, 999), 1000)
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        return low + (high - low) * part
    stretch = part * rng.choice((1, 4, 100))
    if low is not None:
        return low + stretch
    if high is not None:
        return high - stretch
    return rng.choice((-1, 1)) * stretch


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
    base = tuple(Fraction(rng.randint(-3, 3)) for _ in range(d))
    if pattern == "units":
        frame = orthogonal(rng, d)
        return {name: frame[n % d] for n, name in enumerate(names)}
    makers: dict[str, Callable[[int], tuple[Fraction, ...]]] = {
        "basis": lambda n: tuple(Fraction(int(i == n % d)) for i in range(d)),
        "ones": lambda n: tuple(Fraction(1 if n < 1 else i + n) for i in range(d)),
        "zero": lambda n: (Fraction(0),) * d,
        "repeated": lambda n: base,
        "parallel": lambda n: tuple((n + 1) * x for x in base),
        "opposite": lambda n: tuple((-1) ** n * x for x in base),
        "mixed": lambda n: _mixed(rng, d),
        "random": lambda n: tuple(draw_scalar(rng, Interval(), gentle=gentle) for _ in range(d)),
    }
    return {name: makers[pattern](n) for n, name in enumerate(names)}


def _mixed(rng: random.Random, d: int) -> tuple[Fraction, ...]:
    """Small numbers, signs alone, or zero."""
    kind = rng.random()
    if kind < 0.5:
        return _small_vector(rng, d)
    return tuple(Fraction(rng.choice((1, -1)) if kind < 0.65 else 0) for _ in range(d))


def _small_vector(rng: random.Random, d: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(rng.randint(-3, 3), rng.choice((1, 1, 2))) for _ in range(d))


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
    return Polynomial(tuple(sorted(terms.items())), _small_vector(rng, d))


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
