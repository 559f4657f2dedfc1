"""**Sums in the kernel**: what is equal for every size is, and nothing else; signs and slopes."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest
from sympy import Expr, Rational, Symbol

from verifier import (
    Space,
    derivative,
    dot,
    exp,
    family,
    function,
    gt,
    indices,
    log,
    norm2,
    reals,
    sequence,
    sqrt,
    total,
)
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.sums.faulhaber import coefficients
from verifier.errors import UnsupportedError
from verifier.exact.families import Entry
from verifier.exact.substitution import substitute
from verifier.exact.sums import product, spelled_out

a, t = reals("a t")
i, j, k, m = indices("i j k m")
n = Symbol("n", integer=True, positive=True)
x, y = family("x", "n"), family("y", "n")
z = sequence("z")
f = function("f")
space = Space()
data = family("u", "n", space=space)
w, v = space.vectors("w v")
S = lambda body: total(body, i)  # noqa: E731

EQUAL = {
    "linear": (S(a * x[i] + t), a * S(x[i]) + n * t),
    "separated": (total(total(x[i] * exp(y[j]), j), i), S(x[i]) * S(exp(y[i]))),
    "swapped": (total(total(1 / (1 + x[i] ** 2 * y[j] ** 2), j), i),
                total(total(1 / (1 + x[i] ** 2 * y[j] ** 2), i), j)),
    "renamed": (total(total(exp(x[i] - 2 * y[j]), j), i), total(total(exp(x[k] - 2 * y[m]), k), m)),
    "square of a sum inside": (S(x[i] * total(x[i] * y[j], j) ** 2), S(x[i] ** 3) * S(y[i]) ** 2),
    "three indices": (S(total(x[i] * y[j], j) * total(exp(x[i] * y[k]), k)),
                      S(y[i]) * total(total(x[i] * exp(x[i] * y[k]), k), i)),
    "logistic": (S(exp(x[i]) / (1 + exp(x[i]))), n - S(1 / (1 + exp(x[i])))),
    "gradient of the logistic loss": (
        derivative(S(log(1 + exp(-y[i] * (x[i] + t * a)))), t),
        -a * S(y[i] / (1 + exp(y[i] * (x[i] + t * a)))),
    ),
    "with a parameter": (S(x[i] ** 2 / (x[i] + t)), S(x[i]) - n * t + t**2 * S(1 / (x[i] + t))),
    "Lagrange": (total(total((x[i] * y[j] - x[j] * y[i]) ** 2, j), i),
                 2 * S(x[i] ** 2) * S(y[i] ** 2) - 2 * S(x[i] * y[i]) ** 2),
    "closed form": (total(k**4, k, to=n), n * (n + 1) * (2 * n + 1) * (3 * n**2 + 3 * n - 1) / 30),
    "up to n - 1": (total(k, k, to=n - 1), n * (n - 1) / 2),
    "last terms": (total(z[k], k, to=n + 2), total(z[k], k, to=n) + z[n + 1] + z[n + 2]),
    "first terms": (total(z[k], k, to=n - 1), total(z[k], k, to=n) - z[n]),
    "numbers": (total(z[k], k, to=3), z[1] + z[2] + z[3]),
    "vectors": (norm2(total(data[i] * y[i], i)),
                total(total(y[i] * y[j] * dot(data[i], data[j]), i), j)),
    "slope": (derivative(S(exp(a * x[i])), a), S(x[i] * exp(a * x[i]))),
    "slope of an abstract loss": (derivative(S(f(a * x[i])), x[k]), derivative(f(a * x[k]), x[k])),
    "partial": (derivative(S(x[i] ** 3 * y[i]), x[k]), 3 * x[k] ** 2 * y[k]),
    "second partial": (derivative(total(total(x[i] * x[j], j), i), x[k], 2), 2),
    "partial of a square": (derivative(S(x[i]) ** 2, x[k]), 2 * S(x[i])),
    "products": (product(x[i] * y[i], i), product(x[i], i) * product(y[i], i)),
    "product's last": (product(z[k], k, to=n + 1), product(z[k], k, to=n) * z[n + 1]),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EQUAL))
def test_equal_sums_are_one_element(name: str) -> None:
    left, right = EQUAL[name]
    element, _ = Reader().fresh(left - right)
    assert element.is_zero


UNEQUAL = {
    "lost count": (S(x[i] + t), S(x[i]) + t),
    "product of sums": (S(x[i] * y[i]), S(x[i]) * S(y[i])),
    "diagonal": (total(total(x[i] * x[j], j), i), S(x[i] ** 2)),
    "index of the wrong sum": (total(total(x[i] / (1 + y[j] ** 2), j), i),
                               n * S(x[i] / (1 + y[i] ** 2))),
    "not symmetric": (total(total(x[i] * exp(x[j] * y[i]), j), i),
                      total(total(x[j] * exp(x[j] * y[i]), j), i)),
    "member": (S(x[i]), n * x[k]),
    "partial at another index": (derivative(S(x[i] ** 2), x[k]), 2 * x[i]),
    "end": (total(z[k], k, to=n + 1), total(z[k], k, to=n) + z[n]),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(UNEQUAL))
def test_other_sums_are_other_elements(name: str) -> None:
    left, right = UNEQUAL[name]
    element, _ = Reader().fresh(left - right)
    assert not element.is_zero


def _summand(rng: random.Random, *members: Expr) -> Expr:
    terms = []
    for _ in range(rng.randint(1, 3)):
        factors = [rng.choice((a, *members)) ** rng.randint(0, 2) for _ in range(3)]
        divisor = rng.choice((1, 1, 1 + rng.choice(members) ** 2))
        terms.append(Rational(rng.randint(-3, 3)) * factors[0] * factors[1] * factors[2] / divisor)
    return sum(terms, start=Rational(1))


def _value(expr: Expr, size: int, numbers: dict[str, Fraction]) -> Expr:
    """The number that `expr` is, term by term, without the kernel."""
    out = spelled_out(substitute(expr, {n: size}))
    table = {e: numbers[str(e)] for e in out.atoms(Entry)} | {a: numbers["a"]}
    return out.xreplace({key: Rational(v.numerator, v.denominator) for key, v in table.items()})


def test_elements_are_zero_only_where_all_numbers_are() -> None:
    rng = random.Random(7)
    zero = compared = 0
    for _ in range(60):
        body = _summand(rng, x[i], y[j], x[j])
        one = total(total(body, j, over="n"), i, over="n")
        other = substitute(body, {i: k, j: m})
        other = total(total(other, k, over="n"), m, over="n")
        if rng.random() < 0.5:
            other = other + rng.choice((S(x[i]), total(total(x[i] * y[j], j), i) - n, a))
        element, _ = Reader().fresh(one - other)
        zero += element.is_zero
        for size in (1, 2, 3):
            drawn = [Fraction(rng.randint(-4, 4), rng.randint(1, 3)) for _ in range(2 * size + 1)]
            names = [f"{name}[{p}]" for name, p in itertools.product("xy", range(1, size + 1))]
            numbers = dict(zip(names, drawn, strict=False)) | {"a": drawn[-1]}
            value = _value(one - other, size, numbers)
            compared += 1
            assert not element.is_zero or value == 0
    assert 180 == compared
    assert 20 <= zero <= 45


@pytest.mark.parametrize("power", range(8))
def test_powers_of_the_index_have_their_closed_form(power: int) -> None:
    closed = coefficients(power)
    for top in range(6):
        assert sum(c * top**degree for degree, c in enumerate(closed)) == sum(
            number**power for number in range(1, top + 1)
        )


def signs(expr: Expr, *given: Expr) -> frozenset[int]:
    reader = Reader(given)
    return reader.sign(reader.read(expr))


def test_a_sum_has_the_sign_of_its_terms_if_it_has_any() -> None:
    assert frozenset({1}) == signs(S(1 + x[i] ** 2))
    assert frozenset({0, 1}) == signs(S(x[i] ** 2))
    assert frozenset({0, 1}) == signs(total(1 + z[k] ** 2, k, start=n, to=m))
    assert frozenset({-1, 0, 1}) == signs(S(x[i]))
    assert frozenset({1}) == signs(product(1 + x[i] ** 2, i))


def test_terms_are_looked_at_together() -> None:
    assert frozenset({0, 1}) == signs(S(x[i] ** 2) - 2 * a * S(x[i]) + n * a**2)
    assert frozenset({1}) == signs(S(exp(x[i])) + S(x[i] ** 2) + n)
    assert frozenset({-1, 0, 1}) == signs(S(x[i] ** 2) - 2 * S(x[i]) + 1)


def test_what_is_known_of_one_member_is_not_known_of_all() -> None:
    assert frozenset({-1, 0, 1}) == signs(S(x[i]), gt(x[i], 0))
    assert frozenset({1}) == signs(x[i] * 2, gt(x[i], 0))


def test_conditions_under_a_sum_are_kept() -> None:
    _, conditions = Reader().fresh(S(log(x[i]) / y[i] + sqrt(x[i])))
    assert {"positive", "nonzero", "nonnegative"} == {c.kind for c in conditions}


def test_what_moves_with_the_range_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="whole number"):
        Reader().fresh(derivative(total(k**2 / (1 + k), k, to=n), n))
    with pytest.raises(UnsupportedError, match="derivative of the product"):
        Reader().fresh(derivative(product(1 + a * x[i], i), a))
    with pytest.raises(UnsupportedError, match="more than 60 terms"):
        Reader().fresh(total(z[k], k, to=1000))
