"""**Search**: a portfolio that looks for an admissible instance at which a conclusion fails.

Specials, corners, some seeded random instances, models of a solver, a short walk downhill on the
margin; then all random instances, what is near the closest ones, Hypothesis on the margin, and
long walks downhill.
The same claim, seed and budget give the same evidence.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any

from verifier.claim import Claim
from verifier.errors import CounterexampleError, UnsupportedError
from verifier.exact.statements import Relation
from verifier.falsify.confirm import confirm, explain, margin_text
from verifier.falsify.examine import Examiner
from verifier.falsify.instances.instance import Instance, describe, to_json
from verifier.falsify.instances.strategies import Generator, instances
from verifier.falsify.probe import Finding, Status
from verifier.falsify.walks.minimise import Margin, by_hypothesis, by_minimiser, perturbed
from verifier.falsify.walks.shrink import shrink
from verifier.falsify.walks.solver import by_solver
from verifier.falsify.watch import Watch
from verifier.verdict import Counterexample

_MARGINS = 400
_EXACT_INSTANCES = 40
_FEWEST = 40
_FIRST = 60  # random instances before a solver and a first walk downhill
_QUICK = 120  # steps of that walk
_CLOSEST = 4  # instances with least margin that are looked around
_OPEN = 10**9  # a stage that ends by itself
_DRAWS_PER_INSTANCE = 8
_FEWEST_DRAWS = 400


@dataclass
class Tally:
    """What a hunt has seen so far; `held` counts conclusions that were true or agreed."""

    instances: int = 0
    undefined: int = 0
    undecided: int = 0
    held: int = 0
    tried: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    witness: Instance | None = None
    hit: tuple[int, Instance, Finding, str] | None = None
    margins: list[float] = field(default_factory=list)
    closest: list[tuple[float, int, Instance]] = field(default_factory=list)


class Hunt:
    """One search on one claim; `run` goes through the portfolio until a hit or the budget's end."""

    def __init__(self, claim: Claim, *, budget: int, seed: int, watch: Watch | None = None) -> None:
        self.claim = claim
        self.watch = watch
        self.examiner = Examiner(claim)
        self.generator = Generator(self.examiner)
        cost = self.examiner.cost
        fewest = _FEWEST // 4 if self.examiner.is_dear else _FEWEST
        self.budget = max(min(budget, fewest), budget // cost)
        if self.examiner.only_exact:
            self.budget = min(budget, _EXACT_INSTANCES)
        self.rng = random.Random(f"{claim.id}|{seed}")
        self.seed = seed
        self.tally = Tally()
        self._confirmed: dict[str, bool] = {}

    def run(self) -> Tally:
        """The tally at the end."""
        draws = instances(self.generator, self.rng, self._draws)
        stages: Iterable[tuple[str, Iterator[Instance], int]] = (
            ("special", self._specials(), self.budget),
            ("corner", self.generator.corners(), self.budget // 3),
            ("random", draws, min(_FIRST, self.budget // 3)),
            ("solver", self._models(), _OPEN),
            ("margin", self._downhill(starts=2, steps=_QUICK), _OPEN),
            ("random", draws, self.budget),
            ("near", self._near(), _OPEN),
            ("margin", self._margins(), _OPEN),
        )
        for name, stream, share in stages:
            goal = self.tally.instances + share
            if share < _OPEN:
                goal = min(self.budget, goal)
            for instance in islice(stream, self._draws):
                if self.tally.instances >= goal:
                    break
                if self.examine(instance, name):
                    return self.tally
        return self.tally

    def examine(self, instance: Instance, found_by: str) -> bool:
        """Try one instance; True when it is a confirmed hit."""
        tally = self.tally
        tally.tried += 1
        failing = self.examiner.failing(instance)
        if failing:
            tally.rejected[failing] += 1
            return False
        if tally.witness is None:
            tally.witness = instance
        findings = [
            (index, self.examiner.conclude(index, instance))
            for index in range(len(self.examiner.conclusions))
        ]
        asked = any(finding.status is not Status.UNASKED for _, finding in findings)
        tally.instances += asked or not self.examiner.is_dear
        for index, finding in findings:
            if finding.status is Status.FALSE and confirm(self.examiner, index, instance):
                tally.hit = (index, instance, finding, found_by)
                return True
        self._count(instance, [finding for _, finding in findings])
        if self.watch is not None:
            self.watch.see(tally.instances, tally.closest)
        return False

    def counterexample(self, *, brief: bool = False, shrunk: bool = True) -> Counterexample | None:
        """The hit, `shrunk` and explained; in `brief` one that is dear is left as it is."""
        if self.tally.hit is None:
            return None
        index, small, _, found_by = self.tally.hit
        if shrunk and not (brief and self.examiner.is_dear):
            small = shrink(
                small, self.generator.signature, lambda candidate: self._fails(index, candidate)
            )
        finding = confirm(self.examiner, index, small)
        if finding is None:
            raise CounterexampleError(f"claim `{self.claim.id}`: a shrunk hit is not confirmed.")
        return Counterexample(
            conclusion=self.examiner.conclusions[index][0],
            instance=to_json(small),
            margin=margin_text(finding),
            found_by=found_by,
            explanation=explain(self.examiner, index, small, finding),
        )

    @property
    def _draws(self) -> int:
        return max(_FEWEST_DRAWS, _DRAWS_PER_INSTANCE * self.budget)

    def _fails(self, index: int, candidate: Instance) -> Instance | None:
        """The candidate, completed, if it is a hit as well; each is confirmed once."""
        complete = self.generator.completed(dict(candidate))
        if complete is None:
            return None
        key = describe(complete)
        if key not in self._confirmed:
            self._confirmed[key] = confirm(self.examiner, index, complete) is not None
        return complete if self._confirmed[key] else None

    def _count(self, instance: Instance, findings: list[Finding]) -> None:
        tally = self.tally
        tally.undefined += any(f.status is Status.UNDEFINED for f in findings)
        unknown = [f for f in findings if f.status in (Status.UNKNOWN, Status.FALSE)]
        tally.undecided += bool(unknown)
        for finding in unknown[:1]:
            tally.reasons[finding.reason or "the second decision did not agree"] += 1
        asked = [f for f in findings if f.status is not Status.UNASKED]
        tally.held += bool(asked) and all(f.status.survives for f in asked)
        margins = [f.margin for f in findings if f.status is Status.TRUE and f.margin]
        least = min((abs(m) for m in margins), default=math.inf)
        if math.isfinite(least):
            if len(tally.margins) < _MARGINS:
                tally.margins.append(round(math.log10(least), 3))
            tally.closest.append((least, tally.instances, instance))
            if len(tally.closest) > 2 * _CLOSEST:
                tally.closest = sorted(tally.closest, key=lambda row: row[:2])[:_CLOSEST]

    def _specials(self) -> Iterator[Instance]:
        for row in self.claim.instances.special:
            whole = {str(s) for s in self.generator.signature.integers}
            whole |= set(self.generator.signature.dimensions)
            given = {n: int(v) if n in whole else _number(v) for n, v in row}
            for base in islice(self.generator.corners(), 40):
                if any(name in whole and base.get(name) != v for name, v in given.items()):
                    continue
                changed: dict[str, Any] = {**base}
                changed.update({n: v for n, v in given.items() if n in changed})
                complete = self.generator.completed(changed)
                if complete is not None:
                    yield complete

    def _models(self) -> Iterator[Instance]:
        if self.examiner.is_dear:
            return
        for index, (_, statement) in enumerate(self.examiner.conclusions):
            if _is_inequality(statement):
                yield from by_solver(self.examiner, self.generator, index)

    def _near(self) -> Iterator[Instance]:
        """Around the instances at which a conclusion held by least."""
        for _, _, origin in sorted(self.tally.closest, key=lambda row: row[:2]):
            yield from perturbed(self.generator, origin)

    def _downhill(self, *, starts: int, steps: int) -> Iterator[Instance]:
        for margin in self._heights():
            yield from by_minimiser(
                self.generator, margin, starts=starts, steps=steps, rng=self.rng
            )

    def _margins(self) -> Iterator[Instance]:
        effort = max(20, self.budget // 12)
        for margin in self._heights():
            yield from by_hypothesis(self.generator, margin, examples=effort, start=self.seed)
        yield from self._downhill(starts=3, steps=max(150, effort))

    def _heights(self) -> Iterator[Margin]:
        """The margins of the conclusions that are inequalities."""
        for index, (_, statement) in enumerate(self.examiner.conclusions):
            if not _is_inequality(statement):
                continue

            def margin(instance: Instance, index: int = index) -> float | None:
                if self.examiner.failing(instance):
                    return None
                return self.examiner.margin(index, instance)

            yield margin


def _is_inequality(statement: Any) -> bool:
    return isinstance(statement, Relation) and statement.op in ("<", "<=", ">", ">=")


def _number(value: Any) -> Any:
    if not value.is_Rational:
        raise UnsupportedError(f"instances: {value} is no rational.")
    return Fraction(int(value.p), int(value.q))
