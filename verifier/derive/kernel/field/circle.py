"""**The circle**: cosine and sine of sums by the addition theorem, and of multiples of pi.

Each term of an angle is a whole multiple of one unit angle; when a finer unit is needed, what was
made of the old one is rewritten. s^2 = 1 - c^2 for the pair of a unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import terms, unit
from verifier.derive.kernel.field.functions.power import minus_one_to
from verifier.derive.kernel.field.roots import constant_root
from verifier.errors import UnsupportedError

if TYPE_CHECKING:
    from verifier.derive.kernel.field.tower import Generator, Tower

Pair = tuple[Element, Element]  # (cosine, sine)
MOST = 64
HALF = fmpq(1, 2)


def pi(tower: Tower) -> Element:
    """The number pi, known by its bounds."""
    return tower.generator("pi", "π")


def cos_sin(tower: Tower, angle: Element) -> Pair:
    """The cosine and the sine of an angle."""
    total: Pair = (tower.one, tower.zero)
    for base, coefficient in terms(angle, "circle"):
        total = _add(total, _of_term(tower, base, coefficient))
    return total


def partner(tower: Tower, generator: Generator) -> Element:
    """The sine of the angle of a cosine, or the cosine of that of a sine."""
    other = "sin" if generator.kind == "cos" else "cos"
    return tower.generator(other, f"{other}({generator.argument})", 0, generator.argument)


def _of_term(tower: Tower, base: Element, coefficient: fmpq) -> Pair:
    p, q = int(coefficient.p), int(coefficient.q)
    alone = tower.alone(base)
    if alone is not None and alone.kind == "pi":
        return _of_pi(tower, base, coefficient)
    whole = _whole_turns(tower, base) if q == 1 else None
    if whole is not None:
        return minus_one_to(tower, whole, p), tower.zero
    if alone is not None and q == 1 and alone.kind in ("atan", "asin"):
        return _multiple(_of_inverse(tower, alone), p)
    return _of_unit(tower, base, coefficient)


def _whole_turns(tower: Tower, base: Element) -> Element | None:
    """n for the angle n pi, where n is a product of whole numbers."""
    made = tower.by_label.get("π")
    if made is None or not base.den.is_one():
        return None
    ((exponents, _),) = base.num.to_dict().items()
    used = {slot for slot, e in enumerate(exponents) if e}
    if exponents[made.slot] != 1 or not used <= tower.whole | {made.slot}:
        return None
    rest = (*exponents[: made.slot], 0, *exponents[made.slot + 1 :])
    return Element(tower, tower.context.from_dict({rest: fmpq(1)}), tower.one_poly)


def _of_unit(tower: Tower, base: Element, coefficient: fmpq) -> Pair:
    p, q = int(coefficient.p), int(coefficient.q)
    fine, before = unit(tower, "circle", base, q)
    pair = _generators(tower, base, fine)
    if before is not None:
        finer = _multiple(pair, fine // before)
        for old, new in zip(_generators(tower, base, before), finer, strict=True):
            made = tower.alone(old)
            if made is not None:
                tower.relate(made, 1, new)
    return _multiple(pair, p * fine // q)


def _generators(tower: Tower, base: Element, q: int) -> Pair:
    angle = base.scaled(fmpq(1, q))
    cosine = tower.generator("cos", f"cos({angle})", 0, angle)
    is_new = f"sin({angle})" not in tower.by_label
    sine = tower.generator("sin", f"sin({angle})", 0, angle)
    if is_new:
        tower.relate(tower.by_label[f"sin({angle})"], 2, tower.one - cosine * cosine)
    return cosine, sine


def _of_inverse(tower: Tower, generator: Generator) -> Pair:
    """sin(asin u) = u, cos(asin u) = sqrt(1 - u^2) and tan(atan u) = u, cos(atan u) > 0."""
    u = generator.argument
    with tower.follows():
        if generator.kind == "asin":
            return tower.root(tower.one - u * u, 2), u
        cosine = tower.one.over(tower.root(tower.one + u * u, 2))
        return cosine, u * cosine


def _of_pi(tower: Tower, base: Element, coefficient: fmpq) -> Pair:
    p, q = int(coefficient.p), int(coefficient.q)
    pair = _of_part(tower, q)
    return _of_unit(tower, base, coefficient) if pair is None else _multiple(pair, p % (2 * q))


def _of_part(tower: Tower, q: int) -> Pair | None:
    """cos(pi/q) and sin(pi/q) in radicals, for q = 1, 3, 5 and their doubles."""
    one = tower.one
    if q == 1:
        return -one, tower.zero
    if q == 3:
        return one.scaled(HALF), constant_root(tower, fmpq(3, 4), 2)
    with tower.follows():
        if q == 5:
            cosine = (one + constant_root(tower, fmpq(5), 2)).scaled(fmpq(1, 4))
            return cosine, tower.root(one - cosine * cosine, 2)
        twice = _of_part(tower, q // 2) if q % 2 == 0 else None
        if twice is None:
            return None
        return tuple(tower.root((one + c).scaled(HALF), 2) for c in (twice[0], -twice[0]))  # type: ignore[return-value]


def _multiple(pair: Pair, times: int) -> Pair:
    """(c + i s)^times."""
    if abs(times) > MOST:
        raise UnsupportedError(f"{abs(times)} times one angle is too much: the most is {MOST}.")
    one = pair[0].tower.one
    total: Pair = (one, pair[0].tower.zero)
    for _ in range(abs(times)):
        total = _add(total, pair)
    return total if times >= 0 else (total[0], -total[1])


def _add(one: Pair, two: Pair) -> Pair:
    (c, s), (d, t) = one, two
    return c * d - s * t, s * d + c * t
