"""**What a value needs**: divisors, radicands and arguments that a substitution must keep in sight.

Putting x = b into (x - a)/(b - a) leaves 1 behind, as sympy cancels: what was divided by is gone,
though it may be zero. Such a substitution is refused.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

import sympy
from sympy import Expr

from verifier.errors import UnsupportedError
from verifier.exact.substitution import scalars_in, substitute

EVERYWHERE = (sympy.exp, sympy.Abs, sympy.Min, sympy.Max, sympy.sign, sympy.sin, sympy.cos)
Need = tuple[str, Expr]


def needs(expr: Expr) -> Iterator[Need]:
    """What must not be zero, and what must be in the domain of a root or a function."""
    for node in sympy.preorder_traversal(expr):
        if isinstance(node, sympy.Pow):
            if not node.exp.is_Integer:
                yield "root", node.base
            if not (node.exp.is_Rational and node.exp > 0):
                yield from (("divisor", factor) for factor in _factors(node.base))
        elif isinstance(node, sympy.log):
            yield "logarithm", node.args[0]
        elif isinstance(node, sympy.Function) and not isinstance(node, EVERYWHERE):
            yield "function", node


def put(thing: Any, values: Mapping[Any, Any], *, positive: Container[Expr] = ()) -> Any:
    """`thing` with symbols replaced, unless that hides what it needs to have a value.

    What is `positive` anyway may be hidden.

    Raises:
        UnsupportedError: something that is divided by, or the argument of a root or function, is
            no longer in sight, and is no number that is allowed.
    """
    moved = substitute(thing, values)
    for before, after in zip(scalars_in(thing), scalars_in(moved), strict=True):
        kept = set(needs(after))
        for kind, expr in needs(before):
            there = substitute(expr, values)
            parts = _factors(there) if kind == "divisor" else (there,)
            for part in parts:
                seen = (kind, part) in kept or part in positive
                if not seen and not _is_allowed(kind, part):
                    shown = ", ".join(f"{key} = {value}" for key, value in values.items())
                    raise UnsupportedError(f"putting in {shown} cancels {part} in\n    {thing}")
    return moved


def _factors(expr: Expr) -> tuple[Expr, ...]:
    """The bases of a product, without numbers that are not zero."""
    bases = (part.base if isinstance(part, sympy.Pow) else part for part in _parts(expr))
    return tuple(base for base in bases if not (base.is_Rational and base != 0))


def _parts(expr: Expr) -> tuple[Expr, ...]:
    return tuple(sympy.Mul.make_args(expr))


def _is_allowed(kind: str, expr: Expr) -> bool:
    """Whether a number is one; a function that sympy has replaced by its value is not followed."""
    if not expr.is_Rational:
        return False
    match kind:
        case "divisor":
            return bool(expr != 0)
        case "root":
            return bool(expr >= 0)
    return bool(kind == "logarithm" and expr > 0)
