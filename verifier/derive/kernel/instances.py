"""**Ground instances**: first-order statements that contradict each other, by finitely many cases.

The universal form is instantiated with the terms at hand, round after round (Herbrand), with the
axioms of equality and of linear orders for the terms that occur. The instances are clauses; when
no assignment satisfies them, no structure of any size satisfies the statements. When a round brings
no new term, an assignment is a model, and the statements do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from verifier.derive.kernel.clauses import Ground
from verifier.derive.kernel.equality import add_axioms, elements
from verifier.derive.kernel.universal import (
    LETTER,
    Atom,
    Formula,
    instance,
    literals,
    variables,
)
from verifier.errors import UnsupportedError, VerifierError
from verifier.exact.logic import Sort, Term
from verifier.exact.propositional import Assignment, Clause, Refutation, is_refutation, solve

INSTANCES = 6000
ROUNDS = 4


@dataclass(frozen=True)
class Contradiction:
    """Clauses that no assignment satisfies, with the refutation, and how many there were."""

    clauses: tuple[Clause, ...]
    refutation: Refutation
    instances: int
    atoms: int

    def __str__(self) -> str:
        return (
            f"{_count(self.instances, 'instance')} over {_count(self.atoms, 'atom')}: none of the "
            f"2^{self.atoms} assignments satisfies all"
        )


@dataclass(frozen=True)
class Consistent:
    """The atoms that are true in a model of the statements."""

    true: frozenset[Atom]


def contradiction(
    forms: Sequence[Formula],
    sorts: Iterable[Sort],
    *,
    facts: Sequence[Formula] = (),
    rounds: int = ROUNDS,
) -> Contradiction | Consistent:
    """Whether the forms contradict each other in nonempty `sorts`, and `facts` without variables.

    Raises:
        UnsupportedError: neither is found within so many instances, terms or rounds.
    """
    known = dict.fromkeys(subterms(forms))
    for sort in sorts:
        if not any(term.sort == sort for term in known):
            known[Term(f"!{sort.name}", sort)] = None
    for sort in {term.sort: None for term in known}:
        known |= dict.fromkeys(elements(sort))
    for _ in range(rounds):
        ground, used = Ground(), dict(known)
        count = 0
        for formula in (*facts, *forms):
            for case in _instances(formula, known):
                count += 1
                if count > INSTANCES:
                    raise UnsupportedError(f"more than {INSTANCES} instances are needed.")
                ground.add(case)
                used |= dict.fromkeys(subterms([case]))
        add_axioms(ground, used)
        found = solve(ground.clauses)
        if isinstance(found, Refutation):
            if not is_refutation(ground.clauses, found.learned):
                raise VerifierError("A refutation of ground instances does not replay.")
            return Contradiction(tuple(ground.clauses), found, count, len(ground.atoms))
        if _targets(used, forms) == _targets(known, forms):
            return Consistent(_true(ground, found))
        known = used
    raise UnsupportedError(f"{rounds} rounds of instances leave it open.")


def _instances(formula: Formula, known: Iterable[Term]) -> Iterator[Formula]:
    slots = list(dict.fromkeys(variables(formula)))
    pools = [_pool(slot.sort, known) for slot in slots]
    if prod(map(len, pools)) > INSTANCES:
        raise UnsupportedError(f"more than {INSTANCES} instances are needed.")
    for terms in product(*pools):
        yield instance(formula, dict(zip(slots, terms, strict=True)))


def _pool(sort: Sort, known: Iterable[Term]) -> list[Term]:
    """The terms that stand for every individual: the elements of an enumerated sort."""
    if sort.elements:
        return elements(sort)
    return [term for term in known if term.sort == sort]


def _targets(terms: Iterable[Term], forms: Sequence[Formula]) -> set[Term]:
    """The terms that some variable runs over."""
    sorts = {v.sort for form in forms for v in variables(form)}
    return {t for t in terms if t.sort in sorts and not t.sort.elements}


def subterms(formulas: Iterable[Formula]) -> Iterator[Term]:
    """The terms without variables that occur in formulas, with repetitions."""
    for formula in formulas:
        for literal in literals(formula):
            for arg in literal.atom.args if literal.atom.kind != LETTER else ():
                yield from _ground_parts(arg)


def _ground_parts(term: Term) -> Iterator[Term]:
    for arg in term.args:
        yield from _ground_parts(arg)
    if not any(True for _ in variables(term)):
        yield term


def _true(ground: Ground, found: Assignment) -> frozenset[Atom]:
    return frozenset(atom for atom in ground.atoms if ground.number[atom] in found.true)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
