r"""**Iterates**: the state after many steps of a map, such as gradient descent, held as one scalar.

    x_0 = start,  x_{k+1} = step(x_k):  `iterates(step, start, times=n)` has the components of x_n

Few steps are written out, so that every rule can read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.bound import bound_variables

WRITTEN_OUT = 3
LONGEST = 100_000


class Iterate(Expr):  # type: ignore[misc]
    """One component after `times` steps; built by `iterates`."""

    is_commutative = True
    is_real = True

    def __new__(cls, step: sympy.Lambda, times: Any, place: Any, *start: Expr) -> Iterate:
        made: Iterate = Expr.__new__(cls, step, sympy.Integer(times), sympy.Integer(place), *start)
        return made

    @property
    def step(self) -> sympy.Lambda:
        """The map, from the state to a tuple of its next components."""
        return self.args[0]

    @property
    def times(self) -> int:
        return int(self.args[1])

    @property
    def place(self) -> int:
        """Which component of the state, counted from 0."""
        return int(self.args[2])

    @property
    def start(self) -> tuple[Expr, ...]:
        return tuple(self.args[3:])

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        return sympy.Derivative(self, symbol, evaluate=False)

    def _sympystr(self, printer: Any) -> str:
        names = ", ".join(map(printer.doprint, self.step.variables))
        rates = ", ".join(map(printer.doprint, self.step.expr))
        start = ", ".join(map(printer.doprint, self.start))
        which = printer.doprint(self.step.variables[self.place])
        return f"[{which} after {self.times} steps ({names}) -> ({rates}) from ({start})]"

    def _latex(self, printer: Any) -> str:
        names = ", ".join(map(printer.doprint, self.step.variables))
        rates = ", ".join(map(printer.doprint, self.step.expr))
        start = ", ".join(map(printer.doprint, self.start))
        body = rf"\left(({names}) \mapsto ({rates})\right)^{{{self.times}}}({start})"
        return rf"\left[{body}\right]_{{{self.place + 1}}}"


def iterates(
    step: Mapping[Symbol, Scalar], start: Mapping[Symbol, Scalar], *, times: int
) -> tuple[Expr, ...]:
    """The components after `times` steps, in the order of `step`, which maps each to its next.

    Raises `StatementError` unless both name the same symbols and `times` is from 0 to 100000.
    """
    names = bound_variables(step)
    if set(names) != set(start):
        raise StatementError("`step` and `start` of iterates name different symbols.")
    if not isinstance(times, int) or not 0 <= times <= LONGEST:
        raise StatementError(f"`times` is {times!r}, expected a number from 0 to {LONGEST}.")
    state = tuple(exact(start[name]) for name in names)
    nexts = [exact(step[name]) for name in names]
    if times <= WRITTEN_OUT:
        for _ in range(times):
            table = dict(zip(names, state, strict=True))
            state = tuple(sympy.sympify(e.xreplace(table)) for e in nexts)
        return state
    own = tuple(Symbol(f"state_{n}", real=True) for n, _ in enumerate(names, start=1))
    table = dict(zip(names, own, strict=True))
    held = sympy.Lambda(own, sympy.Tuple(*(e.xreplace(table) for e in nexts)))
    return tuple(Iterate(held, times, place, *state) for place, _ in enumerate(names))
