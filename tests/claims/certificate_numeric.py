"""**Numeric reading** of a certificate: its hypotheses and goal at random points, no proof read.

Trees are evaluated as written; what the checker reads of elements and proofs is not looked at.
"""

from __future__ import annotations

import random
import re
from typing import Any

from mpmath import mp, mpf

Point = dict[int, Any]
DIGITS = 30
TINY = mpf(10) ** -9
HOLDS = {
    "==": lambda v: abs(v) <= TINY,
    "!=": lambda v: abs(v) > TINY,
    "<": lambda v: v < TINY,
    "<=": lambda v: v <= TINY,
    ">": lambda v: v > -TINY,
    ">=": lambda v: v >= -TINY,
}
CERTAINLY = {
    "==": lambda v: v == 0,
    "!=": lambda v: v != 0,
    "<": lambda v: v < 0,
    "<=": lambda v: v <= 0,
    ">": lambda v: v > 0,
    ">=": lambda v: v >= 0,
}


class NoValue(Exception):
    """An expression has no real value at a point."""


def goal_at_points(data: Any, *, seed: int, wanted: int = 6, tries: int = 4000) -> list[bool]:
    """Whether the goal holds, at up to `wanted` points at which every hypothesis does."""
    chance = random.Random(seed)
    found: list[bool] = []
    with mp.workdps(DIGITS):
        for _ in range(tries):
            point = _point(data, chance)
            if _allowed(data, point):
                found.append(_goal_holds(data, point))
            if len(found) == wanted:
                break
    return found


def _point(data: Any, chance: random.Random) -> Point:
    small = chance.random() < 0.5
    point = {}
    for slot, generator in enumerate(data["generators"]):
        if generator["kind"] == "symbol":
            whole = mpf(chance.choice((-2, -1, 0, 1, 2, 3)))
            value = whole if small else mpf(chance.randint(-300, 400)) / chance.randint(40, 200)
            point[slot] = abs(value) if _is_square(generator) else value
    return point


def _allowed(data: Any, point: Point) -> bool:
    try:
        for equation in data["equal"]:
            point[equation["atom"]] = evaluate(equation["tree"], data, point)
        for kind, op, tree in data["facts"]:
            if kind == "given" and not CERTAINLY[op](evaluate(tree, data, point)):
                return False
    except NoValue:
        return False
    return all(point[slot] >= 0 for slot, g in enumerate(data["generators"]) if _is_square(g))


def _is_square(generator: Any) -> bool:
    return bool(re.fullmatch(r"<([^<>,]+), \1>", generator.get("name", "")))


def _goal_holds(data: Any, point: Point) -> bool:
    goal = data["goal"]
    try:
        value = evaluate(goal["tree"], data, point)
        for tree in goal.get("also", ()):
            evaluate(tree, data, point)
    except NoValue:
        return False
    if goal["kind"] == "defined":
        return True
    return HOLDS["==" if goal["kind"] == "zero" else goal["op"]](value)


def evaluate(tree: Any, data: Any, point: Point) -> Any:
    """The value of a tree; raises `NoValue` where it has none."""
    match tree:
        case ["q", text]:
            numerator, _, denominator = text.partition("/")
            return mpf(int(numerator)) / int(denominator or 1)
        case ["g", slot]:
            return point[slot]
        case ["eq", row]:
            return evaluate(data["equal"][row]["tree"], data, point)
        case ["+", *parts]:
            return mp.fsum(evaluate(part, data, point) for part in parts)
        case ["*", *parts]:
            return mp.fprod([evaluate(part, data, point) for part in parts])
        case ["^", part, n]:
            return evaluate(part, data, point) ** n
        case ["D", part, slot]:
            return _derivative(part, slot, data, point)
        case ["jet", part, slot]:
            generator = data["generators"][slot]
            return _function(generator, evaluate(part, data, point))
    return _guarded(tree[0], evaluate(tree[1], data, point), tree)


def _guarded(node: str, inside: Any, tree: Any) -> Any:
    if node == "inv" and inside != 0:
        return 1 / inside
    if node == "root" and inside >= 0:
        return mp.root(inside, tree[2])
    if node == "exp":
        return mp.exp(inside)
    if node == "log" and inside > 0:
        return mp.log(inside)
    raise NoValue(f"{node} of {inside}")


def _function(generator: Any, at: Any) -> Any:
    """A derivative of exp(a u) + cos(b u), which depends on the function's name."""
    a, b = (mpf(1 + sum(map(ord, generator["name"])) % n) / 7 for n in (5, 9))
    n = generator["order"]
    return a**n * mp.exp(a * at) + b**n * mp.cos(b * at + n * mp.pi / 2)


def _derivative(part: Any, slot: int, data: Any, point: Point) -> Any:
    """A central difference at much higher precision, so that two in one another are exact enough.

    Equations are replaced before anything moves, as nothing of them may.
    """
    with mp.workdps(3 * mp.dps):
        step = mpf(10) ** (-mp.dps // 4)
        ends = [evaluate(part, data, {**point, slot: point[slot] + h}) for h in (step, -step)]
        return (ends[0] - ends[1]) / (2 * step)
