"""**Two opinions**: the compiler's balls against mpmath's intervals at a few points of a claim.

Both enclose the same number wherever it exists, so that a disjoint pair shows an error of the
engine. It is raised and becomes the claim's `ERROR`: no verdict may rest on either then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath.libmp as mp
import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from verifier.claim import Claim
from verifier.enclose.opinions.intervals import Interval, NoValueError, PartialError, from_rational
from verifier.enclose.opinions.second import evaluate
from verifier.enclose.programs.compile import compile_expr
from verifier.enclose.programs.program import Program
from verifier.enclose.rings import reals
from verifier.errors import EnclosureDisagreement, UnsupportedError
from verifier.exact.statements import Relation
from verifier.precision import precision

_BITS = 64  # of the balls
_FINE = 128  # of the intervals, so that a ball without its rounding error misses them
_WORK = 240  # nodes of the sides of a claim that are read a second time
_DERIVATIVE = 8  # times the work of a node without
_WIDTH = Fraction(1, 2**20)  # of the box that stands for the last point
_REACH = Fraction(3)  # of the part of an unbounded range that is looked at
Range = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Opinions:
    """How many samples agree, and at how many only the compiler has a value."""

    agreeing: int = 0
    uncompared: int = 0


def compare_opinions(claim: Claim) -> Opinions:
    """Enclose each scalar side of the conclusions and hypotheses twice, at two points and a box.

    Raises:
        EnclosureDisagreement: the two enclosures of one expression have no number in common.
    """
    agreeing = uncompared = 0
    region = {
        name: _finite_part(low, high)
        for whole in claim.regions[:1]
        for name, low, high in whole.ranges
    }
    for expr in _chosen(_sides(claim)):
        symbols = sorted(expr.free_symbols, key=str)
        try:
            program = compile_expr(expr, symbols)
        except UnsupportedError:
            continue
        for place in _places(symbols, region):
            same = agree(expr, program, dict(zip(symbols, place, strict=True)))
            agreeing += same is True
            uncompared += same is False
    return Opinions(agreeing, uncompared)


def agree(expr: Expr, program: Program, place: Mapping[Symbol, Range]) -> bool | None:
    """Whether both opinions of `expr` have a number in common; False when only one has a value.

    `program` is the compiled expression in the symbols of `place`, in their order. None when the
    compiler has no value. Raises `EnclosureDisagreement` when nothing is in common.
    """
    with precision(_BITS):
        ball = program([_ball(*ends) for ends in place.values()], _BITS)
        low, high = _raw(ball.lower()), _raw(ball.upper())
    if not ball.is_finite():
        return None
    try:
        second = evaluate(expr, {s: _interval(*ends) for s, ends in place.items()}, bits=_FINE)
    except NoValueError as reason:
        raise _disagreement(expr, place, ball, f"no value: {reason}") from reason
    except (PartialError, UnsupportedError, ArithmeticError, ValueError):
        return False
    if mp.mpf_lt(high, second[0]) or mp.mpf_lt(second[1], low):
        shown = f"[{mp.to_str(second[0], 20)}, {mp.to_str(second[1], 20)}]"
        raise _disagreement(expr, place, ball, shown)
    return True


def _sides(claim: Claim) -> dict[Expr, None]:
    """The scalar sides of all relations, each once, without bare symbols and numbers."""
    return {
        side: None
        for _, statement in (*claim.conclusions, *claim.hypotheses)
        for whole in (statement if isinstance(statement, tuple) else (statement,))
        for part in whole.unfolded() or (whole,)
        if isinstance(part, Relation)
        for side in (part.lhs, part.rhs)
        if isinstance(side, Expr) and not side.is_Atom
    }


def _chosen(sides: Iterable[Expr]) -> list[Expr]:
    """The largest one that is cheap enough, then smaller ones while their work is."""
    found = []
    left = _WORK
    for work, _, expr in sorted(
        ((_work(expr), -place, expr) for place, expr in enumerate(sides)), reverse=True
    ):
        if work <= left:
            found.append(expr)
            left -= work
    return found


def _work(expr: Expr) -> int:
    """The number of its nodes; those under a derivative count more."""
    nodes = 0
    for node in sympy.preorder_traversal(expr):
        inside = isinstance(node, sympy.Derivative)
        nodes += _DERIVATIVE * sum(1 for _ in sympy.preorder_traversal(node)) if inside else 1
    return nodes


def _places(symbols: Sequence[Symbol], region: Mapping[str, Range]) -> Iterator[list[Range]]:
    """Two points and a small box; the first point and the box are in the region, if there is one.

    Without a region the first point is in the unit cube, and the second has both signs.
    """
    for k in range(3):
        place = []
        for i, symbol in enumerate(symbols):
            share = Fraction((5 * i + 4 * k) % 12 + 1, 14)
            low, high = region.get(str(symbol), (Fraction(0), Fraction(1)))
            value = low + share * (high - low)
            if symbol.is_integer:
                value = Fraction(1 + (i + k) % 5)
            elif k == 1:
                value = (-1) ** i * (share + 1)
            widens = k == 2 and not symbol.is_integer
            place.append((value, value + _WIDTH if widens else value))
        yield place


def _disagreement(
    expr: Expr, place: Mapping[Symbol, Range], ball: arb, second: str
) -> EnclosureDisagreement:
    at = ", ".join(
        f"{symbol} = {low}" if low == high else f"{symbol} in [{low}, {high}]"
        for symbol, (low, high) in place.items()
    )
    return EnclosureDisagreement(
        f"Two enclosures of one number are disjoint, so that one of them is wrong:\n    {expr}\n"
        f"  at {at or 'no variables'}: balls give {ball.str(20)}, intervals give {second}."
    )


def _ball(low: Fraction, high: Fraction) -> arb:
    ends = [arb(fmpq(end.numerator, end.denominator)) for end in (low, high)]
    return ends[0] if low == high else reals.hull(*ends)


def _interval(low: Fraction, high: Fraction) -> Interval:
    ends = [from_rational(end.numerator, end.denominator, _FINE) for end in (low, high)]
    return ends[0][0], ends[1][1]


def _raw(end: arb) -> Any:
    """An exact ball as a number of mpmath, without rounding; NaN where it is not finite."""
    if not end.is_finite():
        return mp.fnan
    mantissa, exponent = end.man_exp()
    return mp.from_man_exp(int(mantissa), int(exponent))


def _finite_part(low: Expr, high: Expr) -> Range:
    """The range of a region, or a part of it that is near its finite ends."""
    if low.is_infinite and high.is_infinite:
        return -_REACH, _REACH
    start = _fraction(high) - _REACH if low.is_infinite else _fraction(low)
    return start, start + _REACH if high.is_infinite else _fraction(high)


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))
