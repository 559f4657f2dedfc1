"""**Straight-line code**: a flat program written out as one Python function.

It computes what the interpreter of `Program` computes, without a loop over instructions. Its
source is made of register numbers and fixed templates: constants and operations are handed over
as values, and no text of an expression enters. Only elementary programs are written out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flint import acb, arb, fmpq

from verifier.enclose.rings import reals
from verifier.enclose.rings.complexes import NAN as COMPLEX_NAN
from verifier.errors import UnsupportedError

if TYPE_CHECKING:
    from verifier.enclose.programs.program import Instruction, Program

_EXACT_BITS = 16  # a numerator this short has no rounding at any precision in use
# Defined at every finite argument: where its value is not used, such a step is left out.
_TOTAL = frozenset({"rational", "pi", "e", "add", "sub", "mul", "neg"})

# {a} and {b} are arguments, {n} the integer and {f} the ring's operation of the instruction.
_FIELD = {"add": "{a} + {b}", "sub": "{a} - {b}", "neg": "-{a}", "mul": "{a} * {b}"}
_A, _B = (f"{{{x}}}.rel_accuracy_bits() >= {reals.SHARP}" for x in "ab")
_REAL = {
    **_FIELD,
    "mul": f"{{a}} * {{b}} if {_A} and {_B} else mul_wide({{a}}, {{b}})",
    "div": f"{{a}} / {{b}} if {_A} and {_B} else {{f}}({{a}}, {{b}})",
    "power": f"{{a}} ** {{n}} if {{n}} > 0 and {_A} else {{f}}({{n}}, {{a}})",
    "log": f"{{a}}.log() if {_A} and {{a}} > 0 else {{f}}({{a}})",
    "root": f"{{a}}.sqrt() if {{n}} == 2 and {_A} and {{a}} > 0 else {{f}}({{n}}, {{a}})",
    **{
        op: f"{{a}}.{op}() if {_A} else hull({{a}}.lower().{op}(), {{a}}.upper().{op}())"
        for op in ("exp", "asinh", "sinh", "tanh", "atan", "asin", "acosh", "atanh", "erf")
    },
}
_REAL["root_of_nonnegative"] = _REAL["root"]
_FLOAT = {
    **_FIELD,
    "div": "{a} / {b}",
    "power": "{a} ** {n}",
    "root": "{a} ** (1.0 / {n}) if {a} >= 0.0 else {f}({n}, {a})",
    "root_of_nonnegative": "({a} if {a} > 0.0 else 0.0) ** (1.0 / {n})",
}


class _Floats:
    """Operations on doubles, for proposals; they raise where they are undefined or too large."""

    exp, log, sin, cos, tan = math.exp, math.log, math.sin, math.cos, math.tan
    sinh, cosh, tanh, asinh, atan = math.sinh, math.cosh, math.tanh, math.asinh, math.atan
    asin, acos, acosh, atanh = math.asin, math.acos, math.acosh, math.atanh
    erf, erfc, raised = math.erf, math.erfc, math.pow
    absolute, maximum, minimum = abs, max, min

    @staticmethod
    def rational(value: fmpq) -> float:
        return int(value.p) / int(value.q)

    @staticmethod
    def pi() -> float:
        return math.pi

    @staticmethod
    def e() -> float:
        return math.e

    @staticmethod
    def root(n: int, x: float) -> float:
        return math.pow(x, 1 / n)

    @staticmethod
    def signum(x: float) -> float:
        return math.copysign(1.0, x) if x else 0.0

    @staticmethod
    def sign(x: float) -> float:
        return math.copysign(1.0, x)


@lru_cache(maxsize=512)
def real_code(program: Program, results: tuple[int, ...]) -> Callable[..., tuple[arb, ...]]:
    """f(*balls) -> the values in the registers `results`, at the precision that is set.

    NaN balls where a step is undefined, as from the interpreter.
    """
    return _written(program, results, ring=reals, templates=_REAL, constant=arb, nan=reals.NAN)


@lru_cache(maxsize=512)
def complex_code(program: Program, ring: Any) -> Callable[..., tuple[acb]]:
    """f(*balls) -> the value, alone in a tuple, over one `ComplexRing`."""
    one = (program.result,)
    return _written(program, one, ring=ring, templates=_FIELD, constant=acb, nan=COMPLEX_NAN)


@lru_cache(maxsize=512)
def float_code(program: Program, results: tuple[int, ...]) -> Callable[..., tuple[float, ...]]:
    """f(*floats) -> the values in the registers `results`; they prove nothing.

    Calls raise an `ArithmeticError` or a `ValueError` where a step is undefined.
    """
    return _written(program, results, ring=_Floats, templates=_FLOAT, constant=float, nan=None)


def _written(
    program: Program,
    results: tuple[int, ...],
    *,
    ring: Any,
    templates: dict[str, str],
    constant: Callable[[float], Any],
    nan: Any,
) -> Callable[..., Any]:
    """The function; without a `nan`, no value is looked at."""
    if not program.elementary:
        raise UnsupportedError("Only elementary programs, without derivatives and integrals, do.")
    given: dict[str, Any] = {"__builtins__": {}, "undefined": (nan,) * len(results)}
    given.update(hull=reals.hull, mul_wide=reals.mul_wide)
    body: list[str] = []
    for register in (k for k in results if k < program.arity):
        body += _check(register, nan)
    used = _used(program, results)
    for register, step in enumerate(program.code, program.arity):
        if register not in used:
            continue
        if step.op == "rational" and (nan is None or _is_exact(*step.data)):
            given[f"r{register}"] = constant(_Floats.rational(*step.data))
            continue
        body.append(f"r{register} = {_right_side(step, register, ring, templates, given)}")
        body += _check(register, nan)
    parameters = ", ".join(f"r{k}" for k in range(program.arity))
    outcome = "".join(f"r{k}, " for k in results)
    lines = [f"def straight({parameters}):", *body, f"return ({outcome})"]
    exec("\n    ".join(lines), given)
    function: Callable[..., Any] = given["straight"]
    return function


def _right_side(
    step: Instruction, register: int, ring: Any, templates: dict[str, str], given: dict[str, Any]
) -> str:
    data = [f"n{register}_{k}" for k in range(len(step.data))]
    given.update(zip(data, step.data, strict=True))
    arguments = [f"r{k}" for k in step.registers]
    template = templates.get(step.op, f"{{f}}({', '.join(data + arguments)})")
    if "{f}" in template:
        given[f"f{register}"] = getattr(ring, step.op)
    first, last = (arguments or [""])[0], (arguments or [""])[-1]
    return template.format(a=first, b=last, n="".join(data), f=f"f{register}")


def _check(register: int, nan: Any) -> list[str]:
    return [] if nan is None else [f"if not r{register}.is_finite(): return undefined"]


def _used(program: Program, results: Sequence[int]) -> set[int]:
    """The registers to compute: what the results need, and every step that may be undefined."""
    used = set(results)
    for register, step in reversed(list(enumerate(program.code, program.arity))):
        if register in used or step.op not in _TOTAL:
            used.update((register, *step.registers))
    return used


def _is_exact(value: fmpq) -> bool:
    """Whether a double, and a ball at any precision in use, holds the value without rounding."""
    above, below = int(value.p).bit_length(), int(value.q)
    return max(above, below.bit_length()) <= _EXACT_BITS and below & (below - 1) == 0
