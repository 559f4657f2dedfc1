"""**True statements on functions**: every family, powers, kinks and changes of variables."""

# fmt: off

from __future__ import annotations

import sympy

from tests.soundness.statements import Trial, trial
from verifier import (
    Q,
    absolute,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    by,
    cos,
    cosh,
    derivative,
    eq,
    erf,
    exp,
    ge,
    gt,
    heaviside,
    indices,
    integral,
    le,
    log,
    logistic,
    lt,
    maximum,
    minimum,
    ne,
    normal_cdf,
    normal_pdf,
    pi,
    piecewise,
    reals,
    relu,
    sign,
    sin,
    sinh,
    softplus,
    sqrt,
    tan,
    tanh,
    within,
)

x, y, z, a, b, t, p, q, alpha, beta = reals("x y z a b t p q alpha beta")
n, m = indices("n m")
I, S, D = by.identity, by.sign, by.derivative  # noqa: E741
d = derivative
inside = within(x, -1, 1, left="open", right="open")
plus, minus = sqrt(alpha + beta), sqrt(alpha - beta)
rational_radicals = by.substitution(
    alpha=(p**2 + q**2) / 2, beta=p * q,
    inverse={p: (plus + minus) / sqrt(2), q: (plus - minus) / sqrt(2)},
    given=(ge(p, q), ge(q, 0)),
)
nested = sqrt(alpha**2 - beta**2)

TRIGONOMETRIC = (
    trial("sine-and-cosine", "always", eq(sin(x) ** 2 + cos(x) ** 2, 1), I),
    trial("sine-of-sum", "always", eq(sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)), I),
    trial("triple-sine", "always", eq(sin(3 * x), 3 * sin(x) - 4 * sin(x) ** 3), I),
    trial("half-and-whole", "units are refined",
          eq(sin(x) * sin(x / 3), sin(x) * (3 * sin(x / 9) - 4 * sin(x / 9) ** 3)), I),
    trial("tangent-of-half", "cos x > -1", eq(tan(x / 2), sin(x) / (1 + cos(x))), I, *inside),
    trial("double-tangent", "no pole", eq(tan(2 * x) * (1 - tan(x) ** 2), 2 * tan(x)), I,
          ne(cos(x), 0), ne(cos(2 * x), 0)),
    trial("twelfth-of-pi", "constants", eq(cos(pi / 12), (sqrt(6) + sqrt(2)) / 4), I),
    trial("fifth-of-pi", "constants", eq(4 * cos(pi / 5), 1 + sqrt(5)), I),
    trial("whole-turns", "n whole", eq(cos(pi * n) * cos(pi * n), 1), I),
    trial("sine-between-0-and-pi", "3 < pi", gt(sin(x), 0), S, gt(x, 0), lt(x, 3)),
    trial("cosine-near-zero", "1 < pi/2", gt(cos(x), 0), S, ge(x, -1), le(x, 1)),
    trial("bounded-cosine", "always", gt(2 + cos(x) + sin(y) / 2, 0), S),
    trial("sine-slope", "chain rule", eq(d(sin(x**2), x), 2 * x * cos(x**2)), D),
    trial("tangent-slope-known", "no pole", eq(d(tan(x), x), 1 + tan(x) ** 2), D, *inside),
    trial("harmonic", "second order", eq(d(sin(a * x), x, 2), -(a**2) * sin(a * x)), by.ode),
    trial("area-of-sine", "always", eq(integral(sin(t), t, 0, x), 1 - cos(x)), by.antiderivative),
)
INVERSE = (
    trial("asin-undone", "1 < pi/2", eq(asin(sin(x)), x), I, *inside),
    trial("acos-undone", "3 < pi", eq(acos(cos(x)), x), I, ge(x, 0), le(x, 3)),
    trial("atan-undone", "open", eq(atan(tan(x)), x), I, gt(x, -pi / 2), lt(x, pi / 2)),
    trial("acosh-undone", "x >= 0", eq(acosh(cosh(x)), x), I, ge(x, 0)),
    trial("acosh-undone-anywhere", "two cases", eq(acosh(cosh(x)), absolute(x)), I),
    trial("atanh-undone", "always", eq(atanh(tanh(x)), x), I),
    trial("asinh-undone", "always", eq(asinh(sinh(x)), x), I),
    trial("complementary-angles", "|x| <= 1", eq(asin(x) + acos(x), pi / 2), I, ge(x, -1),
          le(x, 1)),
    trial("atan-reciprocal-positive", "x > 0", eq(atan(x) + atan(1 / x), pi / 2), I, gt(x, 0)),
    trial("double-arctangent", "always", eq(cos(2 * atan(x)), (1 - x**2) / (1 + x**2)), I),
    trial("half-angle-known", "3 < pi", eq(sqrt((1 + cos(x)) / 2), cos(x / 2)), I, ge(x, 0),
          le(x, 3)),
    trial("arctangent-below", "always", lt(atan(x), Q(8, 5)), S),
    trial("arctangent-below-half-pi", "always", lt(2 * atan(x), pi), S),
    trial("arctangents-ordered", "increasing", gt(atan(x), atan(y)), S, gt(x, y)),
    trial("arctangent-slope", "always", eq(d(atan(a * x), x), a / (1 + a**2 * x**2)), D),
    trial("arcsine-slope", "|x| < 1", eq(d(asin(x), x), 1 / sqrt(1 - x**2)), D, *inside),
    trial("acosh-slope", "x > 1", eq(d(acosh(x), x), 1 / sqrt(x**2 - 1)), D, gt(x, 1)),
    trial("atanh-slope", "|x| < 1", eq(d(atanh(x), x), 1 / (1 - x**2)), D, *inside),
)
BELLS = (
    trial("erf-slope-known", "always", eq(d(erf(x), x), 2 * exp(-(x**2)) / sqrt(pi)), D),
    trial("normal-density", "always", eq(d(normal_cdf(x), x), normal_pdf(x)), D),
    trial("normal-symmetry", "always", eq(normal_cdf(x) + normal_cdf(-x), 1), I),
    trial("normal-between", "always", gt(normal_cdf(x), 0), S),
    trial("logistic-equation", "always",
          eq(d(logistic(x), x), logistic(x) * (1 - logistic(x))), D),
    trial("logistic-is-tanh", "always", eq(2 * logistic(2 * x) - 1, tanh(x)), I),
    trial("softplus-slope", "always", eq(d(softplus(x), x), logistic(x)), D),
    trial("softplus-difference-known", "always", eq(softplus(x) - softplus(-x), x), I),
    trial("exponentials-ordered", "increasing", gt(exp(2 * x), exp(x + y)), S, gt(x, y)),
)
POWERS = (
    trial("power-of-positive-product", "x, y > 0", eq((x * y) ** a, x**a * y**a), I, gt(x, 0),
          gt(y, 0)),
    trial("whole-power-of-product", "any x, y", eq((x * y) ** n, x**n * y**n), I),
    trial("power-law", "x > 0", eq((x**a) ** b * x**a, x ** (a * b + a)), I, gt(x, 0)),
    trial("power-shifted", "any x", eq(x ** (2 * n + 1), x * (x**n) ** 2), I),
    trial("power-shifted-down", "x != 0", eq(x ** (n - 1) * x, x**n), I, ne(x, 0)),
    trial("negative-base", "n whole", eq((-x) ** n, (-1) ** n * x**n), I),
    trial("powers-of-six", "n whole", eq(6**n, 2**n * 3**n), I),
    trial("power-of-root", "x > 0", eq(sqrt(x) ** (2 * a), x**a), I, gt(x, 0)),
    trial("power-slope", "x > 0", eq(d(x**a, x), a * x ** (a - 1)), D, gt(x, 0)),
    trial("whole-power-slope", "x != 0", eq(d(x**n, x), n * x ** (n - 1)), D, ne(x, 0)),
    trial("slope-in-the-exponent", "x > 0", eq(d(x**a, a), x**a * log(x)), D, gt(x, 0)),
    trial("even-whole-power", "any x", ge(x ** (2 * n), 0), S),
    trial("powers-ordered", "x > y > 0", gt(x**n, y**n), S, gt(y, 0), gt(x, y)),
    trial("roots-of-one-radicand", "x >= 0",
          eq(sqrt(x) * sympy.cbrt(x), x ** Q(5, 6)), I, ge(x, 0)),
)
KINKS = (
    trial("largest-and-smallest", "always", eq(maximum(x, y) + minimum(x, y), x + y), I),
    trial("positive-part", "always", eq(relu(x) - relu(-x), x), I),
    trial("relu-scaled", "a >= 0", eq(relu(a * x), a * relu(x)), I, ge(a, 0)),
    trial("relu-by-signs", "three cases", eq(relu(x), x * (1 + sign(x)) / 2), I),
    trial("sign-of-product", "nine cases", eq(sign(x * y), sign(x) * sign(y)), I),
    trial("absolute-of-product", "always", eq(absolute(x * y), absolute(x) * absolute(y)), I),
    trial("triangle-of-signs", "all cases", le(absolute(x + y), absolute(x) + absolute(y)), S),
    trial("largest-of-three", "all orders",
          eq(maximum(x, y, z), maximum(x, maximum(y, z)) + 0 * x), I),
    trial("smallest-of-negatives", "all orders", eq(maximum(x, y, z), -minimum(-x, -y, -z)), I),
    trial("steps-add-up", "the middle is 1/2", eq(heaviside(x) + heaviside(-x), 1), I),
    trial("hat", "by pieces",
          eq(piecewise((x, le(x, 1)), (2 - x, gt(x, 1)), otherwise=0), minimum(x, 2 - x)), I),
    trial("relu-slope", "x != 0", eq(d(relu(x), x), heaviside(x)), D, ne(x, 0)),
    trial("maximum-slope", "x > y", eq(d(maximum(x * y, y**2), y), x), D, gt(x, y), gt(y, 0)),
    trial("piece-slope", "x != 0", eq(d(piecewise((x**2, gt(x, 0)), otherwise=0), x), 2 * relu(x)),
          D, ne(x, 0)),
)
CHANGES = (
    trial("radicals-made-rational", "0 <= beta <= alpha",
          eq(sqrt(alpha + nested) + sqrt(alpha - nested), sqrt(2) * plus), rational_radicals,
          ge(beta, 0), ge(alpha, beta)),
    trial("radicals-made-rational-once", "0 <= beta <= alpha",
          eq(sqrt(alpha + nested), (plus + minus) / sqrt(2)), rational_radicals,
          ge(beta, 0), ge(alpha, beta)),
    trial("square-substituted", "x >= 0", eq(sqrt(x + 1 + 2 * sqrt(x)), sqrt(x) + 1),
          by.substitution(x=p**2, inverse={p: sqrt(x)}, given=(ge(p, 0),)), ge(x, 0)),
    trial("logarithm-substituted", "x > 0", ge(x + 1 / x, 2),
          by.substitution(x=exp(p), inverse={p: log(x)}, then=by.sign), gt(x, 0)),
    trial("denested-constants", "by itself", eq(sqrt(5 + 2 * sqrt(6)), sqrt(2) + sqrt(3)), I),
    trial("denested-difference", "by itself", eq(sqrt(5 - 2 * sqrt(6)), sqrt(3) - sqrt(2)), I),
    trial("denested-by-squares", "sign and square", eq(sqrt(11 + 4 * sqrt(7)), 2 + sqrt(7)),
          by.square_root),
)
TRUE_FUNCTIONS: tuple[Trial, ...] = TRIGONOMETRIC + INVERSE + BELLS + POWERS + KINKS + CHANGES
