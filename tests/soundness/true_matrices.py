"""**True statements on matrices of every size**: equations, properties, flows, inequalities."""

# fmt: off

from __future__ import annotations

from tests.soundness.statements import Trial, trial
from verifier import (
    Q,
    Space,
    block,
    by,
    conserved,
    diag,
    dot,
    eq,
    ge,
    gt,
    hadamard,
    identity_operator,
    inverse,
    invertible,
    le,
    lt,
    mask,
    ne,
    norm,
    norm2,
    orthogonal,
    outer,
    penrose,
    positive_definite,
    positive_semidefinite,
    projection,
    reals,
    symmetric,
    trace,
)

d, n, m, k = Space("d"), Space("n"), Space("m"), Space("k")
u, v, w, g = d.vectors("u v w g")
A, B, C, P, R, D, E, S = d.matrices("A B C P R D E S")
(X,) = n.matrices("X", d)  # rows are data
(y,) = n.vectors("y")
(W,) = d.matrices("W", m)  # columns are neurons
(V,) = k.matrices("V", d)
(G,) = k.matrices("G", m)
(e,) = k.vectors("e")
(U,) = d.matrices("U", m)
(F,) = m.matrices("F", d)
(K,) = m.matrices("K")
(a,) = m.vectors("a")
(H,) = n.matrices("H", d)
L, M = d.matrices("L M", n)
I, I_n, I_m = map(identity_operator, (d, n, m))  # noqa: E741
s, lam, mu = reals("s lam mu")
Z = d.positive_definite("Z")
MATRIX, GRAM, FLOW = by.matrix, by.gram, by.conserved

row_space = X.T @ inverse(X @ X.T) @ X
schur = K - F @ inverse(A) @ U
reduced = s * I + W @ W.T
balanced = (eq(W.T @ W, outer(a, a)), eq(norm2(a), s), gt(s, 0))

EQUATIONS = (
    trial("difference-of-squares", "multiplied out",
          eq((A + B) @ (A - B), A @ A - A @ B + B @ A - B @ B), MATRIX),
    trial("symmetric-form", "A is symmetric", eq(dot(u, A @ v), dot(A @ u, v)), MATRIX,
          symmetric(A)),
    trial("inverse-of-product", "both have inverses",
          eq(inverse(A @ B), inverse(B) @ inverse(A)), MATRIX, invertible(A), invertible(B)),
    trial("inverse-of-transpose", "A has an inverse",
          eq(inverse(A.T), inverse(A).T), MATRIX, invertible(A)),
    trial("left-inverse-is-right", "square matrices", eq(B @ A, I), MATRIX, eq(A @ B, I)),
    trial("cancelled", "A has an inverse", eq(u, v), MATRIX, eq(A @ u, A @ v), invertible(A)),
    trial("woodbury", "the small matrix has an inverse",
          eq(inverse(A + U @ K @ F),
             inverse(A) - inverse(A) @ U @ inverse(inverse(K) + F @ inverse(A) @ U) @ F
             @ inverse(A)), MATRIX,
          invertible(A), invertible(K), invertible(inverse(K) + F @ inverse(A) @ U),
          invertible(A + U @ K @ F)),
    trial("sherman-morrison-words", "the divisor is not zero",
          eq(inverse(A + outer(u, v)),
             inverse(A) - inverse(A) @ outer(u, v) @ inverse(A) / (1 + dot(v, inverse(A) @ u))),
          MATRIX, invertible(A), ne(1 + dot(v, inverse(A) @ u), 0)),
    trial("push-through", "lam > 0",
          eq(X.T @ inverse(X @ X.T + lam * I_n), inverse(X.T @ X + lam * I) @ X.T), MATRIX,
          gt(lam, 0)),
    trial("reduced-metric", "W^T W = a a^T",
          eq(inverse(reduced), I / s - W @ W.T / s**2 + W @ W.T @ W @ W.T / (2 * s**3)), MATRIX,
          *balanced),
    trial("neurons-inverse", "|a|^2 = s",
          eq(inverse(s * I_m + outer(a, a)), I_m / s - outer(a, a) / (2 * s**2)), MATRIX,
          *balanced[1:]),
    trial("schur-complement", "A and the complement have inverses",
          eq(inverse(block([[A, U], [F, K]])),
             block([[inverse(A) + inverse(A) @ U @ inverse(schur) @ F @ inverse(A),
                     -inverse(A) @ U @ inverse(schur)],
                    [-inverse(schur) @ F @ inverse(A), inverse(schur)]])), MATRIX,
          invertible(A), invertible(schur)),
    trial("block-product", "block by block",
          eq(block([[A, U]]) @ block([[B], [F]]), A @ B + U @ F), MATRIX),
    trial("least-norm-fits", "X X^T has an inverse",
          eq(X @ (X.T @ inverse(X @ X.T) @ y), y), MATRIX, invertible(X @ X.T)),
    trial("pseudo-inverse-is-unique", "Penrose", eq(L, M), MATRIX, *penrose(H, L), *penrose(H, M)),
    trial("pseudo-inverse-of-rows", "X X^T has an inverse",
          eq(L, X.T @ inverse(X @ X.T)), MATRIX, *penrose(X, L), invertible(X @ X.T)),
    trial("residual-is-orthogonal", "normal equations",
          eq(X.T @ (y - X @ inverse(X.T @ X) @ X.T @ y), d.zero()), MATRIX, invertible(X.T @ X)),
    trial("gradient-of-the-balanced", "the masks are idempotent",
          eq(D @ (g - (g - D @ u)), D @ u), MATRIX, mask(D)),
    trial("pythagoras", "P is a projection", eq(norm2(u), norm2(P @ u) + norm2(u - P @ u)), MATRIX,
          projection(P)),
    trial("rank-of-projection", "P is a projection", eq(trace(P), norm2(P)), MATRIX, projection(P)),
    trial("rotated-trace", "a trace is cyclic", eq(trace(W @ F @ A), trace(F @ A @ W)), MATRIX),
    trial("frobenius-invariant", "R is orthogonal", eq(norm2(A @ R), norm2(A)), MATRIX,
          orthogonal(R)),
    trial("eigenvectors-orthogonal", "lam != mu", eq(dot(u, v), 0), MATRIX,
          symmetric(A), eq(A @ u, lam * u), eq(A @ v, mu * v), ne(lam, mu)),
    trial("completed-square", "H is symmetric",
          eq(dot(w, A @ w) - 2 * dot(w, A @ v), dot(w - v, A @ (w - v)) - dot(v, A @ v)), MATRIX,
          symmetric(A)),
    trial("masks-commute", "both are diagonal", eq(D @ E, E @ D), MATRIX, mask(D), mask(E)),
    trial("hadamard-commutes", "entry by entry", eq(hadamard(u, v), hadamard(v, u)), MATRIX),
    trial("hadamard-moved", "entry by entry",
          eq(dot(u, hadamard(v, w)), dot(hadamard(u, v), w)), MATRIX),
    trial("hadamard-as-diagonal", "entry by entry", eq(diag(A @ u) @ v, hadamard(v, A @ u)),
          MATRIX),
    trial("hadamard-sums-up", "entry by entry", eq(dot(d.ones, hadamard(u, v)), dot(u, v)), MATRIX),
    trial("reproducing", "K(x, x') = x^T A x'", eq(dot(A @ u, inverse(A) @ v), dot(u, v)), MATRIX,
          positive_definite(A)),
    trial("operator-powers", "powers add up", eq(Z.power(Q(1, 2)) @ (Z.power(Q(1, 2)) @ u), Z @ u),
          MATRIX),
    trial("operator-inverse", "Z^-1 is the inverse of Z", eq(inverse(Z), Z.power(-1).as_matrix()),
          MATRIX),
    trial("multiplied-out", "no hypothesis needed", eq(W @ (F @ u), (W @ F) @ u), by.operator),
    trial("trace-of-outer", "no hypothesis needed", eq(trace(outer(u, v)), dot(u, v)), by.identity),
    trial("trace-of-identity", "it is the dimension", eq(trace(I), d.dimension), by.identity),
)

PROPERTIES = (
    trial("row-space", "X X^T has an inverse", projection(row_space), MATRIX,
          invertible(X @ X.T)),
    trial("complement", "of a projection", projection(I - P), MATRIX, projection(P)),
    trial("reflection", "of a projection", orthogonal(I - 2 * P), MATRIX, projection(P)),
    trial("mask-of-masks", "products and complements", mask(D @ (I - E)), MATRIX, mask(D), mask(E)),
    trial("gram-semidefinite", "X^T X", positive_semidefinite(X.T @ X), MATRIX),
    trial("ridge", "lam > 0", positive_definite(X.T @ X + lam * I), MATRIX, gt(lam, 0)),
    trial("ridge-invertible", "lam > 0", invertible(X.T @ X + lam * I), MATRIX, gt(lam, 0)),
    trial("congruence-of-matrices", "C has an inverse", positive_definite(C.T @ A @ C), MATRIX,
          positive_definite(A), invertible(C)),
    trial("inverse-definite", "A is definite", positive_definite(inverse(A)), MATRIX,
          positive_definite(A)),
    trial("around-the-identity", "lam |u|^2 < 1", positive_definite(I - lam * outer(u, u)), MATRIX,
          lt(lam * norm2(u), 1)),
    trial("woodbury-invertible", "a right inverse is named",
          invertible(A + U @ K @ F),
          by.matrix(inverse=inverse(A) - inverse(A) @ U @ inverse(inverse(K) + F @ inverse(A) @ U)
                    @ F @ inverse(A)),
          invertible(A), invertible(K), invertible(inverse(K) + F @ inverse(A) @ U)),
    trial("rank-one-invertible", "the divisor is not zero", invertible(I + outer(u, v)), MATRIX,
          ne(dot(u, v), -1)),
    trial("sum-as-a-square", "(A - B)^T (A - B)",
          positive_semidefinite(A.T @ A - A.T @ B - B.T @ A + B.T @ B),
          by.matrix(form=(A - B).T @ (A - B))),
    trial("symmetrised", "A + A^T", symmetric(A + A.T), MATRIX),
)

FLOWS = (
    trial("two-layers", "balancedness", conserved(V.T @ V - W @ W.T, {
        W: -V.T @ G, V: -G @ W.T}), FLOW),
    trial("three-layers", "each pair of neighbours",
          conserved(A.T @ A - W @ W.T, {
              W: -A.T @ B.T @ outer(g, a), A: -B.T @ outer(g, W @ a),
              B: -outer(g, A @ W @ a)}), FLOW),
    trial("outer-layer", "a a^T - W^T W",
          conserved(outer(a, a) - W.T @ W, {a: W.T @ g, W: outer(g, a)}), FLOW),
    trial("frobenius-of-masked-layers", "the mask is idempotent",
          conserved(norm2(V) - norm2(W), {
              W: -outer(D @ V.T @ e, a), V: -outer(e, D @ W @ a)}), FLOW, mask(D)),
    trial("solution-of-the-fundamental-matrix", "H' = S H",
          conserved(inverse(A) @ u, {A: S @ A, u: S @ u}), FLOW, invertible(A)),
    trial("rotation-of-a-form", "S is skew",
          conserved(norm2(u), {u: S @ u}), FLOW, eq(S.T, -S)),
)

INEQUALITIES = (
    trial("cauchy-schwarz-forms", "in every dimension",
          le(dot(u, v) ** 2, norm2(u) * norm2(v)), GRAM),
    trial("cauchy-schwarz-with-roots", "in every dimension",
          le(dot(u, v), norm(u) * norm(v)), GRAM),
    trial("triangle", "in every dimension", le(norm(u + v), norm(u) + norm(v)), GRAM),
    trial("triangle-below", "in every dimension", ge(norm(u - v), norm(u) - norm(v)), GRAM),
    trial("third-point", "the triangle of three points",
          le(norm(u - v), norm(u - w) + norm(w - v)), by.gram(vectors=(u - w, w - v))),
    trial("young", "a square", le(2 * dot(u, v), norm2(u) + norm2(v)), GRAM),
    trial("unit-ball", "both lie in it", le(dot(u, v), 1), GRAM, le(norm2(u), 1), le(norm2(v), 1)),
    trial("energy", "A is semidefinite", ge(dot(u, A @ u), 0), GRAM, positive_semidefinite(A)),
    trial("energy-positive-definite", "u is not zero", gt(dot(u, A @ u), 0), GRAM,
          positive_definite(A), ne(u, d.zero())),
    trial("cauchy-schwarz-of-a-form", "A is semidefinite",
          le(dot(u, A @ v) ** 2, dot(u, A @ u) * dot(v, A @ v)), GRAM, positive_semidefinite(A)),
    trial("operator-norm", "A^T A below lam^2", le(norm2(A @ u), lam**2 * norm2(u)), GRAM,
          positive_semidefinite(lam**2 * I - A.T @ A)),
    trial("projection-shortens", "P is a projection", le(norm2(P @ u), norm2(u)), GRAM,
          projection(P)),
    trial("three-vectors", "the determinant of three",
          ge(norm2(u) * norm2(v) * norm2(w) + 2 * dot(u, v) * dot(v, w) * dot(u, w),
             norm2(u) * dot(v, w) ** 2 + norm2(v) * dot(u, w) ** 2 + norm2(w) * dot(u, v) ** 2),
          GRAM),
    trial("frobenius-nonnegative", "a sum of squares", ge(trace(X.T @ X), 0), by.sign),
)
TRUE_MATRICES: tuple[Trial, ...] = EQUATIONS + PROPERTIES + FLOWS + INEQUALITIES
