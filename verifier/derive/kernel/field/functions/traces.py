"""**Traces and inner products** of matrix expressions.

Where nothing is supposed of matrices a trace is multiplied out over products of symbols, each of
which is a generator. The `matrices` of a reader read it under hypotheses on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family
from verifier.derive.kernel.words.expansion import loop_of, multiplied_out
from verifier.derive.kernel.words.word import is_square
from verifier.exact.traces import Trace

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader


def read_trace(reader: Reader, args: tuple[Expr, ...]) -> Element:
    trace = Trace(*args)
    if reader.matrices is not None:
        return reader.matrices(trace)
    plain = multiplied_out(trace)
    if plain != trace:
        return reader.read(plain)
    made = reader.tower.symbol(reader.label(trace))
    if is_square(loop_of(trace)):
        reader.bound_below(trace, fmpq(0))
    return made


FAMILY = Family(reads={Trace: read_trace})
