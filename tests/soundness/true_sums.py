"""**True statements** over families, sums, induction and finite cases, for every size."""

# fmt: off

from __future__ import annotations

from sympy import Symbol

from tests.soundness.statements import Step, Trial, trial
from verifier import (
    Q,
    Space,
    absolute,
    by,
    conserved,
    derivative,
    dot,
    eq,
    exp,
    family,
    function,
    ge,
    gt,
    indices,
    le,
    log,
    lt,
    ne,
    norm2,
    oo,
    product,
    reals,
    sequence,
    sqrt,
    tends,
    total,
)

a, b, c, s, t = reals("a b c s t")
i, j, k, m = indices("i j k m")
n = Symbol("n", integer=True, positive=True)
space = Space()
x, y = family("x", "n"), family("y", "n")
data = family("u", "n", space=space)
outer, inner = family("o", "m"), family("w", "m", space=space)
pull, weight = space.vectors("g v")
loss = function("loss")
z, f = sequence("z"), sequence("f")
still = pull * 0
S, E, D = by.sign, by.identity, by.derivative
cases = by.index_cases(on=(i, j), then=by.identity)


def from_one(base=by.sign, step=by.sign, **more):
    return by.induction(on=n, start=1, base=base, step=step, **more)


def output(at):
    return total(outer[j] * dot(inner[j], data[at]), j)


margin = y[i] * (dot(weight, data[i]) + t * dot(pull, data[i]))
error = total(data[i] * loss(y[i] - output(i)), i)

TRUE_SUMS: tuple[Trial, ...] = (
    trial("sum-linear", "constants come out",
          eq(total(a * x[i] + c, i), a * total(x[i], i) + n * c), E),
    trial("sum-swapped", "finite sums commute",
          eq(total(total(exp(x[i] * y[j]), j), i), total(total(exp(x[i] * y[j]), i), j)), E),
    trial("sum-separated", "a product of sums",
          eq(total(total(x[i] * y[j], j), i), total(x[i], i) * total(y[i], i)), E),
    trial("sum-of-fractions", "t/(t+x) + x/(t+x) = 1",
          eq(total(t / (t + x[i]), i), n - total(x[i] / (t + x[i]), i)), E, gt(t, 0), gt(x[i], 0)),
    trial("sum-positive", "every term is", gt(total(x[i] + x[i] ** 2, i), 0), S, gt(x[i], 0)),
    trial("sum-of-square", "taken together",
          ge(total(x[i] ** 2, i) - 2 * total(x[i], i) + n, 0), S),
    trial("sum-by-a-law", "y_i = a x_i for every i",
          eq(total(y[i] * x[i], i), a * total(x[j] ** 2, j)), E, eq(y[k], a * x[k])),
    trial("sum-of-unit-vectors", "all have length 1", eq(total(norm2(data[i]), i), n), E,
          eq(norm2(data[i]), 1)),
    trial("sum-powers", "Faulhaber", eq(total(k**3, k, to=n), (n * (n + 1) / 2) ** 2), E),
    trial("sum-last-term", "split off",
          eq(total(z[k], k, to=n + 1), total(z[k], k, to=n) + z[n + 1]), E),
    trial("sum-derivative", "inside",
          eq(derivative(total(exp(-y[i] * x[i] * a), i), a),
             -total(y[i] * x[i] * exp(-y[i] * x[i] * a), i)), D),
    trial("logistic-gradient", "along every direction, for all data",
          eq(derivative(total(log(1 + exp(-margin)), i), t),
             -dot(pull, total(data[i] * (y[i] / (1 + exp(margin))), i))), D),
    trial("logistic-convex", "along every direction",
          ge(derivative(total(log(1 + exp(-margin)), i), t, 2), 0), S),
    trial("sum-partial", "one term is left",
          eq(derivative(total(x[i] ** 2 * y[i], i), x[k]), 2 * x[k] * y[k]), D),
    trial("sum-mixed-partial", "i != j",
          eq(derivative(derivative(total(x[m] ** 3, m), x[i]), x[j]), 0), D, ne(i, j)),
    trial("sum-of-vectors", "linear in the coefficients",
          eq(total(data[i] * (y[i] + a), i), total(data[i] * y[i], i) + total(data[i], i) * a), E),
    trial("norm-of-gradient", "a double sum",
          eq(norm2(total(data[i] * y[i], i)),
             total(total(y[i] * y[j] * dot(data[i], data[j]), j), i)), E),
    trial("members-apart", "for i != j", gt((x[i] - x[j]) ** 2, 0), S, ne(i, j), ne(x[i], x[j])),
    trial("recurrence-three", "two steps", eq(z[3], a**2 * z[1]), E, eq(z[k + 1], a * z[k])),
    # flows
    trial("network-balanced", "for every neuron, every width and all data",
          conserved(outer[j] ** 2 - norm2(inner[j]),
                    {outer[j]: dot(inner[j], error), inner[j]: error * outer[j],
                     data[i]: still, y[i]: 0}), by.conserved),
    trial("network-balanced-in-sum", "summed over the neurons",
          conserved(total(outer[j] ** 2 - norm2(inner[j]), j),
                    {outer[j]: dot(inner[j], error), inner[j]: error * outer[j],
                     data[i]: still, y[i]: 0}), by.conserved),
    trial("orthogonal-to-data", "the gradient is in the span of the data",
          conserved(dot(weight, pull),
                    {weight: total(data[i] * y[i], i), pull: still, data[i]: still, y[i]: 0}),
          by.conserved, eq(dot(pull, data[i]), 0)),
    trial("mean-field", "the mean stays",
          conserved(total(x[i], i), {x[i]: total(x[j], j) / n - x[i]}), by.conserved),
    # limits
    trial("limit-of-sum", "term by term",
          tends(total(x[i] * exp(x[i] * t), i), t, 0, total(x[i], i)), by.limit),
    trial("limit-slope-of-data", "the derivative at 0",
          tends((total(exp(x[i] * t), i) - n) / t, t, 0, total(x[i], i)), by.limit),
    trial("limit-of-closed-form", "n(n+1)/2", tends(total(k, k, to=n) / n**2, n, oo, Q(1, 2)),
          by.limit),
    # term by term
    trial("termwise-weak", "", le(total(x[i], i), total(y[i], i)), by.termwise, le(x[i], y[i])),
    trial("termwise-strict", "n >= 1", lt(total(x[i], i), total(y[i], i)), by.termwise,
          lt(x[i], y[i])),
    trial("termwise-products", "factors >= 0", le(product(x[i], i), product(y[i], i)), by.termwise,
          le(x[i], y[i]), ge(x[i], 0)),
    trial("termwise-by-squares", "x <= x^2 + 1/4",
          le(total(x[i], i), total(x[i] ** 2 + Q(1, 4), i)),
          by.termwise(then=by.sum_of_squares)),
    # Lagrange's identity
    trial("cauchy-schwarz-for-sums", "every n",
          le(total(x[i] * y[i], i) ** 2, total(x[i] ** 2, i) * total(y[i] ** 2, i)),
          by.lagrange(f=x[i], g=y[i])),
    trial("mean-of-squares", "every n", le(total(x[i], i) ** 2, n * total(x[i] ** 2, i)),
          by.lagrange(f=x[i])),
    trial("arithmetic-harmonic", "every n", le(n**2, total(x[i], i) * total(1 / x[i], i)),
          by.lagrange(f=sqrt(x[i]), g=1 / sqrt(x[i])), gt(x[i], 0)),
    # induction
    trial("induction-sum", "", eq(total(k, k, to=n), n * (n + 1) / 2), from_one(E, E)),
    trial("induction-geometric", "", eq(total(b**k, k, to=n), (b ** (n + 1) - b) / (b - 1)),
          from_one(E, E), ne(b, 1)),
    trial("induction-bernoulli", "a >= -1", ge((1 + a) ** n, 1 + n * a),
          from_one(step=by.positivstellensatz), ge(a, -1)),
    trial("induction-power-of-two", "", ge(2**n, n + 1), from_one(step=by.positivstellensatz)),
    trial("induction-from-four", "", ge(2**n, n**2),
          by.induction(on=n, start=4, base=by.sign, step=by.positivstellensatz), ge(n, 4)),
    trial("induction-factorials", "", eq(f[n], product(k, k, to=n)), from_one(E, E), eq(f[1], 1),
          eq(f[n + 1], (n + 1) * f[n])),
    trial("induction-affine", "a linear recurrence",
          eq(z[n], a ** (n - 1) * (z[1] - b / (1 - a)) + b / (1 - a)), from_one(E, E),
          eq(z[n + 1], a * z[n] + b), ne(a, 1), ne(a, 0)),
    trial("induction-reciprocal-squares", "by what both sides grow",
          le(total(1 / k**2, k, to=n), 2 - 1 / n),
          by.induction(on=n, start=1, base=by.sign, increment=by.sign)),
    trial("induction-logistic", "0 <= z <= 1 is kept", ge(z[n], 0), from_one(also=(le(z[n], 1),)),
          eq(z[n + 1], z[n] * (1 - z[n])), ge(z[1], 0), le(z[1], 1)),
    trial("induction-descent", "a step of gradient descent contracts",
          le(z[n] ** 2, (1 - a) ** (2 * n - 2) * z[1] ** 2), from_one(step=by.positivstellensatz),
          eq(z[n + 1], (1 - a) * z[n]), gt(a, 0), lt(a, 1)),
    trial("induction-fibonacci", "two at once", ge(f[n], 1), from_one(also=(ge(f[n + 1], 1),)),
          eq(f[n + 2], f[n + 1] + f[n]), eq(f[1], 1), eq(f[2], 1)),
    trial("induction-telescope", "", eq(total(z[k + 1] - z[k], k, to=n), z[n + 1] - z[1]),
          from_one(E, E)),
    trial("induction-with-a-lemma", "what a step shows for every n is used at n",
          ge(z[n], n), from_one(step=by.linear), eq(z[n + 1], z[n] + n**2), ge(z[1], 1),
          steps=(Step("lemma", ge(n**2, 1), by.sign),)),
    # finite cases
    trial("cases-of-a-sign", "2 cases", eq(absolute(s * t), absolute(t)),
          by.enumeration(over={s: (-1, 1)}, then=by.identity), eq(s**2, 1)),
    trial("cases-of-a-whole-number", "4 cases", le(m**2 - 5 * m + 4, 0),
          by.enumeration(over={m: range(1, 5)}, then=by.sign), le(m, 4)),
    trial("cases-of-a-size", "3 cases", le(total(x[i], i) ** 2, 3 * total(x[i] ** 2, i)),
          by.enumeration(over={n: range(1, 4)}, then=by.sum_of_squares), le(n, 3)),
    trial("cases-of-a-size-and-index", "6 cases", le(x[i], total(x[j], j)),
          by.enumeration(over={n: range(1, 4), i: range(1, 4)}, then=by.sign), le(n, 3),
          ge(x[j], 0)),
    # i = j or not
    trial("index-cases-partial", "",
          eq(derivative(x[i] ** 2 * x[j], x[j]) * (x[i] - x[j]), (x[i] - x[j]) * x[i] ** 2), cases),
    trial("index-cases-hessian-of-sum", "diagonal",
          eq(derivative(derivative(total(x[m] ** 4, m), x[i]), x[j]) * (x[i] - x[j]), 0), cases),
    trial("log-of-data", "",
          eq(total(log(x[i] * y[i]), i), total(log(x[i]), i) + total(log(y[i]), i)),
          E, gt(x[i], 0), gt(y[i], 0)),
)
