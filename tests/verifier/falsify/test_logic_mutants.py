"""**Changed logic**: what is made says more, or something else."""

from __future__ import annotations

from verifier import (
    eq,
    exists,
    for_all,
    gt,
    implies,
    individuals,
    oo,
    predicate,
    reals,
    sort,
    tends,
    tends_in_turn,
    tends_jointly,
)
from verifier.falsify.mutants.logic import limit_orders, logic_changes, positive_parts

x, y = reals("x y")
i, j, k = individuals("i j k", sort("Data"))
R = predicate("R", sort("Data"), sort("Data"))
p, q, r = (predicate(name)() for name in "pqr")


def made(kind: str, statement: object) -> set[object]:
    return {s for found, _, s in logic_changes(statement) if found == kind}


def test_quantifiers_change_places_where_that_says_more() -> None:
    assert exists(y, for_all(x, gt(y, x))) in made("quantifier", for_all(x, exists(y, gt(y, x))))
    assert set() == made("quantifier", for_all(x, for_all(y, gt(y, x))))
    assert {for_all(y, for_all(x, gt(y, x)))} == made("quantifier", exists(y, for_all(x, gt(y, x))))


def test_a_chosen_variable_moves_past_a_premise_that_does_not_have_it() -> None:
    statement = for_all(x, exists(y, eq(y**2, x)), given=gt(x, 0))
    assert exists(y, for_all(x, eq(y**2, x), given=gt(x, 0))) in made("quantifier", statement)


def test_premises_are_lost_and_implications_turned() -> None:
    statement = implies((p, q), r)
    assert {r, implies(p, r), implies(q, r)} == made("hypothesis", statement)
    assert {implies(r, (p, q))} == made("symbols", statement)


def test_arguments_of_one_sort_change_places() -> None:
    assert {for_all((i, j), R(j, i))} == made("symbols", for_all((i, j), R(i, j)))
    assert set() == made("symbols", for_all(i, R(i, i)))


def test_a_premise_is_no_part_in_which_more_is_said() -> None:
    statement = for_all(x, gt(x, 1), given=gt(x, 2))
    assert gt(x, 1) in [part for _, part in positive_parts(statement)]
    assert gt(x, 2) not in [part for _, part in positive_parts(statement)]


def test_limits_in_turn_are_turned_or_taken_at_once() -> None:
    statement = tends_in_turn(x / y, (x, 0), (y, oo), value=0)
    turned = tends_in_turn(x / y, (y, oo), (x, 0), value=0)
    jointly = tends_jointly(x / y, (x, 0), (y, oo), value=0)
    assert [turned, jointly] == [s for _, _, s in limit_orders(statement)]
    assert [] == list(limit_orders(tends(x, x, 0, 0)))
