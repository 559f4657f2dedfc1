"""**False statements of structure**: fields, potentials, flows, operators, and other claims."""

# fmt: off

from __future__ import annotations

from dataclasses import replace

import sympy

from tests.soundness.statements import trial
from verifier import (
    Claim,
    Coordinates,
    Potential,
    Q,
    SmoothFunction,
    Space,
    Step,
    SymmetricField,
    absolute,
    by,
    conserved,
    derivative,
    diagonal_field,
    dot,
    eq,
    function,
    ge,
    gradient_is,
    gt,
    hessian_is,
    hessian_map,
    identity_operator,
    indices,
    integral,
    le,
    log,
    lt,
    ne,
    negation,
    norm,
    norm2,
    outer,
    radial_field,
    real,
    reals,
    sqrt,
    tends,
)

x, y, p, a, b, c, t = reals("x y p a b c t")
space = Space()
d = space.dimension
u, v, g, h = space.vectors("u v g h")
A = space.positive_definite("A")
w = Coordinates("w")
r, w_i, w_j = w.norm, w.i, w.j
f = function("f")
one = identity_operator(space)
i, j, k, ij = indices("i j k ij")
F = SmoothFunction("F", 3)
H, P, C, M = by.hessian_map, by.potential, by.conserved, by.operator
in_plane = ge(d, 2)

HESSIAN_MAP = (
    trial("radial-only", "only a constant radial factor is a Hessian",
          hessian_map(radial_field(w, r)), H, in_plane),
    trial("radial-power", "the outer part must be identity'/r",
          hessian_map(radial_field(w, r**2, 1)), H, in_plane),
    trial("outer-only", "w w^T is no Hessian", hessian_map(radial_field(w, 0, 1)), H, in_plane),
    trial("log-outer", "a factor is lost",
          hessian_map(radial_field(w, log(r), 2 / r**2)), H, in_plane),
    trial("identity-is-a-map", "a constant field is a Hessian map",
          negation(hessian_map(radial_field(w, 1))), H, in_plane),
    trial("diagonal-is-a-map", "separable metrics are Hessian maps",
          negation(hessian_map(diagonal_field(w, w_i**2))), H, in_plane),
    trial("one-dimension", "in dimension 1 every field is a Hessian map",
          negation(hessian_map(radial_field(w, r))), H),
    trial("one-dimension-closed", "d = 1 is allowed",
          negation(hessian_map(radial_field(w, r))), H, ge(d, 1)),
    trial("real-called-d", "a real called d is no dimension",
          negation(hessian_map(radial_field(w, r))), H, gt(real("d"), 2), kind="unfounded"),
    trial("parameter-may-vanish", "p = 0 is a Hessian map",
          negation(hessian_map(radial_field(w, p * r))), H, in_plane),
    trial("parameter-may-vanish-closed", "p = 0 is a Hessian map",
          negation(hessian_map(radial_field(w, p * r))), H, in_plane, ge(p, 0)),
    trial("parameter-that-helps", "holds for p = 0 alone",
          hessian_map(radial_field(w, 1 + p * r)), H, in_plane),
    trial("elsewhere", "it is zero where r > 10",
          negation(hessian_map(radial_field(w, absolute(r - 10) - (r - 10)))), H, in_plane,
          gt(r, 10)),
    trial("field-undefined-at-the-point", "log(w_i - 4) has no value at the point tried",
          negation(hessian_map(SymmetricField(w, log(w_i - 4) + r, 0))), H, in_plane,
          kind="undefined"),
    trial("undefined-at-the-point", "log(w_i - 4) has no value at the point tried",
          negation(hessian_map(SymmetricField(w, log(w_i - 4) * r, 0))), H, in_plane,
          kind="undefined"),
    trial("function-of-radius", "f is not constant",
          hessian_map(radial_field(w, f(r))), H, in_plane),
    trial("function-may-be-constant", "f may be constant",
          negation(hessian_map(radial_field(w, f(r)))), H, in_plane),
    trial("given-radius", "r is no constant", hessian_map(radial_field(w, r)), H, in_plane,
          eq(r, 1)),
    trial("given-component", "w_i is no constant",
          hessian_map(SymmetricField(w, 0, w_i * w_j)), H, in_plane, eq(w_i, 0)),
    trial("two-index-cases", "holds for i, j, k distinct alone",
          hessian_map(SymmetricField(w, 1, w_i + w_j)), H, in_plane),
)

POTENTIAL = (
    trial("gradient-factor", "the gradient of r^2 is 2 w",
          gradient_is(Potential(w, radial=r**2), w_i), P),
    trial("gradient-of-norm", "it is w/r", gradient_is(Potential(w, radial=r), 1), P),
    trial("lost-linear-part", "z is lost", gradient_is(Potential(w, linear=real("z_i")), 0), P),
    trial("gradient-of-separable", "a factor 3 is lost",
          gradient_is(Potential(w, separable=w_i**3), w_i**2), P),
    trial("hessian-of-square", "it is 2 I",
          hessian_is(Potential(w, radial=r**2), radial_field(w, 1)), P),
    trial("hessian-without-outer", "the outer part is lost",
          hessian_is(Potential(w, radial=r**4), radial_field(w, 4 * r**2)), P),
    trial("hessian-of-norm", "I/r - w w^T/r^3",
          hessian_is(Potential(w, radial=r), radial_field(w, 1 / r)), P),
    trial("hessian-wrong-sign", "the outer part is negative",
          hessian_is(Potential(w, radial=r), radial_field(w, 1 / r, 1 / r**3)), P),
    trial("hessian-off-diagonal", "only the diagonal agrees",
          hessian_is(Potential(w, separable=w_i**4), SymmetricField(w, 12 * w_i**2 - 1, 1)), P),
    trial("other-coordinates", "another point",
          hessian_is(Potential(w, radial=r**2), radial_field(Coordinates("v"), 2)), P,
          kind="unfounded"),
    trial("kink", "|w_i| has no derivative at 0",
          gradient_is(Potential(w, separable=absolute(w_i)), w_i / absolute(w_i)), P,
          kind="undefined"),
    trial("given-radius", "r = 1 is no constant", gradient_is(Potential(w, radial=r), 0), P,
          eq(r, 1)),
    trial("divisor-in-both", "p = 0 has no value",
          gradient_is(Potential(w, linear=1 / p), 1 / p), P, kind="undefined"),
    trial("divisor-in-hessian", "p = 0 has no value",
          hessian_is(Potential(w, linear=1 / p), radial_field(w, 0)), P, kind="undefined"),
)

CONSERVED = (
    trial("sum-of-squares", "the difference is conserved",
          conserved(a**2 + norm2(u), {a: dot(u, g), u: a * g}), C),
    trial("weight", "the weights differ",
          conserved(a**2 - 2 * norm2(u), {a: dot(u, g), u: a * g}), C),
    trial("free-fall", "the velocity grows", conserved(a, {a: b, b: -a}), C),
    trial("angular", "it is a^2 + b^2", conserved(a**2 - b**2, {a: b, b: -a}), C),
    trial("unmoved-scalar", "b may move", conserved(a + b, {a: c}), C, eq(c, 0), kind="unfounded"),
    trial("unmoved-vector", "v may move", conserved(dot(u, v), {u: 0 * u}), C, kind="unfounded"),
    trial("unmoved-parameter", "p may move", conserved(p * a, {a: 0 * a}), C, kind="unfounded"),
    trial("given-equal", "a = b holds at one time only",
          conserved(a - b, {a: sympy.Integer(1), b: sympy.Integer(2)}), C, eq(a, b)),
    trial("given-value", "a = 1 holds at one time only",
          conserved(a**2, {a: sympy.Integer(1)}), C, eq(a, 1)),
    trial("given-norm", "|u| = 1 holds at one time only",
          conserved(norm2(u), {u: 1 * u}), C, eq(norm2(u), 1)),
    trial("case-of-value", "a = 0 holds at one time only",
          conserved(a, {a: b, b: 0 * b}), by.cases(a, 0, C), eq(a, 0)),
    trial("kink-at-closed-end", "a = 0 has no derivative",
          conserved(absolute(a) - a, {a: sympy.Integer(-1)}), C, ge(a, 0), kind="undefined"),
    trial("kink", "a < 0 moves", conserved(absolute(a) - a, {a: sympy.Integer(1)}), C),
    trial("scalar-and-vector-of-one-name", "the scalar u moves",
          conserved(real("u"), {real("u"): sympy.Integer(1), u: 0 * u}), C, kind="unfounded"),
    trial("vector-velocity-for-a-scalar", "the scalar u is another thing",
          conserved(real("u"), {u: 0 * u}), C, kind="unfounded"),
    trial("other-operator", "A enters once", conserved(norm2(u) - dot(u, A(u)), {u: A(u)}), C),
    trial("operator-sign", "it decays", conserved(dot(u, A(u)), {u: -A(u)}), C),
    trial("operator-power", "the powers differ",
          conserved(dot(u, A.power(2)(v)), {u: A(u), v: -A.power(2)(v)}), C),
    trial("function-of-state", "f is not constant", conserved(f(a), {a: sympy.Integer(1)}), C),
    trial("partial-of-state", "a partial derivative may move",
          conserved(F.partial(i) + a * 0, {a: sympy.Integer(1)}), C, kind="unfounded"),
    trial("pole", "a = 0 has no value", conserved(1 / a, {a: 0 * a}), C, kind="undefined"),
    trial("velocity-undefined", "b = 0 has no velocity",
          conserved(a - b, {a: 1 / b, b: 1 / b}), C, kind="undefined"),
    trial("cross-product-term", "one half of the product rule",
          conserved(dot(u, v), {u: g, v: 0 * v, g: 0 * g}), C),
)

OPERATOR = (
    trial("order", "u v^T is not v u^T", eq(outer(u, v), outer(v, u)), M),
    trial("product-order", "rank-one operators do not commute",
          eq(outer(u, v) @ outer(g, h), outer(g, h) @ outer(u, v)), M),
    trial("square", "<u, v> is lost", eq(outer(u, v) @ outer(u, v), outer(u, v)), M),
    trial("inverse", "Sherman-Morrison without the divisor",
          eq((one + outer(u, u)) @ (one - outer(u, u)), one), M),
    trial("sherman-morrison-sign", "a sign",
          eq((one + outer(u, u)) @ (one + outer(u, u) * (1 / (1 + norm2(u)))), one), M),
    trial("singular-inverse", "|u| = 1 has no inverse",
          eq((one - outer(u, u)) @ (one + outer(u, u) * (1 / (1 - norm2(u)))), one), M,
          kind="undefined"),
    trial("image", "the image lies along u", eq(outer(u, v) @ g, v * dot(u, g)), M),
    trial("projector", "u must be a unit vector", eq(outer(u, u) @ u, u), M, gt(norm2(u), 0)),
    trial("powers", "A^(1/2) twice is A", eq(A.power(Q(1, 2))(A.power(Q(1, 2))(u)), u), M),
    trial("coefficient", "a factor is lost", eq((u + v) * 2, u * 2 + v), M),
    trial("cancelled-coefficient", "p = 0 has no value", eq(u / p + v, v + u / p), M,
          kind="undefined"),
    trial("moved-operator", "A moves across, it is not lost",
          eq(dot(A(u), v), dot(u, v)), by.identity),
    trial("moved-power", "the exponents add up",
          eq(dot(A(u), A(v)), dot(u, A(v))), by.identity),
    trial("cauchy-schwarz-equality", "only for parallel vectors",
          eq(dot(u, v) ** 2, norm2(u) * norm2(v)), by.identity),
    trial("triangle-equality", "only for parallel vectors",
          eq(norm(u + v), norm(u) + norm(v)), by.identity),
    trial("polarisation-factor", "a factor 2 is lost",
          eq(norm2(u + v) - norm2(u - v), 2 * dot(u, v)), by.identity),
    trial("inner-positive", "<u, v> may be negative", ge(dot(u, v), 0), by.sign),
    trial("norm-positive", "u may be zero", gt(norm2(u), 0), by.sign),
    trial("energy-positive", "u may be zero", gt(dot(u, A(u)), 0), by.sign),
    trial("normalised", "u = 0 has no value", eq(norm2(u / (1 + norm(u))), 1), by.identity),
    trial("partials-of-other-order", "the indices differ",
          eq(F.partial(i, j, k), F.partial(i, j, j)), by.identity),
    trial("index-called-ij", "one index that is called ij",
          eq(F.partial(ij), F.partial(j, i)), by.identity),
    trial("partials-of-other-functions", "two functions",
          eq(F.partial(i), SmoothFunction("G", 3).partial(i)), by.identity),
    trial("smaller-dimension", "d is not its square", eq(d**2, d), by.identity),
    trial("other-spaces", "one dimension says nothing of another",
          eq(Space("m").dimension, d), by.identity),
)


def _true(name: str, then: object, rule: object, **fields: object) -> Claim:
    return trial(name, "holds", then, rule, **fields).claim  # type: ignore[arg-type]


def _given(claim: Claim, *given: object) -> Claim:
    return replace(claim, given={f"g{n}": s for n, s in enumerate(given)})


LIBRARY = {
    made.id: made
    for made in (
        _given(_true("positive", gt(p + 1, 1), by.sign), gt(p, 0)),
        _given(_true("root", eq(sqrt(p**2), p), by.identity), ge(p, 0)),
        _true("square", ge(x**2, 0), by.sign),
        _true("norm", ge(norm2(u), 0), by.sign),
        _true("vanishing", tends(p * x, x, 0, 0), by.limit),
        _true("slope", eq(derivative(p * x, x), p), by.derivative),
        _true("area", eq(integral(p, t, 0, x), p * x), by.antiderivative),
        _true("field", hessian_map(radial_field(w, p)), H),
        _true("turning", conserved(a**2 + b**2, {a: p * b, b: -p * a}), C),
        _true("function", eq(f(x) - f(x), 0), by.identity),
        _given(_true("scalars", eq(real("u"), real("v")), by.identity), eq(real("u"), real("v"))),
        _given(_true("unequal", eq(a, b), by.identity), eq(a, b)),
        _true("indices", eq(F.partial(j, i), F.partial(i, j)), by.identity),
    )
}


def _by(key: str, at: object = None, conclusion: str | None = None) -> object:
    return by.claim(f"trial/{key}", conclusion, at=at)


def _uses(key: str) -> tuple[str, ...]:
    return (f"trial/{key}",)


CLAIMS = tuple(
    trial(name, about, then, _by(key, at), *given, uses=_uses(key), kind=kind)  # type: ignore
    for name, about, then, key, at, given, kind in (
        ("does-not-conclude", "another statement", gt(p, 1), "positive", None, (gt(p, 0),),
         "false"),
        ("hypothesis-missing", "p may be negative", gt(p + 1, 1), "positive", None, (), "false"),
        ("hypothesis-weaker", "p = 0", gt(p + 1, 1), "positive", None, (ge(p, 0),), "false"),
        ("hypothesis-of-another", "x is positive, not p", gt(p + 1, 1), "positive", None,
         (gt(x, 0),), "false"),
        ("root-hypothesis", "x may be negative", eq(sqrt(x**2), x), "root", {p: x}, (), "false"),
        ("moved-hypothesis", "y - 1 may be negative", gt(y, 1), "positive", {p: y - 1}, (),
         "false"),
        ("moved-without-value", "y = 0 has no value", ge(y**-2, 0), "square", {x: 1 / y}, (),
         "undefined"),
        ("inner-as-a-symbol", "a norm is not any real", ge(x, 0), "norm", {norm2(u): x}, (),
         "false"),
        ("bound-by-a-limit", "the variable of a limit is no parameter",
         tends(5 * p, x, 0, 0), "vanishing", {x: 5}, (), "false"),
        ("captured-by-a-limit", "p may not depend on x",
         tends(sympy.Integer(1), x, 0, 0), "vanishing", {p: 1 / x}, (), "false"),
        ("captured-by-a-derivative", "p may not depend on x",
         eq(derivative(x**2, x), x), "slope", {p: x}, (), "false"),
        ("captured-by-an-integral", "p may not depend on t",
         eq(integral(t, t, 0, x), t * x), "area", {p: t}, (), "false"),
        ("captured-by-a-field", "p may not depend on w",
         hessian_map(radial_field(w, r)), "field", {p: r}, (), "false"),
        ("captured-by-a-field-component", "p may not depend on w",
         hessian_map(radial_field(w, w_i)), "field", {p: w_i}, (), "false"),
        ("bound-by-a-flow", "c is not moved",
         conserved(c**2 + b**2, {a: p * b, b: -p * c}), "turning", {a: c}, (), "unfounded"),
        ("function-replaced", "f(x) is no symbol", eq(y - f(x), 0), "function", {f(x): y}, (),
         "false"),
        ("vectors-and-scalars", "vectors u, v of the same names",
         eq(u, v), "scalars", None, (eq(real("u"), real("v")),), "unfounded"),
        ("hypothesis-of-equality", "a = b does not follow", eq(a, b), "unequal", None, (le(a, b),),
         "false"),
        ("index-of-two-letters", "one index that is called ij",
         eq(F.partial(ij), F.partial(i, j)), "indices", None, (), "false"),
    )
)
TRUST = (
    trial("another-conclusion-established", "scalars, not vectors", eq(u, v), by.operator,
          eq(real("u"), real("v")),
          steps=(Step("s", eq(real("u"), real("v")), by.identity),), kind="unfounded"),
    trial("not-loaded", "no such claim", gt(x, 0), by.claim("trial/none"), uses=("trial/none",)),
    trial("itself-in-a-circle", "the other claim has other hypotheses",
          lt(p + 1, 1), by.claim("trial/positive"), gt(p, 0), uses=("trial/positive",)),
    trial("wrong-conclusion-named", "it has no such conclusion", gt(p + 1, 1),
          by.claim("trial/positive", "other"), gt(p, 0), uses=("trial/positive",),
          kind="unfounded"),
    trial("nonzero-by-positive", "p = 0", ne(p, 0), by.claim("trial/square", at={x: p}),
          uses=("trial/square",)),
)
FALSE_STRUCTURES = HESSIAN_MAP + POTENTIAL + CONSERVED + OPERATOR + CLAIMS + TRUST
