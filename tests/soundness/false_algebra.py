"""**False statements of linear algebra**: generic facts claimed everywhere, lost cases, poles."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import trial
from verifier import (
    Q,
    Step,
    absolute,
    almost_everywhere,
    array,
    by,
    characteristic_polynomial,
    cosh,
    determinant,
    diagonal_array,
    eq,
    exists,
    exp,
    family,
    feasible,
    ge,
    generic,
    gt,
    has_rank,
    independent,
    independent_family,
    indices,
    le,
    least_norm,
    least_squares,
    local_dimension,
    log,
    logistic,
    lt,
    max_margin,
    ne,
    negation,
    oo,
    open_dense,
    positive_definite,
    positive_semidefinite,
    pseudo_inverse,
    rank_at_least,
    rank_at_most,
    reals,
    separable,
    sin,
    solvable,
    sqrt,
    tanh,
)

a, b, c, p, x, y, z, t = reals("a b c p x y z t")
x1, x2, x3, y1, y2, w1, w2 = reals("x1 x2 x3 y1 y2 w1 w2")
i, j = indices("i j")
w, v = family("w", "n"), family("v", "n")
R, E, D, L, F = by.rank, by.entrywise, by.definite, by.linear_system, by.feasible
M, G, I, N = by.margin, by.generic, by.independence, by.dimension  # noqa: E741

moment = [[1, x, x**2], [1, y, y**2], [1, z, z**2]]
two = array([[a, b], [c, p]])
other = array([[x, y], [z, t]])
stretched = array([[1, x], [x, 1]])

FALSE_RANK = (
    trial("vandermonde", "nodes may coincide", has_rank(moment, 3), R),
    trial("vandermonde-two-inequalities", "x = z is allowed", has_rank(moment, 3), R,
          ne(x, y), ne(y, z)),
    trial("one-row", "it may be zero", has_rank([[x, y]], 1), R),
    trial("generic-as-always", "x = 1", has_rank([[x, 1], [1, x]], 2), R),
    trial("nonnegative-determinant", "it may be zero", has_rank([[x**2 + 1, x * y], [x * y, y**2]],
          2), R),
    trial("bound-one-short", "rank 2", rank_at_most([[1, 2, 3], [2, 4, 6], [1, 0, 1]], 1), R),
    trial("bound-too-high", "rank 2", rank_at_least([[1, 2, 3], [2, 4, 6], [1, 0, 1]], 3), R),
    trial("number-of-terms", "two equal rank-one matrices", has_rank(
          [[x**2 + a**2, x * y + a * b], [x * y + a * b, y**2 + b**2]], 2), R),
    trial("same-exponential", "x = y", has_rank([[1, exp(x)], [1, exp(y)]], 2), R),
    trial("roots", "the determinant is zero", has_rank([[sqrt(x), 1], [x, sqrt(x)]], 2), R,
          gt(x, 0)),
    trial("closed-end", "the point x = 0", has_rank([[x, 0], [0, 1 + x]], 2), R, ge(x, 0)),
    trial("divisor", "x = 0 has no value", has_rank([[1 / x, 1], [1, x]], 1), R, kind="undefined"),
    trial("degenerate-as-always", "x = 1 alone", negation(has_rank([[x, 1], [1, x]], 2)), R),
    trial("no-kernel-vector", "it is not mapped to 0", has_rank([[1, 1], [x, 1]], 1),
          R(kernel=[[1], [-1]])),
    trial("zero-kernel-vector", "0 is in every kernel", has_rank([[1, x], [0, 1]], 1),
          R(kernel=[[0], [0]])),
    trial("factors", "another product", rank_at_most([[x, 0], [0, 1]], 1),
          R(factors=([[x], [1]], [[1, 1]]))),
    trial("chosen-minor", "x = 0", has_rank([[x, y], [2 * x, 2 * y]], 1), R(minor=([0], [0]))),
    trial("cases-of-rank", "both are zero at x = 0", rank_at_least([[x, x**2]], 1),
          by.cases(x, 0, R)),
)
FALSE_ENTRIES = (
    trial("inverse", "x = 1 has none", eq(stretched @ (array([[1, -x], [-x, 1]])
          * (1 / (1 - x**2))), diagonal_array([1, 1])), E, kind="undefined"),
    trial("right-inverse", "it is a left one", eq(array([[1], [x]]) @ array([[1, 0]]),
          diagonal_array([1, 1])), E),
    trial("transposed-product", "the order turns", eq((two @ other).T, two.T @ other.T), E),
    trial("commuting", "products do not commute", eq(two @ other, other @ two), E),
    trial("one-point-of-two", "the mean minimises", least_squares([1, 1], [x, y], [x]), E),
    trial("slope-only", "a line through 0", least_squares([[x], [y]], [x + 1, y + 1], [1]), E,
          ne(x, y)),
    trial("pseudo-inverse-transposed", "not scaled", pseudo_inverse([[x], [y]], [[x, y]]), E),
    trial("pseudo-inverse-of-zero", "x = 0", pseudo_inverse([[x]], [[1 / x]]), E,
          kind="undefined"),
    trial("three-of-four", "P A is not symmetric", pseudo_inverse([[1, 1]], [[1], [0]]), E),
    trial("same-arrays", "they agree at 0", ne(array([[x, y]]), array([[0, 0]])), E),
    trial("trace-sign", "of a characteristic polynomial", eq(
          characteristic_polynomial(two, x), x**2 + (a + p) * x + a * p - b * c), by.identity),
    trial("determinant-of-a-sum", "it is not linear", eq(
          determinant(two + other), determinant(two) + determinant(other)), by.identity),
)
FALSE_DEFINITE = (
    trial("semidefinite-only", "the determinant is 0", positive_definite([[x**2, x], [x, 1]]), D),
    trial("positive-diagonal", "x = 2", positive_definite([[1, x], [x, 1]]), D),
    trial("leading-minors", "they are 0", positive_semidefinite([[0, 0], [0, x]]), D),
    trial("not-symmetric", "x = 1", positive_definite([[1, x], [-x, 1]]), D),
    trial("gram-with-a-kernel", "a column of B is lost",
          positive_definite([[x**2, x], [x, 1]]), D(gram=[[x, 1]])),
    trial("another-gram", "B^T B is another matrix", positive_semidefinite([[x, 1], [1, x]]),
          D(gram=[[1, x]])),
    trial("known-semidefinite", "the determinant may be 0", gt(a * c, b**2), E,
          positive_semidefinite([[a, b], [b, c]])),
    trial("zero-vector", "it shows nothing", negation(positive_definite([[1 + x**2, 0], [0, 1]])),
          D(vector=[0, 0])),
)
FALSE_SYSTEMS = (
    trial("division", "x = 0", solvable([[x]], [1]), L),
    trial("deficient", "y is not 2 x", solvable([[1, 2], [2, 4]], [x, y]), L),
    trial("shifted-right-side", "never", solvable([[1, 1], [1, 1]], [x, x + 1]), L),
    trial("unsolvable", "x = 1 solves it", negation(solvable([[x]], [x])), L),
    trial("any-solution", "a longer one", least_norm([[1, 1]], [x], [x, 0]), L),
    trial("kernel-part", "it is in the kernel", least_norm([[1, 0], [0, 0]], [x, y], [x, 1]), L),
    trial("no-minimiser", "it is short", least_norm([[1, 1]], [x], [0, 0]), L),
    trial("divided-solution", "x = 0", solvable([[x, 1]], [y / x]), L(solution=[0, y / x]),
          kind="undefined"),
    trial("wrong-solution", "x = 0", solvable([[x, x]], [1]), L(solution=[1, 0])),
)
FALSE_FEASIBLE = (
    trial("empty", "x > 0 and x < 0", feasible([gt(x, 0), lt(x, 0)], x), F),
    trial("strict-against-closed", "x = 1 is left out", feasible([gt(x, 1), le(x, 1)], x), F),
    trial("only-on-a-line", "y = 0 is forced", feasible(
          [eq(x + y, 1), eq(x - y, 1), ne(y, 0)], x, y), F),
    trial("crossed-bounds", "a > b", feasible([ge(x, a), le(x, b)], x), F(at={x: a})),
    trial("one-point", "x = 0 is a solution", negation(feasible([ge(x, 0), le(x, 0)], x)), F),
    trial("negative-multiplier", "x = 1 is a solution", negation(feasible([ge(x, 1)], x)),
          F(multipliers=[-1])),
    trial("weak-sum", "it is 0, not negative", negation(feasible([ge(x, y), ge(y, x)], x, y)),
          F(multipliers=[1, 1])),
    trial("exclusive-or", "no line", separable([[1, 1], [-1, -1], [1, -1], [-1, 1]],
          [1, 1, -1, -1], [x, y], bias=z), F),
    trial("unsigned-parameter", "a < 0 turns it", negation(feasible([ge(a * x, 1), le(x, 0)], x)),
          F(multipliers=[1, a])),
    trial("bound-name", "the hypothesis is about another x", feasible([lt(x, 0), gt(x, 0)], x), F,
          gt(x, 0)),
)
FALSE_MARGIN = (
    trial("longer", "(1/2, 1/2) is shorter", max_margin([1, 0], [[1, 1], [2, 2]], [1, 1]), M),
    trial("not-scaled", "half of it is enough", max_margin([2, 0], [[1, 0]], [1]), M),
    trial("inside-the-margin", "1/2 < 1", max_margin([Q(1, 2), 0], [[1, 0]], [1]), M),
    trial("flipped-label", "not separated", max_margin([1, 0], [[1, 0], [-1, 0]], [1, 1]), M),
    trial("negative-multiplier", "it pushes back", max_margin([1, -1], [[1, 0], [2, 1]], [1, 1]),
          M(multipliers=[3, -1])),
    trial("slack-multiplier", "an inactive point", max_margin([2, 0], [[1, 0]], [1]),
          M(multipliers=[2])),
    trial("divided", "a = 0", max_margin([1 / a, 0], [[a, 1], [a, -1]], [1, 1]),
          M(multipliers=[1 / (2 * a**2), 1 / (2 * a**2)]), kind="undefined"),
    trial("is-a-margin", "it is one", negation(max_margin([Q(1, 2), Q(1, 2)], [[1, 1]], [1])), M),
    trial("any-direction", "it does not shorten", negation(max_margin([1, 0], [[1, 0]], [1])),
          M(direction=[0, 1])),
)
FALSE_GENERIC = (
    trial("identically-zero", "always", almost_everywhere(
          ne((x + y) ** 2, x**2 + 2 * x * y + y**2), x, y), G),
    trial("piecewise", "zero for x < 0", almost_everywhere(ne(absolute(x) + x, 0), x), G),
    trial("parameter", "a = 0", almost_everywhere(ne(a * x, 0), x), G),
    trial("two-components", "zero on one of them", almost_everywhere(
          ne(absolute(x) / x + 1, 0), x, on=ne(x, 0)), G),
    trial("sign-of-x", "half of the line", almost_everywhere(gt(x, 0), x), G),
    trial("equation", "a line", almost_everywhere(eq(x, y), x, y), G),
    trial("odd-features", "w and -w", almost_everywhere(has_rank(
          [[tanh(s), tanh(-s)] for s in (x1, x2)], 2), x1, x2), G),
    trial("even-features", "w and -w", open_dense(has_rank(
          [[cosh(s), cosh(-s)] for s in (x1, x2)], 2), x1, x2), G),
    trial("few-monomials", "squares are multiples", generic(has_rank(
          [[s**2, 4 * s**2] for s in (x1, x2)], 2), x1, x2), G),
    trial("zariski-sine", "infinitely many zeros", generic(ne(sin(x), 0), x), G),
    trial("pole", "x = 0 has no value", almost_everywhere(ne(1 / x, 2), x), G, kind="undefined"),
    trial("null-set", "it is one", negation(almost_everywhere(ne(x, 0), x)), G),
    trial("generic-as-always", "x = 0", ne(x, 0), G),
    trial("chosen-point", "zero where a = 0", almost_everywhere(ne(a * x - a**2, 0), x),
          G(at={x: a + 1})),
    trial("outside-of-the-domain", "zero on the domain", almost_everywhere(
          ne(absolute(x) - x, 0), x, on=gt(x, 0)), G(at={x: -1})),
    trial("nowhere", "a step about a part of the space", exists(x, gt(0, x**2)), G,
          steps=(Step("part", almost_everywhere(gt(x**2, 0), x), G),)),
    trial("shared-block", "both rows are one point", almost_everywhere(has_rank(
          [[exp(w1 * x), exp(w2 * x)], [exp(w1 * x), exp(w2 * x)]], 2), x),
          G(blocks=[x, x]), ne(w1, w2),
          steps=(Step("neurons", independent([exp(w1 * t), exp(w2 * t)], t), I),)),
    trial("equal-weights", "w1 = w2", almost_everywhere(has_rank(
          [[exp(w1 * x1), exp(w2 * x1)], [exp(w1 * x2), exp(w2 * x2)]], 2), x1, x2),
          G(blocks=[x1, x2])),
)
FALSE_INDEPENDENCE = (
    trial("affine", "2 x + 1", independent([1, x, 2 * x + 1], x), I),
    trial("equal-rates", "w1 = w2", independent([exp(w1 * x), exp(w2 * x)], x), I),
    trial("circle", "sin^2 + cos^2 = 1", independent([sin(x) ** 2, 1 - sin(x) ** 2, 1], x), I),
    trial("kink-on-a-ray", "|x| is x", independent([absolute(x), x], x, on=gt(x, 0)), I),
    trial("odd", "tanh(-x) is -tanh x", independent([tanh(x), tanh(-x)], x), I),
    trial("logistic", "f(x) + f(-x) = 1 twice", independent(
          [logistic(x), logistic(-x), logistic(2 * x), logistic(-2 * x)], x), I),
    trial("logarithms", "log 2x is log x + log 2", independent([log(x), log(2 * x), 1], x,
          on=gt(x, 0)), I),
    trial("one-rate-of-growth", "2 e^x", independent([exp(x), 2 * exp(x)], x), I(growth=oo)),
    trial("points-of-a-multiple", "rank 1", independent([x, 2 * x], x),
          I(points=[{x: 1}, {x: 2}])),
    trial("trivial-relation", "0 = 0", negation(independent([x, x**2], x)), I(relation=[0, 0])),
    trial("moving-relation", "coefficients depend on x", negation(independent([x, x**2], x)),
          I(relation=[x, -1])),
    trial("pole", "x = 0 has no value", independent([1 / x, 1], x), I, kind="undefined"),
    trial("family-of-equal-weights", "some may be equal", independent_family(
          exp(w[i] * x), i, x), I),
    trial("family-with-a-constant", "a weight may be 0", independent_family(
          [exp(w[i] * x), 1], i, x), I, ne(i, j), ne(w[i], w[j])),
    trial("family-of-opposite-weights", "w and -w", independent_family(
          [exp(w[i] * x), exp(-w[i] * x)], i, x), I, ne(i, j), ne(w[i], w[j])),
    trial("family-with-zero-factors", "a factor may be 0", independent_family(
          v[i] * exp(w[i] * x), i, x), I, ne(i, j), ne(w[i], w[j])),
    trial("zero-function", "a = 0", independent([a * x], x), I),
    trial("wronskian", "it vanishes identically", independent([x**2, 3 * x**2], x),
          I(at={x: 1})),
)
FALSE_DIMENSION = (
    trial("two-squares", "one point", local_dimension([x**2 + y**2], {x: 0, y: 0}, equals=1), N),
    trial("disc", "the circle is a curve", local_dimension([x**2 + y**2 - 1], {x: 1, y: 0},
          equals=2), N),
    trial("off-the-set", "x^2 + y^2 = 2 there", local_dimension([x**2 + y**2 - 1], {x: 1, y: 1},
          equals=1), N),
    trial("counted-equations", "one is a multiple", local_dimension([x, x**2], {x: 0, y: 0},
          equals=0), N),
    trial("cross", "two lines", local_dimension([x * y], {x: 0, y: 0}, equals=2), N),
    trial("radius-may-be-zero", "c = 0 is a point", local_dimension(
          [x**2 + y**2 - c], {x: sqrt(c), y: 0}, equals=1), N, ge(c, 0)),
    trial("divided-point", "t = 0", local_dimension([x * y - 1], {x: t, y: 1 / t}, equals=1), N,
          kind="undefined"),
    trial("isolated", "a line of zeros", local_dimension([x * (x - 1)], {x: 0, y: 0}, at_most=0),
          N),
    trial("outside-curve", "it leaves the set", local_dimension([x**2 + y**2 - 1], {x: 1, y: 0},
          at_least=2), N(along={x: 1 + t, y: z}, start={t: 0, z: 0})),
    trial("constant-curve", "it stays at 0", local_dimension([x**2 + y**2], {x: 0, y: 0},
          at_least=1), N(along={x: 0 * t, y: 0 * t}, start={t: 0})),
    trial("is-a-curve", "it is one", negation(local_dimension([y - x**2], {x: 0, y: 0}, equals=1)),
          N),
)
