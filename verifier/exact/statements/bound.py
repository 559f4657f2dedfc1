"""**Bound variables**: what a quantified statement may bind."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Symbol

from verifier.errors import StatementError


def bound_variables(variables: Iterable[object]) -> tuple[Symbol, ...]:
    """The variables, which must be different real symbols, at least one."""
    found = tuple(variables)
    for variable in found:
        if not isinstance(variable, Symbol) or variable != Symbol(str(variable), real=True):
            raise StatementError(f"{variable!r} is no real symbol: make it with reals.")
    if not found or len(set(found)) < len(found):
        raise StatementError(f"Bind different variables, got ({names_shown(found)}).")
    return found


def names_shown(variables: Iterable[object]) -> str:
    return ", ".join(map(str, variables))
