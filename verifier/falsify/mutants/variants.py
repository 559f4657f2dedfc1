"""**Mutants**: false variants of a claim, from its author and made here, each to be refuted.

A derived variant has one error of one kind: a constant, an exponent, a sign, strict for non-strict,
quantifiers or limits in another order, symbols exchanged, a term dropped, a wrong index, or the
whole denied. Dropping or widening a hypothesis tells whether it is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import Any, NamedTuple

import sympy
from sympy import Expr, Symbol

from verifier.claim import Claim, Sample
from verifier.errors import StatementError
from verifier.exact.fields import SymmetricField
from verifier.exact.matrices import Matrix
from verifier.exact.statements import (
    Conserved,
    GradientIs,
    HessianIs,
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
from verifier.exact.vectors import Vector
from verifier.falsify.mutants.algebra import algebra_changes, is_algebraic
from verifier.falsify.mutants.logic import CONNECTED, limit_orders, logic_changes, positive_parts
from verifier.falsify.mutants.matrices import matrix_changes, vector_changes
from verifier.falsify.mutants.scalars import changed_scalars

PER_CONCLUSION = 5
KINDS = (
    "constant",
    "sign",
    "exponent",
    "term",
    "symbols",
    "index",
    "strictness",
    "quantifier",
    "hypothesis",
    "denial",
)
_MOST = 30  # changes of one conclusion among which a few of every kind are found
_STRICT: Mapping[str, Any] = {"<=": "<", ">=": ">"}
_WEAK: Mapping[str, Any] = {"<": "<=", ">": ">="}


class Change(NamedTuple):
    """A statement with one error, of a kind, and what the error is."""

    kind: str
    what: str
    statement: Statement


@dataclass(frozen=True)
class Variant:
    """A false variant as a claim of its own."""

    name: str
    origin: str  # declared, derived, hypothesis
    change: str
    expected: str
    claim: Claim
    kind: str = ""
    is_first: bool = True  # of its conclusion's, with which every side is tried
    thrift: int = 1  # the share of instances that it is tried on is one in so many

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
        without = claim.without(name)
        yield Variant(_without(name), "hypothesis", change, "refuted", without, "hypothesis")


def widened(claim: Claim, needed: Collection[str]) -> Iterator[Variant]:
    """The claim with one hypothesis that allows a little more: an end of a range, or past it.

    `needed` are the names of the variants without those hypotheses that are widened.
    """
    for n, (name, statement) in enumerate(claim.given):
        if _without(name) not in needed:
            continue
        parts = statement if isinstance(statement, tuple) else (statement,)
        for m, part in enumerate(parts):
            for what, wider in _wider(part):
                put = (*parts[:m], wider, *parts[m + 1 :])
                changed = put if isinstance(statement, tuple) else wider
                given = (*claim.given[:n], (name, changed), *claim.given[n + 1 :])
                yield Variant(
                    name=f"{name}: {what}",
                    origin="hypothesis",
                    change=what,
                    expected="refuted",
                    claim=_bare(claim, given=given),
                    kind="hypothesis",
                    thrift=10,
                )


def derived(claim: Claim, *, at_most: int = PER_CONCLUSION) -> Iterator[Variant]:
    """At most so many variants of each conclusion, in a fixed order of mixed kinds."""
    for name, statement in claim.then:
        parts = statement if isinstance(statement, tuple) else (statement,)
        changes = (change for part in parts for change in mutations(part, given=claim.hypotheses))
        for number, change in enumerate(islice(mixed(changes), at_most), 1):
            yield Variant(
                name=f"{name} {number}",
                origin="derived",
                change=f"{name}: {change.what}",
                expected="refuted",
                claim=_bare(claim, then=((name, change.statement),)),
                kind=change.kind,
                is_first=number == 1,
            )


def _without(name: str) -> str:
    return f"without {name}"


def _bare(claim: Claim, **changes: Any) -> Claim:
    return replace(claim, **changes, derivation=(), regions=(), mutants=(), instances=Sample())


def mixed(changes: Iterable[Change]) -> Iterator[Change]:
    """The first changes with their kinds in turn: one of every kind, then another, ..."""
    found = list(islice(changes, _MOST))
    rows = zip_longest(*([c for c in found if c.kind == kind] for kind in KINDS))
    yield from (change for row in rows for change in row if change is not None)


def mutations(statement: Statement, *, given: Iterable[tuple[str, Any]] = ()) -> Iterator[Change]:
    """Every change of one statement, each once; `given` tells which scalars have a sign."""
    seen = {statement}
    for kind, what, changed in _changes(statement, given):
        if changed not in seen and not _says_the_same(statement, changed):
            seen.add(changed)
            yield Change(kind, what, changed)


def _changes(
    statement: Statement, given: Iterable[tuple[str, Any]]
) -> Iterator[tuple[str, str, Statement]]:
    match statement:
        case _ if is_algebraic(statement):
            yield from algebra_changes(statement)
        case Relation(op="==", lhs=Expr() | Vector() | Matrix()):
            yield from _on_each_side(statement)
        case Relation():
            yield from _tightened(statement, given)
            yield "denial", f"`{statement.op}` is turned round", negation(statement)
        case Tends() | TendsAlong() | TendsJointly() | TendsUniformly():
            yield from _other_limits(statement)
        case Growth():
            yield from _other_growth(statement)
        case Expects() | MomentAfter() | MomentTends() | ChanceAfter():
            yield from _other_moments(statement)
        case Eventually():
            opposite = negation(statement.relation)
            yield (
                "denial",
                f"`{statement.relation.op}` is turned round",
                statement.rebuilt(opposite, statement.to.point),
            )
        case _ if isinstance(statement, CONNECTED):
            yield from logic_changes(statement)
            yield from _inside_logic(statement, given)
            yield from _denied_parts(statement)
        case Conserved():
            for kind, what, quantity in _changed(statement.quantity):
                if quantity not in (2 * statement.quantity, -1 * statement.quantity):
                    yield kind, what, replace(statement, quantity=quantity)
        case HessianIs():
            yield "constant", "the field is doubled", replace(statement, field=statement.field * 2)
            for kind, what, field in _other_fields(statement.field):
                yield kind, what, replace(statement, field=field)
        case GradientIs():
            for kind, what, component in changed_scalars(statement.component):
                yield kind, what, replace(statement, component=component)
        case _:
            yield from _any_part(statement)


def _other_fields(field: SymmetricField) -> Iterator[tuple[str, str, SymmetricField]]:
    """One place of one part changed, where that leaves the field symmetric."""
    parts = field.parts()
    for n, part in enumerate(parts):
        for kind, what, changed in changed_scalars(part):
            try:
                moved = field.rebuilt(*parts[:n], changed, *parts[n + 1 :])
            except StatementError:
                continue
            yield kind, what, moved


def _denied_parts(statement: Statement) -> Iterator[tuple[str, str, Statement]]:
    if not isinstance(statement, And):
        yield "denial", "it is denied", negation(statement)
        return
    for n, part in enumerate(statement.statements):
        others = (*statement.statements[:n], negation(part), *statement.statements[n + 1 :])
        yield "denial", f"part {n + 1} is denied", And(others)


def _inside_logic(
    statement: Statement, given: Iterable[tuple[str, Any]]
) -> Iterator[tuple[str, str, Statement]]:
    """A relation inside, changed where the whole says more when the relation does."""
    for rebuild, part in positive_parts(statement):
        if isinstance(part, Relation) and part is not statement:
            for change in mutations(part, given=given):
                if change.kind != "denial":
                    yield change.kind, change.what, rebuild(change.statement)


def _other_limits(
    statement: Tends | TendsAlong | TendsJointly | TendsUniformly,
) -> Iterator[tuple[str, str, Statement]]:
    value = statement.value
    if value.is_finite is False:
        yield "sign", "the sign of the limit is turned", replace(statement, value=-value)
    else:
        yield "constant", "limit + 1", replace(statement, value=value + 1)
        for kind, what, changed in changed_scalars(value):
            if sympy.expand(changed - value) != 0:
                yield kind, what, replace(statement, value=changed)
    if isinstance(statement, Tends):
        yield from limit_orders(statement)


def _other_moments(
    statement: Expects | MomentAfter | MomentTends | ChanceAfter,
) -> Iterator[tuple[str, str, Statement]]:
    """Another value, or the other side of it."""
    if not isinstance(statement, MomentTends) and statement.op != "==":
        op = OPPOSITE[statement.op]
        yield "denial", f"`{statement.op}` is turned round", replace(statement, op=op)
        return
    for kind, what, value in changed_scalars(statement.value):
        yield kind, what, replace(statement, value=value)
    yield "constant", "value + 1", replace(statement, value=statement.value + 1)


def _other_growth(statement: Growth) -> Iterator[tuple[str, str, Statement]]:
    """What no two expressions with the stated growth can have."""
    match statement.sense:
        case "ratio":
            yield "constant", "twice the size", replace(statement, other=2 * statement.other)
            yield "exponent", "smaller", replace(statement, sense="o")
        case "Theta":
            yield "exponent", "smaller", replace(statement, sense="o")
        case "o":
            yield "exponent", "of the same size", replace(statement, sense="Theta")
        case _:
            yield "denial", "it is denied", negation(statement)


def _any_part(statement: Statement) -> Iterator[tuple[str, str, Statement]]:
    """One scalar part changed, or the whole denied: for kinds that have no better variants."""
    parts = statement.parts()
    for n, part in enumerate(parts):
        for kind, what, changed in changed_scalars(part) if isinstance(part, Expr) else ():
            yield kind, what, statement.rebuilt(*parts[:n], changed, *parts[n + 1 :])
    yield "denial", "it is denied", negation(statement)


def _on_each_side(statement: Relation) -> Iterator[tuple[str, str, Statement]]:
    for kind, what, rhs in _changed(statement.rhs):
        yield kind, what, replace(statement, rhs=rhs)
    for kind, what, lhs in _changed(statement.lhs):
        yield kind, what, replace(statement, lhs=lhs)
    if isinstance(statement.rhs, Expr):
        yield "constant", "right side + 1", replace(statement, rhs=statement.rhs + 1)


def _changed(thing: Any) -> Iterator[tuple[str, str, Any]]:
    """Changes of a scalar, a vector or a matrix; what is of another kind has none."""
    match thing:
        case Expr():
            yield from changed_scalars(thing)
        case Vector():
            yield from vector_changes(thing)
        case Matrix():
            yield from matrix_changes(thing)


def _says_the_same(old: Statement, new: Statement) -> bool:
    """Whether the change cancels, as doubling a side that is zero would, or turning both signs."""
    if not (isinstance(old, Relation) and isinstance(new, Relation) and old.op == new.op):
        return False
    if not isinstance(old.lhs, Expr):
        return False
    before, after = (sympy.expand(s.lhs - s.rhs) for s in (old, new))
    return bool(after == before or (old.op == "==" and after == -before))


def _tightened(
    statement: Relation, given: Iterable[tuple[str, Any]]
) -> Iterator[tuple[str, str, Statement]]:
    """Inequalities that imply this one, strictly: what makes a bound weaker is no error."""
    if statement.op in _STRICT:
        strict = replace(statement, op=_STRICT[statement.op])
        yield "strictness", f"`{statement.op}` becomes `{strict.op}`", strict
    if statement.op not in ("<", "<=", ">", ">=") or not isinstance(statement.lhs, Expr):
        return
    signs = _signed([s for _, s in given])
    upward = statement.op in (">", ">=")
    gap = statement.lhs - statement.rhs
    for side in ("rhs", "lhs"):
        for kind, what, changed in changed_scalars(getattr(statement, side)):
            moved: Relation = replace(statement, **{side: changed})
            gained = sympy.expand(moved.lhs - moved.rhs - gap).xreplace(signs)
            if gained.is_nonpositive if upward else gained.is_nonnegative:
                yield kind, what, moved
    by = 1 if upward else -1
    yield (
        "constant",
        f"right side {'+' if upward else '-'} 1",
        replace(statement, rhs=statement.rhs + by),
    )


def _signed(hypotheses: Iterable[Statement]) -> dict[Symbol, Symbol]:
    """Scalars that a hypothesis makes positive or nonnegative, as symbols that say so."""
    signs: dict[Symbol, Symbol] = {}
    for statement in hypotheses:
        match statement:
            case Relation(op=">" | ">=", lhs=Symbol() as x, rhs=Expr() as low) if low.is_Rational:
                if low > 0 or (low == 0 and statement.op == ">"):
                    signs[x] = sympy.Dummy(str(x), positive=True)
                elif low == 0:
                    signs[x] = sympy.Dummy(str(x), nonnegative=True)
    return signs


def _wider(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """A relation that allows more: its end, or a little past it."""
    if not isinstance(statement, Relation) or not isinstance(statement.lhs, Expr):
        return
    op, rhs = statement.op, statement.rhs
    if op in _WEAK:
        closed = replace(statement, op=_WEAK[op])
        yield f"`{statement}` becomes `{closed}`", closed
    elif op in _STRICT:
        past = replace(statement, rhs=rhs - 1 if op == ">=" else rhs + 1)
        yield f"`{statement}` becomes `{past}`", past
    elif op == "==":
        moved = replace(statement, rhs=rhs + 1)
        yield f"`{statement}` becomes `{moved}`", moved
