"""**Proofs**: why an element has the signs that the oracle found, as data for the checker.

Each attempt of the oracle becomes an identity: a product of factors, hypotheses that bound what
moves, a completed square, the conjugate of a sum with a root. What the checker sees by itself
needs no proof.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from flint import fmpq, fmpq_poly

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.tower import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONZERO,
    POSITIVE,
    ZERO,
    Generator,
)
from verifier.derive.kernel.signs import DEPTH, Range, SignOracle, Signs
from verifier.derive.kernel.signs.bernstein import Halves, Leaf, positive
from verifier.derive.kernel.signs.products import (
    Argument,
    Base,
    Product,
    Proof,
    identity,
    over,
    plus,
    poly_rows,
    scaled,
    sign_of,
    signs_of,
    times,
)
from verifier.derive.kernel.signs.sturm import sign_on_interval

Shown = Iterator[tuple[Argument, Signs]]
ONE = fmpq(1)
STARTS = {"root": (0, 0), "exp": (1, 0), "log": (0, 1)}  # f(v) and v
CLOSED = ((ZERO, POSITIVE), (POSITIVE, NONNEGATIVE))  # (t, u) with t, u >= 0 and t + u > 0


def is_square(generator: Generator) -> bool:
    """Whether it is <v, v>."""
    left, _, right = generator.label.strip("<>").partition(", ")
    return generator.kind == "symbol" and generator.label.startswith("<") and left == right


class Prover:
    """Follows the attempts of the oracle, and keeps those that narrow the signs.

    `stated` has what the facts of the certificate say, by polynomial: hypotheses, and what was
    shown before. Where `facts` are kept, what is shown of a polynomial becomes one of them.
    """

    def __init__(self, oracle: SignOracle, facts: list[Argument] | None = None) -> None:
        self.oracle = oracle
        self.tower = oracle.tower
        self.facts = facts
        self.stated: dict[str, tuple[Poly, Signs]] = {}

    def state(self, element: Element, signs: Signs) -> None:
        """Take it that the certificate says that `element` has one of these signs."""
        flat = self.tower.reduced(element.num * element.den, self.tower.one_poly)
        if flat.den.is_one() and not flat.is_zero:
            monic, side = _normal(flat.num)
            known = self.stated.get(str(monic), (monic, ANY))[1]
            self.stated[str(monic)] = (monic, known & times(signs, side))

    def fraction(
        self, element: Element, need: Signs | None = None, depth: int = DEPTH
    ) -> tuple[Proof, Signs]:
        """A proof by numerator and denominator, or by a hypothesis about their product."""
        if element.den.is_one():
            whole = self.base(element.num, need, depth)
            return whole.proof, whole.signs
        wanted = self.oracle.sign(element, depth) if need is None else need
        each = NONZERO if wanted == NONZERO else None
        up, down = self.base(element.num, each, depth), self.base(element.den, each, depth)
        shown = times(up.signs, down.signs - ZERO)
        proof = [identity([(ONE, [(up, 1), (down, -1)])])] if up.proof or down.proof else []
        flat = self.tower.reduced(element.num * element.den, self.tower.one_poly)
        if not shown <= wanted and flat.den.is_one():
            terms: list[Product] = [(ONE, [(self.seen(flat.num), 1), (down, -2)])]
            proof, shown = [*proof, identity(terms)], shown & signs_of(terms)
        return proof, shown

    def base(self, poly: Poly, need: Signs | None = None, depth: int = DEPTH) -> Base:
        """A polynomial with a proof of what the oracle knows, as far as it is needed."""
        element, seen = self._wrap(poly), self.seen(poly)
        wanted = self.oracle.sign(element, depth) if need is None else need
        if seen.signs <= wanted:
            return seen
        constant, factors = self.tower.factors(element)
        if len(factors) == 1 and factors[0][1] == 1:
            alone = self._factor(factors[0][0], times(wanted, sign_of(constant)), depth)
            shown = times(alone.signs, sign_of(constant))
            return self._kept(Base(poly, scaled(alone.proof, constant), seen.signs & shown))
        powers = [(self._needed(f, e, wanted, depth), e) for f, e in factors]
        terms: list[Product] = [(constant, powers)]
        return self._kept(Base(poly, [identity(terms)], seen.signs & signs_of(terms)))

    def _kept(self, base: Base) -> Base:
        if self.facts is None or not base.proof:
            return base
        self.facts.append(["shown", poly_rows(base.poly), base.proof])
        self.state(self._wrap(base.poly), base.signs)
        return self.seen(base.poly)

    def seen(self, poly: Poly) -> Base:
        """A polynomial without a proof: hypotheses and the signs of generators are enough."""
        if poly.is_zero():
            return Base(poly, [], ZERO)
        total = ZERO
        for monomial, c in poly.to_dict().items():
            term = sign_of(c)
            for slot, e in enumerate(monomial):
                if e:
                    term = times(term, frozenset(s ** int(e) for s in self._own(slot)))
            total = plus(total, term)
        return Base(poly, [], total & self._said(poly))

    def _said(self, poly: Poly) -> Signs:
        monic, side = _normal(poly)
        return times(self.stated.get(str(monic), (monic, ANY))[1], side)

    def _own(self, slot: int) -> Signs:
        generator = self.tower.generators[slot]
        kinds = {"exp": POSITIVE, "root": NONNEGATIVE}
        own = NONNEGATIVE if is_square(generator) else kinds.get(generator.kind, ANY)
        return own & self._said(self.tower.gens[slot])

    def _wrap(self, poly: Poly) -> Element:
        return Element(self.tower, poly, self.tower.one_poly)

    def _needed(self, factor: Element, exponent: int, wanted: Signs, depth: int) -> Base:
        """The factor with a proof of what its power must show."""
        need = self.oracle.sign(factor, depth)
        if wanted == NONZERO:
            need = NONZERO
        elif exponent % 2 == 0:
            need = ANY if 0 in wanted else NONZERO
        return self._factor(factor, need, depth)

    def _factor(self, factor: Element, need: Signs, depth: int) -> Base:
        proof: Proof = []
        signs = self.seen(factor.num).signs
        for argument, shown in self._attempts(factor, depth):
            if signs <= need:
                break
            if not signs <= shown:
                proof.append(argument)
                signs = signs & shown
        return self._kept(Base(factor.num, proof, signs))

    def _attempts(self, factor: Element, depth: int) -> Shown:
        yield from self._by_facts(factor)
        if depth:
            yield from self._monotone(factor, depth)
        alone = next(
            (g for g in self.tower.generators if factor.num == self.tower.gens[g.slot]), None
        )
        if depth and alone is not None:
            yield from self._bounds(alone)
        if depth:
            yield from self._orthant(factor, depth)
            yield from self._quadratic(factor, depth)
            yield from self._interval(factor)
            yield from self._root(factor, depth)

    def _by_facts(self, factor: Element) -> Shown:
        """factor * cofactor is a hypothesis, which is not zero."""
        for fact, signs in self.stated.values():
            if 0 in signs:
                continue
            cofactor, rest = divmod(fact, factor.num)
            if rest.is_zero() and not cofactor.is_constant():
                multiplier: Product = (ONE, [(Base(cofactor, [], ANY), 1)])
                yield identity([(ONE, [(Base(fact, [], signs), 1)])], multiplier), NONZERO

    def _monotone(self, factor: Element, depth: int) -> Shown:
        """c * (f(u) - f(v)) has the sign of c * (u - v) for a root, exponential or logarithm f."""
        for generator in reversed(self.tower.generators):
            parts = self.tower.split(factor.num, generator.slot)
            if generator.kind not in STARTS or set(parts) == {0}:
                continue
            if not set(parts) <= {0, 1} or not parts[1].is_constant():
                return
            c = parts[1].leading_coefficient()
            at = self._argument(generator, parts.get(0, 0 * factor.num) / -c)
            if at is not None and generator.inside is not None:
                proof, shown = self.fraction(generator.inside - at, depth=depth - 1)
                yield ["gen", proof], times(shown, sign_of(c))
            return

    def _argument(self, like: Generator, value: Poly) -> Element | None:
        """What the function of a generator takes this value at."""
        start, at = STARTS[like.kind]
        if value == start:
            return self.tower.constant(fmpq(at))
        for other in self.tower.generators:
            if value == self.tower.gens[other.slot]:
                same = (other.kind, other.order) == (like.kind, like.order)
                return other.inside if same else None
        return None

    def _bounds(self, generator: Generator) -> Shown:
        """A symbol that a number bounds."""
        bounds = self.oracle.ranges.get(generator.slot, Range())
        for end in (bounds.low, bounds.high):
            if end is not None:
                above = self.seen(self.tower.gens[generator.slot] - end)
                terms: list[Product] = [(ONE, [(above, 1)]), (end, ())]
                yield identity(terms), signs_of(terms)

    def _orthant(self, factor: Element, depth: int) -> Shown:
        """The oracle's substitution, in terms of what its new variables stand for."""
        gens, poly, scale = self.tower.gens, factor.num, ONE
        bases: dict[int, Base] = {}
        closed: list[tuple[int, int]] = []
        spare = self.tower.slots
        for shift in self.oracle.shifts:
            v = gens[shift.slot]
            if poly.degrees()[shift.slot]:
                poly = self._moved(poly, shift.slot, v + shift.base)
                bases[shift.slot] = self.seen(v - shift.base)
        for slot, bounds in sorted(self.oracle.ranges.items()):
            v, low, high, degree = gens[slot], bounds.low, bounds.high, poly.degrees()[slot]
            if slot in bases or not degree:
                continue
            if low is not None and high is not None:
                if spare == len(gens):
                    return
                poly = self._moved(poly, slot, v * low + gens[spare] * high, v + gens[spare])
                scale = scale * (high - low) ** int(degree)
                bases[slot], bases[spare] = self.seen(high - v), self.seen(v - low)
                if 0 in bases[slot].signs and 0 in bases[spare].signs:
                    terms: list[Product] = [(high - low, ()), (-ONE, [(bases[slot], 1)])]
                    other = bases[spare]
                    bases[spare] = Base(other.poly, [identity(terms)], other.signs)
                    closed.append((slot, spare))
                spare += 1
            elif low is not None:
                poly, bases[slot] = self._moved(poly, slot, v + low), self.seen(v - low)
            elif high is not None:
                poly, bases[slot] = self._moved(poly, slot, high - v), self.seen(high - v)
        for slot, degree in enumerate(poly.degrees()):
            if degree > 0 and slot not in bases:
                alone = factor.num == gens[slot]
                bases[slot] = self.seen(gens[slot]) if alone else self.base(gens[slot], depth=depth)
        yield from self._by_coefficients(poly, scale, bases, closed)

    def _by_coefficients(
        self, poly: Poly, scale: fmpq, bases: dict[int, Base], closed: list[tuple[int, int]]
    ) -> Shown:
        """Where two closed ends are met, one of t and u is positive: split by t."""
        plain = _products(poly, bases)
        argument, shown = identity(plain, (scale, ())), signs_of(plain)
        strict: Signs = frozenset()
        for sides in itertools.product(CLOSED, repeat=len(closed)):
            at = dict(bases)
            for (t, u), (one, two) in zip(closed, sides, strict=True):
                at[t] = Base(bases[t].poly, [], one)
                at[u] = Base(bases[u].poly, [], two)
            strict = strict | signs_of(_products(poly, at))
        if strict != shown:
            for t, _ in closed:
                argument = ["split", poly_rows(bases[t].poly), [argument]]
        yield argument, strict

    def _moved(self, poly: Poly, slot: int, up: Poly, down: Poly | None = None) -> Poly:
        """`poly` at up/down, times the power of `down` that clears it."""
        parts = self.tower.split(poly, slot)
        total = self.tower.context.constant(0)
        for e, part in parts.items():
            below = self.tower.one_poly if down is None else down ** (max(parts) - e)
            total = total + part * up**e * below
        return total

    def _quadratic(self, factor: Element, depth: int) -> Shown:
        """4 a (a v^2 + b v + c) = (2 a v + b)^2 + (4 a c - b^2)."""
        for generator in self.tower.generators:
            slot = generator.slot
            if generator.kind != "symbol" or int(factor.num.degrees()[slot]) != 2:
                continue
            parts = self.tower.split(factor.num, slot)
            a, b, c = (self._wrap(parts.get(e, 0 * factor.num)) for e in (2, 1, 0))
            gap = (a * c).scaled(fmpq(4)) - b * b
            below = depth - 2 if depth > 1 else 0
            if not self.oracle.sign(gap, below) <= NONNEGATIVE:
                continue
            lead = self.base(a.num, depth=depth - 1)
            root = self.seen(a.num * self.tower.gens[slot] * 2 + b.num)
            terms: list[Product] = [(ONE, [(root, 2)]), (ONE, self._fraction(gap, below))]
            yield identity(terms, (fmpq(4), [(lead, 1)])), over(signs_of(terms), lead.signs)

    def _fraction(self, element: Element, depth: int) -> list[tuple[Base, int]]:
        """The numerator with its proof, over the denominator with its own."""
        powers = [(self.base(element.num, depth=depth), 1)]
        if not element.den.is_one():
            powers.append((self.base(element.den, depth=depth), -1))
        return powers

    def _interval(self, factor: Element) -> Shown:
        """No root between the bounds of the only symbol: pieces of the interval show it."""
        slots = [slot for slot, degree in enumerate(factor.num.degrees()) if degree > 0]
        if len(slots) != 1 or self.tower.generators[slots[0]].kind != "symbol":
            return
        parts = self.tower.split(factor.num, slots[0])
        zero = fmpq(0)
        row = [
            parts[e].leading_coefficient() if e in parts else zero for e in range(1 + max(parts))
        ]
        ends = self.oracle.ranges.get(slots[0], Range())
        found = sign_on_interval(row, ends.low, ends.high, ends.low_open, ends.high_open)
        if found in (POSITIVE, NEGATIVE):
            (side,) = found
            pieces = positive(fmpq_poly(row) * side, ends.low, ends.high)
            if pieces is not None:
                yield self._piecewise(pieces, factor.num, slots[0], side), found

    def _piecewise(self, pieces: Leaf | Halves, poly: Poly, slot: int, side: int) -> Argument:
        v = self.tower.gens[slot]
        if isinstance(pieces, Leaf):
            terms: list[Product] = []
            for c, i, j in pieces.terms:
                ends = ((pieces.high, i), (pieces.low, j))
                powers = [(self.seen(v - end), n) for end, n in ends if end is not None and n]
                terms.append((c * side * (-1) ** i, powers))
            return identity(terms, (pieces.scale, ()))
        value = self._moved(poly, slot, self.tower.context.constant(pieces.at))
        rest = Base(divmod(poly - value, v - pieces.at)[0], [], ANY)
        at: list[Product] = [(ONE, [(self.seen(value), 1)])]
        at.append((ONE, [(self.seen(v - pieces.at), 1), (rest, 1)]))
        halves = (self._piecewise(half, poly, slot, side) for half in (pieces.right, pieces.left))
        return ["split", poly_rows(v - pieces.at), [identity(at)], *([half] for half in halves)]

    def _root(self, factor: Element, depth: int) -> Shown:
        """(a - b g)(a + b g) = a^2 - b^2 r with g^2 = r decides where a and b g disagree."""
        for generator in reversed(self.tower.generators):
            inside = generator.inside
            if generator.kind != "root" or generator.order != 2 or inside is None:
                continue
            if int(factor.num.degrees()[generator.slot]) != 1:
                continue
            parts = self.tower.split(factor.num, generator.slot)
            a, b = (parts.get(e, 0 * factor.num) for e in (0, 1))
            one = self.base(a, depth=depth - 1)
            two = self.base(b * self.tower.gens[generator.slot], depth=depth - 1)
            direct: list[Product] = [(ONE, [(one, 1)]), (ONE, [(two, 1)])]
            yield identity(direct), signs_of(direct)
            wrapped = self._wrap(a), self._wrap(b)
            gap = wrapped[0] * wrapped[0] - wrapped[1] * wrapped[1] * inside
            yield conjugate(one, two, [(ONE, self._fraction(gap, depth - 1))])


def conjugate(one: Base, two: Base, gap: list[Product]) -> tuple[Argument, Signs]:
    """The sign of one + two, by cases and by gap = (one - two) * (one + two)."""
    minus: list[Product] = [(ONE, [(one, 1)]), (-ONE, [(two, 1)])]
    other = Base(one.poly - two.poly, [identity(minus)], ANY)
    both = [identity([(ONE, [(one, 1)]), (ONE, [(two, 1)])]), identity(gap, (ONE, [(other, 1)]))]
    shown: Signs = frozenset()
    for a, b in itertools.product(one.signs, two.signs):
        left, right = frozenset({a}), frozenset({b})
        shown = shown | (
            plus(left, right) & over(signs_of(gap), plus(left, times(right, NEGATIVE)))
        )
    unknown = [base for base in (one, two) if len(base.signs) > 1]
    argument = both[1]
    for base in unknown:
        argument = ["split", poly_rows(base.poly), both if base is unknown[0] else [argument]]
    return argument, shown


def _products(poly: Poly, bases: dict[int, Base]) -> list[Product]:
    """The terms of `poly` with a base for every slot."""
    return [
        (c, [(bases[slot], int(e)) for slot, e in enumerate(monomial) if e])
        for monomial, c in poly.to_dict().items()
    ]


def _normal(poly: Poly) -> tuple[Poly, Signs]:
    """The monic multiple of a polynomial, and the sign of what it was multiplied by."""
    lead = poly.leading_coefficient()
    return poly / lead, sign_of(lead)
