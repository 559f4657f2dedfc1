"""**Searched**: claims on which the real falsifier has much to do, of several kinds."""

from verifier import (
    Claim,
    Mutant,
    Paper,
    Space,
    dot,
    eq,
    exists,
    exp,
    family,
    for_all,
    ge,
    gt,
    indices,
    individuals,
    le,
    norm,
    norm2,
    predicate,
    reals,
    sort,
    sqrt,
    tends,
    total,
    trace,
)

PAPER = Paper("searched", "A paper to search", "N. One", 2020, "Journal 7")
a, t, x, y = reals("a t x y")
u, v = Space("d").vectors("u v")
(X,) = Space("n").matrices("X", Space("d"))
(i,) = indices("i")
f, g = family("x", "n"), family("y", "n")
p, q = individuals("p q", sort("Data"))
R = predicate("R", sort("Data"), sort("Data"))


def claim(name: str, then: object, wrong: object, **given: object) -> Claim:
    return Claim(
        id=f"searched/{name}",
        title=f"A claim about {name}",
        source=PAPER.at(name, section="1"),
        given=given,
        then={"c": then},
        mutants=[Mutant("another constant", then={"c": wrong})],
    )


CLAIMS = [
    claim("scalars", le(x * exp(-x), 1), le(x * exp(-x), x / 4), positive=gt(x, 0)),
    claim("radicals", eq((sqrt(x) - y) * (sqrt(x) + y), x - y**2), eq(x, y), positive=gt(x, 0)),
    claim(
        "vectors",
        le(norm(u + v), norm(u) + norm(v)),
        le(norm(u + v), norm(u)),
        unit=eq(norm2(u), 1),
    ),
    claim("false-vectors", ge(dot(u, v), -norm(v) / 2), ge(dot(u, v), 0), unit=eq(norm2(u), 1)),
    claim("matrices", eq(trace(X @ X.T), trace(X.T @ X)), eq(trace(X @ X.T), 1)),
    claim("sums", ge(total((f[i] - g[i]) ** 2, i), 0), ge(total(f[i] - g[i], i), 0)),
    claim("limits", tends(t**a, t, 0, 0), tends(t**a, t, 0, 1), rate=gt(a, 0)),
    claim(
        "logic",
        for_all(q, exists(p, R(p, q))),
        for_all((p, q), R(p, q)),
        one=exists(p, for_all(q, R(p, q))),
    ),
]
