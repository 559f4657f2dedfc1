"""**Generic statements**: one point decides analytic functions, and only those."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
import sympy

from tests.soundness.statements import trial
from verifier import (
    Q,
    Step,
    absolute,
    almost_everywhere,
    asinh,
    by,
    cosh,
    eq,
    erf,
    exists,
    exp,
    function,
    ge,
    generic,
    gt,
    has_rank,
    independent,
    le,
    log,
    logistic,
    lt,
    ne,
    negation,
    open_dense,
    rank_at_least,
    rank_at_most,
    reals,
    sin,
    sqrt,
    tanh,
)
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.ground import decide_exactly
from verifier.derive.side import derive_claim, rule_named
from verifier.exact.statements import Relation, Statement

x, y, z, a, b, p, t = reals("x y z a b p t")
x1, x2, x3, w1, w2 = reals("x1 x2 x3 w1 w2")
f = function("f")
AE = almost_everywhere


def tried(statement: Any, *given: Statement, by: Justification = by.generic) -> Discharge:
    relations = tuple(s for s in given if isinstance(s, Relation))
    others = tuple(s for s in given if not isinstance(s, Relation))
    return rule_named(by.rule).discharge(statement, Context(relations, by, rule_named, others))


def neurons(weights: Any, at: Any, sigma: Any, slope: Any) -> list[Any]:
    """sigma(<w_k, x>) and its derivatives by the components of every w_k."""
    sums = [sympy.Add(*(u * v for u, v in zip(w, at, strict=True))) for w in weights]
    return [entry for s in sums for entry in (sigma(s), *(slope(s) * v for v in at))]


def separating(weights: Any, sigma: Any, slope: Any, *given: Statement) -> Any:
    """Almost all inputs give (d + 1) r neurons and derivatives in R^d a matrix of full rank."""
    d = len(weights[0])
    count = (d + 1) * len(weights)
    inputs = [reals(" ".join(f"x{i}_{k}" for k in range(d))) for i in range(count)]
    at = reals(" ".join(f"t{k}" for k in range(d)))
    matrix = [neurons(weights, point, sigma, slope) for point in inputs]
    claim = AE(has_rank(matrix, count), *(v for point in inputs for v in point))
    functions = independent(neurons(weights, at, sigma, slope), *at)
    step = Step("neurons", functions, by.independence)
    return trial("separating", "", claim, by.generic(blocks=inputs), *given, steps=(step,)).claim


@pytest.mark.parametrize(("d", "r"), [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1)])
def test_separating_inputs_are_almost_everywhere_for_all_distinct_weights(d: int, r: int) -> None:
    weights = [reals(" ".join(f"w{k}_{s}" for s in range(d))) for k in range(r)]
    pairs = list(combinations(weights, 2))
    distinct = [
        gt(sympy.Add(*((u - v) ** 2 for u, v in zip(*pair, strict=True))), 0) for pair in pairs
    ]
    assert derive_claim(separating(weights, exp, exp, *distinct)).complete
    if distinct:
        assert not derive_claim(separating(weights, exp, exp, *distinct[1:])).complete


def shifted(u: Any) -> Any:
    return tanh(u + Q(1, 2))


def slope_of_shifted(u: Any) -> Any:
    return 1 - tanh(u + Q(1, 2)) ** 2


@pytest.mark.parametrize("weights", [[(0,), (1,)], [(1,), (-1,), (2,)], [(0, 0), (1, 1)]], ids=str)
def test_a_shifted_activation_separates_at_zero_and_opposite_weights(weights: Any) -> None:
    assert derive_claim(separating(weights, shifted, slope_of_shifted)).complete


def test_an_odd_activation_does_not_separate_opposite_weights() -> None:
    slope = lambda u: 1 - tanh(u) ** 2  # noqa: E731
    evidence = derive_claim(separating([(1,), (-1,)], tanh, slope))
    assert "they are dependent" in evidence.steps[0].reason
    rows = [neurons([(1,), (-1,)], (s,), tanh, slope) for s in reals("s1 s2 s3 s4")]
    denied = negation(AE(has_rank(rows, 4), *reals("s1 s2 s3 s4")))
    assert tried(denied).holds


def test_given_separating_inputs_separate_on_an_open_dense_set_of_weights() -> None:
    matrix = [[exp(w1 * s), exp(w2 * s)] for s in (1, 2)]
    assert tried(open_dense(has_rank(matrix, 2), w1, w2)).holds
    assert not tried(has_rank(matrix, 2), by=by.rank).holds


def test_there_are_separating_inputs() -> None:
    """Corollary 3.2 for exp: r = 2 neurons on the line with any distinct weights."""
    inputs = reals("x0 x1 x2 x3")
    weights = [(w1,), (w2,)]
    matrix = has_rank([neurons(weights, (s,), exp, exp) for s in inputs], 4)
    steps = (
        Step("neurons", independent(neurons(weights, (t,), exp, exp), t), by.independence),
        Step("almost all", AE(matrix, *inputs), by.generic(blocks=inputs), uses=["neurons"]),
    )
    found = trial("some", "", exists(inputs, matrix), by.generic, ne(w1, w2), steps=steps).claim
    assert derive_claim(found).complete


def test_there_is_none_where_another_thing_or_a_part_is_known() -> None:
    known = AE(ne(x * y, 1), x, y, on=gt(x, 0))
    for statement in (exists((x, y), ne(x * y, 1)), exists(x, ne(x * y, 1))):
        for fact in (known, AE(ne(x * y, 2), x, y), AE(ne(x * y, 1), x)):
            if statement != exists(x, ne(x * y, 1)) or fact != AE(ne(x * y, 1), x):
                assert not tried(statement, fact).holds
    assert tried(exists((y, x), ne(x * y, 1)), AE(ne(x * y, 1), x, y)).holds


HOLD: dict[str, tuple[Statement, tuple[Statement, ...]]] = {
    "polynomial": (generic(ne(x**2 * y, 1), x, y), ()),
    "error function": (AE(ne(erf(x), x), x), ()),
    "root inside": (AE(ne(sqrt(1 + x**2), 2), x), ()),
    "inverse": (open_dense(ne(asinh(x), 1), x), ()),
    "half line": (AE(ne(log(x), sqrt(x)), x, on=gt(x, 0)), ()),
    "box": (AE(ne(1 / x, x), x, on=(ge(x, 1), le(x, 3))), ()),
    "simplex": (AE(ne(x * y, Q(1, 9)), x, y, on=(gt(x, 0), gt(y, 0), lt(x + y, 1))), ()),
    "power": (AE(ne(x**p, 2), x, on=gt(x, 0)), (gt(p, 1),)),
    "with a parameter": (AE(ne(logistic(p * x), Q(1, 2)), x), (ne(p, 0),)),
    "everywhere": (AE(ne(absolute(x), -1), x), ()),
    "equation": (AE(eq(sin(x) ** 2, 1 - sympy.cos(x) ** 2), x), ()),
    "sign": (AE(lt(-(x**2) * y**2, 0), x, y), ()),
    "rank from below": (AE(rank_at_least([[x, y]], 1), x, y), ()),
    "rank from above": (AE(rank_at_most([[x, 2 * x]], 1), x), ()),
    "rank of a product": (generic(has_rank([[x * a, x * b], [y * a, y * b]], 1), x, y, a, b), ()),
    "not for any": (negation(AE(eq(x, p), x)), (gt(p, 0),)),
    "not on half of it": (negation(AE(gt(x, 0), x)), ()),
    "not a higher rank": (negation(AE(rank_at_most([[x, 0], [0, y]], 1), x, y)), ()),
}


@pytest.mark.parametrize("name", HOLD)
def test_it_holds_generically_and_its_opposite_does_not(name: str) -> None:
    statement, given = HOLD[name]
    assert tried(statement, *given).holds
    assert not tried(negation(statement), *given).holds


REFUSED: dict[str, tuple[Statement, Justification, tuple[Statement, ...], str]] = {
    "option": (AE(ne(x, 0), x), by.generic(points=1), (), "has no option `points`"),
    "kink": (AE(ne(absolute(x) + x - 1, 0), x), by.generic, (), "`Abs` in Abs(x) is not known"),
    "maximum": (AE(ne(sympy.Max(x, 0), 1), x), by.generic, (), "not known to be analytic"),
    "abstract function": (AE(ne(f(x), 0), x), by.generic, (), "not known to be analytic"),
    "root at an end": (AE(ne(sqrt(x), 1), x, on=ge(x, 0)), by.generic, (), "needs x > 0"),
    "pole": (AE(ne(1 / x, 2), x), by.generic, (), "x != 0"),
    "two components": (AE(ne(1 / x, 2), x, on=ne(x, 0)), by.generic, (), "may not use x != 0"),
    "hyperbola": (AE(ne(x + y, 2), x, y, on=gt(x * y, 1)), by.generic(at={x: 2, y: 3}), (),
                  "may be disconnected"),
    "surface": (AE(ne(x, 2), x, y, on=eq(x, y)), by.generic(at={x: 1, y: 1}), (),
                "may not use x == y"),
    "no interior": (AE(ne(x, 0), x, on=(ge(x, 0), le(x, 0))), by.generic, (), "no point inside"),
    "witness on the boundary": (AE(ne(x + y, 0), x, y, on=(ge(x, 0),)),
                                by.generic(at={x: 0, y: 1}), (), "0 > 0"),
    "witness of one": (AE(ne(x * y, 0), x, y), by.generic(at={x: 1}), (), "no value of `y`"),
    "parameter": (AE(ne(p * x, 0), x), by.generic, (), "the sign of"),
    "hypothesis on the bound name": (AE(gt(x, 0), x), by.generic, (gt(x, 0),), "the sign of"),
    "zariski": (generic(ne(exp(x), 1), x), by.generic, (), "is no polynomial"),
    "upper bound of a rank": (AE(rank_at_most([[x, p], [0, x]], 1), x), by.generic, (),
                              "is not shown at every point"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why(name: str) -> None:
    statement, justification, given, reason = REFUSED[name]
    claim = trial(name.replace(" ", "-"), "", statement, justification, *given).claim
    (step,) = derive_claim(claim).steps
    assert not step.discharged
    assert reason in step.reason


KNOWN = independent([exp(a * t), exp(b * t)], t)
ROWS = [[exp(a * s), exp(b * s)] for s in (x1, x2)]
BLOCKS: dict[str, tuple[Statement, Any, tuple[Statement, ...], str]] = {
    "no step": (AE(has_rank(ROWS, 2), x1, x2), [x1, x2], (), "no step in `uses`"),
    "one block": (AE(has_rank(ROWS, 2), x1, x2), [x1], (KNOWN,), "give 2 blocks"),
    "shared": (AE(has_rank(ROWS, 2), x1, x2), [x1, x1], (KNOWN,), "share a variable"),
    "foreign": (AE(has_rank(ROWS, 2), x1, x2), [x1, x3], (KNOWN,), "no variable of the statement"),
    "exchanged": (AE(has_rank(ROWS, 2), x1, x2), [x2, x1], (KNOWN,), "exp(a*x1) = exp(a*x2)"),
    "lower rank": (AE(has_rank(ROWS, 1), x1, x2), [x1, x2], (KNOWN,), "the rank is 2"),
    "three columns": (AE(has_rank([[*row, 1] for row in ROWS], 2), x1, x2), [x1, x2], (KNOWN,),
                      "another number of functions"),
    "coordinates": (AE(has_rank(ROWS, 2), x1, x2, y, z), [(x1, y), (x2, z)], (KNOWN,),
                    "has 1 coordinates"),
    "bound parameter": (AE(has_rank(ROWS, 2), x1, x2, a), [x1, x2], (KNOWN,),
                        "free of what this statement binds"),
    "zariski": (generic(has_rank(ROWS, 2), x1, x2), [x1, x2], (KNOWN,), "is no polynomial"),
    "kink": (AE(has_rank([[absolute(s), s] for s in (x1, x2)], 2), x1, x2), [x1, x2],
             (independent([absolute(t), t], t),), "not known to be analytic"),
    "hidden kink": (
        AE(has_rank([[sqrt(s**2 + s**4), s * sqrt(1 + s**2)] for s in (x1, x2)], 2), x1, x2),
        [x1, x2],
        (independent([sqrt(t**2 + t**4), t * sqrt(1 + t**2)], t), gt(t, 0)),
        "not known to be analytic|needs",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_are_not_taken_for_what_they_are_not(name: str) -> None:
    statement, blocks, given, reason = BLOCKS[name]
    answer = tried(statement, *given, by=by.generic(blocks=blocks))
    assert (False, False) == (answer.holds, answer.disproof)
    assert any(part in answer.reason for part in reason.split("|"))


def test_more_rows_than_functions_and_fewer_are_of_full_rank() -> None:
    more = [[exp(a * s), exp(b * s)] for s in (x1, x2, x3)]
    variables = (x1, x2, x3)
    assert tried(AE(has_rank(more, 2), *variables), KNOWN, by=by.generic(blocks=variables)).holds
    one = [[exp(a * x1), exp(b * x1)]]
    assert tried(AE(rank_at_least(one, 1), x1), KNOWN, by=by.generic(blocks=[x1])).holds


@pytest.mark.parametrize("seed", range(40))
def test_the_exact_answer_for_polynomials_is_whether_they_vanish(seed: int) -> None:
    rng = random.Random(seed)
    pool = (x + y, x - y, x * y, x**2 + 1, y - 2, x + 3 * y)
    one, two, three = (rng.choice(pool) for _ in range(3))
    gap = one * (two + three) - one * two - (one * three if rng.random() < 0.5 else two * three)
    vanishes = sympy.expand(gap) == 0
    for extent in (AE, open_dense, generic):
        answer = decide_exactly(extent(ne(gap, 0), x, y))
        assert (not vanishes, vanishes) == (answer.certain, answer.refuted)


def test_a_certificate_has_the_value_at_the_point() -> None:
    answer = tried(AE(ne(x**2 + y**2, 1), x, y))
    assert (True, "at x = 1, y = 2") == (answer.certified, answer.reason)
    assert len(answer.certificates) == 1
    assert not tried(AE(ne(cosh(x), 2), x)).certified
