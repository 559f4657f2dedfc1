"""**Compiler** from exact expressions to flat programs for ball arithmetic.

Common subexpressions become one instruction. What is structurally not negative (even powers,
absolute values, exponentials, ...) is remembered, so that its root needs no one-sided guess.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from verifier.enclose.programs.program import Instruction, Program
from verifier.enclose.rings.pieces import Condition
from verifier.errors import UnsupportedError
from verifier.exact.iterates import Iterate
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation

__all__ = ["Program", "Quotients", "Writer", "compile_expr", "compile_margin"]

# Sums that equal above/below wherever below is not 0, as (above, below).
Quotients = Mapping[Expr, tuple[Expr, Expr]]
_NONE: Quotients = MappingProxyType({})

_UNARY: dict[Any, str] = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sinh: "sinh",
    sympy.cosh: "cosh",
    sympy.tanh: "tanh",
    sympy.asinh: "asinh",
    sympy.asin: "asin",
    sympy.acos: "acos",
    sympy.atan: "atan",
    sympy.acosh: "acosh",
    sympy.atanh: "atanh",
    sympy.erf: "erf",
    sympy.erfc: "erfc",
    sympy.sign: "signum",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.Abs: "absolute",
}
# Written out by others, which have enclosures.
_REWRITTEN: dict[Any, Any] = {
    sympy.sec: lambda u: 1 / sympy.cos(u),
    sympy.csc: lambda u: 1 / sympy.sin(u),
    sympy.cot: lambda u: sympy.cos(u) / sympy.sin(u),
    sympy.acot: lambda u: sympy.atan(1 / u),
    sympy.sech: lambda u: 1 / sympy.cosh(u),
    sympy.csch: lambda u: 1 / sympy.sinh(u),
    sympy.coth: lambda u: sympy.cosh(u) / sympy.sinh(u),
}
_NEVER_NEGATIVE = frozenset(
    "exp cosh absolute pi e root root_of_nonnegative acos acosh erfc".split()
)
_KEEPS_SIGN = frozenset("sinh tanh asinh atan asin atanh erf signum power".split())
_RELATIONS: dict[Any, str] = {
    sympy.Lt: "<",
    sympy.Le: "<=",
    sympy.Gt: ">",
    sympy.Ge: ">=",
    sympy.Eq: "==",
    sympy.Ne: "!=",
}
_CONNECTIVES: dict[Any, str] = {sympy.And: "and", sympy.Or: "or", sympy.Not: "not"}
_ALL_NONNEGATIVE = frozenset({"add", "mul", "div", "minimum"})


def compile_expr(
    expr: Expr, variables: Sequence[Symbol], *, nonnegative: Collection[Symbol] = ()
) -> Program:
    """Compile `expr` as a function of `variables`, in their order.

    `nonnegative` lists variables that are never negative wherever the program is evaluated.
    Raises `UnsupportedError` for a node that has no enclosure, `ExactnessError` for a float.
    """
    writer = Writer(variables, nonnegative)
    result = writer.scope().read(exact(expr))
    return Program(len(variables), writer.code, result)


def compile_margin(
    relation: Relation,
    variables: Sequence[Symbol],
    *,
    nonnegative: Collection[Symbol] = (),
    quotients: Quotients = _NONE,
) -> Program:
    """Compile lhs - rhs without letting the two sides cancel symbolically.

    Sums that are keys of `quotients`, lhs - rhs among them, are enclosed by their quotient too.
    """
    for side in (relation.lhs, relation.rhs):
        if not isinstance(side, Expr):
            kind = type(side).__name__
            raise UnsupportedError(
                f"`{relation}` relates values of type {kind}; only scalars have enclosures."
            )
    writer = Writer(variables, nonnegative, quotients)
    scope = writer.scope()
    left, right = scope.read(exact(relation.lhs)), scope.read(exact(relation.rhs))
    result = left if relation.rhs == 0 else writer.emit("sub", (), left, right)
    if relation.rhs != 0 and quotients:
        result = scope.sharpened(relation.lhs - relation.rhs, result)
    return Program(len(variables), writer.code, result)


def is_sum_of_nonnegative(
    expr: Expr, variables: Sequence[Symbol], nonnegative: Collection[Symbol]
) -> bool:
    """Whether `expr` is a sum of terms none of which is ever negative, by their structure."""
    writer = Writer(variables, nonnegative)
    register = writer.scope().read(exact(expr))
    return writer.is_sum_of_nonnegative(register)


class Writer:
    """Instructions written so far; equal instructions share their register."""

    def __init__(
        self,
        variables: Sequence[Any],
        nonnegative: Collection[Any] = (),
        quotients: Quotients = _NONE,
    ) -> None:
        self.variables = tuple(variables)
        self.quotients = quotients
        self.code: list[Instruction] = []
        self.known: dict[Instruction, int] = {}
        self.nonnegative = {k for k, v in enumerate(self.variables) if v in set(nonnegative)}

    def scope(self) -> _Scope:
        return _Scope(self, {v: k for k, v in enumerate(self.variables)}, {})

    def emit(self, op: str, data: tuple[Any, ...], *registers: int) -> int:
        step = Instruction(op, data, registers)
        if step not in self.known:
            self.known[step] = len(self.variables) + len(self.code)
            self.code.append(step)
            if self._never_negative(step):
                self.nonnegative.add(self.known[step])
        return self.known[step]

    def is_sum_of_nonnegative(self, register: int) -> bool:
        place = register - len(self.variables)
        added = place >= 0 and self.code[place].op == "add"
        return added and register in self.nonnegative

    def _never_negative(self, step: Instruction) -> bool:
        inputs = [register in self.nonnegative for register in step.registers]
        match step.op:
            case "rational":
                return bool(step.data[0] >= 0)
            case "power" if step.data[0] % 2 == 0:
                return True
            case "mul" if step.registers[0] == step.registers[1]:
                return True
            case "maximum":
                return any(inputs)
            case "sharpened":
                # a + b = 0 for a, b >= 0 only where both are 0
                return inputs[0] or (inputs[1] and self.is_sum_of_nonnegative(step.registers[2]))
            case op if op in _NEVER_NEGATIVE:
                return True
            case op if op in _KEEPS_SIGN or op in _ALL_NONNEGATIVE:
                return all(inputs)
        return False


@dataclass(frozen=True)
class _Scope:
    """Which register each symbol stands for, and the expressions already read under it."""

    writer: Writer
    names: Mapping[Symbol, int]
    seen: dict[Expr, int]

    def read(self, expr: Expr) -> int:
        if expr not in self.seen:
            self.seen[expr] = self._read(expr)
        return self.seen[expr]

    def _read(self, expr: Expr) -> int:
        emit = self.writer.emit
        match expr:
            case Symbol():
                return self._symbol(expr)
            case sympy.Rational():
                return emit("rational", (fmpq(int(expr.p), int(expr.q)),))
            case sympy.Add():
                return self.sharpened(expr, self._add(expr))
            case sympy.Mul():
                return self._mul(expr)
            case sympy.Pow():
                return self._pow(*expr.as_base_exp())
            case sympy.Max():
                return self._fold("maximum", expr.args)
            case sympy.Min():
                return self._fold("minimum", expr.args)
            case sympy.Piecewise():
                return self._pieces(expr)
            case sympy.Heaviside():
                return self._step(expr)
            case sympy.Derivative():
                return self._derivative(expr)
            case sympy.Subs():
                return self._subs(expr)
            case sympy.Integral():
                return self._integral(expr)
            case Iterate():
                return self._iterate(expr)
        if expr is sympy.pi or expr is sympy.E:
            return emit("pi" if expr is sympy.pi else "e", ())
        if expr.func is sympy.Abs and self.read(expr.args[0]) in self.writer.nonnegative:
            return self.read(expr.args[0])
        if expr.func in _UNARY:
            return emit(_UNARY[expr.func], (), self.read(expr.args[0]))
        if expr.func in _REWRITTEN:
            return self.read(_REWRITTEN[expr.func](expr.args[0]))
        known = ", ".join(sorted(kind.__name__ for kind in (*_UNARY, *_REWRITTEN)))
        raise UnsupportedError(
            f"`{type(expr).__name__}` has no enclosure, in\n    {expr}\n"
            f"  Use + * powers, {known}, Min, Max, Heaviside, Piecewise, derivatives and integrals."
        )

    def _symbol(self, symbol: Symbol) -> int:
        if symbol not in self.names:
            given = ", ".join(sorted(map(str, self.names))) or "none"
            raise UnsupportedError(f"`{symbol}` has no value; values are given for: {given}.")
        return self.names[symbol]

    def _fold(self, op: str, parts: Sequence[Expr]) -> int:
        registers = [self.read(part) for part in parts]
        total = registers[0]
        for register in registers[1:]:
            total = self.writer.emit(op, (), total, register)
        return total

    def sharpened(self, expr: Expr, register: int) -> int:
        """The register of `expr`, met with that of its quotient if it has one.

        A quotient of two that are never negative, a sum below, is zero where its divisor is.
        """
        parts = self.writer.quotients.get(expr)
        if parts is None:
            return register
        return self.writer.emit("sharpened", (), register, *map(self.read, parts))

    def _add(self, expr: Expr) -> int:
        plus = [t for t in expr.args if not t.could_extract_minus_sign()]
        minus = [-t for t in expr.args if t.could_extract_minus_sign()]
        if not plus:
            return self.writer.emit("neg", (), self._fold("add", minus))
        total = self._fold("add", plus)
        return self.writer.emit("sub", (), total, self._fold("add", minus)) if minus else total

    def _mul(self, expr: Expr) -> int:
        above: list[Expr] = []
        below: list[Expr] = []
        for factor in expr.args:
            base, exponent = factor.as_base_exp()
            if isinstance(factor, sympy.Pow) and exponent.is_Rational and exponent < 0:
                below.append(sympy.Pow(base, -exponent))
            else:
                above.append(factor)
        above, below = _as_logistic(above, below)
        negative = bool(above) and above[0] is sympy.S.NegativeOne
        kept = above[1:] if negative else above
        total = self._fold("mul", kept or [sympy.Integer(1)])
        if below:
            total = self.writer.emit("div", (), total, self._fold("mul", below))
        return self.writer.emit("neg", (), total) if negative else total

    def _pow(self, base: Expr, exponent: Expr) -> int:
        emit = self.writer.emit
        if base is sympy.E:
            return emit("exp", (), self.read(exponent))
        if not exponent.is_Rational:
            return emit("raised", (), self.read(base), self.read(exponent))
        inner = self.read(base)
        p, q = int(exponent.p), int(exponent.q)
        if q > 1:
            known = inner in self.writer.nonnegative
            inner = emit("root_of_nonnegative" if known else "root", (q,), inner)
        return inner if p == 1 else emit("power", (p,), inner)

    def _inside(self, body: Expr, bound: Sequence[Symbol]) -> tuple[Program, list[Symbol]]:
        """`body` as a program in `bound` and then its other free symbols, which are listed."""
        others = sorted(body.free_symbols - set(bound), key=str)
        known = [s for s in others if self.names.get(s) in self.writer.nonnegative]
        names = (*bound, *others)
        writer = Writer(names, known, self.writer.quotients)
        result = writer.scope().read(exact(body))
        return Program(len(names), writer.code, result), others

    def _step(self, expr: Expr) -> int:
        """1 for u > 0, 0 for u < 0, and its second argument for u = 0."""
        u, middle = expr.args[0], expr.args[1]
        if middle == sympy.Rational(1, 2):
            return self.read((1 + sympy.sign(u)) / 2)
        cases = ((0, sympy.Lt(u, 0)), (middle, sympy.Eq(u, 0)), (1, True))
        return self.read(sympy.Piecewise(*cases))

    def _pieces(self, expr: Expr) -> int:
        others = sorted(expr.free_symbols, key=str)
        branches = tuple(
            (_condition(piece.cond, others), compile_expr(piece.expr, others))
            for piece in expr.args
        )
        return self.writer.emit("pieces", (branches,), *map(self._symbol, others))

    def _derivative(self, expr: Expr) -> int:
        bound = []
        orders = []
        for index, (variable, order) in enumerate(expr.variable_count):
            if not (isinstance(variable, Symbol) and order.is_Integer and order > 0):
                raise UnsupportedError(
                    f"`Derivative` by {variable} of order {order} has no enclosure, in\n    {expr}"
                )
            bound.append(variable)
            orders.append((index, int(order)))
        program, others = self._inside(expr.expr, bound)
        registers = [self._symbol(symbol) for symbol in (*bound, *others)]
        return self.writer.emit("derivative", (program, tuple(orders)), *registers)

    def _iterate(self, expr: Iterate) -> int:
        state = expr.step.variables
        others = sorted(expr.step.free_symbols, key=str)
        writer = Writer((*state, *others))
        scope = writer.scope()
        results = tuple(scope.read(exact(body)) for body in expr.step.expr)
        program = Program(len(writer.variables), writer.code, results[0])
        registers = [*map(self.read, expr.start), *map(self._symbol, others)]
        return self.writer.emit("iterate", (program, results, expr.times, expr.place), *registers)

    def _subs(self, expr: Expr) -> int:
        places = {v: self.read(p) for v, p in zip(expr.variables, expr.point, strict=True)}
        return _Scope(self.writer, {**self.names, **places}, {}).read(expr.expr)

    def _integral(self, expr: Expr) -> int:
        *inner, last = expr.limits
        if len(last) != 3:
            raise UnsupportedError(f"`Integral` without two ends has no enclosure, in\n    {expr}")
        body = sympy.Integral(expr.function, *inner) if inner else expr.function
        variable, lower, upper = last
        if sympy.oo in (abs(lower), abs(upper)):
            free = (body.free_symbols - {variable}) | lower.free_symbols | upper.free_symbols
            symbols = tuple(sorted(free, key=str))
            data = (body, variable, lower, upper, symbols)
            return self.writer.emit("improper", data, *map(self._symbol, symbols))
        program, others = self._inside(body, [variable])
        registers = [self.read(lower), self.read(upper), *map(self._symbol, others)]
        return self.writer.emit("integral", (program,), *registers)


def _as_logistic(above: list[Expr], below: list[Expr]) -> tuple[list[Expr], list[Expr]]:
    """The factors with e^u/(1 + e^u) as 1/(1 + e^-u), where u occurs once."""
    for factor in above:
        if isinstance(factor, sympy.exp) and 1 + factor in below:
            rest = [part for part in below if part != 1 + factor]
            kept = [part for part in above if part != factor]
            return kept, [*rest, 1 + sympy.exp(-factor.args[0])]
    return above, below


def _condition(condition: Any, variables: Sequence[Symbol]) -> Condition:
    """A condition of a piece, with its relations as programs of lhs - rhs."""
    if condition == sympy.true:
        return ("true",)
    if condition.func in _RELATIONS:
        margin = Relation(_RELATIONS[condition.func], condition.lhs, condition.rhs)  # type: ignore[arg-type]
        return (margin.op, compile_margin(margin, variables))
    if condition.func in _CONNECTIVES:
        return (_CONNECTIVES[condition.func], *(_condition(c, variables) for c in condition.args))
    raise UnsupportedError(f"`{condition}` is no condition of a piece that has enclosures.")
