"""**Pool**: claims are checked in worker processes, each claim within its own limits.

A claim that hangs, eats memory or kills its worker becomes an error of that claim alone. Workers
fork from a server with a fixed hash seed, so that set order is the same in every run.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any

from verifier.budget import Budget
from verifier.claim import Claim
from verifier.errors import ResourceError
from verifier.run.evidence import evidence_from_json
from verifier.run.worker import serve
from verifier.verdict import Evidence

Loader = Callable[[], Mapping[str, Claim]]
GIBIBYTE = 1024**3
_START_SECONDS = 300.0
_OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV)
_PRELOADED = ["verifier.run.worker", "verifier.check", "verifier.registry", "networkx"]
_PRELOADED += [f"verifier.{side}.side" for side in ("derive", "enclose", "falsify")]


@dataclass(frozen=True)
class Limits:
    """What one claim may take.

    Args:
        seconds: wall time of one claim (seconds).
        memory: address space of a worker (bytes).
    """

    seconds: float = 60.0
    memory: int = 4 * GIBIBYTE


@dataclass(frozen=True)
class Task:
    """One claim to check, by id; one that is `watched` tells how its search goes on."""

    claim: str
    sides: tuple[str, ...]
    budget: Budget
    seed: int
    watched: bool = False


@dataclass(frozen=True)
class Arrival:
    """What has come of a task: its evidence at the end, before that news of its search."""

    task: Task
    evidence: Evidence | None = None
    news: Any = None


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    ready: bool = False
    since: float = 0.0  # start of the process, then of the task


class Pool:
    """Workers that live through many claims; one that dies or is stopped is replaced."""

    def __init__(self, load: Loader, *, jobs: int = 1, limits: Limits | None = None) -> None:
        """`load` gives the claims in a worker and must be picklable."""
        self._load = load
        self._jobs = max(1, jobs)
        self._limits = limits or Limits()
        self._workers: list[_Worker] = []
        self._queue: deque[Task] = deque()

    def run(
        self, tasks: Sequence[Task], *, started: Callable[[str], None] = lambda key: None
    ) -> Generator[Evidence, None, None]:
        """Evidence of each task as it is done; all workers are gone when the iterator ends.

        Raises:
            ResourceError: a worker does not start.
        """
        with closing(self.follow(tasks, started=lambda task: started(task.claim))) as arriving:
            for arrival in arriving:
                if arrival is not None and arrival.evidence is not None:
                    yield arrival.evidence

    def follow(
        self,
        tasks: Iterable[Task],
        *,
        started: Callable[[Task], None] = lambda task: None,
        beat: float | None = None,
    ) -> Generator[Arrival | None, None, None]:
        """What comes of tasks, which are taken as workers are free; None after `beat` seconds.

        Raises:
            ResourceError: a worker does not start.
        """
        supply = iter(tasks)
        try:
            while self._fill(supply, started):
                yield from self._collect(beat)
        finally:
            for worker in self._workers:
                _stop(worker)
            self._workers.clear()
            self._queue.clear()

    def cancel(self, unwanted: Callable[[Task], bool]) -> None:
        """Stop the tasks that are not wanted any more; nothing more comes of them."""
        self._queue = deque(task for task in self._queue if not unwanted(task))
        for worker in list(self._workers):
            if worker.task is not None and unwanted(worker.task):
                self._drop(worker)

    def _fill(self, supply: Iterator[Task], started: Callable[[Task], None]) -> bool:
        """Give tasks to workers that are free; False when there is nothing left to do."""
        busy = sum(worker.task is not None for worker in self._workers)
        self._queue.extend(islice(supply, max(0, self._jobs - busy - len(self._queue))))
        while len(self._workers) < min(self._jobs, busy + len(self._queue)):
            self._workers.append(_start(self._load, self._limits.memory))
        for worker in self._workers:
            if worker.ready and worker.task is None and self._queue:
                worker.task = self._queue.popleft()
                worker.since = time.monotonic()
                started(worker.task)
                try:
                    worker.pipe.send(worker.task)
                except (BrokenPipeError, ConnectionResetError):
                    continue  # its death is reported when the pipe is read
        return bool(self._queue) or any(worker.task for worker in self._workers)

    def _collect(self, beat: float | None) -> Iterator[Arrival | None]:
        """What has arrived, what has died and what is overdue, after waiting for one of them."""
        now = time.monotonic()
        ends = [self._end(worker) for worker in self._workers if self._is_timed(worker)]
        ends += [] if beat is None else [now + beat]
        timeout = max(0.0, min(ends) - now) if ends else None
        arrived = set(wait([worker.pipe for worker in self._workers], timeout))
        now = time.monotonic()
        for worker in list(self._workers):
            task, arrival = worker.task, None
            if worker not in self._workers:
                continue  # it was stopped on account of what came before it
            if worker.pipe in arrived:
                arrival = self._receive(worker)
            elif self._is_timed(worker) and now >= self._end(worker):
                arrival = self._overdue(worker)
            if arrival is not None and task is not None:
                yield arrival if isinstance(arrival, Arrival) else Arrival(task, arrival)
        if beat is not None and not arrived:
            yield None

    def _is_timed(self, worker: _Worker) -> bool:
        return worker.task is not None or not worker.ready

    def _end(self, worker: _Worker) -> float:
        return worker.since + (self._limits.seconds if worker.ready else _START_SECONDS)

    def _receive(self, worker: _Worker) -> Evidence | Arrival | None:
        try:
            kind, data = worker.pipe.recv()
        except (EOFError, ConnectionResetError, OSError):
            return self._died(worker)
        if kind == "broken":
            raise ResourceError(f"A worker could not load the claims: {data}")
        if kind == "ready":
            worker.ready = True
            return None
        if kind == "news" and worker.task is not None:
            return Arrival(worker.task, news=data)
        worker.task = None
        evidence = evidence_from_json(data)
        if kind == "exhausted":
            self._drop(worker)
            return replace(evidence, error=f"{evidence.error}. {self._memory_hint()}")
        return evidence

    def _died(self, worker: _Worker) -> Evidence:
        self._drop(worker)
        how = _cause(worker.process.exitcode)
        if worker.task is None:
            raise ResourceError(
                f"A worker {how} before it had a claim: importing the claims ends the process."
            )
        hint = f" {self._memory_hint()}" if worker.process.exitcode in _OUT_OF_MEMORY else ""
        return self._lost(worker, worker.task, f"ResourceError: its worker {how}.{hint}")

    def _overdue(self, worker: _Worker) -> Evidence:
        self._drop(worker)
        limit = f"{self._limits.seconds:g} s"
        if worker.task is None:
            raise ResourceError(f"A worker was not ready after {_START_SECONDS:g} s.")
        text = f"ResourceError: it was stopped at the time limit of {limit}; --timeout sets it."
        return self._lost(worker, worker.task, text)

    def _memory_hint(self) -> str:
        size = self._limits.memory / GIBIBYTE
        return f"The memory limit is {size:g} GiB; --memory sets it."

    def _lost(self, worker: _Worker, task: Task, text: str) -> Evidence:
        spent = time.monotonic() - worker.since
        return Evidence(task.claim, error=text, seconds={"worker": spent})

    def _drop(self, worker: _Worker) -> None:
        _stop(worker)
        self._workers.remove(worker)


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


@contextmanager
def _fixed_surroundings() -> Iterator[None]:
    """What a new process inherits: one hash seed, one thread for linear algebra, no Ctrl-C.

    An interruption meanwhile reaches the parent when the process stands.
    """
    fixed = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    before = {name: os.environ.get(name) for name in fixed}
    os.environ.update(fixed)
    resource_tracker.ensure_running()  # it unblocks SIGINT when it starts
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _start(load: Loader, memory: int) -> _Worker:
    context = _context()
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there, load, memory), daemon=True)
    with _fixed_surroundings():
        process.start()
    there.close()
    return _Worker(process, here, since=time.monotonic())


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _cause(code: int | None) -> str:
    if code is None or code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"was ended by {name}"
