"""**Proofs of limits**: the series of all generators that move, as data for `limit_certificate`.

Only expansions in one scale have such a certificate: powers of the small w with constants before
them, no logarithms of w and no exponentials that grow or fall faster than powers.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, lcm
from typing import Any

from verifier.derive.kernel.element import Element
from verifier.derive.kernel.germ_expansion import Expansion
from verifier.derive.kernel.germs import WIDTHS, Germs, Limit, Scale
from verifier.derive.kernel.products import poly_rows
from verifier.derive.kernel.series import Series, ShortError
from verifier.derive.kernel.tower import Generator
from verifier.errors import UnsupportedError

ROOM = 8  # terms of an exact series after its last one
T = 1000  # the slot of t, beyond those of any tower


def limit_data(germs: Germs, element: Element, found: Limit) -> dict[str, Any]:
    """The certificate that the limit of `element` in one variable is `found`, as JSON data.

    Raises `UnsupportedError` where the limit needs more than one scale.
    """
    fault: UnsupportedError = UnsupportedError("no width")
    for width in WIDTHS:
        try:
            return _Writer(germs, width).data(element, found)
        except ShortError as short:
            fault = short
    raise fault


class _Writer:
    def __init__(self, germs: Germs, width: int) -> None:
        if len(germs.layers) != 1:
            raise UnsupportedError("A certificate is for one variable.")
        self.germs = germs
        self.tower = germs.tower
        self.variable = germs.layers[0].variable.slot
        self.expansion = Expansion(germs, Scale(0, 0, None), width)

    def data(self, element: Element, found: Limit) -> dict[str, Any]:
        slots = sorted(self.germs.reach(element))
        moving = [slot for slot in slots if self.variable in self.germs.inside(slot)]
        series = {slot: self._series(slot) for slot in moving}
        step = lcm(1, *(e.denominator for s in series.values() for e in _exponents(s)))
        rows = [self._row(self.tower.generators[slot], series[slot], step) for slot in moving]
        self._check_long_enough(element)
        limit: Any = found.infinite
        if found.value is not None:
            limit = [poly_rows(found.value.num), poly_rows(found.value.den)]
        used = {s for one in series.values() for _, c in one.terms for s in self.germs.reach(c)}
        used |= set(slots) | (self.germs.reach(found.value) if found.value else frozenset())
        constants = [self._constant(slot) for slot in sorted(used - set(moving))]
        return {
            "t": T,
            "constants": [row for row in constants if row],
            "moving": rows,
            "element": [poly_rows(element.num), poly_rows(element.den)],
            "limit": limit,
        }

    def _series(self, slot: int) -> Series:
        generator = self.tower.generators[slot]
        if generator.kind not in ("symbol", "root", "exp", "log"):
            raise UnsupportedError(f"`{generator.label}` has no certificate.")
        series = self.expansion.of(self.tower.element_of(generator))
        if any(self.germs.depends(c, 0) for _, c in series.terms):
            raise UnsupportedError(f"`{generator.label}` needs more than one scale.")
        return series

    def _check_long_enough(self, element: Element) -> None:
        """Its leading term is above the remainder."""
        series = self.expansion.of(element)
        if series.order is not None and not series.terms and _rational(series.order) <= 0:
            raise ShortError(f"{element} is not known beyond its remainder.")

    def _row(self, generator: Generator, series: Series, step: int) -> dict[str, Any]:
        """The series over one denominator, with whole powers of t = w^(1/step)."""
        powers = [(int(_rational(e) * step), c) for e, c in series.terms]
        below = self.tower.one_poly
        for _, c in powers:
            below = below * (c.den / below.gcd(c.den))
        shift = max(0, *(-e for e, _ in powers))
        rows = [
            [c, sorted([*powers_of, *([[T, e + shift]] if e + shift else [])])]
            for e, coefficient in powers
            for c, powers_of in poly_rows(divmod(coefficient.num * below, coefficient.den)[0])
        ]
        over = [[c, [*p, *([[T, shift]] if shift else [])]] for c, p in poly_rows(below)]
        last = powers[-1][0] if powers else 0
        order = last + ROOM if series.order is None else ceil(_rational(series.order) * step)
        inside, start = generator.inside, None
        if generator.kind in ("exp", "log"):
            start = self._start(generator)
        return {
            "slot": generator.slot,
            "kind": generator.kind,
            "order": generator.order,
            "inside": None if inside is None else [poly_rows(inside.num), poly_rows(inside.den)],
            "series": rows,
            "over": over,
            "n": order,
            "start": start,
        }

    def _start(self, generator: Generator) -> int | None:
        """The constant exp(u(0)) or log(u(0)), which must be one generator; None for 0 or 1."""
        ring = self.germs.ring
        first, _ = ring.split(self.expansion.of(generator.argument))
        plain = first if generator.kind == "exp" else first - self.tower.one
        if plain.is_zero:
            return None
        value, _ = ring.split(self.expansion.of(self.tower.element_of(generator)))
        alone = self.tower.alone(value)
        if alone is None or alone.kind != generator.kind or alone.argument.key != first.key:
            raise UnsupportedError(f"`{generator.label}` starts at more than one generator.")
        return alone.slot

    def _constant(self, slot: int) -> dict[str, Any] | None:
        generator = self.tower.generators[slot]
        if generator.inside is None:
            return None
        inside = [poly_rows(generator.inside.num), poly_rows(generator.inside.den)]
        kind, order = generator.kind, generator.order
        return {"slot": slot, "kind": kind, "order": order, "inside": inside}


def _exponents(series: Series) -> list[Fraction]:
    orders = [] if series.order is None else [series.order]
    return [_rational(e) for e in (*(e for e, _ in series.terms), *orders)]


def _rational(exponent: Fraction | Element) -> Fraction:
    if isinstance(exponent, Element):
        raise UnsupportedError(f"The exponent {exponent} is not rational.")
    return exponent
