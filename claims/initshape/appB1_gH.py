r"""**Appendix B.1, the warped metric** (a Hessian map).

Multiplied by the warp, the metric of a neuron satisfies the Hessian-map condition: the profile of
the identity part differentiates to the profile of the rank-one part.
"""

from typing import Any

from claims.initshape.notation import (
    PAPER,
    P,
    S,
    at,
    delta,
    g_hat,
    metric_identity,
    metric_outer,
    x,
)
from verifier import (
    Claim,
    Mutant,
    Q,
    Region,
    Sample,
    Step,
    by,
    derivative,
    eq,
    ge,
    gt,
    hessian_map,
    radial_field,
)

r = at.norm


def f(t: Any) -> Any:
    """The factor of I in the warped metric."""
    return P(t) / t


def h(t: Any) -> Any:
    """The factor of -w w^T in the warped metric."""
    return f(t) / (2 * (delta / 2 + S(t)) * S(t))


low, high = S(x) - delta / 2, S(x) + delta / 2
head = 1 / (2 * S(x) * P(x))
LINES = [
    head - P(x) / x**2,
    head - P(x) / (low * high),
    head - 1 / (P(x) * high),
    (high - 2 * S(x)) / (2 * S(x) * P(x) * high),
    -P(x) / (2 * S(x) * high),
    -x * h(x),
]
metric = radial_field(at, metric_identity(r), -metric_outer(r))

CLAIM = Claim(
    id="initshape/appB1-gH",
    title="The warped metric is a Hessian map",
    source=PAPER.at("Display (the warped metric)", section="B.1"),
    given={"distance": gt(x, 0), "balancedness": ge(delta, 0)},
    then={
        "line 1": eq(derivative(f(x), x), LINES[0]),
        **{f"line {n + 1}": eq(LINES[n - 1], LINES[n]) for n in (1, 3, 4, 5)},
        "condition": eq(derivative(f(x), x), -x * h(x)),
        "Hessian map": hessian_map(radial_field(at, f(r), -h(r))),
    },
    derivation=[
        Step("line 1", ..., by.derivative),
        *(Step(f"line {n}", ..., by.identity) for n in (2, 4, 5, 6)),
        Step("condition", ..., by.derivative, uses=[f"line {n}" for n in (1, 2, 4, 5, 6)]),
        Step("Hessian map", ..., by.hessian_map, uses=["condition"]),
    ],
    regions=[Region(x=("1/10", 10), delta=(0, 10))],
    instances=Sample({"x": 1, "delta": 0}, {"x": 2, "delta": 3}, {"x": Q(3, 2), "delta": 4}),
    mutants=[
        Mutant("no warp", then={"Hessian map": hessian_map(metric)}),
        Mutant("warp squared", then={"Hessian map": hessian_map(metric * g_hat(r) ** 2)}),
        Mutant(
            "outer part doubled",
            then={"Hessian map": hessian_map(radial_field(at, f(r), -2 * h(r)))},
        ),
        Mutant("sign", then={"condition": eq(derivative(f(x), x), x * h(x))}),
        Mutant("power of P", then={"line 4": eq(head - P(x) / high, LINES[3])}),
    ],
    note="Lines 2 and 3 of the display are one expression once P^2 cancels, so none of it is left "
    "to show.",
)
