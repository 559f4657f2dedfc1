"""**Hunting**: what `verifier falsify` does once its options are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from verifier.commands import (
    FAILED,
    INTERRUPTED,
    OK,
    USAGE,
    WORSE,
    complain,
    counterexample_file,
    load,
)
from verifier.errors import ReportError
from verifier.falsify.counterexample import to_text
from verifier.files import write_text
from verifier.registry import claims_by_id
from verifier.run.baseline import DEFAULT, read_baseline
from verifier.run.hunt import Chase, Hit, Hunt, HuntEvents, chases
from verifier.run.hunt_screen import best_text, counted, hunt_screen, rounds_text
from verifier.run.hunt_state import States, cache_folder
from verifier.run.model import read_run
from verifier.run.session import Settings
from verifier.verdict import Verdict

Known = Mapping[str, tuple[Verdict, float | None]]


@dataclass(frozen=True)
class Places:
    """Where hits and states are written, and the run that says how strong claims are."""

    hits: Path
    state: Path | None = None
    run: Path | None = None


def falsify_claims(
    patterns: Sequence[str],
    settings: Settings,
    plugins: Sequence[str],
    *,
    seconds: float | None,
    places: Places,
) -> int:
    """A hunt on the claims that match, or on all; what is found is told at the end."""
    registry = load(plugins)
    keys = registry.select(patterns)
    known = _known(places.run)
    if not patterns:
        keys = _not_refuted(keys, known)
    states = None
    if seconds is not None:
        folder = places.state or cache_folder()
        states = States(folder, settings.seed, settings.budget.name)
    hunted = chases(registry.claims, keys, known, states=states)
    if not hunted:
        return USAGE if registry.errors else OK
    _tell_resumed(hunted)
    keeper = _Keeper(places.hits)
    events = HuntEvents(found=keeper.keep, failed=keeper.fail)
    with hunt_screen(hunted, seconds, events) as shown:
        interrupted = Hunt(
            hunted,
            load=partial(claims_by_id, tuple(plugins) or None),
            settings=settings,
            events=shown,
            states=states,
            seconds=seconds,
        ).run()
    for chase in hunted:
        if chase.hit is not None:
            keeper.keep(chase, chase.hit)
    for chase in hunted:
        _tell(chase, keeper)
    unreached = [chase.claim.id for chase in hunted if chase.is_unreached]
    if unreached:
        click.echo(f"Not reached in the time: {', '.join(unreached)}")
    if len(hunted) > 1:
        click.echo(_totals(hunted))
    if interrupted:
        complain("Interrupted: what was found is kept.")
        return INTERRUPTED
    if keeper.failed:
        return FAILED
    if registry.errors:
        complain(f"{len(registry.errors)} plugin error(s), named above.")
        return USAGE
    return WORSE if any(chase.hit or chase.error for chase in hunted) else OK


@dataclass
class _Keeper:
    """Writes hits as they come; one that cannot be written is printed instead."""

    folder: Path
    failed: bool = False
    kept: dict[str, Hit] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def keep(self, chase: Chase, hit: Hit) -> None:
        """Write the file of a hit, unless that is done."""
        key = chase.claim.id
        if self.kept.get(key) == hit:
            return
        path, text = counterexample_file(self.folder, key), to_text(hit.found, chase.claim)
        try:
            write_text(text, path)
            self.files[key] = path
        except ReportError as fault:
            self.files.pop(key, None)
            self.fail(str(fault))
            click.echo(text)
        self.kept[key] = hit

    def fail(self, text: str) -> None:
        """Something could not be written."""
        self.failed = True
        complain(text)


def _known(run: Path | None) -> Known:
    """Verdicts and least margins of a run, or the verdicts of the baseline if there is one."""
    if run is not None:
        return {
            row["id"]: (Verdict[row["verdict"]], _margin(row)) for row in read_run(run)["claims"]
        }
    if not DEFAULT.exists():
        return {}
    return {key: (entry.verdict, None) for key, entry in read_baseline(DEFAULT).items()}


def _margin(row: Mapping[str, object]) -> float | None:
    sides = row["sides"]
    found = sides["falsify"] if isinstance(sides, dict) else None
    margins = found["margins"] if found else ()
    return 10.0 ** min(margins) if margins else None


def _not_refuted(keys: Sequence[str], known: Known) -> tuple[str, ...]:
    """All but those with a counterexample already; they are named."""
    refuted = [key for key in keys if key in known and known[key][0] is Verdict.REFUTED]
    if refuted:
        click.echo(f"Left out, as they are refuted already: {', '.join(refuted)}")
    return tuple(key for key in keys if key not in refuted)


def _tell_resumed(hunted: Sequence[Chase]) -> None:
    resumed = [chase for chase in hunted if chase.progress.done]
    if resumed:
        of = resumed[0].claim.id if len(hunted) == 1 else counted(len(resumed), "claim")
        click.echo(f"Going on with {of} after {rounds_text(resumed)}.")


def _tell(chase: Chase, keeper: _Keeper) -> None:
    key = chase.claim.id
    if chase.error is not None:
        complain(f"`{key}`: round {chase.error[0]}: {chase.error[1]}")
    if chase.hit is not None:
        found = chase.hit.found
        click.echo(f"{key}: refuted. {found.explanation}")
        for name, value in found.instance.items():
            click.echo(f"    {name} = {value}")
        how = f"found by {found.found_by} in round {chase.hit.round}"
        click.echo(f"    margin {found.margin}, {how}")
        if key in keeper.files:
            click.echo(f"    verifier replay {keeper.files[key]}")
    elif chase.error is None and not chase.is_unreached:
        reason = f" ({chase.reason})" if chase.reason else ""
        told = f"no counterexample in {counted(chase.instances, 'instance')}{reason}"
        click.echo(f"{key}: {told}; {best_text(chase)}.")


def _totals(hunted: Sequence[Chase]) -> str:
    hits = sum(chase.hit is not None for chase in hunted)
    errors = sum(chase.error is not None for chase in hunted)
    told = f"{counted(len(hunted), 'claim')}, {rounds_text(hunted)}: {hits} refuted"
    return told + (f", {counted(errors, 'error')}" if errors else "")
