"""**Limit certificates**: Taylor polynomials of generators, replayed against their relations.

Only the standard library and the arithmetic of the checker are used. As t -> 0+, a generator that
depends on t is g = Q/d + t^n R, with Q and d in t and constants and R bounded. The variable of its
slot is R from then on, so that no remainder is lost. Rows come one after the other,

    {slot, kind, order, inside: [above, below], series: Q, over: d, n, start: slot or None}

and with u the inside and P = Q/d, a row is accepted where

    root   P^m - u = O(t^(n + (m - 1) a)) and P ~ c t^a with c > 0 and a < n,
    exp    P' - u' P = O(t^(n-1)), P(0) = exp(u(0)), and u is known up to O(t^n),
    log    P' - u'/u = O(t^(n-1)), P(0) = log(u(0)), and u is known up to O(t^n);

for "symbol", P is what the variable stands for. `start` is the constant exp(u(0)) or log(u(0));
without it, u(0) is 0 or 1. `constants` has {slot, kind, order, inside} of all but free symbols.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Any

from verifier.certificate import checker
from verifier.certificate.checker import ONE, Poly, Ratio, Rejected, add, mul, power, split

EVER = float("inf")
LESS = Fraction(-1)
Need = tuple[str, Ratio]  # "positive" or "nonzero", and what must be so


class LimitReplay:
    """`needs` has the signs of constants on which the limit rests, once `run` has accepted it.

    `data["element"]` is [above, below] in all slots, `data["limit"]` [above, below] in constants,
    or 1 or -1 for oo and -oo. Raises `Rejected` for what does not follow.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data, self.t = data, data["t"]
        self.constants = {row["slot"]: row for row in data["constants"]}
        self.series: dict[int, Ratio] = {}
        self.needs: list[Need] = []

    def run(self) -> None:
        for row in self.data["moving"]:
            self.generator(row)
        u, v = self.quotient(*self.data["element"])
        e, claimed = self.low(u) - self.low(v), self.data["limit"]
        if e < 0 and claimed in (1, -1):
            self.need("positive", mul(self.lead(u), {(): Fraction(claimed)}), self.lead(v))
        elif e < 0 or claimed in (1, -1):
            raise Rejected("the limit is infinite, or it is not")
        elif not self.equal(self.lead(u) if e == 0 else {}, self.lead(v), *map(poly, claimed)):
            raise Rejected("the leading terms show another limit")

    def low(self, p: Poly) -> float:
        return min(split(p, self.t), default=EVER)

    def lead(self, p: Poly) -> Poly:
        """The leading coefficient, in constants."""
        if not p:
            raise Rejected("nothing is left of a leading term")
        first = split(p, self.t)[int(self.low(p))]
        if checker.slots_of(first) & self.series.keys():
            raise Rejected("a leading term is hidden by a remainder")
        return first

    def reduce(self, u: Poly, v: Poly = ONE) -> Ratio:
        """The same quotient with the powers of constant roots brought below their order."""
        for slot in sorted(self.constants, reverse=True):
            row = self.constants[slot]
            if row["kind"] == "root":
                inside = [poly(rows) for rows in row["inside"]]
                u, m = checker.lowered(u, slot, row["order"], *inside)
                v, n = checker.lowered(v, slot, row["order"], *inside)
                u, v = mul(u, n), mul(v, m)
        return u, v

    def equal(self, u: Poly, v: Poly, r: Poly, s: Poly) -> bool:
        return not self.reduce(add(mul(u, s), mul(r, v), LESS))[0]

    def need(self, sign: str, above: Poly, below: Poly = ONE) -> None:
        self.needs.append((sign, (above, below)))

    def at(self, rows: Any) -> Ratio:
        """A polynomial in all slots, with the series in their places."""
        total: Ratio = ({}, ONE)
        for monomial, c in poly(rows).items():
            term: Ratio = ({(): c}, ONE)
            for slot, e in monomial:
                itself = (checker.variable(slot), ONE)
                term = checker.times(term, checker.raised(self.series.get(slot, itself), e))
            total = checker.plus(total, term)
        return total

    def quotient(self, above: Any, below: Any) -> Ratio:
        (a, c), (b, d) = self.at(above), self.at(below)
        u, v = self.reduce(mul(a, d), mul(b, c))
        self.need("nonzero", self.lead(v))
        return u, v

    def generator(self, row: Any) -> None:
        q, d, n = poly(row["series"]), poly(row["over"]), checker.whole(row["n"], 1)
        self.need("nonzero", self.lead(d))
        if row["kind"] == "symbol":
            self.series[row["slot"]] = q, d
            return
        u, v = self.quotient(*row["inside"])
        if not self.follows(row, u, v, q, d):
            raise Rejected(f"the series of generator {row['slot']} does not follow")
        remainder = mul(d, {tuple(sorted(((self.t, n), (row["slot"], 1)))): Fraction(1)})
        self.series[row["slot"]] = add(q, remainder), d

    def follows(self, row: Any, u: Poly, v: Poly, q: Poly, d: Poly) -> bool:
        shift, n = self.low(v), row["n"]
        if row["kind"] in ("root", "log"):
            self.need("positive", self.lead(u), self.lead(v))
        if row["kind"] == "root":
            m, a = row["order"], self.low(q) - self.low(d)
            self.need("positive", self.lead(q), self.lead(d))
            gap = self.reduce(add(mul(power(q, m), v), mul(u, power(d, m)), LESS))[0]
            return a < n and self.low(gap) - shift - m * self.low(d) >= n + (m - 1) * a
        hidden = min(self.low(self.with_remainder(p)) for p in (u, v)) - shift
        u, v = (add(p, self.with_remainder(p), LESS) for p in (u, v))
        fall = add(mul(self.slope(u), v), mul(u, self.slope(v)), LESS)  # u' = fall/v^2
        if row["kind"] == "exp":
            gap = add(mul(self.slope(q), mul(v, v)), mul(fall, q), LESS)
        else:
            gap = add(mul(self.slope(q), mul(u, v)), mul(fall, d), LESS)
        order = min(hidden, self.low(self.reduce(gap)[0]) - 2 * shift + 1)
        return n <= order and self.slope(d) == {} and self.starts(row, u, v, q, d)

    def with_remainder(self, p: Poly) -> Poly:
        return {m: c for m, c in p.items() if dict(m).keys() & self.series.keys()}

    def slope(self, p: Poly) -> Poly:
        """The derivative by t."""
        parts = split(p, self.t).items()
        rows = [mul(part, {((self.t, e - 1),) if e > 1 else (): Fraction(e)}) for e, part in parts]
        return reduce(add, (row for row, (e, _) in zip(rows, parts, strict=True) if e), {})

    def starts(self, row: Any, u: Poly, v: Poly, q: Poly, d: Poly) -> bool:
        """P(0) = exp(u(0)) or log(u(0)), for u(0) = 0 or 1, or by a constant of that kind."""
        is_exp, start = row["kind"] == "exp", self.constants.get(row["start"])
        if self.low(u) < self.low(v):
            return False
        here = (split(u, self.t).get(int(self.low(v)), {}), self.lead(v))
        first = (split(q, self.t).get(0, {}), d)
        if start is None:
            inside, value = ({}, ONE) if is_exp else (ONE, {})
            return self.equal(*here, inside, ONE) and self.equal(*first, value, ONE)
        if start["kind"] != row["kind"] or not self.equal(*here, *map(poly, start["inside"])):
            return False
        return self.equal(*first, checker.variable(row["start"]), ONE)


def poly(rows: Any) -> Poly:
    return {tuple((slot, e) for slot, e in powers): Fraction(c) for c, powers in rows}
