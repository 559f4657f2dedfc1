"""**True limits** of every kind: senses, scales, sides, turns, families, bounds and remainders."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import trial
from verifier import (
    Q,
    absolute,
    asinh,
    asymptotic,
    by,
    cosh,
    derivative,
    exp,
    function,
    ge,
    gt,
    is_order,
    le,
    log,
    lt,
    ne,
    negation,
    oo,
    reals,
    relu,
    sqrt,
    tanh,
    tends,
    tends_along,
    tends_in_turn,
    tends_jointly,
    tends_uniformly,
    within,
)

x, y, t, n, k, w, p, q, a, b, e, alpha, s = reals("x y t n k w p q a b e alpha s")
eta, gamma = reals("eta gamma")
f = function("f")
L, S, T = by.limit, by.squeeze, by.taylor
potential = sqrt(k) / 4 - sqrt(k / 16 + w**2 / 4) + w / 2 * asinh(2 * w / sqrt(k))
normaliser = log(1 / sqrt(k)) / 2
softplus = log(1 + exp(x))
slope = exp(-x) / (1 + exp(-x)) ** 2
cases = by.cases(on=w, at=0, then=L)

SENSES = (
    trial("large-constants", "half of the quadratic in print",
          asymptotic(potential, w**2 / (2 * sqrt(k)), k, oo), L, ne(w, 0)),
    trial("small-constants-in-difference", "asinh u = log 2u + O(u^-2)",
          tends(potential - (-absolute(w) + absolute(w) * log(4 * absolute(w) / sqrt(k))) / 2,
                k, 0, 0), cases, ne(w, 0)),
    trial("small-constants-normalised", "log-slow, but it is |w|",
          tends(potential / normaliser, k, 0, absolute(w)), cases, ne(w, 0)),
    trial("small-constants-error", "the remainder of the normalised potential",
          is_order(potential / normaliser - absolute(w), 1 / normaliser, k, 0), cases, ne(w, 0)),
    trial("ratio-with-difference-one", "x + 1 ~ x", asymptotic(x + 1, x, x, oo), L),
    trial("order-with-parameter", "any p is bounded", is_order(p * x, x, x, 0, side="both"), L),
    trial("theta-with-parameter", "p > 0 stays away from 0",
          is_order(p * x + 1, x, x, oo, order="Theta"), L, gt(p, 0)),
    trial("mixing-time", "-1/log(1 - 2 eta gamma) ~ 1/(2 eta gamma)",
          asymptotic(-1 / log(1 - 2 * eta * gamma), 1 / (2 * eta * gamma), eta, 0), L,
          gt(gamma, 0)),
    trial("little-o-of-a-power", "logarithms grow slower than powers",
          is_order(log(x), x ** Q(1, 100), x, oo, order="o"), L),
)

SCALES = (
    trial("flat", "it is smaller than every power", tends(exp(-1 / t) / t**9, t, 0, 0), L),
    trial("flat-with-rates", "a > 0 whatever p is",
          tends(exp(-a / t) * t**p, t, 0, 0), L, gt(a, 0)),
    trial("power-times-logarithm", "a > 0", tends(t**a * log(t), t, 0, 0), L, gt(a, 0)),
    trial("powers-compared", "a > b", is_order(t**a, t**b, t, 0, order="o"), L, gt(a, b)),
    trial("compound-interest", "any rate", tends((1 + x / n) ** n, n, oo, exp(x)), L),
    trial("asinh-at-infinity", "log 2x", tends(asinh(x) - log(2 * x), x, oo, 0), L),
    trial("asinh-rate", "the next term",
          asymptotic(asinh(x) - log(2 * x), 1 / (4 * x**2), x, oo), L),
    trial("softplus", "linear to the right", tends(softplus - x, x, oo, 0), L),
    trial("softplus-rate", "exponential", asymptotic(softplus - x, exp(-x), x, oo), L),
    trial("softplus-left", "exponential to the left", asymptotic(softplus, exp(x), x, -oo), L),
    trial("rate-of-tanh", "1 - tanh x ~ 2 exp(-2x)",
          asymptotic(1 - tanh(x), 2 * exp(-2 * x), x, oo), L),
    trial("slope-of-the-logistic", "rapid decrease on both sides",
          tends(slope * exp(x), x, oo, 1), L),
    trial("slope-of-the-logistic-left", "rapid decrease on both sides",
          tends(slope * exp(-x), x, -oo, 1), L),
    trial("softplus-is-relu", "far out on both sides",
          tends(softplus - relu(x), x, -oo, 0), L),
    trial("largest-base", "3^x is smaller", tends((3**x + 5**x) ** (1 / x), x, oo, 5), L),
    trial("nested-correction", "exp(-x) inside counts",
          tends(exp(x) * (exp(1 / x - exp(-x)) - exp(1 / x)), x, oo, -1), L),
    trial("cancelled-exponents", "sqrt(x^2 + x) - x -> 1/2",
          tends(exp(sqrt(x**2 + x)) * exp(-x), x, oo, exp(Q(1, 2))), L),
    trial("power-tower", "double exponents differ by 1",
          tends(exp(exp(x)) / exp(exp(x - exp(-exp(x)))), x, oo, 1), L),
    trial("second-difference", "of a smooth function",
          tends((f(p + x) - 2 * f(p) + f(p - x)) / x**2, x, 0,
                derivative(derivative(f(p), p), p)), L),
)

SIDES = (
    trial("flat-on-both-sides", "exp(-1/x^2)",
          tends(exp(-1 / x**2) / x**4, x, 0, 0, side="both"), L),
    trial("even-pole", "oo from both sides", tends(1 / x**2, x, 0, oo, side="both"), L),
    trial("no-limit-at-a-kink", "the two sides differ",
          negation(tends(absolute(x) / x, x, 0, 1, side="both")), L),
    trial("no-limit-at-a-jump", "no value is the limit for q > 0",
          negation(tends(p + q * absolute(x) / x, x, 0, a, side="both")), L, gt(q, 0)),
    trial("not-of-that-order", "a power outgrows it",
          negation(is_order(1 / (1 + x**2), exp(-x), x, oo)), L),
)

TURNS = (
    trial("y-first", "for fixed x it is 1",
          tends_in_turn((x - y) / (x + y), (x, 0), (y, 0), value=1), L),
    trial("x-first", "for fixed y it is -1",
          tends_in_turn((x - y) / (x + y), (y, 0), (x, 0), value=-1), L),
    trial("powers-first", "below 1 they vanish",
          tends_in_turn(x**n, (x, 1, "-"), (n, oo), value=0), L),
    trial("base-first", "powers of 1 are 1",
          tends_in_turn(x**n, (n, oo), (x, 1, "-"), value=1), L),
    trial("point-moves", "y goes to x first",
          tends_in_turn(x / (x + y), (x, 0), (y, x, "both"), value=Q(1, 2)), L),
    trial("three-in-turn", "n, then y, then x",
          tends_in_turn((1 + x * y / n) ** n, (x, 1), (y, 2), (n, oo), value=exp(2)), L),
    trial("inner-limit-is-missing", "for no x do the two sides agree",
          negation(tends_in_turn(x * absolute(y) / y, (x, 0), (y, 0, "both"), value=0)), L),
)

WAYS = (
    trial("transition", "both move at one rate",
          tends_along(alpha / (1 - s**2), {alpha: e, s: 1 - e}, e, 0, Q(1, 2)), L),
    trial("shape-moves-alone", "for a fixed scale",
          tends_along(alpha / (1 - s**2), {s: 1 - e}, e, 0, oo), L, gt(alpha, 0)),
    trial("not-joint", "lines disagree",
          negation(tends_jointly(x * y / (x**2 + y**2), (x, 0), (y, 0), value=0)), L),
    trial("no-joint-limit-at-all", "two families disagree whatever the value",
          negation(tends_jointly(x * y / (x**2 + y**2), (x, 0), (y, 0), value=p)), L),
    trial("not-uniform", "along p = t it is 1/2",
          negation(tends_uniformly(t / (t + p), t, 0, 0, over=[p], given=[gt(p, 0)])), L),
    trial("joint-by-a-bound", "|x^2 y| <= |y| (x^2 + y^2)",
          tends_jointly(x**2 * y / (x**2 + y**2), (x, 0, "both"), (y, 0, "both"), value=0),
          S(bound=absolute(y))),
    trial("joint-on-sides", "x y/(x + y) <= x",
          tends_jointly(x * y / (x + y), (x, 0), (y, 0), value=0), S(bound=x)),
    trial("joint-with-a-product", "one factor is bounded",
          tends_jointly(x * (1 + y), (x, 0), (y, 0), value=0), S(bound=x + x * y)),
    trial("uniform-by-a-bound", "p <= 1",
          tends_uniformly(t * p / (1 + t * p), t, 0, 0, over=[p], given=[within(p, 0, 1)]),
          S(bound=t)),
    trial("uniform-by-decay", "p^2 only helps",
          tends_uniformly(t / (1 + t * p**2), t, 0, 0, over=[p]), S(bound=t)),
    trial("squeeze-at-infinity", "between -1/x and 1/x", tends(p / (x + p**2), x, oo, 0),
          S(bound=1 / x), *within(p, -1, 1)),
)

REMAINDERS = (
    trial("remainder-of-exp", "third order, constant e/6 < 1/2",
          le(absolute(exp(t) - 1 - t - t**2 / 2), t**3 / 2), T, *within(t, 0, 1)),
    trial("exponential-on-both-sides", "its tangent lies below", ge(exp(t), 1 + t), T),
    trial("exponential-strictly", "away from the point", gt(exp(t), 1 + t), T, ne(t, 0)),
    trial("remainder-of-log", "alternating", le(absolute(log(1 + t) - t), t**2 / 2), T, ge(t, 0)),
    trial("logarithm-at-one", "its tangent lies above", le(log(t), t - 1), T(at=1), gt(t, 0)),
    trial("square-root", "alternating",
          le(absolute(sqrt(1 + t) - 1 - t / 2), t**2 / 8), T, ge(t, 0)),
    trial("asinh", "third order", le(absolute(asinh(t) - t), t**3 / 6), T, ge(t, 0)),
    trial("large-arguments", "asinh(1/t) = log(2/t) + O(t^2), with its constant",
          le(absolute(log(1 + sqrt(1 + t**2)) - log(2)), t**2 / 4), T, ge(t, 0)),
    trial("remainder-of-decay", "the quadratic lies above, for each rate",
          le(exp(-p * t), 1 - p * t + p**2 * t**2 / 2), T(variable=t), ge(t, 0), gt(p, 0)),
    trial("cosh", "even", ge(cosh(t), 1 + t**2 / 2), T),
    trial("tanh", "below its tangent", le(tanh(t), t), T(order=1), ge(t, 0)),
    trial("softplus-by-its-rate", "log(1 + u) <= u", lt(log(1 + t), t), T, gt(t, 0)),
    trial("squeeze-by-a-remainder", "the remainder is the bound",
          tends(exp(t) - 1 - t, t, 0, 0), S(bound=t**2, within=1, then=T(variable=t))),
)
TRUE_LIMITS = SENSES + SCALES + SIDES + TURNS + WAYS + REMAINDERS
