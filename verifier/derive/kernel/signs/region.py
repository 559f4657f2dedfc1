"""**Regions**: a quantity and what the hypotheses say, as polynomials in the tower's generators.

Denominators are cleared by a factor that is positive wherever the quantity has a value:

    quantity * D = num * (D / den),    D a product of positive factors and of even powers.

Generators come with their relation, such as g^n = radicand, and with their sign and range, such as
g > 0 for an exponential. What shares no generator with the quantity, not even through others, is
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Symbol

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.families import kinds
from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.kernel.field.tower import (
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    POSITIVE,
    ZERO,
    Generator,
)
from verifier.derive.kernel.signs import DEPTH
from verifier.derive.kernel.squares.preorder import Fact
from verifier.errors import VerifierError

Op = Literal["==", "!=", ">", ">="]
Bases = tuple[tuple[Element, int], ...]


@dataclass(frozen=True)
class Known:
    """poly `op` 0 wherever the hypotheses hold; `bases` multiply to the poly, unless it is a
    relation of the tower, which has none. What is `built_in` is so by the functions themselves."""

    name: str
    poly: Poly
    op: Op
    bases: Bases = ()
    built_in: bool = False


@dataclass(frozen=True)
class Region:
    """`target` = quantity * `cleared`, which is positive, with what is `known`, in one ring.

    `slots` are the tower's slots of the ring's variables; `exact` says that these are free real
    numbers, so that a point of the ring at which all `known` hold is one of the hypotheses.
    """

    reader: Reader
    slots: tuple[int, ...]
    quantity: Element
    target: Poly
    cleared: Bases
    known: tuple[Known, ...]
    exact: bool

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is known as facts with a sign: what is not zero has a positive square."""
        return tuple(
            Fact(k.poly * k.poly, ">") if k.op == "!=" else Fact(k.poly, k.op) for k in self.known
        )

    def bases(self, number: int) -> Bases:
        """What the fact of this number is a product of; empty for a relation of the tower."""
        known = self.known[number]
        power = 2 if known.op == "!=" else 1
        return tuple((base, exponent * power) for base, exponent in known.bases)

    def allows(self, point: tuple[Any, ...]) -> bool:
        """Whether all that is known holds at `point`."""
        return all(_satisfies(fact.poly(*point), fact.op) for fact in self.known)

    def shown_false(self, point: tuple[fmpq, ...]) -> str:
        """The value of the target at a point that is allowed, in words."""
        labels = [self.reader.tower.generators[slot].label for slot in self.slots]
        where = ", ".join(f"{label} = {value}" for label, value in zip(labels, point, strict=True))
        tail = ", where the hypotheses about these hold" if self.known else ""
        value = self.target(*point)
        return f"it is false: {self.target} is {value} at {where or 'every point'}{tail}."

    def element(self, poly: Poly) -> Element:
        """A polynomial of the ring as an element of the tower, without reducing roots."""
        tower = self.reader.tower
        size = len(tower.gens)
        terms = {}
        for exponents, coefficient in poly.to_dict().items():
            spread = [0] * size
            for slot, exponent in zip(self.slots, exponents, strict=True):
                spread[slot] = int(exponent)
            terms[tuple(spread)] = coefficient
        return Element(tower, tower.context.from_dict(terms), tower.one_poly)

    def poly(self, element: Element) -> Poly:
        """The inverse of `element`, for a polynomial in these slots."""
        return _moved(element.num, self.slots, self.target.context())


def region_of(reader: Reader, quantity: Element, *, also: Iterable[Element] = ()) -> Region:
    """The region of what is known about `quantity`, with the generators in `also`."""
    target, cleared = _cleared(reader, quantity)
    waiting = [*_learned(reader)]
    met = _with_insides(reader, _slots(target).union(*(_slots(e.num) for e in also)))
    near: list[Known] = []
    while True:
        found = [k for k in waiting if k.op != "!=" and _slots(k.poly) & met]
        if not found:
            break
        near += found
        waiting = [k for k in waiting if k not in found]
        met = _with_insides(reader, met.union(*(_slots(k.poly) for k in found)))
    near += [k for k in waiting if k.op == "!=" and _slots(k.poly) <= met]
    generators = [reader.tower.generators[slot] for slot in sorted(met)]
    for generator in generators:
        said = [(k.poly, k.op) for k in near]
        own = generator.kind != "symbol"
        made = [replace(k, built_in=own) for k in _of_generator(reader, generator)]
        near += [k for k in made if (k.poly, k.op) not in said]
    slots = tuple(sorted(met))
    ring = fmpq_mpoly_ctx.get(tuple(g.label for g in generators), Ordering.degrevlex)
    known = tuple(replace(k, poly=_moved(k.poly, slots, ring)) for k in near)
    free = all(_is_free(reader, generator) for generator in generators)
    exact = free and all(len(k.bases) == 1 for k in near)
    return Region(reader, slots, quantity, _moved(target, slots, ring), cleared, known, exact)


def _is_free(reader: Reader, generator: Generator) -> bool:
    """Whether the generator is a symbol that may be any real number."""
    atom = reader.names.get(generator.label)
    return isinstance(atom, Symbol) and not atom.is_integer


def _learned(reader: Reader) -> Iterator[Known]:
    """Hypotheses as polynomials, > 0 or >= 0."""
    for relation in reader.learned:
        gap = reader.read(relation.lhs) - reader.read(relation.rhs)
        if gap.is_zero or gap.rational is not None:
            continue
        down = relation.op in ("<", "<=")
        poly, cleared = _cleared(reader, -gap if down else gap)
        op: Op = {"<": ">", "<=": ">="}.get(relation.op, relation.op)  # type: ignore[assignment]
        yield Known(str(relation), poly, op, ((-gap if down else gap, 1), *cleared))


def _cleared(reader: Reader, element: Element) -> tuple[Poly, Bases]:
    """element * D as a polynomial, and the factors of D with their exponents."""
    tower = reader.tower
    bases: list[tuple[Element, int]] = []
    num, den = element.num, element.den
    total = tower.one_poly
    for poly, exponent in () if den.is_constant() else den.factor()[1]:
        factor = Element(tower, poly, tower.one_poly)
        sign = reader.sign(factor)
        if sign == NEGATIVE:
            factor = -factor
        power = int(exponent)
        if sign not in (POSITIVE, NEGATIVE):
            power += power % 2
        bases.append((factor, power))
        total = total * factor.num**power
    whole = Element.make(tower, num * total, den)
    return whole.num / whole.den.leading_coefficient(), tuple(bases)


def _of_generator(reader: Reader, generator: Generator) -> Iterator[Known]:
    """The relation, the range and the sign of one generator."""
    tower, slot, label = reader.tower, generator.slot, generator.label
    itself = Element(tower, tower.gens[slot], tower.one_poly)
    if slot in tower.relations:
        order, value = tower.relations[slot]
        yield Known(f"{label}^{order} = {value}", _relation(itself, order, value), "==")
        if order == 2:
            for side in _sides(reader, itself, value):
                yield Known(f"{side} >= 0", side.num, ">=", ((side, 1),))
    for end, is_open, sense in _ends(reader, generator):
        gap = (itself - tower.constant(end)).scaled(fmpq(sense))
        op: Op = ">" if is_open else ">="
        yield Known(f"{gap} {op} 0", gap.num, op, ((gap, 1),))
    if generator.kind == "symbol":
        return
    sign_of = reader.oracle.slot_sign(slot, DEPTH)
    if sign_of <= NONPOSITIVE:
        itself = -itself
    if sign_of != ZERO and (sign_of <= NONNEGATIVE or sign_of <= NONPOSITIVE):
        op = ">" if 0 not in sign_of else ">="
        yield Known(f"{itself} {op} 0", itself.num, op, ((itself, 1),))


def _relation(itself: Element, order: int, value: Element) -> Poly:
    return itself.num**order * value.den - value.num


def _sides(reader: Reader, root: Element, square: Element) -> Iterator[Element]:
    """g - s and g + s where g = sqrt(s^2) and nothing is known of the sign of s."""
    tower = reader.tower
    if tower.generators[_slots(root.num).pop()].kind != "root" or not square.den.is_one():
        return
    constant, factors = tower.factors(square)
    if constant != 1 or any(exponent % 2 for _, exponent in factors):
        return
    side = tower.one
    for factor, exponent in factors:
        side = side * factor.power(exponent // 2)
    yield root - side
    yield root + side


def _ends(reader: Reader, generator: Generator) -> Iterator[tuple[fmpq, bool, int]]:
    """Ends of the range, whether they are left out, and 1 below or -1 above."""
    kind, bounds = kinds().get(generator.kind), reader.oracle.ranges.get(generator.slot)
    if kind is not None:
        ends = ((kind.low, not kind.closed, 1), (kind.high, not kind.closed, -1))
    elif bounds is not None:
        ends = ((bounds.low, bounds.low_open, 1), (bounds.high, bounds.high_open, -1))
    else:
        return
    for end, is_open, sense in ends:
        if end is not None and (end != 0 or generator.kind == "symbol"):
            yield end, is_open, sense


def _with_insides(reader: Reader, slots: set[int]) -> set[int]:
    """With the generators in the relations of these, such as radicands."""
    found, todo = set(slots), list(slots)
    while todo:
        _, value = reader.tower.relations.get(todo.pop(), (0, reader.tower.one))
        new = (_slots(value.num) | _slots(value.den)) - found
        found |= new
        todo += new
    return found


def _slots(poly: Poly) -> set[int]:
    return {slot for slot, degree in enumerate(poly.degrees()) if degree > 0}


def _moved(poly: Poly, slots: tuple[int, ...], ring: Any) -> Poly:
    if _slots(poly) - set(slots):
        raise VerifierError(f"{poly} has other generators than the slots {slots}.")
    terms = {tuple(exponents[s] for s in slots): c for exponents, c in poly.to_dict().items()}
    return ring.from_dict(terms)


def _satisfies(value: Any, op: Op) -> bool:
    signs = SIGNS[op]
    return (value > 0) - (value < 0) in signs
