"""**Covers**: true is certified, false is refuted, touching stays undecided."""

from __future__ import annotations

import pytest
import sympy
from flint import ctx
from sympy import Rational, oo

from verifier.budget import Budget
from verifier.claim import Claim, Paper, Region, Source
from verifier.enclose.decide import decide
from verifier.enclose.regions.cover import cover
from verifier.enclose.side import enclose_claim
from verifier.errors import ClaimError, ExactnessError, UnsupportedError
from verifier.exact.statements import eq, ge, gt, le, lt, ne, tends
from verifier.judgement import judge
from verifier.verdict import Evidence, interval

X, Y, Z, K = sympy.symbols("x y z k", real=True)
UNIT = Region(x=(0, 1))
SQUARE = Region(x=(-2, 2), y=(-2, 2))


def run(relation, region, *given, boxes=600):
    evidence = cover(relation, given, region, name="claim", boxes=boxes)
    assert 1 == pytest.approx(evidence.certified + evidence.undecided + evidence.refuted)
    assert evidence.boxes <= boxes
    return evidence


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (le(sympy.asinh(X), X), UNIT),
        (ge(X**2 - X + Rational(3, 10), 0), UNIT),
        (ge(X * sympy.sin(X) - X**2 / 3, -1), Region(x=(0, 2))),
        (ge(sympy.sqrt(X) + 1, 1), UNIT),
        (ge(sympy.Abs(X), X), UNIT),
        (gt(X**2 + Y**2 - X * Y + Rational(1, 100), 0), SQUARE),
        (ne(sympy.exp(X), 0), Region(x=(-5, 5))),
        (lt(X, 3), Region(x=(2, 2))),
        (gt(sympy.Derivative(sympy.asinh(X), X, evaluate=False), 0), Region(x=(-3, 3))),
        (ge(sympy.Integral(sympy.exp(-(Z**2)), (Z, 0, X)), 0), Region(x=("1/10", 1))),
        (gt(sympy.Abs(X) + X, -Rational(1, 100)), Region(x=(-1, 1))),
        (gt(K, 0), Region(k=("1/1000000", 1000000))),
    ],
)
def test_a_true_inequality_is_certified_on_the_whole_box(relation, region):
    assert 1 == run(relation, region).certified


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (le(sympy.asinh(X), X - X**3 / 8), UNIT),
        (ge((X * Y) ** 2 - (2 * X * Y - 1) ** 2, 0), SQUARE),
        (gt(X, 2), Region(x=(2, 2))),
        (eq(sympy.asinh(X), X), Region(x=(1, 2))),
        (eq(sympy.asinh(X), X), Region(x=(-1, 1))),
        (eq(X * sympy.log(Y), Y * sympy.log(X)), Region(x=(0, 2), y=(0, 2))),
        (eq(sympy.Integral(sympy.asinh(Z), (Z, 0, X)), X**2 / 2), Region(x=(1, 2))),
    ],
)
def test_a_false_statement_is_refuted(relation, region):
    evidence = run(relation, region)
    assert evidence.refuted > 0
    assert evidence.certified < 1


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (ge((3 * X - 1) ** 2 + X - X, 0), UNIT),
        (ge(X**2 - 2 * X / 3 + Rational(1, 9), 0), UNIT),
        (ge(X**2 + Y**2, 2 * X * Y), Region(x=(0, 1), y=(0, 1))),
        (ge(sympy.cosh(X - Rational(1, 3)), 1), UNIT),
    ],
)
def test_a_true_inequality_that_touches_is_never_refuted(relation, region):
    evidence = run(relation, region)
    assert 0 == evidence.refuted


def test_touching_inside_leaves_a_part_undecided_and_says_why():
    evidence = run(ge(X**2 - 2 * X / 3 + Rational(1, 9), 0), UNIT)
    assert 0 < evidence.undecided < 1
    assert evidence.certified < 1
    assert evidence.reason


def test_an_undefined_part_is_undecided_and_not_refuted():
    evidence = run(ge(sympy.log(X), -(10**9)), Region(x=(-1, 1)))
    assert 0 == evidence.refuted
    assert evidence.undecided > 0.49


def test_boxes_where_a_hypothesis_fails_do_not_count():
    assert run(le(sympy.asinh(X), X), Region(x=(-1, 1))).refuted > 0
    assert 1 == run(le(sympy.asinh(X), X), Region(x=(-1, 1)), ge(X, 0)).certified
    ring = gt(X**2 + Y**2, 1)
    assert 0 == run(gt(X**2 + Y**2, Rational(9, 10)), SQUARE, ring).refuted


def test_a_region_outside_the_hypotheses_certifies_nothing():
    evidence = run(ne(X, 2), UNIT, lt(X, -1))
    assert (0, 1, 0) == (evidence.certified, evidence.undecided, evidence.refuted)
    assert "hypotheses fail" in evidence.reason


def test_a_hypothesis_that_is_not_certain_forbids_refutation():
    assert 0 == run(gt(X, 2), UNIT, eq(X, Y)).refuted
    assert 0 == run(gt(X, 2), UNIT, eq(X, X)).refuted
    assert 0 == run(gt(X, 2), UNIT, tends(Y, Y, 0, 0)).refuted


def test_integers_are_not_refuted_between_integers():
    d = sympy.Symbol("d", integer=True, positive=True)
    assert 0 == run(ge(d * (d - 1), 0), Region(d=("1/4", "3/4"))).refuted


def test_an_equality_agrees_but_is_never_certified():
    evidence = run(eq(sympy.asinh(X), sympy.log(X + sympy.sqrt(1 + X**2))), Region(x=(-1, 1)))
    assert (0, 1, 0) == (evidence.certified, evidence.undecided, evidence.refuted)
    assert evidence.agrees_to.startswith("1e-1")


def test_a_statement_without_enclosure_is_undecided_with_the_node():
    evidence = run(gt(sympy.Function("f")(X), 0), UNIT)
    assert 1 == evidence.undecided
    assert "f" in evidence.reason
    assert "`y` has no value" in run(lt(X, Y), UNIT).reason


def test_two_symbols_of_one_name_are_refused():
    with pytest.raises(UnsupportedError, match="different kinds"):
        run(lt(X, sympy.Symbol("x", integer=True, positive=True)), UNIT)


RAY, LINE = Region(x=(0, oo)), Region(x=(-oo, oo))


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (le(sympy.asinh(X), X), RAY),
        (lt(sympy.tanh(X), 1), LINE),
        (lt(sympy.erf(X), 1), LINE),
        (gt(sympy.sqrt(1 + X**2), X), LINE),
        (ge(sympy.exp(X), 1 + X), LINE.touching(eq(X, 0))),
        (lt(1 / (1 + sympy.exp(-X)), 1), LINE),
        (gt(X**4 - 3 * X**2 + 5 * X + 20, 0), LINE),
        (ge((X + Y) / 2, sympy.sqrt(X * Y)), Region(x=(0, oo), y=(0, oo)).touching(eq(X, Y))),
        (lt(1 / (1 + X), 1), Region(x=("1/1000", oo))),
        (ne(sympy.exp(X), 0), LINE),
        (le(X, -1), Region(x=(-oo, -1))),
    ],
)
def test_a_true_inequality_is_certified_to_infinity(relation, region):
    assert 1 == run(relation, region).certified


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (lt(X**2, 10**6), RAY),
        (gt(1 / (1 + X), Rational(1, 1000)), RAY),
        (ge(X, -(10**6)), LINE),
        (eq(sympy.asinh(X), X), RAY),
        (lt(X * Y, 10**4), Region(x=(0, oo), y=(0, 1))),
    ],
)
def test_what_fails_far_out_is_refuted_with_a_point(relation, region):
    evidence = run(relation, region)
    assert evidence.refuted > 0
    point = {sympy.Symbol(k, real=True): Rational(v) for k, v in evidence.counterexample}
    assert decide(relation, point).refuted


@pytest.mark.parametrize("op", [gt, ne])
@pytest.mark.parametrize("place", [Rational(1, 2), Rational(1, 3), Rational(0), Rational(63, 64)])
def test_one_point_where_it_fails_keeps_a_box_from_being_certified(op, place):
    assert run(op((X - place) ** 2, 0), UNIT).certified < 1
    assert run(op((X - place) ** 2, 0), LINE).certified < 1


def test_no_value_at_infinity_is_needed_and_none_is_claimed():
    assert 1 == run(lt(1 / X, 1), Region(x=(2, oo))).certified
    assert run(gt(1 / X, 0), RAY).certified < 1
    assert run(gt(sympy.log(X), -5), RAY).certified < 1


def test_a_counterexample_lies_in_the_region_and_meets_the_hypotheses():
    disk = le(X**2 + Y**2, 1)
    false = lt(X + Y, 1)
    evidence = run(false, SQUARE, disk)
    point = {sympy.Symbol(k, real=True): Rational(v) for k, v in evidence.counterexample}
    assert decide(disk, point).certain
    assert decide(false, point).refuted
    assert () == run(lt(X + Y, 2), SQUARE, disk).counterexample


def test_hypotheses_take_away_what_they_exclude():
    evidence = run(ge(X + Y, 0), SQUARE, ge(X, Y**2), boxes=40)
    excluded = [box for box, outcome in evidence.tiles if outcome == "excluded"]
    assert excluded
    for (low, high), (below, above) in excluded:
        least = 0 if below <= 0 <= above else min(below**2, above**2)
        assert low <= high <= least


def test_an_unbounded_range_is_drawn_in_its_chart():
    evidence = run(lt(X, 3), RAY)
    assert ("x", "0", "oo") == evidence.box[0]
    assert all(0 <= low <= high <= 1 for ((low, high),), _ in evidence.tiles)
    refuted = sum(high - low for ((low, high),), outcome in evidence.tiles if outcome == "refuted")
    # t = x/(1 + x) = 3/4 where x = 3
    assert 0.25 == pytest.approx(refuted, abs=1e-3)


def test_tiles_are_drawn_in_the_region_as_printed_though_a_hypothesis_bounds_it():
    evidence = run(ge(X, -1), LINE, ge(X, 0))
    assert (((0.0, 1.0),), "certified") in evidence.tiles
    within = run(ge(X, -1), RAY, le(X, 3))
    assert {"certified"} == {outcome for _, outcome in within.tiles}
    assert 0.75 == max(high for ((_, high),), _ in within.tiles)


def test_an_infinite_end_must_be_on_its_own_side():
    for ends in ((oo, 1), (0, -oo), (oo, oo), (sympy.nan, 1)):
        with pytest.raises((ClaimError, ExactnessError)):
            Region(x=ends)


def test_tiles_cover_the_box_for_one_and_two_variables():
    evidence = run(ge(X**2 + Y**2, 2 * X * Y), Region(x=(0, 1), y=(0, 1)))
    area = sum((x1 - x0) * (y1 - y0) for ((x0, x1), (y0, y1)), _ in evidence.tiles)
    assert 1 == pytest.approx(area)
    assert () == run(gt(X + Y + Z, -9), Region(x=(0, 1), y=(0, 1), z=(0, 1))).tiles


def test_the_same_inputs_give_the_same_evidence_and_leave_the_precision_alone():
    before = ctx.prec, ctx.cap
    relation = ge((X - Rational(1, 3)) ** 2 + (Y - Rational(1, 7)) ** 2, Rational(1, 1000))
    assert run(relation, SQUARE) == run(relation, SQUARE)
    assert before == (ctx.prec, ctx.cap)


@pytest.mark.parametrize("ends", [(0, oo), (-oo, 0), (-oo, oo)])
def test_a_claim_on_an_unbounded_region_is_certified(ends):
    claim = Claim(
        id="p/far",
        title="far",
        source=Source(Paper("p", "P", ("A",), 2020, "ref"), "Lemma 2", "1"),
        then={"below": lt(sympy.tanh(X), 1)},
        regions=[Region(x=ends)],
    )
    evidence = enclose_claim(claim, budget=Budget("tiny", 10, 100, 96, 10))
    assert [1] == [region.certified for region in evidence.regions]
    assert evidence.agreeing > 0
    low, high = map(str, ends)
    assert f"x in {interval(low, high)}" == judge(Evidence("p/far", enclose=evidence)).scope


def test_a_touching_set_may_use_the_definitions_of_its_claim():
    claim = Claim(
        id="p/touch",
        title="touch",
        source=Source(Paper("p", "P", ("A",), 2020, "ref"), "Lemma 3", "1"),
        where={K: X**2},
        then={"square": ge((Y - K) ** 2, 0)},
        regions=[Region(x=(0, 1), y=(0, 1)).touching(eq(Y, K))],
    )
    evidence = enclose_claim(claim, budget=Budget("tiny", 10, 100, 96, 10))
    assert [1] == [region.certified for region in evidence.regions]


def test_a_conclusion_without_enclosure_keeps_the_claim_from_being_certified():
    claim = Claim(
        id="p/one",
        title="one",
        source=Source(Paper("p", "P", ("A",), 2020, "ref"), "Lemma 1", "1"),
        given={"order": ge(X, 0)},
        then={"below": le(sympy.asinh(X), X), "at_zero": tends(sympy.asinh(X), X, 0, 0)},
        regions=[UNIT],
    )
    evidence = enclose_claim(claim, budget=Budget("tiny", 10, 100, 96, 10))
    assert ["below", "at_zero"] == [region.conclusion for region in evidence.regions]
    assert [1, 0] == [region.certified for region in evidence.regions]
    assert "no relation of scalars" in evidence.regions[1].reason
    assert 96 == evidence.precision_bits
