"""**True statements on chains whose moments do not close**: drift, and sets that no step leaves."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import trial
from verifier import (
    Q,
    by,
    chance_after,
    exp,
    family,
    ge,
    gt,
    indices,
    le,
    lt,
    markov_chain,
    moment_after,
    product_law,
    rademacher,
    reals,
    sqrt,
    tanh,
    total,
    uniform_index,
    within,
)

x, y, z, a, b, c, eta, s = reals("x y z a b c eta s")
(x0,) = reals("x_0")
t, i = indices("t i")
X = family("X", "n")
n = X.size
FAIR = rademacher(z)
WALK = markov_chain({x: x + z}, FAIR)
SQUARED = markov_chain({x: x**2/2 + z/4}, FAIR)
PULLED = markov_chain({x: x/(1 + x**2) + z}, FAIR)
COSH = (exp(a) + exp(-a))/2
AT = {"start": {x: 0}, "time": t}
BOX = within(x, -1, 1)
SGD = markov_chain({x: x - 2*eta*(X[i]*x - z)*X[i]}, product_law(FAIR, uniform_index(i, "n")))
MEAN = total(X[i]**2, i)/n
CUBES = by.positivstellensatz

TRUE_DRIFT = (
    trial("exponential-of-a-walk", "cosh a each step", moment_after(WALK, exp(a*x), COSH**t, **AT),
          by.moments(drift=(COSH, 0))),
    trial("chernoff", "for every a > 0", chance_after(WALK, ge(x, c), COSH**t*exp(-a*c), **AT),
          by.moments(drift=(COSH, 0), test=exp(a*(x - c))), gt(a, 0)),
    trial("pulled-back", "one step forgets all but 9/4",
          moment_after(PULLED, x**2, Q(9, 4), op="<=", **AT),
          by.moments(drift=(0, Q(9, 4)), shape=CUBES)),
    trial("contracted", "geometric, with what the noise adds",
          moment_after(markov_chain({x: x/2 + z*tanh(x)}, FAIR), x, x0/2**t, start={x: x0}, time=t),
          by.moments(drift=(Q(1, 2), 0))),
    trial("a-drift-in-five-steps", "written out",
          moment_after(PULLED, x**2, 5, op="<=", start={x: 2}, time=5),
          by.moments(drift=(0, Q(9, 4)), shape=CUBES)),
    trial("kept-in-a-box", "no step leaves it", chance_after(SQUARED, le(x, 1), 1, op="==", **AT),
          by.moments(kept=BOX, shape=CUBES)),
    trial("kept-and-drifting", "in the box alone",
          moment_after(SQUARED, x**2, Q(5, 12), op="<=", **AT),
          by.moments(kept=BOX, drift=(Q(1, 4), Q(5, 16)), shape=CUBES)),
    trial("kept-positive", "so that the root has a value",
          moment_after(markov_chain({x: sqrt(x)/2 + 1 + z/2}, FAIR), x, Q(5, 2), op="<=",
                       start={x: 1}, time=t),
          by.moments(kept=ge(x, Q(1, 4)), drift=(Q(1, 2), Q(5, 4)), shape=CUBES)),
    trial("below-by-a-drift", "the square grows by 1",
          moment_after(WALK, x**2, t, op=">=", **AT), by.moments(drift=(1, 1))),
    trial("sampled-mean", "for all data and all times",
          moment_after(SGD, x, (1 - 2*eta*MEAN)**t*x0, start={x: x0}, time=t),
          by.moments(drift=(1 - 2*eta*MEAN, 0))),
    trial("sampled-chance", "one of two data, two steps",
          chance_after(markov_chain({x: x + i}, uniform_index(i, 2)), ge(x, 4), Q(1, 4), op="==",
                       start={x: 0}, time=2), by.moments),
    trial("drift-with-a-hypothesis-on-the-time", "it is about the last time",
          moment_after(WALK, x**2, t, op="<=", **AT), by.moments(drift=(1, 1)), ge(t, 3)),
    trial("supermartingale-after", "it stays below its start",
          moment_after(markov_chain({x: x*(1 + z)/2}, FAIR), x**2, x0**2/2**t, op="<=",
                       start={x: x0}, time=t), by.moments(drift=(Q(1, 2), 0))),
    trial("ville-at-one-time", "a positive martingale is seldom large",
          chance_after(markov_chain({x: x*(1 + z*b)}, FAIR), ge(x, c), 1/c, start={x: 1}, time=t),
          by.moments(kept=ge(x, 0), drift=(1, 0), test=x/c, shape=CUBES), gt(c, 0), gt(b, 0),
          lt(b, 1)),
)
