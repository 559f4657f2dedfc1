"""**Krawczyk**: the one root of a system of n equations in a box, with existence and uniqueness.

For a box X around m and a matrix A near the inverse of the Jacobian there,

    K(X) = m - A f(m) + (I - A J(X)) (X - m)

lies in the interior of X only if X has exactly one root, which is in K(X).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb, arb_mat
from sympy import Expr, Symbol

from verifier.enclose.programs.bundle import Bundle, gradient
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.program import Program
from verifier.enclose.rings import reals
from verifier.errors import DomainError, UnsupportedError
from verifier.precision import precision

_NEWTON = 60  # steps of Newton's method towards the root, which only propose
_INFLATE = (2, 16, 256, 2**16, 2**32)  # boxes around the last Newton step, by its size


@dataclass(frozen=True)
class System:
    """f(x) = 0 for n programs of n variables."""

    programs: tuple[Program, ...]

    def __post_init__(self) -> None:
        for program in self.programs:
            if program.arity != len(self.programs):
                raise UnsupportedError(
                    f"{len(self.programs)} equations in {program.arity} unknowns: not square."
                )

    @cached_property
    def values(self) -> Bundle:
        return Bundle.of(self.programs)

    @cached_property
    def slopes(self) -> Bundle:
        return Bundle.of([entry for p in self.programs for entry in gradient(p)])

    @property
    def size(self) -> int:
        return len(self.programs)

    def at(self, point: Sequence[arb]) -> arb_mat:
        """f as a column."""
        return arb_mat(self.size, 1, self.values.run(reals, point))

    def jacobian(self, box: Sequence[arb]) -> arb_mat:
        return arb_mat(self.size, self.size, self.slopes.run(reals, box))


@dataclass(frozen=True)
class Root:
    """Exactly one root lies in `region`, and it lies in `balls`."""

    balls: tuple[arb, ...]
    region: tuple[arb, ...]


def system(equations: Sequence[Expr], variables: Sequence[Symbol]) -> System:
    """The equations `expr = 0` in as many variables."""
    return System(tuple(compile_expr(e, tuple(variables)) for e in equations))


def solve(problem: System, near: Sequence[Any], *, bits: int = 128) -> Root:
    """The root that Newton's method finds from `near`, enclosed and shown to be the only one near.

    Raises `DomainError` where the system has no value, is singular, or nothing could be shown.
    """
    if len(near) != problem.size:
        raise UnsupportedError(f"{problem.size} unknowns need a start of as many, got {len(near)}.")
    with precision(bits + 32):
        point, move = _newton(problem, [arb(x).mid() for x in near], bits)
        for factor in _INFLATE:
            box = [x + arb(0, factor * move) for x in point]
            inside = contract(problem, point, box)
            if inside is not None:
                return Root(tuple(tightened(problem, inside)), tuple(box))
    raise DomainError("Krawczyk's test finds no box with one root around the last Newton step.")


def contract(problem: System, middle: Sequence[arb], box: Sequence[arb]) -> list[arb] | None:
    """K(box), when it lies in the interior of the box, which then has exactly one root."""
    moved = image(problem, middle, box)
    if moved is None:
        return None
    inside = all(x.contains_interior(k) for x, k in zip(box, moved, strict=True))
    return moved if inside else None


def image(problem: System, middle: Sequence[arb], box: Sequence[arb]) -> list[arb] | None:
    """K(box), which holds every root in the box; None where there is no finite one."""
    n = problem.size
    inverse = _inverse(problem.jacobian(middle))
    slopes = problem.jacobian(box)
    if inverse is None or not _is_finite(slopes):
        return None
    identity = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    spread = arb_mat(n, 1, [x - m for x, m in zip(box, middle, strict=True)])
    moved = (identity - inverse * slopes) * spread - inverse * problem.at(middle)
    return [m + moved[i, 0] for i, m in enumerate(middle)]


def tightened(problem: System, box: list[arb], *, steps: int = 4) -> list[arb]:
    """A box with one root after steps of Krawczyk, none of which makes it larger."""
    for _ in range(steps):
        moved = image(problem, [x.mid() for x in box], box)
        if moved is None or not any(k.rad() < x.rad() for x, k in zip(box, moved, strict=True)):
            return box
        box = [x.intersection(k) for x, k in zip(box, moved, strict=True)]
    return box


def _newton(problem: System, point: list[arb], bits: int) -> tuple[list[arb], arb]:
    """A point near a root, and the size of the last step to it; steps are cut while f grows."""
    size = _size(problem.at(point))
    move = arb(1)
    for _ in range(_NEWTON):
        inverse = _inverse(problem.jacobian(point))
        if inverse is None:
            raise DomainError("The Jacobian is singular, or has no value, on the way to the root.")
        step = inverse * problem.at(point)
        share = arb(1)
        for _ in range(30):
            moved = [(x - share * step[i, 0]).mid() for i, x in enumerate(point)]
            now = _size(problem.at(moved))
            if now.is_finite() and (now < size or now < arb(2) ** (-bits)):
                break
            share = share / 2
        point, size = moved, now
        move = _size(step).mid() + arb(2) ** (-bits)
        if move < arb(2) ** (-bits + 8):
            break
    return point, move


def _inverse(matrix: arb_mat) -> arb_mat | None:
    """The inverse of the midpoints, without their rounding errors."""
    try:
        return matrix.mid().inv().mid() if _is_finite(matrix) else None
    except ZeroDivisionError:
        return None


def _size(column: arb_mat) -> arb:
    total = arb(0)
    for entry in column.entries():
        total = total + entry.mid() * entry.mid()
    return total.sqrt().mid()


def _is_finite(matrix: arb_mat) -> bool:
    return all(entry.is_finite() for entry in matrix.entries())
