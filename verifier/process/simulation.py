"""**Simulation**: means and chances from many paths, with the confidence that they come with.

It is evidence for a reader, at most SUPPORTED, and never decides. States are double precision,
whose rounding is not bounded; the intervals around what was seen are rounded outward.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy
import sympy
from flint import arb, fmpq
from scipy.stats import beta
from sympy import Expr, Symbol

from verifier.errors import DomainError, UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.relation import Relation
from verifier.exact.substitution import substitute
from verifier.precision import precision
from verifier.verdict import Verdict

BLOCK = 1 << 20  # draws at once
BITS = 96
_COMPARE: dict[str, Any] = {
    "==": numpy.equal, "!=": numpy.not_equal, "<": numpy.less, "<=": numpy.less_equal,
    ">": numpy.greater, ">=": numpy.greater_equal,
}  # fmt: skip
Floats = Any  # numpy array of doubles


@dataclass(frozen=True)
class Estimate:
    """An interval that holds the mean, or the chance, with probability `confidence` or more.

    The probability is that of the draws, were they truly random.
    """

    low: Fraction
    high: Fraction
    confidence: Fraction
    method: str
    paths: int
    steps: int
    seed: int

    verdict = Verdict.SUPPORTED  # the most that it can be evidence for

    def __str__(self) -> str:
        ends = f"[{float(self.low):.6g}, {float(self.high):.6g}]"
        how = f"{self.method}, {self.paths} paths of {self.steps} steps, seed {self.seed}"
        return f"in {ends} with confidence {self.confidence} ({how})"

    def contains(self, value: Scalar) -> bool:
        """Whether a rational lies in the interval."""
        number = exact(value)
        if not number.is_Rational:
            raise UnsupportedError(f"{number} is not rational.")
        return self.low <= Fraction(int(number.p), int(number.q)) <= self.high


def simulate(
    chain: MarkovChain,
    observable: Scalar | Relation,
    *,
    start: Mapping[Symbol, Scalar],
    steps: int,
    paths: int = 10_000,
    between: tuple[Scalar, Scalar] | None = None,
    values: Mapping[Symbol, Scalar] | None = None,
    confidence: Scalar = "99/100",
    seed: int = 0,
) -> Estimate:
    """The mean of `observable` after `steps` steps, or the chance of an event (a relation).

    A mean needs bounds `between` which the observable lies; a path outside of them is an error.
    The interval is the shorter of Hoeffding's and of the empirical Bernstein bound (Maurer and
    Pontil 2009), each at half of the risk; that of a chance is by Clopper and Pearson (1934).

    Raises:
        UnsupportedError: a symbol has no value, a weight is no probability, or bounds are missing.
        DomainError: a path left the bounds, or is no number any more.
    """
    if steps < 0 or paths < 2:
        raise UnsupportedError("Simulate at least two paths, of no fewer than 0 steps.")
    table = {name: exact(value) for name, value in (values or {}).items()}
    risk = 1 - _fraction(exact(confidence))
    if not 0 < risk < 1:
        raise UnsupportedError(f"A confidence lies between 0 and 1, got {confidence}.")
    state = _paths(substitute(chain, table), start, table, steps, paths, seed)
    names = chain.state
    if isinstance(observable, Relation):
        sides = [_function(substitute(s, table), names) for s in (observable.lhs, observable.rhs)]
        left, right = (numpy.broadcast_to(side(*state), paths) for side in sides)
        hits = int(_COMPARE[observable.op](_finite(left), _finite(right)).sum())
        low, high = clopper_pearson(hits, paths, risk)
        return Estimate(low, high, 1 - risk, "Clopper-Pearson", paths, steps, seed)
    if between is None:
        raise UnsupportedError("A mean needs bounds `between` which its observable lies.")
    ends = _fraction(exact(between[0])), _fraction(exact(between[1]))
    seen = numpy.broadcast_to(_function(substitute(exact(observable), table), names)(*state), paths)
    low, high, method = bounded_mean(_finite(seen), ends, risk)
    return Estimate(low, high, 1 - risk, method, paths, steps, seed)


def bounded_mean(
    seen: Floats, ends: tuple[Fraction, Fraction], risk: Fraction
) -> tuple[Fraction, Fraction, str]:
    """An interval around the mean of a quantity between `ends`, and the name of its bound."""
    bottom, top = float(ends[0]), float(ends[1])
    if not bool(((seen >= bottom) & (seen <= top)).all()):
        raise DomainError(f"The observable left [{bottom:g}, {top:g}].")
    count = len(seen)
    mean = Fraction(math.fsum(seen)) / count
    squares = Fraction(math.fsum((seen - float(mean)) ** 2)) / (count - 1)
    width = ends[1] - ends[0]
    with precision(BITS):
        chance = (4 / _arb(risk)).log()  # two sides, two bounds
        hoeffding = _arb(width) * (chance / (2 * count)).sqrt()
        bernstein = (2 * _arb(squares) * (chance + arb(2).log()) / count).sqrt() + (
            7 * _arb(width) * (chance + arb(2).log()) / (3 * (count - 1))
        )
        named = [(_up(hoeffding), "Hoeffding"), (_up(bernstein), "empirical Bernstein")]
    radius, method = min(named)
    rounding = (abs(mean) + 1) / 2**50
    low, high = mean - radius - rounding, mean + radius + rounding
    return max(low, ends[0]), min(high, ends[1]), method


def clopper_pearson(hits: int, count: int, risk: Fraction) -> tuple[Fraction, Fraction]:
    """The interval of all p that `hits` of `count` do not reject, each side at half the risk."""
    return _lowest(hits, count, risk / 2), 1 - _lowest(count - hits, count, risk / 2)


def _lowest(hits: int, count: int, risk: Fraction) -> Fraction:
    """A p, close to the largest, for which the chance of so many hits is at most `risk`.

    P(Bin(n, p) >= k) = I_p(k, n - k + 1), which grows with p. A float proposes, a ball decides.
    """
    if hits == 0:
        return Fraction(0)
    proposed = Fraction(float(beta.ppf(float(risk), hits, count - hits + 1)))
    margin = Fraction(1, 1 << 30)
    with precision(BITS):
        while margin < 1:
            low = proposed * (1 - margin)
            if _arb(low).beta_lower(hits, count - hits + 1, 1) <= _arb(risk):
                return low
            margin *= 16
    return Fraction(0)


def _paths(
    chain: MarkovChain,
    start: Mapping[Symbol, Scalar],
    table: Mapping[Symbol, Expr],
    steps: int,
    paths: int,
    seed: int,
) -> list[Floats]:
    """The state of each path at the end, one array a variable."""
    if chain.law.indices:
        raise UnsupportedError("A drawn index is not simulated: list the data.")
    begun = [_fraction(substitute(exact(start[name]), table)) for name in chain.state]
    state = [numpy.full(paths, float(value)) for value in begun]
    moves = [_function(step, (*chain.state, *chain.law.noise)) for step in chain.step]
    rows = [[float(_fraction(v)) for v in values] for values, _ in chain.law.outcomes]
    noise = numpy.array(rows).reshape(len(rows), len(chain.law.noise))
    limits = numpy.cumsum(_probabilities(chain.law.weights))
    generator = numpy.random.default_rng(seed)
    block = max(1, BLOCK // paths)
    for begin in range(0, steps, block):
        size = (min(block, steps - begin), paths)
        drawn = numpy.searchsorted(limits[:-1], generator.random(size), side="right")
        for row in drawn:
            there = (*state, *noise[row].T)
            state = [numpy.broadcast_to(move(*there), paths) for move in moves]
    return state


def _probabilities(weights: Sequence[Expr]) -> list[float]:
    numbers = [_fraction(weight) for weight in weights]
    if sum(numbers) != 1 or min(numbers) < 0:
        raise UnsupportedError(f"The weights {', '.join(map(str, numbers))} are no law.")
    return [float(number) for number in numbers]


def _function(expr: Expr, names: Sequence[Symbol]) -> Any:
    missing = expr.free_symbols - set(names)
    if missing:
        raise UnsupportedError(f"`{min(map(str, missing))}` has no value: give one in `values`.")
    return sympy.lambdify(names, expr, "numpy")


def _finite(seen: Floats) -> Floats:
    if not bool(numpy.isfinite(seen).all()):
        raise DomainError("A path left the real numbers.")
    return seen


def _fraction(value: Expr) -> Fraction:
    if not value.is_Rational:
        raise UnsupportedError(f"{value} is to be a rational: give values to its symbols.")
    return Fraction(int(value.p), int(value.q))


def _arb(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _up(value: arb) -> Fraction:
    """A rational that is no smaller."""
    mantissa, exponent = (int(part) for part in value.upper().man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent
