"""**Germs**: exact leading terms of elements, as variables of the tower go to their points.

Each moving variable has a ladder: x, L = log(1/w) for the small w that x is made of, log L, and so
on. An element is expanded in the fastest small quantity that it is made of, w = exp(-rate): its
coefficients are slower and are expanded in turn, until constants are left, whose signs the oracle
knows. With several variables, the last one goes to its point first.

Every limit here is one of the extended reals. What is not certain raises `UnsupportedError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from flint import fmpq

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import NONNEGATIVE, NONZERO, POSITIVE, Signs
from verifier.derive.kernel.field.tower import Condition, Generator
from verifier.derive.kernel.limits.germ_expansion import Expansion
from verifier.derive.kernel.limits.series import Exponent, Series, SeriesRing, ShortError
from verifier.derive.kernel.signs import Range
from verifier.errors import UnsupportedError

DEPTH = 40
WIDTHS = (2, 4, 8, 16)
MOVING = "_{"  # how the names of symbols that move begin, which no author can write
ALLOWED = {"nonzero": NONZERO, "nonnegative": NONNEGATIVE, "positive": POSITIVE}
KNOWN_GROWTH = ("symbol", "root", "exp", "log", "power")
BOUNDED = ("sin", "cos", "atan", "asin", "erf", "pi")


Found = TypeVar("Found")


@dataclass(frozen=True)
class Limit:
    """A limit `value`, or `infinite` +1 or -1; `none` says why there is no limit."""

    value: Element | None
    infinite: int = 0
    none: str = ""

    def __str__(self) -> str:
        return self.none or {1: "oo", -1: "-oo"}.get(self.infinite, str(self.value))


@dataclass(frozen=True)
class Layer:
    """A variable that moves: to `point` from the side `direction`, or to direction * oo."""

    variable: Generator
    point: Element | None
    direction: int


@dataclass(frozen=True)
class Scale:
    """A small w = exp(-rate); `exact` has the generators that are w^e exp(rest), by slot.

    The variable on rung `rung` of the ladder is made of w too, unless w is an exponential.
    """

    layer: int
    rung: int | None
    rate: Element | None
    exact: Mapping[int, tuple[Exponent, Element]] = field(default_factory=dict)


class Germs:
    """Elements of the tower of `reader` near the points of `layers`, the outermost first."""

    def __init__(self, reader: Reader, layers: Iterable[Layer] = ()) -> None:
        self.reader = reader
        self.tower = reader.tower
        self.layers = tuple(layers)
        self.ring = SeriesRing(self.tower, self.sign)
        self._ladders = [self._ladder(layer) for layer in self.layers]
        self._reach: dict[int, frozenset[int]] = {}
        self._signs: dict[str, int] = {}
        self._limits: dict[tuple[str, int], Limit] = {}
        self._depth = 0

    def reach(self, element: Element) -> frozenset[int]:
        """Slots of every generator in `element`, those inside of others too."""
        return frozenset().union(*(self.inside(slot) for slot in _used(element)))

    def inside(self, slot: int) -> frozenset[int]:
        """The slot with those of every generator inside of it."""
        if slot not in self._reach:
            generator = self.tower.generators[slot]
            below = [e for e in (generator.inside, generator.exponent) if e is not None]
            self._reach[slot] = frozenset({slot}).union(*map(self.reach, below))
        return self._reach[slot]

    def depends(self, element: Element, layer: int) -> bool:
        return not self.reach(element).isdisjoint(self._ladders[layer])

    def innermost(self, element: Element) -> int | None:
        """The last layer on which the element depends; None for a constant."""
        layers = range(len(self.layers) - 1, -1, -1)
        return next((n for n in layers if self.depends(element, n)), None)

    def signs(self, element: Element) -> Signs:
        """Possible signs near the points, for choosing a branch while an expression is read."""
        known = self.reader.sign(element)
        if len(known) == 1 or self._depth or self.is_constant(element):
            return known
        try:
            return known & {self.sign(element)}
        except UnsupportedError:
            return known

    def sign(self, element: Element) -> int:
        """The sign that the element certainly has near the points."""
        if element.key not in self._signs:
            with self._deeper(element):
                self._signs[element.key] = self._sign(element)
        return self._signs[element.key]

    def _sign(self, element: Element) -> int:
        if element.is_zero:
            return 0
        layer = self.innermost(element)
        if layer is None:
            return self._constant_sign(element)
        return self._longer(element, layer, self._leading_sign)

    def _leading_sign(self, element: Element, series: Series) -> int:
        """That of the first term which is not zero by the hypotheses."""
        for _, coefficient in series.terms:
            sign = self.sign(coefficient)
            if sign:
                return sign
        if series.order is None:
            return 0
        raise ShortError(f"{element} vanishes to the order that was kept.")

    def _constant_sign(self, element: Element) -> int:
        signs = self.reader.sign(element)
        if len(signs) > 1:
            raise UnsupportedError(
                f"The sign of {element} is not known, which decides a leading term."
            )
        return min(signs)

    def limit(self, element: Element, layer: int) -> Limit:
        """The limit in the variable of `layer`; its value may depend on those further out."""
        key = (element.key, layer)
        if key not in self._limits:
            with self._deeper(element):
                self._limits[key] = self._limit(element, layer)
        return self._limits[key]

    def _limit(self, element: Element, layer: int) -> Limit:
        found = Limit(element)
        while found.value is not None and self.depends(found.value, layer):
            found = self._longer(found.value, layer, self._leading_limit)
        return found

    def _leading_limit(self, element: Element, series: Series) -> Limit:
        """The coefficient of w^0, whose limit is the same, unless it is 0 or infinite."""
        ring, zero = self.ring, Fraction(0)
        if series.terms and ring.compared(series.terms[0][0], zero) < 0:
            return Limit(None, self._infinite(series.terms[0][1]))
        if series.order is not None and ring.compared(series.order, zero) <= 0:
            raise ShortError(f"{element} is not known beyond its remainder.")
        return Limit(ring.split(series)[0])

    def _longer(
        self, element: Element, layer: int, read: Callable[[Element, Series], Found]
    ) -> Found:
        """What is read from the shortest series of `element` that is long enough."""
        scale = self._scale(element, layer)
        fault = ""
        for width in WIDTHS:
            try:
                return read(element, Expansion(self, scale, width).of(element))
            except ShortError as short:
                fault = str(short)
        raise UnsupportedError(fault)

    def _infinite(self, coefficient: Element) -> int:
        sign = self.sign(coefficient)
        if not sign:
            raise UnsupportedError(f"The leading coefficient {coefficient} is zero.")
        return sign

    def settle(self, conditions: Iterable[Condition]) -> None:
        """Check conditions that move: they hold near the points, or `UnsupportedError` is raised.

        Conditions on constants are left to whoever knows the hypotheses.
        """
        for condition in conditions:
            if self.is_constant(condition.element):
                continue
            allowed = ALLOWED[condition.kind]
            if self.reader.sign(condition.element) <= allowed:
                continue
            if self.sign(condition.element) not in allowed:
                raise UnsupportedError(f"Near the point it is not true that {condition}.")

    def is_constant(self, element: Element) -> bool:
        return self.innermost(element) is None

    def rung(self, layer: int, number: int) -> Element:
        """The variable of a layer, or one of its iterated logarithms: L_1 = log(1/w), log L_1."""
        ladder = self._ladders[layer]
        while len(ladder) <= number:
            label = _rung_label(self.layers[layer], len(ladder))
            self.tower.symbol(label)
            slot = self.tower.by_label[label].slot
            self.reader.oracle.ranges[slot] = Range(low=fmpq(0), low_open=True)
            ladder.append(slot)
        return self.tower.element_of(self.tower.generators[ladder[number]])

    def _ladder(self, layer: Layer) -> list[int]:
        """The slots of the variable and of those logarithms that were made before."""
        found = [layer.variable.slot]
        while (made := self.tower.by_label.get(_rung_label(layer, len(found)))) is not None:
            found.append(made.slot)
        return found

    def argument(self, generator: Generator) -> Element:
        """u where the generator is exp(u)."""
        if generator.kind == "power" and generator.exponent is not None:
            return generator.exponent * self.reader.logarithm(generator.argument)
        return generator.argument

    @contextmanager
    def _deeper(self, element: Element) -> Iterator[None]:
        if self._depth == DEPTH:
            raise UnsupportedError(f"{element} leads to more than {DEPTH} nested leading terms.")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _scale(self, element: Element, layer: int) -> Scale:
        ladder = self._ladders[layer]
        slots = self.reach(element)
        lowest = min(n for n, slot in enumerate(ladder) if slot in slots)
        moving = [
            self.tower.generators[slot]
            for slot in sorted(slots)
            if not self.inside(slot).isdisjoint(ladder)
        ]
        for generator in moving:
            self._check_growth(generator, layer)
        rates, open_sizes = {}, {}
        for generator in moving:
            if generator.kind not in ("exp", "power"):
                continue
            argument = self.argument(generator)
            try:
                sign = self.limit(argument, layer).infinite
            except UnsupportedError:
                open_sizes[generator.slot] = argument
                continue
            if sign:
                rates[generator.slot] = argument if sign > 0 else -argument
        if not rates and not open_sizes:
            return Scale(layer, lowest, None)
        fastest, rung = self.rung(layer, lowest + 1), True
        for rate in rates.values():
            if self._ratio(rate, fastest, layer).infinite:
                fastest, rung = rate, False
        exact = {}
        for slot in sorted({*rates, *open_sizes}):
            argument = self.argument(self.tower.generators[slot])
            factor = self._ratio(argument, fastest, layer).value
            if factor is None:
                raise UnsupportedError(f"It is not known whether {argument} grows without bound.")
            if not factor.is_zero:
                exact[slot] = (self.ring.exponent(-factor), argument - factor * fastest)
        return Scale(layer, lowest if rung else None, fastest, exact)

    def _ratio(self, one: Element, two: Element, layer: int) -> Limit:
        return self.limit(one.over(two), layer)

    def _check_growth(self, generator: Generator, layer: int) -> None:
        """Nothing is known of how an abstract function grows at infinity."""
        if generator.kind in KNOWN_GROWTH or generator.kind in BOUNDED:
            return
        if self.limit(generator.argument, layer).infinite:
            raise UnsupportedError(f"The growth of {generator.label} at infinity is not known.")


def readable(text: str) -> str:
    """A message with the names that authors gave to the variables that move."""
    plain = re.sub(r"_\{(\w+) -> [^{}]*\}", r"\1", text)
    return re.sub(r"_\{(log \d+ of \w+)\}", r"(\1)", plain)


def _rung_label(layer: Layer, number: int) -> str:
    return f"{MOVING}log {number} of {layer.variable.label}}}"


def moves(element: Element) -> bool:
    """Whether a symbol that moves occurs in the element, at any depth."""
    for slot in _used(element):
        generator = element.tower.generators[slot]
        below = [e for e in (generator.inside, generator.exponent) if e is not None]
        if generator.label.startswith(MOVING) or any(map(moves, below)):
            return True
    return False


def _used(element: Element) -> list[int]:
    slots = [
        slot for p in (element.num, element.den) for slot, e in enumerate(p.degrees()) if e > 0
    ]
    return sorted(set(slots))
