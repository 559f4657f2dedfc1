"""**Session**: which claims run, what comes back, and what the claims they use make of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from verifier.budget import BUDGETS, Budget
from verifier.claim import Claim
from verifier.judgement import Effective, Judgement, effective, judge, settle
from verifier.run.pool import Limits, Loader, Pool, Task
from verifier.verdict import Evidence


@dataclass(frozen=True)
class Settings:
    """How claims are checked: sides, budget and seed decide verdicts; the rest does not."""

    sides: tuple[str, ...] = ("derive", "enclose", "falsify", "mutate")
    budget: Budget = BUDGETS["standard"]
    seed: int = 0
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Row:
    """What is known of one claim: its evidence, its own verdict and the effective one."""

    claim: Claim
    evidence: Evidence
    judgement: Judgement
    effective: Effective

    @property
    def seconds(self) -> float:
        return sum(self.evidence.seconds.values())


@dataclass(frozen=True)
class Session:
    """Rows in the order of the registry; `pending` were not reached before an interruption."""

    rows: tuple[Row, ...]
    pending: tuple[str, ...]
    interrupted: bool
    seconds: float


@dataclass(frozen=True)
class Events:
    """What a session tells while it runs: a claim has started, a row is final."""

    started: Callable[[str], None] = lambda key: None
    finished: Callable[[Row], None] = lambda row: None


def closure(claims: Mapping[str, Claim], chosen: Collection[str]) -> tuple[str, ...]:
    """`chosen` and all claims that they use, in the order of `claims`."""
    found: set[str] = set()
    todo = list(chosen)
    while todo:
        key = todo.pop()
        if key in claims and key not in found:
            found.add(key)
            todo.extend(claims[key].uses)
    return tuple(key for key in claims if key in found)


def run_session(
    claims: Mapping[str, Claim],
    chosen: Collection[str],
    *,
    load: Loader,
    settings: Settings,
    events: Events | None = None,
    circular: Collection[str] = (),
) -> Session:
    """Check `chosen` and the claims that they use; Ctrl-C ends it early and keeps what is done.

    Args:
        load: gives the same claims in a worker; it must be picklable.
        circular: ids that use each other in a circle: such a use counts as undecided.

    Raises:
        ResourceError: workers cannot be started at all.
    """
    events = events or Events()
    started = time.perf_counter()
    selected = closure(claims, chosen)
    book = _Book(claims, selected, circular, settings)
    interrupted = False
    tasks = [
        Task(key, settings.sides, settings.budget, settings.seed)
        for key in _used_first(claims, selected)
    ]
    pool = Pool(load, jobs=settings.jobs, limits=settings.limits)
    try:
        with closing(pool.run(tasks, started=events.started)) as arriving:
            for evidence in arriving:
                for row in book.add(evidence):
                    events.finished(row)
    except KeyboardInterrupt:
        interrupted = True
    for row in book.flush():
        events.finished(row)
    pending = tuple(key for key in selected if key not in book.evidence)
    rows = tuple(book.rows[key] for key in selected if key in book.rows)
    return Session(rows, pending, interrupted, time.perf_counter() - started)


def _used_first(claims: Mapping[str, Claim], selected: Sequence[str]) -> list[str]:
    """A claim comes after those that it uses, so that its row is final when it is done."""
    order: dict[str, None] = {}
    inside = set(selected)

    def visit(key: str, path: tuple[str, ...]) -> None:
        if key in order or key in path or key not in inside:
            return
        for used in claims[key].uses:
            visit(used, (*path, key))
        order[key] = None

    for key in selected:
        visit(key, ())
    return list(order)


class _Book:
    """Evidence as it comes in, and the rows that are final."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        selected: Sequence[str],
        circular: Collection[str],
        settings: Settings,
    ) -> None:
        self._claims = claims
        self._selected = selected
        self._uses = {key: _cut(claims[key], circular) for key in selected}
        self._below = {key: set(closure(claims, [key])) - {key} for key in selected}
        self._expects_mutants = "mutate" in settings.sides
        self._judgements: dict[str, Judgement] = {}
        self.evidence: dict[str, Evidence] = {}
        self.rows: dict[str, Row] = {}

    def add(self, evidence: Evidence) -> list[Row]:
        """The rows that are final now."""
        self.evidence[evidence.claim] = evidence
        self._judgements[evidence.claim] = judge(evidence, expects_mutants=self._expects_mutants)
        return self._close(lambda key: self._below[key] <= self.evidence.keys())

    def flush(self) -> list[Row]:
        """The rows whose used claims were never reached; those count as undecided."""
        return self._close(lambda key: True)

    def _close(self, ready: Callable[[str], bool]) -> list[Row]:
        new = [key for key in self.evidence if key not in self.rows and ready(key)]
        if not new:
            return []
        settled = settle(self._judgements, self._uses)
        found = effective(settled, self._uses)
        for key in new:
            self.rows[key] = Row(self._claims[key], self.evidence[key], settled[key], found[key])
        return [self.rows[key] for key in new]


def _cut(claim: Claim, circular: Collection[str]) -> tuple[str, ...]:
    """The uses of a claim; one that is part of a circle has no judgement, so it is undecided."""
    if claim.id not in circular:
        return claim.uses
    return tuple(f"{key} (a circle)" if key in circular else key for key in claim.uses)
