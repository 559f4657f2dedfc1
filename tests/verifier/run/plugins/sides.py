"""**Sides**: stand-ins for the four sides, which do to each claim what its id says.

They are put in where a plugin of this folder is loaded by a worker, so that a run can be tested
for what it does with evidence, and with claims that hang, eat memory or kill their worker.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from verifier import check
from verifier.budget import Budget
from verifier.claim import Claim
from verifier.falsify.watch import Watch
from verifier.verdict import (
    Counterexample,
    DeriveEvidence,
    EncloseEvidence,
    FalsifyEvidence,
    Formula,
    MutantEvidence,
    MutateEvidence,
    RegionEvidence,
    Rest,
    StepEvidence,
)

_TRUE = (
    '{"format": 2, "generators": [{"kind": "symbol", "name": "x"}], "equal": [], "facts": [],'
    ' "goal": {"kind": "zero", "tree": ["+", ["g", 0], ["*", ["q", "-1"], ["g", 0]]], "also": []}}'
)
_CERTIFICATES = MappingProxyType({"good": (_TRUE, _TRUE), "refuted": (_TRUE,)})


def put_in() -> None:
    """Replace the sides, in a worker only."""
    if multiprocessing.parent_process() is not None:
        check.SIDES = MappingProxyType(
            {"derive": derive, "enclose": enclose, "falsify": falsify, "mutate": mutate}
        )
        check.WATCHED = watched


def derive(claim: Claim, budget: Budget, seed: int, library: Any = None) -> DeriveEvidence:
    name = claim.id.split("/")[1]
    _VICES.get(name, lambda: None)()
    done = name != "undischarged"
    trusts = name == "trusting"
    certificates = _CERTIFICATES.get(name, ())
    step = StepEvidence(
        "square",
        Formula("square", "x == x", "x = x"),
        "identity",
        (),
        discharged=done,
        rests_on=Rest.TRUST if trusts else Rest.CHECKED if certificates else Rest.ENGINE,
        reason="" if done else "x may vanish",
        conditions=("x != 0",),
        trust="Book, Theorem 1" if trusts else "",
        concludes=True,
        certificates=certificates,
    )
    return DeriveEvidence((step,), (), "for all x")


def enclose(claim: Claim, budget: Budget, seed: int, library: Any = None) -> EncloseEvidence:
    tiles = ((((0.0, 0.5),), "certified"), (((0.5, 1.0),), "undecided"))
    region = RegionEvidence("square", (("x", "0", "1"),), 0.5, 0.5, 0.0, 2, "1e-30", tiles, "wide")
    return EncloseEvidence((region,), budget.bits, agreeing=4, uncompared=1)


def falsify(claim: Claim, budget: Budget, seed: int, library: Any = None) -> FalsifyEvidence:
    words = {f"word {k}" for k in range(20)}
    instance = {word: str(random.randint(1, 9)) for word in words}
    hit = None
    if claim.id.endswith("/refuted"):
        hit = Counterexample("square", {"x": "1/2"}, "1/4", "corners", "At x = 1/2, 1/4 >= 1/2.")
    return FalsifyEvidence(budget.instances, 1, 2, instance, hit, (1.5, float("-inf")))


def watched(claim: Claim, budget: Budget, seed: int, watch: Watch) -> FalsifyEvidence:
    """`hidden` has hits in rounds 2 and 3, the lower of them slow; `unshrinkable` dies later."""
    name = claim.id.split("/")[1]
    _VICES.get(name, lambda: None)()
    found = falsify(claim, budget, seed)
    watch.see(budget.instances, [(1 / (1 + seed), 0, {"x": Fraction(1, 1 + seed)})])
    watch.tell()
    hit = found.counterexample
    if (name == "hidden" and seed in (2, 3)) or name == "unshrinkable":
        time.sleep(1.0 if seed == 2 else 0.0)
        hit = Counterexample("square", {"x": str(seed)}, "1/4", "corners", f"At x = {seed}.")
        watch.found(hit)
    if name == "unshrinkable":
        os._exit(7)
    time.sleep(0.05)
    return replace(found, counterexample=hit, margins=())


def mutate(claim: Claim, budget: Budget, seed: int, library: Any = None) -> MutateEvidence:
    outcome = "undecided" if claim.id.endswith("/weak") else "refuted"
    one = MutantEvidence("constant", "declared", "2 -> 3", "refuted", outcome, "falsify")
    return MutateEvidence((one,))


def _hang() -> None:
    while True:
        time.sleep(1)


def _eat() -> None:
    hoard: list[Any] = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def _raise() -> None:
    raise ZeroDivisionError("a denominator is 0")


_VICES = {
    "hangs": _hang,
    "eats": _eat,
    "exits": lambda: os._exit(7),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "raises": _raise,
    "slow": lambda: time.sleep(1.5),
    "prints": lambda: print("this is not a verdict"),
}
