"""**One claim, four sides**: what each side finds, as evidence. Nothing is printed or written."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from verifier.budget import BUDGETS, Budget
from verifier.claim import Claim
from verifier.errors import VerifierError
from verifier.verdict import Evidence

if TYPE_CHECKING:
    from verifier.falsify.watch import Watch

Library = Mapping[str, Claim]
Side = Callable[[Claim, Budget, int, Library], Any]
Watched = Callable[[Claim, Budget, int, "Watch"], Any]


def _derive(claim: Claim, budget: Budget, seed: int, library: Library) -> Any:
    from verifier.derive.side import derive_claim

    return derive_claim(claim, library)


def _enclose(claim: Claim, budget: Budget, seed: int, library: Library) -> Any:
    from verifier.enclose.side import enclose_claim

    return enclose_claim(claim, budget=budget)


def _falsify(claim: Claim, budget: Budget, seed: int, library: Library) -> Any:
    from verifier.falsify.side import falsify_claim

    return falsify_claim(claim, budget=budget, seed=seed)


def _watched(claim: Claim, budget: Budget, seed: int, watch: Watch) -> Any:
    from verifier.falsify.side import falsify_claim

    return falsify_claim(claim, budget=budget, seed=seed, watch=watch)


def _mutate(claim: Claim, budget: Budget, seed: int, library: Library) -> Any:
    from verifier.falsify.side import mutate_claim

    return mutate_claim(claim, budget=budget, seed=seed, library=library)


SIDES: Mapping[str, Side] = MappingProxyType(
    {"derive": _derive, "enclose": _enclose, "falsify": _falsify, "mutate": _mutate}
)
"""The four sides by name, in the order in which they look at a claim."""
WATCHED: Watched = _watched
"""The side `falsify` under a watch."""


def check(
    claim: Claim,
    *,
    sides: Sequence[str] = tuple(SIDES),
    budget: Budget = BUDGETS["standard"],
    seed: int = 0,
    library: Library = MappingProxyType({}),
    watch: Watch | None = None,
) -> Evidence:
    """Evidence of the named sides about one claim; steps may rest on the claims of `library`.

    A `watch` sees how the side `falsify` goes on.

    A side that raises is named in `Evidence.error` with the type of the exception and its message;
    the other sides still run, except after a `MemoryError`. `Evidence.seconds` has an entry for
    each side.

    Raises:
        VerifierError: a side is unknown, or none is named.
    """
    chosen = _chosen(sides)
    evidence = Evidence(claim.id)
    seconds: dict[str, float] = {}
    faults: list[str] = []
    for name in chosen:
        started = time.perf_counter()
        random.seed(_seed_of(claim.id, name, seed))
        try:
            if name == "falsify" and watch is not None:
                found = {name: WATCHED(claim, budget, seed, watch)}
            else:
                found = {name: SIDES[name](claim, budget, seed, library)}
            evidence = replace(evidence, **found)
        except MemoryError as fault:
            faults.append(_named(name, fault))
            break
        except Exception as fault:
            faults.append(_named(name, fault))
        finally:
            seconds[name] = time.perf_counter() - started
    return replace(evidence, error="; ".join(faults), seconds=seconds)


def _chosen(sides: Sequence[str]) -> list[str]:
    for name in sides:
        if name not in SIDES:
            raise VerifierError(f"There is no side `{name}`; the sides are {', '.join(SIDES)}.")
    chosen = [name for name in SIDES if name in sides]
    if not chosen:
        raise VerifierError(f"No side is named; the sides are {', '.join(SIDES)}.")
    return chosen


def _seed_of(claim: str, side: str, seed: int) -> int:
    """The state that a side finds does not depend on the claims that were checked before."""
    return int.from_bytes(sha256(f"{claim} {side} {seed}".encode()).digest()[:8], "big")


def _named(side: str, fault: BaseException) -> str:
    text = str(fault).strip()
    return f"side `{side}`: {type(fault).__name__}" + (f": {text}" if text else "")
