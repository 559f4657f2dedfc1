"""**Soundness**: how many false statements each rule accepts (none), and how many true it refuses.

Every statement of `tests/soundness` goes through the derive side alone: what the falsifier would
refute is not helped by it. `python -m benchmarks.soundness` prints the table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.soundness.everything import FALSE, LIBRARY, TRUE
from tests.soundness.statements import Trial
from verifier.derive.side import derive_claim
from verifier.verdict import Rest


@dataclass(frozen=True)
class Row:
    """One rule: false statements and how many were accepted, true ones and how many refused."""

    rule: str
    false: int
    accepted: int
    true: int
    refused: int
    checked: int


def rows() -> list[Row]:
    """One row a rule, by name."""
    false = Counter(trial.rule for trial in FALSE if trial.kind != "vacuous")
    accepted = Counter(t.rule for t in FALSE if t.kind != "vacuous" and _complete(t)[0])
    true = Counter(trial.rule for trial in TRUE)
    refused: Counter[str] = Counter()
    checked: Counter[str] = Counter()
    for trial in TRUE:
        complete, rest = _complete(trial)
        refused[trial.rule] += not complete
        checked[trial.rule] += complete and rest in (Rest.CHECKED, Rest.CLAIM)
    return [
        Row(rule, false[rule], accepted[rule], true[rule], refused[rule], checked[rule])
        for rule in sorted({*false, *true})
    ]


def table(found: list[Row]) -> str:
    """The rows and their sum, as aligned text."""
    total = Row(
        "all",
        *(
            sum(getattr(row, name) for row in found)
            for name in ("false", "accepted", "true", "refused", "checked")
        ),
    )
    head = f"{'rule':20}{'false':>8}{'accepted':>10}{'true':>8}{'refused':>9}{'checked':>9}"
    lines = [
        f"{row.rule:20}{row.false:8}{row.accepted:10}{row.true:8}{row.refused:9}{row.checked:9}"
        for row in (*found, total)
    ]
    return "\n".join([head, *lines])


def _complete(trial: Trial) -> tuple[bool, Rest]:
    derive = derive_claim(trial.claim, LIBRARY)
    return derive.complete, derive.steps[-1].rests_on


if __name__ == "__main__":
    print(table(rows()))
