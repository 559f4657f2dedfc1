"""**Bounds** of symbols, as the hypotheses state them."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from verifier.derive.kernel.field.element import Poly


@dataclass
class Range:
    """What the hypotheses say about one symbol: rational ends, open or closed, or none."""

    low: fmpq | None = None
    high: fmpq | None = None
    low_open: bool = False
    high_open: bool = False

    def tighten_low(self, value: fmpq, strict: bool) -> None:
        if self.low is None or value > self.low or (value == self.low and strict):
            self.low, self.low_open = value, strict

    def tighten_high(self, value: fmpq, strict: bool) -> None:
        if self.high is None or value < self.high or (value == self.high and strict):
            self.high, self.high_open = value, strict


@dataclass
class Shift:
    """symbol = base + t with t >= 0 (or > 0), where `base` is a polynomial in other symbols."""

    slot: int
    base: Poly
    strict: bool
