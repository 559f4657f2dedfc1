"""**Flows of a neuron**: certified logs, against the smooth integrator and constructed cases."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from sympy import Expr, Integer, Rational

from verifier import reals
from verifier.flow.field import field
from verifier.flow.integrate import FlowError, integrate
from verifier.flow.piecewise.exponentials import ExponentialSum, Unclear, first_zero
from verifier.flow.piecewise.flow import Log, follow
from verifier.flow.piecewise.minima import minima
from verifier.flow.piecewise.neuron import Neuron, neuron
from verifier.precision import precision


def kinds(log: Log) -> list[tuple[str, tuple[int, ...]]]:
    return [(event.kind, event.samples) for event in log.events]


def velocity(model: Neuron, signs: tuple[int, ...], w: tuple[Expr, ...]) -> list[Expr]:
    part = model.quadratic(signs)
    q = lambda v: Rational(int(v.p), int(v.q))  # noqa: E731
    return [
        q(b) - sum((q(h) * c for h, c in zip(row, w, strict=True)), Integer(0))
        for row, b in zip(part.hessian, part.linear, strict=True)
    ]


@pytest.mark.parametrize("seed", range(10))
def test_between_events_the_smooth_integrator_agrees(seed: int) -> None:
    draw = random.Random(seed)
    d = 2 + seed % 2
    rows = [[draw.randint(0, 4) for _ in range(d)] for _ in range(4)]
    rows = [row if any(row) else [1] * d for row in rows]
    model = neuron(rows, [draw.randint(1, 6) for _ in range(4)])
    start = [Fraction(draw.randint(-20, 40), 10) for _ in range(d)]
    log = follow(model, start, digits=12)
    w = reals(" ".join(f"w{k}" for k in range(d)))
    now = fmpq(0)
    at = [fmpq(v.numerator, v.denominator) for v in start]
    for signs, event, entered in zip(log.patterns, log.events, log.points[1:], strict=False):
        with precision(160):
            until = event.time.mid()
            mantissa, exponent = (int(v) for v in until.man_exp())
            exact = fmpq(mantissa) * fmpq(2) ** exponent
        path = integrate(field(w, velocity(model, signs, w)), at, exact - now, bits=160)
        with precision(160):
            for one, two in zip(path.last(), entered, strict=True):
                assert abs(one - two) < arb(10) ** -15
        now, at = exact, path.last()


@pytest.mark.parametrize("seed", range(12))
def test_the_limit_has_the_loss_of_an_exact_local_minimum(seed: int) -> None:
    draw = random.Random(100 + seed)
    rows = [[draw.randint(0, 4), draw.randint(0, 4)] for _ in range(5)]
    rows = [row if any(row) else [1, 1] for row in rows]
    model = neuron(rows, [draw.randint(1, 6) for _ in range(5)])
    log = follow(model, (Fraction(draw.randint(1, 30), 7), Fraction(draw.randint(1, 30), 11)))
    with precision(200):
        assert any(log.loss.contains(m.loss) for m in minima(model))


def test_a_linear_regime_gives_the_time_of_a_crossing_in_closed_form() -> None:
    """The datum 1 with label 3 from w = 1: w = 3 - 2 exp(-t) meets nothing. With label -1 it is
    w = 2 exp(-t) - 1, which vanishes at log 2, where the ReLU lets go."""
    log = follow(neuron([(1,), (-1,)], [3, 1]), (1,))
    assert [] == kinds(log)
    assert log.limit[0].contains(3)
    (event,) = follow(neuron([(1,)], [-1]), (1,)).events
    with precision(200):
        assert event.time.overlaps(arb(2).log())
        assert event.time.rad() < arb(10) ** -20


def test_a_dead_neuron_stays_where_it_is() -> None:
    log = follow(neuron([(1, 0), (0, 1)], [1, 1]), (-1, -2))
    assert [] == kinds(log)
    assert log.limit[0].contains(-1)
    assert log.limit[1].contains(-2)
    assert log.loss.contains(1)


def test_a_leaky_neuron_comes_back_to_life() -> None:
    log = follow(neuron([(1, 0), (0, 1)], [1, 1], slope=Fraction(1, 10)), (-1, -2))
    assert [("activates", (0,)), ("activates", (1,))] == kinds(log)
    assert all(ball.contains(1) for ball in log.limit)
    with precision(200):
        # w' = (1 + |w|/10)/10 below zero: w1 + 10 = 9 exp(t/100) ... with s = 1/10
        assert abs(log.events[0].time - 100 * (arb(11) / 10).log()) < arb(10) ** -15


def test_a_negative_label_makes_the_flow_stick() -> None:
    """Above its hyperplane the datum (1, 0) with label -1 pulls down, below it is silent; the datum
    (1, 1) with label 3 pulls up."""
    log = follow(neuron([(1, 0), (1, 1)], [-4, 3]), (1, 1))
    assert "sticks" in [kind for kind, _ in kinds(log)]
    assert log.limit[0].contains(0)
    assert log.limit[1].contains(3)
    assert 0 in log.patterns[-1]


def test_a_flow_leaves_the_hyperplane_that_it_sticks_to() -> None:
    """Stuck at w1 = 0 while w2 grows, until the pull of (1, -1) ... the log says in which order."""
    model = neuron([(1, 0), (1, 2)], [-1, 1])
    log = follow(model, (Fraction(1, 2), -1))
    assert log.loss <= model.loss((fmpq(1, 2), fmpq(-1)))


def test_a_start_that_may_leave_to_both_sides_is_refused() -> None:
    """At w = 0 the ReLU with a positive label may stay or go."""
    with pytest.raises(FlowError, match=r"not unique|still open"):
        follow(neuron([(1,)], [1]), (0,))


def test_two_hyperplanes_at_one_time_are_a_named_tie() -> None:
    with pytest.raises(FlowError, match="a tie of two hyperplanes"):
        follow(neuron([(1, 0), (0, 1)], [-1, -1]), (1, 1))


def test_deactivation_for_good_in_three_dimensions() -> None:
    """Inputs (1,0,2), (1,2,0), (2,0,0), labels 1/20, 6, 1/2, from a small start."""
    model = neuron([(1, 0, 2), (1, 2, 0), (2, 0, 0)], [Fraction(1, 20), 6, Fraction(1, 2)])
    log = follow(model, [Fraction(1, 20000)] * 3, digits=20)
    assert [("deactivates", (0,))] == kinds(log)
    assert log.limit[0].contains(fmpq(1, 4))
    assert log.limit[1].contains(fmpq(23, 8))
    with precision(200):
        assert log.loss.contains(fmpq(1, 800))
    assert 0 == minima(model)[0].loss


def test_reactivation_in_three_dimensions() -> None:
    """Inputs (1,0,1), (1,2,1), (1,0,2), (0,1,0), labels 1/10, 1/5, 4, 1/10."""
    labels = [Fraction(1, 10), Fraction(1, 5), 4, Fraction(1, 10)]
    model = neuron([(1, 0, 1), (1, 2, 1), (1, 0, 2), (0, 1, 0)], labels)
    log = follow(model, [Fraction(1, 20000)] * 3)
    assert [("deactivates", (3,)), ("activates", (3,))] == kinds(log)
    with precision(200):
        assert log.loss.contains(fmpq(1, 1200))
    assert minima(model)[0].loss == fmpq(1, 1200)


def test_what_stays_in_the_kernel_is_kept_in_the_limit() -> None:
    log = follow(neuron([(1, 1)], [4]), (3, 1))
    assert log.limit[0].contains(3)
    assert log.limit[1].contains(1)
    moved = follow(neuron([(1, 1)], [2]), (3, 1))
    assert moved.limit[0].contains(2)
    assert moved.limit[1].contains(0)


def test_precision_is_left_as_it_was() -> None:
    before = ctx.prec
    follow(neuron([(1, 0)], [1]), (2, 2))
    assert before == ctx.prec


@pytest.mark.parametrize("roots", [(2,), (3, 5), (2, 3, 7)])
def test_the_first_zero_of_an_exponential_sum_is_found(roots: tuple[int, ...]) -> None:
    """prod (u - 1/r) in u = exp(-t) vanishes first at t = log of the least r."""
    coefficients = [fmpq(1)]
    for r in roots:
        shifted = [fmpq(0), *coefficients]
        coefficients = [a - b / r for a, b in zip(shifted, [*coefficients, fmpq(0)], strict=True)]
    with precision(200):
        terms = tuple((arb(k), arb(c)) for k, c in enumerate(coefficients))
        found = first_zero(ExponentialSum(terms, 0), bits=150)
        assert found is not None
        assert found.contains(arb(min(roots)).log()) or found.overlaps(arb(min(roots)).log())
        assert found.rad() < arb(2) ** -120


def test_a_double_zero_is_unclear_and_not_passed_over() -> None:
    """(u - 1/2)^2 touches zero."""
    terms = ((arb(0), arb("0.25")), (arb(1), arb(-1)), (arb(2), arb(1)))
    with precision(100), pytest.raises(Unclear):
        first_zero(ExponentialSum(terms, 0), bits=60)


def test_a_sum_without_a_zero_has_none() -> None:
    terms = ((arb(0), arb(1)), (arb(1), arb(-1)), (arb(2), arb(1)))
    with precision(100):
        assert first_zero(ExponentialSum(terms, 0), bits=60) is None
