"""**False claims**: ours beside CrossHair, Hypothesis alone and a margin minimiser alone.

Ours counts only when the counterexample is certified; a peer counts when it shows a float at which
the margin is negative. The controls are true, and nobody may refute them. CrossHair is asked when
`PEERS` names a Python that has it: PEERS=peers/bin/python.
"""

from __future__ import annotations

import math
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from scipy.optimize import minimize

from verifier import (
    Claim,
    Paper,
    Q,
    absolute,
    asinh,
    derivative,
    exp,
    ge,
    gt,
    iterates,
    le,
    lt,
    positive_semidefinite,
    real,
    reals,
    sqrt,
    tanh,
    within,
)
from verifier.budget import BUDGETS
from verifier.falsify.side import falsify_claim

ROUNDS = 5
PATIENCE = 10  # seconds for one claim of a peer
EXAMPLES = 2000
PAPER = Paper("race", "False claims", "Nobody", 2024, "")
a, b, c, x, y, k, p, q = reals("a b c x y k p q")
STEPS, RATE = 400, Q(1, 10)

Box = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Case:
    """A claim, and its margin in floats as Python text over a box: negative where it fails."""

    claim: Claim
    margin: str
    box: Box
    true: bool = False


def cases() -> list[Case]:
    """The false claims of the race, and true controls."""
    ab, xy = _square("a b", 2), _square("x y", 2)
    loss = (a * b - 1) ** 2 / 2
    slope = [derivative(loss, s).doit() for s in (a, b)]
    after = [s - Q(1, 100) * g for s, g in zip((a, b), slope, strict=True)]
    drift = (after[0] ** 2 - after[1] ** 2) - (a**2 - b**2)
    motzkin = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
    cube = (a * b * c - 1) ** 2 / 2
    hessian = [[derivative(derivative(cube, s), t).doit() for s in (a, b, c)] for t in (a, b, c)]
    last = iterates(
        {p: p - RATE * (p * q - 1) * q, q: q - RATE * (p * q - 1) * p}, {p: a, q: b}, times=STEPS
    )
    t = 2 * x / sqrt(k)
    closed = sqrt(k) / 4 * (1 - sqrt(1 + t**2) + t * asinh(t))
    quadratic = x**2 / (2 * sqrt(k))
    profile = "k**.5/4*(1-(1+4*x*x/k)**.5+2*x/k**.5*asinh(2*x/k**.5))"
    wide = {"x": (1e-3, 100.0), "k": (1e-3, 100.0)}
    positive = {"x": gt(x, 0), "k": gt(k, 0)}

    def bounded_below(bound: Any) -> Any:
        shifted = [
            [entry + bound * int(i == j) for j, entry in enumerate(row)]
            for i, row in enumerate(hessian)
        ]
        return positive_semidefinite(shifted)

    return [
        _case("c1", ab, ge((a * b) ** 2 - (2 * a * b - 1) ** 2, 0), "(a*b)**2-(2*a*b-1)**2"),
        _case(
            "c2",
            ab,
            ge(slope[0] ** 2 + slope[1] ** 2, loss),
            "((a*b-1)*b)**2+((a*b-1)*a)**2-(a*b-1)**2/2",
        ),
        _case(
            "c3",
            xy,
            ge((x - Q(3141, 10**4)) ** 2 + (y - Q(2718, 10**4)) ** 2, Q(1, 10**8)),
            "(x-.3141)**2+(y-.2718)**2-1e-8",
        ),
        _case(
            "c4",
            ab,
            le(absolute(drift), Q(1, 1000)),
            "1e-3-abs((a-.01*(a*b-1)*b)**2-(b-.01*(a*b-1)*a)**2-a*a+b*b)",
        ),
        _case("c5", {"x": (0, 1)}, le(asinh(x), x - x**3 / 8), "x-x**3/8-asinh(x)"),
        _case("c6", xy, ge(motzkin, Q(1, 10**4)), "x**4*y**2+x**2*y**4-3*x*x*y*y+1-1e-4"),
        _case(
            "h1",
            xy,
            ge((exp(x) - Q(17, 10)) ** 2 + (tanh(3 * y) - tanh(Q(111, 100))) ** 2, Q(1, 10**6)),
            "(exp(x)-1.7)**2+(tanh(3*y)-tanh(1.11))**2-1e-6",
        ),
        _case("h2", _square("a b c", 1), bounded_below(Q(1999, 1000)), "least(a, b, c)+1.999"),
        _case("h3", ab, lt((last[0] * last[1] - 1) ** 2 / 2, Q(1, 1000)), "1e-3-after(a, b)"),
        Case(
            _claim("h4", positive, le(closed, Q(9996, 10000) * quadratic)),
            f".9996*x*x/(2*k**.5)-{profile}",
            wide,
        ),
        Case(
            _claim("h2-control", _within(_square("a b c", 1)), bounded_below(Q(39, 10))),
            "least(a, b, c)+3.9",
            _square("a b c", 1),
            true=True,
        ),
        Case(
            _claim("h4-control", positive, le(closed, quadratic)),
            f"x*x/(2*k**.5)*(1+1e-12)-{profile}+1e-15",
            wide,
            true=True,
        ),
    ]


def _claim(name: str, given: Mapping[str, Any], then: Any) -> Claim:
    return Claim(
        id=f"race/{name}",
        title=name,
        source=PAPER.at("Claim", section="1"),
        given=dict(given),
        then={"c": then},
    )


def _case(name: str, box: Box, then: Any, margin: str) -> Case:
    return Case(_claim(name, _within(box), then), margin, box)


def _within(box: Box) -> dict[str, Any]:
    return {name: within(real(name), int(low), int(high)) for name, (low, high) in box.items()}


def _square(names: str, size: int) -> Box:
    return dict.fromkeys(names.split(), (-size, size))


def ours(case: Case, seed: int) -> bool:
    """Whether there is a certified counterexample."""
    found = falsify_claim(case.claim, budget=BUDGETS["standard"], seed=seed)
    return found.counterexample is not None


def margin_of(case: Case) -> Callable[..., float]:
    """The margin in floats."""
    names = {
        "asinh": math.asinh, "exp": math.exp, "tanh": math.tanh, "least": _least, "after": _after,
    }  # fmt: skip
    made: Callable[..., float] = eval(f"lambda {', '.join(case.box)}: {case.margin}", names)
    return made


def _least(a: float, b: float, c: float) -> float:
    r = 2 * a * b * c - 1
    off = [[0, c * r, b * r], [c * r, 0, a * r], [b * r, a * r, 0]]
    diagonal = np.diag([(b * c) ** 2, (a * c) ** 2, (a * b) ** 2])
    return float(np.linalg.eigvalsh(diagonal + np.array(off))[0])


def _after(a: float, b: float) -> float:
    rate = float(RATE)
    for _ in range(STEPS):
        r = a * b - 1
        a, b = a - rate * r * b, b - rate * r * a
    return (a * b - 1) ** 2 / 2


def by_hypothesis(case: Case, seed: int) -> bool:
    """Hypothesis alone, on floats in the box."""
    margin = margin_of(case)
    draws = st.tuples(*(st.floats(low, high) for low, high in case.box.values()))
    limits = settings(
        max_examples=EXAMPLES, database=None, deadline=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        find(draws, lambda row: margin(*row) < 0, settings=limits, random=_random(seed))
    except NoSuchExample:
        return False
    return True


def by_minimiser(case: Case, seed: int) -> bool:
    """A simplex from 20 random starts, on floats in the box."""
    margin, rng = margin_of(case), np.random.default_rng(seed)
    low, high = (np.array(ends) for ends in zip(*case.box.values(), strict=True))

    def height(row: Any) -> float:
        return margin(*row) if np.all((low <= row) & (row <= high)) else math.inf

    for _ in range(20):
        found = minimize(height, rng.uniform(low, high), method="Nelder-Mead")
        if found.fun < 0:
            return True
    return False


def by_crosshair(case: Case, python: str) -> bool:
    """CrossHair on the margin as a contract, in a process of its own."""
    names = ", ".join(f"{name}: float" for name in case.box)
    bounds = " and ".join(f"{low} <= {n} <= {high}" for n, (low, high) in case.box.items())
    text = (
        "from math import asinh, exp, tanh\n\n"
        f"def margin({names}) -> float:\n"
        f'    """\n    pre: {bounds}\n    post: _ >= 0\n    """\n    return {case.margin}\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contract.py"
        path.write_text(text, encoding="utf-8")
        command = [python, "-m", "crosshair", "check", "--per_condition_timeout", str(PATIENCE)]
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    return "false when" in done.stdout


def _random(seed: int) -> Any:
    import random

    return random.Random(seed)


def table() -> str:
    """Found and median seconds, of `ROUNDS` seeds; CrossHair once."""
    peers: dict[str, Callable[[Case, int], bool]] = {
        "ours": ours, "Hypothesis": by_hypothesis, "minimiser": by_minimiser,
    }  # fmt: skip
    python = os.environ.get("PEERS", "")
    lines = [["claim", *peers, "CrossHair"]]
    for case in cases():
        ours(case, 0)
        row = [case.claim.title + (" (true)" if case.true else "")]
        for peer in peers.values():
            times, hits = [], 0
            for seed in range(ROUNDS):
                start = time.perf_counter()
                hits += peer(case, seed)
                times.append(time.perf_counter() - start)
            row.append(f"{hits}/{ROUNDS} {sorted(times)[ROUNDS // 2]:.3f} s")
        row.append(_crosshair(case, python))
        lines.append(row)
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _crosshair(case: Case, python: str) -> str:
    if not python:
        return "absent"
    if "least" in case.margin or "after" in case.margin:
        return "not written"
    start = time.perf_counter()
    found = by_crosshair(case, python)
    return f"{int(found)}/1 {time.perf_counter() - start:.3f} s"


if __name__ == "__main__":
    print(table())
