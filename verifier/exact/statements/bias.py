r"""**Implicit bias**: where a gradient flow ends, among all predictors that fit the data.

    theta' = -grad |X^T p(theta) - y|^2 / 2,  theta(0) = theta_0:
    lim p(theta) = argmin { Q(v) : X^T v = y }

A positive factor of the loss changes the speed of the flow and not its limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from verifier.errors import StatementError
from verifier.exact.compound import Binder, tex
from verifier.exact.matrices import ONE, Matrix, is_open, matrix
from verifier.exact.scalars import Scalar, exact
from verifier.exact.statements.base import Statement
from verifier.exact.vectors import Vector


@dataclass(frozen=True)
class ImplicitBias(Binder, Statement):
    """If the flow from `start` tends to a fit of `labels`, its predictor tends to the only
    minimiser of `potential` among the vectors `over` that fit.

    `start` has the names of the state, each with its start. They and `over` are bound.
    """

    start: tuple[tuple[str, Expr | Matrix], ...]
    predictor: Matrix
    data: Matrix
    labels: Matrix
    potential: Expr
    over: str

    def __str__(self) -> str:
        start = ", ".join(f"{name}(0) = {value}" for name, value in self.start)
        return (
            f"gradient flow on |{self.data}^T ({self.predictor}) - ({self.labels})|^2 from {start} "
            f"takes the predictor, if to a fit, to the minimiser over {self.over} of "
            f"{self.potential} among all fits"
        )

    def parts(self) -> tuple[Any, ...]:
        starts = tuple(value for _, value in self.start)
        return self.predictor, self.data, self.labels, self.potential, *starts

    def rebuilt(self, *parts: Any) -> ImplicitBias:
        predictor, data, labels, potential, *starts = parts
        start = tuple(zip((name for name, _ in self.start), starts, strict=True))
        return ImplicitBias(start, predictor, data, labels, potential, self.over)

    def bound(self) -> frozenset[Symbol]:
        names = (*(name for name, _ in self.start), self.over)
        return frozenset(Symbol(name, real=True) for name in names)

    def latex(self) -> str:
        state = ", ".join(name for name, _ in self.start)
        start = ", ".join(tex(value) for _, value in self.start)
        data, labels, over = self.data.latex(), self.labels.latex(), rf"\mathbf{{{self.over}}}"
        loss = rf"\left\| {data}^\top \left({self.predictor.latex()}\right) - {labels} \right\|^2"
        goal = rf"\operatorname{{argmin}}_{{{over}}} \left\{{ {tex(self.potential)} : "
        fits = rf"{data}^\top {over} = {labels} \right\}}"
        flow = rf"\dot\theta = -\nabla \tfrac12 {loss}"
        return (
            rf"\lim_{{t \to \infty}} \left({self.predictor.latex()}\right) = {goal} {fits} "
            rf"\quad\text{{for}}\quad \theta = ({state}),\; {flow},\; \theta(0) = ({start})"
        )


def implicit_bias(
    start: Mapping[Any, Any],
    *,
    predictor: Any,
    data: Any,
    labels: Any,
    potential: Scalar,
    over: Vector,
) -> ImplicitBias:
    """`start` maps the scalars, vectors and matrices of the state to their likes.

    `predictor` is a vector in R^d, `data` the d x n matrix of the samples, `labels` in R^n.
    Raises `StatementError` for a start of another kind than its symbol, or sizes that do not fit.
    """
    begun: list[tuple[str, Any]] = []
    for key, value in start.items():
        opened = is_open(key)
        if opened != is_open(value) or (opened and matrix(key).shape != matrix(value).shape):
            raise StatementError(f"The start of {key} must be of its own kind, got {value}.")
        begun.append((matrix(key).symbol, matrix(value)) if opened else (str(key), exact(value)))
    if not begun:
        raise StatementError("An implicit bias needs a state that moves.")
    seen, samples, values, place = map(matrix, (predictor, data, labels, over))
    shapes = (seen.shape, values.shape, place.shape)
    if shapes != ((samples.rows, ONE), (samples.columns, ONE), (samples.rows, ONE)):
        raise StatementError(
            f"Data of shape {' x '.join('+'.join(s) for s in samples.shape)} need a predictor and "
            "a variable with a component a row, and labels with one a column."
        )
    return ImplicitBias(tuple(begun), seen, samples, values, exact(potential), place.symbol)
