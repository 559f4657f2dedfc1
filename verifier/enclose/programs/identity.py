"""**Identities**: the value of a program as an exact fraction, to see that it vanishes or factors.

Variables and the values of transcendental instructions are generators; instructions with equal
arguments share theirs. A fraction that is zero is zero wherever the program has a value; one that
is not may still be, as relations between generators are not known here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx
from flint.utils.flint_exceptions import DomainError

from verifier.enclose.programs.program import Instruction, Program
from verifier.enclose.rings import ranges
from verifier.enclose.rings.ranges import INFINITY, Range
from verifier.errors import UnsupportedError

# f(place) = value, both 0 or 1
_SPECIAL = MappingProxyType(
    {
        **dict.fromkeys(
            "sin sinh tan tanh asinh atan asin atanh erf absolute signum".split(), (0, 0)
        ),
        **dict.fromkeys(("exp", "cos", "cosh", "erfc"), (0, 1)),
        **dict.fromkeys(("log", "acosh"), (1, 0)),
    }
)
_NEVER_NEGATIVE = frozenset("exp cosh absolute pi e root root_of_nonnegative acosh erfc".split())
_CALCULUS = frozenset(("derivative", "integral", "pieces"))
_LARGEST_POWER = 12


@dataclass(frozen=True)
class Ratio:
    """above / below, in lowest terms and with a monic denominator."""

    above: fmpq_mpoly
    below: fmpq_mpoly

    @staticmethod
    def of(above: fmpq_mpoly, below: fmpq_mpoly) -> Ratio:
        common = above.gcd(below)
        above, below = divmod(above, common)[0], divmod(below, common)[0]
        lead = below.leading_coefficient()
        return Ratio(above / lead, below / lead)

    @property
    def vanishes(self) -> bool:
        return bool(self.above.is_zero())

    @property
    def key(self) -> tuple[str, str]:
        return str(self.above), str(self.below)

    def __add__(self, other: Ratio) -> Ratio:
        above = self.above * other.below + other.above * self.below
        return Ratio.of(above, self.below * other.below)

    def __neg__(self) -> Ratio:
        return Ratio(-self.above, self.below)

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio.of(self.above * other.above, self.below * other.below)

    def __truediv__(self, other: Ratio) -> Ratio:
        return Ratio.of(self.above * other.below, self.below * other.above)

    def __pow__(self, n: int) -> Ratio:
        return Ratio(self.above**n, self.below**n)


@dataclass
class Ratios:
    """The fractions in up to `capacity` generators, of which the first are the variables.

    `nonnegative`: generators that are never negative.
    """

    capacity: int
    nonnegative: set[int]
    arity: int
    made: dict[tuple[Any, ...], int] = field(default_factory=dict)
    atoms: list[tuple[Instruction, tuple[Ratio, ...]]] = field(default_factory=list)
    roots: dict[int, tuple[int, Ratio]] = field(default_factory=dict)

    @staticmethod
    def over(programs: Sequence[Program], nonnegative: Collection[int]) -> Ratios:
        """Fractions with room for all values of `programs`, which have the same variables."""
        arity = programs[0].arity
        size = arity + sum(len(program.code) for program in programs)
        return Ratios(size, set(nonnegative), arity)

    @property
    def context(self) -> fmpq_mpoly_ctx:
        names = tuple(f"g{k}" for k in range(max(1, self.capacity)))
        return fmpq_mpoly_ctx.get(names, Ordering.lex)

    def number(self, value: fmpq | int) -> Ratio:
        return Ratio(self.context.constant(value), self.context.constant(1))

    def generator(self, k: int) -> Ratio:
        return Ratio(self.context.gen(k), self.context.constant(1))

    @property
    def variables(self) -> list[Ratio]:
        return [self.generator(k) for k in range(self.arity)]

    def value(self, program: Program, values: Sequence[Ratio]) -> Ratio:
        """The program at `values`.

        Raises `UnsupportedError` where it is undefined or holds an integral or pieces.
        """
        registers = list(values)
        for step in program.code:
            registers.append(self._step(step, [registers[k] for k in step.registers]))
        return registers[program.result]

    def _step(self, step: Instruction, inputs: Sequence[Ratio]) -> Ratio:
        x, y = (*inputs, *inputs[-1:])[:2] if inputs else (self.number(0), self.number(0))
        match step.op:
            case "rational":
                return self.number(step.data[0])
            case "add":
                return x + y
            case "sub":
                return x + -y
            case "neg":
                return -x
            case "mul":
                return x * y
            case "div":
                return self._quotient(x, y)
            case "sharpened":
                return x
            case "power":
                return self._power(step.data[0], x)
            case "root" | "root_of_nonnegative":
                return self._root(step, x)
        if step.op in _CALCULUS:
            raise UnsupportedError(f"`{step.op}` is no exact fraction.")
        at, value = _SPECIAL.get(step.op, (None, 0))
        if at is not None and inputs[0].key == self.number(at).key:
            return self.number(value)
        return self._atom(step, inputs)

    def _quotient(self, x: Ratio, y: Ratio) -> Ratio:
        if y.vanishes:
            raise UnsupportedError("A divisor vanishes identically.")
        return x / y

    def _power(self, n: int, x: Ratio) -> Ratio:
        if abs(n) > _LARGEST_POWER:
            raise UnsupportedError(f"The power {n} is too high to expand.")
        if n < 0:
            return self._quotient(self.number(1), self._power(-n, x))
        for k, (degree, inside) in self.roots.items():
            # (y^(1/q))^n = y^(n/q)
            if n % degree == 0 and x.key == self.generator(k).key:
                return inside ** (n // degree)
        return x**n

    def _root(self, step: Instruction, x: Ratio) -> Ratio:
        n = step.data[0]
        if x.vanishes or x.key == self.number(1).key:
            return x
        exact = self._square_root(x) if n == 2 else None
        if exact is not None:
            return exact
        named = Instruction("root", step.data, step.registers)
        found = self._atom(named, [x])
        self.roots[self.made[("root", *step.data, x.key)]] = (n, x)
        return found

    def _square_root(self, x: Ratio) -> Ratio | None:
        """The root of a square of monomials that are never negative."""
        if len(list(x.above.terms())) != 1:
            return None
        if len(list(x.below.terms())) != 1:
            return None
        try:
            found = Ratio(x.above.sqrt(), x.below.sqrt())
        except DomainError:
            return None
        for part in (found.above, found.below):
            ((exponents, factor),) = part.terms()
            used = {k for k, e in enumerate(exponents) if e}
            if factor < 0 or not used <= self.nonnegative:
                return None
        return found

    def _atom(self, step: Instruction, inputs: Sequence[Ratio]) -> Ratio:
        key = (step.op, *step.data, *(x.key for x in inputs))
        if key not in self.made:
            self.made[key] = self.arity + len(self.made)
            self.atoms.append((step, tuple(inputs)))
            if step.op in _NEVER_NEGATIVE:
                self.nonnegative.add(self.made[key])
        return self.generator(self.made[key])

    def generators_on(self, box: Sequence[Range]) -> list[Range] | None:
        """The ranges of all generators in use, where the variables have those of `box`."""
        found = list(box)
        for step, inputs in self.atoms:
            arguments = []
            for ratio in inputs:
                above, below = (polynomial(p, found) for p in (ratio.above, ratio.below))
                argument = ranges.div(above, below)
                if argument is None:
                    return None
                arguments.append(argument)
            value = ranges.apply(step, arguments)
            if value is None:
                return None
            found.append(value)
        return found


def polynomial(p: fmpq_mpoly, generators: Sequence[Range]) -> Range:
    """The range of a polynomial, term by term."""
    total = ranges.rational(fmpq(0))
    for exponents, factor in p.terms():
        term = ranges.rational(factor)
        for value, exponent in zip(generators, exponents, strict=False):
            if exponent:
                raised = ranges.power(int(exponent), value) or Range(-INFINITY, INFINITY)
                term = ranges.mul(term, raised)
        total = ranges.add(total, term)
    return total


def scaled(p: fmpq_mpoly, generators: Sequence[Range]) -> Range:
    """Values with the sign of the polynomial: over the highest powers of unbounded generators.

    p(x, y) = x^n (a_n(y) + a_(n-1)(y)/x + ...)
    """
    sizes = list(generators)
    highest: dict[int, int] = {}
    flips = False
    for k, degree in enumerate(p.degrees()[: len(sizes)]):
        unbounded = sizes[k].low == -INFINITY or sizes[k].high == INFINITY
        inverse = ranges.inverse(sizes[k]) if degree and unbounded else None
        if inverse is not None:
            highest[k] = int(degree)
            flips ^= bool(sizes[k].high <= 0 and degree % 2)
            sizes[k] = inverse
    if not highest:
        return polynomial(p, generators)
    turned = {
        tuple(highest[k] - e if k in highest else e for k, e in enumerate(exponents)): factor
        for exponents, factor in p.terms()
    }
    value = polynomial(p.context().from_dict(turned), sizes)
    return ranges.neg(value) if flips else value
