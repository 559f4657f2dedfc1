"""**Sums in normal form**: what is summed is split into products of generators over one index each.

    sum_i (a x_i + b) = a S[x] + n b,      sum_i sum_j x_i y_j = S[x] S[y],

with S[x] a generator, `a` and `b` free of the index, and indices named in one canonical way. A
sum over several indices that do not come apart is one generator, the same for every order. Powers
of the index alone have their closed form (Faulhaber). Everything holds for every size.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.renaming import indices_in, indices_of, moved
from verifier.derive.kernel.field.signsets import NONNEGATIVE
from verifier.derive.kernel.sums.faulhaber import faulhaber
from verifier.derive.kernel.sums.ranges import Index, Over
from verifier.exact.families import Delta

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader

MOST = 4  # indices of one sum that are brought into order
Factor = tuple[Element, int]
Indices = tuple[Index, ...]
Monomial = tuple[tuple[int, int], ...]  # (slot, exponent) of generators on an index
Rows = dict[Monomial, Poly]


def summed(reader: Reader, element: Element, indices: Indices) -> Element:
    """The sum of `element` over all values of the indices."""
    total = reader.tower.zero
    names = frozenset(index.name for index in indices)
    for outside, factors in _terms(element, names):
        total = total + outside * _of_product(reader, factors, indices)
    return total


def _terms(element: Element, names: frozenset[str]) -> Iterator[tuple[Element, list[Factor]]]:
    """(what is free of the indices, factors on which they are), one for each summand."""
    tower = element.tower
    constant, divisors = element.den.factor()
    outside = tower.constant(1 / fmpq(constant))
    below: list[Factor] = []
    for poly, multiplicity in divisors:
        part = Element(tower, poly, tower.one_poly)
        if indices_of(part) & names:
            below.append((part, int(multiplicity)))
        else:
            outside = outside * _inverse(part).power(int(multiplicity))
    for top, divisor in _divided(element.num, below, names):
        for bound, free in _by_monomial(tower, top, names).items():
            factors = [(tower.element_of(tower.generators[s]), e) for s, e in bound]
            factors += [(part, -multiplicity) for part, multiplicity in divisor]
            yield outside * Element(tower, free, tower.one_poly), factors


def _inverse(part: Element) -> Element:
    """1/part, which is not zero by a condition of what it came from."""
    return Element.make(part.tower, part.den, part.num)


def _by_monomial(tower: Any, poly: Poly, names: frozenset[str]) -> Rows:
    """Coefficients free of the indices, by powers of the generators that depend on them."""
    bound_slots = {
        slot
        for slot, degree in enumerate(poly.degrees())
        if degree > 0 and indices_in(tower.generators[slot]) & names
    }
    parts: dict[Monomial, dict[tuple[int, ...], Any]] = {}
    for monomial, coefficient in poly.to_dict().items():
        bound = tuple((s, int(e)) for s, e in enumerate(monomial) if e and s in bound_slots)
        rest = tuple(0 if s in bound_slots else int(e) for s, e in enumerate(monomial))
        parts.setdefault(bound, {})[rest] = coefficient
    return {bound: tower.context.from_dict(terms) for bound, terms in parts.items()}


def _divided(
    top: Poly, below: list[Factor], names: frozenset[str]
) -> Iterator[tuple[Poly, list[Factor]]]:
    """num/f^m = r_0/f^m + r_1/f^(m-1) + ..., where the leading monomial of f divides no r_k.

    Monomials are those in generators that depend on the indices; that of f must have a number as
    its coefficient. Then the r_k are unique, as one polynomial is a Groebner basis.
    """
    if len(below) != 1:
        yield top, below
        return
    ((factor, multiplicity),) = below
    tower = factor.tower
    by = _by_monomial(tower, factor.num, names)
    lead = max(by, key=_order)
    related = {slot for bound in by for slot, _ in bound} & tower.relations.keys()
    if not by[lead].is_constant() or related:
        yield top, below
        return
    rows = _by_monomial(tower, top, names)
    while multiplicity > 0 and rows:
        rows, rest = _divide(rows, by, lead)
        if rest:
            yield _collected(tower, rest), [(factor, multiplicity)]
        multiplicity -= 1
    if rows:
        yield _collected(tower, rows), [(factor, multiplicity)] if multiplicity else []


def _order(monomial: Monomial) -> tuple[int, Monomial]:
    """By degree, then by the latest generators."""
    return sum(e for _, e in monomial), tuple(sorted(monomial, reverse=True))


def _divide(top: Rows, by: Rows, lead: Monomial) -> tuple[Rows, Rows]:
    left, quotient, rest = dict(top), dict[Monomial, Poly](), dict[Monomial, Poly]()
    number = fmpq(by[lead].leading_coefficient())
    while left:
        monomial = max(left, key=_order)
        step = _quotient(monomial, lead)
        if step is None:
            rest[monomial] = left.pop(monomial)
            continue
        c = left[monomial] * (1 / number)
        quotient[step] = quotient[step] + c if step in quotient else c
        for other, coefficient in by.items():
            product = _times(step, other)
            value = left.get(product, 0 * c) - c * coefficient
            if value.is_zero():
                left.pop(product, None)
            else:
                left[product] = value
    return {m: c for m, c in quotient.items() if not c.is_zero()}, rest


def _quotient(monomial: Monomial, by: Monomial) -> Monomial | None:
    held = dict(monomial)
    for slot, exponent in by:
        held[slot] = held.get(slot, 0) - exponent
    if min(held.values(), default=0) < 0:
        return None
    return tuple(sorted((slot, e) for slot, e in held.items() if e))


def _times(one: Monomial, two: Monomial) -> Monomial:
    held = dict(one)
    for slot, exponent in two:
        held[slot] = held.get(slot, 0) + exponent
    return tuple(sorted(held.items()))


def _collected(tower: Any, rows: Rows) -> Poly:
    total = tower.context.constant(0)
    for monomial, coefficient in rows.items():
        for slot, exponent in monomial:
            coefficient = coefficient * tower.gens[slot] ** exponent
        total = total + coefficient
    return total


def _of_product(reader: Reader, factors: list[Factor], indices: Indices) -> Element:
    """Factors on different indices come apart; sums inside are taken over the same factors."""
    factors, indices = _flat(reader, factors, indices)
    factors, indices = _collapsed(reader, factors, indices)
    total = reader.tower.one
    for held, own in _components(factors, indices):
        total = total * _one_sum(reader, held, own)
    return total


def _flat(reader: Reader, factors: list[Factor], indices: Indices) -> tuple[list[Factor], Indices]:
    """S_j[h]^e becomes e factors h over new indices, where its range moves with no index here."""
    here = frozenset(index.name for index in indices)
    taken = here.union(*(indices_of(part) for part, _ in factors))
    out: list[Factor] = []
    for part, exponent in factors:
        generator = reader.tower.alone(part)
        over = generator.about if generator is not None and generator.kind == "sum" else None
        if generator is None or over is None or exponent < 0 or over.ends & here:
            out.append((part, exponent))
            continue
        for _ in range(exponent):
            own = _renumbered(over.indices, taken)
            taken |= {index.name for index in own}
            table = {a.symbol: b.symbol for a, b in zip(over.indices, own, strict=True)}
            inside = moved(reader, generator.argument, table)
            constant, pairs = reader.tower.factors(inside)
            out += [*pairs, (reader.tower.constant(constant), 1)]
            indices = (*indices, *own)
    return out, indices


def _renumbered(indices: Sequence[Index], taken: frozenset[str]) -> Indices:
    """The indices under the first numbers that are not taken."""
    out: list[Index] = []
    for index in indices:
        named = (index.named(number) for number in itertools.count(1))
        new = next(i for i in named if i.name not in taken)
        taken |= {new.name}
        out.append(new)
    return tuple(out)


def _collapsed(
    reader: Reader, factors: list[Factor], indices: Indices
) -> tuple[list[Factor], Indices]:
    """sum_i [i=k] f_i = f_k for an index i that runs through all members, of which k is one."""
    for index, (part, _) in itertools.product(indices, factors):
        other = _other_end(reader, part, index)
        if other is not None:
            table = {index.symbol: other}
            left = [(moved(reader, f, table), e) for f, e in factors if f is not part]
            return _collapsed(reader, left, tuple(i for i in indices if i is not index))
    return factors, indices


def _other_end(reader: Reader, part: Element, index: Index) -> Expr | None:
    """k, when the factor is [i=k] for members of a family through which the index i runs."""
    generator = reader.tower.alone(part)
    delta = None if generator is None else reader.names.get(generator.label)
    if not isinstance(delta, Delta) or (index.lower, index.upper) != (1, delta.size):
        return None
    ends = [end for end in delta.ends if end != index.symbol]
    return ends[0] if len(ends) == 1 else None


def _components(
    factors: list[Factor], indices: Indices
) -> Iterator[tuple[list[Factor], list[Index]]]:
    """Factors that share an index, directly or through others, each with their indices."""
    on = [(factor, indices_of(factor[0])) for factor in factors]
    names = {index.name for index in indices}
    yield [factor for factor, held in on if not held & names], []
    left = list(indices)
    while left:
        own, found = {left[0].name}, list[Factor]()
        while near := [(f, held) for f, held in on if held & own and f not in found]:
            found += [f for f, _ in near]
            own |= names.intersection(*[frozenset().union(*(held for _, held in near))])
        yield found, [index for index in left if index.name in own]
        left = [index for index in left if index.name not in own]


def _one_sum(reader: Reader, factors: list[Factor], indices: list[Index]) -> Element:
    term = reader.tower.one
    for part, exponent in factors:
        term = term * (part if exponent > 0 else _inverse(part)).power(abs(exponent))
    if not indices:
        return term
    closed = _closed_form(reader, factors, indices)
    return closed if closed is not None else generator_over(reader, "sum", term, indices)


def _closed_form(reader: Reader, factors: list[Factor], indices: list[Index]) -> Element | None:
    """sum_(i=a)^b i^p = F_p(b) - F_p(a - 1), where there is no step back: b >= a - 1."""
    if len(indices) != 1 or not reader.sign(indices[0].count) <= NONNEGATIVE:
        return None
    (index,), power = indices, 0
    for part, exponent in factors:
        generator = reader.tower.alone(part)
        if exponent < 0 or generator is None or generator.label != index.name:
            return None
        power += exponent
    before = reader.read(index.lower) - reader.tower.one
    return faulhaber(power, reader.read(index.upper)) - faulhaber(power, before)


def generator_over(reader: Reader, kind: str, term: Element, indices: Sequence[Index]) -> Element:
    """The generator of the sum or product of `term`, its indices in canonical order."""
    taken = indices_of(term) - {index.name for index in indices}
    found = []
    for order in _orders(indices):
        named = _renumbered(order, taken)
        table = {a.symbol: b.symbol for a, b in zip(order, named, strict=True)}
        inside = moved(reader, term, table)
        label = f"{kind}[{', '.join(index.name for index in named)}]({inside})"
        found.append((label, inside, named))
    label, inside, named = min(found, key=lambda one: one[0])
    many = reader.tower.zero
    for index in named:
        many = many + index.count
    about = Over(named, reader, AGAIN[kind])
    return reader.tower.generator(kind, label, 0, inside, many, about)


def _orders(indices: Sequence[Index]) -> Iterator[Sequence[Index]]:
    by_range = sorted(indices, key=lambda index: index.range)
    if len(by_range) > MOST:
        yield by_range
        return
    groups = [list(same) for _, same in itertools.groupby(by_range, key=lambda i: i.range)]
    for choice in itertools.product(*(itertools.permutations(group) for group in groups)):
        yield [index for group in choice for index in group]


def multiplied(reader: Reader, element: Element, indices: Indices) -> Element:
    """The product of `element` over all values of the indices: factor by factor."""
    names = frozenset(index.name for index in indices)
    constant, factors = reader.tower.factors(element)
    rest, total = reader.tower.constant(constant), reader.tower.one
    for part, exponent in factors:
        if indices_of(part) & names:
            flipped = part if exponent > 0 else _inverse(part)
            one = generator_over(reader, "product", flipped, indices)
            total = total * one.power(abs(exponent))
        else:
            rest = rest * (part if exponent > 0 else _inverse(part)).power(abs(exponent))
    if rest.rational == 1:
        return total
    return total * generator_over(reader, "product", rest, indices)


AGAIN = {"sum": summed, "product": multiplied}
