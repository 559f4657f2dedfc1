"""**Checker**: replays certificates of derivations with nothing but the standard library.

It knows neither sympy nor flint and shares no code with the engine: polynomials are dictionaries
over `fractions.Fraction`, factorisations are multiplied out, signs are proved again from the
stated hypotheses. A certificate says *how* a goal follows; this program says *whether* it does.
Run it alone: `python checker.py DIR`.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

Monomial = tuple[tuple[int, int], ...]
Poly = dict[Monomial, Fraction]
Ratio = tuple[Poly, Poly]
Signs = frozenset[int]

FORMAT = 1
ANY, ZERO, POS, NEG = frozenset({-1, 0, 1}), frozenset({0}), frozenset({1}), frozenset({-1})
NONNEG, NONPOS, NONZERO = frozenset({0, 1}), frozenset({-1, 0}), frozenset({-1, 1})
OPS = {"==": ZERO, "!=": NONZERO, "<": NEG, "<=": NONPOS, ">": POS, ">=": NONNEG}
ONE: Poly = {(): Fraction(1)}
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


class Rejected(Exception):
    """The certificate does not show what it claims; the message names the first fault."""


def check(certificate: Any) -> None:
    """Raise `Rejected` unless the certificate proves its goal from its hypotheses."""
    try:
        _Replay(certificate).run()
    except Rejected:
        raise
    except _MALFORMED as fault:
        raise Rejected(f"malformed: {type(fault).__name__}: {fault}") from fault


def add(p: Poly, q: Poly, factor: Fraction = Fraction(1)) -> Poly:
    total = dict(p)
    for monomial, c in q.items():
        c = total.get(monomial, Fraction(0)) + c * factor
        if c:
            total[monomial] = c
        else:
            total.pop(monomial, None)
    return total


def mul(p: Poly, q: Poly) -> Poly:
    total: Poly = {}
    for a, c in p.items():
        for b, d in q.items():
            powers = dict(a)
            for slot, e in b:
                powers[slot] = powers.get(slot, 0) + e
            key = tuple(sorted(powers.items()))
            total[key] = total.get(key, Fraction(0)) + c * d
    return {m: c for m, c in total.items() if c}


def power(p: Poly, n: int) -> Poly:
    result = ONE
    for _ in range(n):
        result = mul(result, p)
    return result


def split(p: Poly, slot: int) -> dict[int, Poly]:
    parts: dict[int, Poly] = {}
    for monomial, c in p.items():
        powers = dict(monomial)
        e = powers.pop(slot, 0)
        parts.setdefault(e, {})[tuple(sorted(powers.items()))] = c
    return parts


def slots_of(p: Poly) -> set[int]:
    return {slot for monomial in p for slot, _ in monomial}


def plus(one: Ratio, two: Ratio, factor: Fraction = Fraction(1)) -> Ratio:
    return add(mul(one[0], two[1]), mul(two[0], one[1]), factor), mul(one[1], two[1])


def times(one: Ratio, two: Ratio) -> Ratio:
    return mul(one[0], two[0]), mul(one[1], two[1])


def constant(value: Fraction | int) -> Poly:
    return {(): Fraction(value)} if value else {}


def variable(slot: int, exponent: int = 1) -> Poly:
    return {((slot, exponent),): Fraction(1)} if exponent else ONE


def substitute(p: Poly, slot: int, value: Poly) -> Poly:
    total: Poly = {}
    for e, part in split(p, slot).items():
        total = add(total, mul(part, power(value, e)))
    return total


def whole(value: Any, least: int | None = None) -> int:
    if type(value) is not int or (least is not None and value < least):
        raise Rejected(f"{value!r:.30} is no whole number that may stand here")
    return value


def rational(text: Any) -> Fraction:
    if type(text) is not str or not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", text):
        raise Rejected(f"{text!r:.30} is no rational number")
    return Fraction(text)


class _Replay:
    """One certificate: its generators, its hypotheses, and the goal that they must give."""

    def __init__(self, data: Any) -> None:
        if data["format"] != FORMAT:
            raise Rejected(f"format {data['format']!r}; this checker reads format {FORMAT}")
        self.data = data
        self.gens: list[dict[str, Any]] = []
        self.inside: list[Ratio | None] = []
        self.facts: list[tuple[Ratio, Signs, int]] = []
        self.limit = len(data["generators"])
        self.top = -1
        self.moving: frozenset[int] = frozenset()
        self.atoms: set[int] = set()

    def run(self) -> None:
        self._generators()
        for equation in self.data["equal"]:
            if self.gens[self.slot(equation["atom"])]["kind"] != "symbol":
                raise Rejected("an equation replaces what is no symbol")
            self.atoms.add(equation["atom"])
        for hypothesis in self.data["hypotheses"]:
            self.top = -1
            value = self.reduce(self.read(hypothesis["tree"]))
            self.facts.append((value, OPS[hypothesis["op"]], self.top))
        for index, generator in enumerate(self.gens):
            self.limit = index
            self._defined(index, generator)
        self.limit = len(self.gens)
        for row in range(len(self.data["equal"])):
            self._equation(row)
        goal = self.data["goal"]
        value = self.read(goal["tree"])
        for tree in goal.get("also", ()):
            self.read(tree)
        if goal["kind"] == "zero":
            if self.reduce(value)[0]:
                raise Rejected("the goal is not zero in the field")
        elif goal["kind"] == "sign":
            if not self.prove(value, goal["proof"]) <= OPS[goal["op"]]:
                raise Rejected("the proof does not give the sign of the goal")
        elif goal["kind"] != "defined":
            raise Rejected(f"unknown goal {goal['kind']!r}")

    def _generators(self) -> None:
        for index, generator in enumerate(self.data["generators"]):
            kind = generator["kind"]
            if kind not in ("symbol", "root", "exp", "log", "jet"):
                raise Rejected(f"unknown generator {kind!r}")
            inside = None if kind == "symbol" else self._open(generator["of"])
            if kind == "root":
                whole(generator["order"], 2)
            self.gens.append(generator)
            self.inside.append(inside)
            if generator.get("square") and (
                kind != "symbol" or not re.fullmatch(r"<([^<>,]+), \1>", generator["name"])
            ):
                raise Rejected(f"generator {index} is no square")
        names = [(g["kind"], g.get("name")) for g in self.gens if g["kind"] == "symbol"]
        if len(names) != len(set(names)):
            raise Rejected("two symbols of one name")

    def _defined(self, index: int, generator: dict[str, Any]) -> None:
        """Roots need a radicand >= 0, logarithms a positive argument, all a denominator.

        `limit` keeps the generator, and hypotheses read with it, out of the proof of that.
        """
        inside = self.inside[index]
        if inside is None:
            return
        self._nonzero_den(inside, generator["den"])
        need = {"root": NONNEG, "log": POS}.get(generator["kind"], ANY)
        if need is not ANY and not self.prove(inside, generator["proof"]) <= need:
            raise Rejected(f"generator {index} is not shown to have a real value")

    def _open(self, element: Any) -> Ratio:
        num, den = (self._poly(part) for part in element)
        if not den:
            raise Rejected("a denominator is zero")
        return num, den

    def _poly(self, rows: Any) -> Poly:
        total: Poly = {}
        for coefficient, powers in rows:
            key = tuple(sorted((self.slot(slot), whole(e, 1)) for slot, e in powers))
            if len(dict(key)) != len(key):
                raise Rejected("a malformed monomial")
            total = add(total, {key: rational(coefficient)})
        return total

    def _nonzero_den(self, element: Ratio, proof: Any) -> None:
        if 0 in self.prove((element[1], ONE), proof):
            raise Rejected("a denominator may vanish")

    def reduce(self, element: Ratio) -> Ratio:
        """Every root below its order, by its relation."""
        num, den = element
        for index in range(len(self.gens) - 1, -1, -1):
            if self.gens[index]["kind"] != "root":
                continue
            order = self.gens[index]["order"]
            up, down = self.inside[index] or (ONE, ONE)
            num, scale_n = _lower(num, index, order, up, down)
            den, scale_d = _lower(den, index, order, up, down)
            num, den = mul(num, scale_d), mul(den, scale_n)
        if not den:
            raise Rejected("a denominator is zero in the field")
        return num, den

    def slot(self, value: Any) -> int:
        """The generator of that number, which must have a value here."""
        if whole(value, 0) >= len(self.gens):
            raise Rejected(f"there is no generator {value} before this one")
        if self.gens[value]["kind"] != "symbol":
            self._admit(value)
        return int(value)

    def fact(self, row: Any) -> tuple[Ratio, Signs]:
        element, signs, top = self.facts[whole(row, 0)]
        self._admit(top)
        return element, signs

    def _admit(self, top: int) -> None:
        if top >= self.limit:
            raise Rejected(f"generator {self.limit} is shown to have a value by itself")
        self.top = max(self.top, top)

    def of(self, slot: Any) -> Ratio:
        """What is inside a generator."""
        inside = self.inside[self.slot(slot)]
        if inside is None:
            raise Rejected(f"generator {slot} has nothing inside")
        return inside

    def equal(self, one: Ratio, two: Ratio) -> bool:
        return not self.reduce((plus(one, two, Fraction(-1))[0], ONE))[0]

    def read(self, tree: Any) -> Ratio:
        match tree:
            case ["q", value]:
                return constant(rational(value)), ONE
            case ["g", index]:
                if index in self.atoms or self.gens[self.slot(index)]["kind"] != "symbol":
                    raise Rejected("a generator that is no free symbol stands in a tree")
                return variable(index), ONE
            case ["eq", row]:
                return self._equation(row)
            case ["+", *parts]:
                total: Ratio = ({}, ONE)
                for part in parts:
                    total = plus(total, self.read(part))
                return self.reduce(total)
            case ["*", *parts]:
                result: Ratio = (ONE, ONE)
                for part in parts:
                    result = times(result, self.read(part))
                return self.reduce(result)
            case ["^", part, n]:
                num, den = self.read(part)
                return self.reduce((power(num, whole(n, 0)), power(den, n)))
            case ["inv", part, proof]:
                num, den = self.read(part)
                if 0 in self.prove((num, den), proof):
                    raise Rejected("a divisor may vanish")
                return den, num
            case ["root", part, order, value, den_proof, proof]:
                return self._root(part, whole(order, 2), self._open(value), den_proof, proof)
            case ["exp", part, factors]:
                return self._exp(part, factors)
            case ["log", part, pieces]:
                return self._log(self.read(part), pieces)
            case ["jet", part, index]:
                if self.gens[self.slot(index)]["kind"] != "jet":
                    raise Rejected("no function")
                if not self.equal(self.read(part), self.of(index)):
                    raise Rejected("a function is read at another argument")
                return variable(index), ONE
            case ["D", part, slot, strict]:
                return self._derivative(part, self.slot(slot), strict)
        raise Rejected(f"unknown node {tree!r:.60}")

    def _equation(self, row: int) -> Ratio:
        equation = self.data["equal"][row]
        value = self.read(equation["tree"])
        touched = slots_of(value[0]) | slots_of(value[1]) | {equation["atom"]}
        if self.moving & self._depends(touched):
            raise Rejected("a derivative is taken along an equation")
        return value

    def _depends(self, slots: set[int]) -> set[int]:
        found, todo = set(slots), list(slots)
        while todo:
            inside = self.inside[todo.pop()]
            for slot in {s for part in inside or () for s in slots_of(part)} - found:
                found.add(slot)
                todo.append(slot)
        return found

    def _moves(self, element: Ratio) -> bool:
        return bool(self.moving & self._depends(slots_of(element[0]) | slots_of(element[1])))

    def _root(self, part: Any, order: int, value: Ratio, den_proof: Any, proof: Any) -> Ratio:
        """value^order = radicand with value >= 0, and > 0 where it is differentiated."""
        radicand = self.read(part)
        self._nonzero_den(value, den_proof)
        if not self.equal((power(value[0], order), power(value[1], order)), radicand):
            raise Rejected("a stated root does not have its radicand as power")
        need = POS if self._moves(value) else NONNEG
        if not self.prove(value, proof) <= need:
            raise Rejected("a stated root is not shown to have the sign of a root")
        return value

    def _exp(self, part: Any, factors: Any) -> Ratio:
        inside = self.read(part)
        total: Ratio = ({}, ONE)
        result: Ratio = (ONE, ONE)
        for slot, n in factors:
            if self.gens[self.slot(slot)]["kind"] != "exp":
                raise Rejected("an exponential of something else")
            total = plus(total, self.of(slot), Fraction(whole(n)))
            piece = variable(slot, abs(n))
            result = times(result, (piece, ONE) if n > 0 else (ONE, piece))
        if not self.equal(total, inside):
            raise Rejected("exponents do not add up")
        return result

    def _log(self, argument: Ratio, pieces: Any) -> Ratio:
        """argument = product f^e over positive f; the value is the sum of e log f."""
        product: Ratio = (ONE, ONE)
        total: Ratio = ({}, ONE)
        for element, exponent, how, proof in pieces:
            factor, e = self._open(element), whole(exponent)
            if factor[1] != ONE or self.prove(factor, proof) != POS:
                raise Rejected("a logarithm of what is not shown to be positive")
            up = power(factor[0], abs(e))
            product = times(product, (up, ONE) if e > 0 else (ONE, up))
            total = plus(total, self._log_value(factor, how), Fraction(e))
        if not self.equal(product, argument):
            raise Rejected("factors of a logarithm do not multiply to its argument")
        return total

    def _log_value(self, factor: Ratio, how: Any) -> Ratio:
        kind, slot = how[0], self.slot(how[1])
        if kind not in ("gen", "exp", "root"):
            raise Rejected("a logarithm without a reason")
        if self.gens[slot]["kind"] != {"gen": "log"}.get(kind, kind):
            raise Rejected("a logarithm by another generator")
        if not self.equal(self.of(slot) if kind == "gen" else (variable(slot), ONE), factor):
            raise Rejected("a logarithm of another argument")
        if kind == "gen":
            return variable(slot), ONE
        if kind == "exp":
            return self.of(slot)
        value = self._log(self.of(slot), how[2])
        return plus(({}, ONE), value, Fraction(1, self.gens[slot]["order"]))

    def _derivative(self, part: Any, slot: int, strict: Any) -> Ratio:
        if self.gens[slot]["kind"] != "symbol" or slot in self.atoms:
            raise Rejected("a derivative by what is no free symbol")
        saved, self.moving = self.moving, self.moving | {slot}
        try:
            num, den = self.read(part)
        finally:
            self.moving = saved
        positive = {}
        for index, proof in strict:
            positive[index] = self.prove(self.of(index), proof) == POS
        return self.reduce(self._ratio_slope((num, den), slot, positive))

    def _ratio_slope(self, element: Ratio, by: int, positive: dict[int, bool]) -> Ratio:
        num, den = element
        first = times(self._slope(num, by, positive), (den, ONE))
        second = times(self._slope(den, by, positive), (num, ONE))
        return times(plus(first, second, Fraction(-1)), (ONE, mul(den, den)))

    def _slope(self, p: Poly, by: int, positive: dict[int, bool]) -> Ratio:
        total: Ratio = ({}, ONE)
        for slot in sorted(slots_of(p)):
            inner = self._gen_slope(slot, by, positive)
            if not inner[0]:
                continue
            partial: Poly = {}
            for e, rest in split(p, slot).items():
                if e:
                    partial = add(partial, mul(rest, variable(slot, e - 1)), Fraction(e))
            total = plus(total, times((partial, ONE), inner))
        return total

    def _gen_slope(self, slot: int, by: int, positive: dict[int, bool]) -> Ratio:
        generator = self.gens[slot]
        if slot == by:
            return ONE, ONE
        if generator["kind"] == "symbol" or by not in self._depends({slot}):
            return {}, ONE
        inside = self.of(slot)
        inner = self._ratio_slope(inside, by, positive)
        match generator["kind"]:
            case "root":
                order = generator["order"]
                if not positive.get(slot):
                    raise Rejected("a root is differentiated where it may vanish")
                return times(inner, (ONE, mul(variable(slot, order - 1), constant(order))))
            case "exp":
                return times(inner, (variable(slot), ONE))
            case "log":
                return times(inner, (inside[1], inside[0]))
        return self._jet_slope(slot, inner)

    def _jet_slope(self, slot: int, inner: Ratio) -> Ratio:
        this = self.gens[slot]
        for index, other in enumerate(self.gens):
            same = other["kind"] == "jet" and other["name"] == this["name"]
            if not same or whole(other["order"]) != whole(this["order"]) + 1:
                continue
            if self.equal(self.of(index), self.of(slot)):
                return times(inner, (variable(self.slot(index)), ONE))
        raise Rejected(f"the derivative of `{this['name']}` is missing")

    def prove(self, element: Ratio, proof: Any) -> Signs:
        """The signs that the proof leaves for `element`; a wrong proof is rejected."""
        num, den = self.reduce(element)
        if not num:
            return ZERO
        match proof:
            case ["prod", front, factors]:
                return self._product((num, den), rational(front), factors)
            case ["meet", *proofs]:
                left = ANY
                for one in proofs:
                    left = left & self.prove((num, den), one)
                return left
            case ["any"]:
                return ANY
        if den != ONE:
            raise Rejected("a proof about a fraction must factor it")
        match proof:
            case ["fact", row]:
                (fact, below), signs = self.fact(row)
                return _scaled(num, fact, signs, below)
            case ["divides", row, cofactor]:
                product, signs = self.fact(row)
                if 0 in signs or not self.equal((mul(num, self._poly(cofactor)), ONE), product):
                    raise Rejected("a factor of no nonzero fact")
                return NONZERO
            case ["gen", *inner]:
                return self._generator_sign(num, inner)
            case ["orthant", moves, positive]:
                return self._orthant(num, moves, positive)
            case ["quadratic", slot, gap, lead]:
                return self._quadratic(num, self.slot(slot), gap, lead)
            case ["sturm", slot, low, high]:
                return self._sturm(num, self.slot(slot), low, high)
            case ["root", slot, first, second, gap]:
                return self._root_sum(num, self.slot(slot), first, second, gap)
        raise Rejected(f"unknown proof {proof!r:.60}")

    def _product(self, element: Ratio, front: Fraction, factors: Any) -> Signs:
        num, den = constant(front), ONE
        total: Signs = frozenset({(front > 0) - (front < 0)})
        for rows, e, proof in factors:
            factor, e = self._poly(rows), whole(e)
            signs = self.prove((factor, ONE), proof)
            if e < 0:
                den = mul(den, power(factor, -e))
                if 0 in signs:
                    raise Rejected("a factor below the line may vanish")
            else:
                num = mul(num, power(factor, e))
            signs = frozenset(s * s if e % 2 == 0 else s for s in signs)
            total = frozenset(a * b for a in total for b in signs)
        if not self.equal((num, den), element):
            raise Rejected("factors do not multiply to the element")
        return total

    def _generator_sign(self, num: Poly, inner: Any) -> Signs:
        ((monomial, c),) = num.items()
        ((slot, e),) = monomial
        generator = self.gens[slot]
        inside = self.inside[slot]
        if e != 1:
            raise Rejected("a power is no generator")
        known = ANY
        if generator["kind"] == "exp":
            known = POS
        elif generator["kind"] == "root" and inside is not None:
            known = NONNEG
            if inner and 0 not in self.prove(inside, inner[0]):
                known = POS
        elif generator["kind"] == "log" and inner and inside is not None:
            known = self.prove(plus(inside, (ONE, ONE), Fraction(-1)), inner[0])
        elif generator.get("square"):
            known = NONNEG
        return known if c > 0 else frozenset(-s for s in known)

    def _bound(self, row: int, slot: int) -> tuple[Fraction, bool, bool]:
        """Fact `row` as (value, is lower, strict) of the symbol in `slot`: c (v - value) op 0."""
        (num, den), signs = self.fact(row)
        parts = split(num, slot)
        rest = parts.get(0, {})
        if den != ONE or set(parts) - {0, 1} or set(parts.get(1, {})) != {()} or set(rest) - {()}:
            raise Rejected("a fact is no bound")
        c = parts[1][()]
        if not (signs <= NONNEG or signs <= NONPOS) or self.gens[slot]["kind"] != "symbol":
            raise Rejected("a fact gives no side")
        lower = (signs <= NONNEG) == (c > 0)
        return -rest.get((), Fraction(0)) / c, lower, 0 not in signs

    def _orthant(self, num: Poly, moves: Any, positive: Any) -> Signs:
        """Coefficients of one sign after symbols are moved so that they run over t >= 0."""
        spare = len(self.gens)
        strict: dict[int, bool] = {}
        pairs: list[tuple[int, int, bool, bool]] = []
        for move in moves:
            slot = self.slot(move[1])
            t = variable(slot)
            if slot in strict or any(slot in pair[:2] for pair in pairs):
                raise Rejected("a symbol is moved twice")
            if move[0] == "shift":
                (fact, den), signs = self.fact(move[2])
                parts = split(fact, slot)
                if den != ONE or parts.get(1) != ONE or set(parts) - {0, 1} or not signs <= NONNEG:
                    raise Rejected("a fact is no shift")
                before = set(strict) | {pair[0] for pair in pairs}
                if before & slots_of(parts.get(0, {})) or self.gens[slot]["kind"] != "symbol":
                    raise Rejected("a shift by what was moved before")
                num = substitute(num, slot, add(t, parts.get(0, {}), Fraction(-1)))
                strict[slot] = 0 not in signs
            elif move[0] == "square":
                if not self.gens[slot].get("square"):
                    raise Rejected("no square")
                strict[slot] = False
            elif len(move) == 3:
                value, lower, is_strict = self._bound(move[2], slot)
                moved = add(constant(value), t, Fraction(1 if lower else -1))
                num = substitute(num, slot, moved)
                strict[slot] = is_strict
            else:
                low, high = self._bound(move[2], slot), self._bound(move[3], slot)
                if not low[1] or high[1]:
                    raise Rejected("bounds on one side")
                u = variable(spare)
                up = add(mul(t, constant(low[0])), u, high[0])
                degree = max(split(num, slot))
                total: Poly = {}
                for e, part in split(num, slot).items():
                    piece = mul(power(up, e), power(add(t, u), degree - e))
                    total = add(total, mul(part, piece))
                num = total
                pairs.append((slot, spare, low[2], high[2]))
                spare += 1
        return self._coefficients(num, strict, pairs, positive)

    def _coefficients(self, num: Poly, strict: Any, pairs: Any, positive: Any) -> Signs:
        free_sign = dict(strict)
        for slot, proof in positive:
            if slot in strict or any(slot in pair[:2] for pair in pairs):
                raise Rejected("a moved symbol has no sign of its own")
            known = self.prove((variable(self.slot(slot)), ONE), proof)
            if not known <= NONNEG:
                raise Rejected("a generator is not shown to be nonnegative")
            free_sign[slot] = 0 not in known
        in_pairs = {slot for pair in pairs for slot in pair[:2]}
        signs = {c > 0 for c in num.values()}
        nonnegative = set(free_sign) | in_pairs
        if any(e % 2 and slot not in nonnegative for monomial in num for slot, e in monomial):
            return ANY
        if len(signs) != 1:
            return ANY
        sign = 1 if signs.pop() else -1
        faces = itertools.product(
            *([set(), *([] if lo else [{u}]), *([] if hi else [{t}])] for t, u, lo, hi in pairs)
        )
        certain = all(
            any(
                all((free_sign.get(s) or s in in_pairs) and s not in zeros for s, _ in monomial)
                for monomial in num
            )
            for zeros in (set().union(*face) for face in faces)
        )
        return frozenset({sign}) if certain else frozenset({0, sign})

    def _quadratic(self, num: Poly, slot: int, gap: Any, lead: Any) -> Signs:
        parts = split(num, slot)
        if set(parts) - {0, 1, 2}:
            raise Rejected("no quadratic")
        a, b, c = (parts.get(e, {}) for e in (2, 1, 0))
        under = self.prove((add(mul(b, b), mul(a, c), Fraction(-4)), ONE), gap)
        top = self.prove((a, ONE), lead)
        if under <= NEG and len(top - ZERO) == 1:
            return top - ZERO
        if under <= NONPOS and len(top) == 1 and top != ZERO:
            return top | ZERO
        return ANY

    def _sturm(self, num: Poly, slot: int, low: Any, high: Any) -> Signs:
        if slots_of(num) != {slot}:
            raise Rejected("not univariate")
        ends: list[tuple[Fraction | None, bool]] = []
        for row, wants_lower in ((low, True), (high, False)):
            if row is None:
                ends.append((None, True))
                continue
            value, lower, strict = self._bound(row, slot)
            if lower != wants_lower:
                raise Rejected("a bound on the other side")
            ends.append((value, strict))
        parts = split(num, slot)
        row_of = [parts.get(e, {}).get((), Fraction(0)) for e in range(max(parts) + 1)]
        return _sturm_signs(row_of, ends)

    def _root_sum(self, num: Poly, slot: int, first: Any, second: Any, gap: Any) -> Signs:
        """a + b g with g = sqrt(r): a^2 - b^2 r decides where a and b g disagree."""
        parts = split(num, slot)
        generator = self.gens[slot]
        if generator["kind"] != "root" or generator["order"] != 2 or set(parts) - {0, 1}:
            raise Rejected("not linear in a square root")
        a, b = parts.get(0, {}), parts.get(1, {})
        one = self.prove((a, ONE), first)
        two = self.prove((mul(b, variable(slot)), ONE), second)
        square = times((mul(b, b), ONE), self.of(slot))
        under = self.prove(plus((mul(a, a), ONE), square, Fraction(-1)), gap)
        out: set[int] = set()
        for s, t in itertools.product(one, two):
            if s == t or t == 0:
                out.add(s)
            elif s == 0:
                out.add(t)
            else:
                out |= {s * u if u >= 0 else t for u in under}
        return frozenset(out)


def _lower(p: Poly, slot: int, order: int, up: Poly, down: Poly) -> tuple[Poly, Poly]:
    parts = split(p, slot)
    top = max(parts, default=0) // order
    if not top:
        return p, ONE
    total: Poly = {}
    for e, part in parts.items():
        whole, rest = divmod(e, order)
        piece = mul(power(up, whole), power(down, top - whole))
        if rest:
            piece = mul(piece, {((slot, rest),): Fraction(1)})
        total = add(total, mul(part, piece))
    return total, power(down, top)


def _scaled(num: Poly, fact: Poly, signs: Signs, den: Poly) -> Signs:
    if den != ONE or set(num) != set(fact):
        raise Rejected("not a multiple of the fact")
    ratios = {num[m] / fact[m] for m in num}
    if len(ratios) != 1:
        raise Rejected("not a multiple of the fact")
    return signs if ratios.pop() > 0 else frozenset(-s for s in signs)


def _value(row: list[Fraction], x: Fraction) -> Fraction:
    total = Fraction(0)
    for c in reversed(row):
        total = total * x + c
    return total


def _remainder(p: list[Fraction], q: list[Fraction]) -> list[Fraction]:
    rest = list(p)
    while len(rest) >= len(q):
        factor = rest[-1] / q[-1]
        for i, c in enumerate(q):
            rest[len(rest) - len(q) + i] -= factor * c
        rest.pop()
        while rest and not rest[-1]:
            rest.pop()
    return rest


def _sturm_signs(row: list[Fraction], ends: list[tuple[Fraction | None, bool]]) -> Signs:
    """Signs on the interval, by sign changes of the Sturm chain; an end that is a root is ANY."""
    (low, _), (high, _) = ends
    if any(end is not None and _value(row, end) == 0 for end in (low, high)):
        return ANY
    chain = [row, [i * c for i, c in enumerate(row)][1:]]
    while len(chain[-1]) > 1:
        rest = _remainder(chain[-2], chain[-1])
        if not rest:
            break
        chain.append([-c for c in rest])

    def changes(at: Fraction | None, side: int) -> int:
        values = [
            _value(p, at) if at is not None else p[-1] * side ** ((len(p) - 1) % 2)
            for p in chain
            if p
        ]
        nonzero = [v > 0 for v in values if v]
        return sum(a != b for a, b in itertools.pairwise(nonzero))

    if changes(low, -1) - changes(high, 1):
        return ANY
    inside = low if low is not None else high if high is not None else Fraction(0)
    value = _value(row, inside)
    return ANY if not value else frozenset({1 if value > 0 else -1})


def main(argv: list[str]) -> int:
    """Check every `*.json` of a folder; exit 0 when all hold, 1 when one is rejected, 2 if none."""
    if len(argv) != 2 or not Path(argv[1]).is_dir():
        sys.stderr.write("usage: python checker.py DIR\n")
        return 2
    files = sorted(Path(argv[1]).glob("**/*.json"))
    bad = 0
    for file in files:
        try:
            check(json.loads(file.read_text(encoding="utf-8")))
        except (Rejected, OSError, ValueError, RecursionError) as fault:
            bad += 1
            sys.stdout.write(f"REJECTED {file.relative_to(argv[1])}: {fault}\n")
    sys.stdout.write(f"{len(files) - bad} of {len(files)} certificates hold.\n")
    return 2 if not files else int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
