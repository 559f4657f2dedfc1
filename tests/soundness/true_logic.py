"""**True by logic, in finite models, of quantifiers and of exponents**: each is to be proved."""

from __future__ import annotations

from tests.soundness.statements import Trial, trial
from verifier import (
    Q,
    and_,
    asymptotic,
    by,
    eq,
    eventually,
    exists,
    exists_unique,
    exp,
    for_all,
    ge,
    gt,
    iff,
    implies,
    individuals,
    is_order,
    le,
    log,
    lt,
    mapping,
    ne,
    negation,
    oo,
    or_,
    predicate,
    reals,
    sort,
    sqrt,
    within,
)

a, b, c, x, y = reals("a b c x y")
eta, eps, beta, tau, C = reals("eta eps beta tau C")
p, q, r = (predicate(name)() for name in ("p", "q", "r"))

# Datasets i with a set of minima each, limits of training in them, and a function G on parameters.
DATA, POINT, VALUE = sort("Data"), sort("Point"), sort("Value", ordered=True)
i, j, k = individuals("i j k", DATA)
u, v = individuals("u v", POINT)
s, t, w = individuals("s t w", VALUE)
minimum = predicate("minimum", DATA, POINT)
limit = mapping("limit", DATA, to=POINT)
G = mapping("G", POINT, to=VALUE)
LIMITS_ARE_MINIMA = for_all(i, minimum(i, limit(i)))
PARTNERS = for_all(
    i,
    exists(
        j,
        (
            ne(limit(i), limit(j)),
            minimum(i, limit(j)),
            minimum(j, limit(i)),
            minimum(i, limit(i)),
            minimum(j, limit(j)),
        ),
        given=ne(i, j),
    ),
)
WEAK = for_all((i, u), implies(minimum(i, u), le(G(limit(i)), G(u))))
FULL = for_all((i, u), lt(G(limit(i)), G(u)), given=(minimum(i, u), ne(u, limit(i))))

SIGN = sort("Sign", of="minus plus")
f = mapping("f", SIGN, SIGN, to=SIGN)
m, n = individuals("m n", SIGN)
R = predicate("R", DATA, DATA)
SMALL = (gt(eps, 0), lt(eps, beta), lt(beta, Q(1, 12)))
RADIUS = eta ** (Q(1, 2) - beta)

TRUE_LOGIC: tuple[Trial, ...] = (
    trial("modus-ponens", "p, and p implies q", q, by.logic, p, implies(p, q)),
    trial("chain-of-implications", "transitive", implies(p, r), by.logic, implies(p, q),
          implies(q, r)),
    trial("contraposition", "of an implication", implies(negation(q), negation(p)), by.logic,
          implies(p, q)),
    trial("excluded-middle", "p or its denial", or_(p, negation(p)), by.logic),
    trial("two-implications", "both directions of p iff p", and_(*iff(p, p)), by.logic),
    trial("full-is-weak", "strict minima are minima", WEAK, by.logic, FULL, LIMITS_ARE_MINIMA),
    trial("constant-is-weak", "every value is the same", WEAK, by.logic,
          for_all((u, v), eq(G(u), G(v)))),
    trial("two-points-no-full", "each would be below the other", negation(FULL), by.logic,
          LIMITS_ARE_MINIMA, PARTNERS),
    trial("two-points-same-value", "for one pair of partners", eq(G(limit(i)), G(limit(j))),
          by.logic, WEAK, minimum(i, limit(j)), minimum(j, limit(i))),
    trial("drinker", "in every nonempty set", exists(i, implies(R(i, i), for_all(j, R(j, j)))),
          by.logic),
    trial("one-for-all", "there is one for all gives for all there is one",
          for_all(j, exists(i, R(i, j))), by.logic, exists(i, for_all(j, R(i, j)))),
    trial("linear-order", "a maximum of two", or_(le(s, t), le(t, s)), by.logic),
    trial("order-is-transitive", "strict below", lt(s, w), by.logic, lt(s, t), le(t, w)),
    trial("congruence", "equal points have one value", eq(G(u), G(v)), by.logic, eq(u, v)),
    trial("sign-by-letters", "a relation as a letter", gt(b, 0), by.logic,
          implies(gt(2 * a, 2 * b), gt(b, 0)), lt(b - a, 0)),
    trial("trichotomy", "both sides have values", or_(gt(a, b), le(a, b)), by.logic),
    trial("sum-of-positives", "by two solvers", gt(x + y, 0), by.logic,
          or_(gt(x, 0), gt(y, 1)), ge(x, 0), ge(y, 0)),
    trial("no-largest-real", "by two solvers", for_all(x, exists(y, gt(y, x))), by.logic),
    trial("sixteen-cases", "all of f: {-,+}^2 -> {-,+}",
          or_(for_all((m, n), eq(f(m, n), SIGN["plus"])),
              exists((m, n), eq(f(m, n), SIGN["minus"]))), by.finite_models),
    trial("two-elements", "a sign is minus or plus", or_(eq(m, SIGN["minus"]),
                                                        eq(m, SIGN["plus"])), by.finite_models),
    trial("propositional-cases", "eight cases", implies((p, or_(q, r)), or_((p, q), (p, r))),
          by.finite_models),
    trial("introduced", "for every positive x", for_all(x, gt(x + 1, 1), given=gt(x, 0)),
          by.introduction(then=by.sign)),
    trial("none-negative", "no square is negative", negation(exists(x, lt(x**2, 0))),
          by.introduction(then=by.sign)),
    trial("two-parts", "each is shown", for_all((x, y), (ge(x**2, 0), ge(x**2 + y**2, 0))),
          by.introduction(then=by.sign)),
    trial("root", "a nonnegative number has a root", exists(x, (eq(x**2, a), ge(x, 0))),
          by.witness(x=sqrt(a), then=(by.identity, by.sign)), ge(a, 0)),
    trial("between", "there is a number below", for_all(x, exists(y, within(y, 0, x, left="open",
          right="open")), given=gt(x, 0)),
          by.introduction(then=by.witness(y=x / 2, then=by.sign))),
    trial("one-inverse", "exists, and no two", and_(*exists_unique(x, eq(x, a / 2))),
          by.logic),
    trial("instance-of-a-fact", "at x = a^2", gt(a**2, -1), by.instance(x=a**2),
          for_all(x, gt(x, -1), given=ge(x, 0))),
    trial("instance-rearranged", "the same relation, written otherwise", ge(2 * a**2, 2 * a - 1),
          by.instance(x=a), for_all(x, ge(2 * x**2 - 2 * x, -1))),
    trial("product-of-powers", "eta^a eta^-b below eta^c", eventually(
        le(eta**a * eta**(-b), eta**c), eta), by.exponents, ge(a - b, c)),
    trial("constants-lose", "to a strictly larger power",
          eventually(lt(C * eta**a, eta**b), eta), by.exponents, gt(a, b), gt(C, 0)),
    trial("sum-of-orders", "the larger of two", is_order(eta**a + 3 * eta**b, eta**c, eta, 0),
          by.exponents, ge(a, c), ge(b, c)),
    trial("logs-lose", "to every power", is_order(eta**a * log(1 / eta)**3, eta**b, eta, 0,
                                                  order="o"), by.exponents, gt(a, b)),
    trial("exponentially-small", "below every power", is_order(exp(-C * eta**(-eps)), eta**b, eta,
                                                               0, order="o"), by.exponents,
          gt(eps, 0), gt(C, 0)),
    trial("cubes-of-a-radius", "the mean is small", is_order(RADIUS**3 + eta * RADIUS,
          eta**Q(5, 4), eta, 0, order="o"), by.exponents, *SMALL),
    trial("drift-after-many-steps", "its error is below eta^0.44",
          is_order(eta**(-tau) * eta**(Q(41, 20) - 4 * eps) + sqrt(eta), eta**Q(11, 25), eta, 0),
          by.exponents, gt(eps, 0), lt(eps, Q(1, 400)), *within(tau, 0, Q(8, 5))),
    trial("same-leading-term", "their ratio goes to 1", asymptotic(3 * eta + eta**2, 3 * eta, eta,
                                                                   0), by.exponents),
    trial("large-parameter", "roots beat logs", is_order(log(x)**5, x**a, x, oo, order="o"),
          by.exponents, gt(a, 0)),
    trial("exponents-exist", "in the polytope", exists((eps, beta), (*SMALL,
          is_order(eta**(Q(3, 2) - 3 * beta), eta**Q(5, 4), eta, 0, order="o"))), by.exponents),
    trial("exponents-do-not-exist", "beta is at least 1/12", negation(exists((eps, beta), (
        gt(eps, 0), lt(eps, beta), ge(beta, Q(1, 12)),
        is_order(eta**(Q(3, 2) - 3 * beta), eta**Q(5, 4), eta, 0, order="o")))), by.exponents),
)  # fmt: skip
