"""**Search at every size**: a claim about families is written out, size by size, and hunted.

The instance has the sizes, the indices of the conclusion that fails, and one value a member.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from verifier.claim import Claim
from verifier.errors import CounterexampleError, UnsupportedError
from verifier.falsify.examine import Examiner
from verifier.falsify.instances.bounds import dimension_range, intervals
from verifier.falsify.instances.instance import Instance, to_json
from verifier.falsify.instances.signature import Signature
from verifier.falsify.search import Hunt, Tally
from verifier.falsify.statements.written_out import Sizing, WrittenOut, has_families
from verifier.falsify.watch import Watch
from verifier.verdict import Counterexample, FalsifyEvidence

LARGEST = 4
LARGEST_COUNT = 6
MOST_SIZES = 8


class SizedHunt:
    """One search on one claim with families, shared between its sizes, the smallest first."""

    def __init__(self, claim: Claim, *, budget: int, seed: int, watch: Watch | None = None) -> None:
        self.sizing = Sizing(claim)
        self.watch = watch
        self.budget = budget
        self.seed = seed
        self.tally = Tally()
        self.found: tuple[Hunt, WrittenOut] | None = None

    def run(self) -> Tally:
        """What was seen at all sizes."""
        sizes = list(islice(self._sizes(), MOST_SIZES))
        for each in sizes:
            try:
                written = self.sizing.written(each)
                share = max(1, self.budget // len(sizes))
                hunt = Hunt(written.claim, budget=share, seed=self.seed, watch=self.watch)
            except UnsupportedError as fault:
                self.tally.tried += 1
                self.tally.rejected[str(fault)] += 1
                continue
            if self.watch is not None:
                self.watch.begin(each)
            self._add(hunt.run(), each)
            if hunt.tally.hit is not None:
                self.found = hunt, written
                self.tally.hit = hunt.tally.hit
                break
        return self.tally

    def counterexample(self, *, brief: bool = False, shrunk: bool = True) -> Counterexample | None:
        """The hit with its sizes and indices, `shrunk` at its size."""
        if self.found is None:
            return None
        hunt, written = self.found
        inner = hunt.counterexample(brief=brief, shrunk=shrunk)
        if inner is None or hunt.tally.hit is None:
            return None
        place = {**written.sizes, **written.places[hunt.tally.hit[0]]}
        shown = ", ".join(f"{name} = {value}" for name, value in sorted(place.items()))
        text = f"For {shown}: {inner.explanation}" if shown else inner.explanation
        return replace(inner, instance={**inner.instance, **place}, explanation=text)

    def _sizes(self) -> Iterator[dict[str, int]]:
        names = [str(symbol) for symbol in self.sizing.numbers]
        shell = Signature(dimensions=tuple(names))
        ranges = intervals(self.sizing.given, shell)
        families = {str(symbol) for symbol in self.sizing.sizes}
        pools = [
            dimension_range(ranges, name, LARGEST if name in families else LARGEST_COUNT)
            for name in names
        ]
        rows = sorted(product(*pools), key=lambda row: (max(row, default=0), sum(row)))
        yield from (dict(zip(names, row, strict=True)) for row in rows)

    def _add(self, seen: Tally, sizes: Mapping[str, int]) -> None:
        tally = self.tally
        tally.instances += seen.instances
        tally.undefined += seen.undefined
        tally.undecided += seen.undecided
        tally.held += seen.held
        tally.tried += seen.tried
        tally.rejected += seen.rejected
        tally.reasons += seen.reasons
        tally.margins += seen.margins
        if tally.witness is None and seen.witness is not None:
            tally.witness = {**seen.witness, **sizes}


def hunter(claim: Claim, *, budget: int, seed: int, watch: Watch | None = None) -> Hunt | SizedHunt:
    """The search that fits a claim."""
    made = SizedHunt if has_families(claim) else Hunt
    return made(claim, budget=budget, seed=seed, watch=watch)


def hunt(claim: Claim, *, budget: int, seed: int, watch: Watch | None = None) -> FalsifyEvidence:
    """Search with at most `budget` admissible instances; a `watch` sees how it goes.

    A claim without a witness gets the reason why none was found.
    """
    search = hunter(claim, budget=budget, seed=seed, watch=watch)
    tally = search.run()
    if watch is not None:
        watch.tell()
        first = search.counterexample(shrunk=False)
        if first is not None:
            watch.found(first)
    return FalsifyEvidence(
        instances=tally.instances,
        undefined=tally.undefined,
        undecided=tally.undecided,
        witness=None if tally.witness is None else to_json(tally.witness),
        counterexample=search.counterexample(),
        margins=tuple(tally.margins),
        reason=_reason(tally),
    )


def _reason(tally: Tally) -> str:
    if tally.witness is None:
        if not tally.tried:
            return "no instance can be built from the hypotheses."
        name, times = tally.rejected.most_common(1)[0]
        return f"none of {tally.tried} candidates is admissible; `{name}` failed {times} times."
    if tally.reasons:
        reason, times = tally.reasons.most_common(1)[0]
        return f"{times} of {tally.instances} instances undecided: {reason}"
    return ""


def at_sizes(claim: Claim, instance: Instance) -> tuple[Examiner, Instance, list[bool]]:
    """The claim written out at an instance, what is left of that, and which conclusions are there.

    Without families it is the claim itself, with all of its conclusions.
    """
    if not has_families(claim):
        examiner = Examiner(claim)
        return examiner, instance, [True for _ in examiner.conclusions]
    sizing = Sizing(claim)
    sizes = {str(symbol): instance.get(str(symbol)) for symbol in sizing.numbers}
    whole = {name: size for name, size in sizes.items() if isinstance(size, int) and size >= 1}
    if len(whole) < len(sizes):
        raise CounterexampleError(f"instance: a size is missing, expected {sorted(sizes)}.")
    written = sizing.written(whole)
    examiner = Examiner(written.claim)
    rest = {n: value for n, value in instance.items() if n in examiner.signature.names}
    return examiner, rest, [all(instance.get(n) == v for n, v in p.items()) for p in written.places]
