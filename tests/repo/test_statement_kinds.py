"""**Statement kinds**: each is shown, substituted into, listed and grounded by every reader."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from verifier import (
    Coordinates,
    Potential,
    conserved,
    eq,
    gradient_is,
    hessian_is,
    hessian_map,
    negation,
    radial_field,
    real,
    tends,
)
from verifier.exact.statements import STATEMENTS, latex
from verifier.exact.substitution import names_in, substitute
from verifier.falsify.ground import ground

a, b, x = real("a"), real("b"), real("x")
w = Coordinates("w")

# One statement of each kind, true for every a, with `a` free in it.
EXAMPLES = {
    type(statement): statement
    for statement in (
        eq(a + x, x + a),
        tends(a * x, x, 0, 0),
        hessian_map(radial_field(w, a)),
        hessian_is(Potential(w, radial=a * w.norm**2), radial_field(w, 2 * a)),
        gradient_is(Potential(w, radial=a * w.norm**2), 2 * a * w.i),
        conserved(a * (x**2 + b**2), {x: b, b: -x}),
        negation(hessian_map(radial_field(w, a))),
    )
}
kinds = pytest.mark.parametrize("kind", STATEMENTS, ids=lambda kind: kind.__name__)


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
    changed = substitute(statement, {a: real("c")})
    assert isinstance(changed, kind)
    assert "a" in names_in(statement)
    assert "a" not in names_in(changed)
    assert "c" in names_in(changed)


@kinds
def test_the_falsifier_grounds_it(kind: type) -> None:
    numbers = {"a": Fraction(2), "b": Fraction(3), "x": Fraction(5)}
    instance: dict[str, Any] = {**numbers, "d": 2, "w": (Fraction(1), Fraction(2))}
    closed = ground(EXAMPLES[kind], instance)
    assert closed
    assert all("a" not in names_in(part) for part in closed)
