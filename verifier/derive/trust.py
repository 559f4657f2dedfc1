"""**Trust**: steps that rest on another claim, a citation, or the paper's word.

A step by another claim must say what that claim concludes, and the hypotheses of that claim must
follow here. Citations and paper steps are named and cap the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sympy import Expr, Symbol, oo

from verifier.by import Justification
from verifier.claim import Claim
from verifier.derive.context import (
    Context,
    Discharge,
    all_hold,
    conclude,
    refuse,
    relation_holds,
    vanishes,
)
from verifier.derive.kernel.field.reader import Reader
from verifier.errors import StatementError
from verifier.exact.conditions import index_conditions
from verifier.exact.matrices import Matrix
from verifier.exact.quantifiers import bare_symbols_in, free_indices
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.properties import Is
from verifier.exact.substitution import bound_names, names_in, substitute

Library = Mapping[str, Claim]


def by_claim(statement: Statement, context: Context, library: Library | None) -> Discharge:
    """Whether `statement` is a conclusion of the used claim, whose hypotheses follow here."""
    try:
        return _by_claim(statement, context, library)
    except StatementError as fault:
        return refuse(f"`at` leads to what cannot be written: {fault}")


def _by_claim(statement: Statement, context: Context, library: Library | None) -> Discharge:
    key = str(context.by.get("key"))
    if library is None or key not in library:
        return refuse(f"the claim `{key}` is not loaded.")
    used = library[key]
    at = {symbol: exact(value) for symbol, value in (context.by.get("at") or ())}
    reader = context.reader()
    moved = all_hold((f"{s} = {value}", _has_value(reader, value)) for s, value in at.items())
    if not moved.holds:
        return moved
    wanted = context.by.get("conclusion")
    offered = [
        part
        for name, conclusion in used.conclusions
        if wanted in (None, name)
        for part in (conclusion if isinstance(conclusion, tuple) else (conclusion,))
    ]
    caught = next((c for part in offered for c in _captured(part, at)), "")
    if caught:
        return refuse(f"`at` cannot move `{key}`: {caught}")
    if statement not in [substitute(part, at) for part in offered]:
        return refuse(
            f"`{key}` does not conclude this; it concludes {', '.join(map(str, offered))}."
        )
    caught = next((c for _, part in used.hypotheses for c in _captured(part, at)), "")
    if caught:
        return refuse(f"`at` cannot move the hypotheses of `{key}`: {caught}")
    caught = _indices_apart(statement, used, context)
    if caught:
        return refuse(f"`{key}` is about other indices: {caught}")
    return all_hold(
        (f"hypothesis `{name}` of `{key}`", _follows(substitute(part, at), context))
        for name, part in used.hypotheses
    )


def _indices_apart(statement: Statement, used: Claim, context: Context) -> str:
    """Why an index here does not run where it does in the used claim, or nothing.

    Hypotheses of the used claim need every value that they name; its conclusion has those alone
    that all of it names.
    """
    there = [part for _, part in used.hypotheses]
    here = [*context.hypotheses, statement]
    for hypothesis in there:
        for index, sizes in free_indices(hypothesis).items():
            conditions = [c for c in index_conditions(here) if index in bare_symbols_in(c)]
            narrow = any(not free_indices(thing).get(index, sizes) <= sizes for thing in here)
            if narrow or any(condition not in there for condition in conditions):
                return f"{hypothesis} may fail for some `{index}` that is not looked at here."
    for part in (*there, *(part for _, part in used.conclusions)):
        for index, sizes in free_indices(part).items():
            own = free_indices(statement).get(index, frozenset())
            if str(index) in names_in(statement) and not sizes <= own | {oo}:
                return f"`{index}` may lie outside of {part}."
    return ""


def _has_value(reader: Reader, value: Expr) -> Discharge:
    return conclude(reader, reader.fresh(value)[1])


def _captured(statement: Statement, at: Mapping[Expr, Expr]) -> Iterator[str]:
    """Why free symbols of `statement` cannot be replaced by `at`: its bound names stay what
    they are, and nothing that replaces a free symbol may depend on them."""
    bound = bound_names(statement)
    for symbol, value in at.items():
        if not isinstance(symbol, Symbol):
            yield f"`{symbol}` is no symbol."
        elif symbol != Symbol(str(symbol), real=True) and not (value.is_Integer and value >= 1):
            yield f"`{symbol}` is a whole number of at least 1, `{value}` may be none."
        elif {str(symbol), *names_in(value)} & bound:
            yield f"`{symbol} = {value}` meets a name that is bound in {statement}."


def _follows(hypothesis: Statement, context: Context) -> Discharge:
    if hypothesis in (*context.hypotheses, *context.known):
        return Discharge(True)
    if isinstance(hypothesis, Is) or isinstance(getattr(hypothesis, "lhs", None), Matrix):
        inner = context.with_rule(Justification("matrix"))
        return inner.rules("matrix").discharge(hypothesis, inner)
    if not isinstance(hypothesis, Relation) or not isinstance(hypothesis.lhs, Expr):
        return refuse(f"{hypothesis} is not a hypothesis here.")
    if hypothesis.op == "==":
        gap = hypothesis.lhs - hypothesis.rhs
        return vanishes(context.reader(), gap, hypothesis.lhs, hypothesis.rhs)
    return relation_holds(context.reader(), hypothesis)


def trusted(by: Justification) -> str:
    """What a citation or paper step trusts, as it is printed."""
    if by.rule == "citation":
        return f"{by.get('key')}, {by.get('label')} (cited)"
    return f"paper step: {by.get('reason')}"
