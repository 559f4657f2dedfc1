"""**logic**: a statement that follows from hypotheses and used facts by logic alone.

First the engine itself: the hypotheses and the denial of the statement contradict each other in
finitely many ground instances, whatever the sizes of the sorts. Relations between scalars and all
other statements are letters, so nothing but their logic is used.
"""

from __future__ import annotations

from verifier.derive.context import Context, Discharge, Rule, refuse
from verifier.derive.kernel.instances import Consistent, contradiction
from verifier.derive.kernel.letters import Letters
from verifier.derive.kernel.universal import Skolemiser
from verifier.exact.statements import Statement
from verifier.exact.structures import vocabulary


def discharge(statement: Statement, context: Context) -> Discharge:
    given = (*context.hypotheses, *context.known)
    words = vocabulary((statement, *given))
    letters = Letters(context.reader())
    reader = Skolemiser(letters)
    forms = reader.forms(given)
    letters.strict = True
    forms += reader.denial(statement)
    found = contradiction(forms, words.sorts, facts=tuple(letters.facts))
    if isinstance(found, Consistent):
        return refuse("it does not follow: the hypotheses and its denial have a model.")
    return Discharge(True, str(found))


RULE = Rule("logic", "any statement that follows by logic from others", discharge)
