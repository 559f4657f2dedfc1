"""**Statement kinds**: each is shown, substituted into, listed and grounded by every reader."""

from __future__ import annotations

import pkgutil
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest

from tests.repo.tree import some
from verifier import (
    Coordinates,
    Potential,
    Space,
    and_,
    asymptotic,
    chance_after,
    conserved,
    eq,
    eventually,
    exists,
    for_all,
    ge,
    gradient_is,
    hessian_is,
    hessian_map,
    implicit_bias,
    implies,
    indices,
    individual,
    le,
    markov_chain,
    moment_after,
    moment_tends,
    ne,
    negation,
    norm2,
    or_,
    outer,
    predicate,
    rademacher,
    radial_field,
    real,
    sort,
    symmetric,
    tends,
    tends_along,
    tends_jointly,
    tends_uniformly,
)
from verifier.exact import statements
from verifier.exact.statements import Statement, latex
from verifier.exact.statements.convex import convex
from verifier.exact.statements.definite import positive_definite
from verifier.exact.statements.dimension import local_dimension
from verifier.exact.statements.expects import expects
from verifier.exact.statements.feasible import feasible, max_margin
from verifier.exact.statements.generic import almost_everywhere
from verifier.exact.statements.independent import independent, independent_family
from verifier.exact.statements.invariants import invariants
from verifier.exact.statements.logic import Holds
from verifier.exact.statements.minimiser import minimiser
from verifier.exact.statements.morse_bott import morse_bott
from verifier.exact.statements.rank import has_rank
from verifier.exact.statements.systems import least_norm, least_squares, pseudo_inverse, solvable
from verifier.exact.statements.warp import warps
from verifier.exact.structures import Table
from verifier.exact.substitution import bound_names, names_in, substitute
from verifier.falsify.statements.ground import ground

a, b, x, z = real("a"), real("b"), real("x"), real("z")
w = Coordinates("w")
(k,) = indices("k")
point, place = Space().vectors("point place")
SET = sort("Set")
member = individual("a", SET)

# One statement of each kind, true for every a, with `a` free in it.
EXAMPLES = {
    type(statement): statement
    for statement in (
        eq(a + x, x + a),
        tends(a * x, x, 0, 0),
        asymptotic((a**2 + 1) * x, (a**2 + 1) * (x + x**2), x, 0),
        tends_along(a * x, {x: b**2}, b, 0, 0),
        tends_jointly(a * x * b, (x, 0), (b, 0, "both"), value=0),
        tends_uniformly(a * x * b / (1 + b**2), x, 0, 0, over=[b]),
        hessian_map(radial_field(w, a)),
        hessian_is(Potential(w, radial=a * w.norm**2), radial_field(w, 2 * a)),
        gradient_is(Potential(w, radial=a * w.norm**2), 2 * a * w.i),
        implicit_bias(
            {b: a},
            predictor=b * point,
            data=outer(point, point),
            labels=point,
            potential=norm2(place),
            over=place,
        ),
        conserved(a * (x**2 + b**2), {x: b, b: -x}),
        negation(hessian_map(radial_field(w, a))),
        warps(radial_field(w, a**2 + 1)),
        minimiser((x - a) ** 2, {x: a}, unique=True),
        morse_bott((x - a) ** 2, {x: a}),
        has_rank([[a, 1], [a + 1, 1]], 2),
        solvable([[1, a], [0, 1]], [a, 2]),
        least_squares([1, 1], [a, 3 * a], [2 * a]),
        least_norm([[1, 1]], [2 * a], [a, a]),
        pseudo_inverse([[1, a], [0, 1]], [[1, -a], [0, 1]]),
        positive_definite([[a**2 + 1, a], [a, 1]]),
        symmetric(a * outer(*Space().vectors("w w"))),
        convex((a**2 + 1) * x**2, x),
        feasible(eq(x, a), x),
        max_margin([1 / (a**2 + 1)], [a**2 + 1], [1]),
        almost_everywhere(ne(x, a), x),
        independent([1, x + a], x),
        independent_family(a + x**k, k, x, size=2),
        local_dimension([x - a], {x: a}, equals=0),
        invariants({x: a * b, b: a * x}, 2, x**2 - b**2),
        and_(ne(a**2, -1), ne(x**2, -1)),
        or_(le(a, 0), le(-a, 0)),
        implies(le(a, 0), le(a, 1)),
        for_all(x, le(a * x, a**2 + x**2)),
        exists(x, eq(x + a, 0)),
        eventually(le(a * x, 1), x),
        moment_after(markov_chain({x: a * x + z}, rademacher(z)), x, a**2, start={x: 1}, time=2),
        chance_after(markov_chain({x: x + z}, rademacher(z)), ge(x, a), 1, start={x: a}, time=0),
        moment_tends(markov_chain({x: x / (a**2 + 2) + z}, rademacher(z)), x, 0),
        expects((a + z) ** 2, rademacher(z, b), a**2 + b**2),
        predicate("near", SET)(member),
    )
}
MODULES = [
    import_module(f"{statements.__name__}.{module.name}")
    for module in pkgutil.iter_modules(statements.__path__)
]
KINDS = some(
    (
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Statement) and kind is not Statement
        if kind.__module__ == module.__name__
    ),
    "kind of statement",
)
kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


@kinds
def test_it_has_an_example(kind: type) -> None:
    assert kind in EXAMPLES


@kinds
def test_it_is_shown_as_text_and_as_latex(kind: type) -> None:
    statement = EXAMPLES[kind]
    assert "a" in str(statement)
    assert "object at 0x" not in str(statement)
    assert "a" in latex(statement)


@kinds
def test_its_names_are_listed_and_its_scalars_replaced(kind: type) -> None:
    statement = EXAMPLES[kind]
    changed = substitute(statement, {a: real("c"), member: individual("c", SET)})
    assert isinstance(changed, kind)
    listed = names_in if a not in statement.bound() else bound_names
    assert "a" in listed(statement)
    assert "a" not in listed(changed)
    assert "c" in listed(changed)


@kinds
def test_it_is_rebuilt_from_its_parts(kind: type) -> None:
    statement = EXAMPLES[kind]
    assert statement == statement.rebuilt(*statement.parts())
    assert negation(negation(statement)) == statement


@kinds
def test_the_falsifier_grounds_it(kind: type) -> None:
    numbers = {"a": Fraction(2), "b": Fraction(3), "x": Fraction(5)}
    instance: dict[str, Any] = {**numbers, "d": 2, "w": (Fraction(1), Fraction(2))}
    if kind is Holds:
        instance = {"Set": 2, "near": Table((2,), (0, 1)), "a": Table((), (2,))}
    closed = ground(EXAMPLES[kind], instance)
    assert closed
    assert all("a" not in names_in(part) for part in closed)
