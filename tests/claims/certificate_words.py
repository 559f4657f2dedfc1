"""**Numeric reading** of a certificate of words: its identity for random matrices, no proof read.

The relations need not hold: multiplier * of + sum of the steps vanishes for all matrices.
"""

from __future__ import annotations

import random
from typing import Any

from mpmath import eye, matrix, mp, mpf

from tests.claims.certificate_numeric import CERTAINLY, NoValue, evaluate


def words_at_points(data: Any, *, seed: int, wanted: int = 6, tries: int = 400) -> list[bool]:
    """Whether the identity holds and no multiple vanishes, at points that the facts allow."""
    chance = random.Random(seed)
    found: list[bool] = []
    for _ in range(tries):
        reading = _Reading(data, chance)
        if reading.allowed():
            found.append(reading.holds())
        if len(found) == wanted:
            break
    return found


class _Reading:
    """Matrices and scalars of one point, by letter and by slot."""

    def __init__(self, data: Any, chance: random.Random) -> None:
        self.data, self.goal = data, data["goal"]
        letters = self.goal["letters"]
        names = {size for ends in letters.values() for size in ends}
        names |= {of for _, of in self.goal["traces"] if isinstance(of, str)}
        names |= {size for of in self._sums() for size in of["shape"]}
        self.sizes = {name: chance.randint(1, 3) for name in sorted(names)} | {"1": 1}
        self.letters = {
            name: matrix([[chance.randint(-3, 3) for _ in range(self.sizes[columns])]
                          for _ in range(self.sizes[rows])])
            for name, (rows, columns) in letters.items()
        }  # fmt: skip
        self.point = {n: mpf(chance.randint(-3, 3)) for n in range(len(data["generators"]))}
        for slot, of in self.goal["traces"]:
            self.point[slot] = mpf(self.sizes[of]) if isinstance(of, str) else self._trace(of)

    def _sums(self) -> list[Any]:
        return [self.goal["of"], *self.goal["relations"]]

    def allowed(self) -> bool:
        try:
            return all(
                CERTAINLY[op](evaluate(tree, self.data, self.point))
                for kind, op, tree in self.data["facts"]
                if kind == "given"
            )
        except NoValue:
            return False

    def holds(self) -> bool:
        goal = self.goal
        multiples = [self._poly(rows) for rows, _ in (goal["multiplier"], *goal["nonzero"])]
        total = multiples[0] * self._sum(goal["of"])
        for rows, number, left, right, flipped, closed in goal["steps"]:
            value = self._sum(goal["relations"][number])
            value = value.T if flipped else value
            value = self._product(left, value) if left else value
            value = value * self._product(right) if right else value
            if closed is not None:
                scalar = sum(value[k, k] for k in range(value.rows))
                value = scalar * self._product(closed, size=goal["of"]["shape"][0])
            total = total + self._poly(rows) * value
        return 0 not in multiples and mp.mnorm(total, 1) == 0

    def _letter(self, name: str) -> Any:
        return self.letters[name[1:]].T if name.startswith("~") else self.letters[name]

    def _product(self, word: list[str], last: Any = None, size: str = "1") -> Any:
        factors = [*map(self._letter, word), *([] if last is None else [last])]
        total = factors[0] if factors else eye(self.sizes[size])
        for factor in factors[1:]:
            total = total * factor
        return total

    def _trace(self, word: list[str]) -> Any:
        value = self._product(word)
        return sum(value[k, k] for k in range(value.rows))

    def _poly(self, rows: Any) -> Any:
        total = mpf(0)
        for c, powers in rows:
            top, _, below = c.partition("/")
            term = mpf(int(top)) / int(below or 1)
            for slot, e in powers:
                term *= self.point[slot] ** e
            total += term
        return total

    def _sum(self, of: Any) -> Any:
        rows, columns = of["shape"]
        total = matrix(self.sizes[rows], self.sizes[columns])
        for coefficient, word in of["terms"]:
            total = total + self._poly(coefficient) * self._product(word, size=rows)
        return total
