r"""**Read-back**: what a claim encodes, in words made from its data alone.

First the quantifiers, in their order: sizes, then what is taken in spaces of these sizes. Then the
hypotheses and conclusions by name, and which sizes stay open. Two claims that say different things
never have one read-back; a docstring, a title or a note has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Symbol, oo

from verifier.claim import Claim
from verifier.errors import UnsupportedError
from verifier.exact.atoms import vector_latex
from verifier.exact.compound import tex
from verifier.exact.families import Entry, Member, is_count
from verifier.exact.quantifiers import (
    bare_symbols_in,
    for_every,
    for_every_latex,
    free_indices,
)
from verifier.exact.statements import latex
from verifier.exact.statements.paths import pointwise_in
from verifier.exact.structures import Symbol as Word
from verifier.exact.substitution import bound_symbols, compounds_in, names_in, scalars_in, sizes_in
from verifier.exact.vectors import Vector
from verifier.falsify.instances.signature import Signature, read_signature
from verifier.verdict import Formula


@dataclass(frozen=True)
class ReadBack:
    """`every` are the outer quantifiers; `remarks` say what is bound, fixed and open."""

    every: tuple[Formula, ...]
    given: tuple[Formula, ...]
    where: tuple[Formula, ...]
    then: tuple[Formula, ...]
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        blocks = (
            ("For every", self.every),
            ("with", self.given),
            ("where", self.where),
            ("it holds that" if self.every else "It holds that", self.then),
        )
        lines = []
        for head, rows in blocks:
            if rows:
                lines += [head, *(f"  {_labelled(row)}" for row in rows)]
        return "\n".join([*lines, *self.remarks])


def read_back(claim: Claim) -> ReadBack:
    """What `claim` says; `str` of it is plain text."""
    return ReadBack(
        every=_quantifiers(claim),
        given=formulas(claim.given),
        where=tuple(_definition(symbol, value) for symbol, value in claim.where),
        then=formulas(claim.then),
        remarks=tuple(_remarks(claim)),
    )


def formulas(named: Iterable[tuple[str, Any]]) -> tuple[Formula, ...]:
    """Each statement under its name, with the indices for which it is said."""
    return tuple(
        Formula(name, f"{part}{for_every(part)}", latex(part) + for_every_latex(part))
        for name, statement in named
        for part in (statement if isinstance(statement, tuple) else (statement,))
    )


def _definition(symbol: Any, value: Any) -> Formula:
    name = str(symbol)
    set_as = f"{sympy.latex(symbol)} = {sympy.latex(value, ln_notation=False)}"
    return Formula(name, f"{name} = {value}", set_as)


def _labelled(row: Formula) -> str:
    own = not row.name or row.text.startswith(f"{row.name} = ")
    return row.text if own else f"({row.name}) {row.text}"


def _statements(claim: Claim) -> list[Any]:
    named = (*claim.hypotheses, *claim.conclusions)
    return [p for _, s in named for p in (s if isinstance(s, tuple) else (s,))]


def _quantifiers(claim: Claim) -> tuple[Formula, ...]:
    statements = _statements(claim)
    try:
        signature = read_signature(statements)
    except UnsupportedError:
        names = sorted(claim.variables)
        return (Formula("", f"value of {', '.join(names)}", ""),) if names else ()
    families = _families(statements)
    running = {s for thing in statements for s in free_indices(thing)}
    sizes = {s for family in families for s in family.size.free_symbols}
    return (
        *_sizes(signature, families, running - sizes),
        *_words(signature),
        *_numbers(signature, families),
        *_spaced(signature, families),
        *_functions(signature),
    )


@dataclass(frozen=True, order=True)
class _Family:
    name: str
    space: str
    size: Any

    @property
    def end(self) -> str:
        return "" if self.size == oo else str(self.size)


def _families(statements: Iterable[Any]) -> tuple[_Family, ...]:
    found: set[_Family] = set()
    for thing in statements:
        for expr in scalars_in(thing):
            found |= {_Family(e.name, "", e.size) for e in expr.atoms(Entry)}
        for part in compounds_in(thing):
            if isinstance(part, Vector):
                members = [atom.entry for atom, _ in part.terms if isinstance(atom, Member)]
                found |= {_Family(e.name, part.space, e.size) for e in members}
    spaced = {family.name for family in found if family.space}
    kept = (f for f in found if f.space or f.name not in spaced)
    return tuple(sorted(kept, key=lambda f: (f.name, f.space, str(f.size))))


def _sizes(
    signature: Signature, families: Sequence[_Family], running: set[Symbol]
) -> Iterator[Formula]:
    """Dimensions and whole numbers; an index that runs within one statement is said there."""
    within = {str(i) for i in signature.integers} if signature.fields else set()
    plain = [n for n in signature.dimensions if n != "1"]
    own = {str(s) for f in families for s in f.size.free_symbols if is_count(s)}
    own |= {str(s) for s in signature.integers} - within - set(map(str, running))
    for name in dict.fromkeys([*plain, *sorted(own - set(plain))]):
        yield Formula("", f"whole number {name} >= 1", rf"{_tex(name)} \in \{{1, 2, \dots\}}")
    if within:
        listed = ", ".join(sorted(within))
        yield Formula("", f"{listed} in 1..d", rf"{listed} \in \{{1, \dots, d\}}")


def _words(signature: Signature) -> Iterator[Formula]:
    for sort in signature.words.sorts:
        if sort.elements:
            listed = " < ".join(sort.elements) if sort.ordered else ", ".join(sort.elements)
            yield Formula("", f"the set {sort} = {{{listed}}}", "")
        else:
            kind = "nonempty linear order" if sort.ordered else "nonempty set"
            yield Formula("", f"{kind} {sort}", "")
    for word in signature.words.symbols:
        yield Formula("", _word(word), "")


def _word(word: Word) -> str:
    domain = " x ".join(map(str, word.domain))
    if word.to is None:
        return f"relation {word.name} on {domain}" if domain else f"proposition {word.name}"
    return f"mapping {word.name}: {domain} -> {word.to}" if domain else f"{word.name} in {word.to}"


def _numbers(signature: Signature, families: Sequence[_Family]) -> Iterator[Formula]:
    """Scalars; the name of a family, or of an index that the engine made, is none of them."""
    names = {family.name for family in families}
    plain = [str(s) for s in signature.scalars if str(s) not in names and "{" not in str(s)]
    if plain:
        listed = ", ".join(map(_tex, plain))
        yield Formula("", f"real {', '.join(plain)}", rf"{listed} \in \mathbb{{R}}")
    for symbol in signature.norms:
        yield Formula("", f"real {symbol} >= 0", rf"{tex(symbol)} \geq 0")
    for family in families:
        if not family.space:
            yield _family(family, "real", r"\mathbb{R}", _tex(family.name))


def _family(family: _Family, kind: str, space: str, name: str) -> Formula:
    first = family.name
    if family.size == oo:
        return Formula(
            "", f"{kind} {first}[k] for all k", rf"{name}_k \in {space},\ k \in \mathbb{{Z}}"
        )
    text = f"{kind} {first}[1], ..., {first}[{family.end}]"
    return Formula("", text, rf"{name}_1, \dots, {name}_{{{family.end}}} \in {space}")


def _spaced(signature: Signature, families: Sequence[_Family]) -> Iterator[Formula]:
    held = {family.name for family in families if family.space}
    by_space: dict[str, list[str]] = {}
    for name, space in signature.vectors:
        if "[" not in name and name not in held:
            by_space.setdefault(space, []).append(name)
    for space, names in sorted(by_space.items()):
        home = _power("R", space)
        listed = ", ".join(map(vector_latex, names))
        yield Formula("", f"{', '.join(names)} in {home}", rf"{listed} \in {_home(space)}")
    for family in families:
        if family.space:
            name = vector_latex(family.name)
            made = _family(family, "vector", _home(family.space), name)
            yield Formula("", f"{made.text} in {_power('R', family.space)}", made.latex)
    for name, rows, columns in signature.matrices:
        size = rf"\mathbb{{R}}^{{{rows} \times {columns}}}"
        yield Formula("", f"{rows} x {columns} matrix {name}", rf"{_tex(name)} \in {size}")
    for name, space in signature.operators:
        said = f"symmetric positive definite {space} x {space} matrix {name}"
        yield Formula("", said, rf"{_tex(name)} \succ 0 \text{{ on }} {_home(space)}")
    for name, space in signature.points:
        parts = f"{name}_i, {name}_j, {name}_k (i, j, k different) and norm norm_{name}"
        said = f"{name} != 0 in {_power('R', space)}, with components {parts}"
        point = rf"{vector_latex(name)} \in {_home(space)},\ {vector_latex(name)} \neq 0"
        yield Formula("", said, point)
    for name, space in signature.components:
        point = rf"{vector_latex(name)} \in {_home(space)}"
        yield Formula("", f"{name} in {_power('R', space)}, with components {name}_i", point)


def _functions(signature: Signature) -> Iterator[Formula]:
    for name in signature.functions:
        smooth = rf"\text{{smooth }} {_tex(name)}: \mathbb{{R}} \to \mathbb{{R}}"
        yield Formula("", f"smooth real function {name}", smooth)
    for name, order in signature.fields:
        said = f"{name} with {order} continuous derivatives on R^d"
        yield Formula("", said, rf"{_tex(name)} \in C^{{{order}}}(\mathbb{{R}}^d)")


def _remarks(claim: Claim) -> Iterator[str]:
    statements = _statements(claim)
    free = frozenset().union(*map(names_in, statements))
    for name, statement in (*claim.hypotheses, *claim.conclusions):
        held = sorted({str(symbol) for symbol in bound_symbols(statement)} & free)
        if held:
            yield f"Bound in `{name}`: {', '.join(held)}."
    fixed = sorted(pointwise_in(s for _, s in claim.conclusions))
    if fixed:
        yield f"Limits are for each fixed {', '.join(fixed)}."
    numbers = [str(s) for s in set().union(*map(bare_symbols_in, statements))]
    for name in sorted({name for name in numbers if numbers.count(name) > 1}):
        yield f"Two numbers are called {name}: a real and a whole one."
    yield f"Open sizes: {', '.join(_open_sizes(statements)) or 'none'}."


def _open_sizes(statements: Sequence[Any]) -> list[str]:
    return sorted(sizes_in(tuple(statements)) - {"1"})


def _power(base: str, space: str) -> str:
    return base if space == "1" else f"{base}^{space}"


def _home(space: str) -> str:
    return _power(r"\mathbb{R}", space)


def _tex(name: str) -> str:
    return str(sympy.latex(Symbol(name)))
