"""**Positivity**: which identities are tried for an inequality, cheap ones first.

Linear programs come first, then sums of squares alone, then times the facts and their products;
then multipliers, and last the negated goal among the facts, which finds a multiplier of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from verifier.derive.kernel.certificate import Poly
from verifier.derive.kernel.element import Element
from verifier.derive.kernel.gram import Failure
from verifier.derive.kernel.preorder import Fact, Proof, Search, linear, squares
from verifier.derive.kernel.reader import Reader
from verifier.derive.kernel.region import Region, region_of
from verifier.errors import UnsupportedError

Attempt = Callable[[], Proof | Failure]


@dataclass(frozen=True)
class Plan:
    """What an author fixes: the degree of the identity, how many facts are multiplied with each
    other, and multipliers, which are positive wherever the facts hold."""

    degree: int | None = None
    products: int | None = None
    multipliers: tuple[Poly, ...] = ()


def prove(
    target: Poly, op: Literal[">", ">="], facts: Sequence[Fact], plan: Plan
) -> Proof | Failure:
    """An identity for target `op` 0, or for a contradiction of the facts; or why there is none.

    The facts of the proof are those given and, where it needs it, the negated goal as the last.
    """
    search = Search.of(target, op == ">", facts)
    reason = ""
    for attempt in _attempts(search, plan):
        try:
            found = attempt()
        except UnsupportedError as fault:
            reason = f"  {fault}\n"
            continue
        if isinstance(found, Proof):
            return found
    return Failure(f"no identity was found that shows\n    {target} {op} 0\n{reason}{_cure(plan)}")


def established(
    reader: Reader, quantity: Element, op: Literal["!=", ">", ">="]
) -> tuple[Region, Proof] | None:
    """The region of `quantity` and why `quantity` op 0 in it, if an identity is found."""
    region = region_of(reader, quantity)
    if op == "!=":
        found = prove(region.target * region.target, ">", region.facts, Plan())
    else:
        found = prove(region.target, op, region.facts, Plan())
    return (region, found) if isinstance(found, Proof) else None


def _cure(plan: Plan) -> str:
    tried = [f"degree {plan.degree}"] if plan.degree is not None else []
    tried += [f"products of {plan.products} hypotheses"] if plan.products is not None else []
    more = f" (tried: {', '.join(tried)})" if tried else ""
    return f"  Raise `degree` or `products`{more}, give `multipliers`, or split into cases."


def _attempts(search: Search, plan: Plan) -> Iterator[Attempt]:
    one = search.target.context().constant(1)
    for multiplier in plan.multipliers or (one,):
        yield from _direct(search, multiplier, plan)
    if not plan.multipliers:
        around = one + sum((gen * gen for gen in one.context().gens()), 0 * one)
        for products in _counts(search, plan):
            for degree in _degrees(search, around, plan)[:1]:
                yield partial(squares, search, around, products=products, degree=degree)
        negated = Fact(-search.target, ">=" if search.strict else ">")
        yield from _absurd(search, (*search.facts, negated), plan)
        yield from _absurd(search, search.facts, plan)


def _direct(search: Search, multiplier: Poly, plan: Plan) -> Iterator[Attempt]:
    degrees = _degrees(search, multiplier, plan)
    counts = _counts(search, plan)
    for degree in degrees[:1]:
        most = max(degree, 2) if plan.products is None else plan.products
        yield partial(linear, search, multiplier, products=min(most, 2), degree=degree)
        yield partial(squares, search, multiplier, products=0, degree=degree)
        if most > 2:
            yield partial(linear, search, multiplier, products=most, degree=degree)
    for degree in degrees:
        for products in counts:
            if products:
                yield partial(squares, search, multiplier, products=products, degree=degree)


def _absurd(search: Search, facts: Sequence[Fact], plan: Plan) -> Iterator[Attempt]:
    """0 = something positive."""
    if not facts:
        return
    zero = 0 * search.target
    absurd = Search.of(zero, True, facts)
    one = zero + 1
    degrees = _degrees(search, one, plan)
    counts = [count for count in _counts(absurd, plan) if count]
    for degree in degrees[:1]:
        yield partial(linear, absurd, one, products=max(counts), degree=degree)
    for degree in degrees:
        for products in counts:
            yield partial(squares, absurd, one, products=products, degree=degree)


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
