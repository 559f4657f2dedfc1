"""**Towers**: the exact field that an expression lives in.

Generators are symbols, roots (g^n = radicand), exponentials, logarithms and jets of abstract
functions, each with its algebraic relation and its derivative. Radicals are split into roots of
factors whose sign is known, so that different spellings of one radical meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mpoly_ctx, fmpz

from verifier.derive.kernel.element import Element, Poly
from verifier.errors import UnsupportedError

SLOTS = 30
SPARE = 10


@dataclass(frozen=True)
class Generator:
    """One generator. `order` and `inside` are the root's degree and radicand, or the argument."""

    slot: int
    kind: str  # symbol, root, exp, log, jet
    label: str
    order: int = 0
    inside: Element | None = None


@dataclass(frozen=True)
class Condition:
    """A side condition under which an expression has its value: `element` is nonzero, ..."""

    kind: str  # nonzero, nonnegative, positive
    element: Element

    def __str__(self) -> str:
        relation = {"nonzero": "!= 0", "nonnegative": ">= 0", "positive": "> 0"}[self.kind]
        return f"{self.element} {relation}"


class Tower:
    """A differential field built while expressions are read. `sign_of` answers for elements."""

    def __init__(self, slots: int = SLOTS) -> None:
        self.slots = slots
        names = [f"g{i}" for i in range(slots)] + [f"t{i}" for i in range(SPARE)]
        self.context = fmpq_mpoly_ctx.get(names, "lex")
        self.gens: list[Poly] = list(self.context.gens())
        self.generators: list[Generator] = []
        self.by_label: dict[str, Generator] = {}
        self.conditions: dict[str, Condition] = {}
        self.one_poly = self.context.constant(1)
        self.one = Element(self, self.one_poly, self.one_poly)
        self.zero = Element(self, self.context.constant(0), self.one_poly)
        self.sign_of: Callable[[Element], frozenset[int]] = lambda element: ANY
        self.moving: frozenset[str] = frozenset()

    def constant(self, value: fmpq) -> Element:
        return Element(self, self.context.constant(value), self.one_poly)

    def generator(
        self, kind: str, label: str, order: int = 0, inside: Element | None = None
    ) -> Element:
        """The element of the generator with this label, made when it is new."""
        if label not in self.by_label:
            if len(self.generators) == self.slots:
                raise UnsupportedError(
                    f"More than {self.slots} generators: split the step into smaller ones."
                )
            made = Generator(len(self.generators), kind, label, order, inside)
            self.generators.append(made)
            self.by_label[label] = made
        known = self.by_label[label]
        if (known.kind, known.order) != (kind, order):
            raise UnsupportedError(
                f"`{label}` is two things at once: rename the function or symbol."
            )
        return Element(self, self.gens[self.by_label[label].slot], self.one_poly)

    def symbol(self, label: str) -> Element:
        return self.generator("symbol", label)

    def require(self, kind: str, element: Element) -> None:
        """Note a condition, unless it is a fact about a rational number."""
        value = element.rational
        if value is not None:
            holds = {"nonzero": value != 0, "nonnegative": value >= 0, "positive": value > 0}
            if holds[kind]:
                return
        condition = Condition(kind, element)
        self.conditions.setdefault(f"{kind} {element.key}", condition)

    def require_nonzero(self, element: Element) -> None:
        self.require("nonzero", element)

    def reduced(self, num: Poly, den: Poly) -> Element:
        """num/den with every root brought below its order."""
        num, factor = self._reduce_poly(num)
        den, other = self._reduce_poly(den)
        if factor is not None:
            den = den * factor
        if other is not None:
            num = num * other
        if factor is not None or other is not None:
            return self.reduced(num, den)
        if den.is_zero():
            raise ZeroDivisionError("a denominator is zero in the field")
        return Element.make(self, num, den)

    def _reduce_poly(self, poly: Poly) -> tuple[Poly, Poly | None]:
        """(p, f) with poly = p/f modulo the relations of the roots; f is None for 1."""
        scale = None
        for generator in reversed(self.generators):
            if generator.kind != "root" or generator.inside is None:
                continue
            parts = self.split(poly, generator.slot)
            top = max(parts, default=0) // generator.order
            if top == 0:
                continue
            up, down = generator.inside.num, generator.inside.den
            gen = self.gens[generator.slot]
            poly = self.context.constant(0)
            for exponent, part in parts.items():
                whole, rest = divmod(exponent, generator.order)
                poly = poly + part * gen**rest * up**whole * down ** (top - whole)
            if not down.is_one():
                scale = down**top if scale is None else scale * down**top
        return poly, scale

    def split(self, poly: Poly, slot: int) -> dict[int, Poly]:
        """Coefficients of `poly` by the exponent of the generator in `slot`."""
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for monomial, coefficient in poly.to_dict().items():
            rest = (*monomial[:slot], 0, *monomial[slot + 1 :])
            parts.setdefault(int(monomial[slot]), {})[rest] = coefficient
        return {e: self.context.from_dict(terms) for e, terms in parts.items()}

    def root(self, radicand: Element, order: int) -> Element:
        """The real root of `radicand` >= 0, split over factors whose sign is known."""
        self.require("positive" if self.moves(radicand) else "nonnegative", radicand)
        if radicand.is_zero:
            return self.zero
        sign = 1
        constant, factors = self.factors(radicand)
        outside, loose, tight = self.one, self.one, []
        for factor, exponent in factors:
            known = self.settled_sign(factor)
            if known <= NONPOSITIVE and known != ZERO:
                factor, known = -factor, frozenset(-s for s in known)
                sign *= -1 if exponent % 2 else 1
            if known <= NONNEGATIVE and (exponent > 0 or known == POSITIVE):
                whole, rest = divmod(exponent, order)
                outside = outside * self._power(factor, whole)
                tight += [(factor, rest)] if rest else []
            else:
                loose = loose * self._power(factor, exponent)
        constant = constant * sign
        if constant < 0:
            constant, loose = -constant, -loose
        outside = outside * self._constant_root(constant, order)
        for factor, exponent in tight:
            outside = outside * self._simple_root(factor, order).power(exponent)
        if loose.rational != 1:
            outside = outside * self._simple_root(loose, order)
        return outside

    def moves(self, element: Element) -> bool:
        """Whether the element depends on a variable by which a derivative is being taken."""
        return any(self._slot_moves(i) for p in (element.num, element.den) for i in _used(p))

    def _slot_moves(self, slot: int) -> bool:
        generator = self.generators[slot]
        if generator.label in self.moving:
            return True
        return generator.inside is not None and self.moves(generator.inside)

    def settled_sign(self, element: Element) -> frozenset[int]:
        """The sign as far as it also holds nearby, for all that moves: a closed end does not."""
        known = self.sign_of(element)
        return known if known in (POSITIVE, NEGATIVE) or not self.moves(element) else ANY

    def factors(self, element: Element) -> tuple[fmpq, list[tuple[Element, int]]]:
        """A rational constant and the irreducible factors with their exponents."""
        constant, up = element.num.factor()
        below, down = element.den.factor()

        def wrap(poly: Poly) -> Element:
            return Element(self, poly, self.one_poly)

        pairs = [(wrap(p), int(e)) for p, e in up] + [(wrap(p), -int(e)) for p, e in down]
        return fmpq(constant) / fmpq(below), pairs

    def _power(self, element: Element, exponent: int) -> Element:
        """A power whose denominators are already conditions of the element it came from."""
        if exponent >= 0:
            return element.power(exponent)
        flipped = Element.make(self, element.den, element.num)
        return flipped.power(-exponent)

    def _constant_root(self, value: fmpq, order: int) -> Element:
        """The root of a positive rational as a product of roots of primes."""
        result = self.one
        shifted = fmpz(value.p) * fmpz(value.q) ** (order - 1)
        for prime, exponent in shifted.factor():
            whole, rest = divmod(int(exponent), order)
            result = result * self.constant(fmpq(prime**whole))
            if rest:
                base = self.constant(fmpq(prime))
                result = result * self.generator(
                    "root", _root_label(prime, order), order, base
                ).power(rest)
        return result.scaled(fmpq(1, value.q))

    def _simple_root(self, radicand: Element, order: int) -> Element:
        """The root of a radicand that is not split further; partners multiply to a square."""
        label = _root_label(radicand, order)
        if label not in self.by_label and order == 2:
            partner = self._by_partner(radicand)
            if partner is not None:
                return partner
        return self.generator("root", label, order, radicand)

    def _by_partner(self, radicand: Element) -> Element | None:
        """sqrt(A) = sqrt(A*B)/sqrt(B), where sqrt(B) is there, B > 0 and A*B is a square."""
        for generator in list(self.generators):
            if generator.kind != "root" or generator.order != 2 or generator.inside is None:
                continue
            if self.sign_of(generator.inside) != POSITIVE:
                continue
            product = radicand * generator.inside
            constant, factors = self.factors(product)
            if constant < 0 or not factors or any(e % 2 for _, e in factors):
                continue
            signs = [self.settled_sign(f) for f, _ in factors]
            if not all(s <= NONNEGATIVE or s <= NONPOSITIVE for s in signs):
                continue
            result = self._constant_root(constant, 2)
            for (factor, exponent), known in zip(factors, signs, strict=True):
                result = result * self._power(
                    factor if known <= NONNEGATIVE else -factor, exponent // 2
                )
            return result * self._power(Element(self, self.gens[generator.slot], self.one_poly), -1)
        return None

    def show(self, element: Element) -> str:
        """The element with its generators' labels in place."""
        text = str(element.num) if element.den.is_one() else f"({element.num})/({element.den})"
        return _SLOT.sub(lambda found: self.generators[int(found[1])].label, text)

    def derivative(self, element: Element, by: str) -> Element:
        """The derivative by the generator labelled `by`, through every generator."""
        num, den = element.num, element.den
        top = self._poly_derivative(num, by)
        if den.is_constant():
            return top * Element.make(self, self.one_poly, den)
        below = self._poly_derivative(den, by)
        down = Element(self, den, self.one_poly)
        numerator = top * down - Element(self, num, self.one_poly) * below
        return numerator.over(down * down)

    def _poly_derivative(self, poly: Poly, by: str) -> Element:
        total = self.zero
        degrees = poly.degrees()
        for generator in list(self.generators):
            if degrees[generator.slot] <= 0:
                continue
            inner = self._generator_derivative(generator, by)
            if not inner.is_zero:
                partial = Element(self, poly.derivative(generator.slot), self.one_poly)
                total = total + partial * inner
        return total

    def _generator_derivative(self, generator: Generator, by: str) -> Element:
        if generator.label == by:
            return self.one
        if generator.kind == "symbol" or generator.inside is None:
            return self.zero
        inner = self.derivative(generator.inside, by)
        if inner.is_zero:
            return self.zero
        itself = Element(self, self.gens[generator.slot], self.one_poly)
        match generator.kind:
            case "root":
                down = itself.power(generator.order - 1).scaled(fmpq(generator.order))
                return inner.over(down)
            case "exp":
                return itself * inner
            case "log":
                return inner.over(generator.inside)
            case "jet":
                name, _, _ = generator.label.partition("(")
                label = f"{name}'({generator.inside})"
                return self.generator("jet", label, generator.order + 1, generator.inside) * inner
        raise UnsupportedError(f"The generator `{generator.label}` has no derivative.")


ANY = frozenset({-1, 0, 1})
POSITIVE = frozenset({1})
NEGATIVE = frozenset({-1})
ZERO = frozenset({0})
NONNEGATIVE = frozenset({0, 1})
NONPOSITIVE = frozenset({-1, 0})
NONZERO = frozenset({-1, 1})

_SLOT = re.compile(r"g(\d+)")


def _used(poly: Poly) -> list[int]:
    return [slot for slot, degree in enumerate(poly.degrees()) if degree > 0]


def _root_label(radicand: object, order: int) -> str:
    return f"sqrt({radicand})" if order == 2 else f"root{order}({radicand})"
