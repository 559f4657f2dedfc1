"""**python -m benchmarks**: run every race, warm and in one process; print the tables."""

from __future__ import annotations

from benchmarks import (
    box_bound,
    falsifier,
    flow,
    growth,
    integral,
    kernel,
    piecewise,
    process,
    report,
    root,
    soundness,
    spectrum,
    throughput,
)
from benchmarks.race import run, table


def main() -> None:
    rows = [row for module in (root, integral, spectrum) for row in run(module.race())]
    print(table(rows))
    print()
    print(box_bound.table())
    print()
    print(falsifier.table())
    print()
    print(throughput.table())
    print()
    print(kernel.table())
    print()
    flow.main()
    print()
    growth.main()
    print()
    piecewise.main()
    print()
    process.main()
    print()
    print(report.table())
    print()
    print(soundness.table(soundness.rows()))


if __name__ == "__main__":
    main()
