"""**Report**: the site of a run with 300 claims and 600 edges, against the two seconds we allow."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tests.verifier.report.large_run import large_run
from verifier.report.site import write_site

ROUNDS = 5
LIMIT = 2.0  # seconds


def table() -> str:
    """The median time to write the site, and its size."""
    run = large_run()
    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            write_site(run, Path(folder))
            times.append(time.perf_counter() - start)
            size = sum(path.stat().st_size for path in Path(folder).rglob("*"))
    edges = sum(len(row["uses"]) for row in run["claims"])
    return (
        f"report of {len(run['claims'])} claims, {edges} edges: {statistics.median(times):.2f} s "
        f"(target {LIMIT:.0f} s), {size // 1024} KiB"
    )
