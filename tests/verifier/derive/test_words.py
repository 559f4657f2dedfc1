"""**Words**: where they are cut, which scalars are equal, and that expansion is arithmetic."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy

from verifier import Q, Space, block, diag, dot, identity_operator, inverse, norm2, outer, trace
from verifier.derive.kernel.words.expansion import expander, loop_of, multiplied_out
from verifier.derive.kernel.words.word import Letter, is_square, merged, rotated, straight
from verifier.errors import UnsupportedError
from verifier.exact.matrices import Matrix
from verifier.exact.scalars import reals
from verifier.falsify.instances.instance import Rows
from verifier.falsify.instances.matrices import Evaluator

d, m = Space("d"), Space("m")
u, v, w = d.vectors("u v w")
A, B = d.matrices("A B")
(W,) = d.matrices("W", m)
Z = d.positive_definite("Z")
I = identity_operator(d)  # noqa: E741
(s,) = reals("s")
LETTERS = {name: Letter(name, False, "d", "d") for name in "AB"}
COLUMN = Letter("u", False, "d", "1")


def test_a_product_through_a_vector_is_cut_into_scalars() -> None:
    (entry,) = expander().grid(outer(u, A @ v) @ B @ outer(w, u))[0]
    (word,) = entry.terms
    assert ("u", "u^T") == tuple(letter.text for letter in word)
    assert dot(u, u) != entry.terms[word]
    assert "<v, A^T B w>" == str(entry.terms[word])


def test_a_scalar_is_its_transpose() -> None:
    assert multiplied_out(dot(A @ u, B @ v)) == multiplied_out(dot(B @ v, A @ u))
    assert multiplied_out(dot(u, A @ v)) != multiplied_out(dot(v, A @ u))


def test_a_trace_is_rotated_and_turned_but_not_reordered() -> None:
    C = d.matrices("C")[0]
    first = multiplied_out(trace(A @ B @ C))
    assert first == multiplied_out(trace(C @ A @ B)) == multiplied_out(trace(C.T @ B.T @ A.T))
    assert first != multiplied_out(trace(B @ A @ C))


def test_a_trace_of_a_rank_one_matrix_is_an_inner_product() -> None:
    assert dot(u, v) == multiplied_out(trace(outer(u, v)))
    assert multiplied_out(dot(v, A @ u)) == multiplied_out(trace(A @ outer(u, v)))


def test_the_trace_of_the_identity_is_the_dimension() -> None:
    assert d.dimension == multiplied_out(trace(I))
    assert 1 == multiplied_out(trace(identity_operator(Space("1"))))


def test_powers_of_one_operator_add_up() -> None:
    half, whole = (Letter("Z", False, "d", "d", Fraction(n, 2)) for n in (1, 2))
    down = half._replace(power=Fraction(-1, 2))
    assert (whole,) == merged((half, half))
    assert () == merged((half, down))
    assert (whole, COLUMN) == merged((half, half, COLUMN))
    assert dot(Z(u), v) .merged == multiplied_out(dot(u, Z @ v))  # fmt: skip


def test_powers_meet_around_a_trace() -> None:
    half = Z.power(Q(1, 2))
    assert multiplied_out(trace(Z @ A)) == multiplied_out(trace(half @ A @ half.as_matrix()))


@pytest.mark.parametrize(
    ("scalar", "square"),
    [
        (norm2(A @ u), True),
        (norm2(W), True),
        (dot(u, Z @ u), True),
        (dot(u, A @ u), False),
        (dot(u, A @ v), False),
        (trace(A @ A), False),
        (trace(A), False),
        (dot(A @ u, Z @ (A @ u)), True),
    ],
)
def test_squares_are_told_from_their_word(scalar: Any, *, square: bool) -> None:
    (atom,) = multiplied_out(scalar).atoms(type(scalar)) or {scalar}
    assert square == is_square(loop_of(atom))


def test_what_is_semidefinite_in_the_middle_makes_a_square() -> None:
    loop = straight((COLUMN.transposed, LETTERS["A"], COLUMN))
    assert is_square(loop, {"A"})
    assert not is_square(loop)
    assert is_square(rotated((LETTERS["A"],)), {"A"})


@pytest.mark.parametrize("whole", [inverse(A), diag(u)])
def test_what_is_no_product_is_left_to_a_rule_that_knows_hypotheses(whole: Matrix) -> None:
    with pytest.raises(UnsupportedError, match=r"by\.matrix"):
        expander().grid(whole)


def test_two_matrices_of_one_name_are_refused() -> None:
    with pytest.raises(UnsupportedError, match="Two matrices are called `W`"):
        expander().grid(W @ m.matrices("W")[0])


def random_expression(rng: random.Random, depth: int) -> Matrix:
    """A d x d expression of symbols, sums, products, multiples, transposes and rank-one parts."""
    if depth == 0:
        return rng.choice([A, B, A.T, I, outer(u, v), W @ W.T, outer(A @ u, v)])
    one, two = (random_expression(rng, depth - 1) for _ in range(2))
    return rng.choice([one + two, one @ two, one * rng.choice([2, -1, s]), one.T, one - two])


@pytest.mark.parametrize("seed", range(25))
def test_multiplying_out_changes_no_entry(seed: int) -> None:
    rng = random.Random(seed)
    whole = random_expression(rng, 3)
    made = expander()
    (entry,) = made.grid(whole)[0]
    instance = numbers(rng)
    evaluate = Evaluator()
    total = [[Fraction(0)] * 2 for _ in range(2)]
    for word, c in entry.terms.items():
        factor = evaluate(I * c, instance)[0][0]
        product = evaluate(word_as_matrix(word), instance)
        for i in range(2):
            for j in range(2):
                total[i][j] += factor * product[i][j]
    assert evaluate(whole, instance) == tuple(map(tuple, total))


def word_as_matrix(word: tuple[Letter, ...]) -> Matrix:
    by_name = {"A": A, "B": B, "W": W, "u": u.as_matrix(), "v": v.as_matrix()}
    total = I
    for letter in word:
        one = by_name[letter.name]
        total = total @ (one.T if letter.flipped else one)
    return total


def numbers(rng: random.Random) -> dict[str, Any]:
    def rows(height: int, width: int) -> Rows:
        return Rows(tuple(tuple(draw() for _ in range(width)) for _ in range(height)))

    def draw() -> Fraction:
        return Fraction(rng.randint(-3, 3), rng.choice((1, 2)))

    vectors = {name: (draw(), draw()) for name in ("u", "v")}
    return {
        "d": 2,
        "m": 3,
        "A": rows(2, 2),
        "B": rows(2, 2),
        "W": rows(2, 3),
        "s": draw(),
        **vectors,
    }


def test_blocks_are_multiplied_where_they_meet() -> None:
    made = expander()
    left, right = block([[A, W]]), block([[B], [W.T]])
    assert made.grid(left @ right) == made.grid(A @ B + W @ W.T)
    assert made.trace(block([[A, W], [W.T, identity_operator(m)]])) == sympy.Add(
        multiplied_out(trace(A)), m.dimension
    )
