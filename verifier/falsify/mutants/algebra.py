"""**Changed statements of linear algebra**: variants that are false where the statement holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy

from verifier.exact.arrays import Array
from verifier.exact.statements import Relation, Statement, negation
from verifier.exact.statements.definite import Definite
from verifier.exact.statements.dimension import LocalDimension
from verifier.exact.statements.feasible import Feasible, MaxMargin
from verifier.exact.statements.generic import Generically
from verifier.exact.statements.independent import Independent, IndependentFamily
from verifier.exact.statements.rank import Rank
from verifier.exact.statements.systems import LeastNorm, LeastSquares, PseudoInverse, Solvable

KINDS = (
    Definite,
    Feasible,
    Generically,
    Independent,
    IndependentFamily,
    LeastNorm,
    LeastSquares,
    LocalDimension,
    MaxMargin,
    PseudoInverse,
    Rank,
    Solvable,
)
Changed = tuple[str, str, Statement]


def is_algebraic(statement: Statement) -> bool:
    """Whether the variants of the statement are made here."""
    arrays = isinstance(statement, Relation) and isinstance(statement.lhs, Array)
    return arrays or isinstance(statement, KINDS)


def algebra_changes(statement: Statement) -> Iterator[Changed]:
    """(kind, what, changed statement); at last the whole is denied."""
    match statement:
        case Relation(op="==", lhs=Array()):
            yield (
                "constant",
                "the first entry is 1 more",
                replace(statement, rhs=_shifted(statement.rhs)),
            )
        case Rank():
            for what, number in _other_numbers("rank", statement.op, statement.rank):
                yield "constant", what, replace(statement, rank=number)
        case LocalDimension():
            for what, number in _other_numbers("dimension", statement.op, statement.dimension):
                yield "constant", what, replace(statement, dimension=number)
        case LeastNorm():
            yield (
                "constant",
                "the first entry is 1 more",
                replace(statement, point=_shifted(statement.point)),
            )
        case PseudoInverse():
            inverse = _shifted(statement.inverse)
            yield "constant", "the first entry is 1 more", replace(statement, inverse=inverse)
        case Definite(strictly=True):
            yield (
                "sign",
                "the sign of the matrix is turned",
                replace(statement, matrix=-statement.matrix),
            )
        case MaxMargin():
            yield (
                "constant",
                "the vector is doubled",
                replace(statement, normal=statement.normal * 2),
            )
        case Generically():
            opposite = negation(statement.statement)
            if type(opposite) is type(statement.statement):
                yield (
                    "denial",
                    "the inner statement is turned round",
                    replace(statement, statement=opposite),
                )
        case Independent() | IndependentFamily():
            functions = (*statement.functions, sympy.Add(*statement.functions))
            yield (
                "term",
                "the sum of the functions joins them",
                replace(statement, functions=functions),
            )
    yield "denial", "it is denied", negation(statement)


def _other_numbers(name: str, op: str, number: int) -> Iterator[tuple[str, int]]:
    """One more contradicts == and >=, one less == and <=."""
    if op in ("==", ">="):
        yield f"{name} {number} becomes {number + 1}", number + 1
    if op in ("==", "<=") and number > 0:
        yield f"{name} {number} becomes {number - 1}", number - 1


def _shifted(matrix: Array) -> Array:
    first, *rest = matrix.entries
    return matrix.rebuilt(first + 1, *rest)
