"""**feasible**: a system of relations has a solution or none, decided exactly where it is affine.

A solution is a rational point, or `at={x: ...}` by the author; that there is none is shown by
Farkas multipliers, found over Q or given as `multipliers=[...]`, one for each relation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.consequences import assuming_all, outside
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, relation_holds
from verifier.derive.kernel.linear.affine import affine_row
from verifier.derive.kernel.linear.polyhedron import Affine, Empty, point_of
from verifier.derive.kernel.squares.basis import points
from verifier.derive.nonzero import all_have_values, attempted
from verifier.derive.rules.entrywise import holds
from verifier.derive.rules.rank import no_rules
from verifier.exact.scalars import exact
from verifier.exact.statements import Not, Statement, ge, le, lt
from verifier.exact.statements.feasible import Feasible
from verifier.exact.substitution import substitute
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("at", "multipliers")
TRIED = 200


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`feasible` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    if isinstance(statement, Feasible):
        return _exists(statement, outside(assuming_all(context), statement))
    if isinstance(statement, Not) and isinstance(statement.statement, Feasible):
        denied = statement.statement
        return _none(denied, outside(assuming_all(context), denied))
    return refuse("`feasible` reads that a system has a solution, or that it has none.")


def _exists(statement: Feasible, context: Context) -> Discharge:
    given = context.by.get("at")
    if given is not None:
        return _at(statement, _witness(given, statement.variables), context)
    system = _affine(statement, context)
    if system is None:
        return _searched(statement, context)
    found = point_of(system, len(statement.variables))
    if isinstance(found, Empty):
        return Discharge(False, f"there is no solution: {found}.", disproof=True)
    values = (sympy.Rational(int(x.p), int(x.q)) for x in found)
    return _at(statement, dict(zip(statement.variables, values, strict=True)), context)


def _witness(given: Mapping[Any, Any], variables: Sequence[Symbol]) -> dict[Symbol, Expr]:
    return {variable: exact(given[variable]) for variable in variables if variable in given}


def _at(statement: Feasible, witness: Mapping[Symbol, Expr], context: Context) -> Discharge:
    missing = [str(v) for v in statement.variables if v not in witness]
    if missing:
        return refuse(f"`at` has no value of `{missing[0]}`.")
    reader = context.reader()
    parts = [("the solution", all_have_values(reader, tuple(witness.values())))]
    for relation in statement.relations:
        moved = substitute(relation, witness)
        parts.append((str(moved), holds(reader, moved)))
    shown = ", ".join(f"{variable} = {value}" for variable, value in witness.items())
    answer = all_hold(parts)
    return replace(answer, reason=f"at {shown}") if answer.holds else attempted(answer)


def _searched(statement: Feasible, context: Context) -> Discharge:
    for point in points(len(statement.variables), TRIED):
        values = (sympy.Rational(int(x.p), int(x.q)) for x in point)
        answer = _at(statement, dict(zip(statement.variables, values, strict=True)), context)
        if answer.holds:
            return answer
    return refuse("the system is not affine over Q, and no small point solves it: give one as at=.")


def _none(statement: Feasible, context: Context) -> Discharge:
    given = context.by.get("multipliers")
    if given is not None:
        return _by_multipliers(statement, [exact(m) for m in given], context)
    system = _affine(statement, context)
    if system is None:
        return refuse("the system is not affine over Q: give `multipliers`.")
    found = point_of(system, len(statement.variables))
    if not isinstance(found, Empty):
        names = map(str, statement.variables)
        shown = ", ".join(f"{n} = {x}" for n, x in zip(names, found, strict=True))
        return Discharge(False, f"it has the solution {shown}.", disproof=True)
    if found.forced:
        return Discharge(True, str(found))
    (proof,) = found.proofs
    weights: dict[str, fmpq] = {}
    for multiplier, fact in proof.facts:
        weights[fact.name] = weights.get(fact.name, fmpq(0)) + multiplier
    multipliers = []
    for relation in statement.relations:
        weight = weights.pop(str(relation), fmpq(0))
        multipliers.append(sympy.Rational(int(weight.p), int(weight.q)))
    answer = _by_multipliers(statement, multipliers, context)
    return replace(answer, reason=str(found)) if answer.holds else answer


def _by_multipliers(
    statement: Feasible, multipliers: Sequence[Expr], context: Context
) -> Discharge:
    """sum m_k g_k < 0 everywhere with m_k >= 0, where a solution has g_k >= 0 or g_k = 0.

    The sum may be <= 0 where a relation g_k > 0 has m_k > 0.
    """
    if len(multipliers) != len(statement.relations):
        return refuse(f"give {len(statement.relations)} multipliers, one for each relation.")
    reader = context.reader()
    parts, total, strict = [], sympy.Integer(0), False
    for multiplier, relation in zip(multipliers, statement.relations, strict=True):
        if multiplier == 0:
            continue
        if relation.op == "!=":
            return refuse(f"{relation} takes the multiplier 0.")
        gap = relation.lhs - relation.rhs
        total += multiplier * (-gap if relation.op in ("<", "<=") else gap)
        if relation.op != "==":
            parts.append((f"{multiplier} >= 0", relation_holds(reader, ge(multiplier, 0))))
        if relation.op in ("<", ">"):
            strict = strict or relation_holds(reader, lt(0, multiplier)).holds
    goal = le(total, 0) if strict else lt(total, 0)
    parts.append(("values", all_have_values(reader, tuple(multipliers))))
    return attempted(all_hold([*parts, (str(goal), relation_holds(reader, goal))]))


def _affine(statement: Feasible, context: Context) -> list[Affine] | None:
    """The relations as affine forms over Q in the variables, each as ==, !=, > or >=."""
    reader = context.reader()
    rows = []
    for relation in statement.relations:
        row = affine_row(reader, relation, statement.variables)
        if row is None:
            return None
        rows.append(row)
    return rows


def truth(statement: Statement) -> Truth:
    """The answer for a system without other symbols than its variables."""
    context = Context((), Justification("feasible"), no_rules)
    if discharge(statement, context).holds:
        return TRUE
    answer = discharge(Not(statement), context)
    return FALSE if answer.holds else unknown(answer.reason)


RULE = Rule(
    "feasible", "whether a system of relations has a solution", discharge, (Feasible,), truth
)
