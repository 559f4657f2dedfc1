"""**True statements about sequences and speeds**: what does not tend to a limit."""

from __future__ import annotations

from tests.soundness.statements import trial
from verifier import (
    absolute,
    by,
    cos,
    eventually,
    exp,
    ge,
    gt,
    is_order,
    le,
    log,
    negation,
    reals,
    sin,
    tends,
    tends_jointly,
)
from verifier.exact.scalars import oo

a, x, y = reals("a x y")
L = by.limit
bump = x**5 * y / (x**10 + y**2)

TRUE_SEQUENCES = (
    trial("sine-has-no-limit", "1 at pi/2 + 2 pi n", negation(tends(sin(x), x, oo, 0)), L),
    trial("cosine-at-a-point", "1 at 1/(2 pi n)", negation(tends(cos(1 / x), x, 0, 0)), L),
    trial("no-exact-order", "0 at pi n",
          negation(is_order(x * sin(x), x, x, oo, order="Theta")), L),
    trial("not-for-ever", "0 at pi n", negation(eventually(gt(sin(x), 0), x, oo)), L),
    trial("logarithm-above", "x - x^2/2", eventually(ge(log(1 + x), x / 2), x), L),
    trial("on-both-sides", "x^2/2", eventually(ge(exp(x), 1 + x), x, side="both"), L),
    trial("distance-near-zero", "a - x", eventually(le(absolute(x - a), a), x), L, gt(a, 0)),
    trial("not-jointly", "1/2 on y = x^5",
          negation(tends_jointly(bump, (x, 0), (y, 0), value=0)), L),
)  # fmt: skip
