"""**Moments of Markov chains**: ours against sympy, outcome by outcome, and against mpmath.

The first two are exact on both sides; a power of a matrix of mpmath has no bound, and its digits
are compared with our ball. A simulation is there for the digits that it buys.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy
from flint import arb

from verifier import (
    Q,
    enclosed_moment,
    exact_moment,
    law,
    markov_chain,
    product_law,
    rademacher,
    reals,
    simulate,
)
from verifier.exact.chains import MarkovChain
from verifier.precision import precision
from verifier.process.stationary import limit
from verifier.process.system import moment_system

x, y, z, w, a, b, S = reals("x y z w a b S")
DIGITS = 60
BILLION = 10**9
SMALL = Q(1, 1000)
PULLED = markov_chain({x: (1 - SMALL) * x + SMALL * z, S: S + x**2}, rademacher(z))
DATA = product_law(law((a, b), {(1, 2): Q(1, 2), (2, -1): Q(1, 2)}), rademacher(z))
PLANE = markov_chain(
    {x: x - (a * x + b * y + z) * a / 50, y: y - (a * x + b * y + z) * b / 50}, DATA
)
DICE = markov_chain({x: x / 2 + z * y, y: y / 3 + w}, product_law(rademacher(z), rademacher(w)))


@dataclass(frozen=True)
class Row:
    """Milliseconds of one call of ours and of the peer's."""

    name: str
    peer: str
    ours: float
    theirs: float


def rows() -> list[Row]:
    """One run of each; raises `ArithmeticError` where the answers differ."""
    return [
        _race("E[x^4 y^2] after 4 steps", "sympy", _ours_by_steps, _by_outcomes),
        _race("limit of E[x^4] in the plane", "sympy", _ours_limit, _solved),
        _race("10^9 steps, 15 moments, 60 digits", "mpmath", _ours_power, _power),
    ]


def main() -> None:
    print(f"{'moments':36}{'peer':>8}{'ours ms':>10}{'peer ms':>10}{'ratio':>8}")
    for row in rows():
        ratio = row.ours / row.theirs
        print(f"{row.name:36}{row.peer:>8}{row.ours:10.2f}{row.theirs:10.1f}{ratio:8.4f}")
    began = time.perf_counter()
    seen = simulate(PLANE, x**2, start={x: 0, y: 0}, steps=500, paths=20_000, between=(0, 4))
    took = 1000 * (time.perf_counter() - began)
    print(f"simulated, for comparison, in {took:.0f} ms: {seen}; exactly {limit_of(x**2)}")


def limit_of(observable: Any) -> Any:
    return limit(moment_system(PLANE, observable)).value


def _race(name: str, peer: str, ours: Callable[[], Any], theirs: Callable[[], Any]) -> Row:
    ours()
    times, answers = [], []
    for runner in (ours, theirs):
        began = time.perf_counter()
        answers.append(runner())
        times.append(1000 * (time.perf_counter() - began))
    if not _agree(*answers):
        raise ArithmeticError(f"{name}: ours is {answers[0]}, {peer} says {answers[1]}.")
    return Row(name, peer, *times)


def _agree(ours: Any, theirs: Any) -> bool:
    if not isinstance(ours, arb):
        return bool(ours == theirs)
    with precision(4 * DIGITS):
        gap = abs(ours / arb(mpmath.nstr(theirs, DIGITS)) - 1)
    return bool(gap < arb(10) ** -40 and ours.rel_accuracy_bits() >= 3 * DIGITS)


def _ours_by_steps() -> Any:
    return exact_moment(DICE, x**4 * y**2, start={x: 1, y: 2}, steps=4)


def _by_outcomes() -> Any:
    poly = _moved(DICE, x**4 * y**2, times=4)
    return poly.subs({x: 1, y: 2})


def _moved(chain: MarkovChain, expr: Any, *, times: int) -> Any:
    for _ in range(times):
        expr = sympy.expand(chain.expected(expr))
    return expr


def _ours_limit() -> Any:
    return limit_of(x**4)


def _solved() -> Any:
    """The stationary moments of degree 2 and 4 as unknowns of sympy."""
    names = [x**i * y**j for i in range(5) for j in range(5) if i + j in (2, 4)]
    unknown = {m: sympy.Symbol(f"m{n}") for n, m in enumerate(names)}
    equations = []
    for monomial in names:
        moved = sympy.Poly(sympy.expand(PLANE.expected(monomial)), x, y)
        terms = (c * unknown.get(x**i * y**j, 1) for (i, j), c in moved.terms())
        equations.append(sympy.Add(*terms) - unknown[monomial])
    return sympy.solve(equations, list(unknown.values()))[unknown[x**4]]


def _ours_power() -> Any:
    return enclosed_moment(PULLED, S**4, start={x: 0, S: 0}, steps=BILLION, bits=3 * DIGITS + 20)


def _power() -> Any:
    system = moment_system(PULLED, S**4)
    with mpmath.workdps(2 * DIGITS):
        table = [[mpmath.mpf(int(c.p)) / int(c.q) for c in row] for row in system.matrix.table()]
        power = mpmath.matrix(table) ** BILLION
        return power[system.place[(0, 4)], system.place[(0, 0)]]


if __name__ == "__main__":
    main()
