"""**True statements on scalars**: identities, closed forms, inequalities, exponents."""

# fmt: off

from __future__ import annotations

from tests.power.statements import Truth, true
from verifier import (
    Q,
    asinh,
    derivative,
    eq,
    exp,
    ge,
    gt,
    integral,
    le,
    log,
    lt,
    ne,
    reals,
    relu,
    sqrt,
    within,
)

a, b, c, e, f, g, h, k, o, p, q, s, t, u, v, w, x, y, z = reals(
    "a b c e f g h k o p q s t u v w x y z")
alpha, delta, eta, gamma = reals("alpha delta eta gamma")
OPEN = {"left": "open", "right": "open"}
SCALE = gt(alpha, 0)
SHAPE = within(s, -1, 1, **OPEN)

IDENTITIES: tuple[Truth, ...] = (
    true("oulike/step-invariant",
         eq((v - 2*eta*e*u)**2 - (u - 2*eta*e*v)**2, (v**2 - u**2)*(1 - 4*eta**2*e**2))),
    true("oulike/kink-moves", eq(a*k + b, -t), eq(a*k, -b - t)),
    true("oulike/logistic-cost",
         eq((s/(1 + s))**2 + s*(1 - s/(1 + s))**2, s/(1 + s)), ge(s, 0)),
    true("oulike/logistic-slope", eq(derivative(h**2 + s*(1 - h)**2, h), 2*h - 2*s*(1 - h))),
    true("oulike/tanh-cost",
         eq(g + s*(1 - g)**2/g, (1 + s)*g + s/g - 2*s), gt(g, 0)),
    true("oulike/tanh-slope",
         eq(derivative((1 + s)*g + s/g, g), 1 + s - s/g**2), gt(g, 0)),
    true("oulike/stationary-variance",
         eq((1 - 2*eta*gamma)**2*eta*v/(1 - eta*gamma) + 4*eta**2*gamma*v, eta*v/(1 - eta*gamma)),
         gt(eta, 0), gt(gamma, 0), lt(eta*gamma, 1)),
    true("oulike/label-copies",
         eq((x - y - c)**2 + (x - y + c)**2, 2*(x - y)**2 + 2*c**2)),
    true("svrelu/one-more-datum",
         eq((y - (p + s*y)/(1 + s))**2 + s*((y - p)/(1 + s))**2, (y - p)**2/(1 + s)), ge(s, 0)),
    true("svrelu/slope-of-loss", eq(derivative((t*x - y)**2/2, t), (t*x - y)*x)),
    true("svrelu/threshold", eq(z/b*(b - a) - z, -a*z/b), ne(b, 0)),
    true("overlap/exponents",
         eq(log(exp(x*p)*exp(u*w)/(exp(x*w)*exp(u*p))), (x - u)*(p - w))),
    true("overlap/powers",
         eq((x*w)**2*(u*p)**2, (x*p)**2*(u*w)**2)),
    true("overlap/softplus-ratio",
         eq(derivative(log(1 + exp(u)), u), 1/(1 + exp(-u)))),
    true("overlap/gaussian-exponents",
         eq((x**2 - u**2)*(p**2 - w**2), x**2*p**2 + u**2*w**2 - x**2*w**2 - u**2*p**2)),
    true("recovery/wronskian",
         eq(exp(p*t)*derivative(exp(q*t), t) - derivative(exp(p*t), t)*exp(q*t),
            (q - p)*exp((p + q)*t))),
    true("recovery/logistic-is-odd", eq(1/(1 + exp(x)) - Q(1, 2), Q(1, 2) - 1/(1 + exp(-x)))),
    true("recovery/softplus-is-even", eq(log(1 + exp(-x)) + x/2, log(1 + exp(x)) - x/2)),
    true("recovery/threshold",
         eq(p*(u + 1) - (q + (p + z - q)*u), (p - q) + (q - z)*u)),
    true("recovery/slow-rate",
         eq(derivative(1/sqrt(2*t + 1), t), -1/sqrt(2*t + 1)**3), ge(t, 0)),
    true("recovery/padding", eq(a*exp(w*x) + (b - a)*exp(w*x), b*exp(w*x))),
    true("initshape/products-of-sums",
         eq((a**2 + b**2)*(c**2 + e**2), (a*c - b*e)**2 + (a*e + b*c)**2)),
    true("initshape/k-of-shape",
         eq(sqrt(16*alpha**2*(1 + s**2)**2/(1 - s**2)**2), 4*alpha*(1 + s**2)/(1 - s**2)),
         SCALE, SHAPE),
    true("initshape/balancedness-of-shape",
         eq(4*a*b*((a - b)/(a + b))/(1 - ((a - b)/(a + b))**2), a**2 - b**2), gt(a, 0), gt(b, 0)),
    true("initshape/root-of-shape",
         eq(sqrt(alpha**2 + (2*alpha*s/(1 - s**2))**2), alpha*(1 + s**2)/(1 - s**2)),
         SCALE, SHAPE),
    true("initshape/half-asinh", eq(derivative(asinh(2*w/sqrt(k))/2, w), 1/sqrt(k + 4*w**2)),
         gt(k, 0)),
    true("initshape/potential",
         eq(integral(asinh(2*y/sqrt(k))/2, y, 0, w),
            w*asinh(2*w/sqrt(k))/2 - sqrt(k + 4*w**2)/4 + sqrt(k)/4), gt(k, 0)),
    true("initshape/norm-of-weights",
         eq(sqrt(delta**2/4 + p*(p + delta)), p + delta/2), ge(p, 0), ge(delta, 0)),
    true("initshape/curvature-of-profile",
         eq(derivative(x*sqrt(x), x, 2), 3/(4*sqrt(x))), gt(x, 0)),
)

INEQUALITIES: tuple[Truth, ...] = (
    true("oulike/logistic-minimum", le(s/(1 + s), h**2 + s*(1 - h)**2), ge(s, 0)),
    true("oulike/tanh-minimum", ge((1 + s)*g + s/g, 2*sqrt(s*(1 + s))), gt(g, 0), ge(s, 0)),
    true("oulike/stable-step", le((1 - 2*t)**2, 1), within(t, 0, 1)),
    true("oulike/cost-below-one", lt(s/(1 + s), 1), ge(s, 0)),
    true("svrelu/subgradient", ge(relu(t), g*t), within(g, 0, 1)),
    true("svrelu/below-linear-loss", le((relu(t) - y)**2, (t - y)**2), ge(y, 0)),
    true("svrelu/nested-supports", le((y - p)**2/(1 + s), (y - p)**2), ge(s, 0)),
    true("svrelu/quadrant", gt(f*x, e*y), gt(a, 0), gt(b, 0), gt(e, 0), gt(b*x, a*y),
         ge(f*a, b*e), ge(x, 0)),
    true("overlap/softplus-above", gt(log(1 + exp(u)), u)),
    true("overlap/softplus-below", lt(log(1 + exp(u)), exp(u))),
    true("overlap/sigmoid-away", gt(1 - u/(1 + exp(-u)), 0), le(u, 1)),
    true("recovery/counting", ge((p - q) + (q - z)*u, 0), ge(p, q), ge(q, z), ge(u, 1)),
    true("recovery/quartic", ge(x**4 + y**4, 2*x**2*y**2)),
    true("initshape/transition", ge(alpha/(1 - s**2), alpha), SCALE, SHAPE),
    true("initshape/discriminant", ge((a - b)**2 + 4*c**2, 0)),
    true("initshape/means", ge(x/y + y/x, 2), gt(x, 0), gt(y, 0)),
)
