"""**Positivity**: which identities are tried for an inequality, cheap ones first.

Linear programs come first, then sums of squares alone, then times the facts and their products;
then multipliers, and last the negated goal among the facts, which finds a multiplier of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.signs.region import Region, region_of
from verifier.derive.kernel.squares.certificate import Poly
from verifier.derive.kernel.squares.gram import Failure, square_root_of_factors
from verifier.derive.kernel.squares.preorder import Fact, Proof, Search, entries, linear, squares
from verifier.errors import UnsupportedError

CHEAP = 2  # attempts before anyone asks whether the goal is plainly false
EFFORT = 3600  # entries of all Gram matrices that are tried for one goal


@dataclass(frozen=True)
class Attempt:
    """One form of identity, with weights only or with Gram matrices."""

    search: Search
    multiplier: Poly
    products: int
    degree: int
    weights_only: bool = False

    @property
    def size(self) -> int:
        """Entries of its Gram matrices."""
        return 0 if self.weights_only else entries(self.search, self.products, self.degree)

    def run(self) -> Proof | Failure:
        form = linear if self.weights_only else squares
        return form(self.search, self.multiplier, products=self.products, degree=self.degree)


@dataclass(frozen=True)
class Plan:
    """What an author fixes: the degree of the identity, how many facts are multiplied with each
    other, and multipliers, which are positive wherever the facts hold. `effort` is shared by all
    attempts."""

    degree: int | None = None
    products: int | None = None
    multipliers: tuple[Poly, ...] = ()
    effort: int = EFFORT


def prove(
    target: Poly,
    op: Literal[">", ">="],
    facts: Sequence[Fact],
    plan: Plan,
    *,
    doubt: Callable[[], str] = lambda: "",
) -> Proof | Failure:
    """An identity for target `op` 0, or for a contradiction of the facts; or why there is none.

    The facts of the proof are those given and, where it needs it, the negated goal as the last.
    After the cheapest attempts `doubt` is asked for a reason to try no others. A square that
    divides a target >= 0 is taken out first.
    """
    root = square_root_of_factors(target) if op == ">=" else target * 0 + 1
    if not root.is_constant():
        rest = Search.of(target / root**2, False, facts)
        found = _searched(rest, replace(plan, effort=plan.effort // 3), doubt)
        whole = found.times_square(root) if isinstance(found, Proof) else None
        if whole is not None and not whole.contradiction and whole.holds():
            return whole
    return _searched(Search.of(target, op == ">", facts), plan, doubt)


def _searched(search: Search, plan: Plan, doubt: Callable[[], str]) -> Proof | Failure:
    reason, spent = "", 0
    for number, attempt in enumerate(_attempts(search, plan)):
        against = doubt() if number == CHEAP else ""
        if against:
            return Failure(against)
        if attempt.size > plan.effort - spent:
            continue
        spent += attempt.size
        try:
            found = attempt.run()
        except UnsupportedError as fault:
            reason = f"  {fault}\n"
            continue
        if isinstance(found, Proof):
            return found
    goal = f"{search.target} {'>' if search.strict else '>='} 0"
    return Failure(f"no identity was found that shows\n    {goal}\n{reason}{_cure(plan)}")


def plainly_false(region: Region) -> str:
    """A point at which the target of the region is negative, exactly or in floats; or nothing."""
    from verifier.derive.kernel.signs.glance import plainly_negative
    from verifier.derive.kernel.squares.descent import descended_point

    if region.exact:
        signed = [k.poly for k in region.known if k.op in (">", ">=")]
        point = descended_point(region.target, signed, region.allows)
        return region.shown_false(point) if point is not None else ""
    seen = plainly_negative(region)
    if seen is None:
        return ""
    where = ", ".join(f"{label} = {value:.6g}" for label, value in seen.items())
    shown = region.reader.tower.show(region.element(region.target))
    return f"it seems to be false: in floats,\n    {shown}\n  is negative near {where}."


def established(
    reader: Reader, quantity: Element, op: Literal["!=", ">", ">="]
) -> tuple[Region, Proof] | None:
    """The region of `quantity` and why `quantity` op 0 in it, if an identity is found."""
    region = region_of(reader, quantity)
    if op == "!=":
        found = prove(region.target * region.target, ">", region.facts, Plan())
    else:
        against = partial(plainly_false, region)
        found = prove(region.target, op, region.facts, Plan(), doubt=against)
    return (region, found) if isinstance(found, Proof) else None


def _cure(plan: Plan) -> str:
    tried = [f"degree {plan.degree}"] if plan.degree is not None else []
    tried += [f"products of {plan.products} hypotheses"] if plan.products is not None else []
    more = f" (tried: {', '.join(tried)})" if tried else ""
    return f"  Raise `degree` or `products`{more}, give `multipliers`, or split into cases."


def _attempts(search: Search, plan: Plan) -> Iterator[Attempt]:
    """One degree after the other: without and with the negated goal, then for a contradiction."""
    one = search.target.context().constant(1)
    absurd = _absurd(search) if not plan.multipliers else []
    questions = [(search, multiplier) for multiplier in plan.multipliers or (one,)]
    questions += [(other, one) for other in absurd]
    degrees = [_degrees(search, multiplier, plan) for _, multiplier in questions]
    for level in range(max(map(len, degrees))):
        for (asked, multiplier), known in zip(questions, degrees, strict=True):
            if level < len(known):
                yield from _at_degree(asked, multiplier, plan, known[level], first=level == 0)
        if level == 0 and not plan.multipliers:
            around = one + sum((gen * gen for gen in one.context().gens()), 0 * one)
            degree = _degrees(search, around, plan)[0]
            for products in _counts(search, plan):
                yield Attempt(search, around, products, degree)


def _absurd(search: Search) -> list[Search]:
    """0 = something positive, from the facts with the negated goal, and from the facts alone."""
    negated = Fact(-search.target, ">=" if search.strict else ">")
    zero = 0 * search.target
    given = ((*search.facts, negated), search.facts)
    return [Search.of(zero, True, facts) for facts in given if facts]


def _at_degree(
    search: Search, multiplier: Poly, plan: Plan, degree: int, *, first: bool
) -> Iterator[Attempt]:
    """Weights alone for the first degree, then Gram matrices without, with, and between facts."""
    if first:
        most = max(degree, 2) if plan.products is None else plan.products
        yield Attempt(search, multiplier, min(most, 2), degree, weights_only=True)
        if not search.target.is_zero():
            yield Attempt(search, multiplier, 0, degree)
        if most > 2:
            yield Attempt(search, multiplier, most, degree, weights_only=True)
    for products in _counts(search, plan):
        if products:
            yield Attempt(search, multiplier, products, degree)


def _counts(search: Search, plan: Plan) -> list[int]:
    """How many facts are multiplied, in the order in which it is tried; 0 where there are none."""
    if not search.signed and not search.zeros:
        return [0]
    if plan.products is not None:
        return [plan.products]
    return [1, 2] if len(search.signed) > 1 else [1]


def _degrees(search: Search, multiplier: Poly, plan: Plan) -> list[int]:
    """That of the target, that of the facts, and two more than that of the target."""
    if plan.degree is not None:
        return [plan.degree]
    product = search.elimination.project(multiplier) * search.small
    least = _even(max(int(product.total_degree()), 2))
    most = max((int(fact.poly.total_degree()) for _, fact in search.known), default=least)
    return sorted({least, max(least, min(_even(most), least + 4)), least + 2})


def _even(degree: int) -> int:
    return degree + degree % 2
