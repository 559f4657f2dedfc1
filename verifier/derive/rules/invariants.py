"""**invariants**: the polynomials up to a degree that a flow keeps are spanned by those listed.

Each one is kept by the rule `conserved`, in every dimension. That there are no others is linear
algebra over Q on the coefficients of the derivative, with inner products as unknowns: they are
independent when the dimension is at least the number of vectors, which a hypothesis must say.
"""

from __future__ import annotations

from collections import Counter

from sympy import Symbol

from verifier.by import Justification
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse
from verifier.derive.kernel.field.tower import NEGATIVE
from verifier.derive.kernel.linear.invariants import kept, moving, spans
from verifier.exact.statements import Statement
from verifier.exact.statements.invariants import Invariants
from verifier.exact.substitution import compounds_in, names_in, scalars_in, sizes_in
from verifier.exact.vectors import Inner, Vector
from verifier.verdict import FALSE, TRUE, Truth, unknown


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Invariants):
        return refuse("`invariants` reads the invariants of a flow up to a degree.")
    touched = {str(symbol) for symbol in statement.bound()}
    for hypothesis in context.hypotheses:
        if names_in(hypothesis) & touched:
            return refuse(f"the hypothesis `{hypothesis}` may let more of them be constant.")
    for space, count in sorted(vectors_by_space(statement).items()):
        reader = context.reader()
        size = Symbol(space, integer=True, positive=True)
        if reader.sign(reader.read(count - 1 - size)) != NEGATIVE:
            return refuse(
                f"it speaks of {count} vectors, and nothing says that `{space}` >= {count}: "
                "in lower dimensions there may be more."
            )
    inner = context.with_rule(Justification("conserved"))
    each = [(str(q), context.rules("conserved").discharge(q, inner)) for q in statement.each]
    listed = all_hold(each)
    if not listed.holds:
        return listed
    flow = moving(statement.flow)
    if spans(flow, statement.degree, statement.basis):
        count = len(list(flow.monomials(statement.degree)))
        return Discharge(True, f"{count} monomials", listed.conditions)
    found = ", ".join(map(str, kept(flow, statement.degree)))
    return refuse(f"they do not span the invariants, which are spanned by\n    1, {found}")


def vectors_by_space(statement: Invariants) -> dict[str, int]:
    """How many vectors of each space the flow and the basis speak of."""
    found: set[tuple[str, str]] = set()
    for part in compounds_in(statement):
        if isinstance(part, Vector):
            found |= {(part.space, atom.name) for atom, _ in part.terms}
    for name, rate in statement.flow:
        found |= {(rate.space, name)} if isinstance(rate, Vector) else set()
    for expr in scalars_in(statement):
        for inner in expr.atoms(Inner):
            found |= {(inner.space, name) for name in inner.names}
    return dict(Counter(space for space, _ in found))


def truth(statement: Statement, dimension: int | None = None) -> Truth:
    """The answer in a dimension that is at least the number of vectors."""
    if not isinstance(statement, Invariants):
        return unknown("only the invariants of a flow are decided.")
    for space, count in vectors_by_space(statement).items():
        if dimension is None or dimension < count or len(sizes_in(statement)) > 1:
            return unknown(f"it is decided for `{space}` >= {count}.")
    return TRUE if spans(moving(statement.flow), statement.degree, statement.basis) else FALSE


RULE = Rule(
    "invariants", "all invariants of a flow up to a degree", discharge, (Invariants,), truth
)
