"""**Limit certificates**: those of true limits are replayed, and no altered one is."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import sympy
from flint import fmpq
from sympy import Expr

from verifier.certificate.checker import Poly, Rejected
from verifier.derive.kernel.element import Element
from verifier.derive.kernel.limit_certificate import LimitReplay
from verifier.derive.kernel.limit_proof import limit_data
from verifier.derive.kernel.limits import one_sided
from verifier.derive.kernel.reader import Reader
from verifier.errors import UnsupportedError
from verifier.exact.scalars import Q, absolute, asinh, exp, log, oo, reals, sqrt
from verifier.exact.statements import Relation, gt
from verifier.exact.statements.limit import Approach, Side

x, p, delta = reals("x p delta")
radical = sqrt(x**2 + delta**2 / 4)
warp = sqrt(radical - delta / 2) * (delta / 2 + radical) / x  # Lemma 3 of initshape

LIMITS: tuple[tuple[Expr, Any, Side, tuple[Relation, ...]], ...] = (
    ((sqrt(1 + x) - 1) / x, 0, "+", ()),
    ((exp(x) - 1 - x) / x**2, 0, "-", ()),
    ((asinh(x) - x) / x**3, 0, "+", ()),
    (sqrt(x**2 + x) - x, oo, "+", ()),
    (sqrt(x**2 - x) + x, -oo, "+", ()),
    (-1 / x**2, 0, "+", ()),
    (x ** Q(1, 3) / x, 0, "+", ()),
    (absolute(x - 2) / (x - 2), 2, "-", ()),
    ((log(2 + x) - log(2)) / x, 0, "+", ()),
    ((exp(p + x) - exp(p)) / x, 0, "+", ()),
    ((1 - x) ** 2 / (2 * (1 + x**2)), 1, "-", ()),
    (warp, 0, "+", (gt(delta, 0),)),
    (warp.subs(delta, 0), 0, "+", ()),
    (x / (x + p), 0, "+", (gt(p, 0),)),
)


def written(
    expr: Expr, point: Any, side: Side, given: tuple[Relation, ...]
) -> tuple[Reader, dict[str, Any]]:
    reader = Reader(given)
    approach = Approach(x, sympy.sympify(point), side)
    germs, (element,) = one_sided(reader, approach, (), expr)
    data = limit_data(germs, element, germs.limit(element, 0))
    return reader, json.loads(json.dumps(data))


def element_of(reader: Reader, poly: Poly) -> Element:
    tower = reader.tower
    total = tower.zero
    for monomial, c in poly.items():
        term = tower.constant(fmpq(c.numerator, c.denominator))
        for slot, e in monomial:
            term = term * tower.element_of(tower.generators[slot]).power(e)
        total = total + term
    return total


def is_shown(reader: Reader, data: dict[str, Any]) -> bool:
    """Whether the certificate is accepted and the signs that it asks for are known."""
    replay = LimitReplay(data)
    try:
        replay.run()
    except Rejected:
        return False
    allowed = {"positive": {1}, "nonzero": {1, -1}}
    return all(
        reader.sign(element_of(reader, u) * element_of(reader, v)) <= allowed[sign]
        for sign, (u, v) in replay.needs
    )


@pytest.mark.parametrize(("expr", "point", "side", "given"), LIMITS, ids=str)
def test_a_true_limit_is_replayed(
    expr: Expr, point: Any, side: Side, given: tuple[Relation, ...]
) -> None:
    assert is_shown(*written(expr, point, side, given))


def other_limit(data: dict[str, Any]) -> None:
    if isinstance(data["limit"], int):
        data["limit"] = -data["limit"]
    else:
        data["limit"][0] = [*data["limit"][0], ["1", []]]


def finite_or_not(data: dict[str, Any]) -> None:
    data["limit"] = [[], [["1", []]]] if isinstance(data["limit"], int) else 1


def longer_than_it_is(data: dict[str, Any]) -> None:
    for row in data["moving"]:
        row["n"] += 50


def doubled_series(data: dict[str, Any]) -> None:
    row = last_series(data)
    row["series"] = [[str(2 * sympy.Rational(c)), powers] for c, powers in row["series"]]


def other_branch(data: dict[str, Any]) -> None:
    row = last_series(data)
    row["series"] = [[str(-sympy.Rational(c)), powers] for c, powers in row["series"]]


def without_its_last_term(data: dict[str, Any]) -> None:
    row = last_series(data)
    row["series"] = sorted(row["series"], key=lambda term: dict(term[1]).get(data["t"], 0))[:-1]


def last_series(data: dict[str, Any]) -> dict[str, Any]:
    return next(row for row in reversed(data["moving"]) if row["kind"] != "symbol")


def is_exact(row: dict[str, Any]) -> bool:
    """A root of one power of t is that power for ever."""
    return row["kind"] == "symbol" or len(row["series"]) == 1


ALWAYS = (other_limit, finite_or_not)
WITH_SERIES = (longer_than_it_is, doubled_series, other_branch, without_its_last_term)


@pytest.mark.parametrize("forge", [*ALWAYS, *WITH_SERIES], ids=lambda forge: forge.__name__)
def test_no_altered_certificate_is_accepted(forge: Callable[[dict[str, Any]], None]) -> None:
    tried = 0
    for limit in LIMITS:
        reader, data = written(*limit)
        has_series = any(row["kind"] != "symbol" for row in data["moving"])
        if forge in WITH_SERIES and not has_series:
            continue
        if forge is longer_than_it_is and all(map(is_exact, data["moving"])):
            continue
        altered = copy.deepcopy(data)
        forge(altered)
        assert not is_shown(reader, altered), (forge.__name__, limit)
        tried += 1
    assert 8 <= tried


def test_a_constant_that_starts_elsewhere_is_rejected() -> None:
    reader, data = written((log(2 + x) - log(2)) / x, 0, "+", ())
    (constant,) = data["constants"]
    constant["inside"] = [[["3", []]], [["1", []]]]
    assert not is_shown(reader, data)
    _, other = written((log(2 + x) - log(2)) / x, 0, "+", ())
    last_series(other)["start"] = None
    assert not is_shown(reader, other)


def test_a_parameter_that_may_vanish_stays_a_need() -> None:
    reader, data = written(x / (x + p), 0, "+", (gt(p, 0),))
    replay = LimitReplay(data)
    replay.run()
    parameter = {((reader.tower.by_label["p"].slot, 1),): 1}
    assert parameter in [above for sign, (above, _) in replay.needs if sign == "nonzero"]


def test_scales_beyond_powers_have_no_certificate() -> None:
    for expr in (x * log(x), exp(-1 / x), sympy.sin(x) / x):
        with pytest.raises(UnsupportedError):
            written(expr, 0, "+", ())
