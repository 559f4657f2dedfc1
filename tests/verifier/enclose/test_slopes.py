"""**Slopes**: signs up to the edge of a domain, and none across a jump."""

from __future__ import annotations

import pytest
import sympy
from flint import fmpq

from verifier.claim import Region
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.regions.cover import cover
from verifier.enclose.regions.forms import side
from verifier.enclose.regions.slopes import slopes
from verifier.exact.statements import ge, gt, le
from verifier.precision import precision

X, Y = sympy.symbols("x y", real=True)


def of(expr, *ends):
    box = [(fmpq(a), fmpq(b)) for a, b in ends]
    with precision(64):
        program = compile_expr(expr, (X, Y)[: len(ends)])
        return slopes(program, box, [side(*pair) for pair in box], range(len(ends)))


@pytest.mark.parametrize(
    ("expr", "ends", "sign"),
    [
        (sympy.asin(X), (-1, 1), 1),
        (sympy.acos(X), (0, 1), -1),
        (sympy.acosh(X), (1, 3), 1),
        (sympy.sqrt(1 - X**2), (0, 1), -1),
        (sympy.asin(X) - X, (0, 1), 1),
        (sympy.atanh(X), (0, fmpq(1, 2)), 1),
    ],
)
def test_a_slope_without_bound_has_a_sign(expr, ends, sign):
    assert (sign,) == of(expr, ends).signs


def test_a_bounded_slope_is_enclosed_and_an_unbounded_one_is_not():
    assert of(sympy.erf(X), (0, 2)).finite
    assert not of(sympy.asin(X), (0, 1)).finite


def test_a_slope_that_changes_sign_has_none():
    assert (0, 1) == of(X**2 + Y, (-1, 1), (0, 1)).signs


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (gt(sympy.sign(X), 0), Region(x=(0, 1))),
        (ge(-sympy.sign(X), 0), Region(x=(0, 1))),
        (le(sympy.Heaviside(X - 1), 0), Region(x=(0, 1))),
        (ge(sympy.sqrt(X) + sympy.sign(X) - 2, 0), Region(x=(0, 1))),
    ],
)
def test_a_jump_at_an_end_is_not_looked_over(relation, region):
    assert cover(relation, (), region, name="jump", boxes=100).certified < 1


@pytest.mark.parametrize(
    ("relation", "region"),
    [
        (ge(sympy.asin(X), X), Region(x=(0, 1))),
        (ge(sympy.acos(X), 0), Region(x=(-1, 1))),
        (ge(sympy.acosh(X), 0), Region(x=(1, 30))),
        (le(sympy.sqrt(1 - X**2), 1), Region(x=(-1, 1))),
        (le(sympy.acos(X) + sympy.acos(Y), 7), Region(x=(-1, 1), y=(-1, 1))),
    ],
)
def test_a_domain_is_covered_to_its_edge(relation, region):
    assert 1 == cover(relation, (), region, name="edge", boxes=100).certified
