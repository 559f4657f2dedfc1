"""**Drift**: moments of every chain, closed or not, from what one step does to one function.

    E[p(X') | X] <= c p(X) + b  with c >= 0,   v(1) >= c p(x_0) + b,   v(t + 1) >= c v(t) + b

give E[p(X_t)] <= v(t) for every t >= 1; with >= or = throughout, the same for these. The states may
be confined to a set that holds the start and that no step leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr

from verifier.derive.context import Context, all_hold
from verifier.derive.expectations import Part, decided, decided_each, values
from verifier.derive.nonzero import attempted
from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.laws import at_outcome
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, ge
from verifier.exact.statements.moments import MomentAfter, is_whole
from verifier.exact.substitution import names_in, substitute

MOST_STEPS = 200  # of a bound that is written out
WEAK = ("==", "<=", ">=")


def by_drift(statement: MomentAfter, context: Context) -> list[Part]:
    """The moment by the option `drift=(c, b)`, for every time or for a number of steps."""
    if statement.op not in WEAK:
        raise UnsupportedError(f"A drift gives <=, >= or ==, and no `{statement.op}`.")
    chain, p = statement.chain, statement.observable
    factor, source = _pair(context)
    _fixed(statement, (factor, source))
    inside = context.assuming(*kept(context))
    after = Relation(statement.op, chain.expected(p), factor * p + source)
    owed = values(chain.law, (chain.after(p),), (p, factor, source), inside)
    parts = [*owed, ("one step", decided(after, inside, "shape"))]
    if statement.op != "==":
        parts += decided_each([ge(factor, 0)], context, "then")
    parts += decided_each(_bounds(statement, factor, source), _free(statement, context), "then")
    return [(name, attempted(part)) for name, part in parts]


def kept(context: Context) -> tuple[Relation, ...]:
    """The relations of the state that the option `kept` says to hold all along."""
    given = context.by.get("kept", ())
    listed = given if isinstance(given, (tuple, list)) else (given,)
    if not all(isinstance(r, Relation) and isinstance(r.lhs, Expr) for r in listed):
        raise UnsupportedError("`kept` lists relations of the state.")
    return tuple(listed)


def stays(chain: MarkovChain, start: tuple[Expr, ...], context: Context) -> list[Part]:
    """Whether the start satisfies what is kept, and every outcome of a step keeps it."""
    held = kept(context)
    if held and chain.law.indices:
        raise UnsupportedError("What is kept is not shown of a step with a drawn index.")
    bound = {str(symbol) for symbol in chain.law.bound()}
    if any(names_in(relation) & bound for relation in held):
        raise UnsupportedError("What is kept is about the state alone.")
    begun = dict(zip(chain.state, start, strict=True))
    inside = context.assuming(*held)
    parts = [(f"{r} at the start", decided(substitute(r, begun), context, "shape")) for r in held]
    parts += [(str(r), decided(r, inside, "shape")) for r in _moved(chain, held)]
    if held:
        owed = values(chain.law, chain.step, (), inside)
        parts.append(("the step", all_hold(owed)))
    return [(name, attempted(part)) for name, part in parts]


def _moved(chain: MarkovChain, held: tuple[Relation, ...]) -> Iterator[Relation]:
    """What is kept, after a step, at each outcome."""
    for relation in held:
        sides = chain.after(relation.lhs), chain.after(relation.rhs)
        for drawn in chain.law.values:
            yield Relation(relation.op, *(at_outcome(side, drawn) for side in sides))


def _bounds(statement: MomentAfter, factor: Expr, source: Expr) -> Iterator[Relation]:
    """How the value follows from the bound of each step."""
    start = dict(zip(statement.chain.state, statement.start, strict=True))
    bound: Expr = substitute(statement.observable, start)
    if is_whole(statement.time):
        form, time = statement.value, statement.time
        first, later = (substitute(form, {time: t}) for t in (exact(1), time + 1))
        yield Relation(statement.op, factor * bound + source, first)
        yield Relation(statement.op, factor * form + source, later)
        return
    if not (statement.time.is_Integer and 0 <= statement.time <= MOST_STEPS):
        raise UnsupportedError(f"A drift is followed for every t, or up to {MOST_STEPS} steps.")
    for _ in range(int(statement.time)):
        bound = factor * bound + source
    yield Relation(statement.op, bound, statement.value)


def _pair(context: Context) -> tuple[Expr, Expr]:
    given = context.by.get("drift")
    if not (isinstance(given, (tuple, list)) and len(given) == 2):
        raise UnsupportedError("`drift` is a pair (c, b): E[p(X') | X] against c p(X) + b.")
    return exact(given[0]), exact(given[1])


def _fixed(statement: MomentAfter, pair: tuple[Expr, Expr]) -> None:
    """The pair is the same at every step and state; the time stands in the value alone."""
    moving = {str(symbol) for symbol in statement.chain.bound()}
    caught = names_in(pair) & moving
    if caught:
        raise UnsupportedError(f"`{min(caught)}` moves, and stands in the drift.")
    time = str(statement.time)
    everything = (statement.chain, statement.start, statement.observable, *pair)
    if is_whole(statement.time) and time in names_in(everything):
        raise UnsupportedError(f"`{time}` counts the steps, and stands in the chain, too.")


def _free(statement: MomentAfter, context: Context) -> Context:
    """The context without hypotheses on the time, of which every value is gone through."""
    time = str(statement.time)
    held = tuple(h for h in context.hypotheses if time not in names_in(h))
    known = tuple(s for s in context.known if time not in names_in(s))
    return replace(context, hypotheses=held, known=known)
