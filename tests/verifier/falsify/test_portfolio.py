"""**The portfolio**: each way to search finds what the others miss, and is needed for it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from verifier import (
    Claim,
    Paper,
    Q,
    Space,
    dot,
    eq,
    exp,
    ge,
    gt,
    iterates,
    le,
    lt,
    maximum,
    norm,
    norm2,
    reals,
    sqrt,
    tanh,
    within,
)
from verifier.budget import BUDGETS
from verifier.falsify.examine import Examiner
from verifier.falsify.instances.instance import Rows
from verifier.falsify.instances.strategies import Generator
from verifier.falsify.search import Hunt
from verifier.falsify.side import falsify_claim
from verifier.falsify.walks.minimise import free_entries, perturbed
from verifier.falsify.walks.solver import by_solver

pytest.importorskip("z3")
PAPER = Paper("trial", "Needles", "Nobody", 2024, "")
a, b, x, y = reals("a b x y")
d = Space("d")
u, v = d.vectors("u v")
SQUARE = {"x": within(x, -2, 2), "y": within(y, -2, 2)}


def claim(then: Any, given: dict[str, Any] | None = None) -> Claim:
    return Claim(
        id="trial/needle",
        title="A needle",
        source=PAPER.at("Lemma 1", section="1"),
        given=given or {},
        then={"c": then},
    )


NEEDLE = ge((x - Q(3141, 10**4)) ** 2 + (y - Q(2718, 10**4)) ** 2, Q(1, 10**8))
SOLVED = {
    "a needle": claim(NEEDLE, SQUARE),
    "a root": claim(ge(sqrt(x) + y, Q(1, 100)), {"x": gt(x, 9), "y": ge(y, -3)}),
    "an extreme": claim(le(maximum(x, y), Q(1234, 1000)), {"sum": eq(x + y, Q(1235, 1000))}),
    "a quotient": claim(lt(1 / x, Q(100)), {"x": gt(x, 0), "small": lt(x, Q(1, 50))}),
    "vectors": claim(ge(dot(u, v), Q(-1, 7)), {"u": lt(norm2(u), Q(1, 2)), "v": lt(norm(v), 1)}),
}


@pytest.mark.parametrize("name", SOLVED)
def test_a_model_of_the_negation_is_an_instance_that_fails(name: str) -> None:
    examiner = Examiner(SOLVED[name])
    found = list(by_solver(examiner, Generator(examiner), 0))
    assert any(
        not examiner.failing(instance) and examiner.conclude(0, instance).status.value == "false"
        for instance in found
    )


def test_a_true_statement_has_no_model() -> None:
    examiner = Examiner(claim(ge(x**2 + y**2, 2 * x * y)))
    assert list(by_solver(examiner, Generator(examiner), 0)) == []


def test_what_a_solver_does_not_read_is_left_to_others() -> None:
    examiner = Examiner(claim(ge(exp(x), x), SQUARE))
    assert list(by_solver(examiner, Generator(examiner), 0)) == []


FOUND_BY = {
    "solver": SOLVED["a needle"],
    "margin": claim(
        ge((exp(x) - Q(17, 10)) ** 2 + (tanh(3 * y) - tanh(Q(111, 100))) ** 2, Q(1, 10**6)), SQUARE
    ),
    "corner": claim(ge(x**2 + y**2, Q(1, 2)), SQUARE),
}


@pytest.mark.parametrize("stage", FOUND_BY)
@pytest.mark.parametrize("seed", range(3))
def test_the_stage_that_is_meant_for_it_finds_it(stage: str, seed: int) -> None:
    evidence = falsify_claim(FOUND_BY[stage], budget=BUDGETS["standard"], seed=seed)
    assert evidence.counterexample is not None
    assert evidence.counterexample.found_by == stage


def test_a_walk_downhill_moves_the_entries_of_vectors() -> None:
    """The margin is least at one vector, which has no small entries."""
    bowl = exp(norm2(u) + Q(2, 3) * dot(u, v)) * (1 + norm2(v)) - Q(9999, 10000) * (1 + norm2(v))
    found = falsify_claim(claim(ge(bowl, 0)), budget=BUDGETS["standard"], seed=0)
    assert found.counterexample is not None


def test_only_free_numbers_are_moved() -> None:
    """What an equation determines, and a vector of a given length, follow from the others."""
    given = {"sum": eq(a, x + 1), "unit": eq(norm2(u), 1)}
    examiner = Examiner(claim(ge(a * x + dot(u, v), -1), given))
    generator = Generator(examiner)
    instance = generator.draw(random.Random(1))
    assert instance is not None
    assert {place.name for place in free_entries(generator, instance)} == {"x", "v"}
    for other in perturbed(generator, instance):
        assert examiner.failing(other) == ""
        assert other != instance


def test_entries_of_a_matrix_are_moved_one_by_one() -> None:
    (M,) = d.matrices("M")
    examiner = Examiner(claim(ge(norm2(M), 0)))
    generator = Generator(examiner)
    instance = next(i for i in generator.corners() if i["d"] == 2)
    rows = instance["M"]
    assert isinstance(rows, Rows)
    changed = {
        tuple((i, j) for i in range(2) for j in range(2) if other.rows[i][j] != rows.rows[i][j])
        for moved in perturbed(generator, instance)
        if isinstance(other := moved["M"], Rows)
    }
    assert changed == {((0, 0),), ((0, 1),), ((1, 0),), ((1, 1),)}


def test_four_hundred_steps_of_descent_stay_at_the_saddle() -> None:
    step = {x: x - (x * y - 1) * y / 10, y: y - (x * y - 1) * x / 10}
    p, q = iterates(step, {x: a, y: b}, times=400)
    found = falsify_claim(
        claim(lt((p * q - 1) ** 2 / 2, Q(1, 1000))), budget=BUDGETS["standard"], seed=0
    )
    assert found.counterexample is not None
    assert found.counterexample.instance == {"a": "0", "b": "0"}


def test_the_same_seed_gives_the_same_search() -> None:
    hunts = [Hunt(FOUND_BY["margin"], budget=600, seed=3) for _ in range(2)]
    first, second = (hunt.run() for hunt in hunts)
    assert first.hit == second.hit
    assert first.instances == second.instances
