"""**Planting**: every error of every kind in a true statement, and whether a search finds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from sympy import Expr

from tests.power.algebra import FLOWS, LANDSCAPES, MATRICES, VECTORS
from tests.power.analysis import LIMITS, RATES
from tests.power.families import PROCESSES, RECURRENCES, SUMS
from tests.power.reasoning import LOGIC
from tests.power.scalars import IDENTITIES, INEQUALITIES
from tests.power.statements import Truth
from tests.power.variants import STILL_TRUE
from verifier import Claim, Q
from verifier.exact.statements import Relation
from verifier.falsify.mutants.variants import derived, dropped, widened
from verifier.falsify.search import Hunt
from verifier.falsify.sized import hunter

STATEMENTS = (
    *IDENTITIES, *INEQUALITIES, *VECTORS, *MATRICES, *FLOWS, *LANDSCAPES, *SUMS, *RECURRENCES,
    *PROCESSES, *LIMITS, *RATES, *LOGIC,
)  # fmt: skip
OF_A_KIND = 4
SHARPER = {">": 1, ">=": 1, "<": -1, "<=": -1}
FIXED = ("special", "corner")  # stages that do not depend on the seed


@dataclass(frozen=True)
class Error:
    """One error in one true statement."""

    truth: Truth
    kind: str
    what: str
    claim: Claim

    @property
    def text(self) -> str:
        """The changed conclusion, or how a hypothesis is changed."""
        if self.claim.then == self.truth.claim.then:
            return self.what
        return str(dict(self.claim.then)["c"])

    @property
    def is_true(self) -> bool:
        """Whether the statement holds in spite of the change."""
        return self.text in STILL_TRUE.get(self.truth.name, {})


@cache
def errors(truth: Truth) -> tuple[Error, ...]:
    """At most `OF_A_KIND` of each kind in the conclusion, and those in each hypothesis.

    An inequality is also made a thousandth sharper.
    """
    return tuple(_errors(truth))


def _errors(truth: Truth) -> Iterator[Error]:
    count: Counter[str] = Counter()
    for variant in derived(truth.claim, at_most=200):
        count[variant.kind] += 1
        if count[variant.kind] <= OF_A_KIND:
            what = variant.change.removeprefix("c: ")
            yield Error(truth, variant.kind, what, variant.claim)
    ((_, then),) = truth.claim.then
    if isinstance(then, Relation) and then.op in SHARPER and isinstance(then.lhs, Expr):
        sharper = replace(then, rhs=then.rhs + SHARPER[then.op] * Q(1, 1000))
        claim = replace(truth.claim, then=(("c", sharper),))
        yield Error(truth, "constant", "a thousandth sharper", claim)
    without = tuple(dropped(truth.claim))
    for variant in (*without, *widened(truth.claim, [each.name for each in without])):
        yield Error(truth, variant.kind, variant.change, variant.claim)


@dataclass(frozen=True)
class Outcome:
    """What one search found: refuted, undefined or nothing; whether the seed has a part in it."""

    found: str
    seeded: bool


def searched(claim: Claim, *, budget: int, seed: int, undefined: bool = False) -> Outcome:
    """One search; `undefined` tells that the true statement has no value somewhere either."""
    search = hunter(claim, budget=budget, seed=seed)
    if isinstance(search, Hunt):
        early = _corners(search, undefined=undefined)
        if early:
            return Outcome(early, seeded=False)
        search = hunter(claim, budget=budget, seed=seed)
    tally = search.run()
    if tally.hit is not None and search.counterexample(brief=True) is not None:
        return Outcome("refuted", seeded=tally.hit[3] not in FIXED)
    found = "undefined" if tally.undefined and not undefined else ""
    return Outcome(found, seeded=True)


def has_holes(claim: Claim, *, budget: int) -> bool:
    """Whether a statement has no value at some of the instances of a search."""
    return hunter(claim, budget=budget, seed=0).run().undefined > 0


def _corners(hunt: Hunt, *, undefined: bool) -> str:
    """What the corners alone show, the first third of a search."""
    for instance in islice(hunt.generator.corners(), 4 * hunt.budget):
        if hunt.tally.instances >= hunt.budget // 3:
            break
        if hunt.examine(instance, "corner"):
            return "refuted"
    return "undefined" if hunt.tally.undefined and not undefined else ""
