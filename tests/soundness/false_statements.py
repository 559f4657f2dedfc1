"""**False statements**: none may ever come out as proved, each with what is wrong about it."""

from __future__ import annotations

from tests.soundness.false_analysis import ANALYSIS
from tests.soundness.false_scalars import SCALARS
from tests.soundness.false_structures import LIBRARY, STRUCTURES

FALSE = (*SCALARS, *ANALYSIS, *STRUCTURES)

__all__ = ["FALSE", "LIBRARY"]
