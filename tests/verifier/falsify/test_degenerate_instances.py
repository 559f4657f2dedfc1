"""**Degenerate instances**: every special case that hypotheses do not exclude is built from them.

A kind of instance is a predicate with a name. Each set of hypotheses lists the kinds that it
allows; the corners and a few seeded draws must contain every one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest

from tests.verifier.falsify.degenerate_kinds import (
    BALL,
    CENTRED,
    CIRCLE,
    DATA,
    FACTORS,
    FITTED,
    HALF_LINE,
    HYPERBOLA,
    KERNEL,
    LABELS,
    LAYERS,
    MEMBERS,
    NEURON,
    OPEN_RANGE,
    ORDERED,
    ORTHOGONAL,
    POINTS,
    POSITIVE,
    PROFILES,
    RANGE,
    SELECTION,
    SIGNS,
    STEPS,
    STRUCTURES,
    SYMMETRIC,
    TALL,
    TURNED,
    TWO_UNITS,
    UNBALANCED,
    UNIT,
    UNIT_OF_RELU,
    UNITS,
    VECTORS,
    WEIGHTS,
    Kind,
)
from verifier import (
    Claim,
    Coordinates,
    Paper,
    Space,
    dot,
    eq,
    exists,
    family,
    function,
    ge,
    gt,
    hessian_map,
    indices,
    individuals,
    invertible,
    le,
    lt,
    mapping,
    mask,
    ne,
    negation,
    norm2,
    orthogonal,
    outer,
    positive_definite,
    positive_semidefinite,
    predicate,
    projection,
    radial_field,
    reals,
    relu,
    sort,
    symmetric,
    total,
    trace,
    within,
)
from verifier.exact.statements import Statement
from verifier.falsify.examine import Examiner
from verifier.falsify.instances.strategies import Generator
from verifier.falsify.statements.written_out import Sizing, has_families

CORNERS, DRAWS = 120, 120
PAPER = Paper("trial", "Degenerate cases", "Nobody", 2024, "")
a, b, c, x, y, t = reals("a b c x y t")
d, n, m = Space("d"), Space("n"), Space("m")
u, v = d.vectors("u v")
(w,) = d.vectors("w")
(A,) = d.matrices("A")
(X,) = n.matrices("X", d)
(W,) = d.matrices("W", m)
(alpha,) = m.vectors("alpha")
(label,) = n.vectors("label")
z, p, out = family("z", "n"), family("p", "n"), family("out", "n")
row = family("row", "n", space=d)
i, k = indices("i k")
SET = sort("Set")
one, other, r, s = individuals("one other r s", SET)
top, near = mapping("top", SET, to=SET), predicate("near", SET, SET)
two = (ne(one, other),)


@dataclass(frozen=True)
class Case:
    """Hypotheses and a conclusion, with the kinds of instances that they allow."""

    name: str
    given: tuple[Statement, ...]
    then: Statement
    kinds: Mapping[str, Kind]


def structure(kind: str) -> Mapping[str, Kind]:
    return {kind: STRUCTURES[kind]}


free_vectors = le(dot(u, v), norm2(u) + norm2(v))
CASES = (
    Case("two vectors", (), free_vectors, VECTORS),
    Case("two vectors that are not zero", (ne(norm2(u), 0), ne(norm2(v), 0)), free_vectors,
         {key: kind for key, kind in VECTORS.items() if "zero" not in key}),
    Case("a unit vector and another", (eq(norm2(u), 1),), free_vectors, UNIT),
    Case("two unit vectors", (eq(norm2(u), 1), eq(norm2(v), 1)), free_vectors, TWO_UNITS),
    Case("a unit of an activation", (), ge(relu(dot(u, v)), 0), UNIT_OF_RELU),
    Case("a data matrix", (), ge(norm2(X), 0), DATA),
    Case("data with labels", (), ge(norm2(X @ w - label), 0), LABELS),
    Case("a balanced neuron", (eq(a**2, norm2(w)),), ge(a, 0), NEURON),
    Case("a neuron", (eq(c, a**2 - norm2(w)),), ge(c, 0), UNBALANCED),
    Case("balanced layers", (eq(W.T @ W, outer(alpha, alpha)),), ge(norm2(W), 0), LAYERS),
    Case("an orthogonal matrix", (orthogonal(A),), eq(A, A.T), TURNED),
    Case("a symmetric matrix", (symmetric(A),), ge(trace(A), 0), SYMMETRIC),
    Case("a kernel", (positive_semidefinite(A),), ge(trace(A), 0), KERNEL),
    Case("a metric", (positive_definite(A),), gt(trace(A), 0),
         {key: KERNEL[key] for key in ("identity", "invertible", "diagonal", "not diagonal")}),
    Case("a mask", (mask(A),), eq(A @ A, A), SELECTION),
    Case("a projection", (projection(A),), eq(A @ A, A), SELECTION),
    Case("an invertible matrix", (invertible(A),), ne(trace(A), 0),
         {key: KERNEL[key] for key in ("identity", "invertible", "not diagonal")}),
    Case("a closed range", within(x, 0, 1), ge(x, 0), RANGE),
    Case("an open range", within(x, 0, 1, left="open", right="open"), ge(x, 0), OPEN_RANGE),
    Case("a half line", (ge(x, 0),), ge(x, 0), HALF_LINE),
    Case("two ordered numbers", (le(x, y),), le(x, y), ORDERED),
    Case("data of every size", (), ge(total(z[i] ** 2, i), 0), MEMBERS),
    Case("orthogonal vectors", (eq(dot(u, v), 0),), free_vectors, ORTHOGONAL),
    Case("a ball", (le(norm2(u), 1),), le(norm2(u), 1), BALL),
    Case("a circle", (eq(x**2 + y**2, 1),), le(x * y, 1), CIRCLE),
    Case("a hyperbola", (eq(x * y, 1),), le(x, y**2 + x**2), HYPERBOLA),
    Case("a product that vanishes", (eq(x * y, 0),), eq(x * y, 0), FACTORS),
    Case("data of full rank", (invertible(X.T @ X),), gt(trace(X.T @ X), 0), TALL),
    Case("labels that are fitted", (eq(label, X @ w),), ge(norm2(label), 0), FITTED),
    Case("units of a network", (eq(out[i] ** 2, norm2(row[i])),), ge(total(out[i] ** 2, i), 0),
         UNITS),
    Case("centred data", (eq(total(z[i], i), 0),), ge(total(z[i] ** 2, i), 0), CENTRED),
    Case("positive data", (gt(z[i], 0),), gt(total(z[i], i), 0), POSITIVE),
    Case("weights", (ge(p[i], 0), eq(total(p[i], i), 1)), le(total(p[i] ** 2, i), 1), WEIGHTS),
    Case("signs", (eq(z[i] ** 2, 1),), ge(total(z[i] ** 2, i), 0), SIGNS),
    Case("a mapping that moves nothing", two, exists(r, ne(top(r), r)), structure("identity")),
    Case("a mapping onto one", two, exists((r, s), ne(top(r), top(s))), structure("constant")),
    Case("a mapping that moves all", two, exists(r, eq(top(r), r)), structure("exchange")),
    Case("a relation of none", two, exists((r, s), near(r, s)), structure("empty relation")),
    Case("a relation of all", two, exists((r, s), negation(near(r, s))),
         structure("full relation")),
    Case("one element", (), exists((r, s), ne(r, s)), structure("one element")),
    Case("an arbitrary function", (), ge(function("g")(x), 0), PROFILES),
    Case("a point of a field", (), hessian_map(radial_field(Coordinates("w"), 1)), POINTS),
    Case("a whole number", (gt(x, 0), lt(x, 1)), le(x**k, x), STEPS),
)  # fmt: skip


def instances(case: Case) -> Iterator[Mapping[str, Any]]:
    given = {f"h{place}": statement for place, statement in enumerate(case.given)}
    claim = Claim(
        id="trial/case",
        title=case.name,
        source=PAPER.at("Case", section="1"),
        given=given,
        then={"c": case.then},
    )
    if not has_families(claim):
        yield from _admissible(Examiner(claim))
        return
    for size in range(1, 5):
        yield from _admissible(Examiner(Sizing(claim).written({"n": size}).claim))


def _admissible(examiner: Examiner) -> Iterator[Mapping[str, Any]]:
    generator = Generator(examiner)
    rng = random.Random(0)
    drawn = (generator.draw(rng) for _ in range(DRAWS))
    for instance in (*islice(generator.corners(), CORNERS), *drawn):
        if instance is not None and not examiner.failing(instance):
            yield instance


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_kind_that_is_not_excluded_is_reached(case: Case) -> None:
    found = list(instances(case))
    missed = [name for name, kind in case.kinds.items() if not any(map(kind, found))]
    assert found
    assert [] == missed
