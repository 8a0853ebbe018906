"""What a choice between plans aims at: the least percentile, mean or worst fifth of a measure, or a gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.decision import meets
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.percentile import percentile_rank
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.share_difference import share_difference
from riskengine.analysis.tables.contribution import EFFECT_PERCENTS, paired_percentiles
from riskengine.results.samples.sample import GateQuestion

Values = NDArray[np.float64]
Measure = Literal["finish", "cost", "gate"]
Statistic = Literal["p80", "mean", "worst-fifth"]

PERCENT: Final = 80
WORST: Final = 0.2
"""Share of the iterations that the mean of the worst is taken over."""


@dataclass(frozen=True)
class Objective:
    """What is to be as small as possible.

    Parameters
    ----------
    measure : str
        ``finish`` or ``cost`` of the project, or ``gate``: the share of iterations that miss one.
    statistic : str
        ``p80``, ``mean``, or ``worst-fifth`` for the mean of the worst fifth of the iterations.
    gate : GateQuestion or None
        For the measure ``gate``.
    """

    measure: Measure
    statistic: Statistic
    gate: GateQuestion | None = None

    def values_of(self, finish: NDArray[np.datetime64], days: Values, cost: Values) -> Values:
        """Return what the objective is a statistic of, (n,) float64, from the outcome of iterations.

        Parameters
        ----------
        finish : (target, n) datetime64[us]
        days : (target, n) float64 [working days]
        cost : (n,) float64 [currency]
        """
        if self.gate is None:
            return days[0] if self.measure == "finish" else cost
        met = meets(finish[self.gate.target], cost, self.gate.finish, self.gate.cost)
        return (~met).astype(np.float64)

    def of(self, values: Values) -> Values:
        """Return the objective of each row of (row, n) values."""
        if self.statistic == "mean":
            average: Values = values.mean(axis=1)
            return average
        percentile = percentile_of(values)
        if self.statistic == "p80":
            return percentile
        worst: Values = tail_influence(values).mean(axis=1)
        return worst

    def difference(self, after: Values, before: Values, method: str) -> Interval:
        """Return the objective of each row less that of another one in the same iterations, with its interval, (row,).

        Of a gate it is the difference of the probabilities of meeting it.

        Parameters
        ----------
        after : (row, n) float64
        before : (n,) float64
        method : str
            ``random``, ``lhs`` or ``sobol``.

        Notes
        -----
        What single risks are known to do beyond these iterations does not count here, as it does in
        :mod:`riskengine.analysis.comparison`.
        """
        replicates = Replicates.of(method, before.size)
        if self.measure == "gate":
            parts = [share_difference(before == 0, row == 0, replicates) for row in after]
            return Interval(*(np.array([float(part[0]) for part in column]) for column in zip(*parts, strict=True)))
        if self.statistic == "mean":
            return mean(after - before, replicates)
        if self.statistic == "worst-fifth":
            return mean(tail_influence(after) - tail_influence(before[np.newaxis]), replicates)
        column = EFFECT_PERCENTS.index(PERCENT)
        value, low, high = (part[:, column] for part in paired_percentiles(before, after, method))
        return Interval(-value, -high, -low)


OBJECTIVES: Final[Mapping[str, Objective]] = MappingProxyType(
    {
        "p80-finish": Objective("finish", "p80"),
        "p80-cost": Objective("cost", "p80"),
        "mean-cost": Objective("cost", "mean"),
        "worst-finish": Objective("finish", "worst-fifth"),
        "worst-cost": Objective("cost", "worst-fifth"),
    }
)
"""What can be minimised, by the word that asks for it."""


def percentile_of(values: Values) -> Values:
    """Return P80 of each row of (row, n) values."""
    rank = percentile_rank(values.shape[1], PERCENT) - 1
    percentile: Values = np.partition(values, rank, axis=1)[:, rank]
    return percentile


def excess(values: Values, percentile: Values) -> Values:
    """Return how far values lie above a percentile, over the share of the worst."""
    above: Values = np.maximum(values - percentile, 0.0) / WORST
    return above


def tail_influence(values: Values) -> Values:
    """Return values whose mean is the mean of the worst fifth of each row, (row, n).

    Notes
    -----
    q + (x - q)+ / 0.2 of the percentile q: in q it is flat where q is P80, so that the error of q is of second order.

    References
    ----------
    Rockafellar, R. T. and Uryasev, S. (2000), Optimization of conditional value-at-risk. Journal of Risk 2, 21-41.
    """
    percentile = percentile_of(values)[:, np.newaxis]
    influence: Values = percentile + excess(values, percentile)
    return influence
