"""**generic**: what holds for almost every point, on an open dense set, or Zariski-generically.

It holds where it holds everywhere, or by one point: an analytic function on a convex domain that is
not zero at a point inside is not zero almost everywhere and on an open dense set; a polynomial is
not zero off a proper algebraic set. A rank is bounded from below by a minor at the point, which
the author may give as `at={x: ...}`. The matrix of values f_j(x_i) of analytic functions that are
known to be independent has full rank for almost all points: `blocks` has the variables of each.
"There is" such a point follows from a step that says so for generic ones on the whole space. The
negation is shown where it fails at every point of the domain, or of an orthant of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

from verifier.by import Justification
from verifier.derive.analytic import is_analytic, is_polynomial_in
from verifier.derive.blocks import by_independence
from verifier.derive.consequences import assuming_all
from verifier.derive.context import Context, Discharge, Rule, all_hold, refuse, relation_holds
from verifier.derive.domains import Domain, Values, witness_of
from verifier.derive.nonzero import all_have_values, attempted, nonzero
from verifier.derive.ranks import Ranked, rank_at_point
from verifier.derive.rules.entrywise import holds
from verifier.derive.rules.rank import no_rules
from verifier.errors import UnsupportedError
from verifier.exact.statements import Not, Relation, Statement, ge, gt, le, lt
from verifier.exact.statements.generic import Generically
from verifier.exact.statements.logic import Exists
from verifier.exact.statements.rank import Rank
from verifier.exact.substitution import scalars_in, substitute
from verifier.verdict import FALSE, TRUE, Truth, unknown

OPTIONS = ("at", "blocks")
ORTHANTS = 3  # the most variables whose signs are fixed in turn


@dataclass(frozen=True)
class Wanted:
    """What must hold at one point of the domain, and what must hold at all of them."""

    at_point: Callable[[Values], Discharge]
    everywhere: Discharge


def discharge(statement: Statement, context: Context) -> Discharge:
    odd = [name for name, _ in context.by.options if name not in OPTIONS]
    if odd:
        return refuse(f"`generic` has no option `{odd[0]}`; it has {', '.join(OPTIONS)}.")
    if isinstance(statement, Exists):
        return _there_is(statement, context)
    context = assuming_all(context)
    if isinstance(statement, Generically):
        domain = Domain.of(statement, statement.variables, statement.domain, context)
        return _holds(statement, domain)
    if isinstance(statement, Not) and isinstance(statement.statement, Generically):
        denied = statement.statement
        return _fails(denied, Domain.of(denied, denied.variables, denied.domain, context))
    return refuse("`generic` reads what holds generically, or the negation.")


def _there_is(statement: Exists, context: Context) -> Discharge:
    """What is known to hold generically on the whole space holds at some point of it."""
    variables: list[object] = []
    body: object = statement
    while isinstance(body, Exists):
        variables.append(body.variable)
        body = body.body
    for known in context.known:
        if not isinstance(known, Generically) or known.domain:
            continue
        if known.statement == body and set(known.variables) == set(variables):
            return Discharge(True, f"it holds generically: {known}")
    return refuse("no step in `uses` says that this holds generically on the whole space.")


def _holds(statement: Generically, domain: Domain) -> Discharge:
    blocks = domain.plain.by.get("blocks")
    if blocks is not None:
        return attempted(by_independence(statement, blocks, domain))
    answer = _by_one_point(statement, domain)
    if answer.holds:
        return answer
    whole = _everywhere(statement.statement, domain)
    if whole.holds:
        return replace(whole, reason="it holds everywhere")
    return replace(answer, disproof=_fails(statement, domain).holds)


def _by_one_point(statement: Generically, domain: Domain) -> Discharge:
    """Whether it holds at one point inside, of analytic scalars, or everywhere as far as needed."""
    smooth = _smooth(statement, domain)
    if not smooth.holds:
        return smooth
    wanted = _wanted(statement.statement, domain)
    if not wanted.everywhere.holds:
        return wanted.everywhere
    shown = _somewhere(wanted.at_point, domain, convex=True)
    if not shown.holds:
        return shown
    parts = (("everywhere", wanted.everywhere), ("analytic", smooth), ("at a point", shown))
    return replace(all_hold(parts), reason=shown.reason)


def _everywhere(statement: Statement, domain: Domain) -> Discharge:
    """Whether the statement holds at every point of the domain."""
    if isinstance(statement, Relation):
        return holds(domain.inside.reader(), statement)
    if isinstance(statement.statement if isinstance(statement, Not) else statement, Rank):
        return domain.inside.rules("rank").discharge(statement, _plainly(domain.inside, "rank"))
    return refuse(f"{statement} is read for no points.")


def _plainly(context: Context, rule: str) -> Context:
    return context.with_rule(Justification(rule))


def _wanted(statement: Statement, domain: Domain) -> Wanted:
    if isinstance(statement, Relation):
        return _wanted_relation(statement, domain)
    if isinstance(statement, Rank) and statement.op != "<=":
        matrix, rank = statement.matrix, statement.rank
        ranked = Ranked.read(matrix, domain.inside)
        above = ranked.at_most(rank) if statement.op == "==" else ranked.valued
        return Wanted(
            lambda point: rank_at_point(substitute(matrix, point), rank, domain.plain), above
        )
    return Wanted(lambda point: refuse(""), refuse(f"{statement} is not shown at every point."))


def _wanted_relation(statement: Relation, domain: Domain) -> Wanted:
    """f > 0 for almost every point where f >= 0 at every point and f != 0 at one."""
    reader = domain.inside.reader()
    gap = statement.lhs - statement.rhs
    if statement.op == "!=":
        weak = all_have_values(reader, statement)
    elif statement.op in ("<", ">"):
        relation = le if statement.op == "<" else ge
        weak = relation_holds(reader, relation(statement.lhs, statement.rhs))
    else:
        weak = refuse(f"{statement} is not shown at every point.")
    return Wanted(lambda point: nonzero(domain.plain.reader(), substitute(gap, point)), weak)


def _smooth(statement: Generically, domain: Domain) -> Discharge:
    """Whether every scalar is analytic on the domain, or a polynomial for the Zariski topology."""
    scalars = list(dict.fromkeys(scalars_in(statement.statement)))
    if any(v.is_integer for v in domain.variables):
        return refuse("a whole number has no almost every value.")
    if statement.extent == "generic":
        odd = [expr for expr in scalars if not is_polynomial_in(expr, domain.variables)]
        if odd:
            return refuse(f"{odd[0]} is no polynomial: use almost_everywhere or open_dense.")
    reader = domain.inside.reader()
    return all_hold((str(e), is_analytic(reader, e, domain.variables)) for e in scalars)


def _somewhere(
    at_point: Callable[[Values], Discharge], domain: Domain, *, convex: bool
) -> Discharge:
    """Whether it holds at a point inside the domain, one for all values of the parameters."""
    first = refuse("no point inside the domain was found: give one as at=.")
    given = domain.plain.by.get("at")
    for number, point in enumerate(witness_of(given, domain)):
        inside = domain.is_convex_around(point) if convex else domain.is_around(point)
        if not inside.holds:
            return inside
        try:
            answer = at_point(point)
        except UnsupportedError as fault:
            answer = refuse(str(fault))
        if answer.holds:
            shown = ", ".join(f"{variable} = {value}" for variable, value in point.items())
            both = all_hold((("inside", inside), (f"at {shown}", answer)))
            return replace(both, reason=f"at {shown}")
        first = answer if number == 0 else first
    return first


def _anywhere(point: Values) -> Discharge:
    return Discharge(True, certified=True)


def _fails(statement: Generically, domain: Domain) -> Discharge:
    """Whether it fails on a set with interior: everywhere, as the domain has an inner point.

    What holds almost everywhere as an equation of analytic functions holds everywhere, so that
    one point denies it.
    """
    if any(v.is_integer for v in domain.variables):
        return refuse("a whole number has no almost every value.")
    inner = statement.statement
    opposite = _everywhere(inner.negated(), domain)
    if opposite.holds:
        there = _somewhere(_anywhere, domain, convex=False)
        return attempted(all_hold((("it fails everywhere", opposite), ("an inner point", there))))
    if isinstance(inner, (Relation, Rank)) and inner.op in ("==", "<="):
        answer = _denied_at_a_point(statement, inner, domain)
        if answer.holds:
            return answer
    return _fails_on_an_orthant(statement, domain)


def _fails_on_an_orthant(statement: Generically, domain: Domain) -> Discharge:
    """Whether it fails at every point of the domain whose coordinates have certain signs."""
    width = len(domain.variables)
    for relations in itertools.product((gt, lt), repeat=width) if width <= ORTHANTS else ():
        signs = (r(v, 0) for r, v in zip(relations, domain.variables, strict=True))
        part = domain.restricted(*signs)
        opposite = _everywhere(statement.statement.negated(), part)
        if opposite.holds:
            there = _somewhere(_anywhere, part, convex=False)
            if there.holds:
                return all_hold((("it fails where signs are fixed", opposite), ("there", there)))
    return refuse("it is not shown to fail on a set with interior.")


def _denied_at_a_point(statement: Generically, inner: Statement, domain: Domain) -> Discharge:
    """An equation, or an upper bound of a rank, fails near a point where it certainly fails."""
    values = all_have_values(domain.inside.reader(), inner)
    smooth = _smooth(statement, domain)
    if isinstance(inner, Rank):
        above = replace(inner, op=">=", rank=inner.rank + 1)
        fails = _wanted(above, domain).at_point
    elif isinstance(inner, Relation) and inner.op == "==":
        fails = _wanted_relation(inner.negated(), domain).at_point
    else:
        return refuse(f"{inner} is not denied at a point.")
    there = _somewhere(fails, domain, convex=False)
    return attempted(all_hold((("values", values), ("analytic", smooth), ("fails", there))))


def truth(statement: Statement) -> Truth:
    """The answer for a statement without other symbols than its variables."""
    context = Context((), Justification("generic"), _rules)
    answer = discharge(statement, context)
    if answer.holds:
        return TRUE
    opposite = discharge(Not(statement), context)
    return FALSE if opposite.holds else unknown(answer.reason)


def _rules(name: str) -> Rule:
    from verifier.derive.rules.rank import RULE as RANK

    return RANK if name == "rank" else no_rules(name)


RULE = Rule(
    "generic",
    "what holds for almost every point, on an open dense set, generically, or somewhere",
    discharge,
    (Generically,),
    truth,
)
