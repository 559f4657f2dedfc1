"""**Ranges**: intervals given by their two ends, of which either may be infinite or left out.

A ball cannot end exactly at 1 or at infinity; a range can. `None` stands for what is undefined at
some point. Infinite ends are never reached, and ends are rounded outward to exact numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from verifier.enclose.rings import reals

if TYPE_CHECKING:
    from verifier.enclose.programs.program import Instruction, Program

INFINITY = arb.pos_inf()
ZERO, ONE = arb(0), arb(1)


@dataclass(frozen=True, slots=True)
class Range:
    """low <= x <= high; strictly so at an end that is left out."""

    low: arb
    high: arb
    open_low: bool = False
    open_high: bool = False

    def ball(self) -> arb:
        """A ball around the range; NaN when an end is infinite."""
        if not (self.low.is_finite() and self.high.is_finite()):
            return reals.NAN
        return self.low if self.low == self.high else reals.hull(self.low, self.high)

    def meet(self, other: Range) -> Range | None:
        """What lies in both; None when nothing does."""
        low, open_low = self.low, self.open_low
        if other.low > low or (other.low == low and other.open_low):
            low, open_low = other.low, other.open_low
        high, open_high = self.high, self.open_high
        if other.high < high or (other.high == high and other.open_high):
            high, open_high = other.high, other.open_high
        if low > high or (low == high and (open_low or open_high)):
            return None
        return Range(low, high, open_low, open_high)


def between(low: fmpq | None, high: fmpq | None) -> Range:
    """The range between rational ends, rounded outward; None is infinite."""
    bottom = -INFINITY if low is None else arb(low).lower()
    return Range(bottom, INFINITY if high is None else arb(high).upper())


def run(program: Program, values: Sequence[Range]) -> Range | None:
    """The value of an elementary program at ranges, at the precision that is set."""
    found = registers(program, values)
    return None if found is None else found[program.result]


def registers(program: Program, values: Sequence[Range]) -> list[Range] | None:
    """The variables and every intermediate result; None when one is not certainly defined."""
    if not program.elementary:
        return None
    found = list(values)
    for step in program.code:
        value = apply(step, [found[k] for k in step.registers])
        if value is None:
            return None
        found.append(value)
    return found


def apply(step: Instruction, inputs: Sequence[Range]) -> Range | None:
    """The result of one instruction."""
    value: Range | None = _OPERATIONS[step.op](*step.data, *inputs)
    return value


def _down(x: arb) -> arb:
    low = x.lower()
    return -INFINITY if low.is_nan() else low


def _up(x: arb) -> arb:
    high = x.upper()
    return INFINITY if high.is_nan() else high


def _enclosed(x: arb) -> Range:
    return Range(_down(x), _up(x))


def rational(value: fmpq) -> Range:
    return _enclosed(arb(value))


def add(x: Range, y: Range) -> Range:
    return Range(
        _down(x.low + y.low),
        _up(x.high + y.high),
        x.open_low or y.open_low,
        x.open_high or y.open_high,
    )


def neg(x: Range) -> Range:
    return Range(-x.high, -x.low, x.open_high, x.open_low)


def sub(x: Range, y: Range) -> Range:
    return add(x, neg(y))


def _times(p: arb, q: arb) -> arb:
    """The product of ends; nothing times a number that grows without bound is nothing."""
    return ZERO if p.is_zero() or q.is_zero() else p * q


def mul(x: Range, y: Range) -> Range:
    if x.low < 0 and x.high <= 0:
        return neg(mul(neg(x), y))
    if y.low < 0 and y.high <= 0:
        return neg(mul(x, neg(y)))
    if x.low >= 0 and y.low >= 0:
        # v w > a c when v > a and w may not vanish, or the other way round
        left = x.open_low and (y.low > 0 or y.open_low)
        right = y.open_low and (x.low > 0 or x.open_low)
        top = (x.open_high and y.high > 0) or (y.open_high and x.high > 0)
        low, high = _down(_times(x.low, y.low)), _up(_times(x.high, y.high))
        return Range(low, high, left or right, top)
    corners = [_times(p, q) for p in (x.low, x.high) for q in (y.low, y.high)]
    return Range(min(map(_down, corners)), max(map(_up, corners)))


def div(x: Range, y: Range) -> Range | None:
    turned = inverse(y)
    return None if turned is None else mul(x, turned)


def sharpened(x: Range, above: Range, below: Range) -> Range | None:
    """x, which equals above/below wherever `below` is not 0."""
    other = div(above, below)
    return x if other is None else x.meet(other)


def inverse(y: Range) -> Range | None:
    """1/y."""
    if y.low < 0 and y.high <= 0:
        above = inverse(neg(y))
        return None if above is None else neg(above)
    if not (y.low > 0 or (y.low.is_zero() and y.open_low)):
        return None
    low = ZERO if y.high == INFINITY else _down(1 / y.high)
    high = INFINITY if y.low.is_zero() else _up(1 / y.low)
    return Range(low, high, y.open_high or y.high == INFINITY, y.open_low)


def _image(function: Callable[[arb], arb], x: Range, limits: tuple[arb, arb]) -> Range:
    """Of an increasing function, whose limits at the infinite ends are given."""
    below, above = x.low == -INFINITY, x.high == INFINITY
    low = _down(limits[0] if below else function(x.low))
    high = _up(limits[1] if above else function(x.high))
    return Range(low, high, x.open_low or below, x.open_high or above)


def _increasing(
    function: Callable[[arb], arb], below: arb, above: arb
) -> Callable[[Range], Range | None]:
    return lambda x: _image(function, x, (below, above))


def log(x: Range) -> Range | None:
    if x.low.is_zero() and x.open_low:
        top = INFINITY if x.high == INFINITY else _up(x.high.log())
        return Range(-INFINITY, top, True, x.open_high)
    return _image(arb.log, x, (ZERO, INFINITY)) if x.low > 0 else None


def asin(x: Range) -> Range | None:
    return _image(arb.asin, x, (ZERO, ZERO)) if x.low >= -1 and x.high <= 1 else None


def acos(x: Range) -> Range | None:
    inside = x.low >= -1 and x.high <= 1
    return neg(_image(lambda u: -u.acos(), x, (ZERO, ZERO))) if inside else None


def acosh(x: Range) -> Range | None:
    return _image(arb.acosh, x, (ZERO, INFINITY)) if x.low >= 1 else None


def atanh(x: Range) -> Range | None:
    below, above = x.low == -1 and x.open_low, x.high == 1 and x.open_high
    if not ((x.low > -1 or below) and (x.high < 1 or above)):
        return None
    low = -INFINITY if below else _down(x.low.atanh())
    return Range(low, INFINITY if above else _up(x.high.atanh()), x.open_low, x.open_high)


def erfc(x: Range) -> Range:
    return neg(_image(lambda u: -u.erfc(), x, (arb(-2), ZERO)))


def absolute(x: Range) -> Range:
    if x.low >= 0:
        return x
    if x.high <= 0:
        return neg(x)
    left, right = (-x.low, x.open_low), (x.high, x.open_high)
    far = left if left[0] > right[0] else right
    both = left[1] and right[1]
    return Range(ZERO, far[0], False, both if left[0] == right[0] else far[1])


def cosh(x: Range) -> Range:
    return _image(arb.cosh, absolute(x), (ZERO, INFINITY))


def power(n: int, x: Range) -> Range | None:
    """x**n for an integer n."""
    if n < 0:
        found = power(-n, x)
        return None if found is None else inverse(found)
    if n == 0:
        return Range(ONE, ONE)
    base = x if n % 2 else absolute(x)
    return _image(lambda u: u**n, base, (-INFINITY, INFINITY))


def root(n: int, x: Range) -> Range | None:
    return _image(lambda u: reals.root(n, u), x, (ZERO, INFINITY)) if x.low >= 0 else None


def root_of_nonnegative(n: int, x: Range) -> Range | None:
    if x.high < 0:
        return None
    return root(n, x if x.low >= 0 else Range(ZERO, x.high, False, x.open_high))


def raised(x: Range, y: Range) -> Range | None:
    whole = y.low.unique_fmpz() if y.low == y.high and y.low.is_finite() else None
    if whole is not None:
        return power(int(whole), x)
    base = log(x)
    return None if base is None else EXP(mul(y, base))


def sin(x: Range) -> Range:
    # extreme at pi/2 + k pi, where it is (-1)^k
    return _wave(arb.sin, x, arb.pi() / 2)


def cos(x: Range) -> Range:
    return _wave(arb.cos, x, ZERO)


def _wave(function: Callable[[arb], arb], x: Range, first: arb) -> Range:
    whole = Range(-ONE, ONE)
    if not (x.low.is_finite() and x.high.is_finite() and x.high - x.low < 7):
        return whole
    start = ((x.low - first) / arb.pi()).lower().ceil().unique_fmpz()
    end = ((x.high - first) / arb.pi()).upper().floor().unique_fmpz()
    if start is None or end is None:
        return whole
    values = [function(x.low), function(x.high)]
    values += [-ONE if k % 2 else ONE for k in range(int(start), int(end) + 1)]
    return Range(max(min(map(_down, values)), -ONE), min(max(map(_up, values)), ONE))


def tan(x: Range) -> Range | None:
    if not (x.low.is_finite() and x.high.is_finite() and x.high - x.low < 4):
        return None
    start = ((x.low / arb.pi()) - fmpq(1, 2)).lower().ceil().unique_fmpz()
    end = ((x.high / arb.pi()) - fmpq(1, 2)).upper().floor().unique_fmpz()
    if start is None or end is None or start <= end:
        return None
    return _image(arb.tan, x, (ZERO, ZERO))


def sign(x: Range) -> Range | None:
    if x.low > 0 or (x.low.is_zero() and x.open_low):
        return Range(ONE, ONE)
    if x.high < 0 or (x.high.is_zero() and x.open_high):
        return Range(-ONE, -ONE)
    return None


def signum(x: Range) -> Range:
    known = sign(x)
    if known is not None:
        return known
    return Range(ZERO if x.low >= 0 else -ONE, ZERO if x.high <= 0 else ONE)


def maximum(x: Range, y: Range) -> Range:
    low, high = (x.low, x.open_low), (x.high, x.open_high)
    if y.low > x.low or (y.low == x.low and y.open_low):
        low = (y.low, y.open_low)
    if y.high > x.high or (y.high == x.high and not y.open_high):
        high = (y.high, y.open_high)
    return Range(low[0], high[0], low[1], high[1])


def minimum(x: Range, y: Range) -> Range:
    return neg(maximum(neg(x), neg(y)))


EXP = _increasing(arb.exp, ZERO, INFINITY)
ASINH = _increasing(arb.asinh, -INFINITY, INFINITY)
SINH = _increasing(arb.sinh, -INFINITY, INFINITY)
TANH = _increasing(arb.tanh, -ONE, ONE)
_OPERATIONS: MappingProxyType[str, Callable[..., Any]] = MappingProxyType(
    {
        "rational": rational,
        "pi": lambda: _enclosed(arb.pi()),
        "e": lambda: _enclosed(arb.const_e()),
        "exp": EXP,
        "asinh": ASINH,
        "sinh": SINH,
        "tanh": TANH,
        "atan": lambda x: _image(arb.atan, x, (-arb.pi() / 2, arb.pi() / 2)),
        "erf": _increasing(arb.erf, -ONE, ONE),
        **{
            function.__name__: function
            for function in (
                *(add, sub, neg, mul, div, power, root, root_of_nonnegative, raised),
                *(log, asin, acos, acosh, atanh, erfc, absolute, cosh, sin, cos, tan),
                *(sign, signum, maximum, minimum, sharpened),
            )
        },
    }
)
