"""**Integral of q**: 1/2 asinh(20 t) over [0, 1], 50 digits.

Peer: `mpmath.quad`, which gives no bound.
"""

from __future__ import annotations

import flint
import mpmath

from benchmarks.race import Race

DIGITS = 50
BITS = 176


def race() -> Race:
    from verifier import Q, asinh, real
    from verifier.enclose.integrals.quadrature import enclose_integral

    t = real("t")
    integrand = Q(1, 2) * asinh(20 * t)

    def ours() -> flint.arb:
        return enclose_integral(integrand, t, Q(0), Q(1), bits=BITS)

    return Race("q integral", ours, {"mpmath.quad": _quad}, target="1.00", radius="1e-50")


def _quad() -> mpmath.mpf:
    with mpmath.workdps(DIGITS):
        return mpmath.quad(lambda t: mpmath.asinh(20 * t) / 2, [0, 1])
