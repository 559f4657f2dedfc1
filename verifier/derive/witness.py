"""**Witness points**: where a component expression on R^d is certainly not zero, for every d >= 2.

The points have two components and zeros, such as w_i = 3, w_k = 4 with |w| = 5.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Symbol

from verifier.derive.calculus import off_origin
from verifier.derive.context import (
    Context,
    Discharge,
    all_hold,
    conclude,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.express import express
from verifier.derive.kernel.field.specialise import specialise
from verifier.derive.kernel.field.tower import POSITIVE
from verifier.errors import UnsupportedError
from verifier.exact.fields import SymmetricField
from verifier.exact.scalars import exact
from verifier.exact.statements import ne
from verifier.exact.substitution import names_in, scalars_in, substitute

POINTS = ((3, 4, 5), (-4, 3, 5), (1, 0, 1))


def nonzero_somewhere(
    name: str, defect: Expr, field: SymmetricField, context: Context
) -> Discharge:
    """Whether `defect`, in w_i, w_k and r of the field, is not zero at one of the points.

    It must have a value there, and nothing may exclude the point or allow d = 1.
    """
    at = field.at
    d = Symbol(at.space, integer=True, positive=True)
    components = {str(at.i), str(at.j), str(at.k), str(at.norm)}
    if any(components & names_in(h) for h in context.hypotheses):
        return refuse("a hypothesis about the point may exclude the points that are tried.")
    plain = context.reader()
    if plain.sign(plain.read(d - 1)) != POSITIVE:
        return refuse("in dimension 1 every field is a Hessian map, and nothing excludes d = 1.")
    general = context.assuming(off_origin(at)).reader()
    element, needed = general.fresh(defect, *scalars_in(field))
    for w_i, w_k, r in POINTS:
        reader = context.reader()
        labels = {str(at.i): w_i, str(at.k): w_k, str(at.norm): r}
        values = {label: reader.read(exact(value)) for label, value in labels.items()}
        reader.tower.conditions.clear()
        moved = specialise(element, values, reader)
        for need in needed:
            reader.tower.require(need.kind, specialise(need.element, values, reader))
        if 0 not in reader.sign(moved):
            shown = f"{name} at w = ({w_i}, {w_k}, 0, ...) is {moved}"
            answer = conclude(reader, reader.tower.conditions.values(), shown)
            if answer.holds:
                point = {at.i: w_i, at.k: w_k, at.norm: r}
                return _with_certificates(answer, field, defect, element, point, context)
    return refuse(f"{name} =\n    {element}\n  may vanish at the points tried.")


def _with_certificates(
    answer: Discharge,
    field: SymmetricField,
    defect: Expr,
    element: Element,
    point: dict[Symbol, int],
    context: Context,
) -> Discharge:
    """The answer, certified where the defect has one closed form off the origin.

    Two goals: the defect is that form, and the form is not zero at the point.
    """
    try:
        closed = express(element, {str(symbol): symbol for symbol in defect.free_symbols})
        general = context.assuming(off_origin(field.at)).reader()
        here = relation_holds(context.reader(), ne(substitute(closed, point), 0))
        both = all_hold((("form", vanishes(general, defect - closed)), ("point", here)))
    except UnsupportedError:
        return answer
    if not both.certified:
        return answer
    return replace(answer, certificates=both.certificates, certified=both.holds)
