"""**Affine relations** in some of the symbols, read off the normal form."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq
from sympy import Symbol

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.tower import Tower
from verifier.derive.kernel.linear.polyhedron import Affine
from verifier.exact.statements import Relation


def affine_row(reader: Reader, relation: Relation, variables: Sequence[Symbol]) -> Affine | None:
    """The relation as an affine form over Q in the variables, with ==, !=, > or >=.

    None where it is no such form, or where a side may have no value.
    """
    gap = relation.lhs - relation.rhs
    element, conditions = reader.fresh(gap, relation.lhs, relation.rhs)
    if conditions or not element.den.is_constant():
        return None
    slots = variable_slots(reader.tower, variables)
    row, constant = [fmpq(0)] * len(variables), fmpq(0)
    for monomial, coefficient in element.num.to_dict().items():
        used = [slot for slot, exponent in enumerate(monomial) if exponent]
        if not used:
            constant = fmpq(coefficient)
        elif len(used) == 1 and monomial[used[0]] == 1 and used[0] in slots:
            row[slots[used[0]]] = fmpq(coefficient)
        else:
            return None
    scale = 1 / fmpq(element.den.leading_coefficient())
    if relation.op in ("<", "<="):
        scale = -scale
    op = {"<": ">", "<=": ">="}.get(relation.op, relation.op)
    return Affine(str(relation), tuple(c * scale for c in row), constant * scale, op)


def is_affine(reader: Reader, relation: Relation, variables: Sequence[Symbol]) -> bool:
    """Whether the gap of the sides is affine in the variables, whatever the coefficients are."""
    gap = relation.lhs - relation.rhs
    element, conditions = reader.fresh(gap, relation.lhs, relation.rhs)
    slots = variable_slots(reader.tower, variables)
    fixed = [element.den]  # a divisor that cancels still makes holes
    for condition in conditions:
        fixed += [condition.element.num, condition.element.den]
    if any(depends(reader.tower, slot, slots) for poly in fixed for slot in used_slots(poly)):
        return False
    for monomial in element.num.to_dict():
        met = [s for s, e in enumerate(monomial) if e and depends(reader.tower, s, slots)]
        if len(met) > 1 or any(s not in slots or monomial[s] != 1 for s in met):
            return False
    return True


def variable_slots(tower: Tower, variables: Sequence[Symbol]) -> dict[int, int]:
    """The place of each variable by its slot, for those that the tower has met."""
    labels = ((k, str(variable)) for k, variable in enumerate(variables))
    return {tower.by_label[name].slot: k for k, name in labels if name in tower.by_label}


def depends(tower: Tower, slot: int, slots: dict[int, int]) -> bool:
    """Whether the generator in `slot` is one of `slots` or has one inside."""
    if slot in slots:
        return True
    generator = tower.generators[slot]
    inner: list[Element] = [e for e in (generator.inside, generator.exponent) if e is not None]
    return any(
        depends(tower, below, slots)
        for element in inner
        for poly in (element.num, element.den)
        for below in used_slots(poly)
    )


def used_slots(poly: Poly) -> list[int]:
    """The slots that occur in a polynomial of a tower."""
    return [slot for slot, degree in enumerate(poly.degrees()) if degree > 0]
