"""**Independent families**: for every number of members, by what holds for two different indices.

Each function is a combination of x^a exp(<r, x>). Those of one index have coefficients of full
rank, and no basic function of one index is one of another: so all of them are independent.
"""

from __future__ import annotations

from dataclasses import replace

import sympy

from verifier.derive.context import Context, Discharge, all_hold, refuse
from verifier.derive.kernel.field.exponents import expanded, same
from verifier.derive.nonzero import all_have_values
from verifier.derive.quantified import fresh_index, looking_at
from verifier.derive.ranks import full_row_rank
from verifier.errors import UnsupportedError
from verifier.exact.statements import eq, ne
from verifier.exact.statements.independent import IndependentFamily
from verifier.exact.substitution import names_in


def family_shown(statement: IndependentFamily, context: Context) -> Discharge:
    """Whether the family is independent at every size, under hypotheses for every index."""
    bound = set(map(str, statement.variables))
    kept = tuple(h for h in context.hypotheses if not bound & names_in(h))
    one = fresh_index((statement, *context.hypotheses))
    two = fresh_index((statement, *context.hypotheses, eq(one, 0)))
    here, there = statement.at(one), statement.at(two)
    probe = eq(sympy.Add(*here), sympy.Add(*there))
    inside = looking_at(replace(context, hypotheses=kept), probe, ne(one, two))
    reader = inside.reader()
    values = all_have_values(reader, here)
    if not values.holds:
        return values
    reader.fresh(here[0], *here, *there)
    parts = [[reader.read(f) for f in functions] for functions in (here, there)]
    try:
        first, second = (expanded(reader, part, statement.variables) for part in parts)
        full = full_row_rank(reader, first.rows)
        met = [p for p in first.basis for q in second.basis if same(reader, p, q)]
    except UnsupportedError as fault:
        return refuse(str(fault))
    if met:
        return refuse("members of different indices share a function x^a exp(<r, x>).")
    return all_hold((("values", values), ("functions of one index", full)))
