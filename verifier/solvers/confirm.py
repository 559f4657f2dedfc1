"""**Two solvers**: a script is unsatisfiable only if both say so.

An answer has no certificate, so that one solver's word is not enough. Where one finds a model and
the other says that there is none, one of them is wrong: that is an error, not an open question.
"""

from __future__ import annotations

from dataclasses import dataclass

from verifier.errors import SolverDisagreement
from verifier.solvers.script import Script
from verifier.solvers.solver import Answer, Solver


@dataclass(frozen=True)
class Confirmed:
    """The answer that counts, and from which solvers it is."""

    answer: Answer
    said_by: str


def confirmed(script: Script, first: Solver, second: Solver, *, work: int) -> Confirmed:
    """`unsat` if both say so; `sat` with the first model; otherwise `unknown` with the reason.

    Raises `SolverDisagreement` if one says `sat` and the other `unsat`.
    """
    if first.name == second.name:
        return Confirmed(Answer("unknown", f"`{first.name}` cannot confirm itself"), first.name)
    one = first.decide(script, work)
    if one.status == "unknown":
        return Confirmed(Answer("unknown", f"`{first.name}`: {one.reason}"), first.name)
    two = second.decide(script, work)
    if {one.status, two.status} == {"sat", "unsat"}:
        raise SolverDisagreement(
            f"`{first.name}` says {one}, `{second.name}` says {two}, of\n{script.text}"
            "  One of them is wrong: report it with this formula, and use another rule."
        )
    both = f"{first.name} and {second.name}"
    if one.status == "sat":
        return Confirmed(one, first.name if two.status == "unknown" else both)
    if two.status == "unknown":
        reason = f"`{first.name}` says unsat, `{second.name}` does not know: {two.reason}"
        return Confirmed(Answer("unknown", reason), both)
    return Confirmed(one, both)
