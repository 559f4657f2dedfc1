"""**Screen**: progress and verdicts as lines of text, live on a terminal and plain elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from verifier.run.baseline import weakness
from verifier.run.session import Events, Row, Session
from verifier.verdict import Verdict

STYLES = MappingProxyType(
    {
        "ERROR": "bold white on red",
        "REFUTED": "bold red",
        "VACUOUS": "magenta",
        "UNDECIDED": "yellow",
        "SUPPORTED": "cyan",
        "CERTIFIED": "bold cyan",
        "CONDITIONAL": "bold blue",
        "PROVED": "bold green",
    }
)
"""Rich style of each verdict."""
_SHORT = 110
_WIDEST = max(len(name) for name in STYLES)


def row_text(row: Row, *, width: int = 0) -> Text:
    """Verdict, id, scope, reason and seconds on one line; `width` aligns the ids."""
    verdict, judged = str(row.judgement.verdict), row.judgement
    text = Text()
    text.append(verdict, style=STYLES[verdict])
    text.append(" " * (_WIDEST - len(verdict)))
    text.append(f"  {row.claim.id:<{width}}", style="bold")
    if row.effective.verdict < judged.verdict:
        worse = str(row.effective.verdict)
        through = f" through {row.effective.limited_by}" if row.effective.limited_by else ""
        text.append(f"  effectively {worse}{through};", style=STYLES[worse])
    if judged.weak:
        text.append(f"  WEAK: {_shortened(weakness(row))};", style="bold yellow")
    scope = f"  [{_shortened(judged.scope)}]" if judged.scope else ""
    reason = "" if judged.verdict is Verdict.REFUTED else f"  {_shortened(judged.reason)}"
    text.append(f"{scope}{reason}")
    text.append(f"  {row.seconds:.2f} s", style="dim")
    return text


def counterexample_line(row: Row) -> str:
    """The sentence that refutes the claim, empty when it is not refuted."""
    return row.judgement.reason if row.judgement.verdict is Verdict.REFUTED else ""


def totals_line(session: Session) -> str:
    """The count of each verdict, worst last."""
    verdicts = [row.judgement.verdict for row in session.rows]
    counts = [f"{verdicts.count(v)} {v}" for v in reversed(Verdict) if v in verdicts]
    weak = sum(row.judgement.weak for row in session.rows)
    counts += [f"{weak} weak"] if weak else []
    noun = "claim" if len(verdicts) == 1 else "claims"
    return f"{len(verdicts)} {noun} in {session.seconds:.1f} s: {', '.join(counts) or 'none done'}"


@contextmanager
def screen(keys: Sequence[str], *, quiet: bool = False) -> Iterator[Events]:
    """Events that draw a progress bar on a terminal, and write one line a claim anywhere.

    `quiet` keeps only the lines of claims that fail the run: errors and weak claims.
    """
    width = max((len(key) for key in keys), default=0)
    terminal = sys.stdout.isatty()
    console = Console(highlight=False, soft_wrap=not terminal, emoji=False, markup=False)
    show = _printer(console, width, quiet)
    if not terminal or quiet:
        yield Events(finished=show)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("verifying", total=len(keys))

        def finished(row: Row) -> None:
            show(row)
            progress.advance(bar)

        yield Events(lambda key: progress.update(bar, description=key), finished)


@contextmanager
def waiting(key: str) -> Iterator[Events]:
    """A line on a terminal that shows what is being checked; nothing elsewhere."""
    console = Console(stderr=True, highlight=False, emoji=False, markup=False)
    if not sys.stderr.isatty():
        yield Events()
        return
    with console.status(f"checking {key}") as status:
        yield Events(started=lambda now: status.update(f"checking {now}"))


def _printer(console: Console, width: int, quiet: bool) -> Callable[[Row], None]:
    def show(row: Row) -> None:
        if quiet and row.judgement.verdict is not Verdict.ERROR and not row.judgement.weak:
            return
        line = row_text(row, width=width)
        if console.soft_wrap:
            console.print(line)
        else:
            line.overflow = "fold"
            console.print(line)
        sentence = counterexample_line(row)
        if sentence:
            console.print(
                Padding.indent(Text(sentence), 4) if not console.soft_wrap else f"    {sentence}"
            )

    return show


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 3].rstrip() + "..."
