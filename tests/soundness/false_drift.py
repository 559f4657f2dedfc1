"""**False statements on chains whose moments do not close**, and drifts that are none."""

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
    law,
    le,
    lt,
    markov_chain,
    moment_after,
    negation,
    positive_definite,
    product_law,
    rademacher,
    reals,
    sqrt,
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
HALVED = markov_chain({x: x/2 + z}, FAIR)
COSH = (exp(a) + exp(-a))/2
AT = {"start": {x: 0}, "time": t}
BOX = within(x, -1, 1)
SGD = markov_chain({x: x - 2*eta*(X[i]*x - z)*X[i]}, product_law(FAIR, uniform_index(i, "n")))
MEAN = total(X[i]**2, i)/n
CUBES = by.positivstellensatz

FALSE_DRIFT = (
    trial("drift-too-small", "the square grows by 1 and not by 1/2",
          moment_after(WALK, x**2, t/2, op="<=", **AT), by.moments(drift=(1, Q(1, 2)))),
    trial("drift-against-the-sign", "a negative factor turns the inequality round",
          moment_after(WALK, x, 0, op="<=", start={x: 1}, time=t), by.moments(drift=(-1, 0))),
    trial("drift-of-a-negative-factor", "E x' = -x, so that the second step is back",
          moment_after(markov_chain({x: -x + z}, FAIR), x, -1, op="<=", start={x: 1}, time=t),
          by.moments(drift=(-1, 0))),
    trial("drift-by-a-later-start", "the bound is right from t = 4 on",
          moment_after(HALVED, x**2, Q(7, 5), op="<=", start={x: 4}, time=t),
          by.moments(drift=(Q(1, 4), 1)), ge(t, 2)),
    trial("drift-with-the-time", "c grows with t, and is not the same at each step",
          moment_after(markov_chain({x: t*x}, FAIR), x, 1, op="<=", start={x: 1}, time=t),
          by.moments(drift=(t, 0))),
    trial("drift-with-the-state", "c is to be the same at all states",
          moment_after(WALK, x**2, 0, op="<=", **AT), by.moments(drift=(0, x**2 + 1))),
    trial("drift-in-the-wrong-direction", ">= is not <=",
          moment_after(WALK, x**2, t/2, op="<=", **AT), by.moments(drift=(1, 2))),
    trial("equal-by-an-inequality", "the moment is t",
          moment_after(WALK, x**2, 2*t, **AT), by.moments(drift=(1, 2))),
    trial("strict-by-a-drift", "equality at every t",
          moment_after(WALK, x**2, t, op="<", **AT), by.moments(drift=(1, 1))),
    trial("bound-that-shrinks", "v(t + 1) is below c v(t) + b",
          moment_after(WALK, x**2, 2 - 1/t, op="<=", **AT), by.moments(drift=(1, 1))),
    trial("exponential-without-cosh", "Jensen", moment_after(WALK, exp(x), 1, **AT),
          by.moments(drift=(1, 0))),
    trial("chernoff-for-a-negative-a", "the test is small at the event",
          chance_after(WALK, ge(x, 1), COSH**t*exp(-a), **AT),
          by.moments(drift=(COSH, 0), test=exp(a*(x - 1))), kind="unfounded"),
    trial("kept-from-outside", "the start is not in the box",
          chance_after(SQUARED, le(x, 1), 1, op="==", start={x: 3}, time=t),
          by.moments(kept=BOX, shape=CUBES)),
    trial("kept-and-left", "a step leads out",
          chance_after(WALK, le(x, 1), 1, op="==", **AT), by.moments(kept=BOX, shape=CUBES)),
    trial("kept-on-one-side", "x^2/2 + 1/4 exceeds 1 from x = -3 on, which is not excluded",
          chance_after(markov_chain({x: x**2/2 + z/4}, FAIR), le(x, 1), 1, op="==",
                       start={x: -3}, time=t), by.moments(kept=le(x, 1), shape=CUBES)),
    trial("kept-open", "the bound is reached",
          chance_after(markov_chain({x: (x + 1)/2}, FAIR), lt(x, 1), 1, op="==", start={x: 1},
                       time=t), by.moments(kept=lt(x, 1), shape=CUBES)),
    trial("kept-but-another-event", "the box is no reason for x <= 1/2",
          chance_after(markov_chain({x: z}, FAIR), le(x, Q(1, 2)), 1, op="==", start={x: 0},
                       time=t), by.moments(kept=BOX, shape=CUBES)),
    trial("kept-by-contradiction", "nothing is in an empty set, and the start is not either",
          moment_after(WALK, x**2, 0, op="<=", **AT),
          by.moments(kept=(ge(x, 1), le(x, -1)), drift=(0, 0))),
    trial("kept-by-one-outcome", "the other one leads out",
          chance_after(markov_chain({x: x + z}, law(z, {0: Q(1, 2), 5: Q(1, 2)})), le(x, 1), 1,
                       op="==", **AT), by.moments(kept=le(x, 1), shape=CUBES)),
    trial("kept-without-a-root", "the root of x - 3 leaves the reals",
          moment_after(markov_chain({x: sqrt(x) - 3 + z}, FAIR), x, 9, op="<=", start={x: 4},
                       time=t), by.moments(drift=(1, 0), kept=ge(x, 0), shape=CUBES),
          kind="unfounded"),
    trial("denied-with-a-kept-set", "it holds",
          negation(chance_after(SQUARED, le(x, 1), 1, op="==", start={x: 0}, time=3)),
          by.moments(kept=BOX, shape=CUBES)),
    trial("almost-surely-is-not-half", "the event has chance 1",
          chance_after(SQUARED, le(x, 1), Q(1, 2), **AT), by.moments(kept=BOX, shape=CUBES)),
    trial("sampled-mean-of-one-datum", "the mean of the factors, not that of the data",
          moment_after(SGD, x, (1 - 2*eta*(total(X[i], i)/n)**2)**t*x0, start={x: x0}, time=t),
          by.moments(drift=(1 - 2*eta*(total(X[i], i)/n)**2, 0))),
    trial("sampled-mean-without-two", "the factor of the gradient",
          moment_after(SGD, x, (1 - eta*MEAN)**t*x0, start={x: x0}, time=t),
          by.moments(drift=(1 - eta*MEAN, 0))),
    trial("ville-of-a-signed-martingale", "x may be negative",
          chance_after(WALK, ge(x, c), 1/c, start={x: 1}, time=t),
          by.moments(kept=ge(x, 0), drift=(1, 0), test=x/c, shape=CUBES), gt(c, 0),
          kind="unfounded"),
    trial("ville-with-a-large-step", "b = 2 makes it negative",
          chance_after(markov_chain({x: x*(1 + z*b)}, FAIR), ge(x, c), 1/c, start={x: 1}, time=t),
          by.moments(kept=ge(x, 0), drift=(1, 0), test=x/c, shape=CUBES), gt(c, 0), gt(b, 0),
          le(b, 2), kind="unfounded"),
    trial("a-matrix-on-the-state", "what is positive there is another x",
          chance_after(WALK, ge(x, 1), 0, start={x: 0}, time=t),
          by.moments(closed={x: 0}, test=x, shape=by.entrywise), positive_definite([[x]])),
    trial("a-drift-in-too-few-steps", "written out, it is 3",
          moment_after(WALK, x**2, 2, op="<=", start={x: 0}, time=3), by.moments(drift=(1, 1))),
    trial("weights-with-a-drift", "the weights add up to 1/2",
          moment_after(markov_chain({x: x + z}, law(z, {1: Q(1, 2)})), x, 0, op="<=", **AT),
          by.moments(drift=(0, 0))),
)
