"""**False statements** over families, sums, induction and finite cases: lost counts, one index for
all, an empty range, a base that comes too late, a value that is left out."""

# fmt: off

from __future__ import annotations

from sympy import Symbol

from tests.soundness.statements import Step, Trial, trial
from verifier import (
    Space,
    absolute,
    by,
    conserved,
    derivative,
    dot,
    eq,
    exp,
    family,
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

a, c, s, t = reals("a c s t")
i, j, k, m = indices("i j k m")
n = Symbol("n", integer=True, positive=True)
space = Space()
x, y = family("x", "n"), family("y", "n")
short = family("y", "m")
data = family("u", "n", space=space)
outer, inner = family("o", "m"), family("w", "m", space=space)
(pull,) = space.vectors("g")
z, f = sequence("z"), sequence("f")
still = pull * 0
S, E, D = by.sign, by.identity, by.derivative
each = by.induction


def from_one(base=by.sign, step=by.sign, **more):
    return each(on=n, start=1, base=base, step=step, **more)


FALSE_SUMS: tuple[Trial, ...] = (
    # one term, all terms, no term
    trial("sum-strict-from-weak", "it is 0 where all are", gt(total(x[i], i), 0), S, ge(x[i], 0)),
    trial("sum-from-first", "only x_1 is positive", gt(total(x[i], i), 0), S, gt(x[1], 0)),
    trial("sum-of-a-case", "a case is about one i, not all", ge(x[i] * total(x[j], j), 0),
          by.cases(x[i], 0, by.sign)),
    trial("sum-over-nothing", "n = 1: there is no term", gt(total(z[k], k, to=n - 1), 0), S,
          gt(z[k], 0)),
    trial("sum-lost-count", "c is taken n times", eq(total(x[i] + c, i), total(x[i], i) + c), E),
    trial("sum-of-products", "not the product of sums",
          eq(total(x[i] * y[i], i), total(x[i], i) * total(y[i], i)), E),
    trial("sum-of-squares-of-data", "not the square of the sum",
          eq(total(x[i], i) ** 2, total(x[i] ** 2, i)), E),
    trial("double-sum-diagonal", "only the diagonal is left",
          eq(total(total(x[i] * x[j], j), i), total(x[i] ** 2, i)), E),
    trial("sum-shifted-end", "the term added last is z[n+1]",
          eq(total(z[k], k, to=n + 1), total(z[k], k, to=n) + z[n]), E),
    trial("sum-closed-form", "n = 1", eq(total(k**2, k, to=n), n * (n + 1) * (2 * n + 1) / 3), E),
    trial("log-of-sum-of-data", "logarithms of factors add up, not of terms",
          eq(log(total(x[i], i)), total(log(x[i]), i)), E, gt(x[i], 0)),
    trial("sum-without-value", "x_i may be 0",
          eq(total((x[i] ** 2 + x[i]) / x[i], i), total(x[i], i) + n), E, kind="undefined"),
    trial("recurrence-lost-factor", "z[2] = a z[1]", eq(z[n + 1], z[n]), E, eq(z[n + 1], a * z[n])),
    trial("fact-of-later-indices", "shown for j > i only: x_1 may be 0", gt(x[m], 0), S,
          lt(i, j), gt(x[j], x[i]), ge(x[i], 0),
          steps=(Step("f", gt(x[j], 0), by.sign),)),
    # derivatives and vectors
    trial("gradient-of-all", "the derivative by x_k has one term",
          eq(derivative(total(x[i] ** 2 * y[i], i), x[k]), 2 * x[k] * total(y[i], i)), D),
    trial("logistic-gradient-sign", "it goes down where the margin grows",
          eq(derivative(total(log(1 + exp(-y[i] * t)), i), t),
             total(y[i] / (1 + exp(y[i] * t)), i)), D),
    trial("gradient-other-index", "2 x_k", eq(derivative(total(x[i] ** 2, i), x[k]), 2 * x[i]), D),
    trial("delta-dropped", "i = k is allowed", eq(derivative(x[i] * x[k], x[k]), x[i]), D),
    trial("same-member", "i = j is allowed", gt((x[i] - x[j]) ** 2, 0), S),
    trial("vector-sum-lost-factor", "a is lost",
          eq(total(data[i] * (y[i] + a), i), total(data[i] * y[i], i) + total(data[i], i)), E),
    trial("norm-of-sum", "the mixed products are lost",
          eq(norm2(total(data[i], i)), total(norm2(data[i]), i)), E),
    trial("families-of-two-sizes", "x_2 need not be there",
          le(total(x[i], i), total(short[i], i)), by.termwise, le(x[i], short[i])),
    # flows
    trial("neuron-plus", "the difference is kept, not the sum",
          conserved(outer[j] ** 2 + norm2(inner[j]),
                    {outer[j]: dot(inner[j], pull), inner[j]: pull * outer[j], pull: still}),
          by.conserved),
    trial("length-at-one-time", "it is 1 at one time",
          conserved(norm2(inner[j]), {inner[j]: pull, pull: still}), by.conserved,
          eq(norm2(inner[j]), 1)),
    trial("mean-field-lost-count", "n times the mean is taken off",
          conserved(total(x[i], i), {x[i]: total(x[j], j) - x[i]}), by.conserved),
    # limits
    trial("limit-of-sum-lost-count", "n terms tend to 1",
          tends(total(exp(x[i] * t), i), t, 0, 1), by.limit),
    trial("limit-slope-of-sum", "the slope is the sum of x_i",
          tends((total(exp(x[i] * t), i) - n) / t, t, 0, 0), by.limit),
    trial("limit-with-moving-range", "it grows like sqrt(n)",
          tends(total(sqrt(k), k, to=n) / n, n, oo, 0), by.limit, kind="unfounded"),
    # term by term
    trial("termwise-strict-from-weak", "equal terms", lt(total(x[i], i), total(y[i], i)),
          by.termwise, le(x[i], y[i])),
    trial("termwise-over-nothing", "n = 1",
          lt(total(z[k], k, to=n - 1), total(2 * z[k], k, to=n - 1)), by.termwise, gt(z[k], 0)),
    trial("termwise-negative-factors", "(-2)(-2) > 1", le(product(x[i], i), product(y[i], i)),
          by.termwise, le(x[i], y[i])),
    trial("termwise-first", "only the first terms compare", le(total(x[i], i), total(y[i], i)),
          by.termwise, le(x[1], y[1])),
    trial("termwise-negative-multiple", "c may be -1",
          le(c * total(x[i], i), c * total(y[i], i)), by.termwise, le(x[i], y[i])),
    # Lagrange's identity
    trial("lagrange-lost-count", "n is lost", le(total(x[i], i) ** 2, total(x[i] ** 2, i)),
          by.lagrange(f=x[i])),
    trial("lagrange-strict", "equal where x = y",
          lt(total(x[i] * y[i], i) ** 2, total(x[i] ** 2, i) * total(y[i] ** 2, i)),
          by.lagrange(f=x[i], g=y[i])),
    trial("lagrange-lost-square", "y = (1, -1)",
          le(total(x[i] * y[i], i) ** 2, total(x[i] ** 2, i) * total(y[i], i) ** 2),
          by.lagrange(f=x[i], g=y[i])),
    trial("lagrange-third-factor", "2 is not at most 1",
          le(total(2 * x[i] * y[i], i) ** 2, total(x[i] ** 2, i) * total(y[i] ** 2, i)),
          by.lagrange(f=x[i], g=y[i])),
    trial("lagrange-reversed", "the other way", ge(total(x[i], i) ** 2, n * total(x[i] ** 2, i)),
          by.lagrange(f=x[i])),
    trial("lagrange-without-value", "x_i may be 0",
          le(n**2, total(x[i], i) * total(1 / x[i], i)),
          by.lagrange(f=sqrt(x[i]), g=1 / sqrt(x[i])), ge(x[i], 0), kind="undefined"),
    # induction
    trial("induction-late-base", "2^3 < 3^2", ge(2**n, n**2),
          each(on=n, start=4, base=by.sign, step=by.positivstellensatz)),
    trial("induction-late-base-bound", "2^3 < 3^2", ge(2**n, n**2),
          each(on=n, start=4, base=by.sign, step=by.positivstellensatz), ge(n, 3)),
    trial("induction-no-base", "z[1] is any number", eq(z[n], 0), from_one(E, E),
          eq(z[n + 1], z[n])),
    trial("induction-no-step", "nothing gives z[2]", le(z[n], 1), from_one(), le(z[1], 1)),
    trial("induction-off-by-one", "n = 1", eq(total(k, k, to=n), n * (n - 1) / 2), from_one(E, E)),
    trial("induction-factorial", "f[2] = 1", eq(f[n], product(k, k, to=n)), from_one(E, E),
          eq(f[1], 1), eq(f[n + 1], n * f[n])),
    trial("induction-bernoulli-below", "(-3)^3 < 1 - 12", ge((1 + a) ** n, 1 + n * a),
          from_one(step=by.positivstellensatz)),
    trial("induction-real", "t = 1/2", ge(t * (t - 1), 0),
          each(on=t, start=1, base=by.sign, step=by.sign)),
    trial("induction-on-size", "x_2 may be -5", gt(total(x[i], i), 0), from_one(), gt(x[1], 0)),
    trial("induction-about-n", "t need not be small for n + 1", le(n * t, 1), from_one(),
          le(t, 1), ge(t, 0)),
    trial("induction-also-unshown", "z[n] <= 1 is not kept", ge(z[n], 0),
          from_one(also=(le(z[n], 1),)), eq(z[n + 1], 2 * z[n] * (1 - z[n]) - 1), ge(z[1], 0),
          le(z[1], 1)),
    # finite cases
    trial("cases-missing-zero", "s = 0", eq(absolute(s * t), absolute(t)),
          by.enumeration(over={s: (-1, 1)}, then=by.identity), eq(s**3, s)),
    trial("cases-missing-last", "m = 5", le(m**2 - 5 * m + 4, 0),
          by.enumeration(over={m: range(1, 5)}, then=by.sign), le(m, 5)),
    trial("cases-with-a-gap", "m = 3", ne(m, 3),
          by.enumeration(over={m: (1, 2, 4)}, then=by.sign), le(m, 4)),
    trial("cases-of-a-real", "s = 1/2", eq(s * (1 - s), 0),
          by.enumeration(over={s: (0, 1)}, then=by.identity), ge(s, 0), le(s, 1)),
    trial("cases-of-an-open-size", "n = 3", le(total(x[i], i) ** 2, 2 * total(x[i] ** 2, i)),
          by.enumeration(over={n: (1, 2)}, then=by.sum_of_squares)),
    trial("cases-of-one-index", "i = 2", le(x[i], x[1]),
          by.enumeration(over={i: (1,)}, then=by.sign), le(n, 2)),
    # i = j or not
    trial("index-cases-delta", "i = j", eq(derivative(x[i] * x[j], x[j]), x[i]),
          by.index_cases(on=(i, j), then=by.identity)),
    trial("index-cases-same", "i = j", gt((x[i] - x[j]) ** 2, 0),
          by.index_cases(on=(i, j), then=by.sign)),
    trial("index-cases-hessian", "0 where i and j differ",
          eq(derivative(derivative(total(x[m] ** 3, m), x[i]), x[j]), 6 * x[i]),
          by.index_cases(on=(i, j), then=by.identity)),
    trial("index-cases-equal-members", "they differ for i != j", eq(x[i], x[j]),
          by.index_cases(on=(i, j), then=by.identity)),
    trial("index-cases-condition", "only i != j is asked of", eq(a, 0),
          by.index_cases(on=(i, j), then=by.identity), ne(i, j), ne(x[i], x[j])),
    trial("index-cases-contradiction", "i = j is one of the pairs", gt((x[i] - x[j]) ** 2, 1),
          by.index_cases(on=(i, j), then=by.sign), ne(x[i], x[j]), kind="vacuous"),
)
