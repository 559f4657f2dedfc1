"""**Proofs**: why an element has the signs that the oracle found, as data for the checker."""

from __future__ import annotations

from typing import Any

from flint import fmpq

from verifier.derive.kernel.element import Element, Poly
from verifier.derive.kernel.reader import SIGNS as OPS
from verifier.derive.kernel.signs import DEPTH, SignOracle, Signs
from verifier.derive.kernel.tower import (
    ANY,
    NONNEGATIVE,
    NONPOSITIVE,
)

Proof = list[Any]


def poly_rows(poly: Poly) -> list[Any]:
    """[[coefficient, [[slot, exponent], ...]], ...]."""
    return [
        [str(c), [[slot, int(e)] for slot, e in enumerate(monomial) if e]]
        for monomial, c in poly.to_dict().items()
    ]


def element_rows(element: Element) -> list[Any]:
    """[numerator, denominator]."""
    return [poly_rows(element.num), poly_rows(element.den)]


class Prover:
    """Follows the oracle's attempts and keeps those that narrow the signs.

    `facts` are the hypotheses as (op, element), in the order of the certificate.
    """

    def __init__(self, oracle: SignOracle, facts: list[tuple[str, Element]]) -> None:
        self.oracle = oracle
        self.tower = oracle.tower
        self.facts = facts

    def proof(self, element: Element, depth: int = DEPTH) -> Proof:
        """A proof of what the oracle knows about the sign of `element`."""
        value = element.rational
        if value is not None:
            return ["prod", str(value), []]
        constant, factors = self.tower.factors(element)
        rows = [[poly_rows(f.num), e, self._factor(f, depth)] for f, e in factors]
        product: Proof = ["prod", str(constant), rows]
        whole = self._by_facts(element)
        return ["meet", product, *whole] if whole and len(rows) > 1 else product

    def _factor(self, factor: Element, depth: int) -> Proof:
        oracle = self.oracle
        proofs = self._by_facts(factor)
        attempts = (
            (oracle._generator_sign, self._generator),
            (oracle._orthant_sign, self._orthant),
            (oracle._quadratic_sign, self._quadratic),
            (oracle._sturm_sign, self._sturm),
            (oracle._root_sign, self._root),
        )
        known = oracle._known(factor)
        for attempt, write in attempts:
            if len(known) == 1 or not depth:
                break
            found = known & attempt(factor, depth)
            if found != known:
                proofs.append(write(factor, depth))
                known = found
        if not proofs:
            return ["any"]
        return proofs[0] if len(proofs) == 1 else ["meet", *proofs]

    def _by_facts(self, element: Element) -> list[Proof]:
        proofs: list[Proof] = []
        for row, (op, fact) in enumerate(self.facts):
            if not (element.den.is_one() and fact.den.is_one()):
                continue
            quotient, rest = divmod(fact.num, element.num)
            if not rest.is_zero() or quotient.is_zero():
                continue
            if quotient.is_constant():
                proofs.append(["fact", row])
            elif op in ("!=", ">", "<"):
                proofs.append(["divides", row, poly_rows(quotient)])
        return proofs

    def _generator(self, factor: Element, depth: int) -> Proof:
        (monomial,) = factor.num.to_dict()
        slot = next(i for i, e in enumerate(monomial) if e)
        return self._slot(slot, depth)

    def _slot(self, slot: int, depth: int) -> Proof:
        """The sign of one generator: its kind, or a bound by a hypothesis."""
        generator = self.tower.generators[slot]
        if generator.kind == "root" and generator.inside is not None and depth:
            return ["gen", self.proof(generator.inside, depth - 1)]
        if generator.kind == "log" and generator.inside is not None and depth:
            return ["gen", self.proof(generator.inside - self.tower.one, depth - 1)]
        if generator.kind != "symbol" or self._is_square(slot):
            return ["gen"]
        itself = Element(self.tower, self.tower.gens[slot], self.tower.one_poly)
        proofs = self._by_facts(itself)
        bounds = self.oracle.ranges.get(slot)
        if bounds is not None:
            low, high = self._row(slot, True), self._row(slot, False)
            moves = [m for m in (low, high) if m is not None]
            if moves:
                proofs.append(["orthant", [["bound", slot, *moves]], []])
        return proofs[0] if len(proofs) == 1 else ["meet", *proofs]

    def _is_square(self, slot: int) -> bool:
        left, _, right = self.tower.generators[slot].label.strip("<>").partition(", ")
        return self.tower.generators[slot].label.startswith("<") and left == right

    def _row(self, slot: int, lower: bool) -> int | None:
        """The fact that gives the tightest bound of a symbol on one side."""
        best: tuple[fmpq, bool, int] | None = None
        for row, (op, fact) in enumerate(self.facts):
            bound = self._bound(slot, OPS[op], fact)
            if bound is None or bound[1] != lower:
                continue
            value, strict = bound[0], 0 not in OPS[op]
            tighter = best is None or (value > best[0] if lower else value < best[0])
            if tighter or (best is not None and value == best[0] and strict and not best[1]):
                best = (value, strict, row)
        return None if best is None else best[2]

    def _bound(self, slot: int, signs: Signs, fact: Element) -> tuple[fmpq, bool] | None:
        if not fact.den.is_one() or not (signs <= NONNEGATIVE or signs <= NONPOSITIVE):
            return None
        parts = self.tower.split(fact.num, slot)
        if set(parts) - {0, 1} or 1 not in parts or not parts[1].is_constant():
            return None
        if 0 in parts and not parts[0].is_constant():
            return None
        c = fmpq(parts[1].leading_coefficient())
        rest = fmpq(parts[0].leading_coefficient()) if 0 in parts else fmpq(0)
        return -rest / c, (signs <= NONNEGATIVE) == (c > 0)

    def _orthant(self, factor: Element, depth: int) -> Proof:
        degrees = factor.num.degrees()
        moves: list[Any] = []
        moved: set[int] = set()
        poly = factor.num
        for shift in self.oracle.shifts:
            row = self._shift_row(shift.slot, shift.base)
            if poly.degrees()[shift.slot] > 0 and row is not None:
                moves.append(["shift", shift.slot, row])
                moved.add(shift.slot)
                poly = self.oracle._compose(
                    poly, shift.slot, shift.base + self.tower.gens[shift.slot]
                )
        degrees = poly.degrees()
        for slot in sorted(self.oracle.ranges):
            if slot in moved or degrees[slot] <= 0:
                continue
            low, high = self._row(slot, True), self._row(slot, False)
            rows = [row for row in (low, high) if row is not None]
            moves.append(["bound", slot, *rows] if rows else ["square", slot])
            moved.add(slot)
        positive = []
        for slot in range(self.tower.slots):
            if degrees[slot] > 0 and slot not in moved:
                known = self.oracle.slot_sign(slot, depth)
                if known <= NONNEGATIVE:
                    positive.append([slot, self._slot(slot, depth)])
        return ["orthant", moves, positive]

    def _shift_row(self, slot: int, base: Poly) -> int | None:
        wanted = self.tower.gens[slot] - base
        for row, (op, fact) in enumerate(self.facts):
            if op in (">", ">=") and fact.den.is_one() and fact.num == wanted:
                return row
        return None

    def _quadratic(self, factor: Element, depth: int) -> Proof:
        for generator in self.tower.generators:
            if generator.kind != "symbol" or int(factor.num.degrees()[generator.slot]) != 2:
                continue
            parts = self.tower.split(factor.num, generator.slot)
            a, b, c = (self.oracle._wrap(parts.get(e)) for e in (2, 1, 0))
            gap = b * b - (a * c).scaled(fmpq(4))
            below = depth - 2 if depth > 1 else 0
            if self.oracle.sign(gap, below) <= NONPOSITIVE:
                return ["quadratic", generator.slot, self.proof(gap), self.proof(a)]
        return ["any"]

    def _sturm(self, factor: Element, depth: int) -> Proof:
        slot = next(i for i, e in enumerate(factor.num.degrees()) if e > 0)
        return ["sturm", slot, self._row(slot, True), self._row(slot, False)]

    def _root(self, factor: Element, depth: int) -> Proof:
        for generator in reversed(self.tower.generators):
            if generator.kind != "root" or generator.order != 2 or generator.inside is None:
                continue
            if int(factor.num.degrees()[generator.slot]) != 1:
                continue
            parts = self.tower.split(factor.num, generator.slot)
            a, b = self.oracle._wrap(parts.get(0)), self.oracle._wrap(parts.get(1))
            if self.oracle._sum_sign(a, b, generator.inside, generator.slot, depth) == ANY:
                continue
            itself = Element(self.tower, self.tower.gens[generator.slot], self.tower.one_poly)
            gap = a * a - b * b * generator.inside
            below = depth - 1
            return [
                "root",
                generator.slot,
                self.proof(a, below),
                self.proof(b * itself, below),
                self.proof(gap, below),
            ]
        return ["any"]
