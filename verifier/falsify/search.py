"""**Search**: a portfolio that looks for an admissible instance at which a conclusion fails.

Specials, then corners, then seeded random instances, then Hypothesis and a minimiser on the margin.
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
from verifier.falsify.instance import Instance, describe, to_json
from verifier.falsify.minimise import by_hypothesis, by_minimiser
from verifier.falsify.probe import Finding, Status
from verifier.falsify.shrink import shrink
from verifier.falsify.strategies import Generator, instances
from verifier.verdict import Counterexample

_MARGINS = 400
_EXACT_INSTANCES = 40
_FEWEST = 40
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


class Hunt:
    """One search on one claim; `run` goes through the portfolio until a hit or the budget's end."""

    def __init__(self, claim: Claim, *, budget: int, seed: int) -> None:
        self.claim = claim
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
        stages: Iterable[tuple[str, Iterator[Instance], int]] = (
            ("special", self._specials(), self.budget),
            ("corner", self.generator.corners(), self.budget // 3),
            ("random", instances(self.generator, self.rng, self._draws), self.budget),
            ("margin", self._margins(), self.budget),
        )
        for name, stream, share in stages:
            goal = min(self.budget, self.tally.instances + share)
            for instance in islice(stream, self._draws):
                if self.tally.instances >= goal and name != "margin":
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
        self._count([finding for _, finding in findings])
        return False

    def counterexample(self, *, brief: bool = False) -> Counterexample | None:
        """The hit, shrunk and explained; in `brief` one that is dear is left as it is."""
        if self.tally.hit is None:
            return None
        index, small, _, found_by = self.tally.hit
        if not (brief and self.examiner.is_dear):
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

    def _count(self, findings: list[Finding]) -> None:
        tally = self.tally
        tally.undefined += any(f.status is Status.UNDEFINED for f in findings)
        unknown = [f for f in findings if f.status in (Status.UNKNOWN, Status.FALSE)]
        tally.undecided += bool(unknown)
        for finding in unknown[:1]:
            tally.reasons[finding.reason or "the second decision did not agree"] += 1
        asked = [f for f in findings if f.status is not Status.UNASKED]
        tally.held += bool(asked) and all(f.status.survives for f in asked)
        margins = [f.margin for f in findings if f.status is Status.TRUE and f.margin]
        if margins and len(tally.margins) < _MARGINS:
            least = min(abs(m) for m in margins)
            if math.isfinite(least):
                tally.margins.append(round(math.log10(least), 3))

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

    def _margins(self) -> Iterator[Instance]:
        for index, (_, statement) in enumerate(self.examiner.conclusions):
            if not _is_inequality(statement) or not self.generator.signature.scalars:
                continue

            def margin(instance: Instance, index: int = index) -> float | None:
                if self.examiner.failing(instance):
                    return None
                return self.examiner.margin(index, instance)

            effort = max(20, self.budget // 12)
            yield from by_hypothesis(self.generator, margin, examples=effort, start=self.seed)
            yield from by_minimiser(
                self.generator, margin, starts=3, steps=max(150, effort), rng=self.rng
            )


def _is_inequality(statement: Any) -> bool:
    return isinstance(statement, Relation) and statement.op in ("<", "<=", ">", ">=")


def _number(value: Any) -> Any:
    if not value.is_Rational:
        raise UnsupportedError(f"instances: {value} is no rational.")
    return Fraction(int(value.p), int(value.q))
