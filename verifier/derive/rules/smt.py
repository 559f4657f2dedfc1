"""**smt**: a relation, because two solvers find no point at which its negation holds.

Options: `solver` and `second`, the names of the two ("z3", "cvc5" or "qepcad"), and `work`, how
much each may do, in units of its own. Both sides and the hypotheses become polynomials: roots,
exponentials and other functions are unknowns with their relations, signs and ranges, and abstract
functions are uninterpreted, equal where their arguments are. Such a step rests on the solvers:
their answers have no certificate. A model is a counterexample only if it is one exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from verifier.derive.context import Context, Discharge, Rule, is_scalar, refuse
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.kernel.field.tower import Condition, Generator
from verifier.derive.kernel.signs.region import Region, region_of
from verifier.derive.kinks import by_kinks
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.solvers.confirm import Confirmed, confirmed
from verifier.solvers.script import Function, Op, Script, call, compared, polynomial, quoted
from verifier.solvers.solver import Answer, Solver, solver_named

OPTIONS = ("second", "solver", "work")
WORK = 10
OPPOSITE: dict[str, Op] = {
    "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<",
}  # fmt: skip
NEEDED: dict[str, Op] = {"nonzero": "!=", "nonnegative": ">=", "positive": ">"}


@dataclass(frozen=True)
class Asker:
    """Two solvers that are asked about elements of one tower."""

    reader: Reader
    first: Solver
    second: Solver
    work: int

    def ask(self, element: Element, op: str) -> tuple[Region, Confirmed]:
        """Whether the hypotheses and the negation of element `op` 0 can hold together."""
        region = _region(self.reader, element)
        script = _script(region, OPPOSITE[op])
        return region, confirmed(script, self.first, self.second, work=self.work)


def discharge(statement: Statement, context: Context) -> Discharge:
    if not isinstance(statement, Relation) or not is_scalar(statement.lhs):
        return refuse("`smt` reads relations between scalars only.")
    asker = _asker(context)
    if isinstance(asker, Discharge):
        return asker
    reader = asker.reader
    gap, conditions = reader.fresh(statement.lhs - statement.rhs, statement.lhs, statement.rhs)
    try:
        for condition in reader.open_conditions(conditions):
            if asker.ask(condition.element, NEEDED[condition.kind])[1].answer.status != "unsat":
                return refuse(f"it may have no value: it needs\n    {condition}")
        region, found = asker.ask(gap, statement.op)
    except UnsupportedError as fault:
        return refuse(str(fault))
    if found.answer.status == "unsat":
        reason = f"no point has its negation: unsat by {found.said_by}"
        return Discharge(True, reason, _texts(conditions), solver=found.said_by)
    if found.answer.status == "unknown":
        return refuse(f"unknown: {found.answer.reason}. Raise `work`, or take the step apart.")
    return refuse(_model(region, found, statement.op))


def _texts(conditions: list[Condition]) -> tuple[str, ...]:
    return tuple(map(str, conditions))


def _asker(context: Context) -> Asker | Discharge:
    for name, value in context.by.options:
        if name not in OPTIONS:
            return refuse(f"`smt` has no option `{name}`; it has {', '.join(OPTIONS)}.")
        if name == "work" and (type(value) is not int or value < 1):
            return refuse(f"`work` is a whole number of at least 1, got {value!r}.")
    first = solver_named(context.by.get("solver", "z3"))
    second = solver_named(context.by.get("second", "cvc5"))
    return Asker(context.reader(), first, second, context.by.get("work", WORK))


def _region(reader: Reader, element: Element) -> Region:
    """With the arguments of abstract functions and, where there are any, every hypothesis."""
    also: list[Element] = []
    while True:
        region = region_of(reader, element, also=also)
        made = _abstract(region)
        parts = [part for generator in made for part in _fraction(generator)]
        if made:
            gaps = [reader.read(r.lhs) - reader.read(r.rhs) for r in reader.learned]
            parts += [gap for gap in gaps if not gap.is_zero]
        if len(parts) == len(also):
            return region
        also = parts


def _abstract(region: Region) -> list[Generator]:
    generators = [region.reader.tower.generators[slot] for slot in region.slots]
    return [g for g in generators if g.kind == "jet" and g.inside is not None]


def _fraction(generator: Generator) -> tuple[Element, Element]:
    """Numerator and denominator of the argument."""
    inside = generator.argument
    one = inside.tower.one_poly
    return Element(inside.tower, inside.num, one), Element(inside.tower, inside.den, one)


def _script(region: Region, op: Op) -> Script:
    labels = [region.reader.tower.generators[slot].label for slot in region.slots]
    terms = tuple(quoted(label) for label in labels)
    atoms: list[tuple[Any, Op]] = [(known.poly, known.op) for known in region.known]
    atoms.append((region.target, op))
    functions = [Function(label) for label in labels]
    formulas = [compared(polynomial(poly, terms), sign, "0.0") for poly, sign in atoms]
    made = _abstract(region)
    for generator in made:
        name = f"{generator.label.partition('(')[0]}(.)"
        if name not in [f.name for f in functions]:
            functions.append(Function(name, ("Real",)))
        argument = f"argument of {generator.label}"
        functions.append(Function(argument))
        up, down = (polynomial(region.poly(part), terms) for part in _fraction(generator))
        formulas.append(compared(call("*", quoted(argument), down), "==", up))
        value = call(quoted(name), quoted(argument))
        formulas.append(compared(quoted(generator.label), "==", value))
    return Script(
        "QF_UFNRA" if made else "QF_NRA",
        tuple(functions),
        tuple(formulas),
        polynomials=None if made else tuple(atoms),
    )


def _model(region: Region, found: Confirmed, op: str) -> str:
    """A counterexample, where the model is one exactly, or what keeps it from being one."""
    labels = [region.reader.tower.generators[slot].label for slot in region.slots]
    answer: Answer = found.answer
    values = {**answer.near, **answer.values}
    if region.exact and all(label in values for label in labels):
        point = tuple(fmpq(values[n].numerator, values[n].denominator) for n in labels)
        value = region.target(*point)
        if region.allows(point) and (value > 0) - (value < 0) not in SIGNS[op]:
            return region.shown_false(point)
    shown = ", ".join(f"{name} = {value}" for name, value in answer.model)
    why = "its values are no rationals" if region.exact else "functions are known only in part"
    return f"the negation has a model by {found.said_by}, but {why}:\n    {shown or 'every point'}"


RULE = Rule("smt", "a relation between scalars, by the word of two solvers", by_kinks(discharge))
