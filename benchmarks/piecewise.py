"""**Piecewise-linear flows**: 500 neurons on random data in the plane, followed to their limits.

`python -m benchmarks.piecewise` prints the time, the events, and what stays undecided and why.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from fractions import Fraction

from verifier.flow.integrate import FlowError
from verifier.flow.piecewise.flow import follow
from verifier.flow.piecewise.neuron import neuron

FLOWS = 500


def main() -> None:
    draw = random.Random(0)
    events = 0
    open_for: Counter[str] = Counter()
    began = time.perf_counter()
    for _ in range(FLOWS):
        rows = [[draw.randint(-4, 4) for _ in range(2)] for _ in range(draw.randint(2, 6))]
        rows = [row if any(row) else [1, 1] for row in rows]
        model = neuron(rows, [draw.randint(-3, 6) for _ in rows])
        start = (Fraction(draw.randint(-50, 50), 17), Fraction(draw.randint(-50, 50), 13))
        try:
            events += len(follow(model, start).events)
        except FlowError as fault:
            open_for[str(fault).split(": ")[-1].split("[")[0].strip()] += 1
    spent = time.perf_counter() - began
    print(f"{FLOWS} flows in d = 2: {spent:.1f} s, {events} events, {open_for.total()} undecided")
    for reason, count in open_for.most_common():
        print(f"  {count:3}  {reason}")


if __name__ == "__main__":
    main()
