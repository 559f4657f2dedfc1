"""**True statements on Markov chains**: moments after t steps, for every t, and in the limit."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import trial
from verifier import (
    Q,
    by,
    eq,
    ge,
    gt,
    indices,
    law,
    lt,
    markov_chain,
    moment_after,
    moment_tends,
    ne,
    negation,
    product_law,
    rademacher,
    reals,
    sqrt,
    uniform_law,
)

x, y, z, w, a, b, c, g, s, eta, S = reals("x y z w a b c g s eta S")
(t,) = indices("t")
x0, y0 = reals("x_0 y_0")
FAIR = rademacher(z)
AT, BEGUN = {"start": {x: x0}, "time": t}, {"start": {x: 0}}
WALK = markov_chain({x: x + z}, FAIR)
AR = markov_chain({x: a*x + s*z}, FAIR)
ORNSTEIN = markov_chain({x: x - 2*eta*(g*x + z)*g}, rademacher(z, s))
NEURON = markov_chain({x: x - 2*eta*(x*y + z)*y, y: y - 2*eta*(x*y + z)*x}, FAIR)
SLOW = markov_chain({x: Q(999, 1000)*x + z/10}, FAIR)
DATA = product_law(law((a, b), {(1, 2): Q(1, 2), (2, -1): Q(1, 2)}), rademacher(z))
PLANE = markov_chain({x: x - (a*x + b*y + z)*a/50, y: y - (a*x + b*y + z)*b/50}, DATA)
SECOND = a**(2*t)*x0**2 + s**2*(1 - a**(2*t))/(1 - a**2)

TRUE_CHAINS = (
    trial("walk-square-after", "x0^2 + t", moment_after(WALK, x**2, x0**2 + t, **AT), by.moments),
    trial("walk-fourth-after", "by the square",
          moment_after(WALK, x**4, x0**4 + 6*t*x0**2 + 3*t**2 - 2*t, **AT),
          by.moments(closed={x**2: x0**2 + t})),
    trial("walk-cube-after", "by the mean",
          moment_after(WALK, x**3, x0**3 + 3*t*x0, **AT), by.moments(closed={x: x0})),
    trial("regression-mean-after", "a^t x0", moment_after(AR, x, a**t*x0, **AT), by.moments),
    trial("regression-square-after", "a geometric sum", moment_after(AR, x**2, SECOND, **AT),
          by.moments, ne(a**2, 1)),
    trial("regression-square-bound", "never above the stationary one",
          moment_after(AR, x**2, s**2/(1 - a**2), start={x: 0}, time=t, op="<="),
          by.moments(closed={x**2: s**2*(1 - a**(2*t))/(1 - a**2)}), gt(a, 0), lt(a, 1)),
    trial("regression-from-a-time-on", "the hypothesis is on t alone",
          moment_after(WALK, x**2, 4, start={x: 0}, time=t, op=">="), by.moments(closed={x**2: t}),
          ge(t, 4)),
    trial("three-steps", "a polynomial in all parameters",
          moment_after(AR, x**2, a**6*x0**2 + s**2*(1 + a**2 + a**4), start={x: x0}, time=3),
          by.moments),
    trial("no-steps", "the start itself", moment_after(AR, x**3, x0**3, start={x: x0}, time=0),
          by.moments),
    trial("neuron-after-two-steps", "moments that do not close are followed all the same",
          moment_after(NEURON, y, 1 - 8*eta**3, start={x: 0, y: 1}, time=2), by.moments),
    trial("a-billion-steps", "in a ball", moment_after(SLOW, x**2, 5, time=10**9, op=">=", **BEGUN),
          by.moments),
    trial("a-billion-steps-above", "from the other side",
          moment_after(SLOW, x**2, Q(501, 100), time=10**9, op="<", **BEGUN), by.moments),
    trial("a-billion-steps-denied", "10/1999 off",
          negation(moment_after(SLOW, x**2, 5, time=10**9, **BEGUN)), by.moments),
    trial("sum-of-squares", "the time average of a walk that is pulled back",
          moment_after(markov_chain({x: x/2 + z, S: S + x**2}, FAIR), S, Q(80097, 4096),
                       start={x: 3, S: 0}, time=7),
          by.moments),
    trial("two-noises-after", "one for each step",
          moment_after(markov_chain({x: x + z, y: y + x*w}, product_law(FAIR, rademacher(w))), y**2,
                       t*(t - 1)/2, start={x: 0, y: 0}, time=t), by.moments(closed={x**2: t})),
    trial("die-after", "7/2 each",
          moment_after(markov_chain({x: x + z}, uniform_law(z, range(1, 7))), x, Q(7, 2)*t,
                       start={x: 0}, time=t), by.moments),
    trial("regression-limit", "the stationary variance", moment_tends(AR, x**2, s**2/(1 - a**2)),
          by.moments, lt(a, 1), gt(a, -1)),
    trial("regression-fourth-limit", "with the kurtosis",
          moment_tends(AR, x**4, (6*a**2*s**4/(1 - a**2) + s**4)/(1 - a**4)),
          by.moments(rate=by.sum_of_squares), lt(a, 1), gt(a, 0)),
    trial("label-noise-limit", "eta s^2 to leading order, whatever the slope",
          moment_tends(ORNSTEIN, x**2, eta*s**2/(1 - eta*g**2)),
          by.moments(rate=by.positivstellensatz), gt(eta, 0), ne(g, 0), lt(eta*g**2, 1)),
    trial("label-noise-in-the-plane", "isotropic", moment_tends(PLANE, x**2, Q(1, 95)), by.moments),
    trial("label-noise-uncorrelated", "no covariance", moment_tends(PLANE, x*y, 0), by.moments),
    trial("a-root-of-noise", "sqrt(2) is a parameter",
          moment_tends(markov_chain({x: x/2 + sqrt(2)*z}, FAIR), x**2, Q(8, 3)), by.moments),
    trial("difference-forgets", "each coordinate does not",
          moment_tends(markov_chain({x: (x + y)/2 + z, y: (x + y)/2 + z + 1}, FAIR), y - x, 1),
          by.moments),
    trial("no-limit", "it doubles",
          negation(moment_tends(markov_chain({x: 2*x + z}, FAIR), x**2, -Q(1, 3))), by.moments),
    trial("no-limit-of-a-walk", "t grows", negation(moment_tends(WALK, x**2, 1)), by.moments),
    trial("no-limit-of-a-flip", "it alternates",
          negation(moment_tends(markov_chain({x: -x + z}, FAIR), x, 0)), by.moments),
    trial("another-limit", "4/3",
          negation(moment_tends(markov_chain({x: x/2 + z}, FAIR), x**2, 1)), by.moments),
    trial("not-after-three", "3", negation(moment_after(WALK, x**2, 4, time=3, **BEGUN)),
          by.moments),
    trial("not-a-law-after", "1/2 is missing",
          negation(moment_after(markov_chain({x: x + z}, law(z, {1: Q(1, 2)})), x, 0, time=0,
                                **BEGUN)), by.moments),
    trial("vanishing-start", "of any a", moment_after(AR, x, 0, start={x: x0}, time=t), by.moments,
          eq(x0, 0)),
)
