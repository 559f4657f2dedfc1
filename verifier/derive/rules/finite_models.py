"""**finite_models**: a first-order statement in all structures up to given sizes.

`by.finite_models(size=4)` looks for a counter-model in which no sort has more than 4 elements,
`by.finite_models(Index=4, Value=2)` gives the sizes by sort. Without one the statement is shown for
these sizes only, and the scope says so; where every sort is enumerated, for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.derive.context import Context, Discharge, Rule, refuse
from verifier.derive.kernel.logic.models import all_sizes, countermodel, shown
from verifier.exact.statements import Statement
from verifier.exact.structures import Structure, Vocabulary, is_first_order, vocabulary

LARGEST = 8


def discharge(statement: Statement, context: Context) -> Discharge:
    if not is_first_order(statement):
        return refuse("`finite_models` reads statements about individuals of sorts only.")
    given = [s for s in (*context.hypotheses, *context.known) if is_first_order(s)]
    words = vocabulary((statement, *given))
    options = dict(context.by.options)
    largest: dict[str, Any] = {
        s.name: options.get(s.name, options.get("size")) for s in words.open_sorts
    }
    unknown = options.keys() - largest.keys() - {"size"}
    for name in sorted(unknown):
        return refuse(
            f"`finite_models` has no option `{name}`: there is no open sort of that name."
        )
    for name, size in largest.items():
        if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= LARGEST:
            return refuse(f"`finite_models` needs a size for `{name}` from 1 to {LARGEST}.")
    cases = 0
    for sizes in all_sizes(largest):
        found = countermodel(given, statement, words, sizes)
        if isinstance(found, Structure):
            return refuse(f"it fails for {shown(found, words)}.")
        cases += words.structures(sizes)
    return _shown(words, largest, cases)


def _shown(words: Vocabulary, largest: Mapping[str, int], cases: int) -> Discharge:
    if not words.open_sorts:
        return Discharge(True, f"none of the {cases:,} cases is a counterexample.")
    sizes = ", ".join(f"{size} in {name}" for name, size in sorted(largest.items()))
    limits = f"at most {sizes.replace(' in ', ' elements in ', 1)}"
    reason = f"none of the {cases:,} structures with {limits} is a counterexample."
    return Discharge(True, reason, only=(limits,))


RULE = Rule("finite_models", "a first-order statement, for finite sizes", discharge)
