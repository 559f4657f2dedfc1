"""**Abstract functions**: f(u) of a smooth f of which nothing is known; its slope is f'(u)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family, Kind

if TYPE_CHECKING:
    from verifier.derive.kernel.field.tower import Generator, Tower


def _slope(tower: Tower, generator: Generator) -> Element:
    name, _, _ = generator.label.partition("(")
    label = f"{name}'({generator.argument})"
    return tower.generator("jet", label, generator.order + 1, generator.argument)


FAMILY = Family(kinds=(Kind("jet", slope=_slope),))
