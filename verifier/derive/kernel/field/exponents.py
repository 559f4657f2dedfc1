"""**Exponential polynomials**: sums of c x^a exp(<r, x>), read off the normal form.

The functions x^a exp(<r, x>) with different pairs (a, r) are independent on every open set, for any
number of variables; where an exponent a is no number, on every open set with x > 0. A common factor
that is not zero changes nothing, so that denominators are cleared first: tanh and the logistic
function are covered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq
from sympy import Symbol

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import ZERO
from verifier.derive.kernel.field.tower import Tower
from verifier.derive.kernel.linear.affine import depends, used_slots, variable_slots
from verifier.derive.kernel.linear.linalg import numerators
from verifier.errors import UnsupportedError


@dataclass(frozen=True)
class Basic:
    """x^powers exp(<rates, x>), with powers and rates free of x."""

    powers: tuple[Element, ...]
    rates: tuple[Element, ...]


@dataclass(frozen=True)
class Expanded:
    """Functions as combinations of different basic ones: a row of coefficients for each."""

    basis: list[Basic]
    rows: list[list[Element]]


def expanded(reader: Reader, functions: Sequence[Element], variables: Sequence[Symbol]) -> Expanded:
    """The functions over different basic functions.

    Raises `UnsupportedError` for other functions, and where two rates may be equal or not.
    """
    expansions = [_terms(reader, poly, variables) for poly in numerators(functions)]
    basis: list[Basic] = []
    for expansion in expansions:
        for basic, _ in expansion:
            if not any(same(reader, basic, other) for other in basis):
                basis.append(basic)
    rows = []
    for expansion in expansions:
        row = [reader.tower.zero] * len(basis)
        for basic, coefficient in expansion:
            place = next(k for k, other in enumerate(basis) if same(reader, basic, other))
            row[place] = row[place] + coefficient
        rows.append(row)
    return Expanded(basis, rows)


def _terms(
    reader: Reader, element: Element, variables: Sequence[Symbol]
) -> list[tuple[Basic, Element]]:
    """The terms of a polynomial in the generators, each as basic function and coefficient."""
    tower = reader.tower
    slots = variable_slots(tower, variables)
    out = []
    for monomial, coefficient in element.num.to_dict().items():
        powers = [tower.zero] * len(variables)
        rates = [tower.zero] * len(variables)
        front = tower.constant(fmpq(coefficient))
        for slot, exponent in enumerate(map(int, monomial)):
            if not exponent:
                continue
            if slot in slots:
                k = slots[slot]
                powers[k] = powers[k] + tower.constant(fmpq(exponent))
            elif not depends(tower, slot, slots):
                front = front * tower.element_of(tower.generators[slot]).power(exponent)
            elif (power := _power(tower, slot, slots)) is not None:
                k, value = power
                powers[k] = powers[k] + value.scaled(fmpq(exponent))
            else:
                for k, rate in enumerate(_rates(reader, slot, variables, slots)):
                    rates[k] = rates[k] + rate.scaled(fmpq(exponent))
        out.append((Basic(tuple(powers), tuple(rates)), front))
    return out


def _power(tower: Tower, slot: int, slots: dict[int, int]) -> tuple[int, Element] | None:
    """The variable x and the exponent a, free of the variables, where g = x^a = exp(a log x)."""
    generator = tower.generators[slot]
    if generator.kind == "power" and generator.exponent is not None:
        base, exponent = tower.alone(generator.argument), generator.exponent
        if base is not None and base.slot in slots and not _moves(tower, exponent, slots):
            return slots[base.slot], exponent
    argument = generator.argument
    for inner in used_slots(argument.num) if generator.kind == "exp" else ():
        log = tower.generators[inner]
        base = tower.alone(log.argument) if log.kind == "log" else None
        exponent = Element.make(tower, argument.num, argument.den * tower.gens[inner])
        if base is not None and base.slot in slots and not _moves(tower, exponent, slots):
            return slots[base.slot], exponent
    return None


def _moves(tower: Tower, element: Element, slots: dict[int, int]) -> bool:
    polys = (element.num, element.den)
    return any(depends(tower, slot, slots) for poly in polys for slot in used_slots(poly))


def _rates(
    reader: Reader, slot: int, variables: Sequence[Symbol], slots: dict[int, int]
) -> list[Element]:
    """The r with generator = exp(<r, x>)."""
    tower = reader.tower
    generator = tower.generators[slot]
    if generator.kind != "exp":
        raise UnsupportedError(f"`{generator.label}` is no exponential of a linear form.")
    argument = generator.argument
    rates, linear = [], tower.zero
    for variable in variables:
        rate = tower.derivative(argument, str(variable))
        if _moves(tower, rate, slots):
            raise UnsupportedError(f"`{generator.label}` is no exponential of a linear form.")
        rates.append(rate)
        linear = linear + rate * tower.symbol(str(variable))
    if not (argument - linear).is_zero:
        raise UnsupportedError(f"`{generator.label}` is no exponential of a linear form.")
    return rates


def same(reader: Reader, one: Basic, two: Basic) -> bool:
    """Whether the two are one function; raises `UnsupportedError` where that is open."""
    pairs = zip((*one.powers, *one.rates), (*two.powers, *two.rates), strict=True)
    gaps = [a - b for a, b in pairs]
    signs = [ZERO if gap.is_zero else reader.sign(gap) for gap in gaps]
    if all(known == ZERO for known in signs):
        return True
    if any(0 not in known for known in signs):
        return False
    total = reader.tower.zero
    for gap in gaps:
        total = total + gap * gap
    if 0 not in reader.sign(total):
        return False
    left = next(gap for gap, known in zip(gaps, signs, strict=True) if known != ZERO)
    raise UnsupportedError(f"the rates may be equal: nothing shows that\n    {left}\n  is not 0.")
