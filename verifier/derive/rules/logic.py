"""**logic**: a statement that follows from hypotheses and used facts by logic alone.

First the engine itself: the hypotheses and the denial of the statement contradict each other in
finitely many ground instances, whatever the sizes of the sorts. Relations between scalars and all
other statements are letters, so that only their logic is used.

What that leaves open is asked of two solvers, with polynomials and quantifiers over the reals; such
a step rests on their word. Options: `solver`, `second` and `work`, as for `smt`.
"""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, refuse
from verifier.derive.kernel.logic.instances import Consistent, Contradiction, contradiction
from verifier.derive.kernel.logic.letters import Letters
from verifier.derive.kernel.logic.universal import Skolemiser
from verifier.errors import UnsupportedError
from verifier.exact.statements import Statement
from verifier.exact.structures import vocabulary
from verifier.solvers.confirm import confirmed
from verifier.solvers.first_order import script_of
from verifier.solvers.solver import solver_named

OPTIONS = ("second", "solver", "work")
WORK = 1


def discharge(statement: Statement, context: Context) -> Discharge:
    for name, value in context.by.options:
        if name not in OPTIONS:
            return refuse(f"`logic` has no option `{name}`; it has {', '.join(OPTIONS)}.")
        if name == "work" and (type(value) is not int or value < 1):
            return refuse(f"`work` is a whole number of at least 1, got {value!r}.")
    letters = Letters(context.reader())
    try:
        found = _by_instances(statement, context, letters)
    except UnsupportedError as fault:
        return _by_solvers(statement, context, str(fault))
    if isinstance(found, Contradiction):
        return Discharge(True, str(found))
    if letters.facts:
        return _by_solvers(statement, context, "it does not follow without arithmetic.")
    return refuse("it does not follow: what is known and its denial have a model.")


def _by_instances(
    statement: Statement, context: Context, letters: Letters
) -> Contradiction | Consistent:
    given = (*context.hypotheses, *context.known)
    reader = Skolemiser(letters)
    forms = reader.forms(given)
    letters.strict = True
    forms += reader.denial(statement)
    sorts = vocabulary((statement, *given)).sorts
    return contradiction(forms, sorts, facts=tuple(letters.facts))


def _by_solvers(statement: Statement, context: Context, why: str) -> Discharge:
    """The answer of two solvers; `why` the engine itself has none."""
    given: list[Statement] = []
    try:
        script_of((), statement)
        for fact in (*context.hypotheses, *context.known):
            given += [fact] if _is_written(fact) else []
        script = script_of(given, statement)
    except UnsupportedError as fault:
        return refuse(f"{why.rstrip('.')}; and for a solver {fault}")
    first = solver_named(context.by.get("solver", "z3"))
    second = solver_named(context.by.get("second", "cvc5"))
    found = confirmed(script, first, second, work=context.by.get("work", WORK))
    if found.answer.status == "unsat":
        return Discharge(True, f"unsat by {found.said_by}", solver=found.said_by)
    if found.answer.status == "sat":
        return refuse(f"it does not follow: its denial has a model, by {found.said_by}.")
    return refuse(f"{why.rstrip('.')}; and unknown: {found.answer.reason}.")


def _is_written(fact: Statement) -> bool:
    try:
        script_of((), fact)
    except UnsupportedError:
        return False
    return True


RULE = Rule("logic", "any statement that follows by logic from others", discharge)
