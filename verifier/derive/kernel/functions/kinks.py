"""**Functions with kinks**: |u| = sqrt(u^2), and what is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy
from sympy import Expr

from verifier.derive.kernel.element import Element
from verifier.derive.kernel.families import Family
from verifier.derive.kernel.roots import absolute

if TYPE_CHECKING:
    from verifier.derive.kernel.reader import Reader


def read_absolute(reader: Reader, args: tuple[Expr, ...]) -> Element:
    return absolute(reader.tower, reader.read(args[0]))


FAMILY = Family(reads={sympy.Abs: read_absolute})
