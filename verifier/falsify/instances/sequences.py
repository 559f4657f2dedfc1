"""**Sequences**: which hypotheses on one can be met beyond a window of its members.

A recurrence a[k+1] = p(a[k], ...) with a polynomial p goes on for ever. A sequence without one may
stay constant from some member on, when its hypotheses do not speak of the index itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Expr, oo

from verifier.errors import UnsupportedError
from verifier.exact.families import Entry
from verifier.exact.quantifiers import bare_symbols_in, free_indices, members_in
from verifier.exact.statements import Relation
from verifier.exact.vectors import Vector


def recurrence(law: Any) -> Entry | None:
    """The member that a law gives by earlier ones, whatever they are."""
    if not isinstance(law, Relation) or law.op != "==":
        return None
    left, right = law.lhs, law.rhs
    if isinstance(left, Vector) and isinstance(right, Vector):
        entries = members_in((left,))
        alone = len(left.terms) == 1 and left.terms[0][1] == 1
        lhs = next(iter(entries)) if alone and len(entries) == 1 else None
        polynomial = all(_is_polynomial(c) for _, c in right.terms)
    else:
        lhs = left if isinstance(left, Entry) else None
        polynomial = isinstance(right, Expr) and _is_polynomial(right)
    if lhs is None or lhs.size != oo or not polynomial:
        return None
    before = [entry for entry in members_in((right,)) if entry.size == oo]
    return lhs if all(_is_earlier(entry, lhs) for entry in before) else None


def _is_polynomial(expr: Expr) -> bool:
    entries = sorted(expr.atoms(Entry), key=str)
    return bool(expr.is_polynomial(*entries))


def _is_earlier(entry: Entry, than: Entry) -> bool:
    gap = than.index - entry.index
    return bool(gap.is_Integer and gap > 0)


def beyond(laws: Iterable[Any]) -> frozenset[str]:
    """Sequences that stay constant beyond the window."""
    laws = list(laws)
    given = {lhs.name for lhs in map(recurrence, laws) if lhs is not None}
    return frozenset(name for law in laws for name in _sequences(law) if name not in given)


def check_recurrences(laws: Iterable[Any]) -> None:
    """Raise `UnsupportedError` unless every law can be met beyond the window."""
    given: set[str] = set()
    others = []
    for law in laws:
        lhs = recurrence(law)
        if lhs is None:
            others.append(law)
        elif lhs.name in given:
            raise UnsupportedError(f"two recurrences give `{lhs.name}`.")
        else:
            given.add(lhs.name)
    for law in others:
        named = _sequences(law)
        if named & given:
            raise UnsupportedError(f"{law} may fail beyond what a recurrence was followed to.")
        if named and bare_symbols_in(law) & free_indices(law).keys():
            raise UnsupportedError(f"{law} speaks of the index itself, for ever.")


def _sequences(law: Any) -> set[str]:
    return {entry.name for entry in members_in(law) if entry.size == oo}
