"""**Hunt**: rounds of seeds on claims for a stated time, by several workers.

Round r is the search of `verify` with the seed base + r and a budget that grows with r. The hit
that counts is that of the lowest round that has one, so rounds below a hit are always finished;
which claim is next, and how far a hunt comes, is all that depends on the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from verifier.budget import Budget
from verifier.claim import Claim
from verifier.errors import ReportError
from verifier.falsify.watch import Glance
from verifier.run.hunt_state import Best, Progress, States
from verifier.run.pool import Arrival, Loader, Pool, Task
from verifier.run.session import Settings
from verifier.verdict import Counterexample, Evidence, Verdict

MOST = 8  # times the budget of the first round that a later one may have
_GROWS_AFTER = 4  # rounds
_BEAT = 0.2  # seconds
_SAVE_EVERY = 1.0  # seconds
_ORDER = (
    Verdict.ERROR,
    Verdict.VACUOUS,
    Verdict.UNDECIDED,
    Verdict.SUPPORTED,
    Verdict.CONDITIONAL,
    Verdict.CERTIFIED,
    Verdict.PROVED,
    Verdict.REFUTED,
)


@dataclass(frozen=True)
class Hit:
    """A certified counterexample and its round."""

    round: int
    found: Counterexample


@dataclass
class Chase:
    """The hunt on one claim: `running` are the rounds under way and how far they are."""

    claim: Claim
    verdict: Verdict = Verdict.UNDECIDED
    margin: float | None = None  # the least that is known from elsewhere
    progress: Progress = field(default_factory=Progress)
    running: dict[int, Glance] = field(default_factory=dict)
    hit: Hit | None = None
    error: tuple[int, str] | None = None  # the round in which it erred, and how
    reason: str = ""
    earlier: int = 0  # instances of earlier hunts
    saved: float = 0.0

    @property
    def next_round(self) -> int:
        """The first round that is neither done nor under way."""
        number = 0
        while number in self.progress.done or number in self.running:
            number += 1
        return number

    @property
    def instances(self) -> int:
        """All instances, of earlier hunts and of rounds under way too."""
        return self.progress.instances + sum(g.instances for g in self.running.values())

    @property
    def is_unreached(self) -> bool:
        """Whether nothing is known of it yet."""
        return (
            self.instances == 0
            and self.hit is None
            and self.error is None
            and not (self.progress.done)
        )

    @property
    def weakness(self) -> tuple[int, float]:
        """Weak claims first, and of equal ones that which held by least."""
        known = [self.margin, self.progress.best.margin if self.progress.best else None]
        margins = [margin for margin in known if margin is not None]
        return _ORDER.index(self.verdict), min(margins, default=float("inf"))

    def is_needed(self, number: int) -> bool:
        """Whether a round can still change what is reported of a hit."""
        return self.hit is not None and number <= self.hit.round


@dataclass(frozen=True)
class HuntEvents:
    """What a hunt tells: a round began or showed something, one is done, a claim has a hit."""

    moved: Callable[[Chase], None] = lambda chase: None
    done: Callable[[Chase, int], None] = lambda chase, number: None
    found: Callable[[Chase, Hit], None] = lambda chase, hit: None
    failed: Callable[[str], None] = lambda text: None


class Hunt:
    """Chases that share workers and time; `run` returns whether it was interrupted."""

    def __init__(
        self,
        chases: Sequence[Chase],
        *,
        load: Loader,
        settings: Settings,
        events: HuntEvents,
        states: States | None = None,
        seconds: float | None = None,
    ) -> None:
        """Without `seconds` there is one round."""
        self.chases = {chase.claim.id: chase for chase in chases}
        self.settings = settings
        self.events = events
        self.states = states
        self.seconds = seconds
        self.is_over = False
        self.unsaved = False
        self._pool = Pool(load, jobs=settings.jobs, limits=settings.limits)

    def run(self) -> bool:
        """Hunt until the time is over or nothing is left to do; Ctrl-C keeps what is found.

        Raises:
            ResourceError: workers cannot be started at all.
        """
        ends = None if self.seconds is None else time.monotonic() + self.seconds
        try:
            with closing(
                self._pool.follow(self._tasks(), started=self._started, beat=_BEAT)
            ) as arriving:
                for arrival in arriving:
                    if arrival is not None:
                        self._take(arrival)
                    if ends is not None and time.monotonic() >= ends:
                        self.close()
        except KeyboardInterrupt:
            return True
        finally:
            for chase in self.chases.values():
                self._save(chase)
        return False

    def _tasks(self) -> Iterator[Task]:
        """One round of each claim in turn, the weakest first, and again."""
        while not self.is_over:
            turn = sorted(filter(self._is_open, self.chases.values()), key=lambda c: c.weakness)
            if not turn:
                return
            for chase in turn:
                if self._is_open(chase) and not self.is_over:
                    number = chase.next_round
                    chase.running[number] = Glance()
                    yield self._task(chase, number)

    def _task(self, chase: Chase, number: int) -> Task:
        budget = grown(self.settings.budget, number)
        seed = self.settings.seed + number
        return Task(chase.claim.id, ("falsify",), budget, seed, watched=True)

    def _is_open(self, chase: Chase) -> bool:
        one = self.seconds is None and chase.next_round > 0
        return chase.hit is None and chase.error is None and not one

    def _started(self, task: Task) -> None:
        self.events.moved(self.chases[task.claim])

    def _take(self, arrival: Arrival) -> None:
        chase = self.chases[arrival.task.claim]
        number = arrival.task.seed - self.settings.seed
        match arrival:
            case Arrival(evidence=Evidence() as evidence):
                self._finish(chase, number, evidence)
            case Arrival(news=Counterexample() as found):
                self._hit(chase, Hit(number, found))
            case Arrival(news=Glance() as glance):
                chase.running[number] = glance
                _note(chase.progress, number, glance)
                self.events.moved(chase)

    def _finish(self, chase: Chase, number: int, evidence: Evidence) -> None:
        last = chase.running.pop(number)
        found = evidence.falsify
        if found is not None and found.counterexample is not None:
            self._hit(chase, Hit(number, found.counterexample))
        elif found is None or evidence.error:
            if chase.hit is None or chase.hit.round != number:
                self._err(chase, number, evidence.error)
        else:
            chase.progress.done.add(number)
            chase.progress.instances += found.instances
            chase.reason = found.reason
            _note(chase.progress, number, last)
            if time.monotonic() - chase.saved > _SAVE_EVERY:
                self._save(chase)
        self.events.done(chase, number)

    def _hit(self, chase: Chase, hit: Hit) -> None:
        """Keep a hit, written at once; it makes the rounds above it needless."""
        if chase.hit is not None and chase.hit.round < hit.round:
            return
        chase.hit = hit
        self.events.found(chase, hit)
        self._cancel(lambda other, number: other is chase and number > hit.round)

    def _err(self, chase: Chase, number: int, error: str) -> None:
        """A claim that errs is set aside, and its rounds above that."""
        if chase.error is None or number < chase.error[0]:
            chase.error = number, error
        self._cancel(lambda other, higher: other is chase and higher > number)

    def close(self) -> None:
        """The time is over: only rounds that a hit waits for are finished."""
        self.is_over = True
        self._cancel(lambda chase, number: not chase.is_needed(number))

    def _cancel(self, unwanted: Callable[[Chase, int], bool]) -> None:
        def is_unwanted(task: Task) -> bool:
            return unwanted(self.chases[task.claim], task.seed - self.settings.seed)

        self._pool.cancel(is_unwanted)
        for chase in self.chases.values():
            chase.running = {n: g for n, g in chase.running.items() if not unwanted(chase, n)}

    def _save(self, chase: Chase) -> None:
        """The state is a convenience: a disk that is full is named once, and the hunt goes on."""
        if self.states is None or self.unsaved or not chase.progress.done:
            return
        chase.saved = time.monotonic()
        try:
            self.states.write(chase.claim, chase.progress)
        except ReportError as fault:
            self.unsaved = True
            self.events.failed(f"{fault} The hunt goes on, but cannot be resumed.")


def grown(budget: Budget, number: int) -> Budget:
    """The budget of a round: that of the first ones, then more and more, up to `MOST` times."""
    factor = min(MOST, 1 + number // _GROWS_AFTER)
    return replace(budget, instances=factor * budget.instances)


def chases(
    claims: Mapping[str, Claim],
    keys: Sequence[str],
    known: Mapping[str, tuple[Verdict, float | None]],
    *,
    states: States | None = None,
) -> list[Chase]:
    """A chase for each key; `known` are verdicts and least margins of an earlier run.

    Raises:
        ReportError: a state file is damaged.
    """
    made = []
    for key in keys:
        progress = Progress() if states is None else states.read(claims[key])
        verdict, margin = known.get(key, (Verdict.UNDECIDED, None))
        made.append(Chase(claims[key], verdict, margin, progress, earlier=progress.instances))
    return made


def _note(progress: Progress, number: int, glance: Glance) -> None:
    if glance.margin is not None:
        progress.seen(Best(glance.margin, glance.where, number))
