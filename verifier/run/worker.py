"""**Worker**: the process that checks one claim after another and dies with its parent."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from verifier.check import check
from verifier.claim import Claim
from verifier.errors import UnknownClaimError
from verifier.falsify.watch import Watch
from verifier.run.evidence import evidence_to_json
from verifier.verdict import Evidence

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


def serve(pipe: Connection, load: Callable[[], Mapping[str, Claim]], memory: int) -> None:
    """Answer tasks from `pipe` until it closes.

    Messages are `("ready", None)`, `("broken", text)`, then one a task: `("done", evidence)`, or
    `("exhausted", evidence)` after a `MemoryError`, when the process is not to be used again.
    Before that a task that is watched sends `("news", found)`, a `Glance` or a `Counterexample`.

    Args:
        load: gives the claims by id.
        memory: the address space that the process may take (bytes).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        claims = load()
    except (Exception, SystemExit) as fault:
        pipe.send(("broken", f"{type(fault).__name__}: {fault}"))
        return
    _limit_memory(memory)
    pipe.send(("ready", None))
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(task, claims, lambda news: pipe.send(("news", news))))


def _answer(
    task: Any, claims: Mapping[str, Claim], tell: Callable[[Any], None]
) -> tuple[str, dict[str, Any]]:
    exhausted = False
    try:
        if task.claim not in claims:
            raise UnknownClaimError("the worker does not find it; was a file changed meanwhile?")
        evidence = check(
            claims[task.claim],
            sides=task.sides,
            budget=task.budget,
            seed=task.seed,
            library=claims,
            watch=Watch(tell, tell) if task.watched else None,
        )
        exhausted = "MemoryError" in evidence.error
        data = evidence_to_json(evidence)
        json.dumps(data, allow_nan=False)
    except Exception as fault:
        exhausted = exhausted or isinstance(fault, MemoryError)
        text = f"{type(fault).__name__}: {fault}"
        data = evidence_to_json(Evidence(task.claim, error=text))
    return ("exhausted" if exhausted else "done", data)


def _limit_memory(memory: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _die_with_parent() -> None:
    """On Linux a worker does not outlive the server that it was forked from."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
