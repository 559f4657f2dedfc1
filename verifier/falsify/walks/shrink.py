"""**Shrinking**: a hit made of smaller numbers in fewer dimensions, certified at every step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import log2
from typing import Any

from verifier.exact.structures import Table
from verifier.falsify.instances.instance import Instance, Polynomial, Rows, Spd
from verifier.falsify.instances.signature import Signature

_SIMPLE = tuple(Fraction(n, 2) for n in (0, 2, -2, 4, -4, 1, -1))


def shrink(
    instance: Instance,
    signature: Signature,
    still_fails: Callable[[Instance], Instance | None],
    *,
    tries: int = 300,
) -> Instance:
    """The simplest instance reached in at most `tries` attempts.

    `still_fails` takes a candidate and gives the instance that it stands for (determined scalars
    computed anew) when that is still a certified hit, or None.
    """
    best, left, moved = instance, tries, True
    while moved and left > 0:
        moved = False
        for candidate in _simpler(best, signature):
            if left <= 0:
                break
            if complexity(candidate) >= complexity(best):
                continue
            left -= 1
            hit = still_fails(candidate)
            if hit is not None and complexity(hit) < complexity(best):
                best, moved = hit, True
                break
    return best


def complexity(instance: Instance) -> float:
    """A size that small integers, short vectors and low dimensions keep low."""
    return sum(_size(value) for value in instance.values())


def _size(value: Any) -> float:
    match value:
        case int():
            return float(value)
        case Fraction():
            sign = 0.1 if value < 0 else 0.0
            return log2(1 + abs(value.numerator)) + 1.5 * log2(value.denominator) + sign
        case tuple():
            return 1 + sum(_size(x) for x in value)
        case Table():
            return float(sum(value.values))
        case Spd() | Rows():
            return 1 + sum(_size(x) for row in value.rows for x in row)
        case Polynomial():
            degrees = sum(sum(exps) for exps, _ in value.terms)
            return degrees + sum(1 + _size(c) for _, c in value.terms) + _size(value.point)
    return 0.0


def _simpler(instance: Instance, signature: Signature) -> Iterator[dict[str, Any]]:
    for space in signature.dimensions:
        size = instance[space]
        if isinstance(size, int) and size > 1:
            for index in range(size):
                yield _without_coordinate(instance, signature, space, index)
    for name, value in instance.items():
        for smaller in _simpler_values(value):
            yield {**instance, name: smaller}


def _simpler_values(value: Any) -> Iterator[Any]:
    match value:
        case bool():
            return
        case int():
            yield from (n for n in (1, 2, value - 1) if 1 <= n < value)
        case Fraction():
            yield from _simpler_rationals(value)
        case tuple():
            for i, x in enumerate(value):
                for y in _simpler_rationals(x):
                    yield (*value[:i], y, *value[i + 1 :])
        case Polynomial():
            for i in range(len(value.terms)):
                yield replace(value, terms=(*value.terms[:i], *value.terms[i + 1 :]))
                yield from _simpler_term(value, i)
            for point in _simpler_values(value.point):
                yield replace(value, point=point)
        case Rows():
            for i, row in enumerate(value.rows):
                for smaller in _simpler_values(row):
                    yield Rows((*value.rows[:i], smaller, *value.rows[i + 1 :]))
        case Spd():
            size = range(len(value.rows))
            for diagonal in ((1, 1), (2, 2), (1, 2)):
                rows = (
                    tuple(Fraction(diagonal[min(i, 1)] * int(i == j)) for j in size) for i in size
                )
                yield replace(value, rows=tuple(rows))


def _simpler_term(value: Polynomial, place: int) -> Iterator[Polynomial]:
    """A coefficient 1, or a lower exponent where no other term has it."""
    exponents, c = value.terms[place]
    changed = [(exponents, Fraction(1))] if c != 1 else []
    for i, n in enumerate(exponents):
        lower = (*exponents[:i], n - 1, *exponents[i + 1 :])
        if n > 0 and lower not in dict(value.terms):
            changed.append((lower, c))
    for term in changed:
        yield replace(value, terms=(*value.terms[:place], term, *value.terms[place + 1 :]))


def _simpler_rationals(x: Fraction) -> Iterator[Fraction]:
    yield from (y for y in _SIMPLE if y != x)
    for largest in (1, 2, 3, 4, 5, 8, 10, 100, 1000):
        if x.denominator > largest:
            yield x.limit_denominator(largest)
    if abs(x) > 2:
        for factor in (100000, 1000, 10, 2):
            yield Fraction(int(x) // factor)
        yield x - (1 if x > 0 else -1)
    if x < 0:
        yield -x


def _without_coordinate(
    instance: Instance, signature: Signature, space: str, index: int
) -> dict[str, Any]:
    out: dict[str, Any] = dict(instance)
    out[space] = int(out[space]) - 1
    for name, home in (*signature.vectors, *signature.points, *signature.components):
        if home == space:
            out[name] = _drop(out[name], index)
    for name, home in signature.operators:
        if home == space:
            rows = tuple(_drop(row, index) for row in _drop(out[name].rows, index))
            out[name] = replace(out[name], rows=rows)
    for name, *homes in signature.matrices:
        rows = out[name].rows
        rows = _drop(rows, index) if homes[0] == space else rows
        out[name] = Rows(tuple(_drop(r, index) if homes[1] == space else r for r in rows))
    if space == "d" and signature.fields:
        for name, _ in signature.fields:
            out[name] = _polynomial_without(out[name], index)
        for symbol in signature.integers:
            out[str(symbol)] = min(out[str(symbol)], out[space])
    return out


def _polynomial_without(value: Polynomial, index: int) -> Polynomial:
    merged: dict[tuple[int, ...], Fraction] = {}
    for exponents, c in value.terms:
        if exponents[index] == 0:
            merged[_drop(exponents, index)] = c
    return Polynomial(tuple(sorted(merged.items())), _drop(value.point, index))


def _drop(items: tuple[Any, ...], index: int) -> tuple[Any, ...]:
    return (*items[:index], *items[index + 1 :])
