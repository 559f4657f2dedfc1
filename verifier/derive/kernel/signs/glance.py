"""**A glance** in floats: whether an inequality is plainly false, so that no proof is searched.

Nothing is decided by it: a refusal needs no proof. Only points where every hypothesis holds with
room to spare, and where the target is plainly negative, count.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sympy import Dummy, Expr, lambdify

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.field.tower import Generator
from verifier.derive.kernel.signs import Range
from verifier.derive.kernel.signs.region import Region
from verifier.derive.kernel.squares.certificate import Poly
from verifier.errors import UnsupportedError

Values = NDArray[np.float64]
POINTS = 400
PLAINLY = 1e-6
SCALES = (0.1, 0.5, 2.0, 10.0)


def plainly_negative(region: Region) -> dict[str, float] | None:
    """Symbols at a point where the target is plainly negative; None where none was seen."""
    generators = [region.reader.tower.generators[slot] for slot in region.slots]
    with np.errstate(all="ignore"):
        columns = _columns(region)
        if not set(region.slots) <= columns.keys():
            return None
        at = np.array([columns[slot] for slot in region.slots]).T.reshape(POINTS, len(generators))
        value = relative(terms_of(region.target), at)
        inside = np.isfinite(value) & (value < -PLAINLY)
        for known in (k for k in region.known if not k.built_in):
            gap = relative(terms_of(known.poly), at)
            inside &= np.abs(gap) < 1e-12 if known.op == "==" else _off(gap, known.op)
    found = np.flatnonzero(inside)
    if not len(found):
        return None
    symbols = (g for g in region.reader.tower.generators if g.kind == "symbol")
    return {g.label: float(columns[g.slot][found[0]]) for g in symbols}


def _off(gap: Values, op: str) -> NDArray[np.bool_]:
    return np.abs(gap) > PLAINLY if op == "!=" else gap > PLAINLY


def _columns(region: Region) -> dict[int, Values]:
    """The values of every generator that has some here, by its slot."""
    draw = np.random.default_rng(0)
    columns: dict[int, Values] = {}
    for generator in region.reader.tower.generators:
        if generator.kind == "symbol":
            bounds = region.reader.oracle.ranges.get(generator.slot, Range())
            columns[generator.slot] = _drawn(bounds, draw)
            continue
        value = _value(generator, columns)
        if value is not None:
            columns[generator.slot] = value
    return columns


def _value(generator: Generator, columns: dict[int, Values]) -> Values | None:
    """A function at every point, by its expression in sympy over what is inside."""
    inner: dict[Expr, Values] = {}

    def show(element: Element) -> Expr:
        slots = _slots(element.num) | _slots(element.den)
        if not slots <= columns.keys():
            raise UnsupportedError(f"{element} has no value here.")
        symbol = Dummy()
        inner[symbol] = _at(element.num, columns) / _at(element.den, columns)
        return symbol

    try:
        expr = kinds()[generator.kind].express(generator, show)
        function = lambdify(list(inner), expr, "numpy")
        return np.asarray(function(*inner.values()), dtype=float) + np.zeros(POINTS)
    except (KeyError, UnsupportedError, TypeError, NameError):
        return None


def _drawn(bounds: Range, draw: np.random.Generator) -> Values:
    low, high = (
        None if end is None else int(end.p) / int(end.q) for end in (bounds.low, bounds.high)
    )
    scale = np.resize(np.array(SCALES), POINTS)
    if low is not None and high is not None:
        return np.asarray(low + (high - low) * draw.random(POINTS))
    if low is not None:
        return np.asarray(low + scale * draw.exponential(size=POINTS))
    if high is not None:
        return np.asarray(high - scale * draw.exponential(size=POINTS))
    return np.asarray(scale * draw.standard_normal(POINTS))


def _slots(poly: Poly) -> set[int]:
    return {slot for slot, degree in enumerate(poly.degrees()) if degree > 0}


def _at(poly: Poly, columns: dict[int, Values]) -> Values:
    """A polynomial of the tower at every point."""
    total = np.zeros(POINTS)
    for exponents, c in poly.to_dict().items():
        term = np.full(POINTS, int(c.p) / int(c.q))
        for slot, exponent in enumerate(exponents):
            if exponent:
                term = term * columns[slot] ** int(exponent)
        total = total + term
    return total


Terms = tuple[Values, Values]


def terms_of(poly: Poly) -> Terms:
    """Exponents (terms, variables) and coefficients, scaled so that the largest is 1."""
    items = list(poly.to_dict().items())
    exponents = np.array([list(map(int, e)) for e, _ in items], dtype=float)
    largest = max((abs(c) for _, c in items), default=1)
    scaled = [c / largest for _, c in items]
    numbers = np.array([int(c.p) / int(c.q) for c in scaled], dtype=float)
    return exponents.reshape(len(items), poly.context().nvars()), numbers


def relative(terms: Terms, at: Values) -> Values:
    """Values over the sum of the sizes of the terms, at points of shape (points, variables)."""
    exponents, coefficients = terms
    monomials = np.prod(at[:, None, :] ** exponents[None, :, :], axis=2)
    size = 1e-300 + np.abs(monomials) @ np.abs(coefficients)
    return np.asarray((monomials @ coefficients) / size)
