"""**Reader**: from sympy expressions and hypotheses to elements of a tower.

sympy's tree is only read. Every division, root and logarithm met on the way becomes a condition
of the tower that some step must discharge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import exponential, logarithm
from verifier.derive.kernel.field.families import kinds, readers
from verifier.derive.kernel.field.functions.power import symbolic_power
from verifier.derive.kernel.field.signsets import (
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    NONZERO,
    POSITIVE,
    ZERO,
    Signs,
)
from verifier.derive.kernel.field.tower import (
    SIZES,
    SLOTS,
    Condition,
    CrowdedError,
    Generator,
    Tower,
)
from verifier.derive.kernel.signs import Range, Shift, SignOracle
from verifier.derive.kernel.sums.everywhere import Everywhere
from verifier.derive.kernel.sums.members import moving_labels, touches, velocity_of
from verifier.errors import UnsupportedError
from verifier.exact.families import Entry
from verifier.exact.fields import Partial
from verifier.exact.statements import Relation
from verifier.exact.sums import Multiplied, Summed
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner

ATOMS = (Symbol, Inner, Entry)
SIGNS: dict[str, Signs] = {
    "==": ZERO,
    "!=": NONZERO,
    "<": NEGATIVE,
    "<=": NONPOSITIVE,
    ">": POSITIVE,
    ">=": NONNEGATIVE,
}


class Reader:
    """One tower with its sign oracle under `hypotheses`; `read` turns expressions into elements.

    Relations that are no bounds of a symbol are kept as facts. A hypothesis that cannot be read
    is left out, which can only make less provable; one that is too large for the `slots` that were
    asked for raises `CrowdedError` while there are larger towers.
    """

    def __init__(
        self,
        hypotheses: Iterable[Relation] = (),
        *,
        slots: int | None = None,
    ) -> None:
        self.may_grow = slots is not None and slots < SIZES[-1]
        self.tower = Tower(SLOTS if slots is None else slots)
        self.oracle = SignOracle(self.tower)
        self.tower.sign_of = self.oracle.sign
        self.tower.made = self._note_bounds
        self.names: dict[str, Expr] = {}
        self.equal: dict[Expr, Expr] = {}
        self.known: dict[Any, Element] = {}
        self.learned: list[Relation] = []
        self.renewed = 0  # generators that were replaced when the facts were last brought up to it
        hypotheses = tuple(hypotheses)
        self.everywhere = Everywhere(hypotheses)
        self.matrices: Callable[[Trace], Element] | None = None  # under hypotheses on them
        self.assume(hypotheses)

    def assume(self, relations: Iterable[Relation]) -> None:
        """Take relations as true, simple bounds first so that they help to read the others."""
        scalar = [r for r in relations if isinstance(r, Relation) and isinstance(r.lhs, Expr)]
        for relation in scalar:
            if relation.op == "==":
                self._equate(relation)
        ordered = sorted(scalar, key=lambda r: len(r.lhs.free_symbols | r.rhs.free_symbols))
        later = [relation for relation in ordered if not self._take(relation)]
        if len(later) < len(ordered) or len(later) > 1:
            # signs that were learned since may decide a branch
            self.known.clear()
            for relation in later:
                self._take(relation)

    def _take(self, relation: Relation) -> bool:
        """Learn a relation; whether it was read and is one between symbols alone."""
        before = dict(self.tower.conditions)
        try:
            self._bound(relation)
            return self._fact(relation)
        except CrowdedError:
            if self.may_grow:
                raise
        except (UnsupportedError, ZeroDivisionError):
            pass
        finally:
            self.tower.conditions = before
        return False

    def _equate(self, relation: Relation) -> None:
        """An equation whose side is an atom replaces it, unless that would go in a circle."""
        for atom, value in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
            if not isinstance(atom, (*ATOMS, Summed, Multiplied)) or atom in self.equal:
                continue
            if not value.has(atom, *self.equal) and not self._is_used(atom):
                self.equal[atom] = value
                return

    def _is_used(self, atom: Expr) -> bool:
        return any(value.has(atom) for value in self.equal.values())

    def _bound(self, relation: Relation) -> None:
        lhs, rhs, op = relation.lhs, relation.rhs, relation.op
        if op in ("<", "<="):
            lhs, rhs, op = rhs, lhs, ">" if op == "<" else ">="
        if op not in (">", ">="):
            return
        strict = op == ">"
        if isinstance(lhs, ATOMS) and rhs.is_Rational:
            self._range(lhs).tighten_low(_fmpq(rhs), strict)
        elif isinstance(rhs, ATOMS) and lhs.is_Rational:
            self._range(rhs).tighten_high(_fmpq(lhs), strict)
        elif isinstance(lhs, (Symbol, Entry)) and not rhs.has(lhs):
            base = self.read(rhs)
            if base.den.is_one() and lhs not in self.equal:
                slot = self._slot(lhs)
                taken = {slot, *(s.slot for s in self.oracle.shifts)}
                met = any(s.slot == slot for s in self.oracle.shifts)
                if not met and not any(base.num.degrees()[s] for s in taken):
                    self.oracle.shifts.append(Shift(slot, base.num, strict))
        self.oracle.cache.clear()

    def _fact(self, relation: Relation) -> bool:
        element = self.read(relation.lhs) - self.read(relation.rhs)
        is_new = relation not in self.learned
        if is_new or all(element.key != fact.key for fact, _ in self.oracle.facts):
            self.oracle.learn(element, SIGNS[relation.op])
        if is_new:
            self.learned.append(relation)
        return self.tower.is_plain(element)

    def _range(self, atom: Expr) -> Range:
        return self.oracle.ranges.setdefault(self._slot(atom), Range())

    def _note_bounds(self, generator: Generator) -> None:
        """The bounds that hold for every generator of its kind."""
        kind = kinds().get(generator.kind)
        if kind is not None and (kind.low is not None or kind.high is not None):
            ends = (kind.low, kind.high, not kind.closed, not kind.closed)
            self.oracle.ranges[generator.slot] = Range(*ends)

    def _slot(self, atom: Expr) -> int:
        self.tower.symbol(self.label(atom))
        return self.tower.by_label[self.label(atom)].slot

    def label(self, atom: Expr) -> str:
        """The name of a symbol or an inner product, which must be the only one of that name.

        Inner products that are equal because their operator is symmetric share one name.
        """
        one = atom.merged if isinstance(atom, Inner) else atom
        label = str(one)
        if self.names.setdefault(label, one) != one:
            raise UnsupportedError(f"Two symbols are called `{label}`: rename one of them.")
        return label

    def read(self, expr: Expr) -> Element:
        """The element of `expr`; its conditions are added to the tower."""
        if expr not in self.known:
            self.known[expr] = self._read(expr)
        return self.known[expr]

    def fresh(self, expr: Expr, *parts: Expr) -> tuple[Element, list[Condition]]:
        """The element of `expr` and the conditions under which it and `parts` have a value.

        `parts` are the sides that `expr` is the difference of: what cancels needs a value too.
        """
        before = self.tower.conditions
        try:
            element = self._read_anew(expr, parts)
            return element, list(self.tower.conditions.values())
        finally:
            self.tower.conditions = {**before, **self.tower.conditions}

    def _read_anew(self, expr: Expr, parts: Sequence[Expr]) -> Element:
        """The element of `expr`; once more where a finer unit rewrote what was read before."""
        if self.renewed != self.tower.rewritten:
            facts = [(self.tower.reduced(e.num, e.den), signs) for e, signs in self.oracle.facts]
            self.oracle.facts[:] = facts
            self.oracle.cache.clear()
        self.renewed = self.tower.rewritten
        self.tower.conditions = {}
        self.known.clear()
        for part in parts:
            self.read(part)
        element = self.read(expr)
        if self.renewed == self.tower.rewritten:
            return element
        return self._read_anew(expr, parts)

    def open_conditions(self, conditions: Iterable[Condition]) -> list[Condition]:
        """Those of the conditions that the hypotheses do not force."""
        allowed = {"nonzero": NONZERO, "nonnegative": NONNEGATIVE, "positive": POSITIVE}
        return [c for c in conditions if not self.oracle.sign(c.element) <= allowed[c.kind]]

    def sign(self, element: Element) -> Signs:
        return self.oracle.sign(element)

    def shows(self, relation: Relation) -> bool:
        """Whether the hypotheses show an inequality or equation in what has a value everywhere."""
        before = dict(self.tower.conditions)
        try:
            gap = self.read(relation.lhs) - self.read(relation.rhs)
            same = self.tower.conditions.keys() == before.keys()
            return same and self.sign(gap) <= SIGNS[relation.op]
        except (UnsupportedError, ZeroDivisionError):
            return False
        finally:
            self.tower.conditions = before

    def _read(self, expr: Expr) -> Element:
        if expr in self.equal:
            return self.read(self.equal[expr])
        if expr.is_Rational:
            return self.tower.constant(_fmpq(expr))
        if isinstance(expr, Symbol):
            return self._symbol(expr)
        if isinstance(expr, Inner):
            return self._inner(expr)
        if isinstance(expr, Partial):
            order = ", ".join(sorted(str(index) for index in expr.order))
            return self.tower.symbol(f"{expr.function}[{order}]")
        if expr.is_Add:
            total = self.tower.zero
            for arg in expr.args:
                total = total + self.read(arg)
            return total
        if expr.is_Mul:
            return self._product(expr.args)
        if isinstance(expr, sympy.Pow):
            return self._power(expr.base, expr.exp)
        if isinstance(expr, sympy.Derivative):
            return self._derivative(expr)
        if isinstance(expr, AppliedUndef) and len(expr.args) == 1:
            inside = self.read(expr.args[0])
            return self.tower.generator("jet", f"{expr.func}({inside})", 0, inside)
        return self._function(expr)

    def _symbol(self, symbol: Symbol) -> Element:
        """A symbol; one that stands for a whole number is at least 1."""
        slot = self._slot(symbol)
        if symbol.is_integer and slot not in self.tower.whole:
            self.tower.whole.add(slot)
            self._range(symbol).tighten_low(fmpq(1), False)
        return self.tower.symbol(self.label(symbol))

    def _inner(self, expr: Inner) -> Element:
        for entry in expr.atoms(Entry):
            self.everywhere.meet(self, entry.index, frozenset({entry.size}))
        if expr in self.equal:
            return self.read(self.equal[expr])
        left, right = expr.names
        if left == right:
            self.bound_below(expr, fmpq(0))
        return self.tower.symbol(self.label(expr))

    def bound_below(self, atom: Expr, low: fmpq) -> None:
        """An atom is at least `low`, whatever the hypotheses."""
        if not self._has_range(atom):
            self._range(atom).tighten_low(low, False)

    def _has_range(self, atom: Expr) -> bool:
        made = self.tower.by_label.get(self.label(atom))
        return made is not None and made.slot in self.oracle.ranges

    def _product(self, args: Sequence[Expr]) -> Element:
        total = self.tower.one
        for arg in args:
            if isinstance(arg, sympy.Pow) and arg.exp.is_Integer and arg.exp < 0:
                total = total.over(self.read(arg.base).power(int(-arg.exp)))
            else:
                total = total * self.read(arg)
        return total

    def _power(self, base: Expr, exponent: Expr) -> Element:
        if base == sympy.E:
            return self.exponential(self.read(exponent))
        inside = self.read(base)
        if not exponent.is_Rational:
            return symbolic_power(self.tower, inside, self.read(exponent))
        root = inside if exponent.q == 1 else self.tower.root(inside, int(exponent.q))
        return root.power(int(exponent.p))

    def _derivative(self, expr: sympy.Derivative) -> Element:
        """The body is read anew: only signs that also hold nearby may be used in it."""
        variables = [v for v, _ in expr.variable_count]
        labels = frozenset(moving for v in variables for moving in moving_labels(self, v))
        if expr.expr.has(Partial):
            raise UnsupportedError(f"{expr} moves a partial derivative: write it with `partial`.")
        for variable in variables:
            if variable.is_integer:
                raise UnsupportedError(f"`{variable}` is a whole number: no derivative along it.")
        for atom, value in self.equal.items():
            if any(touches(atom, v) or touches(value, v) for v in variables):
                raise UnsupportedError(f"{atom} = {value} is a hypothesis: no derivative along it.")
        saved = self.known, self.tower.moving
        self.known, self.tower.moving = {}, saved[1] | labels
        try:
            element = self.read(expr.expr)
            for variable, count in expr.variable_count:
                for _ in range(int(count)):
                    element = self.tower.derivative(element, velocity_of(self, variable))
        finally:
            self.known, self.tower.moving = saved
        return element

    def _function(self, expr: Expr) -> Element:
        read = readers().get(type(expr))
        if read is None:
            raise UnsupportedError(
                f"The kernel has no relations for `{type(expr).__name__}` in {expr}."
                if expr.args and not isinstance(expr, AppliedUndef)
                else f"`{expr}` has no place in the exact field."
            )
        return read(self, expr.args)

    def exponential(self, u: Element) -> Element:
        return exponential(self.tower, u)

    def logarithm(self, u: Element) -> Element:
        return logarithm(self.tower, u)


def _fmpq(number: Any) -> fmpq:
    return fmpq(int(number.p), int(number.q))
