"""**Exponential polynomials**: sums of c x^a exp(<r, x>), read off the normal form.

The functions x^a exp(<r, x>) with different pairs (a, r) are independent on every open set, for any
number of variables. A common factor that is not zero changes nothing, so that denominators are
cleared first: tanh and the logistic function are covered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq
from sympy import Symbol

from verifier.derive.kernel.affine import depends, used_slots, variable_slots
from verifier.derive.kernel.element import Element
from verifier.derive.kernel.linalg import numerators
from verifier.derive.kernel.reader import Reader
from verifier.derive.kernel.signsets import ZERO
from verifier.errors import UnsupportedError


@dataclass(frozen=True)
class Basic:
    """x^powers exp(<rates, x>), with rates free of x."""

    powers: tuple[int, ...]
    rates: tuple[Element, ...]


def coefficient_rows(
    reader: Reader, functions: Sequence[Element], variables: Sequence[Symbol]
) -> list[list[Element]]:
    """A row of coefficients for each function, over different basic functions.

    Raises `UnsupportedError` for other functions, and where two rates may be equal or not.
    """
    expansions = [_terms(reader, poly, variables) for poly in numerators(functions)]
    basis: list[Basic] = []
    for expansion in expansions:
        for basic, _ in expansion:
            if not any(_same(reader, basic, other) for other in basis):
                basis.append(basic)
    rows = []
    for expansion in expansions:
        row = [reader.tower.zero] * len(basis)
        for basic, coefficient in expansion:
            place = next(k for k, other in enumerate(basis) if _same(reader, basic, other))
            row[place] = row[place] + coefficient
        rows.append(row)
    return rows


def _terms(
    reader: Reader, element: Element, variables: Sequence[Symbol]
) -> list[tuple[Basic, Element]]:
    """The terms of a polynomial in the generators, each as basic function and coefficient."""
    tower = reader.tower
    slots = variable_slots(tower, variables)
    out = []
    for monomial, coefficient in element.num.to_dict().items():
        powers = [0] * len(variables)
        rates = [tower.zero] * len(variables)
        front = tower.constant(fmpq(coefficient))
        for slot, exponent in enumerate(map(int, monomial)):
            if not exponent:
                continue
            if slot in slots:
                powers[slots[slot]] = exponent
            elif depends(tower, slot, slots):
                for k, rate in enumerate(_rates(reader, slot, variables, slots)):
                    rates[k] = rates[k] + rate.scaled(fmpq(exponent))
            else:
                front = front * tower.element_of(tower.generators[slot]).power(exponent)
        out.append((Basic(tuple(powers), tuple(rates)), front))
    return out


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
        if any(depends(tower, s, slots) for p in (rate.num, rate.den) for s in used_slots(p)):
            raise UnsupportedError(f"`{generator.label}` is no exponential of a linear form.")
        rates.append(rate)
        linear = linear + rate * tower.symbol(str(variable))
    if not (argument - linear).is_zero:
        raise UnsupportedError(f"`{generator.label}` is no exponential of a linear form.")
    return rates


def _same(reader: Reader, one: Basic, two: Basic) -> bool:
    """Whether the two are one function; raises `UnsupportedError` where that is open."""
    if one.powers != two.powers:
        return False
    gaps = [a - b for a, b in zip(one.rates, two.rates, strict=True)]
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
    open_gap = next(gap for gap, known in zip(gaps, signs, strict=True) if known != ZERO)
    raise UnsupportedError(
        f"the rates may be equal: nothing shows that\n    {open_gap}\n  is not 0."
    )
