"""**Enclosure**: known solutions are inside at every time and precision; widths shrink in order.

Random problems with closed forms, from few bits to many; one trajectory is looked at many times.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flint import arb, arb_mat, arb_poly, fmpq
from sympy import Expr, Rational, exp, sqrt

from verifier import reals
from verifier.flow.field import Field, field, gradient_flow
from verifier.flow.integrate import integrate
from verifier.flow.step import defect, step, taylor
from verifier.precision import precision

x, y, z = reals("x y z")
FINE = 320  # bits of the known solutions
BITS = (24, 32, 40, 53, 64, 100)
DRAWS = 4
TIMES = 24
UNTIL = fmpq(2)


@dataclass(frozen=True)
class Problem:
    """A flow, its exact start, and its solution at a time."""

    flow: Field
    start: tuple[fmpq, ...]
    truth: Callable[[arb], list[arb]]


def _fraction(draw: random.Random, low: int, high: int) -> fmpq:
    """A fraction in [low, high] that no ball has as its midpoint."""
    return fmpq(draw.randint(low * 21 + 1, high * 21 - 1), 21)


def _q(value: fmpq) -> Rational:
    return Rational(int(value.p), int(value.q))


def _linear(draw: random.Random, *, symmetric: bool) -> Problem:
    """y' = A y, from y to exp(t A) y."""
    rows = [[_fraction(draw, -1, 1) for _ in range(3)] for _ in range(3)]
    if symmetric:
        rows = [[rows[max(i, j)][min(i, j)] for j in range(3)] for i in range(3)]
    start = tuple(_fraction(draw, -2, 2) for _ in range(3))
    names = (x, y, z)

    def truth(t: arb) -> list[arb]:
        flow = arb_mat(3, 3, [arb(c) * t for row in rows for c in row]).exp()
        return (flow * arb_mat(3, 1, [arb(c) for c in start])).entries()

    if symmetric:
        loss = -sum(_q(rows[i][j]) * names[i] * names[j] for i in range(3) for j in range(3)) / 2
        return Problem(gradient_flow(loss, names), start, truth)
    velocity = [sum(_q(c) * v for c, v in zip(row, names, strict=True)) for row in rows]
    return Problem(field(names, velocity), start, truth)


def _one(velocity: Expr, start: fmpq, truth: Callable[[arb], arb]) -> Problem:
    return Problem(field((x,), (velocity,)), (start,), lambda t: [truth(t)])


def _logistic(draw: random.Random) -> Problem:
    rate, most, start = (_fraction(draw, 1, 3) for _ in range(3))

    def truth(t: arb) -> arb:
        return arb(most) / (1 + (arb(most) / arb(start) - 1) * (-arb(rate) * t).exp())

    return _one(_q(rate) * x * (1 - x / _q(most)), start, truth)


def _bernoulli(draw: random.Random) -> Problem:
    """y' = p y - q y^3 is linear in y^-2."""
    p, q, start = (_fraction(draw, 1, 2) for _ in range(3))

    def truth(t: arb) -> arb:
        rest = arb(q) / arb(p)
        return 1 / (rest + (1 / arb(start) ** 2 - rest) * (-2 * arb(p) * t).exp()).sqrt()

    return _one(_q(p) * x - _q(q) * x**3, start, truth)


def _rotation(draw: random.Random) -> Problem:
    turn, size = _fraction(draw, 1, 4), _fraction(draw, 1, 3)

    def truth(t: arb) -> list[arb]:
        angle = arb(turn) * t
        return [arb(size) * angle.cos(), arb(size) * angle.sin()]

    return Problem(field((x, y), (-_q(turn) * y, _q(turn) * x)), (size, fmpq(0)), truth)


def _valley(draw: random.Random) -> Problem:
    """From x = y the flow of (xy - p)^2/2 has x^2 logistic: u' = 2 u (p - u)."""
    p, start = _fraction(draw, 1, 2), _fraction(draw, 1, 2)

    def truth(t: arb) -> list[arb]:
        ratio = arb(p) / arb(start) ** 2 - 1
        side = (arb(p) / (1 + ratio * (-2 * arb(p) * t).exp())).sqrt()
        return [side, side]

    return Problem(gradient_flow((x * y - _q(p)) ** 2 / 2, (x, y)), (start, start), truth)


def _escape(draw: random.Random) -> Problem:
    start = _fraction(draw, -1, 1)
    loss = exp(-x)
    return Problem(gradient_flow(loss, (x,)), (start,), lambda t: [(arb(start).exp() + t).log()])


def _root(draw: random.Random) -> Problem:
    """y' = r sqrt(y), a square in time."""
    rate, start = _fraction(draw, 1, 2), _fraction(draw, 1, 2)
    return _one(_q(rate) * sqrt(x), start, lambda t: (arb(start).sqrt() + arb(rate) * t / 2) ** 2)


PROBLEMS: dict[str, tuple[Callable[[random.Random], Problem], int]] = {
    "linear": (lambda draw: _linear(draw, symmetric=False), 3),
    "quadratic loss": (lambda draw: _linear(draw, symmetric=True), 3),
    "logistic": (_logistic, 1),
    "Bernoulli": (_bernoulli, 1),
    "rotation": (_rotation, 2),
    "valley": (_valley, 2),
    "escape": (_escape, 1),
    "root": (_root, 1),
}


def test_there_are_enough_checks() -> None:
    components = sum(size for _, size in PROBLEMS.values())
    assert len(BITS) * DRAWS * TIMES * components > 5000


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("bits", BITS)
def test_the_known_solution_is_inside_at_every_time(name: str, bits: int) -> None:
    make, size = PROBLEMS[name]
    draw = random.Random(f"{name} {bits}")
    checks = 0
    for _ in range(DRAWS):
        problem = make(draw)
        found = integrate(problem.flow, problem.start, UNTIL, bits=bits)
        for _ in range(TIMES):
            time = UNTIL * fmpq(draw.randint(0, 1000), 1000)
            with precision(FINE):
                known = problem.truth(arb(time))
            balls = found.at(time)
            for ball, value in zip(balls, known, strict=True):
                assert ball.contains(value)
                assert float(ball.rad()) < 2.0 ** (10 - bits * 3 // 4)
                checks += 1
    assert DRAWS * TIMES * size == checks


@pytest.mark.parametrize("name", sorted(PROBLEMS.keys() - {"root"}))  # a polynomial in time
@pytest.mark.parametrize("order", [3, 5, 8])
def test_one_step_of_low_order_is_no_narrower_than_its_error_and_hardly_wider(
    name: str, order: int
) -> None:
    """With bits to spare the ball is the error of the polynomial, and rounding hides nothing."""
    make, _ = PROBLEMS[name]
    draw = random.Random(name)
    length = fmpq(1, 16)
    for _ in range(DRAWS):
        problem = make(draw)
        with precision(200):
            rows = taylor(problem.flow, [arb(value) for value in problem.start], order)
            polynomials = [arb_poly([c.mid() for c in row]) for row in rows]
            delta = defect(problem.flow, polynomials, length)
            rounding = arb(2) ** -190
            piece = step(problem.flow, fmpq(0), length, polynomials, rounding, delta=delta)
        assert piece is not None
        for part in range(1, 9):
            time = length * fmpq(part, 8)
            with precision(FINE):
                known = problem.truth(arb(time))
                balls = piece.last() if part == 8 else piece.around(arb(time))
                gaps = [value - p(arb(time)) for value, p in zip(known, polynomials, strict=True)]
            assert all(b.contains(value) for b, value in zip(balls, known, strict=True))
        with precision(FINE):
            missed = sum((gap**2 for gap in gaps), arb(0)).sqrt()
            assert missed * (order + 1) * 2 > piece.error


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_ball_of_starts_holds_the_solutions_of_its_ends(name: str) -> None:
    """The solutions of one family from a start and from the end of a ball around it."""
    make, _ = PROBLEMS[name]
    problem = make(random.Random(name))
    with precision(64):
        wide = [arb(value) + arb(0, 2.0**-20) for value in problem.start]
    found = integrate(problem.flow, wide, UNTIL, bits=64)
    for side in (-1, 0, 1):
        moved = [value + fmpq(side, 2**20) for value in problem.start]
        inner = integrate(problem.flow, moved, UNTIL, bits=100).last()
        assert all(ball.contains(value) for ball, value in zip(found.last(), inner, strict=True))


@pytest.mark.parametrize("order", [4, 6, 10, 16])
@pytest.mark.parametrize("name", ["linear", "logistic", "Bernoulli", "valley", "escape"])
def test_the_defect_of_a_step_shrinks_as_its_order_says(name: str, order: int) -> None:
    """|p' - f(p)| on [0, h] is near c h^K for the polynomial of degree K."""
    problem = PROBLEMS[name][0](random.Random(name))
    with precision(400):
        rows = taylor(problem.flow, [arb(value) for value in problem.start], order)
        polynomials = [arb_poly([c.mid() for c in row]) for row in rows]
        long, short = (
            float(defect(problem.flow, polynomials, fmpq(1, 2**k)).log()) for k in (12, 20)
        )
    measured = (long - short) / (8 * math.log(2))
    assert abs(measured - order) < 0.01


@pytest.mark.parametrize("name", ["linear", "quadratic loss", "logistic", "rotation", "valley"])
def test_every_bit_of_precision_narrows_the_ball_by_one(name: str) -> None:
    problem = PROBLEMS[name][0](random.Random(name))
    bits = (64, 128, 256, 384)
    widths = []
    for count in bits:
        last = integrate(problem.flow, problem.start, UNTIL, bits=count).last()
        widths.append(max(float(ball.rad().log()) for ball in last) / math.log(2))
    slope = (widths[-1] - widths[0]) / (bits[-1] - bits[0])
    assert abs(slope + 1) < 0.05
