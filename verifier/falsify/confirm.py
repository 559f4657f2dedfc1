"""**Confirmation**: a hit is decided once more, from the closed statements alone.

The search uses statements that were compiled with open leaves; here the instance is put into each
statement first. A refutation needs both ways to agree: every hypothesis certainly true and the
conclusion certainly false.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.errors import CounterexampleError, DomainError, ExactnessError, UnsupportedError
from verifier.exact.matrices import Matrix
from verifier.exact.statements import (
    Conserved,
    GradientIs,
    HessianIs,
    HessianMap,
    Relation,
    Statement,
)
from verifier.exact.statements.bias import ImplicitBias
from verifier.exact.statements.properties import Is
from verifier.exact.structures import is_first_order
from verifier.exact.substitution import map_scalars, substitute
from verifier.exact.vectors import Vector
from verifier.falsify import bias
from verifier.falsify.examine import EMPTY, Examiner, check_shape, decide_closed
from verifier.falsify.instances.instance import Instance, describe
from verifier.falsify.instances.leaf import rational
from verifier.falsify.instances.models import holds_in_tables
from verifier.falsify.probe import CONFIRM_BITS, CompiledRelation, Finding, Status
from verifier.falsify.statements.goal import Goal, Mode, dimensions_of
from verifier.falsify.statements.ground import ground, lower, lowering_at, with_value


def confirm(examiner: Examiner, index: int, instance: Instance) -> Finding | None:
    """The finding that conclusion number `index` certainly fails at `instance`, or None."""
    try:
        check_shape(instance, examiner.signature)
        if examiner.failing(instance):
            return None
        given = (s for _, s in examiner.hypotheses)
        for hypothesis in (*given, *examiner.premises[index]):
            if decide_at(hypothesis, instance, examiner).status is not Status.TRUE:
                return None
        first = examiner.conclude(index, instance, bits=CONFIRM_BITS, limited=False)
        again = decide_at(examiner.conclusions[index][1], instance, examiner)
    except (CounterexampleError, DomainError, ExactnessError, UnsupportedError):
        return None
    if first.status is not Status.FALSE or again.status is not Status.FALSE:
        return None
    return first


def decide_at(statement: Statement, instance: Instance, examiner: Examiner) -> Finding:
    """The finding on `statement` with the instance put in."""
    if is_first_order(statement):
        holds = holds_in_tables(statement, instance)
        return Finding(Status.TRUE if holds else Status.FALSE, reason="it fails in these tables")
    if isinstance(statement, ImplicitBias):
        again = lowering_at(statement, instance)
        return bias.examine(statement, instance, again, efforts=(bias.AGAIN,))
    dims = dimensions_of(examiner.signature, instance)
    goal = lower(statement, examiner.signature, dims)
    if goal.mode is Mode.SOMEWHERE and not goal.relations:
        return Finding(Status.FALSE, reason=EMPTY)
    if goal.mode in (Mode.EXACT, Mode.SOMEWHERE):
        (closed,) = ground(statement, instance)
        return decide_closed(closed, dims)
    findings = [_decide_relation(r) for r in _closed(goal, instance)]
    if any(f.status is Status.UNDEFINED for f in findings):
        return Finding(Status.UNDEFINED, reason="it has no value there")
    wanted, other = Status.FALSE, Status.TRUE
    if goal.mode is Mode.ANY:
        wanted, other = other, wanted
    for finding in findings:
        if finding.status is wanted:
            return finding
    if all(f.status is other for f in findings):
        return findings[0] if findings else Finding(other)
    return Finding(Status.UNKNOWN, reason="an enclosure is too wide")


def explain(examiner: Examiner, index: int, instance: Instance, finding: Finding) -> str:
    """A sentence that a person can check by hand."""
    statement = examiner.conclusions[index][1]
    where = f"At {describe(instance)}" if instance else "Here"
    given = examiner.hypotheses or examiner.premises[index]
    held = " every hypothesis holds, and" if given else ""
    if is_first_order(statement):
        return f"{where}{held} this fails: {statement}."
    if isinstance(statement, ImplicitBias):
        return f"{where}{held} {finding.reason}."
    if finding.lhs:
        left, right = _sides(statement)
        if finding.lhs == finding.rhs and finding.distance == "0":
            return f"{where}{held} both sides are {finding.lhs}."
        return f"{where}{held} {left} is {finding.lhs} while {right} is {finding.rhs}."
    reason = finding.reason or "it is exactly false"
    return f"{where}{held} the conclusion fails: {reason}."


def margin_text(finding: Finding) -> str:
    """The certified distance from truth, as text."""
    return finding.distance or "exact"


def _closed(goal: Goal, instance: Instance) -> list[Relation]:
    leaves = goal.leaves.items()
    values: Mapping[Any, Any] = {s: rational(leaf.value(instance)) for s, leaf in leaves}
    return [map_scalars(substitute(r, values), with_value) for r in goal.relations]


def _decide_relation(relation: Relation) -> Finding:
    closed = Goal(relation, Mode.ALL, (relation,), {})
    return CompiledRelation(relation, closed).at({}, bits=CONFIRM_BITS)


def _sides(statement: Statement) -> tuple[str, str]:
    match statement:
        case Relation(lhs=Vector()):
            return "a component of left side - right side", "that of the zero vector"
        case Relation(lhs=Matrix()):
            return "an entry of the left side", "that of the right side"
        case Is():
            return f"for `{statement.property}` an entry or a minor", "what it should compare with"
        case HessianMap():
            return "d_k H_ij for some i, j, k", "d_j H_ik"
        case HessianIs():
            return "an entry of the Hessian of the potential", "the entry of the field"
        case GradientIs():
            return "a component of the gradient", "the component that is stated"
        case Conserved():
            return "the derivative along the flow", "that of a constant"
    return "the left side", "the right side"
