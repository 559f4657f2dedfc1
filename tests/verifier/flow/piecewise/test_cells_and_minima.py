"""**Cells and minima** of a neuron on exact data, against counts that are known and brute force."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from flint import fmpq
from scipy.optimize import linprog

from verifier.flow.piecewise.cells import cells, faces, interior
from verifier.flow.piecewise.minima import minima
from verifier.flow.piecewise.neuron import Neuron, NeuronError, neuron

SHIFTS = (fmpq(1, 1000), fmpq(1, 10**6))


def sample(seed: int, d: int, n: int, *, slope: Fraction = Fraction(0)) -> Neuron:
    draw = random.Random(seed)
    rows = [[draw.randint(-5, 5) for _ in range(d)] for _ in range(n)]
    rows = [row if any(row) else [1] + [0] * (d - 1) for row in rows]
    return neuron(rows, [draw.randint(-4, 6) for _ in range(n)], slope=slope)


@pytest.mark.parametrize(("d", "n"), [(1, 1), (2, 3), (2, 6), (3, 5), (4, 6), (4, 8)])
def test_data_in_general_position_have_as_many_cells_as_they_should(d: int, n: int) -> None:
    """2 sum_{k<d} C(n - 1, k) cells (Schlaefli), on the moment curve."""
    model = neuron([[t**k for k in range(d)] for t in range(1, n + 1)], [0] * n)
    if d == 1:
        assert 2 == len(list(cells(model)))
        return
    assert 2 * sum(comb(n - 1, k) for k in range(d)) == len(list(cells(model)))


def room(model: Neuron, signs: tuple[int, ...]) -> float:
    """The largest margin with which a point of the cube has these signs, in doubles."""
    d = model.dimension
    pairs = zip(signs, model.planes, strict=True)
    rows = [[*(-sign * float(int(v.p)) / int(v.q) for v in x), 1.0] for sign, (x, _) in pairs]
    ends = [(-1.0, 1.0)] * d + [(None, 1.0)]
    found = linprog([0.0] * d + [-1.0], A_ub=rows, b_ub=[0.0] * len(rows), bounds=ends)
    return float(-found.fun)


@pytest.mark.parametrize(("seed", "d", "n"), [(0, 2, 8), (1, 3, 8), (2, 4, 7), (3, 4, 8)])
def test_the_cells_are_the_patterns_with_room(seed: int, d: int, n: int) -> None:
    """Every pattern of signs, held against a linear program."""
    model = sample(seed, d, n)
    known = {signs for signs, _ in cells(model)}
    for signs in product((-1, 1), repeat=len(model.planes)):
        margin = room(model, signs)
        assert (margin > 1e-9) == (signs in known), (signs, margin)


@pytest.mark.parametrize("seed", range(2))
def test_in_four_dimensions_eight_data_have_no_point_below_the_global_minimum(seed: int) -> None:
    model = sample(seed, 4, 8)
    least = minima(model)[0]
    draw = random.Random(seed)
    below = []
    for _ in range(3000):
        point = [v + fmpq(draw.randint(-60, 60), draw.choice((10, 100, 1000))) for v in least.point]
        below.append(model.loss(point) < least.loss)
        away = [fmpq(draw.randint(-60, 60), draw.randint(1, 20)) for _ in range(4)]
        below.append(model.loss(away) < least.loss)
    assert not any(below)


@pytest.mark.parametrize("seed", range(6))
def test_no_pattern_of_a_random_point_is_missing(seed: int) -> None:
    model = sample(seed, 3, 6)
    draw = random.Random(seed)
    known = {signs for signs, _ in faces(model)}
    met = set()
    for _ in range(3000):
        size = draw.choice((1, 2, 50))
        point = [fmpq(draw.randint(-size, size)) for _ in range(3)]
        met.add(model.pattern(point))
    assert met <= known
    assert len(met) > len(known) / 3


def test_every_cell_and_face_comes_with_a_point_of_it() -> None:
    model = sample(7, 3, 6)
    listed = list(faces(model))
    assert all(signs == model.pattern(point) for signs, point in listed)
    assert len({signs for signs, _ in listed}) == len(listed)


def test_a_pattern_without_room_has_no_point() -> None:
    one, two = (fmpq(1), fmpq(0)), (fmpq(1), fmpq(1))
    assert interior([one, two, (fmpq(2), fmpq(1))], (1, 1, -1)) is None


def test_the_loss_of_a_cell_is_the_loss() -> None:
    for slope in (Fraction(0), Fraction(1, 3)):
        model = sample(3, 3, 5, slope=slope)
        for signs, point in cells(model):
            assert model.quadratic(signs).at(point) == model.loss(point)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("slope", [Fraction(0), Fraction(1, 4)], ids=["relu", "leaky"])
def test_no_random_point_is_below_the_global_minimum(seed: int, slope: Fraction) -> None:
    model = sample(seed, 2 + seed % 2, 5, slope=slope)
    least = minima(model)[0]
    assert least.is_global
    draw = random.Random(seed)
    for _ in range(400):
        point = [fmpq(draw.randint(-60, 60), draw.randint(1, 20)) for _ in range(model.dimension)]
        assert model.loss(point) >= least.loss


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("slope", [Fraction(0), Fraction(1, 4)], ids=["relu", "leaky"])
def test_no_step_from_a_local_minimum_goes_down(seed: int, slope: Fraction) -> None:
    model = sample(seed, 2 + seed % 2, 5, slope=slope)
    draw = random.Random(seed)
    for minimum in minima(model):
        assert minimum.loss == model.loss(minimum.point)
        for _ in range(60):
            way = [fmpq(draw.randint(-9, 9)) for _ in range(model.dimension)]
            for size in SHIFTS:
                moved = [p + size * v for p, v in zip(minimum.point, way, strict=True)]
                assert model.loss(moved) >= minimum.loss


@pytest.mark.parametrize("seed", range(6))
def test_no_local_minimum_is_missing(seed: int) -> None:
    """Descent from random points, in doubles, ends at the loss of one that is listed."""
    model = sample(seed, 2, 4)
    losses = [float(int(m.loss.p)) / float(int(m.loss.q)) for m in minima(model)]
    rows = [[float(int(v.p)) for v in x] for x in model.inputs]
    labels = [float(int(v.p)) for v in model.labels]
    draw = random.Random(seed)
    rested = 0
    for _ in range(12):
        w = [draw.uniform(-3, 3), draw.uniform(-3, 3)]
        pull = [1.0, 1.0]
        for _ in range(20000):
            if max(map(abs, pull)) < 1e-9:
                break
            pull = [0.0, 0.0]
            for x, y in zip(rows, labels, strict=True):
                height = x[0] * w[0] + x[1] * w[1]
                if height > 0:
                    pull = [p - (height - y) * c for p, c in zip(pull, x, strict=True)]
            w = [v + 0.002 * p for v, p in zip(w, pull, strict=True)]
        value = (
            sum(
                (max(0.0, x[0] * w[0] + x[1] * w[1]) - y) ** 2
                for x, y in zip(rows, labels, strict=True)
            )
            / 2
        )
        if max(map(abs, pull)) < 1e-9:
            rested += 1
            assert min(abs(value - loss) for loss in losses) < 1e-6
    assert rested > 3


def test_a_flat_family_is_counted_with_its_dimension() -> None:
    """One datum in the plane: the active minima form a line, the dead cone a half plane."""
    found = minima(neuron([(1, 0)], [2]))
    assert [((1,), 1, True), ((-1,), 2, False)] == [(m.face, m.flat, m.is_global) for m in found]
    assert [0, 2] == [m.loss for m in found]


def test_duplicated_and_collinear_inputs_share_a_hyperplane() -> None:
    model = neuron([(1, 2), (1, 2), (-2, -4), (0, 1)], [1, 3, 1, 0])
    assert 2 == len(model.planes)
    assert 4 == len(list(cells(model)))
    for signs, point in cells(model):
        assert model.quadratic(signs).at(point) == model.loss(point)


@pytest.mark.parametrize(
    ("inputs", "labels", "slope", "message"),
    [
        ([(1, 0)], [1, 2], 0, "1 inputs cannot have 2 labels"),
        ([(1, 0), (1,)], [1, 2], 0, "vectors of one length"),
        ([(1, 0)], [1], 1, r"is in \[0, 1\)"),
        ([(0.5, 0)], [1], 0, "0.5 is not rational"),
    ],
)
def test_data_that_do_not_fit_are_refused(
    inputs: list[tuple[object, ...]], labels: list[int], slope: int, message: str
) -> None:
    with pytest.raises(NeuronError, match=message):
        neuron(inputs, labels, slope=slope)
