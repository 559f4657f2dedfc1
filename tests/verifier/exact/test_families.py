"""**Families and sums**: members, bound indices, what may be written and how it is shown."""

from __future__ import annotations

import pytest
import sympy
from sympy import Symbol

from verifier import Space, derivative, dot, eq, family, indices, ne, norm2, reals, sequence, total
from verifier.errors import StatementError
from verifier.exact.conditions import index_conditions
from verifier.exact.families import Entry
from verifier.exact.quantifiers import for_every, for_every_latex, free_indices
from verifier.exact.scalars import exact
from verifier.exact.statements import latex
from verifier.exact.substitution import names_in, sizes_in, substitute
from verifier.exact.sums import Summed, product

a, t = reals("a t")
i, j, k = indices("i j k")
n = Symbol("n", integer=True, positive=True)
x, y = family("x", "n"), family("y", "n")
z = sequence("z")
space = Space()
data = family("u", "n", space=space)
(w,) = space.vectors("w")


def test_the_name_of_a_bound_index_does_not_matter() -> None:
    assert total(a * x[i], i) == total(a * x[j], j)
    one = total(total(x[i] * y[j], j), i)
    assert one == total(total(x[k] * y[i], i), k)
    assert one != total(total(x[i] * y[j], i), j)


def test_what_is_put_into_a_sum_is_not_caught_by_its_index() -> None:
    moved = substitute(total(a * x[i], i), {a: total(y[i], i)})
    assert moved == total(x[j] * total(y[k], k), j)
    free = substitute(total(a * x[i], i), {a: y[j]})
    assert free == total(y[j] * x[i], i)
    assert {j} == free_indices(eq(free, 0)).keys()


def test_a_term_of_a_nested_sum_keeps_the_inner_index_bound() -> None:
    outer = substitute(total(a * x[i], i), {a: total(y[i] * x[i], i)})
    assert isinstance(outer, Summed)
    assert total(x[k] * y[k], k) * x[j] == outer.at(j)


def test_indices_are_replaced_in_members_inner_products_and_variables() -> None:
    assert eq(dot(w, data[k]), 0) == substitute(eq(dot(w, data[i]), 0), {i: k})
    assert dot(data[j], data[k]) == substitute(dot(data[i], data[j]), {i: k})
    assert derivative(total(x[i] ** 2, i), x[j]) == substitute(
        derivative(total(x[i] ** 2, i), x[k]), {k: j}
    )
    assert eq(data[k], data[k] * 2) == substitute(eq(data[i], data[i] * 2), {i: k})


def test_the_sum_of_vectors_has_inner_products_inside() -> None:
    moved = total(data[i] * (y[i] * a), i)
    assert a * total(y[j] * dot(w, data[j]), j) == sympy.expand(dot(w, moved)).replace(
        lambda e: isinstance(e, Summed), lambda e: a * Summed(e.body / a, *e.args[1:])
    )
    pairs = total(total(y[i] * y[j] * dot(data[i], data[j]), j), i)
    assert pairs == norm2(total(data[i] * y[i], i))
    assert moved - moved == data[i] * 0


def test_names_sizes_and_free_indices_are_listed() -> None:
    law = eq(y[i], dot(w, data[i]) + total(x[j], j))
    assert {"y", "i", "n", "w", "u", "d", "x"} == names_in(law)
    assert {"n", "d"} == sizes_in(law)
    assert {i: frozenset({n})} == free_indices(law)
    assert "k" in names_in(eq(derivative(total(x[i] ** 2, i), x[k]), 0))


def test_conditions_are_relations_between_indices() -> None:
    law, apart, other = ne(x[i], x[j]), ne(i, j), ne(a, 0)
    assert (apart,) == index_conditions((law, apart, other))


def test_a_statement_says_over_which_indices_it_is_meant() -> None:
    assert " for every i, j" == for_every(ne(x[i], x[j]))
    assert "" == for_every(eq(total(x[i], i), 0))
    assert r"\text{for every } i" in for_every_latex(eq(x[i], 0))


def test_sums_and_members_are_shown() -> None:
    assert "sum(a*x[i], i=1..n) == z[k + 1]" == str(eq(total(a * x[i], i), z[k + 1]))
    assert r"\sum_{i=1}^{n} a {x}_{i} = {z}_{k + 1}" == latex(eq(total(a * x[i], i), z[k + 1]))
    assert "sum((y[i])*u[i], i=1..n)" == str(total(data[i] * y[i], i))
    assert "sum(sum(x[i]*y[j], j=1..n), i=1..n)" == str(total(total(x[i] * y[j], j), i))
    assert r"\prod_{i=1}^{n} {x}_{i}" == sympy.latex(product(x[i], i))
    assert exact(total(x[i], i)) == total(x[i], i)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: x[i + 1], "may lie outside of 1..n"),
        (lambda: x[n], "may lie outside of 1..n"),
        (lambda: x[2], "may lie outside of 1..n"),
        (lambda: family("x", 2)[3], "may lie outside of 1..2"),
        (lambda: x[t], "needs a whole number"),
        (lambda: Entry("x", i, n + 1), "a name or a whole number"),
        (lambda: total(x[i] * family("v", "m")[i], i), "has no end"),
        (lambda: total(x[i] * family("v", "m")[i], i, over="n"), "in a family of size m"),
        (lambda: total(x[i], i, to=n + 1), "in a family of size n"),
        (lambda: total(a, i), "has no end"),
        (lambda: total(x[i], i, over="n", to=n), "not at both"),
        (lambda: total(a, t, to=n), "is no index"),
        (lambda: total(z[k], k, start=0, to=n), "cannot start at 0"),
        (lambda: total(z[k], k, to=k), "cannot run"),
        (lambda: list(x), "is not listed"),
    ],
)
def test_what_is_no_member_or_sum_cannot_be_written(made, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(StatementError, match=words):
        made()
