"""**Blocks**: matrices f_j(x_i) of values of functions that are known to be independent.

Functions are independent exactly where some square matrix f_j(x_i) is regular. For analytic f_j
on the whole space its determinant is analytic in (x_1, ..., x_k), so that it is not zero for almost
every choice of points; fewer points give rows of such a matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Symbol

from verifier.derive.analytic import is_analytic, is_polynomial_in
from verifier.derive.consequences import outside
from verifier.derive.context import Discharge, all_hold, refuse, vanishes
from verifier.derive.domains import Domain
from verifier.derive.nonzero import all_have_values
from verifier.exact.statements.generic import Generically
from verifier.exact.statements.independent import Independent
from verifier.exact.statements.rank import Rank
from verifier.exact.substitution import substitute

Block = tuple[Symbol, ...]


def by_independence(statement: Generically, blocks: Sequence[Any], domain: Domain) -> Discharge:
    """Whether the rank is as stated because a known `Independent` gives the matrix its columns.

    `blocks` has the variables of each row, in the order of the variables of the functions.
    """
    rank = statement.statement
    if not isinstance(rank, Rank) or domain.relations:
        return refuse("`blocks` are for the rank of a matrix on the whole space.")
    rows = [_block(block) for block in blocks]
    problem = _misfit(rank, rows, domain)
    if problem:
        return refuse(problem)
    full = min(rank.matrix.shape)
    if (rank.op, rank.rank) not in {("==", full), *((">=", k) for k in range(full + 1))}:
        return refuse(f"independent columns show that the rank is {full}.")
    first = refuse(
        "no step in `uses` says that the columns are independent functions, free of what this "
        "statement binds."
    )
    for known in domain.plain.known:
        if isinstance(known, Independent) and not known.domain:
            answer = _columns(statement, known, rows, domain)
            if answer.holds:
                return answer
            first = answer
    return first


def _block(block: Any) -> Block:
    return tuple(block) if isinstance(block, (tuple, list)) else (block,)


def _misfit(rank: Rank, rows: Sequence[Block], domain: Domain) -> str:
    listed = [symbol for block in rows for symbol in block]
    if len(rows) != rank.matrix.shape[0]:
        return f"give {rank.matrix.shape[0]} blocks, one for each row."
    if len(set(listed)) < len(listed):
        return "two blocks share a variable: the rows are not at different points."
    odd = [str(symbol) for symbol in listed if symbol not in domain.variables]
    return f"`{odd[0]}` is no variable of the statement." if odd else ""


def _columns(
    statement: Generically, known: Independent, rows: Sequence[Block], domain: Domain
) -> Discharge:
    """Whether row i is (f_1, ..., f_k) at block i, with analytic f_j."""
    rank = statement.statement
    if not isinstance(rank, Rank) or rank.matrix.shape[1] != len(known.functions):
        return refuse(f"{known} has another number of functions than the matrix has columns.")
    if any(len(block) != len(known.variables) for block in rows):
        return refuse(f"a point of {known} has {len(known.variables)} coordinates.")
    reader = outside(domain.plain, known).reader()
    parts = []
    for function in known.functions:
        if statement.extent == "generic" and not is_polynomial_in(function, known.variables):
            return refuse(f"{function} is no polynomial: use almost_everywhere or open_dense.")
        parts.append((f"{function}", is_analytic(reader, function, known.variables)))
    parts.append(("values", all_have_values(reader, known.functions)))
    for block, row in zip(rows, rank.matrix.rows, strict=True):
        at = dict(zip(known.variables, block, strict=True))
        for function, entry in zip(known.functions, row, strict=True):
            moved = substitute(function, at)
            if entry != moved:
                equal = vanishes(domain.plain.reader(), entry - moved, entry, moved)
                parts.append((f"{entry} = {moved}", equal))
    return all_hold(parts)
