"""**Context**: what a step may use, and what a rule answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr

from verifier.by import Justification
from verifier.derive import certify
from verifier.derive.certify import Data
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.kernel.field.tower import SIZES, SLOTS, Condition, CrowdedError
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.verdict import Truth

_CERTIFYING = ContextVar("certifying", default=True)


@dataclass(frozen=True)
class Discharge:
    """A rule's answer: whether the statement follows, why not, and the conditions it discharged.

    `disproof` says that the statement is certainly false wherever the hypotheses hold;
    `certified` that `certificates` cover all that the rule reduced the statement to; `only` are
    the sizes for which the answer holds, when it does not hold for all; `solver` names the
    solvers on whose word it rests.
    """

    holds: bool
    reason: str = ""
    conditions: tuple[str, ...] = ()
    disproof: bool = False
    certificates: tuple[Data, ...] = ()
    certified: bool = False
    only: tuple[str, ...] = ()
    solver: str = ""


@dataclass(frozen=True)
class Context:
    """Hypotheses and used facts, with the options of the step's justification.

    `hypotheses` are the relations among them, `known` are those of every other kind.
    """

    hypotheses: tuple[Relation, ...]
    by: Justification
    rules: Callable[[str], Rule]
    known: tuple[Statement, ...] = ()
    slots: int = SLOTS

    def reader(self, extra: Iterable[Relation] = ()) -> Reader:
        return Reader((*self.hypotheses, *extra), slots=self.slots)

    def assuming(self, *relations: Relation) -> Context:
        return replace(self, hypotheses=(*self.hypotheses, *relations))

    def with_rule(self, by: Justification) -> Context:
        return replace(self, by=by)


@dataclass(frozen=True)
class Rule:
    """One way to discharge a step: a name for authors, what it reads, and the decision.

    `decides` are kinds of statements without free parameters that `truth` answers exactly; where
    a dimension is open in them, it takes that as well.
    """

    name: str
    reads: str
    discharge: Callable[[Statement, Context], Discharge]
    decides: tuple[type[Statement], ...] = ()
    truth: Callable[..., Truth] | None = None


def with_room(rule: Rule, statement: Statement, context: Context) -> Discharge:
    """The rule's answer, in a larger tower where a smaller one is crowded."""
    for slots in SIZES[:-1]:
        try:
            return rule.discharge(statement, replace(context, slots=slots))
        except CrowdedError:
            continue
    return rule.discharge(statement, replace(context, slots=SIZES[-1]))


def refuse(reason: str) -> Discharge:
    return Discharge(False, reason)


def conclude(reader: Reader, conditions: Iterable[Condition], done: str = "") -> Discharge:
    """Holds, provided that the hypotheses force every condition."""
    conditions = list(conditions)
    left = reader.open_conditions(conditions)
    if left:
        relation = {"nonzero": "divides by", "nonnegative": "takes a root of", "positive": "takes"}
        need = {"nonzero": "not zero", "nonnegative": "not negative", "positive": "positive"}
        kind, shown = left[0].kind, left[0].element
        return refuse(
            f"it {relation[kind]}\n    {shown}\n"
            f"  and neither a hypothesis nor a step in `uses` shows that it is {need[kind]}."
        )
    return Discharge(True, done, tuple(str(c) for c in conditions))


def vanishes(reader: Reader, expr: Expr, *sides: Expr) -> Discharge:
    """Whether `expr` is zero, and the `sides` it came from have values, by the hypotheses."""
    element, conditions = reader.fresh(expr, *sides)
    if element.is_zero:
        answer = conclude(reader, conditions)
        return with_certificate(answer, lambda: certify.zero(reader, expr, sides))
    return _not_zero(reader, element, expr)


def has_value(reader: Reader, expr: Expr) -> Discharge:
    """Whether `expr` has a value wherever the hypotheses hold."""
    answer = conclude(reader, reader.fresh(expr)[1])
    return with_certificate(answer, lambda: certify.defined(reader, expr))


@contextmanager
def uncertified() -> Iterator[None]:
    """Write no certificates inside the block: for answers at a point, which nobody replays."""
    token = _CERTIFYING.set(False)
    try:
        yield
    finally:
        _CERTIFYING.reset(token)


def with_certificate(answer: Discharge, make: Callable[[], Data]) -> Discharge:
    """The answer with its certificate, where one can be written and is wanted."""
    if not (answer.holds and _CERTIFYING.get()):
        return answer
    try:
        return replace(answer, certificates=(make(),), certified=True)
    except UnsupportedError:
        return answer


def _not_zero(reader: Reader, element: Element, expr: Expr) -> Discharge:
    signs = reader.sign(element)
    if signs == frozenset({0}):
        return refuse("its zero rests on a hypothesis that the field does not know.")
    if 0 not in signs:
        return Discharge(False, f"the difference {element} is never zero.", disproof=True)
    return refuse(f"the difference of the two sides is\n    {element}")


def all_hold(parts: Iterable[tuple[str, Discharge]]) -> Discharge:
    """The conjunction; the first part that does not hold is named."""
    conditions: list[str] = []
    certificates: list[Data] = []
    only: list[str] = []
    solvers: list[str] = []
    certified = True
    for name, part in parts:
        if not part.holds:
            return Discharge(False, f"{name}: {part.reason}", disproof=part.disproof)
        conditions += part.conditions
        certificates += part.certificates
        only += part.only
        solvers += [part.solver] if part.solver else []
        certified = certified and part.certified
    return Discharge(
        True,
        conditions=tuple(dict.fromkeys(conditions)),
        certificates=tuple(certificates),
        certified=certified,
        only=tuple(dict.fromkeys(only)),
        solver=", ".join(dict.fromkeys(solvers)),
    )


def relation_holds(reader: Reader, relation: Relation) -> Discharge:
    """Whether an inequality between scalars follows from the signs of its difference."""
    element, conditions = reader.fresh(relation.lhs - relation.rhs, relation.lhs, relation.rhs)
    signs = reader.sign(element)
    if signs <= SIGNS[relation.op]:
        gap, sides = relation.lhs - relation.rhs, (relation.lhs, relation.rhs)
        answer = conclude(reader, conditions)
        return with_certificate(answer, lambda: certify.sign(reader, gap, relation.op, sides))
    if not signs & SIGNS[relation.op]:
        text = f"the difference {element} always has the other sign."
        return Discharge(False, text, disproof=not reader.open_conditions(conditions))
    return refuse(
        f"the sign of\n    {element}\n  is not decided; it may be one of {sorted(signs)}."
    )


def is_scalar(side: Any) -> bool:
    return isinstance(side, Expr)
