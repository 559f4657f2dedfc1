"""**QEPCAD B**: cylindrical algebraic decomposition, as a program of its own.

It reads conjunctions of polynomial relations only, and answers without a model. Work is counted
in cells of its memory; a run that needs more ends without an answer. Variables are renamed.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
from pathlib import Path

from flint import fmpq, fmpq_mpoly

from verifier.errors import ResourceError, UnsupportedError
from verifier.solvers.script import Op, Script
from verifier.solvers.solver import Answer, Solver, missing

CELLS = 2_000_000
SECONDS = 600  # the program has no other way to stop while it is not allocating
ROOTS = ("/usr/lib/qepcad", "/usr/share/qepcad", "/usr/local/lib/qepcad")
OPS: dict[Op, str] = {"==": "=", "!=": "/=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
SIGNS: dict[Op, tuple[int, ...]] = {
    "==": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1),
}  # fmt: skip
CURE = "Install it, such as by `apt install qepcad`, so that `qepcad` is on the path."


def decide(script: Script, work: int) -> Answer:
    program = shutil.which("qepcad")
    if program is None:
        raise missing("qepcad", CURE)
    if script.polynomials is None:
        raise UnsupportedError("`qepcad` reads conjunctions of polynomial relations only.")
    used = sorted({i for poly, _ in script.polynomials for i in _variables(poly)})
    if not used:
        values = [(fmpq(poly.leading_coefficient()), op) for poly, op in script.polynomials]
        return Answer("sat" if all(_compares(v, op) for v, op in values) else "unsat")
    command = [program, "-noecho", f"+N{work * CELLS}"]
    try:
        done = subprocess.run(
            command,
            input=_input(script, used),
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise ResourceError(f"`qepcad` did not end within {SECONDS} s.") from fault
    return _read(done.stdout)


def _compares(value: fmpq, op: Op) -> bool:
    return (value > 0) - (value < 0) in SIGNS[op]


def _environment() -> dict[str, str]:
    """The program finds its settings through the variable `qe`."""
    root = next((path for path in ROOTS if Path(path).is_dir()), "")
    return {"qe": root, **os.environ} if root else dict(os.environ)


def _input(script: Script, used: list[int]) -> str:
    names = {i: f"v{_letters(k)}" for k, i in enumerate(used)}
    atoms = [f"[{_text(poly, names)} {OPS[op]} 0]" for poly, op in script.polynomials or ()]
    bound = "".join(f"(E {name})" for name in names.values())
    formula = " /\\ ".join(atoms)
    order = ",".join(names.values())
    return f"[script]\n({order})\n0\n{bound}[{formula}].\nfinish\n"


def _letters(number: int) -> str:
    return chr(ord("a") + number % 26) * (1 + number // 26)


def _variables(poly: fmpq_mpoly) -> list[int]:
    return [i for i, degree in enumerate(poly.degrees()) if degree > 0]


def _text(poly: fmpq_mpoly, names: dict[int, str]) -> str:
    """With whole coefficients, in blanks for products: 3 x^2 y - 2 y."""
    items = list(poly.to_dict().items())
    scale = math.lcm(*(int(c.q) for _, c in items)) if items else 1
    terms = []
    for exponents, c in items:
        powers = [f"{names[i]}^{e}" for i, e in enumerate(map(int, exponents)) if e]
        terms.append(" ".join([str(int((c * scale).p)), *powers]))
    return " + ".join(terms).replace("+ -", "- ") or "0"


def _read(output: str) -> Answer:
    _, found, rest = output.partition("An equivalent quantifier-free formula:")
    words = rest.split()
    if found and words[:1] == ["TRUE"]:
        return Answer("sat")
    if found and words[:1] == ["FALSE"]:
        return Answer("unsat")
    said = " ".join(output.split())[-200:]
    return Answer("unknown", f"qepcad ended without an answer: {said}")


SOLVER = Solver("qepcad", decide)
