"""**Orders**: which term of a sum of rates leads as eta -> 0+, over a polyhedron of parameters.

The polyhedron is split where two exponents change their order, until one group of terms leads on
each cell; empty cells are left out by exact linear programming. A statement holds when it does on
every cell. Each parameter value has its own eta_0, so cells need no margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.derive.kernel.limits.rates import Form, Rate, Sum, merged
from verifier.derive.kernel.linear.polyhedron import Affine, Empty, Point, point_of
from verifier.errors import UnsupportedError

CELLS = 400
SIGNS_OF = {"<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {0, 1}, "==": {0}, "!=": {-1, 1}}


@dataclass(frozen=True)
class Cell:
    """Affine conditions on parameters, which some values satisfy."""

    symbols: tuple[Symbol, ...]
    rows: tuple[Affine, ...] = ()

    def with_row(self, form: Form, op: str) -> Cell:
        slopes = dict(form.slopes)
        coefficients = tuple(slopes.get(symbol, fmpq(0)) for symbol in self.symbols)
        row = Affine(f"{form} {op} 0", coefficients, form.constant, op)
        return Cell(self.symbols, (*self.rows, row))

    def point(self) -> Point | Empty:
        """Values of the symbols, or the proof that there are none."""
        return point_of(self.rows, len(self.symbols))

    def values(self) -> dict[Symbol, Expr]:
        """Values of the symbols; raises `UnsupportedError` for an empty cell."""
        point = self.point()
        if isinstance(point, Empty):
            raise UnsupportedError(f"no parameters are allowed: {point}.")
        rationals = (sympy.Rational(int(x.p), int(x.q)) for x in point)
        return dict(zip(self.symbols, rationals, strict=True))

    def split(self, form: Form) -> Iterator[tuple[Cell, int]]:
        """The parts where the form is negative, zero and positive, with that sign."""
        if not form.slopes:
            yield self, (form.constant > 0) - (form.constant < 0)
            return
        for sign, op, turned in ((-1, ">", form.scaled(fmpq(-1))), (0, "==", form), (1, ">", form)):
            part = self.with_row(turned, op)
            if not isinstance(part.point(), Empty):
                yield part, sign


@dataclass(frozen=True)
class Lead:
    """The leading rate of a sum on a cell; no rate when the sum is zero.

    `sign` is that of its coefficient, None when it is not known, or when the terms may cancel.
    """

    rate: Rate | None
    sign: int | None = None


@dataclass
class Comparer:
    """Compares sums of rates; `sign` tells the sign of a coefficient, None when it is unknown.

    `eta` is how the small variable is shown.
    """

    sign: Callable[[Expr], int | None]
    eta: str = "eta"
    cells: int = field(default=0)

    def leads(self, cell: Cell, rates: Sum) -> Iterator[tuple[Cell, Lead]]:
        """Cells that cover `cell`, with what leads on each."""
        if not rates:
            yield cell, Lead(None)
            return
        for part, group in self._groups(cell, rates):
            total = sum((rate.coefficient for rate in group), 0 * group[0].coefficient)
            sign = self.sign(total)
            if sign != 0:
                yield part, Lead(replace(group[0], coefficient=total), sign)
            elif any(rate.inside != group[0].inside for rate in group):
                yield part, Lead(group[0], None)
            else:
                rest = tuple(rate for rate in rates if rate not in group)
                yield from self.leads(part, rest)

    def order(self, cell: Cell, left: Rate, right: Rate) -> Iterator[tuple[Cell, int]]:
        """Cells with 1 where left/right is unbounded, -1 where it goes to 0, 0 otherwise.

        Powers and logarithms decide unless the exponentials do.
        """
        gap = merged((*left.inside, *(rate.scaled(-1) for rate in right.inside)))
        for part, beyond in self._exponential(cell, gap):
            if beyond:
                yield part, beyond
                continue
            for smaller, power in part.split(right.power - left.power):
                if power:
                    yield smaller, power
                else:
                    yield from smaller.split(left.logs - right.logs)

    def _groups(self, cell: Cell, rates: Sum) -> Iterator[tuple[Cell, tuple[Rate, ...]]]:
        """Cells with the terms of the largest order there."""
        states: list[tuple[Cell, tuple[Rate, ...]]] = [(cell, (rates[0],))]
        for rate in rates[1:]:
            later = []
            for part, group in states:
                for smaller, order in self.order(part, rate, group[0]):
                    self._count()
                    chosen = (rate,) if order > 0 else (*group, rate) if order == 0 else group
                    later.append((smaller, chosen))
            states = later
        yield from states

    def _exponential(self, cell: Cell, gap: Sum) -> Iterator[tuple[Cell, int]]:
        """Cells with the sign of a sum that goes to infinity; 0 where it goes to 0.

        Raises `UnsupportedError` where it does neither faster than every logarithm.
        """
        for part, lead in self.leads(cell, gap):
            if lead.rate is None:
                yield part, 0
                continue
            if lead.rate.inside:
                raise UnsupportedError("an exponential of an exponential is not read.")
            for smaller, power in part.split(lead.rate.power):
                if power > 0:
                    yield smaller, 0
                elif power < 0 and lead.sign is not None:
                    yield smaller, lead.sign
                else:
                    raise UnsupportedError(
                        f"exp of a sum led by {shown(lead.rate, self.eta)} is not read."
                    )

    def _count(self) -> None:
        self.cells += 1
        if self.cells > CELLS:
            raise UnsupportedError(f"more than {CELLS} cases of exponents are needed.")


@dataclass(frozen=True)
class Verdict:
    """Whether a statement holds on a cell, None when that is not known, and what leads there."""

    cell: Cell
    holds: bool | None
    found: str


def relation_verdicts(compare: Comparer, cell: Cell, gap: Sum, op: str) -> Iterator[Verdict]:
    """Whether gap `op` 0 for all small eta."""
    for part, lead in compare.leads(cell, gap):
        sign = 0 if lead.rate is None else lead.sign
        holds = None if sign is None else sign in SIGNS_OF[op]
        yield Verdict(part, holds, f"the difference is {_led(lead, compare.eta)}")


def growth_verdicts(
    compare: Comparer, cell: Cell, sums: tuple[Sum, Sum], sense: str
) -> Iterator[Verdict]:
    """Whether the first sum is O, o or Theta of the second, or their ratio tends to 1."""
    for outer, other in compare.leads(cell, sums[1]):
        if other.rate is None or other.sign is None:
            yield Verdict(outer, None, f"what it is compared with is {_led(other, compare.eta)}")
            continue
        for part, lead in compare.leads(outer, sums[0]):
            if lead.rate is None:
                yield Verdict(part, sense in ("O", "o"), "it is zero")
                continue
            for smaller, order in compare.order(part, lead.rate, other.rate):
                holds = _growth(compare, sense, order, lead, other)
                text = f"it is {_led(lead, compare.eta)}, against {shown(other.rate, compare.eta)}"
                yield Verdict(smaller, holds, text)


def _growth(compare: Comparer, sense: str, order: int, lead: Lead, other: Lead) -> bool | None:
    known = lead.sign is not None
    if order < 0:
        return sense in ("O", "o")
    if sense == "O" and order == 0:
        return True
    if order > 0 or sense == "o":
        return False if known else None
    if sense == "Theta" or lead.rate is None or other.rate is None:
        return True if known else None
    gap = compare.sign(lead.rate.coefficient - other.rate.coefficient)
    return None if gap is None else gap == 0


def _led(lead: Lead, eta: str) -> str:
    if lead.rate is None:
        return "zero"
    known = "led by" if lead.sign is not None else "led, unless terms cancel, by"
    return f"{known} {shown(lead.rate, eta)}"


def shown(rate: Rate, eta: str) -> str:
    """A rate in text."""
    coefficient = f"({rate.coefficient})" if rate.coefficient.is_Add else str(rate.coefficient)
    parts = [coefficient] if rate.coefficient != 1 else []
    parts += [_power(eta, rate.power)] if not rate.power.is_zero else []
    parts += [_power(f"log(1/{eta})", rate.logs)] if not rate.logs.is_zero else []
    if rate.inside:
        parts.append(f"exp({' + '.join(shown(part, eta) for part in rate.inside)})")
    return "*".join(parts) or "1"


def _power(base: str, exponent: Form) -> str:
    return base if str(exponent) == "1" else f"{base}^({exponent})"
