"""**Scalars**: a few simple members of a range, and random ones of every size."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import lru_cache

from verifier.falsify.instances.bounds import Interval

_SMALL = tuple(Fraction(text) for text in "1 2 0 -1 3 -2 1/2 -1/2 1/3 3/2".split())
_GENTLE = 0.9  # the share of values near 1


def simple_values(interval: Interval) -> list[Fraction]:
    """A few simple members of the interval, its ends first."""
    low, high = interval.low, interval.high
    found = [end for end in (low, high) if end is not None and end in interval]
    found += [x for x in _SMALL if x in interval]
    near = Fraction(1, 100)
    for end, sign in ((low, 1), (high, -1)):
        if end is not None:
            found += [end + sign * step for step in (1, Fraction(1, 2), near)]
    if low is not None and high is not None:
        found += [low + (high - low) * Fraction(n, 4) for n in (2, 1, 3)]
    return [x for x in dict.fromkeys(found) if x in interval][:9]


def draw_scalar(rng: random.Random, interval: Interval, *, gentle: bool = False) -> Fraction:
    """A random member: small, fractional, at or near an end, large, or of any magnitude.

    A `gentle` one is seldom far from 1, for claims of which few instances can be tried.
    """
    makers = _GENTLE_MAKERS if gentle and rng.random() < _GENTLE else _MAKERS
    for _ in range(6):
        x = rng.choice(makers)(rng, interval)
        if x in interval:
            return x
    return _inside(rng, interval)


@lru_cache(maxsize=4096)
def ratio(numerator: int, denominator: int) -> Fraction:
    """A fraction of small numbers, made once."""
    return Fraction(numerator, denominator)


def _whole(rng: random.Random, interval: Interval) -> Fraction:
    return ratio(rng.randint(-4, 4), 1)


def _fractional(rng: random.Random, interval: Interval) -> Fraction:
    return ratio(rng.randint(-12, 12), rng.randint(1, 7))


def _end(rng: random.Random, interval: Interval) -> Fraction:
    ends = [end for end in (interval.low, interval.high) if end is not None]
    return rng.choice(ends) if ends else Fraction(0)


def _near_end(rng: random.Random, interval: Interval) -> Fraction:
    return _end(rng, interval) + rng.choice((-1, 1)) * Fraction(1, 10 ** rng.randint(1, 8))


def _power_of_ten(rng: random.Random, interval: Interval) -> Fraction:
    return Fraction(rng.choice((-1, 1)) * 10 ** rng.randint(1, 8))


def _any_magnitude(rng: random.Random, interval: Interval) -> Fraction:
    size = Fraction(10) ** rng.randint(-6, 4)
    return rng.choice((-1, 1)) * Fraction(rng.randint(1, 999), 100) * size


def _inside(rng: random.Random, interval: Interval) -> Fraction:
    part = Fraction(rng.randint(1, 999), 1000)
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        return low + (high - low) * part
    stretch = part * rng.choice((1, 4, 100))
    if low is not None:
        return low + stretch
    if high is not None:
        return high - stretch
    return rng.choice((-1, 1)) * stretch


_MAKERS = (_whole, _fractional, _end, _near_end, _power_of_ten, _any_magnitude, _inside)
_GENTLE_MAKERS = _MAKERS[:3]
