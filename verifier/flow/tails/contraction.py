"""**Contraction**: the speed of a flow falls at a rate m, so that at most |f(y)|/m is left.

In coordinates z = S^-1 y, with the logarithmic norm of S^-1 J S at most -m on the ball,

    |S^-1 f(y(t))| <= exp(-m t) |S^-1 f(y(0))|,    length <= |S| |S^-1 f(y(0))| / m.

For a gradient flow S = 1 and m is the strong convexity of the loss, whatever its least value; for
other fields S are eigenvectors at y, which only propose a norm. A ball on which a field contracts
has at most one equilibrium, so that Krawczyk's test there encloses the limit itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import arb, arb_mat

from verifier.enclose.rings import reals
from verifier.flow.field import Field
from verifier.flow.step import logarithmic_norm
from verifier.flow.tails.tail import Bound, Rule, around, norm, positive


def contraction(flow: Field) -> Rule:
    """The rule for a field; a ball where it does not contract has no bound."""

    def bound(here: Sequence[arb], radius: arb) -> Bound | None:
        jacobian = flow.jacobian(around(here, radius))
        if not all(entry.is_finite() for row in jacobian for entry in row):
            return None
        velocity = flow.velocity(reals, here)
        rate = -logarithmic_norm(jacobian)
        if positive(rate):
            return Bound((norm(velocity) / rate).upper(), (("m", rate),))
        return None if flow.symmetric else _in_a_basis(jacobian, velocity)

    name = "strong convexity" if flow.symmetric else "contraction"
    return Rule(name, bound, isolates=True)


def _in_a_basis(jacobian: Sequence[Sequence[arb]], velocity: Sequence[arb]) -> Bound | None:
    basis = _eigenvectors(jacobian)
    if basis is None:
        return None
    n = len(velocity)
    try:
        inverse = basis.inv()
    except ZeroDivisionError:
        return None
    turned = inverse * arb_mat(n, n, [entry for row in jacobian for entry in row]) * basis
    rate = -logarithmic_norm(turned.tolist())
    if not positive(rate):
        return None
    speed = norm((inverse * arb_mat(n, 1, list(velocity))).entries())
    size = norm(basis.entries())
    return Bound((size * speed / rate).upper(), (("m", rate), ("|S|", size)))


def _eigenvectors(jacobian: Sequence[Sequence[arb]]) -> arb_mat | None:
    """Real and imaginary parts of the eigenvectors of the midpoints, in doubles."""
    middle = np.array([[float(entry.mid()) for entry in row] for row in jacobian])
    values, vectors = np.linalg.eig(middle)
    columns = []
    for value, vector in zip(values, vectors.T, strict=True):
        if value.imag >= 0:
            columns.append(vector.real)
        if value.imag > 0:
            columns.append(vector.imag)
    if not np.isfinite(vectors).all():
        return None
    n = len(jacobian)
    return arb_mat(n, n, [float(columns[j][i]) for i in range(n) for j in range(n)])
