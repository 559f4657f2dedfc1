"""**Screen of a hunt**: live on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import click
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from verifier.run.hunt import Chase, HuntEvents

_PAUSE = 5.0  # seconds between two lines where there is no terminal
_PER_SECOND = 5  # pictures


def best_text(chase: Chase) -> str:
    """The least margin with its place and round."""
    best = chase.progress.best
    if best is None:
        return "no margin yet" if chase.running else "no margin: nothing held by a distance"
    where = f" at {best.where}" if best.where else ""
    return f"best margin {best.margin:.3g} in round {best.round}{where}"


def rounds_text(chases: Sequence[Chase]) -> str:
    """How many rounds and instances, of earlier hunts too."""
    rounds = sum(len(chase.progress.done) for chase in chases)
    return f"{counted(rounds, 'round')}, {counted(sum(c.instances for c in chases), 'instance')}"


def counted(number: int, noun: str) -> str:
    """`1 round`, `2,000 rounds`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """`1:02:03`, or `2:03`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def hunt_screen(
    chases: Sequence[Chase], seconds: float | None, events: HuntEvents
) -> Iterator[HuntEvents]:
    """`events`, with what they tell shown as well."""
    if sys.stdout.isatty():
        picture = _Picture(chases, seconds)
        console = Console(highlight=False, emoji=False, markup=False)
        with Live(console=console, refresh_per_second=_PER_SECOND, transient=True) as live:
            live.update(picture)
            yield replace(events, moved=picture.moved)
        return
    yield events if seconds is None else replace(events, done=_Lines(chases).done)


class _Picture:
    """A bar of the time, the rounds with their rate, and where a claim held by least."""

    def __init__(self, chases: Sequence[Chase], seconds: float | None) -> None:
        self.chases = chases
        self.seconds = seconds
        self.began = time.monotonic()
        self.now = chases[0]

    def moved(self, chase: Chase) -> None:
        self.now = chase

    def __rich__(self) -> Group:
        spent = time.monotonic() - self.began
        bar = Table.grid(padding=(0, 1), expand=True)
        bar.add_column(no_wrap=True)
        bar.add_column(ratio=1)
        bar.add_column(no_wrap=True)
        total = "" if self.seconds is None else f" of {duration(self.seconds)}"
        done = ProgressBar(total=self.seconds, completed=spent, pulse=self.seconds is None)
        bar.add_row(f"hunting {self._what()}", done, f"{duration(spent)}{total}")
        fresh = sum(chase.instances - chase.earlier for chase in self.chases)
        rate = f"{rounds_text(self.chases)}, {fresh / max(spent, 0.1):,.0f} a second"
        return Group(bar, Text(f"  {rate}{self._hits()}"), Text(f"  {self._best()}", no_wrap=True))

    def _what(self) -> str:
        if len(self.chases) == 1:
            return self.chases[0].claim.id
        return f"{len(self.chases)} claims, now {self.now.claim.id}"

    def _hits(self) -> str:
        hits = [chase for chase in self.chases if chase.hit is not None]
        if not hits:
            return ""
        if len(self.chases) > 1:
            return f", {len(hits)} refuted"
        return f"; a hit in round {hits[0].hit.round if hits[0].hit else 0} is being finished"

    def _best(self) -> str:
        if len(self.chases) == 1:
            return best_text(self.chases[0])
        known = [chase for chase in self.chases if chase.progress.best is not None]
        if not known:
            return "no margin yet"
        closest = min(known, key=lambda c: c.progress.best.margin if c.progress.best else 0.0)
        return f"{closest.claim.id}: {best_text(closest)}"


class _Lines:
    """A line when a round is done, at most one in a while."""

    def __init__(self, chases: Sequence[Chase]) -> None:
        self.chases = chases
        self.began = time.monotonic()
        self.last: float | None = None

    def done(self, chase: Chase, number: int) -> None:
        now = time.monotonic()
        if self.last is not None and now - self.last < _PAUSE:
            return
        self.last = now
        fresh = sum(each.instances - each.earlier for each in self.chases)
        rate = fresh / max(now - self.began, 0.1)
        click.echo(
            f"{chase.claim.id} round {number}: {rounds_text(self.chases)}, {rate:,.0f} a second; "
            f"{best_text(chase)}"
        )
