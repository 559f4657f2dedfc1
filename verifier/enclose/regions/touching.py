"""**Touching sets**: inequalities whose two sides are equal on a set that the author names.

    m = h^r p                     factor form, r the multiplicity of h in m
    m = (x_k - g)^r m^(r)(xi)/r!  Taylor's form around x_k = g: m and its first r - 1 derivatives
                                  in x_k vanish there, exactly
    m = (u - g)' H(xi) (u - g)/2  the same in several variables u, with a Hessian H >= 0

Nothing near the set is left out: the form bounds the margin on it and beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from flint import fmpq, fmpq_mpoly
from sympy import Expr, Symbol

from verifier.enclose.linear.spectra import smallest_eigenvalue
from verifier.enclose.programs.compile import compile_expr, compile_margin
from verifier.enclose.programs.identity import Ratio, Ratios, scaled
from verifier.enclose.programs.program import Program
from verifier.enclose.programs.tangent import tangent
from verifier.enclose.regions.charts import Ends, Place
from verifier.enclose.regions.forms import Bounds, answer, truth_on
from verifier.enclose.regions.margins import Margin
from verifier.enclose.rings import ranges
from verifier.enclose.rings.ranges import Range
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation
from verifier.verdict import TRUE

_HIGHEST = 6  # order of contact


class Form(Protocol):
    """A way to see the sign of a margin near a set on which it vanishes."""

    def has_sign(self, sign: int, box: Place, *, strict: bool) -> bool:
        """Whether sign * margin >= 0, or > 0, on all of the box."""


@dataclass(frozen=True)
class Touch:
    """The forms of a margin around one named set, or why there are none."""

    forms: tuple[Form, ...]
    fault: str = ""

    def certifies(self, op: str, box: Place) -> bool:
        """Whether `margin op 0` on all of the box."""
        sign = {">=": 1, ">": 1, "<=": -1, "<": -1}.get(op)
        strict = op in ("<", ">")
        return sign is not None and any(f.has_sign(sign, box, strict=strict) for f in self.forms)


@dataclass(frozen=True)
class Factored:
    """The sign of the margin is that of the product of `factors`, or 0 if there is a `square`."""

    program: Program
    ratios: Ratios
    factors: tuple[fmpq_mpoly, ...]
    square: bool

    def has_sign(self, sign: int, box: Place, *, strict: bool) -> bool:
        whole = [ranges.between(*ends) for ends in box]
        if ranges.run(self.program, whole) is None:
            return False
        generators = self.ratios.generators_on(whole)
        if generators is None:
            return False
        for factor in self.factors:
            value = scaled(factor, generators)
            above, below = (
                answer(">" if strict else ">=", Bounds.of(v)) for v in (value, ranges.neg(value))
            )
            if above != TRUE and below != TRUE:
                return False
            sign = sign if above == TRUE else -sign
        return sign == 1 and not (strict and self.square)


@dataclass(frozen=True)
class Expanded:
    """Taylor's form in variable `index` around the value of `centre`."""

    index: int
    centre: Program
    derivatives: tuple[Program, ...]  # the function, then its derivatives up to the order
    margin: Program
    moving: tuple[int, ...]
    nonnegative: bool

    def has_sign(self, sign: int, box: Place, *, strict: bool) -> bool:
        wider = _with_centres(box, {self.index: self.centre}, self.nonnegative)
        if strict or wider is None or not _defined((self.margin, *self.derivatives), wider):
            return False
        if len(self.derivatives) % 2 == 0:
            whole = [ranges.between(*ends) for ends in box]
            middle = ranges.run(self.centre, whole)
            away = None if middle is None else ranges.sub(whole[self.index], middle)
            if away is None or not (away.low >= 0 or away.high <= 0):
                return False
            sign = sign if away.low >= 0 else -sign
        op = ">=" if sign > 0 else "<="
        return truth_on(op, self.derivatives[-1], wider, self.moving, ())[0].certain


@dataclass(frozen=True)
class Curved:
    """Taylor's form of order 2 in several variables around the values of `centres`."""

    centres: tuple[tuple[int, Program], ...]
    lower: tuple[Program, ...]  # the margin and its first derivatives
    hessian: tuple[tuple[Program, ...], ...]
    nonnegative: bool

    def has_sign(self, sign: int, box: Place, *, strict: bool) -> bool:
        wider = _with_centres(box, dict(self.centres), self.nonnegative)
        if strict or wider is None or not _defined(self.lower, wider):
            return False
        whole = [ranges.between(*ends) for ends in wider]
        rows = []
        for row in self.hessian:
            entries = [ranges.run(entry, whole) for entry in row]
            rows.append([e.ball() * sign for e in entries if e is not None])
            if len(rows[-1]) < len(row):
                return False
        return bool(smallest_eigenvalue(rows) >= 0)


def touches_of(
    sets: Sequence[Sequence[Relation]],
    goal: Margin,
    symbols: Sequence[Symbol],
    nonnegative: Collection[Symbol],
) -> tuple[Touch, ...]:
    """What is known of `goal` around each of the sets, which are given by equations."""
    return tuple(_touch(equations, goal, symbols, nonnegative) for equations in sets)


def fraction_of(goal: Margin, positive: Collection[int]) -> Touch:
    """The margin as one fraction, which shows its sign on boxes that reach to infinity."""
    if goal.program is None or not goal.program.elementary:
        return Touch(())
    forms: list[Form] = []
    for function in (goal.program, goal.numerator):
        if function is not None:
            ratios = Ratios.over([function], positive)
            try:
                whole = ratios.value(function, ratios.variables)
            except UnsupportedError:
                continue
            strict = function is goal.program
            factors = (whole.above, whole.below)
            forms.append(Factored(goal.program, ratios, factors, square=not strict))
    return Touch(tuple(forms))


def _touch(
    equations: Sequence[Relation],
    goal: Margin,
    symbols: Sequence[Symbol],
    nonnegative: Collection[Symbol],
) -> Touch:
    shown = " and ".join(f"`{equation}`" for equation in equations)
    if goal.program is None or not goal.program.elementary:
        return Touch((), f"No form is known around {shown}.")
    positive = {k for k, symbol in enumerate(symbols) if symbol in nonnegative}
    forms: list[Form] = []
    fault = f"The sides are not shown to be equal on {shown}."
    try:
        pinned = _pinned(equations, symbols, nonnegative)
        base = compile_margin(equations[0], symbols, nonnegative=nonnegative)
        for function in (goal.program, goal.numerator):
            if function is not None and pinned is not None:
                forms += _expansions(function, pinned, goal, positive)
            if function is not None and len(equations) == 1:
                forms += _factorings(base, function, goal.program, positive)
    except UnsupportedError as trouble:
        fault = f"Around {shown}: {trouble}"
    return Touch(tuple(forms), "" if forms else fault)


def _pinned(
    equations: Sequence[Relation], symbols: Sequence[Symbol], nonnegative: Collection[Symbol]
) -> dict[int, Program] | None:
    """Variable -> its value on the set, in terms of the others; None when not of this form."""
    found: dict[Symbol, Expr] = {}
    for equation in equations:
        for name, value in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
            if name in symbols and name not in found and name not in value.free_symbols:
                found[name] = value
                break
        else:
            return None
    if any(found.keys() & value.free_symbols for value in found.values()):
        return None
    return {
        symbols.index(name): compile_expr(value, symbols, nonnegative=nonnegative)
        for name, value in found.items()
    }


def _expansions(
    function: Program, pinned: dict[int, Program], goal: Margin, positive: Collection[int]
) -> list[Form]:
    """Taylor's forms of the margin, or of a numerator of it with the same sign."""
    if goal.program is None:
        return []
    if len(pinned) == 1:
        ((index, centre),) = pinned.items()
        chain = [function]
        while len(chain) <= _HIGHEST and _vanish(chain[-1:], pinned, positive):
            rate = tangent(chain[-1], index)
            if rate is None:
                return []
            chain.append(rate)
        if not 1 < len(chain) <= _HIGHEST:
            return []
        return [Expanded(index, centre, tuple(chain), goal.program, goal.moving, bool(positive))]
    first = [tangent(function, k) for k in pinned]
    lower = [function, *(rate for rate in first if rate is not None)]
    second = [[tangent(rate, k) for k in pinned] for rate in lower[1:]]
    hessian = tuple(tuple(entry for entry in row if entry is not None) for row in second)
    if len(lower) <= len(pinned) or not _vanish(lower, pinned, positive):
        return []
    lower.append(goal.program)
    return [Curved(tuple(pinned.items()), tuple(lower), hessian, bool(positive))]


def _vanish(
    programs: Sequence[Program], pinned: dict[int, Program], positive: Collection[int]
) -> bool:
    """Whether all are exactly zero where the variables have their values on the set."""
    ratios = Ratios.over([*programs, *pinned.values()], positive)
    values = [
        ratios.value(pinned[k], ratios.variables) if k in pinned else value
        for k, value in enumerate(ratios.variables)
    ]
    return all(ratios.value(program, values).vanishes for program in programs)


def _factorings(
    base: Program, function: Program, margin: Program, positive: Collection[int]
) -> list[Form]:
    ratios = Ratios.over([base, function], positive)
    factor: Ratio = ratios.value(base, ratios.variables)
    whole = ratios.value(function, ratios.variables)
    if factor.above.is_constant() or whole.vanishes:
        return []
    order, rest = 0, whole.above
    while True:
        quotient, remainder = divmod(rest, factor.above)
        if not remainder.is_zero():
            break
        order, rest = order + 1, quotient
    odd = (factor.above,) if order % 2 else ()
    factors = (rest, whole.below, *odd)
    return [Factored(margin, ratios, factors, square=not odd)] if order else []


def _defined(programs: Sequence[Program], box: Place) -> bool:
    whole = [ranges.between(*ends) for ends in box]
    return all(ranges.run(program, whole) is not None for program in programs)


def _with_centres(box: Place, centres: dict[int, Program], some_nonnegative: bool) -> Place | None:
    """The box made wide enough to hold the nearest points of the set along its variables."""
    whole = [ranges.between(*ends) for ends in box]
    wider = list(box)
    for k, centre in centres.items():
        value = ranges.run(centre, whole)
        if value is None:
            return None
        low, high = _hull(box[k], value)
        if some_nonnegative and _is_below_zero(low) and not _is_below_zero(box[k][0]):
            return None
        wider[k] = (low, high)
    return tuple(wider)


def _is_below_zero(low: fmpq | None) -> bool:
    return low is None or bool(low < 0)


def _hull(ends: Ends, value: Range) -> Ends:
    low, high = ends
    bottom: fmpq | None = value.low.fmpq() if value.low.is_finite() else None
    top: fmpq | None = value.high.fmpq() if value.high.is_finite() else None
    return (
        None if low is None or bottom is None else min(low, bottom),
        None if high is None or top is None else max(high, top),
    )
