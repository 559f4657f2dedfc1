"""**Polyak-Lojasiewicz**: a strongly convex function of residuals with independent gradients.

For L = F(r(y)), with k below the eigenvalues of J J^T for J = r'(y), and mu below those of the
Hessian of F on a box that holds the residuals, both on the ball,

    |grad L|^2 >= k |grad F|^2 >= 2 k mu (L - L*),    length <= |grad F(r(y))| / (mu sqrt(k)),

where L* is the least value of F on that box: it is never needed, zero or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import arb

from verifier.enclose.linear.spectra import smallest_eigenvalue
from verifier.flow.tails.tail import Bound, Rule, around, gram, norm, positive

if TYPE_CHECKING:
    from verifier.flow.losses import Composite


def polyak(loss: Composite) -> Rule:
    """The rule for a composite loss; dependent gradients, or a flat F, have no bound."""

    def bound(here: Sequence[arb], radius: arb) -> Bound | None:
        ball = around(here, radius)
        independence = smallest_eigenvalue(gram(loss.slopes_at(ball)))
        if not positive(independence):
            return None
        convexity = smallest_eigenvalue(loss.curvature_at(loss.residuals_at(ball)))
        if not positive(convexity):
            return None
        push = norm(loss.push_at(loss.residuals_at(here)))
        length = (push / (convexity * independence.sqrt())).upper()
        constants = (("mu", (convexity * independence).lower()), ("k", independence))
        return Bound(length, constants)

    return Rule("Polyak-Lojasiewicz", bound)
