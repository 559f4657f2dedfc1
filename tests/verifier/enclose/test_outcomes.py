"""**Outcomes of covers** against points: certified boxes hold, refuted ones fail, at low precision.

Random relations on random regions, bounded and unbounded, with and without hypotheses. In every
decided box points are taken, their ends among them, and the relation is looked at there by mpmath.
"""

from __future__ import annotations

import operator
import random

import mpmath
import pytest
import sympy
from flint import fmpq
from sympy import Rational, oo

from tests.verifier.enclose.test_compile import random_expression
from verifier.claim import Region
from verifier.enclose.regions.charts import Chart
from verifier.enclose.regions.cover import cover
from verifier.exact.statements import ge, gt, le, lt, ne

X, Y = sympy.symbols("x y", real=True)
RELATIONS = {
    gt: operator.gt,
    ge: operator.ge,
    lt: operator.lt,
    le: operator.le,
    ne: operator.ne,
}
POINTS = 4
CLEAR = mpmath.mpf(10) ** -9


def random_side(rng):
    low = Rational(rng.randint(-12, 8), rng.randint(1, 4))
    if rng.random() < 0.25:
        return rng.choice([(low, oo), (-oo, low), (-oo, oo)])
    return low, low + Rational(rng.randint(1, 16), rng.randint(1, 4))


def chart_of(ends):
    finite = [None if abs(end) == oo else fmpq(int(end.p), int(end.q)) for end in ends]
    return Chart(*finite)


def places(rng, tile, charts):
    """Points of a tile in x, where they are finite; its corners first."""
    for corner in [(0, 0), (1, 1), *((rng.random(), rng.random()) for _ in range(POINTS - 2))]:
        point = []
        for part, (low, high), chart in zip(corner, tile, charts, strict=True):
            t = fmpq(*float(low).as_integer_ratio())
            t += (fmpq(*float(high).as_integer_ratio()) - t) * fmpq(*float(part).as_integer_ratio())
            first, last = chart.sides
            point.append(chart.value(min(max(t, first), last)))
        if None not in point:
            yield [mpmath.mpf(int(x.p)) / int(x.q) for x in point]


def checked_points(seed):
    """How many points of decided boxes agree with a random cover; all of them must."""
    rng = random.Random(seed)
    expr, level = random_expression(rng, 2), Rational(rng.randint(-20, 20), 10)
    relation = rng.choice(list(RELATIONS))
    sides = {name: random_side(rng) for name in "xy"}
    given = [ge(X * rng.randint(-2, 2) + Y, Rational(rng.randint(-3, 1)))] * rng.randint(0, 1)
    bits = rng.choice((24, 32, 53, 64))
    evidence = cover(
        relation(expr, level), given, Region(**sides), name="random", boxes=40, bits=bits
    )
    charts = [chart_of(ends) for ends in sides.values()]
    margin = sympy.lambdify((X, Y), expr - level, "mpmath")
    condition = sympy.lambdify((X, Y), given[0].lhs - given[0].rhs if given else 1, "mpmath")
    points = [
        (outcome, margin(*point), condition(*point))
        for tile, outcome in evidence.tiles
        if outcome != "undecided"
        for point in places(rng, tile, charts)
    ]
    # the ends of tiles are rounded to doubles: beside a change of sign they say nothing
    clear = [(outcome, gap, met) for outcome, gap, met in points if abs(gap) > CLEAR]
    for outcome, gap, met in clear:
        if outcome == "certified":
            assert RELATIONS[relation](gap, 0)
        elif outcome == "refuted":
            assert not RELATIONS[relation](gap, 0)
            assert met >= -CLEAR
        else:
            assert met <= CLEAR
    return len(clear)


@pytest.mark.parametrize("first", range(0, 240, 30))
def test_decided_boxes_agree_with_their_points(first):
    with mpmath.workdps(60):
        assert sum(checked_points(seed) for seed in range(first, first + 30)) >= 300


def test_the_random_covers_decide_most_of_their_regions():
    decided = []
    for seed in range(40):
        rng = random.Random(seed)
        expr = random_expression(rng, 2)
        evidence = cover(gt(expr, 0), [], Region(x=(-1, 3), y=(-2, 1)), name="power", boxes=60)
        decided.append(evidence.certified + evidence.refuted)
    assert sum(decided) / len(decided) > 0.8
