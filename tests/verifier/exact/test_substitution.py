"""**Substitution**: nothing is lost under an integral, and nothing is caught by its variable."""

from __future__ import annotations

import pytest
from sympy import Integral

from verifier import reals
from verifier.errors import StatementError
from verifier.exact.substitution import substitute

a, c, t, x, y = reals("a c t x y")
NESTED = Integral(t * c * a, (t, 0, c), (c, 0, x))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({a: y}, Integral(t * c * y, (t, 0, c), (c, 0, x))),
        ({x: y}, Integral(t * c * a, (t, 0, c), (c, 0, y))),
        ({t: y, c: y}, NESTED),
        ({a: x, x: 2}, Integral(t * c * x, (t, 0, c), (c, 0, 2))),
    ],
)
def test_a_multiple_integral_keeps_all_of_its_variables(changes: dict, expected: Integral) -> None:
    assert expected == substitute(NESTED, changes)


@pytest.mark.parametrize("variable", [t, c])
def test_what_an_integral_binds_is_not_brought_under_it(variable: object) -> None:
    with pytest.raises(StatementError, match="is bound in"):
        substitute(NESTED, {a: variable})
