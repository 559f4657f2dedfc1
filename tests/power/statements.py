"""**A true statement** with its place in a catalogue, into which errors are planted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier import Claim, Paper
from verifier.exact.statements import Statement


@dataclass(frozen=True)
class Truth:
    """One conclusion `c` under hypotheses `h1`, `h2`, ..."""

    name: str
    claim: Claim


def true(item: str, then: Statement, *given: Any) -> Truth:
    """The statement of the catalogue's `paper/item`, in words of its own."""
    paper, _, label = item.partition("/")
    source = Paper(paper, "Statements to break", "Nobody", 2024, "").at(label, section="1")
    claim = Claim(
        id=item,
        title=label,
        source=source,
        given={f"h{n}": statement for n, statement in enumerate(given, start=1)},
        then={"c": then},
    )
    return Truth(item, claim)
