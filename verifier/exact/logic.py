"""**First-order terms**: sorts, their individuals, and mappings between them.

A sort is a nonempty set of which nothing is known but what the hypotheses say. An ordered sort is
linearly ordered; an enumerated one has exactly the elements that it names, all different, in
increasing order when it is ordered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import sympy
from sympy import Symbol

from verifier.errors import StatementError, UnsupportedError
from verifier.exact.compound import Binder, Compound, tex
from verifier.exact.substitution import names_in

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


@dataclass(frozen=True)
class Sort:
    """A nonempty set by its name; `sort(...)` makes one."""

    name: str
    ordered: bool = False
    elements: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def __getitem__(self, element: str) -> Term:
        if element not in self.elements:
            raise StatementError(f"`{self.name}` names no element `{element}`.")
        return Term(element, self)


@dataclass(frozen=True)
class Term(Compound):
    """An individual of a sort: a constant or variable without `args`, or a mapping's value."""

    name: str
    sort: Sort
    args: tuple[Term, ...] = ()

    @property
    def is_element(self) -> bool:
        """Whether it is an element that its sort names, and so stands for itself."""
        return not self.args and self.name in self.sort.elements

    def __str__(self) -> str:
        return applied(self.name, self.args)

    def parts(self) -> tuple[Any, ...]:
        return self.args

    def rebuilt(self, *parts: Any) -> Term:
        return Term(self.name, self.sort, parts)

    def own_names(self) -> frozenset[str]:
        own = set() if self.is_element else {self.name}
        return frozenset(own if self.sort.elements else {*own, self.sort.name})

    def latex(self) -> str:
        return applied_latex(self.name, self.args)

    def __add__(self, other: Any) -> NoReturn:
        raise UnsupportedError(f"{self} is an individual of `{self.sort}`: it has no arithmetic.")

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __neg__ = __add__


Variable: TypeAlias = Symbol | Term


@dataclass(frozen=True)
class Quantified(Binder):
    """What is said of one variable, which is bound in `body`."""

    variable: Variable
    body: Any

    def parts(self) -> tuple[Any, ...]:
        return (self.body,)

    def bound(self) -> frozenset[Symbol]:
        return frozenset({Symbol(str(self.variable), real=True)})

    def own_names(self) -> frozenset[str]:
        return names_in(self.variable)

    def domain_text(self) -> str:
        """`real x`, or `i in Index`."""
        if isinstance(self.variable, Term):
            return f"{self.variable} in {self.variable.sort}"
        return f"real {self.variable}"

    def domain_latex(self) -> str:
        inside = r"\mathbb{R}"
        if isinstance(self.variable, Term):
            inside = applied_latex(self.variable.sort.name, ())
        return rf"{tex(self.variable)} \in {inside}"


@dataclass(frozen=True)
class Mapping:
    """A mapping between sorts; call it on terms."""

    name: str
    domain: tuple[Sort, ...]
    to: Sort

    def __call__(self, *args: Term) -> Term:
        check_arguments(self.name, self.domain, args)
        return Term(self.name, self.to, args)


def sort(name: str, *, ordered: bool = False, of: str = "") -> Sort:
    """A set by its name, linearly ordered or not; `of` names all of its elements, if it is known.

    Raises:
        StatementError: a name is no name, or an element is listed twice.
    """
    elements = tuple(of.split())
    for word in (name, *elements):
        check_name(word)
    if len(set(elements)) < len(elements):
        raise StatementError(f"`{name}` lists an element twice: {of}.")
    return Sort(name, ordered, elements)


def individuals(names: str, of: Sort) -> tuple[Term, ...]:
    """Individuals of a sort from space-separated names: any elements of it, or bound variables."""
    for name in names.split():
        check_name(name)
        if name in of.elements:
            raise StatementError(f"`{name}` is an element of `{of}`: write {of}[{name!r}].")
    return tuple(Term(name, of) for name in names.split())


def individual(name: str, of: Sort) -> Term:
    """One individual of a sort."""
    (term,) = individuals(name, of)
    return term


def mapping(name: str, *domain: Sort, to: Sort) -> Mapping:
    """An arbitrary mapping from `domain` to the sort `to`."""
    check_name(name)
    if not domain:
        raise StatementError(f"The mapping `{name}` has no argument: use `individual`.")
    return Mapping(name, domain, to)


def check_name(name: str) -> None:
    if not _NAME.match(name):
        raise StatementError(f"`{name}` is no name: use letters, digits and _.")


def check_arguments(name: str, domain: tuple[Sort, ...], args: tuple[Any, ...]) -> None:
    """Raise `StatementError` unless `args` are terms of the sorts in `domain`."""
    sorts = tuple(getattr(arg, "sort", None) for arg in args)
    if sorts != domain:
        wanted = ", ".join(map(str, domain)) or "no argument"
        raise StatementError(f"`{name}` takes ({wanted}), got ({', '.join(map(str, args))}).")


def applied(name: str, args: tuple[Any, ...]) -> str:
    """`name(a, b)`, or the name alone."""
    return f"{name}({', '.join(map(str, args))})" if args else name


def applied_latex(name: str, args: tuple[Any, ...]) -> str:
    """`name(a, b)` in LaTeX, long names upright."""
    head = sympy.latex(Symbol(name)) if len(name.split("_")[0]) == 1 else _upright(name)
    return f"{head}({', '.join(arg.latex() for arg in args)})" if args else head


def _upright(name: str) -> str:
    return rf"\mathrm{{{name.replace('_', ' ')}}}"
