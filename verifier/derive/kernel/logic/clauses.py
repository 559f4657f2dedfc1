"""**Ground clauses**: formulas without variables as clauses over numbered atoms.

A conjunction inside a disjunction gets a letter that implies its parts (Plaisted and Greenbaum
1986), which is all that satisfiability asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from verifier.derive.kernel.logic.universal import Atom, Branch, Formula, Literal
from verifier.exact.logic import Term
from verifier.exact.propositional import Clause


def same_atom(atom: Atom) -> Atom:
    """The one of s = t and t = s that has a number."""
    if atom.kind == "=" and str(atom.args[0]) > str(atom.args[1]):
        return Atom("=", atom.args[::-1])
    return atom


@dataclass
class Ground:
    """Clauses, and the number of each atom and of each conjunction that has a letter."""

    number: dict[Formula | Atom, int] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)

    def add(self, formula: Formula) -> None:
        """Take a formula as true."""
        if isinstance(formula, Branch) and formula.every:
            for part in formula.parts:
                self.add(part)
        else:
            self.clauses.append(tuple(self._disjuncts(formula)))

    def literal(self, atom: Atom, positive: bool = True) -> int:
        """The number of an atom, negative when it is denied; s = t and t = s are one atom."""
        number = self.number.setdefault(same_atom(atom), len(self.number) + 1)
        return number if positive else -number

    def same(self, left: Term, right: Term) -> int:
        return self.literal(Atom("=", (left, right)))

    def below(self, left: Term, right: Term) -> int:
        return self.literal(Atom("<=", (left, right)))

    @property
    def atoms(self) -> list[Atom]:
        return [key for key in self.number if isinstance(key, Atom)]

    def _disjuncts(self, formula: Formula) -> Iterator[int]:
        if isinstance(formula, Literal):
            yield self.literal(formula.atom, formula.positive)
        elif not formula.every:
            for part in formula.parts:
                yield from self._disjuncts(part)
        else:
            yield self._letter(formula)

    def _letter(self, formula: Branch) -> int:
        known = formula in self.number
        letter = self.number.setdefault(formula, len(self.number) + 1)
        for part in formula.parts if not known else ():
            self.clauses.append((-letter, *self._disjuncts(part)))
        return letter
