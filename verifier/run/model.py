"""**Run JSON**, schema version 1: everything that a report needs to know about a run.

The schema is `reports/schema.json`. Files are written whole or not at all.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from verifier.claim import Claim, Paper
from verifier.errors import ReportError
from verifier.falsify.counterexample import claim_hash
from verifier.files import write_text
from verifier.run.evidence import Data, sides_to_json
from verifier.run.inventory import Inventory
from verifier.run.read_back import read_back
from verifier.run.session import Row, Session, Settings
from verifier.verdict import Verdict

SCHEMA_VERSION = 1
DISTRIBUTION = "theorem-verifier"


def run_to_json(
    session: Session,
    *,
    settings: Settings,
    papers: Sequence[Paper],
    inventories: Mapping[str, Inventory],
    problems: Sequence[str] = (),
) -> Data:
    """The run JSON of a session; papers without a row are left out.

    `problems` are the plugins and references that are broken, in words.
    """
    present = {row.claim.paper.key for row in session.rows}
    return {
        "schema_version": SCHEMA_VERSION,
        "engine": _engine(settings),
        "papers": [_paper(p, inventories.get(p.key)) for p in papers if p.key in present],
        "totals": _totals(session),
        "interrupted": session.interrupted,
        "pending": list(session.pending),
        "problems": list(problems),
        "claims": [row_to_json(row) for row in session.rows],
    }


def row_to_json(row: Row) -> Data:
    """The entry of one claim."""
    claim, judgement, effective = row.claim, row.judgement, row.effective
    return {
        "id": claim.id,
        "paper": claim.paper.key,
        "kind": claim.kind,
        "title": claim.title,
        "verdict": str(judgement.verdict),
        "effective": str(effective.verdict),
        "limited_by": effective.limited_by,
        "weak": judgement.weak,
        "scope": judgement.scope,
        "reason": judgement.reason,
        "given": list(effective.given),
        "repairs": claim.repairs or None,
        "uses": list(claim.uses),
        "seconds": round(row.seconds, 6),
        "note": claim.note,
        "source": {"label": claim.source.label, "section": claim.source.section},
        "hash": claim_hash(claim),
        "statement": _statement(claim),
        "sides": sides_to_json(row.evidence),
    }


def write_json(data: Any, path: Path) -> None:
    """Write `data` to `path` whole or not at all.

    Raises:
        ReportError: the folder cannot be written to, or the disk is full.
    """
    write_text(json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n", path)


def read_run(path: Path) -> Data:
    """The run JSON at `path`.

    Raises:
        ReportError: there is no such file, it is no JSON, or of another schema version.
    """
    data = read_json(path)
    found = data.get("schema_version") if isinstance(data, dict) else None
    if found != SCHEMA_VERSION:
        raise ReportError(
            f"{path} has schema version {found!r}, this engine reads {SCHEMA_VERSION}: write it "
            "again with `verifier verify --json FILE`."
        )
    missing = {"engine", "papers", "totals", "claims"} - data.keys()
    if missing:
        raise ReportError(f"{path} is no run: `{sorted(missing)[0]}` is missing.")
    return dict(data)


def read_json(path: Path) -> Any:
    """The JSON at `path`; raises `ReportError` when it is absent or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise ReportError(f"{path} cannot be read: {fault}") from fault


def _engine(settings: Settings) -> Data:
    return {
        "version": _version(DISTRIBUTION),
        "python": platform.python_version(),
        "sympy": _version("sympy"),
        "flint": _version("python-flint"),
        "hypothesis": _version("hypothesis"),
        "budget": settings.budget.name,
        "seed": settings.seed,
        "sides": list(settings.sides),
    }


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"


def _paper(paper: Paper, inventory: Inventory | None) -> Data:
    items = inventory.items if inventory else ()
    return {
        "key": paper.key,
        "title": paper.title,
        "authors": paper.authors,
        "year": paper.year,
        "reference": paper.reference,
        "inventory": {
            "total": len(items),
            "encoded": inventory.encoded if inventory else 0,
            "items": [asdict(item) for item in items],
        },
    }


def _totals(session: Session) -> Data:
    verdicts = [row.judgement.verdict for row in session.rows]
    return {
        "claims": len(session.rows),
        **{str(verdict): verdicts.count(verdict) for verdict in reversed(Verdict)},
        "weak": sum(row.judgement.weak for row in session.rows),
        "seconds": round(session.seconds, 3),
    }


def _statement(claim: Claim) -> Data:
    said = read_back(claim)
    return {
        "every": [asdict(row) for row in said.every],
        "given": [asdict(row) for row in said.given],
        "where": [asdict(row) for row in said.where],
        "then": [asdict(row) for row in said.then],
        "remarks": list(said.remarks),
        "read_back": str(said),
    }
