"""**True statements on landscapes**: warps, invariants, and inequalities of gradients."""

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
    eq,
    exp,
    ge,
    gt,
    invariants,
    le,
    log,
    lojasiewicz,
    minimiser,
    morse_bott,
    ne,
    negation,
    norm2,
    polyak,
    radial_field,
    reals,
    sqrt,
    warps,
)

x, y, a, b, c, p, s = reals("x y a b c p s")
space = Space()
d = space.dimension
u, v, g, h = space.vectors("u v g h")
w = Coordinates("w")
r, w_i, w_j = w.norm, w.i, w.j
SQUARES = by.expanded(then=by.sum_of_squares)

TRUE_LANDSCAPE = (
    trial("warp-balanced", "found", warps(radial_field(w, 1 / r, -1 / (2 * r**3))), by.warp),
    trial("warp-parameter", "found for every p", warps(radial_field(w, 1, -1 / (r**2 + p**2))),
          by.warp, gt(p, 0)),
    trial("warp-stated", "g = exp(r^2/2)", warps(radial_field(w, exp(r), exp(r) * (1 - 1/r))),
          by.warp(g=exp(r**2 / 2 - 2*r)), ),
    trial("warp-of-one", "g = 1", warps(diagonal_field(w, 1 / (1 + w_i**2))), by.warp),
    trial("no-warp", "the curl does not vanish",
          negation(warps(SymmetricField(w, 1, w_i**2 * w_j**2))), by.warp, ge(d, 2)),
    trial("no-warp-either", "two kinds of terms",
          negation(warps(SymmetricField(w, 1 + w_i**2, w_i + w_j))), by.warp, ge(d, 2)),
    trial("invariant-of-a-neuron", "whatever g is",
          invariants({a: dot(u, g), u: a * g}, 2, a**2 - norm2(u)), by.invariants, ge(d, 2)),
    trial("invariants-of-a-neuron", "and its square",
          invariants({a: dot(u, g), u: a * g}, 4, norm2(u) - a**2, (a**2 - norm2(u))**2),
          by.invariants, ge(d, 2)),
    trial("invariants-of-three-layers", "two of them",
          invariants({a: b*c*p, b: a*c*p, c: a*b*p}, 2, a**2 - b**2, a**2 - c**2), by.invariants),
    trial("no-invariant", "nothing is kept", invariants({a: p, b: s}, 3), by.invariants),
    trial("invariants-of-a-rotation", "only the norm",
          invariants({a: -b, b: a}, 3, a**2 + b**2), by.invariants),
    trial("polyak-quadratic", "mu = 1", polyak((x**2 + 3 * y**2) / 2, (x, y), 1), SQUARES),
    trial("polyak-shifted", "minimum 5", polyak(x**2 - 2*x + 6, (x,), 2, infimum=5), SQUARES),
    trial("lojasiewicz-quartic", "exponent 3/4", lojasiewicz(x**4, (x,), Q(1, 4), Q(3, 4)),
          by.expanded(then=by.sign)),
    trial("polyak-product", "away from the saddle", polyak((a*b - 1)**2 / 2, (a, b), 1),
          SQUARES, ge(a**2 + b**2, 1)),
    trial("expanded-derivative", "then a square", ge(polyak(x**3 / 3, (x,), 1).lhs, 0), SQUARES),
    trial("minimiser-on-a-line", "the nearest point",
          minimiser(x**2 + y**2, {x: a/5, y: 2*a/5}, subject_to=eq(x + 2*y, a), unique=True),
          by.kkt(multipliers=(-2*a/5,))),
    trial("minimiser-on-a-disc", "the leftmost point",
          minimiser(x, {x: -1, y: 0}, subject_to=le(x**2 + y**2, 1)),
          by.kkt(multipliers=(Q(1, 2),))),
    trial("minimiser-at-a-bound", "the slope points out",
          minimiser((x + 1)**2 + y**2, {x: 0, y: 0}, subject_to=ge(x, 0), unique=True),
          by.kkt(multipliers=(2,))),
    trial("minimiser-of-exp", "where the slope is 0", minimiser(exp(x) - 2*x, {x: log(2)},
                                                                unique=True), by.kkt),
    trial("minimiser-not-strict", "x^4 is convex", minimiser(x**4, {x: 0}), by.kkt),
    trial("morse-bott-hyperbola", "off the axes",
          morse_bott((a*b - 1)**2 / 2, {a: s, b: 1/s}, s), by.morse_bott, ne(s, 0)),
    trial("morse-bott-cross", "off the crossing", morse_bott((a*b)**2 / 2, {a: s, b: 0}, s),
          by.morse_bott, ne(s, 0)),
    trial("morse-bott-point", "a strict minimum", morse_bott(x**2 + x**4, {x: 0}), by.morse_bott),
    trial("morse-bott-exp", "the zeros of a residual",
          morse_bott((a * exp(x * p) - y)**2, {a: y * exp(-s * p), x: s}, s), by.morse_bott),
    trial("expanded-root", "a positive denominator",
          gt(1 / sqrt(1 + x**2), 0), by.expanded(then=by.sign)),
)
