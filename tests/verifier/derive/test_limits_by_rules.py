"""**The rules for limits**: what each shows, what it refuses, and in which words."""

from __future__ import annotations

import pytest
import sympy

from verifier import by
from verifier.by import Justification
from verifier.derive.context import Context, Discharge, refuse
from verifier.derive.ground import decide_exactly
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.limits.limit import limit
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError
from verifier.exact.scalars import Q, absolute, asinh, exp, log, oo, reals, sqrt, tanh
from verifier.exact.statements import (
    Relation,
    Statement,
    eq,
    ge,
    gt,
    le,
    lt,
    ne,
    negation,
    tends,
    within,
)
from verifier.exact.statements.growth import asymptotic, is_order
from verifier.exact.statements.limit import tends_in_turn
from verifier.exact.statements.paths import tends_along, tends_jointly, tends_uniformly

x, y, t, n, p, q, k, w = reals("x y t n p q k w")
L, S, T = by.limit, by.squeeze, by.taylor
saturating = t * p / (1 + t * p)


def discharge(statement: Statement, justification: Justification, *given: Relation) -> Discharge:
    context = Context(given, justification, rule_named)
    try:
        return rule_named(justification.rule).discharge(statement, context)
    except UnsupportedError as fault:
        return refuse(str(fault))


REFUSED: tuple[tuple[Statement, Justification, tuple[Relation, ...], str], ...] = (
    (tends(1 / x, x, 0, oo, side="both"), L, (), "oo and -oo from the two sides"),
    (asymptotic(x + 1, x, x, 0), L, (), "the ratio tends to oo"),
    (is_order(p * x, x, x, oo, order="Theta"), L, (), "which does not decide it"),
    (is_order(x, p * x, x, oo), L, (), "sign of p is not known"),
    (tends_jointly(x + y, (x, 0), (y, 0), value=0), L, (), "give a bound to `squeeze`"),
    (negation(tends(x, x, 0, 0)), L, (), "the limit is 0"),
    (tends_along(x * t, {x: t}, t, 0, 0), L, (), "moves along the path only"),
    (tends_in_turn(x + y, (x, y), (y, 0), value=0), L, (), "bound by the limit"),
    (tends_jointly(x + y, (x, 0), (y, x), value=0), L, (), "points of a joint limit are fixed"),
    (tends_uniformly(p * t, t, 0, 0, over=[p], given=[lt(p, t)]), L, (), "no parameter"),
    (tends(x, x, 0, 0), S, (), "needs its `bound`"),
    (tends(x, x, 0, 0), S(bound=x, order=2), (), "no option `order`"),
    (tends(x, x, 0, 0), S(bound=x, within=0), (), "a positive rational"),
    (tends(x, x, 0, 0), S(bound=2, within=1), (), "2 tends to 2"),
    (tends(1 / x, x, 0, oo), S(bound=x), (), "finite limits only"),
    (tends_in_turn(x, (x, 0), (y, 0), value=0), S(bound=x), (), "no joint limit"),
    (tends_uniformly(saturating, t, 0, 0, over=[p]), S(bound=p), (), "uniform in"),
    (tends_jointly(x * y / (x**2 + y**2), (x, 0), (y, 0), value=0),
     S(bound=x / y), (), "tends to oo"),
    (tends_jointly(x * sympy.exp(1 / x) * y, (x, 0, "-"), (y, 0), value=0),
     S(bound=-x * y / x), (), "<="),
    (le(t, p), T, (), "needs its `variable`"),
    (le(t, p), T(variable=t, at=t), (), "moves with"),
    (le(t, p), T(variable=t, order=0), (), "from 1 to 8"),
    (le(t, p), T(variable=t, degree=1), (), "no option `degree`"),
    (le(t, p), T(variable=2), (), "`variable` is a symbol"),
    (le(sqrt(t), 1 + t), T, (ge(t, 0),), "and neither a hypothesis"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "justification", "given", "words"), REFUSED, ids=str)
def test_a_refusal_says_what_is_wrong(
    statement: Statement, justification: Justification, given: tuple[Relation, ...], words: str
) -> None:
    answer = discharge(statement, justification, *given)
    assert not answer.holds
    assert words in answer.reason


def test_what_moves_has_its_own_name_in_a_message() -> None:
    answer = discharge(tends(sqrt(-x), x, 0, 0), L)
    assert "-x >= 0" in answer.reason
    assert "{" not in answer.reason


def test_a_denied_limit_needs_its_side_conditions() -> None:
    statement = negation(tends(x / p + 1, x, 0, 0))
    assert "divides by" in discharge(statement, L).reason
    assert discharge(statement, L, ne(p, 0)).holds


def test_a_false_limit_is_a_disproof_where_its_conditions_hold() -> None:
    assert discharge(tends(x / p, x, 0, 1), L, ne(p, 0)).disproof
    assert not discharge(tends(x / p, x, 0, 1), L).disproof


def test_a_false_bound_is_no_disproof_of_the_limit() -> None:
    answer = discharge(tends(2 * x, x, 0, 0), S(bound=x))
    assert not answer.holds
    assert not answer.disproof


def test_a_joint_limit_is_refuted_by_two_families_whatever_its_value() -> None:
    statement = tends_jointly(x * y / (x**2 + y**2), (x, 0), (y, 0), value=p)
    answer = discharge(negation(statement), L)
    assert answer.holds
    refused = discharge(statement, L)
    assert "along x = h, y = h as h -> 0+ the limit is 1/2, and along" in refused.reason


def test_a_family_that_the_relations_exclude_does_not_refute_uniformity() -> None:
    bounded = tends_uniformly(saturating, t, 0, 0, over=[p], given=[within(p, 0, 1)])
    free = tends_uniformly(saturating, t, 0, 0, over=[p], given=[gt(p, 0)])
    assert decide_exactly(bounded).unknown
    assert decide_exactly(free).refuted
    assert discharge(bounded, S(bound=t)).holds


def test_a_hypothesis_on_a_bound_name_is_not_used() -> None:
    uniform = tends_uniformly(saturating, t, 0, 0, over=[p])
    assert not discharge(uniform, S(bound=t), ge(p, 0), le(p, 1)).holds
    assert not discharge(tends(1 + x, x, 0, 0), S(bound=x), eq(x, 0)).holds


def test_a_variable_on_both_sides_may_stay_at_its_point() -> None:
    statement = tends_jointly(x * absolute(y), (x, 0, "both"), (y, 0, "both"), value=0)
    bound = absolute(x) * absolute(y)
    assert discharge(statement, S(bound=bound)).holds
    there = discharge(statement, S(bound=bound + x**2 / absolute(x)))
    assert not there.holds


def test_squeeze_takes_the_rule_that_shows_its_inequalities() -> None:
    statement = tends(exp(t) - 1 - t, t, 0, 0)
    assert not discharge(statement, S(bound=t**2, within=1)).holds
    assert discharge(statement, S(bound=t**2, within=1, then=T(variable=t))).holds


BOUNDS = (
    (le(absolute(exp(t) - 1 - t), t**2), within(t, 0, 1)),
    (le(absolute(log(1 + t) - t + t**2 / 2), t**3 / 3), (ge(t, 0),)),
    (le(absolute(sqrt(1 + t) - 1 - t / 2), t**2 / 2), (ge(t, -Q(1, 2)),)),
    (le(absolute(asinh(t) - t), t**3 / 6), (ge(t, 0),)),
    (gt(exp(t), 1 + t), (ne(t, 0),)),
    (le(tanh(t), t), (ge(t, 0),)),
    (ge(exp(t), 1 + t + t**2 / 2 + t**3 / 6), (gt(t, -100),)),
)


@pytest.mark.parametrize(("relation", "given"), BOUNDS, ids=str)
def test_an_explicit_remainder_is_bounded(relation: Relation, given: tuple[Relation, ...]) -> None:
    assert discharge(relation, T, *given).holds


def test_the_order_that_is_asked_for_is_the_one_that_is_tried() -> None:
    cubic = ge(exp(t), 1 + t + t**2 / 2)
    assert discharge(cubic, T(order=2), ge(t, 0)).holds
    sine = le(sympy.sin(t), t)
    assert discharge(sine, T(order=1), ge(t, 0)).holds


def test_strictness_at_the_point_is_not_taken_from_beyond_it() -> None:
    assert discharge(gt(exp(t), 1 + t), T, gt(t, 0)).holds
    closed = discharge(gt(exp(t), 1 + t), T, ge(t, 0))
    assert "it may be zero" in closed.reason


def test_an_end_of_the_interval_bounds_what_falls() -> None:
    """3 - exp(s) is not negative up to s = 1, where it is 3 - e."""
    assert discharge(le(exp(t), 1 + 3 * t), T, ge(t, 0), le(t, 1)).holds
    assert not discharge(le(exp(t), 1 + 3 * t), T, ge(t, 0), le(t, 2)).holds
    assert not discharge(le(exp(t), 1 + 3 * t), T, ge(t, 0)).holds


def test_a_limit_in_turn_keeps_its_order() -> None:
    quotient = (x - y) / (x + y)
    assert "1" == str(limit(Reader(), tends_in_turn(quotient, (x, 0), (y, 0), value=0)))
    assert "-1" == str(limit(Reader(), tends_in_turn(quotient, (y, 0), (x, 0), value=0)))


def test_the_two_senses_of_one_printed_arrow_differ() -> None:
    """Appendix E of initshape: both sides vanish, and one is half of the other."""
    potential = sqrt(k) / 4 - sqrt(k / 16 + w**2 / 4) + w / 2 * asinh(2 * w / sqrt(k))
    printed = w**2 / sqrt(k)
    given = (ne(w, 0),)
    assert discharge(tends(potential - printed, k, oo, 0), L, *given).holds
    assert (
        "the ratio tends to 1/2"
        in discharge(asymptotic(potential, printed, k, oo), L, *given).reason
    )
    assert discharge(asymptotic(potential, printed / 2, k, oo), L, *given).holds
