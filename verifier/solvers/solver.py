"""**Solvers** by name: each says whether a script can be satisfied, within counted work."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Literal

from verifier import solvers
from verifier.errors import UnsupportedError, VerifierError
from verifier.solvers.script import Script

Status = Literal["sat", "unsat", "unknown"]


@dataclass(frozen=True)
class Answer:
    """What a solver says. A model of `sat` is shown by `model`; `values` are the rational ones,
    `near` rationals close to others. `reason` says why nothing is known."""

    status: Status
    reason: str = ""
    model: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, Fraction] = field(default_factory=dict)
    near: Mapping[str, Fraction] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.status == "sat":
            shown = ", ".join(f"{name} = {value}" for name, value in self.model)
            return f"sat at {shown}" if shown else "sat"
        return f"unknown ({self.reason})" if self.status == "unknown" else self.status


@dataclass(frozen=True)
class Solver:
    """`decide(script, work)` answers within `work`, which each counts in units of its own.

    It raises `SolverMissingError` if the solver is not installed, and `UnsupportedError` for
    scripts that it does not read.
    """

    name: str
    decide: Callable[[Script, int], Answer]


class SolverMissingError(UnsupportedError):
    """A solver that is not installed, and what to install."""


def missing(name: str, cure: str) -> SolverMissingError:
    return SolverMissingError(f"The solver `{name}` is not installed.\n  {cure}")


EXTRA = 'Install it: pip install "theorem-verifier[solvers]".'


@cache
def all_solvers() -> Mapping[str, Solver]:
    """Every solver by name, from the files of this folder that have one."""
    found = {}
    for module in pkgutil.iter_modules(solvers.__path__):
        made = importlib.import_module(f"{solvers.__name__}.{module.name}")
        if isinstance(getattr(made, "SOLVER", None), Solver):
            found[made.SOLVER.name] = made.SOLVER
    return found


def solver_named(name: object) -> Solver:
    if name not in all_solvers():
        raise VerifierError(
            f"There is no solver `{name}`; there are {', '.join(sorted(all_solvers()))}."
        )
    return all_solvers()[str(name)]
