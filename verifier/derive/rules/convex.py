"""**convex**: a function is convex on a convex set, by its Hessian, or it is not.

Where the function is smooth near every point of the set, it is convex if the Hessian is positive
semidefinite there, and strictly convex if it is definite: by the signs of its minors, or by its
quadratic form. Strict convexity with a Hessian that is singular somewhere, such as that of x^4, is
not shown. The set is an intersection of affine relations and of g <= 0 or g < 0 with functions g
that are convex on the part before; anything else, such as != or a convex g >= 0, is refused.
The negation by two points, `between=({x: ...}, {x: ...})` or found: their middle lies too high, or
outside.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import sympy
from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.analytic import is_analytic
from verifier.derive.between import by_oracle, shown
from verifier.derive.chords import Chord, plain_chords
from verifier.derive.consequences import assuming_all, outside
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    has_value,
    refuse,
    vanishes,
)
from verifier.derive.kernel.linear.affine import is_affine
from verifier.errors import ExactnessError, UnsupportedError
from verifier.exact.arrays import Array, array, determinant
from verifier.exact.statements import Not, Relation, Statement, ge, gt
from verifier.exact.statements.convex import Convex
from verifier.exact.substitution import names_in
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("between",)
MINORS = 4  # variables up to which all principal minors are taken


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`convex` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    denied = statement.statement if isinstance(statement, Not) else statement
    if not isinstance(denied, Convex):
        return refuse("`convex` reads that a function is convex, or the negation.")
    plain = outside(assuming_all(context), denied)
    if isinstance(statement, Not):
        return _denied(denied, plain)
    convex_set = _set_is_convex(denied.domain, denied.variables, plain)
    if not convex_set.holds:
        return convex_set
    inside = plain.assuming(*denied.domain)
    function = _is_convex(denied.expr, denied.variables, inside, strictly=denied.strictly)
    return all_hold([("the set", convex_set), ("the function", function)])


def _set_is_convex(
    domain: Sequence[Relation], variables: Sequence[Symbol], plain: Context
) -> Discharge:
    """Affine relations first; then sublevel sets of functions that are convex on the others."""
    parts: list[tuple[str, Discharge]] = []
    reader = plain.reader()
    flat = [r for r in domain if r.op != "!=" and is_affine(reader, r, variables)]
    inside = plain.assuming(*flat)
    for relation in (r for r in domain if r not in flat):
        gap = relation.lhs - relation.rhs
        if relation.op in ("==", "!="):
            return refuse(f"the set where {relation} is not shown to be convex.")
        below = gap if relation.op in ("<", "<=") else -gap
        level = _is_convex(below, variables, inside, strictly=False)
        if not level.holds:
            return refuse(f"the set where {relation} is not shown to be convex: {level.reason}")
        parts.append((str(relation), level))
        inside = inside.assuming(relation)
    return all_hold(parts)


def _is_convex(
    expr: Expr, variables: Sequence[Symbol], inside: Context, *, strictly: bool
) -> Discharge:
    """By the Hessian at every point that `inside` allows."""
    reader = inside.reader()
    smooth = [
        ("value", has_value(reader, expr)),
        ("smooth", is_analytic(reader, expr, variables)),
    ]
    before = all_hold(smooth)
    if not before.holds:
        return before
    hessian = array([[expr.diff(one, two) for two in variables] for one in variables])
    taken = _is_hessian(hessian, expr, variables, inside)
    if not taken.holds:
        return taken
    curved = _definite(hessian, inside, strictly=strictly)
    return all_hold([*smooth, ("second derivatives", taken), ("the Hessian", curved)])


def _is_hessian(
    hessian: Array, expr: Expr, variables: Sequence[Symbol], inside: Context
) -> Discharge:
    """Whether the entries are the second derivatives, without equations that hold on the set."""
    names = {str(variable) for variable in variables}
    free = [h for h in inside.hypotheses if h.op != "==" or not names & names_in(h)]
    reader = replace(inside, hypotheses=tuple(free)).reader()
    pairs = itertools.combinations_with_replacement(range(len(variables)), 2)
    parts = []
    for i, j in pairs:
        entry = hessian[i, j]
        slope = sympy.Derivative(expr, variables[i], variables[j], evaluate=False)
        parts.append((f"{slope} = {entry}", vanishes(reader, slope - entry, slope, entry)))
        parts.append(("symmetric", vanishes(reader, entry - hessian[j, i], entry)))
    return all_hold(parts)


def _definite(hessian: Array, inside: Context, *, strictly: bool) -> Discharge:
    """Minors by the sign oracle, then the quadratic form, then minors by identities."""
    size = hessian.shape[0]
    minors = list(_minors(hessian, strictly=strictly))
    found = refuse("")
    if strictly or size <= MINORS:
        found = all_hold((str(minor), by_oracle(minor, inside)) for minor in minors)
        if found.holds:
            return found
    form = _form(hessian, inside, strictly=strictly)
    if form.holds or size == 1 or not minors:
        return form
    slow = all_hold((str(minor), shown(minor, inside)) for minor in minors)
    return slow if slow.holds else form


def _minors(hessian: Array, *, strictly: bool) -> Iterator[Relation]:
    """Leading minors > 0 (Sylvester), or all principal minors >= 0."""
    size = hessian.shape[0]
    if strictly:
        chosen = [tuple(range(k)) for k in range(1, size + 1)]
    elif size <= MINORS:
        sizes = range(1, size + 1)
        chosen = [c for k in sizes for c in itertools.combinations(range(size), k)]
    else:
        return
    for rows in chosen:
        minor = determinant(hessian.chosen(rows, rows))
        yield gt(minor, 0) if strictly else ge(minor, 0)


def _form(hessian: Array, inside: Context, *, strictly: bool) -> Discharge:
    """v^T H v >= 0 for every v, or > 0 for |v| = 1."""
    size = hessian.shape[0]
    v = [Symbol(f"{{v_{k}}}", real=True) for k in range(size)]
    if size == 1:
        value = hessian[0, 0]
        return shown(gt(value, 0) if strictly else ge(value, 0), inside)
    form = sum(hessian[i, j] * v[i] * v[j] for i in range(size) for j in range(size))
    if strictly:
        return shown(gt(form, 0), inside.assuming(gt(sum(one**2 for one in v), 0)))
    return shown(ge(form, 0), inside)


def _denied(statement: Convex, plain: Context) -> Discharge:
    given = plain.by.get("between")
    if given is not None:
        return _by_chord(statement, Chord.of(statement, given), plain)
    answer = refuse("no two points were found: give them as between=({x: ...}, {x: ...}).")
    for chord in plain_chords(statement):
        answer = _by_chord(statement, chord, plain)
        if answer.holds:
            return answer
    return answer


def _by_chord(statement: Convex, chord: Chord, plain: Context) -> Discharge:
    """Both ends lie in the set, and the middle is outside or too high."""
    reader = plain.reader()
    try:
        ends = [(str(r), by_oracle(r, plain)) for r in chord.ends_inside(statement)]
        ends += [(f"value of {e}", has_value(reader, e)) for e in chord.values(statement)]
        ends.append(("two points", by_oracle(gt(chord.squared_length, 0), plain)))
        for denial in chord.denials(statement):
            answer = all_hold([*ends, (str(denial), by_oracle(denial, plain))])
            if answer.holds:
                return replace(answer, reason=str(chord))
    except (UnsupportedError, ExactnessError) as fault:
        return refuse(f"{chord} has no values: {fault}")
    return refuse(f"{chord} does not deny it.")


def truth(statement: Statement) -> Truth:
    """The answer for a statement without other symbols than its variables."""
    context = Context((), Justification("convex"), _rules)
    answer = discharge(statement, context)
    if answer.holds:
        return TRUE
    return FALSE if discharge(Not(statement), context).holds else unknown(answer.reason)


def _rules(name: str) -> Rule:
    from verifier.derive.side import rule_named

    return rule_named(name)


RULE = Rule("convex", "that a function is convex, or the negation", discharge, (Convex,), truth)
