"""**State of a hunt**: which rounds are done on a claim, and where it held by least.

One small file a claim, so that a hunt goes on where it was stopped. A round with a hit is never
noted as done: it is run again, and finds its hit again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from verifier.claim import Claim
from verifier.errors import ReportError
from verifier.falsify.counterexample import claim_hash
from verifier.files import write_text

FORMAT = 1


@dataclass(frozen=True)
class Best:
    """The least margin by which a conclusion held, and where."""

    margin: float
    where: str
    round: int


@dataclass
class Progress:
    """What is known from earlier rounds: `done` are their numbers."""

    done: set[int] = field(default_factory=set)
    instances: int = 0
    best: Best | None = None

    def seen(self, best: Best) -> None:
        """Keep the smaller margin; of equal ones that of the earlier round."""
        if self.best is None or (best.margin, best.round) < (self.best.margin, self.best.round):
            self.best = best


@dataclass(frozen=True)
class States:
    """The files of hunts in `folder`; another seed or budget, or a changed claim, begins anew."""

    folder: Path
    seed: int
    budget: str

    def path(self, claim: Claim) -> Path:
        """Where the state of one claim is."""
        return self.folder / f"{claim.id.replace('/', '-')}.json"

    def read(self, claim: Claim) -> Progress:
        """The progress on a claim, empty where there is none that still counts.

        Raises:
            ReportError: the file is damaged.
        """
        path = self.path(claim)
        if not path.exists():
            return Progress()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if any(data[name] != value for name, value in self._heading(claim).items()):
                return Progress()
            below, also, best = int(data["rounds"]), data["also"], data["best"]
            return Progress(
                set(range(below)) | set(map(int, also)),
                int(data["instances"]),
                None if best is None else Best(**best),
            )
        except (OSError, ValueError, TypeError, KeyError) as fault:
            raise ReportError(
                f"{path} is no state of a hunt: remove it, or name another."
            ) from fault

    def write(self, claim: Claim, progress: Progress) -> None:
        """Write the progress; raises `ReportError` when that cannot be done."""
        below = 0
        while below in progress.done:
            below += 1
        data = {
            **self._heading(claim),
            "rounds": below,
            "also": sorted(n for n in progress.done if n > below),
            "instances": progress.instances,
            "best": None if progress.best is None else asdict(progress.best),
        }
        write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", self.path(claim))

    def _heading(self, claim: Claim) -> Mapping[str, Any]:
        return {
            "format": FORMAT,
            "claim": claim.id,
            "claim_hash": claim_hash(claim),
            "seed": self.seed,
            "budget": self.budget,
        }


def cache_folder() -> Path:
    """Where states are kept when no folder is named."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "theorem-verifier" / "hunts"
