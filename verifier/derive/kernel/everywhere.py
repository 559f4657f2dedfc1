"""**What holds for every index**: hypotheses in x[i] with a free i, put in where an index is met.

A law h(i) is taken at an index of a sum when the sum stays inside the range of i; it is no
statement about one i. Conditions between indices, such as i != j, must hold where it is put in.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Expr, Symbol, oo

from verifier.exact.statements import Relation
from verifier.exact.substitution import substitute

if TYPE_CHECKING:
    from verifier.derive.kernel.reader import Reader

MOST = 200  # times that one law is put in


@dataclass(frozen=True)
class ForEvery:
    """`relation` holds for all values of its indices where the conditions hold.

    `indices` maps each to the sizes of the families whose members it names; oo is a sequence.
    """

    relation: Relation
    indices: tuple[tuple[Symbol, frozenset[Expr]], ...]
    conditions: tuple[Relation, ...] = ()

    def at(self, place: Mapping[Symbol, Expr]) -> Relation:
        moved: Relation = substitute(self.relation, place)
        return moved


@dataclass(frozen=True)
class Laws:
    """What holds for every index, and the indices that stand for themselves, with their sizes."""

    laws: tuple[ForEvery, ...] = ()
    fixed: tuple[tuple[Symbol, frozenset[Expr]], ...] = ()


NO_LAWS = Laws()


class Everywhere:
    """Laws, and the places where they have been put in: an index with the sizes it stays below."""

    def __init__(self, known: Laws) -> None:
        self.laws = known.laws
        self.places = {index: sizes | {oo} for index, sizes in known.fixed}

    def meet(self, reader: Reader, index: Symbol, sizes: frozenset[Expr]) -> None:
        """Take every law at an index that is new, and at it with those met before."""
        if index in self.places:
            return
        self.places[index] = sizes | {oo}
        for law in self.laws:
            free = [symbol for symbol, _ in law.indices]
            tuples = itertools.product(self.places, repeat=len(free))
            for chosen in itertools.islice((t for t in tuples if index in t), MOST):
                place = dict(zip(free, chosen, strict=True))
                if self._reaches(reader, law, place):
                    reader.assume([law.at(place)])

    def _reaches(self, reader: Reader, law: ForEvery, place: Mapping[Symbol, Symbol]) -> bool:
        if any(not needed <= self.places[place[symbol]] for symbol, needed in law.indices):
            return False
        return all(reader.shows(substitute(c, place)) for c in law.conditions)
