"""**Contraction**: the part of a box in which a relation can hold, by constraint propagation.

Forward, every instruction gets its range; backward, the range of a result narrows those of its
arguments (hull consistency, HC4). Nothing is removed unless the program has a value throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType

from flint import arb

from verifier.enclose.programs.program import Instruction, Program
from verifier.enclose.rings import ranges
from verifier.enclose.rings.ranges import INFINITY, ONE, ZERO, Range

_SIDES = MappingProxyType(
    {
        "<": Range(-INFINITY, ZERO, False, True),
        "<=": Range(-INFINITY, ZERO),
        ">": Range(ZERO, INFINITY, True, False),
        ">=": Range(ZERO, INFINITY),
        "==": Range(ZERO, ZERO),
    }
)
NEGATED = MappingProxyType({"<": ">=", "<=": ">", ">": "<=", ">=": "<", "!=": "=="})
_ROUNDS = 2


def contract(program: Program, op: str, box: Sequence[Range]) -> list[Range] | None:
    """Ranges that hold every point of `box` at which the value of `program` is `op` 0.

    None when there is no such point. The box itself where nothing can be said.
    """
    found = list(box)
    if op not in _SIDES:
        return found
    for _ in range(_ROUNDS):
        registers = ranges.registers(program, found)
        if registers is None:
            return found
        narrowed = _backward(program, _SIDES[op], registers)
        if narrowed is None:
            return None
        if narrowed == found:
            break
        found = narrowed
    return found


def _backward(program: Program, side: Range, registers: list[Range]) -> list[Range] | None:
    result = registers[program.result].meet(side)
    if result is None:
        return None
    registers[program.result] = result
    for place in range(len(program.code) - 1, -1, -1):
        step = program.code[place]
        arguments = [registers[k] for k in step.registers]
        sources = _sources(step, registers[program.arity + place], arguments)
        for register, source in zip(step.registers, sources, strict=True):
            if source is not None:
                met = registers[register].meet(source)
                if met is None:
                    return None
                registers[register] = met
    return registers[: program.arity]


def _sources(step: Instruction, value: Range, inputs: list[Range]) -> Sequence[Range | None]:
    """Where the arguments lie, given where the result does; None when that says nothing."""
    if len(inputs) == 2:
        return _of_two(step.op, value, *inputs)
    if step.op == "sharpened":
        return value, ranges.mul(value, inputs[2]), ranges.div(inputs[1], value)
    if len(inputs) != 1:
        return [None] * len(inputs)
    (x,) = inputs
    match step.op:
        case "power" if step.data[0] > 0:
            n = step.data[0]
            return [_mirrored(_root(n, value), x) if n % 2 == 0 else _odd_root(n, value)]
        case "absolute":
            return [_mirrored(_root(1, value), x)]
        case "cosh":
            above = value.meet(Range(ONE, INFINITY))
            return [_mirrored(None if above is None else ranges.acosh(above), x)]
        case "root" | "root_of_nonnegative":
            above = value.meet(Range(ZERO, INFINITY))
            return [None if above is None else ranges.power(step.data[0], above)]
    inverse = _INVERSE.get(step.op)
    return [None if inverse is None else inverse(value)]


def _of_two(op: str, value: Range, x: Range, y: Range) -> Sequence[Range | None]:
    match op:
        case "add":
            return ranges.sub(value, y), ranges.sub(value, x)
        case "sub":
            return ranges.add(value, y), ranges.sub(x, value)
        case "mul":
            return ranges.div(value, y), ranges.div(value, x)
        case "div":
            return ranges.mul(value, y), ranges.div(x, value)
        case "maximum":
            below = Range(-INFINITY, value.high, False, value.open_high)
            return below, below
        case "minimum":
            above = Range(value.low, INFINITY, value.open_low, False)
            return above, above
    return None, None


def _root(n: int, value: Range) -> Range | None:
    """The n-th roots >= 0 of the values >= 0."""
    above = value.meet(Range(ZERO, INFINITY))
    return None if above is None else ranges.root(n, above) if n > 1 else above


def _odd_root(n: int, value: Range) -> Range | None:
    if n == 1:
        return value
    if value.low >= 0:
        return _root(n, value)
    if value.high <= 0:
        below = _root(n, ranges.neg(value))
        return None if below is None else ranges.neg(below)
    low, high = _root(n, Range(ZERO, -value.low)), _root(n, Range(ZERO, value.high))
    return None if low is None or high is None else Range(-low.high, high.high)


def _mirrored(size: Range | None, x: Range) -> Range | None:
    """Where x lies when |x| is in `size`."""
    if size is None or x.low >= 0:
        return size
    if x.high <= 0:
        return ranges.neg(size)
    return Range(-size.high, size.high, size.open_high, size.open_high)


def _log(value: Range) -> Range | None:
    above = value.meet(Range(ZERO, INFINITY, True, False))
    return None if above is None else ranges.log(above)


def _atanh(value: Range) -> Range | None:
    inside = value.meet(Range(-ONE, ONE, True, True))
    return None if inside is None else ranges.atanh(inside)


def _tan(value: Range) -> Range | None:
    quarter = (arb.pi() / 2).lower()
    inside = value.low > -quarter and value.high < quarter
    return ranges.tan(value) if inside else None


_INVERSE: MappingProxyType[str, Callable[[Range], Range | None]] = MappingProxyType(
    {
        "neg": ranges.neg,
        "exp": _log,
        "log": ranges.EXP,
        "sinh": ranges.ASINH,
        "asinh": ranges.SINH,
        "tanh": _atanh,
        "atanh": ranges.TANH,
        "atan": _tan,
    }
)
