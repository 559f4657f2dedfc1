"""**Writer**: expressions, generators and hypotheses as the data of a certificate.

Nothing is decided here: what the checker cannot replay stays uncertified.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.certificate.checker import FORMAT
from verifier.derive.kernel.field.element import Element
from verifier.derive.kernel.field.exponentials import primes, terms
from verifier.derive.kernel.field.reader import ATOMS, SIGNS, Reader
from verifier.derive.kernel.field.tower import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONZERO,
    POSITIVE,
    ZERO,
    Generator,
)
from verifier.derive.kernel.signs import Range, Signs
from verifier.derive.kernel.signs.products import Argument, Proof, element_rows, identity
from verifier.derive.kernel.signs.proofs import Prover, is_square
from verifier.derive.kernel.words.expansion import multiplied_out
from verifier.errors import UnsupportedError
from verifier.exact.families import Entry
from verifier.exact.fields import Partial
from verifier.exact.traces import Trace
from verifier.exact.vectors import Inner

Data = dict[str, Any]
NEEDS = {"root": NONNEGATIVE, "log": POSITIVE, "exp": ANY, "jet": ANY}


class Writer:
    """One certificate over the tower of a reader.

    With `words` the reader multiplies traces out, without rewriting: each is the polynomial read.
    """

    def __init__(self, reader: Reader, *, words: bool = False) -> None:
        self.reader = reader
        self.words = words
        self.tower = reader.tower
        self.equations = list(reader.equal)
        self.facts: list[Argument] = []
        self.prover = Prover(reader.oracle, self.facts)

    def certificate(self, make_goal: Callable[[Writer], Data]) -> Data:
        self.reader.known.clear()
        self._declared()
        for relation in self.reader.learned:
            element = self.reader.read(relation.lhs - relation.rhs)
            tree = None if element.is_zero else self._if_readable(relation.lhs - relation.rhs)
            if tree is not None:
                self.facts.append(["given", relation.op, tree])
                self.prover.state(element, SIGNS[relation.op])
        goal = make_goal(self)
        equal = [
            {"atom": self.slot(atom), "tree": self.tree(self.reader.equal[atom])}
            for atom in self.equations
        ]
        generators: list[Data] = []
        while len(generators) < len(self.tower.generators):
            generators.append(self._generator(self.tower.generators[len(generators)]))
        return {
            "format": FORMAT,
            "generators": generators,
            "equal": equal,
            "facts": self.facts,
            "goal": goal,
        }

    def _declared(self) -> None:
        """n >= 1 for whole numbers, and <v, A v> >= 0 where A is positive definite."""
        for slot in sorted(self.tower.whole):
            less = ["+", ["g", slot], ["q", "-1"]]
            self.facts.append(["given", ">=", less])
            n = self.tower.element_of(self.tower.generators[slot])
            self.prover.state(n - self.tower.one, NONNEGATIVE)
        for label, atom in self.reader.names.items():
            made = self.tower.by_label.get(label)
            if made is None or not isinstance(atom, Inner) or is_square(made):
                continue
            low = self.reader.oracle.ranges.get(made.slot, Range()).low
            if low is not None and low == 0:
                self.facts.append(["given", ">=", ["g", made.slot]])
                self.prover.state(self.tower.element_of(made), NONNEGATIVE)

    def _if_readable(self, expr: Expr) -> Any:
        """Facts with divisions or roots may need facts that come later: those are left out."""
        try:
            return self.tree(expr)
        except UnsupportedError:
            return None

    def sign(self, element: Element, tree: Any, need: Signs) -> Proof:
        """A proof for the tree of an element: what divides there may cancel in the element."""
        proof, shown = self.prover.fraction(element, need)
        if not shown <= need:
            raise UnsupportedError(f"The sign of {element} has no certificate.")
        if proof or not _divides(tree):
            return proof
        below = [] if element.den.is_one() else [(self.prover.seen(element.den), -1)]
        return [identity([(fmpq(1), [(self.prover.seen(element.num), 1), *below])])]

    def _settle(self, element: Element, need: Signs) -> None:
        """Facts that show the sign of an element, and that its denominator does not vanish."""
        below = self.prover.base(element.den, NONZERO)
        if 0 in below.signs or not self.prover.fraction(element, need)[1] <= need:
            raise UnsupportedError(f"The sign of {element} has no certificate.")

    def slot(self, atom: Expr) -> int:
        label = self.reader.label(atom)
        self.tower.symbol(label)
        return self.tower.by_label[label].slot

    def _generator(self, generator: Generator) -> Data:
        """What the checker cannot know of a generator makes it any number, as a symbol is."""
        inside = generator.inside
        if inside is None or generator.kind not in NEEDS:
            return {"kind": "symbol", "name": generator.label}
        try:
            self._settle(inside, NEEDS[generator.kind])
        except UnsupportedError:
            return {"kind": "symbol", "name": generator.label}
        row: Data = {"kind": generator.kind, "of": element_rows(inside)}
        if generator.kind in ("root", "jet"):
            row["order"] = generator.order
        if generator.kind == "jet":
            row["name"] = generator.label.partition("(")[0].rstrip("'")
        return row

    def tree(self, expr: Expr) -> Any:
        """The expression as nested lists; see the checker for the nodes."""
        if expr in self.reader.equal:
            return ["eq", self.equations.index(expr)]
        if expr.is_Rational:
            return ["q", str(expr)]
        if isinstance(expr, ATOMS):
            return ["g", self._atom(expr)]
        if isinstance(expr, Trace) and self.reader.matrices is None:
            plain = multiplied_out(expr)
            return self.tree(plain) if plain != expr else ["g", self.slot(expr)]
        if isinstance(expr, Trace) and self.words:
            return self._polynomial(self.reader.read(expr))
        if isinstance(expr, Partial):
            return ["g", self._only_slot(self.reader.read(expr))]
        if expr.is_Add:
            return ["+", *(self.tree(arg) for arg in expr.args)]
        if expr.is_Mul:
            return ["*", *(self.tree(arg) for arg in expr.args)]
        if isinstance(expr, sympy.Pow) and expr.base != sympy.E:
            return self._read_power(expr.base, expr.exp)
        if isinstance(expr, sympy.Derivative):
            return self._derivative(expr)
        if isinstance(expr, AppliedUndef):
            element = self.reader.read(expr)
            return ["jet", self.tree(expr.args[0]), self._only_slot(element)]
        return self._function(expr)

    def _polynomial(self, element: Element) -> Any:
        if not element.den.is_one():
            raise UnsupportedError(f"{element} is no polynomial.")
        terms = []
        for monomial, c in element.num.to_dict().items():
            powers = [["^", ["g", slot], int(e)] for slot, e in enumerate(monomial) if e]
            terms.append(["*", ["q", str(c)], *powers])
        return ["+", *terms]

    def _atom(self, atom: Expr) -> int:
        """A member moves with every other of its family that may be the same one."""
        if self.tower.moving and atom.has(Entry):
            raise UnsupportedError(f"A derivative beside the member {atom} has no certificate.")
        return self.slot(atom)

    def _read_power(self, base: Expr, exponent: Expr) -> Any:
        if not exponent.is_Rational:
            raise UnsupportedError(f"{base}**({exponent}) has no rational exponent.")
        element, tree = self.reader.read(base), self.tree(base)
        if exponent.q != 1:
            element = self.tower.root(element, int(exponent.q))
            tree = self._root(tree, int(exponent.q), element)
        size = abs(int(exponent.p))
        if size != 1:
            element, tree = element.power(size), ["^", tree, size]
        return ["inv", tree, self.sign(element, tree, NONZERO)] if exponent.p < 0 else tree

    def _root(self, tree: Any, order: int, value: Element) -> Any:
        self._settle(value, POSITIVE if self.tower.moves(value) else NONNEGATIVE)
        return ["root", tree, order, element_rows(value)]

    def _derivative(self, expr: sympy.Derivative) -> Any:
        variables = [v for v, count in expr.variable_count for _ in range(int(count))]
        if not all(isinstance(variable, Symbol) for variable in variables):
            raise UnsupportedError(f"A derivative by {variables[0]} has no certificate.")
        with self.moving([str(v) for v in variables]):
            element, tree = self.reader.read(expr.expr), self.tree(expr.expr)
            for variable in variables:
                self.move(element)
                tree = ["D", tree, self.slot(variable)]
                element = self.tower.derivative(element, str(variable))
        return tree

    @contextmanager
    def moving(self, labels: Sequence[str]) -> Iterator[None]:
        """Read anew, with these symbols moving."""
        reader = self.reader
        saved = reader.known, self.tower.moving
        reader.known, self.tower.moving = {}, saved[1] | set(labels)
        try:
            yield
        finally:
            reader.known, self.tower.moving = saved

    def move(self, element: Element) -> None:
        """Facts that the radicands which move are positive."""
        for generator in self._within(element):
            inside = generator.inside
            if generator.kind == "root" and inside is not None and self.tower.moves(inside):
                self._settle(inside, POSITIVE)

    def _within(self, element: Element) -> list[Generator]:
        found: dict[int, Generator] = {}
        todo = [element]
        while todo:
            part = todo.pop()
            for poly in (part.num, part.den):
                for slot, degree in enumerate(poly.degrees()):
                    if degree > 0 and slot not in found:
                        found[slot] = self.tower.generators[slot]
                        inside = found[slot].inside
                        todo += [inside] if inside is not None else []
        return [found[slot] for slot in sorted(found)]

    def _only_slot(self, element: Element) -> int:
        (slot,) = (i for i, degree in enumerate(element.num.degrees()) if degree > 0)
        return slot

    def _function(self, expr: Expr) -> Any:
        u = expr.args[0] if expr.args else sympy.Integer(1)
        match type(expr).__name__:
            case "exp" | "Exp1":
                return self._exp(u)
            case "log":
                return self._log(self.reader.read(u), self.tree(u))
            case "asinh" | "acosh":
                return self._log_of_sum(u, 1 if type(expr).__name__ == "asinh" else -1)
            case "atanh":
                return self.tree((sympy.log((1 + u) / (1 - u))) / 2)
            case "Abs":
                return self._distance(self.reader.read(u), self.tree(u))
            case "sign":
                one, tree = self.reader.read(u), self.tree(u)
                if self.tower.settled_sign(one) == ZERO:
                    return tree
                below = self._distance(one, tree)
                return ["*", tree, ["inv", below, self.sign(self._absolute(one), below, NONZERO)]]
            case "Max" | "Min":
                return self._extremum(expr.args, 1 if type(expr).__name__ == "Max" else -1)
            case "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch":
                return self.tree(expr.rewrite(sympy.exp))
        raise UnsupportedError(f"`{type(expr).__name__}` has no certificate.")

    def _absolute(self, u: Element) -> Element:
        return self.tower.root(u * u, 2)

    def _distance(self, u: Element, tree: Any) -> Any:
        """|u| as the root of u^2."""
        return self._root(["^", tree, 2], 2, self._absolute(u))

    def _extremum(self, args: Sequence[Expr], turn: int) -> Any:
        """max(u, v) = (u + v + |u - v|)/2, and so on, from the left."""
        value, tree = self.reader.read(args[0]), self.tree(args[0])
        for place, arg in enumerate(args[1:], start=2):
            other, beside = self.reader.read(arg), self.tree(arg)
            gap = value - other
            if place < len(args) and not self.tower.settled_sign(gap) <= NONNEGATIVE:
                value, other, gap, tree, beside = other, value, -gap, beside, tree
                if not self.tower.settled_sign(gap) <= NONNEGATIVE:
                    raise UnsupportedError("An extremum of more than two has no certificate.")
            apart = self._distance(gap, ["+", tree, ["*", ["q", "-1"], beside]])
            tree = ["*", ["q", "1/2"], ["+", tree, beside, ["*", ["q", str(turn)], apart]]]
            far = self._absolute(gap).scaled(fmpq(turn))
            value = (value + other + far).scaled(fmpq(1, 2))
        return tree

    def _log_of_sum(self, u: Expr, side: int) -> Any:
        """log(u + sqrt(u^2 + side))."""
        one, tree = self.reader.read(u), self.tree(u)
        root = self.tower.root(one * one + self.tower.constant(fmpq(side)), 2)
        under = ["+", ["^", tree, 2], ["q", str(side)]]
        return self._log(one + root, ["+", tree, self._root(under, 2, root)])

    def _exp(self, u: Expr) -> Any:
        element = self.reader.read(u)
        self.reader.exponential(element)
        factors = []
        for base, coefficient in terms(element):
            alone = self.tower.alone(base)
            fine = self.tower.units.get(("exp", base.key), 1)
            label = f"exp({base.scaled(fmpq(1, fine))})"
            n = coefficient * fine
            if alone is not None and alone.kind == "log":
                label, n = alone.label, coefficient
            if n.q != 1 or label not in self.tower.by_label:
                raise UnsupportedError(f"exp({element}) has no certificate.")
            factors.append([self.tower.by_label[label].slot, int(n.p)])
        return ["exp", self.tree(u), factors]

    def _log(self, argument: Element, tree: Any) -> Any:
        """argument^m is a product of powers; their logarithms are generators, or inside one."""
        self.reader.logarithm(argument)
        powers = _collected(self._powers(argument))
        m = math.lcm(*(e.denominator for e in powers.values()))
        factors = [[slot, int(e * m)] for slot, e in powers.items()]
        return ["log", tree, m, factors, self.sign(argument, tree, POSITIVE)]

    def _powers(self, argument: Element) -> Iterator[tuple[int, Fraction]]:
        """Slots of logarithms or exponentials with exponents, as the reader takes them apart."""
        constant, factors = self.tower.factors(argument)
        signs = [self.reader.sign(f) for f, _ in factors]
        if not all(s in (POSITIVE, NEGATIVE) for s in signs):
            yield self._slot_of_log(argument), Fraction(1)
            return
        for prime, exponent in primes(abs(constant)):
            yield self._slot_of_log(self.tower.constant(fmpq(prime))), Fraction(exponent)
        for (factor, exponent), known in zip(factors, signs, strict=True):
            positive = factor if known == POSITIVE else -factor
            for slot, e in self._power(positive):
                yield slot, e * exponent

    def _power(self, factor: Element) -> Iterator[tuple[int, Fraction]]:
        for generator in self.tower.generators:
            if generator.inside is None or factor.num != self.tower.gens[generator.slot]:
                continue
            if generator.kind == "root":
                for slot, e in self._powers(generator.inside):
                    yield slot, e / generator.order
                return
            if generator.kind == "exp":
                yield generator.slot, Fraction(1)
                return
        yield self._slot_of_log(factor), Fraction(1)

    def _slot_of_log(self, factor: Element) -> int:
        value = factor.rational
        label = f"log({value})" if value is not None else f"log({factor})"
        if label not in self.tower.by_label:
            raise UnsupportedError(f"`{label}` is no generator.")
        return self.tower.by_label[label].slot


def _collected(pairs: Iterable[tuple[int, Fraction]]) -> dict[int, Fraction]:
    total: dict[int, Fraction] = {}
    for slot, e in pairs:
        total[slot] = total.get(slot, Fraction(0)) + e
    return total


def _divides(tree: Any) -> bool:
    """Whether what is read of the tree may be a fraction that is not in lowest terms."""
    own = isinstance(tree, list) and tree[:1] in (["inv"], ["D"], ["exp"], ["root"])
    return own or (isinstance(tree, list) and any(map(_divides, tree)))
