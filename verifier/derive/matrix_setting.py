"""**Matrices of a step**: its reader with everything that its hypotheses say of matrices.

Hypotheses that cannot be read are left out, which can only make less provable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sympy import Expr

from verifier.derive.context import Context
from verifier.derive.kernel.field.reader import Reader
from verifier.derive.kernel.field.signsets import NONZERO
from verifier.derive.kernel.words.definiteness import Definiteness
from verifier.derive.kernel.words.expansion import matrix_of
from verifier.derive.kernel.words.matrices import Matrices
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.matrices import Matrix, matrix
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.properties import Is, invertible
from verifier.exact.substitution import scalars_in
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner, Vector


@dataclass(frozen=True)
class Setting:
    """One reader with the matrices of a step, and which of them are positive or invertible."""

    reader: Reader
    matrices: Matrices
    definite: Definiteness


def setting_of(context: Context, statement: Statement, *, literal: bool = False) -> Setting:
    """The setting in which `statement` is to be shown.

    Where it is `literal`, no equation replaces an inner product, a trace or a matrix when it is
    read: all that equations do is then done by steps of the rewriting.
    """
    read = [h for h in context.hypotheses if not (literal and _equates_products(h))]
    reader = replace(context, hypotheses=tuple(read)).reader()
    given = (*context.hypotheses, *context.known)
    matrices = Matrices(reader, (*given, statement))
    matrices.literal = literal
    setting = Setting(reader, matrices, Definiteness(matrices))
    matrices.show_invertible = setting.definite.show_invertible
    matrices.is_definite = lambda of: setting.definite.sign(of) == "definite"
    reader.matrices = matrices.scalar
    for hypothesis in sorted(given, key=_simplest_first):
        _suppose(setting, hypothesis)
    traces = [h for h in read if any(e.has(Trace) for e in scalars_in(h))]
    reader.assume(h for h in traces if isinstance(h.lhs, Expr))
    return setting


def _equates_products(hypothesis: Relation) -> bool:
    products = any(e.has(Trace, Inner) for e in scalars_in(hypothesis))
    return hypothesis.op == "==" and products


def _suppose(setting: Setting, hypothesis: Statement) -> None:
    matrices = setting.matrices
    if isinstance(hypothesis, Is):
        _if_readable(setting, lambda: setting.definite.learn(hypothesis))
        _if_readable(setting, lambda: matrices.suppose(hypothesis))
    elif isinstance(hypothesis, Relation) and hypothesis.op == "==":
        if isinstance(hypothesis.lhs, (Matrix, Vector)):
            _if_readable(setting, lambda: matrices.equate(*sides_of(hypothesis)))
            _if_readable(setting, lambda: _inverted(setting, *sides_of(hypothesis)))
        elif isinstance(hypothesis.lhs, Expr):
            _if_readable(setting, lambda: matrices.equate_scalars(hypothesis))


def sides_of(relation: Relation) -> tuple[Matrix, Matrix]:
    """Both sides of an equation of vectors or matrices, as matrices.

    Raises `UnsupportedError` if one is none, such as a member of a family of vectors.
    """
    try:
        return matrix(relation.lhs), matrix(relation.rhs)
    except StatementError as fault:
        raise UnsupportedError(str(fault)) from fault


def _inverted(setting: Setting, left: Matrix, right: Matrix) -> None:
    """c X_1 ... X_k = e I with square factors of one size: each of them has an inverse."""
    matrices = setting.matrices
    gap = matrices.algebra.subtract(matrices.expander.plain(left), matrices.expander.plain(right))
    words = [word for word in gap.terms if word]
    nonzero = all(matrices.reader.sign(c) <= NONZERO for c in gap.terms.values())
    if gap.rows != gap.columns or len(words) != 1 or len(gap.terms) != 2 or not nonzero:
        return
    if all(letter.rows == letter.columns == gap.rows for letter in words[0]):
        for letter in words[0]:
            if letter.power is None and letter.name.isidentifier():
                setting.definite.learn(invertible(matrix_of((letter,))))


def _if_readable(setting: Setting, take: Callable[[], None]) -> None:
    with unconditional(setting.reader):
        try:
            take()
        except (UnsupportedError, ZeroDivisionError):
            return


@contextmanager
def unconditional(reader: Reader) -> Iterator[None]:
    """Conditions that are met inside are forgotten: what is supposed to hold has a value."""
    before = dict(reader.tower.conditions)
    try:
        yield
    finally:
        reader.tower.conditions = before


def _simplest_first(statement: Statement) -> tuple[int, int, str]:
    """Properties of symbols, other properties, then equations; the short ones first."""
    kind = 2
    if isinstance(statement, Is):
        kind = 0 if statement.matrix.head == "symbol" else 1
    return kind, len(str(statement)), str(statement)
