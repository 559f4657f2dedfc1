"""**Certificates of identities in words**: a form in plain data, and what replays it.

Only the standard library is used. A word is a list of letters, `~A` is the transpose of `A`, and
`letters` has the rows and columns of each. A coefficient is a list of [rational, [scalar, ...]],
where a scalar is a name, or a word, in its least form, that stands for its trace. A sum is
{"rows", "columns", "terms": [[coefficient, word], ...]}; `goal` is one, `relations` has more. Then

    multiplier * goal = sum of coefficient * left * relation * right

over the `steps` [coefficient, relation, left, right, flipped, times]: `flipped` takes the transpose
of the relation, and with `times` the trace of the product is multiplied with that word. It shows
that the goal is zero where every relation is, provided that the multiplier is not zero.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from typing import Any

Word = tuple[str, ...]


def check(data: Any) -> None:
    """Raise `ValueError` unless the steps add up to the goal times the multiplier."""
    gap: dict[Any, Fraction] = {}

    def ends(x: str) -> tuple[str, str]:
        rows, columns = data["letters"][x.removeprefix("~")]
        return (columns, rows) if x.startswith("~") else (rows, columns)

    def flip(word: Word) -> Word:
        return tuple(x[1:] if x.startswith("~") else "~" + x for x in reversed(word))

    def cut(w: Word, rows: str, columns: str) -> list[Word]:
        sizes = [rows, *(end for x in w for end in ends(x)), columns]
        if sizes[::2] != sizes[1::2]:
            raise ValueError(f"{w} is not of shape {rows} x {columns}")
        places = [0, *(k for k in range(1, len(w)) if ends(w[k])[0] == "1"), len(w)]
        return [w[i:j] for i, j in pairwise(places) if i < j]

    def trace(w: Word, size: str) -> list[Any]:
        turns = [w[k:] + w[:k] for k in range(len(w))]
        start = next((turn for turn in turns if ends(turn[0])[0] == "1"), None)
        if start is not None:
            return [min(piece, flip(piece)) for piece in cut(start, "1", "1")]
        cut(w, size, size)
        return [min(v for t in turns for v in (t, flip(t)))] if w else [size] * (size != "1")

    def add(sign: int, factor: Any, of: Any, *row: Any) -> None:
        left, right, flipped, times = row or ((), (), False, None)
        shape = (of["columns"], of["rows"]) if flipped else (of["rows"], of["columns"])
        rows = ends(left[0])[0] if left else shape[0]
        columns = ends(right[-1])[1] if right else shape[1]
        for (c, p), (coefficient, word) in product(factor, of["terms"]):
            w = (*left, *(flip(word) if flipped else word), *right)
            closed = [v for v in cut(w, rows, columns) if ends(v[0])[0] == ends(v[-1])[1] == "1"]
            made = [s for v in closed for s in trace(v, "1")] if times is None else trace(w, rows)
            kept = [x for v in cut(w, rows, columns) if v not in closed for x in v]
            for d, q in coefficient:
                names = [x if isinstance(x, str) else tuple(x) for x in (*p, *q)]
                key = tuple(kept if times is None else times), tuple(sorted(names + made, key=repr))
                gap[key] = gap.get(key, Fraction(0)) + sign * Fraction(c) * Fraction(d)

    add(1, data["multiplier"], data["goal"])
    for c, number, *row in data["steps"]:
        add(-1, c, data["relations"][number], *row)
    if any(gap.values()):
        raise ValueError("the steps do not add up to the goal")
