"""**The dependency graph**: which statement uses which, in layers from the foundations down

Layers follow a topological order, at most a few statements wide. Edges that others imply are
left out, long edges run through their own place in every layer they cross, and barycentre
sweeps keep crossings few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
from markupsafe import Markup

from verifier.report.pictures import number
from verifier.report.words import MEANINGS
from verifier.verdict import Verdict

_WIDEST = 7
_SWEEPS = 8
_HEIGHT, _ROW, _GAP, _BEND_GAP, _EDGE = 40, 92, 18, 12, 12
_LETTER, _LONGEST_LABEL = 7.4, 22


@dataclass(frozen=True)
class Node:
    """A claim in the graph. `foreign` marks one of another paper."""

    id: str
    label: str
    title: str
    effective: str
    href: str
    foreign: bool = False


@dataclass(frozen=True)
class _Bend:
    """The place of a long edge in a layer that it crosses."""

    source: str
    target: str
    layer: int


_Place = str | _Bend


def dependency_graph(nodes: Sequence[Node], uses: Mapping[str, Sequence[str]]) -> Markup:
    """The statements that use one another; empty when none does.

    Args:
        nodes: what may be drawn, in the order of the paper.
        uses: ids that each id uses; ids without a node are passed over.
    """
    known = {node.id: node for node in nodes}
    edges = _edges(known, uses)
    if not edges:
        return Markup("")
    joined = [node.id for node in nodes if any(node.id in edge for edge in edges)]
    layer = _layers(joined, edges)
    rows, links = _rows(joined, edges, layer)
    rows = _uncrossed(rows, links)
    width = 24 + _LETTER * max(min(len(known[key].label), _LONGEST_LABEL) for key in joined)
    width = max(width, 24 + _LETTER * len(Verdict.CONDITIONAL.name))
    centre = _centres(rows, links, width)
    across = max(centre.values()) + width / 2 + _EDGE
    down = len(rows) * _ROW - (_ROW - _HEIGHT) + 2 * _EDGE
    drawn = [_edge(edge, layer, centre) for edge in edges]
    drawn += [_box(known[key], centre[key], layer[key], width) for key in joined]
    return Markup(
        '<svg class="graph" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="group" '
        'aria-label="Dependency graph of {2} statements">{3}</svg>'
    ).format(number(across), number(down), len(joined), Markup("").join(drawn))


def _edges(known: Mapping[str, Node], uses: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """(used, user) pairs without those that a longer path implies, in the order of the paper."""
    graph = nx.DiGraph()
    graph.add_nodes_from(known)
    pairs = [(used, user) for user in known for used in uses.get(user, ()) if used in known]
    graph.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    if not nx.is_directed_acyclic_graph(graph):
        graph.remove_edges_from(pairs)
        for used, user in pairs:
            if used != user and not nx.has_path(graph, user, used):
                graph.add_edge(used, user)
    reduced = nx.transitive_reduction(graph)
    return [edge for edge in graph.edges if reduced.has_edge(*edge)]


def _layers(joined: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    graph = nx.DiGraph()
    graph.add_nodes_from(joined)
    graph.add_edges_from(edges)
    layer: dict[str, int] = {}
    filled: dict[int, int] = {}
    for generation in nx.topological_generations(graph):
        for key in sorted(generation, key=joined.index):
            row = 1 + max((layer[used] for used in graph.predecessors(key)), default=-1)
            while filled.get(row, 0) >= _WIDEST:
                row += 1
            layer[key] = row
            filled[row] = filled.get(row, 0) + 1
    return layer


def _rows(
    joined: Sequence[str], edges: Sequence[tuple[str, str]], layer: Mapping[str, int]
) -> tuple[list[list[_Place]], dict[_Place, list[_Place]]]:
    rows: list[list[_Place]] = [[] for _ in range(1 + max(layer.values()))]
    links: dict[_Place, list[_Place]] = {key: [] for key in joined}
    for key in joined:
        rows[layer[key]].append(key)
    for source, target in edges:
        chain: list[_Place] = [source]
        for row in range(layer[source] + 1, layer[target]):
            bend = _Bend(source, target, row)
            rows[row].append(bend)
            chain.append(bend)
        chain.append(target)
        for upper, lower in pairwise(chain):
            links.setdefault(upper, []).append(lower)
            links.setdefault(lower, []).append(upper)
    return rows, links


def _uncrossed(
    rows: list[list[_Place]], links: Mapping[_Place, Sequence[_Place]]
) -> list[list[_Place]]:
    """Rows ordered by the mean place of the neighbours above, then below, in turn."""
    for sweep in range(_SWEEPS):
        downward = sweep % 2 == 0
        numbers = range(1, len(rows)) if downward else range(len(rows) - 2, -1, -1)
        for row in numbers:
            beside = rows[row - 1 if downward else row + 1]
            at = {place: spot / max(len(beside) - 1, 1) for spot, place in enumerate(beside)}
            spots = enumerate(rows[row])
            here = {place: spot / max(len(rows[row]) - 1, 1) for spot, place in spots}
            means = {place: _mean(place, links, at, here[place]) for place in here}
            rows[row] = sorted(rows[row], key=means.__getitem__)
    return rows


def _mean(
    place: _Place,
    links: Mapping[_Place, Sequence[_Place]],
    at: Mapping[_Place, float],
    otherwise: float,
) -> float:
    spots = [at[other] for other in links[place] if other in at]
    return sum(spots) / len(spots) if spots else otherwise


def _centres(
    rows: Sequence[Sequence[_Place]], links: Mapping[_Place, Sequence[_Place]], width: float
) -> dict[_Place, float]:
    """Horizontal centres: near the neighbours' mean, in the row's order, without overlap."""
    half = {place: width / 2 if isinstance(place, str) else 0.0 for row in rows for place in row}
    centre: dict[_Place, float] = {}
    for row in rows:
        _spread(row, dict.fromkeys(row, 0.0), half, centre)
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wish = {p: _mean(p, links, centre, centre[p]) for p in row}
            _spread(row, wish, half, centre)
    least = min(centre[place] - half[place] for place in centre)
    return {place: at - least + _EDGE for place, at in centre.items()}


def _spread(
    row: Sequence[_Place],
    wish: Mapping[_Place, float],
    half: Mapping[_Place, float],
    centre: dict[_Place, float],
) -> None:
    """Least squares to the wishes under the least distances: pooled adjacent violators."""
    offset, offsets = 0.0, []
    for before, place in zip((None, *row), row, strict=False):
        if before is not None:
            bends = not (isinstance(before, str) and isinstance(place, str))
            offset += half[before] + half[place] + (_BEND_GAP if bends else _GAP)
        offsets.append(offset)
    blocks: list[list[float]] = []  # [sum, count]
    for place, shift in zip(row, offsets, strict=True):
        blocks.append([wish[place] - shift, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    level = [total / count for total, count in blocks for _ in range(int(count))]
    for place, shift, base in zip(row, offsets, level, strict=True):
        centre[place] = base + shift


def _edge(
    edge: tuple[str, str], layer: Mapping[str, int], centre: Mapping[_Place, float]
) -> Markup:
    source, target = edge
    x, y = centre[source], layer[source] * _ROW + _HEIGHT + _EDGE
    path = [f"M{number(x)} {number(y)}"]
    for row in range(layer[source] + 1, layer[target] + 1):
        last = row == layer[target]
        to = centre[target if last else _Bend(source, target, row)]
        below = row * _ROW + _EDGE
        middle = (y + below) / 2
        path.append(
            f"C{number(x)} {number(middle)} {number(to)} {number(middle)} {number(to)} "
            f"{number(below)}"
        )
        x, y = to, below
        if not last:
            y = below + _HEIGHT
            path.append(f"V{number(y)}")
    return Markup('<path class="edge" d="{}"/>').format("".join(path))


def _box(node: Node, centre: float, row: int, width: float) -> Markup:
    label = node.label
    if len(label) > _LONGEST_LABEL:
        label = label[: _LONGEST_LABEL - 1] + "…"
    sign = MEANINGS[Verdict[node.effective]].sign
    return Markup(
        '<a href="{}"><g class="node v-{}{}" transform="translate({} {})"><title>{}</title>'
        '<rect width="{}" height="{}" rx="4"/><text x="{}" y="17">{}</text>'
        '<text class="under" x="{}" y="32">{} {}</text></g></a>'
    ).format(
        node.href,
        node.effective.lower(),
        " foreign" if node.foreign else "",
        number(centre - width / 2),
        row * _ROW + _EDGE,
        f"{node.id}: {node.title} ({node.effective})",
        number(width),
        _HEIGHT,
        number(width / 2),
        label,
        number(width / 2),
        sign,
        node.effective,
    )
