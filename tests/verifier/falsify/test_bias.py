"""**Implicit bias**: theorems on limits of flows survive the search, changed ones fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Expr, Rational, symbols

from verifier import (
    Claim,
    Paper,
    Q,
    Space,
    absolute,
    asinh,
    dot,
    entry_sum,
    eq,
    ge,
    gt,
    hadamard,
    implicit_bias,
    ne,
    norm,
    norm2,
    outer,
    reals,
    sqrt,
)
from verifier.errors import CounterexampleError, StatementError
from verifier.falsify.bias import FINE, Sample, independent
from verifier.falsify.counterexample import replay, write
from verifier.falsify.examine import Examiner
from verifier.falsify.instances.instance import Rows
from verifier.falsify.probe import Status
from verifier.falsify.search import Hunt

PAPER = Paper("trial", "Limits of flows", "Nobody", 2024, "")
space, samples, neurons = Space("d"), Space("n"), Space("m")
(X,) = space.matrices("X", samples)
y, v, some = samples.vector("y"), space.vector("v"), space.vector("w_star")
THREE_HALVES = Q(3, 2)
FITS = eq(y, X.T @ some)

a, a_0, delta = reals("a a_0 delta")
w, w_0 = space.vectors("w w_0")
NEURON = {
    "balancedness": eq(delta, a_0**2 - norm2(w_0)),
    "range": ge(delta, 0),
    "start": ne(norm2(a_0 * w_0), 0),
    "fits": FITS,
}
W, W_0 = space.matrices("W W_0", neurons)
b, b_0 = neurons.vectors("b b_0")
BALANCED = {
    "neurons": gt(neurons.dimension, 1),
    "balanced": eq(W_0.T @ W_0, outer(b_0, b_0)),
    "start": ne(norm2(W_0 @ b_0), 0),
    "fits": FITS,
}
LAYERS = space.vectors("p q r s")
p_0, q_0 = space.vectors("p_0 q_0")


def claim(given: dict[str, Any], limit: Any, label: str = "trial/bias") -> Claim:
    return Claim(
        id=label,
        title="A flow goes to a minimiser",
        source=PAPER.at("Theorem 1", section="1"),
        given=given,
        then={"limit": limit},
    )


def of_a_neuron(sign: int = 1, factor: Any = THREE_HALVES, balance: Any = delta) -> Claim:
    """q(|v|) + <z, v>, with z = -factor |w_0| w_0 sign(a_0) for factor 3/2."""

    def radical(r: Any) -> Any:
        return sqrt(r**2 + balance**2 / 4)

    def root(r: Any) -> Any:
        return sqrt(radical(r) - balance / 2)

    r, start = norm(v), a_0 * w_0
    profile = (r**2 - balance / 2 * (balance / 2 + radical(r))) * root(r) / r
    size = norm(start)
    shift = sqrt(sqrt(size**2 + delta**2 / 4) - delta / 2) / size
    potential = profile - sign * factor * shift * dot(start, v)
    flow = implicit_bias({a: a_0, w: w_0}, predictor=a * w, data=X, labels=y,
                         potential=potential, over=v)  # fmt: skip
    return claim(NEURON, flow)


def of_neurons(power: Any = THREE_HALVES, factor: Any = THREE_HALVES) -> Claim:
    """|v|^power - factor |start|^(power - 2) <start, v>."""
    start = W_0 @ b_0
    linear = factor * norm2(start) ** (power / 2 - 1) * dot(start, v)
    flow = implicit_bias({b: b_0, W: W_0}, predictor=W @ b, data=X, labels=y,
                         potential=norm2(v) ** (power / 2) - linear, over=v)  # fmt: skip
    return claim(BALANCED, flow)


def of_diagonals(root: Callable[[Any, Any], Any] = lambda p, q: 2 * (p**2 + q**2)) -> Claim:
    """The sum of q_k, with the square roots of k from `root`."""

    def profile(x: Any, p: Any, q: Any) -> Any:
        t = 2 * x / root(p, q)
        return root(p, q) / 4 * (1 - sqrt(1 + t**2) + t * asinh(t))

    p, q, r, s = LAYERS
    flow = implicit_bias({p: p_0, q: q_0, r: p_0, s: q_0},
                         predictor=hadamard(p, q) - hadamard(r, s), data=X, labels=y,
                         potential=entry_sum(profile, v, p_0, q_0), over=v)  # fmt: skip
    return claim({"fits": FITS}, flow)


TRUE = {"a neuron": of_a_neuron, "neurons": of_neurons, "diagonals": of_diagonals}
FALSE: dict[str, Callable[[], Claim]] = {
    "a neuron, no linear part": lambda: of_a_neuron(factor=Q(0)),
    "a neuron, its sign": lambda: of_a_neuron(sign=-1),
    "a neuron, its factor": lambda: of_a_neuron(factor=Q(1)),
    "a neuron, the sign of delta": lambda: of_a_neuron(balance=-delta),
    "neurons, another power": lambda: of_neurons(Q(2), Q(2)),
    "neurons, no linear part": lambda: of_neurons(factor=Q(0)),
    "diagonals, twice the root": lambda: of_diagonals(lambda p, q: 4 * (p**2 + q**2)),
    "diagonals, no shape": lambda: of_diagonals(lambda p, q: 4 * absolute(p * q)),
    "diagonals, one layer": lambda: of_diagonals(lambda p, q: 4 * p**2),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_theorem_survives_and_agrees_to_twenty_digits(name: str) -> None:
    hunt = Hunt(TRUE[name](), budget=4, seed=0)
    seen = []
    conclude = hunt.examiner.conclude

    def noted(index: int, instance: Any) -> Any:
        seen.append(conclude(index, instance))
        return seen[-1]

    hunt.examiner.conclude = noted  # type: ignore[method-assign,assignment]
    tally = hunt.run()
    assert tally.hit is None
    agreed = [finding for finding in seen if finding.status is Status.AGREES]
    assert agreed
    assert all(int(f.reason.rpartition("-")[2]) >= 20 for f in agreed)
    assert all(finding.status is not Status.FALSE for finding in seen)


@pytest.mark.parametrize("name", FALSE)
def test_a_changed_theorem_is_refuted(name: str) -> None:
    hunt = Hunt(FALSE[name](), budget=1500, seed=0)
    assert hunt.run().hit is not None
    found = hunt.counterexample(brief=True)
    assert found is not None
    assert float(found.margin) > 0
    assert "the potential is less" in found.explanation


def test_a_refutation_is_replayed_and_one_that_was_edited_is_not(tmp_path: Any) -> None:
    false = of_a_neuron(factor=Q(0))
    hunt = Hunt(false, budget=1500, seed=0)
    hunt.run()
    found = hunt.counterexample(brief=True)
    assert found is not None
    path = tmp_path / "found.json"
    write(found, false, path)
    assert replay(path, [false]).conclusion == "limit"
    where = dict(found.instance)
    still = {**where, "w_star": where["w_0"], "y": [str(0)] * len(where["y"])}
    write(replace(found, instance=still), false, path)
    with pytest.raises(CounterexampleError, match="does not refute"):
        replay(path, [false])


def at(**values: Any) -> dict[str, Any]:
    """A neuron in two dimensions with one datum (1, 2), from (2, (1, 0)), labelled to fit."""
    found: dict[str, Any] = {
        "d": 2,
        "n": 1,
        "X": Rows(((Fraction(1),), (Fraction(2),))),
        "y": (Fraction(3),),
        "w_star": (Fraction(3), Fraction(0)),
        "a_0": Fraction(2),
        "w_0": (Fraction(1), Fraction(0)),
        "delta": Fraction(3),
    }
    return {**found, **values}


ASIDE = {
    "labels that nothing fits": at(
        n=2, X=Rows(((Fraction(1),) * 2, (Fraction(2),) * 2)), y=(Fraction(3), Fraction(4))
    ),
    "as many data as dimensions": at(
        n=2, X=Rows(((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))), y=(Fraction(3),) * 2
    ),
}


@pytest.mark.parametrize("name", ASIDE)
def test_where_there_is_no_choice_of_fits_nothing_is_asked(name: str) -> None:
    examiner = Examiner(of_a_neuron())
    assert examiner.conclude(0, ASIDE[name]).status is Status.UNASKED


def test_a_flow_that_rests_away_from_every_fit_refutes_nothing() -> None:
    """From 0 a neuron does not move: its limit fits nothing, whatever the potential."""
    u = space.vector("u_0")
    still = implicit_bias({a: a_0, w: w_0}, predictor=a * w, data=X, labels=y,
                          potential=norm2(v - u), over=v)  # fmt: skip
    examiner = Examiner(claim({"fits": FITS}, still))
    zero = (Fraction(0), Fraction(0))
    where = at(a_0=Fraction(0), w_0=zero, u_0=(Fraction(9), Fraction(-3)))
    del where["delta"]
    assert examiner.conclude(0, where).status is Status.UNASKED
    moving = {**where, "a_0": Fraction(1)}
    assert examiner.conclude(0, moving).status is Status.FALSE


def test_data_that_vanish_leave_the_start() -> None:
    still = at(X=Rows(((Fraction(0),),) * 2), y=(Fraction(0),))
    assert Examiner(of_a_neuron()).conclude(0, still).status is Status.AGREES
    assert Examiner(of_a_neuron(factor=Q(1))).conclude(0, still).status is Status.FALSE


def test_the_radius_of_agreement_is_printed() -> None:
    finding = Examiner(of_a_neuron()).conclude(0, at())
    assert finding.status is Status.AGREES
    assert int(finding.reason.removeprefix("agree to 1e-")) >= FINE.digits - 2


def test_a_potential_without_a_value_is_undefined() -> None:
    examiner = Examiner(of_diagonals())
    zero, one = (Fraction(0), Fraction(0)), (Fraction(0), Fraction(1))
    start = {"p_0": zero, "q_0": one}
    given = {k: x for k, x in at().items() if k in ("d", "n", "X", "y", "w_star")}
    assert examiner.conclude(0, {**given, **start}).status is Status.UNDEFINED


rationals = st.fractions(min_value=-4, max_value=4, max_denominator=5)


@given(st.lists(st.tuples(rationals, rationals, rationals, rationals), min_size=1, max_size=5))
def test_fewest_samples_have_the_same_loss(rows: list[tuple[Fraction, ...]]) -> None:
    """Where the loss vanishes somewhere, it is written with at most as many terms as dimensions."""
    exact = [[Rational(x.numerator, x.denominator) for x in row] for row in rows]
    given_rows = [Sample(row[:3], row[3]) for row in exact]
    found = independent(given_rows)
    place = symbols("v1:4")
    whole = loss(given_rows, place)
    if found is None:
        assert any(row[3] != 0 for row in exact)
        return
    assert len(found) <= min(3, len(rows))
    assert (whole - loss(found, place)).expand() == 0


def loss(rows: list[Sample], place: tuple[Expr, ...]) -> Expr:
    return sum((row.weight * row.residual(place) ** 2 for row in rows), start=Rational(0))


ILL_FITTING: dict[str, Callable[[], Any]] = {
    "a vector that starts at a number": lambda: implicit_bias(
        {w: a_0}, predictor=w, data=X, labels=y, potential=norm2(v), over=v
    ),
    "no state": lambda: implicit_bias(
        {}, predictor=w, data=X, labels=y, potential=norm2(v), over=v
    ),
    "labels of another size": lambda: implicit_bias(
        {w: w_0}, predictor=w, data=X, labels=w_0, potential=norm2(v), over=v
    ),
}


@pytest.mark.parametrize("vice", ILL_FITTING)
def test_what_does_not_fit_is_refused(vice: str) -> None:
    with pytest.raises(StatementError):
        ILL_FITTING[vice]()


def test_a_scalar_state_and_the_variable_are_bound() -> None:
    (statement,) = (s for _, s in of_a_neuron().conclusions)
    assert {str(s) for s in statement.bound()} == {"a", "w", "v"}
