"""**Checker**: replays certificates of derivations with nothing but the standard library.

It knows neither sympy nor flint and shares no code with the engine: polynomials are dictionaries
over `fractions.Fraction`, identities are multiplied out, signs are proved again from the stated
hypotheses. A certificate says *how* a goal follows; this program says *whether* it does.
Run it alone: `python checker.py DIR`.
"""

from __future__ import annotations

import json
import re
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

Monomial = tuple[tuple[int, int], ...]
Poly = dict[Monomial, Fraction]
Ratio = tuple[Poly, Poly]
Signs = frozenset[int]

FORMAT = 2
ANY, ZERO, POS, NEG = frozenset({-1, 0, 1}), frozenset({0}), frozenset({1}), frozenset({-1})
NONNEG, NONPOS, NONZERO = frozenset({0, 1}), frozenset({-1, 0}), frozenset({-1, 1})
OPS = {"==": ZERO, "!=": NONZERO, "<": NEG, "<=": NONPOS, ">": POS, ">=": NONNEG}
ONE: Poly = {(): Fraction(1)}
NOTHING: Ratio = ({}, ONE)
UNIT: Ratio = (ONE, ONE)
KINDS = {"symbol": ANY, "root": NONNEG, "exp": POS, "log": ANY, "jet": ANY}
STARTS = {"root": ({}, NOTHING), "exp": (ONE, NOTHING), "log": ({}, UNIT)}
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


class Rejected(Exception):
    """The certificate does not show what it claims; the message names the first fault."""


def check(certificate: Any) -> None:
    """Raise `Rejected` unless the certificate proves its goal from its hypotheses."""
    try:
        _Replay(certificate).run()
    except _MALFORMED as fault:
        raise Rejected(f"malformed: {type(fault).__name__}: {fault}") from fault


def add(p: Poly, q: Poly, factor: Fraction = Fraction(1)) -> Poly:
    total = dict(p)
    for monomial, c in q.items():
        c = total.pop(monomial, Fraction(0)) + c * factor
        if c:
            total[monomial] = c
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
    """The coefficients of `p` by the exponent of the generator in `slot`."""
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


def raised(base: Ratio, n: int) -> Ratio:
    num, den = base if n >= 0 else base[::-1]
    return power(num, abs(n)), power(den, abs(n))


def lowered(p: Poly, slot: int, order: int, up: Poly, down: Poly) -> Ratio:
    """`p` by g^order = up/down for the generator g in `slot`."""
    parts = split(p, slot)
    top = max(parts, default=0) // order
    if not top:
        return p, ONE
    total: Poly = {}
    for e, part in parts.items():
        n, rest = divmod(e, order)
        piece = mul(mul(power(up, n), power(down, top - n)), variable(slot, rest))
        total = add(total, mul(part, piece))
    return total, power(down, top)


def sign(c: Fraction) -> int:
    return (c > 0) - (c < 0)


def normal(p: Poly) -> tuple[frozenset[tuple[Monomial, Fraction]], int]:
    """What the multiples of `p` have in common, and the sign of `p` among them."""
    lead = p[max(p)]
    return frozenset((m, c / lead) for m, c in p.items()), sign(lead)


def of_product(one: Signs, two: Signs) -> Signs:
    return frozenset(a * b for a in one for b in two)


def of_sum(one: Signs, two: Signs) -> Signs:
    return frozenset(s for a in one for b in two for s in (ANY if a * b < 0 else {a or b}))


def flip(word: Any) -> tuple[str, ...]:
    return tuple(x[1:] if x.startswith("~") else "~" + x for x in reversed(word))


def whole(value: Any, least: int | None = None) -> int:
    if type(value) is not int or (least is not None and value < least):
        raise Rejected(f"{value!r:.30} is no whole number that may stand here")
    return value


def rational(text: Any) -> Fraction:
    if type(text) is not str or not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", text):
        raise Rejected(f"{text!r:.30} is no rational number")
    return Fraction(text)


class _Replay:
    """One certificate: its generators, its hypotheses, and the goal that they must give.

    `limit` is the first generator that may not be used yet and `top` the last one that was, so
    that nothing has a value because it has one. `facts` keeps signs of polynomials, each with the
    generator that must have a value before it may be used.
    """

    def __init__(self, data: Any) -> None:
        if data["format"] != FORMAT:
            raise Rejected(f"format {data['format']!r}; this checker reads format {FORMAT}")
        self.data = data
        self.gens: list[dict[str, Any]] = []
        self.inside: list[Ratio] = []
        self.facts: dict[Any, tuple[tuple[Signs, int], ...]] = {}
        self.limit, self.top = len(data["generators"]), 0
        self.moving: frozenset[int] = frozenset()
        self.atoms: set[int] = set()

    def run(self) -> None:
        for generator in self.data["generators"]:
            self._generator(generator)
        for equation in self.data["equal"]:
            self.atoms.add(self._symbol(equation["atom"]))
        for fact in self.data["facts"]:
            self.top = 0
            self._fact(fact)
        for index, generator in enumerate(self.gens):
            self.limit = index
            self._has_value(generator)
        self.limit = len(self.gens)
        for row in range(len(self.data["equal"])):
            self._equation(row)
        goal = self.data["goal"]
        (self._words if goal["kind"] == "words" else self._goal)(goal)

    def _fact(self, fact: Any) -> None:
        match fact:
            case ["given", op, tree]:
                num, den = self.read(tree)
                self.learn(mul(num, den), OPS[op], self.top)
            case ["shown", rows, proof]:
                p = self._poly(rows)
                self.learn(p, self.prove((p, ONE), proof), self.top)
            case _:
                raise Rejected(f"unknown fact {fact!r:.60}")

    def _goal(self, goal: Any) -> None:
        value, *_ = [self.read(tree) for tree in (goal["tree"], *goal["also"])]
        if goal["kind"] == "zero":
            if self.reduce(value)[0]:
                raise Rejected("the goal is not zero in the field")
        elif goal["kind"] == "sign":
            if not self.prove(value, goal["proof"]) <= OPS[goal["op"]]:
                raise Rejected("the proof does not give the sign of the goal")
        elif goal["kind"] != "defined":
            raise Rejected(f"unknown goal {goal['kind']!r}")

    def _words(self, goal: Any) -> None:
        """multiplier * goal + sum of coefficient * left * relation * right = 0, word by word."""
        self.ends = {x: (rows, columns) for x, (rows, columns) in goal["letters"].items()}
        self.ends |= {"~" + x: (columns, rows) for x, (rows, columns) in self.ends.items()}
        traces, gap = dict[Any, Poly](), dict[Any, Poly]()
        for rows, proof in (goal["multiplier"], *goal["nonzero"]):
            if 0 in self.prove((self._poly(rows), ONE), proof):
                raise Rejected("a divisor may vanish")
        for slot, of in goal["traces"]:
            (key,) = [of] if type(of) is str else self._trace(tuple(of), self.ends[of[0]][0])
            name = re.fullmatch(r"<([^<>,]+), \1>", self.gens[self._symbol(slot)]["name"])
            if variable(slot) in traces.values() or (name and key != ("~" + name[1], name[1])):
                raise Rejected(f"generator {slot} stands for another scalar")
            traces[key] = variable(slot)
        steps = [(c, goal["relations"][whole(k, 0)], *row) for c, k, *row in goal["steps"]]
        steps.append((goal["multiplier"][0], goal["of"], [], [], False, None))
        for c, of, left, right, flipped, closed in steps:
            shape = of["shape"][::-1] if flipped else of["shape"]
            rows = self.ends[left[0]][0] if left else shape[0]
            columns = self.ends[right[-1]][1] if right else shape[1]
            for coefficient, word in of["terms"]:
                self._cut(tuple(word), *of["shape"])
                w = (*left, *(flip(word) if flipped else word), *right)
                pieces, p = self._cut(w, rows, columns), mul(self._poly(c), self._poly(coefficient))
                inner = [v for v in pieces if self.ends[v[0]][0] == self.ends[v[-1]][1] == "1"]
                kept = [x for v in pieces if v not in inner for x in v]
                key = (rows, columns, *kept) if closed is None else (*goal["of"]["shape"], *closed)
                scalars = map(min, inner, map(flip, inner))
                for v in scalars if closed is None else self._trace(w, rows):
                    p = mul(p, traces[v])
                gap[key] = add(gap.get(key, {}), p)
        if any(self.reduce((p, ONE))[0] for p in gap.values()):
            raise Rejected("the steps and the goal do not add up to zero")

    def _cut(self, w: tuple[str, ...], rows: str, columns: str) -> list[tuple[str, ...]]:
        sizes = [rows, *(end for x in w for end in self.ends[x]), columns]
        if sizes[::2] != sizes[1::2]:
            raise Rejected(f"{w} is not of shape {rows} x {columns}")
        places = [0, *(k for k in range(1, len(w)) if self.ends[w[k]][0] == "1"), len(w)]
        return [w[i:j] for i, j in pairwise(places) if i < j]

    def _trace(self, w: tuple[str, ...], size: str) -> list[Any]:
        turns = [w[k:] + w[:k] for k in range(len(w))]
        for turn in turns:
            if self.ends[turn[0]][0] == "1":
                return [min(v, flip(v)) for v in self._cut(turn, "1", "1")]
        self._cut(w, size, size)
        return [min(v for t in turns for v in (t, flip(t)))] if w else [size] * (size != "1")

    def _generator(self, generator: Any) -> None:
        """A generator of what came before it, with the sign that its kind gives it."""
        index, kind = len(self.gens), generator["kind"]
        inside, own, needs = UNIT, KINDS[kind], index
        if kind == "symbol":
            name = generator["name"]
            if any(g["kind"] == kind and g["name"] == name for g in self.gens):
                raise Rejected("two symbols of one name")
            own, needs = NONNEG if re.fullmatch(r"<([^<>,]+), \1>", name) else ANY, -1
        else:
            inside = self._open(generator["of"])
        if kind in ("root", "jet"):
            whole(generator["order"], 2 if kind == "root" else 0)
        self.gens.append(generator)
        self.inside.append(inside)
        self.learn(variable(index), own, needs)

    def _has_value(self, generator: Any) -> None:
        """Roots need a radicand >= 0, logarithms a positive argument, all a denominator."""
        if generator["kind"] == "symbol":
            return
        need = {"root": NONNEG, "log": POS}.get(generator["kind"], ANY)
        if not self.value(self.inside[self.limit]) <= need:
            raise Rejected(f"generator {self.limit} is not shown to have a real value")

    def _open(self, element: Any) -> Ratio:
        num, den = element
        return self._poly(num), self._poly(den)

    def _poly(self, rows: Any) -> Poly:
        total: Poly = {}
        for coefficient, powers in rows:
            key = tuple(sorted((self.slot(slot), whole(e, 1)) for slot, e in powers))
            if len(dict(key)) != len(key):
                raise Rejected("a malformed monomial")
            total = add(total, {key: rational(coefficient)})
        return total

    def value(self, element: Ratio) -> Signs:
        """The signs that are known of an element whose denominator is known not to vanish."""
        if 0 in self.prove((element[1], ONE), ()):
            raise Rejected("a denominator may vanish")
        return self.prove(element, ())

    def reduce(self, element: Ratio) -> Ratio:
        """Every root below its order, by its relation."""
        num, den = element
        for index in reversed(range(len(self.gens))):
            if self.gens[index]["kind"] == "root":
                order, inside = self.gens[index]["order"], self.inside[index]
                num, scale_n = lowered(num, index, order, *inside)
                den, scale_d = lowered(den, index, order, *inside)
                num, den = mul(num, scale_d), mul(den, scale_n)
        return num, den

    def equal(self, one: Ratio, two: Ratio) -> bool:
        return not self.reduce((plus(one, two, Fraction(-1))[0], ONE))[0]

    def slot(self, value: Any) -> int:
        """The generator of that number, which must have a value here."""
        if self.gens[whole(value, 0)]["kind"] != "symbol":
            if value >= self.limit:
                raise Rejected(f"generator {value} is not shown to have a value here")
            self.top = max(self.top, value)
        return int(value)

    def _symbol(self, value: Any) -> int:
        if self.gens[self.slot(value)]["kind"] != "symbol" or value in self.atoms:
            raise Rejected(f"generator {value} is no free symbol")
        return int(value)

    def of(self, slot: Any, *kinds: str) -> Ratio:
        """What is inside a generator of one of these kinds."""
        if self.gens[self.slot(slot)]["kind"] not in kinds:
            raise Rejected(f"generator {slot} is none of {', '.join(kinds)}")
        return self.inside[slot]

    def learn(self, p: Poly, signs: Signs, needs: int) -> None:
        """Take the signs of a polynomial as known once generator `needs` has a value."""
        num, den = self.reduce((p, ONE))
        if num and den == ONE:
            key, side = normal(num)
            fact = (of_product(signs, frozenset({side})), needs)
            self.facts[key] = (*self.facts.get(key, ()), fact)

    def stated(self, p: Poly) -> Signs:
        """The signs of `p` by what was learned about its multiples."""
        key, side = normal(p)
        left = ANY
        for signs, needs in self.facts.get(key, ()):
            if needs < self.limit:
                self.top = max(self.top, needs)
                left = left & of_product(signs, frozenset({side}))
        return left

    def known(self, p: Poly) -> Signs:
        """The signs of `p` by what is stated about it, and about the generators in its terms."""
        signs = ZERO
        for monomial, c in p.items():
            term = frozenset({sign(c)})
            for slot, e in monomial:
                term = of_product(term, frozenset(s**e for s in self.stated(variable(slot))))
            signs = of_sum(signs, term)
        return signs & self.stated(p)

    def prove(self, element: Ratio, proof: Any) -> Signs:
        """The signs that are known of `element` and that every argument of the proof leaves."""
        num, den = element = self.reduce(element)
        if not num:
            return ZERO
        left = of_product(self.known(num), self.known(den) - ZERO)
        for argument in proof:
            left = left & self._argue(element, argument)
        return left

    def _argue(self, element: Ratio, argument: Any) -> Signs:
        match argument:
            case ["sum", bases, multiplier, terms]:
                return self._sum(element, bases, multiplier, terms)
            case ["split", rows, *proofs]:
                return self._split(element, self._poly(rows), proofs)
            case ["gen", proof]:
                return self._monotone(element, proof)
            case ["dense", rows, first, second]:
                return self._dense(element, rows, first, second)
        raise Rejected(f"unknown proof {argument!r:.60}")

    def _sum(self, element: Ratio, bases: Any, multiplier: Any, terms: Any) -> Signs:
        """multiplier * element = sum of terms, each a product of bases whose signs are shown."""
        table = []
        for rows, proof in bases:
            base = self._poly(rows)
            table.append((base, self.prove((base, ONE), proof)))
        factor, factor_signs = self._term(table, multiplier)
        value, signs = NOTHING, ZERO
        for term in terms:
            part, part_signs = self._term(table, term)
            value, signs = plus(value, part), of_sum(signs, part_signs)
        if not self.equal(times(factor, element), value):
            raise Rejected("the terms do not add up to the multiple of the element")
        return frozenset(s for s in ANY if any(s * t in signs for t in factor_signs))

    def _term(self, table: list[tuple[Poly, Signs]], term: Any) -> tuple[Ratio, Signs]:
        """c * product base^n; a base with n < 0 must not vanish."""
        c = rational(term[0])
        value, signs = (constant(c), ONE), frozenset({sign(c)})
        for index, n in term[1]:
            base, base_signs = table[whole(index, 0)]
            if whole(n) < 0 and 0 in base_signs:
                raise Rejected("a factor below the line may vanish")
            value = times(value, raised((base, ONE), n))
            signs = of_product(signs, frozenset(s ** abs(n) for s in base_signs))
        return value, signs

    def _split(self, element: Ratio, p: Poly, proofs: Any) -> Signs:
        """Where p = 0, p > 0, p < 0, as far as p may be so: a proof for each, or one for all."""
        signs: Signs = frozenset()
        for case in self.known(p):
            saved = dict(self.facts)
            self.learn(p, frozenset({case}), 0)
            signs = signs | self.prove(element, proofs[case % len(proofs)])
            self.facts = saved
        return signs

    def _monotone(self, element: Ratio, proof: Any) -> Signs:
        """c * (f(u) - f(v)) has the sign of c * (u - v); f(v) may be the number in `STARTS`."""
        *others, slot = sorted(slots_of(element[0]))
        inside, kind = self.of(slot, *STARTS), self.gens[slot]["kind"]
        value, at = STARTS[kind]
        for other in others:
            value, at = variable(other), self.of(other, kind)
            if self.gens[other].get("order") != self.gens[slot].get("order"):
                raise Rejected("two roots of different orders")
        c = element[0][((slot, 1),)]
        if element != (mul(constant(c), add(variable(slot), value, Fraction(-1))), ONE):
            raise Rejected("no difference of two values of one function")
        return of_product(frozenset({sign(c)}), self.prove(plus(inside, at, Fraction(-1)), proof))

    def _dense(self, element: Ratio, rows: Any, first: Any, second: Any) -> Signs:
        """The signs of p * element for p >= 0: the element is continuous, and p > 0 is dense.

        That is so for all symbols: with the limit at 0, neither hypotheses nor others count.
        """
        saved, self.limit = self.limit, 0
        p = self._poly(rows)
        if not p or element[1] != ONE or not self.prove((p, ONE), first) <= NONNEG:
            raise Rejected("a multiplier is zero or may be negative, or stands before a fraction")
        signs = self.prove((mul(p, element[0]), ONE), second)
        self.limit = saved
        return signs

    def read(self, tree: Any) -> Ratio:
        """The element of an expression; what has no value is rejected."""
        match tree:
            case ["q", value]:
                return constant(rational(value)), ONE
            case ["g", slot]:
                return variable(self._symbol(slot)), ONE
            case ["eq", row]:
                return self._equation(row)
            case ["+", *parts]:
                value = NOTHING
                for part in parts:
                    value = plus(value, self.read(part))
                return self.reduce(value)
            case ["*", *parts]:
                value = UNIT
                for part in parts:
                    value = times(value, self.read(part))
                return self.reduce(value)
            case ["^", part, n]:
                return self.reduce(raised(self.read(part), whole(n, 0)))
            case ["inv", part, proof]:
                value = self.read(part)
                if 0 in self.prove(value, proof):
                    raise Rejected("a divisor may vanish")
                return raised(value, -1)
            case ["root", part, order, value]:
                return self._root(self.read(part), whole(order, 2), self._open(value))
            case ["exp", part, factors]:
                base, exponent = self._powers(factors)
                if not self.equal(exponent, self.read(part)):
                    raise Rejected("exponents do not add up")
                return base
            case ["log", part, m, factors, proof]:
                value, (base, exponent) = self.read(part), self._powers(factors)
                if not self.equal(raised(value, whole(m, 1)), base):
                    raise Rejected("factors of a logarithm do not multiply to its argument")
                if self.prove(value, proof) != POS:
                    raise Rejected("a logarithm of what is not shown to be positive")
                return times(exponent, (ONE, constant(m)))
            case ["jet", part, slot]:
                if not self.equal(self.read(part), self.of(slot, "jet")):
                    raise Rejected("a function is read at another argument")
                return variable(slot), ONE
            case ["D", part, slot]:
                return self._derivative(part, self._symbol(slot))
        raise Rejected(f"unknown node {tree!r:.60}")

    def _equation(self, row: int) -> Ratio:
        equation = self.data["equal"][row]
        value = self.read(equation["tree"])
        touched = slots_of(value[0]) | slots_of(value[1]) | {equation["atom"]}
        if self.moving & self._depends(touched):
            raise Rejected("a derivative is taken along an equation")
        return value

    def _depends(self, slots: set[int]) -> set[int]:
        """These generators, those inside them, and so on."""
        inner = {s for slot in slots for part in self.inside[slot] for s in slots_of(part)}
        return slots | self._depends(inner) if inner else slots

    def _root(self, radicand: Ratio, order: int, value: Ratio) -> Ratio:
        """value^order = radicand with value >= 0, and > 0 where it is differentiated."""
        signs = self.value(value)
        if not self.equal(raised(value, order), radicand):
            raise Rejected("a stated root does not have its radicand as power")
        moves = self.moving & self._depends(slots_of(value[0]))
        if not signs <= (POS if moves else NONNEG):
            raise Rejected("a stated root is not shown to have the sign of a root")
        return value

    def _powers(self, factors: Any) -> tuple[Ratio, Ratio]:
        """(b, v) with b = exp(v), by generators that are exponentials or logarithms."""
        base, exponent = UNIT, NOTHING
        for slot, n in factors:
            g, inside = (variable(slot), ONE), self.of(slot, "exp", "log")
            one, two = (g, inside) if self.gens[slot]["kind"] == "exp" else (inside, g)
            base = times(base, raised(one, whole(n)))
            exponent = plus(exponent, two, Fraction(n))
        return base, exponent

    def _derivative(self, part: Any, slot: int) -> Ratio:
        saved, self.moving = self.moving, self.moving | {slot}
        element = self.read(part)
        self.moving = saved
        return self.reduce(self._ratio_slope(element, slot))

    def _ratio_slope(self, element: Ratio, by: int) -> Ratio:
        num, den = element
        first = times(self._slope(num, by), (den, ONE))
        second = times(self._slope(den, by), (num, ONE))
        return times(plus(first, second, Fraction(-1)), (ONE, mul(den, den)))

    def _slope(self, p: Poly, by: int) -> Ratio:
        """The chain rule over the generators of `p`."""
        slope = NOTHING
        for slot in sorted(slots_of(p)):
            partial: Poly = {}
            for e, rest in split(p, slot).items():
                if e:
                    partial = add(partial, mul(rest, variable(slot, e - 1)), Fraction(e))
            slope = plus(slope, times((partial, ONE), self._generator_slope(slot, by)))
        return slope

    def _generator_slope(self, slot: int, by: int) -> Ratio:
        generator, inside = self.gens[slot], self.inside[slot]
        if slot == by or by not in self._depends({slot}):
            return constant(int(slot == by)), ONE
        inner = self._ratio_slope(inside, by)
        if generator["kind"] == "exp":
            return times(inner, (variable(slot), ONE))
        if generator["kind"] == "log":
            return times(inner, (inside[1], inside[0]))
        if generator["kind"] == "root":
            if self.prove(inside, ()) != POS:
                raise Rejected("a root is differentiated where it may vanish")
            below = mul(variable(slot, generator["order"] - 1), constant(generator["order"]))
            return times(inner, (ONE, below))
        for index, other in enumerate(self.gens):
            if other["kind"] == "jet" and other["name"] == generator["name"]:
                higher = other["order"] == generator["order"] + 1
                if higher and self.equal(self.of(index, "jet"), inside):
                    return times(inner, (variable(index), ONE))
        raise Rejected(f"the derivative of `{generator['name']}` is missing")


def main(argv: list[str]) -> int:
    """Check every `*.json` of a folder; exit 0 when all hold, 1 when one is rejected, 2 if none."""
    if len(argv) != 2 or not Path(argv[1]).is_dir():
        sys.stderr.write("usage: python checker.py DIR\n")
        return 2
    files, bad = sorted(Path(argv[1]).glob("**/*.json")), 0
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
