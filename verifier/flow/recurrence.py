"""**Recurrences**: Taylor coefficients of a solution, proposed in fixed point.

Every instruction of the field has one recurrence that gives its next coefficient from those known:

    (x y)_k = sum_j x_j y_(k-j),    k exp(x)_k = sum_j j x_j exp(x)_(k-j),    ...

so that the coefficients up to order K cost O(K^2) products of integers and no evaluation of the
field. Nothing here is rigorous: what is proposed is corrected and validated elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import mul
from typing import Any

from flint import arb

from verifier.enclose.programs.bundle import Bundle
from verifier.enclose.rings import reals

Row = list[int]
Next = Callable[[int], int]  # the coefficient k > 0, from all below and those of the inputs up to k

_PROBE = 4  # coefficients, twice, from which the scale of time is taken
_SCALES = 3  # scales of time that are tried
_GUARD = 32  # bits beyond the precision
_WIDEST = 2**16  # bits of a coefficient, above which the scale of time was no good


@dataclass(frozen=True)
class Register:
    """Coefficients of one intermediate result, times 2^point; constant ones have only the first."""

    row: Row
    start: arb
    moves: bool


def propose(
    bundle: Bundle, sign: int, point: Sequence[arb], order: int, *, bits: int
) -> tuple[int, list[list[arb]]] | None:
    """(s, coefficients of y' = sign f(y) through `point`), right to about `bits` at times to 2^s.

    None where the field has no value there, or an instruction has no recurrence here.
    """
    starts = bundle.reaching.registers(reals, point)
    if starts is None or any(step.op not in _MAKERS for step in bundle.code):
        return None
    size = max(_log2(x) for x in point)
    size = size if size > -bits else 0
    places = max(bits + _GUARD - size, _GUARD)
    scale = size - max(-bits, *(_log2(starts[k]) for k in bundle.results))
    probe = _rows(bundle, sign, starts, 2 * _PROBE, (places, scale))
    if probe is None:
        return None
    if all(starts[k].contains(0) for k in bundle.results):
        # no velocity can be told from rounding: the point itself, for as long as that is right
        return scale - bits, [[x, *[arb(0)] * order] for x in point]
    scale += (_top(probe, 1, _PROBE) - _top(probe, _PROBE, 2 * _PROBE)) // _PROBE + 1
    places += min(max(scale, 0), bits)  # over long times a small velocity counts
    for _ in range(_SCALES):
        rows = _rows(bundle, sign, starts, order, (places, scale))
        if rows is None:
            return None
        # the step at which the last coefficients are as small as the precision
        last = _top(rows, order - 1, order + 1)
        step = scale - (last - (places - bits + size)) // order if last else scale
        if step <= scale:
            found = [[arb((c, -places - scale * k)) for k, c in enumerate(row)] for row in rows]
            return step, found
        scale = step + 1
    return None


def _rows(
    bundle: Bundle, sign: int, starts: Sequence[arb], order: int, scales: tuple[int, int]
) -> list[Row] | None:
    """Coefficients of the variables in t/2^scale, times 2^places."""
    places, scale = scales
    arity = bundle.arity
    moving = [True] * arity
    for step in bundle.code:
        moving.append(any(moving[k] for k in step.registers))
    known = [Register([_fixed(x, places)], x, m) for x, m in zip(starts, moving, strict=True)]
    tasks: list[tuple[Row, Next]] = []
    for step, here in zip(bundle.code, known[arity:], strict=True):
        if here.moves:
            make = _MAKERS[step.op]
            inputs = [known[k] for k in step.registers]
            if step.op in _DIVIDING and not inputs[-1].row[0]:
                return None
            tasks.append((here.row, make(places, step.data, here, *inputs)))
    rates = [known[k] for k in bundle.results]
    rows = [register.row for register in known[:arity]]
    for k in range(order):
        for row, rate in zip(rows, rates, strict=True):
            change = rate.row[k] if rate.moves or k == 0 else 0
            moved = sign * change << scale if scale >= 0 else sign * change >> -scale
            row.append(moved // (k + 1))
        if any(row[-1].bit_length() > _WIDEST for row in rows):
            return None
        if k + 1 < order:
            for row, advance in tasks:
                row.append(advance(k + 1))
    return rows


def _top(rows: Sequence[Row], low: int, high: int) -> int:
    """The logarithm of the largest coefficient with an index in [low, high)."""
    return max(c.bit_length() for row in rows for c in row[low:high])


def _fixed(x: arb, places: int) -> int:
    mantissa, exponent = (int(part) for part in x.mid().man_exp())
    shift = exponent + places
    return mantissa << shift if shift >= 0 else mantissa >> -shift


def _log2(x: arb) -> int:
    """About the logarithm of |x|; far below for zero."""
    mantissa, exponent = (int(part) for part in x.mid().man_exp())
    return exponent + mantissa.bit_length() if mantissa else -(10**9)


def _convolved(x: Row, y: Row) -> int:
    """sum_j x_j y_(k-j) of rows of the same length k + 1."""
    return sum(map(mul, x, reversed(y)))


def _add(_p: int, _d: Any, _out: Register, x: Register, y: Register) -> Next:
    if x.moves and y.moves:
        return lambda k: x.row[k] + y.row[k]
    moving = x.row if x.moves else y.row
    return lambda k: moving[k]


def _sub(_p: int, _d: Any, _out: Register, x: Register, y: Register) -> Next:
    if x.moves and y.moves:
        return lambda k: x.row[k] - y.row[k]
    return (lambda k: x.row[k]) if x.moves else (lambda k: -y.row[k])


def _neg(_p: int, _d: Any, _out: Register, x: Register) -> Next:
    return lambda k: -x.row[k]


def _mul(p: int, _d: Any, _out: Register, x: Register, y: Register) -> Next:
    if not x.moves:
        return lambda k: x.row[0] * y.row[k] >> p
    if not y.moves:
        return lambda k: y.row[0] * x.row[k] >> p
    return lambda _k: _convolved(x.row, y.row) >> p


def _div(p: int, _d: Any, out: Register, x: Register, y: Register) -> Next:
    # x_k = sum_j y_j q_(k-j)
    if not y.moves:
        return lambda k: (x.row[k] << p) // y.row[0]

    def advance(k: int) -> int:
        known = sum(map(mul, islice(y.row, 1, None), reversed(out.row)))
        return (((x.row[k] << p) if x.moves else 0) - known) // y.row[0]

    return advance


def _power(p: int, data: Any, out: Register, x: Register) -> Next:
    """x^n by squares and products; a negative n divides one by it."""
    products: list[tuple[Row, Row, Row]] = []

    def raised(n: int) -> Row:
        if n == 1:
            return x.row
        half = raised(n // 2)
        found = _product(half, half)
        return _product(found, x.row) if n % 2 else found

    def _product(left: Row, right: Row) -> Row:
        made = [left[0] * right[0] >> p]
        products.append((left, right, made))
        return made

    (n,) = data
    whole = raised(abs(n))
    over = _div(p, (), out, _constant(1 << p), Register(whole, x.start, True)) if n < 0 else None

    def advance(k: int) -> int:
        for left, right, made in products:
            made.append(_convolved(left, right) >> p)
        return whole[k] if over is None else over(k)

    return advance


def _root(_p: int, data: Any, out: Register, x: Register) -> Next:
    # n k x_0 r_k = sum_(j>0) ((n + 1) j - n k) x_j r_(k-j)
    (n,) = data
    rates: Row = []

    def advance(k: int) -> int:
        rates.append(k * x.row[k])
        weighted = sum(map(mul, rates, reversed(out.row)))
        plain = sum(map(mul, islice(x.row, 1, None), reversed(out.row)))
        return ((n + 1) * weighted - n * k * plain) // (n * k * x.row[0])

    return advance


def _exp(p: int, _d: Any, out: Register, x: Register) -> Next:
    rates: Row = []

    def advance(k: int) -> int:
        rates.append(k * x.row[k])
        return (sum(map(mul, rates, reversed(out.row))) >> p) // k

    return advance


def _pair(partner: Callable[[arb], arb], back: int) -> Callable[..., Next]:
    """A function whose derivative is `partner`, the derivative of which is `back` times it."""

    def make(p: int, _d: Any, out: Register, x: Register) -> Next:
        rates: Row = []
        other = [_fixed(partner(x.start), p)]

        def advance(k: int) -> int:
            rates.append(k * x.row[k])
            value = (sum(map(mul, rates, reversed(other))) >> p) // k
            other.append(back * (sum(map(mul, rates, reversed(out.row))) >> p) // k)
            return value

        return advance

    return make


def _tanh(p: int, _d: Any, out: Register, x: Register) -> Next:
    # t' = (1 - t^2) x'
    rates: Row = []
    slope = [(1 << p) - (out.row[0] ** 2 >> p)]

    def advance(k: int) -> int:
        rates.append(k * x.row[k])
        value = (sum(map(mul, rates, reversed(slope))) >> p) // k
        slope.append(-(_convolved([*out.row, value], [*out.row, value]) >> p))
        return value

    return advance


def _log(p: int, _d: Any, _out: Register, x: Register) -> Next:
    # x l' = x'
    rates: Row = []

    def advance(k: int) -> int:
        known = sum(map(mul, rates, reversed(x.row[1:k])))
        rate = ((k * x.row[k] << p) - known) // x.row[0]
        rates.append(rate)
        return rate // k

    return advance


def _constant(value: int) -> Register:
    return Register([value], arb(0), False)


_MAKERS: dict[str, Callable[..., Next]] = {
    "rational": _neg,
    "pi": _neg,
    "e": _neg,
    "add": _add,
    "sub": _sub,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "power": _power,
    "root": _root,
    "root_of_nonnegative": _root,
    "exp": _exp,
    "log": _log,
    "tanh": _tanh,
    "sin": _pair(arb.cos, -1),
    "cos": _pair(lambda x: -x.sin(), -1),
    "sinh": _pair(arb.cosh, 1),
    "cosh": _pair(arb.sinh, 1),
}
_DIVIDING = ("div", "root", "root_of_nonnegative", "log")
