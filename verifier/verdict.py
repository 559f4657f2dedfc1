"""**Outcomes**: three-valued truth, the eight verdicts, and the evidence that they rest on.

A verdict is computed from evidence by `judge` and never typed. Only the standard library is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
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


@dataclass(frozen=True)
class DeriveEvidence:
    """The derivation's steps, and the conclusions that no discharged step establishes."""

    steps: tuple[StepEvidence, ...] = ()
    missing: tuple[str, ...] = ()
    scope: str = ""
    disproof: str = ""  # exact reason why a conclusion is false, when the kernel found one

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
    """

    conclusion: str
    box: tuple[tuple[str, str, str], ...]  # (symbol, lower, upper), exact rationals as text
    certified: float
    undecided: float
    refuted: float
    boxes: int
    agrees_to: str = ""
    tiles: tuple[tuple[tuple[tuple[float, float], ...], str], ...] = ()  # for pictures, 1-2 vars
    reason: str = ""


@dataclass(frozen=True)
class EncloseEvidence:
    regions: tuple[RegionEvidence, ...] = ()
    precision_bits: int = 0

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
    """One false variant. `outcome`: refuted, undefined, equivalent, survives or undecided."""

    name: str
    origin: str  # declared, derived, hypothesis
    change: str
    expected: str
    outcome: str
    noticed_by: str = ""  # derive, enclose, falsify
    detail: str = ""
    statement: str = ""

    @property
    def as_expected(self) -> bool:
        if self.origin == "hypothesis":
            return True
        if self.origin == "derived":
            return self.outcome in ("refuted", "undefined", "equivalent")
        return self.outcome == self.expected


@dataclass(frozen=True)
class MutateEvidence:
    mutants: tuple[MutantEvidence, ...] = ()

    @property
    def weak(self) -> bool:
        return any(not m.as_expected for m in self.mutants)

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


@dataclass(frozen=True)
class Judgement:
    """A verdict with its scope, the reason in words, and the trust it is given."""

    verdict: Verdict
    scope: str
    reason: str
    given: tuple[str, ...] = ()
    weak: bool = False


def judge(evidence: Evidence, *, expects_mutants: bool = True) -> Judgement:
    """The verdict of one claim from its own evidence; claims it uses count in `effective`.

    `expects_mutants`: a claim that the mutate side examined without a single declared mutant
    is weak, as nothing shows that its check can fail.
    """
    weak = _is_weak(evidence, expects_mutants)
    verdict, scope, reason, given = _verdict(evidence)
    return Judgement(verdict, scope, reason, given, weak)


def _is_weak(evidence: Evidence, expects_mutants: bool) -> bool:
    if evidence.mutate is None:
        return False
    undeclared = expects_mutants and evidence.mutate.count("declared") == 0
    return evidence.mutate.weak or undeclared


def _verdict(e: Evidence) -> tuple[Verdict, str, str, tuple[str, ...]]:
    if e.error:
        return Verdict.ERROR, "", e.error, ()
    if e.falsify is not None and e.falsify.counterexample is not None:
        hit = e.falsify.counterexample
        return Verdict.REFUTED, "one exact instance", hit.explanation, ()
    if e.enclose is not None and e.enclose.refuted > 0:
        bad = next(r for r in e.enclose.regions if r.refuted > 0)
        return Verdict.REFUTED, "a box of positive volume", f"`{bad.conclusion}` fails there.", ()
    if e.derive is not None and e.derive.disproof:
        return Verdict.REFUTED, "exact disproof", e.derive.disproof, ()
    if e.falsify is not None and e.falsify.witness is None:
        why = e.falsify.reason or "no instance satisfies the hypotheses"
        return Verdict.VACUOUS, "", f"No exact witness of the hypotheses: {why}", ()
    if e.derive is not None and e.derive.complete:
        if e.falsify is None:
            reason = "Derived, but no witness was sought: run the side `falsify` too."
            return Verdict.UNDECIDED, e.derive.scope, reason, ()
        if e.derive.trusted:
            given = tuple(dict.fromkeys(e.derive.trusted))
            return Verdict.CONDITIONAL, e.derive.scope, "Trusts " + "; ".join(given), given
        return Verdict.PROVED, e.derive.scope, "Every step is discharged.", ()
    if _all_certified(e.enclose):
        return (
            Verdict.CERTIFIED,
            _box_scope(e.enclose),
            "Certified on the whole of each region.",
            (),
        )
    failed = _undischarged(e.derive)
    if failed:
        return Verdict.UNDECIDED, "", failed, ()
    if e.falsify is not None and e.falsify.instances > 0:
        scope = f"{e.falsify.instances} instances"
        return Verdict.SUPPORTED, scope, "The falsifier survived its budget.", ()
    return Verdict.UNDECIDED, "", "No side came to a conclusion.", ()


def _all_certified(enclose: EncloseEvidence | None) -> bool:
    return (
        enclose is not None
        and bool(enclose.regions)
        and all(r.certified == 1 for r in enclose.regions)
    )


def _box_scope(enclose: EncloseEvidence | None) -> str:
    if enclose is None:
        return ""
    boxes = dict.fromkeys(
        ", ".join(f"{name} in [{lo}, {hi}]" for name, lo, hi in r.box) for r in enclose.regions
    )
    return "; ".join(boxes)


def _undischarged(derive: DeriveEvidence | None) -> str:
    if derive is None:
        return ""
    for step in derive.steps:
        if not step.discharged:
            return f"Step `{step.name}` is not discharged: {step.reason}"
    if derive.steps and derive.missing:
        return f"No step establishes the conclusion `{derive.missing[0]}`."
    return ""


def settle(own: Mapping[str, Judgement], uses: Mapping[str, Iterable[str]]) -> dict[str, Judgement]:
    """Judgements in which nothing is PROVED on the strength of a claim that is not.

    A claim that uses a CONDITIONAL, CERTIFIED or SUPPORTED claim is at most CONDITIONAL on it; one
    that uses anything worse is UNDECIDED. Other verdicts stay as they are.
    """
    reach = effective(own, uses)
    settled = dict(own)
    for key, judgement in own.items():
        if judgement.verdict not in (Verdict.PROVED, Verdict.CONDITIONAL):
            continue
        below = {used: reach[used].verdict if used in reach else None for used in uses.get(key, ())}
        broken = [u for u, v in below.items() if v is None or v < Verdict.SUPPORTED]
        weaker = [u for u, v in below.items() if v is not None and v < Verdict.PROVED]
        if broken:
            word = below[broken[0]] or "not among the claims that were verified"
            reason = f"It rests on `{broken[0]}`, which is {word}."
            settled[key] = replace(judgement, verdict=Verdict.UNDECIDED, reason=reason)
        elif weaker:
            given = tuple(dict.fromkeys((*judgement.given, *weaker)))
            settled[key] = replace(
                judgement,
                verdict=Verdict.CONDITIONAL,
                reason="Given " + "; ".join(given),
                given=given,
            )
    return settled


@dataclass(frozen=True)
class Effective:
    """A claim's verdict once the claims that it uses are taken into account."""

    verdict: Verdict
    limited_by: str  # id of the used claim with the worst verdict, empty if none is worse
    given: tuple[str, ...]


def effective(
    own: Mapping[str, Judgement], uses: Mapping[str, Iterable[str]]
) -> dict[str, Effective]:
    """Effective verdict of every claim: the worst over it and all that it uses, transitively.

    A used claim without a judgement counts as UNDECIDED. Cycles raise `VerifierError`.
    """
    done: dict[str, Effective] = {}

    def visit(key: str, path: tuple[str, ...]) -> Effective:
        if key in path:
            cycle = " -> ".join((*path[path.index(key) :], key))
            raise VerifierError(f"Claims use each other in a circle: {cycle}")
        if key in done:
            return done[key]
        judgement = own.get(key)
        verdict = judgement.verdict if judgement else Verdict.UNDECIDED
        given = list(judgement.given if judgement else ())
        limited_by = ""
        for used in uses.get(key, ()):
            below = visit(used, (*path, key))
            given.extend(below.given)
            if below.verdict < verdict:
                verdict, limited_by = below.verdict, used
            if below.verdict not in (Verdict.PROVED, Verdict.CONDITIONAL):
                given.append(used)
        done[key] = Effective(verdict, limited_by, tuple(dict.fromkeys(given)))
        return done[key]

    for key in own:
        visit(key, ())
    return done


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
