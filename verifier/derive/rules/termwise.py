"""**termwise**: sums or products over one range, compared term by term.

    f_i <= g_i for every i   gives   sum_i f_i <= sum_i g_i,

and prod_i f_i <= prod_i g_i where 0 <= f_i as well. A strict sign needs a range that is not empty.
`by.termwise(then=...)` says how the terms are compared; the sign of their difference, if nothing
is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol

from verifier import by
from verifier.by import Justification
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    is_scalar,
    refuse,
    relation_holds,
)
from verifier.derive.quantified import fresh_index, looking_at
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, ge, le
from verifier.exact.sums import Multiplied, Summed

OPPOSITE = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


@dataclass(frozen=True)
class Side:
    """A sum or product as it is compared; None stands for the number 0, over every range."""

    whole: Summed | Multiplied | None

    def at(self, index: Symbol) -> Expr:
        return exact(0) if self.whole is None else self.whole.at(index)


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or statement.op == "!=":
        return refuse("`termwise` compares sums or products by <, <=, >, >= or ==.")
    if not (is_scalar(statement.lhs) and is_scalar(statement.rhs)):
        return refuse("`termwise` compares scalars only.")
    left, right = _side(statement.lhs), _side(statement.rhs)
    wholes = [s.whole for s in (left, right) if s is not None and s.whole is not None]
    if left is None or right is None or not wholes or not _alike(wholes):
        return refuse("`termwise` reads two sums, or two products, over one and the same range.")
    index = fresh_index((statement, *context.hypotheses))
    lower, upper = wholes[0].lower, wholes[0].upper
    terms = [Relation(statement.op, left.at(index), right.at(index))]
    if isinstance(wholes[0], Multiplied):
        if len(wholes) != 2:
            return refuse("`termwise` compares a product with a product only.")
        small = left if statement.op in ("<", "<=") else right
        terms += [ge(small.at(index), 0)] if statement.op != "==" else []
    inside = [ge(index, lower), le(index, upper)]
    then = context.by.get("then", by.sign)
    parts = [
        (f"term {term}", _by(then if k == 0 else _plain(term), term, context, inside))
        for k, term in enumerate(terms)
    ]
    if statement.op in ("<", ">"):
        some = relation_holds(context.reader(), ge(upper, lower))
        if not some.holds:
            return refuse(f"the range {lower}..{upper} may be empty, and {statement} is strict.")
        parts.append(("some term", some))
    return all_hold(parts)


def _by(then: Justification, term: Relation, context: Context, inside: list[Relation]) -> Discharge:
    inner = looking_at(context, term, *inside).with_rule(then)
    return context.rules(then.rule).discharge(term, inner)


def _plain(term: Relation) -> Justification:
    return by.identity if term.op == "==" else by.sign


def _side(expr: Expr) -> Side | None:
    """The side as one sum or product, with factors and other sums taken inside."""
    if expr == 0:
        return Side(None)
    if isinstance(expr, (Summed, Multiplied)):
        return Side(expr)
    parts = [_side(arg) for arg in expr.args] if expr.is_Add else []
    wholes = [part.whole for part in parts if part is not None and part.whole is not None]
    if wholes and len(wholes) == len(parts) and _alike(wholes) and isinstance(wholes[0], Summed):
        first = wholes[0]
        return Side(Summed(sympy.Add(*(w.at(first.index) for w in wholes)), *first.args[1:]))
    sums = [arg for arg in expr.args if isinstance(arg, Summed)] if expr.is_Mul else []
    if len(sums) == 1:
        rest = [arg for arg in expr.args if arg is not sums[0]]
        return Side(Summed(sympy.Mul(sums[0].body, *rest), *sums[0].args[1:]))
    return None


def _alike(wholes: list[Summed | Multiplied]) -> bool:
    kinds = {(type(whole), whole.lower, whole.upper) for whole in wholes}
    return len(kinds) == 1


RULE = Rule("termwise", "two sums, or two products, over one range", discharge)
