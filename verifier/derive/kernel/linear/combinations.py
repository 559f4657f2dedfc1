"""**Combinations**: identities that a rule has found, with proofs for what they multiply.

multiplier * gap = sum_k c_k * prod_j base_kj^e_kj
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import ANY, NONNEGATIVE, NONZERO, ZERO, Tower
from verifier.derive.kernel.signs import Range, SignOracle, Signs
from verifier.derive.kernel.signs.products import (
    Argument,
    Base,
    Product,
    identity,
    over,
    poly_rows,
    scaled,
    sign_of,
    signs_of,
    times,
)
from verifier.derive.kernel.signs.proofs import Prover, conjugate, is_square
from verifier.errors import UnsupportedError


@dataclass(frozen=True)
class Chosen:
    """`element` = |gap| - gap up to a factor, and gap = sum of `terms`, which are not negative."""

    element: Element
    gap: Element
    terms: Sequence[Term]


Factor: TypeAlias = Element | Expr | Chosen
Term = tuple[fmpq, Sequence[tuple[Factor, int]]]


class Combiner:
    """Writes combinations over the tower of a reader, with the hypotheses that `prover` knows."""

    def __init__(self, reader: Reader, prover: Prover) -> None:
        self.reader = reader
        self.tower = reader.tower
        self.prover = prover

    def argument(
        self,
        gap: Element,
        multiplier: Factor | Sequence[Term],
        terms: Sequence[Term],
        wanted: Signs,
    ) -> Argument:
        """The identity; or that it excludes other signs of the gap; or its multiplier is dense."""
        factor, products = self._multiplier(multiplier), self._products(terms)
        if over(signs_of(products), signs_of([factor])) <= wanted:
            return identity(products, factor)
        if all(self._excludes(gap, side, factor, products) for side in ANY - wanted):
            return ["split", poly_rows(gap.num), [identity(products, factor)]]
        free = Combiner(self.reader, Prover(_without_hypotheses(self.tower)))
        c, powers = free._multiplier(multiplier)
        if not (c > 0 and len(powers) == 1 and powers[0][1] == 1):
            return identity(products, factor)
        dense, below = powers[0][0], [identity(free._products(terms))]
        return ["dense", poly_rows(dense.poly), dense.proof, scaled(below, 1 / c)]

    def _excludes(self, gap: Element, side: int, factor: Product, products: list[Product]) -> bool:
        """Whether the identity cannot hold where the gap has this sign."""
        case = Prover(self.prover.oracle)
        case.stated = dict(self.prover.stated)
        case.state(gap, frozenset({side}))

        def narrowed(one: Product) -> Product:
            bases = [(replace(b, signs=b.signs & case.seen(b.poly).signs), e) for b, e in one[1]]
            return one[0], bases

        shown = over(signs_of(map(narrowed, products)), signs_of([narrowed(factor)]))
        return side not in shown

    def _element(self, factor: Element | Expr) -> Element:
        return factor if isinstance(factor, Element) else self.reader.read(factor)

    def _multiplier(self, multiplier: Factor | Sequence[Term]) -> Product:
        """One product; terms are one polynomial, with their own identity."""
        if not isinstance(multiplier, Sequence):
            return self._products([(fmpq(1), [(multiplier, 1)])])[0]
        total = self.tower.zero
        for c, powers in multiplier:
            part = self.tower.constant(c)
            for factor, e in powers:
                part = part * self._element(factor).power(e)
            total = total + part
        if not total.den.is_one():
            raise UnsupportedError(f"The multiplier {total} is a fraction: it has no certificate.")
        products = self._products(multiplier)
        return fmpq(1), [(Base(total.num, [identity(products)], signs_of(products)), 1)]

    def _products(self, terms: Sequence[Term]) -> list[Product]:
        return [self._product(c, powers) for c, powers in terms]

    def _product(self, c: fmpq, powers: Sequence[tuple[Factor, int]]) -> Product:
        """Nothing is asked of the other factors where one is zero, nor of even powers."""
        bases: list[tuple[Base, int]] = []
        open_ones: list[tuple[Element, int]] = []
        for factor, e in powers:
            if isinstance(factor, Chosen):
                bases.append((self._chosen(factor), e))
                continue
            element = self._element(factor)
            if element.rational is not None:
                c = c * element.rational**e
                continue
            seen = self.prover.seen(element.num)
            if e % 2 and seen.signs == ANY:
                open_ones.append((element, e))
            else:
                bases.append((seen, e))
            if not element.den.is_one():
                bases.append((self.prover.base(element.den, NONZERO), -e))
        zero = any(base.signs == ZERO for base, _ in bases)
        for element, e in open_ones:
            found = self.prover.oracle.sign(element)
            need = ANY if zero else NONNEGATIVE if found == ANY else found
            bases.append((self.prover.base(element.num, need), e))
        return c, bases

    def _chosen(self, chosen: Chosen) -> Base:
        """a + b g with g = |gap|, a a multiple of the gap, and the conjugate a - b g."""
        poly, gap = chosen.element.num, chosen.gap.num
        lemma = [identity(self._products(chosen.terms))]
        for generator in self.tower.generators:
            g, inside = self.tower.gens[generator.slot], generator.inside
            parts = self.tower.split(poly, generator.slot)
            if generator.kind != "root" or inside is None or set(parts) != {0, 1}:
                continue
            weight, square = _multiple(parts[0], gap), _multiple(inside.num, gap * gap)
            if weight is None or square is None or not parts[1].is_constant():
                continue
            side = sign_of(parts[1].leading_coefficient())
            one = Base(parts[0], scaled(lemma, weight), times(NONNEGATIVE, sign_of(weight)))
            radicand = identity([(square, [(Base(gap, [], ANY), 2)])])
            two = Base(parts[1] * g, [["gen", [radicand]]], times(NONNEGATIVE, side))
            return Base(poly, [conjugate(one, two, [])[0]], ZERO)
        return Base(poly, [], ZERO if poly.is_zero() else ANY)


def transported(reader: Reader, poly: Poly, atoms: Sequence[Expr]) -> Element:
    """A polynomial in variables that stand for `atoms`, in the tower of the reader."""
    values = [reader.read(atom) for atom in atoms]
    tower, powers = reader.tower, {}
    total = tower.zero
    for monomial, c in poly.to_dict().items():
        part = tower.constant(c)
        for place, e in enumerate(monomial):
            if e:
                key = place, int(e)
                if key not in powers:
                    powers[key] = values[place].power(int(e))
                part = part * powers[key]
        total = total + part
    return total


def _multiple(poly: Poly, of: Poly) -> fmpq | None:
    """poly/of when it is a rational number that is not zero."""
    if poly.is_zero() or of.is_zero():
        return None
    ratio: fmpq = poly.leading_coefficient() / of.leading_coefficient()
    return ratio if poly == of * ratio else None


def _without_hypotheses(tower: Tower) -> SignOracle:
    squares = [g.slot for g in tower.generators if is_square(g)]
    return SignOracle(tower, {slot: Range(low=fmpq(0)) for slot in squares})
