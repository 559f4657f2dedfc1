"""**True statements on vectors, matrices, fields and flows**, in every dimension."""

# fmt: off

from __future__ import annotations

from tests.power.statements import Truth, true
from verifier import (
    Coordinates,
    Potential,
    Q,
    Space,
    conserved,
    derivative,
    dot,
    eq,
    function,
    ge,
    gradient_is,
    gt,
    has_rank,
    hessian_is,
    identity_operator,
    le,
    least_squares,
    max_margin,
    minimiser,
    norm,
    norm2,
    outer,
    polyak,
    radial_field,
    reals,
    trace,
)

a, b, c, e, t, x, y = reals("a b c e t x y")
space = Space("d")
u, v, w, g = space.vectors("u v w g")
A, B, U, V = space.matrices("A B U V")
(X,) = Space("n").matrices("X", space)
I = identity_operator(space)  # noqa: E741
UNIT = eq(norm2(u), 1)
at = Coordinates("w")
r = at.norm
profile = function("profile")
CURVATURE = (derivative(profile(r), r, 2) - derivative(profile(r), r)/r)/r**2

VECTORS: tuple[Truth, ...] = (
    true("svrelu/staying-active", ge(dot(u, w), dot(u, g) - norm(u)*norm(w - g))),
    true("svrelu/parallelogram", eq(norm2(u + v) + norm2(u - v), 2*norm2(u) + 2*norm2(v))),
    true("svrelu/pythagoras", eq(norm2(u + 2*v), norm2(u) + 4*norm2(v)), eq(dot(u, v), 0)),
    true("svrelu/cauchy-schwarz", le(dot(u, v)**2, norm2(u)*norm2(v))),
    true("overlap/triangle", le(norm(u + v), norm(u) + norm(v))),
    true("oulike/step-towards", eq(w - 2*e*(w - g), (1 - 2*e)*w + 2*e*g)),
    true("oulike/reg-is-no-loss", eq(norm2(a*u) + norm2(b*u), (a**2 + b**2)*norm2(u))),
    true("initshape/distance", eq(norm2(w - t*u), norm2(w) - 2*t*dot(u, w) + t**2), UNIT),
)

MATRICES: tuple[Truth, ...] = (
    true("oulike/slope-of-sensing",
         eq(trace(A.T @ (V @ U.T + U @ V.T)), trace(((A + A.T) @ U).T @ V))),
    true("oulike/nuclear-norm", eq(norm2(U), trace(U @ U.T))),
    true("oulike/gram-form", ge(dot(v, (X.T @ X) @ v), 0)),
    true("initshape/inverse", eq((I + outer(u, u)) @ (I - Q(1, 2)*outer(u, u)), I), UNIT),
    true("initshape/rank-one-update",
         eq((c*I + outer(w, w)) @ ((1/c)*I - (1/(c*(c + norm2(w))))*outer(w, w)), I), gt(c, 0)),
    true("initshape/eigenvalue", eq(dot(u, (I - t*outer(u, u)) @ u), 1 - t), UNIT),
    true("svrelu/transposes", eq((A @ B).T, B.T @ A.T)),
    true("svrelu/expanded", eq((A + B) @ (A + B), A @ A + A @ B + B @ A + B @ B)),
)

FLOWS: tuple[Truth, ...] = (
    true("initshape/neuron", conserved(a**2 - norm2(w), {a: dot(w, g), w: a*g})),
    true("initshape/two-weights", conserved(a**2 - b**2, {a: b*c, b: a*c, c: a*b})),
    true("overlap/first-integral", conserved(a**2 - 2*b/x, {a: c, b: a*c*x}), gt(x, 0)),
    true("overlap/orthogonal", conserved(dot(w, v), {w: a*u, v: v*0, u: u*0, a: c}),
         eq(dot(u, v), 0)),
    true("svrelu/layers", conserved(V.T @ V - U @ U.T, {U: -V.T @ A, V: -A @ U.T})),
)

LANDSCAPES: tuple[Truth, ...] = (
    true("initshape/gradient-of-profile",
         gradient_is(Potential(at, radial=r**3), 3*r*at.i), gt(r, 0)),
    true("initshape/hessian-of-profile",
         hessian_is(Potential(at, radial=profile(r)),
                    radial_field(at, derivative(profile(r), r)/r, CURVATURE)), gt(r, 0)),
    true("recovery/polyak", polyak((x**2 + 3*y**2)/2, (x, y), 1)),
    true("initshape/nearest-point",
         minimiser(x**2 + y**2, {x: a/5, y: 2*a/5}, subject_to=eq(x + 2*y, a), unique=True)),
    true("recovery/rank", has_rank([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 2, 3], [1, 3, 1]], 3)),
    true("svrelu/least-squares", least_squares([[1, 0], [0, 2], [1, 1]], [1, 2, 2], [1, 1])),
    true("svrelu/margin", max_margin([1, 1], [[1, 0], [0, 1]], [1, 1])),
)
