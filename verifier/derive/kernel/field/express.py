"""**Express**: an element of a tower as a sympy expression again, for display and evaluation."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.field.tower import Generator, Tower
from verifier.errors import UnsupportedError


def express(element: Element, atoms: dict[str, Expr]) -> Expr:
    """`element` over `atoms`, the symbols and inner products by label; no abstract functions."""
    tower = element.tower
    return _poly(tower, element.num, atoms) / _poly(tower, element.den, atoms)


def _poly(tower: Tower, poly: Poly, atoms: dict[str, Expr]) -> Expr:
    terms: list[Expr] = []
    for monomial, coefficient in poly.to_dict().items():
        factors: list[Any] = [sympy.Rational(int(coefficient.p), int(coefficient.q))]
        for slot, exponent in enumerate(monomial):
            if exponent:
                base = _generator(tower.generators[slot], atoms)
                factors.append(base ** int(exponent))
        terms.append(sympy.Mul(*factors))
    return sympy.Add(*terms)


def _generator(generator: Generator, atoms: dict[str, Expr]) -> Expr:
    if generator.label in atoms and generator.kind == "symbol":
        return atoms[generator.label]
    if generator.kind not in kinds():
        raise UnsupportedError(f"`{generator.label}` has no expression of its own.")
    return kinds()[generator.kind].express(generator, lambda inner: express(inner, atoms))
