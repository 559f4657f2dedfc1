"""**Roots**: real roots, split over factors whose sign is known, and nested ones taken apart.

Different spellings of one radical meet: roots of rationals are products of roots of primes, roots
of exponentials are exponentials, and partners that multiply to a square share one generator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from flint import fmpq, fmpz

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import exponential, unit
from verifier.derive.kernel.field.signsets import (
    NONNEGATIVE,
    NONPOSITIVE,
    POSITIVE,
    ZERO,
    Signs,
)

if TYPE_CHECKING:
    from verifier.derive.kernel.field.tower import Tower

Factors = Sequence[tuple[Element, int]]


def root(tower: Tower, radicand: Element, order: int) -> Element:
    """The real root of `radicand` >= 0, which is noted as a condition."""
    tower.require("positive" if tower.moves(radicand) else "nonnegative", radicand)
    if radicand.is_zero:
        return tower.zero
    constant, factors = tower.factors(radicand)
    constant, factors = _with_sines(tower, constant, factors)
    outside, loose = tower.one, []
    tight: list[tuple[Element, int]] = []
    for factor, exponent in factors:
        known = tower.settled_sign(factor)
        if known <= NONPOSITIVE and known != ZERO:
            factor, known = -factor, frozenset(-s for s in known)
            constant = -constant if exponent % 2 else constant
        if known <= NONNEGATIVE and (exponent > 0 or known == POSITIVE):
            whole, rest = divmod(exponent, order)
            outside = outside * power(factor, whole)
            tight += [(factor, rest)] if rest else []
        else:
            loose.append((factor, exponent))
    negative = constant < 0
    outside = outside * constant_root(tower, abs(constant), order)
    for factor, exponent in tight:
        outside = outside * _simple(tower, factor, order).power(exponent)
    return outside * _loose(tower, loose, order, negative=negative)


def absolute(tower: Tower, u: Element) -> Element:
    """|u|, as a product over the factors of u where its sign is not known."""
    known = tower.settled_sign(u)
    if known <= NONNEGATIVE or known <= NONPOSITIVE:
        return u if known <= NONNEGATIVE else -u
    constant, factors = tower.factors(u)
    result = tower.constant(abs(constant))
    for factor, exponent in factors:
        known = tower.settled_sign(factor)
        if known <= NONNEGATIVE or known <= NONPOSITIVE:
            result = result * power(factor if known <= NONNEGATIVE else -factor, exponent)
        else:
            if tower.moves(factor):
                tower.require_nonzero(factor)
            result = result * power(_generated(tower, factor * factor, 2), exponent)
    return result


def _with_sines(
    tower: Tower, constant: fmpq, factors: list[tuple[Element, int]]
) -> tuple[fmpq, list[tuple[Element, int]]]:
    """(1 - cos v)^m (1 + cos v)^m as (sin v)^(2 m)."""
    for generator in tower.generators:
        if generator.kind != "sin" or tower.relations[generator.slot][0] != 2:
            continue
        cosine = tower.generator("cos", f"cos({generator.argument})", 0, generator.argument)
        ends = {(cosine - tower.one).key: 0, (cosine + tower.one).key: 0}
        ends.update({f.key: e for f, e in factors if f.key in ends})
        m = min(ends.values())
        if m > 0:
            constant = -constant if m % 2 else constant
            rest = [(f, e - m if f.key in ends else e) for f, e in factors]
            factors = [(f, e) for f, e in rest if e] + [(tower.element_of(generator), 2 * m)]
    return constant, factors


def _loose(tower: Tower, factors: Factors, order: int, *, negative: bool) -> Element:
    """The root of factors of unknown sign; a product of |f| when all are squares."""
    if order == 2 and not negative and all(e % 2 == 0 for _, e in factors):
        half = tower.one
        for factor, exponent in factors:
            half = half * power(factor, exponent // 2)
        return absolute(tower, half)
    rest = -tower.one if negative else tower.one
    for factor, exponent in factors:
        rest = rest * power(factor, exponent)
    return tower.one if rest.rational == 1 else _simple(tower, rest, order)


def power(element: Element, exponent: int) -> Element:
    """A power whose denominators are already conditions of the element it came from."""
    if exponent >= 0:
        return element.power(exponent)
    return Element.make(element.tower, element.den, element.num).power(-exponent)


def constant_root(tower: Tower, value: fmpq, order: int) -> Element:
    """The root of a positive rational as a product of roots of primes."""
    result = tower.one
    shifted = fmpz(value.p) * fmpz(value.q) ** (order - 1)
    for prime, exponent in shifted.factor():
        whole, rest = divmod(int(exponent), order)
        result = result * tower.constant(fmpq(prime**whole))
        if rest:
            result = result * _generated(tower, tower.constant(fmpq(prime)), order).power(rest)
    return result.scaled(fmpq(1, value.q))


def _simple(tower: Tower, radicand: Element, order: int) -> Element:
    """The root of a radicand that is not split further."""
    if _label(radicand, order) not in tower.by_label:
        others = (_of_generator, _by_partner, _denested) if order == 2 else (_of_generator,)
        for other in others:
            found = other(tower, radicand, order)
            if found is not None:
                return found
    return _generated(tower, radicand, order)


def _generated(tower: Tower, radicand: Element, order: int) -> Element:
    """The root as a power of the finest root of this radicand, from which coarser ones follow."""
    fine, before = unit(tower, "root", radicand, order)
    finest = tower.generator("root", _label(radicand, fine), fine, radicand)
    if before is not None:
        tower.relate(tower.by_label[_label(radicand, before)], 1, finest.power(fine // before))
    return finest.power(fine // order)


def _label(radicand: Element, order: int) -> str:
    return f"sqrt({radicand})" if order == 2 else f"root{order}({radicand})"


def _of_generator(tower: Tower, radicand: Element, order: int) -> Element | None:
    """exp(u)^(1/n) = exp(u/n), and (r^(1/m))^(1/n) = r^(1/(m n))."""
    generator = tower.alone(radicand)
    if generator is None or generator.inside is None:
        return None
    if generator.kind == "exp":
        return exponential(tower, generator.inside.scaled(fmpq(1, order)))
    if generator.kind == "root":
        return root(tower, generator.inside, generator.order * order)
    return None


def _by_partner(tower: Tower, radicand: Element, order: int) -> Element | None:
    """sqrt(A) = sqrt(A*B)/sqrt(B), where sqrt(B) is there, B > 0 and A*B is a square."""
    for generator in list(tower.generators):
        if generator.kind != "root" or generator.order != 2 or generator.inside is None:
            continue
        if tower.sign_of(generator.inside) != POSITIVE:
            continue
        whole = _square_root(tower, radicand * generator.inside, tower.settled_sign)
        if whole is not None and whole.rational is None:
            return whole * power(tower.element_of(generator), -1)
    return None


def _square_root(
    tower: Tower, square: Element, sign: Callable[[Element], frozenset[int]]
) -> Element | None:
    """The nonnegative root of an element whose factors come in pairs and have a known sign."""
    constant, factors = tower.factors(square)
    if constant < 0 or any(e % 2 for _, e in factors):
        return None
    result = constant_root(tower, constant, 2)
    for factor, exponent in factors:
        known = sign(factor)
        if not (known <= NONNEGATIVE or known <= NONPOSITIVE):
            return None
        result = result * power(factor if known <= NONNEGATIVE else -factor, exponent // 2)
    return result


def _denested(tower: Tower, radicand: Element, order: int) -> Element | None:
    """sqrt(a + b g) = sqrt(p) + sgn(b) sqrt(q) with p + q = a >= 0, 4 p q = (b g)^2, g a root.

    p and q are (a + s)/2 and (a - s)/2 where s^2 = a^2 - (b g)^2 is a square.
    """
    for generator in reversed(tower.generators):
        if generator.kind != "root" or generator.order != 2 or generator.inside is None:
            continue
        if radicand.den.degrees()[generator.slot]:
            continue
        parts = tower.split(radicand.num, generator.slot)
        if set(parts) != {0, 1}:
            continue
        a, b = (Element.make(tower, parts[e], radicand.den) for e in (0, 1))
        s = _some_square_root(tower, a * a - b * b * generator.inside)
        if s is None or not tower.settled_sign(a) <= NONNEGATIVE:
            continue
        p, q = (a + s).scaled(fmpq(1, 2)), (a - s).scaled(fmpq(1, 2))
        with tower.follows():
            found = _of_both(tower, (p, q), tower.settled_sign(b), tower.settled_sign(s))
        if found is not None:
            return found
    return None


def _of_both(
    tower: Tower, parts: tuple[Element, Element], sign: Signs, larger: Signs
) -> Element | None:
    """sqrt(p) + sqrt(q) for a sign >= 0, and their distance for one <= 0."""
    if not (sign <= NONNEGATIVE or sign <= NONPOSITIVE):
        return None
    if not (sign <= NONNEGATIVE or larger <= NONNEGATIVE or larger <= NONPOSITIVE):
        return None
    p, q = (root(tower, part, 2) for part in parts)
    if sign <= NONNEGATIVE:
        return p + q
    return p - q if larger <= NONNEGATIVE else q - p


def _some_square_root(tower: Tower, square: Element) -> Element | None:
    """An element, of either sign, whose square this is, without a new root."""
    if square.is_zero:
        return tower.zero
    constant, factors = tower.factors(square)
    up, down = fmpz(constant.p), fmpz(constant.q)
    if constant < 0 or any(e % 2 for _, e in factors):
        return None
    if not (up.is_square() and down.is_square()):
        return None
    result = tower.constant(fmpq(up.isqrt(), down.isqrt()))
    for factor, exponent in factors:
        result = result * power(factor, exponent // 2)
    return result
