"""**Matrix expressions**: sizes that fit, what is held as written, text, LaTeX, substitution."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from verifier import (
    Q,
    Space,
    block,
    conserved,
    diag,
    dot,
    entry_sum,
    eq,
    ge,
    hadamard,
    identity_operator,
    inverse,
    map_entries,
    mask,
    norm2,
    outer,
    positive_definite,
    real,
    reals,
    symmetric,
    trace,
)
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.matrices import Matrix, matrix
from verifier.exact.statements import latex
from verifier.exact.statements.definite import Definite
from verifier.exact.statements.properties import Is
from verifier.exact.substitution import names_in, sizes_in, substitute
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner
from verifier.falsify.statements.ground import ground

d, m = Space("d"), Space("m")
u, v = d.vectors("u v")
A, B = d.matrices("A B")
(W,) = d.matrices("W", m)
I, I_m = identity_operator(d), identity_operator(m)  # noqa: E741
a, b = reals("a b")

ILL_FITTING: dict[str, Callable[[], Any]] = {
    "a product whose sizes do not meet": lambda: A @ W.T,
    "a sum of two shapes": lambda: A + W,
    "an inverse of what is not square": lambda: inverse(W),
    "a trace of what is not square": lambda: trace(W),
    "a diagonal of a matrix": lambda: diag(A),
    "an entrywise product across spaces": lambda: hadamard(u, m.vector("x")),
    "a function of entries across spaces": lambda: map_entries(max, u, m.vector("x")),
    "a function of the entries of no vector": lambda: map_entries(lambda: 1),
    "an inner product across spaces": lambda: dot(u, W.T @ u),
    "an inner product of matrices": lambda: dot(A, A),
    "an outer product of matrices": lambda: outer(A, u),
    "a product written with a star": lambda: A * B,
    "an equation of two shapes": lambda: eq(A, W),
    "an equation with a number": lambda: eq(A, 0),
    "an order of matrices": lambda: ge(A, B),
    "a property of what is not square": lambda: symmetric(W),
    "blocks of different heights": lambda: block([[A, W.T]]),
    "rows of different lengths": lambda: block([[A, W], [W.T]]),
    "a name that is none": lambda: d.matrices("A+"),
    "a velocity of another shape": lambda: conserved(trace(A), {A: W}),
    "a scalar velocity of a matrix": lambda: conserved(trace(A), {A: a}),
}


@pytest.mark.parametrize("vice", sorted(ILL_FITTING))
def test_what_does_not_fit_cannot_be_written(vice: str) -> None:
    with pytest.raises(StatementError):
        ILL_FITTING[vice]()


def test_the_error_of_a_product_shows_both_shapes() -> None:
    with pytest.raises(StatementError, match=r"A of shape d x d and W\^T of shape m x d"):
        A @ W.T


def test_nothing_is_multiplied_out() -> None:
    product = (a * I + outer(u, u)) @ (I - outer(u, u) / b)
    assert "((a)*I + u u^T) (I - (1/b)*u u^T)" == str(product)
    assert r"\left(a\, I + \mathbf{u}\, \mathbf{u}^\top\right)" in product.latex()


@pytest.mark.parametrize(
    ("thing", "text", "typeset"),
    [
        (inverse(A.T @ A), "(A^T A)^-1", r"\left(A^\top\, A\right)^{-1}"),
        ((A + B).T, "(A + B)^T", r"\left(A + B\right)^\top"),
        (A - 2 * B, "A - (2)*B", r"A - 2\, B"),
        (A - (B - A), "A - (B - A)", r"A - \left(B - A\right)"),
        (-A @ B, "-A B", r"-A\, B"),
        (A @ (-B), "A (-B)", r"A\, \left(-B\right)"),
        (hadamard(u, v), "u * v", r"\mathbf{u} \odot \mathbf{v}"),
        (diag(u) @ v, "diag(u) v", r"\operatorname{diag}\left(\mathbf{u}\right)\, \mathbf{v}"),
        (block([[A, W], [W.T, I_m]]), "[A, W; W^T, I]",
         r"\begin{pmatrix} A & W \\ W^\top & I \end{pmatrix}"),
        (d.ones - d.zero(), "1_d - 0", r"\mathbf{1} - 0"),
        (d.positive_definite("Z").power(Q(1, 2)) @ u, "Z^1/2 u", r"Z^{1/2}\, \mathbf{u}"),
    ],
)  # fmt: skip
def test_an_expression_is_shown_as_it_was_written(thing: Matrix, text: str, typeset: str) -> None:
    assert (text, typeset) == (str(thing), thing.latex())


@pytest.mark.parametrize(
    ("scalar", "text"),
    [
        (dot(u, A @ v), "<u, A v>"),
        (dot(A @ u, A @ u), "|A u|^2"),
        (norm2(W), "|W|^2"),
        (trace(A @ B), "tr(A B)"),
        (trace(u.T @ A @ v), "<u, A v>"),
    ],
)
def test_a_scalar_of_matrices_is_shown_as_it_was_written(scalar: Any, text: str) -> None:
    assert text == str(scalar)


def test_vectors_are_matrices_with_one_column_and_their_inner_products_stay_atoms() -> None:
    assert isinstance(dot(u, v), Inner)
    assert isinstance(dot(u, A @ v), Trace)
    assert matrix(2 * u + v).is_column
    assert eq(A @ u, v).rhs == matrix(v)


def test_scalars_inside_are_listed_and_replaced() -> None:
    scalar = dot(u, inverse(A + a * I) @ (b * v))
    changed = substitute(eq(scalar, 0), {a: b**2})
    assert {"a", "b", "u", "v", "A", "d"} == names_in(scalar)
    assert {"b", "u", "v", "A", "d"} == names_in(changed)
    assert "<u, (A + (b**2)*I)^-1 ((b)*v)>" == str(changed.lhs)


def test_sizes_stay_open() -> None:
    assert {"d", "m"} == sizes_in(eq(W @ W.T, A))
    assert {"d", "m"} == sizes_in(eq(norm2(W), 1))


def test_a_derivative_does_not_pass_over_what_moves_inside() -> None:
    still, moving = trace(A), trace(inverse(A + a * I))
    assert still.diff(a) == 0
    with pytest.raises(UnsupportedError, match="moves inside"):
        moving.diff(a)


def test_definiteness_is_one_word_for_open_and_for_concrete_sizes() -> None:
    assert Is(A, "positive definite") == positive_definite(A)
    assert isinstance(positive_definite([[a]]), Definite)
    assert r"A \succ 0" == latex(positive_definite(A))
    assert "is a mask" in str(mask(A))


def test_a_flow_of_matrices_is_shown_with_their_names() -> None:
    flow = conserved(norm2(W) - norm2(u), {W: outer(u, W.T @ u), u: 0 * u})
    assert r"\dot{W} = \mathbf{u}\, \left(W^\top\, \mathbf{u}\right)^\top" in latex(flow)
    assert {"W", "u"} <= flow.own_names()


def test_parts_are_rebuilt_in_their_order() -> None:
    whole = (a * A + b * B) @ inverse(A) @ u
    assert whole == whole.rebuilt(*whole.parts())
    assert substitute(whole, {a: real("b"), b: real("a")}) == (b * A + a * B) @ inverse(A) @ u


def test_a_function_of_entries_is_shown_at_one_index_and_moves_with_its_scalars() -> None:
    column = map_entries(lambda x, y: a * x + y**2, u, v)
    assert str(column) == "[a*u_i + v_i**2 for each i]"
    assert str(substitute(column, {a: b})) == "[b*u_i + v_i**2 for each i]"
    assert names_in(entry_sum(lambda x: a * x, u)) == {"a", "u", "d"}


def test_a_sum_over_entries_has_its_value_at_an_instance() -> None:
    given = {"d": 2, "u": (Fraction(1), Fraction(3)), "v": (Fraction(5), Fraction(1, 2))}
    (closed,) = ground(eq(entry_sum(lambda x, y: x * y**2, u, v), a), {**given, "a": Fraction(7)})
    assert closed == eq(Q(25) + Q(3, 4), 7)
