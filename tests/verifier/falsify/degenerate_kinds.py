"""**Kinds of instances**: what is special about one, as named predicates, by what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from flint import fmpq, fmpq_mat

Kind = Callable[[Mapping[str, Any]], bool]


def rank(rows: Any) -> int:
    numbers = [[fmpq(e.numerator, e.denominator) for e in row] for row in rows]
    return int(fmpq_mat(numbers).rank())


def columns(rows: Any) -> list[tuple[Fraction, ...]]:
    return list(zip(*rows, strict=True))


def inner(one: Any, two: Any) -> Fraction:
    return sum((e * f for e, f in zip(one, two, strict=True)), Fraction(0))


def is_multiple(one: Any, two: Any) -> bool:
    return rank([one, two]) < 2 and any(one) and any(two)


def eye(size: int) -> list[tuple[int, ...]]:
    return [tuple(int(e == f) for e in range(size)) for f in range(size)]


def is_identity(rows: Any) -> bool:
    return list(rows) == eye(len(rows))


def is_diagonal(rows: Any) -> bool:
    return all(not e or f == g for f, row in enumerate(rows) for g, e in enumerate(row))


def members(instance: Mapping[str, Any], name: str) -> list[Fraction]:
    found = [key for key in instance if key.startswith(f"{name}_")]
    return [instance[key] for key in sorted(found, key=lambda key: int(key.split("_")[1]))]


VECTORS: Mapping[str, Kind] = {
    "one dimension": lambda f: f["d"] == 1,
    "several dimensions": lambda f: f["d"] >= 3,
    "zero first": lambda f: not any(f["u"]) and any(f["v"]),
    "zero second": lambda f: not any(f["v"]) and any(f["u"]),
    "all zero": lambda f: not any(f["u"]) and not any(f["v"]),
    "equal": lambda f: f["u"] == f["v"] and any(f["u"]),
    "opposite": lambda f: f["u"] == tuple(-e for e in f["v"]) and any(f["u"]),
    "parallel": lambda f: is_multiple(f["u"], f["v"]) and f["u"] != f["v"] and f["d"] > 1,
    "orthogonal": lambda f: not inner(f["u"], f["v"]) and any(f["u"]) and any(f["v"]),
    "obtuse": lambda f: inner(f["u"], f["v"]) < 0 and rank([f["u"], f["v"]]) == 2,
    "on an axis": lambda f: sum(map(bool, f["u"])) == 1 and f["d"] > 1,
    "equal components": lambda f: len(set(f["u"])) == 1 and any(f["u"]) and f["d"] > 1,
    "independent": lambda f: rank([f["u"], f["v"]]) == 2,
}
UNIT: Mapping[str, Kind] = {
    "one dimension": lambda f: f["d"] == 1,
    "on an axis": lambda f: sum(map(bool, f["u"])) == 1 and f["d"] > 1,
    "off the axes": lambda f: sum(map(bool, f["u"])) > 1,
    "the other is zero": lambda f: not any(f["v"]),
    "the other is equal": lambda f: f["u"] == f["v"],
    "the other is opposite": lambda f: f["u"] == tuple(-e for e in f["v"]),
    "the other is orthogonal": lambda f: not inner(f["u"], f["v"]) and any(f["v"]),
    "the other is parallel": lambda f: is_multiple(f["u"], f["v"]) and abs(f["v"][0]) != 1,
}
TWO_UNITS: Mapping[str, Kind] = {
    "equal": lambda f: f["u"] == f["v"],
    "opposite": lambda f: f["u"] == tuple(-e for e in f["v"]),
    "orthogonal": lambda f: not inner(f["u"], f["v"]),
    "at an angle": lambda f: 0 < abs(inner(f["u"], f["v"])) < 1,
}
SHAPES: Mapping[str, Kind] = {
    "one sample": lambda f: f["n"] == 1 and f["d"] > 1,
    "one dimension": lambda f: f["d"] == 1 and f["n"] > 1,
    "one number": lambda f: f["d"] == f["n"] == 1,
    "more samples than dimensions": lambda f: f["n"] > f["d"] > 1,
    "more dimensions than samples": lambda f: f["d"] > f["n"] > 1,
    "square": lambda f: f["d"] == f["n"] > 1,
}
DATA: Mapping[str, Kind] = {
    **SHAPES,
    "zero": lambda f: not any(map(any, f["X"].rows)),
    "full rank": lambda f: rank(f["X"].rows) == min(f["n"], f["d"]) > 1,
    "rank deficient": lambda f: 0 < rank(f["X"].rows) < min(f["n"], f["d"]),
    "rank two of three": lambda f: 1 < rank(f["X"].rows) < min(f["n"], f["d"]),
    "a repeated sample": lambda f: 1 < len(set(f["X"].rows)) < f["n"],
    "all samples equal": lambda f: len(set(f["X"].rows)) == 1 < f["n"] and any(f["X"].rows[0]),
    "opposite samples": lambda f: any(
        any(r) and r == tuple(-e for e in s) for r, s in combinations(f["X"].rows, 2)
    ),
    "collinear samples": lambda f: (
        f["d"] > 1 and any(is_multiple(r, s) and r != s for r, s in combinations(f["X"].rows, 2))
    ),
    "orthogonal samples": lambda f: any(
        any(r) and any(s) and not inner(r, s) for r, s in combinations(f["X"].rows, 2)
    ),
    "a zero sample": lambda f: 0 < sum(map(any, f["X"].rows)) < f["n"],
    "a zero feature": lambda f: 0 < sum(map(any, columns(f["X"].rows))) < f["d"],
    "two equal features": lambda f: any(
        any(r) and r == s for r, s in combinations(columns(f["X"].rows), 2)
    ),
    "orthogonal features": lambda f: any(
        any(r) and any(s) and not inner(r, s) for r, s in combinations(columns(f["X"].rows), 2)
    ),
    "nonnegative": lambda f: all(e >= 0 for r in f["X"].rows for e in r) and any(f["X"].rows[0]),
    "signs mixed": lambda f: len({e > 0 for r in f["X"].rows for e in r if e}) == 2,
}
LABELS: Mapping[str, Kind] = {
    "realizable": lambda f: (
        any(f["label"]) and rank(f["X"].rows) == rank(with_labels(f)) and f["n"] > f["d"]
    ),
    "not realizable": lambda f: rank(f["X"].rows) < rank(with_labels(f)),
    "all zero": lambda f: not any(f["label"]) and f["n"] > 1,
    "signs": lambda f: {abs(e) for e in f["label"]} == {1} and len(set(f["label"])) == 2,
    "all one": lambda f: set(f["label"]) == {1} and f["n"] > 1,
}


def with_labels(f: Mapping[str, Any]) -> list[tuple[Fraction, ...]]:
    return [(*row, e) for row, e in zip(f["X"].rows, f["label"], strict=True)]


NEURON: Mapping[str, Kind] = {
    "all zero": lambda f: not f["a"] and not any(f["w"]),
    "positive outer weight": lambda f: f["a"] > 0,
    "negative outer weight": lambda f: f["a"] < 0,
    "one dimension": lambda f: f["d"] == 1 and f["a"] != 0,
    "off the axes": lambda f: sum(map(bool, f["w"])) > 1,
}
UNBALANCED: Mapping[str, Kind] = {
    "balanced": lambda f: f["c"] == 0 and f["a"] != 0,
    "outer weight larger": lambda f: f["c"] > 0 and any(f["w"]),
    "inner weights larger": lambda f: f["c"] < 0 and f["a"] != 0,
    "dead inner weights": lambda f: not any(f["w"]) and f["a"] != 0,
    "dead outer weight": lambda f: f["a"] == 0 and any(f["w"]),
    "all zero": lambda f: f["a"] == 0 and not any(f["w"]),
}
LAYERS: Mapping[str, Kind] = {
    "zero network": lambda f: not any(map(any, f["W"].rows)) and not any(f["alpha"]),
    "a dead unit": lambda f: 0 < sum(map(bool, f["alpha"])) < f["m"],
    "one unit": lambda f: f["m"] == 1 and any(f["alpha"]),
    "one input": lambda f: f["d"] == 1 and any(f["alpha"]),
    "more units than inputs": lambda f: f["m"] > f["d"] > 1 and any(f["alpha"]),
    "more inputs than units": lambda f: f["d"] > f["m"] > 1 and any(f["alpha"]),
    "both signs": lambda f: len({e > 0 for e in f["alpha"] if e}) == 2,
    "equal units": lambda f: len(set(f["alpha"])) == 1 < f["m"] and any(f["alpha"]),
}
TURNED: Mapping[str, Kind] = {
    "identity": lambda f: is_identity(f["A"].rows) and f["d"] > 1,
    "minus identity": lambda f: (
        is_identity([tuple(-e for e in r) for r in f["A"].rows]) and f["d"] > 1
    ),
    "reflection": lambda f: is_diagonal(f["A"].rows) and trace_of(f) not in (f["d"], -f["d"]),
    "rotation": lambda f: not is_diagonal(f["A"].rows),
    "one dimension": lambda f: f["d"] == 1,
}
KERNEL: Mapping[str, Kind] = {
    "zero": lambda f: not any(map(any, f["A"].rows)),
    "identity": lambda f: is_identity(f["A"].rows) and f["d"] > 1,
    "singular": lambda f: 0 < rank(f["A"].rows) < f["d"],
    "rank one": lambda f: rank(f["A"].rows) == 1 < f["d"],
    "invertible": lambda f: rank(f["A"].rows) == f["d"] > 1,
    "diagonal": lambda f: is_diagonal(f["A"].rows) and trace_of(f) not in (0, f["d"]) != f["d"] > 1,
    "not diagonal": lambda f: not is_diagonal(f["A"].rows),
}


def trace_of(f: Mapping[str, Any]) -> Fraction:
    return sum((f["A"].rows[e][e] for e in range(f["d"])), Fraction(0))


SYMMETRIC: Mapping[str, Kind] = {
    **KERNEL,
    "indefinite": lambda f: f["d"] == 2 and rank2(f["A"].rows) < 0,
    "negative": lambda f: all(f["A"].rows[e][e] < 0 for e in range(f["d"])),
}


def rank2(rows: Any) -> Fraction:
    return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]


SELECTION: Mapping[str, Kind] = {
    "zero": lambda f: not any(map(any, f["A"].rows)) and f["d"] > 1,
    "identity": lambda f: is_identity(f["A"].rows) and f["d"] > 1,
    "proper": lambda f: 0 < rank(f["A"].rows) < f["d"],
}
RANGE: Mapping[str, Kind] = {
    "lower end": lambda f: f["x"] == 0,
    "upper end": lambda f: f["x"] == 1,
    "near the lower end": lambda f: 0 < f["x"] < Fraction(1, 1000),
    "near the upper end": lambda f: Fraction(999, 1000) < f["x"] < 1,
    "inside": lambda f: Fraction(1, 10) < f["x"] < Fraction(9, 10),
}
OPEN_RANGE = {key: kind for key, kind in RANGE.items() if key.startswith(("near", "inside"))}
HALF_LINE: Mapping[str, Kind] = {
    "the end": lambda f: f["x"] == 0,
    "near the end": lambda f: 0 < f["x"] < Fraction(1, 1000),
    "far": lambda f: f["x"] > 10**4,
    "one": lambda f: f["x"] == 1,
}
ORDERED: Mapping[str, Kind] = {
    "equal": lambda f: f["x"] == f["y"] != 0,
    "both zero": lambda f: f["x"] == f["y"] == 0,
    "opposite": lambda f: f["x"] == -f["y"] != 0,
    "first zero": lambda f: f["x"] == 0 != f["y"],
    "last zero": lambda f: f["y"] == 0 != f["x"],
    "both negative": lambda f: f["x"] < f["y"] < 0,
    "close": lambda f: 0 < f["y"] - f["x"] < Fraction(1, 1000),
    "far apart": lambda f: f["y"] - f["x"] > 1000,
}
UNIT_OF_RELU: Mapping[str, Kind] = {
    "active": lambda f: inner(f["u"], f["v"]) > 0,
    "dead": lambda f: inner(f["u"], f["v"]) < 0,
    "at the kink": lambda f: not inner(f["u"], f["v"]) and any(f["u"]) and any(f["v"]),
    "at the kink by zero": lambda f: not any(f["u"]) and any(f["v"]),
}
MEMBERS: Mapping[str, Kind] = {
    "one member": lambda f: len(members(f, "z")) == 1,
    "several": lambda f: len(members(f, "z")) >= 3,
    "all zero": lambda f: not any(members(f, "z")) and len(members(f, "z")) > 1,
    "a zero": lambda f: 0 < sum(map(bool, members(f, "z"))) < len(members(f, "z")),
    "all equal": lambda f: len(set(members(f, "z"))) == 1 < len(members(f, "z")) and f["z_1"] != 0,
    "different": lambda f: len(set(members(f, "z"))) == len(members(f, "z")) >= 3,
    "opposite": lambda f: len(members(f, "z")) == 2 and f["z_1"] == -f["z_2"] != 0,
    "both signs": lambda f: len({e > 0 for e in members(f, "z") if e}) == 2,
}
WEIGHTS: Mapping[str, Kind] = {
    "one member": lambda f: members(f, "p") == [1],
    "uniform": lambda f: len(set(members(f, "p"))) == 1 < len(members(f, "p")),
    "one has all": lambda f: sorted(members(f, "p"))[-2:] == [0, 1],
    "a zero among several": lambda f: 0 in members(f, "p") and sum(map(bool, members(f, "p"))) >= 2,
    "uneven": lambda f: len(set(members(f, "p"))) == len(members(f, "p")) >= 2,
}
SIGNS: Mapping[str, Kind] = {
    "all one": lambda f: set(members(f, "z")) == {1} and len(members(f, "z")) > 1,
    "all minus one": lambda f: set(members(f, "z")) == {-1} and len(members(f, "z")) > 1,
    "both": lambda f: len(set(members(f, "z"))) == 2,
}
STRUCTURES: Mapping[str, Kind] = {
    "one element": lambda f: f["Set"] == 1,
    "identity": lambda f: f["top"].values == tuple(range(1, f["Set"] + 1)) and f["Set"] > 1,
    "constant": lambda f: len(set(f["top"].values)) == 1 and f["Set"] > 1,
    "exchange": lambda f: f["top"].values == (2, 1),
    "empty relation": lambda f: not any(f["near"].values),
    "full relation": lambda f: all(f["near"].values),
}
PROFILES: Mapping[str, Kind] = {
    "zero": lambda f: not f["g"].terms,
    "constant": lambda f: [exps for exps, _ in f["g"].terms] == [(0,)],
    "linear": lambda f: [exps for exps, _ in f["g"].terms] == [(1,)],
    "higher degree": lambda f: max((exps[0] for exps, _ in f["g"].terms), default=0) >= 3,
}
POINTS: Mapping[str, Kind] = {
    "one dimension": lambda f: f["d"] == 1,
    "on an axis": lambda f: sum(map(bool, f["w"])) == 1 and f["d"] > 1,
    "equal components": lambda f: len(set(f["w"])) == 1 and f["d"] > 1,
    "three components": lambda f: sum(map(bool, f["w"])) >= 3,
}
STEPS: Mapping[str, Kind] = {
    "first": lambda f: f["k"] == 1,
    "second": lambda f: f["k"] == 2,
    "far": lambda f: f["k"] >= 10,
}

ORTHOGONAL: Mapping[str, Kind] = {
    **{key: VECTORS[key] for key in ("zero first", "zero second", "all zero", "orthogonal")},
    "off the axes": lambda f: sum(map(bool, f["u"])) > 1 and any(f["v"]),
    "one dimension": lambda f: f["d"] == 1,
}
BALL: Mapping[str, Kind] = {
    "on the sphere": lambda f: inner(f["u"], f["u"]) == 1 and f["d"] > 1,
    "at the origin": lambda f: not any(f["u"]),
    "inside": lambda f: 0 < inner(f["u"], f["u"]) < 1 and f["d"] > 1,
    "one dimension": lambda f: f["d"] == 1 and any(f["u"]),
}
CIRCLE: Mapping[str, Kind] = {
    "on the first axis": lambda f: f["y"] == 0,
    "on the second axis": lambda f: f["x"] == 0,
    "in the first quarter": lambda f: f["x"] > 0 and f["y"] > 0,
    "in the third quarter": lambda f: f["x"] < 0 and f["y"] < 0,
}
HYPERBOLA: Mapping[str, Kind] = {
    "at one": lambda f: f["x"] == f["y"] == 1,
    "negative": lambda f: f["x"] < 0,
    "far": lambda f: abs(f["x"]) > 100 or abs(f["y"]) > 100,
}
FACTORS: Mapping[str, Kind] = {
    "first zero": lambda f: f["x"] == 0 != f["y"],
    "second zero": lambda f: f["y"] == 0 != f["x"],
    "both zero": lambda f: f["x"] == f["y"] == 0,
}
CENTRED = {key: MEMBERS[key] for key in ("one member", "all zero", "opposite", "both signs")}
POSITIVE: Mapping[str, Kind] = {
    **{key: MEMBERS[key] for key in ("one member", "all equal", "different")},
    "near zero": lambda f: min(members(f, "z")) < Fraction(1, 1000),
    "far apart": lambda f: max(members(f, "z")) > 1000 * min(members(f, "z")),
}
UNITS: Mapping[str, Kind] = {
    "a dead unit": lambda f: 0 < sum(map(bool, members(f, "out"))) < len(members(f, "out")),
    "all dead": lambda f: not any(members(f, "out")) and len(members(f, "out")) > 1,
    "both signs": lambda f: len({e > 0 for e in members(f, "out") if e}) == 2,
    "equal units": lambda f: (
        len(members(f, "out")) > 1
        and len(set(members(f, "row"))) == 1
        and any(members(f, "row")[0])
    ),
    "one input": lambda f: f["d"] == 1 and any(members(f, "out")),
    "off the axes": lambda f: any(sum(map(bool, row)) > 1 for row in members(f, "row")),
}
TALL = {key: DATA[key] for key in ("full rank", "more samples than dimensions", "square",
                                   "one dimension", "orthogonal features")}  # fmt: skip
FITTED = {key: LABELS[key] for key in ("realizable", "all zero")}
