"""**Products**: the one argument that nearly all proofs of signs are made of,

    multiplier * element = sum_k c_k * prod_j base_kj^e_kj,

as data for the checker, with the signs that it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.tower import ANY, ZERO
from verifier.derive.kernel.signs import Signs

Argument = list[Any]
Proof = list[Argument]


@dataclass(frozen=True)
class Base:
    """A polynomial with a proof, and the signs that the proof shows."""

    poly: Poly
    proof: Proof
    signs: Signs


Product = tuple[fmpq, Sequence[tuple[Base, int]]]
UNIT: Product = (fmpq(1), ())


def poly_rows(poly: Poly) -> list[Any]:
    """[[coefficient, [[slot, exponent], ...]], ...]."""
    return [
        [str(c), [[slot, int(e)] for slot, e in enumerate(monomial) if e]]
        for monomial, c in poly.to_dict().items()
    ]


def element_rows(element: Element) -> list[Any]:
    """[numerator, denominator]."""
    return [poly_rows(element.num), poly_rows(element.den)]


def identity(terms: Iterable[Product], multiplier: Product = UNIT) -> Argument:
    """The argument that multiplier * element is the sum of these products."""
    places: dict[str, int] = {}
    rows: list[Any] = []

    def data(one: Product) -> list[Any]:
        powers = []
        for base, e in one[1]:
            key = str(base.poly)
            if key not in places:
                places[key] = len(rows)
                rows.append([poly_rows(base.poly), base.proof])
            powers.append([places[key], e])
        return [str(one[0]), powers]

    factor, parts = data(multiplier), [data(term) for term in terms]
    return ["sum", rows, factor, parts]


def scaled(proof: Proof, factor: fmpq) -> Proof:
    """The proof for `factor` times the element."""
    return proof if factor == 1 else [_scaled(argument, factor) for argument in proof]


def _scaled(argument: Argument, factor: fmpq) -> Argument:
    match argument:
        case ["sum", bases, multiplier, terms]:
            return ["sum", bases, multiplier, [[_times(c, factor), p] for c, p in terms]]
        case ["split", rows, *proofs]:
            return ["split", rows, *(scaled(proof, factor) for proof in proofs)]
        case ["dense", rows, first, second]:
            return ["dense", rows, first, scaled(second, factor)]
    return argument


def _times(text: str, factor: fmpq) -> str:
    head, _, tail = text.partition("/")
    return str(fmpq(int(head), int(tail or 1)) * factor)


def sign_of(c: fmpq) -> Signs:
    return frozenset({(c > 0) - (c < 0)})


def times(one: Signs, two: Signs) -> Signs:
    return frozenset(a * b for a in one for b in two)


def plus(one: Signs, two: Signs) -> Signs:
    return frozenset(s for a in one for b in two for s in (ANY if a * b < 0 else {a or b}))


def over(one: Signs, two: Signs) -> Signs:
    """The signs of x where x * y has one of the first signs, and y one of the second."""
    return frozenset(s for s in ANY if any(s * t in one for t in two))


def signs_of(terms: Iterable[Product]) -> Signs:
    """What the signs of the bases leave for the sum of these products."""
    total = ZERO
    for c, powers in terms:
        term = sign_of(c)
        for base, e in powers:
            term = times(term, frozenset(s ** abs(e) for s in base.signs))
        total = plus(total, term)
    return total
