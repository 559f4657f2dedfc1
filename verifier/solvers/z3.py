"""**Z3**, in its Python package. Work is counted in its resource units (`rlimit`)."""

from __future__ import annotations

import importlib
from fractions import Fraction
from typing import Any

from verifier.errors import UnsupportedError
from verifier.solvers.script import Script
from verifier.solvers.solver import EXTRA, Answer, Solver, missing

UNITS = 1_000_000
DIGITS = 12


def decide(script: Script, work: int | Fraction) -> Answer:
    try:
        z3: Any = importlib.import_module("z3")
    except ImportError as fault:
        raise missing("z3", EXTRA) from fault
    solver = z3.SolverFor(script.logic, ctx=z3.Context())
    solver.set("rlimit", int(work * UNITS))
    solver.set("random_seed", 0)
    try:
        solver.from_string(script.text)
        status = solver.check()
    except z3.Z3Exception as fault:
        raise UnsupportedError(f"`z3` does not read the formula: {fault}") from fault
    if status == z3.unsat:
        return Answer("unsat")
    if status != z3.sat:
        return Answer("unknown", solver.reason_unknown())
    return _model(z3, solver.model(), script)


def _model(z3: Any, model: Any, script: Script) -> Answer:
    shown: list[tuple[str, str]] = []
    values: dict[str, Fraction] = {}
    near: dict[str, Fraction] = {}
    for declaration in model.decls():
        value = model[declaration]
        name = str(declaration.name())
        if name in script.constants and z3.is_rational_value(value):
            values[name] = _fraction(value)
            shown.append((name, str(values[name])))
        elif z3.is_algebraic_value(value):
            near[name] = _fraction(value.approx(DIGITS))
            shown.append((name, f"{value.as_decimal(DIGITS)} (algebraic)"))
        else:
            shown.append((name, " ".join(str(value).split())))
    for name in script.constants:
        if name not in dict(shown):
            values[name] = Fraction(0)
            shown.append((name, "0"))
    return Answer("sat", model=tuple(sorted(shown)), values=values, near=near)


def _fraction(value: Any) -> Fraction:
    return Fraction(value.numerator_as_long(), value.denominator_as_long())


SOLVER = Solver("z3", decide)
