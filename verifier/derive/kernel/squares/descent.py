"""**Descent**: rational points at which a polynomial is negative and its hypotheses hold.

A random descent of what is violated proposes points in floats, which are rounded to small
denominators. Only exact values count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from verifier.derive.kernel.signs.counterpoint import Point
from verifier.derive.kernel.signs.glance import Terms, relative, terms_of
from verifier.derive.kernel.squares.certificate import Poly

STARTS = 400
STEPS = 60
KEPT = 24
SCALES = (0.3, 1.0, 3.0, 10.0)
DENOMINATORS = (4, 12, 100, 1000, 10**6)


def descended_point(
    target: Poly, nonnegative: Sequence[Poly], allowed: Callable[[Point], bool]
) -> Point | None:
    """A rational point below zero near the lowest points that a descent in floats reaches.

    `nonnegative` are the polynomials that `allowed` asks to be nonnegative or positive; descent
    follows the lowest of the target with a penalty for each that is negative.
    """
    size = target.context().nvars()
    if not size:
        return None
    terms = [terms_of(poly) for poly in (target, *nonnegative)]
    draw = np.random.default_rng(0)
    scales = np.resize(np.array(SCALES), STARTS)[:, None]
    at = draw.standard_normal((STARTS, size)) * scales
    with np.errstate(all="ignore"):
        score = _score(terms, at)
        step = 0.3 * np.abs(at).max(axis=1, keepdims=True)
        for _ in range(STEPS):
            there = at + step * draw.standard_normal(at.shape)
            reached = _score(terms, there)
            better = reached < score
            at[better], score[better] = there[better], reached[better]
            step = np.where(better[:, None], step * 1.2, step * 0.85)
    best = np.argsort(np.nan_to_num(score, nan=np.inf), kind="stable")[:KEPT]
    for row in at[best]:
        for limit in DENOMINATORS:
            near = [Fraction(float(v)).limit_denominator(limit) for v in row]
            point = tuple(fmpq(v.numerator, v.denominator) for v in near)
            if target(*point) < 0 and allowed(point):
                return point
    return None


def _score(terms: Sequence[Terms], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """The target over the size of its terms, with a penalty for each violated hypothesis."""
    first, *others = terms
    total = relative(first, at)
    for one in others:
        total = total + 10 * np.maximum(-relative(one, at), 0)
    return np.asarray(total)
