"""**Parts** that certificates are written from by hand.

Slots are in the order of the generators; `x` is slot 0.
"""

from __future__ import annotations

from typing import Any

Rows = list[Any]
ONE: Rows = [["1", []]]
UNIT: Rows = ["1", []]
X, Y, Z = ["g", 0], ["g", 1], ["g", 2]


def var(slot: int, exponent: int = 1, c: str = "1") -> Any:
    """The term c · generator^exponent."""
    return [c, [[slot, exponent]]]


def num(value: str) -> Any:
    return [value, []]


def over_one(*terms: Any) -> Any:
    """The element with these terms over 1."""
    return [list(terms), ONE]


def symbol(name: str) -> Any:
    return {"kind": "symbol", "name": name}


def generator(kind: str, of: Any, **more: Any) -> Any:
    return {"kind": kind, "of": of, **more}


def given(op: str, tree: Any) -> Any:
    """The hypothesis that the tree has this sign."""
    return ["given", op, tree]


def shown(*terms: Any, by: Any = ()) -> Any:
    """The signs of the polynomial with these terms, by a proof."""
    return ["shown", list(terms), list(by)]


def base(*terms: Any, by: Any = ()) -> Any:
    """The polynomial with these terms, and a proof of its signs."""
    return [list(terms), list(by)]


def total(bases: Any, *terms: Any, times: Any = UNIT) -> Any:
    """The argument that `times` the element is the sum of these products of bases."""
    return ["sum", list(bases), times, list(terms)]


def product(c: str, *powers: tuple[int, int]) -> Any:
    """c · product of base^n, by the places of the bases."""
    return [c, [list(power) for power in powers]]


def certificate(goal: Any, *generators: Any, facts: Any = (), equal: Any = ()) -> Any:
    return {
        "format": 2,
        "generators": list(generators),
        "equal": list(equal),
        "facts": list(facts),
        "goal": goal,
    }


def zero(tree: Any, *also: Any) -> Any:
    return {"kind": "zero", "tree": tree, "also": list(also)}


def sign(tree: Any, op: str, *proof: Any) -> Any:
    return {"kind": "sign", "op": op, "tree": tree, "proof": list(proof), "also": []}


def defined(tree: Any) -> Any:
    return {"kind": "defined", "tree": tree, "also": []}


def words(of: Any, *steps: Any, relations: Any = (), **more: Any) -> Any:
    """The goal that a sum of words is zero; all matrices are d x d but `u`, `v` and `B`."""
    square = {name: ["d", "d"] for name in ("A", "P", "Q")}
    letters = {**square, "B": ["n", "n"], "u": ["d", "1"], "v": ["d", "1"]}
    rest = {"multiplier": [ONE, []], "nonzero": [], "traces": [], "letters": letters}
    goal = {"kind": "words", "of": of, "relations": list(relations), "steps": list(steps)}
    return {**goal, **rest, **more}


def of_words(*terms: Any, shape: tuple[str, str] = ("d", "d")) -> Any:
    return {"shape": list(shape), "terms": [list(term) for term in terms]}


def step(number: int, c: Any = ONE, left: str = "", right: str = "", **more: Any) -> Any:
    """c * left * relation * right; `closed` is a word that its trace is multiplied with."""
    flipped, closed = more.get("flipped", False), more.get("closed")
    return [c, number, left.split(), right.split(), flipped, closed]


def plus(*trees: Any) -> Any:
    return ["+", *trees]


def times(*trees: Any) -> Any:
    return ["*", *trees]


def q(value: str) -> Any:
    return ["q", value]


def minus(tree: Any) -> Any:
    return ["*", ["q", "-1"], tree]


def inv(tree: Any, *proof: Any) -> Any:
    return ["inv", tree, list(proof)]


x, y, z = symbol("x"), symbol("y"), symbol("z")
SQUARE, CUBE = ["^", X, 2], ["^", X, 3]
ABOVE_X, FROM_X = given(">", X), given(">=", X)
ROOT_X = generator("root", over_one(var(0)), order=2)
ROOT_OF_SQUARE = generator("root", over_one(var(0, 2)), order=2)
READ_ROOT_X = ["root", X, 2, over_one(var(1))]
READ_ABS = ["root", SQUARE, 2, over_one(var(1))]
EXP_X = generator("exp", over_one(var(0)))
LOG_X = generator("log", over_one(var(0)))
READ_EXP = ["exp", X, [[1, 1]]]
READ_LOG = ["log", X, 1, [[1, 1]], []]
JET = {"kind": "jet", "name": "f", "order": 0, "of": over_one(var(0))}
WRONG_SIGN = "the proof does not give the sign of the goal"
ADDED = "the terms do not add up to the multiple of the element"
AS_X = total([base(var(0))], product("1", (0, 1)))
ABOVE_Y, FROM_Y = given(">", Y), given(">=", Y)
XY = ["1", [[0, 1], [1, 1]]]
X_MINUS_Y = base(var(0), var(1, 1, "-1"))
