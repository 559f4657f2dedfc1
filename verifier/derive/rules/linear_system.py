"""**linear_system**: A x = b has a solution or none; x is the least-norm one of least squares.

A x = b is solvable where rank (A, b) = rank A. For rational A that is N b = 0 for a basis N of the
left kernel; otherwise by bounds of both ranks, or by `solution=x`.
"""

from __future__ import annotations

import sympy

from verifier.by import Justification
from verifier.derive.consequences import assuming_all
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse
from verifier.derive.kernel.linear.linalg import RationalSystem, rational_rows
from verifier.derive.nonzero import all_have_values, attempted
from verifier.derive.ranks import Ranked
from verifier.derive.rules.entrywise import every, some_fails
from verifier.derive.rules.rank import no_rules
from verifier.exact.arrays import Array, array
from verifier.exact.statements import Not, Statement
from verifier.exact.statements.relation import entrywise
from verifier.exact.statements.systems import LeastNorm, LeastSquares, Solvable
from verifier.verdict import FALSE, TRUE, Truth, unknown


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name != "solution"]
    if odd:
        return refuse(f"`linear_system` has no option `{odd[0]}`; it has `solution`.")
    context = assuming_all(context)
    match statement:
        case Solvable():
            return _solvable(statement, context)
        case LeastNorm():
            squares, row_space = statement.halves()
            return all_hold(
                (
                    ("least squares", _minimises(squares, context)),
                    ("row space", _solvable(row_space, context)),
                )
            )
        case Not(statement=Solvable() as denied):
            return _unsolvable(denied, context)
        case Not(statement=LeastNorm() as denied):
            return _not_least(denied, context)
    return refuse("`linear_system` reads solvability and least-norm solutions, or a negation.")


def _minimises(statement: LeastSquares, context: Context) -> Discharge:
    return every(context.reader(), statement, statement.unfolded())


def _solvable(statement: Solvable, context: Context) -> Discharge:
    given = context.by.get("solution")
    if given is not None:
        return _by_solution(statement, array(given), context)
    tests = _tests(statement, context)
    if tests is not None:
        return every(context.reader(), statement, entrywise(tests))
    plain = Ranked.read(statement.matrix, context)
    both = Ranked.read(statement.matrix.beside(statement.right), context)
    for rank in range(min(statement.matrix.shape), -1, -1):
        lower = plain.at_least(rank)
        if lower.holds:
            upper = both.at_most(rank)
            return all_hold(((f"rank A >= {rank}", lower), (f"rank (A, b) <= {rank}", upper)))
    return refuse("the rank of the matrix is not shown.")


def _by_solution(statement: Solvable, solution: Array, context: Context) -> Discharge:
    if solution.shape != (statement.matrix.shape[1], statement.right.shape[1]):
        return refuse(f"a solution of shape {solution.shape} does not fit.")
    reader = context.reader()
    gap = statement.matrix @ solution - statement.right
    solved = every(reader, statement, entrywise(gap))
    values = all_have_values(reader, solution)
    return attempted(all_hold((("A x = b", solved), ("values", values))))


def _tests(statement: Solvable, context: Context) -> Array | None:
    """N b for a basis N of the left kernel of a rational matrix; 0 where the kernel is trivial."""
    ranked = Ranked.read(statement.matrix, context)
    table = rational_rows(ranked.rows)
    if table is None:
        return None
    height = len(table)
    across = [[table[i][j] for i in range(height)] for j in range(len(table[0]))]
    kernel = RationalSystem.of(across, height).kernel
    if not kernel:
        return array([0])
    rows = [[sympy.Rational(int(c.p), int(c.q)) for c in vector] for vector in kernel]
    return array(rows) @ statement.right


def _unsolvable(statement: Solvable, context: Context) -> Discharge:
    tests = _tests(statement, context)
    if tests is not None:
        return some_fails(context.reader(), statement, entrywise(tests))
    plain = Ranked.read(statement.matrix, context)
    both = Ranked.read(statement.matrix.beside(statement.right), context)
    for rank in range(min(statement.matrix.shape) + 1):
        upper = plain.at_most(rank)
        if upper.holds:
            lower = both.at_least(rank + 1)
            return all_hold(((f"rank A <= {rank}", upper), (f"rank (A, b) > {rank}", lower)))
    return refuse("the rank of the matrix is not shown.")


def _not_least(statement: LeastNorm, context: Context) -> Discharge:
    squares, row_space = statement.halves()
    first = some_fails(context.reader(), squares, squares.unfolded())
    return first if first.holds else _unsolvable(row_space, context)


def truth(statement: Statement) -> Truth:
    """The answer for arrays of numbers."""
    context = Context((), Justification("linear_system"), no_rules)
    if discharge(statement, context).holds:
        return TRUE
    answer = discharge(Not(statement), context)
    return FALSE if answer.holds else unknown(answer.reason)


RULE = Rule(
    "linear_system",
    "whether A x = b has a solution, and least-norm solutions",
    discharge,
    (Solvable, LeastNorm),
    truth,
)
