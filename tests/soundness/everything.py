"""**All statements to try**: every `FALSE_...` and `TRUE_...` of the files beside this one."""

from __future__ import annotations

from tests.soundness.false_structures import LIBRARY
from tests.soundness.statements import collected

FALSE = collected("false_", "FALSE_")
TRUE = collected("true_", "TRUE_")

__all__ = ["FALSE", "LIBRARY", "TRUE"]
