"""**A tube of codac**: run by an interpreter that has codac, never imported here.

Reads a flow as JSON from the standard input (names, velocities as text, start as pairs of whole
numbers, end, step, times) and writes the bounds at the times, as text that is exact, and seconds.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from codac import (
    AnalyticFunction,
    CtcLohner,
    Interval,
    IntervalVector,
    SlicedTube,
    VectorVar,
    create_tdomain,
    vec,
)


def main() -> None:
    task: dict[str, Any] = json.load(sys.stdin)
    began = time.perf_counter()
    state = VectorVar(len(task["names"]))
    names = {name: state[k] for k, name in enumerate(task["names"])}
    velocity = [eval(text, {"__builtins__": {}}, names) for text in task["velocity"]]
    function = AnalyticFunction([state], vec(*velocity))
    tube = SlicedTube(
        create_tdomain(Interval(0, task["until"]), task["step"], True),
        IntervalVector(len(task["names"])),
    )
    tube.set(IntervalVector([Interval(p) / q for p, q in task["start"]]), 0.0)
    CtcLohner(function).contract(tube)
    boxes = [[_ends(side) for side in tube(moment)] for moment in task["times"]]
    json.dump({"boxes": boxes, "seconds": time.perf_counter() - began}, sys.stdout)


def _ends(side: Interval) -> tuple[str, str]:
    return side.lb().hex(), side.ub().hex()


if __name__ == "__main__":
    main()
