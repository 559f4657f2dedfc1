"""**Instances of matrices**: they have the supposed properties, and break what is false."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq, fmpq_mat

from verifier import (
    Claim,
    Paper,
    Space,
    block,
    conserved,
    diag,
    dot,
    eq,
    hadamard,
    identity_operator,
    inverse,
    invertible,
    mask,
    negation,
    norm2,
    orthogonal,
    outer,
    penrose,
    positive_definite,
    positive_semidefinite,
    projection,
    reals,
    symmetric,
    trace,
)
from verifier.budget import BUDGETS
from verifier.errors import CounterexampleError
from verifier.exact.statements import Statement
from verifier.falsify.counterexample import replay, write
from verifier.falsify.examine import Examiner, check_shape
from verifier.falsify.instances.instance import Rows, from_json, to_json
from verifier.falsify.instances.matrices import Evaluator
from verifier.falsify.instances.matrix_equations import affine_solution
from verifier.falsify.instances.strategies import Generator
from verifier.falsify.mutants.variants import mutations
from verifier.falsify.probe import Status
from verifier.falsify.search import Hunt
from verifier.falsify.side import mutate_claim
from verifier.falsify.statements.ground import ground

PAPER = Paper("trial", "Matrices", "Nobody", 2024, "")
d, n, m = Space("d"), Space("n"), Space("m")
u, v = d.vectors("u v")
A, B, P = d.matrices("A B P")
(X,) = n.matrices("X", d)
(W,) = d.matrices("W", m)
(a,) = m.vectors("a")
L = d.matrices("L", n)[0]
I = identity_operator(d)  # noqa: E741
s, lam = reals("s lam")


def claim(*given: Statement | tuple[Statement, ...], then: Any) -> Claim:
    return Claim(
        id="trial/matrices",
        title="A trial",
        source=PAPER.at("Trial", section="1"),
        given={f"h{k}": statement for k, statement in enumerate(given)},
        then={"c": then},
    )


SUPPOSED = {
    "symmetric": (symmetric(A),),
    "definite": (positive_definite(A),),
    "semidefinite": (positive_semidefinite(A),),
    "orthogonal": (orthogonal(A),),
    "projection": (projection(A),),
    "mask": (mask(A),),
    "invertible": (invertible(A),),
    "idempotent": (eq(A @ A, A),),
    "defined by others": (eq(A, X.T @ X + outer(u, v)),),
    "defined transposed": (eq(A.T, outer(u, v)),),
    "a vector that is defined": (eq(u, A @ v),),
    "a balanced layer": (eq(W.T @ W, outer(a, a)),),
    "balanced layers": (eq(A.T @ A, W @ W.T),),
    "an eigenvector": (eq(A @ u, lam * u), symmetric(A)),
    "commuting": (eq(A @ B, B @ A),),
    "a pseudo-inverse": penrose(X, L),
    "normal equations": (eq(X.T @ (X @ u), X.T @ n.vector("y")),),
}


@pytest.mark.parametrize("case", sorted(SUPPOSED))
def test_most_draws_satisfy_what_is_supposed_and_some_are_no_trifle(case: str) -> None:
    examiner = Examiner(claim(*SUPPOSED[case], then=eq(trace(A), 0)))
    generator, rng = Generator(examiner), random.Random(case)
    drawn = [made for made in (generator.draw(rng) for _ in range(60)) if made is not None]
    kept = [made for made in drawn if not examiner.failing(made)]
    assert len(kept) >= 12
    assert any(
        made[name] != zero(made[name]) for made in kept for name in ("A", "W", "X") if name in made
    )


def zero(value: Any) -> Any:
    return Rows(tuple(tuple(Fraction(0) for _ in row) for row in value.rows))


def test_sizes_are_drawn_independently_of_each_other() -> None:
    generator = Generator(Examiner(claim(then=eq(norm2(X) + norm2(W), 0))))
    rng = random.Random(1)
    sizes = {(x["n"], x["d"], x["m"]) for x in (generator.draw(rng) for _ in range(300)) if x}
    assert {(i, j, k) for i in (1, 2, 3) for j in (1, 2, 3) for k in (1, 2, 3)} == sizes


NUMBERS: dict[str, Any] = {
    "d": 2, "n": 1, "m": 2,
    "A": Rows(((Fraction(1), Fraction(2)), (Fraction(3), Fraction(4)))),
    "B": Rows(((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0)))),
    "X": Rows(((Fraction(1), Fraction(-1)),)),
    "W": Rows(((Fraction(1), Fraction(0)), (Fraction(2), Fraction(1)))),
    "u": (Fraction(1), Fraction(2)), "v": (Fraction(0), Fraction(-1)), "s": Fraction(2),
}  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "rows"),
    [
        (A @ B, ((2, 1), (4, 3))),
        (A.T - 2 * I, ((-1, 3), (2, 2))),
        (inverse(A) @ A, ((1, 0), (0, 1))),
        (inverse(A), ((-2, 1), (Fraction(3, 2), Fraction(-1, 2)))),
        (inverse(inverse(A) + I) @ (I * s), ((Fraction(-1, 2), 1), (Fraction(3, 2), 1))),
        (outer(u, v), ((0, -1), (0, -2))),
        (hadamard(u, A @ u), ((5,), (22,))),
        (diag(u) @ B, ((0, 1), (2, 0))),
        (block([[A], [X]]), ((1, 2), (3, 4), (1, -1))),
        (X.T * dot(u, A @ v), ((-10,), (10,))),
        (X.T * trace(A @ B), ((5,), (-5,))),
        (d.ones + d.zero(), ((1,), (1,))),
    ],
)
def test_expressions_have_the_entries_that_one_computes_by_hand(whole: Any, rows: Any) -> None:
    assert tuple(tuple(Fraction(x) for x in row) for row in rows) == Evaluator()(whole, NUMBERS)


def test_instances_survive_json() -> None:
    assert NUMBERS == from_json(json.loads(json.dumps(to_json(NUMBERS))))


@pytest.mark.parametrize("data", [{"rows": []}, {"rows": [["1"], ["1", "2"]]}, {"rows": [[]]}])
def test_rows_of_another_shape_are_refused(data: Any) -> None:
    with pytest.raises(CounterexampleError):
        from_json({"A": data})


def test_a_singular_matrix_leaves_the_statement_without_a_value() -> None:
    singular = {**NUMBERS, "A": Rows(((Fraction(1), Fraction(2)), (Fraction(2), Fraction(4))))}
    for statement in (
        eq(inverse(A), inverse(A)),
        eq(inverse(A) - inverse(A), 0 * A),
        eq(dot(u, inverse(A) @ v), dot(v, inverse(A).T @ u)),
    ):
        examiner = Examiner(claim(then=statement))
        instance = {k: x for k, x in singular.items() if k in examiner.signature.names}
        assert Status.UNDEFINED is examiner.conclude(0, instance).status


@pytest.mark.parametrize(
    ("statement", "status"),
    [
        (symmetric(A), Status.FALSE),
        (symmetric(B), Status.TRUE),
        (orthogonal(B), Status.TRUE),
        (invertible(outer(u, v)), Status.FALSE),
        (positive_semidefinite(outer(u, u)), Status.TRUE),
        (positive_definite(outer(u, u)), Status.FALSE),
        (positive_definite(I + outer(u, u)), Status.TRUE),
        (positive_semidefinite(B), Status.FALSE),
        (projection(outer(v, v)), Status.TRUE),
        (mask(outer(v, v)), Status.TRUE),
        (mask(2 * outer(v, v)), Status.FALSE),
        (mask(B), Status.FALSE),
        (negation(symmetric(A)), Status.TRUE),
        (negation(symmetric(B)), Status.FALSE),
        (negation(invertible(A)), Status.FALSE),
        (negation(invertible(inverse(A))), Status.FALSE),
        (negation(positive_definite(A)), Status.TRUE),
    ],
)
def test_properties_are_decided_exactly_at_an_instance(statement: Any, status: Status) -> None:
    examiner = Examiner(claim(then=statement))
    instance = {k: x for k, x in NUMBERS.items() if k in examiner.signature.names}
    assert status is examiner.conclude(0, instance).status


def test_a_derivative_along_a_flow_of_matrices_is_exact_to_first_order() -> None:
    moving = conserved(inverse(A) @ u, {A: B @ A, u: B @ u})
    still = conserved(inverse(A) @ u, {A: A @ B, u: B @ u})
    assert {Status.AGREES, Status.TRUE} >= {_status(moving)}
    assert Status.FALSE is _status(still)


def _status(statement: Statement) -> Status:
    examiner = Examiner(claim(then=statement))
    instance = {k: x for k, x in NUMBERS.items() if k in examiner.signature.names}
    return examiner.conclude(0, instance).status


FALSE = {
    "inverse of a sum": claim(invertible(A), invertible(B), invertible(A + B),
                              then=eq(inverse(A + B), inverse(A) + inverse(B))),
    "product of symmetric ones": claim(symmetric(A), symmetric(B), then=symmetric(A @ B)),
    "a trace that is reordered": claim(then=eq(trace(A @ B @ P), trace(B @ A @ P))),
    "an eigenvector of another": claim(eq(A @ u, lam * u), then=eq(A.T @ u, lam * u)),
    "a generalised inverse": claim(eq(X @ L @ X, X), then=eq(L @ X @ L, L)),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(FALSE))
def test_a_false_statement_is_refuted_small_and_replayed(case: str, tmp_path: Any) -> None:
    hunt = Hunt(FALSE[case], budget=BUDGETS["quick"].instances, seed=0)
    hunt.run()
    found = hunt.counterexample()
    assert found is not None
    assert max(value for value in found.instance.values() if isinstance(value, int)) <= 2
    path = tmp_path / "counterexample.json"
    write(found, FALSE[case], path)
    assert "c" == replay(path, [FALSE[case]]).conclusion


def test_a_counterexample_of_another_shape_is_refused() -> None:
    examiner = Examiner(claim(then=symmetric(A)))
    wrong = {"d": 1, "A": Rows(((Fraction(1), Fraction(2)),))}
    with pytest.raises(CounterexampleError, match="a row for each dimension"):
        check_shape(wrong, examiner.signature)


def test_closed_entries_are_what_the_statement_says_entry_by_entry() -> None:
    closed = ground(eq(A @ B, B @ A), {"d": 2, "A": NUMBERS["A"], "B": NUMBERS["B"]})
    assert [(2, 3), (1, 4), (4, 1), (3, 2)] == [(r.lhs, r.rhs) for r in closed]  # type: ignore[attr-defined]


def test_variants_of_a_held_equation_are_of_every_kind() -> None:
    statement = eq((s * I + W @ W.T) @ A, 2 * s * A + W @ (W.T @ A))
    found = [change.what for change in mutations(statement)]
    assert any("sign" in what for what in found)
    assert any("2 becomes 3" in what for what in found)
    assert any("change places" in what for what in found)
    assert any("is lost" in what for what in found)
    assert len(found) == len({str(change.statement) for change in mutations(statement)})


def test_variants_of_a_true_equation_are_refuted() -> None:
    true = claim(invertible(A), then=eq(inverse(2 * A) @ A @ B, B / 2))
    found = mutate_claim(true, budget=BUDGETS["quick"], seed=0).mutants
    outcomes = {m.change: m.outcome for m in found if m.origin == "derived"}
    commuted = "c: ((2)*A)^-1 and A change places"
    assert "equivalent" == outcomes.pop(commuted)
    assert len(outcomes) >= 4
    assert {"refuted"} == set(outcomes.values())


@pytest.mark.parametrize("seed", range(20))
def test_affine_systems_are_solved_or_have_no_solution(seed: int) -> None:
    rng = random.Random(seed)
    rows = [[Fraction(rng.randint(-2, 2)) for _ in range(4)] for _ in range(rng.randint(1, 4))]
    found = affine_solution([[*row] for row in rows], rng)
    if found is None:
        assert _rank(rows) == _rank([row[:-1] for row in rows]) + 1
    else:
        assert all(sum(c * x for c, x in zip(row, found, strict=False)) == row[-1] for row in rows)


def _rank(rows: list[list[Fraction]]) -> int:
    entries = [fmpq(x.numerator, x.denominator) for row in rows for x in row]
    return int(fmpq_mat(len(rows), len(rows[0]), entries).rank())
