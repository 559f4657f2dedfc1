"""**Moment systems**: E[m(X') | X] = A m(X) for a finite list m of monomials that is closed.

Affine steps close by degree, and others where no monomial leads on for ever. Powers of A are exact,
or enclosed in balls by repeated squaring where t is large.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flint import arb, arb_mat, fmpq, fmpq_mat
from sympy import Symbol

from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.scalars import Scalar, exact
from verifier.precision import precision
from verifier.process.transition import Exponents, Poly, Transition

MOST = 400  # monomials of one system
CLIMB = 32  # times the degree of the observable that a closed system may reach
MOST_BITS = 2_000_000  # of an exact power, all entries together
MOST_PRECISION = 1 << 14


@dataclass(frozen=True)
class MomentSystem:
    """`rows[k]` has the coefficients of E[monomial k at X'] by monomial at X.

    `observable` is the linear form of the monomials that is asked for.
    """

    transition: Transition
    monomials: tuple[Exponents, ...]
    rows: tuple[Mapping[Exponents, Poly], ...]
    observable: Mapping[Exponents, Poly]

    @cached_property
    def place(self) -> Mapping[Exponents, int]:
        return {monomial: n for n, monomial in enumerate(self.monomials)}

    @cached_property
    def matrix(self) -> fmpq_mat:
        """A, which must be a matrix of numbers."""
        return fmpq_mat([self._dense(row) for row in self.rows])

    @cached_property
    def form(self) -> fmpq_mat:
        """The observable, as a row."""
        return fmpq_mat([self._dense(self.observable)])

    @property
    def is_numeric(self) -> bool:
        return not self.transition.parameters

    def at(self, point: Sequence[fmpq]) -> fmpq_mat:
        """The monomials at a rational point, as a column."""
        return fmpq_mat([[_power(point, monomial)] for monomial in self.monomials])

    def after(self, steps: int) -> dict[Exponents, fmpq]:
        """E[observable(X_t) | X_0] by monomials at X_0, exactly.

        Raises:
            UnsupportedError: the system has parameters, or the numbers would be too long.
        """
        size = max(_bits(c) for c in self.matrix.entries())
        if size * steps * len(self.monomials) > MOST_BITS:
            raise UnsupportedError(f"An exact moment after {steps} steps is too long a number.")
        found = self.form * self.matrix**steps
        return {m: found[0, n] for n, m in enumerate(self.monomials) if found[0, n] != 0}

    def enclosed(self, steps: int, start: Sequence[fmpq], *, bits: int = 128) -> arb:
        """E[observable(X_t)] in a ball, with about `bits` bits of it right where they fit.

        The working precision doubles until they are, up to a limit.
        """
        work = bits + 32
        while True:
            with precision(work):
                power = arb_mat(self.matrix) ** steps
                found = (arb_mat(self.form) * power * arb_mat(self.at(start)))[0, 0]
            if found.rel_accuracy_bits() >= bits or found.is_exact() or work >= MOST_PRECISION:
                return found
            work *= 2

    def _dense(self, row: Mapping[Exponents, Poly]) -> list[fmpq]:
        if not self.is_numeric:
            names = ", ".join(map(str, self.transition.parameters))
            raise UnsupportedError(f"The moments have parameters: give numbers for {names}.")
        return [_number(row[m]) if m in row else fmpq(0) for m in self.monomials]


def moment_system(chain: MarkovChain, observable: Scalar) -> MomentSystem:
    """The least closed system of monomials in which `observable` can be followed.

    Raises:
        UnsupportedError: the chain is not polynomial, or the moments do not close; the first
            monomial that leads to a higher degree is named.
    """
    expr = exact(observable)
    transition = Transition.of(chain, expr)
    form = transition.by_state(transition.read(expr))
    queue, rows = list(form), {}
    raised: tuple[Exponents, Exponents] | None = None
    top = CLIMB * max((sum(m) for m in form), default=1)
    for monomial in queue:
        if len(queue) > MOST or sum(monomial) > top:
            raise UnsupportedError(_open(transition, raised or (monomial, monomial)))
        row = transition.by_state(transition.apply(transition.monomial(monomial)))
        rows[monomial] = row
        higher = [m for m in row if sum(m) > sum(monomial)]
        raised = raised or ((monomial, max(higher, key=sum)) if higher else None)
        known = {*queue}
        queue += [m for m in row if m not in known]
    order = sorted(rows, key=lambda m: (sum(m), m))
    return MomentSystem(transition, tuple(order), tuple(rows[m] for m in order), form)


def rational_point(chain: MarkovChain, start: Mapping[Symbol, Scalar]) -> tuple[fmpq, ...]:
    """A start as rationals, in the order of the state."""
    values = [exact(start[name]) for name in chain.state]
    if not all(value.is_Rational for value in values):
        raise UnsupportedError("The start is to be rational.")
    return tuple(fmpq(int(v.p), int(v.q)) for v in values)


def _open(transition: Transition, raised: tuple[Exponents, Exponents]) -> str:
    one, two = (transition.show(transition.monomial(m)) for m in raised)
    return f"The moments do not close: that of {one} after a step has {two} in it."


def _power(point: Sequence[fmpq], monomial: Exponents) -> fmpq:
    made = fmpq(1)
    for value, exponent in zip(point, monomial, strict=True):
        made = made * value**exponent
    return made


def _number(poly: Poly) -> fmpq:
    return fmpq(0) if poly.is_zero() else fmpq(poly.leading_coefficient())


def _bits(value: fmpq) -> int:
    return int(value.p).bit_length() + int(value.q).bit_length()
