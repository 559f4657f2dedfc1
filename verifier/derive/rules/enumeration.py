"""**enumeration**: a statement in every case of finitely many values.

`by.enumeration(over={s: (-1, 1), k: range(1, 4)}, then=...)`: the hypotheses must leave no other
values, each case is shown by `then`, and the answer says how many there were. Whole numbers lie in
a range that the hypotheses give; other numbers are roots of a polynomial that vanishes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.by import Justification
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, relation_holds
from verifier.derive.kernel.sums.everywhere import Law
from verifier.derive.quantified import renewed, split
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.families import Entry, is_count
from verifier.exact.quantifiers import free_indices
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, eq, ge, le
from verifier.exact.substitution import bound_names, map_scalars, substitute
from verifier.exact.sums import spelled_out

MOST = 4096
Case = Mapping[Expr, Expr]


def discharge(statement: Statement, context: Context) -> Discharge:
    unknown = sorted({name for name, _ in context.by.options} - {"over", "then"})
    if unknown:
        return refuse(f"`enumeration` has no option `{unknown[0]}`; it has over and then.")
    over, then = _values(context.by.get("over")), context.by.get("then")
    if not over or not isinstance(then, Justification):
        return refuse("`enumeration` needs `over`, values by symbol, and `then`, a justification.")
    for key in over:
        if not isinstance(key, (Symbol, Entry)) or str(key) in bound_names(statement):
            return refuse(f"`{key}` is bound, or is no symbol and no member of a family.")
    if _count(over) > MOST:
        return refuse(f"there are {_count(over):,} cases, more than {MOST:,}.")
    covered = []
    for key, values in over.items():
        covering = _covering(key, values, over, statement, context)
        if not covering.holds:
            return covering
        covered.append((f"values of {key}", covering))
    shown = []
    for case in _cases(over):
        if _leaves_a_family(case, statement):
            continue
        part, there = _in_case(statement, context, case)
        if not any(map(_is_false, there.hypotheses)):
            name = ", ".join(f"{key} = {value}" for key, value in case.items())
            answer = context.rules(then.rule).discharge(part, there.with_rule(then))
            shown.append((f"case {name}", answer))
    together = all_hold([*covered, *shown])
    if not together.holds:
        return replace(together, disproof=False)
    excluded = _count(over) - len(shown)
    reason = f"{len(shown):,} cases" + (f", {excluded:,} excluded" if excluded else "")
    return replace(together, reason=f"{reason}.")


def _values(over: Any) -> dict[Any, tuple[Expr, ...]]:
    """The distinct values of each key, as exact numbers."""
    items = over.items() if isinstance(over, Mapping) else ()
    return {key: tuple(dict.fromkeys(exact(v) for v in values)) for key, values in items}


def _count(over: Mapping[Any, Sequence[Expr]]) -> int:
    count = 1
    for values in over.values():
        count *= len(values)
    return count


def _cases(over: Mapping[Any, Sequence[Expr]]) -> Iterator[Case]:
    for chosen in itertools.product(*over.values()):
        yield dict(zip(over, chosen, strict=True))


def _covering(
    key: Expr, values: Sequence[Expr], over: Case, statement: Statement, context: Context
) -> Discharge:
    """Whether the symbol has no other value."""
    if not all(value.is_Rational for value in values):
        return refuse(f"the values of `{key}` must be rational numbers.")
    if isinstance(key, Symbol) and is_count(key):
        low, high = min(values), max(values)
        if len(values) != high - low + 1 or not all(value.is_Integer for value in values):
            return refuse(f"the values of `{key}` must be whole numbers in a row.")
        ends = [("first", relation_holds(context.reader(), ge(key, low)))]
        if any(high >= top for top in _ends_of(key, over, statement)):
            ends.append(("last", Discharge(True)))
        else:
            ends.append(("last", relation_holds(context.reader(), le(key, high))))
        shown = all_hold(ends)
        return shown if shown.holds else refuse(f"nothing shows that `{key}` is in {low}..{high}.")
    product = sympy.Mul(*(key - value for value in values))
    shown = relation_holds(context.reader(), eq(product, 0))
    listed = ", ".join(map(str, values))
    return shown if shown.holds else refuse(f"nothing shows that `{key}` is one of {listed}.")


def _ends_of(key: Symbol, over: Case, statement: Statement) -> Iterator[Expr]:
    """The largest sizes of families through which an index runs."""
    for size in free_indices(statement).get(key, ()):
        if size.is_Integer:
            yield size
        elif size in over:
            yield max(over[size])


def _leaves_a_family(case: Case, statement: Statement) -> bool:
    """Whether an index is larger than the size of a family through which it runs."""
    for index, sizes in free_indices(statement).items():
        tops = [case.get(size, size) for size in sizes]
        if index in case and any(t.is_Integer and case[index] > t for t in tops):
            return True
    return False


def _in_case(statement: Statement, context: Context, case: Case) -> tuple[Statement, Context]:
    """The statement and its context in one case."""
    moved = {key: value for key, value in case.items() if isinstance(key, Symbol)}
    plain, laws = split(context.hypotheses)
    try:
        part = map_scalars(substitute(statement, moved), spelled_out)
        kept = [map_scalars(substitute(relation, moved), spelled_out) for relation in plain]
        still = [_law_in(law, moved) for law in laws]
        known = tuple(substitute(thing, moved) for thing in context.known)
    except StatementError as fault:
        raise UnsupportedError(f"A case cannot be written: {fault}") from fault
    held = [Relation("==", key, value) for key, value in case.items() if isinstance(key, Entry)]
    hypotheses = renewed((*held, *kept), still, (part, *kept))
    return part, replace(context, hypotheses=hypotheses, known=known)


def _law_in(law: Law, moved: Mapping[Expr, Expr]) -> Law:
    """The law in one case; over an index that is given there it still holds for all."""
    moved = {key: value for key, value in moved.items() if key not in dict(law.indices)}
    indices = tuple(
        (symbol, frozenset(size.xreplace(dict(moved)) for size in sizes))
        for symbol, sizes in law.indices
    )
    conditions = tuple(substitute(condition, moved) for condition in law.conditions)
    lhs, rhs = substitute(law.lhs, moved), substitute(law.rhs, moved)
    return Law(law.op, lhs, rhs, indices, conditions)


def _is_false(relation: Relation) -> bool:
    """Whether a relation between numbers fails."""
    sides = (relation.lhs, relation.rhs)
    if not all(isinstance(side, Expr) and side.is_Rational for side in sides):
        return False
    left, right = sides
    return not {
        "==": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[relation.op]


RULE = Rule("enumeration", "a statement in finitely many cases", discharge)
