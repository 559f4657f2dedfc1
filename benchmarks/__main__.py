"""**python -m benchmarks**: run every race, warm and in one process, and print the table."""

from __future__ import annotations

from benchmarks import integral, root
from benchmarks.race import run, table


def main() -> None:
    rows = [row for module in (root, integral) for row in run(module.race())]
    print(table(rows))


if __name__ == "__main__":
    main()
