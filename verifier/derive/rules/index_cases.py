"""**index_cases**: a statement about members at two indices, split into i = j and i != j.

`by.index_cases(on=(i, j), then=...)`: in the first case j is i, in the second ne(i, j) is known. A
case that a condition on the indices excludes is left out.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Symbol

from verifier.by import Justification
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse
from verifier.derive.quantified import looking_at, split
from verifier.errors import StatementError
from verifier.exact.families import is_count
from verifier.exact.statements import Relation, Statement, ne
from verifier.exact.substitution import bound_names, substitute


def discharge(statement: Statement, context: Context) -> Discharge:
    on, then = context.by.get("on"), context.by.get("then")
    unknown = sorted({name for name, _ in context.by.options} - {"on", "then"})
    if unknown:
        return refuse(f"`index_cases` has no option `{unknown[0]}`; it has on and then.")
    if not isinstance(on, tuple) or len(on) != 2 or not isinstance(then, Justification):
        return refuse("`index_cases` needs `on`, two indices, and `then`, a justification.")
    i, j = on
    if not all(isinstance(k, Symbol) and is_count(k) for k in on) or i == j:
        return refuse(f"`index_cases` is on two indices, made with indices; got {i!r} and {j!r}.")
    if {str(i), str(j)} & bound_names(statement):
        return refuse(f"`{i}` or `{j}` is bound in {statement}.")
    apart = looking_at(context, statement, ne(i, j)).with_rule(then)
    parts = [(f"case {i} != {j}", context.rules(then.rule).discharge(statement, apart))]
    plain, laws = split(context.hypotheses)
    try:
        part = substitute(statement, {j: i})
        kept = [substitute(relation, {j: i}) for relation in plain]
        known = tuple(substitute(thing, {j: i}) for thing in context.known)
    except StatementError as fault:
        return refuse(f"{i} = {j} cannot be written: {fault}")
    if not any(map(_is_false, kept)):
        here = replace(context, hypotheses=(*kept, *laws), known=known)
        same = looking_at(here, part).with_rule(then)
        parts.insert(0, (f"case {i} = {j}", context.rules(then.rule).discharge(part, same)))
    return replace(all_hold(parts), disproof=False)


def _is_false(relation: Relation) -> bool:
    return relation.op in ("!=", "<", ">") and bool(relation.lhs == relation.rhs)


RULE = Rule("index_cases", "any statement, split by whether two indices are equal", discharge)
