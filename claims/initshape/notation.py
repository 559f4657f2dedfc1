r"""**Notation** of the paper: its symbols, the radicals of a single neuron, the shared profiles.

`delta` is the balancedness a^2 - ||w||^2, `alpha` the scale and `s` the shape of the start, `x` the
norm of the linear predictor, `k` the invariant of one coordinate of the diagonal model, whose four
weights are `u_p`, `u_m`, `v_p`, `v_m` and whose residuals drive it by `G`.
"""

from typing import Any

from verifier import Coordinates, Paper, Space, asinh, reals, sqrt

PAPER = Paper(
    key="initshape",
    title="On the Implicit Bias of Initialization Shape: Beyond Infinitesimal Mirror Descent",
    authors="Shahar Azulay, Edward Moroshko, Mor Shpigel Nacson, Blake Woodworth, "
    "Nathan Srebro, Amir Globerson, Daniel Soudry",
    year=2021,
    reference="ICML 2021, PMLR 139:468-477; arXiv:2102.09769",
)

alpha, s, delta, x, k, C, C_0 = reals("alpha s delta x k C C_0")
space = Space("d")
at = Coordinates("w", space="d")
dimension = space.dimension

u_p, u_m, v_p, v_m, G = reals("u_p u_m v_p v_m G")
w_tilde = u_p * v_p - u_m * v_m
c_i = u_p * u_m + v_p * v_m
diagonal_flow = {u_p: v_p * G, u_m: -v_m * G, v_p: u_p * G, v_m: -u_m * G}


def S(r: Any) -> Any:
    r"""S(r) = sqrt(r^2 + delta^2/4), which is (a^2 + ||w||^2)/2 along the flow."""
    return sqrt(r**2 + delta**2 / 4)


def P(r: Any) -> Any:
    r"""P(r) = sqrt(S(r) - delta/2), which is ||w|| along the flow (appendix B)."""
    return sqrt(S(r) - delta / 2)


def g_hat(r: Any) -> Any:
    r"""The radial profile of the warp (appendix B.1, Lemma 3)."""
    return P(r) / r * (delta / 2 + S(r))


def q_hat(r: Any) -> Any:
    r"""The radial profile of the potential for C = 1, C' = 0 (appendix B)."""
    return (r**2 - delta / 2 * (delta / 2 + S(r))) * P(r) / r


def metric_identity(r: Any) -> Any:
    r"""The factor of I in the metric H of Eq. (23)."""
    return 1 / (delta / 2 + S(r))


def metric_outer(r: Any) -> Any:
    r"""The factor of -w w^T in the metric H of Eq. (23)."""
    return metric_identity(r) / (2 * (delta / 2 + S(r)) * S(r))


def q_closed(r: Any) -> Any:
    r"""The closed form of q_k (Eq. 9)."""
    root = sqrt(k)
    return root / 4 * (1 - sqrt(1 + 4 * r**2 / k) + 2 * r / root * asinh(2 * r / root))
