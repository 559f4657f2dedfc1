"""**True statements on limits, growth and rates**, one variable or several, in order."""

# fmt: off

from __future__ import annotations

from tests.power.statements import Truth, true
from verifier import (
    Q,
    asinh,
    asymptotic,
    eventually,
    exp,
    gt,
    is_order,
    le,
    log,
    lt,
    oo,
    reals,
    sqrt,
    tends,
    tends_along,
    tends_in_turn,
    tends_jointly,
    within,
)

a, b, k, m, p, t, w, x, y = reals("a b k m p t w x y")
eta, eps, beta = reals("eta eps beta")
SMALL = (gt(eps, 0), lt(eps, beta), lt(beta, Q(1, 12)))

LIMITS: tuple[Truth, ...] = (
    true("initshape/large-k", tends(sqrt(k)*asinh(2*w/sqrt(k))/2, k, oo, w)),
    true("initshape/slope-of-root",
         tends((sqrt(k + x) - sqrt(k))/x, x, 0, 1/(2*sqrt(k))), gt(k, 0)),
    true("initshape/limits-in-turn", tends_in_turn(x/(x + 2*y), (x, 0), (y, 0), value=1)),
    true("initshape/shape-to-one",
         tends_along(a/(1 - t**2), {a: p, t: 1 - p}, p, 0, Q(1, 2))),
    true("initshape/other-order", tends_in_turn((x - y)/(x + y), (y, 0), (x, 0), value=-1)),
    true("svrelu/weights-in-turn", tends_in_turn((a*x + b*y)/(x + y), (x, 0), (y, 0), value=a)),
    true("svrelu/time-before-start", tends_in_turn(exp(-x*y), (x, 0), (y, oo), value=0)),
    true("oulike/steps-before-rate", tends_in_turn(x*y/(1 + x*y), (x, 0), (y, oo), value=1)),
    true("recovery/second-order", tends((exp(a*x) - 1 - a*x)/x**2, x, 0, a**2/2)),
    true("svrelu/decay", tends(exp(-m*t) + b, t, oo, b), gt(m, 0)),
    true("overlap/softplus-tail", tends(log(1 + exp(x)) - x, x, oo, 0)),
    true("overlap/weights", tends((a*x + b)/(x + 1), x, oo, a)),
    true("initshape/joint", tends_jointly(x*y/(x + y), (x, 0), (y, 0), value=0)),
)

RATES: tuple[Truth, ...] = (
    true("recovery/fast-against-slow", is_order(exp(-x), 1/x**2, x, oo, order="o")),
    true("recovery/leading-term", asymptotic(log(1 + x), x, x, 0)),
    true("oulike/distances-apart", eventually(lt(eta**Q(11, 25), eta**Q(2, 5)), eta)),
    true("oulike/exponents", eventually(le(eta**a*eta**b, eta**(a + b)), eta)),
    true("oulike/mean-is-small",
         is_order(eta**(Q(3, 2) - 3*beta), eta**Q(5, 4), eta, 0, order="o"), *SMALL),
    true("oulike/drift", is_order(3*eta**2 + eta**3, eta**2, eta, 0, order="Theta")),
    true("oulike/logs-lose",
         is_order(eta**a*log(1/eta), eta**b, eta, 0, order="o"), gt(a, b),
         within(b, 0, 1)),
)
