"""**lagrange**: an inequality between sums by Lagrange's identity.

    sum_i sum_j (f_i g_j - f_j g_i)^2 = 2 sum_i f_i^2 sum_i g_i^2 - 2 (sum_i f_i g_i)^2 >= 0

is a fact for the step `then`: Cauchy-Schwarz, the means of numbers (g = 1), and sums of reciprocals
(f = sqrt(x), g = 1/sqrt(x)).
"""

from __future__ import annotations

from verifier import by
from verifier.derive.context import Context, Discharge, Rule, all_hold, has_value, refuse
from verifier.derive.quantified import fresh_index, looking_at
from verifier.exact.quantifiers import free_indices
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, eq, ge
from verifier.exact.substitution import substitute
from verifier.exact.sums import total


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation):
        return refuse("`lagrange` reads relations only.")
    f, g = (exact(context.by.get(name, 1)) for name in ("f", "g"))
    indices = free_indices((f, g))
    if len(indices) != 1:
        return refuse("`lagrange` needs f and g in the members at one index, such as f=x[i].")
    (i,) = indices
    j = fresh_index((statement, *context.hypotheses, eq(f, g)))
    there = looking_at(context, eq(f, g)).reader()
    square = (f * substitute(g, {i: j}) - substitute(f, {i: j}) * g) ** 2
    fact = ge(total(total(square, j), i), 0)
    then = context.by.get("then", by.sign)
    inner = context.assuming(fact).with_rule(then)
    return all_hold(
        (
            ("f", has_value(there, f)),
            ("g", has_value(there, g)),
            ("then", context.rules(then.rule).discharge(statement, inner)),
        )
    )


RULE = Rule("lagrange", "an inequality between sums", discharge)
