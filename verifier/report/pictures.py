"""**Pictures**: bars, tiles of a region, and histograms as inline SVG

Colours come from the style sheet through classes, so pictures follow light and dark. Every
picture has a text of its own; what matters in it is also said in words beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from verifier.report.words import TILES

_WIDE_RATIO = 100  # from here on an axis is logarithmic
_BINS = 24


def number(value: float) -> str:
    """At most two decimals, without trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def percent(fraction: float) -> str:
    """A fraction in percent, never rounded to 0 % or 100 % when it is neither."""
    if fraction <= 0:
        return "0 %"
    if fraction >= 1:
        return "100 %"
    if fraction < 0.0001:
        return "< 0.01 %"
    return f"{number(math.floor(fraction * 10000) / 100)} %"


def verdict_bar(counts: Mapping[str, int]) -> Markup:
    """Claims per verdict, as parts of one bar."""
    label = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    parts = [(f"v-{verdict.lower()}", count) for verdict, count in counts.items()]
    return _bar(parts, label)


def fraction_bar(certified: float, undecided: float, refuted: float) -> Markup:
    """Fractions of a region's volume, as parts of one bar."""
    named = {"certified": certified, "undecided": undecided, "refuted": refuted}
    label = ", ".join(f"{percent(part)} {name}" for name, part in named.items())
    return _bar([(f"t-{name}", part) for name, part in named.items()], label)


def _bar(parts: Sequence[tuple[str, float]], label: str) -> Markup:
    whole = sum(size for _, size in parts) or 1
    shapes, at = [], 0.0
    for kind, size in parts:
        if size > 0:
            width = 100 * size / whole
            shapes.append(
                f'<rect class="{kind}" x="{number(at)}" width="{number(width)}" height="10"/>'
            )
            at += width
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        'aria-label="{}">{}</svg>'
    ).format(label, Markup("".join(shapes)))


def tiles(box: Sequence[Sequence[str]], cover: Sequence[Any]) -> Markup:
    """The boxes of a cover of one or two variables; empty for any other number.

    Args:
        box: (symbol, lower, upper) per variable, rationals or oo as text.
        cover: (ranges, outcome) per tile, with one (lower, upper) per variable; that of an
            unbounded one is in its chart, between -1 and 1.
    """
    if len(box) not in (1, 2) or not cover:
        return Markup("")
    axes = [_axis(*row) for row in box]
    if any(axis.low >= axis.high for axis in axes):
        return Markup("")
    width, height = 320, 200 if len(axes) == 2 else 44
    paths: dict[str, list[str]] = {}
    for ranges, outcome in cover:
        left, right = (axes[0].place(end) * width for end in ranges[0])
        top, bottom = 0.0, float(height)
        if len(axes) == 2:
            bottom, top = (height * (1 - axes[1].place(end)) for end in ranges[1])
        kind = outcome if outcome in TILES else "other"
        paths.setdefault(kind, []).append(_rectangle(left, top, right, bottom))
    shapes = "".join(
        f'<path class="t-{kind}" d="{"".join(paths[kind])}"/>' for kind in sorted(paths)
    )
    return _framed(axes, width, height, Markup(shapes), f"{len(cover)} boxes of the cover")


@dataclass(frozen=True)
class _Axis:
    """One variable's range, with what is written at its ends and in its middle."""

    name: str
    low: float
    high: float
    first: str
    last: str
    logarithmic: bool = False

    def place(self, value: float) -> float:
        value = min(max(float(value), self.low), self.high)
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def _axis(name: str, low: str, high: str) -> _Axis:
    """Logarithmic when the range is positive and wide, compressed when it is unbounded."""
    below, above = low == "-oo", high == "oo"
    if below or above:
        middle = 0 if below and above else Fraction(high) - 1 if below else Fraction(low) + 1
        first, last = ("−∞" if below else low), ("∞" if above else high)
        name = f"{name} (compressed, {middle} in the middle)"
        return _Axis(name, -1.0 if below else 0.0, 1.0 if above else 0.0, first, last)
    start, end = float(Fraction(low)), float(Fraction(high))
    logarithmic = start > 0 and end / start >= _WIDE_RATIO
    shown = f"{name} (log scale)" if logarithmic else name
    return _Axis(shown, start, end, f"{start:g}", f"{end:g}", logarithmic)


def _rectangle(left: float, top: float, right: float, bottom: float) -> str:
    across, down = number(right - left), number(bottom - top)
    return f"M{number(left)} {number(top)}h{across}v{down}h-{across}z"


def _framed(axes: Sequence[_Axis], width: int, height: int, inside: Markup, label: str) -> Markup:
    left, top = (56, 8) if len(axes) == 2 else (8, 8)
    texts = [
        (left, top + height + 16, "start", axes[0].first),
        (left + width, top + height + 16, "end", axes[0].last),
        (left + width / 2, top + height + 16, "middle", axes[0].name),
    ]
    if len(axes) == 2:
        texts += [
            (left - 6, top + height, "end", axes[1].first),
            (left - 6, top + 10, "end", axes[1].last),
        ]
    written = [_text(x, y, anchor, text) for x, y, anchor, text in texts]
    if len(axes) == 2:
        middle = top + height / 2
        written.append(
            Markup(
                '<text transform="translate(14 {}) rotate(-90)" text-anchor="middle">{}</text>'
            ).format(number(middle), axes[1].name)
        )
    return Markup(
        '<svg class="tiles" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<g transform="translate({} {})">{}<rect class="frame" width="{}" height="{}"/></g>{}</svg>'
    ).format(
        left + width + 8,
        top + height + 24,
        label,
        left,
        top,
        inside,
        width,
        height,
        Markup("").join(written),
    )


def _power(exponent: float) -> Markup:
    shown = f"{exponent:.1f}".replace("-", "−")
    return Markup('10<tspan dy="-4" font-size="9">{}</tspan>').format(shown)


def _text(x: float, y: float, anchor: str, text: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
        number(x), number(y), anchor, text
    )


def histogram(margins: Iterable[Any]) -> Markup:
    """How far the instances stay from failure, as log10; empty without a finite margin."""
    finite = [float(m) for m in margins if isinstance(m, (int, float)) and math.isfinite(m)]
    if not finite:
        return Markup("")
    low, high = min(finite), max(finite)
    span = (high - low) or 1.0
    bins = [0] * (_BINS if high > low else 1)
    for margin in finite:
        bins[min(int((margin - low) / span * len(bins)), len(bins) - 1)] += 1
    width, height, top = 320, 72, max(bins)
    step = width / len(bins)
    bars = "".join(
        f'<path d="M{number(place * step + 0.5)} {height + 8}v-{number(height * count / top)}'
        f'h{number(step - 1)}V{height + 8}z"/>'
        for place, count in enumerate(bins)
        if count
    )
    label = f"{len(finite)} margins between 10^{low:.1f} and 10^{high:.1f}"
    texts = [_text(8, height + 26, "start", _power(low))]
    texts += [_text(8 + width, height + 26, "end", _power(high))] if high > low else []
    return Markup(
        '<svg class="histogram" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<g transform="translate(8 0)">{}<path class="frame" d="M0 {}h{}"/></g>{}</svg>'
    ).format(
        width + 16,
        height + 32,
        label,
        Markup(bars),
        height + 8,
        width,
        Markup("").join(texts),
    )
