"""**Margins**: lhs - rhs of the relations of a claim, compiled for boxes and for points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier.enclose.decide import from_margin
from verifier.enclose.programs.compile import compile_expr, compile_margin, is_sum_of_nonnegative
from verifier.enclose.programs.conjugate import quotients_in
from verifier.enclose.programs.flatten import flattened
from verifier.enclose.programs.program import Program
from verifier.enclose.regions.charts import Place
from verifier.enclose.regions.forms import Bounds, truth_on
from verifier.enclose.rings import reals
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.verdict import Truth, unknown


@dataclass(frozen=True)
class Margin:
    """lhs - rhs of a relation; `program` is None when it cannot be enclosed.

    `sharper` has the same values, with conjugate quotients where differences would cancel. Where
    the margin is a difference a - b of such a kind with a, b >= 0, `numerator` is a^2 - b^2.
    """

    op: str
    program: Program | None
    moving: tuple[int, ...] = ()
    reason: str = ""
    sharper: Program | None = None
    numerator: Program | None = None

    def on(
        self, box: Place, edges: Sequence[tuple[int, int]], *, thorough: bool = False
    ) -> tuple[Truth, Bounds | None]:
        """Whether the relation holds on the whole box, with the best bounds that were found."""
        if self.program is None:
            return unknown(self.reason), None
        program = self.sharper or self.program
        return truth_on(self.op, program, box, self.moving, edges, thorough=thorough)

    def at(self, point: Sequence[fmpq]) -> arb:
        if self.program is None:
            return reals.NAN
        value: arb = self.program.run(reals, [arb(x) for x in point])
        return value

    def fails_at(self, point: Sequence[fmpq]) -> bool:
        truth = from_margin(self.op, self.at(point))
        return truth is not None and truth.refuted


def margin_of(
    relation: Statement, symbols: Sequence[Symbol], nonnegative: Sequence[Symbol]
) -> Margin:
    """The margin of `relation` as a function of `symbols`, or why there is none."""
    if not isinstance(relation, Relation):
        return undecidable(f"`{relation}` is no relation of scalars")
    try:
        program = flattened(compile_margin(relation, symbols, nonnegative=nonnegative))
        sharper, numerator = _sharpened(relation, symbols, nonnegative)
    except UnsupportedError as fault:
        return Margin(relation.op, None, reason=str(fault).splitlines()[0])
    free = relation.lhs.free_symbols | relation.rhs.free_symbols
    moving = tuple(k for k, symbol in enumerate(symbols) if symbol in free)
    return Margin(relation.op, program, moving, sharper=sharper, numerator=numerator)


def _sharpened(
    relation: Relation, symbols: Sequence[Symbol], nonnegative: Sequence[Symbol]
) -> tuple[Program | None, Program | None]:
    whole = relation.lhs - relation.rhs
    quotients = quotients_in((relation.lhs, relation.rhs, whole))
    if not quotients:
        return None, None
    above, below = quotients.get(whole, (None, None))
    numerator = None
    if above is not None and is_sum_of_nonnegative(below, symbols, nonnegative):
        numerator = compile_expr(above, symbols, nonnegative=nonnegative)
    sharper = compile_margin(relation, symbols, nonnegative=nonnegative, quotients=quotients)
    return flattened(sharper), numerator


def undecidable(reason: str) -> Margin:
    """A hypothesis that is neither certain nor refuted on any box."""
    return Margin("", None, reason=reason)


def symbols_of(names: Sequence[str], relations: Sequence[Statement]) -> list[Symbol]:
    """The symbols that the names of a region stand for in the relations."""
    found: dict[str, set[Symbol]] = {name: set() for name in names}
    for relation in relations:
        for part in (relation.lhs, relation.rhs) if isinstance(relation, Relation) else ():
            for symbol in part.free_symbols if isinstance(part, Expr) else ():
                if str(symbol) in found:
                    found[str(symbol)].add(symbol)
    for name, symbols in found.items():
        if len(symbols) > 1:
            raise UnsupportedError(
                f"`{name}` names symbols of different kinds: {sorted(symbols, key=repr)}."
            )
    return [next(iter(s), Symbol(name, real=True)) for name, s in found.items()]
