"""**hessian_map**: the Hessian-map condition of a field for every d, by component cases.

The cases i, j, k distinct and i = j different from k are all there are. The negation is shown
where the second case cannot vanish: at w_i = 3, w_k = 4, all else 0, for d >= 2.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Symbol

from verifier.derive.calculus import distinct_case, off_origin, repeated_case
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    all_hold,
    conclude,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.kernel.element import Element
from verifier.derive.kernel.express import express
from verifier.derive.kernel.specialise import specialise
from verifier.derive.kernel.tower import POSITIVE
from verifier.errors import UnsupportedError
from verifier.exact.fields import SymmetricField
from verifier.exact.scalars import exact
from verifier.exact.statements import HessianMap, Not, Statement, ne
from verifier.exact.substitution import names_in, scalars_in, substitute

WITNESSES = ((3, 4, 5), (-4, 3, 5), (1, 0, 1))


def discharge(statement: Statement, context: Context) -> Discharge:
    if isinstance(statement, HessianMap):
        return _condition(statement.field, context)
    if isinstance(statement, Not) and isinstance(statement.statement, HessianMap):
        return _negation(statement.statement.field, context)
    return refuse("`hessian_map` reads the Hessian-map condition or its negation.")


def _condition(field: SymmetricField, context: Context) -> Discharge:
    reader = context.assuming(off_origin(field.at)).reader()
    return all_hold(
        (
            ("i, j, k distinct", vanishes(reader, distinct_case(field))),
            ("i = j, k different", vanishes(reader, repeated_case(field))),
        )
    )


def _negation(field: SymmetricField, context: Context) -> Discharge:
    at = field.at
    d = Symbol(at.space, integer=True, positive=True)
    components = {str(at.i), str(at.j), str(at.k), str(at.norm)}
    if any(components & names_in(h) for h in context.hypotheses):
        return refuse("a hypothesis about the point may exclude the points that are tried.")
    plain = context.reader()
    if plain.sign(plain.read(d - 1)) != POSITIVE:
        return refuse("in dimension 1 every field is a Hessian map, and nothing excludes d = 1.")
    general = context.assuming(off_origin(at)).reader()
    defect, needed = general.fresh(repeated_case(field), *scalars_in(field))
    for w_i, w_k, r in WITNESSES:
        reader = context.reader()
        labels = {str(at.i): w_i, str(at.k): w_k, str(at.norm): r}
        values = {name: reader.read(exact(value)) for name, value in labels.items()}
        reader.tower.conditions.clear()
        moved = specialise(defect, values, reader)
        for need in needed:
            reader.tower.require(need.kind, specialise(need.element, values, reader))
        if 0 not in reader.sign(moved):
            shown = f"the defect at w = ({w_i}, {w_k}, 0, ...) is {moved}"
            answer = conclude(reader, reader.tower.conditions.values(), shown)
            if answer.holds:
                point = {at.i: w_i, at.k: w_k, at.norm: r}
                return _with_certificates(answer, field, defect, point, context)
    return refuse(
        f"the defect d_k H_ii - d_i H_ik =\n    {defect}\n  may vanish at the points tried."
    )


def _with_certificates(
    answer: Discharge,
    field: SymmetricField,
    defect: Element,
    point: dict[Symbol, int],
    context: Context,
) -> Discharge:
    """The answer, certified where the defect has one closed form off the origin.

    Two goals: the defect is that form, and the form is not zero at the point.
    """
    case = repeated_case(field)
    try:
        closed = express(defect, {str(symbol): symbol for symbol in case.free_symbols})
        general = context.assuming(off_origin(field.at)).reader()
        here = relation_holds(context.reader(), ne(substitute(closed, point), 0))
        both = all_hold((("form", vanishes(general, case - closed)), ("point", here)))
    except UnsupportedError:
        return answer
    if not both.certified:
        return answer
    return replace(answer, certificates=both.certificates, certified=both.holds)


RULE = Rule("hessian_map", "the Hessian-map condition, or its negation for d >= 2", discharge)
