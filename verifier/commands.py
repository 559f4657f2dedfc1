"""**Commands**: what the command line does once its options are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from verifier.errors import ReportError, UnknownClaimError
from verifier.registry import Registry, claims_by_id, load_claims
from verifier.run.baseline import (
    DEFAULT,
    Entry,
    failures,
    read_baseline,
    regressions,
    write_baseline,
)
from verifier.run.model import read_run, row_to_json, run_to_json, write_json
from verifier.run.screen import screen, totals_line, waiting
from verifier.run.session import Events, Session, Settings, closure, run_session
from verifier.run.sheet import print_sheet

OK, WORSE, USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
ALL_SIDES = Settings().sides


@dataclass(frozen=True)
class Outputs:
    """Where a run is written and what it is held against; None leaves a part out."""

    json: Path | None = None
    report: Path | None = None
    counterexamples: Path | None = None
    certificates: Path | None = None
    baseline: Path | None = None
    write_baseline: bool = False


def complain(text: str) -> None:
    """One message on standard error."""
    click.echo(f"error: {text}", err=True)


def load(plugins: Sequence[str]) -> Registry:
    """All claims; plugins that do not load are named on standard error."""
    registry = load_claims(plugins=plugins or None)
    for fault in registry.errors:
        complain(str(fault))
    return registry


def list_claims(pattern: str | None, plugins: Sequence[str]) -> int:
    """One line a claim."""
    registry = load(plugins)
    keys = registry.select([pattern] if pattern else [])
    width = max(map(len, keys))
    for key in keys:
        claim = registry.claims[key]
        repairs = f" (repairs {claim.repairs})" if claim.repairs else ""
        click.echo(f"{key:<{width}}  {claim.source.label}: {claim.title}{repairs}")
    return USAGE if registry.errors else OK


def show_claim(key: str, settings: Settings, plugins: Sequence[str]) -> int:
    """The statement of one claim and the evidence of a fresh run."""
    registry = load(plugins)
    _require(registry, key)
    session = _run(registry, [key], settings, plugins, waiting(key))
    for row in session.rows:
        if row.claim.id == key:
            print_sheet(row_to_json(row))
    return _status(registry, session)


def replay_file(file: Path, plugins: Sequence[str]) -> int:
    """A counterexample checked again."""
    from verifier.falsify.counterexample import replay

    registry = load(plugins)
    registry.require_claims()
    found = replay(file, registry.claims)
    click.echo(f"{found.claim}: refuted, decided anew. {found.explanation}")
    return OK


def report_run(file: Path, folder: Path) -> int:
    """The site of a run that was written before."""
    run = read_run(file)
    _write_site(run, folder)
    click.echo(str(folder / "index.html"))
    return OK


def verify(
    patterns: Sequence[str],
    settings: Settings,
    plugins: Sequence[str],
    *,
    outputs: Outputs,
    quiet: bool = False,
) -> int:
    """Verdicts as they come, then the files, then the comparison with the baseline."""
    registry = load(plugins)
    chosen = registry.select(patterns)
    known = _baseline(outputs)
    keys = closure(registry.claims, chosen)
    if len(keys) > len(chosen) and not quiet:
        click.echo(f"Verifying {len(chosen)} matching, and {len(keys) - len(chosen)} they use.")
    session = _run(registry, chosen, settings, plugins, screen(keys, quiet=quiet))
    click.echo(totals_line(session))
    if session.interrupted:
        complain(f"Interrupted: {len(session.pending)} of {len(keys)} claims were not reached.")
    written = _write_all(registry, session, settings, outputs)
    whole = not patterns and (not plugins or outputs.baseline is not None)
    lines = _compare(session, settings, known, whole=whole)
    for line in lines:
        click.echo(f"FAILED  {line}")
    if outputs.write_baseline:
        written &= _record(registry, session, settings, outputs, {} if whole else known or {})
        lines = [] if written and not failures(session.rows) else lines
    status = _status(registry, session)
    if status == INTERRUPTED or written:
        return status or (WORSE if lines else OK)
    return FAILED


def _require(registry: Registry, key: str) -> None:
    if key not in registry.claims:
        registry.select([key])
        raise UnknownClaimError(f"`{key}` is a pattern: name one claim.")


def _run(
    registry: Registry,
    chosen: Sequence[str],
    settings: Settings,
    plugins: Sequence[str],
    screen: AbstractContextManager[Events],
    *,
    claims: Any = None,
) -> Session:
    with screen as events:
        return run_session(
            registry.claims if claims is None else claims,
            chosen,
            load=partial(claims_by_id, tuple(plugins) or None),
            settings=settings,
            events=events,
            circular=registry.circular,
        )


def _status(registry: Registry, session: Session) -> int:
    if session.interrupted:
        return INTERRUPTED
    if registry.errors:
        complain(f"{len(registry.errors)} plugin error(s), named above.")
        return USAGE
    return OK


def _baseline(outputs: Outputs) -> dict[str, Entry] | None:
    """The baseline, None when there is none; one that is named must exist."""
    path = outputs.baseline or DEFAULT
    if not path.exists():
        if outputs.baseline is None or outputs.write_baseline:
            return None
        raise click.UsageError(f"There is no baseline {path}; --write-baseline writes one.")
    return read_baseline(path)


def _compare(
    session: Session, settings: Settings, known: dict[str, Entry] | None, *, whole: bool
) -> list[str]:
    lines = failures(session.rows)
    named = {line.split(":")[0] for line in lines}
    if known is None or session.interrupted:
        return lines
    if set(settings.sides) != set(ALL_SIDES):
        click.echo("Not compared with the baseline: only some sides ran.")
        return lines
    found = regressions(session.rows, known, everything=whole)
    new = [row.claim.id for row in session.rows if row.claim.id not in known]
    if new:
        click.echo(f"Not in the baseline: {', '.join(new)}")
    return lines + [line for line in found if line.split(":")[0] not in named]


def _record(
    registry: Registry,
    session: Session,
    settings: Settings,
    outputs: Outputs,
    keep: dict[str, Entry],
) -> bool:
    whys = (
        (session.interrupted, "the run was interrupted"),
        (bool(registry.errors), "a plugin does not load"),
        (set(settings.sides) != set(ALL_SIDES), "only some sides ran"),
    )
    for applies, why in whys:
        if applies:
            complain(f"The baseline is not written: {why}.")
            return False
    path = outputs.baseline or DEFAULT
    return _attempt(lambda: write_baseline(session.rows, path, keep=keep), f"baseline: {path}")


def _write_all(registry: Registry, session: Session, settings: Settings, outputs: Outputs) -> bool:
    """Each output by itself: one that cannot be written costs only itself."""
    run = run_to_json(
        session,
        settings=settings,
        papers=registry.papers,
        inventories=registry.inventories,
        problems=[str(fault) for fault in registry.errors],
    )
    done = True
    if outputs.json is not None:
        path = outputs.json
        done &= _attempt(lambda: write_json(run, path), f"run: {path}")
    if outputs.counterexamples is not None:
        folder = outputs.counterexamples
        done &= _attempt(lambda: _write_counterexamples(session, folder), f"hits: {folder}")
    if outputs.certificates is not None:
        to = outputs.certificates
        done &= _attempt(lambda: _write_certificates(session, to), f"certificates: {to}")
    if outputs.report is not None:
        site = outputs.report
        done &= _attempt(lambda: _write_site(run, site), f"report: {site / 'index.html'}")
    return done


def _attempt(write: Callable[[], None], told: str) -> bool:
    try:
        write()
    except ReportError as fault:
        complain(str(fault))
        return False
    click.echo(told)
    return True


def _write_site(run: dict[str, Any], folder: Path) -> None:
    from verifier.report.site import write_site

    write_site(run, folder)


def _write_certificates(session: Session, folder: Path) -> None:
    from verifier.run.certificates import write_certificates

    write_certificates((row.evidence for row in session.rows), folder)


def _write_counterexamples(session: Session, folder: Path) -> None:
    from verifier.falsify.counterexample import write

    for row in session.rows:
        found = row.evidence.falsify
        if found is not None and found.counterexample is not None:
            write(found.counterexample, row.claim, counterexample_file(folder, row.claim.id))


def counterexample_file(folder: Path, key: str) -> Path:
    """Where the counterexample of a claim is written."""
    return folder / f"{key.replace('/', '-')}.json"
