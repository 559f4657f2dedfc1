"""**Mutants**: false variants of a claim, from its author and made here, each to be refuted.

Derived variants change one constant, one exponent or one sign, or turn an inequality round.
Dropping a hypothesis tells whether it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest
from typing import Any

import sympy
from sympy import Expr
from sympy.core.function import AppliedUndef

from verifier.claim import Claim, Sample
from verifier.exact.fields import Partial
from verifier.exact.matrices import Matrix
from verifier.exact.statements import (
    Conserved,
    GradientIs,
    HessianIs,
    HessianMap,
    Not,
    Relation,
    Statement,
    Tends,
    negation,
)
from verifier.exact.statements.chances import ChanceAfter
from verifier.exact.statements.eventually import Eventually
from verifier.exact.statements.expects import Expects
from verifier.exact.statements.growth import Growth
from verifier.exact.statements.logic import And
from verifier.exact.statements.moments import MomentAfter, MomentTends
from verifier.exact.statements.paths import TendsAlong, TendsJointly, TendsUniformly
from verifier.exact.statements.relation import OPPOSITE
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner, Vector
from verifier.falsify.algebra_mutants import algebra_changes, is_algebraic
from verifier.falsify.matrix_mutants import matrix_changes

PER_CONCLUSION = 4
_ATOMIC = (Inner, Trace, Partial, AppliedUndef, sympy.Derivative, sympy.Integral, sympy.Subs)
Changed = tuple[str, Expr]


@dataclass(frozen=True)
class Variant:
    """A false variant as a claim of its own."""

    name: str
    origin: str  # declared, derived, hypothesis
    change: str
    expected: str
    claim: Claim

    @property
    def statement(self) -> str:
        """The conclusions of the variant as text."""
        return "; ".join(str(statement) for _, statement in self.claim.then)


def declared(claim: Claim) -> Iterator[Variant]:
    """The mutants that the author wrote."""
    for mutant in claim.mutants:
        changes = [
            f"{name}: {'dropped' if value is None else value}"
            for name, value in (*mutant.then, *mutant.given, *mutant.where)
        ]
        mutated = claim.mutated(mutant)
        yield Variant(mutant.name, "declared", "; ".join(changes), mutant.expect, mutated)


def dropped(claim: Claim) -> Iterator[Variant]:
    """The claim without each named hypothesis in turn."""
    for name in dict.fromkeys(name for name, _ in claim.given):
        change = f"`{name}` is dropped"
        yield Variant(f"without {name}", "hypothesis", change, "refuted", claim.without(name))


def derived(claim: Claim) -> Iterator[Variant]:
    """At most `PER_CONCLUSION` variants of each conclusion, in a fixed order."""
    for name, statement in claim.then:
        parts = statement if isinstance(statement, tuple) else (statement,)
        changes = chain.from_iterable(mutations(part) for part in parts)
        for number, (what, changed) in enumerate(islice(changes, PER_CONCLUSION), 1):
            variant = replace(
                claim,
                then=((name, changed),),
                derivation=(),
                regions=(),
                mutants=(),
                instances=Sample(),
            )
            yield Variant(f"{name} {number}", "derived", f"{name}: {what}", "refuted", variant)


def mutations(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """(what is changed, changed statement) for one statement."""
    match statement:
        case _ if is_algebraic(statement):
            yield from algebra_changes(statement)
        case Relation(op="==", lhs=Expr(), rhs=Expr()):
            yield from _both_sides(statement)
        case Relation(op="==", lhs=Vector()):
            yield from _scaled_terms(statement)
        case Relation(op="==", lhs=Matrix()):
            yield from _changed_matrices(statement)
        case Relation():
            yield f"`{statement.op}` is turned round", negation(statement)
        case Tends() | TendsAlong() | TendsJointly() | TendsUniformly():
            yield from _other_limits(statement)
        case Growth():
            yield from _other_growth(statement)
        case Expects() | MomentAfter() | MomentTends() | ChanceAfter():
            yield from _other_moments(statement)
        case Eventually():
            opposite = negation(statement.relation)
            yield (
                f"`{statement.relation.op}` is turned round",
                statement.rebuilt(opposite, statement.to.point),
            )
        case And():
            for n, part in enumerate(statement.statements):
                others = (*statement.statements[:n], negation(part), *statement.statements[n + 1 :])
                yield f"part {n + 1} is denied", And(others)
        case Conserved():
            for what, quantity in _interleaved(statement.quantity):
                yield what, replace(statement, quantity=quantity)
        case HessianIs():
            yield "the field is doubled", replace(statement, field=statement.field * 2)
        case GradientIs():
            for what, component in _interleaved(statement.component):
                yield what, replace(statement, component=component)
        case HessianMap() | Not():
            return
        case _:
            yield from _any_part(statement)


def _other_limits(
    statement: Tends | TendsAlong | TendsJointly | TendsUniformly,
) -> Iterator[tuple[str, Statement]]:
    value = statement.value
    if value.is_finite:
        yield "limit + 1", replace(statement, value=value + 1)
    else:
        yield "the sign of the limit is turned", replace(statement, value=-value)


def _other_moments(
    statement: Expects | MomentAfter | MomentTends | ChanceAfter,
) -> Iterator[tuple[str, Statement]]:
    """Another value, or the other side of it."""
    if not isinstance(statement, MomentTends) and statement.op != "==":
        op = OPPOSITE[statement.op]
        yield f"`{statement.op}` is turned round", replace(statement, op=op)
        return
    for what, value in (*_interleaved(statement.value), ("value + 1", statement.value + 1)):
        yield what, replace(statement, value=value)


def _other_growth(statement: Growth) -> Iterator[tuple[str, Statement]]:
    """What no two expressions with the stated growth can have."""
    match statement.sense:
        case "ratio":
            yield "twice the size", replace(statement, other=2 * statement.other)
            yield "smaller", replace(statement, sense="o")
        case "Theta":
            yield "smaller", replace(statement, sense="o")
        case "o":
            yield "of the same size", replace(statement, sense="Theta")
        case _:
            yield "it is denied", negation(statement)


def _any_part(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """One scalar part changed, or the whole denied: for kinds that have no better variants."""
    parts = statement.parts()
    for n, part in enumerate(parts):
        for what, changed in _interleaved(part) if isinstance(part, Expr) else ():
            yield what, statement.rebuilt(*parts[:n], changed, *parts[n + 1 :])
    yield "it is denied", negation(statement)


def _both_sides(statement: Relation) -> Iterator[tuple[str, Statement]]:
    seen: set[tuple[Expr, Expr]] = {(statement.lhs, statement.rhs)}
    right = ((w, statement.lhs, e) for w, e in _interleaved(statement.rhs))
    left = ((w, e, statement.rhs) for w, e in _interleaved(statement.lhs))
    fallback = iter([("right side + 1", statement.lhs, statement.rhs + 1)])
    for what, lhs, rhs in chain(right, left, fallback):
        if (lhs, rhs) in seen or _says_the_same(statement, lhs, rhs):
            continue
        seen.add((lhs, rhs))
        yield what, Relation("==", lhs, rhs)


def _says_the_same(statement: Relation, lhs: Expr, rhs: Expr) -> bool:
    """Whether the change cancels, as doubling a side that is zero would."""
    return bool(sympy.expand((lhs - rhs) - (statement.lhs - statement.rhs)) == 0)


def _scaled_terms(statement: Relation) -> Iterator[tuple[str, Statement]]:
    for side in ("rhs", "lhs"):
        whole = getattr(statement, side)
        for n, (atom, c) in enumerate(whole.terms):
            terms = (*whole.terms[:n], (atom, 2 * c), *whole.terms[n + 1 :])
            changed: Any = replace(whole, terms=terms)
            yield f"coefficient of {atom.name} doubled", replace(statement, **{side: changed})


def _changed_matrices(statement: Relation) -> Iterator[tuple[str, Statement]]:
    for side in ("rhs", "lhs"):
        for what, changed in matrix_changes(getattr(statement, side), _interleaved):
            sides = {"lhs": statement.lhs, "rhs": statement.rhs, side: changed}
            yield what, Relation("==", sides["lhs"], sides["rhs"])


def _interleaved(expr: Expr) -> Iterator[Changed]:
    """Constants, signs and exponents in turn, so that a few changes are of every kind."""
    kinds = (_constants(expr), _signs(expr), _exponents(expr))
    for row in zip_longest(*kinds):
        for changed in row:
            if changed is not None and changed[1] != expr and _is_number_like(changed[1]):
                yield changed


def _is_number_like(expr: Expr) -> bool:
    return not expr.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I)


def _constants(expr: Expr) -> Iterator[Changed]:
    def change(part: Expr) -> Iterator[tuple[str, Expr]]:
        if part.is_Rational and part not in (0, 1, -1):
            yield f"{part} becomes {part + 1}", part + 1
        elif isinstance(part, sympy.Add):
            for n, term in enumerate(part.args):
                if term.is_Rational:
                    rest = (*part.args[:n], *part.args[n + 1 :])
                    yield f"{term} becomes {term + 1}", sympy.Add(*rest, term + 1)

    yield from _rewritten(expr, change)


def _signs(expr: Expr) -> Iterator[Changed]:
    def change(part: Expr) -> Iterator[tuple[str, Expr]]:
        if isinstance(part, sympy.Add):
            for n, term in reversed(list(enumerate(part.args))):
                rest = (*part.args[:n], *part.args[n + 1 :])
                yield f"the sign of {term} is turned", sympy.Add(*rest, -term)

    yield from _rewritten(expr, change)


def _exponents(expr: Expr) -> Iterator[Changed]:
    def change(part: Expr) -> Iterator[tuple[str, Expr]]:
        if isinstance(part, sympy.Pow) and part.exp.is_Rational:
            step = 1 if part.exp > 0 else -1
            yield f"exponent {part.exp} becomes {part.exp + step}", part.base ** (part.exp + step)

    yield from _rewritten(expr, change)


def _rewritten(
    expr: Expr, change: Callable[[Expr], Iterator[tuple[str, Expr]]]
) -> Iterator[Changed]:
    """`expr` with one part changed, outermost parts first; exponents are not entered."""
    yield from change(expr)
    if isinstance(expr, _ATOMIC) or not expr.args:
        return
    inner = expr.args[:1] if isinstance(expr, sympy.Pow) else expr.args
    for n, arg in enumerate(inner):
        for what, changed in _rewritten(arg, change):
            yield what, expr.func(*expr.args[:n], changed, *expr.args[n + 1 :])
