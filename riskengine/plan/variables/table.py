"""Octave quantile tables: a random word becomes a value by one load, one product and one sum."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from math import isfinite
from typing import TypeAlias

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import SIDE
from riskengine.plan.variables.distribution import Distribution, Integrated, Mixture, Pert, Truncated
from riskengine.plan.variables.grid import FRACTION_BITS, MIDDLE, Floats, cell_of, chain, grid
from riskengine.plan.variables.pert_master import LARGEST_WEIGHT, master

Words: TypeAlias = NDArray[np.uint32]
Table: TypeAlias = NDArray[np.uint64]
Singles: TypeAlias = NDArray[np.float32]

CHUNK = 64
"""Variables worked on at a time, so that their cells stay in cache."""

MARGIN = 2.0**-20
"""Room kept between neighbouring cells, relative to their value: eight times the spacing of float32."""

LEAST_ROOM = 2.0**-120
"""Room kept at values so small that float32 loses its digits."""


def tabulate(distributions: Sequence[Distribution], whole: bool) -> tuple[Floats, Table]:
    """Quantile tables of continuous distributions, for draws by `evaluate` or the compiled core.

    Parameters
    ----------
    distributions : sequence of Distribution
        Neither constant nor discrete; a table of a jump would smear it.
    whole : bool
        Whether draws are rounded to whole numbers (ticks); the offset is one then.

    Returns
    -------
    offset : (distribution,) float64
        The smallest value of a table, rounded down if `whole`; entries are relative to it and not negative.
    table : (distribution, 544) uint64
        Entry ``side * 272 + cell``: float32 base in the low half, float32 slope in the high half.

    Raises
    ------
    ValueError
        For a constant or discrete distribution.

    Notes
    -----
    Within a cell the value is linear. Its mean is the exact conditional mean of the quantile function, whatever the
    slope, and the slope is that of the chord, flattened where two cells would overlap. So a draw never falls when the
    word rises, over all 2^32 words, and the mean of a table is that of the distribution but for rounding.

    Measured: the mean is within 1e-8 sd; the sd within 1e-6 of itself, where the tail beyond 2^-31 has no share in it;
    a value between the outermost 1e-6 within 2e-3 sd of the quantile, or in a heavy tail within 2e-3 of its distance
    from the median. A beta with alpha or beta below 0.1 rises by powers within a cell: only its means are exact.

    Entries are rounded to float32, so a last-bit difference between two machines' special functions, 1e-16, changes an
    entry once in 10^8 and then by 6e-8 of its value: less than a tick, and less than the table's own error.
    """
    if any(distribution.is_constant or distribution.is_discrete for distribution in distributions):
        raise ValueError("a constant or discrete distribution has no quantile table")
    offset = np.empty(len(distributions))
    table = np.zeros((len(distributions), 2 * SIDE), dtype=np.uint64)
    for rows in families(distributions).values():
        cells = _cells([distributions[row] for row in rows])
        for first, (mean, rise) in zip(range(0, len(rows), CHUNK), cells, strict=True):
            part = rows[first : first + CHUNK]
            offset[part], table[part] = _pack(mean, rise, whole)
    return offset, table


def extremes(distribution: Distribution) -> tuple[float, float]:
    """Bounds on what a draw from a table can be, before the rounding to whole numbers.

    Notes
    -----
    The support where it is finite. A table of an unbounded distribution ends at the mean of the outermost 2^-31 of
    probability, which lies beyond the quantile there; the bound leaves room for rounding to float32.
    """
    outermost = float(grid().edge[1])
    low = distribution.low if isfinite(distribution.low) else float(distribution.partial(outermost)) / outermost
    high = (
        distribution.high if isfinite(distribution.high) else float(distribution.partial_above(outermost)) / outermost
    )
    room = (high - low) * 2.0**-22 + abs(high) * 2.0**-52
    return low - (0.0 if isfinite(distribution.low) else room), high + room


def evaluate(offset: float | Floats, table_row: Table, words: Words, whole: bool) -> Floats:
    """Values of random words, bit for bit as the compiled core computes them.

    Parameters
    ----------
    offset : float, or (table, 1) float64
    table_row : (544,) or (table, 544) uint64
        As `tabulate` gives them.
    words : (...) uint32
    whole : bool
        Whether values are rounded to whole numbers, halves up.

    Returns
    -------
    (...) or (table, ...) float64

    Notes
    -----
    A word stands for u = (word + 1/2) / 2^32 to the last bit but one. Whole values above 2^23 from the offset have no
    halves in float32; their rounding is off by half a tick in the mean, 6e-8 of the value.
    """
    word = np.asarray(words, dtype=np.uint32)
    is_high = word >> np.uint32(31)
    y = np.where(is_high == 1, ~word, word) & np.uint32(0x7FFFFFFF) | np.uint32(1)
    bits = y.astype(np.int32).astype(np.float32).view(np.uint32)
    entry = table_row[..., is_high.astype(np.int64) * SIDE + cell_of(bits)]
    base = (entry & np.uint64(0xFFFFFFFF)).astype(np.uint32).view(np.float32)
    slope = (entry >> np.uint64(32)).astype(np.uint32).view(np.float32)
    value = base + (bits & np.uint32((1 << FRACTION_BITS) - 1)).astype(np.float32) * slope
    relative: Floats = ((value + np.float32(0.5)).astype(np.int32) if whole else value).astype(np.float64)
    return offset + relative


def families(distributions: Sequence[Distribution]) -> dict[tuple[object, ...], list[int]]:
    """Return the rows of distributions that can be worked on together."""
    rows: dict[tuple[object, ...], list[int]] = {}
    for row, distribution in enumerate(distributions):
        rows.setdefault(_family(distribution), []).append(row)
    return rows


def _family(distribution: Distribution) -> tuple[object, ...]:
    """What distributions must share to be worked on together."""
    if isinstance(distribution, Pert):
        return (Pert, distribution.weight)
    if distribution.stands_alone:
        return (type(distribution), id(distribution))
    values = (getattr(distribution, field.name) for field in fields(distribution))
    return (type(distribution), *(_family(value) for value in values if isinstance(value, Distribution)))


def stack(family: Sequence[Distribution]) -> Distribution:
    """One distribution whose parameters are columns, from several of a family."""
    first = family[0]
    if first.stands_alone:
        return first
    columns: list[object] = []
    for field in fields(first):
        values = [getattr(distribution, field.name) for distribution in family]
        columns.append(stack(values) if isinstance(values[0], Distribution) else np.array(values)[:, None])
    return type(first)(*columns)


def _cells(family: Sequence[Distribution]) -> Iterator[tuple[Floats, Floats]]:
    """Yield mean and half rise of every cell, from the lowest values to the highest.

    They are (distribution, chain) float64, of `CHUNK` distributions at a time, and overwritten for the next ones.
    """
    perts = [
        distribution
        for distribution in family
        if isinstance(distribution, Pert) and distribution.weight <= LARGEST_WEIGHT
    ]
    if not perts:
        yield from (_stacked_cells(stack(family[at : at + CHUNK])) for at in range(0, len(family), CHUNK))
        return
    low = np.array([distribution.least for distribution in perts])[:, None]
    width = np.array([distribution.most for distribution in perts])[:, None] - low
    ratio = np.array([distribution.ratio for distribution in perts])
    for number, (mean, rise) in enumerate(master(perts[0].weight).cells(ratio, CHUNK)):
        part = slice(number * CHUNK, (number + 1) * CHUNK)
        mean *= width[part]
        mean += low[part]
        rise *= width[part]
        yield mean, rise


def _stacked_cells(distribution: Distribution) -> tuple[Floats, Floats]:
    """Return what ``_cells`` yields, of one distribution whose parameters may be columns."""
    cell = grid()
    edge = cell.edge[None, :]
    # the outermost edges may lie at infinity; the cells there take their mean alone
    with np.errstate(invalid="ignore"):
        lower, upper = np.diff(distribution.quantile(edge)), np.diff(distribution.quantile_above(edge))
    mean_below, mean_above = _means(distribution)
    rise_below = np.where(cell.is_point, 0.0, lower / 2)
    rise_above = np.where(cell.is_point, 0.0, upper / -2)
    # far from zero the rounding of a partial mean may be wider than the distance to a bound
    mean = np.clip(np.hstack((mean_below, mean_above[:, ::-1])), distribution.low, distribution.high)
    return mean, np.hstack((rise_below, rise_above[:, ::-1]))


def _means(distribution: Distribution) -> tuple[Floats, Floats]:
    """Conditional mean in every cell of the lower and of the upper side, from the tail inwards.

    Notes
    -----
    Exact, from partial means; where these have no formula, and for truncated distributions, by Gauss-Legendre
    quadrature with four points. A cell of theirs
    may hold so little of the whole that a difference of partial means is all rounding, and the mean of a few values
    inside the cell cannot leave it.
    """
    cell = grid()
    if not isinstance(distribution, Truncated | Integrated | Mixture):
        edge = cell.edge[None, :]
        below, above = distribution.partial(edge), distribution.partial_above(edge)
        return np.diff(below) / cell.width, np.diff(above) / cell.width
    node, weight = leggauss(4)
    lower, upper = np.zeros(1), np.zeros(1)
    for place, share in zip((node + 1) / 2, weight / 2, strict=True):
        mass = (cell.edge[:-1] + place * cell.width)[None, :]
        lower, upper = lower + share * distribution.quantile(mass), upper + share * distribution.quantile_above(mass)
    return lower, upper


def _pack(mean: Floats, rise: Floats, whole: bool) -> tuple[Floats, Table]:
    """Offsets and table entries from the chain of cells.

    Notes
    -----
    Two neighbours that would overlap are flattened by the same factor. The slope is taken from the rounded base, so
    that the rounding of the base does not move the mean. Base and end of a cell are then off by less than a float32
    spacing each, which the margin covers: the order of values survives the rounding.
    """
    offset = np.floor(mean[:, 0]) if whole else mean[:, 0].copy()
    centre = mean - offset[:, None]
    if not np.all(centre[:, 1:] >= centre[:, :-1]):  # mostly they are in order, and looking is quicker than ordering
        np.maximum.accumulate(centre, axis=1, out=centre)
    half = _flatten(centre, rise)
    places, above = chain(), centre.shape[1] // 2
    middle = ((centre[:, above - 1] + half[:, above - 1]) + (centre[:, above] - half[:, above])) / 2
    base = (centre - half * places.start).astype(np.float32)
    slope = ((centre - base) / places.fraction).astype(np.float32)
    is_flat = (half * slope) * places.sign <= 0
    np.copyto(base, centre, where=is_flat, casting="same_kind")
    slope[is_flat] = 0
    table = np.zeros((mean.shape[0], 2 * SIDE), dtype=np.uint64)
    table[:, places.cell] = table_entry(base, slope)
    table[:, [MIDDLE, SIDE + MIDDLE]] = middle.astype(np.float32).view(np.uint32)[:, None]
    return offset, table


def _flatten(centre: Floats, rise: Floats) -> Floats:
    """Half rises with which no cell overlaps the next one."""
    share = np.diff(centre)
    share -= MARGIN * centre[:, 1:] + LEAST_ROOM
    wanted = rise[:, :-1] + rise[:, 1:]
    np.divide(share, wanted, out=share, where=wanted > 0)
    np.clip(share, 0.0, 1.0, out=share)
    half = rise.copy()
    half[:, :-1] *= share
    share *= rise[:, 1:]
    np.minimum(half[:, 1:], share, out=half[:, 1:])
    return half


def table_entry(base: Singles, slope: Singles) -> Table:
    """Return two float32 in one uint64, the first in the low half."""
    return base.view(np.uint32).astype(np.uint64) | slope.view(np.uint32).astype(np.uint64) << np.uint64(32)
