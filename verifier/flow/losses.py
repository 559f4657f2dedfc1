"""**Losses**: what a gradient flow descends, and the inequalities that its form gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd

from flint import arb, fmpq
from sympy import Add, Expr, Integer, Mul, Rational, Symbol

from verifier.enclose.programs.bundle import Bundle, gradient
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.rings import reals as real_ring
from verifier.errors import UnsupportedError
from verifier.exact.scalars import reals
from verifier.flow.field import Field, gradient_flow
from verifier.flow.tails.contraction import contraction
from verifier.flow.tails.lojasiewicz import LojasiewiczConstants, lojasiewicz
from verifier.flow.tails.polyak import polyak
from verifier.flow.tails.powers import Term, powers
from verifier.flow.tails.tail import Rule


@dataclass(frozen=True)
class Composite:
    """The loss outer(r_1(y), ..., r_n(y)), where `outer` has one of the `slots` a residual."""

    outer: Expr
    slots: tuple[Symbol, ...]
    residuals: tuple[Expr, ...]
    variables: tuple[Symbol, ...]

    def __post_init__(self) -> None:
        if not self.residuals or len(self.slots) != len(self.residuals):
            raise UnsupportedError(
                f"{len(self.slots)} slots and {len(self.residuals)} residuals: they need a residual"
                " for each slot, and one at least."
            )

    @cached_property
    def loss(self) -> Expr:
        return self.outer.xreplace(dict(zip(self.slots, self.residuals, strict=True)))

    @cached_property
    def field(self) -> Field:
        return gradient_flow(self.loss, self.variables)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        terms = _terms_in(self.outer, self.slots)
        degenerate = (powers(self, terms),) if terms and max(p for _, p in terms) > 2 else ()
        return (contraction(self.field), polyak(self), *degenerate)

    def residuals_at(self, point: Sequence[arb]) -> list[arb]:
        return self._values.run(real_ring, point)

    def slopes_at(self, point: Sequence[arb]) -> list[list[arb]]:
        """The Jacobian of the residuals, by rows."""
        return _rows(self._slopes.run(real_ring, point), len(self.variables))

    def push_at(self, residuals: Sequence[arb]) -> list[arb]:
        """The gradient of `outer`."""
        return self._push.run(real_ring, residuals)

    def curvature_at(self, residuals: Sequence[arb]) -> list[list[arb]]:
        """The Hessian of `outer`."""
        return _rows(self._curvature.run(real_ring, residuals), len(self.slots))

    @cached_property
    def _values(self) -> Bundle:
        return Bundle.of([compile_expr(r, self.variables) for r in self.residuals])

    @cached_property
    def _slopes(self) -> Bundle:
        rows = [gradient(compile_expr(r, self.variables)) for r in self.residuals]
        return Bundle.of([entry for row in rows for entry in row])

    @cached_property
    def _push(self) -> Bundle:
        return Bundle.of(gradient(compile_expr(self.outer, self.slots)))

    @cached_property
    def _curvature(self) -> Bundle:
        first = gradient(compile_expr(self.outer, self.slots))
        return Bundle.of([entry for program in first for entry in gradient(program)])


@dataclass(frozen=True)
class LeastSquares:
    """The loss scale * sum of squared residuals."""

    residuals: tuple[Expr, ...]
    variables: tuple[Symbol, ...]
    scale: Rational = Rational(1, 2)

    def __post_init__(self) -> None:
        if not self.residuals or not self.scale > 0:
            raise UnsupportedError("Least squares need a residual and a positive factor.")

    @property
    def loss(self) -> Expr:
        return self.scale * Add(*(r**2 for r in self.residuals))

    @cached_property
    def field(self) -> Field:
        return gradient_flow(self.loss, self.variables)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        slots = _slots(len(self.residuals))
        outer = self.scale * Add(*(slot**2 for slot in slots))
        composite = Composite(outer, slots, self.residuals, self.variables)
        return (contraction(self.field), polyak(composite))


@dataclass(frozen=True)
class Loss:
    """Any loss; `inequality` is one of Lojasiewicz that holds for it.

    What is a constant and even powers with positive factors is read as powers of residuals.
    """

    loss: Expr
    variables: tuple[Symbol, ...]
    inequality: LojasiewiczConstants | None = None

    @cached_property
    def field(self) -> Field:
        return gradient_flow(self.loss, self.variables)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        convex = contraction(self.field)
        if self.inequality is not None:
            return (lojasiewicz(self.loss, self.variables, self.inequality), convex)
        read = _powers_in(self.loss)
        if read is None:
            return (convex,)
        slots = _slots(len(read))
        parts = zip(slots, read, strict=True)
        outer = Add(*(Rational(int(c.p), int(c.q)) * slot**p for slot, (_, (c, p)) in parts))
        bases = tuple(base for base, _ in read)
        return Composite(outer, slots, bases, self.variables).rules


Descent = Composite | LeastSquares | Loss


def _slots(count: int) -> tuple[Symbol, ...]:
    return reals(" ".join(f"residual_{k}" for k in range(count)))


def _terms_in(outer: Expr, slots: Sequence[Symbol]) -> list[Term]:
    """The factor and the even power with which each slot enters, where nothing else does."""
    read = _powers_in(outer)
    if read is None or sorted(map(str, slots)) != sorted(str(base) for base, _ in read):
        return []
    entries = dict(read)
    return [entries[slot] for slot in slots]


def _powers_in(loss: Expr) -> list[tuple[Expr, Term]] | None:
    """The bases of the even powers of which the loss is a sum, with constants left out."""
    found = []
    for part in Add.make_args(loss):
        if not part.free_symbols:
            continue
        factor, rest = part.as_coeff_Mul()
        pairs = [piece.as_base_exp() for piece in Mul.make_args(rest)]
        whole = all(isinstance(power, Integer) and power > 0 for _, power in pairs)
        power = gcd(*(int(power) for _, power in pairs)) if whole else 1
        if power % 2 or not isinstance(factor, Rational) or not factor > 0:
            return None
        base = Mul(*(base ** (int(p) // power) for base, p in pairs))
        found.append((base, (fmpq(int(factor.p), int(factor.q)), power)))
    return found or None


def _rows(flat: Sequence[arb], width: int) -> list[list[arb]]:
    return [list(flat[k : k + width]) for k in range(0, len(flat), width)]
