"""**A statement to try**: one conclusion, its hypotheses, and the steps that would derive it."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from verifier import Claim, Paper, Step
from verifier.by import Justification
from verifier.exact.statements import Statement

PAPER = Paper("trial", "Statements to try", "Nobody", 2024, "")


@dataclass(frozen=True)
class Trial:
    """`rule` is the one that is tried; `about` says what is wrong, or why it holds.

    `kind` of a false statement: false (somewhere it certainly fails), undefined (somewhere it
    has no value), vacuous (nothing satisfies its hypotheses), unfounded (its steps show nothing).
    """

    name: str
    rule: str
    about: str
    claim: Claim
    kind: str = "false"


def collected(prefix: str, name: str) -> tuple[Trial, ...]:
    """All trials that are listed as `<name>...` in the files `<prefix>*.py` of this folder."""
    modules = [
        import_module(f"{__package__}.{module.name}")
        for module in pkgutil.iter_modules([str(Path(__file__).parent)])
        if module.name.startswith(prefix)
    ]
    return tuple(
        trial
        for module in modules
        for key, listed in vars(module).items()
        if key.startswith(name)
        for trial in listed
    )


def trial(
    name: str,
    about: str,
    then: Statement,
    by: Justification,
    *given: Statement,
    kind: str = "false",
    steps: tuple[Step, ...] = (),
    where: Mapping[Any, Any] | None = None,
    uses: tuple[str, ...] = (),
) -> Trial:
    """One conclusion `c` that `by` should, or should not, establish after `steps`."""
    last = Step("c", ..., by, uses=tuple(step.name for step in steps))
    claim = Claim(
        id=f"trial/{name}",
        title=about,
        source=PAPER.at("Trial", section="1"),
        given={f"h{n}": statement for n, statement in enumerate(given, start=1)},
        where=where or {},
        then={"c": then},
        uses=uses,
        derivation=(*steps, last),
    )
    return Trial(name, by.rule, about, claim, kind)
