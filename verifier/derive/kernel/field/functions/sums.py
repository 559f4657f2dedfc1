"""**Families, sums and products over an index**: x[i], sum_i f_i and prod_i f_i.

A sum has the sign of what is summed, once it has a term; its derivative is taken inside. The last
terms of a sum to n + 1 stand apart where the sum to n is not empty in the other direction.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sympy
from sympy import Expr

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.families import Family, Kind
from verifier.derive.kernel.field.signsets import ANY, NONNEGATIVE, POSITIVE, Signs
from verifier.derive.kernel.sums.normal import multiplied, summed
from verifier.derive.kernel.sums.ranges import Over, index_over
from verifier.errors import StatementError, UnsupportedError
from verifier.exact.families import Delta, Entry
from verifier.exact.statements import Relation
from verifier.exact.sums import LONGEST, Multiplied, Summed, renamed

if TYPE_CHECKING:
    from verifier.derive.kernel.field.reader import Reader
    from verifier.derive.kernel.field.tower import Generator, Tower
    from verifier.derive.kernel.signs import SignOracle


def read_entry(reader: Reader, args: tuple[Expr, ...]) -> Element:
    entry = Entry(*args)
    reader.everywhere.meet(reader, entry.index, frozenset({entry.size}))
    if entry in reader.equal:
        return reader.read(reader.equal[entry])
    return reader.tower.symbol(reader.label(entry))


def read_delta(reader: Reader, args: tuple[Expr, ...]) -> Element:
    """[i=k] is 1 or 0, and its own square."""
    delta = Delta(*args)
    if not isinstance(delta, Delta):
        return reader.read(delta)
    apart = (Relation("!=", *delta.ends), Relation("!=", *reversed(delta.ends)))
    if any(relation in reader.learned for relation in apart):
        return reader.tower.zero
    label = reader.label(delta)
    made = reader.tower.symbol(label)
    reader.tower.relations.setdefault(reader.tower.by_label[label].slot, (2, made))
    return made


def read_sum(reader: Reader, args: tuple[Expr, ...]) -> Element:
    whole = Summed(*args)
    parts = _taken_apart(reader, whole)
    if parts is None:
        return summed(reader, *_under_index(reader, whole))
    rest, sign, ends = parts
    total = reader.tower.zero if rest is None else reader.read(rest)
    for end in ends:
        term = reader.read(end)
        total = total + (term if sign > 0 else -term)
    return total


def read_product(reader: Reader, args: tuple[Expr, ...]) -> Element:
    whole = Multiplied(*args)
    parts = _taken_apart(reader, whole)
    if parts is None:
        return multiplied(reader, *_under_index(reader, whole))
    rest, sign, ends = parts
    total = reader.tower.one if rest is None else reader.read(rest)
    for end in ends:
        term = reader.read(end)
        total = total * term if sign > 0 else total.over(term)
    return total


def _taken_apart(
    reader: Reader, whole: Summed | Multiplied
) -> tuple[Expr | None, int, list[Expr]] | None:
    """(the same up to a plainer end, 1 or -1, terms at the end that are added or taken away).

    Over numbers nothing is left but the terms.
    """
    lower, upper = whole.lower, whole.upper
    if lower.is_Integer and upper.is_Integer:
        if upper - lower >= LONGEST:
            raise UnsupportedError(f"{whole} has more than {LONGEST} terms.")
        return None, 1, [whole.at(n) for n in range(int(lower), int(upper) + 1)]
    steps = upper.as_coeff_Add()[0]
    if steps == 0 or not steps.is_Integer or abs(steps) > LONGEST:
        return None
    base = upper - steps
    last = base if steps > 0 else upper
    if not reader.shows(Relation(">=", last, lower - 1)):
        return None
    places = range(1, int(steps) + 1) if steps > 0 else range(0, int(steps), -1)
    try:
        ends = [whole.at(base + t) for t in places]
    except StatementError:
        return None
    return whole.func(whole.body, whole.index, lower, base), 1 if steps > 0 else -1, ends


def _under_index(reader: Reader, whole: Summed | Multiplied) -> tuple[Element, tuple[Any, ...]]:
    """The element of the body at an index of which nothing is known but its range."""
    _check_inside(whole)
    index = index_over(reader, whole.lower, whole.upper, int(str(whole.index)[1:-1]))
    named = (index.named(number) for number in itertools.count(int(str(whole.index)[1:-1])))
    index = next(one for one in named if one.symbol not in whole.body.free_symbols)
    reader.everywhere.meet(reader, index.symbol, _sizes(whole))
    bare = whole.body.replace(lambda e: isinstance(e, Entry), lambda e: sympy.Integer(1))
    if whole.index in bare.free_symbols and reader.sign(index.count) == POSITIVE:
        ends = (
            Relation(">=", index.symbol, whole.lower),
            Relation("<=", index.symbol, whole.upper),
        )
        reader.assume(end for end in ends if end not in reader.learned)
    return reader.read(renamed(whole.body, whole.index, index.symbol)), (index,)


def _sizes(whole: Summed | Multiplied) -> frozenset[Expr]:
    """Sizes of families in whose range the index stays, which starts at 1 or later."""
    steps = whole.upper.as_coeff_Add()[0] if not whole.upper.is_Integer else sympy.Integer(0)
    return frozenset({whole.upper - steps} if steps <= 0 else ())


def _check_inside(whole: Summed | Multiplied) -> None:
    for entry in whole.body.atoms(Entry):
        if entry.index != whole.index or entry.size == sympy.oo:
            continue
        beyond = whole.upper - entry.size
        if not (beyond.is_Integer and beyond <= 0):
            raise UnsupportedError(f"{whole} leaves the range 1..{entry.size} of `{entry.name}`.")


def _rate(generator: Generator, derive: Callable[[Element], Element]) -> Element:
    over = _over(generator)
    return summed(over.reader, derive(generator.argument), over.indices)


def _product_rate(generator: Generator, derive: Callable[[Element], Element]) -> Element:
    if derive(generator.argument).is_zero:
        return generator.argument.tower.zero
    raise UnsupportedError(f"The derivative of the product `{generator.label}` is not taken.")


def _no_slope(tower: Tower, generator: Generator) -> Element:
    raise UnsupportedError(f"`{generator.label}` is no function of one argument.")


def _over(generator: Generator) -> Over:
    if not isinstance(generator.about, Over):
        raise UnsupportedError(f"`{generator.label}` runs over nothing.")
    return generator.about


def _copy(reader: Reader, generator: Generator, move: Callable[[Element], Element]) -> Element:
    """The same over what is moved, in the tower of `reader`, where its indices are free symbols."""
    over = _over(generator)
    for label, expr in over.reader.names.items():
        if "{" in label:
            reader.names.setdefault(label, expr)
    own = []
    for index in over.indices:
        number = int(index.name[1:].partition(":")[0])
        own.append(index_over(reader, index.lower, index.upper, number))
    return over.again(reader, move(generator.argument), tuple(own))


def _sum_signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    inside = oracle.sign(generator.argument, depth - 1) if depth else ANY
    if {-1, 1} <= inside:
        return ANY
    counts = [oracle.sign(index.count, depth - 1) for index in _over(generator).indices]
    return inside if all(count == POSITIVE for count in counts) else inside | {0}


def _product_signs(oracle: SignOracle, generator: Generator, depth: int) -> Signs:
    inside = oracle.sign(generator.argument, depth - 1) if depth else ANY
    if inside <= NONNEGATIVE:
        return POSITIVE if inside == POSITIVE else NONNEGATIVE
    return ANY if 0 in inside else frozenset({-1, 1})


def _together(oracle: SignOracle, factor: Element, depth: int) -> Signs:
    """c + sum_k a_k S[f_k] over one range of n > 0 indices is sum_i (c/n + sum_k a_k f_k(i))."""
    tower = oracle.tower
    sums = [g for g in tower.generators if g.kind == "sum" and factor.num.degrees()[g.slot]]
    if not depth or not sums or any(len(_over(g).indices) != 1 for g in sums):
        return ANY
    (index,) = _over(sums[0]).indices
    if any(_over(g).indices[0].name != index.name for g in sums):
        return ANY
    rest, inside = factor.num, tower.zero
    for generator in sums:
        parts = tower.split(rest, generator.slot)
        if max(parts) > 1 or any(parts[1].degrees()[g.slot] for g in sums):
            return ANY
        weight = Element(tower, parts[1], tower.one_poly)
        inside = inside + weight * generator.argument
        rest = parts.get(0, tower.context.constant(0))
    apart = Element(tower, rest, tower.one_poly)
    many = oracle.sign(index.count, depth - 1)
    if many != POSITIVE:
        known = oracle.sign(inside, depth - 1) if apart.is_zero else ANY
        return known | {0} if not {-1, 1} <= known else ANY
    known = oracle.sign(inside * index.count + apart, depth - 1)
    return ANY if {-1, 1} <= known else known


FAMILY = Family(
    reads={Entry: read_entry, Delta: read_delta, Summed: read_sum, Multiplied: read_product},
    kinds=(
        Kind("sum", slope=_no_slope, copy=_copy, signs=_sum_signs, rate=_rate),
        Kind("product", slope=_no_slope, copy=_copy, signs=_product_signs, rate=_product_rate),
    ),
    attempts=(_together,),
)
