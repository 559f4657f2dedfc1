"""**Intervals of mpmath**: every value at a point is inside, and undefined is told from unknown."""

from __future__ import annotations

import random
from fractions import Fraction

import mpmath
import mpmath.libmp as mp
import pytest

from verifier.enclose.opinions.intervals import (
    Arithmetic,
    Interval,
    NoValueError,
    PartialError,
    from_rational,
)

NAMES = {
    "exp": (-9, 9),
    "log": (0, 9),
    "sinh": (-9, 9),
    "cosh": (-9, 9),
    "tanh": (-9, 9),
    "asinh": (-9, 9),
    "acosh": (1, 9),
    "atanh": (-1, 1),
    "asin": (-1, 1),
    "acos": (-1, 1),
    "atan": (-9, 9),
    "erf": (-5, 5),
    "erfc": (-5, 5),
    "sin": (-99, 99),
    "cos": (-99, 99),
}
TRUE_BITS = 160


def interval(low: Fraction, high: Fraction, bits: int) -> Interval:
    ends = [from_rational(end.numerator, end.denominator, bits) for end in (low, high)]
    return ends[0][0], ends[1][1]


def contains(outer: Interval, value: mpmath.mpf) -> bool:
    return mp.mpf_le(outer[0], value._mpf_) and mp.mpf_le(value._mpf_, outer[1])


def between(low: int, high: int, chance: random.Random) -> tuple[Fraction, Fraction, Fraction]:
    """Two ends, wide apart or close, and a point between them."""
    whole = 10**6
    first = low + (high - low) * Fraction(chance.randint(1, whole - 1), whole)
    width = (high - first) * Fraction(chance.randint(0, whole), whole) ** chance.choice([1, 4])
    inside = first + width * Fraction(chance.randint(0, whole), whole)
    return first, first + width * Fraction(999, 1000), min(inside, first + width * Fraction(9, 10))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_function_of_an_interval_holds_its_values_inside(name: str) -> None:
    chance = random.Random(name)
    for _ in range(60):
        bits = chance.choice([24, 32, 53, 64, 96])
        low, high, inside = between(*NAMES[name], chance)
        found = getattr(Arithmetic(bits), name)(interval(low, high, bits))
        with mpmath.workprec(TRUE_BITS):
            truth = getattr(mpmath, name)(mpmath.mpf(inside.numerator) / inside.denominator)
        assert contains(found, truth), (bits, low, high, inside)


@pytest.mark.parametrize("name", ["sin", "cos"])
def test_a_wave_over_a_wide_interval_is_as_wide_as_it_is(name: str) -> None:
    do = Arithmetic(53)
    for k in range(-20, 20):
        for width in (1, 2, 3, 4, 5, 6, 7, 13):
            ends = (Fraction(k, 3), Fraction(k, 3) + Fraction(width, 2))
            low, high = getattr(do, name)(interval(*ends, 53))
            steps = [ends[0] + (ends[1] - ends[0]) * Fraction(j, 200) for j in range(201)]
            with mpmath.workprec(TRUE_BITS):
                function = getattr(mpmath, name)
                values = [function(mpmath.mpf(s.numerator) / s.denominator) for s in steps]
                assert mpmath.make_mpf(low) <= min(values) <= mpmath.make_mpf(low) + 1e-2
                assert mpmath.make_mpf(high) - 1e-2 <= max(values) <= mpmath.make_mpf(high)


@pytest.mark.parametrize("n", [-3, -2, -1, 0, 1, 2, 3, 4, 7])
def test_a_whole_power_holds_its_values_inside(n: int) -> None:
    chance = random.Random(n)
    for _ in range(60):
        bits = chance.choice([24, 53])
        low, high, inside = between(0 if n < 0 else -3, 3, chance)
        found = Arithmetic(bits).power(interval(low, high, bits), n)
        with mpmath.workprec(TRUE_BITS):
            truth = (mpmath.mpf(inside.numerator) / inside.denominator) ** n
        assert contains(found, truth), (low, high, inside)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_a_root_holds_its_values_inside(n: int) -> None:
    chance = random.Random(n)
    for _ in range(60):
        low, high, inside = between(0, 50, chance)
        found = Arithmetic(40).root(interval(low, high, 40), n)
        with mpmath.workprec(TRUE_BITS):
            truth = mpmath.root(mpmath.mpf(inside.numerator) / inside.denominator, n)
        assert contains(found, truth)


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div"])
def test_arithmetic_on_intervals_holds_its_values_inside(name: str) -> None:
    chance = random.Random(name)
    operation = {
        "add": lambda x, y: x + y,
        "sub": lambda x, y: x - y,
        "mul": lambda x, y: x * y,
        "div": lambda x, y: x / y,
    }[name]
    for _ in range(100):
        bits = chance.choice([24, 53, 96])
        x, y = between(-4, 4, chance), between(0 if name == "div" else -4, 4, chance)
        sign = chance.choice([1, -1])
        if sign < 0:
            y = (-y[1], -y[0], -y[2])
        found = getattr(Arithmetic(bits), name)(interval(*x[:2], bits), interval(*y[:2], bits))
        truth = operation(x[2], y[2])
        with mpmath.workprec(TRUE_BITS):
            assert contains(found, mpmath.mpf(truth.numerator) / truth.denominator)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("log", -2, 0), ("acosh", -1, "1/2"), ("atanh", 1, 2), ("asin", 2, 3), ("acos", -5, -2)],
)
def test_a_function_outside_of_its_domain_has_no_value(name: str, low: int, high: str) -> None:
    with pytest.raises(NoValueError):
        getattr(Arithmetic(53), name)(interval(Fraction(low), Fraction(high), 53))


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("log", -1, 2), ("acosh", 0, 2), ("atanh", 0, 1), ("asin", 0, 3), ("acos", -2, 0)],
)
def test_a_function_across_the_edge_of_its_domain_is_unknown(
    name: str, low: int, high: int
) -> None:
    with pytest.raises(PartialError):
        getattr(Arithmetic(53), name)(interval(Fraction(low), Fraction(high), 53))


def test_a_divisor_that_is_zero_is_told_from_one_that_may_be() -> None:
    do = Arithmetic(53)
    with pytest.raises(NoValueError):
        do.div(do.pi(), interval(Fraction(0), Fraction(0), 53))
    with pytest.raises(PartialError):
        do.div(do.pi(), interval(Fraction(-1), Fraction(1), 53))


def test_an_exponential_tower_is_refused_at_once() -> None:
    do = Arithmetic(53)
    with pytest.raises(PartialError, match="too large"):
        do.exp(do.exp(do.exp(interval(Fraction(6), Fraction(6), 53))))
