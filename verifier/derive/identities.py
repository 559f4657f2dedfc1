"""**Identities**: proofs of inequalities as combinations for the independent checker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq
from sympy import Expr

from verifier.derive import certify
from verifier.derive.certify import Base, Data
from verifier.derive.kernel.signs.region import Region
from verifier.derive.kernel.squares.certificate import Poly
from verifier.derive.kernel.squares.preorder import Proof
from verifier.exact.scalars import exact

Row = tuple[fmpq, list[tuple[Base, int]]]


def combination(
    region: Region, proof: Proof, gap: Expr, op: str, *, sides: Sequence[Expr] = ()
) -> Data:
    """The certificate that `gap` op 0, from the sign of gap, of -gap, or of its square for `!=`.

    With the negated goal among the facts, 0 = A - B * target is read as B * target = A.
    """
    writer = _Writer(region, proof)
    if proof.contradiction and not writer.uses_goal:
        return certify.combination(region.reader, gap, op, exact(0), [*writer.rows()], sides)
    flip = 1 if region.quantity.key == region.reader.read(gap).key else -1
    rows = [(c * flip, bases) for c, bases in writer.rows()]
    return certify.combination(region.reader, gap, op, [*writer.multiplier(op)], rows, sides)


@dataclass(frozen=True)
class _Writer:
    """Terms as products of elements. The negated goal is the fact after those of the region."""

    region: Region
    proof: Proof

    @property
    def goal(self) -> int:
        return len(self.region.known)

    @property
    def uses_goal(self) -> bool:
        return any(self.goal in term.facts for term in self.proof.terms)

    def multiplier(self, op: str) -> Iterator[Row]:
        """What gap, or -gap, is multiplied with."""
        cleared: list[tuple[Base, int]] = [*self.region.cleared]
        if op == "!=" and self.proof.target != self.region.target:
            cleared += [*cleared, (self.region.quantity, 1)]
        own = self.rows(negated=True) if self.uses_goal else self._polynomial(self.proof.multiplier)
        for c, bases in own:
            yield c, [*bases, *cleared]

    def rows(self, *, negated: bool = False) -> Iterator[Row]:
        """The terms with the negated goal an even number of times, or an odd one, once less."""
        for term in self.proof.terms:
            squared, odd = divmod(term.facts.count(self.goal), 2)
            if bool(odd) != negated:
                continue
            bases: list[tuple[Base, int]] = []
            weight = term.weight
            if term.square.is_constant():
                weight = weight * term.square.leading_coefficient() ** 2
            else:
                bases.append((self.region.element(term.square), 2))
            if squared:
                bases.append((self.region.element(self.region.target), 2 * squared))
            for n in term.facts:
                bases += self.region.bases(n) if n != self.goal else ()
            yield weight, bases
        for cofactor, n in () if negated else self.proof.cofactors:
            if self.region.bases(n):
                yield fmpq(1), [(self.region.element(cofactor), 1), *self.region.bases(n)]

    def _polynomial(self, poly: Poly) -> Iterator[Row]:
        """A sum of squares of monomials by its terms, another polynomial as it is."""
        terms = [([*map(int, e)], fmpq(c)) for e, c in poly.to_dict().items()]
        if not all(c > 0 and all(e % 2 == 0 for e in exponents) for exponents, c in terms):
            yield fmpq(1), [(self.region.element(poly), 1)]
            return
        gens = [self.region.element(gen) for gen in poly.context().gens()]
        for exponents, c in terms:
            yield c, [(gen, e) for gen, e in zip(gens, exponents, strict=True) if e]
