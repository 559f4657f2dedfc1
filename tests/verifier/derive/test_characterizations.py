"""**Characterizations by data-independent functions**: definitions chased for every set of data.

A training method sends each dataset i to a limit in its set of minima. A function G on parameters
characterizes it fully when the limit is its only minimum there, and weakly when it is a minimum.
"""

from __future__ import annotations

import pytest

from tests.soundness.statements import trial
from tests.soundness.true_logic import (
    DATA,
    FULL,
    LIMITS_ARE_MINIMA,
    POINT,
    VALUE,
    WEAK,
    G,
    i,
    j,
    limit,
    minimum,
    s,
    u,
    v,
)
from verifier import (
    by,
    eq,
    exists,
    for_all,
    iff,
    implies,
    individual,
    individuals,
    le,
    lt,
    mapping,
    ne,
    negation,
    sort,
)
from verifier.budget import Budget
from verifier.derive.side import derive_claim
from verifier.exact.statements import Statement
from verifier.falsify.side import falsify_claim
from verifier.verdict import Rest

BUDGET = Budget("trial", instances=40, boxes=60, bits=128, mutant_instances=40)
low, high = individuals("low high", VALUE)
TWO_VALUES = (
    *iff(eq(G(u), low), exists(i, eq(u, limit(i)))),
    *iff(eq(G(u), high), negation(exists(i, eq(u, limit(i))))),
)
EVERY_U = tuple(for_all(u, statement) for statement in TWO_VALUES)

# Functions as individuals, so that they can be quantified.
FUNCTION = sort("Function")
F, H = individuals("F H", FUNCTION)
at = mapping("at", FUNCTION, POINT, to=VALUE)


def weak(f: object) -> Statement:
    return for_all((i, u), implies(minimum(i, u), le(at(f, limit(i)), at(f, u))))


def full(f: object) -> Statement:
    return for_all((i, u), lt(at(f, limit(i)), at(f, u)), given=(minimum(i, u), ne(u, limit(i))))


def constant(f: object) -> Statement:
    return for_all((u, v), eq(at(f, u), at(f, v)))


SOME_IS_NOT_CONSTANT = exists(F, negation(constant(F)))
ONLY_CONSTANTS = for_all(F, implies(weak(F), constant(F)))
IN_MINIMA = (LIMITS_ARE_MINIMA,)

FOLLOWS: dict[str, tuple[Statement, tuple[Statement, ...]]] = {
    "full is weak": (for_all(F, implies(full(F), weak(F))), IN_MINIMA),
    "constant is weak": (for_all(F, implies(constant(F), weak(F))), ()),
    "only constants, none full": (
        negation(exists(F, full(F))),
        (*IN_MINIMA, ONLY_CONSTANTS, SOME_IS_NOT_CONSTANT),
    ),
    "two values are weak": (WEAK, (*EVERY_U, lt(low, high))),
    "a distance to the limit is full": (
        FULL,
        (
            for_all((i, u), le(s, G(u))),
            for_all((i, u), eq(u, limit(i)), given=eq(G(u), s)),
            for_all(i, eq(G(limit(i)), s)),
        ),
    ),
}
DOES_NOT: dict[str, tuple[Statement, tuple[Statement, ...]]] = {
    "weak is full": (for_all(F, implies(weak(F), full(F))), IN_MINIMA),
    "only constants, none full, of constants alone": (
        negation(exists(F, full(F))),
        (*IN_MINIMA, ONLY_CONSTANTS),
    ),
    "two values are full": (FULL, (*EVERY_U, lt(low, high), *IN_MINIMA)),
    "two values the other way": (WEAK, (*EVERY_U, lt(high, low), *IN_MINIMA)),
    "some weak one is not constant, so some is full": (
        exists(F, full(F)),
        (*IN_MINIMA, exists(F, weak(F)), SOME_IS_NOT_CONSTANT),
    ),
}


@pytest.mark.parametrize("name", sorted(FOLLOWS))
def test_it_follows_for_every_size(name: str) -> None:
    then, given = FOLLOWS[name]
    claim = trial("one", name, then, by.logic, *given).claim
    (step,) = derive_claim(claim).steps
    assert (True, Rest.ENGINE) == (step.discharged, step.rests_on)
    assert falsify_claim(claim, budget=BUDGET, seed=0).witness is not None


@pytest.mark.parametrize("name", sorted(DOES_NOT))
def test_it_does_not_follow_and_has_a_small_counterexample(name: str) -> None:
    then, given = DOES_NOT[name]
    claim = trial("one", name, then, by.logic, *given).claim
    assert not derive_claim(claim).complete
    found = falsify_claim(claim, budget=BUDGET, seed=0).counterexample
    assert found is not None
    assert max(found.instance[s.name] for s in (DATA, POINT)) <= 2


def test_partners_of_one_dataset_have_one_value() -> None:
    """With one dataset as the partner of all, or a chain of partners, the value is the same."""
    centre = individual("centre", DATA)
    star = for_all(j, (minimum(j, limit(centre)), minimum(centre, limit(j))))
    one_value = for_all((i, j), eq(G(limit(i)), G(limit(j))))
    (step,) = derive_claim(trial("one", "", one_value, by.logic, WEAK, star).claim).steps
    assert (True, Rest.ENGINE) == (step.discharged, step.rests_on)
    half = for_all(j, minimum(j, limit(centre)))
    assert not derive_claim(trial("two", "", one_value, by.logic, WEAK, half).claim).complete
