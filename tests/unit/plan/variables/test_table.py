"""Quantile tables: exact means, rising values, small errors, the core's arithmetic."""

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskengine.plan.variables.distribution import (
    Beta,
    Constant,
    Discrete,
    Exponential,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from riskengine.plan.variables.distribution.truncated import truncate
from riskengine.plan.variables.grid import grid
from riskengine.plan.variables.pert_master import master
from riskengine.plan.variables.table import evaluate, extremes, tabulate

pytestmark = pytest.mark.filterwarnings("error")

LIGHT = {
    "uniform": Uniform(1.0, 4.0),
    "triangular": Triangular(10.0, 12.0, 20.0),
    "triangular mode low": Triangular(0.0, 0.0, 1.0),
    "triangular mode high": Triangular(0.0, 1.0, 1.0),
    "pert": Pert(10.0, 20.0, 12.0, 4.0),
    "pert mode low": Pert(0.0, 1.0, 0.0, 4.0),
    "pert mode high": Pert(0.0, 1.0, 1.0, 4.0),
    "pert lambda 1": Pert(0.0, 1.0, 0.4, 1.0),
    "pert lambda 20": Pert(0.0, 1.0, 0.1, 20.0),
    "pert lambda 50": Pert(0.0, 1.0, 0.98, 50.0),
    "pert lambda 1000": Pert(0.0, 1.0, 0.3, 1000.0),
    "pert far from zero": Pert(1e9, 1e9 + 3, 1e9 + 1, 4.0),
    "normal": Normal(10.0, 2.0),
    "lognormal": Lognormal(5.0, 0.3),
    "exponential": Exponential(3.0),
    "beta": Beta(0.0, 1.0, 5.0, 2.0),
    "beta u-shaped": Beta(0.0, 1.0, 0.5, 0.5),
    "beta narrow": Beta(0.0, 1.0, 2000.0, 3000.0),
    "normal above 0": truncate(Normal(10.0, 5.0), 0.0, None),
    "normal tail": truncate(Normal(0.0, 1.0), 3.0, None),
    "normal slice": truncate(Normal(10.0, 2.0), 9.99, 10.01),
    "triangular cut": truncate(Triangular(10.0, 12.0, 20.0), 11.0, 18.0),
    "pert cut": truncate(Pert(10.0, 20.0, 12.0, 4.0), 11.0, 18.0),
}
HEAVY = {"lognormal 1": Lognormal(5.0, 1.0), "lognormal 2": Lognormal(5.0, 2.0), "beta 0.05": Beta(0.0, 1.0, 0.05, 0.3)}
BOTH = {**LIGHT, **HEAVY}
named = pytest.mark.parametrize("name", BOTH)


def slow_value(offset, entries, word, whole):
    """One draw, step by step, on struct-packed float32."""
    side = word >> 31
    y = ((~word if side else word) & 0x7FFFFFFF) | 1
    bits = struct.unpack("<I", struct.pack("<f", np.float32(y)))[0]
    cell, fraction = max((bits >> 20) - 1016, (bits >> 19) - 2264), bits & 0xFFFFF
    base, slope = struct.unpack("<ff", struct.pack("<Q", int(entries[side * 272 + cell])))
    value = np.float32(base) + np.float32(np.float32(fraction) * np.float32(slope))
    return offset + int(value + np.float32(0.5)) if whole else offset + float(value)


def border_words():
    """Words around every border between cells, in ascending order, those that round across it among them."""
    starts = {0, 2**31} | {(16 + j) << max(e - 4, 0) for e in range(31) for j in range(16)}
    near = [0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 63, 64, 65, 127, 128, 129, 192]
    steps = np.array(sorted(starts))[:, None] + np.array([-n for n in near] + near)
    low = np.unique(np.clip(steps, 0, 2**31 - 1)).astype(np.uint32)
    return np.concatenate((low, ~low[::-1]))


def table_of(distribution, whole=False):
    offset, table = tabulate([distribution], whole)
    return float(offset[0]), table[0]


def singles(row):
    """Base and slope of every entry of a table as float64."""
    pair = np.frombuffer(row.astype("<u8").tobytes(), dtype="<f4").reshape(-1, 2).astype(np.float64)
    return pair[:, 0], pair[:, 1]


def cell_means(offset, row):
    """Mean and variance of the values of each cell that words fall into, both sides from the tail inwards."""
    base, slope = singles(row)
    cell = np.concatenate((grid().cell, 272 + grid().cell))
    point = np.tile(grid().is_point, 2)
    fraction, spread = np.tile(grid().fraction, 2), np.tile(grid().spread, 2)
    mean = base[cell] + np.where(point, 0.0, slope[cell] * fraction)
    return offset + mean, np.where(point, 0.0, (slope[cell] * spread) ** 2 / 3)


def test_the_grid_holds_the_cells_that_words_fall_into():
    y = np.arange(1, 2**16, 2)
    bits = y.astype(np.float32).view(np.uint32)
    cell, fraction = np.maximum((bits >> 20).astype(int) - 1016, (bits >> 19).astype(int) - 2264), bits & 0xFFFFF
    cells = grid()
    used = cells.edge[1:] <= 2**16 / 2**32
    assert np.array_equal(np.unique(cell), cells.cell[used])
    for number, width, start, is_point in zip(
        cells.cell[used], cells.width[used], cells.edge[:-1][used], cells.is_point[used], strict=True
    ):
        inside = cell == number
        assert inside.sum() * 2 / 2**32 == width
        assert (y[inside].min() - 1) / 2**32 == start
        assert fraction[inside].mean() == (0 if is_point else 2**19)
    assert cells.edge[-1] == 0.5
    assert cells.cell[-1] == 263
    assert (np.float32(2**31 - 1).view(np.uint32) >> 19) - 2264 == 264


@named
@pytest.mark.parametrize("whole", [False, True])
def test_a_draw_never_falls_when_the_word_rises(name, whole):
    offset, row = table_of(BOTH[name], whole)
    words = border_words()
    value = evaluate(offset, row, words, whole)
    assert np.all(np.diff(value) >= 0)
    assert np.all(np.isfinite(value))
    _, slope = singles(row)
    assert value[0] >= offset
    assert np.all(slope[:272] >= 0) and np.all(slope[272:] <= 0)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_draw_never_falls_for_any_parameters(data):
    real = lambda low, high: data.draw(st.floats(low, high, allow_subnormal=False))  # noqa: E731
    low, width, ratio = real(-1e6, 1e6), 10 ** real(-6, 9), real(0, 1)
    distribution = data.draw(
        st.sampled_from(
            [
                Uniform(low, low + width),
                Triangular(low, min(low + ratio * width, low + width), low + width),
                Pert(low, low + width, min(low + ratio * width, low + width), 10 ** real(-2, 3)),
                Normal(low, width),
                Lognormal(width, 10 ** real(-4, 0.72)),
                Exponential(width),
                Beta(low, low + width, 10 ** real(-2, 6), 10 ** real(-2, 6)),
            ]
        )
    )
    if distribution.high == distribution.low:
        return
    ends = sorted((real(0.001, 0.999), real(0.001, 0.999)))
    if data.draw(st.booleans()) and ends[1] - ends[0] > 1e-6:
        least, most = (float(distribution.quantile(end)) for end in ends)
        if most - least > 1e-9 * abs(most):
            distribution = truncate(distribution, least, most)
    lowest, highest = extremes(distribution)
    for whole in (False, True):
        if whole and highest - lowest > 2**30:
            continue  # more ticks than 32 bits hold
        offset, row = table_of(distribution, whole)
        value = evaluate(offset, row, border_words(), whole)
        assert np.all(np.diff(value) >= 0)
        assert np.floor(lowest) <= value[0] and value[-1] <= highest + whole


def fine_means(distribution):
    """Conditional means of the cells by quadrature with 64 points in four parts, both sides from the tail inwards."""
    node, weight = np.polynomial.legendre.leggauss(16)
    places, shares = [(k + (node + 1) / 2) / 4 for k in range(4)], np.tile(weight / 8, 4)
    mass = grid().edge[:-1, None] + grid().width[:, None] * np.concatenate(places)
    return np.concatenate((distribution.quantile(mass) @ shares, distribution.quantile_above(mass) @ shares))


@named
def test_the_mean_of_every_cell_is_the_conditional_mean(name):
    """Within a float32 spacing, from partial means, or from values where those are of no use.

    The outermost cell of an unbounded tail is left to the mean of the table: quadrature does not reach into it.
    """
    distribution, cell = BOTH[name], grid()
    offset, row = table_of(distribution)
    if "far" in name or "cut" in name or "slice" in name or "tail" in name or "above" in name:
        exact = fine_means(distribution)
    else:
        below, above = distribution.partial(cell.edge), distribution.partial_above(cell.edge)
        exact = np.concatenate((np.diff(below) / cell.width, np.diff(above) / cell.width))
    mean, _ = cell_means(offset, row)
    error = np.abs(mean - exact)
    error[[0, cell.cell.size]] = 0
    # four points feel the bend of a triangle in the one cell that has it
    bend = 2.5e-7 if name == "triangular cut" else 1e-8
    assert np.all(error <= 1e-7 * (exact - offset) + bend * distribution.sd + 4 * np.spacing(abs(distribution.mean)))


@named
def test_the_mean_of_the_table_is_the_mean(name):
    """Within 1e-8 sd; weights are those of the words."""
    distribution = BOTH[name]
    offset, row = table_of(distribution)
    mean, _ = cell_means(0.0, row)
    assert np.sum(mean * np.tile(grid().width, 2)) == pytest.approx(
        distribution.mean - offset, abs=1e-8 * distribution.sd + 2 * np.spacing(distribution.mean)
    )


@pytest.mark.parametrize("name", LIGHT)
def test_the_sd_of_the_table_is_the_sd_within_a_millionth(name):
    distribution = LIGHT[name]
    offset, row = table_of(distribution)
    mean, variance = cell_means(offset, row)
    width = np.tile(grid().width, 2)
    centre = np.sum(mean * width)
    sd = np.sqrt(np.sum(((mean - centre) ** 2 + variance) * width))
    assert sd / distribution.sd - 1 == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", [name for name in BOTH if name != "beta 0.05"])
def test_a_value_is_near_the_quantile(name):
    """Between the outermost 1e-6: within 2e-3 sd, or for a heavy tail 2e-3 of the distance from the median.

    A beta of 0.05 rises tenfold within a cell; its values are only as good as the means of its cells.
    """
    distribution = BOTH[name]
    offset, row = table_of(distribution)
    word = (10 ** np.linspace(-6, -0.302, 4001) * 2**32).astype(np.uint32)
    mass = (word | 1) / 2**32
    for words, exact in ((word, distribution.quantile(mass)), (~word, distribution.quantile_above(mass))):
        error = np.abs(evaluate(offset, row, words, False) - exact)
        assert np.all(error <= 2e-3 * np.maximum(distribution.sd, np.abs(exact - distribution.quantile(0.5))))


@pytest.mark.parametrize("weight", [0.1, 1.0, 2.5, 4.0, 10.0, 50.0])
def test_pert_cells_from_polynomials_are_those_of_the_beta_function(weight):
    ratio = np.array([0.0, 1e-4, 0.013, 0.2, 0.37, 0.5, 0.731, 0.96, 1.0])
    ((mean, rise),) = master(weight).cells(ratio, len(ratio))
    cell = grid()
    for row, place in enumerate(ratio):
        distribution = Beta(0.0, 1.0, 1 + weight * place, 1 + weight * (1 - place))
        exact = np.concatenate(
            (
                np.diff(distribution.partial(cell.edge)) / cell.width,
                (np.diff(distribution.partial_above(cell.edge)) / cell.width)[::-1],
            )
        )
        assert np.abs(mean[row] - exact).max() <= 2e-9 * distribution.sd
        edge = np.concatenate((distribution.quantile(cell.edge), distribution.quantile_above(cell.edge)[-2::-1]))
        inner = ~np.concatenate((cell.is_point, cell.is_point[::-1]))
        assert np.abs(rise[row] - np.diff(edge) / 2)[inner].max() <= 2e-9 * distribution.sd


def test_a_table_does_not_depend_on_the_other_variables():
    names = list(BOTH)
    perts = [Pert(5.0 + k, 30.0 + 2 * k, 6.0 + 1.3 * k, 4.0) for k in range(150)]
    many = [*perts, *(BOTH[name] for name in names), *(Triangular(0.0, k / 99, 1.0) for k in range(100))]
    offset, table = tabulate(many, True)
    for row in (0, 1, 63, 64, 77, 149, *range(150, len(many) - 90)):
        alone = tabulate([many[row]], True)
        assert offset[row] == alone[0][0]
        assert np.array_equal(table[row], alone[1][0])
    backwards = tabulate(many[::-1], True)
    assert np.array_equal(backwards[1][::-1], table)
    assert np.array_equal(backwards[0][::-1], offset)


@pytest.mark.parametrize("whole", [False, True])
def test_evaluation_is_the_arithmetic_of_the_layout_bit_for_bit(whole):
    rng = np.random.default_rng(7)
    words = np.concatenate((rng.integers(0, 2**32, 300, dtype=np.uint32), rng.choice(border_words(), 300)))
    for distribution in (Pert(10.0, 2000.0, 120.0, 4.0), Normal(-300.0, 40.0)):
        offset, row = table_of(distribution, whole)
        value = evaluate(offset, row, words, whole)
        assert value.tolist() == [slow_value(offset, row, int(word), whole) for word in words]


def test_whole_draws_round_halves_up_around_a_whole_offset():
    distribution = Pert(100.3, 220.9, 121.7, 4.0)
    offset, row = table_of(distribution, whole=True)
    words = np.random.default_rng(3).integers(0, 2**32, 4000, dtype=np.uint32)
    assert offset == 100
    value = evaluate(offset, row, words, True)
    assert np.array_equal(value, np.floor(evaluate(offset, row, words, False) + 0.5))
    assert value.min() >= 100 and value.max() <= 221


@pytest.mark.parametrize("weight", [0.1, 4.0, 50.0])
def test_no_pert_table_leaves_the_bounds_of_its_estimate(weight):
    ends = np.array([0, 2**32 - 1], dtype=np.uint32)
    for ratio in [*np.linspace(0, 0.1, 41), *np.linspace(0.9, 1, 41)]:
        offset, row = table_of(Pert(0.0, 1e6, 1e6 * float(ratio), weight), whole=True)
        assert offset >= 0
        value = evaluate(offset, row, ends, True)
        assert value[0] >= 0 and value[1] <= 1e6


def test_the_draws_of_a_symmetric_distribution_are_mirror_images():
    offset, row = table_of(Normal(10.0, 2.0))
    words = np.random.default_rng(5).integers(0, 2**32, 2000, dtype=np.uint32)
    both = evaluate(offset, row, words, False) + evaluate(offset, row, ~words, False)
    assert both == pytest.approx(20.0, abs=1e-5)


def test_the_outermost_draws_lie_inside_the_extremes():
    for distribution in BOTH.values():
        offset, row = table_of(distribution)
        ends = evaluate(offset, row, np.array([0, 2**32 - 1], dtype=np.uint32), False)
        low, high = extremes(distribution)
        assert low <= ends[0] < ends[1] <= high
        if np.isinf(distribution.high):
            assert high - ends[1] <= 1e-3 * (high - low)


@pytest.mark.parametrize("distribution", [Constant(3.0), Discrete.from_weights((1.0, 2.0), (1.0, 1.0))], ids=repr)
def test_a_jump_is_never_tabulated(distribution):
    with pytest.raises(ValueError, match="no quantile table"):
        tabulate([Uniform(0.0, 1.0), distribution], False)


def test_no_variables_give_an_empty_table():
    offset, table = tabulate([], True)
    assert offset.shape == (0,) and table.shape == (0, 544) and table.dtype == np.uint64
