"""**Strictly balanced linear networks**: the limit of m neurons against the named minimiser.

For f(x) = sum_i a_i <w_i, x> with a a^T = W^T W at the start, and p = sum_i a_i w_i not zero there,
the limit of that sum minimises |v|^(3/2) - 3/2 |p|^(-1/2) <p, v> among the v that fit the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pytest
from flint import arb, fmpq
from sympy import Expr, Rational, sqrt

from verifier import reals
from verifier.enclose.solving.optima import enclose_minimiser
from verifier.flow.limit import flow_limit
from verifier.flow.losses import LeastSquares
from verifier.precision import precision

BITS = 120
CLOSE = arb(10) ** -20
ZERO, ONE, HALF = Rational(0), Rational(1), Rational(1, 2)


@dataclass(frozen=True)
class Network:
    """Output weights a, a column w of input weights for each, and the data (x, y)."""

    a: tuple[Rational, ...]
    columns: tuple[tuple[Rational, ...], ...]
    data: tuple[tuple[tuple[int, ...], Rational], ...]

    @property
    def predictor(self) -> list[Rational]:
        """sum_i a_i w_i at the start."""
        return [
            sum(c * v for c, v in zip(self.a, row, strict=True))
            for row in zip(*self.columns, strict=True)
        ]

    @property
    def unbalance(self) -> list[Rational]:
        """The entries of a a^T - W^T W at the start."""
        pairs = [(i, j) for i in range(len(self.a)) for j in range(i + 1)]
        return [
            self.a[i] * self.a[j]
            - sum(p * q for p, q in zip(self.columns[i], self.columns[j], strict=True))
            for i, j in pairs
        ]


def balanced(a: str, direction: str, *data: tuple[tuple[int, ...], str]) -> Network:
    """w_i = a_i u for a unit vector u: strictly balanced."""
    weights = tuple(map(Rational, a.split()))
    u = tuple(map(Rational, direction.split()))
    columns = tuple(tuple(c * v for v in u) for c in weights)
    return Network(weights, columns, tuple((x, Rational(y)) for x, y in data))


NETWORKS = {
    "mixed signs": balanced("12/5 -16/5", "0 1", ((1, 0), "15")),
    "aslant": balanced("1 1/2", "3/5 4/5", ((2, 1), "3")),
    "through the other side": balanced("1 1", "1 0", ((1, 0), "-2"), ((0, 1), "1")),
    "the other half plane": balanced("1/2 1 -1", "4/5 -3/5", ((1, 2), "-3")),
    "a neuron at zero": balanced("3/2 0", "5/13 12/13", ((1, -1), "1/2")),
    "no target": balanced("1 -2", "3/5 4/5", ((1, 1), "0")),
    "at rest": balanced("1 2", "3/5 4/5", ((5, 5), "35")),
    "space": balanced("1/2 -1", "2/3 1/3 2/3", ((1, 2, 0), "1")),
    "space, two data": balanced("1 1/3", "2/7 3/7 6/7", ((1, 2, 0), "1"), ((0, 1, -1), "-2")),
    "a small start": balanced("1/10 1/20", "1/3 2/3 2/3", ((1, 0, 1), "2"), ((1, -1, 0), "1")),
}
# a_i^2 = |w_i|^2 for each neuron, and not more
EACH_ALONE = Network((ONE, ONE), ((ZERO, ONE), (ONE, ZERO)), (((1, 0), 3 * ONE),))


@cache
def reached(case: Network) -> tuple[arb, ...]:
    """sum_i a_i w_i at time infinity."""
    m, d = len(case.a), len(case.columns[0])
    a = reals(" ".join(f"a{i}" for i in range(m)))
    w = [reals(" ".join(f"w{i}_{k}" for k in range(d))) for i in range(m)]
    total = [sum(a[i] * w[i][k] for i in range(m)) for k in range(d)]
    residuals = tuple(sum(c * v for c, v in zip(x, total, strict=True)) - y for x, y in case.data)
    variables = (*a, *(name for column in w for name in column))
    start = [fmpq(int(v.p), int(v.q)) for v in (*case.a, *(v for c in case.columns for v in c))]
    found = flow_limit(LeastSquares(residuals, variables), start, digits=22, bits=BITS).balls
    with precision(BITS):
        return tuple(
            sum((found[i] * found[m + i * d + k] for i in range(m)), arb(0)) for k in range(d)
        )


def potential(case: Network, v: Sequence[Expr], *, power: Rational, factor: Rational) -> Expr:
    """|v|^power minus `factor` times the linear term that makes p stationary."""
    norm = sqrt(sum(c**2 for c in v))
    p = case.predictor
    size = sqrt(sum(c**2 for c in p))
    pull = power * size ** (power - 2) * sum(c * s for c, s in zip(p, v, strict=True))
    return norm**power - factor * pull


def minimiser(
    case: Network, *, power: Rational = 3 * HALF, factor: Rational = ONE
) -> tuple[arb, ...]:
    v = reals(" ".join(f"v{k}" for k in range(len(case.columns[0]))))
    equations = [sum(c * s for c, s in zip(x, v, strict=True)) - y for x, y in case.data]
    goal = potential(case, v, power=power, factor=factor)
    return enclose_minimiser(goal, v, equations, near=reached(case), bits=BITS).point


def agree(one: Sequence[arb], two: Sequence[arb]) -> bool:
    return all(p.overlaps(q) for p, q in zip(one, two, strict=True))


@pytest.mark.parametrize("case", NETWORKS.values(), ids=NETWORKS)
def test_a_strictly_balanced_network_tends_to_the_minimiser_of_its_potential(
    case: Network,
) -> None:
    assert {0} == set(case.unbalance)
    assert any(case.predictor)
    best = minimiser(case)
    assert agree(reached(case), best)
    assert all(ball.rad() < CLOSE for ball in (*reached(case), *best))


def test_the_example_with_a_rational_limit() -> None:
    assert agree(reached(NETWORKS["mixed signs"]), (arb(15), arb(20)))


MOVING = [
    name
    for name, case in NETWORKS.items()
    if name != "at rest" and len(case.data) < len(case.columns[0]) and any(y for _, y in case.data)
]
CHANGES = {
    "another power": {"power": Rational(2)},
    "a power between": {"power": Rational(7, 5)},
    "no linear term": {"factor": Rational(0)},
    "the linear term turned": {"factor": Rational(-1)},
    "a factor of the linear term": {"factor": Rational(2, 3)},
}


@pytest.mark.parametrize("name", MOVING)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_potential_has_another_minimiser(name: str, change: dict[str, Rational]) -> None:
    case = NETWORKS[name]
    assert not agree(reached(case), minimiser(case, **change))


def test_balance_of_each_neuron_alone_is_not_enough() -> None:
    assert {0, 1} == set(EACH_ALONE.unbalance)
    limit, best = reached(EACH_ALONE), minimiser(EACH_ALONE)
    with precision(BITS):
        assert abs(limit[1] - arb("1.1049603030108613843")) < arb("1e-19")
        assert abs(best[1] - arb("1.5446685522562381706")) < arb("1e-19")
    assert not agree(limit, best)
