"""**Parts** that certificates are written from by hand.

Slots are in the order of the generators; `x` is slot 0.
"""

from __future__ import annotations

from typing import Any

Rows = list[Any]
ONE: Rows = [["1", []]]
TRIVIAL: Rows = ["prod", "1", []]
ANY: Rows = ["any"]
GEN: Rows = ["gen"]
X, Y, Z = ["g", 0], ["g", 1], ["g", 2]
ABOVE_X = {"op": ">", "tree": X}
FROM_X = {"op": ">=", "tree": X}


def var(slot: int, exponent: int = 1, c: str = "1") -> Any:
    """The term c · generator^exponent."""
    return [c, [[slot, exponent]]]


def num(value: str) -> Any:
    return [value, []]


def over_one(*terms: Any) -> Any:
    """The element with these terms over 1."""
    return [list(terms), ONE]


def symbol(name: str, **more: Any) -> Any:
    return {"kind": "symbol", "name": name, **more}


def generator(kind: str, of: Any, proof: Any = ANY, **more: Any) -> Any:
    return {"kind": kind, "of": of, "den": TRIVIAL, "proof": proof, **more}


def certificate(goal: Any, *generators: Any, given: Any = (), equal: Any = ()) -> Any:
    return {
        "format": 1,
        "generators": list(generators),
        "equal": list(equal),
        "hypotheses": list(given),
        "goal": goal,
    }


def zero(tree: Any) -> Any:
    return {"kind": "zero", "tree": tree}


def sign(tree: Any, op: str, proof: Any) -> Any:
    return {"kind": "sign", "op": op, "tree": tree, "proof": proof}


def defined(tree: Any) -> Any:
    return {"kind": "defined", "tree": tree}


def minus(tree: Any) -> Any:
    return ["*", ["q", "-1"], tree]


x, y, z = symbol("x"), symbol("y"), symbol("z")
SQUARE = ["^", X, 2]
X_FACT = ["prod", "1", [[[var(0)], 1, ["fact", 0]]]]
X_SQUARED = ["prod", "1", [[[var(0)], 2, ANY]]]
ROOT_X = generator("root", over_one(var(0)), X_FACT, order=2)
ROOT_OF_SQUARE = generator("root", over_one(var(0, 2)), X_SQUARED, order=2)
ROOT_BY_ITSELF = ["prod", "1", [[[var(1)], 2, GEN]]]
READ_ROOT_X = ["root", X, 2, over_one(var(1)), TRIVIAL, GEN]
READ_ABS = ["root", SQUARE, 2, over_one(var(1)), TRIVIAL, GEN]
QUADRATIC = ["+", SQUARE, X, ["q", "1"]]
JET = {"kind": "jet", "name": "f", "order": 0, "of": over_one(var(0)), "den": TRIVIAL}
