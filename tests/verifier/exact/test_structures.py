"""**Finite structures**: tables, and what first-order statements say in them."""

from __future__ import annotations

import pytest

from verifier import (
    and_,
    eq,
    exists,
    for_all,
    gt,
    implies,
    individual,
    individuals,
    le,
    lt,
    mapping,
    ne,
    negation,
    or_,
    predicate,
    real,
    sort,
)
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.structures import (
    Structure,
    Table,
    is_first_order,
    satisfied,
    vocabulary,
)

DATA, HEIGHT = sort("Data"), sort("Height", ordered=True)
SIGN = sort("Sign", of="minus plus")
i, j = individuals("i j", DATA)
height = mapping("height", DATA, to=HEIGHT)
sign = mapping("sign", DATA, to=SIGN)
likes = predicate("likes", DATA, DATA)
rain = predicate("rain")()
HERE = Structure(
    {"Data": 2, "Height": 3},
    {
        "height": Table((2,), (3, 1)),
        "sign": Table((2,), (1, 2)),
        "likes": Table((2, 2), (0, 1, 0, 0)),
        "rain": Table((), (1,)),
        "i": Table((), (2,)),
    },
)

TRUE = (
    rain,
    exists((i, j), likes(i, j)),
    exists(i, for_all(j, implies(likes(i, j), ne(i, j)))),
    exists(j, lt(height(i), height(j))),
    eq(sign(i), SIGN["plus"]),
    for_all(j, or_(eq(sign(j), SIGN["minus"]), eq(sign(j), SIGN["plus"]))),
    for_all((i, j), or_(le(height(i), height(j)), le(height(j), height(i)))),
    implies(exists(j, likes(i, j)), negation(rain)),
)
FALSE = (
    for_all(i, exists(j, likes(i, j))),
    exists(j, for_all(i, likes(i, j))),
    exists(j, likes(i, j)),
    eq(sign(i), SIGN["minus"]),
    and_(rain, for_all((i, j), eq(height(i), height(j)))),
)


@pytest.mark.parametrize("statement", TRUE, ids=str)
def test_what_holds_in_the_tables(statement: object) -> None:
    assert satisfied(statement, HERE)
    assert not satisfied(negation(statement), HERE)


@pytest.mark.parametrize("statement", FALSE, ids=str)
def test_what_fails_in_the_tables(statement: object) -> None:
    assert not satisfied(statement, HERE)


def test_a_variable_hides_a_constant_of_its_name() -> None:
    assert satisfied(exists(i, eq(sign(i), SIGN["minus"])), HERE)


def test_a_vocabulary_lists_sorts_and_what_is_free() -> None:
    words = vocabulary([exists(j, likes(i, j)), eq(sign(i), SIGN["plus"]), rain])
    assert ("Data", "Sign") == tuple(s.name for s in words.sorts)
    assert ("Data",) == tuple(s.name for s in words.open_sorts)
    assert ("i", "likes", "rain", "sign") == tuple(s.name for s in words.symbols)


def test_structures_are_counted() -> None:
    words = vocabulary([exists(j, likes(i, j)), eq(sign(i), SIGN["plus"])])
    assert 3 * 2**9 * 2**3 == words.structures({"Data": 3})


def test_two_things_of_one_name_are_named() -> None:
    other = predicate("likes", DATA)
    with pytest.raises(UnsupportedError, match="Two things are called `likes`"):
        vocabulary([likes(i, i), other(i)])
    twin = individual("i", sort("Data", ordered=True))
    with pytest.raises(UnsupportedError, match="Two things are called `Data`"):
        vocabulary([likes(i, i), eq(twin, twin)])
    with pytest.raises(UnsupportedError, match="A sort and a symbol are called `Data`"):
        vocabulary([likes(i, i), predicate("Data")()])


def test_a_table_has_one_value_for_each_choice_of_arguments() -> None:
    with pytest.raises(StatementError, match="has 4 values"):
        Table((2, 2), (1, 1, 1))
    assert (4, 5) == (Table((2, 3), (1, 2, 3, 4, 5, 6)).at((2, 1)), Table((), (5,)).at(()))
    assert ("5", "(1, 2)", "[1 2; 3 4]") == tuple(
        map(str, (Table((), (5,)), Table((2,), (1, 2)), Table((2, 2), (1, 2, 3, 4))))
    )


def test_statements_about_numbers_are_not_first_order() -> None:
    assert is_first_order(for_all(i, likes(i, i)))
    assert not is_first_order(or_(rain, gt(real("x"), 0)))
    assert not is_first_order(exists(real("x"), rain))
    with pytest.raises(UnsupportedError, match="is not first-order"):
        satisfied(gt(real("x"), 0), HERE)
