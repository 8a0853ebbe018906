"""Intervals of what is added up from runs of many coalitions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.coalition_values import STATISTICS
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.known_variance import KnownVariance
from riskengine.analysis.statistics.moment import half_width, mean, unseen_share
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.share_difference import FEW_CHANGES, OF_A_DIFFERENCE
from riskengine.analysis.statistics.unseen import Unseen, joined
from riskengine.analysis.tables.contribution import ANY_CHANGE, of_constant
from riskengine.results.samples.coalition_sample import Player
from riskengine.results.samples.sample import RiskSample, Sample

Values = NDArray[np.float64]

NOISE = 1e-11
"""Of the largest value: what is less comes from adding floating-point numbers."""


@dataclass(frozen=True, eq=False)
class Moved:
    """How far each iteration moves what was added up, of one measure.

    Attributes
    ----------
    by_iteration : (statistic, column, n) float64
        The mean first, then P50, P80 and P90.
    doubt, spacing : (statistic, column) float64
        As in :class:`riskengine.analysis.coalition_values.Reading`.
    """

    by_iteration: Values
    doubt: Values
    spacing: Values


@dataclass(frozen=True, eq=False)
class Chances:
    """What is known of the chances of a run besides its iterations, as far as columns of sums depend on it.

    Parameters
    ----------
    sample : Sample
        The whole run.
    unseen : Unseen
    reach : (2, hit) int64
        Rows of risks and of the columns that they count in.

    Notes
    -----
    How often a risk occurs counts in its own column, and in those of all that is no risk. What it changes of the
    column of another risk shows in the spread of that.
    """

    sample: Sample
    unseen: Unseen
    reach: NDArray[np.int64]

    @classmethod
    def of(cls, sample: Sample, players: Sequence[Player], columns: int) -> "Chances":
        """Return it for a column for each player and some sums behind them."""
        others = [at for at in range(columns) if at >= len(players) or players[at].kind != "risk"]
        column_of_risk = {player.row: at for at, player in enumerate(players) if player.kind == "risk"}
        hits = [
            (row, at)
            for row in range(len(sample.risks.id))
            for at in sorted({*others, column_of_risk.get(row, others[0])})
        ]
        return cls(sample, Unseen.of(sample, sample.iterations), np.array(hits, np.int64).reshape(-1, 2).T)

    def variance(self, values: Values) -> KnownVariance:
        """Return what is known of the means of the columns, of (column, n)."""
        nothing = np.zeros((0, len(values)))
        parts = []
        for each in self.unseen.chances:
            reach = self.reach if isinstance(each.risks, RiskSample) else None
            parts.append(each.known_variance_of_rows(values, nothing, 0, reach))
        return joined(parts if self.unseen.steps is None else [*parts, self.unseen.steps.known_variance(values)])


def intervals_of_amounts(
    moved: Moved, value: Values, values: Values, chances: Chances, missed: Values, spread: float
) -> Interval:
    """Return sums of means and of percentiles with their intervals, (statistic, column) each.

    Parameters
    ----------
    moved : Moved
    value : (statistic, column) float64
        The sums themselves.
    values : (n,) float64
        The finish or the cost of the whole run.
    chances : Chances
    missed : (column,) float64
        Up to which probability something else may happen where all iterations agree; see :func:`missed_share`.
    spread : float
        How far apart two values can be; infinite where that is not known.
    """
    replicates = Replicates.of(chances.sample.method, values.size)
    scale = NOISE * max(1.0, float(np.abs(values).max()))
    by_mean = np.where(np.abs(moved.by_iteration[0]) <= scale, 0.0, moved.by_iteration[0])
    low, high = np.empty_like(value), np.empty_like(value)
    at_mean = mean(by_mean, replicates, chances.variance(by_mean))
    low[0], high[0] = value[0] + (at_mean.low - at_mean.value), value[0] + (at_mean.high - at_mean.value)
    for row in range(1, len(STATISTICS)):
        rows = moved.by_iteration[row]
        half = half_width(rows, replicates, chances.variance(rows))
        half = np.sqrt(half**2 + moved.spacing[row] ** 2 + moved.doubt[row] ** 2)
        low[row], high[row] = value[row] - half, value[row] + half
    for column in np.flatnonzero(np.ptp(by_mean, axis=1) <= scale).tolist():
        for row in range(len(STATISTICS)):
            constant = of_constant(values, float(value[row, column]), float(missed[column]), ANY_CHANGE, spread)
            _, *ends = (np.append(part[0], part[1][0]) for part in zip(*constant, strict=True))
            low[row, column], high[row, column] = (end[row] for end in ends)
    return Interval(value, low, high)


def intervals_of_shares(moved: Values, value: Values, chances: Chances) -> Interval:
    """Return sums of probabilities with their intervals, (column,) each.

    Parameters
    ----------
    moved : (column, n) float64
    value : (column,) float64
    chances : Chances

    Notes
    -----
    As of the difference of two shares: up to 40 iterations that change anything say little of its spread. There the
    outer ends count, too, of the shares of iterations that change it one way and the other, each times what they change
    on average.
    """
    sample = chances.sample
    replicates = Replicates.of(sample.method, moved.shape[1])
    moved = np.where(np.abs(moved) <= NOISE, 0.0, moved)
    interval = mean(moved, replicates, chances.variance(moved), OF_A_DIFFERENCE)
    low, high = value + (interval.low - interval.value), value + (interval.high - interval.value)
    for column in np.flatnonzero(np.count_nonzero(moved, axis=1) <= FEW_CHANGES).tolist():
        ways = [moved[column] > 0, moved[column] < 0]
        size = [float(np.abs(moved[column][way]).mean()) if way.any() else 1.0 for way in ways]
        gains, losses = (probability_of(way[np.newaxis], replicates, table_error=sample.table_error) for way in ways)
        below = np.hypot(size[0] * (gains.value - gains.low), size[1] * (losses.high - losses.value))[0]
        above = np.hypot(size[0] * (gains.high - gains.value), size[1] * (losses.value - losses.low))[0]
        low[column] = min(low[column], value[column] - below)
        high[column] = max(high[column], value[column] + above)
    return Interval(value, np.maximum(low, -1.0), np.minimum(high, 1.0))


def missed_share(player: Player, sample: Sample) -> float:
    """Return up to which probability a player may do something else than it did in all iterations alike.

    Notes
    -----
    A risk may where it occurs: with the probability that it has, once it did so, of as much as the iterations in which
    it did leave open.
    """
    if player.kind != "risk":
        return unseen_share(sample.iterations)
    often = int(np.count_nonzero(sample.risks.occurs[player.row]))
    probability = float(sample.risks.probability[player.row])
    return probability * (unseen_share(often) if often else 1.0)
