"""**Rewriting** of words by relations, with a record of why.

A relation is a combination of words that is zero. Its largest word is rewritten into the others,
wherever it occurs: in words, and in the words of which scalars are made. Overlaps of two largest
words give more relations (Buchberger; Mora 1986), up to a bound. What is shown rests on

    before - after = sum of coefficient * left * relation * right

alone, which every answer carries: `Step` is one term of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.signsets import NONZERO
from verifier.derive.kernel.words.rules import Loops, Rule, Scalar, Step
from verifier.derive.kernel.words.word import (
    Algebra,
    Loop,
    Word,
    WordSum,
    rotated,
    straight,
    transposed,
)
from verifier.errors import UnsupportedError

MOST_REWRITES = 1000
MOST_RULES = 60
_TOO_MUCH = f"It takes more than {MOST_REWRITES} rewritings: split the step."
LONGEST_WORD = 9
MOST_OVERLAPS = 250


@dataclass
class Rewriter:
    """Rules and what they rest on; `ranks` makes a letter larger than all words without it."""

    ring: Loops
    relations: list[WordSum] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    scalars: dict[int, Scalar] = field(default_factory=dict)
    zeros: list[Scalar] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)
    cache: dict[tuple[int, int], Scalar | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.algebra = Algebra(self.ring)
        self.tower = self.ring.tower

    def order(self, word: Word) -> tuple[Any, ...]:
        """The monomial order: letters of rank, then how many are no vectors, the length, the rest.

        So a product of matrices is rewritten into one of rank one, and not the other way round.
        """
        ranks = sorted((self.ranks.get(letter.name, 0) for letter in word), reverse=True)
        heavy = sum("1" not in (letter.rows, letter.columns) for letter in word)
        return tuple(r for r in ranks if r), heavy, len(word), word

    def learn(self, zero: WordSum) -> None:
        """Take a combination as zero; one that gives no rule is left out."""
        self.relations.append(zero)
        number = len(self.relations) - 1
        if zero.rows == zero.columns == "1":
            element = zero.terms.get((), self.tower.zero)
            self._equate(element, (Step(self.tower.one, number, times=()),))
            return
        for flipped in (False, True):
            one = self.algebra.transpose(zero) if flipped else zero
            self._orient(one, (Step(self.tower.one, number, flipped=flipped),))

    def reduced(self, of: WordSum) -> tuple[WordSum, tuple[Step, ...]]:
        """A combination with no rule left to use on it, and the steps of the difference."""
        steps: list[Step] = []
        for _ in range(MOST_REWRITES):
            hit = self._largest_hit(of)
            if hit is None:
                break
            word, place, rule = hit
            left, right = word[:place], word[place + len(rule.lead) :]
            c = of.terms[word]
            steps += [self.inside(step, left, right).scaled(c) for step in rule.steps]
            moved = self._between(left, rule.rest, right, of)
            rest = WordSum(of.rows, of.columns, {w: d for w, d in of.terms.items() if w != word})
            of = self.algebra.add(rest, self.algebra.scaled(c, moved))
        else:
            raise UnsupportedError(_TOO_MUCH)
        settled: list[tuple[Word, Element]] = []
        for word, c in of.terms.items():
            value, why = self.settled(c)
            settled.append((word, value))
            steps += [replace(step, times=word) for step in why]
        return self.algebra.total(of.rows, of.columns, settled), tuple(steps)

    def settled(self, element: Element) -> tuple[Element, tuple[Step, ...]]:
        """An element with each scalar of words in it rewritten, and the steps of the difference."""
        steps: list[Step] = []
        for _ in range(MOST_REWRITES):
            loose = self._loose(element)
            if loose is None:
                break
            slot, known = loose
            changed = _replaced(element, slot, known.value)
            generator = Element(self.tower, self.tower.gens[slot], self.tower.one_poly)
            quotient = _over(element - changed, generator - known.value)
            steps += [step.scaled(quotient) for step in known.steps]
            element = changed
        else:
            raise UnsupportedError(_TOO_MUCH)
        return element, tuple(steps)

    def divided(self, element: Element) -> tuple[Element, tuple[Step, ...]]:
        """A settled element, or zero if it is a multiple of an equation that was not solved."""
        for zero in self.zeros:
            _, rest = divmod(element.num, zero.value.num)
            if rest.is_zero() and not element.is_zero:
                factor = _over(element, zero.value)
                return self.tower.zero, tuple(step.scaled(factor) for step in zero.steps)
        return element, ()

    def complete(self) -> None:
        """Add what overlaps of rules give, shortest first, up to the bounds."""
        done: set[tuple[int, int, int]] = set()
        for _ in range(MOST_OVERLAPS):
            found = self._next_overlap(done)
            if found is None or len(self.rules) >= MOST_RULES:
                return
            self._overlap(*found)

    def multiplied(self, left: Word, of: WordSum, right: Word) -> WordSum:
        """left * of * right."""
        return self._between(left, of, right, of)

    def _orient(self, zero: WordSum, why: tuple[Step, ...]) -> bool:
        zero, more = self.reduced(zero)
        why = (*why, *(step.scaled(-self.tower.one) for step in more))
        if zero.rows == zero.columns == "1":
            scalars = tuple(replace(s, times=() if s.times is None else s.times) for s in why)
            self._equate(zero.terms.get((), self.tower.zero), scalars)
            return False
        if zero.is_zero:
            return False
        lead = max(zero.terms, key=self.order)
        c = zero.terms[lead]
        if not lead or not self.tower.sign_of(c) <= NONZERO:
            return False
        inverse = _over(self.tower.one, c)
        rest = {w: -(d * inverse) for w, d in zero.terms.items() if w != lead}
        steps = tuple(step.scaled(inverse) for step in why)
        self.rules.append(Rule(lead, WordSum(zero.rows, zero.columns, rest), steps))
        return True

    def _equate(self, element: Element, why: tuple[Step, ...]) -> None:
        """A scalar equation, solved for its largest scalar of words, if it is linear there."""
        element, more = self.settled(element)
        why = (*why, *(step.scaled(-self.tower.one) for step in more))
        loops = self.ring.loops()
        slots = [s for s in loops if element.num.degrees()[s] > 0]
        if not slots or any(element.den.degrees()[s] > 0 for s in loops):
            return
        slot = max(slots, key=lambda s: self.order(loops[s].word))
        parts = self.tower.split(element.num, slot)
        self.zeros.append(Scalar(element, why))
        if max(parts) != 1:
            return
        slope = Element.make(self.tower, parts[1], element.den)
        if not self.tower.sign_of(slope) <= NONZERO:
            return
        zero = self.tower.context.constant(0)
        start = Element.make(self.tower, parts.get(0, zero), element.den)
        inverse = _over(self.tower.one, slope)
        self.scalars[slot] = Scalar(-(start * inverse), tuple(s.scaled(inverse) for s in why))

    def _largest_hit(self, of: WordSum) -> tuple[Word, int, Rule] | None:
        """The largest word that a rule rewrites, with the place and the rule."""
        words = sorted(of.terms, key=self.order, reverse=True)
        return next(((w, *hit) for w in words if (hit := self._hit(w)) is not None), None)

    def _hit(self, word: Word) -> tuple[int, Rule] | None:
        for rule in self.rules:
            size = len(rule.lead)
            for place in range(len(word) - size + 1):
                if word[place : place + size] == rule.lead:
                    return place, rule
        return None

    def _loose(self, element: Element) -> tuple[int, Scalar] | None:
        """The largest scalar of words in the element that can be rewritten, and into what."""
        loops = self.ring.loops()
        met = [s for s in loops if any(p.degrees()[s] > 0 for p in (element.num, element.den))]
        met.sort(key=lambda slot: self.order(loops[slot].word), reverse=True)
        return next(((s, k) for s in met if (k := self._scalar(s)) is not None), None)

    def _scalar(self, slot: int) -> Scalar | None:
        """What the scalar is rewritten into, if that is smaller in the order."""
        if slot in self.scalars:
            return self.scalars[slot]
        key = slot, len(self.rules)
        if key not in self.cache:
            self.cache[key] = self._rewritten(self.ring.loops()[slot])
        return self.cache[key]

    def _rewritten(self, loop: Loop) -> Scalar | None:
        for turn in _turns(loop):
            hit = self._hit(turn)
            if hit is None:
                continue
            place, rule = hit
            left, right = turn[:place], turn[place + len(rule.lead) :]
            values, largest = self.tower.zero, self.order(())
            for word, c in rule.rest.terms.items():
                whole = left + word + right
                values = values + c * self._closed(whole, turn[0].rows)
                largest = max(largest, self.order(_first(whole, loop)))
            closed = tuple(self.inside(s, left, right, size=turn[0].rows) for s in rule.steps)
            if largest < self.order(loop.word):
                return Scalar(values, closed)
            if largest == self.order(loop.word):
                solved = self._solved(loop, Scalar(values, closed))
                if solved is not None:
                    return solved
        return None

    def _solved(self, loop: Loop, known: Scalar) -> Scalar | None:
        """x = a x + b gives x = b/(1 - a), as x^T S x = -x^T S x for a skew S."""
        slot = self.tower.by_label[self.ring.label(loop)].slot
        value = known.value
        parts = self.tower.split(value.num, slot)
        if value.den.degrees()[slot] > 0 or max(parts, default=0) != 1:
            return None
        nothing = self.tower.context.constant(0)
        gap = self.tower.one - Element.make(self.tower, parts[1], value.den)
        if not self.tower.sign_of(gap) <= NONZERO:
            return None
        rest = Element.make(self.tower, parts.get(0, nothing), value.den)
        inverse = _over(self.tower.one, gap)
        return Scalar(rest * inverse, tuple(s.scaled(inverse) for s in known.steps))

    def _closed(self, word: Word, size: str) -> Element:
        """The trace of a word that begins and ends in the space `size`."""
        value: Element = self.algebra.trace(self.algebra.of_word(size, size, word))
        return value

    def _between(self, left: Word, of: WordSum, right: Word, shape: WordSum) -> WordSum:
        rows = left[0].rows if left else of.rows
        columns = right[-1].columns if right else of.columns
        pairs = []
        for word, c in of.terms.items():
            cut, factor = self.algebra.cut(left + word + right)
            pairs.append((cut, c * factor))
        return self.algebra.total(rows, columns, pairs)

    def inside(self, step: Step, left: Word, right: Word, *, size: str = "") -> Step:
        """left * step * right, or the trace of it where a `size` is given."""
        if step.times is None:
            around = replace(step, left=left + step.left, right=step.right + right)
            return replace(around, times=()) if size else around
        whole = left + step.times + right
        if size:
            return replace(step.scaled(self._closed(whole, size)), times=())
        word, factor = self.algebra.cut(whole)
        return replace(step.scaled(factor), times=word)

    def _next_overlap(self, done: set[tuple[int, int, int]]) -> tuple[int, int, int] | None:
        best: tuple[int, tuple[int, int, int]] | None = None
        for i, one in enumerate(self.rules):
            for j, two in enumerate(self.rules):
                for size in range(1, min(len(one.lead), len(two.lead)) + 1):
                    key = (i, j, size)
                    if key in done or (i == j and size == len(one.lead)):
                        continue
                    length = len(one.lead) + len(two.lead) - size
                    if length > LONGEST_WORD or one.lead[-size:] != two.lead[:size]:
                        continue
                    if best is None or length < best[0]:
                        best = length, key
        if best is None:
            return None
        done.add(best[1])
        return best[1]

    def _overlap(self, i: int, j: int, size: int) -> None:
        """a b and b c are leads: rest(a b) c = a rest(b c)."""
        one, two = self.rules[i], self.rules[j]
        right, left = two.lead[size:], one.lead[: len(one.lead) - size]
        first = self._between((), one.rest, right, one.rest)
        second = self._between(left, two.rest, (), two.rest)
        # a b c - first = steps of one, times c; a b c - second = a, times steps of two
        why = [self.inside(step, left, ()) for step in two.steps]
        why += [self.inside(step, (), right).scaled(-self.tower.one) for step in one.steps]
        self._orient(self.algebra.subtract(first, second), tuple(why))


def _turns(loop: Loop) -> Iterator[Word]:
    """The words of which a scalar is made alike."""
    for word in (loop.word, transposed(loop.word)):
        for k in range(len(word) if loop.cyclic else 1):
            yield word[k:] + word[:k]


def _first(word: Word, loop: Loop) -> Word:
    """The word that stands for the scalar, as far as one word does."""
    if not word:
        return ()
    return rotated(word).word if loop.cyclic else straight(word).word


def _replaced(element: Element, slot: int, value: Element) -> Element:
    """The element with a generator replaced; denominators are not noted again."""
    up, down = (_composed(element, poly, slot, value) for poly in (element.num, element.den))
    return _over(up, down)


def _composed(element: Element, poly: Any, slot: int, value: Element) -> Element:
    tower = element.tower
    total = tower.zero
    for exponent, part in tower.split(poly, slot).items():
        total = total + Element(tower, part, tower.one_poly) * value.power(int(exponent))
    return total


def _over(one: Element, two: Element) -> Element:
    """The quotient of elements, where the divisor is known to be nonzero."""
    return one.tower.reduced(one.num * two.den, one.den * two.num)
