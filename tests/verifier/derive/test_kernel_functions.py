"""**Families of functions**: found by their files, copied, written out, and refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
import sympy
from sympy import Expr

from verifier import by
from verifier.derive.context import Context, with_room
from verifier.derive.kernel.field import functions
from verifier.derive.kernel.field.express import express
from verifier.derive.kernel.field.families import all_families, kinds, readers
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import NEGATIVE, NONNEGATIVE, POSITIVE
from verifier.derive.kernel.field.specialise import specialise
from verifier.derive.kernel.field.tower import SIZES, CrowdedError
from verifier.derive.side import rule_named
from verifier.errors import UnsupportedError
from verifier.exact.scalars import (
    Q,
    absolute,
    asin,
    atan,
    cos,
    derivative,
    erf,
    exp,
    function,
    indices,
    log,
    pi,
    real,
    reals,
    sin,
    sqrt,
    tan,
)
from verifier.exact.statements import eq, ge, gt, le, lt

x, y, a = reals("x y a")
n, m = indices("n m")
f = function("f")
# One expression for each kind of generator.
SAMPLES: dict[str, Expr] = {
    "asin": asin(x / 3),
    "atan": atan(x),
    "cos": cos(x),
    "erf": erf(x),
    "exp": exp(x),
    "log": log(1 + x**2),
    "pi": pi + x,
    "power": x**n,
    "root": sqrt(1 + x**2),
    "sin": sin(x),
}
WITHOUT_COPY = {"jet", "product", "sum"}


def test_every_file_is_a_family() -> None:
    names = {path.stem for path in Path(functions.__path__[0]).glob("*.py")} - {"__init__"}
    assert len(names) == len(all_families())


def test_no_function_and_no_kind_is_claimed_twice() -> None:
    assert sum(len(family.reads) for family in all_families()) == len(readers())
    assert sum(len(family.kinds) for family in all_families()) == len(kinds())


def test_every_kind_has_a_sample() -> None:
    assert kinds().keys() - WITHOUT_COPY == SAMPLES.keys()


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_an_element_is_written_out_and_read_again(kind: str) -> None:
    reader = Reader((gt(x, -3), lt(x, 3)))
    element = reader.read(SAMPLES[kind])
    assert kind in {generator.kind for generator in reader.tower.generators}
    written = express(element, {"x": x, "n": n})
    assert (reader.read(written) - element).is_zero


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_an_element_is_moved_to_another_argument(kind: str) -> None:
    source, target = Reader(), Reader((gt(y, 0), lt(y, 1)))
    element = source.read(SAMPLES[kind])
    moved = specialise(element, {"x": target.read(y / 2)}, target)
    assert (moved - target.read(SAMPLES[kind].xreplace({x: y / 2}))).is_zero


def test_a_whole_exponent_may_become_a_number() -> None:
    source, target = Reader(), Reader()
    three = target.tower.constant(target.read(sympy.Integer(3)).rational)
    moved = specialise(source.read(x**n), {"n": three}, target)
    assert (moved - target.read(x**3)).is_zero


def test_an_abstract_function_is_not_moved() -> None:
    with pytest.raises(UnsupportedError, match="cannot be evaluated at a point"):
        specialise(Reader().read(f(x)), {}, Reader())
    with pytest.raises(UnsupportedError, match="no expression of its own"):
        express(Reader().read(f(x)), {"x": x})


@pytest.mark.parametrize("expr", [sympy.gamma(x), sympy.besselj(0, x)], ids=str)
def test_a_function_without_relations_is_named(expr: Expr) -> None:
    with pytest.raises(UnsupportedError, match="The kernel has no relations for"):
        Reader().read(expr)


@pytest.mark.parametrize("expr", [sympy.Function("g")(x, y), sympy.I], ids=str)
def test_what_is_no_function_of_one_number_has_no_place(expr: Expr) -> None:
    with pytest.raises(UnsupportedError, match="has no place in the exact field"):
        Reader().read(expr)


def test_a_symbol_called_like_a_constant_is_not_the_constant() -> None:
    assert not Reader().read(real("pi") - pi).is_zero
    assert Reader().read(derivative(pi * x, real("pi"))).is_zero


def test_units_are_refined_and_what_was_read_before_is_rewritten() -> None:
    reader = Reader((gt(exp(x), 2),))
    whole = reader.read(exp(x))
    half, third = reader.read(exp(x / 2)), reader.read(exp(x / 3))
    assert (whole - half * half).is_zero
    assert (whole - third * third * third).is_zero
    element, _ = reader.fresh(exp(x) - 2 + 0 * exp(x / 5))
    assert POSITIVE == reader.sign(element)


def test_arguments_are_split_over_the_rationals() -> None:
    u, v = x / (1 + y**2), 1 / (1 + y**2)
    assert Reader().fresh(exp(u + v) - exp(u) * exp(v))[0].is_zero
    assert Reader().fresh(exp((x * y**2 + 1) * v) * exp(u) - exp(x) * exp(v))[0].is_zero
    apart = exp(1 / (x * (x + 1))) * exp(1 / (x + 1)) - exp(1 / x)
    assert Reader().fresh(apart)[0].is_zero


def test_too_large_a_multiple_of_an_angle_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="the most is 64"):
        Reader().read(cos(x) + cos(65 * x))


def test_there_is_no_slope_in_a_whole_number() -> None:
    with pytest.raises(UnsupportedError, match="`n` is a whole number"):
        Reader().read(derivative(x**n, n))


def test_zero_to_a_negative_power_has_no_value() -> None:
    with pytest.raises(ZeroDivisionError):
        Reader((eq(x, 0),)).read(x ** (1 - n))
    assert Reader((eq(x, 0),)).read(x**n).is_zero


@pytest.mark.parametrize(
    ("expr", "given", "signs"),
    [
        (sin(x), (ge(x, 0), le(x, 3)), NONNEGATIVE),
        (sin(x), (gt(x, -3), lt(x, 0)), NEGATIVE),
        (cos(x), (gt(x, -1), lt(x, 1)), POSITIVE),
        (cos(x), (ge(x, 2), le(x, 4)), NEGATIVE),
        (3 - sin(x) - 2 * cos(y), (), NONNEGATIVE),
        (pi - 3, (), POSITIVE),
        (sqrt(2) + sqrt(3) - pi, (), POSITIVE),
        (cos(pi / 7) - Q(9, 10), (), POSITIVE),
        (2 * atan(x) - pi, (), NEGATIVE),
        (4 * atan(x) - pi, (gt(x, 1),), POSITIVE),
        (2 * asin(x) - pi, (ge(x, 0), le(x, 1)), frozenset({-1, 0})),
        (erf(x) - 1, (), NEGATIVE),
        (erf(x) - erf(y), (gt(x, y),), POSITIVE),
        (exp(x) - 1, (lt(x, 0),), NEGATIVE),
        (2**n - 1, (), POSITIVE),
        (x**n, (ge(x, 0),), NONNEGATIVE),
        ((-1) ** n, (), frozenset({-1, 1})),
    ],
    ids=str,
)
def test_functions_have_the_sign_that_their_argument_gives(
    expr: Expr, given: tuple, signs: frozenset[int]
) -> None:
    reader = Reader(given)
    assert signs == reader.sign(reader.read(expr))


def test_a_crowded_tower_is_replaced_by_a_larger_one() -> None:
    symbols = reals(" ".join(f"s{k}" for k in range(20)))
    statement = eq(sum(symbols) ** 2, sum(symbols) * sum(reversed(symbols)))
    context = Context((), by.identity, rule_named, slots=SIZES[0])
    with pytest.raises(CrowdedError, match="More than 16 generators"):
        rule_named("identity").discharge(statement, context)
    assert with_room(rule_named("identity"), statement, context).holds
    more = reals(" ".join(f"s{k}" for k in range(61)))
    with pytest.raises(CrowdedError, match="More than 60 generators"):
        with_room(rule_named("identity"), eq(sum(more), 0), context)


def test_a_condition_under_an_absolute_value_is_kept() -> None:
    _, conditions = Reader().fresh(absolute(tan(x)) + absolute(1 / y))
    assert ["cos(x) != 0", "sqrt(y^2) != 0"] == sorted(map(str, conditions))
    _, conditions = Reader().fresh(x**a)
    assert ["x > 0"] == list(map(str, conditions))
    _, conditions = Reader().fresh(x ** (n + m))
    assert [] == conditions


def test_differences_of_increasing_functions_turn_with_their_sign() -> None:
    reader = Reader((gt(x, y), gt(y, 0)))
    for increasing in (exp(x) - exp(y), log(x) - log(y), atan(x) - atan(y), erf(x) - erf(y)):
        element = reader.read(increasing)
        attempts = [attempt for family in all_families() for attempt in family.attempts]
        told = [attempt(reader.oracle, element, 5) for attempt in attempts]
        turned = [attempt(reader.oracle, -element, 5) for attempt in attempts]
        assert POSITIVE in told
        assert NEGATIVE in turned
        assert NEGATIVE not in told
        assert POSITIVE not in turned
