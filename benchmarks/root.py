"""**Root enclosure**: q_k(x) = 1 for k = 1/100, 50 digits, from the bracket [1/2, 3/2].

Peers: `mpmath.findroot`, which gives no bound, and interval Newton written with `mpmath.iv`.
"""

from __future__ import annotations

import flint
import mpmath

from benchmarks.race import Race

DIGITS = 50


def race() -> Race:
    from verifier import Q, asinh, real, sqrt
    from verifier.enclose.solving.roots import enclose_root

    x, k = real("x"), Q(1, 100)
    # q_k(x) = sqrt(k)/4 (1 - sqrt(1 + 4x^2/k) + 2x/sqrt(k) asinh(2x/sqrt(k)))
    t = 2 * x / sqrt(k)
    equation = sqrt(k) / 4 * (1 - sqrt(1 + t**2) + t * asinh(t)) - 1
    bracket = (Q(1, 2), Q(3, 2))

    def ours() -> flint.arb:
        return enclose_root(equation, x, bracket, digits=DIGITS).ball

    peers = {"mpmath.findroot": _findroot, "mpmath.iv Newton": _interval_newton}
    return Race("root enclosure", ours, peers, target="0.20", radius="1e-50")


def _findroot() -> mpmath.mpf:
    with mpmath.workdps(DIGITS):
        root = mpmath.sqrt(mpmath.mpf(1) / 100)

        def equation(x: mpmath.mpf) -> mpmath.mpf:
            t = 2 * x / root
            return root / 4 * (1 - mpmath.sqrt(1 + t * t) + t * mpmath.asinh(t)) - 1

        start = (mpmath.mpf(1) / 2, mpmath.mpf(3) / 2)
        return mpmath.findroot(equation, start)


def _interval_newton() -> mpmath.mpf:
    iv, before = mpmath.iv, mpmath.iv.dps
    iv.dps = DIGITS + 5
    try:
        root = iv.sqrt(iv.mpf(1) / 100)
        x = iv.mpf(["0.5", "1.5"])
        while x.delta > iv.mpf(10) ** -DIGITS:
            middle = iv.mpf(x.mid)
            t = 2 * middle / root
            value = root / 4 * (1 - iv.sqrt(1 + t * t) + t * _asinh(t)) - 1
            # q_k'(x) = asinh(2x/sqrt(k)) / 2
            newton = middle - 2 * value / _asinh(2 * x / root)
            x = iv.mpf([max(x.a, newton.a), min(x.b, newton.b)])
        with mpmath.workdps(DIGITS + 5):
            return mpmath.mpf(x.mid)
    finally:
        iv.dps = before


def _asinh(t: mpmath.iv.mpf) -> mpmath.iv.mpf:
    return mpmath.iv.log(t + mpmath.iv.sqrt(1 + t * t))
