"""**Growth**: the time of an enclosure against variables, data, precision and time, with exponents.

The flow of a linear neuron a <w, x> on data (x, y), one quantity varied at a time from the base;
the exponent is the slope of a least-squares line through the logarithms.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, replace

import numpy as np
from flint import fmpq
from sympy import Rational, Symbol

from verifier import reals
from verifier.flow.integrate import integrate
from verifier.flow.losses import LeastSquares

ROUNDS = 2  # of which the faster counts


@dataclass(frozen=True)
class Size:
    """d inputs, n data, bits of precision, and the time to reach."""

    d: int = 4
    n: int = 2
    bits: int = 96
    until: int = 4


SERIES: dict[str, tuple[int, ...]] = {
    "d": (2, 4, 8, 16, 32),
    "n": (1, 2, 4, 8),
    "bits": (64, 128, 256, 512),
    "until": (1, 4, 16, 64),
}


def main() -> None:
    print(f"{'growth of a flow':24}{'seconds':>44}   exponent")
    for name, values in SERIES.items():
        base = replace(Size(), d=max(SERIES["n"])) if name == "n" else Size()
        seconds = [_seconds(replace(base, **{name: value})) for value in values]
        shown = "  ".join(f"{v}: {s:.3f}" for v, s in zip(values, seconds, strict=True))
        slope = np.polyfit(np.log(values), np.log(seconds), 1)[0]
        print(f"{name:8}{shown:>60}   {slope:8.2f}")


def _seconds(size: Size) -> float:
    """The faster of some runs; compiling the field is part of each."""
    return min(_once(size) for _ in range(ROUNDS))


def _once(size: Size) -> float:
    draw = random.Random(0)
    names = reals(" ".join(["a", *(f"w{k}" for k in range(size.d))]))
    residuals = tuple(_residual(draw, names) for _ in range(size.n))
    scale = Rational(1, 2 * size.n * size.d)
    start = [fmpq(draw.randint(1, 9), 10) for _ in names]
    began = time.process_time()
    integrate(LeastSquares(residuals, names, scale).field, start, size.until, bits=size.bits)
    return time.process_time() - began


def _residual(draw: random.Random, names: tuple[Symbol, ...]) -> Symbol:
    a, *w = names
    return a * sum(draw.randint(-2, 2) * v for v in w) - Rational(draw.randint(-9, 9), 4)


if __name__ == "__main__":
    main()
