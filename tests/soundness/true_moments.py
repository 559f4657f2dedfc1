"""**True statements on random processes**: one step of a Markov chain, and martingales."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import trial
from verifier import (
    Q,
    Space,
    by,
    covariance_is,
    dot,
    eq,
    exp,
    expects,
    family,
    ge,
    gt,
    indices,
    law,
    le,
    log,
    lt,
    markov_chain,
    martingale,
    moment_is,
    ne,
    negation,
    norm2,
    product_law,
    rademacher,
    reals,
    sqrt,
    submartingale,
    supermartingale,
    total,
    uniform_index,
    uniform_law,
    variance_is,
    within,
)

x, y, z, w, a, b, c, p, s, eta, m = reals("x y z w a b c p s eta m")
(i,) = indices("i")
X, Y = family("X", "n"), family("Y", "n")
n = X.size
space = Space()
u, v = space.vectors("u v")
FAIR = rademacher(z)
COIN = law(z, {1: p, 0: 1 - p})
TWO = product_law(rademacher(z), rademacher(w))
WALK = markov_chain({x: x + z}, FAIR)
AR = markov_chain({x: a*x + s*z}, FAIR)
SAMPLED = product_law(FAIR, uniform_index(i, "n"))
SGD = markov_chain({x: x - 2*eta*(X[i]*x - Y[i] - z)*X[i]}, SAMPLED)
NEURON = markov_chain({x: x - 2*eta*(x*y + z)*y, y: y - 2*eta*(x*y + z)*x}, FAIR)

TRUE_MOMENTS = (
    trial("walk-martingale", "E z = 0", martingale(WALK, x), by.moments),
    trial("walk-square", "one more each step", moment_is(WALK, x**2, x**2 + 1), by.moments),
    trial("walk-submartingale", "the square grows", submartingale(WALK, x**2), by.moments),
    trial("walk-exponential", "Wald's martingale needs the cosh",
          moment_is(WALK, exp(a*x), exp(a*x) * (exp(a) + exp(-a)) / 2), by.moments),
    trial("gambler", "(q/p)^x is kept",
          moment_is(markov_chain({x: x + z}, law(z, {1: Q(2, 3), -1: Q(1, 3)})), 2**(-x), 2**(-x)),
          by.moments),
    trial("regression-square", "a^2 x^2 + s^2", moment_is(AR, x**2, a**2*x**2 + s**2), by.moments),
    trial("regression-variance", "s^2 whatever x", variance_is(AR, x, s**2), by.moments),
    trial("regression-fourth", "with the kurtosis of a sign",
          moment_is(AR, x**4, a**4*x**4 + 6*a**2*s**2*x**2 + s**4), by.moments),
    trial("regression-lyapunov", "outside of a ball",
          supermartingale(AR, x**2), by.moments(then=by.sum_of_squares),
          le(a**2, Q(1, 2)), ge(x**2, 2*s**2)),
    trial("bernoulli-variance", "p (1 - p)",
          variance_is(markov_chain({x: x + z}, COIN), x, p*(1 - p)), by.moments,
          *within(p, 0, 1)),
    trial("bernoulli-mean-below", "strictly", expects(z, COIN, 1, op="<"), by.moments,
          ge(p, 0), lt(p, 1)),
    trial("uncorrelated", "independent noises",
          covariance_is(markov_chain({x: x + z, y: y + w}, TWO), x, y, 0), by.moments),
    trial("correlated", "one noise in both",
          covariance_is(markov_chain({x: x + z, y: y + 2*z}, FAIR), x, y, 2), by.moments),
    trial("product-of-independent", "E zw = 0", expects(z*w, TWO, 0), by.moments),
    trial("die", "35/12", variance_is(markov_chain({x: z}, uniform_law(z, range(1, 7))), x,
                                      Q(35, 12)), by.moments),
    trial("least-squares-by-samples", "the mean step is that of the mean loss, for all data",
          moment_is(SGD, x, x - 2*eta*(total(X[i]**2, i)/n*x - total(X[i]*Y[i], i)/n)),
          by.moments),
    trial("label-noise-alone", "its variance is that of the gradients",
          expects((2*eta*z*X[i])**2, SAMPLED,
                  4*eta**2*total(X[i]**2, i)/n), by.moments),
    trial("balance-of-a-neuron", "v^2 - u^2 shrinks by 1 - 4 eta^2 E e^2",
          moment_is(NEURON, y**2 - x**2, (y**2 - x**2)*(1 - 4*eta**2*(x**2*y**2 + 1))),
          by.moments),
    trial("drift-along-the-flat-direction", "-4 eta u v (u + ...) at u = 0 is none",
          moment_is(NEURON, y, y), by.moments, eq(x, 0)),
    trial("copies", "label noise is a law on the copies",
          expects((x - y - z)**2, law(z, [(c, Q(1, 2)), (-c, Q(1, 2))]), (x - y)**2 + c**2),
          by.moments),
    trial("norm-of-a-noisy-step", "in every dimension",
          expects(norm2(u - z*v), FAIR, norm2(u) + norm2(v)), by.moments),
    trial("norm-of-noisy-gradients", "Pythagoras in the mean",
          expects(norm2(u - eta*(dot(u, v) + z)*v), FAIR,
                  norm2(u) - (2*eta - eta**2*norm2(v))*dot(u, v)**2 + eta**2*norm2(v)),
          by.moments),
    trial("positive-values", "the root has one", expects(sqrt(x)*z, FAIR, 0), by.moments, ge(x, 0)),
    trial("geometric-walk", "log is a supermartingale where the factor is fair",
          moment_is(markov_chain({x: x*exp(z)}, FAIR), log(x), log(x)), by.moments, gt(x, 0)),
    trial("weights-by-hypothesis", "a law on a simplex",
          expects(z, law(z, [(0, a), (1, b), (2, 1 - a - b)]), 2 - 2*a - b),
          by.moments(weights=by.linear), ge(a, 0), ge(b, 0), le(a + b, 1)),
    trial("no-martingale", "a step up more often than down",
          negation(martingale(markov_chain({x: x + z}, law(z, {1: Q(2, 3), -1: Q(1, 3)})), x)),
          by.moments),
    trial("no-law", "the weights add up to 5/6",
          negation(expects(z, law(z, {1: Q(1, 2), -1: Q(1, 3)}), 0)), by.moments),
    trial("no-law-either", "a negative weight",
          negation(expects(z, law(z, {1: -p, -1: 1 + p}), -1 - 2*p)), by.moments, gt(p, 0)),
    trial("not-the-same", "a^2 = 1 is left out",
          negation(moment_is(markov_chain({x: a*x + z}, FAIR), x**2, x**2 + 1)), by.moments,
          gt(a**2, 1), ne(x, 0)),
    trial("moments-from-moments", "a known expectation is a fact",
          gt(c, 0), by.moments, expects((x + z)**2, FAIR, c)),
)
