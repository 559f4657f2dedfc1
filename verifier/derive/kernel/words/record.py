"""**Records**: what was shown of words, as goals of certificates; see the checker's `FORMAT.md`.

Coefficients become polynomials: every step, and the goal, is multiplied with one polynomial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sympy import Expr

from verifier.derive.kernel.field.element import Element, Poly
from verifier.derive.kernel.field.signsets import NONZERO
from verifier.derive.kernel.signs.products import poly_rows
from verifier.derive.kernel.signs.proofs import Prover
from verifier.derive.kernel.words.expansion import Grid
from verifier.derive.kernel.words.goals import Goals
from verifier.derive.kernel.words.matrices import Matrices
from verifier.derive.kernel.words.rewriting import Rewriter
from verifier.derive.kernel.words.rules import Step
from verifier.derive.kernel.words.word import Letter, Word, WordSum, transposed
from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.exact.substitution import scalars_in

Data = dict[str, Any]


def shown(matrices: Matrices, gap: Grid) -> Iterator[tuple[WordSum, Sequence[Step]]]:
    """Every block of `gap`, with the steps that show that it is zero.

    Raises `UnsupportedError` if that is not shown, or if a scalar was replaced by an equation
    when it was read, which no step of the rewriting says.
    """
    *given, goal = matrices.statements
    for statement in (*(s for s in given if not _scalar(s)), goal):
        for atom in matrices.reader.equal:
            if any(expr.has(atom) for expr in scalars_in(statement)):
                raise UnsupportedError(f"{atom} was replaced when {statement} was read.")
    answer = Goals(matrices).decide(gap)
    if answer.by_length:
        raise UnsupportedError("It is zero because its length is: there are no steps to write.")
    if not answer.vanishes:
        raise UnsupportedError(f"What is left is\n    {answer}")
    for row, steps in zip(gap, answer.steps, strict=True):
        yield from zip(row, steps, strict=True)


def _scalar(statement: Statement) -> bool:
    return isinstance(statement, Relation) and isinstance(statement.lhs, Expr)


class Recorder:
    """Writes what one rewriter has shown; raises `UnsupportedError` for what has no such form."""

    def __init__(self, rewriter: Rewriter, prover: Prover) -> None:
        self.rewriter = rewriter
        self.tower = rewriter.tower
        self.prover = prover
        self.letters: dict[str, list[str]] = {}

    def record(self, goal: WordSum, steps: Sequence[Step]) -> Data:
        """The certificate that `goal`, its denominators cleared, is minus the sum of the steps."""
        self.letters = {}
        used = sorted({step.relation for step in steps})
        relations = [self.rewriter.relations[n] for n in used]
        below = [self._common(relation.terms.values()) for relation in relations]
        factors = [self._over(step.coefficient, below[used.index(step.relation)]) for step in steps]
        for step in steps:
            self._name_scalars(step)
        cleared = self._common(goal.terms.values())
        common = self._common([*goal.terms.values(), *factors])
        return {
            "kind": "words",
            "multiplier": self.nonzero(divmod(common, cleared)[0]),
            "nonzero": [] if cleared.is_one() else [self.nonzero(cleared)],
            "of": self._sum(goal, cleared),
            "relations": [self._sum(r, b) for r, b in zip(relations, below, strict=True)],
            "steps": [
                self._step(step, self._times(-factor, common), used.index(step.relation))
                for step, factor in zip(steps, factors, strict=True)
            ],
            "traces": [*self._traces(), *self._sizes()],
            "letters": dict(sorted(self.letters.items())),
        }

    def _name_scalars(self, step: Step) -> None:
        """Generators for the scalars of a step, those too that cancel with others."""
        relation, algebra = self.rewriter.relations[step.relation], self.rewriter.algebra
        for word in relation.terms:
            inner = transposed(word) if step.flipped else word
            whole = step.left + inner + step.right
            size = whole[0].rows if whole else relation.rows
            if step.times is None:
                algebra.cut(whole)
            else:
                algebra.trace(algebra.of_word(size, size, whole))

    def nonzero(self, poly: Poly) -> list[Any]:
        """The polynomial with a proof that it is not zero."""
        base = self.prover.base(poly, NONZERO)
        if 0 in base.signs:
            raise UnsupportedError("That a divisor is not zero has no certificate.")
        return [poly_rows(poly), base.proof]

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
            [poly_rows(self._times(c, factor)), self._word(word)] for word, c in of.terms.items()
        ]
        return {"shape": [of.rows, of.columns], "terms": terms}

    def _step(self, step: Step, factor: Poly, number: int) -> list[Any]:
        times = None if step.times is None else self._word(step.times)
        ends = (self._word(step.left), self._word(step.right))
        return [poly_rows(factor), number, *ends, step.flipped, times]

    def _traces(self) -> Iterator[list[Any]]:
        """Generators that are scalars made of words."""
        for slot, loop in sorted(self.rewriter.ring.loops().items()):
            if slot not in self.tower.relations and all(x.power is None for x in loop.word):
                yield [slot, self._word(loop.word)]

    def _sizes(self) -> Iterator[list[Any]]:
        """Generators that are dimensions."""
        for space in sorted({size for ends in self.letters.values() for size in ends}):
            made = self.tower.by_label.get(space)
            if made is not None and made.slot in self.tower.whole:
                yield [made.slot, space]

    def _word(self, word: Word) -> list[str]:
        return [self._letter(letter) for letter in word]

    def _letter(self, letter: Letter) -> str:
        if letter.power is not None:
            raise UnsupportedError(f"`{letter.text}` is a power of an operator.")
        upright = letter.transposed if letter.flipped else letter
        self.letters[letter.name] = [upright.rows, upright.columns]
        return f"~{letter.name}" if letter.flipped else letter.name
