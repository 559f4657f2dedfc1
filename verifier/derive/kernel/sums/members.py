"""**Members of families as variables**: the derivative by x[k] of what holds x[i] for other i.

    d x[i] / d x[k] = [i=k],

which is 1, 0, or an unknown of its own where i and k may be equal or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.errors import UnsupportedError
from verifier.exact.families import Delta, Entry
from verifier.exact.vectors import Inner

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Velocity


def moving_labels(reader: Reader, variable: Expr) -> tuple[str, ...]:
    """Labels of what a variable moves; a member may be any other of its family."""
    if isinstance(variable, Entry):
        return (reader.label(variable), f"{variable.name}[")
    return (reader.label(variable),)


def touches(thing: Expr, variable: Expr) -> bool:
    """Whether the value of `thing` may move with the variable."""
    if not isinstance(variable, Entry):
        return bool(thing == variable or thing.has(variable))
    return any(entry.name == variable.name for entry in thing.atoms(Entry))


def velocity_of(reader: Reader, variable: Expr) -> str | Velocity:
    """What `Tower.derivative` differentiates by."""
    if not isinstance(variable, Entry):
        return str(variable)

    def velocity(generator: Generator) -> Element | None:
        expr = reader.names.get(generator.label) if generator.kind == "symbol" else None
        if not isinstance(expr, Entry) or expr.name != variable.name:
            if isinstance(expr, Inner) and touches(expr, variable):
                raise UnsupportedError(f"`{variable.name}` is a family of numbers and of vectors.")
            return None
        return reader.read(Delta(expr.index, variable.index, variable.size))

    return velocity
