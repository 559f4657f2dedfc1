"""**Baseline**: the verdicts that a run is held against, committed and reviewed as a diff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verifier.errors import ReportError
from verifier.run.model import read_json, write_json
from verifier.run.session import Row
from verifier.verdict import Verdict

DEFAULT = Path("reports/baseline.json")
_SCOPED = (Verdict.CERTIFIED, Verdict.CONDITIONAL, Verdict.PROVED)


@dataclass(frozen=True)
class Entry:
    """What the baseline records of one claim."""

    verdict: Verdict
    effective: Verdict
    scope: str


def read_baseline(path: Path) -> dict[str, Entry]:
    """Claim id -> entry.

    Raises:
        ReportError: the file is absent, damaged, or names an unknown verdict.
    """
    data = read_json(path)
    try:
        return {
            key: Entry(Verdict[row["verdict"]], Verdict[row["effective"]], str(row["scope"]))
            for key, row in data.items()
        }
    except (AttributeError, KeyError, TypeError) as fault:
        raise ReportError(
            f"{path} is no baseline ({type(fault).__name__}: {fault}). Write it again with "
            "`verifier verify --write-baseline`."
        ) from fault


def write_baseline(rows: Iterable[Row], path: Path, *, keep: Mapping[str, Entry]) -> None:
    """Record the verdicts of `rows`, and the entries `keep` of claims that did not run."""
    entries = dict(keep)
    for row in rows:
        entries[row.claim.id] = Entry(
            row.judgement.verdict, row.effective.verdict, row.judgement.scope
        )
    data = {
        key: {
            "verdict": str(entry.verdict),
            "effective": str(entry.effective),
            "scope": entry.scope,
        }
        for key, entry in sorted(entries.items())
    }
    write_json(data, path)


def regressions(
    rows: Sequence[Row], baseline: Mapping[str, Entry], *, everything: bool
) -> list[str]:
    """One line for each claim that is worse than the baseline, or missing from a full run.

    The same verdict on another scope is another statement, and is named too.
    """
    lines = []
    for row in rows:
        entry = baseline.get(row.claim.id)
        if entry is not None:
            lines.extend(_worse(row, entry))
    if everything:
        present = {row.claim.id for row in rows}
        lines.extend(
            f"{key}: the baseline has it as {entry.verdict}, and now it is missing"
            for key, entry in baseline.items()
            if key not in present
        )
    return lines


def failures(rows: Sequence[Row]) -> list[str]:
    """One line for each claim that fails a run with or without a baseline: errors and weak ones."""
    lines = []
    for row in rows:
        if row.judgement.verdict is Verdict.ERROR:
            lines.append(f"{row.claim.id}: ERROR: {row.judgement.reason}")
        elif row.judgement.weak:
            lines.append(f"{row.claim.id}: weak: {weakness(row)}")
    return lines


def weakness(row: Row) -> str:
    """Why a claim is weak: the mutants that did not do as expected, or that there are none."""
    found = row.evidence.mutate
    odd = [m for m in found.mutants if not m.as_expected] if found else []
    if not odd:
        return "it declares no mutant, so nothing shows that its check can fail"
    return "; ".join(
        f"mutant `{m.name}` is expected to be {m.expected or 'refuted'}, found {m.outcome}"
        for m in odd
    )


def _worse(row: Row, entry: Entry) -> list[str]:
    verdict, effective = row.judgement.verdict, row.effective.verdict
    key, scope = row.claim.id, row.judgement.scope
    if verdict < entry.verdict:
        return [f"{key}: {verdict}, worse than {entry.verdict} in the baseline"]
    if effective < entry.effective:
        below = f" through {row.effective.limited_by}" if row.effective.limited_by else ""
        return [f"{key}: effectively {effective}{below}, worse than {entry.effective}"]
    if verdict is entry.verdict and verdict in _SCOPED and scope != entry.scope:
        return [f"{key}: {verdict} for `{scope}`, where the baseline has `{entry.scope}`"]
    return []
