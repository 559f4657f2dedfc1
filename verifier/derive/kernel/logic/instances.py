"""**Ground instances**: first-order statements that contradict each other, by finitely many cases.

The universal form is instantiated with the terms at hand (Herbrand), with the axioms of equality
and of linear orders for the terms that occur. The instances are clauses; when no assignment
satisfies them, no structure of any size satisfies the statements. An assignment says which
instances to take next: those that fail in it, or else those that it leaves open, the smallest
first (Ganzinger and Korovin 2003, New directions in instantiation-based theorem proving). When
there are none, it is a model, and the statements do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from verifier.derive.kernel.logic.clauses import Ground, same_atom
from verifier.derive.kernel.logic.equality import add_axioms, elements
from verifier.derive.kernel.logic.universal import (
    LETTER,
    Atom,
    Formula,
    Literal,
    instance,
    literals,
    variables,
)
from verifier.errors import UnsupportedError, VerifierError
from verifier.exact.logic import Sort, Term
from verifier.exact.propositional import Assignment, Clause, Refutation, is_refutation, solve

INSTANCES = 6000
ROUNDS = 40
CLAUSES = 12_000
FAILING, OPEN = 24, 6  # how many instances are taken in a round


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
    start = dict.fromkeys(subterms(forms))
    for sort in sorts:
        if not any(term.sort == sort for term in start):
            start[Term(f"!{sort.name}", sort)] = None
    slots = {slot for form in forms for slot in variables(form)}
    if all(slot.sort.elements for slot in slots):
        rounds = 1
        taken = dict.fromkeys(case for form in (*facts, *forms) for case in _instances(form, start))
    else:
        taken = dict.fromkeys((*facts, *(f for f in forms if not any(True for _ in variables(f)))))
    for _ in range(rounds):
        known = {**start, **dict.fromkeys(subterms(taken))}
        ground = Ground()
        for case in taken:
            ground.add(case)
        add_axioms(ground, known)
        if rounds > 1 and len(ground.clauses) > CLAUSES:
            raise UnsupportedError(f"more than {CLAUSES:,} clauses are needed.")
        found = solve(ground.clauses)
        if isinstance(found, Refutation):
            return _replayed(ground, found, len(taken))
        true = _true(ground, found)
        more = _next(forms, known, taken, {atom: atom in true for atom in ground.atoms})
        if not more:
            return Consistent(true)
        taken |= dict.fromkeys(more)
    raise UnsupportedError(f"{_count(rounds, 'round')} of instances leave it open.")


def _replayed(ground: Ground, found: Refutation, instances: int) -> Contradiction:
    if not is_refutation(ground.clauses, found.learned):
        raise VerifierError("A refutation of ground instances does not replay.")
    return Contradiction(tuple(ground.clauses), found, instances, len(ground.atoms))


def _next(
    forms: Sequence[Formula],
    known: Iterable[Term],
    taken: Container[Formula],
    value: Mapping[Atom, bool],
) -> list[Formula]:
    """Instances that fail under an assignment, or else some that it leaves open."""
    failing: list[Formula] = []
    left: list[Formula] = []
    for form in forms:
        for case in _instances(form, known):
            answer = True if case in taken else _answer(case, value)
            if answer is not True:
                (left if answer is None else failing).append(case)
    if failing:
        return sorted(failing, key=_size)[:FAILING]
    return sorted(left, key=_size)[:OPEN]


def _answer(formula: Formula, value: Mapping[Atom, bool]) -> bool | None:
    """What an assignment makes of a formula, None where that depends on other atoms."""
    if isinstance(formula, Literal):
        answer = value.get(same_atom(formula.atom))
        return None if answer is None else answer is formula.positive
    answers = [_answer(part, value) for part in formula.parts]
    decisive = not formula.every
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _size(formula: Formula) -> int:
    """How many symbols its terms have."""
    return sum(
        _length(arg)
        for literal in literals(formula)
        for arg in literal.atom.args
        if isinstance(arg, Term)
    )


def _length(term: Term) -> int:
    return 1 + sum(map(_length, term.args))


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
