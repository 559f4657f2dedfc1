"""**definite**: a symmetric matrix is positive (semi)definite, or it is not.

By the signs of its minors; with `gram=B` by matrix = B^T B, strictly where B has full column rank.
The negation also by `vector=v` with v^T matrix v < 0, or <= 0 and v != 0 for the strict statement.
"""

from __future__ import annotations

from typing import Any

from verifier.derive.consequences import assuming_all
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, relation_holds
from verifier.derive.nonzero import all_have_values, attempted
from verifier.derive.ranks import Ranked
from verifier.derive.rules.entrywise import every, relations_of, some_fails
from verifier.exact.arrays import array
from verifier.exact.statements import Not, Statement, eq, gt, le, lt
from verifier.exact.statements.definite import Definite

OPTIONS = ("gram", "vector")


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`definite` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    context = assuming_all(context)
    if isinstance(statement, Definite):
        gram = context.by.get("gram")
        if gram is not None:
            return _by_factor(statement, array(gram), context)
        return every(context.reader(), statement, statement.unfolded())
    if isinstance(statement, Not) and isinstance(statement.statement, Definite):
        denied = statement.statement
        vector = context.by.get("vector")
        if vector is not None:
            return _by_vector(denied, vector, context)
        return some_fails(context.reader(), denied, denied.unfolded())
    return refuse("`definite` reads that an array is positive (semi)definite, or the negation.")


def _by_factor(statement: Definite, factor: Any, context: Context) -> Discharge:
    if factor.shape[1] != statement.matrix.shape[0]:
        return refuse(f"a factor of shape {factor.shape} does not fit.")
    product = eq(statement.matrix, factor.T @ factor)
    reader = context.reader()
    parts = [("factorisation", every(reader, product, relations_of(product) or ()))]
    values = all_have_values(reader, factor)
    parts.append(("values of the factor", values))
    if statement.strictly:
        full = Ranked.read(factor, context).at_least(factor.shape[1])
        parts.append(("full column rank", full))
    return attempted(all_hold(parts))


def _by_vector(statement: Definite, vector: Any, context: Context) -> Discharge:
    """v^T A v < 0, or v^T A v <= 0 and |v|^2 > 0, denies that A is positive (semi)definite."""
    v = array(vector)
    if v.shape != (statement.matrix.shape[0], 1):
        return refuse(f"a vector of shape {v.shape} does not fit.")
    reader = context.reader()
    form, size = (v.T @ statement.matrix @ v)[0, 0], (v.T @ v)[0, 0]
    parts = [("values", all_have_values(reader, statement, v))]
    if not statement.strictly:
        parts.append(("v^T A v < 0", relation_holds(reader, lt(form, 0))))
    else:
        parts.append(("v^T A v <= 0", relation_holds(reader, le(form, 0))))
        parts.append(("v != 0", relation_holds(reader, gt(size, 0))))
    return attempted(all_hold(parts))


RULE = Rule("definite", "a positive (semi)definite array, or the negation", discharge)
