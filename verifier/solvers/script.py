"""**Scripts**: a conjunction of formulas as SMT-LIB 2.6, which every SMT solver reads.

Names are quoted, so that any text without `|` and `\\` is a name. Numbers are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import fmpq_mpoly

from verifier.errors import UnsupportedError

Op = Literal["==", "!=", "<", "<=", ">", ">="]
REAL = "Real"


@dataclass(frozen=True)
class Function:
    """A declared symbol; one without arguments is a constant."""

    name: str
    arguments: tuple[str, ...] = ()
    value: str = REAL

    @property
    def declaration(self) -> str:
        return f"(declare-fun {quoted(self.name)} ({' '.join(self.arguments)}) {self.value})"


@dataclass(frozen=True)
class Script:
    """`assertions`, all of which are asked to hold at once, over `functions` and `sorts`.

    `logic` is an SMT-LIB logic that has all that occurs. `polynomials` says the same in the form
    that is read by quantifier elimination, where it has one: atoms (polynomial, op) compared
    with 0.
    """

    logic: str
    functions: tuple[Function, ...]
    assertions: tuple[str, ...]
    sorts: tuple[str, ...] = ()
    polynomials: tuple[tuple[fmpq_mpoly, Op], ...] | None = None

    @property
    def text(self) -> str:
        lines = [f"(set-logic {self.logic})"]
        lines += [f"(declare-sort {quoted(sort)} 0)" for sort in self.sorts]
        lines += [function.declaration for function in self.functions]
        lines += [f"(assert {formula})" for formula in self.assertions]
        return "\n".join(lines) + "\n"

    @property
    def constants(self) -> tuple[str, ...]:
        """The names of the real constants, whose values a model gives."""
        return tuple(f.name for f in self.functions if not f.arguments and f.value == REAL)


def quoted(name: str) -> str:
    if "|" in name or "\\" in name:
        raise UnsupportedError(f"`{name}` is no name for a solver: it has | or \\ in it.")
    return f"|{name}|"


def call(function: str, *arguments: str) -> str:
    """A function or connective applied to terms; without arguments the constant itself."""
    return f"({function} {' '.join(arguments)})" if arguments else function


def number(value: Fraction | int) -> str:
    value = Fraction(value)
    size = f"{abs(value.numerator)}.0"
    if value.denominator != 1:
        size = f"(/ {size} {value.denominator}.0)"
    return f"(- {size})" if value < 0 else size


def polynomial(poly: fmpq_mpoly, terms: tuple[str, ...]) -> str:
    """A polynomial over Q with `terms` in place of its variables."""
    summands = []
    for exponents, c in poly.to_dict().items():
        factors = [number(Fraction(int(c.p), int(c.q)))]
        for term, exponent in zip(terms, exponents, strict=True):
            factors += [term] * int(exponent)
        summands.append(call("*", *factors) if len(factors) > 1 else factors[0])
    if not summands:
        return number(0)
    return call("+", *summands) if len(summands) > 1 else summands[0]


def compared(left: str, op: Op, right: str) -> str:
    if op == "!=":
        return call("not", call("=", left, right))
    return call("=" if op == "==" else op, left, right)
