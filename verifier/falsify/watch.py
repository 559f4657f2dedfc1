"""**Watching a search**: how far it is, and a hit as soon as there is one.

A watch only listens: what a search finds does not depend on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from verifier.falsify.instances.instance import Instance, describe
from verifier.verdict import Counterexample

Closest = tuple[float, int, Instance]
_EVERY = 0.2  # seconds between two glances
_LONGEST = 160


@dataclass(frozen=True)
class Glance:
    """Instances so far, and the least margin by which a conclusion held, with its place."""

    instances: int = 0
    margin: float | None = None
    where: str = ""


class Watch:
    """Passes on what a search shows: glances now and then, a certified hit before it is shrunk."""

    def __init__(
        self, glanced: Callable[[Glance], None], found: Callable[[Counterexample], None]
    ) -> None:
        self._glanced = glanced
        self.found = found
        self._before = 0
        self._instances = 0
        self._sizes: Mapping[str, int] = {}
        self._best: tuple[float, Instance] | None = None
        self._told = time.monotonic()

    def begin(self, sizes: Mapping[str, int]) -> None:
        """What is seen from now on is at these sizes."""
        self._before, self._sizes = self._instances, sizes

    def see(self, instances: int, closest: list[Closest]) -> None:
        """The number of instances at these sizes, and those among them that came closest."""
        self._instances = self._before + instances
        if closest:
            margin, _, instance = min(closest, key=lambda row: row[:2])
            if self._best is None or margin < self._best[0]:
                self._best = margin, {**instance, **self._sizes}
        if time.monotonic() - self._told >= _EVERY:
            self.tell()

    def tell(self) -> None:
        """A glance at this moment."""
        self._told = time.monotonic()
        margin, where = None, ""
        if self._best is not None:
            margin, where = self._best[0], describe(self._best[1])
        short = where if len(where) <= _LONGEST else f"{where[: _LONGEST - 3]}..."
        self._glanced(Glance(self._instances, margin, short))
