"""**Outcomes**: three-valued truth, the eight verdicts, and the evidence that they rest on.

A verdict is computed from evidence by `verifier.judgement` and never typed. Only the standard
library is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any

from verifier.errors import VerifierError


class Answer(Enum):
    """The three answers to a yes-or-no question."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Truth:
    """A three-valued answer; `reason` says why it is unknown. `bool(truth)` raises."""

    answer: Answer
    reason: str = ""

    def __post_init__(self) -> None:
        if self.answer is Answer.UNKNOWN and not self.reason:
            raise VerifierError("An unknown truth needs a reason.")

    def __bool__(self) -> bool:
        raise VerifierError(
            "A Truth has three values. Ask `.certain`, `.refuted` or `.unknown` instead of bool()."
        )

    @property
    def certain(self) -> bool:
        return self.answer is Answer.TRUE

    @property
    def refuted(self) -> bool:
        return self.answer is Answer.FALSE

    @property
    def unknown(self) -> bool:
        return self.answer is Answer.UNKNOWN

    def __invert__(self) -> Truth:
        flipped = {Answer.TRUE: Answer.FALSE, Answer.FALSE: Answer.TRUE}
        return Truth(flipped.get(self.answer, Answer.UNKNOWN), self.reason)


TRUE = Truth(Answer.TRUE)
FALSE = Truth(Answer.FALSE)


def unknown(reason: str) -> Truth:
    """The answer that nothing was decided, and why."""
    return Truth(Answer.UNKNOWN, reason)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: one FALSE decides, otherwise the first UNKNOWN is passed on."""
    pending = None
    for truth in truths:
        if truth.refuted:
            return truth
        if truth.unknown and pending is None:
            pending = truth
    return TRUE if pending is None else pending


class Verdict(IntEnum):
    """The eight verdicts, worst first; `min` of several is the effective one."""

    ERROR = 0
    REFUTED = 1
    VACUOUS = 2
    UNDECIDED = 3
    SUPPORTED = 4
    CERTIFIED = 5
    CONDITIONAL = 6
    PROVED = 7

    def __str__(self) -> str:
        return self.name


class Rest(Enum):
    """What a discharged step rests on."""

    CHECKED = "checked"  # its certificate was replayed by the independent checker
    ENGINE = "engine"  # a rule's code
    SOLVER = "solver"  # an SMT or QE answer without a certificate
    CLAIM = "claim"  # another claim's verdict
    TRUST = "trust"  # a citation or a paper step


@dataclass(frozen=True)
class Formula:
    """A named statement as it is shown: plain text and LaTeX."""

    name: str
    text: str
    latex: str


@dataclass(frozen=True)
class StepEvidence:
    """One step of a derivation. `conditions` are the side conditions it had to discharge."""

    name: str
    statement: Formula
    rule: str
    uses: tuple[str, ...]
    discharged: bool
    rests_on: Rest
    reason: str = ""
    conditions: tuple[str, ...] = ()
    trust: str = ""  # claim id, citation or paper step that is relied on
    concludes: bool = False  # its statement is a conclusion of the claim
    certificates: tuple[str, ...] = ()  # JSON for the independent checker


@dataclass(frozen=True)
class DeriveEvidence:
    """The derivation's steps, and the conclusions that no discharged step establishes.

    `limits` are sizes for which alone some step was shown, though the claim is about all.
    """

    steps: tuple[StepEvidence, ...] = ()
    missing: tuple[str, ...] = ()
    scope: str = ""
    disproof: str = ""  # exact reason why a conclusion is false, when the kernel found one
    limits: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return bool(self.steps) and not self.missing and all(s.discharged for s in self.steps)

    @property
    def trusted(self) -> tuple[str, ...]:
        return tuple(s.trust for s in self.steps if s.rests_on is Rest.TRUST)


@dataclass(frozen=True)
class RegionEvidence:
    """A conclusion on a box. Fractions of the box's volume add up to 1.

    For an equality nothing can be certified: `agrees_to` is the largest |lhs - rhs| that the
    balls allow over the sampled points of the box (decimal text, empty for an inequality).
    `counterexample` is a point where every hypothesis certainly holds and the conclusion fails.
    An unbounded range is drawn, and measured, in the bounded chart t of its variable:
    x = a + t/(1 - t) on [a, oo), x = b + t/(1 + t) on (-oo, b], x = t/(1 - |t|) on the line.
    """

    conclusion: str
    box: tuple[tuple[str, str, str], ...]  # (symbol, lower, upper), exact rationals or oo as text
    certified: float
    undecided: float
    refuted: float
    boxes: int
    agrees_to: str = ""
    tiles: tuple[tuple[tuple[tuple[float, float], ...], str], ...] = ()  # for pictures, 1-2 vars
    reason: str = ""
    counterexample: tuple[tuple[str, str], ...] = ()  # (symbol, exact rational as text)


def interval(low: str, high: str) -> str:
    """A range between ends given as text, without the infinite ones."""
    left = "(" if low == "-oo" else "["
    return f"{left}{low}, {high}{')' if high == 'oo' else ']'}"


@dataclass(frozen=True)
class EncloseEvidence:
    """What covers say, and how many samples have two enclosures that agree, or only one."""

    regions: tuple[RegionEvidence, ...] = ()
    precision_bits: int = 0
    agreeing: int = 0
    uncompared: int = 0

    @property
    def certified(self) -> float:
        return _mean(r.certified for r in self.regions)

    @property
    def undecided(self) -> float:
        return _mean(r.undecided for r in self.regions)

    @property
    def refuted(self) -> float:
        return _mean(r.refuted for r in self.regions)


@dataclass(frozen=True)
class Counterexample:
    """An exact instance at which every hypothesis certainly holds and `conclusion` fails."""

    conclusion: str
    instance: Mapping[str, Any]  # symbol -> exact value as JSON data (see falsify/instance.py)
    margin: str  # certified distance from truth, as text
    found_by: str
    explanation: str  # a sentence that a person can check by hand


@dataclass(frozen=True)
class FalsifyEvidence:
    """Instances tried, those where the statement has no value, the witness, the counterexample."""

    instances: int = 0
    undefined: int = 0
    undecided: int = 0
    witness: Mapping[str, Any] | None = None
    counterexample: Counterexample | None = None
    margins: tuple[float, ...] = ()  # log10 of distances to failure, for the picture
    reason: str = ""


@dataclass(frozen=True)
class MutantEvidence:
    """One false variant. `outcome`: refuted, undefined, equivalent, survives, undecided or moot."""

    name: str
    origin: str  # declared, derived, hypothesis
    change: str
    expected: str
    outcome: str
    noticed_by: str = ""  # those of derive, enclose, falsify, in this order
    detail: str = ""
    statement: str = ""
    kind: str = ""  # of error, for a derived one: constant, sign, exponent, ...

    @property
    def as_expected(self) -> bool:
        if self.origin == "hypothesis":
            return True
        if self.origin == "derived":
            return self.killed or self.outcome == "equivalent"
        if self.expected == "survives":
            return self.outcome in ("survives", "equivalent")
        return self.outcome == self.expected

    @property
    def killed(self) -> bool:
        return self.outcome in ("refuted", "undefined")

    @property
    def counts(self) -> bool:
        """Whether it should be killed: it is no hypothesis, and not true with a reason or proof."""
        if self.origin == "hypothesis":
            return False
        return self.killed or not self.as_expected


# What becomes of a claim without one of its hypotheses, by the outcome.
NECESSITY: Mapping[str, str] = MappingProxyType(
    {
        "refuted": "needed: otherwise there is a counterexample",
        "undefined": "only a domain condition: otherwise the statement has no value somewhere",
        "survives": "not shown needed: no counterexample was found otherwise",
        "equivalent": "not needed: the statement is as true otherwise",
        "undecided": "undecided: the search came to no conclusion",
        "moot": "moot: the statement is false with it as well",
    }
)


@dataclass(frozen=True)
class MutateEvidence:
    mutants: tuple[MutantEvidence, ...] = ()

    @property
    def weak(self) -> bool:
        return any(not m.as_expected for m in self.mutants)

    @property
    def score(self) -> float | None:
        """Killed / (killed + surviving without a reason); None without variants that count."""
        counted = [m for m in self.mutants if m.counts]
        return sum(m.killed for m in counted) / len(counted) if counted else None

    def noticed(self, side: str) -> int:
        """How many of the variants that should be killed the side noticed."""
        return sum(side in m.noticed_by.split(", ") for m in self.mutants if m.counts)

    def count(self, origin: str, outcome: str | None = None) -> int:
        return sum(
            1
            for m in self.mutants
            if m.origin == origin and (outcome is None or m.outcome == outcome)
        )


@dataclass(frozen=True)
class Evidence:
    """What the four sides found about one claim. A side that did not run is None."""

    claim: str
    derive: DeriveEvidence | None = None
    enclose: EncloseEvidence | None = None
    falsify: FalsifyEvidence | None = None
    mutate: MutateEvidence | None = None
    error: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
