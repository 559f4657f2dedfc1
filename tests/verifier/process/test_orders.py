"""**Orders**: leading terms of drift and variance, and the drift that averaging leaves."""

from __future__ import annotations

import pytest
import sympy

from verifier import (
    averaged_drift,
    exp,
    law,
    leading_orders,
    markov_chain,
    product_law,
    rademacher,
    reals,
    sqrt,
)
from verifier.errors import UnsupportedError
from verifier.process.orders import Orders, Term

u, v, w, x, y, z, b, eta, s = reals("u v w x y z b eta s")
NOISE = rademacher(z, s)
NEURON = markov_chain({u: u - 2 * eta * (u * v + z) * v, v: v - 2 * eta * (u * v + z) * u}, NOISE)


def test_the_flat_direction_drifts_with_the_square_of_the_other() -> None:
    found = leading_orders(NEURON, v, eta)
    assert Orders(Term(1, -2 * u**2 * v), Term(2, 4 * s**2 * u**2)) == found


def test_the_balance_drifts_a_whole_order_later() -> None:
    drift = leading_orders(NEURON, v**2 - u**2, eta).drift
    assert 2 == drift.order
    assert 0 == sympy.expand(drift.coefficient + 4 * (v**2 - u**2) * (u**2 * v**2 + s**2))


def test_what_does_not_move_has_no_order() -> None:
    still = leading_orders(markov_chain({x: x}, NOISE), x, eta)
    assert Orders(Term(0, sympy.Integer(0)), Term(0, sympy.Integer(0))) == still


def test_a_small_parameter_may_not_hide() -> None:
    with pytest.raises(UnsupportedError, match="is no polynomial in `eta`"):
        leading_orders(markov_chain({x: x - sqrt(eta) * z}, NOISE), x, eta)
    with pytest.raises(UnsupportedError, match="is no polynomial in `eta`"):
        leading_orders(markov_chain({x: x * exp(eta)}, NOISE), x, eta)


def test_label_noise_leaves_the_gradient_of_the_regulariser() -> None:
    """Along the flat v the drift is -eta^2 s^2 d/dv (u^2 + v^2) at u = 0, to leading order."""
    found = averaged_drift(NEURON, v, fast=[u])
    assert -2 * s**2 * v == sympy.limit(found.value / eta**2, eta, 0)
    assert [0] == [sympy.expand(f - (1 - 2 * eta * v**2) ** 2) for f in found.factors]


def test_a_coupling_of_the_model_scales_the_drift() -> None:
    error = u * (1 + b * v) + z
    moves = {u: u - 2 * eta * error * (1 + b * v), v: v - 2 * eta * error * u * b}
    found = averaged_drift(markov_chain(moves, NOISE), v, fast=[u])
    at_zero = found.value.subs(v, 0)
    assert 0 == sympy.simplify(sympy.limit(at_zero / eta**2, eta, 0) + 2 * b * s**2)


def test_two_fast_variables_are_averaged_together() -> None:
    law_of_both = product_law(rademacher(z), law(w, {0: 1}))
    moves = {x: x / 2 + z, y: y / 3 + x, u: u + eta * x * y}
    found = averaged_drift(markov_chain(moves, law_of_both), u, fast=[x, y])
    assert 0 == sympy.expand(found.value - sympy.Rational(4, 5) * eta)


def test_fast_variables_must_forget() -> None:
    with pytest.raises(UnsupportedError, match="keeps what it began with"):
        averaged_drift(markov_chain({x: x + z, u: u + x**2}, rademacher(z)), u, fast=[x])
    with pytest.raises(UnsupportedError, match="are some of those of the state"):
        averaged_drift(NEURON, v, fast=[x])
    with pytest.raises(UnsupportedError, match="are some of those of the state"):
        averaged_drift(NEURON, v, fast=[])
