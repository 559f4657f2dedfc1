"""**Certify**: certificates for the independent checker, written from what the kernel decided.

A certificate lists generators, hypotheses and one goal as trees of JSON data, with a proof for
every sign on the way. Nothing is decided here: what the checker cannot replay stays uncertified.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import sympy
from flint import fmpq
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.certificate.checker import FORMAT
from verifier.derive.kernel.element import Element
from verifier.derive.kernel.exponentials import primes
from verifier.derive.kernel.proofs import Prover, element_rows
from verifier.derive.kernel.reader import Reader
from verifier.derive.kernel.tower import NEGATIVE, POSITIVE, Generator
from verifier.errors import UnsupportedError
from verifier.exact.fields import Partial
from verifier.exact.vectors import Inner

Data = dict[str, Any]
Base: TypeAlias = Element | Expr
Term = tuple[fmpq, Sequence[tuple[Base, int]]]


def zero(reader: Reader, expr: Expr, sides: Sequence[Expr] = ()) -> Data:
    """A certificate that `expr` is zero, and that `sides` have values, by the hypotheses."""

    def goal(writer: _Writer) -> Data:
        also = [writer.tree(side) for side in sides]
        return {"kind": "zero", "tree": writer.tree(expr), "also": also}

    return _Writer(reader).certificate(goal)


def sign(reader: Reader, expr: Expr, op: str, sides: Sequence[Expr] = ()) -> Data:
    """A certificate that `expr` op 0, and that `sides` have values, by the hypotheses."""

    def goal(writer: _Writer) -> Data:
        also = [writer.tree(side) for side in sides]
        tree, proof = writer.tree(expr), writer.proof(reader.read(expr))
        return {"kind": "sign", "op": op, "tree": tree, "proof": proof, "also": also}

    return _Writer(reader).certificate(goal)


def combination(
    reader: Reader,
    gap: Expr,
    op: str,
    multiplier: Base | Sequence[Term],
    terms: Sequence[Term],
    sides: Sequence[Expr] = (),
) -> Data:
    """A certificate that `gap` op 0, and that `sides` have values, by one identity:

        multiplier * gap = sum_k c_k * prod_j base_kj**e_kj,        e_kj >= 1,

    with `terms` = [(c_k, [(base_kj, e_kj), ...]), ...]. A base is an expression, or an element of
    the reader's tower, whose sign the hypotheses show; or it has an even power; or another base of
    its term is zero by a hypothesis, so that nothing is asked of it. The signs of the terms add
    up: all >= 0 and one > 0 give > 0. `multiplier` is a base, such as `exact(1)`, or terms of the
    same form, such as a sum of squares. Where the multiplier may be zero, no sign of the gap
    follows but one: a sum that is > 0 (or < 0) has no zero factor. If no hypothesis is used, a
    multiplier that is >= 0 everywhere and no zero polynomial shows `gap` >= 0 everywhere. With a
    multiplier of 0, terms that add up to 0 but are > 0 by their signs show that the hypotheses
    contradict each other: then every `gap` op 0 follows.

    The identity may use what the hypotheses equate: it is read in the reader's tower. Nothing is
    decided here: a combination that does not show `gap` op 0 is one that the checker rejects.
    """
    raise UnsupportedError("A combination has no certificate.")


def lie(reader: Reader, quantity: Expr, rates: Sequence[tuple[Expr, Expr]]) -> Data:
    """A certificate that the derivative of `quantity` along `rates` (atom, velocity) is zero."""

    def goal(writer: _Writer) -> Data:
        with writer.moving([str(atom) for atom, _ in rates]):
            body = writer.tree(quantity)
            strict = writer.strict(reader.read(quantity))
        terms = []
        for atom, velocity in rates:
            slope = ["D", body, writer.slot(atom), strict]
            terms.append(["*", slope, writer.tree(velocity)])
        return {"kind": "zero", "tree": ["+", *terms], "also": [body]}

    return _Writer(reader).certificate(goal)


def defined(reader: Reader, expr: Expr) -> Data:
    """A certificate that `expr` has a value where the hypotheses hold."""
    return _Writer(reader).certificate(lambda w: {"kind": "defined", "tree": w.tree(expr)})


class _Writer:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.tower = reader.tower
        self.equations = list(reader.equal)
        self.facts: list[tuple[str, Any, Element]] = []

    def certificate(self, make_goal: Any) -> Data:
        self.reader.known.clear()
        for relation in self.reader.learned:
            element = self.reader.read(relation.lhs - relation.rhs)
            if not element.is_zero and element.rational is None:
                tree = self._if_readable(relation.lhs - relation.rhs)
                if tree is not None:
                    self.facts.append((relation.op, tree, element))
        goal = make_goal(self)
        equal = [
            {"atom": self.slot(atom), "tree": self.tree(self.reader.equal[atom])}
            for atom in self.equations
        ]
        generators: list[Data] = []
        while len(generators) < len(self.tower.generators):
            generators.append(self._generator(self.tower.generators[len(generators)]))
        hypotheses = [{"op": op, "tree": tree} for op, tree, _ in self.facts]
        return {
            "format": FORMAT,
            "generators": generators,
            "equal": equal,
            "hypotheses": hypotheses,
            "goal": goal,
        }

    def _if_readable(self, expr: Expr) -> Any:
        """Facts with divisions or roots may need facts that come later: those are left out."""
        try:
            return self.tree(expr)
        except UnsupportedError:
            return None

    def proof(self, element: Element) -> Any:
        return Prover(self.reader.oracle, [(op, e) for op, _, e in self.facts]).proof(element)

    def slot(self, atom: Expr) -> int:
        label = self.reader.label(atom)
        self.tower.symbol(label)
        return self.tower.by_label[label].slot

    def _generator(self, generator: Generator) -> Data:
        if generator.kind == "symbol":
            row: Data = {"kind": "symbol", "name": generator.label}
            left, _, right = generator.label.strip("<>").partition(", ")
            if generator.label.startswith("<") and left == right:
                row["square"] = True
            return row
        if generator.inside is None:
            raise UnsupportedError(f"`{generator.label}` has no argument.")
        inside = generator.inside
        row = {"kind": generator.kind, "of": element_rows(inside)}
        row["den"] = self.proof(Element(self.tower, inside.den, self.tower.one_poly))
        row["proof"] = self.proof(inside)
        if generator.kind == "root":
            row["order"] = generator.order
        if generator.kind == "jet":
            row["name"] = generator.label.partition("(")[0].rstrip("'")
            row["order"] = generator.order
        return row

    def tree(self, expr: Expr) -> Any:
        """The expression as nested lists; see the checker for the nodes."""
        if expr in self.reader.equal:
            return ["eq", self.equations.index(expr)]
        if expr.is_Rational:
            return ["q", str(expr)]
        if isinstance(expr, (Symbol, Inner)):
            return ["g", self.slot(expr)]
        if isinstance(expr, Partial):
            return ["g", self._only_slot(self.reader.read(expr))]
        if expr.is_Add:
            return ["+", *(self.tree(arg) for arg in expr.args)]
        if expr.is_Mul:
            return ["*", *(self.tree(arg) for arg in expr.args)]
        if isinstance(expr, sympy.Pow) and expr.base != sympy.E:
            return self._power(expr.base, expr.exp)
        if isinstance(expr, sympy.Derivative):
            return self._derivative(expr)
        if isinstance(expr, AppliedUndef):
            element = self.reader.read(expr)
            return ["jet", self.tree(expr.args[0]), self._only_slot(element)]
        return self._function(expr)

    def _power(self, base: Expr, exponent: Expr) -> Any:
        if not exponent.is_Rational:
            raise UnsupportedError(f"{base}**({exponent}) has no rational exponent.")
        element, tree = self.reader.read(base), self.tree(base)
        if exponent.q != 1:
            element = self.tower.root(element, int(exponent.q))
            tree = self._root(tree, int(exponent.q), element)
        size = abs(int(exponent.p))
        if size != 1:
            element, tree = element.power(size), ["^", tree, size]
        return ["inv", tree, self.proof(element)] if exponent.p < 0 else tree

    def _root(self, tree: Any, order: int, value: Element) -> Any:
        below = Element(self.tower, value.den, self.tower.one_poly)
        return ["root", tree, order, element_rows(value), self.proof(below), self.proof(value)]

    def _derivative(self, expr: sympy.Derivative) -> Any:
        variables = [v for v, count in expr.variable_count for _ in range(int(count))]
        with self.moving([str(v) for v in variables]):
            element, tree = self.reader.read(expr.expr), self.tree(expr.expr)
            for variable in variables:
                tree = ["D", tree, self.slot(variable), self.strict(element)]
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

    def strict(self, element: Element) -> list[Any]:
        """Proofs that the radicands which move are positive."""
        rows = []
        for generator in self._below(element):
            inside = generator.inside
            if generator.kind == "root" and inside is not None and self.tower.moves(inside):
                rows.append([generator.slot, self.proof(inside)])
        return rows

    def _below(self, element: Element) -> list[Generator]:
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
        u = expr.args[0] if expr.args else expr
        match type(expr).__name__:
            case "exp":
                return self._exp(u)
            case "log":
                return self._log(self.reader.read(u), self.tree(u))
            case "asinh":
                one = self.reader.read(u)
                square = one * one + self.tower.one
                root = self.tower.root(square, 2)
                tree = self.tree(u)
                under = ["+", ["^", tree, 2], ["q", "1"]]
                return self._log(one + root, ["+", tree, self._root(under, 2, root)])
            case "Abs":
                one = self.reader.read(u)
                value = self.tower.root(one * one, 2)
                return self._root(["^", self.tree(u), 2], 2, value)
            case "sinh" | "cosh" | "tanh":
                return self.tree(expr.rewrite(sympy.exp))
        raise UnsupportedError(f"`{type(expr).__name__}` has no certificate.")

    def _exp(self, u: Expr) -> Any:
        element = self.reader.read(u)
        value = self.reader.exponential(element)
        factors = []
        for poly, side in ((value.num, 1), (value.den, -1)):
            for slot, degree in enumerate(poly.degrees()):
                if degree > 0:
                    factors.append([slot, side * int(degree)])
        return ["exp", self.tree(u), factors]

    def _log(self, argument: Element, tree: Any) -> Any:
        self.reader.logarithm(argument)
        return ["log", tree, self._pieces(argument)]

    def _pieces(self, argument: Element) -> list[Any]:
        """[factor, exponent, how its logarithm is known, proof that it is positive]."""
        constant, factors = self.tower.factors(argument)
        signs = [self.reader.sign(f) for f, _ in factors]
        if not all(s in (POSITIVE, NEGATIVE) for s in signs):
            return [self._piece(argument, 1)]
        pieces = []
        for prime, exponent in primes(abs(constant)):
            pieces.append(self._piece(self.tower.constant(fmpq(prime)), exponent))
        for (factor, exponent), known in zip(factors, signs, strict=True):
            pieces.append(self._piece(factor if known == POSITIVE else -factor, exponent))
        return pieces

    def _piece(self, factor: Element, exponent: int) -> Any:
        return [element_rows(factor), exponent, self._how(factor), self.proof(factor)]

    def _how(self, factor: Element) -> Any:
        for generator in self.tower.generators:
            itself = Element(self.tower, self.tower.gens[generator.slot], self.tower.one_poly)
            if generator.inside is not None and itself.key == factor.key:
                if generator.kind == "root":
                    return ["root", generator.slot, self._pieces(generator.inside)]
                if generator.kind == "exp":
                    return ["exp", generator.slot]
        value = factor.rational
        label = f"log({value})" if value is not None else f"log({factor})"
        if label not in self.tower.by_label:
            raise UnsupportedError(f"`{label}` is no generator.")
        return ["gen", self.tower.by_label[label].slot]
