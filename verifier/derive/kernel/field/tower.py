"""**Towers**: the exact field that an expression lives in.

Generators are symbols, roots (g^n = radicand), exponentials, logarithms, jets of abstract functions
and what else `families` knows, each with its algebraic relation and its derivative.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mpoly_ctx

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.field.roots import root
from verifier.derive.kernel.field.signsets import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    NONZERO,
    POSITIVE,
    ZERO,
    Signs,
)
from verifier.errors import UnsupportedError

__all__ = [
    "ANY",
    "NEGATIVE",
    "NONNEGATIVE",
    "NONPOSITIVE",
    "NONZERO",
    "POSITIVE",
    "SIZES",
    "SLOTS",
    "ZERO",
    "Condition",
    "CrowdedError",
    "Generator",
    "Tower",
]

SIZES = (16, 30, 60)  # generators; arithmetic costs more where more may come
SLOTS = SIZES[1]
SPARE = 10


class CrowdedError(UnsupportedError):
    """More generators than the tower has slots for; a larger one may do."""


HIGHEST = 1000  # degrees up to which polynomials are factored


@dataclass(frozen=True)
class Generator:
    """One generator. `order` and `inside` are the root's degree and radicand, or the argument.

    `about` is what else its kind needs to know, such as what a sum runs over.
    """

    slot: int
    kind: str  # symbol, or one that `families` knows
    label: str
    order: int = 0
    inside: Element | None = None
    exponent: Element | None = None
    about: Any = None

    @property
    def argument(self) -> Element:
        """What is inside of a function; symbols have nothing inside."""
        if self.inside is None:
            raise UnsupportedError(f"`{self.label}` has no argument.")
        return self.inside


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
        self.relations: dict[int, tuple[int, Element]] = {}  # slot -> (n, e) with g^n = e
        self.rewritten = 0  # generators that others replace
        self.units: dict[tuple[str, str], int] = {}
        self.fractions: dict[str, list[Element]] = {}  # independent arguments by kind
        self.whole: set[int] = set()  # slots of symbols that stand for 1, 2, 3, ...
        self.conditions: dict[str, Condition] = {}
        self.one_poly = self.context.constant(1)
        self.one = Element(self, self.one_poly, self.one_poly)
        self.zero = Element(self, self.context.constant(0), self.one_poly)
        self.sign_of: Callable[[Element], Signs] = lambda element: ANY
        self.made: Callable[[Generator], None] = lambda generator: None
        self.moving: frozenset[str] = frozenset()

    def constant(self, value: fmpq) -> Element:
        return Element(self, self.context.constant(value), self.one_poly)

    def generator(
        self,
        kind: str,
        label: str,
        order: int = 0,
        inside: Element | None = None,
        exponent: Element | None = None,
        about: Any = None,
    ) -> Element:
        """The element of the generator with this label, made when it is new."""
        if label not in self.by_label:
            if len(self.generators) == self.slots:
                raise CrowdedError(
                    f"More than {self.slots} generators: split the step into smaller ones."
                )
            made = Generator(len(self.generators), kind, label, order, inside, exponent, about)
            self.generators.append(made)
            self.by_label[label] = made
            if kind == "root" and inside is not None:
                self.relations[made.slot] = (order, inside)
            self.made(made)
        known = self.by_label[label]
        if (known.kind, known.order) != (kind, order):
            raise UnsupportedError(
                f"`{label}` is two things at once: rename the function or symbol."
            )
        return self.element_of(known)

    def element_of(self, generator: Generator) -> Element:
        return Element(self, self.gens[generator.slot], self.one_poly)

    def symbol(self, label: str) -> Element:
        return self.generator("symbol", label)

    def relate(self, generator: Generator, order: int, value: Element) -> None:
        """Take g^order = value from now on; with order 1, the generator is replaced."""
        self.relations[generator.slot] = (order, value)
        self.rewritten += order == 1

    def alone(self, element: Element) -> Generator | None:
        """The generator that the element is, if it is one."""
        if not element.den.is_one() or int(element.num.total_degree()) != 1:
            return None
        slots = _used(element.num)
        if len(slots) != 1 or slots[0] >= self.slots or element.num != self.gens[slots[0]]:
            return None
        return self.generators[slots[0]]

    def is_plain(self, element: Element) -> bool:
        """Whether the element is made of symbols alone."""
        slots = {*_used(element.num), *_used(element.den)}
        return all(self.generators[slot].kind == "symbol" for slot in slots)

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

    @contextmanager
    def follows(self) -> Iterator[None]:
        """Conditions noted inside follow from those noted before: they are not kept."""
        before = dict(self.conditions)
        try:
            yield
        finally:
            self.conditions = before

    def reduced(self, num: Poly, den: Poly) -> Element:
        """num/den by the relations of the generators, such as roots below their order."""
        if self.relations:
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
        """(p, f) with poly = p/f modulo the relations; f is None for 1."""
        scale = None
        slot = self._reducible(poly)
        while slot is not None:
            order, value = self.relations[slot]
            parts = self.split(poly, slot)
            top = max(parts) // order
            up, down, gen = value.num, value.den, self.gens[slot]
            poly = self.context.constant(0)
            for exponent, part in parts.items():
                whole, rest = divmod(exponent, order)
                poly = poly + part * gen**rest * up**whole * down ** (top - whole)
            if not down.is_one():
                scale = down**top if scale is None else scale * down**top
            slot = self._reducible(poly)
        return poly, scale

    def _reducible(self, poly: Poly) -> int | None:
        """The latest slot whose relation brings `poly` down."""
        degrees = poly.degrees()
        slots = (slot for slot, (order, _) in self.relations.items() if degrees[slot] >= order)
        return max(slots, default=None)

    def split(self, poly: Poly, slot: int) -> dict[int, Poly]:
        """Coefficients of `poly` by the exponent of the generator in `slot`."""
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for monomial, coefficient in poly.to_dict().items():
            rest = (*monomial[:slot], 0, *monomial[slot + 1 :])
            parts.setdefault(int(monomial[slot]), {})[rest] = coefficient
        return {e: self.context.from_dict(terms) for e, terms in parts.items()}

    def root(self, radicand: Element, order: int) -> Element:
        """The real root of `radicand` >= 0, split over factors whose sign is known."""
        return root(self, radicand, order)

    def moves(self, element: Element) -> bool:
        """Whether the element depends on a variable by which a derivative is being taken."""
        if not self.moving:
            return False
        return any(self._slot_moves(i) for p in (element.num, element.den) for i in _used(p))

    def _slot_moves(self, slot: int) -> bool:
        generator = self.generators[slot]
        inner = (generator.inside, generator.exponent)
        if generator.label in self.moving or family_of(generator.label) in self.moving:
            return True
        return any(e is not None and self.moves(e) for e in inner)

    def settled_sign(self, element: Element) -> Signs:
        """The sign as far as it also holds nearby, for all that moves: a closed end does not."""
        known = self.sign_of(element)
        return known if known in (POSITIVE, NEGATIVE) or not self.moves(element) else ANY

    def factors(self, element: Element) -> tuple[fmpq, list[tuple[Element, int]]]:
        """A rational constant and the irreducible factors with their exponents."""
        if max(map(int, (*element.num.degrees(), *element.den.degrees()))) > HIGHEST:
            raise UnsupportedError(f"A power above {HIGHEST} is not factored: it takes too long.")
        constant, up = element.num.factor()
        below, down = element.den.factor()

        def wrap(poly: Poly) -> Element:
            return Element(self, poly, self.one_poly)

        pairs = [(wrap(p), int(e)) for p, e in up] + [(wrap(p), -int(e)) for p, e in down]
        return fmpq(constant) / fmpq(below), pairs

    def show(self, element: Element) -> str:
        """The element with its generators' labels in place."""
        text = str(element.num) if element.den.is_one() else f"({element.num})/({element.den})"
        return _SLOT.sub(lambda found: self.generators[int(found[1])].label, text)

    def derivative(self, element: Element, by: str | Velocity) -> Element:
        """The derivative by the generator labelled `by`, through every generator.

        More generally it is that along a flow: `by` gives the velocities of generators, and None
        for those that move by what is inside of them.
        """
        num, den = element.num, element.den
        top = self._poly_derivative(num, by)
        if den.is_constant():
            return top * Element.make(self, self.one_poly, den)
        below = self._poly_derivative(den, by)
        down = Element(self, den, self.one_poly)
        numerator = top * down - Element(self, num, self.one_poly) * below
        return numerator.over(down * down)

    def _poly_derivative(self, poly: Poly, by: str | Velocity) -> Element:
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

    def _generator_derivative(self, generator: Generator, by: str | Velocity) -> Element:
        if isinstance(by, str):
            velocity = self.one if generator.label == by else None
        else:
            velocity = by(generator)
        if velocity is not None:
            return velocity
        rate = kinds()[generator.kind].rate if generator.kind in kinds() else None
        if rate is not None:
            return rate(generator, lambda inside: self.derivative(inside, by))
        if generator.inside is None:
            return self.zero
        inner = self.derivative(generator.inside, by)
        return inner if inner.is_zero else kinds()[generator.kind].slope(self, generator) * inner


Velocity = Callable[[Generator], Element | None]
_SLOT = re.compile(r"g(\d+)")


def family_of(label: str) -> str:
    """`x[` for the member x[i] of a family, which moves when another member may be the same."""
    head, bracket, _ = label.partition("[")
    return head + bracket if bracket else ""


def _used(poly: Poly) -> list[int]:
    return [slot for slot, degree in enumerate(poly.degrees()) if degree > 0]
