"""**Traces** of matrix expressions, held: scalars that sympy sees as atoms with scalars in them."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, Symbol

from verifier.errors import UnsupportedError
from verifier.exact.matrices import Held, Matrix


class Trace(Expr):  # type: ignore[misc]
    """The trace of a square matrix expression, held; built by `trace`, `dot` and `norm2`."""

    is_commutative = True
    is_real = True

    def __new__(cls, held: Held) -> Trace:
        made: Trace = Expr.__new__(cls, held)
        return made

    @staticmethod
    def of(thing: Matrix) -> Trace:
        return Trace(Held.of(thing))

    @property
    def matrix(self) -> Matrix:
        held: Held = self.args[0]
        return held.matrix

    @property
    def names(self) -> frozenset[str]:
        """The names of the vectors, matrices and operators in it."""
        held = (part.matrix for part in sympy.preorder_traversal(self) if isinstance(part, Held))
        return frozenset(m.args[0] for m in held if m.head in ("symbol", "power"))

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        if symbol in self.free_symbols:
            raise UnsupportedError(f"`{symbol}` moves inside {self}: its derivative is not taken.")
        return sympy.Integer(0)

    def _sympystr(self, printer: Any) -> str:
        pair = self._pair
        if pair is None:
            return f"tr({self.matrix})"
        return f"|{pair[0]}|^2" if pair[0] == pair[1] else f"<{pair[0]}, {pair[1]}>"

    def _latex(self, printer: Any) -> str:
        pair = self._pair
        if pair is None:
            return rf"\operatorname{{tr}}\left({self.matrix.latex()}\right)"
        left, right = (part.latex() for part in pair)
        if pair[0] != pair[1]:
            return rf"\langle {left}, {right} \rangle"
        return rf"\|{left}\|^2" if pair[0].is_column else rf"\|{left}\|_F^2"

    @property
    def _pair(self) -> tuple[Matrix, Matrix] | None:
        """(M, N) when this is the inner product tr(M^T N) and was written as one."""
        whole = self.matrix
        if whole.head != "product" or whole.args[0].head != "transpose":
            return None
        left, rest = whole.args[0].args[0], whole.args[1:]
        right = rest[0] if len(rest) == 1 else Matrix("product", rest, left.rows, whole.columns)
        return (left, right) if left.is_column or left == right else None
