"""**Certificates of words**: what the rules for matrices have shown, written for the checker.

Everything is read and rewritten once more, so that each equation that was used is a step. What
rests on more than steps stays uncertified: an inverse that no hypothesis states, a length that
vanishes, a matrix that is positive definite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from verifier.derive.context import Context, Discharge
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.tower import Condition
from verifier.derive.kernel.words.expansion import Grid
from verifier.derive.kernel.words.matrices import Matrices
from verifier.derive.kernel.words.record import Recorder, shown
from verifier.derive.kernel.words.rules import Step
from verifier.derive.kernel.words.word import WordSum
from verifier.derive.kernel.writer import Data, Writer
from verifier.derive.matrix_setting import Setting, setting_of
from verifier.errors import UnsupportedError
from verifier.exact.matrices import Matrix
from verifier.exact.statements import Statement
from verifier.exact.statements.properties import Is

HAVE_INVERSES = ("invertible", "positive definite", "orthogonal")
Goals = Callable[[Setting], Iterable[Grid]]


def with_steps(
    answer: Discharge, context: Context, statement: Statement, *, goals: Goals
) -> Discharge:
    """The answer with certificates that every block of the `goals` is zero, where they exist.

    The `goals` must be all that the answer rests on, beside the conditions of reading them.
    """
    if not answer.holds:
        return answer
    try:
        made = tuple(_certificates(setting_of(context, statement, literal=True), goals))
    except (UnsupportedError, ZeroDivisionError):
        return answer
    return replace(answer, certificates=made, certified=True)


def scalar_goal(element: Element) -> Grid:
    """A scalar, as a matrix with one entry."""
    return ((WordSum("1", "1", {(): element}),),)


def _certificates(setting: Setting, goals: Goals) -> Iterator[Data]:
    reader, matrices = setting.reader, setting.matrices
    reader.tower.conditions = {}
    reader.known.clear()
    grids = list(goals(setting))
    needed = list(reader.tower.conditions.values())
    for grid in grids:
        for entry, steps in shown(matrices, grid):
            data = Writer(reader, words=True).certificate(
                partial(_goal, matrices=matrices, entry=entry, steps=steps, needed=needed)
            )
            _check_inverses(matrices, data["goal"]["letters"])
            yield data


def _goal(
    writer: Writer,
    *,
    matrices: Matrices,
    entry: WordSum,
    steps: Sequence[Step],
    needed: Iterable[Condition],
) -> Data:
    """The goal that `entry` is zero, and that nothing divides by zero where it is read."""
    recorder = Recorder(matrices.rewriter, writer.prover)
    divisors = []
    for condition in needed:
        if condition.kind != "nonzero":
            raise UnsupportedError(f"{condition} has no certificate.")
        parts = (condition.element.num, condition.element.den)
        divisors += [recorder.nonzero(part) for part in parts if not part.is_one()]
    goal = recorder.record(entry, steps)
    return {**goal, "nonzero": [*goal["nonzero"], *divisors]}


def _check_inverses(matrices: Matrices, letters: Iterable[str]) -> None:
    """Raise `UnsupportedError` if a letter is an inverse that no hypothesis states."""
    for known in matrices.inverses.values():
        names = {letter.name for row in known.letters for letter in row}
        if names & {*letters} and not _supposed(matrices, known.of):
            raise UnsupportedError(f"That\n    {known.of}\n  has an inverse has no certificate.")


def _supposed(matrices: Matrices, of: Matrix) -> bool:
    """Whether hypotheses state an inverse: of the matrix, its transpose, or all square factors."""
    match of.head:
        case "transpose" | "inverse":
            return _supposed(matrices, of.args[0])
        case "product" if all(part.shape == of.shape for part in of.args):
            return all(_supposed(matrices, part) for part in of.args)
    expander = matrices.expander
    facts = (s for s in matrices.statements[:-1] if isinstance(s, Is))
    for fact in facts:
        if fact.property in HAVE_INVERSES and fact.matrix.shape == of.shape:
            gap = expander.subtract(expander.grid(fact.matrix), expander.grid(of))
            if all(entry.is_zero for row in gap for entry in row):
                return True
    return False
