"""**Tangents**: the derivative of an elementary program as another flat program.

Forward differentiation, instruction by instruction. It serves Newton steps and box forms, where
the first derivative is wanted many times; `Derivative` in a statement goes by power series.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flint import arb, fmpq

from verifier.enclose.programs.compile import Writer
from verifier.enclose.programs.program import Instruction, Program
from verifier.enclose.rings import reals
from verifier.enclose.rings.calculus import taylor


def slope(program: Program, values: Any, index: int) -> arb:
    """The derivative of `program` in variable `index` at balls, at the precision that is set."""
    derivative = tangent(program, index)
    if derivative is None:
        return taylor(program, values, index, 1)[1]
    value: arb = derivative.run(reals, values)
    return value


@lru_cache(maxsize=512)
def tangent(program: Program, index: int) -> Program | None:
    """The program of the derivative in variable `index`; None when an instruction has none."""
    both = with_value(program, index)
    return None if both is None else both[0]


@lru_cache(maxsize=512)
def with_value(program: Program, index: int) -> tuple[Program, int] | None:
    """The tangent program, and the register in which it has the value of `program` itself."""
    pen = _Pen(program.arity)
    moves: dict[int, int] = {index: pen.one}
    place = list(range(program.arity))
    for step in program.code:
        inputs = tuple(place[k] for k in step.registers)
        here = pen.write(step.op, *inputs, data=step.data)
        place.append(here)
        if any(k in moves for k in inputs):
            change = _change(pen, step, here, inputs, moves)
            if change is None:
                return None
            moves[here] = change
    result = place[program.result]
    change = pen.after(result, moves.get(result))
    return Program(program.arity, pen.writer.code, change), result


class _Pen:
    """Short names for writing instructions."""

    def __init__(self, arity: int) -> None:
        self.writer = Writer(range(arity))
        self.one = self.number(1)

    def write(self, op: str, *registers: int, data: tuple[Any, ...] = ()) -> int:
        if op == "mul" and self.one in registers:
            x, y = registers
            return y if x == self.one else x
        return self.writer.emit(op, data, *registers)

    def number(self, value: int) -> int:
        return self.write("rational", data=(fmpq(value),))

    def power(self, n: int, x: int) -> int:
        return x if n == 1 else self.write("power", x, data=(n,))

    def exponent_of_one_more(self, x: int) -> int | None:
        """u when x = 1 + e^u."""
        step = self.step(x)
        if step is None or step.op != "add" or self.one not in step.registers:
            return None
        (other,) = [k for k in step.registers if k != self.one] or [self.one]
        inner = self.step(other)
        return inner.registers[0] if inner is not None and inner.op == "exp" else None

    def step(self, register: int) -> Instruction | None:
        place = register - len(self.writer.variables)
        return self.writer.code[place] if place >= 0 else None

    def after(self, value: int, change: int | None) -> int:
        """The change of a value; zero when the variable does not occur in it."""
        return self.number(0) if change is None else change


def _change(
    pen: _Pen, step: Instruction, here: int, inputs: tuple[int, ...], moves: dict[int, int]
) -> int | None:
    """The register of the derivative of one instruction, whose value is in `here`."""
    if step.op in ("derivative", "integral", "pieces", "maximum", "minimum", "raised"):
        return None
    if step.op == "sharpened":
        return _change_of_sharpened(pen, here, inputs, moves)
    if len(inputs) == 2:
        return _change_of_two(pen, step.op, here, inputs, moves)
    (x,) = inputs
    dx = moves[x]
    if step.op == "sign":
        return pen.number(0)
    if step.op == "signum":
        # 0 beside the jump; `sign` has no value at it
        return pen.write("mul", pen.number(0), pen.write("sign", x))
    if step.op == "neg":
        return pen.write("neg", dx)
    if step.op == "power":
        n = step.data[0]
        if n == 0:
            return pen.number(0)
        logistic = _change_of_logistic(pen, x, moves) if n == -1 else None
        if logistic is not None:
            return logistic
        factor = pen.number(n) if n == 1 else pen.write("mul", pen.number(n), pen.power(n - 1, x))
        return pen.write("mul", factor, dx)
    if step.op in ("root", "root_of_nonnegative"):
        # (x^(1/n))' = x'/(n (x^(1/n))^(n-1))
        n = step.data[0]
        return pen.write("div", dx, pen.write("mul", pen.number(n), pen.power(n - 1, here)))
    if step.op == "log":
        # softplus: (log(1 + e^u))' = u'/(1 + e^-u)
        u = pen.exponent_of_one_more(x)
        if u is not None and u in moves:
            falling = pen.write("exp", pen.write("neg", u))
            return pen.write("div", moves[u], pen.write("add", pen.one, falling))
    if step.op in ("exp", "sin", "cos", "sinh", "cosh"):
        other = {"exp": "exp", "sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh"}[step.op]
        change = pen.write("mul", pen.write(other, x), dx)
        return pen.write("neg", change) if step.op == "cos" else change
    if step.op in ("erf", "erfc"):
        # erf' = 2/sqrt(pi) exp(-x^2)
        front = pen.write("div", pen.number(2), pen.write("root", pen.write("pi"), data=(2,)))
        bell = pen.write("exp", pen.write("neg", pen.power(2, x)))
        change = pen.write("mul", pen.write("mul", front, bell), dx)
        return pen.write("neg", change) if step.op == "erfc" else change
    if step.op == "acos":
        return pen.write("neg", pen.write("div", dx, _root_below_one(pen, x)))
    divisor = _divisor(pen, step.op, here, x)
    return None if divisor is None else pen.write("div", dx, divisor)


def _change_of_logistic(pen: _Pen, below: int, moves: dict[int, int]) -> int | None:
    """The register of the derivative of 1/below, where below = 1 + e^u."""
    # -u'/(2 + 2 cosh u)
    u = pen.exponent_of_one_more(below)
    if u is None or u not in moves:
        return None
    two = pen.number(2)
    divisor = pen.write("add", two, pen.write("mul", two, pen.write("cosh", u)))
    return pen.write("neg", pen.write("div", moves[u], divisor))


def _divisor(pen: _Pen, op: str, here: int, x: int) -> int | None:
    """d with f' = 1/d."""
    match op:
        case "log":
            return x
        case "atan":
            return pen.write("add", pen.number(1), pen.power(2, x))
        case "asinh":
            squared = pen.write("add", pen.number(1), pen.power(2, x))
            return pen.write("root_of_nonnegative", squared, data=(2,))
        case "asin":
            return _root_below_one(pen, x)
        case "acosh":
            squared = pen.write("sub", pen.power(2, x), pen.number(1))
            return pen.write("root_of_nonnegative", squared, data=(2,))
        case "atanh":
            return pen.write("sub", pen.number(1), pen.power(2, x))
        case "tanh":
            return pen.power(2, pen.write("cosh", x))
        case "tan":
            return pen.power(2, pen.write("cos", x))
        case "absolute":
            return pen.write("sign", x)
    return None


def _root_below_one(pen: _Pen, x: int) -> int:
    """sqrt(1 - x^2)."""
    squared = pen.write("sub", pen.number(1), pen.power(2, x))
    return pen.write("root_of_nonnegative", squared, data=(2,))


def _change_of_sharpened(
    pen: _Pen, here: int, inputs: tuple[int, ...], moves: dict[int, int]
) -> int:
    # (above/below)' = (above' - (above/below) below')/below
    x, above, below = inputs
    rises, grows = pen.after(above, moves.get(above)), pen.after(below, moves.get(below))
    top = pen.write("sub", rises, pen.write("mul", here, grows))
    return pen.write("sharpened", pen.after(x, moves.get(x)), top, below)


def _change_of_two(
    pen: _Pen, op: str, here: int, inputs: tuple[int, ...], moves: dict[int, int]
) -> int | None:
    x, y = inputs
    dx, dy = moves.get(x), moves.get(y)
    if op in ("add", "sub"):
        if dy is None:
            return dx
        if dx is None:
            return dy if op == "add" else pen.write("neg", dy)
        return pen.write(op, dx, dy)
    if op == "mul":
        parts = [pen.write("mul", a, db) for a, db in ((y, dx), (x, dy)) if db is not None]
        return parts[0] if len(parts) == 1 else pen.write("add", *parts)
    if op == "div":
        logistic = _change_of_logistic(pen, y, moves) if x == pen.one else None
        if logistic is not None:
            return logistic
        # (x/y)' = (x' - (x/y) y')/y
        above = dx
        if dy is not None:
            pulled = pen.write("mul", here, dy)
            above = pen.write("neg", pulled) if dx is None else pen.write("sub", dx, pulled)
        return None if above is None else pen.write("div", above, y)
    return None
