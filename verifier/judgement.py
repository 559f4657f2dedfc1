"""**Judgement**: the verdict that evidence amounts to, and what used claims make of it.

Verdicts are computed here and nowhere else. Only the standard library is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from verifier.errors import VerifierError
from verifier.verdict import DeriveEvidence, EncloseEvidence, Evidence, Verdict, interval


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
        point = ", ".join(f"{name} = {value}" for name, value in bad.counterexample)
        where = f"at {point} and around it" if point else "there"
        reason = f"`{bad.conclusion}` fails {where}."
        return Verdict.REFUTED, "a box of positive volume", reason, ()
    if e.derive is not None and e.derive.disproof:
        return Verdict.REFUTED, "exact disproof", e.derive.disproof, ()
    if e.falsify is not None and e.falsify.witness is None:
        why = e.falsify.reason or "no instance satisfies the hypotheses"
        return Verdict.VACUOUS, "", f"No exact witness of the hypotheses: {why}", ()
    if e.derive is not None and e.derive.complete:
        if e.falsify is None:
            reason = "Derived, but no witness was sought: run the side `falsify` too."
            return Verdict.UNDECIDED, e.derive.scope, reason, ()
        given = tuple(dict.fromkeys(e.derive.trusted))
        if e.derive.limits:
            reason = "Every step is discharged, but only with " + "; ".join(e.derive.limits)
            return Verdict.CERTIFIED, e.derive.scope, reason + ".", given
        if given:
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
        ", ".join(f"{name} in {interval(low, high)}" for name, low, high in region.box)
        for region in enclose.regions
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
            found = below[broken[0]]
            word = "not among the claims verified" if found is None else found
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
