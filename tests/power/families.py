"""**True statements on families and sums** of every size, recurrences, and random processes."""

# fmt: off

from __future__ import annotations

from sympy import Symbol

from tests.power.statements import Truth, true
from verifier import (
    Q,
    Space,
    conserved,
    derivative,
    dot,
    eq,
    exp,
    expects,
    family,
    ge,
    gt,
    indices,
    le,
    lt,
    markov_chain,
    moment_after,
    moment_tends,
    ne,
    norm2,
    rademacher,
    reals,
    relu,
    sequence,
    total,
)

a, b, c, t, u, z = reals("a b c t u z")
i, j, k = indices("i j k")
n = Symbol("n", integer=True, positive=True)
space = Space()
x, y = family("x", "n"), family("y", "n")
data = family("u", "n", space=space)
f = sequence("f")
(weight,) = space.vectors("v")
HALVED = markov_chain({u: u/2 + z}, rademacher(z))

SUMS: tuple[Truth, ...] = (
    true("svrelu/rows-exchanged",
         eq(total(total(x[i]*y[j], j), i), total(x[i], i)*total(y[i], i))),
    true("svrelu/below-linear-loss-summed",
         le(total((relu(x[i]) - y[i])**2, i), total((x[i] - y[i])**2, i)), ge(y[j], 0)),
    true("svrelu/norm-of-gradient",
         eq(norm2(total(data[i]*y[i], i)), total(total(y[i]*y[j]*dot(data[i], data[j]), j), i))),
    true("svrelu/gradient-of-loss",
         eq(derivative(total((a*x[i] - y[i])**2, i)/2, a), total((a*x[i] - y[i])*x[i], i))),
    true("oulike/copies-summed",
         eq(total((x[i] - c)**2 + (x[i] + c)**2, i), 2*total(x[i]**2, i) + 2*n*c**2)),
    true("oulike/trace-of-gram", eq(total(norm2(data[i]*a), i), a**2*total(norm2(data[i]), i))),
    true("oulike/weighted-vectors",
         eq(total(data[i]*(y[i] + a), i), total(data[i]*y[i], i) + total(data[i], i)*a)),
    true("oulike/partial-of-cost", eq(derivative(total(x[i]**2*y[i], i), x[k]), 2*x[k]*y[k])),
    true("recovery/losses", ge(total((x[i] - y[i])**2, i), 0)),
    true("recovery/distinct", gt((x[i] - x[j])**2, 0), ne(i, j), ne(x[i], x[j])),
    true("recovery/cauchy-schwarz",
         le(total(x[i]*y[i], i)**2, total(x[i]**2, i)*total(y[i]**2, i))),
    true("recovery/taylor-coefficients",
         eq(derivative(total(y[i]*exp(x[i]*t), i), t), total(x[i]*y[i]*exp(x[i]*t), i))),
    true("initshape/mean", eq(total(x[i] - total(x[j], j)/n, i), 0)),
    true("initshape/squares", le(total(x[i], i)**2, n*total(x[i]**2, i))),
    true("initshape/mean-field", conserved(total(x[i], i), {x[i]: total(x[j], j)/n - x[i]})),
    true("svrelu/termwise", lt(total(x[i], i), total(y[i], i)), lt(x[j], y[j])),
)

RECURRENCES: tuple[Truth, ...] = (
    true("oulike/two-steps", eq(f[3], a**2*f[1] + a*b + b), eq(f[k + 1], a*f[k] + b)),
    true("oulike/steps-counted", eq(total(k, k, to=n), n*(n + 1)/2)),
    true("oulike/unrolled", eq((1 - a)*total(a**k, k, to=n), a - a**(n + 1))),
    true("recovery/telescope", eq(total(f[k + 1] - f[k], k, to=n), f[n + 1] - f[1])),
)

PROCESSES: tuple[Truth, ...] = (
    true("oulike/noise-has-unit-variance", expects((z + 1)**2, rademacher(z), 2)),
    true("oulike/three-steps", moment_after(HALVED, u**2, Q(21, 16), start={u: 0}, time=3)),
    true("oulike/stationary", moment_tends(HALVED, u**2, Q(4, 3))),
)
