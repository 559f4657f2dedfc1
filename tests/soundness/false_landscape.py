"""**False statements on landscapes**: warps, invariants, and inequalities of gradients."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import trial
from verifier import (
    Coordinates,
    Q,
    Space,
    SymmetricField,
    by,
    diagonal_field,
    dot,
    exp,
    ge,
    gt,
    invariants,
    le,
    lojasiewicz,
    negation,
    norm2,
    polyak,
    radial_field,
    reals,
    warps,
)

x, y, a, b, c, p = reals("x y a b c p")
space = Space()
d = space.dimension
u, v, g, h = space.vectors("u v g h")
w = Coordinates("w")
r, w_i, w_j = w.norm, w.i, w.j
SQUARES = by.expanded(then=by.sum_of_squares)
SIGN = by.expanded(then=by.sign)

FALSE_LANDSCAPE = (
    trial("no-warp-in-one-dimension", "every metric is one for d = 1",
          negation(warps(SymmetricField(w, 1, w_i**2 * w_j**2))), by.warp),
    trial("no-warp-of-a-radial-field", "radial metrics have one",
          negation(warps(radial_field(w, 1, 1))), by.warp, ge(d, 2)),
    trial("no-warp-of-a-diagonal-field", "it is one already",
          negation(warps(diagonal_field(w, 1 + w_i**2))), by.warp, ge(d, 2)),
    trial("warp-of-none", "the curl does not vanish", warps(SymmetricField(w, 1, w_i**2 * w_j**2)),
          by.warp(g=1), ge(d, 2)),
    trial("warp-not-positive", "a negative factor is no warp",
          warps(radial_field(w, -1, 1)), by.warp(g=-exp(r)), ge(d, 2), kind="unfounded"),
    trial("warp-wrong-rate", "the factor of another metric",
          warps(SymmetricField(w, 1 + w_i**2, w_i * w_j * (1 + r))), by.warp(g=exp(r**2 / 2)),
          ge(d, 2), kind="unfounded"),
    trial("warp-without-value", "1/p has none at p = 0", warps(radial_field(w, 1 / p, 1 / p)),
          by.warp(g=exp(r**2/2)), ge(d, 2), kind="undefined"),
    trial("one-more-invariant", "the norm alone moves",
          invariants({a: dot(u, g), u: a * g}, 2, a**2 - norm2(u), norm2(u)), by.invariants,
          ge(d, 2)),
    trial("one-invariant-too-few", "a b is kept as well",
          invariants({a: a, b: -b}, 2), by.invariants),
    trial("an-invariant-forgotten", "the second difference",
          invariants({a: b*c*p, b: a*c*p, c: a*b*p}, 2, a**2 - b**2), by.invariants),
    trial("a-wrong-sign", "a sum instead of a difference",
          invariants({a: dot(u, g), u: a * g}, 2, a**2 + norm2(u)), by.invariants, ge(d, 2)),
    trial("a-wrong-factor", "two neurons", invariants({a: 2 * b, b: a}, 2, a**2 - b**2),
          by.invariants),
    trial("invariants-in-a-line", "for d = 1 there may be more",
          invariants({u: g, v: g}, 2, norm2(u - v)), by.invariants, kind="unfounded"),
    trial("invariants-where-a-hypothesis-holds", "g = 0 keeps all",
          invariants({a: p, b: p}, 1, a - b), by.invariants, le(p**2, 0), kind="unfounded"),
    trial("polyak-too-large", "mu = 1 is the best", polyak((x**2 + 3*y**2) / 2, (x, y), Q(11, 10)),
          SQUARES),
    trial("polyak-quartic", "no mu at a flat minimum", polyak(x**4, (x,), Q(1, 1000)), SQUARES),
    trial("polyak-saddle", "the gradient vanishes at 0", polyak((a*b - 1)**2 / 2, (a, b), Q(1, 9)),
          SQUARES),
    trial("polyak-product-at-the-edge", "the constant is the norm",
          polyak((a*b - 1)**2 / 2, (a, b), Q(11, 10)), SQUARES, ge(a**2 + b**2, 1)),
    trial("polyak-wrong-infimum", "the minimum is 5",
          polyak(x**2 - 2*x + 6, (x,), 2, infimum=4), SQUARES),
    trial("lojasiewicz-constant", "1/4 is the best", lojasiewicz(x**4, (x,), Q(1, 5), Q(3, 4)),
          SIGN),
    trial("lojasiewicz-exponent", "1/2 is for squares", lojasiewicz(x**4, (x,), Q(1, 4), Q(1, 2)),
          SIGN),
    trial("expanded-away", "0/0 has no value at x = 0", gt((x**2 + x**4) / x**2, 0), SIGN,
          kind="undefined"),
    trial("expanded-kink", "no derivative at 0", ge(polyak((x**2)**Q(1, 2), (x,), Q(1, 2)).lhs, 0),
          SIGN, kind="undefined"),
    trial("expanded-strict", "equality at 0", gt(polyak(x**2, (x,), 1).lhs, 0), SQUARES),
)
