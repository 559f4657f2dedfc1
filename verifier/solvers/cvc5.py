"""**cvc5**, in its Python package. Work is counted in its resource units (`rlimit`)."""

from __future__ import annotations

import importlib
from fractions import Fraction
from typing import Any

from verifier.errors import UnsupportedError
from verifier.solvers.script import Script
from verifier.solvers.solver import EXTRA, Answer, Solver, missing

UNITS = 20_000


def decide(script: Script, work: int) -> Answer:
    try:
        cvc5: Any = importlib.import_module("cvc5")
    except ImportError as fault:
        raise missing("cvc5", EXTRA) from fault
    solver = cvc5.Solver()
    solver.setOption("rlimit", str(work * UNITS))
    solver.setOption("produce-models", "true")
    if not script.logic.startswith("QF_"):
        solver.setOption("enum-inst", "true")  # quantifiers over uninterpreted sorts need it
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script.text, "script")
    symbols = parser.getSymbolManager()
    try:
        while not (command := parser.nextCommand()).isNull():
            said = command.invoke(solver, symbols)
            if said:
                raise UnsupportedError(f"`cvc5` does not read the formula: {said}")
        status = solver.checkSat()
    except RuntimeError as fault:
        raise UnsupportedError(f"`cvc5` does not read the formula: {fault}") from fault
    if status.isUnsat():
        return Answer("unsat")
    if not status.isSat():
        return Answer("unknown", str(status.getUnknownExplanation()).rpartition(".")[2].lower())
    return _model(solver, symbols)


def _model(solver: Any, symbols: Any) -> Answer:
    shown: list[tuple[str, str]] = []
    values: dict[str, Fraction] = {}
    for term in symbols.getDeclaredTerms():
        name = str(term).strip("|")
        value = solver.getValue(term)
        if value.isRealValue():
            values[name] = Fraction(value.getRealValue())
        shown.append((name, str(values.get(name, value))))
    return Answer("sat", model=tuple(sorted(shown)), values=values)


SOLVER = Solver("cvc5", decide)
