"""**The derive side**: every step of a claim's derivation, and which conclusions they establish."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from verifier.certificate.checker import Rejected, check
from verifier.claim import Claim, Step
from verifier.derive import rules
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, with_room
from verifier.derive.quantified import with_laws
from verifier.derive.trust import Library, by_claim, trusted
from verifier.errors import UnsupportedError, VerifierError
from verifier.exact.quantifiers import for_every, for_every_latex, whole_numbers_in
from verifier.exact.statements import Relation, Statement, latex
from verifier.exact.statements.paths import pointwise_in
from verifier.exact.structures import vocabulary
from verifier.exact.substitution import sizes_in
from verifier.verdict import DeriveEvidence, Formula, Rest, StepEvidence


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by name, from the files of `verifier/derive/rules`."""
    found = {}
    for module in pkgutil.iter_modules(rules.__path__):
        rule = importlib.import_module(f"{rules.__name__}.{module.name}").RULE
        found[rule.name] = rule
    return found


def rule_named(name: str) -> Rule:
    if name not in all_rules():
        raise VerifierError(
            f"There is no rule `{name}`; there are {', '.join(sorted(all_rules()))}."
        )
    return all_rules()[name]


def derive_claim(claim: Claim, library: Library | None = None) -> DeriveEvidence:
    """The evidence of the derive side; a step that fails keeps those that use it undischarged.

    `library` has the claims that steps may rest on, by id.
    """
    done: dict[str, StepEvidence] = {}
    limits: dict[str, None] = {}
    for step in claim.derivation:
        done[step.name], only = _step(claim, step, done, library)
        limits |= dict.fromkeys(only)
    statements = dict(claim.conclusions)
    established = [
        part
        for step in claim.derivation
        if done[step.name].discharged
        for part in _parts(claim.statement_of(step))
    ]
    missing = tuple(name for name, s in statements.items() if not _covered(s, established))
    return DeriveEvidence(
        tuple(done.values()),
        missing if claim.derivation else (),
        scope_of(claim, limits),
        limits=tuple(limits),
    )


def _covered(statement: object, established: list[object]) -> bool:
    return all(part in established for part in _parts(statement))


def _parts(statement: Any) -> tuple[Any, ...]:
    return statement if isinstance(statement, tuple) else (statement,)


def _step(
    claim: Claim, step: Step, done: dict[str, StepEvidence], library: Library | None
) -> tuple[StepEvidence, tuple[str, ...]]:
    """The evidence of one step, and the sizes for which alone it was shown."""
    statement = claim.statement_of(step)
    answer, rests_on, trust = _justify(claim, step, statement, done, library)
    certificates = _replayed(claim, step, statement, answer)
    if answer.solver and rests_on is Rest.ENGINE:
        rests_on = Rest.SOLVER
    elif certificates and rests_on is Rest.ENGINE:
        rests_on = Rest.CHECKED
    parts = statement if isinstance(statement, tuple) else (statement,)
    formula = Formula(
        step.name,
        " and ".join(f"{part}{for_every(part)}" for part in parts),
        r" \quad ".join(latex(part) + for_every_latex(part) for part in parts),
    )
    evidence = StepEvidence(
        name=step.name,
        statement=formula,
        rule=str(step.by),
        uses=step.uses,
        discharged=answer.holds,
        rests_on=rests_on,
        reason=answer.reason,
        conditions=answer.conditions,
        trust=trust,
        concludes=step.name in dict(claim.then) and step.statement is ...,
        certificates=certificates,
    )
    return evidence, answer.only if answer.holds else ()


def _replayed(claim: Claim, step: Step, statement: Statement, answer: Discharge) -> tuple[str, ...]:
    """The step's certificates as JSON, when they cover it and the checker accepts each."""
    if not (answer.holds and answer.certified):
        return ()
    texts = []
    for number, data in enumerate(answer.certificates, start=1):
        names = {"claim": claim.id, "step": step.name, "number": number, "rule": str(step.by)}
        text = json.dumps({**names, "statement": str(statement), **data}, sort_keys=True)
        if not _accepted(text):
            return ()
        texts.append(text)
    return tuple(texts)


@lru_cache(maxsize=256)
def _accepted(text: str) -> bool:
    """Whether the checker accepts it; variants of a claim have most steps in common."""
    try:
        check(json.loads(text))
    except Rejected:
        return False
    return True


def _justify(
    claim: Claim,
    step: Step,
    statement: Statement,
    done: dict[str, StepEvidence],
    library: Library | None,
) -> tuple[Discharge, Rest, str]:
    by = step.by
    rests_on = {"claim": Rest.CLAIM, "citation": Rest.TRUST, "paper_step": Rest.TRUST}
    rest = rests_on.get(by.rule, Rest.ENGINE)
    for used in step.uses:
        if not done[used].discharged:
            return refuse(f"it uses `{used}`, which is not discharged."), rest, ""
    if rest is Rest.TRUST:
        return Discharge(True), rest, trusted(by)
    facts = [claim.statement_of(s) for s in claim.derivation if s.name in step.uses]
    given = [s for _, s in claim.hypotheses]
    claimed = [part for _, s in claim.conclusions for part in _parts(s)]
    shown = [part for fact in facts for part in _parts(fact)]
    relations = with_laws(given, _relations(shown), statement, claimed)
    others = tuple(s for s in (*given, *shown) if not isinstance(s, Relation))
    context = Context(relations, by, rule_named, others)
    if rest is Rest.CLAIM:
        each = lambda part: by_claim(part, context, library)  # noqa: E731
        return _every_part(statement, each), rest, str(by.get("key"))
    rule = rule_named(by.rule)
    return _every_part(statement, lambda part: with_room(rule, part, context)), rest, ""


def _relations(statements: Iterable[Any]) -> list[Relation]:
    return [statement for statement in statements if isinstance(statement, Relation)]


def _every_part(statement: Statement, decide: Callable[[Statement], Discharge]) -> Discharge:
    parts = statement if isinstance(statement, tuple) else (statement,)
    found = []
    for part in parts:
        try:
            answer = decide(part)
        except UnsupportedError as fault:
            return refuse(str(fault))
        except ZeroDivisionError as fault:
            return refuse(f"it has no value: {fault}.")
        if not answer.holds:
            return answer
        found.append(answer)
    if not found:
        return refuse("there is nothing to show.")
    together = all_hold((str(part), answer) for part, answer in zip(parts, found, strict=True))
    return replace(together, reason=found[-1].reason)


def scope_of(claim: Claim, limits: Iterable[str] = ()) -> str:
    """For which sizes and values a complete derivation holds, in words.

    `limits` are sizes for which alone some step was shown.
    """
    statements = [s for _, s in (*claim.hypotheses, *claim.conclusions)]
    sizes = sizes_in(tuple(statements))
    whole = {str(s) for _, thing in claim.conclusions for s in whole_numbers_in(thing)} - sizes
    counted = f"every whole number {', '.join(sorted(whole))}" if whole else ""
    parts = [_dimensions(claim, sorted(sizes)), counted, _sorts(statements)]
    scope = ", ".join(part for part in parts if part) or "all real values that the hypotheses allow"
    fixed = sorted(pointwise_in(thing for _, thing in claim.conclusions))
    pointwise = [f"limits for each fixed {', '.join(fixed)}"] if fixed else []
    return "; ".join((scope, *pointwise, *(f"only {limit}" for limit in limits)))


def _sorts(statements: Iterable[Statement]) -> str:
    sorts = vocabulary(statements).open_sorts
    kinds = {False: "every nonempty set ", True: "every linear order "}
    named = {ordered: [s.name for s in sorts if s.ordered is ordered] for ordered in kinds}
    return ", ".join(kinds[ordered] + ", ".join(names) for ordered, names in named.items() if names)


def _dimensions(claim: Claim, sizes: Sequence[str]) -> str:
    if not sizes:
        return ""
    bounds = [
        str(s)
        for _, s in claim.hypotheses
        if isinstance(s, Relation) and str(s.lhs) in sizes and not s.rhs.free_symbols
    ]
    bounded = {bound.split()[0] for bound in bounds}
    return "every dimension " + ", ".join([*bounds, *(s for s in sizes if s not in bounded)])
