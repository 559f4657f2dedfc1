"""**positivstellensatz**: an inequality from sums of squares times hypotheses.

Options: `degree`, that of the identity; `products`, how many hypotheses are multiplied with each
other; `multipliers`, polynomials or a tuple of them that are positive where the hypotheses hold.
The rule shows p >= 0, or p > 0, by an identity

    m * p = s_0 + sum_k s_k * g_k + sum_kl s_kl * g_k * g_l + ... + sum_j c_j * h_j

with sums of squares s, hypotheses g >= 0 or g > 0 and h = 0. Where p itself has none, the negated
statement joins the hypotheses, and an identity shows that they contradict each other. Roots and
exponentials are unknowns g with g^n = radicand and g >= 0, or g > 0; denominators are cleared.
Nothing that is found in floats is trusted: the identity is multiplied out over Q.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    conclude,
    is_scalar,
    refuse,
    with_certificate,
)
from verifier.derive.identities import combination
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import POSITIVE, Condition
from verifier.derive.kernel.signs.counterpoint import negative_point
from verifier.derive.kernel.signs.region import Region, region_of
from verifier.derive.kernel.squares.gram import Failure
from verifier.derive.kernel.squares.positivity import Plan, established, plainly_false, prove
from verifier.derive.kernel.squares.preorder import Proof
from verifier.derive.kinks import by_kinks
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement

CONDITIONS: dict[str, Literal["!=", ">", ">="]] = {
    "nonzero": "!=",
    "nonnegative": ">=",
    "positive": ">",
}
SQUARED = 600  # effort for a statement that is not zero, after both signs were tried
OPTIONS = ("degree", "multipliers", "products")
Sided = Literal[">", ">="]
GOALS: dict[str, tuple[tuple[int, Sided, str], ...]] = {
    ">": ((1, ">", ">"),),
    ">=": ((1, ">=", ">="),),
    "<": ((-1, ">", "<"),),
    "<=": ((-1, ">=", "<="),),
    "==": ((1, ">=", ">="), (-1, ">=", "<=")),
}


@dataclass(frozen=True)
class Question:
    """A relation whose two sides have a value, the element of lhs - rhs, and the options.

    `multipliers` are elements that are positive where the hypotheses hold.
    """

    statement: Relation
    reader: Reader
    gap: Element
    degree: int | None
    products: int | None
    multipliers: tuple[Element, ...] = ()

    def region(self, sign: int) -> Region:
        return region_of(self.reader, self.gap if sign > 0 else -self.gap, also=self.multipliers)

    def plan(self, region: Region) -> Plan:
        return Plan(self.degree, self.products, tuple(map(region.poly, self.multipliers)))


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or not is_scalar(statement.lhs):
        return refuse("`positivstellensatz` reads relations between scalars only.")
    wrong = _wrong_options(context)
    if wrong:
        return refuse(wrong)
    reader = context.reader()
    gap, conditions = reader.fresh(statement.lhs - statement.rhs, statement.lhs, statement.rhs)
    has_value = conclude(reader, [c for c in conditions if not _follows(reader, c)])
    if not has_value.holds:
        return has_value
    by = context.by
    question = Question(statement, reader, gap, by.get("degree"), by.get("products"))
    try:
        question = replace(question, multipliers=tuple(_multipliers(reader, context)))
    except UnsupportedError as fault:
        return refuse(str(fault))
    answer = _nonzero(question) if statement.op == "!=" else _compared(question)
    return replace(answer, conditions=tuple(map(str, conditions))) if answer.holds else answer


def _wrong_options(context: Context) -> str:
    for name, value in context.by.options:
        if name not in OPTIONS:
            return f"`positivstellensatz` has no option `{name}`; it has {', '.join(OPTIONS)}."
        if name != "multipliers" and (type(value) is not int or value < 1):
            return f"`{name}` is a whole number of at least 1, got {value!r}."
    return ""


def _follows(reader: Reader, condition: Condition) -> bool:
    """Whether an identity shows a condition of which the oracle does not know the sign."""
    if not reader.open_conditions([condition]):
        return True
    return established(reader, condition.element, CONDITIONS[condition.kind]) is not None


def _multipliers(reader: Reader, context: Context) -> Iterator[Element]:
    """Raises `UnsupportedError` for one that is no polynomial or may be zero or negative."""
    given = context.by.get("multipliers", ())
    for one in given if isinstance(given, (tuple, list)) else (given,):
        element, conditions = reader.fresh(exact(one))
        if reader.open_conditions(conditions) or not element.den.is_one():
            raise UnsupportedError(f"the multiplier {one} is no polynomial.")
        if not reader.sign(element) <= POSITIVE and established(reader, element, ">") is None:
            raise UnsupportedError(
                f"the multiplier {one} is not shown to be positive where the hypotheses hold."
            )
        yield element


def _compared(question: Question) -> Discharge:
    parts = []
    for sign, op, shown in GOALS[question.statement.op]:
        answer = _sided(question, sign, op, shown)
        if not answer.holds:
            return answer
        parts.append((shown, answer))
    together = all_hold(parts)
    return replace(together, reason=" and ".join(part.reason for _, part in parts))


def _nonzero(question: Question) -> Discharge:
    """p > 0, or p < 0, or p^2 > 0."""
    for sign in (1, -1):
        answer = _sided(question, sign, ">", "!=")
        if answer.holds:
            return answer
    region = question.region(1)
    plan = replace(question.plan(region), effort=SQUARED)
    found = prove(region.target * region.target, ">", region.facts, plan)
    if isinstance(found, Failure):
        return refuse(found.reason)
    return _answered(question, region, found, "!=")


def _sided(question: Question, sign: int, op: Sided, shown: str) -> Discharge:
    """sign * (lhs - rhs) `op` 0, certified as lhs - rhs `shown` 0."""
    region = question.region(sign)
    if region.exact:
        point = negative_point(region.target, region.allows, strict=op == ">")
        if point is not None:
            return refuse(region.shown_false(point))
    against = partial(plainly_false, region)
    found = prove(region.target, op, region.facts, question.plan(region), doubt=against)
    if isinstance(found, Failure):
        return refuse(found.reason)
    return _answered(question, region, found, shown)


def _answered(question: Question, region: Region, proof: Proof, op: str) -> Discharge:
    lhs, rhs = question.statement.lhs, question.statement.rhs
    negated = any(len(region.known) in term.facts for term in proof.terms)
    what = "the statement's negation and the hypotheses" if negated else "the hypotheses"
    text = f"{what} contradict each other: {proof}" if proof.contradiction else str(proof)
    certificate = lambda: combination(region, proof, lhs - rhs, op, sides=(lhs, rhs))  # noqa: E731
    return with_certificate(Discharge(True, text), certificate)


RULE = Rule("positivstellensatz", "a relation between scalars", by_kinks(discharge))
