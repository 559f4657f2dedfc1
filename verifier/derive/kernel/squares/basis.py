"""**Basis**: which monomials a Gram matrix needs, and small rational points to look at."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import cache
from typing import Any

from flint import fmpq

from verifier.errors import UnsupportedError

Monomial = tuple[int, ...]
MOST = 3000  # monomials before reduction
LADDER = (
    "0 1 -1 2 -2 1/2 -1/2 3 -3 1/3 -1/3 2/3 -2/3 3/2 -3/2 4 -4 1/4 -1/4 3/4 -3/4 "
    "5 -5 1/5 -1/5 1/10 -1/10 10 -10"
).split()


def support(poly: Any) -> list[Monomial]:
    """The exponents of a flint polynomial."""
    return [tuple(map(int, exponents)) for exponents in poly.to_dict()]


def combinations_upto(variables: int, degree: int, least: int = 0) -> list[Monomial]:
    """Exponents of total degree `least` to `degree`."""
    out = []
    for total in range(max(least, 0), degree + 1):
        for chosen in itertools.combinations_with_replacement(range(variables), total):
            exponents = [0] * variables
            for v in chosen:
                exponents[v] += 1
            out.append(tuple(exponents))
            if len(out) > MOST:
                raise UnsupportedError(
                    f"There are more than {MOST} monomials of degree {degree} in {variables} "
                    "variables: lower `degree`, or use fewer variables."
                )
    return out


def halves(met: Iterable[Monomial]) -> list[Monomial]:
    """The monomials that squares with these monomials can have, inside half its Newton polytope.

    A monomial whose square is not among them, nor a product of two others, has a zero on the
    diagonal of every Gram matrix. Removing these until none is left removes every monomial
    outside half the Newton polytope, since a vertex of the hull is a product of no two others
    (Loefberg 2009).
    """
    there = set(met)
    if not there:
        return []
    degrees = [sum(e) for e in there]
    tops = [max(column) / 2 for column in zip(*there, strict=True)]
    lows = [min(column) / 2 for column in zip(*there, strict=True)]
    left = [
        m
        for m in combinations_upto(len(tops), max(degrees) // 2, (min(degrees) + 1) // 2)
        if all(low <= e <= top for low, e, top in zip(lows, m, tops, strict=True))
    ]
    while True:
        mixed = {_product(a, b) for a, b in itertools.combinations(left, 2)}
        kept = [m for m in left if _product(m, m) in there or _product(m, m) in mixed]
        if len(kept) == len(left):
            return kept
        left = kept


def _product(a: Monomial, b: Monomial) -> Monomial:
    return tuple(i + j for i, j in zip(a, b, strict=True))


def parity_classes(basis: list[Monomial], met: Iterable[Monomial]) -> list[list[Monomial]]:
    """The basis, split so that products across classes have no parity of the support's span.

    Changes of signs of variables that leave every polynomial alone may be averaged over, which
    zeroes the entries of a Gram matrix between two classes (Gatermann and Parrilo 2004).
    """
    echelon: list[int] = []
    for exponents in met:
        reduced = _reduce(_parity(exponents), echelon)
        if reduced:
            echelon = sorted([*echelon, reduced], reverse=True)
    classes: dict[int, list[Monomial]] = {}
    for monomial in basis:
        classes.setdefault(_reduce(_parity(monomial), echelon), []).append(monomial)
    return list(classes.values())


def _parity(exponents: Monomial) -> int:
    return sum(1 << i for i, e in enumerate(exponents) if e % 2)


def _reduce(vector: int, echelon: list[int]) -> int:
    for row in echelon:
        vector = min(vector, vector ^ row)
    return vector


@cache
def points(variables: int, most: int) -> list[tuple[fmpq, ...]]:
    """At most `most` points whose coordinates are small rationals, simple ones first."""
    count = len(LADDER)
    while count > 1 and count**variables > most:
        count -= 2
    values = [fmpq(*map(int, text.split("/"))) for text in LADDER[: max(count, 1)]]
    ranks = itertools.product(range(len(values)), repeat=variables)
    return [tuple(values[r] for r in rank) for rank in sorted(ranks, key=lambda r: (sum(r), r))]
