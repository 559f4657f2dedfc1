"""**Read-back**: it says what a claim encodes, and changes with whatever changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

import pytest

from tests.soundness.everything import FALSE, TRUE
from tests.soundness.statements import PAPER
from verifier import (
    Claim,
    Coordinates,
    Space,
    absolute,
    dot,
    eq,
    exists,
    family,
    for_all,
    function,
    ge,
    gt,
    hessian_map,
    implies,
    indices,
    individuals,
    le,
    lt,
    mapping,
    ne,
    norm2,
    oo,
    predicate,
    radial_field,
    real,
    reals,
    sequence,
    sort,
    tends,
    tends_in_turn,
    tends_jointly,
    total,
)
from verifier.exact.vectors import SymmetricOperator
from verifier.falsify.mutants.variants import declared, derived, dropped, widened
from verifier.registry import claims_by_id
from verifier.run.read_back import read_back

a, b, x, y = reals("a b x y")
(n, i) = indices("n i")
u, v = Space().vectors("u v")
z = family("z", "n")
s = sequence("s")
SET = sort("Set")
p, q = individuals("p q", SET)
near = predicate("near", SET, SET)
LIBRARY = claims_by_id(None)
CHEAP = ("initshape/eq-22", "initshape/lem-2", "initshape/fn-3", "initshape/sec71-joint")


def said(then: Any, given: Mapping[str, Any] | None = None, **more: Any) -> str:
    statement = then if isinstance(then, dict) else {"c": then}
    at = PAPER.at("Trial", section="1")
    return str(
        read_back(
            Claim(id="trial/a", title="", source=at, given=given or {}, then=statement, **more)
        )
    )


def test_it_is_read_as_the_statement_of_a_paper() -> None:
    expected = """\
For every
  whole number d >= 1
  real a
  u, v in R^d
with
  (positive) a > 0
where
  b = a**2
it holds that
  (c) a*<u, v> <= b
Open sizes: d."""
    assert expected == said(le(a * dot(u, v), b), {"positive": gt(a, 0)}, where={b: a**2})


def test_every_kind_of_name_has_its_quantifier() -> None:
    w, f = Coordinates("w"), function("f")
    top = mapping("top", SET, to=SET)
    operator = SymmetricOperator("A", "d")
    text = said(
        {
            "field": hessian_map(radial_field(w, f(w.norm))),
            "sum": gt(total(z[i] ** 2, i), s[n]),
            "order": implies(near(top(p), q), eq(p, q)),
            "form": ge(dot(u, operator(u)), a),
        }
    )
    for line in (
        "  whole number d >= 1\n  whole number n >= 1\n",
        "  nonempty set Set\n",
        "  relation near on Set x Set\n",
        "  mapping top: Set -> Set\n",
        "  p in Set\n",
        "  real a\n",
        "  real s[k] for all k\n",
        "  real z[1], ..., z[n]\n",
        "  u in R^d\n",
        "  symmetric positive definite d x d matrix A\n",
        "  w != 0 in R^d, with components w_i, w_j, w_k (i, j, k different) and norm norm_w\n",
        "  smooth real function f\n",
        "Open sizes: d, n.",
    ):
        assert line in text


def test_what_a_conclusion_binds_or_holds_fixed_is_said() -> None:
    text = said(tends(x * y, x, 0, 0), {"small": lt(x, 1)})
    assert text.endswith("Bound in `c`: x.\nLimits are for each fixed y.\nOpen sizes: none.")


def test_a_real_and_a_whole_number_of_one_name_are_told_apart() -> None:
    assert "Two numbers are called n: a real and a whole one." in said(eq(real("n"), n))


def test_free_indices_are_quantified_in_their_statement() -> None:
    assert "  (positive) z[i] > 0 for every i\n" in said(
        gt(total(z[i], i), 0), {"positive": gt(z[i], 0)}
    )


DIFFERENT = {
    "a hypothesis": (said(ge(x, 0), {"h": gt(x, 0)}), said(ge(x, 0))),
    "a bound": (said(ge(x, 0), {"h": gt(x, 0)}), said(ge(x, 0), {"h": gt(x, -1)})),
    "a strict bound": (said(ge(x, 0), {"h": gt(x, 0)}), said(ge(x, 0), {"h": ge(x, 0)})),
    "a name": (said(ge(x, 0), {"h": gt(x, 0)}), said(ge(x, 0), {"k": gt(x, 0)})),
    "quantifiers in another order": (
        said(for_all(x, exists(y, gt(y, x)))),
        said(exists(y, for_all(x, gt(y, x)))),
    ),
    "another quantifier": (said(for_all(x, gt(x, a))), said(exists(x, gt(x, a)))),
    "limits in another order": (
        said(tends_in_turn(x / y, (x, 0), (y, oo), value=0)),
        said(tends_in_turn(x / y, (y, oo), (x, 0), value=0)),
    ),
    "a joint limit": (
        said(tends_in_turn(x * y, (x, 0), (y, 0), value=0)),
        said(tends_jointly(x * y, (x, 0), (y, 0), value=0)),
    ),
    "a side": (
        said(tends(absolute(x), x, 0, 0)),
        said(tends(absolute(x), x, 0, 0, side="both")),
    ),
    "another definition": (
        said(ge(b, 0), where={b: a**2}),
        said(ge(b, 0), where={b: a**4}),
    ),
    "a sequence in place of a family": (
        said(ge(z[1] ** 2, 0)),
        said(ge(sequence("z")[1] ** 2, 0)),
    ),
    "a linear order": (
        said(eq(*individuals("p q", sort("Set")))),
        said(eq(*individuals("p q", sort("Set", ordered=True)))),
    ),
    "another dimension": (
        said(ge(norm2(u), 0)),
        said(ge(norm2(Space("m").vectors("u v")[0]), 0)),
    ),
    "an index in place of a real": (said(ne(n, 0)), said(ne(real("n"), 0))),
}


@pytest.mark.parametrize("change", DIFFERENT)
def test_it_changes_with(change: str) -> None:
    one, other = DIFFERENT[change]
    assert one != other


@pytest.mark.parametrize("key", LIBRARY)
def test_no_variant_of_a_claim_reads_like_it(key: str) -> None:
    claim = LIBRARY[key]
    more = derived(claim) if key in CHEAP else ()
    fewer = list(dropped(claim))
    wider = widened(claim, {variant.name for variant in fewer})
    variants = list(chain(declared(claim), fewer, wider, more))
    texts = {str(read_back(variant.claim)) for variant in variants}
    assert variants
    assert str(read_back(claim)) not in texts


def test_claims_that_say_different_things_read_differently() -> None:
    heard: dict[str, Any] = {}
    for trial in (*FALSE, *TRUE):
        content = trial.claim.given, trial.claim.where, trial.claim.then
        assert content == heard.setdefault(str(read_back(trial.claim)), content)
