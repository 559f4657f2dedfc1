"""**gram**: an inequality between scalars made of vectors, from Gram matrices, in every dimension.

For vectors x_1, ..., x_k and a positive semidefinite K the matrix <x_i, K x_j> is positive
semidefinite: its principal minors are not negative (Cauchy-Schwarz is the one of size 2). K is the
identity, and whatever a hypothesis says is semidefinite; x^T K x > 0 for a definite K and x != 0.
The vectors are those that occur, or those that the option `vectors` names. Their minors join the
hypotheses of `sign`, then of `linear`, `sum_of_squares` and `positivstellensatz`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr

from verifier.by import Justification
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    conclude,
    is_scalar,
    refuse,
    relation_holds,
)
from verifier.derive.kernel.field.signsets import NONNEGATIVE, POSITIVE, Signs
from verifier.derive.kernel.words.expansion import matrix_of, multiplied_out
from verifier.derive.kernel.words.word import Word, transposed
from verifier.derive.matrix_setting import Setting, setting_of
from verifier.errors import UnsupportedError
from verifier.exact.matrices import Matrix, matrix
from verifier.exact.statements import Relation, Statement, ge, gt
from verifier.exact.statements.properties import Is
from verifier.exact.traces import Trace
from verifier.exact.vectors import Vector, dot

LARGEST_MINOR = 3
MOST_VECTORS = 4
SEMIDEFINITE = ("positive semidefinite", "an orthogonal projection", "a mask", "positive definite")


@dataclass(frozen=True)
class Kernel:
    """A semidefinite matrix on one space, None for the identity."""

    space: tuple[str, ...]
    matrix: Matrix | None
    definite: bool

    def form(self, x: Matrix, y: Matrix) -> Expr:
        """<x, K y>, multiplied out where it can be."""
        whole = dot(x, y if self.matrix is None else self.matrix @ y)
        try:
            return multiplied_out(whole)
        except UnsupportedError:
            return whole


def discharge(statement: Statement, context: Context) -> Discharge:
    if (
        not isinstance(statement, Relation)
        or statement.op in ("==", "!=")
        or not is_scalar(statement.lhs)
    ):
        return refuse("`gram` reads inequalities between scalars only.")
    unknown = sorted({name for name, _ in context.by.options} - {"vectors"})
    if unknown:
        return refuse(f"`gram` has no option `{unknown[0]}`; it has vectors.")
    setting = setting_of(context, statement)
    setting.reader.fresh(statement.lhs - statement.rhs, statement.lhs, statement.rhs)
    columns = _columns(setting, context)
    facts = list(_facts(context, columns))
    for fact in (*facts, *_norms(columns)):
        _learn(setting, fact)
    _, needed = setting.reader.fresh(statement.lhs - statement.rhs, statement.lhs, statement.rhs)
    values = conclude(setting.reader, needed)
    if not values.holds:
        return values
    first = relation_holds(setting.reader, statement)
    if first.holds or first.disproof:
        return Discharge(first.holds, first.reason, first.conditions)
    for name in ("linear", "sum_of_squares", "positivstellensatz"):
        if _with_facts(name, statement, context, facts):
            return Discharge(True, f"by {name} with {len(facts)} minors", values.conditions)
    return refuse(f"{first.reason}\n  The vectors are {', '.join(map(str, columns)) or 'none'}.")


def _columns(setting: Setting, context: Context) -> list[Matrix]:
    """The vectors that are named, or that stand at the ends of the scalars."""
    named = context.by.get("vectors")
    if named is not None:
        return [matrix(one) for one in named]
    found: dict[Word, None] = {}
    for loop in setting.matrices.rewriter.ring.loops().values():
        if not loop.cyclic:
            for end in (transposed(loop.word[:1]), loop.word[-1:]):
                found.setdefault(end)
            for cut in range(2, len(loop.word) - 1):
                half = loop.word[cut:]
                if transposed(loop.word[:cut]) == half:
                    found.setdefault(half)
    words = [word for word in found if all(letter.name.isidentifier() for letter in word)]
    return [matrix_of(word) for word in sorted(words, key=lambda w: (len(w), w))]


def _facts(context: Context, columns: Sequence[Matrix]) -> Iterator[Relation]:
    spaces = {column.rows for column in columns}
    kernels = [Kernel(space, None, definite=True) for space in sorted(spaces)]
    for known in context.known:
        if isinstance(known, Is) and known.property in SEMIDEFINITE:
            definite = known.property == "positive definite"
            kernels.append(Kernel(known.matrix.rows, known.matrix, definite=definite))
    for kernel in kernels:
        here = [column for column in columns if column.rows == kernel.space][:MOST_VECTORS]
        for size in range(1, LARGEST_MINOR + 1):
            for chosen in itertools.combinations(here, size):
                yield ge(_minor(kernel, chosen), 0)
        for x, y in itertools.combinations(here, 2):
            yield ge(kernel.form(x - y, x - y), 0)
            yield ge(kernel.form(x + y, x + y), 0)
        for away in _nonzero(context.hypotheses):
            if kernel.definite and away.rows == kernel.space:
                yield gt(kernel.form(away, away), 0)


def _norms(columns: Sequence[Matrix]) -> Iterator[Relation]:
    """Cauchy-Schwarz with roots: -|x| |y| <= <x, y> <= |x| |y|."""
    plain = {space: Kernel(space, None, definite=True) for space in {c.rows for c in columns}}
    for x, y in itertools.combinations(columns[: 2 * MOST_VECTORS], 2):
        if x.rows == y.rows:
            form = plain[x.rows].form
            both = sympy.sqrt(form(x, x)) * sympy.sqrt(form(y, y))
            yield ge(both - form(x, y), 0)
            yield ge(both + form(x, y), 0)


def _minor(kernel: Kernel, chosen: Sequence[Matrix]) -> Expr:
    table = [[kernel.form(x, y) for y in chosen] for x in chosen]
    for i, j in itertools.combinations(range(len(table)), 2):
        table[j][i] = table[i][j]
    return sympy.expand(sympy.Matrix(table).det(method="berkowitz"))


def _nonzero(hypotheses: Iterable[Relation]) -> Iterator[Matrix]:
    for relation in hypotheses:
        if relation.op == "!=" and isinstance(relation.lhs, (Matrix, Vector)):
            away = matrix(relation.lhs) - matrix(relation.rhs)
            if away.is_column:
                yield away


def _learn(setting: Setting, fact: Relation) -> None:
    reader = setting.reader
    signs: Signs = POSITIVE if fact.op == ">" else NONNEGATIVE
    before = dict(reader.tower.conditions)
    try:
        reader.oracle.learn(reader.read(fact.lhs), signs)
    except (UnsupportedError, ZeroDivisionError):
        return
    finally:
        reader.tower.conditions = before


def _with_facts(name: str, statement: Relation, context: Context, facts: list[Relation]) -> bool:
    """Whether another rule shows it, where no scalar is more than an inner product of symbols."""
    wanted = (statement, *facts)
    if any(side.has(Trace) for r in wanted for side in (r.lhs, r.rhs)):
        return False
    inner = context.with_rule(Justification(name)).assuming(*facts)
    try:
        return inner.rules(name).discharge(statement, inner).holds
    except UnsupportedError:
        return False


RULE = Rule("gram", "an inequality between scalars made of vectors", discharge)
