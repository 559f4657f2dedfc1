"""**Consequences**: relations between scalars that follow from hypotheses of other kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sympy import Expr

from verifier.derive.context import Context
from verifier.exact.arrays import determinant
from verifier.exact.compound import Compound
from verifier.exact.statements import Relation, Statement, gt, ne
from verifier.exact.statements.rank import Rank
from verifier.exact.substitution import names_in

LARGEST = 5  # of a determinant that is taken as a hypothesis


def assuming_all(context: Context) -> Context:
    """The context with what follows from its hypotheses on arrays."""
    more = list(consequences((*context.hypotheses, *context.known)))
    return replace(context, hypotheses=(*context.hypotheses, *more)) if more else context


def outside(context: Context, statement: Compound) -> Context:
    """The context without hypotheses on what the statement binds: they mean another symbol."""
    bound = {str(symbol) for symbol in statement.bound()}
    kept = tuple(h for h in context.hypotheses if not bound & names_in(h))
    known = tuple(fact for fact in context.known if not bound & names_in(fact))
    return replace(context, hypotheses=kept, known=known)


def consequences(statements: Iterable[Statement]) -> Iterator[Relation]:
    """Equations of entries, signs of minors, and determinants of matrices of full rank."""
    for statement in statements:
        if isinstance(statement, Relation) and isinstance(statement.lhs, Expr):
            continue
        parts = statement.unfolded()
        if parts is not None:
            yield from (part for part in parts if isinstance(part, Relation))
        if isinstance(statement, Rank):
            yield from _full_rank(statement)


def _full_rank(statement: Rank) -> Iterator[Relation]:
    """det A != 0 for a square A of full rank, det of the Gram matrix > 0 for others."""
    matrix = statement.matrix
    size = min(matrix.shape)
    if statement.op == "<=" or statement.rank != size or size > LARGEST:
        return
    if matrix.is_square:
        yield ne(determinant(matrix), 0)
        return
    tall = matrix if matrix.shape[0] > matrix.shape[1] else matrix.T
    yield gt(determinant(tall.T @ tall), 0)
