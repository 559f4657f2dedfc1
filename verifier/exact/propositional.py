"""**Propositional refutations**: an assignment of clauses, or a proof that there is none.

Conflict-driven search with first unique implication points (Marques-Silva and Sakallah 1999). It
records what it learns: each learned clause follows from those before it by unit propagation alone
(reverse unit propagation, Goldberg and Novikov 2003), and the last one is empty. `is_refutation`
replays that and shares only the propagation of units with the search.

A literal is a nonzero integer, its negation the opposite one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from verifier.errors import UnsupportedError

Clause = tuple[int, ...]
CONFLICTS = 20_000
_DECAY = 1.05
_LARGEST = 1e100


@dataclass(frozen=True)
class Assignment:
    """The literals that are true; every clause has one of them."""

    true: frozenset[int]


@dataclass(frozen=True)
class Refutation:
    """Clauses that follow one after another, the last of them empty."""

    learned: tuple[Clause, ...]


@dataclass
class Propagator:
    """Clauses under a partial assignment, two literals of each watched."""

    value: dict[int, bool] = field(default_factory=dict)
    watchers: dict[int, list[list[int]]] = field(default_factory=dict)
    trail: list[int] = field(default_factory=list)
    reason: dict[int, list[int] | None] = field(default_factory=dict)
    done: int = 0

    def put(self, literal: int, because: list[int] | None = None) -> None:
        self.value[literal], self.value[-literal] = True, False
        self.reason[abs(literal)] = because
        self.trail.append(literal)

    def add(self, clause: list[int]) -> list[int] | None:
        """Take a clause, and assign what it forces; the clause itself when it is false already."""
        clause.sort(key=lambda literal: self.value.get(literal) is False)
        for literal in clause[:2] if len(clause) > 1 else ():
            self.watchers.setdefault(literal, []).append(clause)
        if not clause or self.value.get(clause[0]) is False:
            return clause
        if clause[0] not in self.value and (len(clause) == 1 or self.value.get(clause[1]) is False):
            self.put(clause[0], clause)
        return None

    def propagate(self) -> list[int] | None:
        """Assign what clauses force; a clause that became false, or None."""
        while self.done < len(self.trail):
            false = -self.trail[self.done]
            self.done += 1
            kept, waiting = [], self.watchers.get(false, [])
            for place, clause in enumerate(waiting):
                if clause[0] == false:
                    clause[0], clause[1] = clause[1], clause[0]
                first = self.value.get(clause[0])
                if not first and self._moves(clause):
                    continue
                kept.append(clause)
                if first is False:
                    self.watchers[false] = kept + waiting[place + 1 :]
                    return clause
                if first is None:
                    self.put(clause[0], clause)
            self.watchers[false] = kept
        return None

    def _moves(self, clause: list[int]) -> bool:
        """Watch another literal that is not false, if there is one."""
        for n in range(2, len(clause)):
            if self.value.get(clause[n]) is not False:
                clause[1], clause[n] = clause[n], clause[1]
                self.watchers.setdefault(clause[1], []).append(clause)
                return True
        return False

    def undo(self, length: int) -> None:
        for literal in self.trail[length:]:
            del self.value[literal], self.value[-literal], self.reason[abs(literal)]
        del self.trail[length:]
        self.done = length


class _Search:
    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = _tidy(clauses)
        self.state = Propagator()
        self.level: dict[int, int] = {}
        self.marks: list[int] = []  # lengths of the trail before each decision
        self.learned: list[Clause] = []
        variables = {abs(literal) for clause in clauses for literal in clause}
        self.activity = dict.fromkeys(sorted(variables), 0.0)
        self.bump = 1.0

    def run(self, conflicts: int) -> Assignment | Refutation:
        conflict = next((c for c in map(self.state.add, self.clauses) if c is not None), None)
        while True:
            if conflict is None:
                conflict = self.state.propagate()
            self._note_levels()
            if conflict is not None:
                if not self.marks:
                    return Refutation((*self.learned, ()))
                if len(self.learned) >= conflicts:
                    raise UnsupportedError(f"the search did not end within {conflicts} conflicts.")
                conflict = self._learn(conflict)
                continue
            open_variables = [v for v in self.activity if v not in self.state.value]
            if not open_variables:
                return Assignment(frozenset(self.state.trail))
            self.marks.append(len(self.state.trail))
            self.state.put(-max(open_variables, key=lambda v: self.activity[v]))

    def _note_levels(self) -> None:
        for literal in reversed(self.state.trail):
            if abs(literal) in self.level:
                break
            self.level[abs(literal)] = len(self.marks)

    def _learn(self, conflict: list[int]) -> list[int] | None:
        """Learn the clause at the first unique implication point, and jump back."""
        seen: set[int] = set()
        lower: list[int] = []
        pending, clause, place = 0, conflict, len(self.state.trail)
        while True:
            for literal in clause:
                variable = abs(literal)
                if variable in seen or self.level[variable] == 0:
                    continue
                seen.add(variable)
                self.activity[variable] += self.bump
                if self.level[variable] == len(self.marks):
                    pending += 1
                else:
                    lower.append(literal)
            while True:
                place -= 1
                if abs(self.state.trail[place]) in seen:
                    break
            pivot = self.state.trail[place]
            pending -= 1
            if pending == 0:
                break
            clause = [x for x in (self.state.reason[abs(pivot)] or ()) if x != pivot]
        self._decay()
        lower.sort(key=lambda literal: -self.level[abs(literal)])
        back = self.level[abs(lower[0])] if lower else 0
        for literal in self.state.trail[self.marks[back] :]:
            del self.level[abs(literal)]
        self.state.undo(self.marks[back])
        del self.marks[back:]
        learned = [-pivot, *lower]
        self.learned.append(tuple(learned))
        return self.state.add(learned)

    def _decay(self) -> None:
        self.bump *= _DECAY
        if self.bump > _LARGEST:
            self.activity = {v: a / self.bump for v, a in self.activity.items()}
            self.bump = 1.0


def solve(clauses: Iterable[Clause], *, conflicts: int = CONFLICTS) -> Assignment | Refutation:
    """An assignment of all variables that satisfies the clauses, or a refutation.

    Raises:
        UnsupportedError: neither is found within so many conflicts.
    """
    return _Search(tuple(clauses)).run(conflicts)


def is_refutation(clauses: Iterable[Clause], learned: Sequence[Clause]) -> bool:
    """Whether units contradict the clauses with `learned`, each of which follows by units alone."""
    state = Propagator()
    if not all(_take(state, clause) for clause in _tidy(clauses)):
        return True
    for clause in learned:
        if not _follows(state, clause):
            return False
        if not _take(state, list(clause)):
            return True
    return False


def _tidy(clauses: Iterable[Clause]) -> list[list[int]]:
    """The clauses without repeated literals, and without those that say nothing."""
    lists = [list(dict.fromkeys(clause)) for clause in clauses]
    return [c for c in lists if not any(-literal in c for literal in c)]


def _take(state: Propagator, clause: list[int]) -> bool:
    """Add a clause to the units that hold; False when it contradicts them."""
    return state.add(clause) is None and state.propagate() is None


def _follows(state: Propagator, clause: Clause) -> bool:
    """Whether denying every literal of the clause leads to a conflict."""
    start = len(state.trail)
    try:
        for literal in clause:
            if state.value.get(literal):
                return True
            if literal not in state.value:
                state.put(-literal)
        return state.propagate() is not None
    finally:
        state.undo(start)
