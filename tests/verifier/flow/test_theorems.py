"""**Limits against minimisers**: theorems on implicit bias, on exact instances, in balls.

The limit of the flow and the minimiser are enclosed by programs that share nothing but balls. Both
meet when the formula is right, and are certainly apart when it is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pytest
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol, asinh, sqrt

from verifier import reals
from verifier.enclose.solving.optima import enclose_minimiser
from verifier.flow.limit import flow_limit
from verifier.flow.losses import LeastSquares
from verifier.precision import precision

CLOSE = arb(10) ** -20


@dataclass(frozen=True)
class Instance:
    """Data (x, y), a start, and how unbalanced it is, for a neuron f(x) = a <w, x>."""

    name: str
    a: Rational
    w: tuple[Rational, ...]
    data: tuple[tuple[tuple[int, ...], Rational], ...]

    @property
    def delta(self) -> Rational:
        return self.a**2 - sum(v**2 for v in self.w)


def _q(*values: object) -> tuple[Rational, ...]:
    return tuple(Rational(str(v)) for v in values)


NEURONS = [
    Instance("balanced", Rational(4), _q(0, 4), (((1, 0), Rational(15)),)),
    Instance("unbalanced", Rational(9), _q(6, 3), (((1, 0), Rational(14)),)),
    Instance("negative a", Rational(-2), _q("1/2", 1), (((2, 1), Rational(3)),)),
    Instance(
        "two data",
        Rational(3, 2),
        _q("1/2", "-1/3", 1),
        (((1, 2, 0), Rational(1)), ((0, 1, -1), Rational(-2))),
    ),
    Instance("through zero", Rational(2), _q(1, 0, 0), (((1, 0, 0), Rational(-3)),)),
    Instance("tiny start", Rational(1, 10), _q("1/100", "1/50"), (((2, 1), Rational(1)),)),
    Instance(
        "six dimensions",
        Rational(2),
        _q(1, 0, "1/2", 0, "-1/3", 1),
        (
            ((1, 0, 2, 0, 1, 0), Rational(2)),
            ((0, 1, 0, 1, 0, 1), Rational(-1)),
            ((1, 1, 0, 0, 0, -1), Rational(1, 2)),
        ),
    ),
]


def balls_of(values: Sequence[Rational]) -> list[fmpq]:
    return [fmpq(int(v.p), int(v.q)) for v in values]


@cache
def neuron_limit(case: Instance) -> list[arb]:
    """The predictor a w at time infinity."""
    names = reals(" ".join(["a", *(f"w{k}" for k in range(len(case.w)))]))
    a, w = names[0], names[1:]
    residuals = tuple(y - a * sum(c * v for c, v in zip(x, w, strict=True)) for x, y in case.data)
    found = flow_limit(
        LeastSquares(residuals, names), balls_of([case.a, *case.w]), digits=22, bits=160
    )
    with precision(160):
        return [found.balls[0] * v for v in found.balls[1:]]


def neuron_potential(
    case: Instance, v: Sequence[Symbol], *, delta: Rational, linear: Rational, power: int = 1
) -> Expr:
    """q(|v|) + linear * <z, v> of the single neuron; `power` is that of its root."""
    norm = sqrt(sum(c**2 for c in v))
    big = sqrt(norm**2 + delta**2 / 4)
    low = norm**2 / (big + delta / 2)  # S - delta/2, without cancellation
    radial = (norm**2 - delta / 2 * (delta / 2 + big)) * sqrt(low) ** power / norm
    start = [case.a * c for c in case.w]
    size = sqrt(sum(c**2 for c in start))
    root = sqrt(sqrt(size**2 + case.delta**2 / 4) - case.delta / 2)
    z = [-Rational(3, 2) * root * c / size for c in start]
    return radial + linear * sum(c * s for c, s in zip(z, v, strict=True))


def neuron_minimiser(case: Instance, near: Sequence[arb], **changes: Rational) -> list[arb]:
    v = reals(" ".join(f"v{k}" for k in range(len(case.w))))
    options = {"delta": case.delta, "linear": Rational(1), **changes}
    equations = [sum(c * s for c, s in zip(x, v, strict=True)) - y for x, y in case.data]
    goal = neuron_potential(case, v, **options)
    return list(enclose_minimiser(goal, v, equations, near=near, bits=160).point)


def agree(one: Sequence[arb], two: Sequence[arb]) -> bool:
    return all(p.overlaps(q) for p, q in zip(one, two, strict=True))


@pytest.mark.parametrize("case", NEURONS, ids=lambda case: case.name)
def test_a_neuron_tends_to_the_minimiser_of_its_potential(case: Instance) -> None:
    reached = neuron_limit(case)
    best = neuron_minimiser(case, reached)
    assert agree(reached, best)
    assert all(p.rad() < CLOSE for p in (*reached, *best))


@pytest.mark.parametrize("case", NEURONS[:4], ids=lambda case: case.name)
@pytest.mark.parametrize(
    "changes",
    [{"linear": Rational(0)}, {"linear": Rational(-1)}, {"linear": Rational(2, 3)}],
    ids=["no z", "-z", "factor of z"],
)
def test_another_linear_term_has_another_minimiser(
    case: Instance, changes: dict[str, Rational]
) -> None:
    reached = neuron_limit(case)
    assert not agree(reached, neuron_minimiser(case, reached, **changes))


@pytest.mark.parametrize("case", NEURONS[1:4], ids=lambda case: case.name)
def test_another_delta_has_another_minimiser(case: Instance) -> None:
    reached = neuron_limit(case)
    other = neuron_minimiser(case, reached, delta=case.delta / 2)
    assert not agree(reached, other)


DIAGONAL = [
    ((1, Rational(1, 2)), (1, Rational(3, 2)), (((1, 2), Rational(87, 8)),)),
    ((1, 2, Rational(1, 2)), (Rational(-1, 2), 1, 3), (((1, 2, -1), Rational(2)),)),
    (
        (Rational(1, 10), Rational(1, 5), 1),
        (0, Rational(1, 100), -1),
        (((1, 2, 0), Rational(1)), ((0, 1, 1), Rational(-1))),
    ),
    ((2, 1), (2, 1), (((3, 1), Rational(0)),)),
    ((1, 1, 1, 1), (0, Rational(1, 2), 2, -1), (((1, 2, 3, 4), Rational(5)),)),
]


@cache
def diagonal_limit(
    u: Sequence[Rational], v: Sequence[Rational], data: Sequence[tuple[Sequence[int], Rational]]
) -> list[arb]:
    """The predictor u_+ v_+ - u_- v_- at time infinity, from u_+ = u_-, v_+ = v_-."""
    d = len(u)
    groups = [reals(" ".join(f"{name}{k}" for k in range(d))) for name in ("p", "q", "r", "s")]
    p, q, r, s = groups
    weights = [p[k] * q[k] - r[k] * s[k] for k in range(d)]
    residuals = tuple(y - sum(c * w for c, w in zip(x, weights, strict=True)) for x, y in data)
    variables = tuple(name for group in groups for name in group)
    start = balls_of([*map(Rational, u), *map(Rational, v)] * 2)
    found = flow_limit(LeastSquares(residuals, variables), start, digits=22, bits=160)
    n = dict(zip(variables, found.balls, strict=True))
    with precision(160):
        return [n[p[k]] * n[q[k]] - n[r[k]] * n[s[k]] for k in range(d)]


def diagonal_minimiser(
    u: Sequence[Rational],
    v: Sequence[Rational],
    data: Sequence[tuple[Sequence[int], Rational]],
    near: Sequence[arb],
    factor: Rational,
) -> list[arb]:
    """The minimiser of sum of q_k with sqrt(k_i) = factor (u_i^2 + v_i^2)."""
    w = reals(" ".join(f"w{k}" for k in range(len(u))))
    goal = 0
    for a, b, c in zip(map(Rational, u), map(Rational, v), w, strict=True):
        root = factor * (a**2 + b**2)
        goal += root / 4 * (1 - sqrt(1 + 4 * c**2 / root**2) + 2 * c / root * asinh(2 * c / root))
    equations = [sum(c * s for c, s in zip(x, w, strict=True)) - y for x, y in data]
    return list(enclose_minimiser(goal, w, equations, near=near, bits=160).point)


@pytest.mark.parametrize("case", range(len(DIAGONAL)))
def test_a_diagonal_network_tends_to_the_minimiser_of_its_potential(case: int) -> None:
    u, v, data = DIAGONAL[case]
    reached = diagonal_limit(u, v, data)
    best = diagonal_minimiser(u, v, data, reached, Rational(2))
    assert agree(reached, best)
    assert all(p.rad() < CLOSE for p in (*reached, *best))


@pytest.mark.parametrize("case", [0, 1, 2, 4])
def test_a_diagonal_network_with_another_constant_has_another_minimiser(case: int) -> None:
    u, v, data = DIAGONAL[case]
    reached = diagonal_limit(u, v, data)
    assert not agree(reached, diagonal_minimiser(u, v, data, reached, Rational(4)))
