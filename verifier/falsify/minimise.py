"""**Margin search**: walk downhill on the margin of an inequality, by Hypothesis and by scipy.

Both only propose instances; what they find is rounded to rationals and decided like any other.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings, target
from scipy.optimize import minimize

from verifier.falsify.instance import Instance
from verifier.falsify.strategies import Generator

Margin = Callable[[Instance], float | None]
_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 100, 1000, 10**4, 10**6, 10**9, 10**12)
_FAR = 1e300


def by_hypothesis(
    generator: Generator, margin: Margin, *, examples: int, start: int
) -> list[Instance]:
    """Instances of Hypothesis that had a margin below zero, at most a few."""
    found: list[Instance] = []

    @seed(start)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.target),
        suppress_health_check=list(HealthCheck),
    )
    @given(generator.strategy())
    def probe(instance: Instance | None) -> None:
        if instance is None or len(found) >= 3:
            return
        value = margin(instance)
        if value is None or not math.isfinite(value):
            return
        if value <= 0:
            found.append(instance)
        target(-value)

    probe()
    return found


def by_minimiser(
    generator: Generator, margin: Margin, *, starts: int, steps: int, rng: random.Random
) -> Iterator[Instance]:
    """Rational roundings of local minima of the margin over the scalars."""
    solved = {s.name for s in generator.solved}
    names = [str(s) for s in (*generator.signature.scalars, *generator.signature.norms)]
    names = [name for name in names if name not in solved]
    if not names:
        return
    for origin in _best_starts(generator, margin, starts, rng):
        low, value = _descend(generator, margin, origin, names, steps)
        if value < _FAR:
            yield from _roundings(generator, origin, names, low)


def _best_starts(
    generator: Generator, margin: Margin, starts: int, rng: random.Random
) -> list[Instance]:
    rated: list[tuple[float, int, Instance]] = []
    for n in range(12 * starts):
        instance = generator.draw(rng)
        value = None if instance is None else margin(instance)
        if instance is not None and value is not None and math.isfinite(value):
            rated.append((value, n, instance))
    return [instance for _, _, instance in sorted(rated, key=lambda row: row[:2])[:starts]]


def _descend(
    generator: Generator, margin: Margin, origin: Instance, names: Sequence[str], steps: int
) -> tuple[list[float], float]:
    def height(point: np.ndarray) -> float:
        instance = _moved(generator, origin, names, [Fraction(float(x)) for x in point])
        value = None if instance is None else margin(instance)
        return _FAR if value is None or not math.isfinite(value) else value

    begin = np.array([float(Fraction(str(origin[name]))) for name in names])
    result = minimize(
        height,
        begin,
        method="Nelder-Mead",
        options={"maxfev": steps, "xatol": 1e-13, "fatol": 1e-15, "adaptive": len(names) > 2},
    )
    return [float(x) for x in result.x], float(result.fun)


def _roundings(
    generator: Generator, origin: Instance, names: Sequence[str], low: Sequence[float]
) -> Iterator[Instance]:
    for largest in _DENOMINATORS:
        rounded = [Fraction(x).limit_denominator(largest) for x in low]
        instance = _moved(generator, origin, names, rounded)
        if instance is not None:
            yield instance


def _moved(
    generator: Generator, origin: Instance, names: Sequence[str], point: Sequence[Fraction]
) -> Instance | None:
    for name, x in zip(names, point, strict=True):
        if x not in generator.ranges[name]:
            return None
    return generator.completed({**origin, **dict(zip(names, point, strict=True))})
