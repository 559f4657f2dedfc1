"""**True statements of linear algebra**: ranks, systems, definiteness, genericity, dimensions."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import Trial, trial
from verifier import (
    Q,
    Step,
    absolute,
    almost_everywhere,
    array,
    by,
    characteristic_polynomial,
    cos,
    cosh,
    diagonal_array,
    eq,
    erf,
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
    null_space,
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
x1, x2, x3, x4, y1, y2, y3, y4 = reals("x1 x2 x3 x4 y1 y2 y3 y4")
w1, w2, w3, w4 = reals("w1 w2 w3 w4")
i, j = indices("i j")
w, v = family("w", "n"), family("v", "n")
R, E, D, L = by.rank, by.entrywise, by.definite, by.linear_system


def powers(*nodes: object) -> list[list[object]]:
    """The Vandermonde matrix."""
    return [[node**k for k in range(len(nodes))] for node in nodes]  # type: ignore[operator]


rotated = array([[cos(t), -sin(t)], [sin(t), cos(t)]])
square = array([[2, 1], [1, 2]])
# The gradients of the network with two neurons and exp at the first stratum of PI-1.
points = [(0, 0), (1, 0), (0, 1), (2, 3), (3, 1)]
stratum = [[1, a * u, a * v, 1, b * u, b * v] for u, v in points]
features = [[exp(w1 * s), exp(w2 * s), s * exp(w1 * s), s * exp(w2 * s)] for s in (x1, x2, x3, x4)]
neurons = independent([exp(w1 * x), exp(w2 * x), x * exp(w1 * x), x * exp(w2 * x)], x)
plane = independent([exp(w1 * x + w2 * y), exp(w3 * x + w4 * y)], x, y)

TRUE_ALGEBRA: tuple[Trial, ...] = (
    trial("vandermonde", "distinct nodes", has_rank(powers(x, y, z), 3), R,
          ne(x, y), ne(y, z), ne(x, z)),
    trial("vandermonde-of-numbers", "seven nodes", has_rank(powers(1, 2, 3, 5, 7, 8, 9), 7), R),
    trial("rank-of-a-point", "not both zero", has_rank([[x, y]], 1), R, gt(x**2 + y**2, 0)),
    trial("rank-of-a-point-from-one", "x is not zero", has_rank([[x, y]], 1), R, ne(x, 0)),
    trial("outer-product-rank", "an outer product", has_rank([[x**2, x * y], [x * y, y**2]], 1), R,
          ne(y, 0)),
    trial("outer-product-bound", "always", rank_at_most([[x**2, x * y], [x * y, y**2]], 1), R),
    trial("two-outer-products", "n rank-one matrices", rank_at_most(
          [[x**2 + a**2, x * y + a * b, x + a], [x * y + a * b, y**2 + b**2, y + b],
           [x + a, y + b, 2]], 2), R),
    trial("factored", "through one column", rank_at_most([[x * a, x * b], [y * a, y * b]], 1),
          R(factors=([[x], [y]], [[a, b]]))),
    trial("by-a-kernel", "1, -2, 1", rank_at_most([[x, x + 1, x + 2], [y, y + 1, y + 2]], 2),
          R(kernel=[[1], [-2], [1]])),
    trial("rank-under-an-equation", "b x = a y", has_rank([[x, y], [a, b]], 1), R,
          eq(x * b - y * a, 0), ne(x, 0)),
    trial("exponential-nodes", "distinct", has_rank([[1, exp(x)], [1, exp(y)]], 2), R, ne(x, y)),
    trial("roots-in-a-rank", "x > 0", has_rank([[sqrt(x), 1], [x, sqrt(x)]], 1), R, gt(x, 0)),
    trial("not-of-full-rank", "x = 1", negation(has_rank([[x, 1], [1, x]], 2)), R, eq(x, 1)),
    trial("stratum-of-five-points", "rank 3 of 5", has_rank(stratum, 3), R, ne(a, 0), ne(b, 0)),
    trial("null-space", "of one row", null_space([[1, x, 0]], [[-x, 0], [1, 0], [0, 1]])[0], E),
    trial("inverse", "of a shear", eq(array([[1, x], [0, 1]]) @ array([[1, -x], [0, 1]]),
          diagonal_array([1, 1])), E),
    trial("rotated", "orthogonal", eq(rotated.T @ rotated, diagonal_array([1, 1])), E),
    trial("cayley-hamilton", "2 x 2", eq(array([[a, b], [c, p]]) @ array([[a, b], [c, p]])
          - array([[a, b], [c, p]]) * (a + p) + diagonal_array([1, 1]) * (a * p - b * c),
          diagonal_array([0, 0])), E),
    trial("eigenvalues", "3 and 1", eq(characteristic_polynomial(square, x), (x - 3) * (x - 1)),
          by.identity),
    trial("arrays-differ", "x is not zero", ne(array([[x, y]]), array([[0, 0]])), E, ne(x, 0)),
    trial("line-through-three-points", "normal equations",
          least_squares([[1, x], [1, y], [1, z]], [a + b * x, a + b * y, a + b * z], [a, b]), E),
    trial("mean", "least squares", least_squares([1, 1, 1], [x, y, z], [(x + y + z) / 3]), E),
    trial("pseudo-inverse-of-a-column", "not zero",
          pseudo_inverse([[x], [y]], [[x / (x**2 + y**2), y / (x**2 + y**2)]]), E, ne(x, 0)),
    trial("no-pseudo-inverse", "P A is not symmetric", negation(
          pseudo_inverse([[1, x]], [[1], [0]])), E, ne(x, 0)),
    trial("gram-matrix", "is semidefinite", positive_semidefinite([[x**2, x], [x, 1]]), D),
    trial("shifted-gram-matrix", "is definite", positive_definite([[x**2 + 1, x], [x, 1]]), D),
    trial("gram-of-full-rank", "z is not zero", positive_definite([[x**2 + z**2, x], [x, 1]]),
          D(gram=[[x, 1], [z, 0]]), ne(z, 0)),
    trial("known-definite", "a hypothesis on the whole matrix", gt(a * c, b**2), E,
          positive_definite([[a, b], [b, c]])),
    trial("known-rank", "a hypothesis on the whole matrix", ne(a * c, b**2), E,
          has_rank([[a, b], [b, c]], 2)),
    trial("not-definite", "a vector of the kernel", negation(
          positive_definite([[x**2, x], [x, 1]])), D(vector=[1, -x])),
    trial("solvable", "the second row is twice the first", solvable([[1, 2], [2, 4]], [x, 2 * x]),
          L),
    trial("unsolvable", "it is not", negation(solvable([[1, 2], [2, 4]], [x, y])), L,
          ne(y, 2 * x)),
    trial("solvable-with-parameters", "rank one", solvable([[1, x], [x, x**2]], [y, y * x]), L),
    trial("solved", "by a given x", solvable([[x]], [x]), L(solution=[1])),
    trial("least-norm", "on a line", least_norm([[1, 1]], [x], [x / 2, x / 2]), L),
    trial("least-norm-of-one-equation", "A^T (A A^T)^-1 b", least_norm(
          [[x, y]], [z], [z * x / (x**2 + y**2), z * y / (x**2 + y**2)]), L, ne(y, 0)),
    trial("feasible", "a triangle", feasible([gt(x + y, 1), lt(x, 1), lt(y, 1)], x, y),
          by.feasible),
    trial("infeasible", "Farkas", negation(feasible([ge(x + y, 1), le(x, 0), lt(y, 1)], x, y)),
          by.feasible),
    trial("only-equal", "x = 0 is forced", negation(
          feasible([ge(x + y, 1), le(x, 0), le(y, 1), ne(x, 0)], x, y)), by.feasible),
    trial("off-three-lines", "a point avoids them", feasible(
          [ge(x + y, 0), ne(x, 0), ne(y, x), ne(y, 1)], x, y), by.feasible),
    trial("infeasible-with-a-parameter", "multipliers 1 and a", negation(
          feasible([ge(a * x, 1), le(x, 0)], x)), by.feasible(multipliers=[1, a]), gt(a, 0)),
    trial("separable", "by a line", separable([[1, 2], [2, 1], [-1, -1]], [1, 1, -1], [x, y]),
          by.feasible),
    trial("exclusive-or", "is not separable", negation(separable(
          [[1, 1], [-1, -1], [1, -1], [-1, 1]], [1, 1, -1, -1], [x, y], bias=z)), by.feasible),
    trial("margin", "two active points", max_margin([1, 0], [[1, 2], [1, -2], [-1, 0]],
          [1, 1, -1]), by.margin),
    trial("margin-with-a-parameter", "symmetric points", max_margin(
          [1 / a, 0], [[a, 1], [a, -1]], [1, 1]),
          by.margin(multipliers=[1 / (2 * a**2), 1 / (2 * a**2)]), ne(a, 0)),
    trial("no-margin", "a shorter vector", negation(max_margin([1, 0], [[1, 1]], [1])), by.margin),
    trial("circle-is-null", "one point", almost_everywhere(ne(x**2 + y**2, 1), x, y), by.generic),
    trial("generic-determinant", "a polynomial", generic(
          has_rank([[x1, x2], [y1, y2]], 2), x1, x2, y1, y2), by.generic),
    trial("sine", "isolated zeros", open_dense(ne(sin(x), 0), x), by.generic),
    trial("square-is-positive", "but at 0", almost_everywhere(gt(x**2, 0), x), by.generic),
    trial("scaled", "p is not zero", almost_everywhere(ne(p * x, 0), x), by.generic, ne(p, 0)),
    trial("logarithm-on-a-ray", "analytic there", almost_everywhere(ne(log(x), 2), x, on=gt(x, 0)),
          by.generic),
    trial("beyond-a-parameter", "a point that moves", almost_everywhere(
          ne(x, p + 1), x, on=gt(x, p)), by.generic(at={x: p + 2})),
    trial("error-functions", "four neurons", almost_everywhere(has_rank(
          [[erf(k * s) for k in (1, 2, 3, 4)] for s in (x1, x2, x3, x4)], 4), x1, x2, x3, x4),
          by.generic),
    trial("odd-activation", "w and -w", negation(almost_everywhere(has_rank(
          [[tanh(s), tanh(-s)] for s in (x1, x2)], 2), x1, x2)), by.generic),
    trial("separating-inputs", "two neurons with derivatives, any distinct weights",
          almost_everywhere(has_rank(features, 4), x1, x2, x3, x4),
          by.generic(blocks=[x1, x2, x3, x4]), ne(w1, w2),
          steps=(Step("neurons", neurons, by.independence),)),
    trial("separating-inputs-in-the-plane", "weights that differ in one component",
          almost_everywhere(has_rank(
              [[exp(w1 * x1 + w2 * y1), exp(w3 * x1 + w4 * y1)],
               [exp(w1 * x2 + w2 * y2), exp(w3 * x2 + w4 * y2)]], 2), x1, x2, y1, y2),
          by.generic(blocks=[(x1, y1), (x2, y2)]), ne(w1, w3),
          steps=(Step("neurons", plane, by.independence),)),
    trial("monomials", "any parameter", independent([1, x + a, x**2 + a * x, 2 * x**3], x),
          by.independence),
    trial("three-rates", "distinct", independent([exp(w1 * x), exp(w2 * x), exp(w3 * x)], x),
          by.independence, ne(w1, w2), ne(w2, w3), ne(w1, w3)),
    trial("hyperbolic-tangents", "ordered rates", independent([tanh(w1 * x), tanh(w2 * x)], x),
          by.independence, gt(w1, 0), gt(w2, w1)),
    trial("logistic-relation", "f(x) + f(-x) = 1", negation(independent(
          [logistic(x), logistic(-x), logistic(2 * x), logistic(-2 * x)], x)), by.independence),
    trial("frequency", "Wronskian at 0", independent([sin(p * x), cos(p * x)], x),
          by.independence(at={x: 0}), ne(p, 0)),
    trial("kink", "values at points", independent([absolute(x), x], x),
          by.independence(points=[{x: 1}, {x: -1}])),
    trial("every-number-of-neurons", "distinct weights, with derivatives", independent_family(
          [exp(w[i] * x), x * exp(w[i] * x)], i, x), by.independence, ne(i, j), ne(w[i], w[j])),
    trial("every-number-of-neurons-in-the-plane", "distinct weights", independent_family(
          exp(w[i] * x + v[i] * y), i, x, y), by.independence, ne(i, j),
          gt((w[i] - w[j]) ** 2 + (v[i] - v[j]) ** 2, 0)),
    trial("every-number-of-monomials", "powers", independent_family(x**i, i, x), by.independence),
    trial("growth", "faster and faster", independent([exp(x**2), exp(x), x**3], x),
          by.independence(growth=oo)),
    trial("multiples", "a is not zero", negation(independent([a * x, b * x], x)),
          by.independence, ne(a, 0)),
    trial("hyperbolas", "cosh is a combination", negation(
          independent([cosh(x), exp(x), exp(-x)], x)), by.independence(relation=[2, -1, -1])),
    trial("circle", "a curve", local_dimension([x**2 + y**2 - c], {x: sqrt(c), y: 0}, equals=1),
          by.dimension, gt(c, 0)),
    trial("point", "of two squares", local_dimension([x**2 + y**2], {x: 0, y: 0}, equals=0),
          by.dimension),
    trial("cross", "two lines", local_dimension([x * y], {x: 0, y: 0}, equals=1), by.dimension),
    trial("doubled-equation", "x = 0 twice", local_dimension([x, x**2], {x: 0, y: p}, equals=1),
          by.dimension),
    trial("cusp", "holds a curve", local_dimension([y**2 - x**2 * (x + 1)], {x: 0, y: 0},
          at_least=1), by.dimension(along={x: t**2 - 1, y: t * (t**2 - 1)}, start={t: 1})),
    trial("stratum", "a line of parameters", local_dimension(
          [x1 + x2 - a, y1 - b, y2 - b], {x1: a / 3, y1: b, x2: 2 * a / 3, y2: b}, equals=1),
          by.dimension),
    trial("one-entry-is-a-number", "never zero", rank_at_least([[a, Q(1, 2)], [0, a]], 1), R),
)
