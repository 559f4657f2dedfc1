"""**First-order statements**: they are built of sorts that fit, read well and substitute safely."""

from __future__ import annotations

from typing import Any

import pytest

from verifier import (
    Claim,
    Paper,
    and_,
    eq,
    exists,
    exists_unique,
    for_all,
    ge,
    gt,
    iff,
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
    reals,
    sort,
)
from verifier.errors import ExactnessError, StatementError, UnsupportedError
from verifier.exact.statements import latex
from verifier.exact.substitution import bound_names, names_in, substitute

x, y, a = reals("x y a")
DATA, POINT = sort("Data"), sort("Point")
HEIGHT = sort("Height", ordered=True)
SIGN = sort("Sign", of="minus plus")
i, j = individuals("i j", DATA)
u = individual("u", POINT)
limit = mapping("limit", DATA, to=POINT)
height = mapping("height", POINT, to=HEIGHT)
near = predicate("near", DATA, POINT)


def test_a_statement_reads_as_it_is_said() -> None:
    statement = for_all(i, exists(j, (ne(i, j), near(i, limit(j)))))
    assert ("for every i in Data: there is j in Data with i != j and near(i, limit(j))") == str(
        statement
    )
    assert r"\forall i \in \mathrm{Data}:\; \exists j" in latex(statement)
    assert r"\mathrm{near}(i, \mathrm{limit}(j))" in latex(statement)


def test_parts_are_enclosed_where_the_reading_depends_on_it() -> None:
    assert "(x > 0 and y > 0) implies x*y > 0" == str(implies((gt(x, 0), gt(y, 0)), gt(x * y, 0)))
    assert "x > 0 or (y > 0 and a > 0)" == str(or_(gt(x, 0), (gt(y, 0), gt(a, 0))))
    assert r"\left(x > 0 \land y > 0\right) \Rightarrow" in latex(
        implies((gt(x, 0), gt(y, 0)), gt(x * y, 0))
    )


def test_an_equivalence_and_a_unique_existence_are_two_statements_each() -> None:
    there, back = iff(gt(x, 0), gt(a, 0))
    assert ("x > 0 implies a > 0", "a > 0 implies x > 0") == (str(there), str(back))
    some, most = exists_unique(x, eq(x**2, a), given=gt(x, 0))
    assert "there is a real x with x > 0 and x**2 == a" == str(some)
    assert str(most).startswith("for every real x: for every real x_2: (")
    assert str(most).endswith("implies x == x_2")
    claim = Claim(
        id="demo/unique",
        title="A root",
        source=Paper("demo", "Demo", "A. Author", 2020, "").at("Lemma 1", section="1"),
        then={"root": (some, most)},
    )
    assert 2 == len(claim.conclusions[0][1])


def test_names_are_those_of_sorts_and_of_what_is_free() -> None:
    statement = for_all(i, near(i, limit(j)))
    assert {"Data", "Point", "near", "limit", "j"} == names_in(statement)
    assert {"i"} == bound_names(statement)
    assert frozenset() == names_in(SIGN["plus"])
    assert {"a"} == names_in(for_all(x, gt(x**2 + a, 0)))


def test_an_individual_is_replaced_where_it_is_free_and_stays_where_it_is_bound() -> None:
    both = and_(near(i, u), for_all(i, near(i, u)))
    moved = substitute(both, {i: j, u: limit(j)})
    assert "near(j, limit(j)) and (for every i in Data: near(i, limit(j)))" == str(moved)


def test_nothing_is_brought_under_a_quantifier_of_its_name() -> None:
    with pytest.raises(StatementError, match="has a name that is bound in"):
        substitute(for_all(x, gt(x**2 + a, 0)), {a: x})
    with pytest.raises(StatementError, match="has a name that is bound in"):
        substitute(exists(i, near(i, u)), {u: limit(i)})
    assert for_all(x, gt(x**2, 0)) == substitute(for_all(x, gt(x**2, 0)), {a: x})


def test_quantified_reals_are_replaced_outside_only() -> None:
    assert for_all(x, gt(x + 3, a)) == substitute(for_all(x, gt(x + y, a)), {y: 3, x: 5})


WRONG: dict[str, tuple[Any, type[Exception], str]] = {
    "arguments": (lambda: limit(u), StatementError, r"takes \(Data\)"),
    "too many arguments": (lambda: limit(i, i), StatementError, r"takes \(Data\)"),
    "predicate of a number": (lambda: near(i, x), StatementError, r"takes \(Data, Point\)"),
    "two sorts": (lambda: eq(i, u), StatementError, "is in `Data`"),
    "no order": (lambda: le(u, u), StatementError, "does not order"),
    "a number": (lambda: eq(i, x), StatementError, "not of one kind"),
    "arithmetic": (lambda: height(u) - height(u), UnsupportedError, "no arithmetic"),
    "sum with a number": (lambda: gt(1 + i, 0), UnsupportedError, "no arithmetic"),
    "element that there is not": (lambda: SIGN["zero"], StatementError, "no element `zero`"),
    "element as a name": (lambda: individuals("plus", SIGN), StatementError, "is an element"),
    "element twice": (lambda: sort("S", of="a a"), StatementError, "twice"),
    "no name": (lambda: sort("two words"), StatementError, "is no name"),
    "mapping of nothing": (lambda: mapping("f", to=POINT), StatementError, "use `individual`"),
    "quantified element": (lambda: for_all(SIGN["plus"], gt(x, 0)), StatementError, "no variable"),
    "quantified term": (lambda: for_all(limit(i), gt(x, 0)), StatementError, "no variable"),
    "quantified sum": (lambda: for_all(x + y, gt(x, 0)), StatementError, "no variable"),
    "one variable twice": (lambda: for_all((x, x), gt(x, 0)), StatementError, "different"),
    "truth value": (lambda: and_(x > 0, gt(y, 0)), StatementError, "already a truth value"),
    "no statement": (lambda: implies(gt(x, 0), y), StatementError, "is no statement"),
    "no part": (lambda: and_(), StatementError, "conjunction of nothing"),
    "no case": (lambda: or_(), StatementError, "disjunction of nothing"),
    "float": (lambda: for_all(x, gt(x, 0.5)), ExactnessError, "is a float"),
}


@pytest.mark.parametrize("vice", sorted(WRONG))
def test_what_means_nothing_cannot_be_written(vice: str) -> None:
    make, kind, words = WRONG[vice]
    with pytest.raises(kind, match=words):
        make()


def test_terms_of_an_ordered_sort_are_compared() -> None:
    assert "height(u) < height(limit(i))" == str(lt(height(u), height(limit(i))))
    assert ge(height(u), height(limit(i))) == negation(lt(height(u), height(limit(i))))


def test_the_second_variable_of_a_uniqueness_is_new() -> None:
    x_2 = reals("x_2")[0]
    _, most = exists_unique(x, eq(x, x_2))
    assert (
        "for every real x: for every real x_2_2: (x == x_2 and x_2_2 == x_2) implies x == x_2_2"
        == str(most)
    )
