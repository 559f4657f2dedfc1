"""**Symbolic powers**: u^e is exp(e log u) for u > 0, and for whole exponents also otherwise.

For whole e = k + sum c m over monomials m >= 1, each factor f of unknown sign has a generator f^m;
its slope m f^m / f needs f nonzero, and so has a value where the exponent may be negative.
(-1)^m has the square 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import exponential, logarithm, primes, terms
from verifier.derive.kernel.field.families import Family, Kind
from verifier.derive.kernel.field.roots import power
from verifier.derive.kernel.field.signsets import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONZERO,
    POSITIVE,
    Signs,
)

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle


def symbolic_power(tower: Tower, base: Element, exponent: Element) -> Element:
    """base^exponent; base > 0 is noted where the exponent is no whole number."""
    fixed = exponent.rational
    if fixed is not None:
        root = base if fixed.q == 1 else tower.root(base, int(fixed.q))
        return root.power(int(fixed.p))
    pieces = _whole(exponent)
    if pieces is None:
        return exponential(tower, exponent * logarithm(tower, base))
    if min(count for _, count in pieces) < 0:
        if base.is_zero:
            raise ZeroDivisionError(f"0^({exponent})")
        tower.require_nonzero(base)
    result = tower.one
    for monomial, count in pieces:
        if monomial.rational is not None:
            result = result * power(base, count)
        else:
            result = result * _to_monomial(tower, base, monomial, count)
    return result


def _whole(exponent: Element) -> list[tuple[Element, int]] | None:
    """Monomials in whole numbers with their coefficients, if the exponent is made of these."""
    if not exponent.den.is_one():
        return None
    pieces = terms(exponent, "power")
    slots = [slot for slot, degree in enumerate(exponent.num.degrees()) if degree]
    if any(c.q != 1 for _, c in pieces):
        return None
    if not exponent.tower.whole.issuperset(slots):
        return None
    return [(monomial, int(c.p)) for monomial, c in pieces]


def _to_monomial(tower: Tower, base: Element, monomial: Element, count: int) -> Element:
    """base^(count*m) for a monomial m >= 1 in whole numbers."""
    if base.is_zero:
        return base
    constant, factors = tower.factors(base)
    result = minus_one_to(tower, monomial, count) if constant < 0 else tower.one
    for prime, times in primes(abs(constant)):
        log = logarithm(tower, tower.constant(fmpq(prime))).scaled(fmpq(times * count))
        result = result * exponential(tower, monomial * log)
    for factor, times in factors:
        result = result * _of_factor(tower, factor, monomial, times * count)
    return result


def _of_factor(tower: Tower, factor: Element, monomial: Element, count: int) -> Element:
    known = tower.settled_sign(factor)
    if known not in (POSITIVE, NEGATIVE):
        label = f"({factor})^({monomial})"
        return power(tower.generator("power", label, 0, factor, monomial), count)
    size = logarithm(tower, factor if known == POSITIVE else -factor).scaled(fmpq(count))
    result = exponential(tower, monomial * size)
    return result if known == POSITIVE else result * minus_one_to(tower, monomial, count)


def minus_one_to(tower: Tower, monomial: Element, count: int) -> Element:
    """(-1)^(count*m), where n^k counts as n."""
    if count % 2 == 0:
        return tower.one
    ((exponents, _),) = monomial.num.to_dict().items()
    odd = tower.context.from_dict({tuple(min(int(e), 1) for e in exponents): fmpq(1)})
    once = Element(tower, odd, tower.one_poly)
    made = tower.generator("power", f"(-1)^({once})", 0, -tower.one, once)
    tower.relate(tower.by_label[f"(-1)^({once})"], 2, tower.one)
    return made


def _slope(tower: Tower, generator: Generator) -> Element:
    return (tower.element_of(generator) * _exponent(generator)).over(generator.argument)


def _exponent(generator: Generator) -> Element:
    return generator.exponent if generator.exponent is not None else generator.argument.tower.one


def _copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    return symbolic_power(reader.tower, move(generator.argument), move(_exponent(generator)))


def _express(generator: Generator, show: Callable[[Element], Expr]) -> Expr:
    return show(generator.argument) ** show(_exponent(generator))


def _signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    """f^m vanishes only where f does, and is negative only where f is."""
    base = oracle.sign(generator.argument, depth - 1) if depth else ANY
    if base <= NONNEGATIVE:
        return base
    return ANY if 0 in base else NONZERO


FAMILY = Family(kinds=(Kind("power", slope=_slope, copy=_copy, express=_express, signs=_signs),))
