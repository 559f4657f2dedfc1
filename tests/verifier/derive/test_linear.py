"""**linear**: consequences of linear facts, their boundary, points against them, bad input."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flint import Ordering, fmpq, fmpq_mpoly_ctx
from scipy.optimize import linprog
from sympy import Max, Min, Symbol

from verifier import Q, Space, absolute, by, dot, eq, exp, ge, gt, le, lt, ne, norm2, reals, tends
from verifier.by import Justification
from verifier.derive.context import Context, Discharge
from verifier.derive.kernel.linear.farkas import Certificate, Counterpoint, Fact, consequence
from verifier.derive.kernel.linear.simplex import Separation, Solution, nonnegative_solution
from verifier.derive.rules.linear import setting_of
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation

x, y, z, beta, tau, epsilon = reals("x y z beta tau epsilon")
space = Space()
u, v = space.vectors("u v")
RING = fmpq_mpoly_ctx.get(("x", "y"), Ordering.degrevlex)
X, Y = RING.gens()


def tried(statement: Any, *given: Any, by: Justification = by.linear) -> Discharge:
    return rule_named(by.rule).discharge(statement, Context(given, by, rule_named))


TRUE = {
    "chain": (le(x, z), le(x, y), le(y, z)),
    "strict chain": (lt(x, z), le(x, y), lt(y, z)),
    "weights": (ge(2 * x + 3 * y, 12), ge(x, 3), ge(y, 2)),
    "strict by a constant": (gt(x, 0), ge(x, Q(1, 10**30))),
    "without hypotheses": (gt(x + 1, x),),
    "equality from equalities": (eq(x, 2), eq(x + y, 3), eq(x - y, 1)),
    "equality from both sides": (eq(x, y), le(x, y), ge(x, y)),
    "negative multiplier of an equality": (le(x, 1), eq(x + y, 3), ge(y, 2)),
    "identity": (eq((x + 1) ** 2, x**2 + 2 * x + 1),),
    "monomials are unknowns": (ge(x * y + 2 * x**3, 5), ge(x * y, 1), ge(x**3, 2)),
    "expanded": (ge(x * (y + 1), 3), ge(x * y, 1), ge(x, 2)),
    "inner products": (ge(norm2(u + v), 1), ge(norm2(u) + norm2(v), 2), ge(2 * dot(u, v), -1)),
    "others are left out": (gt(x, 0), gt(x, y), ge(y, 0), gt(exp(y), 1), ne(x, 3), eq(u, v)),
    "constants": (lt(Q(1, 3), Q(1, 2)),),
    "minimum below its parts": (le(Min(x, y), (x + y) / 2),),
    "maximum above its parts": (ge(Max(x, y, z) * 3, x + y + z),),
    "minimum that is known": (ge(Min(x, y), 1), ge(x, 1), ge(y, x)),
    "absolute value": (ge(absolute(x), -x),),
    "absolute value that is known": (le(absolute(x - 2), 1), ge(x, 2), le(x, 3)),
    "maximum of a minimum": (eq(Max(Min(x, y), z), x), le(x, y), le(z, x)),
    "minimum in a product": (ge(z * Min(x, y), 1), ge(z * Min(x, y) - x, 0), ge(x, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_consequences_are_proved(name: str) -> None:
    statement, *given = TRUE[name]
    answer = tried(statement, *given)
    assert (True, ()) == (answer.holds, answer.conditions), answer.reason
    assert "contradict" not in answer.reason


FALSE = {
    "closed end": (gt(x, 0), ge(x, 0)),
    "just outside": (ge(x, 0), ge(x, -Q(1, 10**30))),
    "just too large": (le(x + y, 2), le(x, 1), lt(y, 1 + Q(1, 10**30))),
    "wrong side": (ge(x, 0), le(x + y, 1), ge(y, 0)),
    "one side of an equality": (eq(x, 1), ge(x, 1)),
    "open ends that meet": (lt(x, 1), lt(x + y, 2), ge(y, 1 - Q(1, 10**20))),
    "nothing is known": (ge(x, -(10**30)),),
    "a constant": (gt(0, 0),),
    "an excluded point": (gt(x, 0), ge(x, 0), ne(x, 0)),
    "a product of bounds": (ge(x * y, 0), ge(x, 0), ge(y, 0)),
    "a square": (ge(x**2, 0),),
    "minimum of one bound": (ge(Min(x, y), 1), ge(x, 1)),
    "minimum by no case": (ge(Min(x, y), 1), ge(x, 1), ge(y, 1)),
    "absolute value of unknown sign": (eq(absolute(x), x), ge(x, -1)),
    "a hypothesis that is not read": (gt(x, 0), gt(exp(x), 1)),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_follow_is_refused_with_a_point(name: str) -> None:
    statement, *given = FALSE[name]
    answer = tried(statement, *given)
    assert (False, False) == (answer.holds, answer.disproof)
    assert "it does not follow" in answer.reason
    assert " fails\n    at " in answer.reason


def test_the_point_satisfies_the_hypotheses_and_not_the_statement() -> None:
    setting = setting_of(gt(x + y, 1), (ge(x, Q(1, 2)), gt(y, 0), lt(y, 1)))
    point = consequence(setting.gap, ">", setting.facts)
    assert isinstance(point, Counterpoint)
    left, right = (dict(point.values)[m] for m in ((1, 0), (0, 1)))
    assert left >= fmpq(1, 2)
    assert 0 < right < 1
    assert left + right <= 1
    assert left + right - 1 == point.goal


def test_dependent_monomials_are_named_as_such() -> None:
    assert "unknowns of their own" in tried(ge(x**2, 0)).reason
    assert "unknowns of their own" not in tried(ge(x, 0)).reason


@pytest.mark.parametrize(
    "given",
    [
        (gt(x, 0), lt(x, 0)),
        (gt(x, y), ge(y, x)),
        (eq(x, 1), eq(x, 2)),
        (lt(x, y), lt(y, z), lt(z, x)),
        (gt(0, 1),),
        (ge(x, 1), le(Min(x, y), 0), ge(y, 1), le(x, y)),
    ],
)
def test_contradictory_hypotheses_give_anything_and_the_reason_says_so(given: Any) -> None:
    for statement in (gt(tau, 10**6), lt(tau, -(10**6)), eq(tau, beta)):
        answer = tried(statement, *given)
        assert answer.holds
        assert "the hypotheses contradict each other: 0 = " in answer.reason


@pytest.mark.parametrize("given", [(ge(x, 0), le(x, 0)), (ge(x, y), ge(y, z), ge(z, x))])
def test_hypotheses_that_meet_in_a_face_are_no_contradiction(given: Any) -> None:
    assert not tried(gt(tau, 0), *given).holds


def test_degenerate_systems_come_to_an_end() -> None:
    many = [ge(a * x + b * y + c * z, 0) for a in (0, 1, 2) for b in (0, 1, 2) for c in (0, 1, 2)]
    repeated = [*many, *many, eq(x - x, 0), eq(2 * x, 2 * y), eq(x, y)]
    assert tried(ge(x + 7 * y + z, 0), *repeated).holds
    assert not tried(gt(x + 7 * y + z, 0), *repeated).holds
    assert not tried(ge(x - z, 0), *repeated).holds


def test_beale_s_cycling_example_ends() -> None:
    rows = [[Q(1, 4), -60, -Q(1, 25), 9, 1, 0, 0], [Q(1, 2), -90, -Q(1, 50), 3, 0, 1, 0],
            [0, 0, 1, 0, 0, 0, 1], [Q(3, 4), -150, Q(1, 50), -6, 0, 0, 0]]  # fmt: skip
    columns = [[fmpq(int(Q(r[j]).p), int(Q(r[j]).q)) for r in rows] for j in range(7)]
    target = [fmpq(0), fmpq(0), fmpq(1), fmpq(1, 20)]
    found = nonnegative_solution(columns, target)
    assert isinstance(found, Solution)
    assert target == [
        sum(c[i] * w for c, w in zip(columns, found.x, strict=True)) for i in range(4)
    ]
    assert isinstance(nonnegative_solution(columns, [*target[:3], fmpq(51, 1000)]), Separation)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        (eq(u, v), "between scalars only"),
        (tends(x * y, x, 0, 0), "between scalars only"),
        (ne(x, y), "between scalars only"),
        (space.positive_definite("A"), "between scalars only"),
    ],
)
def test_other_statements_are_refused(statement: Any, text: str) -> None:
    answer = tried(statement, gt(x, 0))
    assert not answer.holds
    assert text in answer.reason


@pytest.mark.parametrize("side", [exp(x), 1 / x, x ** Q(1, 2), 2**x, Min(x, exp(x)), x**61])
def test_what_is_no_polynomial_raises(side: Any) -> None:
    with pytest.raises(UnsupportedError, match="`linear` reads"):
        tried(ge(side, side - 1))


def test_large_powers_are_refused_at_once() -> None:
    with pytest.raises(UnsupportedError, match="degrees up to"):
        tried(ge((x + y) ** (10**12), 0))
    with pytest.raises(UnsupportedError, match="monomials"):
        tried(ge((x + y + z + beta + tau + 1) ** 30, 0))
    assert tried(ge(x, 0), ge(x, 1), ge((x + y) ** (10**12), 0)).holds


def test_two_symbols_of_one_name_and_complex_symbols_are_refused() -> None:
    with pytest.raises(UnsupportedError, match="Two symbols are called `x`"):
        setting_of(Relation(">", x, Symbol("x", integer=True, positive=True)), ())
    with pytest.raises(UnsupportedError, match="not a real symbol"):
        setting_of(Relation(">=", Symbol("q"), 1 + x), ())


def test_options_are_refused() -> None:
    assert "no option `degree`" in tried(ge(x, 0), ge(x, 0), by=by.linear(degree=2)).reason


SMALL = (gt(tau, 0), lt(tau, beta), lt(tau, 1 - beta))


def test_rates_compare_by_their_exponents() -> None:
    """epsilon^(2 beta - tau) and epsilon^(1 - tau) are o(epsilon^beta) as epsilon -> 0."""
    assert tried(gt(2 * beta - tau, beta), *SMALL).holds
    assert tried(gt(1 - tau, beta), *SMALL).holds
    worst = Min(2 * beta - tau, 1 - tau)
    split = by.cases(2 * beta, 1, by.linear)
    assert tried(gt(worst, beta), *SMALL, by=split).holds
    assert not tried(gt(worst, beta), *SMALL).holds
    assert not tried(gt(worst, beta + tau), *SMALL, by=split).holds
    assert not tried(gt(worst, beta), gt(tau, 0), le(tau, beta), lt(tau, 1 - beta), by=split).holds


def test_the_best_exponent_is_where_two_rates_meet() -> None:
    """min(beta, 1 - 2 beta) <= 1/3, with equality at beta = 1/3 only on one side each."""
    worst = Min(beta, 1 - 2 * beta)
    assert tried(le(worst, Q(1, 3))).holds
    assert tried(eq(worst, Q(1, 3)), eq(beta, Q(1, 3))).holds
    assert tried(lt(worst, Q(1, 3)), gt(beta, Q(1, 3))).holds
    assert not tried(lt(worst, Q(1, 3))).holds
    assert not tried(le(worst, Q(1, 3) - Q(1, 10**12))).holds


def test_certificates_are_json_with_their_multipliers() -> None:
    setting = setting_of(ge(2 * x + 3 * y, 12), (ge(x, 3), ge(y, 2), ge(z, 0)))
    found = consequence(setting.gap, ">=", setting.facts)
    assert isinstance(found, Certificate)
    data = json.loads(json.dumps(found.to_json()))
    used = {row["fact"]: row["multiplier"] for row in data["multipliers"]}
    assert {"x >= 3": "2", "y >= 2": "3"} == used
    assert ("0", False, ">=") == (data["constant"], data["contradiction"], data["op"])


def test_lemmas_of_a_minimum_are_in_the_certificate() -> None:
    setting = setting_of(ge(Min(x, y), 1), (ge(x, 1), ge(y, x)))
    found = consequence(setting.gap, ">=", setting.facts)
    assert isinstance(found, Certificate)
    rows = [row for row in found.to_json()["multipliers"] if row["because"]]
    assert ["Min(x, y) = x"] == [row["fact"] for row in rows]
    broken = replace(found.facts[0][1], because=(replace(found, goal=found.goal + 1),))
    assert not replace(found, facts=((fmpq(0), broken), *found.facts)).holds()


def test_a_changed_certificate_does_not_hold() -> None:
    good = consequence(X + Y, ">", [Fact("x > 0", X, ">"), Fact("y >= 0", Y, ">=")])
    assert isinstance(good, Certificate)
    assert good.holds()
    weak = (fmpq(1), Fact("x >= 0", X, ">="))
    assert not replace(good, facts=(weak, good.facts[1])).holds()
    assert replace(good, facts=(weak, good.facts[1]), op=">=").holds()
    assert not replace(good, goal=X - Y).holds()
    assert not replace(good, goal=X + Y + 1).holds()
    assert not replace(good, constant=fmpq(1)).holds()
    assert not replace(good, contradiction=True).holds()
    negative = Certificate(-X, ">=", ((fmpq(-1), Fact("x >= 0", X, ">=")),), fmpq(0))
    assert not negative.holds()
    assert not Certificate(RING.constant(-1), ">=", (), fmpq(-1)).holds()
    assert not Certificate(X, ">=", (), fmpq(0), contradiction=True).holds()
    assert not replace(good, op="==").holds()


def some_system(pick: random.Random) -> tuple[list[tuple[list[int], str]], list[int], str]:
    """Rows (a, b) with a . x + b `op` 0, the goal's row and its op."""
    size = pick.randint(1, 4)
    row = lambda: [pick.randint(-3, 3) for _ in range(size + 1)]  # noqa: E731
    facts = [(row(), pick.choice((">", ">=", ">=", "=="))) for _ in range(pick.randint(0, 6))]
    goal = row()
    if facts and pick.random() < 0.5:
        weights = [pick.randint(0, 2) for _ in facts]
        goal = [
            sum(w * f[0][k] for w, f in zip(weights, facts, strict=True)) for k in range(size + 1)
        ]
        goal[-1] += pick.randint(-1, 1)
    return facts, goal, pick.choice((">", ">="))


def follows_by_linprog(facts: list[tuple[list[int], str]], goal: list[int], op: str) -> bool:
    """Whether no x keeps strict facts above t > 0 (and the goal below -t, or below 0)."""
    size = len(goal) - 1
    upper = [
        ([*(-c for c in a[:-1]), int(kind == ">")], a[-1]) for a, kind in facts if kind != "=="
    ]
    upper.append(([*goal[:-1], int(op == ">=")], -goal[-1]))
    equal = [([*a[:-1], 0], -a[-1]) for a, kind in facts if kind == "=="]
    found = linprog(
        [0] * size + [-1],
        A_ub=np.array([a for a, _ in upper]),
        b_ub=np.array([b for _, b in upper]),
        A_eq=np.array([a for a, _ in equal]) if equal else None,
        b_eq=np.array([b for _, b in equal]) if equal else None,
        bounds=[(None, None)] * size + [(None, 1)],
    )
    return found.status == 2 or -found.fun < 1e-7


@pytest.mark.parametrize("seed", range(10))
def test_random_systems_agree_with_another_solver(seed: int) -> None:
    pick = random.Random(seed)
    seen = set()
    for _ in range(30):
        facts, goal, op = some_system(pick)
        names = [f"x{k}" for k in range(len(goal) - 1)]
        ring = fmpq_mpoly_ctx.get(tuple(names), Ordering.degrevlex)
        read = lambda row: sum(  # noqa: E731
            (g * c for g, c in zip(ring.gens(), row, strict=False)),  # noqa: B023
            ring.constant(row[-1]),  # noqa: B023
        )
        given = [Fact(str(row), read(row), kind) for row, kind in facts]
        found = consequence(read(goal), op, given)
        seen.add((type(found), getattr(found, "contradiction", False)))
        assert follows_by_linprog(facts, goal, op) is isinstance(found, Certificate), (facts, goal)
    assert len(seen) >= 2
