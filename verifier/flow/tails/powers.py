"""**Powers of residuals**: degenerate minima of sums of even powers, with Lojasiewicz' exponent.

For L - L* = sum_j c_j r_j^(p_j), n terms, the largest power p, the gradients of the residuals
independent with k below the eigenvalues of J J^T on the ball, and s = L(y) - L* at its middle,

    |grad L|^2 >= k sum_j p_j^2 c_j^(2/p_j) (c_j r_j^(p_j))^(2 - 2/p_j)
               >= c^2 (L - L*)^(2 - 2/p),
    c^2 = k n^(2/p - 1) min_j p_j^2 c_j^(2/p_j) s^(2/p - 2/p_j),

since no term exceeds s along the flow. With theta = 1 - 1/p,  length <= s^(1/p) p / c.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import arb, fmpq

from verifier.enclose.linear.spectra import smallest_eigenvalue
from verifier.enclose.rings import reals
from verifier.flow.tails.tail import Bound, Rule, around, gram, positive

if TYPE_CHECKING:
    from verifier.flow.losses import Composite

Term = tuple[fmpq, int]  # the factor and the even power of a residual


def powers(loss: Composite, terms: Sequence[Term]) -> Rule:
    """The rule for a loss whose residual j enters as terms[j], and a constant."""
    top = max(power for _, power in terms)

    def bound(here: Sequence[arb], radius: arb) -> Bound | None:
        independence = smallest_eigenvalue(gram(loss.slopes_at(around(here, radius))))
        left = _left(loss.residuals_at(here), terms)
        if not (positive(independence) and positive(left)):
            return None
        least = arb.pos_inf()
        for factor, power in terms:
            size = arb(power) ** 2 * arb(factor) ** (arb(2) / power)
            least = least.min(size * left ** (arb(2) / top - arb(2) / power))
        constant = (independence * arb(len(terms)) ** (arb(2) / top - 1) * least).sqrt().lower()
        length = (left ** (arb(1) / top) * top / constant).upper()
        return Bound(length, (("c", constant), ("theta", 1 - arb(1) / top)))

    return Rule("Lojasiewicz", bound)


def _left(residuals: Sequence[arb], terms: Sequence[Term]) -> arb:
    """An upper bound of L - L*."""
    total = arb(0)
    for value, (factor, power) in zip(residuals, terms, strict=True):
        total = total + arb(factor) * reals.power(power, value)
    return total.upper()
