"""**Certificates of a run**: a file for each, under a name that is safe everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from verifier.errors import ReportError
from verifier.files import write_text
from verifier.verdict import Evidence, StepEvidence

_LONGEST = 60


def certificate_names(claim: str, step: StepEvidence) -> list[str]:
    """`<paper>-<item>/<step>-<n>.json` for each certificate of a step, from the folder of all.

    Args:
        claim: the id of the claim that the step belongs to.
    """
    folder = _safe(claim.replace("/", "-"))
    stem = _safe(step.name)
    return [f"{folder}/{stem}-{n}.json" for n in range(1, len(step.certificates) + 1)]


def write_certificates(found: Iterable[Evidence], folder: Path) -> int:
    """Write the certificates of every claim of a run; gives how many there are.

    Files in the folder of such a claim that it has no longer are removed.

    Raises:
        ReportError: the folder cannot be written to.
    """
    number = 0
    _make(folder)
    for evidence in found:
        texts: dict[str, str] = {}
        for step in evidence.derive.steps if evidence.derive else ():
            names = certificate_names(evidence.claim, step)
            texts.update(zip(names, step.certificates, strict=True))
        for name, text in texts.items():
            write_text(f"{text}\n", folder / name)
        _remove_others(folder, _safe(evidence.claim.replace("/", "-")), set(texts))
        number += len(texts)
    return number


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ReportError(
            f"{folder} cannot be written: {fault.strerror or fault}. Name another place."
        ) from fault


def _remove_others(folder: Path, claim: str, kept: set[str]) -> None:
    try:
        for file in (folder / claim).glob("*.json"):
            if f"{claim}/{file.name}" not in kept:
                file.unlink(missing_ok=True)
    except OSError as fault:
        raise ReportError(
            f"{folder / claim} cannot be tidied: {fault.strerror or fault}. Make it writable."
        ) from fault


def _safe(text: str) -> str:
    """The text when every file system has it, or what is left of it and a digest of it."""
    name = re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.")[:_LONGEST]
    if name and name == text:
        return name
    return f"{name or 'step'}-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
