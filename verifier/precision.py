"""**Precision**: the one place that sets the working precision of Arb.

python-flint keeps precision for the whole process; it is set here for a block and put back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flint import ctx


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with `bits` of mantissa inside the block; the former precision comes back after it."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


@contextmanager
def series_length(length: int) -> Iterator[None]:
    """Truncate power series to `length` coefficients inside the block."""
    before = ctx.cap
    ctx.cap = length
    try:
        yield
    finally:
        ctx.cap = before
