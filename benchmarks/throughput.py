"""**Throughput of the falsifier**: instances a second by kind of claim, and where the time goes.

Each kind has true statements, on which every instance of the budget is spent, and each of them a
false neighbour, whose hit is certified and shrunk. Seconds are of the processor; what is neither
evaluation nor certification is generation, which walks downhill and models of a solver are too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from verifier import (
    Claim,
    Paper,
    Q,
    Space,
    asinh,
    asymptotic,
    derivative,
    dot,
    eq,
    exists,
    exp,
    family,
    for_all,
    ge,
    gt,
    implicit_bias,
    indices,
    individuals,
    le,
    log,
    norm,
    norm2,
    outer,
    predicate,
    reals,
    sort,
    sqrt,
    tends,
    total,
    trace,
    within,
)
from verifier.budget import BUDGETS
from verifier.falsify.examine import Examiner
from verifier.falsify.search import Hunt
from verifier.falsify.sized import SizedHunt, hunter

PAPER = Paper("throughput", "Claims of every kind", "Nobody", 2024, "")
BUDGET = BUDGETS["standard"].instances
WARM = 40  # instances that are not counted
SEED = 0
Pair = tuple[Claim, Claim]


@dataclass
class Spent:
    """Seconds of the processor, and instances."""

    instances: int = 0
    whole: float = 0.0
    evaluating: float = 0.0
    certifying: float = 0.0
    open: list[str] = field(default_factory=list)

    def share(self, seconds: float) -> str:
        return f"{100 * seconds / self.whole:.0f} %"

    @property
    def generating(self) -> float:
        return self.whole - self.evaluating - self.certifying


def kinds() -> Mapping[str, list[Pair]]:
    """True claims with a false one beside each, by kind."""
    a, k, t, x, y = reals("a k t x y")
    u, v, w = Space("d").vectors("u v w")
    A, B = Space("d").matrices("A B")
    X = Space("n").matrices("X", Space("d"))[0]
    i, j = indices("i j")
    f, g = family("x", "n"), family("y", "n")
    p, q = individuals("p q", sort("Data"))
    R = predicate("R", sort("Data"), sort("Data"))
    square = {"x": within(x, -2, 2), "y": within(y, -2, 2)}
    motzkin = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
    r = sqrt(x**2 + y**2 / 4)
    unit = {"unit": eq(norm2(u), 1)}
    return {
        "scalar inequality": [
            _pair(square, lambda c: ge(motzkin, c), 0, Q(1, 100)),
            _pair({"positive": gt(x, 0)}, lambda c: le(asinh(x), c * x), 1, Q(9, 10)),
            _pair({"k": gt(k, 0)}, lambda c: le(exp(-k * x**2), c), 1, Q(99, 100)),
        ],
        "identity with radicals": [
            _pair({"positive": gt(y, 0)}, lambda c: eq((r - y / 2) * (r + y / 2), c * x**2), 1, 2),
            _pair({"x": gt(x, 1)}, lambda c: eq(1 / (sqrt(x) - 1), (sqrt(x) + c) / (x - 1)), 1, 2),
        ],
        "vectors": [
            _pair({}, lambda c: le(dot(u, v) ** 2, c * norm2(u) * norm2(v)), 1, Q(9, 10)),
            _pair({}, lambda c: le(norm(u + c * v), norm(u) + norm(v)), 1, 2),
            _pair(unit, lambda c: eq(norm2(w - t * u), norm2(w) - c * t * dot(u, w) + t**2), 2, 1),
        ],
        "matrices": [
            _pair({}, lambda c: eq((A + c * B) @ (A + B), A @ A + A @ B + B @ A + B @ B), 1, 2),
            _pair({}, lambda c: eq(c * trace(X @ X.T), trace(X.T @ X)), 1, 2),
            _pair({}, lambda c: ge(dot(v, (X.T @ X) @ v), c), 0, 1),
            _pair(unit, lambda c: eq(dot(u, outer(u, v) @ v), c * dot(v, v)), 1, 2),
        ],
        "families and sums": [
            _pair({}, lambda c: le(total(f[i] * g[i], i) ** 2, c * _squares(f, g, i)), 1, Q(1, 2)),
            _pair({}, lambda c: eq(_gradient(a, f, g, i), c * _slope(a, f, g, i)), 1, 2),
            _pair({}, lambda c: ge(total((f[i] - g[i]) ** 2, i), c * f[j]), 0, 1),
        ],
        "limits": [
            _pair({"rate": gt(a, 0)}, lambda c: tends(t**a * log(t), t, 0, c), 0, 1),
            _pair({"rate": gt(a, 0)}, lambda c: asymptotic(x + a * x**2, c * x, x, 0), 1, 2),
        ],
        "first-order logic": [
            (
                _claim({"one": exists(p, for_all(q, R(p, q)))}, for_all(q, exists(p, R(p, q)))),
                _claim({"each": for_all(q, exists(p, R(p, q)))}, exists(p, for_all(q, R(p, q)))),
            ),
        ],
        "flows": [_flows()],
    }


def _squares(f: Any, g: Any, i: Any) -> Any:
    return total(f[i] ** 2, i) * total(g[i] ** 2, i)


def _gradient(a: Any, f: Any, g: Any, i: Any) -> Any:
    return derivative(total((a * f[i] - g[i]) ** 2, i) / 2, a)


def _slope(a: Any, f: Any, g: Any, i: Any) -> Any:
    return total((a * f[i] - g[i]) * f[i], i)


def _flows() -> Pair:
    """Two layers of weights from a small start go to the interpolator of least potential."""
    d, n = Space("d"), Space("n")
    (X,) = d.matrices("X", n)
    y, v, some = n.vector("y"), d.vector("v"), d.vector("w_star")
    w, w_0 = d.vectors("w w_0")
    a, a_0, delta = reals("a a_0 delta")
    ends = {
        "balanced": eq(delta, a_0**2 - norm2(w_0)),
        "range": ge(delta, 0),
        "start": gt(norm2(a_0 * w_0), 0),
        "fits": eq(y, X.T @ some),
    }
    root = sqrt(norm2(v) + delta**2 / 4)
    start = a_0 * w_0
    shape = sqrt(sqrt(norm2(start) + delta**2 / 4) - delta / 2)

    def limit(factor: Any) -> Any:
        main = (norm2(v) - delta / 2 * (delta / 2 + root)) * sqrt(root - delta / 2) / norm(v)
        tilt = -Q(3, 2) * shape / norm(start) * dot(start, v)
        return implicit_bias(
            {a: a_0, w: w_0},
            predictor=a * w,
            data=X,
            labels=y,
            potential=main + factor * tilt,
            over=v,
        )

    return _claim(ends, limit(1)), _claim(ends, limit(2))


def _pair(given: Mapping[str, Any], then: Callable[[Any], Any], true: Any, false: Any) -> Pair:
    return _claim(given, then(true)), _claim(given, then(false))


def _claim(given: Mapping[str, Any], then: Any) -> Claim:
    source = PAPER.at("Claim", section="1")
    return Claim(
        id="throughput/claim", title="A claim", source=source, given=dict(given), then={"c": then}
    )


def measured(pairs: list[Pair]) -> Spent:
    """What the searches on true claims and on their false neighbours cost."""
    hunter(pairs[0][0], budget=WARM, seed=SEED).run()
    spent = Spent()
    with _clocks(spent):
        for true, _ in pairs:
            start = time.process_time()
            tally = hunter(true, budget=BUDGET, seed=SEED).run()
            spent.whole += time.process_time() - start
            if tally.hit is not None:
                raise ArithmeticError(f"A true claim is refuted: {true.then}")
            spent.instances += tally.instances
        rate = spent.instances / spent.whole
        for _, false in pairs:
            start = time.process_time()
            search = hunter(false, budget=BUDGET, seed=SEED)
            search.run()
            if search.counterexample() is None:
                raise ArithmeticError(f"A false claim is not refuted: {false.then}")
            spent.whole += time.process_time() - start
    spent.instances = round(rate)
    return spent


@contextmanager
def _clocks(spent: Spent) -> Iterator[None]:
    """Time that passes in what is replaced here counts once, for the outermost of them."""

    def timed(part: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*arguments: Any, **options: Any) -> Any:
            if spent.open:
                return inner(*arguments, **options)
            spent.open.append(part)
            start = time.process_time()
            try:
                return inner(*arguments, **options)
            finally:
                spent.open.pop()
                passed = time.process_time() - start
                setattr(spent, part, getattr(spent, part) + passed)

        return wrapper

    from verifier.falsify import search

    parts = [
        (Examiner, "failing", "evaluating"),
        (Examiner, "conclude", "evaluating"),
        (search, "confirm", "certifying"),
        (Hunt, "counterexample", "certifying"),
        (SizedHunt, "counterexample", "certifying"),
    ]
    patches = [patch.object(home, name, timed(to, getattr(home, name))) for home, name, to in parts]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def table() -> str:
    """Instances a second on true claims, and shares of the time on true and false ones."""
    lines = [("kind", "instances/s", "generation", "evaluation", "certification")]
    for kind, pairs in kinds().items():
        spent = measured(pairs)
        parts = (spent.generating, spent.evaluating, spent.certifying)
        lines.append((kind, f"{spent.instances:,}", *map(spent.share, parts)))
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


if __name__ == "__main__":
    print(table())
