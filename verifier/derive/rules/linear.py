"""**linear**: an inequality or equality that is an affine consequence of hypotheses and facts.

Both sides and the hypotheses are polynomials over Q, read as affine forms in their monomials:
x*y is one unknown and x another. Farkas multipliers are found and checked over Q, and where there
are none a point shows it. Min, Max and Abs are unknowns with what defines them,

    Min(p, q) <= p,   Min(p, q) <= q,   and   Min(p, q) = p   where the hypotheses give p <= q,

so that `by.cases(p, q, by.linear)` takes the minimum apart. `!=`, and hypotheses that are no
polynomials, are not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import sympy
from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Expr

from verifier.derive.certify import Base, Chosen, Data, Term, combination, transported
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    is_scalar,
    refuse,
    with_certificate,
)
from verifier.derive.kernel.field.reader import ATOMS, Reader
from verifier.derive.kernel.linear.farkas import Certificate, Counterpoint, Fact, Poly, consequence
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement

DEGREE = 60
TERMS = 2000
LARGE = 400  # monomials of a certificate
PIECEWISE = (sympy.Min, sympy.Max, sympy.Abs)


@dataclass(frozen=True)
class Setting:
    """Polynomials in one ring: `gap` of the statement, and the facts for it."""

    atoms: tuple[Expr, ...]
    gap: Poly
    facts: tuple[Fact, ...]


def discharge(statement: Statement, context: Context) -> Discharge:
    if (
        not isinstance(statement, Relation)
        or statement.op == "!="
        or not (is_scalar(statement.lhs) and is_scalar(statement.rhs))
    ):
        return refuse("`linear` reads <, <=, >, >= and == between scalars only.")
    if context.by.options:
        return refuse(f"`linear` has no option `{context.by.options[0][0]}`; it has none at all.")
    setting = setting_of(statement, context.hypotheses)
    goals: dict[str, tuple[tuple[Poly, Literal[">", ">="]], ...]] = {
        "<": ((-setting.gap, ">"),),
        "<=": ((-setting.gap, ">="),),
        ">": ((setting.gap, ">"),),
        ">=": ((setting.gap, ">="),),
        "==": ((setting.gap, ">="), (-setting.gap, ">=")),
    }
    write = lambda found: lambda: _certificate(statement, context, setting, found)  # noqa: E731
    proofs = []
    for goal, op in goals[statement.op]:
        found = consequence(goal, op, setting.facts)
        if isinstance(found, Counterpoint):
            return refuse(_against(setting, goal, op, found))
        if found.contradiction:
            answer = Discharge(True, f"the hypotheses contradict each other: {found}.")
            return with_certificate(answer, write(found))
        proofs.append(found)
    parts = [(str(found), with_certificate(Discharge(True), write(found))) for found in proofs]
    return replace(all_hold(parts), reason=" and ".join(map(str, proofs)))


def _certificate(
    statement: Relation, context: Context, setting: Setting, found: Certificate
) -> Data:
    """The identity with the hypotheses that it uses."""
    used = {fact.name: fact for fact in _facts_of(found)}
    if sum(len(fact.poly) for fact in used.values()) > LARGE:
        raise UnsupportedError(f"More than {LARGE} monomials have no certificate.")
    plain = [r for r in context.hypotheses if is_scalar(r.lhs) and str(r) in used]
    reader = Reader(replace(r, lhs=_by_abs(r.lhs), rhs=_by_abs(r.rhs)) for r in plain)
    atoms = [_by_abs(atom) for atom in setting.atoms]

    def terms(one: Certificate) -> list[Term]:
        return [(one.constant, ()), *((m, [(factor(fact), 1)]) for m, fact in one.facts)]

    def factor(fact: Fact) -> Base:
        element = transported(reader, fact.poly, atoms)
        for lemma in fact.because:
            if not lemma.goal.is_zero():
                return Chosen(element, transported(reader, lemma.goal, atoms), terms(lemma))
        return element

    lhs, rhs = _by_abs(statement.lhs), _by_abs(statement.rhs)
    if found.contradiction:
        return combination(reader, lhs - rhs, statement.op, exact(0), terms(found), (lhs, rhs))
    gap = lhs - rhs if found.goal == setting.gap else rhs - lhs
    return combination(reader, gap, found.op, exact(1), terms(found), (lhs, rhs))


def _facts_of(found: Certificate) -> Iterator[Fact]:
    for _, fact in found.facts:
        yield fact
        for lemma in fact.because:
            yield from _facts_of(lemma)


def _by_abs(expr: Expr) -> Expr:
    """Max(u, v) as (u + v + |u - v|)/2, and Min(u, v) as (u + v - |u - v|)/2."""
    for atom in expr.atoms(*PIECEWISE):
        if len(atom.args) > 2 or any(arg.has(*PIECEWISE) for arg in atom.args):
            raise UnsupportedError(f"{atom} has more than two pieces, and so no certificate.")
    larger = lambda u, v: (u + v + sympy.Abs(u - v)) / 2  # noqa: E731
    return expr.replace(sympy.Max, larger).replace(sympy.Min, lambda u, v: u + v - larger(u, v))


def setting_of(statement: Relation, hypotheses: Iterable[Relation]) -> Setting:
    """Raises `UnsupportedError` if a side is no polynomial over Q, or two atoms share a name."""
    met = _atoms(statement.lhs) | _atoms(statement.rhs)
    usable = []
    for relation in hypotheses:
        own = _atoms_if_readable(relation)
        if own is not None and relation.op != "!=":
            usable.append(relation)
            met |= own
    atoms = tuple(sorted(met, key=lambda atom: (len(str(atom)), str(atom))))
    names = [str(atom) for atom in atoms]
    for name in names:
        if names.count(name) > 1:
            raise UnsupportedError(f"Two symbols are called `{name}`: rename one of them.")
    ring = fmpq_mpoly_ctx.get(tuple(names), Ordering.degrevlex)
    values = dict(zip(atoms, ring.gens(), strict=True))
    read = lambda expr: _read(expr, ring, values)  # noqa: E731
    gap = read(statement.lhs) - read(statement.rhs)
    facts = [_fact(r, read(r.lhs) - read(r.rhs)) for r in usable]
    for atom in atoms:
        if isinstance(atom, PIECEWISE):
            facts += list(_definition(atom, values[atom], [read(arg) for arg in _parts(atom)]))
    for atom in atoms:
        if isinstance(atom, PIECEWISE):
            facts += _chosen(atom, values[atom], [read(arg) for arg in _parts(atom)], facts)
    return Setting(atoms, gap, tuple(facts))


def _atoms_if_readable(relation: Relation) -> set[Expr] | None:
    if not (is_scalar(relation.lhs) and is_scalar(relation.rhs)):
        return None
    try:
        return _atoms(relation.lhs) | _atoms(relation.rhs)
    except UnsupportedError:
        return None


def _atoms(expr: Expr) -> set[Expr]:
    """Symbols, inner products, and Min, Max and Abs with their own atoms."""
    if expr.is_Rational:
        return set()
    if isinstance(expr, ATOMS):
        if not expr.is_real:
            raise UnsupportedError(f"`{expr}` is not a real symbol.")
        return {expr}
    if isinstance(expr, PIECEWISE):
        return {expr}.union(*(_atoms(arg) for arg in _parts(expr)))
    if expr.is_Add or expr.is_Mul:
        if expr.is_Mul and sum(_degree(arg) for arg in expr.args) > DEGREE:
            raise UnsupportedError(f"`linear` reads degrees up to {DEGREE}; {expr} has more.")
        return set().union(*(_atoms(arg) for arg in expr.args))
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        if _degree(expr) > DEGREE:
            raise UnsupportedError(f"`linear` reads degrees up to {DEGREE}; {expr} has more.")
        return _atoms(expr.base)
    raise UnsupportedError(f"`linear` reads polynomials over Q; {expr} is none.")


def _degree(expr: Expr) -> int:
    """A bound of the degree of what `_atoms` accepts."""
    if expr.is_Rational:
        return 0
    if expr.is_Add:
        return max(_degree(arg) for arg in expr.args)
    if expr.is_Mul:
        return sum(_degree(arg) for arg in expr.args)
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return _degree(expr.base) * int(expr.exp)
    return 1


def _read(expr: Expr, ring: Any, values: dict[Expr, Poly]) -> Poly:
    if expr.is_Rational:
        return ring.constant(fmpq(int(expr.p), int(expr.q)))
    if expr in values:
        return values[expr]
    total = ring.constant(0 if expr.is_Add else 1)
    parts = [expr.base] * int(expr.exp) if expr.is_Pow else expr.args
    for arg in parts:
        part = _read(arg, ring, values)
        total = total + part if expr.is_Add else total * part
        if len(total) > TERMS:
            raise UnsupportedError(f"`linear` reads up to {TERMS} monomials; {expr} has more.")
    return total


def _fact(relation: Relation, gap: Poly) -> Fact:
    """The relation as gap == 0, > 0 or >= 0."""
    if relation.op == "==":
        return Fact(str(relation), gap, "==")
    strict = relation.op in ("<", ">")
    return Fact(str(relation), gap if ">" in relation.op else -gap, ">" if strict else ">=")


def _parts(atom: Expr) -> tuple[Expr, ...]:
    """Abs(u) is Max(u, -u)."""
    return (atom.args[0], -atom.args[0]) if isinstance(atom, sympy.Abs) else tuple(atom.args)


def _side(atom: Expr) -> int:
    """1 for what is above its parts, -1 for what is below them."""
    return -1 if isinstance(atom, sympy.Min) else 1


def _definition(atom: Expr, value: Poly, parts: list[Poly]) -> Iterator[Fact]:
    op = "<=" if _side(atom) < 0 else ">="
    for part in parts:
        yield Fact(f"{atom} {op} {part}", (value - part) * _side(atom), ">=", definition=True)


def _chosen(atom: Expr, value: Poly, parts: list[Poly], facts: list[Fact]) -> list[Fact]:
    """The fact that the atom is one of its parts, where the facts show which."""
    for part in parts:
        lemmas: list[Certificate] = []
        for other in parts:
            found = consequence((part - other) * _side(atom), ">=", facts)
            if isinstance(found, Counterpoint):
                break
            lemmas.append(found)
        else:
            name = f"{atom} = {part}"
            return [Fact(name, value - part, "==", definition=True, because=tuple(lemmas))]
    return []


def _against(setting: Setting, goal: Poly, op: str, point: Counterpoint) -> str:
    shown = []
    for monomial, value in point.values:
        poly = goal.context().from_dict({monomial: fmpq(1)})
        shown.append(f"{poly} = {value}")
    where = ", ".join(shown) or "every point"
    note = ""
    if any(sum(monomial) > 1 for monomial, _ in point.values):
        note = "\n  Monomials count as unknowns of their own."
    kind = "the linear hypotheses hold and " if setting.facts else ""
    return (
        f"it does not follow: {kind}{goal} {op} 0 fails\n"
        f"    at {where}, where it is {point.goal}.{note}"
    )


RULE = Rule("linear", "an inequality or equality between scalars", discharge)
