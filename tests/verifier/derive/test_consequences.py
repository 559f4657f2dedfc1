"""**Consequences**: what a binder's names mean inside of it is not what hypotheses say of them."""

from __future__ import annotations

from verifier import by, for_all, ge, has_rank, reals
from verifier.derive.consequences import outside
from verifier.derive.context import Context
from verifier.derive.side import rule_named

a, x = reals("a x")


def test_outside_of_a_binder_no_kind_of_hypothesis_on_its_names_is_left() -> None:
    on_x, on_a = has_rank([[x, 1], [1, x]], 2), has_rank([[a, 1], [1, a]], 2)
    context = Context((ge(x, 1), ge(a, 1)), by.sign, rule_named, known=(on_x, on_a))
    left = outside(context, for_all(x, ge(x**2, 0)))
    assert left.hypotheses == (ge(a, 1),)
    assert left.known == (on_a,)
