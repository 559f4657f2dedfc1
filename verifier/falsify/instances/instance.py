"""**Instances**: exact values for everything that is free in a claim, and their JSON.

An instance maps a name to a value: a scalar to a `Fraction`, a dimension or an index to an `int`,
a vector to a tuple of fractions, a matrix to `Rows`, an operator to `Spd`, an abstract function
to `Polynomial`, a sort to its size and what is defined on sorts to a `Table`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from flint import fmpq, fmpq_mat

from verifier.errors import CounterexampleError, StatementError
from verifier.exact.structures import Table

_RATIONAL = re.compile(r"-?\d+(/[1-9]\d*)?\Z")


@dataclass(frozen=True)
class Spd:
    """A symmetric positive definite operator A = R^order, given by its root R in rows.

    A^p is rational for every p whose denominator divides `order`.
    """

    rows: tuple[tuple[Fraction, ...], ...]
    order: int = 2

    def __post_init__(self) -> None:
        if any(len(row) != len(self.rows) for row in self.rows):
            raise CounterexampleError("An operator needs as many columns as rows.")
        if self.rows != tuple(zip(*self.rows, strict=True)):
            raise CounterexampleError("The root of an operator must be symmetric.")
        if not _positive_definite(self.rows):
            raise CounterexampleError("The root of an operator must be positive definite.")

    def power(self, exponent: Fraction) -> tuple[tuple[Fraction, ...], ...]:
        """The matrix A^exponent."""
        steps = exponent * self.order
        if steps.denominator != 1:
            raise CounterexampleError(f"A^({exponent}) is not rational for A = R^{self.order}.")
        root = self.rows if steps >= 0 else inverse(self.rows)
        return matrix_power(root, abs(int(steps)))


@dataclass(frozen=True)
class Rows:
    """A matrix with at least one row and one column, by rows."""

    rows: tuple[tuple[Fraction, ...], ...]

    def __post_init__(self) -> None:
        widths = {len(row) for row in self.rows}
        if len(widths) != 1 or 0 in widths:
            raise CounterexampleError("A matrix needs rows of one length that is not 0.")

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])


@dataclass(frozen=True)
class Polynomial:
    """An abstract function made concrete: sum of coefficient * x^exponents.

    `point` is where its partial derivatives are taken (empty for a function of one variable).
    """

    terms: tuple[tuple[tuple[int, ...], Fraction], ...]
    point: tuple[Fraction, ...] = ()

    def coefficient(self, degree: int) -> Fraction:
        """The coefficient of x^degree, for one variable."""
        return dict(self.terms).get((degree,), Fraction(0))

    def partial(self, order: tuple[int, ...]) -> Fraction:
        """The derivative at `point` by the coordinates in `order`, each in 1..d."""
        total = Fraction(0)
        for exponents, c in self.terms:
            left, factor = list(exponents), c
            for index in order:
                factor *= left[index - 1]
                left[index - 1] -= 1
            if factor != 0:
                total += factor * prod(x**n for x, n in zip(self.point, left, strict=True))
        return total


Value = Fraction | int | tuple[Fraction, ...] | Spd | Rows | Polynomial | Table
Instance = Mapping[str, Value]


def to_json(instance: Instance) -> dict[str, Any]:
    """JSON data, rationals as text `p/q`; `from_json` is its inverse."""
    return {name: _encode(value) for name, value in sorted(instance.items())}


def from_json(data: Mapping[str, Any]) -> dict[str, Value]:
    """The instance in JSON data; raises `CounterexampleError` for anything else."""
    return {str(name): _decode(name, value) for name, value in data.items()}


def describe(instance: Instance) -> str:
    """The instance as a reader sees it: `x = 1, u = (1, 0)`."""
    return ", ".join(f"{name} = {_show(value)}" for name, value in sorted(instance.items()))


def matrix_power(
    rows: tuple[tuple[Fraction, ...], ...], exponent: int
) -> tuple[tuple[Fraction, ...], ...]:
    """rows^exponent for exponent >= 0."""
    return _to_rows(_to_matrix(rows) ** exponent)


def inverse(rows: tuple[tuple[Fraction, ...], ...]) -> tuple[tuple[Fraction, ...], ...]:
    """The inverse of a nonsingular matrix; raises `CounterexampleError` for a singular one."""
    try:
        return _to_rows(_to_matrix(rows).inv())
    except ZeroDivisionError as fault:
        raise CounterexampleError("A singular matrix has no inverse.") from fault


def _to_matrix(rows: Sequence[Sequence[Fraction]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rows])


def _to_rows(matrix: fmpq_mat) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(Fraction(int(x.p), int(x.q)) for x in row) for row in matrix.tolist())


def _positive_definite(rows: tuple[tuple[Fraction, ...], ...]) -> bool:
    work = [list(row) for row in rows]
    for col in range(len(work)):
        if work[col][col] <= 0:
            return False
        for r in range(col + 1, len(work)):
            factor = work[r][col] / work[col][col]
            work[r] = [x - factor * y for x, y in zip(work[r], work[col], strict=True)]
    return True


def _encode(value: Value) -> Any:
    match value:
        case int():
            return value
        case Fraction():
            return str(value)
        case tuple():
            return [str(x) for x in value]
        case Spd():
            return {"root": value.order, "rows": [[str(x) for x in row] for row in value.rows]}
        case Rows():
            return {"rows": [[str(x) for x in row] for row in value.rows]}
        case Table():
            return {"table": list(value.values), "sizes": list(value.sizes)}
        case Polynomial():
            terms = [[list(exponents), str(c)] for exponents, c in value.terms]
            return {"terms": terms, "point": [str(x) for x in value.point]}


def _decode(name: str, data: Any) -> Value:
    match data:
        case bool():
            pass
        case int():
            return data
        case str():
            return _rational(name, data)
        case list():
            return tuple(_rational(name, x) for x in data)
        case {"root": int(order), "rows": list(rows)} if order > 0:
            return Spd(tuple(tuple(_rational(name, x) for x in row) for row in rows), order)
        case {"rows": list(rows), **rest} if not rest:
            return Rows(tuple(tuple(_rational(name, x) for x in row) for row in rows))
        case {"table": list(values), "sizes": list(sizes)}:
            return _table(name, sizes, values)
        case {"terms": list(terms), "point": list(point)}:
            return Polynomial(
                tuple((tuple(int(n) for n in exps), _rational(name, c)) for exps, c in terms),
                tuple(_rational(name, x) for x in point),
            )
    raise CounterexampleError(f"`{name}`: {data!r} is no exact value.")


def _table(name: str, sizes: list[Any], values: list[Any]) -> Table:
    if not all(type(x) is int for x in (*sizes, *values)):
        raise CounterexampleError(f"`{name}`: a table has whole numbers only.")
    try:
        return Table(tuple(sizes), tuple(values))
    except StatementError as fault:
        raise CounterexampleError(f"`{name}`: {fault}") from fault


def _rational(name: str, text: Any) -> Fraction:
    if not isinstance(text, str) or not _RATIONAL.match(text):
        raise CounterexampleError(f"`{name}`: {text!r} is no rational; write it as '3/8'.")
    return Fraction(text)


def _show(value: Value) -> str:
    match value:
        case int() | Fraction():
            return str(value)
        case tuple():
            return f"({', '.join(str(x) for x in value)})"
        case Spd():
            rows = "; ".join(" ".join(str(x) for x in row) for row in value.rows)
            return f"[{rows}]" + (f"^{value.order}" if value.order != 1 else "")
        case Rows():
            return f"[{'; '.join(' '.join(str(x) for x in row) for row in value.rows)}]"
        case Table():
            return str(value)
        case Polynomial():
            return _show_polynomial(value)


def _show_polynomial(value: Polynomial) -> str:
    variables = ["x"] if not value.point else [f"x{i + 1}" for i in range(len(value.point))]
    parts = []
    for exponents, c in value.terms:
        powers = zip(variables, exponents, strict=True)
        factors = [x if n == 1 else f"{x}^{n}" for x, n in powers if n]
        parts.append("*".join([*([str(c)] if c != 1 or not factors else []), *factors]))
    shown = " + ".join(parts) or "0"
    return f"{shown} at ({', '.join(map(str, value.point))})" if value.point else shown
