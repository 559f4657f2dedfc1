"""**square_root**: two sides of one sign with equal squares are equal."""

from __future__ import annotations

from dataclasses import replace

from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    is_scalar,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.kinks import by_kinks
from verifier.exact.statements import Relation, Statement, ge, le


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or statement.op != "==" or not is_scalar(statement.lhs):
        return refuse("`square_root` reads equations between scalars only.")
    lhs, rhs = statement.lhs, statement.rhs
    squares = vanishes(context.reader(), lhs**2 - rhs**2, lhs, rhs)
    if not squares.holds:
        return Discharge(False, f"the squares differ: {squares.reason}", disproof=squares.disproof)
    answers = []
    for relation in (ge, le):
        reader = context.reader()
        left = relation_holds(reader, relation(lhs, 0))
        answers.append(
            all_hold(
                (
                    ("squares", squares),
                    ("sign of the left side", left),
                    ("sign of the right side", relation_holds(reader, relation(rhs, 0))),
                )
            )
        )
    both = next((answer for answer in answers if answer.holds), answers[0])
    return replace(both, disproof=False)


RULE = Rule("square_root", "an equation between two scalars of one sign", by_kinks(discharge))
