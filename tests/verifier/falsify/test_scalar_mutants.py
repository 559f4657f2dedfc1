"""**Changed scalars**: each kind of error is made where it can be, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Symbol

from verifier import SmoothFunction, Space, dot, exp, family, indices, reals, sequence, total
from verifier.falsify.mutants.scalars import KINDS, changed_scalars

x, y = reals("x y")
i, j, k = indices("i j k")
n = Symbol("n", integer=True, positive=True)
u, v, w = Space("d").vectors("u v w")
a, b = family("a", "n"), family("b", "n")
f = sequence("f")
Q = SmoothFunction("Q", 2)

MADE = {
    "constant": (3 * x + 1, {4 * x + 1, 3 * x + 2}),
    "sign": (x**2 - y, {x**2 + y, -(x**2) - y}),
    "exponent": (x**2 / y, {x**3 / y, x**2 / y**2}),
    "term": (exp(x + y) + 1, {exp(x + y), 1, exp(x) + 1, exp(y) + 1}),
    "symbols": (x - 2 * y, {y - 2 * x}),
    "index": (f[n + 1] - f[n], {f[n + 2] - f[n], 0}),
}
SWAPPED = {
    "vectors": (dot(u, w) - dot(v, w), {dot(u, v) - dot(v, w), dot(v, w) - dot(u, w),
                                        dot(u, w) - dot(u, v)}),
    "families": (total(a[i] ** 2 * b[i], i), {total(b[i] ** 2 * a[i], i),
                                              total(a[i] ** 2 * b[i], i, start=2)}),
    "members": (a[i] - 2 * a[j], {-a[i], -a[j]}),
    "coordinates": (Q.partial(i, j), {Q.partial(j, j), Q.partial(i, i)}),
    "late sums": (total(k, k, to=n), {total(k, k, to=n, start=2)}),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_error_is_made(kind: str) -> None:
    expr, expected = MADE[kind]
    assert expected == {changed for _, changed in KINDS[kind](expr)}


@pytest.mark.parametrize("name", SWAPPED)
def test_what_has_names_or_indices_is_exchanged(name: str) -> None:
    expr, expected = SWAPPED[name]
    found: set[Any] = {e for kind, _, e in changed_scalars(expr) if kind in ("symbols", "index")}
    assert expected == found


def test_a_few_changes_are_of_every_kind() -> None:
    first = [kind for kind, _, _ in changed_scalars(3 * x**2 - y + f[n])][:6]
    assert list(KINDS) == first


def test_no_change_gives_the_expression_back_or_has_no_value() -> None:
    assert x * y not in {changed for _, _, changed in changed_scalars(x * y)}
    assert [] == [what for kind, what, _ in changed_scalars(0 * x) if kind != "constant"]
