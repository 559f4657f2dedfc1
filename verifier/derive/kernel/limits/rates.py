"""**Rates**: expressions in a small parameter as sums of c * eta^a * L^k * exp(E), L = log(1/eta).

Exponents a and k are affine over Q in parameters, E is such a sum again. Coefficients c are free of
eta and kept as they are written; what must be positive for a power or a logarithm is noted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError

TERMS = 200
POWERS = 8


@dataclass(frozen=True)
class Form:
    """An affine form: constant + sum of coefficient * symbol, by symbol."""

    constant: fmpq = field(default_factory=fmpq)
    slopes: tuple[tuple[Symbol, fmpq], ...] = ()

    def __add__(self, other: Form) -> Form:
        slopes = dict(self.slopes)
        for symbol, slope in other.slopes:
            slopes[symbol] = slopes.get(symbol, fmpq(0)) + slope
        kept = sorted(((s, c) for s, c in slopes.items() if c != 0), key=lambda row: str(row[0]))
        return Form(self.constant + other.constant, tuple(kept))

    def scaled(self, factor: fmpq) -> Form:
        if factor == 0:
            return Form()
        return Form(self.constant * factor, tuple((s, c * factor) for s, c in self.slopes))

    def __sub__(self, other: Form) -> Form:
        return self + other.scaled(fmpq(-1))

    @property
    def symbols(self) -> frozenset[Symbol]:
        return frozenset(symbol for symbol, _ in self.slopes)

    @property
    def is_zero(self) -> bool:
        return self.constant == 0 and not self.slopes

    def times(self, other: Form) -> Form:
        """The product of two forms, one of which must be constant."""
        if not other.slopes:
            return self.scaled(other.constant)
        if not self.slopes:
            return other.scaled(self.constant)
        raise UnsupportedError(f"({self})*({other}) is not affine in the parameters.")

    def __str__(self) -> str:
        return str(_expression(self))


@dataclass(frozen=True)
class Rate:
    """coefficient * eta^power * L^logs * exp(sum of `inside`)."""

    coefficient: Expr
    power: Form = Form()
    logs: Form = Form()
    inside: tuple[Rate, ...] = ()

    def __mul__(self, other: Rate) -> Rate:
        return Rate(
            self.coefficient * other.coefficient,
            self.power + other.power,
            self.logs + other.logs,
            merged((*self.inside, *other.inside)),
        )

    def scaled(self, factor: Expr) -> Rate:
        return replace(self, coefficient=self.coefficient * factor)

    @property
    def shape(self) -> tuple[Any, ...]:
        """Rates of one shape differ by a factor only."""
        return self.power, self.logs, self.inside


Sum = tuple[Rate, ...]


def form_of(expr: Expr) -> Form:
    """An exponent as an affine form; raises `UnsupportedError` for anything else."""
    if expr.is_Rational:
        return Form(fmpq(int(expr.p), int(expr.q)))
    if isinstance(expr, Symbol):
        return Form(fmpq(0), ((expr, fmpq(1)),))
    if expr.is_Add:
        return sum(map(form_of, expr.args), Form())
    if expr.is_Mul:
        product = Form(fmpq(1))
        for arg in expr.args:
            product = product.times(form_of(arg))
        return product
    raise UnsupportedError(f"the exponent {expr} is not affine in the parameters.")


class RateReader:
    """Reads expressions in one parameter.

    `met` are the parts without it, which need a value; those in `positive` must be positive.
    """

    def __init__(self, eta: Symbol) -> None:
        self.eta = eta
        self.met: dict[Expr, None] = {}
        self.positive: dict[Expr, None] = {}

    def read(self, expr: Expr) -> Sum:
        if self.eta not in expr.free_symbols:
            self.met[expr] = None
            return (Rate(expr),) if expr != 0 else ()
        if expr == self.eta:
            return (Rate(sympy.Integer(1), Form(fmpq(1))),)
        if expr.is_Add:
            return merged(rate for arg in expr.args for rate in self.read(arg))
        if expr.is_Mul:
            return self._product(map(self.read, expr.args))
        if isinstance(expr, sympy.exp):
            return (Rate(sympy.Integer(1), inside=self.read(expr.args[0])),)
        if isinstance(expr, sympy.Pow):
            return self._power(self.read(expr.base), expr.exp)
        if isinstance(expr, sympy.log):
            return self._log(self._single(expr.args[0]))
        raise UnsupportedError(f"{expr} is no sum of powers of {self.eta}, with logs and exp.")

    def _single(self, expr: Expr) -> Rate:
        rates = self.read(expr)
        if len(rates) != 1:
            raise UnsupportedError(f"{expr} is no single power of {self.eta}.")
        return rates[0]

    def _product(self, factors: Iterable[Sum]) -> Sum:
        total: Sum = (Rate(sympy.Integer(1)),)
        for factor in factors:
            if len(total) * len(factor) > TERMS:
                raise UnsupportedError(f"a product has more than {TERMS} terms.")
            total = merged(left * right for left in total for right in factor)
        return total

    def _power(self, base: Sum, exponent: Expr) -> Sum:
        if exponent.is_Integer and 0 < exponent <= POWERS:
            return self._product([base] * int(exponent))
        if len(base) != 1:
            raise UnsupportedError(f"a sum has the power {exponent}, which is no small integer.")
        (rate,) = base
        if not exponent.is_Integer:
            self._need(rate.coefficient)
        form = form_of(exponent)
        raised = tuple(r.scaled(exponent) for r in rate.inside)
        power = Rate(
            rate.coefficient**exponent, rate.power.times(form), rate.logs.times(form), raised
        )
        return (power,)

    def _log(self, rate: Rate) -> Sum:
        """log(c eta^a exp(E)) = log c - a L + E."""
        if not rate.logs.is_zero:
            raise UnsupportedError("a logarithm of a logarithm is not read.")
        self._need(rate.coefficient)
        slope = _expression(rate.power)
        terms = [Rate(sympy.log(rate.coefficient)), Rate(-slope, logs=Form(fmpq(1)))]
        return merged((*terms, *rate.inside))

    def _need(self, coefficient: Expr) -> None:
        if coefficient != 1:
            self.positive[coefficient] = None


def merged(rates: Iterable[Rate]) -> Sum:
    """Rates of one shape added up; coefficients that cancel by sympy's own sums are left out."""
    by_shape: dict[Any, Expr] = {}
    for rate in rates:
        by_shape[rate.shape] = by_shape.get(rate.shape, sympy.Integer(0)) + rate.coefficient
    return tuple(Rate(c, *shape) for shape, c in by_shape.items() if c != 0)


def _expression(form: Form) -> Expr:
    terms = [sympy.Rational(int(c.p), int(c.q)) * symbol for symbol, c in form.slopes]
    return sympy.Add(sympy.Rational(int(form.constant.p), int(form.constant.q)), *terms)
