"""**Preorders**: a polynomial inequality from sums of squares times products of what is known.

A proof is an identity of polynomials over Q,

    multiplier * target = sum_k weight_k * square_k^2 * prod_j fact_kj + sum_j cofactor_j * zero_j

with weights > 0, facts that are >= 0 or > 0, and zeros: what equations say is zero (Stengle 1974;
Handelman 1988; Putinar 1993). With a positive multiplier it shows target >= 0, and target > 0
where one term is positive. With target 0 such a term shows that the facts contradict each other:
the negated goal may be among the facts, which finds the multiplier too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from flint import fmpq

from verifier.derive.kernel.linear import farkas
from verifier.derive.kernel.linear.elimination import Elimination, eliminate
from verifier.derive.kernel.squares.basis import combinations_upto
from verifier.derive.kernel.squares.certificate import Certificate, Poly
from verifier.derive.kernel.squares.gram import Failure, certify
from verifier.derive.kernel.squares.system import monomial_of

FACTS = 12  # that are multiplied with each other
PRODUCTS = 200  # in a linear program
LINEAR = 12_000  # entries of a linear program


@dataclass(frozen=True)
class Fact:
    """poly == 0, > 0 or >= 0."""

    poly: Poly
    op: Literal["==", ">", ">="]


@dataclass(frozen=True)
class Term:
    """weight * square^2 * the product of the facts with these numbers."""

    weight: fmpq
    square: Poly
    facts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proof:
    """The identity of this module over `facts`; `cofactors` are (polynomial, number of a fact)."""

    target: Poly
    multiplier: Poly
    facts: tuple[Fact, ...]
    terms: tuple[Term, ...]
    cofactors: tuple[tuple[Poly, int], ...] = ()

    @property
    def strict(self) -> bool:
        """Whether a term is positive wherever the facts hold."""
        return any(
            not term.square.is_zero()
            and term.square.is_constant()
            and all(self.facts[n].op == ">" for n in term.facts)
            for term in self.terms
        )

    @property
    def contradiction(self) -> bool:
        return bool(self.target.is_zero()) and self.strict

    def holds(self) -> bool:
        """Whether the identity holds over Q and no term can be negative."""
        total = self.multiplier * self.target
        for term in self.terms:
            if not term.weight > 0 or any(self.facts[n].op == "==" for n in term.facts):
                return False
            total = total - self.value(term)
        for cofactor, n in self.cofactors:
            if self.facts[n].op != "==":
                return False
            total = total - cofactor * self.facts[n].poly
        return bool(total.is_zero())

    def value(self, term: Term) -> Poly:
        total = term.square * term.square * term.weight
        for n in term.facts:
            total = total * self.facts[n].poly
        return total

    def times_square(self, root: Poly) -> Proof:
        """The proof for target * root^2, of the same facts."""
        terms = (replace(term, square=term.square * root) for term in self.terms)
        cofactors = ((cofactor * root**2, n) for cofactor, n in self.cofactors)
        return replace(
            self, target=self.target * root**2, terms=tuple(terms), cofactors=tuple(cofactors)
        )

    def __str__(self) -> str:
        pieces = []
        for term in self.terms:
            factors = [str(term.weight)] if term.weight != 1 else []
            factors += [f"({self.facts[n].poly})" for n in term.facts]
            factors += [f"({term.square})^2"] if not term.square.is_one() else []
            pieces.append("*".join(factors) or "1")
        pieces += [f"({cofactor})*({self.facts[n].poly})" for cofactor, n in self.cofactors]
        plain = self.multiplier.is_one()
        left = str(self.target) if plain else f"({self.multiplier})*({self.target})"
        return f"{left} = {' + '.join(pieces) or '0'}"


@dataclass(frozen=True)
class Product:
    """A product of facts, by their numbers."""

    poly: Poly
    facts: tuple[int, ...]
    strict: bool


@dataclass(frozen=True)
class Search:
    """What is searched for, in the ring that is left when affine equations are solved."""

    target: Poly
    strict: bool
    facts: tuple[Fact, ...]
    small: Poly
    known: tuple[tuple[int, Fact], ...]
    elimination: Elimination

    @classmethod
    def of(cls, target: Poly, strict: bool, facts: Sequence[Fact]) -> Search:
        zeros = [(n, fact.poly) for n, fact in enumerate(facts) if fact.op == "=="]
        others = [target, *(fact.poly for fact in facts)]
        elimination = eliminate(target.context(), zeros, others)
        moved = [Fact(elimination.project(fact.poly), fact.op) for fact in facts]
        known = [(n, fact) for n, fact in enumerate(moved) if not fact.poly.is_zero()]
        small = elimination.project(target)
        return cls(target, strict, tuple(facts), small, tuple(known), elimination)

    @property
    def zeros(self) -> list[tuple[int, Poly]]:
        return [(n, fact.poly) for n, fact in self.known if fact.op == "=="]

    @property
    def signed(self) -> list[tuple[int, Fact]]:
        """Facts with a sign, simple ones first; constants say nothing here."""
        out = [(n, f) for n, f in self.known if f.op != "==" and not f.poly.is_constant()]
        return sorted(out, key=lambda item: (int(item[1].poly.total_degree()), item[0]))

    def products(self, most: int, degree: int, *, repeated: bool) -> Iterator[Product]:
        """Products of at least one and at most `most` facts, of at most this degree, short ones
        first. Only the first facts are multiplied with others."""
        signed = [(n, f) for n, f in self.signed if int(f.poly.total_degree()) <= degree]
        level = [(k, Product(f.poly, (n,), f.op == ">")) for k, (n, f) in enumerate(signed)]
        yield from (product for _, product in level)
        for _ in range(most - 1):
            level = [
                (k, Product(one.poly * f.poly, (*one.facts, n), one.strict and f.op == ">"))
                for last, one in level
                for k, (n, f) in enumerate(signed[:FACTS])
                if (last <= k if repeated else last < k)
                if int(one.poly.total_degree()) + int(f.poly.total_degree()) <= degree
            ]
            yield from (product for _, product in level)

    def bounds(self, most: int, degree: int) -> list[Product]:
        """Products that are positive, repeated ones too, and cubes."""
        products = [p for p in self.products(most, degree, repeated=True) if p.strict]
        for n, fact in self.signed:
            if fact.op == ">" and 3 * int(fact.poly.total_degree()) <= degree:
                products.append(Product(fact.poly**3, (n, n, n), True))
        return products

    def proof(
        self,
        multiplier: Poly,
        terms: Sequence[Term],
        zeros: Sequence[tuple[Poly, int]],
        *,
        contradiction: bool = False,
    ) -> Proof | Failure:
        """The identity in the ring of all variables, multiplied out."""
        target = self.target * 0 if contradiction else self.target
        lift = self.elimination.lift
        lifted = tuple(Term(t.weight, lift(t.square), t.facts) for t in terms if t.weight != 0)
        cofactors = [(lift(cofactor), n) for cofactor, n in zeros]
        half = Proof(target, multiplier, self.facts, lifted)
        rest = multiplier * target
        for term in lifted:
            rest = rest - half.value(term)
        for cofactor, n in cofactors:
            rest = rest - cofactor * self.facts[n].poly
        try:
            cofactors += self.elimination.cofactors(rest)
        except ArithmeticError as fault:
            return Failure(str(fault))
        found = replace(half, cofactors=tuple(cofactors))
        if not found.holds() or ((self.strict or contradiction) and not found.strict):
            return Failure("the identity that was found does not multiply out.")
        return found


def linear(search: Search, multiplier: Poly, *, products: int, degree: int) -> Proof | Failure:
    """Weights only: products of facts, repeated ones too, and squares of monomials."""
    target = search.elimination.project(multiplier) * search.small
    one = target.context().constant(1)
    size = target.context().nvars()
    facts: dict[int, tuple[Term | None, Poly, int]] = {}
    offered: list[farkas.Fact] = []

    def offer(poly: Poly, op: farkas.Sign, term: Term | None, cofactor: Poly, n: int = 0) -> None:
        fact = farkas.Fact(str(len(offered)), poly, op)
        facts[len(offered)] = (term, cofactor, n)
        offered.append(fact)

    for product in itertools.islice(search.products(products, degree, repeated=True), PRODUCTS):
        term = Term(fmpq(1), one, product.facts)
        offer(product.poly, ">" if product.strict else ">=", term, one)
    for exponents in combinations_upto(size, degree // 2, 1):
        square = monomial_of(one, exponents)
        offer(square * square, ">=", Term(fmpq(1), square), one)
    for n, zero in search.zeros:
        for exponents in combinations_upto(size, degree - int(zero.total_degree())):
            offer(monomial_of(one, exponents) * zero, "==", None, monomial_of(one, exponents), n)
    monomials = {e for fact in offered for e in fact.poly.to_dict()} | {*target.to_dict()}
    if len(offered) * len(monomials) > LINEAR:
        return Failure(f"{len(offered)} products are too many for a linear program.")
    found = farkas.consequence(target, ">" if search.strict else ">=", offered)
    if isinstance(found, farkas.Counterpoint):
        return Failure(f"no weights of degree {degree} give it.")
    terms = [Term(found.constant, one)]
    zeros = []
    for weight, fact in found.facts:
        term_of, cofactor, n = facts[int(fact.name)]
        if term_of is None:
            zeros.append((cofactor * weight, n))
        else:
            terms.append(Term(weight, term_of.square, term_of.facts))
    return search.proof(multiplier, terms, zeros, contradiction=found.contradiction)


def squares(search: Search, multiplier: Poly, *, products: int, degree: int) -> Proof | Failure:
    """Sums of squares times products of at most this many facts, by Gram matrices."""
    target = search.elimination.project(multiplier) * search.small
    one = target.context().constant(1)
    given = [*search.products(products, degree, repeated=False)] if products else []
    bounds = [Product(one, (), True), *search.bounds(products, degree)] if search.strict else []
    found = certify(
        target,
        given=[product.poly for product in given],
        equations=[zero for _, zero in search.zeros] if products else (),
        positive=[product.poly for product in bounds],
        degree=degree,
    )
    if isinstance(found, Failure):
        return found
    terms = [*_terms(found, {str(p.poly): p for p in (*bounds, Product(one, (), True), *given)})]
    numbers = {str(zero): n for n, zero in search.zeros}
    zeros = [(cofactor, numbers[str(zero)]) for cofactor, zero in found.equations]
    return search.proof(multiplier, terms, zeros)


def _terms(found: Certificate, products: dict[str, Product]) -> Iterator[Term]:
    for part in found.parts:
        product = products[str(part.factor)]
        for weight, square in part.squares:
            yield Term(weight, square, product.facts)


def entries(search: Search, products: int, degree: int) -> int:
    """How many entries the Gram matrices of `squares` have."""
    given = search.products(products, degree, repeated=False) if products else ()
    degrees = [0, *(int(product.poly.total_degree()) for product in given)]
    size = search.small.context().nvars()
    rows = (math.comb(size + (degree - d) // 2, size) for d in degrees)
    return sum(n * (n + 1) // 2 for n in rows)
