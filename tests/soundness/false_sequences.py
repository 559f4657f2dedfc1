"""**False statements about sequences and speeds**: a limit that waves or balanced powers deny."""

from __future__ import annotations

import sympy

from tests.soundness.statements import trial
from verifier import (
    absolute,
    asymptotic,
    by,
    cos,
    eq,
    eventually,
    exists,
    exists_unique,
    exp,
    gt,
    is_order,
    le,
    log,
    lt,
    maximum,
    or_,
    reals,
    sin,
    sqrt,
    tends,
    tends_jointly,
    tends_uniformly,
)
from verifier.exact.scalars import oo

a, b, c, t, x, y, z = reals("a b c t x y z")
L, E = by.limit, by.introduction(then=by.sign)
unique_square = exists_unique(x, eq(x**2, a))[1]
unique_distance = exists_unique(x, eq(absolute(x - 1), a))[1]
cube = x * y**2 * z**3 / (x**3 + y**6 + z**9)
double = sympy.Integral(t, (t, 0, y), (c, 0, 2))

FALSE_SEQUENCES = (
    trial("sine-dies-out", "1 at pi/2 + 2 pi n", tends(sin(x), x, oo, 0), L),
    trial("sine-of-an-inverse", "0 at 1/(2 pi n)", tends(sin(1 / x), x, 0, 1), L),
    trial("cosine-of-an-inverse-below", "1 at -1/(2 pi n)",
          tends(cos(1 / x), x, 0, 0, side="-"), L),
    trial("cosine-backwards", "1 at -2 pi n", tends(cos(x), x, -oo, 0), L),
    trial("two-waves", "2 where both are", tends(sin(3 * x) - sin(x / 2 + 1), x, oo, 0), L),
    trial("wave-against-a-power", "unbounded at pi/2 + 2 pi n", tends(x * sin(x), x, oo, 0), L),
    trial("wave-in-an-exponential", "e at pi/2 + 2 pi n", tends(exp(sin(x)), x, oo, 1), L),
    trial("wave-of-order-below", "it is of order x",
          is_order(x * (2 + sin(x)), x, x, oo, order="o"),
          L),
    trial("wave-of-exact-order", "0 at pi n", is_order(x * sin(x), x, x, oo, order="Theta"), L),
    trial("wave-of-order-root", "x at pi/2 + 2 pi n", is_order(x * sin(x), sqrt(x), x, oo), L),
    trial("wave-as-one", "2 x at pi/2 + 2 pi n", asymptotic(x + x * sin(x), x, x, oo), L),
    trial("wave-of-a-square", "1 at a root of pi/2 + 2 pi n", tends(sin(x**2), x, oo, 0), L),
    trial("wave-of-two", "1 on x = y at a root of 1/(2 pi n)",
          tends_jointly(sin(1 / (x * y)), (x, 0), (y, 0), value=0), L),
    trial("wave-on-a-line", "sin(1/x) on x = y",
          tends_jointly(x * sin(1 / y) / y, (x, 0), (y, 0), value=0), L),
    trial("nearly-cancelled", "1 on y = x^2 (1 + x)",
          tends_jointly(x**3 / (y - x**2), (x, 0), (y, 0), value=0), L),
    trial("three-at-once", "1/3 where x = y^2 = z^3",
          tends_jointly(cube, (x, 0), (y, 0), (z, 0), value=0), L),
    trial("near-the-end-of-a-range", "1 at y = 5 + x",
          tends_uniformly(x / (y - 5), x, 0, 0, over=[y], given=[gt(y, 5)]), L),
    trial("fifth-power", "1/2 on y = x^5",
          tends_jointly(x**5 * y / (x**10 + y**2), (x, 0), (y, 0), value=0), L),
    trial("two-thirds", "1/2 on x^2 = y^3",
          tends_jointly(x**2 * y**3 / (x**4 + y**6), (x, 0), (y, 0), value=0), L),
    trial("fast-and-far", "1/2 on x^5 y^3 = 1",
          tends_jointly(x**5 * y**3 / (1 + x**10 * y**6), (x, 0), (y, oo), value=0), L),
    trial("balanced-from-below", "-1/2 on y = -x^5",
          tends_jointly(x**5 * y / (x**10 + y**2), (x, 0), (y, 0, "-"), value=0), L),
    trial("positive-for-ever", "0 at pi n", eventually(gt(sin(x), 0), x, oo), L),
    trial("below-its-maximum", "1 at 1/(2 pi n)", eventually(lt(cos(1 / x), 1), x), L),
    trial("bounded-wave", "x at pi/2 + 2 pi n", eventually(le(x * absolute(sin(x)), 10), x, oo), L),
    trial("distance-without-a-sign", "a - x near 0", eventually(eq(absolute(x - a), x - a), x), L,
          gt(a, 0)),
    trial("strict-at-a-kink", "0 below a", eventually(gt(maximum(x - a, 0), 0), x), L, gt(a, 0)),
    trial("logarithm-below", "x - x^2/2", eventually(le(log(1 + x), x / 2), x), L),
    trial("one-side-of-two", "-1 below", eventually(gt(x, 0), x, side="both"), L),
    trial("circle-of-any-square", "a = -1", exists((x, y), eq(x**2 + y**2, a)), E),
    trial("either-below", "a = -1", exists(x, or_(lt(x**2, a), lt(exp(x), a))), E),
    trial("one-square-root", "1 and -1", unique_square, E, gt(a, 0)),
    trial("one-at-a-distance", "0 and 2", unique_distance, E, gt(a, 0)),
    trial("double-integral-with-a-name", "the outer integral doubles it", eq(double, b**2 / 2),
          by.antiderivative, where={y: b}),
)  # fmt: skip
