"""**Exact scalars**: real symbols, rationals and elementary functions, without floats.

sympy holds the expressions. Symbols carry `real=True` and nothing more: signs come from the
hypotheses of a claim, never from a symbol.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import sympy
from sympy import Expr, Rational, Symbol

from verifier.errors import ExactnessError

_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|\{[^{}]*\})\Z")  # braces: names the engine makes
Scalar = Any  # Expr, int, Fraction or a string that is a rational

acos = sympy.acos
acosh = sympy.acosh
asin = sympy.asin
asinh = sympy.asinh
atan = sympy.atan
atanh = sympy.atanh
cos = sympy.cos
cosh = sympy.cosh
erf = sympy.erf
exp = sympy.exp
log = sympy.log
sin = sympy.sin
sinh = sympy.sinh
sqrt = sympy.sqrt
tan = sympy.tan
tanh = sympy.tanh
absolute = sympy.Abs
heaviside = sympy.Heaviside  # 1/2 at 0, unless a second argument says otherwise
maximum = sympy.Max
minimum = sympy.Min
sign = sympy.sign
pi = sympy.pi
oo = sympy.oo


def reals(names: str) -> tuple[Symbol, ...]:
    """Real scalar symbols from space-separated names."""
    return tuple(Symbol(name, real=True) for name in names.split())


def real(name: str) -> Symbol:
    """One real scalar symbol."""
    return Symbol(name, real=True)


def indices(names: str) -> tuple[Symbol, ...]:
    """Coordinate indices, each running over 1..d, from space-separated names."""
    return tuple(Symbol(name, integer=True, positive=True) for name in names.split())


def function(name: str) -> Any:
    """An arbitrary smooth real function of one variable; apply it to an expression."""
    return sympy.Function(name, real=True)


def Q(numerator: int | str | Fraction, denominator: int = 1) -> Rational:
    """The exact rational numerator/denominator; `Q("3/8")` works too."""
    return exact(numerator) / exact(denominator)


def exact(value: Scalar) -> Expr:
    """`value` as an exact expression; raises `ExactnessError` for a float anywhere in it."""
    if isinstance(value, bool) or value is None:
        raise ExactnessError(f"{value!r} is not a number.")
    if isinstance(value, float):
        shown = Fraction(value).limit_denominator(10**6)
        cure = f"Q({shown.numerator}, {shown.denominator})"
        raise ExactnessError(
            f"{value!r} is a float.\n  A float is some other number: write {cure}."
        )
    if isinstance(value, Fraction):
        return Rational(value.numerator, value.denominator)
    if isinstance(value, int):
        return sympy.Integer(value)
    if isinstance(value, str):
        return _rational_from_text(value)
    if isinstance(value, Expr):
        return _without_floats(value)
    raise ExactnessError(f"{value!r} of type {type(value).__name__} is not an exact scalar.")


def logistic(u: Scalar) -> Expr:
    """1/(1 + e^-u)."""
    return 1 / (1 + sympy.exp(-exact(u)))


def softplus(u: Scalar) -> Expr:
    """log(1 + e^u)."""
    return sympy.log(1 + sympy.exp(exact(u)))


def relu(u: Scalar) -> Expr:
    """max(u, 0)."""
    return sympy.Max(exact(u), 0)


def normal_pdf(u: Scalar) -> Expr:
    """The density of the standard normal distribution, exp(-u^2/2)/sqrt(2 pi)."""
    return sympy.exp(-(exact(u) ** 2) / 2) / sympy.sqrt(2 * sympy.pi)


def normal_cdf(u: Scalar) -> Expr:
    """The distribution function of the standard normal distribution, by `erf`."""
    return (1 + sympy.erf(exact(u) / sympy.sqrt(2))) / 2


def integral(integrand: Scalar, variable: Symbol, lower: Scalar, upper: Scalar) -> Expr:
    """The definite integral of `integrand` over `variable` from `lower` to `upper`, unevaluated."""
    return sympy.Integral(exact(integrand), (variable, exact(lower), exact(upper)))


def derivative(expr: Scalar, variable: Symbol, order: int = 1) -> Expr:
    """The derivative of `expr` by `variable`, unevaluated."""
    return sympy.Derivative(exact(expr), (variable, order), evaluate=False)


def _rational_from_text(text: str) -> Rational:
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError) as fault:
        raise ExactnessError(f"{text!r} is not a rational: write it as '3/8'.") from fault
    if "." in text or "e" in text.lower():
        raise ExactnessError(f"{text!r} is decimal: write it as '{value}'.")
    return Rational(value.numerator, value.denominator)


def _without_floats(expr: Expr) -> Expr:
    for number in expr.atoms(sympy.Float):
        raise ExactnessError(
            f"{number} in\n    {expr}\n  is a float.\n"
            "  A float is some other number: write it with Q."
        )
    if expr.has(sympy.nan, sympy.zoo):
        raise ExactnessError(f"{expr} is not a number.")
    for symbol in expr.free_symbols:
        _check_symbol(symbol, expr)
    return expr


def _check_symbol(symbol: Symbol, expr: Expr) -> None:
    """Signs come from hypotheses: a symbol that carries one would be simplified in silence."""
    name = str(symbol)
    if not _NAME.match(name):
        raise ExactnessError(f"`{name}` is no name for a symbol: use letters, digits and _.")
    if symbol in (Symbol(name, real=True), Symbol(name, integer=True, positive=True)):
        return
    if symbol in _bare_symbols(expr):
        raise ExactnessError(
            f"`{name}` in\n    {expr}\n  carries assumptions of its own.\n"
            f"  Make it with reals('{name}') and state its sign as a hypothesis."
        )


def _bare_symbols(expr: Expr) -> set[Symbol]:
    """Symbols that stand for numbers, not in names of vectors, functions and members."""
    found, left = set(), [expr]
    while left:
        part = left.pop()
        if not getattr(part, "holds_names", False):
            found |= {part} if isinstance(part, Symbol) else set()
            left += part.args
    return found
