"""**Power of the falsifier**: planted errors of every kind, and how often a search finds them.

Each error of each true statement of `tests/power` is searched for at the standard budget with
each seed. What the corners find does not depend on the seed, and counts for all seeds after one
run. True statements, and changes that leave them true, go through the same searches, which may
refute none. `python -m benchmarks.power` prints the table; `--seeds`, `--true-seeds` and
`--share 1/4` make it shorter.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, field

from scipy.stats import beta

from tests.power.planting import STATEMENTS, errors, has_holes, searched
from tests.power.statements import Truth
from verifier import Claim
from verifier.budget import BUDGETS
from verifier.falsify.mutants.variants import KINDS

CONFIDENCE = 0.95
WANTED = 0.95


@dataclass
class Count:
    """Errors of one kind: searches, those that found, and the errors found too seldom."""

    errors: int = 0
    seeded: int = 0
    found: int = 0
    runs: int = 0
    least: int = 100
    weak: list[str] = field(default_factory=list)


@dataclass
class Measured:
    """The whole measurement."""

    kinds: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    statements: int = 0
    true_runs: int = 0
    refuted: list[str] = field(default_factory=list)


def measure(truths: Iterable[Truth], *, seeds: int, true_seeds: int) -> Measured:
    """Every error and every true statement, searched at the standard budget."""
    budget = BUDGETS["standard"].instances
    measured = Measured()
    for truth in truths:
        measured.statements += 1
        undefined = has_holes(truth.claim, budget=budget)
        _stays_true(measured, truth.claim, truth.name, range(true_seeds))
        for error in errors(truth):
            if error.is_true:
                _stays_true(measured, error.claim, f"{truth.name}: {error.text}", range(1))
                continue
            count = measured.kinds[error.kind]
            count.errors += 1
            found, seeded = _times(error.claim, seeds, undefined=undefined)
            count.seeded += seeded
            count.found += found
            count.runs += seeds
            count.least = min(count.least, 100 * found // seeds)
            if found < WANTED * seeds:
                count.weak.append(f"{truth.name}: {error.text} ({found} of {seeds})")
    return measured


def _times(claim: Claim, seeds: int, *, undefined: bool) -> tuple[int, bool]:
    """How many of the seeds find the error, and whether the seed has a part in it."""
    found = 0
    budget = BUDGETS["standard"].instances
    for seed in range(seeds):
        outcome = searched(claim, budget=budget, seed=seed, undefined=undefined)
        if outcome.found and not outcome.seeded:
            return seeds, False
        found += bool(outcome.found)
    return found, True


def _stays_true(measured: Measured, claim: Claim, name: str, seeds: Iterable[int]) -> None:
    budget = BUDGETS["standard"].instances
    for seed in seeds:
        measured.true_runs += 1
        if searched(claim, budget=budget, seed=seed, undefined=True).found:
            measured.refuted.append(f"{name} (seed {seed})")


def table(measured: Measured) -> str:
    """One line a kind: the bound is the exact binomial one over all searches, `worst` the least
    share of seeds that find an error.
    """
    head = (
        f"{'kind':12}{'errors':>8}{'by seed':>9}{'found':>9}{'searches':>10}{'at least':>10}"
        f"{'worst':>8}"
    )
    lines = [head]
    total = Count()
    for kind, count in measured.kinds.items():
        total.errors += count.errors
        total.seeded += count.seeded
        total.found += count.found
        total.runs += count.runs
        total.least = min(total.least, count.least)
        lines.append(_line(kind, count))
    lines.append(_line("all", total))
    for count in measured.kinds.values():
        lines += [f"below {WANTED}: {weak}" for weak in count.weak]
    lines.append(
        f"{measured.statements} true statements, {measured.true_runs} searches, "
        f"{len(measured.refuted)} refuted"
    )
    return "\n".join([*lines, *(f"refuted: {name}" for name in measured.refuted)])


def _line(kind: str, count: Count) -> str:
    bound = f"{lower_bound(count.found, count.runs):.4f}" if count.runs else "-"
    searches = f"{count.found:9}{count.runs:10}{bound:>10}{count.least:7}%"
    return f"{kind:12}{count.errors:8}{count.seeded:9}{searches}"


def lower_bound(found: int, runs: int) -> float:
    """The one-sided Clopper-Pearson bound at `CONFIDENCE`."""
    if found == 0:
        return 0.0
    return float(beta.ppf(1 - CONFIDENCE, found, runs - found + 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--true-seeds", type=int, default=100)
    parser.add_argument("--share", default="1/1", help="every how many-th statement, from which")
    asked = parser.parse_args()
    part, of = map(int, asked.share.split("/"))
    chosen = STATEMENTS[part - 1 :: of]
    print(table(measure(chosen, seeds=asked.seeds, true_seeds=asked.true_seeds)))


if __name__ == "__main__":
    main()
