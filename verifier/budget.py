"""**Budgets: how much work a check may do**

A budget counts instances and boxes, never seconds: the same budget gives the same verdict on a
fast machine, on a slow one and on a busy one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Budget:
    """The work one claim may cost.

    Args:
        name: `quick`, `standard`, `deep`, or a name of the caller's own.
        instances: exact instances tried on a claim (a count).
        boxes: boxes a region may be split into (a count).
        bits: working precision of the first enclosure (bits).
        mutant_instances: exact instances tried on each mutant (a count).
    """

    name: str
    instances: int
    boxes: int
    bits: int
    mutant_instances: int


BUDGETS: Mapping[str, Budget] = MappingProxyType(
    {
        "quick": Budget("quick", 200, 500, 128, 150),
        "standard": Budget("standard", 1500, 3000, 128, 400),
        "deep": Budget("deep", 20000, 50000, 128, 4000),
    }
)
"""The budgets that `verifier verify --budget` takes, by name."""
