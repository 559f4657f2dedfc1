"""**Statements**: what a claim supposes and concludes. Each kind is one frozen value.

Nothing is decided when a statement is built: `eq(x, x)` is a statement, not True.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier.exact.compound import Compound


class Statement(Compound):
    """One kind of statement is one final class, in a file of its own in this folder."""

    def negated(self) -> Statement:
        """The statement that holds exactly where this one fails."""
        return Not(self)

    def unfolded(self) -> tuple[Statement, ...] | None:
        """Simpler statements that say the same where all parts have values, if there are any."""
        return None


@dataclass(frozen=True)
class Not(Statement):
    """The negation of a statement that is no relation."""

    statement: Statement

    def __str__(self) -> str:
        return f"not ({self.statement})"

    def parts(self) -> tuple[Any, ...]:
        return (self.statement,)

    def rebuilt(self, *parts: Any) -> Not:
        return Not(*parts)

    def latex(self) -> str:
        return rf"\text{{not}}\left[\, {self.statement.latex()} \,\right]"

    def negated(self) -> Statement:
        return self.statement


def negation(statement: Statement) -> Statement:
    """The statement that holds exactly where `statement` fails."""
    return statement.negated()


def latex(statement: Statement) -> str:
    """The statement in LaTeX."""
    return statement.latex()
