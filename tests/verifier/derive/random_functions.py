"""**Random expressions** of every class that the kernel reads, with values of moderate size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import sympy
from sympy import Expr

from verifier.exact.pieces import piecewise
from verifier.exact.scalars import (
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    erf,
    exp,
    heaviside,
    indices,
    log,
    logistic,
    normal_cdf,
    normal_pdf,
    pi,
    reals,
    relu,
    sign,
    sin,
    sinh,
    softplus,
    sqrt,
    tan,
    tanh,
)
from verifier.exact.statements import ge, gt

x, y, a = reals("x y a")
n, m = indices("n m")


def rational(random: Random, depth: int = 2) -> Expr:
    """A rational function with rational coefficients."""
    if depth == 0:
        constant = sympy.Rational(random.randint(-3, 3), random.randint(1, 3))
        return random.choice((x, y, x, constant))
    one, two = rational(random, depth - 1), rational(random, random.randrange(depth))
    match random.randrange(6):
        case 0 | 1:
            return one + two
        case 2:
            return one - two
        case 3 | 4:
            return one * two
    return one if two.is_zero else one / two


def inner(random: Random) -> Expr:
    """A small argument for a function."""
    factor = sympy.Rational(random.choice((1, 1, 2, -1, 3)), random.choice((1, 1, 2, 3)))
    return factor * random.choice((x, y, x + y, x * y, x - y, x**2, 1 + x, x / (1 + y**2)))


def between(random: Random) -> Expr:
    """An expression between -1 and 1, or nearly."""
    return random.choice((x, x / 2, tanh(x), sin(y), x / sqrt(1 + x**2), 1 / (1 + y**2)))


def nested_radical(random: Random) -> Expr:
    one, two = rational(random, 1), rational(random, 1)
    order = random.choice((2, 2, 2, 3, 4))
    root = random.choice((1 + one**2, one**2, one, two**2 + 2)) ** sympy.Rational(1, order)
    outer = random.choice((1 + root, root + sqrt(2), two**2 + root, root * two, root))
    return random.choice((sqrt(outer), outer + two, sqrt(3 + 2 * sqrt(2)) * outer, 1 / outer))


def exponential(random: Random) -> Expr:
    one, two = exp(inner(random)), exp(inner(random))
    argument = random.choice((one, one * two, 1 + one, x**2 + 1, x * one, 1 + x))
    return random.choice((one * two, one + two, log(argument), log(argument) * two, 1 / (1 + one)))


def hyperbolic(random: Random) -> Expr:
    function = random.choice((sinh, cosh, tanh, sympy.coth, sympy.sech))
    return random.choice((function(inner(random)), cosh(inner(random)) * function(x) + sinh(y)))


def trigonometric(random: Random) -> Expr:
    turn = pi * sympy.Rational(random.randint(-7, 7), random.choice((1, 2, 3, 4, 5, 6, 7, 8, 12)))
    function = random.choice((sin, cos, tan))
    one = function(random.choice((inner(random), inner(random) + turn)))
    held = random.choice((sin, cos))(turn, evaluate=False)
    return random.choice((one, one * sin(inner(random)), one + held, one**2 + cos(x) * held))


def inverse(random: Random) -> Expr:
    one, two = between(random), inner(random)
    choices: tuple[Callable[[], Expr], ...] = (
        lambda: atan(two) + atan(1 / two),
        lambda: asin(one) - acos(one) + x,
        lambda: sin(asin(one) + atan(two)),
        lambda: tan(2 * atan(two)),
        lambda: asin(sin(two)) + acos(cos(two)),
        lambda: atan(tan(two)),
        lambda: asinh(two) * atanh(one),
        lambda: acosh(1 + two**2) + acosh(cosh(x)),
        lambda: cos(acos(one) / 2),
        lambda: asinh(sinh(x)) + atanh(tanh(y)),
    )
    return random.choice(choices)()


def gaussian(random: Random) -> Expr:
    u = inner(random)
    function = random.choice((erf, normal_cdf, normal_pdf, logistic, softplus, sympy.erfc))
    return random.choice((function(u), function(u) * function(-u), function(u) + erf(x)))


def power(random: Random) -> Expr:
    base = random.choice((x, y, x * y, 1 + x, x**2, -x, sympy.Rational(2, 3), 1 + x**2))
    whole = random.choice((n, n + 1, 2 * n, n * m, n + m, n - 1, -n))
    positive = random.choice((1 + x**2, exp(y), sympy.Integer(2), x))
    one = random.choice((base**whole, positive ** random.choice((a, a / 2, a + n, a * x))))
    return random.choice(
        (one, one * base**n, one + positive**a, (-1) ** n * one, cos(pi * n) * one)
    )


def pieces(random: Random) -> Expr:
    one, two = rational(random, 1), rational(random, 1)
    choices: tuple[Callable[[], Expr], ...] = (
        lambda: sympy.Abs(one) * sympy.Abs(two),
        lambda: sympy.Max(one, two) - sympy.Min(x, y, 1),
        lambda: sign(one) * two + sympy.Abs(x * y),
        lambda: heaviside(one) + relu(two),
        lambda: piecewise((one, gt(x, y)), (two, ge(x, -1)), otherwise=x * y),
        lambda: piecewise((1 / x, (gt(x, 0), gt(y, 0))), otherwise=sympy.Abs(y)),
        lambda: sqrt(one**2 * two**2) + sympy.Max(exp(x), 1),
    )
    return random.choice(choices)()


CLASSES: Mapping[str, Callable[[Random], Expr]] = {
    "rational": lambda random: rational(random, 3),
    "nested radical": nested_radical,
    "exponential": exponential,
    "hyperbolic": hyperbolic,
    "trigonometric": trigonometric,
    "inverse": inverse,
    "gaussian": gaussian,
    "power": power,
    "pieces": pieces,
}


def mixed(random: Random) -> Expr:
    """A sum, product or quotient over two classes."""
    one, two = (random.choice(list(CLASSES.values()))(random) for _ in range(2))
    return random.choice((one + two, one * two, one / (1 + two**2)))
