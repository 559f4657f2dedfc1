"""**True statements of first-order logic**: characterisations, partitions, orders."""

# fmt: off

from __future__ import annotations

from tests.power.statements import Truth, true
from verifier import (
    and_,
    eq,
    exists,
    for_all,
    implies,
    individuals,
    le,
    lt,
    mapping,
    ne,
    negation,
    or_,
    predicate,
    sort,
)

DATA, POINT, VALUE = sort("Data"), sort("Point"), sort("Value", ordered=True)
i, j, k = individuals("i j k", DATA)
u, v = individuals("u v", POINT)
s, t, w = individuals("s t w", VALUE)
minimum = predicate("minimum", DATA, POINT)
limit = mapping("limit", DATA, to=POINT)
G = mapping("G", POINT, to=VALUE)
chosen = mapping("chosen", POINT, to=DATA)
R = predicate("R", DATA, DATA)
p, q, r = (predicate(name)() for name in "pqr")
LIMITS_ARE_MINIMA = for_all(i, minimum(i, limit(i)))
PARTNERS = exists((i, j), (ne(limit(i), limit(j)), minimum(i, limit(j)), minimum(j, limit(i))))
WEAK = for_all((i, u), implies(minimum(i, u), le(G(limit(i)), G(u))))
FULL = for_all((i, u), lt(G(limit(i)), G(u)), given=(minimum(i, u), ne(u, limit(i))))
SYMMETRIC = for_all((i, j), implies(R(i, j), R(j, i)))
TRANSITIVE = for_all((i, j, k), R(i, k), given=(R(i, j), R(j, k)))

LOGIC: tuple[Truth, ...] = (
    true("overlap/full-is-weak", WEAK, FULL, LIMITS_ARE_MINIMA),
    true("overlap/no-full", negation(FULL), PARTNERS),
    true("overlap/constants-are-weak", WEAK, for_all((u, v), eq(G(u), G(v)))),
    true("overlap/same-value", le(G(limit(i)), G(limit(j))), WEAK, minimum(i, limit(j))),
    true("overlap/one-for-all", for_all(j, exists(i, R(i, j))), exists(i, for_all(j, R(i, j)))),
    true("recovery/partners", for_all(i, exists(j, R(j, i))), for_all(i, exists(j, R(i, j))),
         SYMMETRIC),
    true("recovery/classes", for_all((i, j), R(i, i), given=R(i, j)), SYMMETRIC, TRANSITIVE),
    true("recovery/loops", for_all(i, exists(j, (R(i, j), R(j, j)))),
         for_all(i, exists(j, R(i, j))), for_all((i, j), implies(R(i, j), R(j, j)))),
    true("recovery/neighbour", exists(j, R(i, j)), R(i, k)),
    true("overlap/minima-exist", for_all(i, exists(u, minimum(i, u))), LIMITS_ARE_MINIMA),
    true("overlap/limits-exist", for_all(i, exists(u, eq(u, limit(i))))),
    true("overlap/chosen-data", for_all(u, exists(i, minimum(i, u))),
         for_all(u, minimum(chosen(u), u))),
    true("recovery/chains", implies(p, r), implies(p, q), implies(q, r)),
    true("recovery/three-ways", implies((p, or_(q, r)), or_(and_(p, q), and_(p, r)))),
    true("svrelu/order", lt(s, w), lt(s, t), le(t, w)),
    true("svrelu/nested", for_all(u, implies(minimum(i, u), minimum(k, u))),
         for_all(u, implies(minimum(i, u), minimum(j, u))),
         for_all(u, implies(minimum(j, u), minimum(k, u)))),
    true("oulike/exclusive", negation(and_(p, q)), negation(q)),
)
