"""**Tests of the pictures**: what they claim must be what the numbers say"""

from __future__ import annotations

import math
import re

import pytest

from verifier.report.graph import Node, dependency_graph
from verifier.report.pictures import histogram, percent, tiles


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.5, "50 %"),
        (0.99999999, "99.99 %"),
        (1e-9, "< 0.01 %"),
        (0.12349, "12.34 %"),
    ],
)
def test_a_fraction_is_never_rounded_to_all_or_nothing(fraction: float, expected: str) -> None:
    assert expected == percent(fraction)


def test_tiles_of_one_and_two_variables_are_drawn_and_of_three_are_not() -> None:
    one = tiles([["x", "0", "1"]], [[[[0.0, 0.5]], "certified"], [[[0.5, 1.0]], "refuted"]])
    assert 't-certified" d="M0 0h160v44h-160z"' in one
    assert 't-refuted" d="M160 0h160v44h-160z"' in one
    two = tiles([["x", "0", "1"], ["y", "0", "1"]], [[[[0, 1], [0, 0.5]], "undecided"]])
    assert 't-undecided" d="M0 100h320v100h-320z"' in two
    assert "" == tiles([["x", "0", "1"]] * 3, [[[[0, 1]] * 3, "certified"]])
    assert "" == tiles([["x", "1", "1"]], [[[[1, 1]], "certified"]])


def test_a_wide_positive_range_is_drawn_on_a_logarithmic_axis() -> None:
    wide = tiles([["x", "1/100", "100"]], [[[[0.01, 1.0]], "certified"]])
    assert "M0 0h160v" in wide
    assert "log scale" in wide


def test_an_unbounded_range_is_drawn_in_its_chart_with_its_middle_named() -> None:
    ray = tiles([["x", "2", "oo"]], [[[[0.0, 0.5]], "certified"], [[[0.5, 1.0]], "refuted"]])
    assert 't-certified" d="M0 0h160v44h-160z"' in ray
    assert "x (compressed, 3 in the middle)" in ray
    assert ">∞</text>" in ray
    line = tiles([["x", "-oo", "oo"]], [[[[-1.0, 0.0]], "certified"]])
    assert 't-certified" d="M0 0h160v44h-160z"' in line
    assert "0 in the middle" in line
    below = tiles([["x", "-oo", "1/2"]], [[[[-1.0, 0.0]], "undecided"]])
    assert "-1/2 in the middle" in below


def test_the_histogram_holds_every_finite_margin() -> None:
    drawn = histogram([-3.0, -3.0, -1.0, math.inf, None])
    assert "3 margins" in drawn
    assert 2 == len(re.findall(r'<path d="', drawn))
    assert "" == histogram([math.nan, None])
    assert "" == histogram([])


def _nodes(keys: str) -> list[Node]:
    return [Node(key, key, "", "PROVED", f"{key}.html") for key in keys]


def test_a_statement_is_drawn_below_what_it_uses() -> None:
    drawn = dependency_graph(_nodes("abc"), {"a": ["b"], "b": ["c"], "c": []})
    height = {
        key: float(re.search(rf'href="{key}.html"><g [^>]*translate\(\S+ (\S+)\)', drawn)[1])
        for key in "abc"
    }
    assert height["c"] < height["b"] < height["a"]


def test_an_implied_edge_is_left_out_and_a_lone_statement_too() -> None:
    drawn = dependency_graph(_nodes("abcd"), {"a": ["b", "c"], "b": ["c"]})
    assert 2 == drawn.count('class="edge"')
    assert 'href="d.html"' not in drawn
    assert "" == dependency_graph(_nodes("ab"), {})


def test_boxes_of_one_layer_do_not_overlap() -> None:
    keys = "abcdefghijklmnop"
    drawn = dependency_graph(_nodes(keys), {key: ["a"] for key in keys[1:]})
    width = float(re.search(r'<rect width="(\S+)"', drawn)[1])
    layers: dict[str, list[float]] = {}
    for left, top in re.findall(r"translate\((\S+) (\S+)\)", drawn):
        layers.setdefault(top, []).append(float(left))
    assert len(keys) == sum(map(len, layers.values()))
    for row in layers.values():
        gaps = [b - a for a, b in zip(sorted(row), sorted(row)[1:], strict=False)]
        assert all(gap >= width for gap in gaps)
