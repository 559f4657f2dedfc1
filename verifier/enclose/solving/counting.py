"""**Counting roots**: all roots of a system in a box, each enclosed, and shown to be all.

Boxes are excluded by values, contracted by Krawczyk's operator, or shown to have exactly one
root; what remains is split. Polynomials of one variable over Q are isolated exactly instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from flint import arb, fmpq, fmpq_poly
from sympy import Expr, Symbol

from verifier.enclose.parameters import ranges_of
from verifier.enclose.solving.krawczyk import System, image, system, tightened
from verifier.errors import DomainError
from verifier.exact.scalars import exact
from verifier.precision import precision

_SEARCH = 64  # bits with which boxes are looked at
_SMALLEST = arb(2) ** -30  # share of the widest side below which a box is not split
_GAIN = arb("0.75")  # a side that is left by a contraction worth repeating
_AROUND = arb("1.25")  # a box is tested with some room around it, for roots on its sides
_STEPS = 14  # of Krawczyk towards the digits asked for
_MOST = 2**16  # bits up to which a root of a polynomial is compared with an end

Box = tuple[tuple[arb, arb], ...]
Ends = Sequence[tuple[fmpq, fmpq]]


@dataclass(frozen=True)
class Roots:
    """Exactly one root in each of `points`, and no other one in the box.

    `multiplicities` are 1, save for a polynomial of one variable.
    """

    points: tuple[tuple[arb, ...], ...]
    multiplicities: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number of different roots."""
        return len(self.points)


def count_roots(
    equations: Expr | Sequence[Expr],
    box: Mapping[Symbol, tuple[Any, Any]],
    *,
    bits: int = 128,
    boxes: int = 20000,
) -> Roots:
    """All roots of `equations` = 0 in a closed box, as many as the box has variables.

    Args:
        box: two rational ends for each variable, of which the first is smaller.
        bits: of mantissa of the balls around the roots.
        boxes: how many may be looked at.

    A polynomial of one variable with rational coefficients is counted exactly, with
    multiplicities and with the ends. Else raises `DomainError`, which names the place, for a root
    that may be singular (as a double one), for one that may lie on the edge of the box, and where
    an equation may have no value; `UnsupportedError` for a system that is not square.
    """
    listed = [
        exact(e) for e in (equations if isinstance(equations, (list, tuple)) else [equations])
    ]
    ends = ranges_of({symbol: tuple(pair) for symbol, pair in box.items()})
    if not all(low < high for low, high in ends):
        raise DomainError("The box has a side without length: name ends that differ.")
    if len(listed) == 1 == len(box):
        polynomial = _polynomial(listed[0], next(iter(box)))
        if polynomial is not None:
            return _isolated(polynomial, *ends[0], bits)
    return _Search(system(listed, list(box)), ends, tuple(box), bits).run(boxes)


def _polynomial(expr: Expr, variable: Symbol) -> fmpq_poly | None:
    if not expr.is_polynomial(variable) or expr.free_symbols - {variable}:
        return None
    coefficients = sympy.Poly(expr, variable).all_coeffs()
    if not all(c.is_Rational for c in coefficients):
        return None
    return fmpq_poly([fmpq(int(c.p), int(c.q)) for c in reversed(coefficients)])


def _isolated(polynomial: fmpq_poly, low: fmpq, high: fmpq, bits: int) -> Roots:
    """The real roots in [low, high]; an end that is one is divided out exactly."""
    if polynomial.is_zero():
        raise DomainError("The polynomial is zero: every point is a root.")
    found: list[tuple[arb, int]] = []
    with precision(bits):
        for end in (low, high):
            multiplicity = 0
            while polynomial(end) == 0:
                polynomial = polynomial // fmpq_poly([-end, 1])
                multiplicity += 1
            if multiplicity:
                found.append((arb(end), multiplicity))
        found += _inside(polynomial, low, high, bits)
        found.sort(key=lambda entry: entry[0].mid())
    return Roots(tuple((ball,) for ball, _ in found), tuple(m for _, m in found))


def _inside(polynomial: fmpq_poly, low: fmpq, high: fmpq, bits: int) -> list[tuple[arb, int]]:
    """The real roots with their multiplicities; neither end is one."""
    with precision(bits):
        roots: Any = polynomial.numer().complex_roots() if polynomial.degree() > 0 else []
        real = [(root.real, multiplicity) for root, multiplicity in roots if root.imag.is_zero()]
        places = [(root, [root < end for end in (low, high)], m) for root, m in real]
        if all(root < end or root > end for root, _ in real for end in (low, high)):
            return [(root, m) for root, (below, above), m in places if not below and above]
    if bits > _MOST:
        raise DomainError(f"A root is too near an end of [{low}, {high}].")
    return _inside(polynomial, low, high, 2 * bits)


@dataclass(frozen=True)
class _Region:
    """A box with exactly one root, which is in `ball`."""

    box: list[arb]
    ball: list[arb]


@dataclass(frozen=True)
class _Search:
    """Branch and contract: what is left to look at, and the boxes shown to have one root."""

    problem: System
    ends: Ends
    names: tuple[Symbol, ...]
    bits: int

    def run(self, boxes: int) -> Roots:
        with precision(_SEARCH):
            whole = tuple((arb(low).lower(), arb(high).upper()) for low, high in self.ends)
            finest = [(high - low) * _SMALLEST for low, high in whole]
        pending: list[Box] = [whole]
        regions: list[_Region] = []
        for _ in range(boxes):
            if not pending:
                return self._within(regions)
            box = pending.pop()
            with precision(_SEARCH):
                pending += self._looked_at(box, regions, finest)
        raise DomainError(
            f"The roots are not counted with {boxes} boxes: {self._shown(_balls(pending[-1]))}."
        )

    def _looked_at(self, box: Box, regions: list[_Region], finest: Sequence[arb]) -> list[Box]:
        """What is left of a box; one shown to have a single root is put to the regions."""
        balls = _balls(box)
        values = self.problem.at(balls).entries()
        if any(not value.contains(0) for value in values if value.is_finite()):
            return []
        if any(_contains(region.box, balls) for region in regions):
            return []
        wider = [arb(x.mid(), x.rad() * _AROUND) for x in balls]
        moved = image(self.problem, [x.mid() for x in wider], wider)
        if moved is not None:
            if all(x.contains_interior(k) for x, k in zip(wider, moved, strict=True)):
                regions.append(_Region(wider, moved))
                return []
            if not _overlap(balls, moved):
                return []
            # what is not in the image is no root
            smaller = tuple(
                (low.max(k.lower()), high.min(k.upper()))
                for (low, high), k in zip(box, moved, strict=True)
            )
            if any(
                _width(new) < _GAIN * _width(old) for new, old in zip(smaller, box, strict=True)
            ):
                return [smaller]
        return self._halves(box, finest, values)

    def _halves(self, box: Box, finest: Sequence[arb], values: Sequence[arb]) -> list[Box]:
        shares = [_width(side) / least for side, least in zip(box, finest, strict=True)]
        k = max(range(len(box)), key=lambda i: shares[i].mid())
        if not shares[k] > 1:
            if not all(value.is_finite() for value in values):
                raise DomainError(f"An equation may have no value: {self._shown(_balls(box))}.")
            place = self._shown(_balls(box))
            raise DomainError(f"A root that may be singular, as a double one is: {place}.")
        low, high = box[k]
        middle = ((low + high) / 2).mid()
        return [(*box[:k], half, *box[k + 1 :]) for half in ((low, middle), (middle, high))]

    def _within(self, regions: Sequence[_Region]) -> Roots:
        """The different roots that lie in the box, enclosed to the bits asked for."""
        found: list[_Region] = []
        with precision(self.bits + 32):
            for region in regions:
                root = tightened(self.problem, region.ball, steps=_STEPS)
                if self._is_inside(root) and not self._is_among(root, found):
                    found.append(_Region(region.box, root))
        found.sort(key=lambda region: [x.mid() for x in region.ball])
        return Roots(tuple(tuple(region.ball) for region in found), (1,) * len(found))

    def _is_among(self, root: list[arb], found: Sequence[_Region]) -> bool:
        """Whether it is a root that was found before: each region has a single one."""
        for region in found:
            if _overlap(root, region.ball):
                if not _contains(region.box, root):
                    raise DomainError(f"Two roots are not told apart: {self._shown(root)}.")
                return True
        return False

    def _is_inside(self, root: list[arb]) -> bool:
        beside = [(x < arb(low)) or (x > arb(high)) for x, (low, high) in self._sides(root)]
        if any(beside):
            return False
        if all(arb(low) < x < arb(high) for x, (low, high) in self._sides(root)):
            return True
        raise DomainError(f"A root may lie on the edge of the box: {self._shown(root)}.")

    def _sides(self, root: list[arb]) -> Iterator[tuple[arb, tuple[fmpq, fmpq]]]:
        return zip(root, self.ends, strict=True)

    def _shown(self, place: Sequence[arb]) -> str:
        near = zip(self.names, place, strict=True)
        return ", ".join(f"`{name}` near {ball.mid().str(10, radius=False)}" for name, ball in near)


def _contains(outer: Sequence[arb], inner: Sequence[arb]) -> bool:
    return all(x.contains(y) for x, y in zip(outer, inner, strict=True))


def _overlap(first: Sequence[arb], second: Sequence[arb]) -> bool:
    return all(x.overlaps(y) for x, y in zip(first, second, strict=True))


def _balls(box: Box) -> list[arb]:
    return [low.union(high) for low, high in box]


def _width(side: tuple[arb, arb]) -> arb:
    return side[1] - side[0]
