"""**Instances**: every degenerate case is reached, values go through JSON unchanged."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import islice

import pytest

from verifier import Claim, Paper, Space, dot, eq, function, ge, gt, le, norm2, reals, within
from verifier.errors import CounterexampleError
from verifier.exact.statements import Statement
from verifier.falsify.examine import Examiner, check_shape
from verifier.falsify.instances.bounds import Interval, intervals
from verifier.falsify.instances.instance import Polynomial, Spd, from_json, to_json
from verifier.falsify.instances.scalars import draw_scalar
from verifier.falsify.instances.signature import read_signature
from verifier.falsify.instances.strategies import Generator

PAPER = Paper("demo", "A demonstration", "A. Author", 2020, "none")
x, y = reals("x y")
SPACE = Space("d")
u, v = SPACE.vectors("u v")
A = SPACE.positive_definite("A")


def examiner(given: dict[str, Statement], conclusion: Statement) -> Examiner:
    claim = Claim(
        id="demo/item",
        title="An item",
        source=PAPER.at("Lemma 1", section="1"),
        given=given,
        then={"conclusion": conclusion},
    )
    return Examiner(claim)


def drawn(given: dict[str, Statement], conclusion: Statement, count: int = 400) -> list[dict]:
    one = examiner(given, conclusion)
    generator = Generator(one)
    rng = random.Random(0)
    found = [generator.draw(rng) for _ in range(count)]
    return [dict(f) for f in found if f is not None and not one.failing(f)]


def test_every_degenerate_pair_of_vectors_is_reached() -> None:
    found = drawn({}, le(dot(u, v) ** 2, norm2(u) * norm2(v)))
    zero = [f for f in found if not any(f["u"])]
    repeated = [f for f in found if f["u"] == f["v"] and any(f["u"])]
    parallel = [f for f in found if any(f["u"]) and f["v"] == tuple(2 * c for c in f["u"])]
    orthogonal = [
        f
        for f in found
        if any(f["u"])
        and any(f["v"])
        and sum(a * b for a, b in zip(f["u"], f["v"], strict=True)) == 0
    ]
    assert {1, 2, 3, 4} == {f["d"] for f in found}
    for case in (zero, repeated, parallel, orthogonal):
        assert len(case) >= 5


def test_unit_vectors_are_rational_and_of_every_dimension() -> None:
    found = drawn({"u": eq(norm2(u), 1)}, eq(dot(u, v), 0))
    assert len(found) >= 350
    assert all(sum(c * c for c in f["u"]) == 1 for f in found)
    assert {1, 2, 3, 4} == {f["d"] for f in found}
    assert len({f["u"] for f in found}) >= 20


def test_closed_ends_are_reached_and_open_ends_are_not() -> None:
    interval = Interval(Fraction(0), Fraction(1), low_open=False, high_open=True)
    rng = random.Random(0)
    found = [draw_scalar(rng, interval) for _ in range(500)]
    assert Fraction(0) in found
    assert Fraction(1) not in found
    assert max(found) > Fraction(9999, 10000)


def test_the_range_comes_from_affine_hypotheses() -> None:
    hypotheses = [gt(2 * x, 1), *within(y, 0, 1, right="open"), le(3 - x, 2 + 4 * x)]
    ranges = intervals(hypotheses, read_signature(hypotheses))
    assert Interval(Fraction(1, 2), None, low_open=True) == ranges["x"]
    assert Interval(Fraction(0), Fraction(1), high_open=True) == ranges["y"]


def test_a_dimension_above_its_bound_is_sampled() -> None:
    found = drawn({"d": ge(SPACE.dimension, 6)}, ge(norm2(u), 0), 50)
    assert min(f["d"] for f in found) == 6


def test_an_operator_has_the_power_that_it_says() -> None:
    root = ((Fraction(2), Fraction(1)), (Fraction(1), Fraction(1)))
    operator = Spd(root)
    assert root == operator.power(Fraction(1, 2))
    assert ((5, 3), (3, 2)) == operator.power(Fraction(1))
    assert ((1, -1), (-1, 2)) == operator.power(Fraction(-1, 2))


def test_a_partial_derivative_of_a_polynomial_is_exact() -> None:
    cubic = Polynomial((((2, 1), Fraction(3)),), (Fraction(2), Fraction(5)))
    assert 60 == cubic.partial((1,))
    assert 12 == cubic.partial((2, 1))
    assert 0 == cubic.partial((2, 2))


def test_json_gives_back_the_same_instance() -> None:
    instance = {
        "x": Fraction(-3, 8),
        "d": 2,
        "u": (Fraction(1), Fraction(2, 7)),
        "A": Spd(((Fraction(2), Fraction(0)), (Fraction(0), Fraction(1)))),
        "f": Polynomial((((2,), Fraction(1, 3)),)),
    }
    assert instance == from_json(to_json(instance))


@pytest.mark.parametrize("value", ["0.5", "1/0", 0.5, None, True, {"rows": []}, ["x"]])
def test_a_value_that_is_not_exact_is_refused(value: object) -> None:
    with pytest.raises(CounterexampleError, match="x"):
        from_json({"x": value})


def test_an_operator_that_is_not_positive_definite_is_refused() -> None:
    with pytest.raises(CounterexampleError, match="positive definite"):
        from_json({"A": {"root": 2, "rows": [["1", "2"], ["2", "1"]]}})


def test_a_vector_of_the_wrong_length_is_refused() -> None:
    signature = examiner({}, ge(norm2(u), 0)).signature
    with pytest.raises(CounterexampleError, match="d components"):
        check_shape({"d": 2, "u": (Fraction(1),)}, signature)


def test_all_scalars_vanish_together_where_nothing_excludes_it() -> None:
    """Abstract functions beside them multiply every row of scalars, and must not push it out."""
    a, b, c, e, t = reals("a b c e t")
    f, g = function("f"), function("g")
    one = examiner({}, eq(a * b * f(t) + c * e * g(t), c * e * g(t) + a * b * f(t)))
    corners = list(islice(Generator(one).corners(), 60))
    assert any(all(row[name] == 0 for name in "abce") for row in corners)
