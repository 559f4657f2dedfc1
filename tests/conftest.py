"""**Shared by all tests**: reproducible search, restored precision, and no silent skips."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import flint
import mpmath
import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# As the workers of a run have it: threads of small matrices wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("repository", derandomize=True, deadline=None, database=None)
settings.load_profile("repository")

# The engine stands without the library: then the tests that need its claims are not collected.
LIBRARY = (ROOT / "claims").is_dir()
collect_ignore = [] if LIBRARY else ["claims"]
collect_ignore_glob = [] if LIBRARY else ["repo/test_claim*.py"]


def pytest_report_header() -> list[str]:
    return [] if LIBRARY else ["There is no folder `claims`: only the engine is tested."]


def _not_green(report: Any, what: str) -> Any:
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{what} was skipped, which never counts as green: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """A skipped test is a failed one: what it needs is part of the environment."""
    return _not_green((yield), item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """A module that skips itself is a failed one."""
    return _not_green((yield), collector.nodeid)


@pytest.fixture(autouse=True)
def precision_is_restored() -> Iterator[None]:
    """No test and nothing that it calls may leave the process with another precision."""
    before = (flint.ctx.prec, mpmath.mp.prec)
    yield
    after = (flint.ctx.prec, mpmath.mp.prec)
    flint.ctx.prec, mpmath.mp.prec = before
    assert before == after, "the working precision was left changed"
