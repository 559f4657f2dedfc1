"""**Command line**: list, show, verify, check-certificates, falsify, replay, report.

Exit status: 0 every verdict is as the baseline or better; 1 a verdict is worse, a claim is missing,
weak or an error, or a counterexample or certificate does not hold; 2 wrong usage, a plugin does not
load, or no claims; 3 the engine failed or a file cannot be written; 130 interrupted, with what is
done written.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verifier.budget import BUDGETS
from verifier.errors import (
    CounterexampleError,
    NoClaimsError,
    PluginError,
    UnknownClaimError,
    VerifierError,
)

if TYPE_CHECKING:
    from verifier.run.session import Settings

HITS = Path("reports/counterexamples")
SIDES = ("derive", "enclose", "falsify", "mutate")
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    try:
        return cli.main(args=arguments, prog_name="verifier", standalone_mode=False) or 0
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _complain("Interrupted.", 130)
    except (UnknownClaimError, PluginError, NoClaimsError) as fault:
        return _complain(str(fault), 2)
    except CounterexampleError as fault:
        return _complain(str(fault), 1)
    except VerifierError as fault:
        return _complain(str(fault), 3)
    except Exception:
        return _complain(f"The engine failed; this is a bug in it.\n{traceback.format_exc()}", 3)


def _complain(text: str, status: int) -> int:
    click.echo(f"error: {text}", err=True)
    return status


def _bytes(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    """The bytes of a size such as 4GiB, 512M or 1000000."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", value, re.IGNORECASE)
    size = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if size <= 0:
        raise click.BadParameter(f"{value!r} is no size: write it as 4GiB or 512MiB.")
    return size


def _seconds(ctx: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """The seconds of a time such as 90s, 10m or 1h30m."""
    if value is None:
        return None
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?", value)
    hours, minutes, rest = (float(part or 0) for part in found.groups()) if found else (0, 0, 0)
    seconds = 3600 * hours + 60 * minutes + rest
    if seconds <= 0:
        raise click.BadParameter(f"{value!r} is no time: write it as 90s, 10m or 1h30m.")
    return seconds


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _all(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_plugins = click.option(
    "--plugin",
    "plugins",
    multiple=True,
    metavar="MODULE_OR_PATH",
    help="Load this plugin instead of the installed ones; may be repeated.",
)


def _work(budget: str | None) -> Callable[[Any], Any]:
    """The options that say how much a claim may cost, with `budget` as the default."""
    return _all(
        click.option(
            "--budget",
            type=click.Choice(list(BUDGETS)),
            default=budget,
            show_default=budget or "standard with --time, deep without",
            help="How much work a claim may cost.",
        ),
        click.option("--seed", type=int, default=0, show_default=True, help="Seed of the search."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            default=60.0,
            show_default=True,
            help="Seconds after which a claim is stopped and counts as an error.",
        ),
        click.option(
            "--memory",
            callback=_bytes,
            metavar="SIZE",
            default="4GiB",
            show_default=True,
            help="Memory that a claim may take, such as 512MiB.",
        ),
    )


def _settings(
    sides: Sequence[str], jobs: int, *, budget: str, seed: int, timeout: float, memory: int
) -> Settings:
    from verifier.run.pool import Limits
    from verifier.run.session import Settings

    chosen = tuple(side for side in SIDES if side in sides)
    return Settings(chosen, BUDGETS[budget], seed, jobs, Limits(timeout, memory))


def _path(
    name: str, parameter: str, text: str, default: Path | None = None
) -> Callable[[Any], Any]:
    return click.option(
        name,
        parameter,
        type=click.Path(path_type=Path),
        default=default,
        show_default=default is not None,
        help=text,
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Verify theorems that are written as claims: derive, enclose, falsify, mutate.

    Exit status: 0 as the baseline or better; 1 worse, weak or an error; 2 wrong usage, a plugin
    that does not load, or no claims; 3 the engine failed; 130 interrupted.
    """


@cli.command("list")
@click.argument("pattern", required=False)
@_plugins
def list_command(pattern: str | None, plugins: tuple[str, ...]) -> int:
    """List the claims, or those whose id matches PATTERN."""
    from verifier.commands import list_claims

    return list_claims(pattern, plugins)


@cli.command()
@click.argument("key", metavar="ID")
@_work("standard")
@_plugins
def show(key: str, plugins: tuple[str, ...], **work: Any) -> int:
    """Show one claim: its statement and the evidence of a fresh run."""
    from verifier.commands import show_claim

    return show_claim(key, _settings(SIDES, _cores(), **work), plugins)


@cli.command()
@click.argument("patterns", nargs=-1, metavar="[ID or GLOB]...")
@click.option(
    "--side",
    "sides",
    multiple=True,
    type=click.Choice(SIDES),
    help="Run only this side; may be repeated. All four by default.",
)
@_work("standard")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes; one a core by default.")
@_path("--json", "json_file", "Write the run to this file.")
@_path("--report", "report", "Write the site of the run to this folder.")
@_path("--counterexamples", "counterexamples", "Write counterexamples to this folder.")
@_path("--certificates", "certificates", "Write the certificates of steps to this folder.")
@_path("--baseline", "baseline", "Verdicts to compare with; reports/baseline.json if it exists.")
@click.option("--write-baseline", is_flag=True, help="Record the verdicts as the new baseline.")
@_plugins
@click.option("--quiet", is_flag=True, help="Print a line only for what fails, and the totals.")
def verify(
    patterns: tuple[str, ...],
    sides: tuple[str, ...],
    jobs: int | None,
    json_file: Path | None,
    report: Path | None,
    counterexamples: Path | None,
    certificates: Path | None,
    baseline: Path | None,
    write_baseline: bool,
    plugins: tuple[str, ...],
    quiet: bool,
    **work: Any,
) -> int:
    """Verify the claims that match, or all, and the claims that they use.

    Ctrl-C stops early: what is done is printed and written, and the exit status is 130.
    """
    from verifier.commands import Outputs
    from verifier.commands import verify as verify_claims

    return verify_claims(
        patterns,
        _settings(sides or SIDES, jobs or _cores(), **work),
        plugins,
        outputs=Outputs(json_file, report, counterexamples, certificates, baseline, write_baseline),
        quiet=quiet,
    )


@cli.command()
@click.argument("patterns", nargs=-1, metavar="[ID or GLOB]...")
@click.option("--all", "everything", is_flag=True, help="Hunt on all claims, the weakest first.")
@click.option(
    "--time",
    "seconds",
    callback=_seconds,
    metavar="TIME",
    help="How long, such as 90s, 10m or 1h30m; without it each claim is searched once.",
)
@_work(None)
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes; one a core by default.")
@_path("--counterexamples", "folder", "Write counterexamples to this folder.", HITS)
@_path("--state", "state", "Keep which rounds are done in this folder; a cache by default.")
@_path("--from", "run", "How strong claims are says this run, verify --json; or the baseline.")
@_plugins
def falsify(
    patterns: tuple[str, ...],
    everything: bool,
    seconds: float | None,
    jobs: int | None,
    folder: Path,
    state: Path | None,
    run: Path | None,
    plugins: tuple[str, ...],
    budget: str | None,
    **work: Any,
) -> int:
    """Hunt for counterexamples; the exit status is 1 when there is one.

    A hunt for a TIME goes through rounds of seeds with growing budgets, and goes on where it was
    stopped. Each hit is written at once. Ctrl-C keeps what is found, and the exit status is 130.
    """
    from verifier.hunting import Places, falsify_claims

    if bool(patterns) == everything:
        raise click.UsageError("Name the claims to hunt on, or --all.")
    chosen = budget or ("deep" if seconds is None else "standard")
    return falsify_claims(
        patterns,
        _settings(("falsify",), jobs or _cores(), budget=chosen, **work),
        plugins,
        seconds=seconds,
        places=Places(folder, state, run),
    )


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@_plugins
def replay(file: Path, plugins: tuple[str, ...]) -> int:
    """Check a counterexample file again; the exit status is 1 when it does not hold."""
    from verifier.commands import replay_file

    return replay_file(file, plugins)


@cli.command("check-certificates")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check_certificates(folder: Path) -> int:
    """Replay the certificates in FOLDER by the checker, which knows nothing of the engine.

    The exit status is 1 when one is rejected and 2 when there are none.
    """
    from verifier.certificate.checker import main as replay_all

    return replay_all(["check-certificates", str(folder)])


@cli.command()
@click.option(
    "--from", "file", required=True, type=click.Path(path_type=Path), help="A run: verify --json."
)
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path), help="The site.")
def report(file: Path, folder: Path) -> int:
    """Write the site of a run again from its JSON."""
    from verifier.commands import report_run

    return report_run(file, folder)
