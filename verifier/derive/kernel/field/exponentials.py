"""**Exponentials and logarithms**: sums become products, products become sums.

The exponential of a sum is a product over its terms. Each term is a whole multiple of one unit
argument; when a finer unit is needed, what was made of the old one is rewritten.
"""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from flint import fmpq, fmpz

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.signsets import NEGATIVE, POSITIVE
from verifier.derive.kernel.linear.combination import rational_combination

if TYPE_CHECKING:
    from verifier.derive.kernel.field.tower import Tower


def terms(u: Element, kind: str = "exp") -> list[tuple[Element, fmpq]]:
    """`u` as a sum of base arguments of `kind` with rational coefficients.

    These are monomials, and fractions that no rational combination of others makes.
    """
    tower = u.tower
    whole, rest = divmod(u.num, u.den)
    found = [(Element(tower, base, tower.one_poly), c) for base, c in _monomials(tower, whole)]
    if rest.is_zero():
        return found
    bases = tower.fractions.setdefault(kind, [])
    proper = Element.make(tower, rest, u.den)
    for base, _ in _monomials(tower, rest):
        part = Element.make(tower, base, u.den)
        if rational_combination(proper, bases) is not None:
            break
        if rational_combination(part, bases) is None:
            bases.append(part)
    weights = rational_combination(proper, bases)
    return found + [(base, w) for base, w in zip(bases, weights or [], strict=True) if w != 0]


def _monomials(tower: Tower, poly: Poly) -> list[tuple[Poly, fmpq]]:
    return [(tower.context.from_dict({m: fmpq(1)}), fmpq(c)) for m, c in poly.to_dict().items()]


def unit(tower: Tower, kind: str, base: Element, least: int) -> tuple[int, int | None]:
    """(q, before): base/q is the unit argument of `kind` for multiples of base/least.

    `before` is the q until now if that was another one, whose generators must be rewritten.
    """
    key = (kind, base.key)
    before = tower.units.get(key)
    tower.units[key] = least if before is None else lcm(before, least)
    return tower.units[key], before if before != tower.units[key] else None


def exponential(tower: Tower, u: Element) -> Element:
    """exp(u), as a product of powers of exponentials of unit arguments."""
    result = tower.one
    for base, coefficient in terms(u, "exp"):
        result = result * _of_term(tower, base, coefficient)
    return result


def _of_term(tower: Tower, base: Element, coefficient: fmpq) -> Element:
    p, q = int(coefficient.p), int(coefficient.q)
    alone = tower.alone(base)
    if alone is not None and alone.kind == "log" and alone.inside is not None:
        # exp((p/q) log a) = a^(p/q)
        whole = alone.inside if q == 1 else tower.root(alone.inside, q)
        return _turned(whole.power(abs(p)), p)
    fine, before = unit(tower, "exp", base, q)
    generator = _generator(tower, base, fine)
    if before is not None:
        made = tower.alone(_generator(tower, base, before))
        if made is not None:
            tower.relate(made, 1, generator.power(fine // before))
    return _turned(generator.power(abs(p) * fine // q), p)


def _generator(tower: Tower, base: Element, q: int) -> Element:
    argument = base.scaled(fmpq(1, q))
    return tower.generator("exp", f"exp({argument})", 0, argument)


def _turned(whole: Element, sign: int) -> Element:
    """The element or its reciprocal: it is never zero."""
    return whole if sign > 0 else Element.make(whole.tower, whole.den, whole.num)


def logarithm(tower: Tower, u: Element) -> Element:
    """log of a product as a sum over factors that are certainly positive; u > 0 is noted."""
    tower.require("positive", u)
    constant, factors = tower.factors(u)
    signs = [tower.sign_of(f) for f, _ in factors]
    if not all(s in (POSITIVE, NEGATIVE) for s in signs):
        return _generated(tower, u)
    flips = sum(s == NEGATIVE and e % 2 for s, (_, e) in zip(signs, factors, strict=True))
    if (constant < 0) != bool(flips % 2):
        return _generated(tower, u)
    total = tower.zero
    for prime, exponent in primes(abs(constant)):
        total = total + _generated(tower, tower.constant(fmpq(prime))).scaled(fmpq(exponent))
    for (factor, exponent), known in zip(factors, signs, strict=True):
        positive = factor if known == POSITIVE else -factor
        total = total + _of_factor(tower, positive).scaled(fmpq(exponent))
    return total


def _generated(tower: Tower, u: Element) -> Element:
    return tower.generator("log", f"log({u})", 0, u)


def _of_factor(tower: Tower, factor: Element) -> Element:
    alone = tower.alone(factor)
    if alone is not None and alone.inside is not None:
        if alone.kind == "root":
            return logarithm(tower, alone.inside).scaled(fmpq(1, alone.order))
        if alone.kind == "exp":
            return alone.inside
    if f"log({factor})" not in tower.by_label:
        found = _by_conjugate(tower, factor)
        if found is not None:
            return found
    return _generated(tower, factor)


def _by_conjugate(tower: Tower, factor: Element) -> Element | None:
    """log(a + b g) = log(a^2 - b^2 g^2) - log(a - b g), where the last one is there."""
    for generator in tower.generators:
        if generator.kind != "root" or generator.order != 2:
            continue
        parts = tower.split(factor.num, generator.slot)
        if set(parts) != {0, 1}:
            continue
        turned = parts[0] - parts[1] * tower.gens[generator.slot]
        conjugate = Element(tower, turned, tower.one_poly)
        for other in (conjugate, -conjugate):
            constant, factors = tower.factors(other)
            if constant < 0 or [1] != [e for _, e in factors]:
                continue
            known, product = factors[0][0], factor * other
            if f"log({known})" not in tower.by_label:
                continue
            if tower.sign_of(known) == tower.sign_of(product) == POSITIVE:
                return logarithm(tower, product) - logarithm(tower, other)
    return None


def primes(value: fmpq) -> list[tuple[int, int]]:
    """The factorisation of a positive rational."""
    up = [(int(p), int(e)) for p, e in fmpz(value.p).factor()]
    return up + [(int(p), -int(e)) for p, e in fmpz(value.q).factor()]
