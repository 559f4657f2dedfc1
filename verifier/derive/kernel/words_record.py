"""**Records**: what was shown of words, written down for `words_certificate`.

Coefficients become polynomials: every step, and the goal, is multiplied with one polynomial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sympy import Expr

from verifier.derive.kernel.element import Element, Poly
from verifier.derive.kernel.expansion import Grid
from verifier.derive.kernel.matrices import Matrices
from verifier.derive.kernel.rewriting import Rewriter
from verifier.derive.kernel.word_goals import Goals
from verifier.derive.kernel.word_rules import Step
from verifier.derive.kernel.words import Letter, Loop, Word, WordSum, transposed
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation
from verifier.exact.substitution import scalars_in

Data = dict[str, Any]


def records(matrices: Matrices, gap: Grid) -> tuple[Data, ...]:
    """Certificates that every block of `gap` is zero.

    Raises `UnsupportedError` if that is not shown, or if a scalar was replaced by an equation
    when it was read, which no step of the rewriting says.
    """
    for statement in matrices.statements:
        if isinstance(statement, Relation) and isinstance(statement.lhs, Expr):
            continue
        for atom in matrices.reader.equal:
            if any(expr.has(atom) for expr in scalars_in(statement)):
                raise UnsupportedError(f"{atom} was replaced when {statement} was read.")
    answer = Goals(matrices).decide(gap)
    if answer.by_length:
        raise UnsupportedError("It is zero because its length is: there are no steps to write.")
    if not answer.vanishes:
        raise UnsupportedError(f"What is left is\n    {answer}")
    recorder = Recorder(matrices.rewriter)
    return tuple(
        recorder.record(entry, steps)
        for rows in zip(gap, answer.steps, strict=True)
        for entry, steps in zip(*rows, strict=True)
    )


class Recorder:
    """Writes what one rewriter has shown; raises `UnsupportedError` for what has no such form."""

    def __init__(self, rewriter: Rewriter) -> None:
        self.rewriter = rewriter
        self.tower = rewriter.tower
        self.letters: dict[str, list[str]] = {}

    def record(self, goal: WordSum, steps: Sequence[Step]) -> Data:
        """The certificate that `goal`, its denominators cleared, is the sum of the steps."""
        used = sorted({step.relation for step in steps})
        relations = [self.rewriter.relations[n] for n in used]
        below = [self._common(relation.terms.values()) for relation in relations]
        factors = [self._over(step.coefficient, below[used.index(step.relation)]) for step in steps]
        cleared = self._common(goal.terms.values())
        common = self._common([*goal.terms.values(), *factors])
        return {
            "multiplier": self._coefficient(divmod(common, cleared)[0]),
            "goal": self._sum(goal, cleared),
            "relations": [self._sum(r, b) for r, b in zip(relations, below, strict=True)],
            "steps": [
                self._step(step, self._times(factor, common), used.index(step.relation))
                for step, factor in zip(steps, factors, strict=True)
            ],
            "letters": dict(sorted(self.letters.items())),
        }

    def _common(self, elements: Iterable[Element]) -> Poly:
        """The least common multiple of denominators."""
        total = self.tower.one_poly
        for element in elements:
            shared = total.gcd(element.den)
            total = total * divmod(element.den, shared)[0]
        return total

    def _times(self, element: Element, factor: Poly) -> Poly:
        whole, rest = divmod(element.num * factor, element.den)
        if not rest.is_zero():
            raise UnsupportedError("A coefficient is no polynomial.")
        return whole

    def _over(self, element: Element, divisor: Poly) -> Element:
        return self.tower.reduced(element.num, element.den * divisor)

    def _sum(self, of: WordSum, factor: Poly) -> Data:
        terms = [
            [self._coefficient(self._times(c, factor)), self._word(word)]
            for word, c in of.terms.items()
        ]
        return {"rows": of.rows, "columns": of.columns, "terms": terms}

    def _step(self, step: Step, factor: Poly, number: int) -> list[Any]:
        times = None if step.times is None else self._word(step.times)
        ends = (self._word(step.left), self._word(step.right))
        return [self._coefficient(factor), number, *ends, step.flipped, times]

    def _coefficient(self, poly: Poly) -> list[Any]:
        rows = []
        for monomial, c in poly.to_dict().items():
            names: list[Any] = []
            for slot, exponent in enumerate(monomial):
                names += [self._scalar(slot) for _ in range(int(exponent))]
            rows.append([str(c), names])
        return rows

    def _scalar(self, slot: int) -> Any:
        loop = self.rewriter.ring.loops().get(slot)
        if loop is not None:
            return self._word(min(_forms(loop), key=self._word))
        generator = self.tower.generators[slot]
        if generator.kind != "symbol" or slot in self.tower.relations:
            raise UnsupportedError(f"`{generator.label}` is no symbol.")
        return generator.label

    def _word(self, word: Word) -> list[str]:
        return [self._letter(letter) for letter in word]

    def _letter(self, letter: Letter) -> str:
        if letter.power is not None:
            raise UnsupportedError(f"`{letter.text}` is a power of an operator.")
        upright = letter.transposed if letter.flipped else letter
        self.letters[letter.name] = [upright.rows, upright.columns]
        return f"~{letter.name}" if letter.flipped else letter.name


def _forms(loop: Loop) -> Iterator[Word]:
    for word in (loop.word, transposed(loop.word)):
        for k in range(len(word) if loop.cyclic else 1):
            yield word[k:] + word[:k]
