"""**Inverse trigonometric functions**: atan' = 1/(1 + u^2), asin' = 1/sqrt(1 - u^2).

acos u = pi/2 - asin u. Both are odd, known at the usual values, and undone where the angle
certainly lies on the principal branch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.circle import HALF, cos_sin, pi
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family, Kind
from verifier.derive.kernel.field.signsets import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    POSITIVE,
    Signs,
)

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle

ABOVE = fmpq(52174, 33215)  # pi/2 < 52174/33215
# u^2 -> angle/pi, for u > 0
TANGENTS = {fmpq(1, 3): fmpq(1, 6), fmpq(1): fmpq(1, 4), fmpq(3): fmpq(1, 3)}
SINES = {
    fmpq(1, 4): fmpq(1, 6),
    fmpq(1, 2): fmpq(1, 4),
    fmpq(3, 4): fmpq(1, 3),
    fmpq(1): fmpq(1, 2),
}


def read_atan(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return arctangent(reader.tower, reader.read(args[0]))


def read_acot(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return arctangent(reader.tower, reader.tower.one.over(reader.read(args[0])))


def read_asin(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return arcsine(reader.tower, reader.read(args[0]))


def read_acos(reader: Reader, args: tuple[Expr, ...]) -> Element:
    tower = reader.tower
    return pi(tower).scaled(HALF) - arcsine(tower, reader.read(args[0]))


def arctangent(tower: Tower, u: Element) -> Element:
    """atan(u)."""
    if u.is_zero:
        return u
    if u.num.leading_coefficient() < 0:
        return -arctangent(tower, -u)
    known = _usual(tower, u, TANGENTS)
    if known is None:
        known = _angle_of_tangent(tower, u)
    if known is None:
        known = _by_reciprocal(tower, u)
    return tower.generator("atan", f"atan({u})", 0, u) if known is None else known


def arcsine(tower: Tower, u: Element) -> Element:
    """asin(u); -1 <= u <= 1 is noted."""
    kind = "positive" if tower.moves(u) else "nonnegative"
    tower.require(kind, tower.one - u * u)
    return _arcsine(tower, u)


def _arcsine(tower: Tower, u: Element) -> Element:
    if u.is_zero:
        return u
    if u.num.leading_coefficient() < 0:
        return -_arcsine(tower, -u)
    known = _usual(tower, u, SINES)
    if known is None:
        known = _angle_of_sine(tower, u)
    return tower.generator("asin", f"asin({u})", 0, u) if known is None else known


def _usual(tower: Tower, u: Element, table: dict[fmpq, fmpq]) -> Element | None:
    """The angle in the table, a multiple of pi."""
    square = (u * u).rational
    part = None if square is None else table.get(square)
    sign = tower.sign_of(u) if part is not None else ANY
    if part is None or sign not in (POSITIVE, NEGATIVE):
        return None
    return pi(tower).scaled(part if sign == POSITIVE else -part)


def _angle_of_tangent(tower: Tower, u: Element) -> Element | None:
    """v for u = sin(v)/cos(v) with -pi/2 < v < pi/2."""
    above = tower.alone(Element(tower, u.num, tower.one_poly))
    below = tower.alone(Element(tower, u.den, tower.one_poly))
    if above is None or below is None or (above.kind, below.kind) != ("sin", "cos"):
        return None
    if above.argument.key != below.argument.key:
        return None
    return above.argument if _within(tower, above.argument, -HALF, HALF, POSITIVE) else None


def _angle_of_sine(tower: Tower, u: Element) -> Element | None:
    """v for u = sin(v) with -pi/2 <= v <= pi/2, and pi/2 - v for u = cos(v) with 0 <= v <= pi."""
    alone = tower.alone(u)
    if alone is None or alone.kind not in ("sin", "cos"):
        return None
    v = alone.argument
    if alone.kind == "sin":
        return v if _within(tower, v, -HALF, HALF, NONNEGATIVE) else None
    turned = pi(tower).scaled(HALF) - v
    return turned if _within(tower, v, fmpq(0), fmpq(1), NONNEGATIVE) else None


def _within(tower: Tower, v: Element, low: fmpq, high: fmpq, signs: Signs) -> bool:
    """Whether v - low*pi and high*pi - v have `signs`, nearby too for what moves."""
    ends = (v - pi(tower).scaled(low), pi(tower).scaled(high) - v)
    return all(tower.settled_sign(gap) <= signs for gap in ends)


def _by_reciprocal(tower: Tower, u: Element) -> Element | None:
    """atan(u) = pi/2 - atan(1/u) for u > 0 and -pi/2 - atan(1/u) for u < 0."""
    flipped = Element.make(tower, u.den, u.num)
    sign = fmpq(1)
    if flipped.num.leading_coefficient() < 0:
        flipped, sign = -flipped, fmpq(-1)
    if f"atan({flipped})" not in tower.by_label:
        return None
    known = tower.settled_sign(u)
    if known not in (POSITIVE, NEGATIVE):
        return None
    other = tower.generator("atan", f"atan({flipped})", 0, flipped).scaled(sign)
    return pi(tower).scaled(HALF if known == POSITIVE else -HALF) - other


def _atan_slope(tower: Tower, generator: Generator) -> Element:
    u = generator.argument
    return tower.one.over(tower.one + u * u)


def _asin_slope(tower: Tower, generator: Generator) -> Element:
    u = generator.argument
    return tower.one.over(tower.root(tower.one - u * u, 2))


def _atan_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return arctangent(reader.tower, move(generator.argument))


def _asin_copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return arcsine(reader.tower, move(generator.argument))


def _odd_signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    return oracle.sign(generator.argument, depth - 1) if depth else ANY


def _against_pi(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    """g - t pi for g = atan(u) or asin(u): the sign of u - tan(t pi) or of u - sin(t pi)."""
    tower, terms = oracle.tower, factor.num.to_dict()
    found = {tower.generators[s].kind: (tower.generators[s], c) for s, c in _linear(factor)}
    inverse = found.get("atan") or found.get("asin")
    if not depth or len(terms) != 2 or "pi" not in found or inverse is None:
        return ANY
    (generator, b), (_, a) = inverse, found["pi"]
    t = -fmpq(a) / fmpq(b)
    known = _beyond(generator.kind, t)
    if known == ANY:
        with tower.follows():
            cosine, sine = cos_sin(tower, pi(tower).scaled(t))
            bound = sine if generator.kind == "asin" else sine.over(cosine)
        known = oracle.sign(generator.argument - bound, depth - 1)
    return known if b > 0 else frozenset(-s for s in known)


def _linear(factor: Element) -> list[tuple[int, fmpq]]:
    """(slot, coefficient) of every term that is a multiple of one generator."""
    found = []
    for monomial, coefficient in factor.num.to_dict().items():
        slots = [slot for slot, e in enumerate(monomial) if e]
        if len(slots) == 1 and monomial[slots[0]] == 1 and slots[0] < factor.tower.slots:
            found.append((slots[0], coefficient))
    return found


def _beyond(kind: str, t: fmpq) -> Signs:
    """The sign of g - t pi where t pi lies outside of what g can reach."""
    if t > HALF or (t == HALF and kind == "atan"):
        return NEGATIVE
    if t < -HALF or (t == -HALF and kind == "atan"):
        return POSITIVE
    return ANY


FAMILY = Family(
    reads={
        sympy.atan: read_atan,
        sympy.acot: read_acot,
        sympy.asin: read_asin,
        sympy.acos: read_acos,
    },
    kinds=(
        Kind(
            "atan",
            slope=_atan_slope,
            copy=_atan_copy,
            express=lambda generator, show: sympy.atan(show(generator.argument)),
            ball=lambda generator, u: u.atan(),
            signs=_odd_signs,
            low=-ABOVE,
            high=ABOVE,
            increasing=True,
        ),
        Kind(
            "asin",
            slope=_asin_slope,
            copy=_asin_copy,
            express=lambda generator, show: sympy.asin(show(generator.argument)),
            ball=lambda generator, u: u.asin(),
            signs=_odd_signs,
            low=-ABOVE,
            high=ABOVE,
            increasing=True,
        ),
    ),
    attempts=(_against_pi,),
)
