"""**Certify**: certificates for the independent checker, written from what the kernel decided.

A certificate lists generators, hypotheses and one goal as trees of JSON data, with a proof for
every sign on the way. Nothing is decided here: what the checker cannot replay stays uncertified.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr

from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.kernel.linear.combinations import Chosen, Combiner, Term, transported
from verifier.derive.kernel.linear.combinations import Factor as Base
from verifier.derive.kernel.writer import Data, Writer

__all__ = [
    "Base",
    "Chosen",
    "Data",
    "Term",
    "combination",
    "defined",
    "lie",
    "sign",
    "transported",
    "zero",
]


def zero(reader: Reader, expr: Expr, sides: Sequence[Expr] = ()) -> Data:
    """A certificate that `expr` is zero, and that `sides` have values, by the hypotheses."""

    def goal(writer: Writer) -> Data:
        also = [writer.tree(side) for side in sides]
        return {"kind": "zero", "tree": writer.tree(expr), "also": also}

    return Writer(reader).certificate(goal)


def sign(reader: Reader, expr: Expr, op: str, sides: Sequence[Expr] = ()) -> Data:
    """A certificate that `expr` op 0, and that `sides` have values, by the hypotheses."""

    def goal(writer: Writer) -> Data:
        also = [writer.tree(side) for side in sides]
        tree = writer.tree(expr)
        proof = writer.sign(reader.read(expr), tree, SIGNS[op])
        return {"kind": "sign", "op": op, "tree": tree, "proof": proof, "also": also}

    return Writer(reader).certificate(goal)


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

    def goal(writer: Writer) -> Data:
        also = [writer.tree(side) for side in sides]
        tree = writer.tree(gap)
        combiner = Combiner(reader, writer.prover)
        proof = [combiner.argument(reader.read(gap), multiplier, terms, SIGNS[op])]
        return {"kind": "sign", "op": op, "tree": tree, "proof": proof, "also": also}

    return Writer(reader).certificate(goal)


def lie(reader: Reader, quantity: Expr, rates: Sequence[tuple[Expr, Expr]]) -> Data:
    """A certificate that the derivative of `quantity` along `rates` (atom, velocity) is zero."""

    def goal(writer: Writer) -> Data:
        with writer.moving([str(atom) for atom, _ in rates]):
            body = writer.tree(quantity)
            writer.move(reader.read(quantity))
        terms = []
        for atom, velocity in rates:
            slope = ["D", body, writer.slot(atom)]
            terms.append(["*", slope, writer.tree(velocity)])
        return {"kind": "zero", "tree": ["+", *terms], "also": [body]}

    return Writer(reader).certificate(goal)


def defined(reader: Reader, expr: Expr) -> Data:
    """A certificate that `expr` has a value where the hypotheses hold."""
    return Writer(reader).certificate(
        lambda w: {"kind": "defined", "tree": w.tree(expr), "also": []}
    )
