"""**Margin search**: walk downhill on the margin of an inequality, by Hypothesis and by scipy.

All only propose instances; what they find is rounded to rationals and decided like any other.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings, target
from scipy.optimize import minimize

from verifier.falsify.instances.instance import Instance, Rows, Value
from verifier.falsify.instances.strategies import Generator

Margin = Callable[[Instance], float | None]
_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 100, 1000, 10**4, 10**6, 10**9, 10**12)
_FAR = 1e300
_FEW = 8  # numbers up to which a simplex is moved downhill, and not along lines
_STEPS = tuple(Fraction(1, 10**k) for k in (1, 3, 6))


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
    """Rational roundings of local minima of the margin over all entries that are free.

    Every start has its own sizes and its own discrete parts, which stay as they are.
    """
    for origin in _best_starts(generator, margin, starts, rng):
        places = free_entries(generator, origin)
        if places:
            low, value = _descend(generator, margin, origin, places, steps)
            if value < _FAR:
                yield from _roundings(generator, origin, places, low)


def perturbed(generator: Generator, origin: Instance) -> Iterator[Instance]:
    """Instances that differ from `origin` a little, in one entry that is free."""
    places = free_entries(generator, origin)
    point = [place.value(origin) for place in places]
    for step, n, sign in product(_STEPS, range(len(places)), (1, -1)):
        moved = _moved(
            generator, origin, places, [*point[:n], point[n] + sign * step, *point[n + 1 :]]
        )
        if moved is not None:
            yield moved


@dataclass(frozen=True)
class Place:
    """One number of an instance: a scalar, or an entry of a vector or matrix."""

    name: str
    index: tuple[int, ...] = ()

    def value(self, instance: Instance) -> Fraction:
        found: Any = instance[self.name]
        found = found.rows if isinstance(found, Rows) else found
        for k in self.index:
            found = found[k]
        return Fraction(found)


def free_entries(generator: Generator, instance: Instance) -> list[Place]:
    """The numbers of `instance` that no hypothesis determines and no construction made."""
    signature = generator.signature
    made = {s.name for s in generator.solved} | generator.matrices.made | set(generator.units)
    places = [Place(str(s)) for s in (*signature.scalars, *signature.norms)]
    for name, _ in (*signature.vectors, *signature.points, *signature.components):
        places += [Place(name, (k,)) for k in range(len(instance[name]))]  # type: ignore[arg-type]
    for name, *_ in signature.matrices:
        m, n = instance[name].shape  # type: ignore[union-attr]
        places += [Place(name, (i, j)) for i in range(m) for j in range(n)]
    return [place for place in places if place.name not in made]


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
    generator: Generator, margin: Margin, origin: Instance, places: Sequence[Place], steps: int
) -> tuple[list[float], float]:
    def height(point: np.ndarray) -> float:
        instance = _moved(generator, origin, places, [Fraction(float(x)) for x in point])
        value = None if instance is None else margin(instance)
        return _FAR if value is None or not math.isfinite(value) else value

    begin = np.array([float(place.value(origin)) for place in places])
    few = len(places) <= _FEW
    fine = {"xatol": 1e-13, "fatol": 1e-15, "adaptive": len(places) > 2}
    result = minimize(
        height,
        begin,
        method="Nelder-Mead" if few else "Powell",
        options={"maxfev": steps, **(fine if few else {})},
    )
    return [float(x) for x in result.x], float(result.fun)


def _roundings(
    generator: Generator, origin: Instance, places: Sequence[Place], low: Sequence[float]
) -> Iterator[Instance]:
    for largest in _DENOMINATORS:
        rounded = [Fraction(x).limit_denominator(largest) for x in low]
        instance = _moved(generator, origin, places, rounded)
        if instance is not None:
            yield instance


def _moved(
    generator: Generator, origin: Instance, places: Sequence[Place], point: Sequence[Fraction]
) -> Instance | None:
    changed: dict[str, Any] = {**origin}
    entries: dict[str, dict[tuple[int, ...], Fraction]] = {}
    for place, x in zip(places, point, strict=True):
        if place.index:
            entries.setdefault(place.name, {})[place.index] = x
        elif x in generator.ranges[place.name]:
            changed[place.name] = x
        else:
            return None
    for name, moved in entries.items():
        changed[name] = _with_entries(origin[name], moved)
    return generator.completed(changed)


def _with_entries(value: Any, moved: Mapping[tuple[int, ...], Fraction]) -> Value:
    if isinstance(value, Rows):
        m, n = value.shape
        return Rows(tuple(tuple(moved[i, j] for j in range(n)) for i in range(m)))
    return tuple(moved[(k,)] for k in range(len(value)))
