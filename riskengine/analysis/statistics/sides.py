"""How much a mean differs between some iterations and others."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import half_width_of, unseen_share
from riskengine.analysis.statistics.replicate import BLOCK, LEVEL, Replicates, joined_critical, spread

Values = NDArray[np.float64]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

FEWEST_ON_A_SIDE = 2
"""Iterations that a side must have: of one, no spread is seen."""
FEW_ON_A_SIDE = 30
"""Iterations below which the spread of a side itself counts, however well blocks agree."""


class SidePlaces(NamedTuple):
    """The iterations on one side of each input, one after another.

    Attributes
    ----------
    row, iteration : (entry,) intp
    counts : (row,) int64
        How many there are.
    """

    row: Places
    iteration: Places
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, side: Mask) -> "SidePlaces":
        """Return those of a side, (row, n) bool."""
        row, iteration = np.nonzero(side)
        return cls(row, iteration, np.bincount(row, minlength=len(side)))


class Side(NamedTuple):
    """The values on one side of each input.

    Attributes
    ----------
    row, iteration, counts
        As in ``SidePlaces``.
    mean : (row,) float64
        Of the values; NaN where there is no iteration.
    deviation : (entry,) float64
        From that mean.
    """

    row: Places
    iteration: Places
    counts: NDArray[np.int64]
    mean: Values
    deviation: Values

    @classmethod
    def of(cls, values: Values, places: SidePlaces) -> "Side":
        """Return a side with its values, of (n,) ones."""
        there = values[places.iteration]
        total = np.bincount(places.row, there, places.counts.size)
        nothing = np.full(places.counts.size, np.nan)
        mean = np.divide(total, places.counts, out=nothing, where=places.counts > 0)
        return cls(*places, mean, there - mean[places.row])

    def influence(self, n: int) -> Values:
        """Return by how much each entry moves the mean of its side, times n."""
        many = np.maximum(self.counts, FEWEST_ON_A_SIDE)
        # a deviation from the mean of two is half as large, squared, as one from the true mean
        scale = n / many * np.sqrt(many / (many - 1) * (n - 1) / n)
        moved: Values = self.deviation * scale[self.row]
        return moved

    def square(self) -> Values:
        """Return the sum of the squared deviations, (row,)."""
        return np.bincount(self.row, self.deviation**2, self.counts.size).astype(np.float64)

    def block_sums(self, influence: Values, replicates: Replicates) -> Values:
        """Return the sums of an influence over each full block, (row, block)."""
        rows, blocks = self.counts.size, replicates.blocks
        is_full = self.iteration < blocks * BLOCK
        cell = self.row[is_full] * blocks + self.iteration[is_full] // BLOCK
        sums = np.bincount(cell, influence[is_full], rows * blocks).astype(np.float64)
        return sums.reshape(rows, blocks)


def side_mean(values: Values, side: SidePlaces, replicates: Replicates, reach: float) -> Interval:
    """Return the mean over the iterations on a side, one for each row, less the mean over all of them.

    Parameters
    ----------
    values : (n,) float64
    side : SidePlaces
    replicates : Replicates
    reach : float
        How far apart two values can be; infinite where that is not known.

    Returns
    -------
    Interval of (row,)
    """
    n, one = values.size, Side.of(values, side)
    influence, centred = one.influence(n), values - values.mean()
    square = np.bincount(one.row, influence * (influence - 2 * centred[one.iteration]), one.counts.size)
    single = np.maximum(square + float((centred * centred).sum()), 0.0) / (n - 1)
    sums = one.block_sums(influence, replicates) - replicates.block_sums(centred[np.newaxis])
    return _around(one.mean - values.mean(), single, sums, (one,), replicates, reach=reach)


def swing(values: Values, low: SidePlaces, high: SidePlaces, replicates: Replicates, reach: float) -> Interval:
    """Return the mean over the iterations on one side less that over those on the other, one for each row.

    Parameters
    ----------
    values : (n,) float64
    low, high : SidePlaces
        No iteration is on both.
    replicates : Replicates
    reach : float
        As in :func:`side_mean`.

    Notes
    -----
    The interval is that of the mean of the linearised difference: the deviation of each iteration from the mean of its
    side, divided by the share of that side, over iterations or over blocks. Where a side has fewer than 30 iterations,
    or these are independent, it reaches at least as far as the spread on either side alone tells, each with Student's t
    of its own freedom (Banerjee 1961). All m values of a side may be one by chance, and others of a probability of up
    to 3.7 / m may be as far away as two values can be. Fewer than two iterations on a side say nothing: NaN.
    """
    n, sides = values.size, (Side.of(values, low), Side.of(values, high))
    influences = [side.influence(n) for side in sides]
    squares = [np.bincount(side.row, each**2, low.counts.size) for side, each in zip(sides, influences, strict=True)]
    sums = [side.block_sums(each, replicates) for side, each in zip(sides, influences, strict=True)]
    single = (squares[0] + squares[1]) / (n - 1)
    return _around(sides[1].mean - sides[0].mean, single, sums[1] - sums[0], sides, replicates, reach=reach)


def _around(
    value: Values, single: Values, sums: Values, sides: tuple[Side, ...], replicates: Replicates, *, reach: float
) -> Interval:
    """Return values with their intervals.

    Parameters
    ----------
    value, single : (row,) float64
        The estimate, and the variance of what one iteration moves it by, times n.
    sums : (row, block) float64
        That over each full block.
    sides : tuple of Side
        No interval is narrower than they tell by themselves.
    replicates : Replicates
    reach : float
    """
    between = spread(sums) ** 2 if replicates.blocks else single
    half = np.fmax(half_width_of(single, between, replicates), _least_half(sides, replicates, reach))
    is_few = np.logical_or.reduce([side.counts < FEWEST_ON_A_SIDE for side in sides])
    half = np.where(np.isfinite(half), half, np.nan)
    return Interval(*(np.where(is_few, np.nan, end) for end in (value, value - half, value + half)))


def _least_half(sides: tuple[Side, ...], replicates: Replicates, reach: float) -> Values:
    """Return half the interval, (row,), that sides by themselves tell."""
    rows = sides[0].counts.size
    parts, unseen = [], np.zeros(rows)
    for side in sides:
        many, square = np.maximum(side.counts, FEWEST_ON_A_SIDE), side.square()
        is_open = (side.counts < FEW_ON_A_SIDE) | (replicates.blocks == 0)
        parts.append((np.where(is_open, square / (many - 1) / many, 0.0), (many - 1).astype(np.float64)))
        share = np.array([unseen_share(int(each)) for each in many.tolist()])
        may_differ = share * reach if np.isfinite(reach) else np.full(rows, np.inf)
        unseen = np.hypot(unseen, np.where((square == 0) & (reach > 0), may_differ, 0.0))
    critical = joined_critical(LEVEL, *parts)
    return np.asarray(np.hypot(critical * np.sqrt(sum(variance for variance, _ in parts)), unseen))
