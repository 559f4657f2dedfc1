"""**Counterexample files**: a refutation as JSON that anyone can check again.

A file carries the hash of the claim that it refutes and of its own content. Replaying decides
everything anew from the instance; nothing in the file is believed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import sympy

from verifier.claim import Claim
from verifier.errors import CounterexampleError, UnknownClaimError
from verifier.falsify.confirm import confirm, explain, margin_text
from verifier.falsify.instances.instance import from_json
from verifier.falsify.sized import at_sizes
from verifier.files import write_text
from verifier.verdict import Counterexample

FORMAT = 1
_KEYS = frozenset(
    "format claim claim_hash instance conclusion margin found_by explanation engine sha256".split()
)


@dataclass(frozen=True)
class Replay:
    """A counterexample that was decided anew and does refute its claim."""

    claim: str
    conclusion: str
    instance: Mapping[str, Any]
    margin: str
    explanation: str


def claim_hash(claim: Claim) -> str:
    """SHA-256 of what is evaluated: hypotheses, definitions and conclusions."""
    content = canonical((claim.id, claim.given, claim.where, claim.then))
    return hashlib.sha256(content.encode()).hexdigest()


def canonical(thing: Any) -> str:
    """A text that two values share exactly when they are the same statement."""
    if isinstance(thing, sympy.Basic):
        return str(sympy.srepr(thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        inner = ",".join(canonical(getattr(thing, f.name)) for f in fields(thing))
        return f"{type(thing).__name__}({inner})"
    if isinstance(thing, tuple):
        return f"[{','.join(canonical(part) for part in thing)}]"
    return repr(thing)


def to_text(found: Counterexample, claim: Claim) -> str:
    """The content of the file."""
    payload = {
        "format": FORMAT,
        "claim": claim.id,
        "claim_hash": claim_hash(claim),
        "instance": dict(found.instance),
        "conclusion": found.conclusion,
        "margin": found.margin,
        "found_by": found.found_by,
        "explanation": found.explanation,
        "engine": _engine(),
    }
    payload["sha256"] = _digest(payload)
    return json.dumps(payload, indent=2, sort_keys=True) + "\n"


def write(found: Counterexample, claim: Claim, path: Path) -> None:
    """Write the file whole or not at all; raises `ReportError` when it cannot be written."""
    write_text(to_text(found, claim), path)


def read(path: Path) -> dict[str, Any]:
    """The content of a file that is whole; raises `CounterexampleError` otherwise."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise CounterexampleError(f"{path}: cannot be read: {fault.strerror}.") from fault
    except ValueError as fault:
        raise CounterexampleError(f"{path}: damaged, it is no JSON: {fault}") from fault
    if not isinstance(data, dict) or set(data) != _KEYS or data["format"] != FORMAT:
        raise CounterexampleError(f"{path}: damaged, it is no counterexample of format {FORMAT}.")
    if data["sha256"] != _digest({k: v for k, v in data.items() if k != "sha256"}):
        raise CounterexampleError(
            f"{path}: damaged, its content is not what was written. Find the counterexample anew."
        )
    return data


def replay(path: Path, claims: Mapping[str, Claim] | Iterable[Claim]) -> Replay:
    """Decide a counterexample again.

    Raises `CounterexampleError` when the file is damaged, stale, or does not refute its claim, and
    `UnknownClaimError` when there is no such claim.
    """
    data = read(Path(path))
    known = claims if isinstance(claims, Mapping) else {claim.id: claim for claim in claims}
    if data["claim"] not in known:
        raise UnknownClaimError(f"{path}: there is no claim `{data['claim']}`.")
    claim = known[data["claim"]]
    if data["claim_hash"] != claim_hash(claim):
        raise CounterexampleError(
            f"{path}: stale, claim `{claim.id}` has changed since. Find the counterexample anew."
        )
    examiner, instance, there = at_sizes(claim, from_json(data["instance"]))
    for index, (name, _) in enumerate(examiner.conclusions):
        if name != data["conclusion"] or not there[index]:
            continue
        finding = confirm(examiner, index, instance)
        if finding is not None:
            if margin_text(finding) != data["margin"]:
                raise CounterexampleError(
                    f"{path}: its margin is {data['margin']}, and decided anew it is "
                    f"{margin_text(finding)}. Find the counterexample anew."
                )
            explanation = explain(examiner, index, instance, finding)
            return Replay(claim.id, name, data["instance"], margin_text(finding), explanation)
    raise CounterexampleError(
        f"{path}: its instance does not refute `{data['conclusion']}` of claim `{claim.id}`."
    )


def _digest(payload: Mapping[str, Any]) -> str:
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _engine() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("theorem-verifier")
    except PackageNotFoundError:
        return "not installed"
