"""**First-order statements for solvers**: sorts, quantifiers, and polynomials over the reals.

An ordered sort is a sort with a linear order, an enumerated one has exactly its elements. Divisions
by what is no number, roots and elementary functions are not written: a solver gives them values
where they have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from verifier.errors import UnsupportedError
from verifier.exact.logic import Sort, Term, Variable
from verifier.exact.statements import Not, Relation, Statement
from verifier.exact.statements.logic import And, Exists, ForAll, Holds, Implies, Or
from verifier.exact.structures import Vocabulary, vocabulary
from verifier.solvers.script import REAL, Function, Script, call, compared, number, quoted

LARGEST_POWER = 12
BOOLEAN = "Bool"


def script_of(given: Iterable[Statement], denied: Statement) -> Script:
    """The script that asks whether all of `given` may hold while `denied` does not.

    Raises:
        UnsupportedError: a statement is not first-order, or has a part without a value.
    """
    statements = (*given, denied)
    words = vocabulary(statements)
    writer = _Writer()
    formulas = [writer.statement(statement, {}) for statement in statements]
    formulas[-1] = call("not", formulas[-1])
    functions = [*_declared(words), *writer.reals.values()]
    names = [function.name for function in functions]
    for name in names:
        if names.count(name) > 1:
            raise UnsupportedError(f"Two things are called `{name}`: rename one of them.")
    axioms = [formula for sort in words.sorts for formula in _axioms(sort)]
    sorts = tuple(sort.name for sort in words.sorts)
    logic = "UFNRA" if writer.arithmetic else "UF"
    return Script(logic, tuple(functions), (*axioms, *formulas), sorts)


def _declared(words: Vocabulary) -> list[Function]:
    """Orders, elements, mappings and predicates."""
    found = []
    for sort in words.sorts:
        name = quoted(sort.name)
        if sort.ordered:
            found.append(Function(_order(sort), (name, name), BOOLEAN))
        found += [Function(_element(sort, e), (), name) for e in sort.elements]
    for symbol in words.symbols:
        value = BOOLEAN if symbol.to is None else quoted(symbol.to.name)
        found.append(Function(symbol.name, tuple(quoted(s.name) for s in symbol.domain), value))
    return found


def _order(sort: Sort) -> str:
    return f"<= of {sort.name}"


def _element(sort: Sort, name: str) -> str:
    return f"{name} of {sort.name}"


def _axioms(sort: Sort) -> list[str]:
    elements = [quoted(_element(sort, name)) for name in sort.elements]
    found = [call("not", call("=", a, b)) for a, b in combinations(elements, 2)]
    if elements:
        each = [call("=", "x", e) for e in elements]
        found.append(_bound(sort, "x", call("or", "false", *each)))
    if sort.ordered:
        below = quoted(_order(sort))
        found += [call(below, a, b) for a, b in combinations(elements, 2)]
        le = lambda a, b: call(below, a, b)  # noqa: E731
        found += [
            _bound(sort, "x y", call("or", le("x", "y"), le("y", "x"))),
            _bound(sort, "x y", call("=>", le("x", "y"), le("y", "x"), call("=", "x", "y"))),
            _bound(sort, "x y z", call("=>", le("x", "y"), le("y", "z"), le("x", "z"))),
        ]
    return found


def _bound(sort: Sort, names: str, formula: str) -> str:
    variables = " ".join(f"({name} {quoted(sort.name)})" for name in names.split())
    return f"(forall ({variables}) {formula})"


@dataclass
class _Writer:
    """Writes statements; `reals` are the real constants and functions that are free in them."""

    reals: dict[str, Function] = field(default_factory=dict)
    arithmetic: bool = False

    def statement(self, thing: Statement, bound: Mapping[str, Variable]) -> str:
        match thing:
            case Holds():
                args = (self.term(arg, bound) for arg in thing.args)
                return call(quoted(thing.name), *args)
            case Relation(lhs=Term()):
                return self._between_terms(thing, bound)
            case Relation(lhs=Expr()):
                self.arithmetic = True
                left, right = (self.scalar(side, bound) for side in (thing.lhs, thing.rhs))
                return compared(left, thing.op, right)
            case Not():
                return call("not", self.statement(thing.statement, bound))
            case And() | Or():
                word = "and" if isinstance(thing, And) else "or"
                return call(word, *(self.statement(part, bound) for part in thing.statements))
            case Implies():
                parts = (thing.premise, thing.conclusion)
                return call("=>", *(self.statement(part, bound) for part in parts))
            case ForAll() | Exists():
                return self._quantified(thing, bound)
        raise UnsupportedError(f"this is no first-order formula:\n    {thing}")

    def _quantified(self, thing: ForAll | Exists, bound: Mapping[str, Variable]) -> str:
        word = "forall" if isinstance(thing, ForAll) else "exists"
        variable = thing.variable
        self.arithmetic = self.arithmetic or not isinstance(variable, Term)
        sort = quoted(variable.sort.name) if isinstance(variable, Term) else REAL
        body = self.statement(thing.body, {**bound, str(variable): variable})
        return f"({word} (({_variable(variable)} {sort})) {body})"

    def _between_terms(self, thing: Relation, bound: Mapping[str, Variable]) -> str:
        left, right = (self.term(side, bound) for side in (thing.lhs, thing.rhs))
        if thing.op in ("==", "!="):
            return compared(left, thing.op, right)
        below = quoted(_order(thing.lhs.sort))
        first, second = (left, right) if thing.op in ("<=", ">") else (right, left)
        holds = call(below, first, second)
        return holds if thing.op in ("<=", ">=") else call("not", holds)

    def term(self, thing: Term, bound: Mapping[str, Variable]) -> str:
        if thing.is_element:
            return quoted(_element(thing.sort, thing.name))
        if not thing.args and bound.get(thing.name) == thing:
            return _variable(thing)
        return call(quoted(thing.name), *(self.term(arg, bound) for arg in thing.args))

    def scalar(self, expr: Expr, bound: Mapping[str, Variable]) -> str:
        """A polynomial over Q in reals and values of abstract functions."""
        if expr.is_Rational:
            return number(Fraction(int(expr.p), int(expr.q)))
        if isinstance(expr, Symbol):
            return self._real(expr, bound)
        if isinstance(expr, AppliedUndef):
            name = str(expr.func)
            self.reals[name] = Function(name, (REAL,) * len(expr.args))
            return call(quoted(name), *(self.scalar(arg, bound) for arg in expr.args))
        if expr.is_Add or expr.is_Mul:
            word = "+" if expr.is_Add else "*"
            return call(word, *(self.scalar(arg, bound) for arg in expr.args))
        if expr.is_Pow and expr.exp.is_Integer and 0 < expr.exp <= LARGEST_POWER:
            return call("*", *[self.scalar(expr.base, bound)] * int(expr.exp))
        raise UnsupportedError(f"{expr} is no polynomial: take it apart before the logic.")

    def _real(self, symbol: Symbol, bound: Mapping[str, Variable]) -> str:
        if bound.get(str(symbol)) == symbol:
            return _variable(symbol)
        if symbol != Symbol(str(symbol), real=True):
            raise UnsupportedError(f"`{symbol}` is no real number, which is all that is written.")
        self.reals[str(symbol)] = Function(str(symbol))
        return quoted(str(symbol))


def _variable(variable: Variable) -> str:
    return quoted(f"bound {variable}")
