"""**What holds for every index**: hypotheses in x[i] with a free i, put in where an index is met.

A law h(i) is taken at an index of a sum when the sum stays inside the range of i. Conditions
between indices, such as i != j, must hold where it is put in.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Expr, Symbol, oo

from verifier.exact.statements import Relation
from verifier.exact.substitution import substitute

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader

MOST = 200  # times that one law is put in at one index


@dataclass(frozen=True)
class Law(Relation):
    """A relation that holds for all values of its indices where the conditions hold.

    `indices` maps each to the sizes of the families whose members it names; oo is a sequence.
    Read as a relation, it is the one for the indices as they are called.
    """

    indices: tuple[tuple[Symbol, frozenset[Expr]], ...] = ()
    conditions: tuple[Relation, ...] = ()

    def at(self, place: Mapping[Symbol, Expr]) -> Instance:
        """What it says there; nothing is checked of the place."""
        return Instance(self.op, substitute(self.lhs, place), substitute(self.rhs, place))


@dataclass(frozen=True)
class Instance(Relation):
    """What a law says at one place."""


class Everywhere:
    """Laws, and the places where they have been put in: an index with the sizes it stays below."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        self.laws = [relation for relation in relations if isinstance(relation, Law)]
        self.places: dict[Expr, frozenset[Expr]] = {}

    def meet(self, reader: Reader, index: Expr, sizes: frozenset[Expr]) -> None:
        """Take every law at an index that is new, and at it with those met before.

        A number is an index in a family that is certainly that large; in a sequence it is not, as
        what follows from there would have no end.
        """
        if not self.laws or index in self.places:
            return
        sizes = frozenset(s for s in sizes if _is_below(index, s)) if index.is_Integer else sizes
        if not sizes or not (index.is_Integer or isinstance(index, Symbol)):
            return
        self.places[index] = sizes | {oo}
        for law in self.laws:
            free = [symbol for symbol, _ in law.indices]
            tuples = itertools.product(list(self.places), repeat=len(free))
            for chosen in itertools.islice((t for t in tuples if index in t), MOST):
                place = dict(zip(free, chosen, strict=True))
                if self._reaches(reader, law, place):
                    reader.assume([law.at(place)])

    def _reaches(self, reader: Reader, law: Law, place: Mapping[Symbol, Expr]) -> bool:
        if any(index.is_Integer and index < 1 for index in place.values()):
            return False
        if any(not needed <= self.places[place[symbol]] for symbol, needed in law.indices):
            return False
        moved = [substitute(condition, place) for condition in law.conditions]
        return all(c in reader.learned or reader.shows(c) for c in moved)


def _is_below(index: Expr, size: Expr) -> bool:
    return bool(size != oo and (index == 1 or (size.is_Integer and index <= size)))
