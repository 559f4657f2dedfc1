"""**rank**: the rank of a matrix of a concrete size, or a bound of it, or the negation.

From below by a minor, from above by vanishing minors. Options: `minor=(rows, columns)`, counted
from 0, is the minor that is not zero; `kernel` has independent columns that the matrix maps to
zero; `factors=(U, V)` with matrix = U V bounds the rank by the number of columns of U.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from verifier.by import Justification
from verifier.derive.consequences import assuming_all
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse
from verifier.derive.nonzero import attempted
from verifier.derive.ranks import Ranked, bound_by_factors, bound_by_kernel, chosen_minor
from verifier.exact.arrays import array
from verifier.exact.statements import Not, Statement
from verifier.exact.statements.rank import Rank
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("minor", "kernel", "factors")


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`rank` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    context = assuming_all(context)
    if isinstance(statement, Rank):
        return _holds(statement, context)
    if isinstance(statement, Not) and isinstance(statement.statement, Rank):
        return _fails(statement.statement, context)
    return refuse("`rank` reads statements about the rank of an array, or their negation.")


def _holds(statement: Rank, context: Context) -> Discharge:
    minor = context.by.get("minor")
    choice = None if minor is None else chosen_minor(minor)
    ranked = Ranked.read(statement.matrix, context, choice)
    r = statement.rank
    parts = []
    if statement.op in ("==", ">="):
        lower = ranked.at_least(r)
        if not lower.holds:
            return _refused(lower, ranked.at_most(r - 1))
        parts.append((f"rank >= {r}", lower))
    if statement.op in ("==", "<="):
        upper = _upper(statement, ranked, context)
        if not upper.holds:
            return _refused(upper, ranked.at_least(r + 1))
        parts.append((f"rank <= {r}", upper))
    return replace(all_hold(parts), reason=next((p.reason for _, p in parts if p.reason), ""))


def _upper(statement: Rank, ranked: Ranked, context: Context) -> Discharge:
    kernel, factors = context.by.get("kernel"), context.by.get("factors")
    if kernel is not None:
        bound, found = bound_by_kernel(statement.matrix, array(kernel), context)
    elif factors is not None:
        left, right = (array(part) for part in factors)
        bound, found = left.shape[1], bound_by_factors(statement.matrix, left, right, context)
    else:
        return ranked.at_most(statement.rank)
    if found.holds and bound > statement.rank:
        return refuse(f"this shows no more than rank <= {bound}.")
    return attempted(all_hold((("values", ranked.valued), ("bound", found))))


def _refused(answer: Discharge, opposite: Discharge) -> Discharge:
    """The refusal, a disproof where the opposite bound holds."""
    if opposite.holds:
        return replace(answer, reason=f"the rank is another one: {answer.reason}", disproof=True)
    return answer


def _fails(statement: Rank, context: Context) -> Discharge:
    ranked = Ranked.read(statement.matrix, context)
    above = ranked.at_least(statement.rank + 1) if statement.op != ">=" else refuse("")
    if above.holds:
        return above
    below = ranked.at_most(statement.rank - 1) if statement.op != "<=" else refuse("")
    if below.holds:
        return below
    reasons = [answer.reason for answer in (above, below) if answer.reason]
    return refuse("; ".join(reasons))


def truth(statement: Statement) -> Truth:
    """The answer for a matrix of numbers."""
    context = Context((), Justification("rank"), no_rules)
    answer = discharge(statement, context)
    if answer.holds:
        return TRUE
    return FALSE if answer.disproof else unknown(answer.reason)


def no_rules(name: str) -> Any:
    raise LookupError(f"A rank needs no rule `{name}`.")


RULE = Rule(
    "rank", "the rank of an array, a bound of it, or the negation", discharge, (Rank,), truth
)
