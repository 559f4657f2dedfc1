"""**Identities** as certificates: they multiply out, and the checker replays them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.soundness.statements import trial
from verifier import Q, by, eq, ge, gt, le, lt, ne, reals, sqrt
from verifier.derive import certify, identities
from verifier.derive.context import Context
from verifier.derive.kernel.signs.region import Region
from verifier.derive.side import derive_claim, rule_named
from verifier.errors import UnsupportedError
from verifier.verdict import Rest

x, y, z = reals("x y z")
MOTZKIN = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
P = by.positivstellensatz


def test_a_step_by_an_identity_is_checked() -> None:
    given = (ge(x, 0), ge(y, 0), ge(z, 0), eq(x + y + z, 1))
    claim = trial("simplex", "", le(x * y * z, Q(1, 27)), P, *given).claim
    (step,) = derive_claim(claim).steps
    assert (Rest.CHECKED, 1) == (step.rests_on, len(step.certificates))


def value(rows: Any, region_: Region) -> Any:
    """Terms as one element of the tower."""
    tower = region_.reader.tower
    total = tower.zero
    for coefficient, bases in rows:
        term = tower.constant(coefficient)
        for base, exponent in bases:
            term = term * base.power(exponent)
        total = total + term
    return total


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (le(x * y, 1), (le(x**2 + y**2, 2),)),
        (ge(x**2 + y**2 + z**2, Q(1, 3)), (eq(x + y + z, 1),)),
        (ge(y, 0), (gt(x, 0), ge(x * y, 0))),
        (gt(y, 0), (lt(x, 0), lt(x * y, 0))),
        (ge(x + 1 / x, 2), (gt(x, 0),)),
        (le(y / x, 0), (lt(x, 0), ge(y, 0))),
        (ge(MOTZKIN, 0), ()),
        (le(sqrt(x * y), (x + y) / 2), (ge(x, 0), ge(y, 0))),
        (ne(x * y, 0), (ne(x, 0), ne(y, 0))),
        (ge(x, 5), (ge(x * y, 3), le(x**2 + y**2, 2))),
        (ge(x, 5), (gt(y, 3), lt(y, 2), le(x, y))),
        (le(x, y), (le(x**3, y**3),)),
    ],
)
def test_the_certificate_multiplies_out(
    statement: Any, given: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def keep(reader: Any, gap: Any, op: str, multiplier: Any, terms: Any, sides: Any) -> Any:
        seen.append((reader.read(gap), multiplier, terms, sides))
        raise UnsupportedError("only looked at")

    made: list[Region] = []
    combined = identities.combination

    def combination(found: Region, *args: Any, **options: Any) -> Any:
        made.append(found)
        return combined(found, *args, **options)

    monkeypatch.setattr(certify, "combination", keep)
    monkeypatch.setattr("verifier.derive.rules.positivstellensatz.combination", combination)
    context = Context(given, P, rule_named)
    assert rule_named("positivstellensatz").discharge(statement, context).holds
    ((gap, multiplier, terms, sides),) = seen
    assert (statement.lhs, statement.rhs) == sides
    times = made[0].reader.tower.zero if multiplier == 0 else value(multiplier, made[0])
    assert (times * gap - value(terms, made[0])).is_zero
    assert all(c != 0 for c, _ in terms)
